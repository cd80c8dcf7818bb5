using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Caudata.Numerics;

/// <summary>Columns of doubles into narrower types.</summary>
internal static class NarrowColumns
{
    /// <summary>Whole numbers from 0 to 255 into bytes; others are cut to that range, NaN to 0.</summary>
    /// <param name="values">The numbers, shape [n].</param>
    /// <param name="target">Receives the bytes, shape [n].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToBytes(ReadOnlySpan<double> values, Span<byte> target)
    {
        int i = 0;
        if (Avx512F.VL.IsSupported)
        {
            ref double source = ref MemoryMarshal.GetReference(values);
            Vector512<double> most = Vector512.Create(255.0);
            for (; i <= values.Length - 8; i += 8)
            {
                // The second operand of maximum is taken for NaN.
                Vector512<double> cut = Avx512F.Min(Avx512F.Max(Vector512.LoadUnsafe(ref source, (nuint)i), Vector512<double>.Zero), most);
                Unsafe.WriteUnaligned(ref target[i], Avx512F.VL.ConvertToVector128Byte(Avx512F.ConvertToVector256Int32WithTruncation(cut)).AsUInt64().ToScalar());
            }
        }

        for (; i < values.Length; i++)
        {
            target[i] = values[i] >= 255 ? (byte)255 : values[i] > 0 ? (byte)values[i] : (byte)0;
        }
    }
}
