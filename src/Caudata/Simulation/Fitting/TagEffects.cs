using System.Collections.Immutable;
using Caudata.Numerics;

namespace Caudata.Simulation.Fitting;

/// <summary>What tags say about the quality of items: quality = Σ effect of the item's tags + a rest, by ridge regression.</summary>
/// <remarks>The penalty is chosen by five-fold cross-validation over items. Items with few ratings count less: weight 1 / (variance of the rest + 1 / ratings). Cost: items × tags of an item² + tags³.</remarks>
/// <param name="Effects">Effect of each tag on the location of a rating, shape [tags].</param>
/// <param name="Rest">What tags do not say, shape [items].</param>
/// <param name="Penalty">The chosen penalty.</param>
/// <param name="Explained">Share of the variance of quality that tags explain in items that were left out; 0 or less: nothing.</param>
internal sealed record TagEffects(double[] Effects, double[] Rest, double Penalty, double Explained)
{
    private const int Folds = 5;

    private static readonly ImmutableArray<double> Penalties = [1, 10, 100, 1_000, 10_000];

    /// <summary>Fits the effects.</summary>
    /// <param name="tags">Tags of the items.</param>
    /// <param name="quality">Quality of each item, shape [items].</param>
    /// <param name="ratings">Ratings of each item, shape [items].</param>
    public static TagEffects Fit(ItemTags tags, ReadOnlySpan<double> quality, ReadOnlySpan<int> ratings)
    {
        double[] y = quality.ToArray(), weights = [.. ratings.ToArray().Select(r => r == 0 ? 0 : 1 / (0.25 + (1.0 / r)))];
        double mean = y.Zip(weights, (q, w) => q * w).Sum() / Math.Max(weights.Sum(), 1e-9), total = 0;
        for (int i = 0; i < y.Length; i++)
        {
            total += weights[i] * (y[i] - mean) * (y[i] - mean);
        }

        (double Penalty, double Error) best = (Penalties[^1], double.PositiveInfinity);
        foreach (double penalty in Penalties)
        {
            double error = 0;
            for (int fold = 0; fold < Folds; fold++)
            {
                double[] effects = Solve(tags, y, weights, penalty, fold);
                for (int i = fold; i < y.Length; i += Folds)
                {
                    double miss = y[i] - effects[^1] - Sum(tags, effects, i);
                    error += weights[i] * miss * miss;
                }
            }

            best = error < best.Error ? (penalty, error) : best;
        }

        double[] fitted = Solve(tags, y, weights, best.Penalty, -1);
        return new TagEffects(fitted[..^1], [.. y.Select((q, i) => q - Sum(tags, fitted, i))], best.Penalty, total > 0 ? 1 - (best.Error / total) : 0);
    }

    private static double Sum(ItemTags tags, double[] effects, int item) => item < tags.OfItem.Length ? tags.OfItem[item].Sum(t => effects[t]) : 0;

    // Effects of the tags, and behind them what items without tags have.
    private static double[] Solve(ItemTags tags, double[] y, double[] weights, double penalty, int leftOut)
    {
        int n = tags.Tags.Length + 1;
        double[] a = new double[n * n], b = new double[n];
        for (int t = 0; t < n; t++)
        {
            a[(t * n) + t] = t < n - 1 ? penalty : 1e-6;
        }

        for (int i = 0; i < y.Length; i++)
        {
            if (i % Folds == leftOut)
            {
                continue;
            }

            int[] of = i < tags.OfItem.Length ? [.. tags.OfItem[i], n - 1] : [n - 1];
            foreach (int s in of)
            {
                b[s] += weights[i] * y[i];
                foreach (int t in of)
                {
                    a[(s * n) + t] += weights[i];
                }
            }
        }

        if (Cholesky.TryFactor(a, n))
        {
            Cholesky.Solve(a, n, b);
        }

        return b;
    }
}
