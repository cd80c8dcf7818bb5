using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Caudata.Numerics;

namespace Caudata.Simulation.Fitting;

/// <summary>What one unit's Newton step of a factor model needs: products of rows of factors in single precision, and the small system in double precision.</summary>
/// <remarks>
/// A row holds the factors, then the unit's own effect, then 1 for the other side's effect: of a user (p₁ … p_K, a, 1), of an item (q₁ … q_K, 1, b), so that a product of two rows is p·q + a + b. Rows are padded with zeros to a
/// multiple of eight numbers. All sums have a fixed order, so the bits do not depend on threads.
/// </remarks>
internal static class FactorStep
{
    private const int Lane = 8;

    // A step longer than this in one coordinate is cut to it: far from the optimum the curvature says too little.
    private const double LongestStep = 1.5;

    /// <summary>Numbers of a padded row with K factors and two effects.</summary>
    public static int Width(int rank) => (rank + 2 + Lane - 1) / Lane * Lane;

    /// <summary>Σⱼ aⱼ·bⱼ of two rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ref float x = ref MemoryMarshal.GetReference(a), y = ref MemoryMarshal.GetReference(b);
        Vector256<float> sum = Vector256.LoadUnsafe(ref x) * Vector256.LoadUnsafe(ref y);
        for (int j = Lane; j < a.Length; j += Lane)
        {
            sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, (nuint)j), Vector256.LoadUnsafe(ref y, (nuint)j), sum);
        }

        return Vector256.Sum(sum);
    }

    /// <summary>Adds weight·v·vᵀ to the curvature and gradient·v to the gradient; of the curvature the lower triangle is right.</summary>
    /// <param name="v">The other side's row, shape [d].</param>
    /// <param name="weight">Curvature of the loss in the product.</param>
    /// <param name="gradient">Gradient of the log-likelihood in the product.</param>
    /// <param name="curvature">Shape [d, d].</param>
    /// <param name="sum">Shape [d].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate(ReadOnlySpan<float> v, float weight, float gradient, Span<float> curvature, Span<float> sum)
    {
        int d = v.Length;
        ref float row = ref MemoryMarshal.GetReference(v), h = ref MemoryMarshal.GetReference(curvature), g = ref MemoryMarshal.GetReference(sum);
        for (int j = 0; j < d; j++)
        {
            Vector256<float> factor = Vector256.Create(weight * Unsafe.Add(ref row, j));
            for (int c = 0; c <= j; c += Lane)
            {
                ref float at = ref Unsafe.Add(ref h, (j * d) + c);
                Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref row, (nuint)c), Vector256.LoadUnsafe(ref at)).StoreUnsafe(ref at);
            }
        }

        Vector256<float> scale = Vector256.Create(gradient);
        for (int c = 0; c < d; c += Lane)
        {
            ref float at = ref Unsafe.Add(ref g, c);
            Vector256.FusedMultiplyAdd(scale, Vector256.LoadUnsafe(ref row, (nuint)c), Vector256.LoadUnsafe(ref at)).StoreUnsafe(ref at);
        }
    }

    /// <summary>One Newton step of a unit's free numbers with normal priors around 0; or, with noise, a draw from the normal distribution around where it stands.</summary>
    /// <param name="curvature">Σ weight·v·vᵀ, shape [d, d].</param>
    /// <param name="gradient">Σ gradient·v, shape [d].</param>
    /// <param name="free">Places of the numbers that may move, shape [n].</param>
    /// <param name="precision">1 / variance of each one's prior, shape [n].</param>
    /// <param name="row">The unit's row, changed in place.</param>
    /// <param name="variance">Receives the variance of each number, the diagonal of the inverse; shape [n]; empty when it is not wanted.</param>
    /// <param name="noise">Standard normal numbers for a draw, shape [n]; empty for a step.</param>
    public static void Solve(ReadOnlySpan<float> curvature, ReadOnlySpan<float> gradient, ReadOnlySpan<int> free, ReadOnlySpan<double> precision, Span<float> row, Span<double> variance, ReadOnlySpan<double> noise)
    {
        int n = free.Length, d = row.Length;
        Span<double> a = stackalloc double[n * n], b = stackalloc double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                (int high, int low) = free[i] >= free[j] ? (free[i], free[j]) : (free[j], free[i]);
                a[(i * n) + j] = curvature[(high * d) + low] + (i == j ? precision[i] : 0);
            }

            b[i] = gradient[free[i]] - (precision[i] * row[free[i]]);
        }

        if (!Cholesky.TryFactor(a, n))
        {
            return;
        }

        if (!noise.IsEmpty)
        {
            // x = mode + L⁻ᵀ z has covariance (L Lᵀ)⁻¹.
            noise.CopyTo(b);
            for (int i = n - 1; i >= 0; i--)
            {
                for (int k = i + 1; k < n; k++)
                {
                    b[i] -= a[(k * n) + i] * b[k];
                }

                b[i] /= a[(i * n) + i];
            }
        }
        else
        {
            Cholesky.Solve(a, n, b);
        }

        for (int i = 0; i < n; i++)
        {
            row[free[i]] += (float)(noise.IsEmpty ? Math.Clamp(b[i], -LongestStep, LongestStep) : b[i]);
        }

        for (int j = 0; j < variance.Length; j++)
        {
            // (A⁻¹)ⱼⱼ = Σᵢ (L⁻¹)ᵢⱼ²
            b.Clear();
            double sum = 0;
            for (int i = j; i < n; i++)
            {
                double x = i == j ? 1 : 0;
                for (int k = j; k < i; k++)
                {
                    x -= a[(i * n) + k] * b[k];
                }

                b[i] = x / a[(i * n) + i];
                sum += b[i] * b[i];
            }

            variance[j] = sum;
        }
    }
}
