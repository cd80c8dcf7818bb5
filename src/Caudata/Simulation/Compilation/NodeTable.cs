using System.Runtime.CompilerServices;

namespace Caudata.Simulation.Compilation;

/// <summary>Makes nodes, each once, and says of each in whose rows and in which pass it is known.</summary>
/// <remarks>
/// A value with two entities lives in the rows of the first. A value with one entity is a whole column, unless it depends on what is only known row by row (a mean over the row): then it is known in those rows,
/// and as a column after that pass. A value with three entities lives in the rows of the second, run anew for every unit of the first; what is aggregated of it is a matrix after that pass.
/// </remarks>
internal sealed class NodeTable
{
    private readonly Dictionary<Key, Node> _known = [];
    private readonly List<Node> _nodes = [];

    /// <summary>An empty table.</summary>
    public NodeTable() { }

    private NodeTable(NodeTable other)
    {
        _known = new(other._known);
        _nodes = [.. other._nodes];
    }

    /// <summary>All nodes, arguments before what uses them.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>True when no more operations may be added.</summary>
    public bool IsFull => _nodes.Count >= WorldLimits.Operations;

    public Node Constant(double value) => Intern(Op.Constant, Plate.None, [], number: value);

    public Node Column(int entity, double[] values) => Intern(Op.Column, Plate.Of(entity), [], data: values);

    public Node Noise(Op op, Plate plate, string stream) => Intern(op, plate, [], text: stream);

    /// <summary>A value over both entities that somebody gives where an item is shown to a user.</summary>
    public Node Given(Plate plate, string name) => Intern(Op.Given, plate, [], text: name);

    /// <summary>A table that begins with the same nodes and grows by itself.</summary>
    public NodeTable Fork() => new(this);

    public Node Index(int entity) => Intern(Op.Index, Plate.Of(entity), []);

    /// <summary>An operation number by number, over the entities of its arguments.</summary>
    public Node Map(Op op, Plate context, params Node[] arguments)
    {
        if (Fold(op, arguments) is { } folded)
        {
            return folded;
        }

        return Intern(op, Union(context, arguments), arguments);
    }

    /// <summary>The sum of two values; a product below it of the same shape is fused into it.</summary>
    public Node Sum(Plate context, Node a, Node b)
    {
        Plate plate = Union(context, [a, b]);
        foreach ((Node product, Node other) in ((Node, Node)[])[(a, b), (b, a)])
        {
            if (product.Op == Op.Multiply && product.Plate == plate && plate.Count >= 2)
            {
                return Intern(Op.Fma, plate, [product.Arguments[0], product.Arguments[1], other]);
            }
        }

        return Map(Op.Add, context, a, b);
    }

    public Node Gather(Node index, double[] table) => Intern(Op.Gather, index.Plate, [index], data: table);

    /// <summary>A function of C# of one to three numbers, number by number.</summary>
    public Node Apply(Plate context, Delegate function, Node[] arguments) => Intern(Op.Apply, Union(context, arguments), arguments, data: function);

    /// <summary>1 where the value is among the smallest of its row (or of its whole column), as many as asked for; else 0.</summary>
    public Node Smallest(Node values, Node count) => Intern(Op.Smallest, values.Plate, [values, count]);

    public Node Rank(Node values) => Intern(Op.Rank, values.Plate, [values]);

    /// <summary>For each unit the aggregate of the values of its related units.</summary>
    public Node Relate(Node values, int entity, WorldRelation relation, Reduction reduction) =>
        Intern(Op.Relate, values.Plate.Count == 2 ? new Plate(values.Plate.Row, entity) : Plate.Of(entity), [values], data: relation, reduction: reduction);

    /// <summary>The aggregate over one entity of the value's plate.</summary>
    public Node Reduce(Node values, int over, Reduction reduction) => values.Plate.Count == 3 ? Intern(Op.Collapse, values.Plate.Without(over), [values], number: over, reduction: reduction)
        : values.Plate.Count == 2 && values.Plate.Row == over
        ? Intern(Op.SumOverRows, Plate.Of(values.Plate.Column), [values], reduction: reduction)
        : Intern(Op.Reduce, values.Plate.Count == 2 ? Plate.Of(values.Plate.Row) : Plate.None, [values], reduction: reduction);

    /// <summary>The constant that brings the mean of a probability to a rate: over its last entity when that is asked for, else over all.</summary>
    public Node Calibrate(Node score, double rate, RateMethod method, bool perRow) =>
        Intern(Op.Calibrate, perRow && score.Plate.Count == 2 ? Plate.Of(score.Plate.Row) : Plate.None, [score], number: rate, text: method.ToString() + (perRow ? "-row" : ""));

    /// <summary>Σₖ a[r, k]·b[c, k].</summary>
    public Node Dot(Node a, Node b) => Intern(Op.Dot, new Plate(a.Plate.Row, b.Plate.Row), [a, b]);

    /// <summary>The plate of a value from its arguments, in the order of the context.</summary>
    private static Plate Union(Plate context, ReadOnlySpan<Node> arguments)
    {
        bool outer = false, row = false, column = false;
        foreach (Node argument in arguments)
        {
            outer |= argument.Plate.Has(context.Outer);
            row |= argument.Plate.Has(context.Row);
            column |= argument.Plate.Has(context.Column);
        }

        return (outer, row, column) switch
        {
            (true, true, true) => context,
            (true, true, false) => new Plate(context.Outer, context.Row),
            (true, false, true) => new Plate(context.Outer, context.Column),
            (false, true, true) => new Plate(context.Row, context.Column),
            (true, false, false) => Plate.Of(context.Outer),
            (false, true, false) => Plate.Of(context.Row),
            (false, false, true) => Plate.Of(context.Column),
            _ => Plate.None,
        };
    }

    private Node? Fold(Op op, Node[] arguments)
    {
        if (!arguments.All(a => a.Op == Op.Constant) || op is Op.PoissonQuantile or Op.GammaQuantile or Op.BetaQuantile)
        {
            // x·1, x/1 and x+0 change no bit but the sign of a zero.
            return (op, arguments) switch
            {
                (Op.Multiply, [{ Op: Op.Constant, Number: 1 }, var x]) => x,
                (Op.Multiply or Op.Divide, [var x, { Op: Op.Constant, Number: 1 }]) => x,
                // Division by a power of two is multiplication by its inverse, to the bit.
                (Op.Divide, [var x, { Op: Op.Constant, Number: var divisor }]) when Math.Abs(Math.ScaleB(divisor, -Math.ILogB(divisor))) == 1 && Math.Abs(Math.ILogB(divisor)) < 1000 =>
                    Map(Op.Multiply, x.Plate, x, Constant(1 / divisor)),
                _ => null,
            };
        }

        Span<double> cells = stackalloc double[4 * Numerics.ColumnOperand.Padding];
        for (int i = 0; i < arguments.Length; i++)
        {
            cells.Slice(i * Numerics.ColumnOperand.Padding, Numerics.ColumnOperand.Padding).Fill(arguments[i].Number);
        }

        Execution.ColumnKernels.Map(op, Operand(cells, 0), Operand(cells, 1), Operand(cells, 2), ref cells[3 * Numerics.ColumnOperand.Padding], 1);
        return Constant(cells[3 * Numerics.ColumnOperand.Padding]);
    }

    private static Numerics.ColumnOperand Operand(Span<double> cells, int index) => Numerics.ColumnOperand.Single(ref cells[index * Numerics.ColumnOperand.Padding]);

    private Node Intern(Op op, Plate plate, Node[] arguments, double number = 0, string text = "", object? data = null, Reduction reduction = default)
    {
        Key key = new(op, plate, [.. arguments.Select(a => a.Id)], BitConverter.DoubleToInt64Bits(number), text, data, reduction);
        if (_known.TryGetValue(key, out Node? known))
        {
            return known;
        }

        int rows = Home(op, plate, arguments), level = 0;
        foreach (Node argument in arguments)
        {
            level = Math.Max(level, rows < 0 && plate.Count < 2 && argument is { Op: Op.Collapse, Plate.Count: 2 } ? argument.Level + 1 : argument.RowEntity < 0 || (argument.RowEntity == rows && !ReadsWhole(op, plate, argument, arguments)) ? argument.Level : argument.Level + 1);
        }

        Node node = new() { Id = _nodes.Count, Op = op, Arguments = arguments, Plate = plate, Number = number, Text = text, Data = data, Reduction = reduction, RowEntity = rows, Level = level };
        _nodes.Add(node);
        _known.Add(key, node);
        return node;
    }

    private static int Home(Op op, Plate plate, Node[] arguments) => plate.Count switch
    {
        2 when op == Op.Collapse => -1,
        2 or 3 => plate.Row,
        1 when op is Op.Reduce or Op.Calibrate => arguments[0].Plate.Row,
        1 when op is Op.SumOverRows || ReadsColumn(op) => -1,
        1 => arguments.Any(a => a.RowEntity == plate.Row) ? plate.Row : -1,
        _ => -1,
    };

    // Of a value over one entity these need all units at once, so they cannot be known row by row.
    private static bool ReadsColumn(Op op) => op is Op.Smallest or Op.Rank or Op.Relate;

    // The second factor of a product is read as a whole matrix, also by rows of its own entity.
    private static bool ReadsWhole(Op op, Plate plate, Node argument, Node[] arguments) =>
        (op == Op.Dot && ReferenceEquals(argument, arguments[1])) || (op == Op.Reduce && plate.Count == 0);

    private sealed class Key(Op op, Plate plate, int[] arguments, long number, string text, object? data, Reduction reduction) : IEquatable<Key>
    {
        private readonly int _hash = Hash(op, plate, arguments, number, text, data, reduction);

        private (Op, Plate, long, string, Reduction) Rest => (op, plate, number, text, reduction);

        private int[] Arguments => arguments;

        private object? Data => data;

        public bool Equals(Key? other) => other is not null && _hash == other._hash && Rest == other.Rest && ReferenceEquals(data, other.Data) && arguments.AsSpan().SequenceEqual(other.Arguments);

        public override bool Equals(object? obj) => Equals(obj as Key);

        public override int GetHashCode() => _hash;

        private static int Hash(Op op, Plate plate, int[] arguments, long number, string text, object? data, Reduction reduction)
        {
            HashCode hash = new();
            hash.Add(op);
            hash.Add(plate);
            foreach (int argument in arguments)
            {
                hash.Add(argument);
            }

            hash.Add(number);
            hash.Add(text, StringComparer.Ordinal);
            hash.Add(data is null ? 0 : RuntimeHelpers.GetHashCode(data));
            hash.Add(reduction);
            return hash.ToHashCode();
        }
    }
}
