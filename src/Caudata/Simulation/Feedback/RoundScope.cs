using System.Collections.Immutable;
using Caudata.Simulation.Compilation;
using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Feedback;

/// <summary>What a world's names mean in a round: the names that rounds give, and which noise is drawn anew.</summary>
/// <remarks>Outside the rounds a world is as if every pair were shown at position 1 in round 0, before any past.</remarks>
internal sealed class RoundScope
{
    /// <summary>The position of the item in the user's slate, from 1.</summary>
    public const string Position = "position";

    /// <summary>1 where the item is shown.</summary>
    public const string Shown = "shown";

    /// <summary>The number of the round, from 0.</summary>
    public const string Time = "time";

    /// <summary>How often the item was shown before, to anybody.</summary>
    public const string Exposures = "exposures";

    /// <summary>The mean outcome of the item before.</summary>
    public const string Crowd = "crowd";

    /// <summary>Stands for the log of all rounds before in the causal graph.</summary>
    public const string Past = "past";

    /// <summary>The target of an intervention on the policy.</summary>
    public const string Policy = "policy";

    private readonly ImmutableDictionary<string, (ImmutableArray<string> Indices, Node Node)> _given;
    private readonly ImmutableHashSet<string> _fresh;
    private readonly int _round;

    private RoundScope(ImmutableDictionary<string, (ImmutableArray<string>, Node)> given, ImmutableHashSet<string> fresh, int round) => (_given, _fresh, _round) = (given, fresh, round);

    /// <summary>Names that no variable, entity or parameter of a world with rounds may have.</summary>
    public static ImmutableArray<string> Reserved { get; } = [Position, Shown, Time, Exposures, Crowd, Past, Policy];

    /// <summary>Names that mechanisms may read, with their entities.</summary>
    public static ImmutableArray<(string Name, ImmutableArray<string> Indices)> Names(WorldRounds rounds) =>
        rounds.Item.Length == 0 ? [.. ((string[])[Position, Shown, Time, Exposures, Crowd]).Select(name => (name, ImmutableArray<string>.Empty))] // The outcome is wrong, which is told elsewhere.
            : [(Position, [rounds.User, rounds.Item]), (Shown, [rounds.User, rounds.Item]), (Time, []), (Exposures, [rounds.Item]), (Crowd, [rounds.Item])];

    /// <summary>The scope outside the rounds; null for a world without rounds.</summary>
    public static RoundScope? Ordinary(World world, NodeTable nodes)
    {
        if (world.Rounds is not { } rounds)
        {
            return null;
        }

        return new RoundScope(Names(rounds).ToImmutableDictionary(n => n.Name, n => (n.Indices, nodes.Constant(n.Name is Position or Shown ? 1 : 0)), StringComparer.Ordinal), [], 0);
    }

    /// <summary>The scope of a round.</summary>
    /// <param name="world">A world with rounds.</param>
    /// <param name="nodes">Receives the given values.</param>
    /// <param name="past">All rounds before.</param>
    public static RoundScope Of(World world, NodeTable nodes, ExposurePast past)
    {
        WorldRounds rounds = world.Rounds!;
        int item = world.EntityIndex(rounds.Item);
        Plate pair = new(world.EntityIndex(rounds.User), item);
        return new RoundScope(
            Names(rounds).ToImmutableDictionary(n => n.Name, n => (n.Indices, n.Name switch
            {
                Time => nodes.Constant(past.Rounds),
                Exposures => nodes.Column(item, [.. past.Exposures.Select(count => (double)count)]),
                Crowd => nodes.Column(item, past.Crowd()),
                _ => nodes.Given(pair, n.Name),
            }), StringComparer.Ordinal),
            Fresh(world), past.Rounds);
    }

    /// <summary>The outcome, and what reads a name that rounds give, directly or through others: drawn anew in each round.</summary>
    public static ImmutableHashSet<string> Fresh(World world)
    {
        if (world.Rounds is not { } rounds)
        {
            return [];
        }

        HashSet<string> found = [rounds.Outcome, .. Names(rounds).Select(n => n.Name)];
        for (int before = 0; before != found.Count;)
        {
            before = found.Count;
            found.UnionWith(world.Variables.Where(v => v.Mechanism?.Names.Any(n => found.Contains(n.Text)) == true).Select(v => v.Name));
        }

        return [.. found.Where(name => world.Variables.Any(v => v.Name == name))];
    }

    /// <summary>The value that rounds give to a name, or null.</summary>
    public Node? Value(string name) => _given.TryGetValue(name, out (ImmutableArray<string>, Node Node) given) ? given.Node : null;

    /// <summary>The entities of such a name, default where it is none.</summary>
    public ImmutableArray<string> Indices(string name) => _given.TryGetValue(name, out (ImmutableArray<string> Indices, Node) given) ? given.Indices : default;

    /// <summary>The name of a variable's noise: of one that is drawn anew with the round behind it, from the second round on.</summary>
    public string Stream(string name) => _round > 0 && _fresh.Contains(name) ? $"{name}@{_round}" : name;

    /// <summary>Binds an expression of the rounds; null after a mistake.</summary>
    public Node? Bind(World world, NodeTable nodes, BoundWorld bound, Expression expression, Plate context, MistakeList mistakes)
    {
        Dictionary<string, ImmutableArray<string>> indices = world.Variables.Select(v => (v.Name, v.Indices)).Concat(world.Indicators.Select(r => (r.Name, r.Indices))).DistinctBy(v => v.Name).ToDictionary(v => v.Name, v => v.Indices, StringComparer.Ordinal);
        return new ExpressionBinder(world, nodes, mistakes,
            name => bound.Variables.GetValueOrDefault(name) ?? bound.Indicators.GetValueOrDefault(name) ?? Value(name), name => indices.TryGetValue(name, out ImmutableArray<string> known) ? known : Indices(name), "rounds").Bind(expression, context);
    }
}
