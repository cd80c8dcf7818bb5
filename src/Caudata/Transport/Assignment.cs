using System.Numerics;
using System.Runtime.CompilerServices;

namespace Caudata.Transport;

/// <summary>The cheapest one-to-one assignment by shortest augmenting paths, after Jonker and Volgenant.</summary>
/// <remarks>
/// <para>[jonker1987]: column reduction, reduction transfer, two rounds of augmenting row reduction, then one Dijkstra search per row that is still free.
/// Every scan of a row is one SIMD loop over all columns: columns that are settled carry the potential −∞, so no list of open columns is kept.</para>
/// <para>O(n³) worst case. Ties go to the lowest index, so the answer is a function of the costs.</para>
/// </remarks>
internal static unsafe class Assignment
{
    /// <summary>Fills the column of every row [n] and the column potentials [n]; returns the number of rows scanned.</summary>
    public static long Solve(CostMatrix cost, int[] columnOf, double[] potentials, CancellationToken cancellationToken)
    {
        int n = cost.Rows;
        long scans = 0;
        int[] rowOf = new int[n];
        Array.Fill(rowOf, -1);
        Array.Fill(columnOf, -1);
        fixed (double* c = cost.Values, v = potentials)
        {
            ReduceColumns(c, n, v, columnOf, rowOf);
            List<int> free = [];
            for (int i = 0; i < n; i++)
            {
                if (columnOf[i] < 0)
                {
                    free.Add(i);
                }
            }

            for (int round = 0; round < 2 && free.Count > 0; round++)
            {
                free = ReduceRows(c, n, v, columnOf, rowOf, free, ref scans);
                cancellationToken.ThrowIfCancellationRequested();
            }

            Search search = new(n);
            foreach (int row in free)
            {
                cancellationToken.ThrowIfCancellationRequested();
                search.Augment(c, v, columnOf, rowOf, row, ref scans);
            }
        }

        return scans;
    }

    /// <summary>v = column minima; a row that is the minimum of some column takes the first such column. Rows with exactly one then lower its price as far as they can.</summary>
    private static void ReduceColumns(double* c, int n, double* v, int[] columnOf, int[] rowOf)
    {
        double[] best = new double[n];
        new Span<double>(c, n).CopyTo(new Span<double>(v, n));
        fixed (double* at = best)
        {
            int w = Vector<double>.Count;
            for (int i = 1; i < n; i++)
            {
                double* row = c + ((nint)i * n);
                Vector<double> number = new(i);
                int j = 0;
                for (; j + w <= n; j += w)
                {
                    Vector<double> value = Vector.Load(row + j), old = Vector.Load(v + j);
                    Vector<long> less = Vector.LessThan(value, old);
                    if (Vector.EqualsAll(less, Vector<long>.Zero))
                    {
                        continue;
                    }

                    Vector.ConditionalSelect(less, value, old).Store(v + j);
                    Vector.ConditionalSelect(less, number, Vector.Load(at + j)).Store(at + j);
                }

                for (; j < n; j++)
                {
                    if (row[j] < v[j])
                    {
                        v[j] = row[j];
                        at[j] = i;
                    }
                }
            }
        }

        int[] minima = new int[n];
        for (int j = n - 1; j >= 0; j--)
        {
            int i = (int)best[j];
            if (minima[i]++ == 0)
            {
                columnOf[i] = j;
                rowOf[j] = i;
            }
        }

        for (int i = 0; i < n; i++)
        {
            if (minima[i] == 1)
            {
                int j = columnOf[i];
                double price = v[j];
                v[j] = double.NegativeInfinity; // not a rival of itself
                TwoSmallest(c + ((nint)i * n), v, n, out double rival, out _, out _);
                v[j] = n == 1 ? price : price - (rival - (c[((nint)i * n) + j] - price));
            }
        }
    }

    /// <summary>Every free row takes its best column, lowers that column's price to where its second best is as good, and sets free the row that had it.</summary>
    private static List<int> ReduceRows(double* c, int n, double* v, int[] columnOf, int[] rowOf, List<int> free, ref long scans)
    {
        List<int> left = [];
        Stack<int> todo = new(Enumerable.Reverse(free));
        // Prices fall by rounding errors only where rows tie in long chains; the bound hands such rows to the search below, which cannot stall.
        long budget = 8L * n;
        while (todo.TryPop(out int i))
        {
            if (budget-- <= 0)
            {
                left.Add(i);
                continue;
            }

            scans++;
            double* row = c + ((nint)i * n);
            TwoSmallest(row, v, n, out double first, out double second, out int j);
            int owner = rowOf[j];
            bool lowers = second > first && v[j] - (second - first) < v[j];
            if (lowers)
            {
                if (double.IsFinite(second))
                {
                    v[j] -= second - first;
                }
            }
            else if (owner >= 0)
            {
                for (int k = 0; k < n; k++)
                {
                    if (k != j && row[k] - v[k] == second)
                    {
                        j = k;
                        owner = rowOf[k];
                        break;
                    }
                }
            }

            columnOf[i] = j;
            rowOf[j] = i;
            if (owner >= 0)
            {
                columnOf[owner] = -1;
                if (lowers)
                {
                    todo.Push(owner);
                }
                else
                {
                    left.Add(owner);
                }
            }
        }

        left.Sort();
        return left;
    }

    /// <summary>The smallest and second smallest of row − v, and the lowest index of the smallest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoSmallest(double* row, double* v, int n, out double first, out double second, out int at)
    {
        int w = Vector<double>.Count, j = 0;
        Vector<double> low = new(double.PositiveInfinity), next = low, index = default, number = Vector<double>.Indices, step = new(w);
        for (; j + w <= n; j += w, number += step)
        {
            Vector<double> d = Vector.Load(row + j) - Vector.Load(v + j);
            next = Vector.Min(next, Vector.Max(low, d));
            Vector<long> less = Vector.LessThan(d, low);
            index = Vector.ConditionalSelect(less, number, index);
            low = Vector.Min(low, d);
        }

        first = second = double.PositiveInfinity;
        at = 0;
        for (int lane = 0; lane < w; lane++)
        {
            if (low[lane] < first || (low[lane] == first && index[lane] < at))
            {
                second = Math.Min(first, second);
                first = low[lane];
                at = (int)index[lane];
            }
            else
            {
                second = Math.Min(second, low[lane]);
            }

            second = Math.Min(second, next[lane]);
        }

        for (; j < n; j++)
        {
            double d = row[j] - v[j];
            if (d < first)
            {
                second = first;
                first = d;
                at = j;
            }
            else if (d < second)
            {
                second = d;
            }
        }
    }

    /// <summary>Dijkstra over columns from one free row.</summary>
    private sealed class Search(int n)
    {
        private readonly double[] _distance = new double[n], _price = new double[n], _from = new double[n];
        private readonly int[] _settled = new int[n];
        private readonly double[] _settledAt = new double[n];

        public void Augment(double* c, double* v, int[] columnOf, int[] rowOf, int start, ref long scans)
        {
            fixed (double* distance = _distance, price = _price, from = _from)
            {
                new Span<double>(v, n).CopyTo(_price);
                Array.Fill(_distance, double.PositiveInfinity);
                int count = 0, row = start, end;
                double reached = 0, offset = 0;
                while (true)
                {
                    scans++;
                    int j = Relax(c + ((nint)row * n), price, offset, row, distance, from, out double nearest);
                    reached = nearest;
                    if (rowOf[j] < 0)
                    {
                        end = j;
                        break;
                    }

                    // Settled: never nearest again (distance), never reached again (price).
                    _settled[count] = j;
                    _settledAt[count++] = nearest;
                    distance[j] = double.PositiveInfinity;
                    price[j] = double.NegativeInfinity;
                    row = rowOf[j];
                    offset = c[((nint)row * n) + j] - v[j] - nearest;
                }

                for (int k = 0; k < count; k++)
                {
                    v[_settled[k]] += _settledAt[k] - reached;
                }

                while (true)
                {
                    int i = (int)from[end], before = columnOf[i];
                    columnOf[i] = end;
                    rowOf[end] = i;
                    if (i == start)
                    {
                        return;
                    }

                    end = before;
                }
            }
        }

        /// <summary>Shortens distances through one row; returns the nearest open column, the lowest index where tied.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private int Relax(double* row, double* price, double offset, int number, double* distance, double* from, out double nearest)
        {
            int w = Vector<double>.Count, j = 0;
            Vector<double> shift = new(offset), source = new(number), low = new(double.PositiveInfinity), index = default, at = Vector<double>.Indices, step = new(w);
            for (; j + w <= n; j += w, at += step)
            {
                Vector<double> through = Vector.Load(row + j) - Vector.Load(price + j) - shift, old = Vector.Load(distance + j);
                Vector<long> shorter = Vector.LessThan(through, old);
                if (!Vector.EqualsAll(shorter, Vector<long>.Zero))
                {
                    old = Vector.Min(through, old);
                    old.Store(distance + j);
                    Vector.ConditionalSelect(shorter, source, Vector.Load(from + j)).Store(from + j);
                }

                Vector<long> less = Vector.LessThan(old, low);
                index = Vector.ConditionalSelect(less, at, index);
                low = Vector.Min(low, old);
            }

            nearest = double.PositiveInfinity;
            int best = 0;
            for (int lane = 0; lane < w; lane++)
            {
                if (low[lane] < nearest || (low[lane] == nearest && index[lane] < best))
                {
                    nearest = low[lane];
                    best = (int)index[lane];
                }
            }

            for (; j < n; j++)
            {
                double through = row[j] - price[j] - offset;
                if (through < distance[j])
                {
                    distance[j] = through;
                    from[j] = number;
                }

                if (distance[j] < nearest)
                {
                    nearest = distance[j];
                    best = j;
                }
            }

            return best;
        }
    }
}
