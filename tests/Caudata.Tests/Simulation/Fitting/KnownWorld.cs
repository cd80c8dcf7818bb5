using Caudata.Simulation;
using Caudata.Simulation.Fitting;

namespace Caudata.Tests.Simulation.Fitting;

/// <summary>Ratings drawn from worlds whose parameters are known.</summary>
internal static class KnownWorld
{
    public const string Text = """
        world: known
        entities: { user: 900, item: 250, factor: 2 }
        variables:
          activity[user]: normal(-2.6, 0.9)
          popularity[item]: normal(0, 0.9)
          level[user]: normal(0, 0.7)
          quality[item]: normal(0, 1)
          liking[user, factor]: normal(0, 1)
          trait[item, factor]: normal(0, 0.7)
          meets[user, factor]: normal(0, 1)
          place[item, factor]: normal(0, 0.9)
          rating[user, item]: ordinal(level + quality + dot(liking, trait) + logistic(0, 0.8), -2.5, -1, 0.5, 2)
        missing:
          rating: { logistic: "activity + popularity + dot(meets, place) - 0.5" }
        """;

    /// <summary>The same with fewer pairs, so that their probabilities are far from 1.</summary>
    public static string Sparse => Text.Replace("- 0.5", "- 2.5", StringComparison.Ordinal);

    /// <summary>One data set, and columns of its truth.</summary>
    public static (RatingTable Table, Func<string, double[]> Truth) Draw(ulong seed = 1, string? text = null)
    {
        SimulatedWorld world = new(World.Parse(text ?? Text), new SimulationOptions { Seed = seed, Threads = 2 });
        int users = world.World.Entities[0].Size, items = world.World.Entities[1].Size;
        double[] ratings = world.Read("rating")[0], seen = world.Read("R_rating")[0];
        List<(int, int, double)> rows = [];
        for (int n = 0; n < ratings.Length; n++)
        {
            if (seen[n] == 1)
            {
                rows.Add((n / items, n % items, ratings[n]));
            }
        }

        return (RatingTable.Of(Names(users), Names(items), rows), name => world.Read(name)[0]);
    }

    public static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>Only units that were seen, numbered anew.</summary>
    public static RatingTable Seen(RatingTable table)
    {
        Dictionary<string, int> users = [], items = [];
        List<(int, int, double)> rows = [];
        for (int n = 0; n < table.Count; n++)
        {
            rows.Add((Number(users, table.Users[table.UserOf[n]]), Number(items, table.Items[table.ItemOf[n]]), table.Values[n]));
        }

        return RatingTable.Of([.. users.Keys], [.. items.Keys], rows);

        static int Number(Dictionary<string, int> numbers, string name)
        {
            numbers.TryAdd(name, numbers.Count);
            return numbers[name];
        }
    }

    public static double Correlation(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double x = a.Average(), y = b.Average();
        return a.Zip(b, (p, q) => (p - x) * (q - y)).Sum() / Math.Sqrt(a.Sum(p => (p - x) * (p - x)) * b.Sum(q => (q - y) * (q - y)));
    }
}
