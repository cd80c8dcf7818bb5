using System.Collections.Immutable;

namespace Caudata.Graphs;

/// <summary>The graph over what can be measured: latent variables are replaced by the edges that they leave behind.</summary>
/// <remarks>
/// <para>v → w when a directed path leads from v to w through latents only; v ↔ w when a path without colliders, through latents only, has an arrowhead at both ends [verma1990]. Two sets of remaining variables are m-separated
/// given a third in the projection exactly when they are in the graph.</para>
/// <para>O(n + m + size of what each latent reaches); the result may have a number of edges quadratic in the effects of one latent.</para>
/// </remarks>
public static class LatentProjection
{
    /// <summary>The projection; its variables are the remaining ones in their order, with new numbers.</summary>
    /// <param name="graph">The graph.</param>
    /// <exception cref="GraphException">It would have more than <see cref="GraphLimits.Edges"/> edges.</exception>
    public static CausalGraph Of(CausalGraph graph)
    {
        VariableSet latent = graph.OfKind(VariableKind.Latent);
        if (latent.IsEmpty)
        {
            return graph;
        }

        int[] order = TopologicalOrder.Of(graph);
        int[][] effects = new int[graph.Count][]; // of a latent: remaining variables that it reaches through latents; of another: itself
        long size = 0;
        for (int k = order.Length - 1; k >= 0; k--)
        {
            int v = order[k];
            effects[v] = latent.Contains(v) ? Reached(graph, v, effects) : [v];
            size += effects[v].Length;
            Bound(size);
        }

        HashSet<(int, int)> directed = [], bidirected = [];
        for (int v = 0; v < graph.Count; v++)
        {
            if (!latent.Contains(v))
            {
                directed.UnionWith(Reached(graph, v, effects).Select(w => (v, w)));
            }
            else if (!HasLatentParent(v))
            {
                // A latent with a latent cause adds no pair that the cause does not.
                Join(effects[v], effects[v]);
            }

            foreach (int sibling in graph.Siblings(v))
            {
                if (v < sibling)
                {
                    Join(effects[v], effects[sibling]);
                }
            }

            Bound(directed.Count + bidirected.Count);
        }

        return Keep(graph, latent, directed, bidirected);

        bool HasLatentParent(int v)
        {
            foreach (int parent in graph.Parents(v))
            {
                if (latent.Contains(parent))
                {
                    return true;
                }
            }

            return false;
        }

        void Join(int[] left, int[] right)
        {
            foreach (int a in left)
            {
                foreach (int b in right)
                {
                    if (a != b)
                    {
                        bidirected.Add((Math.Min(a, b), Math.Max(a, b)));
                    }
                }

                Bound(bidirected.Count);
            }
        }
    }

    private static int[] Reached(CausalGraph graph, int v, int[][] effects)
    {
        SortedSet<int> reached = [];
        foreach (int child in graph.Children(v))
        {
            reached.UnionWith(effects[child]);
        }

        return [.. reached];
    }

    private static CausalGraph Keep(CausalGraph graph, VariableSet latent, HashSet<(int From, int To)> directed, HashSet<(int From, int To)> bidirected)
    {
        int[] number = new int[graph.Count];
        int next = 0;
        for (int v = 0; v < graph.Count; v++)
        {
            number[v] = latent.Contains(v) ? -1 : next++;
        }

        ImmutableArray<Variable> variables = [.. graph.Variables.Where(v => number[v.Id] >= 0).Select(v => v with { Id = number[v.Id], Of = v.Of is int of ? number[of] : null })];
        return new CausalGraph(variables, [.. directed.Select(e => number[e.From])], [.. directed.Select(e => number[e.To])], [.. bidirected.Select(e => number[e.From])], [.. bidirected.Select(e => number[e.To])]);
    }

    private static void Bound(long size)
    {
        if (size > GraphLimits.Edges)
        {
            throw new GraphException($"Without its latent variables the graph has more than {GraphLimits.Edges} edges; expected fewer. Leave out latents with very many effects, or variables that the question does not need.");
        }
    }
}
