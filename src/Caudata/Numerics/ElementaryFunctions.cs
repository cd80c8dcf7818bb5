using System.Runtime.CompilerServices;

namespace Caudata.Numerics;

/// <summary>Logarithm, exponential, logistic function, sine and cosine of a turn, written on lanes: the same bits at every vector width.</summary>
/// <remarks>
/// <para>Arguments are reduced to a short interval as in [muller2016], and there the function is its Taylor series in Horner form with fused multiply-adds, long enough that what is left out is
/// below half a unit in the last place.</para>
/// <para>Within 3 units in the last place of the correctly rounded value; tested against <see cref="Math"/>.</para>
/// </remarks>
internal static class ElementaryFunctions
{
    private const double Ln2High = 0.6931471804855391, Ln2Low = 7.440617110012397e-11, Log2E = 1.4426950408889634, Tau = 6.283185307179586;
    private const double LargestExponent = 709.782712893384, SmallestExponent = -745.13321910194122;
    private const ulong Mantissa = 0x000FFFFFFFFFFFFF, SignBit = 0x8000000000000000;

    // Added to an integer of magnitude below 2⁵¹, it leaves that integer in the low bits.
    private const double IntegerShift = 6755399441055744.0;

    /// <summary>The natural logarithm of a finite number that is at least the smallest normal one; anything else gives nonsense.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L LogOfNormal<L>(L x) where L : struct, ILanes<L>
    {
        // x = 2ᵉ·m with m in [√½, √2): the offset moves the boundary from 1 to √½.
        L offset = L.CreateBits(0x3FE6A09E667F3BCD), shifted = L.SubtractBits(x, offset);
        L exponent = L.AddBits(L.ShiftRightBits(L.AddBits(shifted, L.CreateBits(SignBit)), 52), L.CreateBits(BitConverter.DoubleToUInt64Bits(IntegerShift) - 2048));
        L e = exponent - L.Create(IntegerShift);
        L m = L.AddBits(L.And(shifted, L.CreateBits(Mantissa)), offset);
        // ln m = 2 artanh s = 2s + s·(2/3 z + 2/5 z² + …), s = (m−1)/(m+1), z = s² < 0.0295.
        L f = m - L.Create(1), s = f / (m + L.Create(1)), z = s * s;
        L p = L.Create(2.0 / 21);
        p = L.Fma(p, z, L.Create(2.0 / 19));
        p = L.Fma(p, z, L.Create(2.0 / 17));
        p = L.Fma(p, z, L.Create(2.0 / 15));
        p = L.Fma(p, z, L.Create(2.0 / 13));
        p = L.Fma(p, z, L.Create(2.0 / 11));
        p = L.Fma(p, z, L.Create(2.0 / 9));
        p = L.Fma(p, z, L.Create(2.0 / 7));
        p = L.Fma(p, z, L.Create(2.0 / 5));
        p = L.Fma(p, z, L.Create(2.0 / 3));
        // 2s = f − s·f, so the large part f enters exactly.
        L tail = L.Fma(s, (z * p) - f, e * L.Create(Ln2Low));
        return L.Fma(e, L.Create(Ln2High), f + tail);
    }

    /// <summary>The natural logarithm of any number: −∞ of 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Log<L>(L x) where L : struct, ILanes<L>
    {
        L tiny = L.Less(x, L.Create(2.2250738585072014e-308));
        L y = LogOfNormal(L.Select(tiny, x * L.Create(18014398509481984.0), x)); // 2⁵⁴ lifts subnormal numbers
        y = L.Select(tiny, y - L.Create(37.429947750237048), y); // 54 ln 2
        y = L.Select(L.Equal(x, L.Create(double.PositiveInfinity)), x, y);
        y = L.Select(L.Equal(x, L.Create(0)), L.Create(double.NegativeInfinity), y);
        return L.Select(L.LessOrEqual(L.Create(0), x), y, L.Create(double.NaN));
    }

    /// <summary>eˣ of any number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Exp<L>(L x) where L : struct, ILanes<L>
    {
        L high = L.Less(L.Create(LargestExponent), x), low = L.Less(x, L.Create(SmallestExponent)), number = L.Equal(x, x);
        L c = L.Select(high, L.Create(LargestExponent), L.Select(low, L.Create(SmallestExponent), L.Select(number, x, L.Create(0))));
        // x = n ln 2 + r with |r| ≤ ½ ln 2; the polynomial is eʳ.
        L shifted = L.Fma(c, L.Create(Log2E), L.Create(IntegerShift)), n = shifted - L.Create(IntegerShift);
        L r = L.Fma(n, L.Create(-Ln2Low), L.Fma(n, L.Create(-Ln2High), c));
        L p = L.Create(1.0 / 6227020800);
        p = L.Fma(p, r, L.Create(1.0 / 479001600));
        p = L.Fma(p, r, L.Create(1.0 / 39916800));
        p = L.Fma(p, r, L.Create(1.0 / 3628800));
        p = L.Fma(p, r, L.Create(1.0 / 362880));
        p = L.Fma(p, r, L.Create(1.0 / 40320));
        p = L.Fma(p, r, L.Create(1.0 / 5040));
        p = L.Fma(p, r, L.Create(1.0 / 720));
        p = L.Fma(p, r, L.Create(1.0 / 120));
        p = L.Fma(p, r, L.Create(1.0 / 24));
        p = L.Fma(p, r, L.Create(1.0 / 6));
        p = L.Fma(p, r, L.Create(0.5));
        p = L.Fma(p, r, L.Create(1));
        p = L.Fma(p, r, L.Create(1));
        // 2ⁿ in two factors, because n reaches beyond the exponents of normal numbers.
        L bits = L.AddBits(shifted, L.CreateBits(2048UL - BitConverter.DoubleToUInt64Bits(IntegerShift))), half = L.ShiftRightBits(bits, 1), rest = L.SubtractBits(bits, half);
        L y = p * PowerOfTwo(half) * PowerOfTwo(rest);
        y = L.Select(high, L.Create(double.PositiveInfinity), y);
        return L.Select(number, L.Select(low, L.Create(0), y), x);
    }

    /// <summary>The logistic function 1/(1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Sigmoid<L>(L x) where L : struct, ILanes<L> => L.Create(1) / (L.Create(1) + Exp(L.Xor(x, L.CreateBits(SignBit))));

    /// <summary>Sine and cosine of 2πu for u in [0, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCosOfTurn<L>(L u, out L sin, out L cos) where L : struct, ILanes<L>
    {
        // The nearest quarter turn q, and what is left of it, exactly; then an angle t of at most an eighth of a turn.
        L shifted = L.Fma(u, L.Create(4), L.Create(IntegerShift)), quarter = shifted - L.Create(IntegerShift);
        L t = L.Fma(quarter, L.Create(-0.25), u) * L.Create(Tau), z = t * t;
        L s = L.Create(-1.0 / 1307674368000);
        s = L.Fma(s, z, L.Create(1.0 / 6227020800));
        s = L.Fma(s, z, L.Create(-1.0 / 39916800));
        s = L.Fma(s, z, L.Create(1.0 / 362880));
        s = L.Fma(s, z, L.Create(-1.0 / 5040));
        s = L.Fma(s, z, L.Create(1.0 / 120));
        s = L.Fma(s, z, L.Create(-1.0 / 6));
        s = L.Fma(s * z, t, t);
        L c = L.Create(1.0 / 20922789888000);
        c = L.Fma(c, z, L.Create(-1.0 / 87178291200));
        c = L.Fma(c, z, L.Create(1.0 / 479001600));
        c = L.Fma(c, z, L.Create(-1.0 / 3628800));
        c = L.Fma(c, z, L.Create(1.0 / 40320));
        c = L.Fma(c, z, L.Create(-1.0 / 720));
        c = L.Fma(c, z, L.Create(1.0 / 24));
        c = L.Fma(c, z, L.Create(-0.5));
        c = L.Fma(c, z, L.Create(1));
        // Odd quarters swap sine and cosine; bit 1 of q turns the sine's sign, bit 1 of q + 1 the cosine's.
        L odd = L.SubtractBits(L.CreateBits(0), L.And(shifted, L.CreateBits(1)));
        L sineSign = L.ShiftLeftBits(L.And(shifted, L.CreateBits(2)), 62), cosineSign = L.ShiftLeftBits(L.And(L.AddBits(shifted, L.CreateBits(1)), L.CreateBits(2)), 62);
        sin = L.Xor(L.Select(odd, c, s), sineSign);
        cos = L.Xor(L.Select(odd, s, c), cosineSign);
    }

    // 2^(k − 1024) for k in bits, k − 1024 within the exponents of normal numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L PowerOfTwo<L>(L bits) where L : struct, ILanes<L> => L.ShiftLeftBits(L.SubtractBits(bits, L.CreateBits(1)), 52);
}
