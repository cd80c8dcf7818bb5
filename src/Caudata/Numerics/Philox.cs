using System.Runtime.CompilerServices;

namespace Caudata.Numerics;

/// <summary>The Philox4x32-10 block function: 128 counter bits and 64 key bits in, 128 random bits out.</summary>
/// <remarks>
/// <para>A pure function: the same counter and key give the same four words on every machine, in any order, on any thread.</para>
/// <para>Source: [salmon2011] Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011), section 3.3;
/// checked against the published known-answer vectors of Random123.</para>
/// </remarks>
public static class Philox
{
    private const uint M0 = 0xD2511F53, M1 = 0xCD9E8D57, W0 = 0x9E3779B9, W1 = 0xBB67AE85;

    /// <summary>Ten rounds of Philox on one block.</summary>
    /// <param name="c0">Counter word 0, changed in place to output word 0.</param>
    /// <param name="c1">Counter word 1, changed in place to output word 1.</param>
    /// <param name="c2">Counter word 2, changed in place to output word 2.</param>
    /// <param name="c3">Counter word 3, changed in place to output word 3.</param>
    /// <param name="k0">Key word 0.</param>
    /// <param name="k1">Key word 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block(ref uint c0, ref uint c1, ref uint c2, ref uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = (ulong)M0 * c0, p1 = (ulong)M1 * c2;
            uint n0 = (uint)(p1 >> 32) ^ c1 ^ k0, n2 = (uint)(p0 >> 32) ^ c3 ^ k1;
            c1 = (uint)p1;
            c3 = (uint)p0;
            c0 = n0;
            c2 = n2;
            k0 += W0;
            k1 += W1;
        }
    }
}
