using System.Numerics.Tensors;
using Caudata.Numerics;
using Caudata.Simulation.Compilation;
using Caudata.Simulation.Execution;

namespace Caudata.Simulation;

/// <summary>The rows of a block, computed one after the other.</summary>
public sealed class SimulatedRows
{
    private readonly int _first, _end;
    private readonly Node[] _nodes;
    private readonly SliceMachine? _slices;
    private readonly int _rowsOfSlice;
    private readonly WorldEngine _engine;
    private RowMachine? _machine;

    internal SimulatedRows(int first, int end, int width, Node[] nodes, RowMachine? machine, WorldEngine engine) =>
        (_first, _end, Width, _nodes, _machine, _engine) = (first, end, width, nodes, machine, engine);

    internal SimulatedRows(int first, int end, int width, Node[] nodes, SliceMachine slices, int rowsOfSlice, WorldEngine engine) : this(first, end, width, nodes, null, engine) =>
        (_slices, _rowsOfSlice) = (slices, rowsOfSlice);

    /// <summary>Numbers of a column in a row: units of the last entity.</summary>
    public int Width { get; }

    /// <summary>Number of rows.</summary>
    public int Count => (_end - _first) * Math.Max(1, _rowsOfSlice);

    /// <summary>Computes the rows in order, and hands each over; what a row refers to is gone when the next one comes.</summary>
    /// <param name="row">Gets each row.</param>
    public void ForEach(Action<SimulatedRow> row)
    {
        double[]?[] spread = new double[]?[_nodes.Length];
        if (_slices is not null)
        {
            _slices.Run(_first, _end, (unit, second, machine) =>
            {
                _machine = machine;
                row(new SimulatedRow(unit, second, _rowsOfSlice, Width, this, spread));
            });
            return;
        }

        for (int r = _first; r < _end; r++)
        {
            _machine?.Run(r);
            row(new SimulatedRow(r, 0, 1, Width, this, spread));
        }
    }

    internal ReadOnlySpan<double> Values(int column, double[]?[] spread)
    {
        ReadOnlySpan<double> values = _machine is null
            ? _nodes[column].Plate.Count == 1 || Width == 1 ? _engine.Column(_nodes[column]).AsSpan(0, Width) : []
            : _machine.Target(column, Width);
        if (!values.IsEmpty)
        {
            return values;
        }

        // One number for the whole row.
        double[] filled = spread[column] ??= new double[Width];
        Array.Fill(filled, _machine?.Number(column) ?? _engine.Column(_nodes[column])[0]);
        return filled;
    }
}

/// <summary>One row of simulated columns.</summary>
public readonly ref struct SimulatedRow
{
    private readonly SimulatedRows _rows;
    private readonly double[]?[] _spread;
    private readonly int _rowsOfSlice;

    internal SimulatedRow(int index, int second, int rowsOfSlice, int width, SimulatedRows rows, double[]?[] spread) =>
        (Index, Second, _rowsOfSlice, Width, _rows, _spread) = (index, second, rowsOfSlice, width, rows, spread);

    /// <summary>Index of the row: the unit of the first of two or three entities; 0 where there is no second.</summary>
    public int Index { get; }

    /// <summary>The unit of the second of three entities; 0 where there is no third.</summary>
    public int Second { get; }

    /// <summary>Number of the row among all.</summary>
    internal int Number => checked((Index * _rowsOfSlice) + Second);

    /// <summary>Numbers of a column in the row.</summary>
    public int Width { get; }

    /// <summary>The numbers of a column, shape [width].</summary>
    /// <param name="column">Place of the column in the order of asking.</param>
    public ReadOnlySpan<double> this[int column] => _rows.Values(column, _spread);

    /// <summary>Copies a column as bytes: whole numbers from 0 to 255; others are cut to that range, NaN to 0.</summary>
    /// <param name="column">Place of the column in the order of asking.</param>
    /// <param name="target">Receives the bytes, at least [width].</param>
    public void CopyTo(int column, Span<byte> target) => NarrowColumns.ToBytes(this[column], target[..Width]);

    /// <summary>Copies a column as single-precision numbers.</summary>
    /// <param name="column">Place of the column in the order of asking.</param>
    /// <param name="target">Receives the numbers, at least [width].</param>
    public void CopyTo(int column, Span<float> target) => TensorPrimitives.ConvertTruncating(this[column], target[..Width]);
}
