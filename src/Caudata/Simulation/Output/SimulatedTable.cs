using System.Collections.Immutable;

namespace Caudata.Simulation.Output;

/// <summary>A table of simulated columns over the same entities.</summary>
/// <param name="Name">Name of the file without its ending: <c>user_item</c>, <c>truth_user_item</c>; <c>world</c> for variables without entities.</param>
/// <param name="Indices">The entities.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Seen">For each column the place of its indicator behind the columns, or -1: a value is left out where that is 0.</param>
/// <param name="Indicators">The indicators.</param>
/// <param name="OnlySeen">True when rows in which nothing is seen are left out.</param>
internal sealed record SimulatedTable(string Name, ImmutableArray<string> Indices, ImmutableArray<SimulatedColumn> Columns, ImmutableArray<int> Seen, ImmutableArray<string> Indicators, bool OnlySeen)
{
    /// <summary>Names to read: the columns, then the indicators.</summary>
    public string[] Names => [.. Columns.Select(c => c.Name), .. Indicators];

    /// <summary>The observed tables: every observed variable where it is seen. Over pairs and triples of which every variable has an indicator, only those in which one is seen.</summary>
    public static ImmutableArray<SimulatedTable> Observed(SimulatedWorld simulated) =>
        [.. Plates(simulated, c => c.Kind == SimulatedKind.Observed && !IsLogged(simulated.World, c)).Select(plate =>
        {
            string[] indicators = [.. plate.Select(c => simulated.World.Indicators.FirstOrDefault(r => r.Of == c.Variable)?.Name).OfType<string>()];
            ImmutableArray<int> seen = [.. plate.Select(c => simulated.World.Indicators.FirstOrDefault(r => r.Of == c.Variable) is { } r ? plate.Length + Array.IndexOf(indicators, r.Name) : -1)];
            return new SimulatedTable(NameOf("", plate[0].Indices), plate[0].Indices, [.. plate], seen, [.. indicators], plate[0].Indices.Length >= 2 && seen.All(s => s >= 0));
        })];

    // What a round decides over users and items is seen where it is shown, and stands in the log alone.
    private static bool IsLogged(World world, SimulatedColumn column) => column.Indices.Length == 2 && Feedback.RoundScope.Fresh(world).Contains(column.Variable);

    /// <summary>The tables of the truth: everything, for every unit.</summary>
    public static ImmutableArray<SimulatedTable> Truth(SimulatedWorld simulated) =>
        [.. Plates(simulated, _ => true).Select(plate => new SimulatedTable(NameOf("truth_", plate[0].Indices), plate[0].Indices, [.. plate], [.. plate.Select(_ => -1)], [], false))];

    private static IEnumerable<SimulatedColumn[]> Plates(SimulatedWorld simulated, Func<SimulatedColumn, bool> keep) =>
        simulated.Columns.Where(keep).GroupBy(c => string.Join(',', c.Indices)).Select(group => group.ToArray());

    private static string NameOf(string prefix, ImmutableArray<string> indices) => prefix + (indices.IsEmpty ? "world" : string.Join('_', indices));
}
