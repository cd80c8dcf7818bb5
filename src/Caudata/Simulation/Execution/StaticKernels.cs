using Caudata.Numerics;
using Caudata.Simulation.Compilation;

namespace Caudata.Simulation.Execution;

/// <summary>Nodes with no or one entity, computed as whole columns. A single number is kept eight times, so that it can stand for a vector.</summary>
internal static class StaticKernels
{
    /// <summary>The numbers of a node.</summary>
    /// <param name="node">The node; its arguments are known.</param>
    /// <param name="sizes">Sizes of all entities.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <param name="known">The numbers of an argument.</param>
    public static double[] Compute(Node node, int[] sizes, ulong seed, Func<Node, double[]> known)
    {
        int size = node.Plate.Count == 0 ? ColumnOperand.Padding : sizes[node.Plate.Row];
        double[] target = node.Op == Op.Column ? (double[])node.Data! : new double[size];
        double[] first = node.Arguments.Length > 0 ? known(node.Arguments[0]) : [];
        switch (node.Op)
        {
            case Op.Column:
                break;
            case Op.Constant:
                Array.Fill(target, node.Number);
                break;
            case Op.Index:
                for (int i = 0; i < size; i++)
                {
                    target[i] = i;
                }

                break;
            case Op.Uniform or Op.Normal:
                KeyedNoise.Fill(NoiseKey.Of(seed, node.Text), 0, target, node.Op == Op.Normal);
                break;
            case Op.Gather:
                for (int i = 0; i < size; i++)
                {
                    target[i] = first[i] >= 0 && first[i] < ((double[])node.Data!).Length ? ((double[])node.Data!)[(int)first[i]] : double.NaN;
                }

                break;
            case Op.Apply:
                AppliedFunction.Map((Delegate)node.Data!, Operand(node, 0, known), Operand(node, 1, known), Operand(node, 2, known), ref target[0], size);
                break;
            case Op.Smallest:
                RowKernels.Smallest(first, known(node.Arguments[1])[0], target, new double[size]);
                break;
            case Op.Rank:
                RowKernels.Rank(first, target);
                break;
            case Op.Relate:
                RowKernels.Relate(first, (WorldRelation)node.Data!, node.Reduction, target);
                break;
            case Op.Reduce:
                Array.Fill(target, RowKernels.Reduce(first, node.Reduction));
                break;
            case Op.Calibrate:
                Array.Fill(target, node.Arguments[0].Plate.Count == 0
                    ? Calibration.Solve(Enum.Parse<RateMethod>(node.Text), first.AsSpan(0, 1), node.Number) : Calibration.Solve(Enum.Parse<RateMethod>(node.Text.Replace("-row", "", StringComparison.Ordinal)), first, node.Number));
                break;
            default:
                ColumnKernels.Map(node.Op, Operand(node, 0, known), Operand(node, 1, known), Operand(node, 2, known), ref target[0], size);
                break;
        }

        if (node.Plate.Count == 0)
        {
            Array.Fill(target, target[0]);
        }

        return target;
    }

    /// <summary>Adds a row to the partial aggregate of a part.</summary>
    public static void Accumulate(ref double[]? partial, ReadOnlySpan<double> row, Reduction reduction)
    {
        bool isFirst = partial is null;
        partial ??= new double[row.Length];
        Accumulate(partial, row, reduction, isFirst);
    }

    /// <summary>Adds a row to an aggregate.</summary>
    public static void Accumulate(Span<double> partial, ReadOnlySpan<double> row, Reduction reduction, bool isFirst)
    {
        if (isFirst)
        {
            row.CopyTo(partial);
            return;
        }

        for (int i = 0; i < row.Length; i++)
        {
            partial[i] = Joined(partial[i], row[i], reduction);
        }
    }

    /// <summary>The aggregate of all parts, in their order.</summary>
    public static double[] Join(double[][] parts, Reduction reduction, int rows)
    {
        double[] joined = (double[])parts[0].Clone();
        foreach (double[] part in parts.Skip(1))
        {
            for (int i = 0; i < joined.Length; i++)
            {
                joined[i] = Joined(joined[i], part[i], reduction);
            }
        }

        if (reduction == Reduction.Mean)
        {
            for (int i = 0; i < joined.Length; i++)
            {
                joined[i] /= rows;
            }
        }

        return joined;
    }

    private static double Joined(double a, double b, Reduction reduction) => reduction switch
    {
        Reduction.Min => Math.Min(a, b),
        Reduction.Max => Math.Max(a, b),
        _ => a + b,
    };

    private static ColumnOperand Operand(Node node, int argument, Func<Node, double[]> known) =>
        argument >= node.Arguments.Length ? default
        : node.Arguments[argument].Plate.Count == 0 ? ColumnOperand.Single(ref known(node.Arguments[argument])[0]) : ColumnOperand.Column(ref known(node.Arguments[argument])[0]);
}
