using System.Buffers;
using System.Numerics.Tensors;
using Caudata.Numerics;

namespace Caudata.Extraction.Rankings;

/// <summary>Documents scored by their similarity to the reference set: no extraction is needed.</summary>
/// <remarks>
/// <para>Vectors have length 1 (or are all zeros), so a cosine is a dot product. Every score depends on its document alone: the same bytes on any number of threads.</para>
/// </remarks>
public static class DocumentSimilarity
{
    private const int Block = 1024;

    /// <summary>Mean cosine of each document to all references: the dot product with the mean reference. O((n + r) d).</summary>
    /// <param name="documents">Document vectors, row-major, shape [n, d].</param>
    /// <param name="references">Reference vectors, row-major, shape [r, d], r ≥ 1.</param>
    /// <param name="dimension">d, at least 1.</param>
    /// <param name="scores">Receives the scores, shape [n], each in [−1, 1].</param>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    public static void Mean(ReadOnlySpan<float> documents, ReadOnlySpan<float> references, int dimension, Span<float> scores)
    {
        int r = Require(documents.Length, references.Length, dimension, scores.Length);
        double[] sum = new double[dimension];
        for (int i = 0; i < references.Length; i++)
        {
            sum[i % dimension] += references[i];
        }

        float[] mean = new float[dimension];
        for (int c = 0; c < dimension; c++)
        {
            mean[c] = (float)(sum[c] / r);
        }

        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = TensorPrimitives.Dot(documents.Slice(i * dimension, dimension), mean);
        }
    }

    /// <summary>Mean cosine of each document to the k references nearest to it: for references of several kinds, of which a document need only meet one. O(n r d).</summary>
    /// <param name="documents">Document vectors, row-major, shape [n, d].</param>
    /// <param name="references">Reference vectors, row-major, shape [r, d], r ≥ 1.</param>
    /// <param name="dimension">d, at least 1.</param>
    /// <param name="k">Number of nearest references, at least 1; all when there are fewer.</param>
    /// <param name="scores">Receives the scores, shape [n], each in [−1, 1].</param>
    /// <param name="threads">Most threads to use, at least 1. Default 1. Memory: 1,024 × r numbers a thread.</param>
    /// <param name="cancellationToken">Looked at before every 1,024 documents.</param>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    public static void MeanOfNearest(
        ReadOnlyMemory<float> documents, ReadOnlyMemory<float> references, int dimension, int k, Memory<float> scores,
        int threads = 1, CancellationToken cancellationToken = default)
    {
        int r = Require(documents.Length, references.Length, dimension, scores.Length), n = scores.Length, nearest = Math.Min(k, r);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        BlockLoop.Run((n + Block - 1) / Block, threads, (block, _) =>
        {
            int first = block * Block, rows = Math.Min(Block, n - first);
            float[] rented = ArrayPool<float>.Shared.Rent(rows * r);
            Span<float> cosines = rented.AsSpan(0, rows * r);
            MatrixProduct.MultiplyTransposed(documents.Span.Slice(first * dimension, rows * dimension), references.Span, cosines, rows, r, dimension);
            for (int i = 0; i < rows; i++)
            {
                Span<float> row = cosines.Slice(i * r, r);
                scores.Span[first + i] = MeanOfLargest(row, nearest);
            }

            ArrayPool<float>.Shared.Return(rented);
        }, cancellationToken);
    }

    /// <summary>Moves the k largest to the front, in falling order, and averages them: O(r) for numbers that rarely enter, O(r k) at worst.</summary>
    private static float MeanOfLargest(Span<float> row, int k)
    {
        if (k == 1)
        {
            return TensorPrimitives.Max(row);
        }

        for (int i = 1; i < row.Length; i++)
        {
            float value = row[i];
            int last = Math.Min(i, k) - 1;
            if (i >= k && value <= row[last])
            {
                continue;
            }

            int at = i < k ? i : k - 1;
            for (; at > 0 && row[at - 1] < value; at--)
            {
                row[at] = row[at - 1];
            }

            row[at] = value;
        }

        double sum = 0;
        foreach (float value in row[..k])
        {
            sum += value;
        }

        return (float)(sum / k);
    }

    private static int Require(int documents, int references, int dimension, int scores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if ((long)scores * dimension != documents || references == 0 || references % dimension != 0)
        {
            throw new ArgumentException($"{documents} document numbers, {references} reference numbers, dimension {dimension} and {scores} scores do not fit; expected [n, d], [r, d] with r at least 1, and [n].");
        }

        return references / dimension;
    }
}
