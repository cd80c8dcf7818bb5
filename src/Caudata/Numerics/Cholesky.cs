using System.Numerics.Tensors;

namespace Caudata.Numerics;

/// <summary>Symmetric positive-definite systems: A = L·Lᵀ with L lower triangular, in double precision.</summary>
/// <remarks>
/// Row by row (Cholesky–Banachiewicz), in place: n³/3 operations, no allocation. [golub2013] Golub and Van Loan, "Matrix computations" (4th edition, 2013), section 4.2.
/// For ridge regression factor XᵀX + λI and solve for Xᵀy.
/// </remarks>
public static class Cholesky
{
    /// <summary>Replaces the lower triangle of A by L.</summary>
    /// <param name="a">A, n × n, row-major; only its lower triangle is read. On return the lower triangle is L; the strict upper triangle is not touched.</param>
    /// <param name="n">Rows and columns.</param>
    /// <returns>True, or false when A is not positive definite in double precision (a pivot is at most 0, or not a number): then the content of <paramref name="a"/> is of no use.</returns>
    /// <exception cref="ArgumentException">The span does not hold n × n numbers.</exception>
    public static bool TryFactor(Span<double> a, int n)
    {
        Check(a.Length, n);
        for (int i = 0; i < n; i++)
        {
            Span<double> row = a.Slice(i * n, i + 1);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> other = a.Slice(j * n, j + 1);
                row[j] = (row[j] - TensorPrimitives.Dot(row[..j], other[..j])) / other[j];
            }

            double pivot = row[i] - TensorPrimitives.SumOfSquares<double>(row[..i]);
            if (!(pivot > 0) || double.IsInfinity(pivot))
            {
                return false;
            }

            row[i] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>Solves A·x = b in place, from the factor of A.</summary>
    /// <param name="l">L in the lower triangle, as left by <see cref="TryFactor"/>, n × n.</param>
    /// <param name="n">Rows and columns.</param>
    /// <param name="b">b on entry, x on return; n numbers.</param>
    /// <exception cref="ArgumentException">A span's length does not fit n.</exception>
    public static void Solve(ReadOnlySpan<double> l, int n, Span<double> b)
    {
        Check(l.Length, n);
        if (b.Length != n)
        {
            throw new ArgumentException($"The right side holds {b.Length} numbers, but the system has {n} rows.", nameof(b));
        }

        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = l.Slice(i * n, i + 1);
            b[i] = (b[i] - TensorPrimitives.Dot(row[..i], b[..i])) / row[i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = l.Slice(i * n, i + 1);
            b[i] /= row[i];
            TensorPrimitives.MultiplyAdd(row[..i], -b[i], b[..i], b[..i]);
        }
    }

    /// <summary>log det A = 2·Σᵢ log Lᵢᵢ, from the factor of A.</summary>
    /// <param name="l">L in the lower triangle, n × n.</param>
    /// <param name="n">Rows and columns.</param>
    /// <exception cref="ArgumentException">The span does not hold n × n numbers.</exception>
    public static double LogDeterminant(ReadOnlySpan<double> l, int n)
    {
        Check(l.Length, n);
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += Math.Log(l[(i * n) + i]);
        }

        return 2 * sum;
    }

    private static void Check(int found, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (found != (long)n * n)
        {
            throw new ArgumentException($"The span holds {found} numbers, but a {n} × {n} matrix has {(long)n * n}.");
        }
    }
}
