using Caudata.Numerics;

namespace Caudata.Simulation.Fitting;

/// <summary>Goes once over all units of one side of a factor model, and takes a Newton step for each while the other side stays: alternating weighted least squares.</summary>
/// <remarks>The other side is known only so well: what is uncertain of its factors counts against the unit's own, as in variational Bayes [lim2007]; else sparse rows are fitted too closely. Units are independent of each other, so they run on any number of threads. Cost of a pass: pairs × width² + units × rank³.</remarks>
internal static class FactorPass
{
    /// <summary>Adds what a unit's pairs say: for each the other side's row with a weight and a gradient.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="row">Its row.</param>
    /// <param name="curvature">Receives the curvature, shape [d, d].</param>
    /// <param name="gradient">Receives the gradient, shape [d].</param>
    /// <param name="doubt">Receives Σ weight · posterior variance of the other side's factors, shape [K].</param>
    /// <returns>False when there is nothing to say: then the unit's factors are 0 and its effect stays.</returns>
    public delegate bool Evidence(int unit, ReadOnlySpan<float> row, Span<float> curvature, Span<float> gradient, Span<double> doubt);

    /// <summary>Takes the steps.</summary>
    /// <param name="side">The side, for its blocks.</param>
    /// <param name="rows">Its rows, changed in place.</param>
    /// <param name="evidence">What the pairs say.</param>
    /// <param name="draw">Null for steps; for a draw around where the units stand, the key of its noise.</param>
    /// <param name="threads">Most threads.</param>
    /// <param name="cancel">Looked at between blocks.</param>
    /// <returns>For each free number Σ value² and Σ (1 − variance / prior variance), the number of units the data speak about.</returns>
    public static (double[] Squares, double[] Known) Run(FactorSide side, FactorRows rows, Evidence evidence, NoiseKey? draw, int threads, CancellationToken cancel)
    {
        int n = rows.Free.Length, d = rows.Width;
        double[] precision = [.. rows.Variance.Select(v => 1 / v)];
        double[][] partial = new double[side.Blocks][];
        BlockLoop.Run(side.Blocks, threads, (block, _) =>
        {
            float[] curvature = new float[d * d], gradient = new float[d];
            double[] noise = new double[n], variance = new double[n], sums = new double[2 * n], doubt = new double[rows.Rank], held = new double[n];
            (int first, int end) = side.Of(block);
            for (int unit = first; unit < end; unit++)
            {
                Array.Clear(curvature);
                Array.Clear(gradient);
                Span<float> row = rows.Row(unit);
                Array.Clear(doubt);
                bool isKnown = evidence(unit, row, curvature, gradient, doubt);
                for (int k = 0; k < n; k++)
                {
                    held[k] = precision[k] + (k < doubt.Length ? doubt[k] : 0);
                }

                if (draw is { } key)
                {
                    KeyedNoise.Normal(key.Row((ulong)unit), 0, noise);
                    FactorStep.Solve(curvature, gradient, rows.Free, held, row, [], noise);
                    rows.DoubtOf(unit).Clear();
                    continue;
                }

                if (!isKnown)
                {
                    row[..rows.Rank].Clear();
                    for (int k = 0; k < n; k++)
                    {
                        rows.DoubtOf(unit)[k] = rows.KeepsDoubt ? (float)rows.Variance[k] : 0;
                    }

                    continue;
                }

                FactorStep.Solve(curvature, gradient, rows.Free, held, row, variance, []);
                for (int k = 0; k < n; k++)
                {
                    double value = row[rows.Free[k]];
                    sums[k] += value * value;
                    sums[n + k] += 1 - (variance[k] * precision[k]);
                    rows.DoubtOf(unit)[k] = rows.KeepsDoubt ? (float)variance[k] : 0;
                }
            }

            partial[block] = sums;
        }, cancel);
        double[] squares = new double[n], known = new double[n];
        foreach (double[] sums in partial)
        {
            for (int k = 0; k < n; k++)
            {
                squares[k] += sums[k];
                known[k] += sums[n + k];
            }
        }

        return (squares, known);
    }

    /// <summary>Variances of the priors for which the data are most likely: Σ value² over the number of units that the data speak about [mackay1992].</summary>
    /// <param name="rows">The rows whose variances are set.</param>
    /// <param name="first">The first free number whose variance is free; those before keep theirs.</param>
    /// <param name="evidence">What the last pass gave.</param>
    public static void SetVariances(FactorRows rows, int first, (double[] Squares, double[] Known) evidence)
    {
        for (int k = first; k < rows.Free.Length; k++)
        {
            if (evidence.Known[k] > 1e-9)
            {
                rows.Variance[k] = Math.Clamp(evidence.Squares[k] / evidence.Known[k], 1e-4, 25);
            }
        }
    }
}
