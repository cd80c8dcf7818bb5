using Caudata.Numerics;
using Caudata.Simulation;

namespace Caudata.Tests.Simulation;

public sealed class WorldFileTests
{
    [Fact]
    public void All_mistakes_are_told_at_once_with_their_places()
    {
        const string Yaml = """
            world: bad
            entites: { user: 5 }
            entities: { user: 50, item: none }
            variables:
              a[user]: normal(0)
              b[user]: nromal(0, 1)
              c[user]: a + d
              e[shop]: 1
              f: a
              g[user]: h
              h[user]: g
              k[user]: 1 +
              log[user]: 2
              m[user]: { normal: { mean: 0 } }
              n[user]: { latent: maybe, is: 1 }
            missing:
              zz: { logistic: 0 }
              a: { logistic: 0, mean: 2 }
            """;
        WorldException e = Assert.Throws<WorldException>(() => World.Parse(Yaml));
        (int Line, int Column, string Words)[] expected =
        [
            (2, 1, "Did you mean 'entities'?"), (3, 29, "the number of units of item"), (5, 12, "expected normal(mean, sd)"), (6, 12, "Did you mean 'normal'?"), (7, 16, "'d' is no variable"), (8, 3, "'shop', which is no entity"),
            (9, 6, "expected an aggregate, as in mean(a over user)"), (11, 3, "g -> h -> g is a circle of causes"), (12, 15, "ends where a value should follow"), (13, 3, "a word of the expression language"),
            (14, 22, "has no 'sd'"), (15, 22, "expected true or false"), (17, 3, "'zz' is no variable"), (18, 27, "The mean rate is 2"),
        ];
        Assert.Equal(expected.Length, e.Mistakes.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal((expected[i].Line, expected[i].Column), (e.Mistakes[i].Place.Line, e.Mistakes[i].Place.Column));
            Assert.Contains(expected[i].Words, e.Mistakes[i].Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "expected one mapping")]
    [InlineData("[1, 2]", "expected one mapping")]
    [InlineData("a: [", "The file is no YAML")]
    [InlineData("a: 1\na: 2", "The file is no YAML")]
    [InlineData("variables: {}", "The world has no 'entities'")]
    [InlineData("entities: &a { user: 1 }\nvariables: *a", "An anchor or alias")]
    [InlineData("entities: !!map { user: 1 }\nvariables: {}", "A tag")]
    [InlineData("entities: { user: 1 }\nvariables:\n  a[user]: { normal: { mean: 0, sd: 1 }, uniform: { low: 0, high: 1 } }", "a has 2 mechanisms")]
    [InlineData("entities: { user: 1 }\nvariables:\n  a[user]: { gauss: 1 }", "'gauss' is no mechanism")]
    [InlineData("entities: { user: 1, item: 1 }\nvariables:\n  a[user, item]: 1\n  b[item, user]: 1", "in another order")]
    [InlineData("entities: { user: 1, item: 1, tag: 1, shop: 1 }\nvariables:\n  a[user, item, tag, shop]: 1", "expected none, one, or two")]
    [InlineData("entities: { user: 1 }\nvariables:\n  a[user]: 1\nmissing:\n  a: { logistic: 0, probability: 0.5 }", "has 2 mechanisms")]
    [InlineData("entities: { user: 1 }\nvariables:\n  a[user]: { is: 1, latent: true }\nmissing:\n  a: { probability: 0.5 }", "latent and never seen")]
    [InlineData("entities: { user: 1 }\nvariables:\n  a[user]: 1\n  b[user]: R_a\nmissing:\n  a: { probability: 0.5 }", "causes")]
    [InlineData("entities: { user: 1 }\nvariables:\n  a[user]: mean(normal(0, 1) over user)", "draws inside an aggregate")]
    [InlineData("entities: { user: { table: x.csv } }\nvariables:\n  a[user]: 1", "none may be read here")]
    [InlineData("entities: { user: 1 }\nvariables:\n  a[user]: 1\ndo: { b: 1 }", "'b' is no variable of this world")]
    [InlineData("entities: { user: 1 }\nvariables:\n  a[user]: 1\nmissing:\n  a: { probability: 0.5, per: user }", "'per' stands without 'mean'")]
    public void Bad_files_are_refused(string yaml, string message) => Assert.Contains(message, Assert.Throws<WorldException>(() => World.Parse(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void Deep_nesting_is_refused() => Assert.Contains("nested more than", Assert.Throws<WorldException>(() => World.Parse("a: " + new string('[', 100_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void No_change_of_a_file_makes_it_fall()
    {
        string text = WorldPresets.Text("ctar");
        for (int i = 0; i < 300; i++)
        {
            RandomStream random = new(5, "changed file", (ulong)i);
            char[] changed = text.ToCharArray();
            int changes = 1 + random.NextInt32(4);
            for (int k = 0; k < changes; k++)
            {
                changed[random.NextInt32(changed.Length)] = "[]{}:,#&*!'\"\n -ax9"[random.NextInt32(18)];
            }

            try
            {
                _ = World.Parse(new string(changed), new Caudata.Simulation.Ctar.CtarTables(Small, 20));
            }
            catch (WorldException e)
            {
                Assert.NotEmpty(e.Mistakes);
            }
        }
    }

    private static readonly Caudata.Simulation.Ctar.SeedTables Small = new([.. Enumerable.Range(0, 30).Select(_ => 4.0)], [.. Enumerable.Range(0, 30).SelectMany(m => Enumerable.Range(0, 8).Select(t => (m, ((m * 3) + (t * 5)) % 40, 10.0 + t)))], "test");

    [Fact]
    public void Settings_change_parameters_and_sizes()
    {
        const string Yaml = "entities: { user: 3 }\nparameters: { k: 2 }\nvariables:\n  a[user]: k * size(user)";
        World world = World.Parse(Yaml, null, new Dictionary<string, double> { ["k"] = 5, ["user"] = 4 });
        Assert.Equal([20, 20, 20, 20], new SimulatedWorld(world, new SimulationOptions { Seed = 1 }).Read("a")[0]);
        Assert.Contains("'z' is set, but is no parameter", Assert.Throws<WorldException>(() => World.Parse(Yaml, null, new Dictionary<string, double> { ["z"] = 5 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_graph_is_read_off_the_mechanisms()
    {
        World world = World.Parse("""
            entities: { user: 5, item: 4 }
            variables:
              z[user]: { normal: { mean: 0, sd: 1 }, latent: true }
              x[user]: bernoulli(sigmoid(z))
              y[user, item]: z + x + normal(0, 1)
              m[item]: mean(y over user)
            missing:
              y: { logistic: y + x }
            """);
        Assert.Equal("x -> R_y, x -> y, y -> R_y, y -> m, z -> x, z -> y", string.Join(", ", world.Graph.Edges.Select(e => $"{world.Graph.Variables[e.From].Name} -> {world.Graph.Variables[e.To].Name}").Order(StringComparer.Ordinal)));
    }
}
