namespace Caudata.Identification;

/// <summary>Maximum flow in a network with real capacities, by blocking flows over shortest paths [dinic1970], without recursion.</summary>
/// <param name="nodes">Number of nodes.</param>
internal sealed class MaximumFlow(int nodes)
{
    private readonly List<int> _to = [], _next = [];
    private readonly List<double> _left = [];
    private readonly int[] _first = Filled(nodes), _level = new int[nodes];

    /// <summary>Adds an arc.</summary>
    /// <param name="from">Its start.</param>
    /// <param name="to">Its end.</param>
    /// <param name="capacity">Its capacity; may be infinite.</param>
    public void Add(int from, int to, double capacity)
    {
        Half(from, to, capacity);
        Half(to, from, 0);
    }

    /// <summary>The nodes on the source's side of a minimum cut, true for each; the cut must be finite.</summary>
    /// <param name="source">The source.</param>
    /// <param name="sink">The sink.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public bool[] SourceSide(int source, int sink, CancellationToken cancellationToken)
    {
        while (Reaches(source, sink))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Block(source, sink);
        }

        return [.. _level.Select(level => level >= 0)];
    }

    private static int[] Filled(int length)
    {
        int[] values = new int[length];
        Array.Fill(values, -1);
        return values;
    }

    private void Half(int from, int to, double capacity)
    {
        _to.Add(to);
        _left.Add(capacity);
        _next.Add(_first[from]);
        _first[from] = _to.Count - 1;
    }

    private bool Reaches(int source, int sink)
    {
        Array.Fill(_level, -1);
        _level[source] = 0;
        Queue<int> open = new([source]);
        while (open.TryDequeue(out int v))
        {
            for (int arc = _first[v]; arc >= 0; arc = _next[arc])
            {
                if (_left[arc] > 0 && _level[_to[arc]] < 0)
                {
                    _level[_to[arc]] = _level[v] + 1;
                    open.Enqueue(_to[arc]);
                }
            }
        }

        return _level[sink] >= 0;
    }

    // Depth first along rising levels; an arc that leads nowhere is not looked at again.
    private void Block(int source, int sink)
    {
        int[] at = (int[])_first.Clone();
        List<int> path = [];
        int v = source;
        while (true)
        {
            if (v == sink)
            {
                double most = path.Min(arc => _left[arc]);
                int cut = -1;
                for (int k = path.Count - 1; k >= 0; k--)
                {
                    int arc = path[k];
                    _left[arc] -= most;
                    _left[arc ^ 1] += most;
                    cut = _left[arc] <= 0 ? k : cut;
                }

                v = _to[path[cut] ^ 1];
                path.RemoveRange(cut, path.Count - cut);
            }

            int arcOut = at[v];
            while (arcOut >= 0 && !(_left[arcOut] > 0 && _level[_to[arcOut]] == _level[v] + 1))
            {
                arcOut = _next[arcOut];
            }

            at[v] = arcOut;
            if (arcOut >= 0)
            {
                path.Add(arcOut);
                v = _to[arcOut];
            }
            else if (path.Count > 0)
            {
                v = _to[path[^1] ^ 1];
                path.RemoveAt(path.Count - 1);
                at[v] = _next[at[v]];
            }
            else
            {
                return;
            }
        }
    }
}
