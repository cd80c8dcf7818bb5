using Caudata.Simulation;
using Caudata.Simulation.Ctar;
using Caudata.Simulation.Expressions;

namespace Caudata.Tests.Simulation.Files;

public sealed class WorldTextTests
{
    public static TheoryData<string> All => [.. WorldSchemaTests.Worlds, .. WorldPresets.Names.Select(WorldPresets.Text)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_world_that_is_written_and_read_is_the_same(string yaml)
    {
        IWorldTables tables = yaml.Contains("table: movies", StringComparison.Ordinal) ? new CtarTables(SeedTables.BuiltIn(first: 100), 40) : new NamedTables();
        Dictionary<string, double>? small = yaml.Contains("user: 1000", StringComparison.Ordinal) ? new() { ["user"] = 20 } : null;
        World world = World.Parse(yaml, tables, small), again = World.Parse(world.ToYaml(), tables);
        AssertSame(world, again);
        Assert.Equal(world.ToYaml(), again.ToYaml());
    }

    /// <summary>The same declarations, the same graph, the same numbers.</summary>
    internal static void AssertSame(World world, World other)
    {
        Assert.Equal((world.Name, world.About.Trim()), (other.Name, other.About.Trim()));
        Assert.Equal(world.Sources, other.Sources);
        Assert.Equal(world.Entities.Select(e => (e.Name, e.Size, e.Table?.Name)), other.Entities.Select(e => (e.Name, e.Size, e.Table?.Name)));
        Assert.Equal(world.Parameters, other.Parameters);
        Assert.Equal(world.Variables.Select(v => (v.Label, v.IsLatent, v.About, ExpressionText.Of(v.Mechanism))), other.Variables.Select(v => (v.Label, v.IsLatent, v.About, ExpressionText.Of(v.Mechanism))));
        Assert.Equal(world.Indicators.Select(r => (r.Name, r.Of, r.Method, r.Rate, r.PerRow, r.IsLogit, string.Join(',', r.Sample ?? []), r.Mechanism is null ? "" : ExpressionText.Of(r.Mechanism))),
            other.Indicators.Select(r => (r.Name, r.Of, r.Method, r.Rate, r.PerRow, r.IsLogit, string.Join(',', r.Sample ?? []), r.Mechanism is null ? "" : ExpressionText.Of(r.Mechanism))));
        Assert.Equal(world.Interventions.Select(i => (i.Target, ExpressionText.Of(i.Mechanism!))), other.Interventions.Select(i => (i.Target, ExpressionText.Of(i.Mechanism!))));
        Assert.Equal(world.Graph, other.Graph);
        SimulatedWorld one = new(world, new SimulationOptions { Seed = 3 }), two = new(other, new SimulationOptions { Seed = 3, Threads = 2 });
        Assert.Equal(one.Columns.Select(c => c.Name), two.Columns.Select(c => c.Name));
        foreach (SimulatedColumn column in one.Columns)
        {
            Assert.Equal(one.Read(column.Name)[0], two.Read(column.Name)[0]);
        }
    }

    [Fact]
    public void Awkward_words_stay_as_they_are()
    {
        const string Text = "a: b # c \\ \" \u2028 \t 🦎 é";
        World world = World.Build(Text, w =>
        {
            w.About("first\nsecond " + Text);
            w.Source(Text);
            w.Variable("null", [], 1, about: Text);
            w.Parameter("y", 1e-300, Text);
        });
        World again = World.Parse(world.ToYaml());
        Assert.Equal((Text, "first\nsecond " + Text, Text, Text, Text), (again.Name, again.About, again.Sources[0], again.Variables[0].About, again.Parameters[0].About));
    }

    [Theory]
    [InlineData("variables: { X: {}, Y: { parents: [X] } }", false)]
    [InlineData("entities: [user]\nvariables: { X: , Y: { latent: true } }\nmissing: { X: { parents: [Y] } }", false)]
    [InlineData("digraph { X -> Y }", false)]
    [InlineData("a: [", false)]
    [InlineData("", false)]
    [InlineData("variables: { X: 1 }", true)]
    [InlineData("variables: { X: { normal: { mean: 0, sd: 1 } } }", true)]
    [InlineData("variables: { X: }\nmissing: { X: { logistic: 0 } }", true)]
    [InlineData("world: w\nvariables: {}", true)]
    public void A_world_is_told_from_a_graph(string yaml, bool isWorld) => Assert.Equal(isWorld, World.IsWorld(yaml));
}
