namespace Caudata.Simulation.Feedback;

/// <summary>All rounds before: what was shown to whom, and what came of it. Only exposed pairs are kept, 8 bytes each.</summary>
/// <remarks>Immutable: <see cref="Next"/> makes another one. Exposures lie user by user, each user's in the order of rounds and positions.</remarks>
internal sealed class ExposurePast
{
    private readonly int[] _starts, _items;
    private readonly float[] _outcomes;
    private readonly long[] _seen;
    private readonly double[] _sums;

    private ExposurePast(int rounds, int[] starts, int[] items, float[] outcomes, long[] exposures, long[] positives, long[] seen, double[] sums) =>
        (Rounds, _starts, _items, _outcomes, Exposures, Positives, _seen, _sums) = (rounds, starts, items, outcomes, exposures, positives, seen, sums);

    /// <summary>A past without rounds.</summary>
    public static ExposurePast Empty(int users, int items) => new(0, new int[users + 1], [], [], new long[items], new long[items], new long[items], new double[items]);

    /// <summary>Number of rounds.</summary>
    public int Rounds { get; }

    /// <summary>Number of users.</summary>
    public int Users => _starts.Length - 1;

    /// <summary>Number of items.</summary>
    public int Items => Exposures.Length;

    /// <summary>Number of exposures.</summary>
    public int Count => _items.Length;

    /// <summary>How often each item was shown.</summary>
    public long[] Exposures { get; }

    /// <summary>How often each item had a positive outcome.</summary>
    public long[] Positives { get; }

    /// <summary>The items that a user was shown, also twice.</summary>
    public ReadOnlySpan<int> ItemsOf(int user) => _items.AsSpan(_starts[user].._starts[user + 1]);

    /// <summary>What came of these; NaN where the outcome is no number.</summary>
    public ReadOnlySpan<float> OutcomesOf(int user) => _outcomes.AsSpan(_starts[user].._starts[user + 1]);

    /// <summary>The mean outcome of each item; of one never shown the mean of all; 0 when there is none at all. Shape [items].</summary>
    public double[] Crowd()
    {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < Items; i++)
        {
            sum += _sums[i];
            count += _seen[i];
        }

        double[] means = new double[Items];
        for (int i = 0; i < means.Length; i++)
        {
            means[i] = _seen[i] > 0 ? _sums[i] / _seen[i] : count > 0 ? sum / count : 0;
        }

        return means;
    }

    /// <summary>This past and one round more.</summary>
    /// <param name="round">The round; its exposures lie user by user.</param>
    /// <param name="positive">Outcomes from here on are positive.</param>
    public ExposurePast Next(ExposureRound round, double positive)
    {
        ReadOnlySpan<int> users = round.Users.AsSpan(), shown = round.Items.AsSpan();
        ReadOnlySpan<double> values = round.Outcomes.AsSpan();
        int[] starts = new int[_starts.Length], items = new int[_items.Length + shown.Length];
        float[] outcomes = new float[items.Length];
        long[] exposures = [.. Exposures], positives = [.. Positives], seen = [.. _seen];
        double[] sums = [.. _sums];
        int next = 0;
        for (int user = 0; user < Users; user++)
        {
            int old = _starts[user + 1] - _starts[user], at = starts[user];
            Array.Copy(_items, _starts[user], items, at, old);
            Array.Copy(_outcomes, _starts[user], outcomes, at, old);
            at += old;
            for (; next < users.Length && users[next] == user; next++, at++)
            {
                (items[at], outcomes[at]) = (shown[next], (float)values[next]);
            }

            starts[user + 1] = at;
        }

        for (int e = 0; e < shown.Length; e++)
        {
            exposures[shown[e]]++;
            if (!double.IsNaN(values[e]))
            {
                seen[shown[e]]++;
                sums[shown[e]] += values[e];
                positives[shown[e]] += values[e] >= positive ? 1 : 0;
            }
        }

        return new ExposurePast(Rounds + 1, starts, items, outcomes, exposures, positives, seen, sums);
    }
}
