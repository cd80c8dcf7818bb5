using System.Runtime.CompilerServices;
using Caudata.Numerics;
using Caudata.Simulation.Compilation;

namespace Caudata.Simulation.Execution;

/// <summary>The operations that work number by number. Truth is 1, falsehood 0; any number but 0 is true. NaN in an operand that counts gives NaN, also of a comparison, so that it cannot get lost on its way to a check.</summary>
internal static class ColumnKernels
{
    /// <summary>target[i] = op(a[i], b[i], c[i]) for i below <paramref name="count"/>; operands that the operation has not are not read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map(Op op, ColumnOperand a, ColumnOperand b, ColumnOperand c, ref double target, int count)
    {
        switch (op)
        {
            case Op.Negate: ColumnOperations.Apply<Negate>(a, ref target, count); break;
            case Op.Abs: ColumnOperations.Apply<Abs>(a, ref target, count); break;
            case Op.Exp: ColumnOperations.Apply<Exp>(a, ref target, count); break;
            case Op.Log: ColumnOperations.Apply<Log>(a, ref target, count); break;
            case Op.Sqrt: ColumnOperations.Apply<Sqrt>(a, ref target, count); break;
            case Op.Sigmoid: ColumnOperations.Apply<Sigmoid>(a, ref target, count); break;
            case Op.Round: ColumnOperations.Apply<Round>(a, ref target, count); break;
            case Op.Floor: ColumnOperations.Apply<Floor>(a, ref target, count); break;
            case Op.Not: ColumnOperations.Apply<Not>(a, ref target, count); break;
            case Op.Add: ColumnOperations.Apply<Add>(a, b, ref target, count); break;
            case Op.Subtract: ColumnOperations.Apply<Subtract>(a, b, ref target, count); break;
            case Op.Multiply: ColumnOperations.Apply<Multiply>(a, b, ref target, count); break;
            case Op.Divide: ColumnOperations.Apply<Divide>(a, b, ref target, count); break;
            case Op.Min: ColumnOperations.Apply<Min>(a, b, ref target, count); break;
            case Op.Max: ColumnOperations.Apply<Max>(a, b, ref target, count); break;
            case Op.Less: ColumnOperations.Apply<Less>(a, b, ref target, count); break;
            case Op.LessOrEqual: ColumnOperations.Apply<LessOrEqual>(a, b, ref target, count); break;
            case Op.Equal: ColumnOperations.Apply<Equal>(a, b, ref target, count); break;
            case Op.And: ColumnOperations.Apply<And>(a, b, ref target, count); break;
            case Op.Or: ColumnOperations.Apply<Or>(a, b, ref target, count); break;
            case Op.Bernoulli: ColumnOperations.Apply<Bernoulli>(a, b, ref target, count); break;
            case Op.Fma: ColumnOperations.Apply<Fma>(a, b, c, ref target, count); break;
            case Op.Clip: ColumnOperations.Apply<Clip>(a, b, c, ref target, count); break;
            case Op.Select: ColumnOperations.Apply<Select>(a, b, c, ref target, count); break;
            case Op.Within: ColumnOperations.Apply<Within>(a, b, c, ref target, count); break;
            default: OneByOne(op, a, b, c, ref target, count); break;
        }
    }

    // Functions without a form on lanes.
    private static void OneByOne(Op op, ColumnOperand a, ColumnOperand b, ColumnOperand c, ref double target, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref target, i) = op switch
            {
                Op.NormalProbability => ScalarFunctions.NormalProbability(At(a, i)),
                Op.Power => ScalarFunctions.Power(At(a, i), At(b, i)),
                Op.PoissonQuantile => ScalarFunctions.PoissonQuantile(At(a, i), At(b, i)),
                Op.GammaQuantile => ScalarFunctions.GammaQuantile(At(a, i), At(b, i)),
                Op.BetaQuantile => ScalarFunctions.BetaQuantile(At(a, i), At(b, i), At(c, i)),
                _ => throw new InvalidOperationException($"{op} does not work number by number."),
            };
        }
    }

    private static double At(ColumnOperand operand, int i) => Unsafe.Add(ref operand.Start, i * operand.Stride);

    private static L One<L>(L mask) where L : struct, ILanes<L> => L.And(mask, L.Create(1));

    // The result, or NaN where an operand is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Carried<L>(L result, L a, L b) where L : struct, ILanes<L> => L.Select(L.And(L.Equal(a, a), L.Equal(b, b)), result, L.Create(double.NaN));

    private static L True<L>(L a) where L : struct, ILanes<L> => L.Xor(L.Equal(a, L.Create(0)), L.CreateBits(ulong.MaxValue));

    private struct Negate : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a) where L : struct, ILanes<L> => L.Xor(a, L.CreateBits(1UL << 63));
    }

    private struct Abs : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a) where L : struct, ILanes<L> => L.And(a, L.CreateBits(ulong.MaxValue >> 1));
    }

    private struct Exp : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a) where L : struct, ILanes<L> => ElementaryFunctions.Exp(a);
    }

    private struct Log : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a) where L : struct, ILanes<L> => ElementaryFunctions.Log(a);
    }

    private struct Sqrt : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a) where L : struct, ILanes<L> => L.Sqrt(a);
    }

    private struct Sigmoid : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a) where L : struct, ILanes<L> => ElementaryFunctions.Sigmoid(a);
    }

    private struct Round : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a) where L : struct, ILanes<L> => L.Round(a);
    }

    private struct Floor : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a) where L : struct, ILanes<L> => L.Floor(a);
    }

    private struct Not : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a) where L : struct, ILanes<L> => Carried(One(L.Equal(a, L.Create(0))), a, a);
    }

    private struct Add : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b) where L : struct, ILanes<L> => a + b;
    }

    private struct Subtract : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b) where L : struct, ILanes<L> => a - b;
    }

    private struct Multiply : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b) where L : struct, ILanes<L> => a * b;
    }

    private struct Divide : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b) where L : struct, ILanes<L> => a / b;
    }

    // NaN in either operand gives NaN: the comparison is false, and the sum carries it.
    private struct Min : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b) where L : struct, ILanes<L> => L.Select(L.LessOrEqual(a, b), a, L.Select(L.LessOrEqual(b, a), b, a + b));
    }

    private struct Max : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b) where L : struct, ILanes<L> => L.Select(L.LessOrEqual(b, a), a, L.Select(L.LessOrEqual(a, b), b, a + b));
    }

    private struct Less : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b) where L : struct, ILanes<L> => Carried(One(L.Less(a, b)), a, b);
    }

    private struct LessOrEqual : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b) where L : struct, ILanes<L> => Carried(One(L.LessOrEqual(a, b)), a, b);
    }

    private struct Equal : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b) where L : struct, ILanes<L> => Carried(One(L.Equal(a, b)), a, b);
    }

    private struct And : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b) where L : struct, ILanes<L> => Carried(One(L.And(True(a), True(b))), a, b);
    }

    private struct Or : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b) where L : struct, ILanes<L> => Carried(One(L.Or(True(a), True(b))), a, b);
    }

    private struct Fma : ITernaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b, L c) where L : struct, ILanes<L> => L.Fma(a, b, c);
    }

    // Where the bounds cross, the upper one wins; NaN stays NaN.
    private struct Clip : ITernaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b, L c) where L : struct, ILanes<L>
        {
            L raised = L.Select(L.Less(a, b), b, a);
            return L.Select(L.Less(c, raised), c, raised);
        }
    }

    private struct Select : ITernaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b, L c) where L : struct, ILanes<L> => L.Select(L.Equal(a, L.Create(0)), c, L.Select(L.Equal(a, a), b, a));
    }

    // A probability outside 0 to 1 gives NaN.
    private struct Bernoulli : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b) where L : struct, ILanes<L> => L.Select(L.And(L.LessOrEqual(L.Create(0), b), L.LessOrEqual(b, L.Create(1))), One(L.Less(a, b)), L.Create(double.NaN));
    }

    private struct Within : ITernaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Invoke<L>(L a, L b, L c) where L : struct, ILanes<L> => L.Select(L.And(L.LessOrEqual(b, a), L.LessOrEqual(a, c)), a, L.Create(double.NaN));
    }
}
