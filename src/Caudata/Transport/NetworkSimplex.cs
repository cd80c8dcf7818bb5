using System.Numerics;
using System.Runtime.CompilerServices;

namespace Caudata.Transport;

/// <summary>Exact transport with any weights: the simplex method on spanning trees of the complete bipartite graph of sources and targets.</summary>
/// <remarks>
/// <para>A basis is a spanning tree; its potentials make every tree arc cost f + g exactly. An arc with negative reduced cost enters, the tightest arc of its cycle leaves, and the subtree that
/// is cut off is hung up again. Pricing looks at blocks of rows in turn and keeps the best arc of every row of the block as candidates; [bonneel2011] uses the same network, with blocks of arcs.</para>
/// <para>Weights are held as integers and perturbed as in [dantzig1951]: one unit more for every source, all of them for the last target. No basis is then degenerate, every pivot makes
/// progress, and the method ends. The plan is computed from the final tree and the unperturbed weights.</para>
/// <para>Ties go to the lowest index: the answer is a function of the problem.</para>
/// </remarks>
internal sealed unsafe class NetworkSimplex
{
    /// <summary>Reduced costs above −this × the largest |cost| count as 0: some hundred roundings of double precision.</summary>
    private const double RelativeTolerance = 1e-13;

    /// <summary>Shares of the mass below this are rounding errors of subtracted weights, no flow.</summary>
    private const double RoundedMass = 1e-15;

    /// <summary>Rows looked at before pivoting. Of 2 to 128, 8 to 32 were fastest on the clouds of the peer benchmark with equal and with random weights.</summary>
    private const int CandidateRows = 16;

    /// <summary>Spread of the costs over ε of the smoothed start: the largest at which the kernel needs no absorption.</summary>
    private const double SmoothedSpread = 50;

    /// <summary>Steps of the smoothed start; 100 save no more pivots than 20.</summary>
    private const int SmoothedSteps = 10;

    private readonly CostMatrix _cost;
    private readonly int _n, _m;
    private readonly int[] _parent, _child, _next, _previous, _depth, _order;
    private readonly long[] _flow;

    /// <summary>f [n], then g [m].</summary>
    private readonly double[] _potential;

    private NetworkSimplex(CostMatrix cost)
    {
        _cost = cost;
        _n = cost.Rows;
        _m = cost.Columns;
        int nodes = _n + _m;
        _parent = new int[nodes];
        _child = new int[nodes];
        _next = new int[nodes];
        _previous = new int[nodes];
        _depth = new int[nodes];
        _order = new int[nodes];
        _flow = new long[nodes];
        _potential = new double[nodes];
    }

    /// <summary>Writes the column potentials and the entries of the plan (row, column, share of the mass); returns the number of pivots.</summary>
    public static long Solve(CostMatrix cost, double[] rowMass, double[] columnMass, double[] columnPotentials, List<(int Row, int Column, double Mass)> entries, CancellationToken cancellationToken)
    {
        NetworkSimplex simplex = new(cost);
        simplex.Start(rowMass, columnMass, cancellationToken);
        long pivots = simplex.Improve(cancellationToken);
        simplex._potential.AsSpan(simplex._n).CopyTo(columnPotentials);
        simplex.ReadPlan(rowMass, columnMass, entries);
        return pivots;
    }

    /// <summary>Weights as integers whose totals agree, perturbed so that no proper part of the rows weighs as much as a part of the columns.</summary>
    private (long[] Rows, long[] Columns) Units(double[] rowMass, double[] columnMass)
    {
        double unit = Math.ScaleB(1, 60) / (_n + 1);
        long[] rows = new long[_n], columns = new long[_m];
        long difference = 0;
        for (int i = 0; i < _n; i++)
        {
            rows[i] = (long)(rowMass[i] * unit);
            difference += rows[i];
        }

        for (int j = 0; j < _m; j++)
        {
            columns[j] = Math.Max(1, (long)(columnMass[j] * unit));
            difference -= columns[j];
        }

        // Rounding differences go where they weigh least.
        if (difference > 0)
        {
            columns[Array.IndexOf(columns, columns.Max())] += difference;
        }
        else
        {
            rows[Array.IndexOf(rows, rows.Max())] -= difference;
        }

        for (int i = 0; i < _n; i++)
        {
            rows[i] = (rows[i] * (_n + 1)) + 1;
        }

        for (int j = 0; j < _m; j++)
        {
            columns[j] *= _n + 1;
        }

        columns[_m - 1] += _n;
        return (rows, columns);
    }

    /// <summary>A first tree: every source in turn fills the targets that are cheapest for it, under prices that a few smoothed steps suggest.</summary>
    private void Start(double[] rowMass, double[] columnMass, CancellationToken cancellationToken)
    {
        (long[] supply, long[] demand) = Units(rowMass, columnMass);
        double[] price = SmoothedPrices(rowMass, columnMass, cancellationToken);
        List<(int Row, int Column, long Flow)> arcs = new(_n + _m);
        fixed (double* g = price)
        {
            for (int i = 0; i < _n; i++)
            {
                fixed (double* row = _cost.Row(i))
                {
                    while (supply[i] > 0)
                    {
                        Smallest(row, g, _m, out int j);
                        long flow = Math.Min(supply[i], demand[j]);
                        arcs.Add((i, j, flow));
                        supply[i] -= flow;
                        demand[j] -= flow;
                        if (demand[j] == 0)
                        {
                            g[j] = double.NegativeInfinity;
                        }
                    }
                }
            }
        }

        Hang(arcs);
    }

    /// <summary>Column potentials after a few steps of Sinkhorn's iteration at a hundredth of the spread: near enough to the optimal ones to start well.</summary>
    private double[] SmoothedPrices(double[] rowMass, double[] columnMass, CancellationToken cancellationToken)
    {
        double scale = SmoothedSpread / (_cost.Maximum - _cost.Minimum);
        if (!double.IsFinite(scale))
        {
            return new double[_m];
        }

        using GibbsKernel kernel = new(_cost, rowMass, columnMass, threads: 1, cancellationToken);
        Array.Fill(kernel.RowPotential, _cost.Minimum * scale);
        kernel.Build(scale);
        for (int step = 0; step < SmoothedSteps; step++)
        {
            kernel.ScaleColumns();
            kernel.ScaleRows();
        }

        kernel.ScaleColumns();
        kernel.Absorb(rows: false, columns: true);
        double[] prices = [.. kernel.ColumnPotential.Select(c => c / scale)];
        // Any finite prices give a legal start; costs that hardly differ from a huge common part may give others.
        return Array.TrueForAll(prices, double.IsFinite) ? prices : new double[_m];
    }

    /// <summary>Roots the tree of these arcs at source 0.</summary>
    private void Hang(List<(int Row, int Column, long Flow)> arcs)
    {
        int nodes = _n + _m;
        int[] first = new int[nodes], link = new int[2 * arcs.Count];
        Array.Fill(first, -1);
        for (int e = 0; e < arcs.Count; e++)
        {
            int i = arcs[e].Row, j = _n + arcs[e].Column;
            link[2 * e] = first[i];
            first[i] = 2 * e;
            link[(2 * e) + 1] = first[j];
            first[j] = (2 * e) + 1;
        }

        Array.Fill(_child, -1);
        Array.Fill(_next, -1);
        Array.Fill(_previous, -1);
        Array.Fill(_parent, -1);
        Stack<int> todo = new([0]);
        while (todo.TryPop(out int node))
        {
            for (int e = first[node]; e >= 0; e = link[e])
            {
                (int row, int column, long flow) = arcs[e / 2];
                int other = (e & 1) == 0 ? _n + column : row;
                if (other != _parent[node])
                {
                    Attach(other, node, flow);
                    todo.Push(other);
                }
            }
        }

        Potentials();
    }

    /// <summary>Depths and potentials of the whole tree, from the costs: no rounding is carried over from pivots.</summary>
    private void Potentials()
    {
        _potential[0] = 0;
        _depth[0] = 0;
        int count = 0;
        for (int node = 0; node >= 0; node = After(node, 0))
        {
            _order[count++] = node;
            if (node > 0)
            {
                int parent = _parent[node];
                _depth[node] = _depth[parent] + 1;
                _potential[node] = (node < _n ? _cost.Row(node)[parent - _n] : _cost.Row(parent)[node - _n]) - _potential[parent];
            }
        }
    }

    private long Improve(CancellationToken cancellationToken)
    {
        double tolerance = RelativeTolerance * Math.Max(Math.Abs(_cost.Minimum), Math.Abs(_cost.Maximum));
        Span<int> candidateRow = stackalloc int[CandidateRows], candidateColumn = stackalloc int[CandidateRows];
        long pivots = 0;
        int row = 0, quiet = 0;
        bool fresh = true;
        fixed (double* f = _potential)
        {
            double* g = f + _n;
            while (true)
            {
                int count = 0;
                for (int looked = 0; (looked < CandidateRows || count == 0) && quiet < _n; looked++)
                {
                    double best;
                    int at;
                    fixed (double* c = _cost.Row(row))
                    {
                        best = Smallest(c, g, _m, out at);
                    }

                    if (best - f[row] < -tolerance)
                    {
                        candidateRow[count] = row;
                        candidateColumn[count++] = at;
                        quiet = 0;
                    }
                    else
                    {
                        quiet++;
                    }

                    row = row + 1 == _n ? 0 : row + 1;
                }

                if (count == 0)
                {
                    if (fresh)
                    {
                        return pivots;
                    }

                    Potentials();
                    fresh = true;
                    quiet = 0;
                    continue;
                }

                cancellationToken.ThrowIfCancellationRequested();
                quiet = 0;
                fresh = false;
                while (count > 0)
                {
                    double best = -tolerance;
                    int chosen = -1, kept = 0;
                    for (int k = 0; k < count; k++)
                    {
                        int i = candidateRow[k], j = candidateColumn[k];
                        double reduced = _cost.Row(i)[j] - f[i] - g[j];
                        if (reduced < -tolerance)
                        {
                            if (reduced < best)
                            {
                                best = reduced;
                                chosen = kept;
                            }

                            candidateRow[kept] = i;
                            candidateColumn[kept++] = j;
                        }
                    }

                    count = kept;
                    if (chosen >= 0)
                    {
                        Pivot(candidateRow[chosen], _n + candidateColumn[chosen], best);
                        pivots++;
                        candidateRow[chosen] = candidateRow[--count];
                        candidateColumn[chosen] = candidateColumn[count];
                    }
                }
            }
        }
    }

    /// <summary>The arc from source i to target j enters with this reduced cost.</summary>
    private void Pivot(int i, int j, double reduced)
    {
        // Around the cycle, arcs of sources on the source's side and of targets on the target's side lose flow.
        int[] parent = _parent, depth = _depth;
        long[] flow = _flow;
        long delta = long.MaxValue;
        int leaving = -1, u = i, v = j;
        bool bySource = false;
        while (u != v)
        {
            if (depth[u] >= depth[v])
            {
                if (u < _n && flow[u] < delta)
                {
                    delta = flow[u];
                    leaving = u;
                    bySource = true;
                }

                u = parent[u];
            }
            else
            {
                if (v >= _n && flow[v] < delta)
                {
                    delta = flow[v];
                    leaving = v;
                    bySource = false;
                }

                v = parent[v];
            }
        }

        for (int node = i; node != u; node = parent[node])
        {
            flow[node] += node < _n ? -delta : delta;
        }

        for (int node = j; node != u; node = parent[node])
        {
            flow[node] += node < _n ? delta : -delta;
        }

        // Turn the path from the entering arc to the leaving arc round.
        int top = bySource ? i : j, under = bySource ? j : i, moved = top;
        long carried = delta;
        while (true)
        {
            int above = parent[moved];
            long old = flow[moved];
            Detach(moved);
            Attach(moved, under, carried);
            if (moved == leaving)
            {
                break;
            }

            under = moved;
            carried = old;
            moved = above;
        }

        double sources = bySource ? reduced : -reduced;
        for (int node = top; node >= 0; node = After(node, top))
        {
            depth[node] = depth[parent[node]] + 1;
            _potential[node] += node < _n ? sources : -sources;
        }
    }

    /// <summary>The next node of a subtree in depth-first order, or −1 after its last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int After(int node, int top)
    {
        if (_child[node] >= 0)
        {
            return _child[node];
        }

        while (node != top)
        {
            if (_next[node] >= 0)
            {
                return _next[node];
            }

            node = _parent[node];
        }

        return -1;
    }

    private void Attach(int node, int parent, long flow)
    {
        int sibling = _child[parent];
        _parent[node] = parent;
        _flow[node] = flow;
        _next[node] = sibling;
        _previous[node] = -1;
        _child[parent] = node;
        if (sibling >= 0)
        {
            _previous[sibling] = node;
        }
    }

    private void Detach(int node)
    {
        int before = _previous[node], after = _next[node];
        if (before >= 0)
        {
            _next[before] = after;
        }
        else
        {
            _child[_parent[node]] = after;
        }

        if (after >= 0)
        {
            _previous[after] = before;
        }
    }

    /// <summary>The only flow on the final tree with these weights: what a subtree has too much of leaves it through its root.</summary>
    private void ReadPlan(double[] rowMass, double[] columnMass, List<(int Row, int Column, double Mass)> entries)
    {
        double[] left = [.. rowMass, .. columnMass];
        for (int k = _order.Length - 1; k > 0; k--)
        {
            int node = _order[k], parent = _parent[node];
            double mass = left[node];
            left[parent] -= mass;
            if (mass > RoundedMass)
            {
                entries.Add(node < _n ? (node, parent - _n, mass) : (parent, node - _n, mass));
            }
        }
    }

    /// <summary>The smallest of row − g, and its lowest index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Smallest(double* row, double* g, int m, out int at)
    {
        int w = Vector<double>.Count, j = 0;
        Vector<double> low = new(double.PositiveInfinity), index = default, number = Vector<double>.Indices, step = new(w);
        for (; j + w <= m; j += w, number += step)
        {
            Vector<double> d = Vector.Load(row + j) - Vector.Load(g + j);
            Vector<long> less = Vector.LessThan(d, low);
            index = Vector.ConditionalSelect(less, number, index);
            low = Vector.Min(low, d);
        }

        double smallest = double.PositiveInfinity;
        at = 0;
        for (int lane = 0; lane < w; lane++)
        {
            if (low[lane] < smallest || (low[lane] == smallest && index[lane] < at))
            {
                smallest = low[lane];
                at = (int)index[lane];
            }
        }

        for (; j < m; j++)
        {
            double d = row[j] - g[j];
            if (d < smallest)
            {
                smallest = d;
                at = j;
            }
        }

        return smallest;
    }
}
