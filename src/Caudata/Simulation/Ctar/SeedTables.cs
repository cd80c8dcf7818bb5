using System.Collections.Immutable;
using Caudata.Numerics;
using Caudata.Records;

namespace Caudata.Simulation.Ctar;

/// <summary>What the CTAR preset starts from: the mean rating of every movie, and how often each tag was given to it.</summary>
/// <param name="MeanRatings">Mean rating by number of the movie, shape [movies].</param>
/// <param name="Counts">Movie, tag and count; every movie has at least one.</param>
/// <param name="Source">Where it comes from, for people.</param>
public sealed record SeedTables(ImmutableArray<double> MeanRatings, ImmutableArray<(int Movie, int Tag, double Count)> Counts, string Source)
{
    /// <summary>Names under which the mean ratings may lie in a folder, without .csv or .csv.gz.</summary>
    public static ImmutableArray<string> RatingNames { get; } = ["original_movie_rating", "movie_rating"];

    /// <summary>Names under which the tag counts may lie in a folder, without .csv or .csv.gz.</summary>
    public static ImmutableArray<string> CountNames { get; } = ["original_movie_tag_count", "movie_tag_count"];

    /// <summary>Names under which names of movies (movieid, name) may lie in a folder, without .csv or .csv.gz.</summary>
    public static ImmutableArray<string> MovieNameNames { get; } = ["movie_name"];

    /// <summary>Names under which names of tags (tagid, name) may lie in a folder, without .csv or .csv.gz.</summary>
    public static ImmutableArray<string> TagNameNames { get; } = ["tag_name"];

    /// <summary>Names of movies by number; empty when there are none.</summary>
    public ImmutableSortedDictionary<int, string> MovieNames { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>Names of tags by number; empty when there are none.</summary>
    public ImmutableSortedDictionary<int, string> TagNames { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    private const int Movies = 9_715, CommonTags = 3_500, TagsOfMovie = 8, Head = 1_000;

    // Of the seeds 0 to 28 the one whose tables come closest to the published summary statistics and to the published spread of matched tags.
    private const ulong BuiltInSeed = 5;

    // Shares of the tags of the head, and of the other movies, that belong to one movie alone: 704 of 8,000 and 6,233 of 62,500 published ones.
    private const double HeadSingle = 0.088, TailSingle = 0.0997;

    // Found so that matched tags spread as published: a user likes 1.27 tags of a movie on average, with a variance of 1.03.
    private const double TiltTrend = 0.14, TiltSpread = 0.085;

    // The last fifth of the movies has ever fewer tags, down to one.
    private const double FullyTagged = 0.8;

    // Curves of the published tables: rank from 1, and the value there; between them the logarithms are joined by straight lines.
    private static readonly (double Rank, double Value)[] MovieCounts =
        [(1, 297_000), (2, 234_000), (10, 174_000), (50, 94_600), (100, 78_000), (200, 55_000), (500, 31_600), (1_000, 18_000), (2_000, 8_750), (5_000, 1_920), (9_000, 144), (10_000, 20)];

    // Share of the movies that a tag belongs to, of tags that belong to more than one.
    private static readonly (double Rank, double Value)[] HeadShares =
        [(1, 0.46), (2, 0.347), (3, 0.293), (4, 0.219), (5, 0.215), (6, 0.203), (7, 0.152), (10, 0.136), (20, 0.065), (50, 0.0245), (100, 0.0102), (200, 0.005), (500, 0.0018), (1_000, 0.0004), (3_500, 0.00005)];

    private static readonly (double Rank, double Value)[] TailShares =
        [(1, 0.342), (2, 0.248), (3, 0.169), (5, 0.157), (10, 0.085), (20, 0.064), (50, 0.022), (100, 0.0089), (200, 0.0034), (500, 0.0013), (1_000, 0.00072), (2_000, 0.00031), (3_500, 0.00019)];

    private static readonly double[] PlaceShares = [0.266, 0.191, 0.151, 0.120, 0.094, 0.075, 0.058, 0.045];

    /// <summary>Tables of the same shape as the published ones, made by a generator: 9,715 movies (more where more are asked for) with their popularity curve, mean ratings of mean 3.79 and deviation 0.72 that fall with
    /// popularity rank, 10,273 tags with their popularity curve, two thirds of them of one movie alone, 1 to 8 a movie. The same tables always.</summary>
    /// <param name="leastMovies">Least number of movies. Default 9,715, that of [lyu2022].</param>
    /// <param name="first">Make only so many of them, the most popular ones, at least 1. Default: all.</param>
    public static SeedTables BuiltIn(int leastMovies = Movies, int first = int.MaxValue)
    {
        int movies = Math.Max(Movies, leastMovies), made = Math.Min(first, movies), nextSingle = CommonTags;
        var ratings = ImmutableArray.CreateBuilder<double>(made);
        var counts = ImmutableArray.CreateBuilder<(int, int, double)>(made * TagsOfMovie);
        TagChoice head = new(HeadShares, CommonTags), tail = made > Head ? new(TailShares, CommonTags) : head;
        double single = 0;
        for (int movie = 0; movie < made; movie++)
        {
            RandomStream random = new(BuiltInSeed, "seed tables", (ulong)movie);
            double total = At(MovieCounts, movie + 1), place = (movie + 0.5) / movies;
            ratings.Add(Rating(movie, movies, ref random));
            int[] chosen = new int[place < FullyTagged ? TagsOfMovie : 1 + (int)(TagsOfMovie * (1 - place) / (1 - FullyTagged))];
            int singles = (int)(single + (chosen.Length * (movie < Head ? HeadSingle : TailSingle))) - (int)single;
            single += chosen.Length * (movie < Head ? HeadSingle : TailSingle);
            for (int k = 0; k < singles; k++)
            {
                chosen[k] = nextSingle++;
            }

            (movie < Head ? head : tail).Choose(chosen.AsSpan(singles), movie < Head ? Tilt(movie, ref random) : 0, ref random);
            random.Shuffle<int>(chosen);
            double share = PlaceShares[..chosen.Length].Sum();
            for (int k = 0; k < chosen.Length; k++)
            {
                counts.Add((movie, chosen[k], Math.Max(1, Math.Round(total * PlaceShares[k] / share))));
            }
        }

        return new SeedTables(ratings.MoveToImmutable(), counts.ToImmutable(), "built-in generator");
    }

    /// <summary>Reads the tables of a folder: <c>movie_rating</c> (movieid, rating) and <c>movie_tag_count</c> (movieid, tagid, tagCount), with or without <c>original_</c> before and <c>.gz</c> behind.</summary>
    /// <param name="ratings">File of the mean ratings.</param>
    /// <param name="counts">File of the tag counts.</param>
    /// <exception cref="InputException">A file is no such table.</exception>
    public static SeedTables Read(string ratings, string counts)
    {
        double[][] rated = Columns(ratings, "movieid", "rating"), counted = Columns(counts, "movieid", "tagid", "tagCount");
        int movies = rated[0].Length == 0 ? 0 : (int)rated[0].Max() + 1;
        double[] means = new double[movies];
        Array.Fill(means, double.NaN);
        for (int i = 0; i < rated[0].Length; i++)
        {
            means[(int)rated[0][i]] = rated[1][i];
        }

        var list = ImmutableArray.CreateBuilder<(int, int, double)>(counted[0].Length);
        for (int i = 0; i < counted[0].Length; i++)
        {
            int movie = (int)counted[0][i];
            if (movie >= movies || double.IsNaN(means[movie]))
            {
                throw new InputException($"Row {i + 1} of {counts} counts a tag of movie {movie}, which {ratings} has not; expected a mean rating for every movie. Take both files of one release.");
            }

            list.Add((movie, (int)counted[1][i], counted[2][i]));
        }

        return new SeedTables([.. means], list.MoveToImmutable(), $"{ratings}, {counts}");
    }

    /// <summary>Reads names by number.</summary>
    /// <param name="path">The file.</param>
    /// <param name="id">The column of numbers: <c>movieid</c> or <c>tagid</c>.</param>
    /// <exception cref="InputException">It is no such table.</exception>
    public static ImmutableSortedDictionary<int, string> ReadNames(string path, string id)
    {
        double[] ids = Columns(path, id)[0];
        string?[] names = TableReader.Read(path).FirstOrDefault(c => c.Name == "name")?.Texts ?? throw new InputException($"{path} has no column of texts called name; expected {id}, name.");
        var read = ImmutableSortedDictionary.CreateBuilder<int, string>();
        for (int i = 0; i < ids.Length; i++)
        {
            read[(int)ids[i]] = names[i] ?? "";
        }

        return read.ToImmutable();
    }

    private static double[][] Columns(string path, params string[] names)
    {
        ImmutableArray<ReadColumn> columns = TableReader.Read(path);
        string[] missing = [.. names.Where(name => columns.FirstOrDefault(c => c.Name == name)?.Numbers is null)];
        if (missing.Length > 0)
        {
            throw new InputException($"{path} has no column of numbers called {string.Join(" and none called ", missing)}; it has {string.Join(", ", columns.Select(c => c.Name))}. Expected {string.Join(", ", names)}.");
        }

        double[][] values = [.. names.Select(name => columns.First(c => c.Name == name).Numbers!)];
        for (int c = 0; c < names.Length; c++)
        {
            bool isId = names[c].EndsWith("id", StringComparison.Ordinal);
            int wrong = Array.FindIndex(values[c], v => !double.IsFinite(v) || (isId && (v < 0 || v > 10_000_000 || v != Math.Floor(v))) || (names[c] == "tagCount" && v < 0));
            if (wrong >= 0)
            {
                throw new InputException($"Row {wrong + 1} of {path} has {values[c][wrong]} as {names[c]}; expected {(isId ? "a whole number from 0" : "a finite number")}. Repair the row.");
            }
        }

        return values;
    }

    private static double Rating(int movie, int movies, ref RandomStream random)
    {
        double place = (movie + 0.5) / movies, deviation = movie < Head ? 0.31 : 0.37 + (0.82 * Math.Sqrt(place)), mean = movie < Head ? 3.86 + (0.187 * (0.5 - ((movie + 0.5) / Head))) : 3.81 + (0.43 * place);
        double rating;
        do
        {
            rating = mean + (deviation * random.NextNormal());
        }
        while (rating is < 0.5 or > 5);
        return rating;
    }

    // Popular movies have more widespread tags, and movies differ in how widespread theirs are.
    private static double Tilt(int movie, ref RandomStream random) => (TiltTrend * (0.5 - ((movie + 0.5) / Head))) + (TiltSpread * random.NextNormal());

    private static double At((double Rank, double Value)[] curve, double rank)
    {
        int k = Math.Clamp(Array.FindIndex(curve, point => point.Rank >= rank), 1, curve.Length - 1);
        k = rank > curve[^1].Rank ? curve.Length - 1 : k;
        double part = (Math.Log(rank) - Math.Log(curve[k - 1].Rank)) / (Math.Log(curve[k].Rank) - Math.Log(curve[k - 1].Rank));
        return Math.Exp(Math.Log(curve[k - 1].Value) + (part * (Math.Log(curve[k].Value) - Math.Log(curve[k - 1].Value))));
    }

    /// <summary>Draws tags of a movie one after the other, without replacement.</summary>
    private sealed class TagChoice((double, double)[] shares, int tags)
    {
        // Tilts from -0.3 to 0.3, in steps.
        private const int Levels = 6;
        private const double Step = 0.05;

        private readonly double[]?[] _cumulative = new double[]?[(2 * Levels) + 1];

        public void Choose(Span<int> target, double tilt, ref RandomStream random)
        {
            int level = Math.Clamp((int)Math.Round(tilt / Step), -Levels, Levels);
            double[] cumulative = _cumulative[Levels + level] ??= Cumulative(1 + (level * Step));
            for (int count = 0; count < target.Length;)
            {
                int tag = Array.BinarySearch(cumulative, random.NextDouble() * cumulative[^1]);
                tag = Math.Min(tag < 0 ? ~tag : tag + 1, cumulative.Length - 1);
                if (!target[..count].Contains(tag))
                {
                    target[count++] = tag;
                }
            }
        }

        // With rate −ln(1 − share) a tag is among a movie's with about that share; a power above 1 prefers the widespread ones.
        private double[] Cumulative(double power)
        {
            double[] cumulative = new double[tags];
            double sum = 0;
            for (int t = 0; t < tags; t++)
            {
                cumulative[t] = sum += Math.Pow(-Math.Log(1 - At(shares, t + 1)), power);
            }

            return cumulative;
        }
    }
}
