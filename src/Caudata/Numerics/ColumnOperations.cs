using System.Runtime.CompilerServices;

namespace Caudata.Numerics;

/// <summary>One operand of a column operation: a column of numbers, or one number for the whole column.</summary>
/// <remarks>A single number is kept <see cref="Padding"/> times over, so that a vector can be loaded from it; its stride is 0.</remarks>
internal readonly ref struct ColumnOperand
{
    /// <summary>How often a single number is repeated: the widest vector.</summary>
    public const int Padding = 8;

    private ColumnOperand(ref double start, int stride)
    {
        Start = ref start;
        Stride = stride;
    }

    /// <summary>The first number.</summary>
    public readonly ref double Start;

    /// <summary>1 for a column, 0 for a single number.</summary>
    public readonly int Stride;

    /// <summary>A column.</summary>
    public static ColumnOperand Column(ref double start) => new(ref start, 1);

    /// <summary>A single number, stored at least <see cref="Padding"/> times from <paramref name="start"/> on.</summary>
    public static ColumnOperand Single(ref double start) => new(ref start, 0);
}

/// <summary>A function of one number.</summary>
internal interface IUnaryOperation
{
    static abstract L Invoke<L>(L a) where L : struct, ILanes<L>;
}

/// <summary>A function of two numbers.</summary>
internal interface IBinaryOperation
{
    static abstract L Invoke<L>(L a, L b) where L : struct, ILanes<L>;
}

/// <summary>A function of three numbers.</summary>
internal interface ITernaryOperation
{
    static abstract L Invoke<L>(L a, L b, L c) where L : struct, ILanes<L>;
}

/// <summary>Applies a function to columns, number by number, with the widest vectors of the machine; the same bits at every width.</summary>
internal static class ColumnOperations
{
    /// <summary>target[i] = f(a[i]) for i below <paramref name="count"/>.</summary>
    public static void Apply<TOperation>(ColumnOperand a, ref double target, int count) where TOperation : struct, IUnaryOperation
    {
        int done = Lanes512.IsSupported ? Unary<TOperation, Lanes512>(a, ref target, 0, count) : Lanes256.IsSupported ? Unary<TOperation, Lanes256>(a, ref target, 0, count) : 0;
        Unary<TOperation, Lanes1>(a, ref target, done, count);
    }

    /// <summary>target[i] = f(a[i], b[i]) for i below <paramref name="count"/>.</summary>
    public static void Apply<TOperation>(ColumnOperand a, ColumnOperand b, ref double target, int count) where TOperation : struct, IBinaryOperation
    {
        int done = Lanes512.IsSupported ? Binary<TOperation, Lanes512>(a, b, ref target, 0, count) : Lanes256.IsSupported ? Binary<TOperation, Lanes256>(a, b, ref target, 0, count) : 0;
        Binary<TOperation, Lanes1>(a, b, ref target, done, count);
    }

    /// <summary>target[i] = f(a[i], b[i], c[i]) for i below <paramref name="count"/>.</summary>
    public static void Apply<TOperation>(ColumnOperand a, ColumnOperand b, ColumnOperand c, ref double target, int count) where TOperation : struct, ITernaryOperation
    {
        int done = Lanes512.IsSupported ? Ternary<TOperation, Lanes512>(a, b, c, ref target, 0, count) : Lanes256.IsSupported ? Ternary<TOperation, Lanes256>(a, b, c, ref target, 0, count) : 0;
        Ternary<TOperation, Lanes1>(a, b, c, ref target, done, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Unary<TOperation, L>(ColumnOperand a, ref double target, int from, int count) where TOperation : struct, IUnaryOperation where L : struct, ILanes<L>
    {
        ref double pa = ref Unsafe.Add(ref a.Start, (nint)from * a.Stride);
        nint sa = L.Count * a.Stride;
        for (; from <= count - L.Count; from += L.Count)
        {
            L.Store(TOperation.Invoke(L.Load(ref pa)), ref Unsafe.Add(ref target, from));
            pa = ref Unsafe.Add(ref pa, sa);
        }

        return from;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Binary<TOperation, L>(ColumnOperand a, ColumnOperand b, ref double target, int from, int count) where TOperation : struct, IBinaryOperation where L : struct, ILanes<L>
    {
        ref double pa = ref Unsafe.Add(ref a.Start, (nint)from * a.Stride), pb = ref Unsafe.Add(ref b.Start, (nint)from * b.Stride);
        nint sa = L.Count * a.Stride, sb = L.Count * b.Stride;
        for (; from <= count - L.Count; from += L.Count)
        {
            L.Store(TOperation.Invoke(L.Load(ref pa), L.Load(ref pb)), ref Unsafe.Add(ref target, from));
            pa = ref Unsafe.Add(ref pa, sa);
            pb = ref Unsafe.Add(ref pb, sb);
        }

        return from;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Ternary<TOperation, L>(ColumnOperand a, ColumnOperand b, ColumnOperand c, ref double target, int from, int count)
        where TOperation : struct, ITernaryOperation where L : struct, ILanes<L>
    {
        ref double pa = ref Unsafe.Add(ref a.Start, (nint)from * a.Stride), pb = ref Unsafe.Add(ref b.Start, (nint)from * b.Stride), pc = ref Unsafe.Add(ref c.Start, (nint)from * c.Stride);
        nint sa = L.Count * a.Stride, sb = L.Count * b.Stride, sc = L.Count * c.Stride;
        for (; from <= count - L.Count; from += L.Count)
        {
            L.Store(TOperation.Invoke(L.Load(ref pa), L.Load(ref pb), L.Load(ref pc)), ref Unsafe.Add(ref target, from));
            pa = ref Unsafe.Add(ref pa, sa);
            pb = ref Unsafe.Add(ref pb, sb);
            pc = ref Unsafe.Add(ref pc, sc);
        }

        return from;
    }
}
