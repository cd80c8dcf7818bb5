namespace Caudata.Graphs;

/// <summary>Directed cycles, one for each strongly connected part.</summary>
/// <remarks>Tarjan's algorithm without recursion [tarjan1972]; in each part of two nodes or more a shortest cycle through its lowest node. O(n + m).</remarks>
internal static class Cycles
{
    /// <summary>One cycle a part, its nodes in the order of the arrows, by their lowest node.</summary>
    /// <param name="nodes">Number of nodes, n.</param>
    /// <param name="from">Causes, shape [m].</param>
    /// <param name="to">Effects, shape [m].</param>
    public static List<int[]> Find(int nodes, ReadOnlySpan<int> from, ReadOnlySpan<int> to)
    {
        Adjacency children = Adjacency.Of(nodes, from, to);
        int[] part = Parts(nodes, children, out int parts);
        int[] size = new int[parts], previous = new int[nodes];
        foreach (int p in part)
        {
            size[p]++;
        }

        List<int[]> cycles = [];
        bool[] done = new bool[parts];
        Queue<int> queue = new();
        Array.Fill(previous, -1);
        for (int root = 0; root < nodes; root++)
        {
            if (size[part[root]] < 2 || done[part[root]])
            {
                continue;
            }

            done[part[root]] = true;
            queue.Clear();
            queue.Enqueue(root);
            while (queue.TryDequeue(out int v))
            {
                bool closed = false;
                foreach (int w in children[v])
                {
                    if (w == root)
                    {
                        closed = true;
                        break;
                    }

                    if (part[w] == part[root] && previous[w] < 0)
                    {
                        previous[w] = v;
                        queue.Enqueue(w);
                    }
                }

                if (closed)
                {
                    List<int> cycle = [];
                    for (int at = v; at != root; at = previous[at])
                    {
                        cycle.Add(at);
                    }

                    cycle.Add(root);
                    cycle.Reverse();
                    cycles.Add([.. cycle]);
                    break;
                }
            }
        }

        return cycles;
    }

    private static int[] Parts(int nodes, Adjacency children, out int parts)
    {
        int[] index = new int[nodes], low = new int[nodes], part = new int[nodes], next = new int[nodes];
        Array.Fill(part, -1);
        Stack<int> path = new(), open = new();
        int time = 0;
        parts = 0;
        for (int root = 0; root < nodes; root++)
        {
            if (index[root] > 0)
            {
                continue;
            }

            path.Push(root);
            while (path.TryPeek(out int v))
            {
                if (index[v] == 0)
                {
                    index[v] = low[v] = ++time;
                    open.Push(v);
                }

                bool deeper = false;
                while (next[v] < children[v].Length)
                {
                    int w = children[v][next[v]++];
                    if (index[w] == 0)
                    {
                        path.Push(w);
                        deeper = true;
                        break;
                    }

                    if (part[w] < 0)
                    {
                        low[v] = Math.Min(low[v], index[w]);
                    }
                }

                if (deeper)
                {
                    continue;
                }

                path.Pop();
                if (path.TryPeek(out int above))
                {
                    low[above] = Math.Min(low[above], low[v]);
                }

                if (low[v] == index[v])
                {
                    int w;
                    do
                    {
                        w = open.Pop();
                        part[w] = parts;
                    }
                    while (w != v);
                    parts++;
                }
            }
        }

        return part;
    }
}
