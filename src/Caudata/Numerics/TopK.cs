using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Caudata.Numerics;

/// <summary>The k largest of many numbers with their indices; of equal numbers those with the lower index.</summary>
/// <remarks>
/// A binary heap whose root is the worst kept; blocks of numbers none of which beats the root are skipped eight at a time. The result does not depend on the order in which blocks are offered.
/// NaN is never kept. O(n + c·log k), c numbers that entered the heap. Not thread-safe: keep one a thread, then <see cref="Merge"/>.
/// </remarks>
public sealed class TopK
{
    private readonly float[] _values;
    private readonly long[] _indices;
    private int _count;

    /// <summary>Room for the <paramref name="k"/> largest.</summary>
    /// <param name="k">At least 0.</param>
    public TopK(int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        _values = new float[k];
        _indices = new long[k];
    }

    /// <summary>How many are kept so far: at most k.</summary>
    public int Count => _count;

    /// <summary>The k largest of <paramref name="values"/>, best first.</summary>
    /// <param name="values">The numbers; NaN is passed over.</param>
    /// <param name="indices">Receives the indices; its length is k.</param>
    /// <param name="best">Receives the numbers, as many as <paramref name="indices"/>.</param>
    /// <returns>How many were written: k, or fewer when there are fewer numbers.</returns>
    /// <exception cref="ArgumentException">The two results differ in length.</exception>
    public static int Largest(ReadOnlySpan<float> values, Span<int> indices, Span<float> best)
    {
        if (indices.Length != best.Length)
        {
            throw new ArgumentException($"There is room for {indices.Length} indices but for {best.Length} numbers.", nameof(best));
        }

        TopK top = new(Math.Min(indices.Length, values.Length));
        top.Offer(values, 0);
        int count = top._count;
        (long Index, float Value)[] sorted = top.Sorted();
        for (int i = 0; i < count; i++)
        {
            (indices[i], best[i]) = ((int)sorted[i].Index, sorted[i].Value);
        }

        return count;
    }

    /// <summary>Offers one number.</summary>
    /// <param name="value">The number; NaN is passed over.</param>
    /// <param name="index">Its index.</param>
    public void Offer(float value, long index)
    {
        if (_count < _values.Length)
        {
            if (!float.IsNaN(value))
            {
                Up(_count++, value, index);
            }
        }
        else if (_count > 0 && Beats(value, index, _values[0], _indices[0]))
        {
            Down(value, index);
        }
    }

    /// <summary>Offers a run of numbers.</summary>
    /// <param name="values">The numbers; NaN is passed over.</param>
    /// <param name="firstIndex">Index of the first; the others follow one by one.</param>
    public void Offer(ReadOnlySpan<float> values, long firstIndex)
    {
        if (_values.Length == 0)
        {
            return;
        }

        ref float first = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i < values.Length && _count < _values.Length; i++)
        {
            Offer(values[i], firstIndex + i);
        }

        for (; i <= values.Length - 8; i += 8)
        {
            if (Vector256.GreaterThanOrEqualAny(Vector256.LoadUnsafe(ref first, (nuint)i), Vector256.Create(_values[0])))
            {
                for (int j = i; j < i + 8; j++)
                {
                    Offer(values[j], firstIndex + j);
                }
            }
        }

        for (; i < values.Length; i++)
        {
            Offer(values[i], firstIndex + i);
        }
    }

    /// <summary>Offers everything another one keeps. Merging the parts gives the same as offering everything to one.</summary>
    /// <param name="other">The other one; unchanged.</param>
    public void Merge(TopK other)
    {
        for (int i = 0; i < other._count; i++)
        {
            Offer(other._values[i], other._indices[i]);
        }
    }

    /// <summary>What is kept, best first; of equal numbers the lower index first.</summary>
    public (long Index, float Value)[] Sorted()
    {
        (long Index, float Value)[] result = new (long, float)[_count];
        for (int i = 0; i < _count; i++)
        {
            result[i] = (_indices[i], _values[i]);
        }

        Array.Sort(result, static (a, b) => a.Value == b.Value ? a.Index.CompareTo(b.Index) : b.Value.CompareTo(a.Value));
        return result;
    }

    private static bool Beats(float value, long index, float otherValue, long otherIndex) => value > otherValue || (value == otherValue && index < otherIndex);

    private void Up(int hole, float value, long index)
    {
        while (hole > 0)
        {
            int parent = (hole - 1) / 2;
            if (!Beats(_values[parent], _indices[parent], value, index))
            {
                break;
            }

            (_values[hole], _indices[hole]) = (_values[parent], _indices[parent]);
            hole = parent;
        }

        (_values[hole], _indices[hole]) = (value, index);
    }

    private void Down(float value, long index)
    {
        int hole = 0;
        for (int child = 1; child < _count; child = (2 * hole) + 1)
        {
            if (child + 1 < _count && Beats(_values[child], _indices[child], _values[child + 1], _indices[child + 1]))
            {
                child++;
            }

            if (!Beats(value, index, _values[child], _indices[child]))
            {
                break;
            }

            (_values[hole], _indices[hole]) = (_values[child], _indices[child]);
            hole = child;
        }

        (_values[hole], _indices[hole]) = (value, index);
    }
}
