using System.Collections.Concurrent;
using Caudata.Numerics;
using Caudata.Simulation.Compilation;

namespace Caudata.Simulation.Execution;

/// <content>Values over three entities: passes over the slices of the first.</content>
internal sealed partial class WorldEngine
{
    // A matrix that is summed over slices is kept once for each part of them; so many numbers in all at most.
    private const long Partial = 1L << 24;

    /// <summary>Runs all rows of all slices in blocks, in any order, on several threads.</summary>
    /// <param name="plate">The three entities.</param>
    /// <param name="targets">What each row must give.</param>
    /// <param name="slicesOfBlock">Units of the first entity in a block.</param>
    /// <param name="run">Gets the block's index, its first unit of the first entity, the one behind its last, and a machine that runs them.</param>
    public void Slices(Plate plate, IReadOnlyList<Node> targets, int slicesOfBlock, Action<int, int, int, SliceMachine> run)
    {
        int units = _sizes[plate.Outer];
        Parts(plate, targets, (int)(((long)units + slicesOfBlock - 1) / slicesOfBlock), (block, machine) =>
        {
            int first = block * slicesOfBlock;
            run(block, first, (int)Math.Min(units, (long)first + slicesOfBlock), machine);
        });
    }

    // Known only after a pass over slices.
    private static bool IsFromSlices(Node node) => node.Arguments is [{ Plate.Count: 3 }, ..] && node.Op is Op.Collapse or Op.Calibrate;

    private SliceMachine Slices(Plate plate, IReadOnlyList<Node> targets) => new(plate, targets, _sizes, Compile, n => _columns.GetValueOrDefault(n));

    private void Parts(Plate plate, IReadOnlyList<Node> targets, int parts, Action<int, SliceMachine> run)
    {
        ConcurrentBag<SliceMachine> machines = [];
        BlockLoop.Run(parts, _threads, (part, _) =>
        {
            SliceMachine machine = machines.TryTake(out SliceMachine? free) ? free : Slices(plate, targets);
            run(part, machine);
            machines.Add(machine);
        }, _cancellation);
    }

    private void SlicePass(Plate plate, Node[] wanted)
    {
        if (wanted.Length == 0)
        {
            return;
        }

        int units = _sizes[plate.Outer], width = _sizes[plate.Column], parts = Math.Min(units, FewParts);
        foreach (Node node in wanted)
        {
            long size = (long)_sizes[node.Plate.Row] * _sizes[node.Plate.Column];
            if (size > WorldLimits.Matrix)
            {
                throw new WorldException($"An aggregate over one of three entities has {_sizes[node.Plate.Row]} x {_sizes[node.Plate.Column]} numbers; expected at most {WorldLimits.Matrix}. Make one of its entities smaller.");
            }

            parts = node.Number == plate.Outer ? (int)Math.Clamp(Partial / size, 1, parts) : parts;
        }

        // Of an aggregate over the first entity every part has a matrix; any other fills rows of its own.
        double[][][] matrices = [.. wanted.Select(node => Enumerable.Range(0, node.Number == plate.Outer ? parts : 1).Select(_ => new double[_sizes[node.Plate.Row] * _sizes[node.Plate.Column]]).ToArray())];
        Parts(plate, [.. wanted.Select(node => node.Arguments[0])], parts, (part, machine) =>
        {
            int start = (int)((long)units * part / parts);
            machine.Run(start, (int)((long)units * (part + 1) / parts), (unit, row, values) =>
            {
                for (int k = 0; k < wanted.Length; k++)
                {
                    Node node = wanted[k];
                    ReadOnlySpan<double> found = values.Target(k, width);
                    if (node.Number == plate.Column)
                    {
                        matrices[k][0][(unit * _sizes[plate.Row]) + row] = RowKernels.Reduce(found, node.Reduction);
                    }
                    else if (node.Number == plate.Row)
                    {
                        StaticKernels.Accumulate(matrices[k][0].AsSpan(unit * width, width), found, node.Reduction, isFirst: row == 0);
                    }
                    else
                    {
                        StaticKernels.Accumulate(matrices[k][part].AsSpan(row * width, width), found, node.Reduction, isFirst: unit == start);
                    }
                }
            });
        });
        for (int k = 0; k < wanted.Length; k++)
        {
            double[] matrix = matrices[k].Length == 1 ? matrices[k][0] : StaticKernels.Join(matrices[k], wanted[k].Reduction == Reduction.Mean ? Reduction.Sum : wanted[k].Reduction, units);
            if (wanted[k].Reduction == Reduction.Mean && wanted[k].Number != plate.Column)
            {
                int over = _sizes[(int)wanted[k].Number];
                for (int i = 0; i < matrix.Length; i++)
                {
                    matrix[i] /= over;
                }
            }

            Add(wanted[k], matrix);
        }
    }

    private void CalibrateOverSlices(Node rate)
    {
        Node score = rate.Arguments[0];
        Plate plate = score.Plate;
        RateMethod method = Enum.Parse<RateMethod>(rate.Text);
        int units = _sizes[plate.Outer], width = _sizes[plate.Column], parts = Math.Min(units, Pieces);
        double all = (double)units * _sizes[plate.Row] * width;
        Calibration.State state = Calibration.Start(method);
        for (int step = 0; step < Calibration.MostSteps && !state.IsDone; step++)
        {
            (double Sum, double Slope)[] partial = new (double, double)[parts];
            double constant = state.Constant;
            Parts(plate, [score], parts, (part, machine) => machine.Run((int)((long)units * part / parts), (int)((long)units * (part + 1) / parts), (_, _, values) =>
            {
                (double sum, double slope) = Calibration.Sums(method, values.Target(0, width), constant);
                partial[part] = (partial[part].Sum + sum, partial[part].Slope + slope);
            }));
            state = Calibration.Step(method, state, partial.Sum(p => p.Sum) / all, partial.Sum(p => p.Slope) / all, rate.Number);
        }

        double[] cell = new double[ColumnOperand.Padding];
        Array.Fill(cell, state.Constant);
        _columns.Add(rate, cell);
    }
}
