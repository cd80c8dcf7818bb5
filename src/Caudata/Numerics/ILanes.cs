namespace Caudata.Numerics;

/// <summary>A few doubles side by side, as wide as the machine's vectors or one alone, with the operations that keyed noise and elementary functions are written in.</summary>
/// <remarks>
/// Every operation is exactly rounded or works on bits, so an algorithm written once on lanes gives the same bits at every width: <see cref="Lanes512"/>, <see cref="Lanes256"/> and <see cref="Lanes1"/>.
/// Operations that end in <c>Bits</c> see the lanes as 64-bit integers.
/// </remarks>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal interface ILanes<TSelf> where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Number of lanes: 8, 4 or 1.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Create(double value);

    /// <summary>The same bits in every lane.</summary>
    static abstract TSelf CreateBits(ulong value);

    /// <summary>The integers first, first + 1, … as bits.</summary>
    static abstract TSelf SequenceBits(ulong first);

    /// <summary>Loads <see cref="Count"/> numbers from <paramref name="source"/> on.</summary>
    static abstract TSelf Load(ref double source);

    /// <summary>Stores the lanes from <paramref name="target"/> on.</summary>
    static abstract void Store(TSelf value, ref double target);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract TSelf Fma(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Sqrt(TSelf a);

    /// <summary>The nearest integer, ties to even.</summary>
    static abstract TSelf Round(TSelf a);

    static abstract TSelf Floor(TSelf a);

    static abstract TSelf And(TSelf a, TSelf b);

    static abstract TSelf Or(TSelf a, TSelf b);

    static abstract TSelf Xor(TSelf a, TSelf b);

    static abstract TSelf AddBits(TSelf a, TSelf b);

    static abstract TSelf SubtractBits(TSelf a, TSelf b);

    static abstract TSelf ShiftLeftBits(TSelf a, int count);

    static abstract TSelf ShiftRightBits(TSelf a, int count);

    /// <summary>The 64-bit product of the lower 32 bits of each lane.</summary>
    static abstract TSelf MultiplyLow32(TSelf a, TSelf b);

    /// <summary>All bits set where a &lt; b, else none; NaN is not less.</summary>
    static abstract TSelf Less(TSelf a, TSelf b);

    /// <summary>All bits set where a ≤ b, else none.</summary>
    static abstract TSelf LessOrEqual(TSelf a, TSelf b);

    /// <summary>All bits set where a = b, else none.</summary>
    static abstract TSelf Equal(TSelf a, TSelf b);

    /// <summary>a where the mask's bits are set, else b.</summary>
    static abstract TSelf Select(TSelf mask, TSelf a, TSelf b);

    /// <summary>a₀ b₀ a₁ b₁ …: the first half goes into <paramref name="low"/>, the second into <paramref name="high"/>.</summary>
    static abstract void Interleave(TSelf a, TSelf b, out TSelf low, out TSelf high);
}
