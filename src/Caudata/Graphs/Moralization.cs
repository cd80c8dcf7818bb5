using System.Collections.Immutable;

namespace Caudata.Graphs;

/// <summary>The moral graph: edges without direction, and an edge between all who meet at colliders.</summary>
/// <remarks>
/// <para>With bidirected edges this is the augmented graph: two variables are joined when a path of colliders only joins them, so each district with its parents becomes a clique [richardson2003]. X and Y are m-separated
/// given Z in a graph exactly when Z separates them in the moral graph of the ancestors of X, Y and Z.</para>
/// <para>O(n + size of the result); the result may have a number of edges quadratic in the largest district with its parents.</para>
/// </remarks>
public static class Moralization
{
    /// <summary>The moral graph of the whole graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <exception cref="GraphException">It would have more than <see cref="GraphLimits.Edges"/> edges.</exception>
    public static UndirectedGraph Of(CausalGraph graph) => Of(graph, VariableSet.Where(graph.Count, _ => true));

    /// <summary>The moral graph of a part of the graph; variables outside stay without edges.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="within">The part, for m-separation an ancestral set.</param>
    /// <exception cref="GraphException">It would have more than <see cref="GraphLimits.Edges"/> edges.</exception>
    public static UndirectedGraph Of(CausalGraph graph, VariableSet within)
    {
        HashSet<(int, int)> edges = [];
        foreach (ImmutableArray<int> district in Districts.Of(graph, within))
        {
            SortedSet<int> clique = [.. district];
            foreach (int v in district)
            {
                foreach (int parent in graph.Parents(v))
                {
                    if (within.Contains(parent))
                    {
                        clique.Add(parent);
                    }
                }
            }

            int[] members = [.. clique];
            for (int i = 0; i < members.Length; i++)
            {
                for (int j = i + 1; j < members.Length; j++)
                {
                    edges.Add((members[i], members[j]));
                }

                if (edges.Count > GraphLimits.Edges)
                {
                    throw new GraphException($"The moral graph has more than {GraphLimits.Edges} edges: the district of '{graph.Variables[district[0]].Name}' has {district.Length} variables and, with its parents, {members.Length}. Ask for a smaller part of the graph.");
                }
            }
        }

        return new UndirectedGraph(graph.Count, [.. edges.Select(e => e.Item1)], [.. edges.Select(e => e.Item2)]);
    }
}
