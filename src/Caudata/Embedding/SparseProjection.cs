using System.Runtime.CompilerServices;

namespace Caudata.Embedding;

/// <summary>A very sparse random projection whose matrix is never stored: each bucket adds to a few signed coordinates that are hashed from it.</summary>
/// <remarks>Inner products are kept in expectation; their error falls as 1/√width. Source: [li2006] (very sparse random projections), in the hashed form of [weinberger2009].</remarks>
internal static class SparseProjection
{
    /// <summary>Adds weighted buckets to a vector.</summary>
    /// <param name="buckets">Buckets, shape [n].</param>
    /// <param name="weights">Their weights, shape [n].</param>
    /// <param name="scale">Factor on all weights.</param>
    /// <param name="coordinates">Coordinates a bucket, s in 1–8.</param>
    /// <param name="seed">Seed of the hash.</param>
    /// <param name="vector">The vector that is added to.</param>
    public static void Add(ReadOnlySpan<uint> buckets, ReadOnlySpan<float> weights, float scale, int coordinates, ulong seed, Span<float> vector)
    {
        uint width = (uint)vector.Length;
        scale /= MathF.Sqrt(coordinates);
        ulong key = Mix(seed + 0x9E3779B97F4A7C15UL);
        for (int i = 0; i < buckets.Length; i++)
        {
            ulong bits = Mix(buckets[i] + key);
            float weight = weights[i] * scale;
            for (int c = 0; c < coordinates; c++)
            {
                if (c == 4)
                {
                    bits = Mix(bits);
                }

                // 16 bits a coordinate: 15 choose it, 1 its sign.
                uint part = (uint)(bits >> (16 * (c & 3))) & 0xFFFF;
                float signed = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(weight) ^ (part << 31));
                Unsafe.Add(ref vector[0], (nint)(((part >> 1) * width) >> 15)) += signed;
            }
        }
    }

    /// <summary>The finaliser of SplitMix64 [steele2014].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
