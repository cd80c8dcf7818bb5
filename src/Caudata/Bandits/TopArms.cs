using System.Buffers;

namespace Caudata.Bandits;

/// <summary>The m best scores, ties to the lowest index.</summary>
internal static class TopArms
{
    /// <summary>Adds <paramref name="amount"/> to the slots of the m best scores. O(k) for m = 1, O(k log m) else.</summary>
    /// <param name="scores">Scores, shape [k]; negative infinity is never chosen, NaN counts as negative infinity.</param>
    /// <param name="m">How many, at most the number of finite or positive infinite scores.</param>
    /// <param name="amount">What to add.</param>
    /// <param name="slots">Shape [k], changed in place.</param>
    public static void Add(ReadOnlySpan<double> scores, int m, double amount, Span<double> slots)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(m);
        Span<int> heap = rented.AsSpan(0, m); // the worst of the best at the root
        int size = 0;
        for (int j = 0; j < scores.Length; j++)
        {
            if (!(scores[j] > double.NegativeInfinity))
            {
                continue;
            }

            if (size < m)
            {
                heap[size] = j;
                SiftUp(scores, heap, size++);
            }
            else if (scores[j] > scores[heap[0]])
            {
                // A later arm beats an earlier one only by a strictly higher score: ties stay with the lowest index.
                heap[0] = j;
                SiftDown(scores, heap);
            }
        }

        foreach (int j in heap[..size])
        {
            slots[j] += amount;
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    private static bool IsWorse(ReadOnlySpan<double> scores, int a, int b) => scores[a] < scores[b] || (scores[a] == scores[b] && a > b);

    private static void SiftUp(ReadOnlySpan<double> scores, Span<int> heap, int child)
    {
        while (child > 0)
        {
            int parent = (child - 1) / 2;
            if (!IsWorse(scores, heap[child], heap[parent]))
            {
                return;
            }

            (heap[child], heap[parent]) = (heap[parent], heap[child]);
            child = parent;
        }
    }

    private static void SiftDown(ReadOnlySpan<double> scores, Span<int> heap)
    {
        for (int parent = 0; ;)
        {
            int child = (2 * parent) + 1;
            if (child >= heap.Length)
            {
                return;
            }

            if (child + 1 < heap.Length && IsWorse(scores, heap[child + 1], heap[child]))
            {
                child++;
            }

            if (!IsWorse(scores, heap[child], heap[parent]))
            {
                return;
            }

            (heap[child], heap[parent]) = (heap[parent], heap[child]);
            parent = child;
        }
    }
}
