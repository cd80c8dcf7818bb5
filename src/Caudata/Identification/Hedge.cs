using System.Collections.Immutable;
using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>A hedge: two nested parts of a graph, both held together by bidirected edges and leading to the same roots, the larger one with treatments and the smaller one without. It proves that an effect is not identified.</summary>
/// <remarks>Two models can then agree on everything that is observed and differ in the effect: in one the roots feel the whole of the outer part, in the other only the inner one [shpitser2006].</remarks>
/// <param name="Outer">The larger part, F.</param>
/// <param name="Inner">The smaller part, F'.</param>
/// <param name="Roots">Where both lead: causes of the outcome, or it itself, not by way of the treatment.</param>
public sealed record Hedge(VariableSet Outer, VariableSet Inner, VariableSet Roots)
{
    // Words name no more variables of a part.
    private const int MostNamed = 30;

    /// <summary>The edges of a graph within the outer part that make the hedge: what to set off in a drawing.</summary>
    /// <param name="graph">The graph; latent variables between members of the hedge are set off too.</param>
    public (ImmutableArray<int> Variables, ImmutableArray<GraphEdge> Edges) Parts(CausalGraph graph)
    {
        bool[] lit = new bool[graph.Count];
        foreach (int v in Outer.ToArray())
        {
            lit[v] = true;
        }

        // A latent variable belongs to it when it causes members, directly or through latent ones.
        int[] order = TopologicalOrder.Of(graph);
        for (int k = order.Length - 1; k >= 0; k--)
        {
            int v = order[k];
            if (graph.Variables[v].Kind == VariableKind.Latent)
            {
                foreach (int child in graph.Children(v))
                {
                    lit[v] |= lit[child];
                }
            }
        }

        return ([.. Enumerable.Range(0, graph.Count).Where(v => lit[v])], [.. graph.Edges.Where(e => lit[e.From] && lit[e.To] && (e.Kind == EdgeKind.Bidirected || !Roots.Contains(e.From)))]);
    }

    /// <summary>The hedge in words.</summary>
    /// <param name="graph">The graph of its variables.</param>
    public string Text(CausalGraph graph)
    {
        string Names(VariableSet set) => string.Join(", ", set.ToArray().Take(MostNamed).Select(v => graph.Variables[v].Name)) + (set.Count > MostNamed ? $" and {set.Count - MostNamed} more" : "");
        return $"{{{Names(Outer)}}}, held together by unobserved common causes, leads to {Names(Roots)} and holds a treatment; its part {{{Names(Inner)}}} leads there too and holds none";
    }
}
