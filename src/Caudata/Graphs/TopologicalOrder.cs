namespace Caudata.Graphs;

/// <summary>An order in which every cause stands before its effects.</summary>
/// <remarks>Kahn's algorithm with a first-in-first-out queue that starts with the sources by number [kahn1962]: the same graph gives the same order, O(n + m).</remarks>
public static class TopologicalOrder
{
    /// <summary>The variables in topological order, shape [n].</summary>
    /// <param name="graph">The graph.</param>
    public static int[] Of(CausalGraph graph)
    {
        int[] order = new int[graph.Count], waiting = new int[graph.Count];
        int end = 0;
        for (int v = 0; v < graph.Count; v++)
        {
            waiting[v] = graph.Parents(v).Length;
            if (waiting[v] == 0)
            {
                order[end++] = v;
            }
        }

        for (int next = 0; next < end; next++)
        {
            foreach (int child in graph.Children(order[next]))
            {
                if (--waiting[child] == 0)
                {
                    order[end++] = child;
                }
            }
        }

        return order;
    }
}
