using System.Collections.Immutable;
using Caudata.Simulation.Fitting;

namespace Caudata.Simulation.Fidelity;

/// <summary>What one set of ratings looks like.</summary>
internal sealed record RatingProfile
{
    private const int Few = 5, Popular = 200;

    /// <summary>Observed pairs.</summary>
    public required int Pairs { get; init; }

    /// <summary>Ratings of each user with at least one.</summary>
    public required double[] Activity { get; init; }

    /// <summary>Ratings of each item with at least one, brought to the number of users of the real data and to whole numbers.</summary>
    public required double[] Popularity { get; init; }

    /// <summary>Share of each rating, by value.</summary>
    public required ImmutableSortedDictionary<double, double> Shares { get; init; }

    /// <summary>Means and standard deviations of users with at least five ratings.</summary>
    public required (double[] Means, double[] Deviations) Users { get; init; }

    /// <summary>Means and standard deviations of items with at least five ratings.</summary>
    public required (double[] Means, double[] Deviations) Items { get; init; }

    /// <summary>For pairs of the most popular items: cosine of their users, and log₂ lift, how much more often both are rated than if that were independent.</summary>
    public required (double[] Cosines, double[] LogLifts) CoOccurrence { get; init; }

    /// <summary>Mean of the ratings.</summary>
    public double Mean => Shares.Sum(s => s.Key * s.Value);

    /// <summary>Standard deviation of the ratings.</summary>
    public double Deviation => Math.Sqrt(Shares.Sum(s => (s.Key - Mean) * (s.Key - Mean) * s.Value));

    /// <summary>The profile of a table.</summary>
    /// <param name="table">The ratings.</param>
    /// <param name="users">Number of users with ratings of the real data.</param>
    public static RatingProfile Of(RatingTable table, int users)
    {
        double[] activity = Degrees(table.UserStarts);
        return new RatingProfile
        {
            Pairs = table.Count,
            Activity = activity,
            Popularity = [.. Degrees(table.ItemStarts).Select(d => Math.Max(1, Math.Round(d * users / activity.Length)))],
            Shares = table.Values.CountBy(v => v).ToImmutableSortedDictionary(c => c.Key, c => c.Value / (double)table.Count),
            Users = Moments(table.UserStarts, n => table.Values[n]),
            Items = Moments(table.ItemStarts, k => table.Values[table.ByItem[k]]),
            CoOccurrence = Together(table, activity.Length),
        };
    }

    private static double[] Degrees(int[] starts) => [.. starts.Zip(starts.Skip(1), (a, b) => (double)(b - a)).Where(d => d > 0)];

    private static (double[], double[]) Moments(int[] starts, Func<int, double> value)
    {
        List<double> means = [], deviations = [];
        for (int unit = 0; unit < starts.Length - 1; unit++)
        {
            int count = starts[unit + 1] - starts[unit];
            if (count >= Few)
            {
                double sum = 0, squares = 0;
                for (int k = starts[unit]; k < starts[unit + 1]; k++)
                {
                    sum += value(k);
                    squares += value(k) * value(k);
                }

                means.Add(sum / count);
                deviations.Add(Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * (sum / count)))));
            }
        }

        return ([.. means], [.. deviations]);
    }

    private static (double[], double[]) Together(RatingTable table, int users)
    {
        int[] popular = [.. Enumerable.Range(0, table.Items.Length).Select(i => (Item: i, Count: table.ItemStarts[i + 1] - table.ItemStarts[i])).Where(i => i.Count > 0).OrderByDescending(i => i.Count).ThenBy(i => i.Item).Take(Popular).Select(i => i.Item)];
        int[] place = new int[table.Items.Length];
        Array.Fill(place, -1);
        for (int k = 0; k < popular.Length; k++)
        {
            place[popular[k]] = k;
        }

        int[] both = new int[popular.Length * popular.Length];
        for (int user = 0; user < table.Users.Length; user++)
        {
            int[] of = [.. table.ItemOf.AsSpan(table.UserStarts[user], table.UserStarts[user + 1] - table.UserStarts[user]).ToArray().Select(i => place[i]).Where(k => k >= 0)];
            for (int a = 0; a < of.Length; a++)
            {
                for (int b = 0; b < a; b++)
                {
                    both[(Math.Max(of[a], of[b]) * popular.Length) + Math.Min(of[a], of[b])]++;
                }
            }
        }

        List<double> cosines = [], lifts = [];
        for (int a = 0; a < popular.Length; a++)
        {
            for (int b = 0; b < a; b++)
            {
                double x = table.ItemStarts[popular[a] + 1] - table.ItemStarts[popular[a]], y = table.ItemStarts[popular[b] + 1] - table.ItemStarts[popular[b]], n = both[(a * popular.Length) + b];
                cosines.Add(n / Math.Sqrt(x * y));
                // Half a user more keeps pairs that nobody rated finite.
                lifts.Add(Math.Log2((n + 0.5) * users / (x * y)));
            }
        }

        return ([.. cosines], [.. lifts]);
    }
}

/// <summary>A figure of both data sets.</summary>
/// <param name="Group">What it is about.</param>
/// <param name="Name">Its name.</param>
/// <param name="Real">Its value in the real data; null for a distance.</param>
/// <param name="Synthetic">Its value in the synthetic data; null for a distance.</param>
/// <param name="Distance">The distance of the two distributions, or the difference of the values.</param>
public sealed record FidelityFigure(string Group, string Name, double? Real, double? Synthetic, double Distance);

/// <summary>Compares two profiles.</summary>
internal static class FidelityMeasures
{
    public static ImmutableArray<FidelityFigure> Of(RatingProfile real, RatingProfile synthetic)
    {
        double[] levels = [.. real.Shares.Keys.Union(synthetic.Shares.Keys).Order()];
        var figures = ImmutableArray.CreateBuilder<FidelityFigure>();
        void Value(string group, string name, double a, double b) => figures.Add(new FidelityFigure(group, name, a, b, b - a));
        void Distance(string group, string name, double distance) => figures.Add(new FidelityFigure(group, name, null, null, distance));
        Value("size", "observed-pairs", real.Pairs, synthetic.Pairs);
        Value("size", "users-with-ratings", real.Activity.Length, synthetic.Activity.Length);
        Value("size", "items-with-ratings", real.Popularity.Length, synthetic.Popularity.Length);
        Distance("ratings", "total-variation", Distances.TotalVariation([.. levels.Select(l => real.Shares.GetValueOrDefault(l))], [.. levels.Select(l => synthetic.Shares.GetValueOrDefault(l))]));
        Value("ratings", "mean", real.Mean, synthetic.Mean);
        Value("ratings", "standard-deviation", real.Deviation, synthetic.Deviation);
        Distance("popularity", "ks", Distances.KolmogorovSmirnov(real.Popularity, synthetic.Popularity));
        Value("popularity", "gini", Distances.Gini(real.Popularity), Distances.Gini(synthetic.Popularity));
        Value("popularity", "share-of-top-1-percent", Distances.TopShare(real.Popularity, 0.01), Distances.TopShare(synthetic.Popularity, 0.01));
        Value("popularity", "share-of-top-10-percent", Distances.TopShare(real.Popularity, 0.1), Distances.TopShare(synthetic.Popularity, 0.1));
        Distance("activity", "ks", Distances.KolmogorovSmirnov(real.Activity, synthetic.Activity));
        Value("activity", "mean", real.Activity.Average(), synthetic.Activity.Average());
        Value("activity", "gini", Distances.Gini(real.Activity), Distances.Gini(synthetic.Activity));
        foreach ((string group, (double[] Means, double[] Deviations) a, (double[] Means, double[] Deviations) b) in ((string, (double[], double[]), (double[], double[]))[])[("users", real.Users, synthetic.Users), ("items", real.Items, synthetic.Items)])
        {
            Distance(group, "mean-ks", Distances.KolmogorovSmirnov(a.Means, b.Means));
            Value(group, "sd-of-means", Spread(a.Means), Spread(b.Means));
            Distance(group, "sd-ks", Distances.KolmogorovSmirnov(a.Deviations, b.Deviations));
            Value(group, "mean-of-sds", Average(a.Deviations), Average(b.Deviations));
        }

        Distance("co-occurrence", "cosine-ks", Distances.KolmogorovSmirnov(real.CoOccurrence.Cosines, synthetic.CoOccurrence.Cosines));
        Value("co-occurrence", "mean-cosine", Average(real.CoOccurrence.Cosines), Average(synthetic.CoOccurrence.Cosines));
        Distance("co-occurrence", "log-lift-ks", Distances.KolmogorovSmirnov(real.CoOccurrence.LogLifts, synthetic.CoOccurrence.LogLifts));
        Value("co-occurrence", "sd-of-log-lift", Spread(real.CoOccurrence.LogLifts), Spread(synthetic.CoOccurrence.LogLifts));
        return figures.ToImmutable();
    }

    private static double Average(double[] values) => values.Length == 0 ? double.NaN : values.Average();

    private static double Spread(double[] values)
    {
        double mean = Average(values);
        return values.Length == 0 ? double.NaN : Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }
}
