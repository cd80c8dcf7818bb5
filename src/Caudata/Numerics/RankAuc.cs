namespace Caudata.Numerics;

/// <summary>The area under the receiver operating characteristic by ranks: the share of pairs of a positive and a negative in which the positive has the higher score, ties counted half [hanley1982].</summary>
public static class RankAuc
{
    /// <summary>The area; NaN where there is no positive or no negative. O(n log n).</summary>
    /// <param name="scores">Scores, shape [n]; none may be NaN.</param>
    /// <param name="positive">Which are positive, shape [n].</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static double Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        if (scores.Length != positive.Length)
        {
            throw new ArgumentException($"There are {scores.Length} scores and {positive.Length} labels; expected one label for each score.", nameof(positive));
        }

        double[] sorted = scores.ToArray();
        bool[] labels = positive.ToArray();
        if (Array.Exists(sorted, double.IsNaN))
        {
            throw new ArgumentException($"Score {Array.FindIndex(sorted, double.IsNaN)} is NaN; expected numbers that can be ordered.", nameof(scores));
        }

        Array.Sort(sorted, labels);
        long positives = labels.LongCount(label => label), negatives = labels.Length - positives, below = 0;
        double wins = 0;
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            long tiedPositives = 0, tiedNegatives = 0;
            for (to = from; to < sorted.Length && sorted[to] == sorted[from]; to++)
            {
                tiedPositives += labels[to] ? 1 : 0;
                tiedNegatives += labels[to] ? 0 : 1;
            }

            wins += tiedPositives * (below + (tiedNegatives / 2.0));
            below += tiedNegatives;
        }

        return positives == 0 || negatives == 0 ? double.NaN : wins / positives / negatives;
    }
}
