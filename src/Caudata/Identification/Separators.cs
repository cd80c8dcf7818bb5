using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>Sets of allowed variables that m-separate X from Y: one, all, the cheapest.</summary>
/// <remarks>
/// <para>All minimal separators that hold a fixed part lie among the ancestors of X, Y and that part, and are the minimal vertex cuts of the moral graph there [vanderzander2019]. Variables that are not allowed are walked
/// through; the fixed part is taken out.</para>
/// <para>Listing follows the separator that is nearest to X: the ones farther away have one of its members on the side of X, which splits the rest into disjoint parts [takata2010]. Each answer costs at most one search a member, O(n (n + m)), and none comes twice.</para>
/// </remarks>
internal sealed class Separators
{
    private readonly CausalGraph _graph;
    private readonly MoralCliques _cliques;
    private readonly VariableSet _allowed;
    private readonly int[] _x, _y;
    private readonly bool[] _isAllowed, _isFixed, _isY;
    private readonly int[] _seen, _seenClique, _queue;
    private readonly byte[] _stops;
    private int _stamp, _end;

    /// <summary>A problem.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">One side, not empty.</param>
    /// <param name="y">The other side, not empty.</param>
    /// <param name="allowed">What may be in a separator.</param>
    /// <param name="always">What is in it in any case; it does not count as part of an answer.</param>
    public Separators(CausalGraph graph, VariableSet x, VariableSet y, VariableSet allowed, VariableSet always)
    {
        _graph = graph;
        VariableSet ancestral = Ancestors.Of(graph, x.Union(y).Union(always));
        _allowed = allowed.Intersect(ancestral).Except(x).Except(y).Except(always);
        _cliques = new MoralCliques(graph, ancestral);
        (_x, _y) = (x.ToArray(), y.ToArray());
        (_isAllowed, _isFixed, _isY) = (Marks(_allowed), Marks(always), Marks(y));
        (_seen, _seenClique, _queue, _stops) = (new int[graph.Count], new int[_cliques.Count], new int[graph.Count], new byte[graph.Count]);
    }

    /// <summary>Variables and cliques that searches have walked over so far: the measure of work.</summary>
    public long Work { get; private set; }

    /// <summary>The minimal separator nearest to X, or null when there is none.</summary>
    public VariableSet? Nearest() => Close([]) is { } found ? VariableSet.Of(_graph.Count, found.Separator) : null;

    /// <summary>All minimal separators, the nearest to X first; the sequence ends early when the work passes a bound, and <see cref="Work"/> tells.</summary>
    /// <param name="mostWork">The bound.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public IEnumerable<VariableSet> All(long mostWork, CancellationToken cancellationToken)
    {
        if (Close([]) is not { } first)
        {
            yield break;
        }

        Stack<Branch> path = new();
        path.Push(new Branch(first.Separator, first.Side, []));
        yield return VariableSet.Of(_graph.Count, first.Separator);
        while (path.TryPeek(out Branch? at) && Work <= mostWork)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (at.Next == at.Separator.Length)
            {
                path.Pop();
                continue;
            }

            int pivot = at.Separator[at.Next++];
            if (at.Barred.Contains(pivot))
            {
                continue;
            }

            // Answers with the pivot on the side of X and none of the barred ones there; after this branch the pivot is barred too.
            (int[] Separator, int[] Side)? next = Close([.. at.Side, pivot]);
            if (next is { } found && !found.Side.Any(at.Barred.Contains))
            {
                path.Push(new Branch(found.Separator, found.Side, [.. at.Barred]));
                at.Barred.Add(pivot);
                yield return VariableSet.Of(_graph.Count, found.Separator);
            }
            else
            {
                at.Barred.Add(pivot);
            }
        }
    }

    /// <summary>A separator whose costs have the smallest sum, or null when there is none.</summary>
    /// <param name="cost">Cost of an allowed variable, positive and finite.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <remarks>A minimum vertex cut by maximum flow [dinic1970]: O(n² m).</remarks>
    public VariableSet? Cheapest(Func<int, double> cost, CancellationToken cancellationToken)
    {
        if (Nearest() is null)
        {
            return null;
        }

        // A variable v is an arc from node v to node n + v of its cost; a clique is one node; 2 n + cliques is the source, the next one the sink.
        int n = _graph.Count, source = 2 * n + _cliques.Count, sink = source + 1;
        MaximumFlow flow = new(sink + 1);
        for (int v = 0; v < n; v++)
        {
            if (_isFixed[v] || _cliques.Of(v).IsEmpty)
            {
                continue;
            }

            flow.Add(v, n + v, _isAllowed[v] ? cost(v) : double.PositiveInfinity);
            foreach (int clique in _cliques.Of(v))
            {
                flow.Add(n + v, 2 * n + clique, double.PositiveInfinity);
                flow.Add(2 * n + clique, v, double.PositiveInfinity);
            }
        }

        foreach (int v in _x)
        {
            flow.Add(source, v, double.PositiveInfinity);
        }

        foreach (int v in _y)
        {
            flow.Add(n + v, sink, double.PositiveInfinity);
        }

        bool[] side = flow.SourceSide(source, sink, cancellationToken);
        return VariableSet.Where(n, v => _isAllowed[v] && side[v] && !side[n + v]);
    }

    // The minimal separator nearest to a set on the side of X, with the part of the allowed variables that it leaves on that side; null when the set touches Y.
    private (int[] Separator, int[] Side)? Close(int[] side)
    {
        int[] around = Border([.. _x, .. side], static (s, v) => s._isAllowed[v], out bool touches);
        if (touches)
        {
            return null;
        }

        int[] separator = Among(_y, around);
        Array.Sort(separator);
        foreach (int v in separator)
        {
            _stops[v] = 1;
        }

        _ = Border(_x, static (s, v) => s._stops[v] != 0, out _);
        int[] inner = [.. _queue.AsSpan(0, _end).ToArray().Where(v => _isAllowed[v])];
        foreach (int v in separator)
        {
            _stops[v] = 0;
        }

        return (separator, inner);
    }

    private int[] Among(int[] starts, int[] stops)
    {
        foreach (int v in stops)
        {
            _stops[v] = 1;
        }

        int[] met = Border(starts, static (s, v) => s._stops[v] != 0, out _);
        foreach (int v in stops)
        {
            _stops[v] = 0;
        }

        return met;
    }

    // Searches from some variables and does not go past others; gives those others that it met. The queue holds the variables within.
    private int[] Border(ReadOnlySpan<int> starts, Func<Separators, int, bool> stops, out bool touchesY)
    {
        _stamp++;
        _end = 0;
        touchesY = false;
        List<int> border = [];
        foreach (int v in starts)
        {
            _seen[v] = _stamp;
            _queue[_end++] = v;
        }

        for (int next = 0; next < _end; next++)
        {
            foreach (int clique in _cliques.Of(_queue[next]))
            {
                if (_seenClique[clique] == _stamp)
                {
                    continue;
                }

                _seenClique[clique] = _stamp;
                ReadOnlySpan<int> members = _cliques.Members(clique);
                Work += members.Length + 1;
                foreach (int v in members)
                {
                    if (_seen[v] == _stamp || _isFixed[v])
                    {
                        continue;
                    }

                    _seen[v] = _stamp;
                    touchesY |= _isY[v];
                    if (stops(this, v))
                    {
                        border.Add(v);
                    }
                    else
                    {
                        _queue[_end++] = v;
                    }
                }
            }
        }

        return [.. border];
    }

    private bool[] Marks(VariableSet set)
    {
        bool[] marks = new bool[_graph.Count];
        foreach (int v in set.ToArray())
        {
            marks[v] = true;
        }

        return marks;
    }

    private sealed class Branch(int[] separator, int[] side, HashSet<int> barred)
    {
        public int[] Separator { get; } = separator;

        public int[] Side { get; } = side;

        public HashSet<int> Barred { get; } = barred;

        public int Next { get; set; }
    }
}
