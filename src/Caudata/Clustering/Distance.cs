using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Caudata.Clustering;

/// <summary>Squared lengths and distances with a fixed order of addition, so that every machine and path gives the same bytes.</summary>
internal static class Distance
{
    /// <summary>‖x‖² in single precision.</summary>
    internal static float SquaredNorm(ReadOnlySpan<float> x)
    {
        Vector256<float> a = default, b = default;
        ref float first = ref MemoryMarshal.GetReference(x);
        int i = 0;
        for (; i <= x.Length - 16; i += 16)
        {
            Vector256<float> u = Vector256.LoadUnsafe(ref first, (nuint)i), v = Vector256.LoadUnsafe(ref first, (nuint)i + 8);
            a = Vector256.FusedMultiplyAdd(u, u, a);
            b = Vector256.FusedMultiplyAdd(v, v, b);
        }

        float sum = Vector256.Sum(a + b);
        for (; i < x.Length; i++)
        {
            sum = MathF.FusedMultiplyAdd(x[i], x[i], sum);
        }

        return sum;
    }

    /// <summary>‖x − y‖² with differences in single and the sum in double precision.</summary>
    internal static double Squared(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Vector256<double> a = default, b = default;
        ref float first = ref MemoryMarshal.GetReference(x), second = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.LoadUnsafe(ref first, (nuint)i) - Vector256.LoadUnsafe(ref second, (nuint)i));
            a = Vector256.FusedMultiplyAdd(low, low, a);
            b = Vector256.FusedMultiplyAdd(high, high, b);
        }

        double sum = Vector256.Sum(a + b);
        for (; i < x.Length; i++)
        {
            double difference = x[i] - y[i];
            sum = Math.FusedMultiplyAdd(difference, difference, sum);
        }

        return sum;
    }

    /// <summary>sum += x in double precision.</summary>
    internal static void Add(ReadOnlySpan<float> x, Span<double> sum) => Add(x, sum, 1);

    /// <summary>sum += sign·x in double precision.</summary>
    internal static void Add(ReadOnlySpan<float> x, Span<double> sum, double sign)
    {
        ref float first = ref MemoryMarshal.GetReference(x);
        ref double total = ref MemoryMarshal.GetReference(sum);
        Vector256<double> factor = Vector256.Create(sign);
        int i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.LoadUnsafe(ref first, (nuint)i));
            Vector256.FusedMultiplyAdd(low, factor, Vector256.LoadUnsafe(ref total, (nuint)i)).StoreUnsafe(ref total, (nuint)i);
            Vector256.FusedMultiplyAdd(high, factor, Vector256.LoadUnsafe(ref total, (nuint)i + 4)).StoreUnsafe(ref total, (nuint)i + 4);
        }

        for (; i < x.Length; i++)
        {
            sum[i] += sign * x[i];
        }
    }
}
