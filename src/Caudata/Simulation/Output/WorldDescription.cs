using Caudata.Graphs;
using Caudata.Records;
using Caudata.Simulation.Feedback;

namespace Caudata.Simulation.Output;

/// <summary>Says in tables what a world is, without drawing from it.</summary>
public static class WorldDescription
{
    /// <summary>Which variables are missing how (MCAR, MAR, MNAR, self-masking, colluding), with the path that makes it so.</summary>
    /// <param name="world">The world.</param>
    public static SummaryTable Missing(World world)
    {
        CausalGraph graph = world.Graph;
        return new SummaryTable("missingness", "How values go missing, read off the graph", [new("variable", ColumnKind.Text), new("indicator", ColumnKind.Text), new("class", ColumnKind.Text), new("because", ColumnKind.Text), new("mechanism", ColumnKind.Text)],
            [.. Missingness.Of(graph).Select(f => new object?[]
            {
                graph.Variables[f.Variable].Label, graph.Variables[f.Indicator].Name, f.Label, f.Path?.ToString() ?? "no path to any variable", world.Indicators.FirstOrDefault(r => r.Name == graph.Variables[f.Indicator].Name)?.Formula ?? "1 where it is shown",
            })]);
    }

    /// <summary>The rounds of a world: who is shown what, by which policy; null for a world without.</summary>
    /// <param name="world">The world.</param>
    public static SummaryTable? Rounds(World world) => world.Rounds is { } rounds ? FeedbackReport.Declared(rounds) : null;

    /// <summary>Every variable with its mechanism and parents.</summary>
    /// <param name="world">The world.</param>
    public static SummaryTable Mechanisms(World world)
    {
        CausalGraph graph = world.Graph;
        return new SummaryTable("variables", "Variables", [new("variable", ColumnKind.Text), new("kind", ColumnKind.Text), new("parents", ColumnKind.Text), new("mechanism", ColumnKind.Text), new("about", ColumnKind.Text)],
            [.. world.Variables.Select(v => new object?[] { v.Label, v.IsLatent ? "latent" : "observed", Parents(graph, v.Name), v.Formula, v.About.Length > 0 ? v.About : null })]);
    }

    private static string? Parents(CausalGraph graph, string name) =>
        graph.TryFind(name, out int v) && graph.Parents(v).Length > 0 ? string.Join(", ", graph.Parents(v).ToArray().Select(p => graph.Variables[p].Name)) : null;
}
