using System.Collections.Concurrent;
using Caudata.Numerics;
using Caudata.Simulation.Compilation;

namespace Caudata.Simulation.Execution;

/// <summary>Computes the nodes of a world: columns at once, rows in passes over blocks.</summary>
/// <remarks>
/// A pass goes over all rows of an entity where a column or a number needs all of them: an aggregate over rows, a rate over all pairs, a factor of a product. Partial sums belong to fixed parts of the rows and are
/// joined in order, so the result depends neither on the number of threads nor on the size of blocks or tiles.
/// </remarks>
internal sealed partial class WorldEngine
{
    private const int Pieces = 64, FewParts = 16, WideRow = 200_000;

    private readonly int[] _sizes;
    private readonly ulong _seed;
    private readonly int _threads, _tile;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<Node, double[]> _columns = [];
    private readonly IReadOnlyDictionary<Node, Guard> _guards;

    /// <summary>An engine.</summary>
    /// <param name="world">The world, for the sizes of its entities.</param>
    /// <param name="seed">Seed of all noise.</param>
    /// <param name="threads">Most threads.</param>
    /// <param name="tile">Columns of a tile; changes speed only.</param>
    /// <param name="guards">Values that must be finite; where one is not, a pass ends with <see cref="NotFiniteException"/>.</param>
    /// <param name="cancellation">Looked at between parts of rows.</param>
    public WorldEngine(World world, ulong seed, int threads, int tile, IReadOnlyDictionary<Node, Guard> guards, CancellationToken cancellation)
    {
        _guards = guards;
        _sizes = [.. world.Entities.Select(e => e.Size)];
        (_seed, _threads, _tile, _cancellation) = (seed, threads, tile, cancellation);
    }

    /// <summary>Computes everything that the wanted nodes need before their rows can be run.</summary>
    /// <param name="wanted">Nodes of any shape.</param>
    public void Prepare(IEnumerable<Node> wanted)
    {
        Node[] nodes = Reachable(wanted);
        HashSet<Node> captured = Captured(nodes, [.. wanted]);
        int levels = nodes.Length == 0 ? 0 : nodes.Max(n => n.Level) + 1;
        for (int level = 0; level < levels; level++)
        {
            foreach (Node node in nodes.Where(n => n.RowEntity < 0 && n.Level == level && !_columns.ContainsKey(n)))
            {
                if (!IsFromRows(node) && !IsFromSlices(node))
                {
                    Add(node, StaticKernels.Compute(node, _sizes, _seed, argument => _columns[argument]));
                }
            }

            foreach (int entity in nodes.Select(n => IsFromRows(n) ? n.Arguments[0].Plate.Row : n.RowEntity).Where(e => e >= 0).Distinct().Order())
            {
                Node[] sums = [.. nodes.Where(n => IsFromRows(n) && n.Arguments[0].Plate.Row == entity && n.Arguments[0].Level == level && !_columns.ContainsKey(n))];
                Node[] columns = [.. captured.Where(n => n.RowEntity == entity && n.Level == level && !_columns.ContainsKey(n)).OrderBy(n => n.Id)];
                if (sums.Length + columns.Length > 0)
                {
                    Pass(entity, [.. sums.Where(s => s.Op == Op.SumOverRows)], columns);
                    foreach (Node rate in sums.Where(s => s.Op == Op.Calibrate))
                    {
                        CalibrateOverRows(rate, entity);
                    }
                }
            }

            foreach (IGrouping<Plate, Node> slices in nodes.Where(n => IsFromSlices(n) && n.Arguments[0].Level == level && !_columns.ContainsKey(n)).GroupBy(n => n.Arguments[0].Plate).ToArray())
            {
                SlicePass(slices.Key, [.. slices.Where(n => n.Op == Op.Collapse)]);
                foreach (Node rate in slices.Where(n => n.Op == Op.Calibrate))
                {
                    CalibrateOverSlices(rate);
                }
            }
        }
    }

    /// <summary>The numbers of a node with no or one entity, after <see cref="Prepare"/>; of none, the same number eight times.</summary>
    public double[] Column(Node node) => _columns[node];

    /// <summary>Forgets the numbers of nodes from that one on.</summary>
    public void ForgetFrom(int id)
    {
        foreach (Node node in _columns.Keys.Where(n => n.Id >= id).ToArray())
        {
            _columns.Remove(node);
        }
    }

    /// <summary>Runs all rows of an entity in blocks, in any order, on several threads.</summary>
    /// <param name="entity">The rows' entity.</param>
    /// <param name="targets">What each row must give.</param>
    /// <param name="rowsOfBlock">Rows of a block.</param>
    /// <param name="run">Gets the block's index, its first row, the row behind its last, and a machine that runs rows.</param>
    public void Rows(int entity, IReadOnlyList<Node> targets, int rowsOfBlock, Action<int, int, int, RowMachine> run)
    {
        RowProgram program = Compile(entity, targets, n => _columns.GetValueOrDefault(n));
        ConcurrentBag<RowMachine> machines = [];
        int rows = _sizes[entity], blocks = (int)(((long)rows + rowsOfBlock - 1) / rowsOfBlock);
        BlockLoop.Run(blocks, _threads, (block, _) =>
        {
            RowMachine machine = machines.TryTake(out RowMachine? free) ? free : new RowMachine(program, _sizes);
            int first = block * rowsOfBlock;
            run(block, first, (int)Math.Min(rows, (long)first + rowsOfBlock), machine);
            machines.Add(machine);
        }, _cancellation);
    }

    /// <summary>The number of a node for one unit, found by computing its row alone.</summary>
    /// <param name="node">The node.</param>
    /// <param name="unit">The unit's index for each entity that the node has.</param>
    public double At(Node node, IReadOnlyDictionary<int, int> unit)
    {
        Prepare([node]);
        if (node.Plate.Count == 3)
        {
            SliceMachine slices = Slices(node.Plate, [node]);
            slices.Hold(unit[node.Plate.Outer]);
            return slices.Run(unit[node.Plate.Row]).Target(0, _sizes[node.Plate.Column])[unit[node.Plate.Column]];
        }

        if (node.Plate.Count < 2)
        {
            return _columns[node][node.Plate.Count == 0 ? 0 : unit[node.Plate.Row]];
        }

        RowMachine machine = new(Compile(node.Plate.Row, [node], n => _columns.GetValueOrDefault(n)), _sizes);
        machine.Run(unit[node.Plate.Row]);
        return machine.Target(0, _sizes[node.Plate.Column])[unit[node.Plate.Column]];
    }

    private RowProgram Compile(int entity, IReadOnlyList<Node> targets, Func<Node, double[]?> known, int held = -1) => RowCompiler.Compile(entity, targets, _sizes, _tile, _seed, known, _guards.ContainsKey, held);

    private void Add(Node node, double[] column)
    {
        if (_guards.ContainsKey(node) && !FiniteCheck.All(column))
        {
            throw new NotFiniteException(node);
        }

        _columns.Add(node, column);
    }

    /// <summary>The nodes and all that they depend on, arguments first.</summary>
    public static Node[] Reachable(IEnumerable<Node> wanted)
    {
        HashSet<Node> seen = [];
        Stack<Node> open = new(wanted);
        while (open.TryPop(out Node? node))
        {
            if (seen.Add(node))
            {
                foreach (Node argument in node.Arguments)
                {
                    open.Push(argument);
                }
            }
        }

        return [.. seen.OrderBy(n => n.Id)];
    }

    // Known only after a pass over rows of another shape.
    private static bool IsFromRows(Node node) => node.RowEntity < 0 && node.Arguments is [{ Plate.Count: 2 }, ..] && node.Op is Op.SumOverRows or Op.Calibrate;

    /// <summary>Nodes of rows that somebody reads as a whole: columns of one number a row, and the second factors of products.</summary>
    private HashSet<Node> Captured(Node[] nodes, HashSet<Node> wanted)
    {
        HashSet<Node> captured = [.. wanted.Where(n => n.RowEntity >= 0 && n.Plate.Count < 2)];
        foreach (Node node in nodes)
        {
            foreach (Node argument in node.Arguments.Where(a => a.RowEntity >= 0))
            {
                bool matrix = node.Op == Op.Dot && ReferenceEquals(argument, node.Arguments[1]);
                if (matrix || (argument.Plate.Count < 2 && argument.RowEntity != node.RowEntity))
                {
                    captured.Add(argument);
                    if (matrix && (long)_sizes[argument.Plate.Row] * _sizes[argument.Plate.Column] > WorldLimits.Matrix)
                    {
                        throw new WorldException($"A factor of dot(a, b) has {_sizes[argument.Plate.Row]} x {_sizes[argument.Plate.Column]} numbers; expected at most {WorldLimits.Matrix}. Make one of its entities smaller.");
                    }
                }
            }
        }

        return captured;
    }

    private void Pass(int entity, Node[] sums, Node[] columns)
    {
        Node[] targets = [.. sums.Select(s => s.Arguments[0]), .. columns];
        int rows = _sizes[entity], parts = Math.Min(rows, sums.Any(s => _sizes[s.Plate.Row] > WideRow) ? FewParts : Pieces);
        double[]?[][] partial = [.. sums.Select(_ => new double[]?[parts])];
        foreach (Node column in columns)
        {
            _columns.Add(column, new double[column.Plate.Count == 2 ? checked(rows * _sizes[column.Plate.Column]) : rows]);
        }

        RowProgram program = Compile(entity, targets, n => columns.Contains(n) ? null : _columns.GetValueOrDefault(n));
        ConcurrentBag<RowMachine> machines = [];
        BlockLoop.Run(parts, _threads, (part, _) =>
        {
            RowMachine machine = machines.TryTake(out RowMachine? free) ? free : new RowMachine(program, _sizes);
            int first = (int)((long)rows * part / parts), end = (int)((long)rows * (part + 1) / parts);
            for (int row = first; row < end; row++)
            {
                machine.Run(row);
                for (int s = 0; s < sums.Length; s++)
                {
                    StaticKernels.Accumulate(ref partial[s][part], machine.Target(s, _sizes[sums[s].Plate.Row]), sums[s].Reduction);
                }

                for (int c = 0; c < columns.Length; c++)
                {
                    Capture(machine, sums.Length + c, columns[c], row);
                }
            }

            machines.Add(machine);
        }, _cancellation);
        for (int s = 0; s < sums.Length; s++)
        {
            Add(sums[s], StaticKernels.Join([.. partial[s].OfType<double[]>()], sums[s].Reduction, rows));
        }
    }

    private void Capture(RowMachine machine, int target, Node node, int row)
    {
        double[] column = _columns[node];
        if (node.Plate.Count < 2)
        {
            column[row] = machine.Number(target);
            return;
        }

        int rows = _sizes[node.Plate.Row];
        ReadOnlySpan<double> values = machine.Target(target, _sizes[node.Plate.Column]);
        for (int k = 0; k < values.Length; k++)
        {
            column[(k * rows) + row] = values[k];
        }
    }

    private void CalibrateOverRows(Node rate, int entity)
    {
        Node score = rate.Arguments[0];
        RateMethod method = Enum.Parse<RateMethod>(rate.Text);
        int rows = _sizes[entity], width = _sizes[score.Plate.Column], parts = Math.Min(rows, Pieces);
        RowProgram program = Compile(entity, [score], n => _columns.GetValueOrDefault(n));
        ConcurrentBag<RowMachine> machines = [];
        Calibration.State state = Calibration.Start(method);
        for (int step = 0; step < Calibration.MostSteps && !state.IsDone; step++)
        {
            (double Sum, double Slope)[] partial = new (double, double)[parts];
            double constant = state.Constant;
            BlockLoop.Run(parts, _threads, (part, _) =>
            {
                RowMachine machine = machines.TryTake(out RowMachine? free) ? free : new RowMachine(program, _sizes);
                for (int row = (int)((long)rows * part / parts); row < (int)((long)rows * (part + 1) / parts); row++)
                {
                    machine.Run(row);
                    (double sum, double slope) = Calibration.Sums(method, machine.Target(0, width), constant);
                    partial[part] = (partial[part].Sum + sum, partial[part].Slope + slope);
                }

                machines.Add(machine);
            }, _cancellation);
            double pairs = (double)rows * width;
            state = Calibration.Step(method, state, partial.Sum(p => p.Sum) / pairs, partial.Sum(p => p.Slope) / pairs, rate.Number);
        }

        double[] cell = new double[ColumnOperand.Padding];
        Array.Fill(cell, state.Constant);
        _columns.Add(rate, cell);
    }
}
