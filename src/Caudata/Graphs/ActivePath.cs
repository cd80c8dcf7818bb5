using System.Collections.Immutable;
using System.Text;

namespace Caudata.Graphs;

/// <summary>How a path goes over an edge.</summary>
public enum PathEdge
{
    /// <summary>→, from cause to effect.</summary>
    Forward,

    /// <summary>←, from effect to cause.</summary>
    Backward,

    /// <summary>↔.</summary>
    Both,
}

/// <summary>An open path between two variables: why they may depend on each other.</summary>
/// <param name="Variables">Names along the path, shape [k].</param>
/// <param name="Edges">How it goes from each to the next, shape [k - 1].</param>
/// <param name="Openings">For each collider in the order of the path: a shortest directed path from it to a variable that is conditioned on, the collider first; one name when the collider itself is conditioned on.</param>
public sealed record ActivePath(ImmutableArray<string> Variables, ImmutableArray<PathEdge> Edges, ImmutableArray<ImmutableArray<string>> Openings)
{
    /// <summary>A path by numbers; towards leads from each collider to what is conditioned on.</summary>
    internal static ActivePath Of(CausalGraph graph, ReadOnlySpan<int> path, ReadOnlySpan<PathEdge> edges, ReadOnlySpan<int> towards)
    {
        ImmutableArray<ImmutableArray<string>>.Builder openings = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        for (int k = 1; k < path.Length - 1; k++)
        {
            if (edges[k - 1] != PathEdge.Backward && edges[k] != PathEdge.Forward)
            {
                openings.Add(Opening(graph, path[k], towards));
            }
        }

        return new ActivePath([.. path.ToArray().Select(v => graph.Variables[v].Name)], [.. edges], openings.ToImmutable());
    }

    /// <summary>The path with arrows, for example <c>X -> C &lt;- Y</c>.</summary>
    public string Text
    {
        get
        {
            StringBuilder text = new(Variables[0]);
            for (int k = 0; k < Edges.Length; k++)
            {
                text.Append(Edges[k] switch { PathEdge.Forward => " -> ", PathEdge.Backward => " <- ", _ => " <-> " }).Append(Variables[k + 1]);
            }

            return text.ToString();
        }
    }

    /// <summary>What opened its colliders, for example <c>C is conditioned on; D is a cause of Z, which is conditioned on</c>; empty when it has none.</summary>
    public string Reason => string.Join("; ", Openings.Select(opening => opening.Length == 1 ? $"{opening[0]} is conditioned on" : $"{opening[0]} is a cause of {opening[^1]}, which is conditioned on ({string.Join(" -> ", opening)})"));

    /// <summary>The path with arrows and what opened it.</summary>
    public override string ToString() => Openings.IsEmpty ? Text : $"{Text} ({Reason})";

    /// <summary>Equal when names, edges and openings are.</summary>
    /// <param name="other">The other path.</param>
    public bool Equals(ActivePath? other) => other is not null && ToString() == other.ToString();

    /// <summary>A hash of the text.</summary>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    private static ImmutableArray<string> Opening(CausalGraph graph, int collider, ReadOnlySpan<int> towards)
    {
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>();
        int v = collider;
        names.Add(graph.Variables[v].Name);
        while (towards[v] != v)
        {
            v = towards[v];
            names.Add(graph.Variables[v].Name);
        }

        return names.ToImmutable();
    }
}
