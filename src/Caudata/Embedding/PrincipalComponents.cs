using System.Numerics.Tensors;
using Caudata.Numerics;

namespace Caudata.Embedding;

/// <summary>Leading directions of variance of a cloud of vectors.</summary>
/// <remarks>
/// <para>Orthogonal iteration on the matrix of second moments about 0: multiply a random orthonormal block by it, orthonormalise, repeat. The block is wider than asked for,
/// which makes the wanted space converge faster ([halko2011], section 4.5, there called subspace iteration).</para>
/// <para>Time O(n w² + iterations · w² k), memory O(w²). Deterministic: fixed order of every sum.</para>
/// </remarks>
internal static class PrincipalComponents
{
    private const int Extra = 16, Iterations = 8;

    /// <summary>Mean and components.</summary>
    /// <param name="rows">The vectors, row-major, shape [n, w].</param>
    /// <param name="width">w.</param>
    /// <param name="count">Components wanted, k ≤ w.</param>
    /// <param name="seed">Seed of the starting block.</param>
    /// <param name="threads">Threads to use; the result does not depend on them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Components, row-major [k, w], orthonormal, by falling variance; variances [k].</returns>
    public static (float[] Components, float[] Variances) Fit(float[] rows, int width, int count, ulong seed, int threads, CancellationToken cancellationToken)
    {
        int n = rows.Length / width;
        float[] covariance = Covariance(rows, width, n, threads);
        int block = Math.Min(width, count + Extra);
        var q = new float[block * width]; // [block, w], rows are directions
        var next = new float[block * width];
        var stream = new RandomStream(seed, "principal-components");
        for (int i = 0; i < q.Length; i++)
        {
            q[i] = (float)stream.NextNormal();
        }

        Orthonormalise(q, width, block, null);
        var variances = new float[block];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            MatrixProduct.Multiply(q, covariance, next, block, width, width, threads);
            (q, next) = (next, q);
            Orthonormalise(q, width, block, variances);
        }

        return (q[..(count * width)], variances[..count]);
    }

    /// <summary>Mean of the rows, shape [w].</summary>
    public static float[] Mean(float[] rows, int width)
    {
        int n = rows.Length / width;
        var sum = new double[width];
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<float> row = rows.AsSpan(i * width, width);
            for (int j = 0; j < width; j++)
            {
                sum[j] += row[j];
            }
        }

        var mean = new float[width];
        for (int j = 0; j < width; j++)
        {
            mean[j] = n == 0 ? 0 : (float)(sum[j] / n);
        }

        return mean;
    }

    /// <summary>rowsᵀ rows / n, shape [w, w].</summary>
    private static float[] Covariance(float[] rows, int width, int n, int threads)
    {
        var transposed = new float[rows.Length]; // [w, n]
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < width; j++)
            {
                transposed[(j * n) + i] = rows[(i * width) + j];
            }
        }

        var covariance = new float[width * width];
        MatrixProduct.MultiplyTransposed(transposed, transposed, covariance, width, width, n, threads);
        TensorPrimitives.Divide(covariance, Math.Max(n, 1), covariance);
        return covariance;
    }

    /// <summary>Gram-Schmidt, twice for accuracy; a row that vanishes is left 0.</summary>
    private static void Orthonormalise(float[] q, int width, int block, float[]? lengths)
    {
        for (int i = 0; i < block; i++)
        {
            Span<float> row = q.AsSpan(i * width, width);
            float before = TensorPrimitives.Norm<float>(row), first = 0;
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    ReadOnlySpan<float> other = q.AsSpan(j * width, width);
                    float dot = TensorPrimitives.Dot<float>(row, other);
                    TensorPrimitives.MultiplyAdd(other, -dot, row, row);
                }

                float norm = TensorPrimitives.Norm<float>(row);
                first = pass == 0 ? norm : first;
                if (!(norm > 1e-5f * before) || norm == 0)
                {
                    row.Clear();
                    first = 0;
                    break;
                }

                TensorPrimitives.Divide(row, norm, row);
            }

            if (lengths is not null)
            {
                lengths[i] = first;
            }
        }
    }
}
