using System.Collections.Immutable;
using Caudata.Graphs;
using Caudata.Simulation.Building;
using Caudata.Simulation.Compilation;
using Caudata.Simulation.Feedback;
using Caudata.Simulation.Files;

namespace Caudata.Simulation;

/// <summary>A causal model one can draw data from: entities, variables with mechanisms, and the missingness of what is observed. Immutable, and checked as a whole.</summary>
/// <remarks>
/// <para>The noise of every variable is keyed by seed, variable and unit, never by the order of drawing. So an intervention changes its target and what depends on it, and nothing else, bit for bit, and a unit's
/// factual and counterfactual values share their noise: the twin network of [balke1994].</para>
/// <para>Get one from a file (<see cref="Parse"/>), from C# (<see cref="Build"/>) or from one of the presets; draw from it with <see cref="SimulatedWorld"/>.</para>
/// </remarks>
public sealed record World
{
    private readonly Dictionary<string, int> _entities;
    private readonly Dictionary<string, double> _parameters;

    internal World(WorldDeclaration declaration)
    {
        (Name, About, Sources) = (declaration.Name, declaration.About, [.. declaration.Sources]);
        Entities = [.. declaration.Entities];
        Parameters = [.. declaration.Parameters];
        Variables = [.. declaration.Variables];
        Indicators = [.. declaration.Indicators];
        Interventions = [.. declaration.Interventions];
        Rounds = declaration.Rounds;
        _entities = Entities.Select((entity, index) => (entity, index)).DistinctBy(e => e.entity.Name).ToDictionary(e => e.entity.Name, e => e.index, StringComparer.Ordinal);
        _parameters = Parameters.DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it is, in a sentence or two; may be empty.</summary>
    public string About { get; }

    /// <summary>What it is taken from; may be empty.</summary>
    public ImmutableArray<string> Sources { get; }

    /// <summary>The entities in the order of declaration.</summary>
    public ImmutableArray<WorldEntity> Entities { get; }

    /// <summary>The named constants.</summary>
    public ImmutableArray<WorldParameter> Parameters { get; }

    /// <summary>The variables in the order of declaration.</summary>
    public ImmutableArray<WorldVariable> Variables { get; }

    /// <summary>The missingness indicators, at most one a variable.</summary>
    public ImmutableArray<WorldIndicator> Indicators { get; }

    /// <summary>The interventions of the file's <c>do</c>: potential outcomes under them, all at once, are drawn beside the factual world.</summary>
    public ImmutableArray<Intervention> Interventions { get; }

    /// <summary>The rounds in which a policy decides what is shown; null for a world without. Run them with <see cref="FeedbackWorld"/>; every other reader sees the world as if all were shown at position 1 before the first round.</summary>
    public WorldRounds? Rounds { get; }

    /// <summary>The causal graph that is read off the mechanisms: an edge from every name to the variable in whose mechanism it stands.</summary>
    /// <remarks>Columns of tables are constants and not in it; name one as a variable to see it. The constant that brings an indicator to its rate depends on all units and is left out too.</remarks>
    public CausalGraph Graph => WorldGraph.Of(this);

    /// <summary>Reads a world from YAML.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="tables">Finds the tables that entities name; null when none may be named.</param>
    /// <param name="settings">Values for parameters by name, and sizes for entities that have no table; null for those of the file.</param>
    /// <exception cref="WorldException">The file has mistakes; all are told, each with line and column.</exception>
    public static World Parse(string yaml, IWorldTables? tables = null, IReadOnlyDictionary<string, double>? settings = null)
    {
        MistakeList mistakes = new();
        WorldDeclaration declaration = WorldFile.Read(yaml, tables, settings, mistakes);
        return Check(declaration, mistakes);
    }

    /// <summary>Builds a world in C#: the same world as the file that says the same, to the bit of its data.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="declare">Declares entities, variables and missingness.</param>
    /// <param name="tables">Finds the tables that entities name; null when none may be named.</param>
    /// <exception cref="WorldException">The world has mistakes; all are told, each with the name of what it is in.</exception>
    public static World Build(string name, Action<WorldBuilder> declare, IWorldTables? tables = null)
    {
        MistakeList mistakes = new();
        WorldBuilder builder = new(name, tables, mistakes);
        declare(builder);
        return Check(builder.Finish(), mistakes);
    }

    /// <summary>True for YAML that declares a world: it has mechanisms, which a graph (<see cref="CausalGraph.Parse"/>) has not. False for what is no YAML.</summary>
    /// <param name="yaml">The text.</param>
    public static bool IsWorld(string yaml) => WorldFile.IsWorld(yaml);

    /// <summary>The world as YAML; <see cref="Parse"/> gives an equal world back. Tables are named, not written; sizes and parameters are those that were set.</summary>
    /// <exception cref="WorldException">A mechanism holds a function of C#.</exception>
    public string ToYaml() => WorldText.Of(this);

    /// <summary>Reads an intervention: <c>quality=4</c>, or several at once, <c>quality=4, R_rating=1</c>; the right side may be an expression. In a world with rounds also <c>policy=random</c>, or a policy as it stands in a file.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="WorldException">It is none, or names what this world has not.</exception>
    public ImmutableArray<Intervention> ParseIntervention(string text)
    {
        MistakeList mistakes = new();
        ImmutableArray<Intervention> interventions = InterventionText.Parse(text, Rounds is null ? null : Parameters, mistakes);
        mistakes.ThrowIfAny();
        WorldBinder.Bind(this, new NodeTable(), interventions, mistakes);
        RoundsChecks.CheckRound(this, [.. interventions.Where(i => i.Policy is not null).Select(i => (i.Policy!, i.Place))], mistakes);
        if (interventions.Count(i => i.Policy is not null) > 1)
        {
            mistakes.Add("The policy is set twice by one intervention; expected once. Make two interventions of it.", default);
        }

        mistakes.ThrowIfAny();
        return interventions;
    }

    /// <summary>Number of an entity, or -1.</summary>
    internal int EntityIndex(string name) => _entities.GetValueOrDefault(name, -1);

    /// <summary>Value of a parameter; null when there is none of that name.</summary>
    internal double? ParameterValue(string name) => _parameters.TryGetValue(name, out double value) ? value : null;

    /// <summary>The order in which this world's variables have two entities; where none has both, the first comes first.</summary>
    internal Plate PairOf(int first, int second) =>
        Variables.Any(v => IsBefore(v, second, first)) ? new Plate(second, first) : new Plate(first, second);

    /// <summary>The order in which a variable of this world has three entities; null where none has all.</summary>
    internal Plate? TripleOf(int first, int second, int third) =>
        Variables.FirstOrDefault(v => v.Indices.Length == 3 && v.Indices.All(i => EntityIndex(i) is var e && (e == first || e == second || e == third))) is { } variable ? PlateOf(variable.Indices) : null;

    /// <summary>The plate of entities by name.</summary>
    internal Plate PlateOf(ImmutableArray<string> indices) => indices switch
    {
        [] => Plate.None,
        [var only] => Plate.Of(EntityIndex(only)),
        [var row, var column] => new Plate(EntityIndex(row), EntityIndex(column)),
        [var outer, var row, var column, ..] => new Plate(EntityIndex(row), EntityIndex(column), EntityIndex(outer)),
    };

    private bool IsBefore(WorldVariable variable, int first, int second) =>
        variable.Indices.Length > 1 && first >= 0 && second >= 0 && variable.Indices.IndexOf(Entities[first].Name) is >= 0 and var a && variable.Indices.IndexOf(Entities[second].Name) is >= 0 and var b && a < b;

    /// <summary>A checked world from its declaration.</summary>
    internal static World Check(WorldDeclaration declaration, MistakeList mistakes)
    {
        World world = new(declaration);
        WorldChecks.Check(world, declaration.Places, mistakes);
        RoundsChecks.Check(world, mistakes);
        // Mechanisms are bound although names may be wrong, so that the mistakes in them are told as well.
        WorldBinder.Bind(world, new NodeTable(), [], mistakes);
        RoundsChecks.CheckRound(world, [.. world.Interventions.Where(i => i.Policy is not null).Select(i => (i.Policy!, i.Place))], mistakes);
        mistakes.ThrowIfAny();
        WorldGraph.Check(world, mistakes);
        mistakes.ThrowIfAny();
        if (!world.Interventions.IsEmpty)
        {
            WorldBinder.Bind(world, new NodeTable(), world.Interventions, mistakes);
            mistakes.ThrowIfAny();
        }

        return world;
    }
}
