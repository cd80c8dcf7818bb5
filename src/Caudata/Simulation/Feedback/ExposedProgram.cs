using Caudata.Numerics;
using Caudata.Simulation.Compilation;
using Caudata.Simulation.Execution;

namespace Caudata.Simulation.Feedback;

/// <summary>Computes variables at exposed pairs alone, many side by side: what works number by number is computed there, and what needs a whole row of items is taken from the row of the user.</summary>
internal sealed class ExposedProgram
{
    private readonly Node[] _order, _targets;
    private readonly Dictionary<Node, int> _places = [];
    private readonly int _user;
    private readonly ulong _seed;

    private ExposedProgram(Node[] order, Node[] targets, Node[] rows, Node[] known, int user, ulong seed)
    {
        (_order, _targets, Rows, Known, _user, _seed) = (order, targets, rows, known, user, seed);
        for (int i = 0; i < order.Length; i++)
        {
            _places.Add(order[i], i);
        }
    }

    /// <summary>Values over both entities that the row of a user must give: products, samples, ranks.</summary>
    public Node[] Rows { get; }

    /// <summary>Values over one entity or none that must be known as columns.</summary>
    public Node[] Known { get; }

    /// <summary>Compiles.</summary>
    /// <param name="targets">What is wanted at each exposed pair.</param>
    /// <param name="user">Number of the entity of users.</param>
    /// <param name="seed">Seed of the noise.</param>
    public static ExposedProgram Compile(Node[] targets, int user, ulong seed)
    {
        HashSet<Node> order = [], rows = [], known = [];
        Stack<Node> open = new(targets);
        while (open.TryPop(out Node? node))
        {
            if (node.Plate.Count < 2)
            {
                known.Add(node);
            }
            else if (!IsNumberByNumber(node))
            {
                rows.Add(node);
            }
            else if (order.Add(node))
            {
                foreach (Node argument in node.Arguments)
                {
                    open.Push(argument);
                }
            }
        }

        return new ExposedProgram([.. order.OrderBy(n => n.Id)], targets, [.. rows.OrderBy(n => n.Id)], [.. known.OrderBy(n => n.Id)], user, seed);
    }

    /// <summary>How a value depends on position and shown: not at all, at the exposed pair alone, or in a way that needs more than it (an aggregate, a product, a rank, a sample), which is not defined in a round.</summary>
    public static (bool Reads, bool IsBeyond) Exposure(Node target)
    {
        HashSet<Node> reached = [], given = [];
        Stack<Node> open = new([target]);
        while (open.TryPop(out Node? node))
        {
            if (reached.Add(node))
            {
                foreach (Node argument in node.Arguments)
                {
                    open.Push(argument);
                }
            }
        }

        bool beyond = false;
        foreach (Node node in reached.OrderBy(n => n.Id))
        {
            if (node.Op == Op.Given || node.Arguments.Any(given.Contains))
            {
                given.Add(node);
                beyond |= node.Plate.Count < 2 || !IsNumberByNumber(node);
            }
        }

        return (given.Contains(target), beyond);
    }

    /// <summary>Computes the targets.</summary>
    /// <param name="engine">Knows the columns of <see cref="Known"/>.</param>
    /// <param name="users">Users of the exposures, shape [n].</param>
    /// <param name="items">Their items, shape [n].</param>
    /// <param name="positions">Their positions, shape [n].</param>
    /// <param name="rows">The values of <see cref="Rows"/> at the exposures, each shape [n].</param>
    /// <returns>One array a target, shape [n] and up to seven numbers of no meaning behind it.</returns>
    public double[][] Run(WorldEngine engine, List<int> users, List<int> items, List<int> positions, List<double>[] rows)
    {
        int count = users.Count, padded = (count + ColumnOperand.Padding - 1) / ColumnOperand.Padding * ColumnOperand.Padding;
        double[][] values = [.. _order.Select(_ => new double[padded])];
        Dictionary<Node, double[]> others = [];
        for (int i = 0; i < _order.Length; i++)
        {
            Node node = _order[i];
            double[] target = values[i];
            switch (node.Op)
            {
                case Op.Given:
                    for (int e = 0; e < count; e++)
                    {
                        target[e] = node.Text == RoundScope.Position ? positions[e] : 1;
                    }

                    break;
                case Op.Uniform or Op.Normal:
                    NoiseKey key = NoiseKey.Of(_seed, node.Text);
                    for (int e = 0; e < count; e++)
                    {
                        KeyedNoise.Fill(key.Row((ulong)users[e]), (ulong)items[e], target.AsSpan(e, 1), node.Op == Op.Normal);
                    }

                    break;
                case Op.Gather:
                    double[] table = (double[])node.Data!, index = At(node.Arguments[0]);
                    for (int e = 0; e < count; e++)
                    {
                        target[e] = index[e] >= 0 && index[e] < table.Length ? table[(int)index[e]] : double.NaN;
                    }

                    break;
                default:
                    if (count > 0)
                    {
                        ColumnKernels.Map(node.Op, Operand(node, 0), Operand(node, 1), Operand(node, 2), ref target[0], count);
                    }

                    break;
            }
        }

        return [.. _targets.Select(At)];

        ColumnOperand Operand(Node node, int argument) => argument >= node.Arguments.Length ? default : ColumnOperand.Column(ref At(node.Arguments[argument])[0]);

        double[] At(Node node)
        {
            if (_places.TryGetValue(node, out int place))
            {
                return values[place];
            }

            if (others.TryGetValue(node, out double[]? known))
            {
                return known;
            }

            double[] found = new double[padded];
            int row = Array.IndexOf(Rows, node);
            double[] column = row < 0 ? engine.Column(node) : [];
            for (int e = 0; e < count; e++)
            {
                found[e] = row >= 0 ? rows[row][e] : node.Plate.Count == 0 ? column[0] : node.Plate.Row == _user ? column[users[e]] : column[items[e]];
            }

            return others[node] = found;
        }
    }

    private static bool IsNumberByNumber(Node node) => node.Op is not (Op.Smallest or Op.Rank or Op.Relate or Op.Dot or Op.Reduce or Op.Calibrate or Op.SumOverRows);
}
