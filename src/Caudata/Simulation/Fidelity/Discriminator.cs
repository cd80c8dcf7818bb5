using System.Collections.Immutable;
using Caudata.Numerics;
using Caudata.Simulation.Fitting;

namespace Caudata.Simulation.Fidelity;

/// <summary>What the discriminator keys on.</summary>
/// <param name="Name">Name of the feature.</param>
/// <param name="About">What it is.</param>
/// <param name="Drop">How much the AUC falls when the feature's values are shuffled among the test rows.</param>
/// <param name="Alone">AUC of the feature alone, at least 0.5: the larger of the values with it and with its opposite.</param>
public sealed record FeatureImportance(string Name, string About, double Drop, double Alone);

/// <summary>How well real and synthetic rows can be told apart.</summary>
/// <param name="Auc">Area under the ROC curve on users and items that were not trained on: 0.5 not at all, 1 always. Mean over four quarters (halves of users by halves of items), each once trained on and tested on the opposite one.</param>
/// <param name="Rows">Rows of each kind.</param>
/// <param name="Features">What it keys on, the most important feature first.</param>
public sealed record Discrimination(double Auc, int Rows, ImmutableArray<FeatureImportance> Features);

/// <summary>Learns to tell real from synthetic interaction rows, on one half of the users and one half of the items, and is tested on the other halves.</summary>
/// <remarks>Items are parted too because all rows of an item share its features: a model that had seen the item would know by their exact values which data set it is from, however alike the data sets are.</remarks>
internal static class Discriminator
{
    /// <summary>Learns and tests.</summary>
    /// <param name="real">The real data.</param>
    /// <param name="synthetic">The synthetic data.</param>
    /// <param name="mostRows">Most rows of each kind, drawn at random.</param>
    /// <param name="seed">Seed of halves, rows and shuffles.</param>
    /// <param name="threads">Most threads.</param>
    /// <param name="cancel">Looked at between blocks.</param>
    public static Discrimination Run(RatingTable real, RatingTable synthetic, int mostRows, ulong seed, int threads, CancellationToken cancel)
    {
        int rows = Math.Min(mostRows, Math.Min(real.Count, synthetic.Count));
        int[] realRows = Choose(real.Count, rows, seed, "real"), syntheticRows = Choose(synthetic.Count, rows, seed, "synthetic");
        int users = InteractionFeatures.Users(real);
        double[][] a = InteractionFeatures.Of(real, users, realRows, seed, threads, cancel), b = InteractionFeatures.Of(synthetic, users, syntheticRows, seed, threads, cancel);
        double[][] features = [.. a.Zip(b, (x, y) => (double[])[.. x, .. y])];
        bool[] isReal = [.. Enumerable.Repeat(true, rows), .. Enumerable.Repeat(false, rows)];
        int[] quarter = [.. realRows.Select(n => Quarter(real, n, seed)), .. syntheticRows.Select(n => Quarter(synthetic, n, seed))];
        double auc = 0;
        double[] drops = new double[features.Length];
        int tested = 0;
        foreach (int train in (int[])[0, 1, 2, 3])
        {
            int[] learn = [.. Enumerable.Range(0, quarter.Length).Where(i => quarter[i] == train)], test = [.. Enumerable.Range(0, quarter.Length).Where(i => quarter[i] == 3 - train)];
            bool[] labels = Array.ConvertAll(test, i => isReal[i]);
            if (learn.Length == 0 || !labels.Contains(true) || !labels.Contains(false))
            {
                continue;
            }

            double[][] edges = [.. features.Select(f => Edges(Array.ConvertAll(learn, i => f[i])))];
            byte[][] learnBins = [.. features.Select((f, k) => Array.ConvertAll(learn, i => Bin(f[i], edges[k])))], testBins = [.. features.Select((f, k) => Array.ConvertAll(test, i => Bin(f[i], edges[k])))];
            BoostedTrees model = BoostedTrees.Train(learnBins, Array.ConvertAll(learn, i => isReal[i]), threads, cancel);
            double whole = Distances.AreaUnderCurve(model.Predict(testBins, test.Length), labels);
            auc += whole;
            tested++;
            for (int f = 0; f < features.Length; f++)
            {
                byte[][] shuffled = [.. testBins];
                shuffled[f] = [.. testBins[f]];
                RandomStream stream = new(seed, "fidelity/shuffle", (ulong)f);
                stream.Shuffle<byte>(shuffled[f]);
                drops[f] += whole - Distances.AreaUnderCurve(model.Predict(shuffled, test.Length), labels);
            }
        }

        return new Discrimination(tested == 0 ? double.NaN : auc / tested, rows,
            [.. InteractionFeatures.Names.Select((f, k) => new FeatureImportance(f.Name, f.About, tested == 0 ? 0 : drops[k] / tested, Alone(features[k], isReal))).OrderByDescending(f => f.Drop)]);
    }

    private static double Alone(double[] feature, bool[] isReal)
    {
        double auc = Distances.AreaUnderCurve(Array.ConvertAll(feature, v => double.IsNaN(v) ? double.NegativeInfinity : v), isReal);
        return Math.Max(auc, 1 - auc);
    }

    // A random part of the rows, in order.
    private static int[] Choose(int count, int rows, ulong seed, string kind)
    {
        double[] noise = new double[count];
        KeyedNoise.Uniform(NoiseKey.Of(seed, "fidelity/rows/" + kind), 0, noise);
        int[] order = [.. Enumerable.Range(0, count)];
        Array.Sort(noise, order);
        return [.. order.Take(rows).Order()];
    }

    // Half of the user, and half of the item; 3 less it is the quarter with the other user and the other item.
    private static int Quarter(RatingTable table, int row, ulong seed)
    {
        Span<double> noise = stackalloc double[2];
        KeyedNoise.Uniform(NoiseKey.Of(seed, "fidelity/user-half"), (ulong)table.UserOf[row], noise[..1]);
        KeyedNoise.Uniform(NoiseKey.Of(seed, "fidelity/item-half"), (ulong)table.ItemOf[row], noise[1..]);
        return (noise[0] < 0.5 ? 0 : 1) + (noise[1] < 0.5 ? 0 : 2);
    }

    // Quantiles between which rows are about equally many; equal ones once.
    private static double[] Edges(double[] values)
    {
        double[] known = [.. values.Where(double.IsFinite).Order()];
        return known.Length == 0 ? [] : [.. Enumerable.Range(1, BoostedTrees.Bins - 2).Select(q => known[(int)((long)q * (known.Length - 1) / (BoostedTrees.Bins - 1))]).Distinct()];
    }

    private static byte Bin(double value, double[] edges)
    {
        if (!double.IsFinite(value))
        {
            return 0;
        }

        int at = Array.BinarySearch(edges, value);
        return (byte)(1 + (at >= 0 ? at : ~at));
    }
}
