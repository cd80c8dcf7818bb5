using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Caudata.Numerics;

/// <summary>log Σᵢ exp(xᵢ) without overflow, and the softmax that goes with it.</summary>
/// <remarks>The largest number is taken out first: log Σ exp(xᵢ) = m + log Σ exp(xᵢ − m) with m = max xᵢ. Always added in the same order. O(n), no allocation.</remarks>
public static class LogSumExp
{
    /// <summary>log Σᵢ exp(xᵢ).</summary>
    /// <param name="x">The exponents; −∞ stands for a weight of zero.</param>
    /// <returns>−∞ for no numbers or only −∞; +∞ when one is +∞; NaN when one is NaN.</returns>
    public static double Of(ReadOnlySpan<double> x)
    {
        double max = Max(x);
        return double.IsFinite(max) ? max + Math.Log(SumExp(x, max)) : max;
    }

    /// <summary>log Σᵢ exp(xᵢ) in single precision, the sum in double precision.</summary>
    /// <param name="x">The exponents; −∞ stands for a weight of zero.</param>
    /// <returns>−∞ for no numbers or only −∞; +∞ when one is +∞; NaN when one is NaN.</returns>
    public static double Of(ReadOnlySpan<float> x)
    {
        float max = x.IsEmpty ? float.NegativeInfinity : System.Numerics.Tensors.TensorPrimitives.Max(x);
        return float.IsFinite(max) ? max + Math.Log(SumExp(x, max)) : max;
    }

    /// <summary>Softmax: yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ).</summary>
    /// <param name="x">The exponents, at least one of them finite, none NaN or +∞.</param>
    /// <param name="y">Receives the probabilities, as many as <paramref name="x"/>; may be <paramref name="x"/> itself.</param>
    /// <returns>log Σᵢ exp(xᵢ).</returns>
    /// <exception cref="ArgumentException">The lengths differ, or the sum of exp(xᵢ) is zero, infinite or not a number.</exception>
    public static double Softmax(ReadOnlySpan<double> x, Span<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"The result has room for {y.Length} numbers, but there are {x.Length}.", nameof(y));
        }

        double total = Of(x);
        if (!double.IsFinite(total))
        {
            throw new ArgumentException($"Softmax needs finite numbers (or −∞ for some), but their log-sum-exp is {total}.", nameof(x));
        }

        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Math.Exp(x[i] - total);
        }

        return total;
    }

    private static double Max(ReadOnlySpan<double> x) => x.IsEmpty ? double.NegativeInfinity : System.Numerics.Tensors.TensorPrimitives.Max(x);

    private static double SumExp(ReadOnlySpan<double> x, double max)
    {
        // Four lanes of fixed width, so that the order of addition is the same on every machine.
        Vector256<double> sum = default, shift = Vector256.Create(max);
        ref double first = ref MemoryMarshal.GetReference(x);
        int i = 0;
        for (; i <= x.Length - 4; i += 4)
        {
            sum += Vector256.Exp(Vector256.LoadUnsafe(ref first, (nuint)i) - shift);
        }

        double total = sum[0] + sum[1] + (sum[2] + sum[3]);
        for (; i < x.Length; i++)
        {
            total += Math.Exp(Unsafe.Add(ref first, i) - max);
        }

        return total;
    }

    private static double SumExp(ReadOnlySpan<float> x, float max)
    {
        Vector256<double> low = default, high = default;
        Vector256<float> shift = Vector256.Create(max);
        ref float first = ref MemoryMarshal.GetReference(x);
        int i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            (Vector256<double> a, Vector256<double> b) = Vector256.Widen(Vector256.Exp(Vector256.LoadUnsafe(ref first, (nuint)i) - shift));
            low += a;
            high += b;
        }

        low += high;
        double total = low[0] + low[1] + (low[2] + low[3]);
        for (; i < x.Length; i++)
        {
            total += MathF.Exp(Unsafe.Add(ref first, i) - max);
        }

        return total;
    }
}
