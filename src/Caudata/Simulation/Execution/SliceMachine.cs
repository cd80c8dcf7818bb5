using Caudata.Numerics;
using Caudata.Simulation.Compilation;

namespace Caudata.Simulation.Execution;

/// <summary>Runs values over three entities for one worker: for a unit of the first, all rows of the second over the third. With the first held, a value over three is one over two.</summary>
/// <remarks>What the first entity indexes and the rows read (a user's taste, a user's values over items) is computed by a machine of its own into buffers, once for each unit of the first. So memory is that of a row of pairs, not of the slice.</remarks>
internal sealed class SliceMachine
{
    private readonly int[] _sizes;
    private readonly Plate _plate;
    private readonly RowMachine _rows;
    private readonly RowMachine? _outer;
    private readonly Node[] _shared;
    private readonly double[]?[] _known;
    private readonly double[][] _buffers;

    /// <summary>A machine.</summary>
    /// <param name="plate">The three entities.</param>
    /// <param name="targets">What each row must give.</param>
    /// <param name="sizes">Sizes of all entities.</param>
    /// <param name="compile">Compiles rows of an entity: entity, targets, what is known, and the entity that is held, or -1.</param>
    /// <param name="column">The column or matrix of a node that is known before the pass; null for one that is not.</param>
    public SliceMachine(Plate plate, IReadOnlyList<Node> targets, int[] sizes, Func<int, IReadOnlyList<Node>, Func<Node, double[]?>, int, RowProgram> compile, Func<Node, double[]?> column)
    {
        (_plate, _sizes) = (plate, sizes);
        _shared = Shared(plate, targets);
        _known = [.. _shared.Select(node => node.Plate.Count == 1 ? column(node) ?? throw new InvalidOperationException($"{node} is not known before the pass.") : null)];
        _buffers = [.. _shared.Select(node => new double[node.Plate.Count == 1 ? ColumnOperand.Padding : sizes[node.Plate.Column]])];
        Node[] pairs = [.. _shared.Where(node => node.Plate.Count == 2)];
        _outer = pairs.Length == 0 ? null : new RowMachine(compile(plate.Outer, pairs, column, -1), sizes);
        Dictionary<Node, double[]> buffers = _shared.Zip(_buffers).ToDictionary(pair => pair.First, pair => pair.Second);
        _rows = new RowMachine(compile(plate.Row, targets, node => buffers.GetValueOrDefault(node) ?? column(node), plate.Outer), sizes);
    }

    /// <summary>Gets ready for the rows of a unit of the first entity.</summary>
    public void Hold(int unit)
    {
        _outer?.Run(unit);
        for (int k = 0, pair = 0; k < _shared.Length; k++)
        {
            if (_known[k] is { } column)
            {
                Array.Fill(_buffers[k], column[unit]);
            }
            else
            {
                _outer!.Target(pair++, _buffers[k].Length).CopyTo(_buffers[k]);
            }
        }

        _rows.Hold(unit);
    }

    /// <summary>Runs a row of the unit that is held; the machine holds its targets.</summary>
    public RowMachine Run(int row)
    {
        _rows.Run(row);
        return _rows;
    }

    /// <summary>Runs all rows of units of the first entity.</summary>
    /// <param name="first">The first unit.</param>
    /// <param name="end">The unit behind the last.</param>
    /// <param name="row">Gets unit, row and the machine that holds the row.</param>
    public void Run(int first, int end, Action<int, int, RowMachine> row)
    {
        for (int unit = first; unit < end; unit++)
        {
            Hold(unit);
            for (int r = 0; r < _sizes[_plate.Row]; r++)
            {
                row(unit, r, Run(r));
            }
        }
    }

    // What the first entity indexes, of all that the rows read; what lies behind it is no matter of theirs.
    private static Node[] Shared(Plate plate, IReadOnlyList<Node> targets)
    {
        HashSet<Node> seen = [], shared = [];
        Stack<Node> open = new(targets);
        while (open.TryPop(out Node? node))
        {
            if (!seen.Add(node))
            {
                continue;
            }

            if (node.Plate.Count < 3 && node.Plate.Has(plate.Outer))
            {
                shared.Add(node);
            }
            else if (node.RowEntity == plate.Row)
            {
                foreach (Node argument in node.Arguments)
                {
                    open.Push(argument);
                }
            }
        }

        return [.. shared.OrderBy(node => node.Id)];
    }
}
