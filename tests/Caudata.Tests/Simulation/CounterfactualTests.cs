using System.Collections.Immutable;
using Caudata.Graphs;
using Caudata.Simulation;
using CsCheck;

namespace Caudata.Tests.Simulation;

/// <summary>What holds between the factual world and others that share its noise, over hundreds of random worlds, bit for bit.</summary>
public sealed class CounterfactualTests
{
    private const int Worlds = 200;

    private static void ForWorlds(Action<RandomWorlds, World, ulong> law) => Gen.Int[0, int.MaxValue].Sample(seed =>
    {
        RandomWorlds random = new(seed);
        law(random, World.Parse(random.Text), (ulong)seed);
    }, iter: Worlds);

    private static SimulatedWorld Simulate(World world, ulong seed, params ReadOnlySpan<(string Name, string Text)> interventions)
    {
        var parsed = ImmutableArray.CreateBuilder<(string, ImmutableArray<Intervention>)>();
        foreach ((string name, string text) in interventions)
        {
            parsed.Add((name, text.Length == 0 ? [] : world.ParseIntervention(text)));
        }

        return new SimulatedWorld(world, new SimulationOptions { Seed = seed, Interventions = parsed.ToImmutable() });
    }

    // Variables, indicators and propensities.
    private static IEnumerable<string> Columns(World world) => [.. world.Variables.Select(v => v.Name), .. world.Indicators.SelectMany(r => new[] { r.Name, $"P({r.Name})" })];

    private static void AssertEqual(SimulatedWorld one, string first, SimulatedWorld other, string second) =>
        Assert.True(one.Read(first)[0].SequenceEqual(other.Read(second)[0]), $"{first} and {second} differ:\n{string.Join(' ', one.Read(first)[0])}\n{string.Join(' ', other.Read(second)[0])}");

    private static HashSet<string> Descendants(World world, params string[] targets)
    {
        CausalGraph graph = world.Graph;
        int[] set = [.. targets.Select(target => graph.TryFind(target, out int v) ? v : throw new ArgumentException(target))];
        VariableSet descendants = Caudata.Graphs.Descendants.Of(graph, VariableSet.Of(graph.Count, set));
        return [.. targets, .. Enumerable.Range(0, graph.Count).Where(descendants.Contains).Select(v => graph.Variables[v].Name)];
    }

    private static string Of(string column) => column.StartsWith("P(", StringComparison.Ordinal) ? column[2..^1] : column;

    [Fact]
    public void A_world_in_which_nothing_is_set_is_the_factual_one() => ForWorlds((_, world, seed) =>
    {
        SimulatedWorld simulated = Simulate(world, seed, ("none", "")), alone = Simulate(world, seed);
        foreach (string column in Columns(world))
        {
            AssertEqual(simulated, column, simulated, column + "@none");
            AssertEqual(alone, column, simulated, column);
        }
    });

    [Fact]
    public void Interventions_change_their_targets_and_descendants_and_nothing_else() => ForWorlds((random, world, seed) =>
    {
        string a = random.AnyName(), b = random.AnyName(), text = a == b ? random.Intervention(a) : $"{random.Intervention(a)}, {random.Intervention(b)}";
        SimulatedWorld simulated = Simulate(world, seed, ("set", text));
        HashSet<string> changed = Descendants(world, a, b);
        foreach (string column in Columns(world).Where(c => !changed.Contains(Of(c))))
        {
            AssertEqual(simulated, column, simulated, column + "@set");
        }
    });

    [Fact]
    public void An_intervened_world_is_that_in_whose_file_the_mechanism_is_replaced() => ForWorlds((random, world, seed) =>
    {
        string target = world.Variables[(int)(seed % (ulong)world.Variables.Length)].Name, text = random.Intervention(target);
        SimulatedWorld simulated = Simulate(world, seed, ("set", text));
        World replaced = World.Parse(random.File(random.Lines.Select(l => l.Name == target ? random.Line(target, text[(target.Length + 1)..]) : l.Line)));
        SimulatedWorld again = Simulate(replaced, seed);
        // What brings an indicator to its rate is kept from the factual world by an intervention, and found anew in another file.
        foreach (WorldVariable variable in world.Variables)
        {
            AssertEqual(simulated, variable.Name + "@set", again, variable.Name);
        }
    });

    [Fact]
    public void Another_mechanism_changes_its_variable_and_descendants_and_nothing_else() => ForWorlds((random, world, seed) =>
    {
        string target = world.Variables[(int)(seed % (ulong)world.Variables.Length)].Name;
        HashSet<string> changed = Descendants(world, target);
        SimulatedWorld before = Simulate(world, seed), after = Simulate(World.Parse(random.File(random.Lines.Select(l => l.Name == target ? random.Line(target, "normal(2, 3)") : l.Line))), seed),
            more = Simulate(World.Parse(random.File(["  first[user]: normal(0, 1)", .. random.Lines.Select(l => l.Line), "  last[user, item]: normal(first, 1)"])), seed);
        foreach (string column in Columns(world))
        {
            AssertEqual(before, column, more, column);
            if (!changed.Contains(Of(column)))
            {
                AssertEqual(before, column, after, column);
            }
        }
    });

    [Theory]
    [InlineData("logistic: \"b\", mean: 0.3, per: user")]
    [InlineData("probability: \"sigmoid(b)\", mean: 0.3, by: scale, per: user")]
    public void A_rate_a_user_keeps_its_constant_when_an_intervention_makes_its_pairs_differ(string missing)
    {
        // In the factual world the score is one for all of a user's pairs, so that each has the rate itself.
        World world = World.Parse($"entities: {{ user: 3, item: 4 }}\nvariables:\n  a[user]: normal(0, 1)\n  b[user, item]: a\n  c[user, item]: normal(0, 1)\nmissing:\n  c: {{ {missing} }}");
        SimulatedWorld simulated = Simulate(world, 1, ("same", "b=a"), ("other", "b=a + index(item)"));
        double[] a = simulated.Read("a")[0], factual = simulated.Read("P(R_c)")[0], same = simulated.Read("P(R_c)@same")[0], other = simulated.Read("P(R_c)@other")[0];
        Assert.All(factual, p => Assert.Equal(0.3, p, 1e-15));
        Assert.Equal(factual, same);
        for (int k = 0; k < other.Length; k++)
        {
            double logit = a[k / 4] + (k % 4), share = 1 / (1 + Math.Exp(-logit));
            double expected = missing.StartsWith("logistic", StringComparison.Ordinal) ? 1 / (1 + Math.Exp(-(logit - a[k / 4] + Math.Log(0.3 / 0.7)))) : Math.Min(1, share * 0.3 * (1 + Math.Exp(-a[k / 4])));
            Assert.Equal(expected, other[k], 1e-12);
        }
    }

    [Fact]
    public void Consistency_a_unit_that_is_set_to_what_it_has_changes_nothing() => ForWorlds((random, world, seed) =>
    {
        string target = random.AnyName();
        SimulatedWorld factual = Simulate(world, seed), same = Simulate(world, seed, ("same", random.Units(target, factual.Read(target)[0])));
        foreach (string column in Columns(world).Where(c => c != $"P({target})"))
        {
            AssertEqual(factual, column, same, column + "@same");
        }
    });

    [Fact]
    public void Composition_setting_also_what_an_intervention_brings_about_changes_nothing_more() => ForWorlds((random, world, seed) =>
    {
        string target = random.AnyName(), text = random.Intervention(target), other = random.AnyName();
        SimulatedWorld one = Simulate(world, seed, ("one", text));
        SimulatedWorld both = Simulate(world, seed, ("both", other == target ? random.Units(other, one.Read(other + "@one")[0]) : $"{text}, {random.Units(other, one.Read(other + "@one")[0])}"));
        foreach (string column in Columns(world).Where(c => c != $"P({other})"))
        {
            if (column[0] != 'P')
            {
                AssertEqual(one, column + "@one", both, column + "@both");
                continue;
            }

            // What is set is computed by other kernels than what comes about, so a probability may differ in its last bits.
            Assert.All(one.Read(column + "@one")[0].Zip(both.Read(column + "@both")[0]), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }
    });

    [Fact]
    public void Effects_are_differences_and_threads_and_blocks_change_no_bit_of_them() => ForWorlds((random, world, seed) =>
    {
        string target = random.AnyName();
        SimulationOptions options = new() { Seed = seed, Interventions = [("set", world.ParseIntervention(random.Intervention(target)))] };
        SimulatedWorld one = new(world, options), many = new(world, options with { Threads = 2, BlockPairs = 3, Tile = 8 });
        foreach (SimulatedColumn column in one.Columns)
        {
            AssertEqual(one, column.Name, many, column.Name);
            if (column.Kind == SimulatedKind.Effect)
            {
                Assert.Equal(one.Read(column.Variable + "@set")[0].Zip(one.Read(column.Variable)[0], (after, before) => after - before), one.Read(column.Name)[0]);
            }
        }
    });

    [Fact]
    public void A_unit_keeps_its_noise()
    {
        World world = World.Parse("""
            entities: { user: 50, item: 40 }
            variables:
              cause[item]: normal(0, 1)
              y[user, item]: normal(3 * cause, 2)
              high[user, item]: bernoulli(sigmoid(cause))
            """);
        SimulatedWorld simulated = Simulate(world, 1, ("up", "cause=1"), ("down", "cause=-1"));
        double[] cause = simulated.Read("cause")[0], y = simulated.Read("y")[0], up = simulated.Read("y@up")[0], down = simulated.Read("y@down")[0];
        for (int i = 0; i < y.Length; i++)
        {
            Assert.Equal(6, up[i] - down[i], 1e-12);
            Assert.Equal(y[i] - (3 * cause[i % 40]), up[i] - 3, 1e-12);
        }

        // One uniform number decides under both: who is high under the lower chance is high under the higher one.
        Assert.All(simulated.Read("high@down")[0].Zip(simulated.Read("high@up")[0]), pair => Assert.True(pair.First <= pair.Second));
        Assert.Equal(2 / (1 + Math.Exp(-1)) - 1, simulated.Read("effect(high)@up")[0].Zip(simulated.Read("effect(high)@down")[0], (a, b) => a - b).Average(), 0.04);
    }
}
