using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Caudata.Graphs;
using Caudata.Simulation;
using Caudata.Simulation.Ctar;
using Caudata.Simulation.Feedback;

namespace Caudata.Tests.Simulation;

/// <summary>Every preset has its bias at its default strength, has none at strength 0, and says how its values go missing.</summary>
public sealed class PresetTests
{
    private static readonly SeedTables Seeds = SeedTables.BuiltIn(200, 220);

    private static World Open(string preset, params (string Name, double Value)[] settings)
    {
        Dictionary<string, double> set = settings.ToDictionary(s => s.Name, s => s.Value);
        int items = 80;
        if (WorldPresets.IsCtar(preset) && set.Remove("item", out double size))
        {
            items = (int)size;
        }

        return WorldPresets.Open(preset, new CtarTables(Seeds, items), set);
    }

    /// <summary>A naive estimate with its standard error, and the truth.</summary>
    private sealed record Estimate(double Naive, double Error, double Truth)
    {
        public double Distance => Math.Abs(Naive - Truth) / Error;
    }

    private static Estimate MeanOfSeen(SimulatedWorld simulated, string variable, string? truth = null)
    {
        ImmutableArray<double[]> read = simulated.Read(variable, "R_" + variable, truth ?? variable);
        double[] seen = [.. read[0].Where((_, i) => read[1][i] != 0)];
        return new Estimate(seen.Average(), Deviation(seen) / Math.Sqrt(seen.Length), read[2].Average());
    }

    private static double Deviation(double[] x)
    {
        double mean = x.Average();
        return Math.Sqrt(x.Average(v => (v - mean) * (v - mean)));
    }

    // Pairs without a click are taken for irrelevant ones.
    private static Estimate ClicksForRelevance(SimulatedWorld simulated)
    {
        ImmutableArray<double[]> read = simulated.Read("R_relevance", "relevance");
        return new Estimate(read[0].Average(), Deviation(read[1]) / Math.Sqrt(read[1].Length), read[1].Average());
    }

    // Those who were shown an item against those who were not.
    private static Estimate ExposedAgainstOthers(SimulatedWorld simulated)
    {
        ImmutableArray<double[]> read = simulated.Read("rating", "R_rating", "exposed", "rating@exposed=1", "rating@exposed=0");
        double[] shown = [.. read[0].Where((_, i) => read[1][i] != 0 && read[2][i] != 0)], others = [.. read[0].Where((_, i) => read[1][i] != 0 && read[2][i] == 0)];
        return new Estimate(shown.Average() - others.Average(), Math.Sqrt((Math.Pow(Deviation(shown), 2) / shown.Length) + (Math.Pow(Deviation(others), 2) / others.Length)), read[3].Average() - read[4].Average());
    }

    private static Estimate Measure(string preset, ulong seed, params (string Name, double Value)[] settings)
    {
        World world = Open(preset, [("user", 400), ("item", 250), .. settings]);
        ImmutableArray<(string, ImmutableArray<Intervention>)> interventions = preset == "confounded-popularity" ? [("exposed=1", world.ParseIntervention("exposed=1")), ("exposed=0", world.ParseIntervention("exposed=0"))] : [];
        SimulatedWorld simulated = new(world, new SimulationOptions { Seed = seed, Interventions = interventions });
        return preset switch
        {
            "exposure-mnar" or "semi-synthetic" => MeanOfSeen(simulated, "rating"),
            "semi-synthetic-conversion" => MeanOfSeen(simulated, "conversion"),
            "clickbait" => MeanOfSeen(simulated, "satisfied"),
            "conformity" => MeanOfSeen(simulated, "rating", "own"),
            "saito-implicit" => ClicksForRelevance(simulated),
            "confounded-popularity" => ExposedAgainstOthers(simulated),
            _ => throw new ArgumentOutOfRangeException(nameof(preset)),
        };
    }

    [Theory]
    [InlineData("exposure-mnar")]
    [InlineData("conformity")]
    [InlineData("clickbait")]
    [InlineData("confounded-popularity")]
    [InlineData("semi-synthetic")]
    [InlineData("semi-synthetic-conversion")]
    [InlineData("saito-implicit")]
    public void The_bias_is_there_and_strength_0_switches_it_off(string preset)
    {
        foreach (ulong seed in (ulong[])[1, 2, 3])
        {
            Estimate on = Measure(preset, seed), off = Measure(preset, seed, ("strength", 0));
            Assert.True(on.Distance > 8, $"seed {seed}: naive {on.Naive}, truth {on.Truth}, {on.Distance} standard errors");
            Assert.True(off.Distance < 3.5, $"seed {seed}, strength 0: naive {off.Naive}, truth {off.Truth}, {off.Distance} standard errors");
        }
    }

    [Theory]
    [InlineData("exposure-mnar", "rating", "MNAR, self-masking")]
    [InlineData("conformity", "rating", "MCAR")]
    [InlineData("clickbait", "satisfied", "MNAR")]
    [InlineData("confounded-popularity", "rating", "MCAR")]
    [InlineData("semi-synthetic", "rating", "MNAR, self-masking")]
    [InlineData("semi-synthetic-conversion", "conversion", "MNAR")]
    [InlineData("saito-implicit", "relevance", "MNAR, self-masking")]
    [InlineData("ctar-hetero", "rating", "MAR")]
    [InlineData("ctar-hetero", "obstag", "MNAR")]
    [InlineData("ctar-weighted", "rating", "MAR")]
    [InlineData("ctar-weighted", "rcttag", "MCAR")]
    public void Missingness_is_of_its_class(string preset, string variable, string label)
    {
        CausalGraph graph = Open(preset).Graph;
        Assert.Equal(label, Missingness.Of(graph).Single(f => graph.Variables[f.Variable].Name == variable).Label);
    }

    public static TheoryData<string> All => [.. WorldPresets.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_parameter_changes_something(string preset)
    {
        World world = Open(preset, ("user", 60), ("item", 80));
        string before = Hash(world, 1, 1024);
        foreach (WorldParameter parameter in world.Parameters)
        {
            double other = parameter.Value == 0 ? 0.3 : parameter.Value >= 2 && parameter.Value == Math.Floor(parameter.Value) ? Math.Floor(parameter.Value / 2) : parameter.Value * 0.9;
            Assert.True(before != Hash(Open(preset, ("user", 60), ("item", 80), (parameter.Name, other)), 1, 1024), $"{parameter.Name} = {other} changes nothing.");
            Assert.True(parameter.About.Length > 0, $"{parameter.Name} says not what it is.");
        }

        Assert.True(world.About.Length > 0 && world.Sources.Length > 0);
        Assert.Equal(preset, world.Name);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Threads_and_tiles_change_no_bit(string preset)
    {
        World world = Open(preset, ("user", 60), ("item", 80));
        string one = Hash(world, 1, 1024);
        Assert.Equal(one, Hash(world, 2, 16));
        Assert.Equal(one, Hash(world, 8, 64));
    }

    private static string Hash(World world, int threads, int tile)
    {
        SimulatedWorld simulated = new(world, new SimulationOptions { Seed = 5, Threads = threads, Tile = tile, BlockPairs = 300 });
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (double[] column in simulated.Read([.. simulated.Columns.Select(c => c.Name)]))
        {
            hash.AppendData(MemoryMarshal.AsBytes(column.AsSpan()));
        }

        foreach (ExposureRound round in world.Rounds is null ? [] : new FeedbackWorld(world, new SimulationOptions { Seed = 5, Threads = threads, Tile = tile }).Run().Take(3))
        {
            hash.AppendData(MemoryMarshal.AsBytes<double>([.. round.Users.Select(u => (double)u), .. round.Items.Select(i => (double)i), .. round.Propensities, .. round.Outcomes]));
        }

        hash.AppendData(BitConverter.GetBytes(world.Rounds?.Count ?? 0));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    [Fact]
    public void Without_strength_the_kinds_of_users_draw_as_in_ctar_to_the_bit()
    {
        foreach (string column in (string[])["likes", "rating", "R_obstag", "P(R_rating)"])
        {
            double[] plain = Read("ctar"), none = Read("ctar-hetero", ("strength", 0), ("obstag_rate", 0.007), ("liked_low", 10), ("liked_high", 20)), some = Read("ctar-hetero");
            Assert.Equal(plain, none);
            Assert.True(column != "likes" || !plain.SequenceEqual(some));

            double[] Read(string preset, params (string, double)[] settings) => new SimulatedWorld(Open(preset, [("user", 60), ("item", 80), .. settings]), new SimulationOptions { Seed = 3 }).Read(column)[0];
        }
    }

    /// <summary>The published table of the protocol: mean absolute error of five predictions, by the truth, as seen, and weighted by inverse propensities [schnabel2016].</summary>
    [Fact]
    public void The_semi_synthetic_protocol_has_its_figures()
    {
        SimulatedWorld simulated = new(Open("semi-synthetic"), new SimulationOptions { Seed = 1, Threads = 2 });
        ImmutableArray<double[]> read = simulated.Read("rating", "R_rating", "P(R_rating)");
        double[] r = read[0], seen = read[1], p = read[2];
        double[] shares = [.. Enumerable.Range(1, 5).Select(v => r.Count(x => x == v) / (double)r.Length)];
        Assert.All(shares.Zip((double[])[0.526, 0.242, 0.144, 0.0625, 0.0255]), pair => Assert.Equal(pair.Second, pair.First, 0.002));
        Assert.Equal(0.05, p.Average(), 1e-6);
        Assert.Equal(0.339, p[Array.IndexOf(r, 5)], 0.003);
        Check(v => v == 1 ? 5 : v - 1, 2.579, 1.168, 0.1);
        Check(v => v <= 3 ? 3 : 4, 1.320, 0.387, 0.05);

        void Check(Func<double, double> predict, double truth, double naive, double spread)
        {
            double[] error = [.. r.Select(v => Math.Abs(predict(v) - v))];
            Assert.Equal(truth, error.Average(), 0.006);
            Assert.Equal(naive, error.Where((_, i) => seen[i] != 0).Average(), 0.012);
            Assert.Equal(truth, error.Select((e, i) => e * seen[i] / p[i]).Average(), spread);
        }
    }

    [Fact]
    public void The_conversion_protocol_has_its_propensities()
    {
        SimulatedWorld simulated = new(Open("semi-synthetic-conversion"), new SimulationOptions { Seed = 1, Threads = 2 });
        ImmutableArray<double[]> read = simulated.Read("conversion_rate", "P(R_conversion)");
        foreach ((double rate, double share, double propensity) in ((double, double, double)[])[(0.1, 0.53, 0.0625), (0.3, 0.24, 0.0625), (0.5, 0.14, 0.125), (0.7, 0.07, 0.25), (0.9, 0.02, 0.5)])
        {
            int[] units = [.. Enumerable.Range(0, read[0].Length).Where(i => Math.Abs(read[0][i] - rate) < 1e-9)];
            Assert.Equal(share, units.Length / (double)read[0].Length, 0.002);
            Assert.Equal(propensity, read[1][units[0]], 0.01 * propensity);
        }
    }

    [Fact]
    public void Known_propensities_undo_the_implicit_bias()
    {
        SimulatedWorld simulated = new(Open("saito-implicit", ("user", 400), ("item", 250)), new SimulationOptions { Seed = 1 });
        ImmutableArray<double[]> read = simulated.Read("R_relevance", "relevance", "exposure");
        double[] weighted = [.. read[0].Select((click, i) => click / read[2][i])];
        Assert.Equal(read[1].Average(), weighted.Average(), 4 * Deviation(weighted) / Math.Sqrt(weighted.Length));
        Assert.All(read[0].Zip(read[1]), pair => Assert.True(pair.First <= pair.Second));
    }

    [Fact]
    public void Adjusting_for_popularity_is_enough_exactly_where_nothing_is_hidden()
    {
        foreach ((double hidden, bool isEnough) in ((double, bool)[])[(0, true), (0.7, false)])
        {
            World world = Open("confounded-popularity", ("user", 1000), ("item", 250), ("hidden", hidden));
            SimulatedWorld simulated = new(world, new SimulationOptions { Seed = 2, Threads = 2, Interventions = [("1", world.ParseIntervention("exposed=1")), ("0", world.ParseIntervention("exposed=0"))] });
            ImmutableArray<double[]> read = simulated.Read("rating", "R_rating", "exposed", "rating@1", "rating@0");
            // Popularity is the item's: differences within items, weighted by pairs.
            double sum = 0, variance = 0, weight = 0;
            for (int item = 0; item < 250; item++)
            {
                double[] shown = Of(item, 1), others = Of(item, 0);
                if (shown.Length > 4 && others.Length > 4)
                {
                    sum += shown.Average() - others.Average();
                    variance += (Math.Pow(Deviation(shown), 2) / (shown.Length - 1)) + (Math.Pow(Deviation(others), 2) / (others.Length - 1));
                    weight++;
                }
            }

            double distance = Math.Abs((sum / weight) - (read[3].Average() - read[4].Average())) / (Math.Sqrt(variance) / weight);
            Assert.True(isEnough ? distance < 3.5 : distance > 8, $"hidden {hidden}: {distance} standard errors");

            double[] Of(int item, double exposed) => [.. Enumerable.Range(0, 1000).Select(user => (user * 250) + item).Where(i => read[1][i] != 0 && read[2][i] == exposed).Select(i => read[0][i])];
        }
    }

    [Fact]
    public void Weighted_sums_are_scaled_by_the_largest_sum()
    {
        SimulatedWorld simulated = new(Open("ctar-weighted", ("user", 60), ("item", 80)), new SimulationOptions { Seed = 3 });
        World world = simulated.World;
        ImmutableArray<double[]> read = simulated.Read("likes", "weight", "appeal", "most");
        WorldRelation tags = world.Entities[world.EntityIndex("item")].Table!.Relations["tags"];
        double[] share = world.Entities[world.EntityIndex("tag")].Table!.Columns["share"];
        for (int user = 0; user < 60; user++)
        {
            for (int item = 0; item < 80; item++)
            {
                double expected = tags[item].ToArray().Sum(tag => read[0][(user * share.Length) + tag] * Math.Sqrt(share[tag]));
                Assert.Equal(expected, read[2][(user * 80) + item], 1e-12);
            }
        }

        Assert.Equal(read[2].Max(), read[3][0]);
        Assert.InRange(simulated.Read("rating")[0].Max(), 4, 5);
    }

    [Fact]
    public void A_wrong_name_says_the_nearest() =>
        Assert.Contains("Did you mean 'clickbait'?", Assert.Throws<ArgumentException>(() => WorldPresets.Text("clikbait")).Message, StringComparison.Ordinal);
}
