using System.Collections.Immutable;
using Caudata.Numerics;
using Caudata.Simulation.Fitting;

namespace Caudata.Simulation.Fidelity;

/// <summary>What an observed pair looks like within its data: the features by which real and synthetic rows are told apart. NaN where there is nothing to say.</summary>
/// <remarks>Each feature of a row leaves the row itself out. Other items and users are at most eight, drawn at random: means over all of them would show by how much two samples of one population differ as a whole. Cost: rows × neighbours × users of the rarer item.</remarks>
internal static class InteractionFeatures
{
    private const int MostNeighbours = 8, MostOthers = 8;

    /// <summary>The features.</summary>
    public static ImmutableArray<(string Name, string About)> Names { get; } =
    [
        ("user-activity", "log of the number of the user's ratings"),
        ("item-popularity", "log of the number of users who rated the item, at the number of users of the real data"),
        ("rating", "the rating"),
        ("rating-minus-user-mean", "the rating less the mean of the user's other ratings"),
        ("rating-minus-item-mean", "the rating less the mean of the item's other ratings"),
        ("user-deviation", "standard deviation of the user's other ratings"),
        ("item-deviation", "standard deviation of the item's other ratings"),
        ("popularity-of-users-items", "mean log popularity of eight of the user's other items"),
        ("activity-of-items-users", "mean log activity of eight of the item's other users"),
        ("co-rating", "mean cosine of the item and eight of the user's other items, by who else rated both"),
        ("rating-minus-neighbours", "the rating less what the user's ratings of similar items say, both from the items' means"),
    ];

    /// <summary>The features of rows, shape [features][rows].</summary>
    /// <param name="table">The data.</param>
    /// <param name="users">Number of users to whose number popularity is brought, so that it means the same in both data sets.</param>
    /// <param name="rows">Numbers of pairs.</param>
    /// <param name="seed">Seed of the choice of neighbours.</param>
    /// <param name="threads">Most threads.</param>
    /// <param name="cancel">Looked at between blocks.</param>
    public static double[][] Of(RatingTable table, int users, int[] rows, ulong seed, int threads, CancellationToken cancel)
    {
        double[][] features = [.. Names.Select(_ => new double[rows.Length])];
        (double Sum, double Squares)[] ofUser = Moments(table.UserStarts, n => n, table.Values), ofItem = Moments(table.ItemStarts, k => table.ByItem[k], table.Values);
        // Brought to whole numbers: shares of slightly different numbers of users would give away by their fractions which data set they are from.
        double scale = (double)users / Users(table);
        double[] popularityOf = [.. Enumerable.Range(0, table.Items.Length).Select(i => Math.Log(Math.Max(1, Math.Round(Degree(table.ItemStarts, i) * scale))))];
        NoiseKey key = NoiseKey.Of(seed, "fidelity/neighbours");
        const int Block = 256;
        BlockLoop.Run((rows.Length + Block - 1) / Block, threads, (block, _) =>
        {
            for (int r = block * Block; r < Math.Min(rows.Length, (block + 1) * Block); r++)
            {
                int n = rows[r], user = table.UserOf[n], item = table.ItemOf[n];
                double rating = table.Values[n];
                int activity = Degree(table.UserStarts, user), popularity = Degree(table.ItemStarts, item);
                (double userMean, double userDeviation) = Without(ofUser[user], activity, rating);
                (double itemMean, double itemDeviation) = Without(ofItem[item], popularity, rating);
                RandomStream stream = key.Draw("row", (ulong)n);
                double[] row =
                [
                    Math.Log(activity), popularityOf[item], rating, rating - userMean, rating - itemMean, userDeviation, itemDeviation,
                    OthersOfUser(table, n, popularityOf, ref stream), OthersOfItem(table, n, ref stream), 0, 0,
                ];
                (row[9], row[10]) = Neighbours(table, ofItem, n, rating - itemMean, ref stream);
                for (int f = 0; f < row.Length; f++)
                {
                    features[f][r] = row[f];
                }
            }
        }, cancel);
        return features;
    }

    /// <summary>Users with at least one rating.</summary>
    public static int Users(RatingTable table) => table.UserStarts.Zip(table.UserStarts.Skip(1)).Count(s => s.Second > s.First);

    private static int Degree(int[] starts, int unit) => starts[unit + 1] - starts[unit];

    private static (double, double)[] Moments(int[] starts, Func<int, int> pair, double[] values) =>
        [.. Enumerable.Range(0, starts.Length - 1).Select(unit =>
        {
            double sum = 0, squares = 0;
            for (int k = starts[unit]; k < starts[unit + 1]; k++)
            {
                sum += values[pair(k)];
                squares += values[pair(k)] * values[pair(k)];
            }

            return (sum, squares);
        })];

    private static (double Mean, double Deviation) Without((double Sum, double Squares) moments, int count, double value)
    {
        double mean = (moments.Sum - value) / (count - 1);
        return count < 2 ? (double.NaN, double.NaN)
            : (mean, count < 3 ? double.NaN : Math.Sqrt(Math.Max(0, ((moments.Squares - (value * value)) / (count - 1)) - (mean * mean))));
    }

    private static double OthersOfUser(RatingTable table, int n, double[] popularityOf, ref RandomStream stream)
    {
        double sum = 0;
        int first = table.UserStarts[table.UserOf[n]], count = Degree(table.UserStarts, table.UserOf[n]);
        int[] others = Some(count, n - first, MostOthers, ref stream);
        foreach (int k in others)
        {
            sum += popularityOf[table.ItemOf[first + k]];
        }

        return others.Length == 0 ? double.NaN : sum / others.Length;
    }

    private static double OthersOfItem(RatingTable table, int n, ref RandomStream stream)
    {
        double sum = 0;
        int first = table.ItemStarts[table.ItemOf[n]], count = Degree(table.ItemStarts, table.ItemOf[n]);
        int own = Array.BinarySearch(table.ByItem, first, count, n) - first;
        int[] others = Some(count, own, MostOthers, ref stream);
        foreach (int k in others)
        {
            sum += Math.Log(Degree(table.UserStarts, table.UserOf[table.ByItem[first + k]]));
        }

        return others.Length == 0 ? double.NaN : sum / others.Length;
    }

    private static (double CoRating, double Residual) Neighbours(RatingTable table, (double Sum, double Squares)[] ofItem, int n, double deviation, ref RandomStream stream)
    {
        int item = table.ItemOf[n], first = table.UserStarts[table.UserOf[n]];
        int[] others = Some(Degree(table.UserStarts, table.UserOf[n]), n - first, MostNeighbours, ref stream);
        double sum = 0, weighted = 0;
        foreach (int k in others)
        {
            int other = table.ItemOf[first + k], degree = Degree(table.ItemStarts, other);
            double similarity = (Common(table, item, other) - 1) / Math.Sqrt((double)degree * Degree(table.ItemStarts, item));
            sum += similarity;
            (double mean, _) = Without(ofItem[other], degree, table.Values[first + k]);
            weighted += similarity > 0 && !double.IsNaN(mean) ? similarity * (table.Values[first + k] - mean) : 0;
        }

        return others.Length == 0 ? (double.NaN, double.NaN) : (sum / others.Length, sum > 0 ? deviation - (weighted / sum) : double.NaN);
    }

    // Users who rated both; the shorter list is looked up in the longer one.
    private static int Common(RatingTable table, int a, int b)
    {
        if (Degree(table.ItemStarts, a) > Degree(table.ItemStarts, b))
        {
            (a, b) = (b, a);
        }

        int from = table.ItemStarts[b], end = table.ItemStarts[b + 1], common = 0;
        for (int k = table.ItemStarts[a]; k < table.ItemStarts[a + 1] && from < end; k++)
        {
            int user = table.UserOf[table.ByItem[k]], step = 1, low = from;
            while (from < end && table.UserOf[table.ByItem[from]] < user)
            {
                low = from;
                from = Math.Min(end, from + step);
                step *= 2;
            }

            int high = from;
            while (low < high)
            {
                int middle = (low + high) >>> 1;
                (low, high) = table.UserOf[table.ByItem[middle]] < user ? (middle + 1, high) : (low, middle);
            }

            from = low;
            common += from < end && table.UserOf[table.ByItem[from]] == user ? 1 : 0;
        }

        return common;
    }

    // Places from 0 to count − 1 without one of them; of many a random part.
    private static int[] Some(int count, int without, int most, ref RandomStream stream)
    {
        if (count - 1 <= most)
        {
            return [.. Enumerable.Range(0, count).Where(k => k != without)];
        }

        HashSet<int> places = [];
        while (places.Count < most)
        {
            int place = stream.NextInt32(count - 1);
            places.Add(place >= without ? place + 1 : place);
        }

        return [.. places.Order()];
    }
}
