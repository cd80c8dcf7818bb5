namespace Caudata.Numerics;

/// <summary>Quantiles of a sample by linear interpolation (type 7), with or without weights.</summary>
/// <remarks>
/// Type 7 of [hyndman1996] Hyndman and Fan, "Sample quantiles in statistical packages" (The American Statistician 50(4), 1996): the value at position (n − 1)·p of the sorted sample,
/// counted from 0. The default of R and NumPy. Sorting costs O(n log n); use <see cref="OfSorted"/> for more than one p.
/// </remarks>
public static class Quantiles
{
    /// <summary>The p-quantile of an unsorted sample.</summary>
    /// <param name="values">The sample, at least one number, none NaN; not changed.</param>
    /// <param name="p">Between 0 (the least) and 1 (the greatest).</param>
    /// <exception cref="ArgumentException">No numbers, or one is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">p is outside [0, 1].</exception>
    public static double Of(ReadOnlySpan<double> values, double p) => OfSorted(Sorted(values), p);

    /// <summary>Several quantiles of an unsorted sample, sorted once.</summary>
    /// <param name="values">The sample, at least one number, none NaN; not changed.</param>
    /// <param name="p">Each between 0 and 1.</param>
    /// <returns>One quantile for each p, in the same order.</returns>
    /// <exception cref="ArgumentException">No numbers, or one is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A p is outside [0, 1].</exception>
    public static double[] Of(ReadOnlySpan<double> values, ReadOnlySpan<double> p)
    {
        double[] sorted = Sorted(values), result = new double[p.Length];
        for (int i = 0; i < p.Length; i++)
        {
            result[i] = OfSorted(sorted, p[i]);
        }

        return result;
    }

    /// <summary>The p-quantile of a sample in rising order. O(1).</summary>
    /// <param name="sorted">The sample in rising order, at least one number, none NaN. That it is sorted is not checked.</param>
    /// <param name="p">Between 0 (the least) and 1 (the greatest).</param>
    /// <exception cref="ArgumentException">No numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">p is outside [0, 1].</exception>
    public static double OfSorted(ReadOnlySpan<double> sorted, double p)
    {
        CheckProbability(p);
        if (sorted.IsEmpty)
        {
            throw new ArgumentException("A quantile needs at least one number, but there are none.", nameof(sorted));
        }

        double at = (sorted.Length - 1) * p;
        int low = (int)at;
        return low + 1 < sorted.Length ? Between(sorted[low], sorted[low + 1], at - low) : sorted[^1];
    }

    /// <summary>The p-quantile of a weighted sample.</summary>
    /// <param name="values">The sample, at least one number of positive weight, none NaN; not changed.</param>
    /// <param name="weights">One weight for each number, at least 0 and finite; only their ratios matter.</param>
    /// <param name="p">Between 0 (the least) and 1 (the greatest of positive weight).</param>
    /// <remarks>
    /// Averages the weighted sample's quantile function over a window of width 1/n* at (n* − 1)·p/n*, with Kish's effective size n* = (Σw)² / Σw²: equal weights give type 7 exactly, and scaling
    /// the weights changes nothing. [akinshin2023] Akinshin, "Weighted quantile estimators" (arXiv:2304.07265), section 4. Weights are importance weights, not counts of repeated rows.
    /// </remarks>
    /// <exception cref="ArgumentException">The lengths differ, a weight is negative or not finite, a number is NaN, or all weights are 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">p is outside [0, 1].</exception>
    public static double OfWeighted(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, double p)
    {
        CheckProbability(p);
        if (values.Length != weights.Length)
        {
            throw new ArgumentException($"There are {values.Length} numbers but {weights.Length} weights.", nameof(weights));
        }

        double heaviest = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!(weights[i] >= 0) || double.IsInfinity(weights[i]))
            {
                throw new ArgumentException($"Weight {i} is {weights[i]}; weights must be finite and at least 0.", nameof(weights));
            }

            heaviest = Math.Max(heaviest, weights[i]);
        }

        if (heaviest == 0)
        {
            throw new ArgumentException("A weighted quantile needs a number of positive weight, but there is none.", nameof(weights));
        }

        double[] x = Checked(values), w = new double[values.Length];
        double total = 0, squares = 0;
        for (int i = 0; i < w.Length; i++)
        {
            w[i] = weights[i] / heaviest;
        }

        Array.Sort(x, w);
        foreach (double v in w)
        {
            total += v;
            squares += v * v;
        }

        double size = total * total / squares, from = (size - 1) * p / size, to = from + (1 / size), sum = 0, mass = 0, below = 0;
        double least = double.NaN, last = double.NaN;
        for (int i = 0; i < x.Length; i++)
        {
            if (w[i] == 0)
            {
                continue;
            }

            least = double.IsNaN(least) ? x[i] : least;
            last = x[i];
            double above = below + (w[i] / total), part = Math.Min(above, to) - Math.Max(below, from);
            if (part > 0)
            {
                sum += part * x[i];
                mass += part;
            }

            below = above;
        }

        // The window's mass is 1/n* but for rounding at its ends.
        return Math.Clamp(mass > 0 ? sum / mass : last, least, last);
    }

    private static double Between(double a, double b, double t) => t == 0 || a == b ? a : a + (t * (b - a));

    private static double[] Sorted(ReadOnlySpan<double> values)
    {
        double[] sorted = Checked(values);
        Array.Sort(sorted);
        return sorted;
    }

    private static double[] Checked(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                throw new ArgumentException($"Number {i} is NaN; a quantile needs numbers that can be put in order.", nameof(values));
            }
        }

        return values.ToArray();
    }

    private static void CheckProbability(double p)
    {
        if (!(p >= 0 && p <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "A quantile's p lies between 0 and 1.");
        }
    }
}
