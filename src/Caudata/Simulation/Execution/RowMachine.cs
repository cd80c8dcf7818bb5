using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Caudata.Numerics;
using Caudata.Simulation.Compilation;

namespace Caudata.Simulation.Execution;

/// <summary>Runs a row program for one worker: an arena of aligned numbers, allocated once.</summary>
internal sealed class RowMachine
{
    private const int Alignment = 64;
    private readonly RowProgram _program;
    private readonly int[] _sizes;
    private readonly double[] _memory, _scratch;
    private readonly int _base;
    private int _row, _outer;

    /// <summary>A machine for a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="sizes">Sizes of all entities.</param>
    public RowMachine(RowProgram program, int[] sizes)
    {
        _program = program;
        _sizes = sizes;
        _memory = GC.AllocateUninitializedArray<double>(program.ArenaLength + (Alignment / sizeof(double)), pinned: true);
        _base = (int)((Alignment - (Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0) & (Alignment - 1))) & (Alignment - 1)) / sizeof(double);
        _scratch = GC.AllocateUninitializedArray<double>(program.Longest);
        Hold(0);
    }

    /// <summary>Holds a unit of the first of three entities: what is the same for all rows is read anew.</summary>
    /// <param name="unit">Index of the unit.</param>
    public void Hold(int unit)
    {
        _outer = unit;
        foreach (CellLoad load in _program.Loads)
        {
            if (load.IsConstant)
            {
                Cell(load.Cell).Fill(load.Values[0]);
            }
        }
    }

    /// <summary>The row that was run last.</summary>
    public int Row => _row;

    /// <summary>Computes all targets of a row.</summary>
    /// <param name="row">Index of the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int row)
    {
        _row = row;
        foreach (CellLoad load in _program.Loads)
        {
            if (!load.IsConstant)
            {
                Cell(load.Cell).Fill(load.Values[row]);
            }
        }

        foreach (RowPhase phase in _program.Phases)
        {
            foreach (Instruction instruction in phase.Whole)
            {
                Whole(instruction);
            }

            foreach ((int entity, Instruction[] instructions) in phase.Tiles)
            {
                int width = _sizes[entity];
                for (int from = 0; from < width; from += _program.Tile)
                {
                    int count = Math.Min(_program.Tile, width - from);
                    foreach (Instruction instruction in instructions)
                    {
                        Tile(instruction, from, count);
                    }
                }
            }
        }
    }

    /// <summary>A target that varies over the second entity: the whole row, or the column that is the same for every row; empty for one that does not vary.</summary>
    /// <param name="target">Index of the target.</param>
    /// <param name="width">Size of the second entity.</param>
    public ReadOnlySpan<double> Target(int target, int width) => _program.Targets[target] switch
    {
        { Kind: SourceKind.Row } source => _memory.AsSpan(_base + source.Offset, width),
        { Kind: SourceKind.Column } source => source.Values,
        { Kind: SourceKind.Matrix } source => source.Values.AsSpan(_row * width, width),
        _ => [],
    };

    /// <summary>A target with one number a row.</summary>
    /// <param name="target">Index of the target.</param>
    public double Number(int target) => _memory[_base + _program.Targets[target].Offset];

    private Span<double> Cell(int offset) => _memory.AsSpan(_base + offset, ColumnOperand.Padding);

    private ReadOnlySpan<double> Span(Source source, int width) => source.Kind switch
    {
        SourceKind.Column => source.Values,
        SourceKind.Matrix => source.Values.AsSpan(_row * width, width),
        _ => _memory.AsSpan(_base + source.Offset, width),
    };

    private void Whole(Instruction instruction)
    {
        Node node = instruction.Node;
        if (node.Plate.Count >= 2)
        {
            Span<double> target = _memory.AsSpan(_base + instruction.Target.Offset, _sizes[node.Plate.Column]);
            ReadOnlySpan<double> values = Span(instruction.Sources[0], _sizes[node.Arguments[0].Plate.Column]);
            switch (node.Op)
            {
                case Op.Smallest:
                    RowKernels.Smallest(values, _memory[_base + instruction.Sources[1].Offset], target, _scratch);
                    break;
                case Op.Rank:
                    RowKernels.Rank(values, target);
                    break;
                default:
                    RowKernels.Relate(values, (WorldRelation)node.Data!, node.Reduction, target);
                    break;
            }

            Check(instruction, target);
            return;
        }

        Span<double> cell = Cell(instruction.Target.Offset);
        switch (node.Op)
        {
            case Op.Reduce:
                cell.Fill(RowKernels.Reduce(Span(instruction.Sources[0], _sizes[node.Arguments[0].Plate.Column]), node.Reduction));
                break;
            case Op.Calibrate:
                RateMethod method = node.Text.StartsWith(nameof(RateMethod.Scale), StringComparison.Ordinal) ? RateMethod.Scale : RateMethod.Intercept;
                cell.Fill(Calibration.Solve(method, Span(instruction.Sources[0], _sizes[node.Arguments[0].Plate.Column]), node.Number));
                break;
            case Op.Gather:
                cell.Fill(At((double[])node.Data!, _memory[_base + instruction.Sources[0].Offset]));
                break;
            case Op.Apply:
                AppliedFunction.Map((Delegate)node.Data!, Operand(instruction, 0, 0), Operand(instruction, 1, 0), Operand(instruction, 2, 0), ref cell[0], cell.Length);
                break;
            default:
                ColumnKernels.Map(node.Op, Operand(instruction, 0, 0), Operand(instruction, 1, 0), Operand(instruction, 2, 0), ref cell[0], cell.Length);
                break;
        }

        Check(instruction, cell);
    }

    private static void Check(Instruction instruction, ReadOnlySpan<double> values)
    {
        if (instruction.IsGuarded && !FiniteCheck.All(values))
        {
            throw new NotFiniteException(instruction.Node);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tile(Instruction instruction, int from, int count)
    {
        Node node = instruction.Node;
        ref double target = ref _memory[_base + instruction.Target.Offset + (instruction.Target.Kind == SourceKind.Row ? from : 0)];
        switch (node.Op)
        {
            case Op.Uniform or Op.Normal:
                KeyedNoise.Fill(instruction.Key.Row(node.Plate.Count == 3 ? ((ulong)_outer << 32) | (uint)_row : (ulong)_row), (ulong)from, MemoryMarshal.CreateSpan(ref target, count), node.Op == Op.Normal);
                break;
            case Op.Gather:
                double[] table = (double[])node.Data!;
                ColumnOperand index = Operand(instruction, 0, from);
                for (int i = 0; i < count; i++)
                {
                    Unsafe.Add(ref target, i) = At(table, Unsafe.Add(ref index.Start, i * index.Stride));
                }

                break;
            case Op.Apply:
                AppliedFunction.Map((Delegate)node.Data!, Operand(instruction, 0, from), Operand(instruction, 1, from), Operand(instruction, 2, from), ref target, count);
                break;
            case Op.Dot:
                RowKernels.Dot(Span(instruction.Sources[0], _sizes[node.Arguments[0].Plate.Column]), instruction.Matrix, _sizes[node.Plate.Column], from, MemoryMarshal.CreateSpan(ref target, count));
                break;
            default:
                ColumnKernels.Map(node.Op, Operand(instruction, 0, from), Operand(instruction, 1, from), Operand(instruction, 2, from), ref target, count);
                break;
        }

        Check(instruction, MemoryMarshal.CreateReadOnlySpan(ref target, count));
    }

    private static double At(double[] table, double index) => index >= 0 && index < table.Length ? table[(int)index] : double.NaN;

    private ColumnOperand Operand(Instruction instruction, int argument, int from)
    {
        if (argument >= instruction.Sources.Length)
        {
            return default;
        }

        Source source = instruction.Sources[argument];
        return source.Kind switch
        {
            SourceKind.Cell => ColumnOperand.Single(ref _memory[_base + source.Offset]),
            SourceKind.Register => ColumnOperand.Column(ref _memory[_base + source.Offset]),
            SourceKind.Row => ColumnOperand.Column(ref _memory[_base + source.Offset + from]),
            SourceKind.Matrix => ColumnOperand.Column(ref source.Values![(_row * source.Offset) + from]),
            _ => ColumnOperand.Column(ref source.Values![from]),
        };
    }
}
