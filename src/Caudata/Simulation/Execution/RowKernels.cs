using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Caudata.Numerics;
using Caudata.Simulation.Compilation;

namespace Caudata.Simulation.Execution;

/// <summary>Operations that see a whole row at once.</summary>
internal static class RowKernels
{
    private const int FewSmallest = 64;

    /// <summary>Sum in a fixed order: eight partial sums by index modulo 8, then in pairs; the same bits at every vector width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(ReadOnlySpan<double> values)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int i = 0;
        for (; i <= values.Length - 8; i += 8)
        {
            s0 += values[i];
            s1 += values[i + 1];
            s2 += values[i + 2];
            s3 += values[i + 3];
            s4 += values[i + 4];
            s5 += values[i + 5];
            s6 += values[i + 6];
            s7 += values[i + 7];
        }

        double sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        for (; i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    /// <summary>The aggregate of a row.</summary>
    public static double Reduce(ReadOnlySpan<double> values, Reduction reduction)
    {
        switch (reduction)
        {
            case Reduction.Sum:
                return Sum(values);
            case Reduction.Mean:
                return Sum(values) / values.Length;
            default:
                double extreme = values[0];
                foreach (double value in values)
                {
                    extreme = double.IsNaN(value) || double.IsNaN(extreme) ? double.NaN : reduction == Reduction.Min ? Math.Min(extreme, value) : Math.Max(extreme, value);
                }

                return extreme;
        }
    }

    /// <summary>For each unit the sum over its related units: Σ over t in relation(i) of values[t]. Only values other than 0 cost time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumRelated(ReadOnlySpan<double> values, WorldRelation relation, Span<double> target)
    {
        target.Clear();
        ReadOnlySpan<int> starts = relation.ReverseStarts, members = relation.ReverseMembers;
        for (int t = 0; t < values.Length; t++)
        {
            if (values[t] != 0)
            {
                foreach (int i in members[starts[t]..starts[t + 1]])
                {
                    target[i] += values[t];
                }
            }
        }
    }

    /// <summary>For each unit the aggregate over its related units; of none the sum is 0, the mean, least and largest are NaN.</summary>
    public static void Relate(ReadOnlySpan<double> values, WorldRelation relation, Reduction reduction, Span<double> target)
    {
        if (reduction is Reduction.Sum or Reduction.Mean)
        {
            SumRelated(values, relation, target);
            if (reduction == Reduction.Mean)
            {
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] /= relation[i].Length;
                }
            }

            return;
        }

        for (int i = 0; i < target.Length; i++)
        {
            double extreme = double.NaN;
            foreach (int t in relation[i])
            {
                extreme = double.IsNaN(extreme) ? values[t] : reduction == Reduction.Min ? Math.Min(extreme, values[t]) : Math.Max(extreme, values[t]);
            }

            target[i] = extreme;
        }
    }

    /// <summary>1 for the <paramref name="count"/> smallest numbers, else 0; of equal ones the first. Infinite numbers are never among them; NaN, as a number or as the count, makes all NaN.</summary>
    /// <param name="values">The numbers, shape [n].</param>
    /// <param name="count">How many; cut to what there is.</param>
    /// <param name="target">Receives zeros and ones.</param>
    /// <param name="scratch">At least n numbers; overwritten.</param>
    public static void Smallest(ReadOnlySpan<double> values, double count, Span<double> target, Span<double> scratch)
    {
        if (double.IsNaN(count) || double.IsNaN(Sum(values)))
        {
            target.Fill(double.NaN);
            return;
        }

        if (!(count >= 1))
        {
            target.Clear();
            return;
        }

        if (count <= FewSmallest && count * 4 <= values.Length)
        {
            FewOf(values, (int)count, target);
            return;
        }

        int n = 0;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                scratch[n++] = value;
            }
        }

        int k = count >= n ? n : (int)count;
        if (k == 0)
        {
            target.Clear();
            return;
        }

        double bound = SelectKth(scratch[..n], k - 1);
        int left = k;
        for (int i = 0; i < values.Length; i++)
        {
            left -= values[i] < bound && double.IsFinite(values[i]) ? 1 : 0;
        }

        for (int i = 0; i < values.Length; i++)
        {
            target[i] = double.IsFinite(values[i]) && (values[i] < bound || (values[i] == bound && left-- > 0)) ? 1 : 0;
        }
    }

    // The smallest so far in rising order; what is not below their largest is passed over.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FewOf(ReadOnlySpan<double> values, int k, Span<double> target)
    {
        Span<double> least = stackalloc double[FewSmallest];
        Span<int> places = stackalloc int[FewSmallest];
        least[..k].Fill(double.PositiveInfinity);
        double bound = double.PositiveInfinity;
        int found = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            if (!(value < bound) || !double.IsFinite(value))
            {
                continue;
            }

            found = Math.Min(found + 1, k);
            int at = found - 1;
            for (; at > 0 && least[at - 1] > value; at--)
            {
                least[at] = least[at - 1];
                places[at] = places[at - 1];
            }

            least[at] = value;
            places[at] = i;
            bound = least[k - 1];
        }

        target.Clear();
        for (int n = 0; n < found; n++)
        {
            target[places[n]] = 1;
        }
    }

    /// <summary>Place of each number among all, 0 for the largest; of equal ones the first comes first.</summary>
    public static void Rank(ReadOnlySpan<double> values, Span<double> target)
    {
        double[] keys = values.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(order, (a, b) => keys[b].CompareTo(keys[a]) is var difference and not 0 ? difference : a.CompareTo(b));
        for (int place = 0; place < order.Length; place++)
        {
            target[order[place]] = place;
        }
    }

    /// <summary>target[j] = Σₖ row[k]·matrix[k, j] for j in a window of columns.</summary>
    /// <param name="row">The row's factors, shape [k].</param>
    /// <param name="matrix">The other factors, one k after the other, shape [k, width].</param>
    /// <param name="width">Columns of the matrix.</param>
    /// <param name="from">First column of the window.</param>
    /// <param name="target">Receives the products, shape [window].</param>
    public static void Dot(ReadOnlySpan<double> row, ReadOnlySpan<double> matrix, int width, int from, Span<double> target)
    {
        int done = Lanes512.IsSupported ? Dot<Lanes512>(row, matrix, width, from, target, 0) : Lanes256.IsSupported ? Dot<Lanes256>(row, matrix, width, from, target, 0) : 0;
        Dot<Lanes1>(row, matrix, width, from, target, done);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Dot<L>(ReadOnlySpan<double> row, ReadOnlySpan<double> matrix, int width, int from, Span<double> target, int j) where L : struct, ILanes<L>
    {
        ref double m = ref Unsafe.Add(ref MemoryMarshal.GetReference(matrix), from), t = ref MemoryMarshal.GetReference(target), r = ref MemoryMarshal.GetReference(row);
        for (; j <= target.Length - (4 * L.Count); j += 4 * L.Count)
        {
            L s0 = L.Create(0), s1 = s0, s2 = s0, s3 = s0;
            for (int k = 0; k < row.Length; k++)
            {
                L factor = L.Create(Unsafe.Add(ref r, k));
                ref double at = ref Unsafe.Add(ref m, ((nint)k * width) + j);
                s0 = L.Fma(factor, L.Load(ref at), s0);
                s1 = L.Fma(factor, L.Load(ref Unsafe.Add(ref at, L.Count)), s1);
                s2 = L.Fma(factor, L.Load(ref Unsafe.Add(ref at, 2 * L.Count)), s2);
                s3 = L.Fma(factor, L.Load(ref Unsafe.Add(ref at, 3 * L.Count)), s3);
            }

            L.Store(s0, ref Unsafe.Add(ref t, j));
            L.Store(s1, ref Unsafe.Add(ref t, j + L.Count));
            L.Store(s2, ref Unsafe.Add(ref t, j + (2 * L.Count)));
            L.Store(s3, ref Unsafe.Add(ref t, j + (3 * L.Count)));
        }

        for (; j <= target.Length - L.Count; j += L.Count)
        {
            L sum = L.Create(0);
            for (int k = 0; k < row.Length; k++)
            {
                sum = L.Fma(L.Create(Unsafe.Add(ref r, k)), L.Load(ref Unsafe.Add(ref m, ((nint)k * width) + j)), sum);
            }

            L.Store(sum, ref Unsafe.Add(ref t, j));
        }

        return j;
    }

    // Hoare's selection with the median of three; the order of what is left of the place does not matter.
    private static double SelectKth(Span<double> values, int k)
    {
        int low = 0, high = values.Length - 1;
        while (low < high)
        {
            double a = values[low], b = values[(low + high) >>> 1], c = values[high], pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            int i = low, j = high;
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (k <= j)
            {
                high = j;
            }
            else if (k >= i)
            {
                low = i;
            }
            else
            {
                break;
            }
        }

        return values[k];
    }
}
