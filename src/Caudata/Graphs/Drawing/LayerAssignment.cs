namespace Caudata.Graphs.Drawing;

/// <summary>The layer of every variable: causes left of their effects.</summary>
/// <remarks>Longest paths from the sources; then variables with more effects than causes move towards their effects, so that edges get shorter. Variables with bidirected edges only stand where their first sibling stands, indicators without edges behind their variable. O(n + m).</remarks>
internal static class LayerAssignment
{
    /// <summary>Layers from 0 without gaps, shape [n].</summary>
    public static int[] Of(CausalGraph graph)
    {
        int[] order = TopologicalOrder.Of(graph), layer = new int[graph.Count];
        foreach (int v in order)
        {
            foreach (int parent in graph.Parents(v))
            {
                layer[v] = Math.Max(layer[v], layer[parent] + 1);
            }
        }

        for (int k = order.Length - 1; k >= 0; k--)
        {
            int v = order[k];
            if (graph.Children(v).Length > graph.Parents(v).Length)
            {
                int nearest = int.MaxValue;
                foreach (int child in graph.Children(v))
                {
                    nearest = Math.Min(nearest, layer[child]);
                }

                layer[v] = nearest - 1;
            }
        }

        foreach (int v in order)
        {
            if (graph.Children(v).IsEmpty && graph.Parents(v).IsEmpty && !graph.Siblings(v).IsEmpty)
            {
                layer[v] = layer[graph.Siblings(v)[0]];
            }
            else if (graph.Variables[v].Of is int of && IsAlone(graph, v))
            {
                layer[v] = layer[of] + 1;
            }
        }

        int[] used = [.. layer.Distinct().Order()];
        Dictionary<int, int> compact = used.Select((value, index) => (value, index)).ToDictionary(p => p.value, p => p.index);
        return [.. layer.Select(value => compact[value])];
    }

    /// <summary>True when no edge meets the variable.</summary>
    public static bool IsAlone(CausalGraph graph, int v) => graph.Children(v).IsEmpty && graph.Parents(v).IsEmpty && graph.Siblings(v).IsEmpty;
}
