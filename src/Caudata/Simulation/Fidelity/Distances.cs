namespace Caudata.Simulation.Fidelity;

/// <summary>Distances between two samples, and how unequal one is.</summary>
internal static class Distances
{
    /// <summary>Largest distance between two empirical distribution functions, in [0, 1] (Kolmogorov and Smirnov); NaN when one is empty.</summary>
    public static double KolmogorovSmirnov(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.IsEmpty || b.IsEmpty)
        {
            return double.NaN;
        }

        double[] x = a.ToArray(), y = b.ToArray();
        Array.Sort(x);
        Array.Sort(y);
        int i = 0, j = 0;
        double largest = 0;
        while (i < x.Length && j < y.Length)
        {
            double at = Math.Min(x[i], y[j]);
            while (i < x.Length && x[i] <= at)
            {
                i++;
            }

            while (j < y.Length && y[j] <= at)
            {
                j++;
            }

            largest = Math.Max(largest, Math.Abs(((double)i / x.Length) - ((double)j / y.Length)));
        }

        return largest;
    }

    /// <summary>Half the summed distance of two sets of shares: the largest difference of a probability, in [0, 1].</summary>
    public static double TotalVariation(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += Math.Abs(a[k] - b[k]);
        }

        return sum / 2;
    }

    /// <summary>Gini's coefficient: 0 when all are equal, near 1 when one has all.</summary>
    public static double Gini(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        double sum = 0, weighted = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            sum += sorted[i];
            weighted += (i + 1) * sorted[i];
        }

        return sum > 0 ? ((2 * weighted) / (sorted.Length * sum)) - ((sorted.Length + 1.0) / sorted.Length) : 0;
    }

    /// <summary>Share of the total that the largest have.</summary>
    /// <param name="values">Numbers, at least 0.</param>
    /// <param name="share">Which share of the units counts as the largest; at least one unit.</param>
    public static double TopShare(ReadOnlySpan<double> values, double share)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        int top = Math.Max(1, (int)Math.Round(sorted.Length * share));
        double total = sorted.Sum();
        return total > 0 ? sorted.AsSpan(sorted.Length - top).ToArray().Sum() / total : 0;
    }

    /// <summary>Area under the ROC curve: the probability that a score of a positive row is larger than one of a negative row, ties counted half.</summary>
    /// <param name="scores">Scores, shape [n].</param>
    /// <param name="positive">Which rows are positive, shape [n].</param>
    public static double AreaUnderCurve(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        double[] keys = scores.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, order);
        double ranks = 0, positives = 0;
        for (int i = 0; i < keys.Length;)
        {
            int end = i;
            while (end < keys.Length && keys[end] == keys[i])
            {
                end++;
            }

            for (int k = i; k < end; k++)
            {
                if (positive[order[k]])
                {
                    positives++;
                    ranks += (i + end + 1) / 2.0;
                }
            }

            i = end;
        }

        double negatives = keys.Length - positives;
        return positives == 0 || negatives == 0 ? double.NaN : (ranks - (positives * (positives + 1) / 2)) / (positives * negatives);
    }
}
