using System.Globalization;
using Caudata.Simulation;
using Caudata.Simulation.Ctar;
using Caudata.Tests.Laws;

namespace Caudata.Tests.Simulation;

/// <summary>The preset <c>ctar</c> against the figures of its release [lyu2022].</summary>
public sealed class CtarTests
{
    private static CtarData Draw(SeedTables seeds, ulong seed, int users = 1000, int items = 1000, int threads = 1) => CtarData.Draw(
        new SimulatedWorld(World.Parse(WorldPresets.Text("ctar"), new CtarTables(seeds, items), new Dictionary<string, double> { ["user"] = users }), new SimulationOptions { Seed = seed, Threads = threads }), new CtarOptions());

    /// <summary>Released figures that must lie within the spread over seeds: name, released value.</summary>
    private static readonly (string Name, double Released, Func<CtarData, double> Figure)[] Figures =
    [
        ("ratings", 19_897, d => d.Ratings.Length), ("ratings of 1, %", 1.02, d => Share(d, 1)), ("ratings of 2, %", 7.54, d => Share(d, 2)), ("ratings of 3, %", 27.79, d => Share(d, 3)), ("ratings of 4, %", 37.78, d => Share(d, 4)),
        ("ratings of 5, %", 25.86, d => Share(d, 5)), ("mean rating", 3.799, d => d.Ratings.Average(r => r.Value)), ("sd of ratings", 0.943, Deviation), ("obstag pairs", 7_104, d => Pairs(d).Count()), ("obstag rows", 9_619, d => d.Observational.Length),
        ("obstag pairs with no tag", 1_465, d => d.Observational.Count(r => r.Tag < 0)), ("with one tag", 3_564, d => Pairs(d).Count(p => p.Count() == 1 && p.First().Tag >= 0)), ("with two tags", 1_668, d => Pairs(d).Count(p => p.Count() == 2)),
        ("with three tags", 375, d => Pairs(d).Count(p => p.Count() == 3)), ("rcttag rows", 1_489, d => d.Randomised.Length), ("rcttag pairs with no tag", 246, d => d.Randomised.Count(r => r.Tag < 0)), ("true mean rating", 3.767, d => d.TrueMean),
        ("pairs without liked tag", 0.247, d => Matched(d, 0)), ("with one", 0.378, d => Matched(d, 1)), ("with two", 0.258, d => Matched(d, 2)), ("with three", 0.096, d => Matched(d, 3)), ("with four", 0.020, d => Matched(d, 4)),
        ("test 1", 1_267, d => d.Test1.Length), ("test 2", 4_170, d => d.Test2.Length), ("liked of test 2", 1_048, d => d.Test2.Count(q => q.IsLiked)), ("test 3", 3_719, d => d.Test3.Length), ("liked of test 3", 942, d => d.Test3.Count(q => q.IsLiked)),
    ];

    private static double Share(CtarData d, int value) => 100.0 * d.Ratings.Count(r => r.Value == value) / d.Ratings.Length;

    private static double Matched(CtarData d, int n) => d.Matched[n] / (double)d.Matched.Sum();

    private static IEnumerable<IGrouping<(int, int), TagRecord>> Pairs(CtarData d) => d.Observational.GroupBy(r => (r.User, r.Movie));

    private static double Deviation(CtarData d)
    {
        double mean = d.Ratings.Average(r => r.Value);
        return Math.Sqrt(d.Ratings.Average(r => (r.Value - mean) * (r.Value - mean)));
    }

    [Fact]
    public void Released_figures_lie_within_the_spread_over_seeds_on_the_original_tables()
    {
        string folder = Path.Combine(Sources.Root, "..", "shared", "data", "recsys", "ctar");
        if (!Directory.Exists(folder))
        {
            Assert.Skip("The released seed tables (../shared/data/recsys/ctar) are not there; only the built-in ones are tested.");
        }

        SeedTables seeds = SeedTables.Read(Path.Combine(folder, "original_movie_rating.csv.gz"), Path.Combine(folder, "original_movie_tag_count.csv.gz"));
        CtarData[] draws = [.. Enumerable.Range(1, 12).Select(seed => Draw(seeds, (ulong)seed))];
        foreach ((string name, double released, Func<CtarData, double> figure) in Figures)
        {
            double[] found = [.. draws.Select(figure)];
            double mean = found.Average(), deviation = Math.Sqrt(found.Sum(x => (x - mean) * (x - mean)) / (found.Length - 1));
            Assert.True(Math.Abs(released - mean) <= 3.2 * deviation, string.Create(CultureInfo.InvariantCulture, $"{name}: released {released}, ours {mean:0.####} with deviation {deviation:0.####}"));
        }
    }

    [Fact]
    public void The_built_in_tables_have_the_shape_of_the_published_ones()
    {
        SeedTables seeds = SeedTables.BuiltIn();
        Assert.Equal(9_715, seeds.MeanRatings.Length);
        Assert.Equal(3.788, seeds.MeanRatings.Average(), 0.015);
        Assert.Equal(0.72, Math.Sqrt(seeds.MeanRatings.Average(r => Math.Pow(r - seeds.MeanRatings.Average(), 2))), 0.015);
        Assert.Equal(10_273, seeds.Counts.Select(c => c.Tag).Distinct().Count(), 50.0);
        Assert.All(seeds.Counts.GroupBy(c => c.Movie), movie => Assert.InRange(movie.Count(), 1, 8));
        double[] head = [.. seeds.MeanRatings.Take(1000)];
        double mean = head.Average(), covariance = head.Select((r, j) => (r - mean) * (j - 499.5)).Average();
        Assert.Equal(-0.173, covariance / Math.Sqrt(head.Average(r => (r - mean) * (r - mean)) * 83_333.25), 0.02);
        CtarData[] draws = [.. Enumerable.Range(1, 5).Select(seed => Draw(seeds, (ulong)seed))];
        Assert.Equal(3.767, draws.Average(d => d.TrueMean), 0.05);
        foreach ((int n, double share) in new[] { 0.247, 0.378, 0.258, 0.096, 0.020 }.Index())
        {
            Assert.Equal(share, draws.Average(d => Matched(d, n)), 0.006);
        }

        // Who liked a movie is more likely to tag it, and popularity alone does not pull the ratings.
        Assert.True(draws.Average(d => d.Ratings.Average(r => r.Value)) - draws.Average(d => d.TrueMean) < 0.05);
    }

    [Fact]
    public void Records_and_tests_follow_their_rules()
    {
        CtarData d = Draw(SeedTables.BuiltIn(), 3);
        HashSet<(int, int)> recorded = [.. d.Observational.Concat(d.Randomised).Where(r => r.Tag >= 0).Select(r => (r.User, r.Tag))];
        ILookup<int, int> rated = d.Ratings.ToLookup(r => r.User, r => r.Movie);
        foreach ((System.Collections.Immutable.ImmutableArray<TagQuestion> test, bool ofRated) in new[] { (d.Test2, true), (d.Test3, false) })
        {
            Assert.Equal(test.Length, test.Select(q => (q.User, q.Tag)).Distinct().Count());
            Assert.All(test, q => Assert.DoesNotContain((q.User, q.Tag), recorded));
            Assert.All(test, q => Assert.Equal(ofRated, rated[q.User].Any(m => d.TagsOfMovie[m].Contains(q.Tag))));
            Assert.InRange(test.Count(q => q.IsLiked), 300, test.Length / 2);
        }

        Assert.All(d.Test1, q => Assert.True(q.IsLiked));
        Assert.Equal(1000, d.Randomised.Select(r => (r.User, r.Movie)).Distinct().Count());
        Assert.Equal(100, d.Randomised.Select(r => r.User).Distinct().Count());
    }

    [Fact]
    public void A_tag_that_is_always_recorded_does_not_change_with_the_movie()
    {
        CtarData d = Draw(SeedTables.BuiltIn(first: 1000), 4);
        HashSet<(int, int)> leftOut = [.. d.Test1.Select(q => (q.User, q.Tag))];
        // Of two tags one comes first in all records: where both are liked by the user and both are the movie's, the first one is there.
        Dictionary<(int, int), HashSet<int>> alone = [];
        foreach (IGrouping<(int User, int Movie), TagRecord> record in Pairs(d).Where(p => p.Count() == 1 && p.First().Tag >= 0))
        {
            int kept = record.First().Tag;
            foreach (int other in d.TagsOfMovie[record.Key.Item2].ToArray().Where(tag => leftOut.Contains((record.Key.Item1, tag)) && tag != kept))
            {
                alone.TryAdd((Math.Min(kept, other), Math.Max(kept, other)), []);
                alone[(Math.Min(kept, other), Math.Max(kept, other))].Add(kept);
            }
        }

        Assert.True(alone.Count > 50);
        Assert.All(alone.Values, kept => Assert.Single(kept));
    }

    [Fact]
    public void Tests_of_a_world_without_room_for_them_are_short_and_end()
    {
        CtarData d = Draw(SeedTables.BuiltIn(first: 3), 1, users: 2, items: 3);
        Assert.InRange(d.Test2.Length + d.Test3.Length, 0, 2 * 24);
    }

    [Fact]
    public void Threads_change_no_row()
    {
        CtarData one = Draw(SeedTables.BuiltIn(), 9, 200, 300), eight = Draw(SeedTables.BuiltIn(), 9, 200, 300, 8);
        Assert.True(one.Ratings.SequenceEqual(eight.Ratings) && one.Observational.SequenceEqual(eight.Observational) && one.Test2.SequenceEqual(eight.Test2) && one.Test3.SequenceEqual(eight.Test3));
    }
}
