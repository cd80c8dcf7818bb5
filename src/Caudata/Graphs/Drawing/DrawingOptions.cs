using System.Collections.Immutable;

namespace Caudata.Graphs.Drawing;

/// <summary>How a graph is drawn.</summary>
public sealed record DrawingOptions
{
    /// <summary>A title above the drawing; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>False to leave out the line that explains the signs in use.</summary>
    public bool HasLegend { get; init; } = true;

    /// <summary>Variables to set off; all else fades when there is anything to set off.</summary>
    public ImmutableArray<int> Variables { get; init; } = [];

    /// <summary>Edges to set off, as the graph gives them.</summary>
    public ImmutableArray<GraphEdge> Edges { get; init; } = [];

    /// <summary>Options that set off a path and what opened it.</summary>
    /// <param name="graph">The graph of the path.</param>
    /// <param name="path">The path.</param>
    public static DrawingOptions Along(CausalGraph graph, ActivePath path)
    {
        List<GraphEdge> edges = [];
        for (int k = 0; k < path.Edges.Length; k++)
        {
            Add(path.Variables[k], path.Variables[k + 1], path.Edges[k]);
        }

        foreach (ImmutableArray<string> opening in path.Openings)
        {
            for (int k = 1; k < opening.Length; k++)
            {
                Add(opening[k - 1], opening[k], PathEdge.Forward);
            }
        }

        return new DrawingOptions { Edges = [.. edges], Variables = [.. path.Variables.Concat(path.Openings.SelectMany(o => o)).Distinct(StringComparer.Ordinal).Select(Id)] };

        int Id(string name) => graph.TryFind(name, out int id) ? id : throw new ArgumentException($"The path names '{name}', which the graph does not have; expected a path of this graph.", nameof(path));

        void Add(string from, string to, PathEdge kind)
        {
            (int a, int b) = kind == PathEdge.Backward ? (Id(to), Id(from)) : (Id(from), Id(to));
            edges.Add(kind == PathEdge.Both ? new GraphEdge(Math.Min(a, b), Math.Max(a, b), EdgeKind.Bidirected) : new GraphEdge(a, b, EdgeKind.Directed));
        }
    }
}
