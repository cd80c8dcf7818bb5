using System.Collections.Immutable;
using Caudata.Numerics;

namespace Caudata.Simulation.Ctar;

/// <summary>The tables of the CTAR preset: <c>movies</c> (the most tagged ones, with rank, mean rating and their first tags) and <c>tags</c> (with their share), made of seed tables as [lyu2022] does.</summary>
/// <param name="seeds">The seed tables.</param>
/// <param name="items">Number of movies, at least 1. Default there: 1,000.</param>
/// <param name="tagsOfMovie">Tags of a movie, at least 1. Default there: 8.</param>
public sealed class CtarTables(SeedTables seeds, int items = 1_000, int tagsOfMovie = 8) : IWorldTables
{
    private Selected? _selected;

    private sealed record Selected(int[] Movies, int[][] TagsOfMovie, double[] Shares, int[] Tags);

    /// <inheritdoc/>
    public int CountRows(string name) => name switch
    {
        "movies" => Select().Movies.Length,
        "tags" => Select().Shares.Length,
        _ => throw Unknown(name),
    };

    /// <inheritdoc/>
    public WorldTable Open(string name, IReadOnlyDictionary<string, (string Entity, int Size)> lists)
    {
        Selected selected = Select();
        return name switch
        {
            "movies" => new WorldTable(name, selected.Movies.Length,
                ImmutableSortedDictionary<string, double[]>.Empty.WithComparers(StringComparer.Ordinal)
                    .Add("rank", [.. selected.Movies.Select((_, rank) => (double)rank)]).Add("mean_rating", [.. selected.Movies.Select(m => seeds.MeanRatings[m])]).Add("movie", [.. selected.Movies.Select(m => (double)m)]),
                lists.ToImmutableSortedDictionary(l => l.Key, l => l.Key == "tags" ? new WorldRelation(l.Value.Entity, l.Value.Size, selected.TagsOfMovie) : throw new WorldException($"'{l.Key}' is no list of movies; expected tags.")
                    , StringComparer.Ordinal))
            { Names = Names(seeds.MovieNames, selected.Movies) },
            "tags" => new WorldTable(name, selected.Shares.Length, ImmutableSortedDictionary<string, double[]>.Empty.WithComparers(StringComparer.Ordinal).Add("share", selected.Shares), ImmutableSortedDictionary<string, WorldRelation>.Empty)
            { Names = Names(seeds.TagNames, selected.Tags) },
            _ => throw Unknown(name),
        };
    }

    private static ImmutableArray<string> Names(ImmutableSortedDictionary<int, string> names, int[] units) => names.IsEmpty ? [] : [.. units.Select(unit => names.GetValueOrDefault(unit, ""))];

    private static WorldException Unknown(string name) => new($"'{name}' is no built-in table of this preset; expected movies or tags.");

    // Movies by total count, equal ones by number; tags numbered by their first place in that list; shares of the counts of these movies.
    private Selected Select()
    {
        if (_selected is { } known)
        {
            return known;
        }

        double[] totals = new double[seeds.MeanRatings.Length];
        foreach ((int movie, _, double count) in seeds.Counts)
        {
            totals[movie] += count;
        }

        int[] movies = [.. Enumerable.Range(0, totals.Length).Where(m => totals[m] > 0).OrderByDescending(m => totals[m]).ThenBy(m => m).Take(items)];
        if (movies.Length < items)
        {
            throw new WorldException($"The seed tables have {movies.Length} movies with tags, but {items} are asked for. Ask for fewer --items, or take other --seed-tables.");
        }

        Dictionary<int, int> ranks = movies.Select((m, rank) => (m, rank)).ToDictionary(p => p.m, p => p.rank);
        List<(int Tag, double Count)>[] counted = [.. movies.Select(_ => new List<(int, double)>())];
        foreach ((int movie, int tag, double count) in seeds.Counts)
        {
            if (ranks.TryGetValue(movie, out int rank))
            {
                counted[rank].Add((tag, count));
            }
        }

        Dictionary<int, int> numbers = [];
        List<double> sums = [];
        foreach (List<(int Tag, double Count)> list in counted)
        {
            list.Sort((a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : a.Tag.CompareTo(b.Tag));
            foreach ((int tag, double count) in list)
            {
                if (numbers.TryAdd(tag, sums.Count))
                {
                    sums.Add(0);
                }

                sums[numbers[tag]] += count;
            }
        }

        double total = sums.Sum();
        double[] shares = [.. sums.Select(sum => sum / total)];
        int[][] tags = [.. counted.Select((list, rank) => Filled([.. list.Take(tagsOfMovie).Select(c => numbers[c.Tag])], shares, rank))];
        return _selected = new Selected(movies, tags, shares, [.. numbers.OrderBy(tag => tag.Value).Select(tag => tag.Key)]);
    }

    // A movie with too few tags gets others, drawn by their share. Keyed by the movie alone: the tables do not change with the seed of a run.
    private int[] Filled(List<int> tags, double[] shares, int rank)
    {
        RandomStream random = new(0, "filled-up tags", (ulong)rank);
        double most = shares.Max();
        while (tags.Count < Math.Min(tagsOfMovie, shares.Length))
        {
            int tag = random.NextInt32(shares.Length);
            if (random.NextDouble() * most < shares[tag] && !tags.Contains(tag))
            {
                tags.Add(tag);
            }
        }

        return [.. tags];
    }
}
