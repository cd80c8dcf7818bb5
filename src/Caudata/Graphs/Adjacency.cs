namespace Caudata.Graphs;

/// <summary>Neighbours of every node in one array (compressed sparse rows), each row ascending.</summary>
internal sealed class Adjacency
{
    private readonly int[] _start, _items;

    private Adjacency(int[] start, int[] items) => (_start, _items) = (start, items);

    /// <summary>Number of entries of all rows.</summary>
    public int Length => _items.Length;

    /// <summary>The neighbours of a node.</summary>
    /// <param name="node">The node.</param>
    public ReadOnlySpan<int> this[int node] => _items.AsSpan(_start[node], _start[node + 1] - _start[node]);

    /// <summary>Rows from pairs: a stable counting sort by second, then by first, O(n + m).</summary>
    /// <param name="nodes">n.</param>
    /// <param name="first">First of each pair, shape [m].</param>
    /// <param name="second">Second of each pair, shape [m].</param>
    public static Adjacency Of(int nodes, ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        int[] order = new int[first.Length], items = new int[first.Length];
        int[] at = Starts(nodes, second);
        for (int e = 0; e < second.Length; e++)
        {
            order[at[second[e]]++] = e;
        }

        int[] start = Starts(nodes, first);
        int[] next = (int[])start.Clone();
        foreach (int e in order)
        {
            items[next[first[e]]++] = second[e];
        }

        return new Adjacency(start, items);
    }

    private static int[] Starts(int nodes, ReadOnlySpan<int> keys)
    {
        int[] start = new int[nodes + 1];
        foreach (int key in keys)
        {
            start[key + 1]++;
        }

        for (int v = 0; v < nodes; v++)
        {
            start[v + 1] += start[v];
        }

        return start;
    }
}
