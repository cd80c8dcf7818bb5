using System.Collections.Immutable;
using Caudata.Records;

namespace Caudata.Simulation.Fitting;

/// <summary>Which tags items have. The most used tags are kept, and of each item its most used ones.</summary>
/// <param name="Tags">Names of the kept tags, the most used first.</param>
/// <param name="OfItem">For each item its kept tags by number, most used first; may be empty.</param>
/// <param name="Rows">Rows met, with the rejected ones.</param>
/// <param name="Found">Different tags before the rarer ones were left out.</param>
/// <param name="Rejected">Every row that was dropped, with its reason.</param>
public sealed record ItemTags(ImmutableArray<string> Tags, ImmutableArray<ImmutableArray<int>> OfItem, long Rows, int Found, ImmutableArray<Rejection> Rejected)
{
    /// <summary>Most tags that are kept: a tag's effect needs items that have it.</summary>
    public const int MostTags = 100;

    /// <summary>Most tags of an item, as in [lyu2022].</summary>
    public const int MostOfItem = 8;

    /// <summary>Tags from counts.</summary>
    /// <param name="items">Number of items.</param>
    /// <param name="names">Names of the tags.</param>
    /// <param name="counts">Item, tag and how often it was given.</param>
    /// <param name="rows">Rows met.</param>
    /// <param name="rejected">Rows dropped.</param>
    public static ItemTags Of(int items, IReadOnlyList<string> names, IEnumerable<(int Item, int Tag, double Count)> counts, long rows, ImmutableArray<Rejection> rejected)
    {
        (int Item, int Tag, double Count)[] all = [.. counts];
        double[] total = new double[names.Count];
        foreach ((int _, int tag, double count) in all)
        {
            total[tag] += count;
        }

        int[] kept = [.. Enumerable.Range(0, names.Count).OrderByDescending(t => total[t]).ThenBy(t => names[t], StringComparer.Ordinal).Take(MostTags)];
        int[] place = new int[names.Count];
        Array.Fill(place, -1);
        for (int k = 0; k < kept.Length; k++)
        {
            place[kept[k]] = k;
        }

        List<(int Tag, double Count)>[] lists = [.. Enumerable.Range(0, items).Select(_ => new List<(int, double)>())];
        foreach ((int item, int tag, double count) in all.Where(c => place[c.Tag] >= 0))
        {
            lists[item].Add((place[tag], count));
        }

        return new ItemTags([.. kept.Select(t => names[t])], [.. lists.Select(list => list.OrderByDescending(t => t.Count).ThenBy(t => t.Tag).Take(MostOfItem).Select(t => t.Tag).ToImmutableArray())], rows, names.Count, rejected);
    }
}
