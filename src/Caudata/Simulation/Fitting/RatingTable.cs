using System.Collections.Immutable;
using System.Globalization;

namespace Caudata.Simulation.Fitting;

/// <summary>Who rated what how: the observed pairs of a ratings table, each once, in the order of user and item. Immutable.</summary>
/// <remarks>Users and items are numbered in the order of their identifiers (numbers by size, else ordinal), so the order of the rows of a file does not matter.</remarks>
public sealed class RatingTable
{
    private RatingTable(ImmutableArray<string> users, ImmutableArray<string> items, int[] userOf, int[] itemOf, double[] values)
    {
        (Users, Items, UserOf, ItemOf, Values) = (users, items, userOf, itemOf, values);
        Levels = [.. values.Distinct().Order()];
        double[] levels = [.. Levels];
        LevelOf = Array.ConvertAll(values, v => Array.BinarySearch(levels, v));
        UserStarts = Starts(userOf, users.Length);
        ItemStarts = Starts(itemOf, items.Length);
        ByItem = new int[itemOf.Length];
        int[] next = [.. ItemStarts];
        for (int n = 0; n < itemOf.Length; n++)
        {
            ByItem[next[itemOf[n]]++] = n;
        }
    }

    /// <summary>Identifiers of the users.</summary>
    public ImmutableArray<string> Users { get; }

    /// <summary>Identifiers of the items.</summary>
    public ImmutableArray<string> Items { get; }

    /// <summary>The different ratings in rising order.</summary>
    public ImmutableArray<double> Levels { get; }

    /// <summary>Number of observed pairs.</summary>
    public int Count => Values.Length;

    /// <summary>Number of the user of each pair, shape [n], rising.</summary>
    internal int[] UserOf { get; }

    /// <summary>Number of the item of each pair, shape [n], rising within a user.</summary>
    internal int[] ItemOf { get; }

    /// <summary>The ratings, shape [n].</summary>
    internal double[] Values { get; }

    /// <summary>Number of the rating's level, shape [n].</summary>
    internal int[] LevelOf { get; }

    /// <summary>First pair of each user, and the number of pairs at the end.</summary>
    internal int[] UserStarts { get; }

    /// <summary>First place of each item in <see cref="ByItem"/>, and the number of pairs at the end.</summary>
    internal int[] ItemStarts { get; }

    /// <summary>Pairs in the order of their items, and of users within an item.</summary>
    internal int[] ByItem { get; }

    /// <summary>A table from rows; the last of several rows for one pair stands.</summary>
    /// <param name="users">Identifiers of the users.</param>
    /// <param name="items">Identifiers of the items.</param>
    /// <param name="rows">User, item and rating by number; finite ratings.</param>
    /// <exception cref="ArgumentException">Identifiers repeat, a number is outside, or a rating is not finite.</exception>
    public static RatingTable Of(IReadOnlyList<string> users, IReadOnlyList<string> items, IEnumerable<(int User, int Item, double Rating)> rows)
    {
        (int[] userRank, ImmutableArray<string> userNames) = Ranked(users);
        (int[] itemRank, ImmutableArray<string> itemNames) = Ranked(items);
        Dictionary<(int, int), double> pairs = [];
        foreach ((int user, int item, double rating) in rows)
        {
            if (user < 0 || user >= users.Count || item < 0 || item >= items.Count || !double.IsFinite(rating))
            {
                throw new ArgumentException($"Row ({user}, {item}, {rating}) does not fit {users.Count} users and {items.Count} items; expected numbers from 0 and a finite rating.", nameof(rows));
            }

            pairs[(userRank[user], itemRank[item])] = rating;
        }

        (int User, int Item)[] keys = [.. pairs.Keys.Order()];
        return new RatingTable(userNames, itemNames, Array.ConvertAll(keys, k => k.User), Array.ConvertAll(keys, k => k.Item), Array.ConvertAll(keys, k => pairs[k]));
    }

    /// <summary>A table over the same users and items with other pairs; they come in the order of user and item, each once.</summary>
    internal RatingTable With(int[] userOf, int[] itemOf, double[] values) => new(Users, Items, userOf, itemOf, values);

    private static (int[] Rank, ImmutableArray<string> Names) Ranked(IReadOnlyList<string> names)
    {
        bool areNumbers = names.All(n => n.Length is > 0 and < 19 && n.All(char.IsAsciiDigit));
        int[] order = [.. Enumerable.Range(0, names.Count)];
        order = areNumbers
            ? [.. order.OrderBy(i => long.Parse(names[i], CultureInfo.InvariantCulture)).ThenBy(i => names[i], StringComparer.Ordinal)]
            : [.. order.OrderBy(i => names[i], StringComparer.Ordinal)];
        int[] rank = new int[order.Length];
        for (int place = 0; place < order.Length; place++)
        {
            rank[order[place]] = place;
            if (place > 0 && names[order[place]] == names[order[place - 1]])
            {
                throw new ArgumentException($"The identifier '{names[order[place]]}' stands twice; expected each once.", nameof(names));
            }
        }

        return (rank, [.. order.Select(i => names[i])]);
    }

    private static int[] Starts(int[] of, int size)
    {
        int[] starts = new int[size + 1];
        foreach (int unit in of)
        {
            starts[unit + 1]++;
        }

        for (int i = 0; i < size; i++)
        {
            starts[i + 1] += starts[i];
        }

        return starts;
    }
}
