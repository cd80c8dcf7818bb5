using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Caudata.Numerics;

namespace Caudata.Simulation.Ctar;

/// <summary>A rating that is seen.</summary>
/// <param name="User">The user.</param>
/// <param name="Movie">The movie, by popularity rank.</param>
/// <param name="Value">1 to 5.</param>
public readonly record struct Rated(int User, int Movie, int Value);

/// <summary>A recorded tag of a movie.</summary>
/// <param name="User">The user.</param>
/// <param name="Movie">The movie, by popularity rank.</param>
/// <param name="Tag">The tag, or -1: the user was asked and likes none.</param>
public readonly record struct TagRecord(int User, int Movie, int Tag);

/// <summary>A question of a test.</summary>
/// <param name="User">The user.</param>
/// <param name="Tag">The tag.</param>
/// <param name="IsLiked">The answer.</param>
public readonly record struct TagQuestion(int User, int Tag, bool IsLiked);

/// <summary>One CTAR data set in memory: what is observed, and the three tests.</summary>
public sealed record CtarData
{
    /// <summary>Ratings that are seen, by user and movie.</summary>
    public required ImmutableArray<Rated> Ratings { get; init; }

    /// <summary>Observational tag records.</summary>
    public required ImmutableArray<TagRecord> Observational { get; init; }

    /// <summary>Tag records of the randomised experiment: all liked tags of each movie shown.</summary>
    public required ImmutableArray<TagRecord> Randomised { get; init; }

    /// <summary>Liked tags that the user left out of a record.</summary>
    public required ImmutableArray<TagQuestion> Test1 { get; init; }

    /// <summary>Tags of movies that the user rated.</summary>
    public required ImmutableArray<TagQuestion> Test2 { get; init; }

    /// <summary>Tags of no movie that the user rated.</summary>
    public required ImmutableArray<TagQuestion> Test3 { get; init; }

    /// <summary>The tags of every movie.</summary>
    public required WorldRelation TagsOfMovie { get; init; }

    /// <summary>Mean rating over all pairs, seen or not.</summary>
    public double TrueMean => RatingSums.Sum() / (double)Matched.Sum();

    /// <summary>Pairs by number of matched tags, from 0.</summary>
    public required ImmutableArray<long> Matched { get; init; }

    /// <summary>Sums of the ratings of all pairs, seen or not, by number of matched tags.</summary>
    public required ImmutableArray<long> RatingSums { get; init; }

    /// <summary>Draws the data of the preset.</summary>
    /// <param name="simulated">The preset's world with its seed.</param>
    /// <param name="options">Forgetting and tests.</param>
    /// <exception cref="ArgumentException">The options are wrong, or the world is not that of the preset.</exception>
    public static CtarData Draw(SimulatedWorld simulated, CtarOptions options)
    {
        string[] wrong = [.. options.Validate()];
        if (wrong.Length > 0)
        {
            throw new ArgumentException(string.Join('\n', wrong), nameof(options));
        }

        World world = simulated.World;
        WorldRelation tags = world.Entities.FirstOrDefault(e => e.Name == "item")?.Table?.Relations.GetValueOrDefault("tags")
            ?? throw new ArgumentException("The world has no item.tags; expected that of the preset ctar.", nameof(simulated));
        int users = world.Entities[world.EntityIndex("user")].Size;
        int[][] likes = new int[users][];
        simulated.Run(["likes"], row => likes[row.Index] = Ones(row[0]));
        NoiseKey records = NoiseKey.Of(simulated.Options.Seed, "obstag record");
        double[] precedence = new double[tags.Size];
        KeyedNoise.Uniform(records, 0, precedence);
        List<Block> blocks = [];
        simulated.Run(["rating", "matched", "R_rating", "R_obstag", "R_rcttag"], (_, rows) =>
        {
            Block block = new(tags, likes, options.Remembered, records, precedence);
            rows.ForEach(block.Add);
            return block;
        }, (_, block) => blocks.Add(block));
        ImmutableArray<Rated> ratings = [.. blocks.SelectMany(b => b.Ratings)];
        ImmutableArray<TagRecord> observational = [.. blocks.SelectMany(b => b.Observational)], randomised = [.. blocks.SelectMany(b => b.Randomised)];
        ImmutableArray<TagQuestion> leftOut = [.. blocks.SelectMany(b => b.LeftOut).Distinct().OrderBy(q => (q.User, q.Tag))];
        CtarTests tests = new(likes, tags, ratings, observational, randomised, leftOut, simulated.Options.Seed);
        int matched = blocks.Max(b => b.Matched.Count);
        return new CtarData
        {
            Ratings = ratings,
            Observational = observational,
            Randomised = randomised,
            Test1 = leftOut,
            Test2 = tests.Draw("test 2", options.IdentifiableTries, options.IdentifiablePositive, ofRated: true),
            Test3 = tests.Draw("test 3", options.UnidentifiableTries, options.UnidentifiablePositive, ofRated: false),
            TagsOfMovie = tags,
            Matched = [.. Enumerable.Range(0, matched).Select(n => blocks.Sum(b => n < b.Matched.Count ? b.Matched[n] : 0))],
            RatingSums = [.. Enumerable.Range(0, matched).Select(n => blocks.Sum(b => n < b.RatingSums.Count ? b.RatingSums[n] : 0))],
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] Ones(ReadOnlySpan<double> row)
    {
        List<int> ones = [];
        for (int i = 0; i < row.Length; i++)
        {
            if (row[i] != 0)
            {
                ones.Add(i);
            }
        }

        return [.. ones];
    }

    // More matched tags are counted as so many.
    private const int MostMatched = 64, SumBits = 36;

    /// <summary>What some users give.</summary>
    private sealed class Block(WorldRelation tags, int[][] likes, double remembered, NoiseKey records, double[] precedence)
    {
        public List<Rated> Ratings { get; } = [];

        public List<TagRecord> Observational { get; } = [];

        public List<TagRecord> Randomised { get; } = [];

        public List<TagQuestion> LeftOut { get; } = [];

        public List<long> Matched { get; } = [];

        public List<long> RatingSums { get; } = [];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add(SimulatedRow row)
        {
            ReadOnlySpan<double> rating = row[0], matched = row[1], rated = row[2], observed = row[3], shown = row[4];
            int user = row.Index;
            // By number of matched tags: the sum of the ratings, and above its bits the number of pairs.
            Span<long> packed = stackalloc long[MostMatched];
            for (int m = 0; m < rating.Length; m++)
            {
                packed[Math.Min((int)matched[m], MostMatched - 1)] += (1L << SumBits) + (long)rating[m];
            }

            for (int n = 0; n <= packed.LastIndexOfAnyExcept(0); n++)
            {
                if (n == Matched.Count)
                {
                    Matched.Add(0);
                    RatingSums.Add(0);
                }

                Matched[n] += packed[n] >> SumBits;
                RatingSums[n] += packed[n] & ((1L << SumBits) - 1);
            }

            for (int m = 0; m < rating.Length; m++)
            {
                if (rated[m] + observed[m] + shown[m] == 0)
                {
                    continue;
                }

                if (rated[m] != 0)
                {
                    Ratings.Add(new Rated(user, m, (int)rating[m]));
                }

                if (observed[m] != 0)
                {
                    Record(user, m);
                }

                if (shown[m] != 0)
                {
                    int[] liked = LikedTags(user, m);
                    int movie = m;
                    Randomised.AddRange(liked.Length == 0 ? [new TagRecord(user, movie, -1)] : liked.Select(tag => new TagRecord(user, movie, tag)));
                }
            }
        }

        // Of the liked tags the first in an order of all tags is always recorded, each other with the probability of being remembered. The order is that of the world's seed: which tag comes first does not change with the
        // movie, as in [lyu2022], where it is the order in which a set of tags happens to be kept.
        private void Record(int user, int movie)
        {
            int[] liked = LikedTags(user, movie);
            if (liked.Length == 0)
            {
                Observational.Add(new TagRecord(user, movie, -1));
                return;
            }

            RandomStream random = records.Row((ulong)user).Draw("kept", (ulong)movie);
            int always = liked.MinBy(tag => precedence[tag]);
            foreach (int tag in liked)
            {
                if (tag == always || random.NextDouble() < remembered)
                {
                    Observational.Add(new TagRecord(user, movie, tag));
                }
                else
                {
                    LeftOut.Add(new TagQuestion(user, tag, true));
                }
            }
        }

        private int[] LikedTags(int user, int movie) => [.. tags[movie].ToArray().Where(tag => Array.BinarySearch(likes[user], tag) >= 0)];
    }
}
