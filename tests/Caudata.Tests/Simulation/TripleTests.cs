using System.Collections.Immutable;
using Caudata.Graphs;
using Caudata.Simulation;

namespace Caudata.Tests.Simulation;

/// <summary>Variables over three entities against plain loops.</summary>
public sealed class TripleTests
{
    private const int Users = 7, Items = 5, Tags = 6;

    private const string Yaml = """
        entities: { user: 7, item: 5, tag: 6 }
        parameters: { k: 2 }
        variables:
          a[user]: normal(0, 1)
          b[item]: normal(0, 1)
          c[tag]: normal(0, 1)
          ab[user, item]: normal(0, 1)
          ac[user, tag]: normal(a, 1)
          bc[item, tag]: normal(0, 1)
          e[user, item, tag]: normal(0, 1)
          y[user, item, tag]: a + k * b + 3 * c + ab * ac + bc + e
          of_tags[user, item]: mean(y over tag)
          of_items[user, tag]: sum(y over item)
          of_users[item, tag]: max(y over user)
          means[item, tag]: mean(y over user)
          total[user]: sum(of_tags over item)
          across[item]: min(of_tags over user)
          grand: mean(mean(of_tags over item) over user)
          back[user, item, tag]: y - of_tags + of_items * of_users - total + across - grand + normal(means, 1)
          picked[user, item, tag]: sample(2, exp(y / 4))
          order[user, item, tag]: rank(y)
          same[user, item, tag]: ab
          product[user, item]: dot(ac, means)
          tested[user, tag]: count(picked * (y > 0) over item)
          mixed[user, item]: sum(ac * bc * y over tag)
        missing:
          y: { logistic: y + a, mean: 0.2 }
          back: { probability: sigmoid(back), mean: 0.1 }
        """;

    private static SimulatedWorld Draw(int threads = 1, int tile = 1024, int block = 1 << 20, ulong seed = 4) =>
        new(World.Parse(Yaml), new SimulationOptions { Seed = seed, Threads = threads, Tile = tile, BlockPairs = block });

    [Fact]
    public void Values_and_aggregates_are_those_of_plain_loops()
    {
        SimulatedWorld simulated = Draw();
        double[] a = R("a"), b = R("b"), c = R("c"), ab = R("ab"), ac = R("ac"), bc = R("bc"), e = R("e"), y = R("y"), ofTags = R("of_tags"), ofItems = R("of_items"), ofUsers = R("of_users"), means = R("means"), total = R("total"), across = R("across"),
            picked = R("picked"), order = R("order"), same = R("same"), product = R("product"), tested = R("tested"), mixed = R("mixed");
        for (int u = 0; u < Users; u++)
        {
            for (int i = 0; i < Items; i++)
            {
                double[] row = y[At(u, i, 0)..At(u, i, Tags)];
                for (int t = 0; t < Tags; t++)
                {
                    Assert.Equal(a[u] + (2 * b[i]) + (3 * c[t]) + (ab[(u * Items) + i] * ac[(u * Tags) + t]) + bc[(i * Tags) + t] + e[At(u, i, t)], y[At(u, i, t)], 1e-12);
                    Assert.Equal(row.Count(v => v > row[t]), order[At(u, i, t)]);
                    Assert.Equal(ab[(u * Items) + i], same[At(u, i, t)]);
                }

                Assert.Equal(row.Average(), ofTags[(u * Items) + i], 1e-12);
                Assert.Equal(2, picked[At(u, i, 0)..At(u, i, Tags)].Sum());
                Assert.Equal(Enumerable.Range(0, Tags).Sum(t => ac[(u * Tags) + t] * means[(i * Tags) + t]), product[(u * Items) + i], 1e-12);
                Assert.Equal(Enumerable.Range(0, Tags).Sum(t => ac[(u * Tags) + t] * bc[(i * Tags) + t] * y[At(u, i, t)]), mixed[(u * Items) + i], 1e-12);
            }

            for (int t = 0; t < Tags; t++)
            {
                Assert.Equal(Enumerable.Range(0, Items).Sum(i => y[At(u, i, t)]), ofItems[(u * Tags) + t], 1e-12);
                Assert.Equal(Enumerable.Range(0, Items).Count(i => picked[At(u, i, t)] != 0 && y[At(u, i, t)] > 0), tested[(u * Tags) + t]);
            }

            Assert.Equal(Enumerable.Range(0, Items).Sum(i => ofTags[(u * Items) + i]), total[u], 1e-12);
        }

        for (int i = 0; i < Items; i++)
        {
            Assert.Equal(Enumerable.Range(0, Users).Min(u => ofTags[(u * Items) + i]), across[i]);
            for (int t = 0; t < Tags; t++)
            {
                Assert.Equal(Enumerable.Range(0, Users).Max(u => y[At(u, i, t)]), ofUsers[(i * Tags) + t]);
                Assert.Equal(Enumerable.Range(0, Users).Average(u => y[At(u, i, t)]), means[(i * Tags) + t], 1e-12);
            }
        }

        Assert.Equal(y.Average(), R("grand")[0], 1e-12);
        Assert.Equal(0.2, R("P(R_y)").Average(), 1e-8);
        Assert.Equal(0.1, R("P(R_back)").Average(), 1e-8);
        Assert.All(R("R_y"), r => Assert.True(r is 0 or 1));

        double[] R(string name) => simulated.Read(name)[0];

        static int At(int u, int i, int t) => (((u * Items) + i) * Tags) + t;
    }

    [Fact]
    public void Threads_blocks_and_tiles_change_no_bit()
    {
        SimulatedWorld one = Draw();
        string[] names = [.. one.Columns.Select(c => c.Name)];
        ImmutableArray<double[]> expected = one.Read(names);
        foreach ((int threads, int tile, int block) in ((int, int, int)[])[(2, 8, 1), (8, 8, 60), (8, 1024, 1)])
        {
            ImmutableArray<double[]> found = Draw(threads, tile, block).Read(names);
            for (int k = 0; k < names.Length; k++)
            {
                Assert.Equal(expected[k], found[k]);
            }
        }
    }

    [Fact]
    public void A_triple_keeps_its_noise_when_the_world_grows_and_shares_it_with_no_other()
    {
        double[] small = Noise(7, 5, 6), large = Noise(9, 8, 11);
        for (int u = 0; u < 7; u++)
        {
            for (int i = 0; i < 5; i++)
            {
                Assert.Equal(small[(((u * 5) + i) * 6)..(((u * 5) + i) * 6 + 6)], large[(((u * 8) + i) * 11)..((((u * 8) + i) * 11) + 6)]);
            }
        }

        Assert.Equal(large.Length, large.Distinct().Count());

        static double[] Noise(int users, int items, int tags) => new SimulatedWorld(World.Parse("entities: { user: 1, item: 1, tag: 1 }\nvariables:\n  e[user, item, tag]: normal(0, 1)", null,
            new Dictionary<string, double> { ["user"] = users, ["item"] = items, ["tag"] = tags }), new SimulationOptions { Seed = 4 }).Read("e")[0];
    }

    [Fact]
    public void Interventions_change_what_depends_on_them_and_nothing_else()
    {
        World world = World.Parse(Yaml);
        SimulatedWorld simulated = new(world, new SimulationOptions { Seed = 4, Interventions = [("none", []), ("up", world.ParseIntervention("ab=1"))] });
        Assert.Equal(simulated.Read("back")[0], simulated.Read("back@none")[0]);
        Assert.Equal(simulated.Read("e")[0], simulated.Read("e@up")[0]);
        ImmutableArray<double[]> read = simulated.Read("y", "y@up", "effect(y)@up", "ab", "ac");
        for (int u = 0; u < Users; u++)
        {
            for (int i = 0; i < Items; i++)
            {
                for (int t = 0; t < Tags; t++)
                {
                    int at = (((u * Items) + i) * Tags) + t;
                    Assert.Equal(read[1][at] - read[0][at], read[2][at]);
                    Assert.Equal((1 - read[3][(u * Items) + i]) * read[4][(u * Tags) + t], read[2][at], 1e-12);
                }
            }
        }
    }

    [Fact]
    public void The_graph_and_the_statistics_know_them()
    {
        World world = World.Parse(Yaml);
        CausalGraph graph = world.Graph;
        Assert.Equal("MNAR, self-masking", Missingness.Of(graph).First(f => graph.Variables[f.Variable].Name == "y").Label);
        VariableStatistics y = WorldStatistics.Collect(Draw()).First(s => s.Variable.Name == "y");
        Assert.Equal(Users * Items * Tags, y.Units);
        Assert.Equal(Tags, y.SeenByColumn.Length);
        Assert.Equal(y.Seen, y.SeenByColumn.Sum());
    }

    [Theory]
    [InlineData("y[user, item, tag]: 1 ; z[item, user]: 1", "z[item,user] has the entities of y[user,item,tag] in another order; expected [user, item] everywhere")]
    [InlineData("y[user, item, tag]: 1 ; z[tag, item, user]: 1", "z[tag,item,user] has the entities of y[user,item,tag] in another order")]
    [InlineData("y[user, item, tag]: 1 ; z[user]: y", "line 4, column 12: y[user, item, tag] has a value for each item and tag, but stands where there is one value for each user; expected an aggregate, as in mean(y over item)")]
    [InlineData("y[user, item, tag]: 1 ; z[user, tag]: mean(y over tag)", "line 4, column 17: The aggregate has a value for each item")]
    [InlineData("y[user, item, user]: 1", "y[user,item,user] is indexed by 3 entities; expected none, one, or two or three different ones")]
    [InlineData("y[user, item, tag]: 1 ; z: 1\nmissing:\n  y: { logistic: 1, mean: 0.1, per: user }", "'per: user' asks for a mean for each user")]
    [InlineData("y[user, item, tag]: 1 ; z: 1\nmissing:\n  y: { sample: { user: 1, item: 1, tag: 1 } }", "draws from 3 entities; expected one or two")]
    [InlineData("y[user, tag]: 1 ; z[user, item]: 1 ; w[user]: sum(y * z over item)", "The aggregate has a value for each tag")]
    [InlineData("y[user, tag]: 1 ; v[item, tag]: 1 ; z[user, item]: sum(y * v over tag)", "expected at most two entities, or the three of a variable")]
    public void Mistakes_have_their_place(string variables, string words)
    {
        WorldException e = Assert.Throws<WorldException>(() => World.Parse($"entities: {{ user: 5, item: 3, tag: 4 }}\nvariables:\n{string.Join('\n', variables.Split(" ; ").Select(line => "  " + line))}"));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_told()
    {
        SimulatedWorld simulated = new(World.Parse("entities: { user: 5, item: 3, tag: 4 }\nvariables:\n  x[user, item, tag]: uniform(0, 1)\n  y[user, item, tag]: 1 / (x - x * (index(user) + index(item) + index(tag) > 8))"), new SimulationOptions { Seed = 1, Threads = 2 });
        Assert.Contains("y[user,item,tag] is no finite number: 1 / (x - x * (index(user) + index(item) + index(tag) > 8)) is infinite at user 4, item 2, tag 3 (", Assert.Throws<WorldException>(() => simulated.Read("y")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_matrix_that_is_too_large_is_refused()
    {
        World world = World.Parse("entities: { user: 100000, item: 100000, tag: 2 }\nvariables:\n  y[user, item, tag]: index(user) + index(item) + index(tag)\n  z[user, item]: sum(y over tag)\n  w: sum(sum(z over item) over user)");
        Assert.Contains("100000 x 100000 numbers; expected at most", Assert.Throws<WorldException>(() => new SimulatedWorld(world, new SimulationOptions { Seed = 1 }).Read("w")).Message, StringComparison.Ordinal);
    }
}
