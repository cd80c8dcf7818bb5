using System.Collections.Immutable;
using Caudata.Simulation.Compilation;
using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Feedback;

/// <summary>Checks the rounds of a world: first names and ranges, then, when all mechanisms are bound, what they read of a round.</summary>
internal static class RoundsChecks
{
    /// <summary>Lists wrong names and shapes.</summary>
    /// <param name="world">The world; it may have no rounds.</param>
    /// <param name="mistakes">Receives mistakes.</param>
    public static void Check(World world, MistakeList mistakes)
    {
        if (world.Rounds is not { } rounds)
        {
            return;
        }

        foreach ((string name, WorldPlace place) in world.Variables.Select(v => (v.Name, v.Place)).Concat(world.Entities.Select(e => e.Name).Concat(world.Parameters.Select(p => p.Name)).Select(n => (n, rounds.Place))).Where(n => RoundScope.Reserved.Contains(n.Item1)))
        {
            mistakes.Add($"'{name}' is a name that rounds give; expected another one in a world with rounds.", place);
        }

        WorldVariable? outcome = world.Variables.FirstOrDefault(v => v.Name == rounds.Outcome);
        if (rounds.Outcome.Length == 0)
        {
            // Told where it was read.
        }
        else if (outcome is null)
        {
            mistakes.Add($"'{rounds.Outcome}' is no variable; {Nearest.Suggest(rounds.Outcome, world.Variables.Select(v => v.Name))}", rounds.OutcomePlace);
        }
        else
        {
            Outcome(world, rounds, outcome, mistakes);
        }

        HashSet<string> known = [];
        for (int c = 0; c < rounds.Context.Length; c++)
        {
            (string name, WorldPlace place) = (rounds.Context[c], c < rounds.ContextPlaces.Length ? rounds.ContextPlaces[c] : rounds.Place);
            if (world.Variables.FirstOrDefault(v => v.Name == name) is not { } variable)
            {
                mistakes.Add($"'{name}' is no variable; {Nearest.Suggest(name, world.Variables.Where(v => !v.IsLatent).Select(v => v.Name))}", place);
            }
            else if (variable.IsLatent || variable.Indices.Any(i => i != rounds.User && i != rounds.Item))
            {
                mistakes.Add(variable.IsLatent ? $"'{name}' is latent and never seen; expected an observed variable in the log." : $"{variable.Label} is indexed by another entity than {rounds.User} and {rounds.Item}; expected one of these, both or none.", place);
            }

            if (!known.Add(name) || name == rounds.Outcome || SelectionLogFile.Names.Contains(name))
            {
                mistakes.Add($"'{name}' is a column of the log already; expected another variable, each once. Give it another name.", place);
            }
        }

        int users = Size(rounds.User), items = Size(rounds.Item);
        if (items > 0 && rounds.Slate > items)
        {
            mistakes.Add($"The slate has {rounds.Slate} positions, but there are {items} {rounds.Item}s; expected at most as many.", rounds.SlatePlace);
        }

        if ((double)rounds.Count * rounds.Slate * users > WorldRounds.MostExposures)
        {
            mistakes.Add($"{rounds.Count} rounds of {rounds.Slate} positions for {users} {rounds.User}s are more than {WorldRounds.MostExposures} exposures; expected fewer.", rounds.Place);
        }

        int Size(string entity) => world.EntityIndex(entity) is >= 0 and int e ? world.Entities[e].Size : 0;
    }

    /// <summary>Binds a first round, and lists what cannot be known in one.</summary>
    /// <param name="world">The world; it may have no rounds.</param>
    /// <param name="policies">Policies beside the world's own, each with its place.</param>
    /// <param name="mistakes">Receives mistakes.</param>
    public static void CheckRound(World world, ImmutableArray<(ExposurePolicy Policy, WorldPlace Place)> policies, MistakeList mistakes)
    {
        if (world.Rounds is not { } rounds || world.EntityIndex(rounds.User) < 0 || world.EntityIndex(rounds.Item) < 0)
        {
            return;
        }

        NodeTable nodes = new();
        RoundScope scope = RoundScope.Of(world, nodes, ExposurePast.Empty(1, 1));
        int before = mistakes.Count;
        BoundWorld bound = WorldBinder.Bind(world, nodes, [], mistakes, scope: scope);
        Plate user = Plate.Of(world.EntityIndex(rounds.User)), pair = new(user.Row, world.EntityIndex(rounds.Item));
        if (rounds.ActiveMechanism is { } active)
        {
            Undecided(active, user, rounds.Place, "who comes is decided before anything is shown");
        }

        foreach ((ExposurePolicy policy, WorldPlace place) in policies.Insert(0, (rounds.Policy, rounds.PolicyPlace)))
        {
            foreach (string mistake in policy.Validate())
            {
                mistakes.Add(mistake, place);
            }

            foreach (ExposurePolicy rule in policy.Leaves)
            {
                if (rule.Score(mistakes) is { } score)
                {
                    Undecided(score, pair, place, "the policy decides it");
                }
            }
        }

        // What could not be bound has been told; how it depends on a round is not known then.
        if (mistakes.Count == before)
        {
            foreach (string name in rounds.Context.Prepend(rounds.Outcome))
            {
                if (bound.Variables.TryGetValue(name, out Node? node) && ExposedProgram.Exposure(node).IsBeyond)
                {
                    mistakes.Add($"{name} depends on position or shown through an aggregate, a product, a rank or a sample; expected it number by number, because in a round only what is shown has a position.", world.Variables.First(v => v.Name == name).Place);
                }
            }
        }

        void Undecided(Expression expression, Plate plate, WorldPlace place, string because)
        {
            place = expression.Place.Line > 0 ? expression.Place : place;
            if (FirstDraw(expression) is { } draw)
            {
                mistakes.Add($"{draw.Function}(...) draws in an expression of the rounds; expected the draw in a variable of its own, whose name then stands here.", draw.Place.Line > 0 ? draw.Place : place);
            }
            else if (scope.Bind(world, nodes, bound, expression, plate, mistakes) is { } node && ExposedProgram.Exposure(node) is { Reads: true } or { IsBeyond: true })
            {
                mistakes.Add($"The expression reads position or shown, itself or through a variable; expected neither, because {because}.", place);
            }
        }
    }

    private static void Outcome(World world, WorldRounds rounds, WorldVariable outcome, MistakeList mistakes)
    {
        if (outcome.Indices.Length != 2)
        {
            mistakes.Add($"{outcome.Label} is the outcome of rounds; expected a variable over two entities: who is shown something, and what.", rounds.OutcomePlace);
        }

        if (outcome.IsLatent)
        {
            mistakes.Add($"'{outcome.Name}' is latent and never seen; expected an observed outcome. Leave out 'latent'.", rounds.OutcomePlace);
        }

        if (world.Indicators.FirstOrDefault(r => r.Of == outcome.Name) is { } indicator)
        {
            mistakes.Add($"'{outcome.Name}' goes missing by itself and is the outcome of rounds, which is seen where it is shown; expected one of both.", indicator.Place);
        }
    }

    private static Expression.Call? FirstDraw(Expression expression) =>
        expression is Expression.Call call && FunctionTable.Functions.TryGetValue(call.Function, out FunctionForm? form) && form.IsRandom ? call : expression.Parts.Select(FirstDraw).FirstOrDefault(found => found is not null);
}
