using Caudata.Numerics;
using Caudata.Simulation.Fitting;

namespace Caudata.Simulation.Fidelity;

/// <summary>Real data spoiled on purpose, and real data halved: what a discriminator must, and must not, tell apart.</summary>
internal static class WrongWorlds
{
    /// <summary>The same pairs with their ratings in another order: marginals stay, users and items lose theirs.</summary>
    public static RatingTable ShuffledRatings(RatingTable table, ulong seed)
    {
        double[] values = [.. table.Values];
        RandomStream stream = new(seed, "fidelity/shuffled-ratings");
        stream.Shuffle<double>(values);
        return table.With(table.UserOf, table.ItemOf, values);
    }

    /// <summary>The same users with as many ratings, of items drawn uniformly: popularity is gone.</summary>
    public static RatingTable UniformItems(RatingTable table, ulong seed)
    {
        int[] items = new int[table.Count];
        RandomStream stream = new(seed, "fidelity/uniform-items");
        for (int user = 0; user < table.Users.Length; user++)
        {
            int first = table.UserStarts[user], end = table.UserStarts[user + 1], left = end - first;
            // One after the other with the probability that it is among those still to be drawn.
            for (int item = 0, at = first; at < end; item++)
            {
                if (stream.NextDouble() * (table.Items.Length - item) < left)
                {
                    items[at++] = item;
                    left--;
                }
            }
        }

        return table.With(table.UserOf, items, table.Values);
    }

    /// <summary>The users in two halves, by chance.</summary>
    public static (RatingTable First, RatingTable Second) Halves(RatingTable table, ulong seed)
    {
        double[] noise = new double[table.Users.Length];
        KeyedNoise.Uniform(NoiseKey.Of(seed, "fidelity/halves"), 0, noise);
        return (Part(n => noise[table.UserOf[n]] < 0.5), Part(n => noise[table.UserOf[n]] >= 0.5));

        RatingTable Part(Func<int, bool> keep)
        {
            int[] rows = [.. Enumerable.Range(0, table.Count).Where(keep)];
            return table.With(Array.ConvertAll(rows, n => table.UserOf[n]), Array.ConvertAll(rows, n => table.ItemOf[n]), Array.ConvertAll(rows, n => table.Values[n]));
        }
    }
}
