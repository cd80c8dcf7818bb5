using System.Globalization;
using Caudata.Simulation.Compilation;

namespace Caudata.Simulation.Execution;

/// <summary>Finds out where a number that is not finite came from, and says so: the first variable in the order of causes, the part of its mechanism, the first unit, and how many.</summary>
/// <param name="world">The world.</param>
/// <param name="options">Seed and threads.</param>
/// <param name="guards">All values that must be finite.</param>
/// <param name="cancellation">Stops it.</param>
internal sealed class NotFinite(World world, SimulationOptions options, IReadOnlyDictionary<Node, Guard> guards, CancellationToken cancellation)
{
    // An engine that does not stop at such numbers.
    private readonly WorldEngine _engine = new(world, options.Seed, options.Threads, options.Tile, new Dictionary<Node, Guard>(), cancellation);

    /// <summary>The error for a value that was found not to be finite.</summary>
    /// <param name="found">The value; something that it depends on may be the first.</param>
    public WorldException Explain(Node found)
    {
        foreach (Node node in WorldEngine.Reachable([found]).Where(guards.ContainsKey))
        {
            (long count, long all, Dictionary<int, int> unit) = Count(node);
            if (count > 0)
            {
                return new WorldException([Mistake(node, count, all, unit)]);
            }
        }

        throw new InvalidOperationException($"{found} was not finite, and is now.");
    }

    private (long Count, long All, Dictionary<int, int> Unit) Count(Node node)
    {
        _engine.Prepare([node]);
        if (node.Plate.Count < 2)
        {
            int size = node.Plate.Count == 0 ? 1 : world.Entities[node.Plate.Row].Size;
            (long count, int first) = FiniteCheck.Find(_engine.Column(node).AsSpan(0, size));
            return (count, size, node.Plate.Count == 0 ? [] : new() { [node.Plate.Row] = first });
        }

        if (node.Plate.Count == 3)
        {
            return CountSlices(node);
        }

        int width = world.Entities[node.Plate.Column].Size, rows = world.Entities[node.Plate.Row].Size;
        long[] counts = new long[rows];
        int[] firsts = new int[rows];
        _engine.Rows(node.Plate.Row, [node], Math.Max(1, options.BlockPairs / width), (_, from, end, machine) =>
        {
            for (int row = from; row < end; row++)
            {
                machine.Run(row);
                (counts[row], firsts[row]) = FiniteCheck.Find(machine.Target(0, width));
            }
        });
        int bad = Array.FindIndex(counts, c => c > 0);
        return (counts.Sum(), (long)rows * width, bad < 0 ? [] : new() { [node.Plate.Row] = bad, [node.Plate.Column] = firsts[bad] });
    }

    private (long Count, long All, Dictionary<int, int> Unit) CountSlices(Node node)
    {
        int width = world.Entities[node.Plate.Column].Size, rows = world.Entities[node.Plate.Row].Size, slices = world.Entities[node.Plate.Outer].Size;
        long[] counts = new long[slices];
        (int Row, int First)[] firsts = new (int, int)[slices];
        _engine.Slices(node.Plate, [node], 1, (_, from, end, machine) => machine.Run(from, end, (slice, row, values) =>
        {
            (long count, int first) = FiniteCheck.Find(values.Target(0, width));
            firsts[slice] = counts[slice] == 0 ? (row, first) : firsts[slice];
            counts[slice] += count;
        }));
        int bad = Array.FindIndex(counts, c => c > 0);
        return (counts.Sum(), (long)slices * rows * width, bad < 0 ? [] : new() { [node.Plate.Outer] = bad, [node.Plate.Row] = firsts[bad].Row, [node.Plate.Column] = firsts[bad].First });
    }

    private WorldMistake Mistake(Node node, long count, long all, Dictionary<int, int> unit)
    {
        Guard guard = guards[node];
        (Node cause, Origin? origin) = Trace(node, unit);
        double value = _engine.At(cause, unit);
        string where = unit.Count == 0 ? "" : " at " + string.Join(", ", unit.Select(u => $"{world.Entities[u.Key].Name} {u.Value}"));
        string what = origin is null ? "its value" : origin.Text;
        // Of a number outside its bounds the number itself is told.
        string found = cause.Op == Op.Within ? $"{what} is {Text(_engine.At(cause.Arguments[0], unit))}{where}" : $"{what} is {Text(value)}{where}{Operands(cause, unit)}";
        string requirement = origin is { Requirement.Length: > 0 } ? origin.Requirement : "expected a finite number";
        string units = all == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" It is the first of {count:#,0} of {all:#,0} units.");
        return new WorldMistake($"{guard.Name} is no finite number: {found}; {requirement}.{units} {Remedy(cause)}", origin is { Expression.Place.Line: > 0 } ? origin.Expression.Place : guard.Place);
    }

    /// <summary>Goes from a value to the part that is the first not to be finite, as long as parts belong to the same unit.</summary>
    private (Node Cause, Origin? Origin) Trace(Node node, Dictionary<int, int> unit)
    {
        Origin? origin = node.Origin;
        while (node.Op is not (Op.Reduce or Op.SumOverRows or Op.Relate or Op.Rank or Op.Smallest or Op.Calibrate or Op.Dot)
            && node.Arguments.FirstOrDefault(argument => argument.Op != Op.Constant && !guards.ContainsKey(argument) && !double.IsFinite(_engine.At(argument, unit))) is { } part)
        {
            node = part;
            origin = part.Origin ?? origin;
        }

        return (node, origin);
    }

    private string Operands(Node cause, Dictionary<int, int> unit)
    {
        if (cause.Op is Op.Reduce or Op.SumOverRows or Op.Relate or Op.Rank or Op.Smallest or Op.Calibrate or Op.Dot)
        {
            return "";
        }

        string[] known = [.. cause.Arguments.Where(argument => argument.Op != Op.Constant).Distinct()
            .Select(argument => (Name: guards.TryGetValue(argument, out Guard? guard) ? guard.Name : argument.Origin is { } origin ? origin.Text : "", Node: argument))
            .Where(argument => argument.Name.Length > 0).Select(argument => $"{argument.Name} is {Text(_engine.At(argument.Node, unit))}")];
        return known.Length == 0 ? "" : $" ({string.Join(", ", known)})";
    }

    private static string Text(double value) => double.IsNaN(value) ? "not a number" : double.IsInfinity(value) ? value > 0 ? "infinite" : "negative infinite" : value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Remedy(Node cause) => cause.Op switch
    {
        Op.Log => "Keep what the logarithm is taken of above 0, as in log(max(x, 1e-9)).",
        Op.Sqrt => "Keep what the root is taken of at 0 or above, as in sqrt(max(x, 0)).",
        Op.Divide => "Keep the divisor away from 0, as in x / max(y, 1e-9).",
        Op.Power => "Keep the base above 0, or the exponent whole and small.",
        Op.Exp => "Keep what is exponentiated below 709, as in exp(min(x, 700)).",
        Op.Within or Op.Bernoulli or Op.PoissonQuantile or Op.GammaQuantile or Op.BetaQuantile => "Bound it, as in max(x, 0) or clip(x, 0, 1).",
        Op.Column => "Fill the gaps of the table.",
        Op.Relate or Op.Reduce => "A mean, least or largest of no units is no number; ask for it only where there is one, as in if(count(...) > 0, mean(...), 0).",
        _ => "Change the mechanism so that it stays finite.",
    };
}
