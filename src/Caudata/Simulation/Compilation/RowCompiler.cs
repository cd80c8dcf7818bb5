using Caudata.Numerics;

namespace Caudata.Simulation.Compilation;

/// <summary>Compiles what one pass needs of an entity's rows.</summary>
/// <remarks>
/// Values over both entities are computed tile by tile; a value that a whole-row operation or a later phase reads is kept for the whole row, others live in registers that are used again as soon as they are free.
/// </remarks>
internal sealed class RowCompiler
{
    private readonly int _entity, _tile, _outer;
    private readonly int[] _sizes;
    private readonly ulong _seed;
    private readonly Func<Node, double[]?> _known;
    private readonly Func<Node, bool> _isGuarded;
    private readonly Dictionary<Node, int> _phase = [];
    private readonly Dictionary<Node, Source> _places = [];
    private readonly List<Node> _order = [];
    private readonly List<CellLoad> _loads = [];
    private readonly HashSet<Node> _kept = [];
    private readonly Dictionary<Node, int> _uses = [];
    private readonly Stack<int> _free = new();
    private int _length;

    private RowCompiler(int entity, int[] sizes, int tile, ulong seed, Func<Node, double[]?> known, Func<Node, bool> isGuarded, int outer) =>
        (_entity, _sizes, _tile, _seed, _known, _isGuarded, _outer) = (entity, sizes, tile, seed, known, isGuarded, outer);

    /// <summary>Compiles a pass.</summary>
    /// <param name="entity">The rows' entity.</param>
    /// <param name="targets">What must be at hand when a row is done.</param>
    /// <param name="sizes">Sizes of all entities.</param>
    /// <param name="tile">Columns of a tile.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <param name="known">The column (or matrix, or repeated number) of a node that is known before the pass; null for one that is not.</param>
    /// <param name="isGuarded">Whether a node's numbers must be finite.</param>
    /// <param name="outer">For values over three entities the first, whose unit is held: what it indexes is known, and lacks it. Else -1.</param>
    public static RowProgram Compile(int entity, IReadOnlyList<Node> targets, int[] sizes, int tile, ulong seed, Func<Node, double[]?> known, Func<Node, bool> isGuarded, int outer = -1) =>
        new RowCompiler(entity, sizes, tile, seed, known, isGuarded, outer).Compile(targets);

    private RowProgram Compile(IReadOnlyList<Node> targets)
    {
        Collect(targets);
        foreach (Node node in _order)
        {
            _phase[node] = PhaseOf(node);
        }

        _kept.UnionWith(targets.Where(_phase.ContainsKey));
        foreach (Node node in _order)
        {
            for (int i = 0; i < node.Arguments.Length; i++)
            {
                Node argument = node.Arguments[i];
                if (_phase.TryGetValue(argument, out int phase))
                {
                    _uses[argument] = _uses.GetValueOrDefault(argument) + 1;
                    if (IsTile(argument) && (!IsTile(node) || phase < _phase[node] || argument.Plate.Column != node.Plate.Column))
                    {
                        _kept.Add(argument);
                    }
                }
            }
        }

        RowPhase[] phases = [.. Enumerable.Range(0, _order.Count == 0 ? 0 : _phase.Values.Max() + 1).Select(Phase)];
        Source[] places = [.. targets.Select(Place)];
        return new RowProgram
        {
            Entity = _entity,
            Phases = phases,
            Loads = [.. _loads],
            ArenaLength = _length + ColumnOperand.Padding,
            Tile = _tile,
            Targets = places,
            Longest = _order.Where(n => n.Plate.Count >= 2).Select(n => _sizes[n.Plate.Column]).DefaultIfEmpty(0).Max(),
        };
    }

    // What must be computed in the row, arguments first: numbers of nodes rise from arguments to users.
    private void Collect(IReadOnlyList<Node> targets)
    {
        HashSet<Node> seen = [];
        Stack<Node> open = new(targets);
        while (open.TryPop(out Node? node))
        {
            if (node.RowEntity != _entity || (node.Plate.Count < 2 && _known(node) is not null) || !seen.Add(node))
            {
                continue;
            }

            _order.Add(node);
            for (int i = 0; i < node.Arguments.Length - (node.Op == Op.Dot ? 1 : 0); i++)
            {
                open.Push(node.Arguments[i]);
            }
        }

        _order.Sort((a, b) => a.Id.CompareTo(b.Id));
    }

    private static bool IsTile(Node node) => node.Plate.Count >= 2 && node.Op is not (Op.Smallest or Op.Rank or Op.Relate);

    private int PhaseOf(Node node)
    {
        int phase = 0;
        foreach (Node argument in node.Arguments)
        {
            if (_phase.TryGetValue(argument, out int ready))
            {
                bool whole = !IsTile(node) || node.Op == Op.Dot;
                phase = Math.Max(phase, ready + (whole && IsTile(argument) ? 1 : 0));
            }
        }

        return phase;
    }

    private RowPhase Phase(int phase)
    {
        Node[] nodes = [.. _order.Where(n => _phase[n] == phase)];
        Instruction[] whole = [.. nodes.Where(n => !IsTile(n)).Select(Compile)];
        (int, Instruction[])[] tiles = [.. nodes.Where(IsTile).GroupBy(n => n.Plate.Column).Select(group => (group.Key, (Instruction[])[.. group.Select(Compile)]))];
        return new RowPhase(whole, tiles);
    }

    private Instruction Compile(Node node)
    {
        Node[] read = node.Op == Op.Dot ? [node.Arguments[0]] : node.Arguments;
        Source[] sources = [.. read.Select(Place)];
        // Registers whose last reader this is are free for its own result: operations work number by number.
        foreach (Node argument in read)
        {
            if (_uses.TryGetValue(argument, out int uses))
            {
                _uses[argument] = uses - 1;
                if (uses == 1 && _places[argument].Kind == SourceKind.Register)
                {
                    _free.Push(_places[argument].Offset);
                }
            }
        }

        Source target = !IsTile(node)
            ? node.Plate.Count >= 2 ? Reserve(SourceKind.Row, _sizes[node.Plate.Column]) : Reserve(SourceKind.Cell, ColumnOperand.Padding)
            : _kept.Contains(node) ? Reserve(SourceKind.Row, _sizes[node.Plate.Column])
            : _free.TryPop(out int register) ? new Source(SourceKind.Register, register, null) : Reserve(SourceKind.Register, _tile);
        _places[node] = target;
        NoiseKey key = node.Op is Op.Uniform or Op.Normal ? NoiseKey.Of(_seed, node.Text) : default;
        return new Instruction(node, target, sources, key, node.Op == Op.Dot ? _known(node.Arguments[1]) : null, _isGuarded(node));
    }

    private Source Place(Node node)
    {
        if (_places.TryGetValue(node, out Source place))
        {
            return place;
        }

        double[] values = _known(node) ?? throw new InvalidOperationException($"{node} is not known before the pass.");
        Source source;
        Plate plate = node.Plate.Without(_outer);
        if (plate.Count == 2)
        {
            source = new Source(SourceKind.Matrix, _sizes[plate.Column], values);
        }
        else if (plate.Count == 1 && plate.Row != _entity)
        {
            source = new Source(SourceKind.Column, 0, values);
        }
        else
        {
            source = Reserve(SourceKind.Cell, ColumnOperand.Padding);
            _loads.Add(new CellLoad(values, source.Offset, plate.Count == 0));
        }

        return _places[node] = source;
    }

    // Every place begins at a multiple of eight numbers, 64 bytes.
    private Source Reserve(SourceKind kind, int length)
    {
        Source source = new(kind, _length, null);
        _length = checked(_length + ((length + ColumnOperand.Padding - 1) / ColumnOperand.Padding * ColumnOperand.Padding));
        return source;
    }
}
