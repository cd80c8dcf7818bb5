using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Caudata.Numerics;

/// <summary>Uniform and normal numbers for consecutive units, each a pure function of key and unit: the same bits for every order, block, thread and vector width.</summary>
/// <remarks>Philox4x32-10 [salmon2011] over blocks side by side; normal numbers by Box and Muller [box1958]. About 3 ns a number with vectors of 512 bits.</remarks>
public static class KeyedNoise
{
    private const uint M0 = 0xD2511F53, M1 = 0xCD9E8D57, W0 = 0x9E3779B9, W1 = 0xBB67AE85;

    /// <summary>Uniform numbers of the units <paramref name="first"/>, first + 1, …: odd multiples of 2⁻⁵³, so never 0 and never 1.</summary>
    /// <param name="key">The variable's key.</param>
    /// <param name="first">Index of the first unit.</param>
    /// <param name="target">Receives the numbers, shape [n].</param>
    public static void Uniform(NoiseKey key, ulong first, Span<double> target) => Fill(key, first, target, normal: false);

    /// <summary>Standard normal numbers of the units <paramref name="first"/>, first + 1, ….</summary>
    /// <param name="key">The variable's key.</param>
    /// <param name="first">Index of the first unit.</param>
    /// <param name="target">Receives the numbers, shape [n].</param>
    public static void Normal(NoiseKey key, ulong first, Span<double> target) => Fill(key, first, target, normal: true);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Fill(NoiseKey key, ulong first, Span<double> target, bool normal)
    {
        if (target.IsEmpty)
        {
            return;
        }

        Span<double> pair = stackalloc double[2];
        if ((first & 1) == 1)
        {
            Blocks<Lanes1>(key, first >> 1, pair, normal);
            target[0] = pair[1];
            target = target[1..];
            first++;
        }

        ulong block = first >> 1;
        int done = 0;
        if (Lanes512.IsSupported)
        {
            done = Blocks<Lanes512>(key, block, target, normal);
        }
        else if (Lanes256.IsSupported)
        {
            done = Blocks<Lanes256>(key, block, target, normal);
        }

        done += Blocks<Lanes1>(key, block + (ulong)(done / 2), target[done..], normal);
        if (done < target.Length)
        {
            Blocks<Lanes1>(key, block + (ulong)(done / 2), pair, normal);
            target[done] = pair[0];
        }
    }

    /// <summary>Fills as many whole groups of blocks as fit, and says how many numbers that was.</summary>
    internal static int Blocks<L>(NoiseKey key, ulong block, Span<double> target, bool normal) where L : struct, ILanes<L> =>
        normal ? NormalBlocks<L>(key, block, target) : UniformBlocks<L>(key, block, target);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int UniformBlocks<L>(NoiseKey key, ulong block, Span<double> target) where L : struct, ILanes<L>
    {
        int width = 2 * L.Count, done = 0;
        ref double start = ref MemoryMarshal.GetReference(target);
        for (; done <= target.Length - width; done += width)
        {
            Block(key, block + (ulong)(done / 2), out L u0, out L u1);
            L.Interleave(u0, u1, out L low, out L high);
            L.Store(low, ref Unsafe.Add(ref start, done));
            L.Store(high, ref Unsafe.Add(ref start, done + L.Count));
        }

        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int NormalBlocks<L>(NoiseKey key, ulong block, Span<double> target) where L : struct, ILanes<L>
    {
        int width = 2 * L.Count, done = 0;
        ref double start = ref MemoryMarshal.GetReference(target);
        for (; done <= target.Length - width; done += width)
        {
            Block(key, block + (ulong)(done / 2), out L u0, out L u1);
            L radius = L.Sqrt(ElementaryFunctions.LogOfNormal(u0) * L.Create(-2));
            ElementaryFunctions.SinCosOfTurn(u1, out L sin, out L cos);
            L.Interleave(radius * cos, radius * sin, out L low, out L high);
            L.Store(low, ref Unsafe.Add(ref start, done));
            L.Store(high, ref Unsafe.Add(ref start, done + L.Count));
        }

        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block<L>(NoiseKey key, ulong block, out L u0, out L u1) where L : struct, ILanes<L>
    {
        // Words lie in the low halves; the high halves hold whatever the products left there, and the multiplication does not look at them.
        L counter = L.SequenceBits(block), m0 = L.CreateBits(M0), m1 = L.CreateBits(M1);
        L c0 = counter, c1 = L.ShiftRightBits(counter, 32), c2 = L.CreateBits((uint)key.Stream), c3 = L.CreateBits(key.Stream >> 32);
        uint k0 = (uint)key.Seed, k1 = (uint)(key.Seed >> 32);
        for (int round = 0; round < 10; round++)
        {
            L p0 = L.MultiplyLow32(c0, m0), p1 = L.MultiplyLow32(c2, m1);
            c0 = L.Xor(L.Xor(L.ShiftRightBits(p1, 32), c1), L.CreateBits(k0));
            c2 = L.Xor(L.Xor(L.ShiftRightBits(p0, 32), c3), L.CreateBits(k1));
            c1 = p1;
            c3 = p0;
            k0 += W0;
            k1 += W1;
        }

        u0 = ToUniform(c0, c1);
        u1 = ToUniform(c2, c3);
    }

    // The upper 52 of 64 bits as the mantissa of a number in [1, 2), less 1 − 2⁻⁵³: exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L ToUniform<L>(L low, L high) where L : struct, ILanes<L>
    {
        L bits = L.Or(L.And(low, L.CreateBits(uint.MaxValue)), L.ShiftLeftBits(high, 32));
        return L.Or(L.ShiftRightBits(bits, 12), L.CreateBits(0x3FF0000000000000)) - L.Create(1 - (1.0 / (1UL << 53)));
    }
}
