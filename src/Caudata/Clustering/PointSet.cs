using System.Numerics.Tensors;
using Caudata.Numerics;

namespace Caudata.Clustering;

/// <summary>Points, a shift that brings their mean near the origin, and the shifted points' squared lengths.</summary>
/// <remarks>Distances are computed on the shifted points, so that data far from the origin lose no digits; the shift is taken off while a block is copied, the points themselves are not touched.</remarks>
internal sealed record PointSet(ReadOnlyMemory<float> Points, int Count, int Dimension, float[] Shift, float[] SquaredNorms)
{
    private const int Block = 2048;

    internal static PointSet Create(ReadOnlyMemory<float> points, int n, int d, int threads, CancellationToken cancel, string name = "points", float[]? shift = null)
    {
        if (n < 1 || d < 1 || points.Length != (long)n * d)
        {
            throw new ArgumentException($"Found {points.Length} numbers for {n} points of {d} coordinates; expected at least one point of at least one coordinate, and {(long)n * d} numbers.", name);
        }

        int blocks = (n + Block - 1) / Block;
        double[]?[] sums = new double[blocks][];
        int[] bad = new int[blocks];
        BlockLoop.Run(blocks, threads, (block, _) =>
        {
            double[] sum = new double[d];
            bad[block] = -1;
            for (int i = block * Block; i < Math.Min(n, (block + 1) * Block); i++)
            {
                ReadOnlySpan<float> row = points.Span.Slice(i * d, d);
                if (!(Distance.SquaredNorm(row) < 1e30f))
                {
                    bad[block] = i;
                    return;
                }

                Distance.Add(row, sum);
            }

            sums[block] = sum;
        }, cancel);
        if (Array.Find(bad, i => i >= 0) is var first && Array.Exists(bad, i => i >= 0))
        {
            throw new ArgumentException($"Row {first} has a coordinate that is not finite, or a squared length of 10³⁰ or more. Remove the row, or scale the rows down.", name);
        }

        if (shift is null)
        {
            double[] total = new double[d];
            foreach (double[]? sum in sums)
            {
                TensorPrimitives.Add(total, sum, total);
            }

            shift = [.. total.Select(t => (float)(t / n))];
        }

        float[] norms = new float[n], by = shift;
        BlockLoop.Run(blocks, threads, (block, _) =>
        {
            float[] row = new float[d];
            for (int i = block * Block; i < Math.Min(n, (block + 1) * Block); i++)
            {
                TensorPrimitives.Subtract(points.Span.Slice(i * d, d), by, row);
                norms[i] = Distance.SquaredNorm(row);
            }
        }, cancel);
        return new PointSet(points, n, d, shift, norms);
    }

    /// <summary>Copies one shifted point.</summary>
    internal void Copy(int row, Span<float> target) => TensorPrimitives.Subtract(Points.Span.Slice(row * Dimension, Dimension), Shift, target);

    /// <summary>The shifted points at the given rows, in that order, as a set of its own without shift.</summary>
    internal PointSet Take(ReadOnlySpan<int> rows)
    {
        float[] taken = new float[checked(rows.Length * Dimension)], norms = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            Copy(rows[i], taken.AsSpan(i * Dimension, Dimension));
            norms[i] = SquaredNorms[rows[i]];
        }

        return new PointSet(taken, rows.Length, Dimension, new float[Dimension], norms);
    }

    /// <summary>A random sample of rows without repetition, in rising order: all of them when there are no more than <paramref name="size"/>.</summary>
    internal int[] Sample(int size, ref RandomStream random)
    {
        int[] rows = new int[Math.Min(size, Count)];
        // Selection sampling [knuth1997], section 3.4.2, algorithm S.
        for (int i = 0, taken = 0; taken < rows.Length; i++)
        {
            if (rows.Length == Count || random.NextInt32(Count - i) < rows.Length - taken)
            {
                rows[taken++] = i;
            }
        }

        return rows;
    }
}
