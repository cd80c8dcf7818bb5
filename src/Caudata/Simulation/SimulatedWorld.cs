using System.Collections.Immutable;
using Caudata.Simulation.Compilation;
using Caudata.Simulation.Execution;

namespace Caudata.Simulation;

/// <summary>A world with a seed, ready to be read: any column, in the factual world and under interventions.</summary>
/// <remarks>
/// Columns over pairs are never stored: rows are computed in blocks when they are read, so memory does not grow with the number of pairs. All worlds are compiled together, and what an intervention does not
/// change is computed once for all. Reading is not thread-safe; it uses threads by itself.
/// </remarks>
public sealed class SimulatedWorld
{
    private readonly WorldEngine _engine;
    private readonly Dictionary<Node, Guard> _guards = [];
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, (SimulatedColumn Column, Node Node)> _columns = new(StringComparer.Ordinal);

    /// <summary>Makes a world ready.</summary>
    /// <param name="world">The world.</param>
    /// <param name="options">Seed, threads and interventions.</param>
    /// <param name="cancellationToken">Stops reading between blocks.</param>
    /// <exception cref="ArgumentException">The options are wrong; all mistakes are told.</exception>
    /// <exception cref="WorldException">An intervention does not fit the world.</exception>
    public SimulatedWorld(World world, SimulationOptions options, CancellationToken cancellationToken = default)
    {
        string[] wrong = [.. options.Validate()];
        if (wrong.Length > 0)
        {
            throw new ArgumentException(string.Join('\n', wrong), nameof(options));
        }

        (World, Options) = (world, options);
        NodeTable nodes = new();
        MistakeList mistakes = new();
        BoundWorld factual = WorldBinder.Bind(world, nodes, [], mistakes);
        mistakes.ThrowIfAny();
        Add(factual, null);
        // A policy decides in rounds; outside of them it changes nothing.
        foreach ((string name, ImmutableArray<Intervention> interventions) in options.Interventions.Where(i => i.Interventions.IsEmpty || i.Interventions.Any(part => part.Policy is null)))
        {
            BoundWorld bound = WorldBinder.Bind(world, nodes, interventions, mistakes, factual);
            mistakes.ThrowIfAny();
            Add(bound, name);
            AddEffects(factual, bound, name, nodes);
        }

        _engine = new WorldEngine(world, options.Seed, options.Threads, options.Tile, _guards, cancellationToken);
        _cancellation = cancellationToken;
    }

    /// <summary>The world.</summary>
    public World World { get; }

    /// <summary>Seed, threads and interventions.</summary>
    public SimulationOptions Options { get; }

    /// <summary>All columns: of the factual world in the order of declaration, then under each intervention.</summary>
    public IEnumerable<SimulatedColumn> Columns => _columns.Values.Select(c => c.Column);

    /// <summary>Reads whole columns in one pass: of a variable over pairs row after row, shape [rows · columns]; over triples slice after slice.</summary>
    /// <param name="names">Names of columns.</param>
    /// <exception cref="ArgumentException">There is no such column, or it has more numbers than an array can hold.</exception>
    public ImmutableArray<double[]> Read(params ReadOnlySpan<string> names)
    {
        (SimulatedColumn Column, Node Node)[] columns = [.. names.ToArray().Select(Find)];
        double[][] values = [.. columns.Select(c => new double[Length(c.Column)])];
        foreach (var table in columns.Select((column, i) => (column, i)).GroupBy(c => string.Join(',', c.column.Column.Indices)))
        {
            int[] places = [.. table.Select(c => c.i)];
            Run([.. table.Select(c => c.column.Column.Name)], row =>
            {
                for (int k = 0; k < places.Length; k++)
                {
                    row[k].CopyTo(values[places[k]].AsSpan(row.Number * row.Width));
                }
            });
        }

        return [.. values];
    }

    /// <summary>Computes columns over the same entities row by row, and hands every row over.</summary>
    /// <param name="names">Names of columns with the same indices.</param>
    /// <param name="row">Gets each row once, in any order and on several threads at once. Columns over one entity, or none, are one row with index 0.</param>
    /// <exception cref="ArgumentException">There is no such column, or their indices differ.</exception>
    public void Run(IReadOnlyList<string> names, Action<SimulatedRow> row) => Run<object?>(names, (_, rows) =>
    {
        rows.ForEach(row);
        return null;
    }, (_, _) => { });

    /// <summary>Computes columns over the same entities block by block: every block is made into something on any thread, and these are handed over in order.</summary>
    /// <typeparam name="T">What a block is made into, for example bytes of a file.</typeparam>
    /// <param name="names">Names of columns with the same indices.</param>
    /// <param name="make">Makes it from the index of the block and its rows, which it must go through once.</param>
    /// <param name="take">Gets block after block, from the first on; never two at once.</param>
    /// <exception cref="ArgumentException">There is no such column, or their indices differ.</exception>
    /// <exception cref="WorldException">A variable is no finite number somewhere: the logarithm of a negative number, a negative sd, a probability above 1. The message names the part of the mechanism, the first unit and how many.</exception>
    public void Run<T>(IReadOnlyList<string> names, Func<int, SimulatedRows, T> make, Action<int, T> take)
    {
        (SimulatedColumn Column, Node Node)[] columns = [.. names.Select(Find)];
        ImmutableArray<string> indices = columns.Length == 0 ? [] : columns[0].Column.Indices;
        if (columns.FirstOrDefault(c => !c.Column.Indices.SequenceEqual(indices)) is { Column: { } other })
        {
            throw new ArgumentException($"'{other.Name}' is indexed by [{string.Join(", ", other.Indices)}], '{names[0]}' by [{string.Join(", ", indices)}]; expected columns over the same entities. Read them one after the other.", nameof(names));
        }

        Node[] nodes = [.. columns.Select(c => c.Node)];
        try
        {
            Run(indices, nodes, make, take);
        }
        catch (Exception e) when (NotFiniteIn(e) is { } found)
        {
            throw new NotFinite(World, Options, _guards, _cancellation).Explain(found);
        }
    }

    // Several threads may have met one, and other exceptions beside it do not matter then.
    private static Node? NotFiniteIn(Exception e) => e is NotFiniteException found ? found.Node : (e as AggregateException)?.Flatten().InnerExceptions.OfType<NotFiniteException>().FirstOrDefault()?.Node;

    private void Run<T>(ImmutableArray<string> indices, Node[] nodes, Func<int, SimulatedRows, T> make, Action<int, T> take)
    {
        _engine.Prepare(nodes);
        if (indices.Length < 2)
        {
            int width = indices.Length == 0 ? 1 : World.Entities[World.EntityIndex(indices[0])].Size;
            take(0, make(0, new SimulatedRows(0, 1, width, nodes, null, _engine)));
            return;
        }

        OrderedHandover<T> handover = new(take);
        if (indices.Length == 3)
        {
            Plate plate = World.PlateOf(indices);
            (int slices, int rows, int columns) = (World.Entities[plate.Outer].Size, World.Entities[plate.Row].Size, World.Entities[plate.Column].Size);
            _engine.Slices(plate, nodes, (int)Math.Clamp(Options.BlockPairs / ((long)rows * columns), 1, slices), (block, first, end, machine) =>
                handover.Add(block, make(block, new SimulatedRows(first, end, columns, nodes, machine, rows, _engine))));
            return;
        }

        int entity = World.EntityIndex(indices[0]), columnsOfRow = World.Entities[World.EntityIndex(indices[1])].Size;
        _engine.Rows(entity, nodes, Math.Max(1, Options.BlockPairs / columnsOfRow), (block, first, end, machine) =>
            handover.Add(block, make(block, new SimulatedRows(first, end, columnsOfRow, nodes, machine, _engine))));
    }

    private int Length(SimulatedColumn column)
    {
        double length = column.Indices.Aggregate(1.0, (n, entity) => n * World.Entities[World.EntityIndex(entity)].Size);
        return length <= Array.MaxLength ? (int)length : throw new ArgumentException($"'{column.Name}' has {length:0} numbers; expected at most {Array.MaxLength} in one array. Go through it row by row with Run.", nameof(column));
    }

    private (SimulatedColumn Column, Node Node) Find(string name) => _columns.TryGetValue(name, out (SimulatedColumn, Node) found) ? found
        : throw new ArgumentException($"'{name}' is no column; {Expressions.Nearest.Suggest(name, _columns.Keys)}", nameof(name));

    private void Add(BoundWorld bound, string? intervention)
    {
        string suffix = intervention is null ? "" : "@" + intervention;
        foreach (WorldVariable variable in World.Variables)
        {
            _guards.TryAdd(bound.Variables[variable.Name], new Guard(variable.Label + suffix, variable.Place));
        }

        foreach (WorldIndicator indicator in World.Indicators)
        {
            // A probability is finite where its score is; that of a sample is a constant.
            if (bound.Scores.TryGetValue(indicator.Name, out Node? score))
            {
                _guards.TryAdd(score, new Guard($"what {indicator.Name}{suffix} depends on", indicator.Place));
            }
        }

        foreach (WorldVariable variable in World.Variables)
        {
            SimulatedKind kind = intervention is not null ? SimulatedKind.PotentialOutcome : variable.IsLatent ? SimulatedKind.Latent : SimulatedKind.Observed;
            Add(new SimulatedColumn(variable.Name + suffix, kind, variable.Indices, variable.Name, intervention), bound.Variables[variable.Name]);
        }

        foreach (WorldIndicator indicator in World.Indicators)
        {
            Add(new SimulatedColumn(indicator.Name + suffix, SimulatedKind.Indicator, indicator.Indices, indicator.Of, intervention), bound.Indicators[indicator.Name]);
            Add(new SimulatedColumn($"P({indicator.Name}){suffix}", SimulatedKind.Propensity, indicator.Indices, indicator.Of, intervention), bound.Propensities[indicator.Name]);
        }
    }

    // Only of what the intervention changes; elsewhere the effect is 0 by construction.
    private void AddEffects(BoundWorld factual, BoundWorld bound, string name, NodeTable nodes)
    {
        foreach (WorldVariable variable in World.Variables)
        {
            Node before = factual.Variables[variable.Name], after = bound.Variables[variable.Name];
            if (!ReferenceEquals(before, after))
            {
                Add(new SimulatedColumn($"effect({variable.Name})@{name}", SimulatedKind.Effect, variable.Indices, variable.Name, name), nodes.Map(Op.Subtract, World.PlateOf(variable.Indices), after, before));
            }
        }
    }

    private void Add(SimulatedColumn column, Node node) => _columns.Add(column.Name, (column, node));
}
