using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Caudata.Numerics;
using Caudata.Simulation.Compilation;
using Caudata.Simulation.Execution;

namespace Caudata.Simulation.Feedback;

/// <summary>A world with rounds, a seed and perhaps an intervention, ready to be run round by round.</summary>
/// <remarks>
/// <para>In each round every user who comes is shown a slate, drawn from the policy with its exact probability; the outcome is computed for what is shown and nothing else. So memory holds the exposures so far and
/// a block of users, never all pairs. Users are independent given the past, and all noise is keyed by seed, name, round and user: threads change no bit.</para>
/// <para>An intervention replaces a mechanism, or the policy, and keeps the noise: with the same policy the worlds are the same bit for bit, and an item that both show to a user at the same position in the same round has
/// the same outcome in both, unless the outcome reads the past.</para>
/// </remarks>
public sealed class FeedbackWorld
{
    private const int BlockUsers = 64;

    private readonly WorldRounds _rounds;
    private readonly SimulationOptions _options;
    private readonly ImmutableArray<Intervention> _interventions;
    private readonly CancellationToken _cancellation;
    private readonly int _user, _item, _users, _items;

    /// <summary>Makes a world ready.</summary>
    /// <param name="world">A world with rounds.</param>
    /// <param name="options">Seed and threads; its interventions are not looked at.</param>
    /// <param name="interventions">What is set in all rounds: mechanisms, and at most one policy. Default none: the factual world.</param>
    /// <param name="cancellationToken">Stops between blocks of users.</param>
    /// <exception cref="ArgumentException">The world has no rounds, or the options are wrong; all mistakes are told.</exception>
    /// <exception cref="WorldException">An intervention does not fit the world.</exception>
    public FeedbackWorld(World world, SimulationOptions options, ImmutableArray<Intervention> interventions = default, CancellationToken cancellationToken = default)
    {
        string[] wrong = [.. options.Validate(), .. world.Rounds is null ? [$"The world '{world.Name}' has no rounds; expected the section 'rounds' in its file."] : Array.Empty<string>()];
        if (wrong.Length > 0)
        {
            throw new ArgumentException(string.Join('\n', wrong), nameof(world));
        }

        interventions = interventions.IsDefault ? [] : interventions;
        Intervention[] policies = [.. interventions.Where(i => i.Policy is not null)];
        MistakeList mistakes = new();
        if (policies.Length > 1)
        {
            mistakes.Add("The policy is set twice by one intervention; expected once. Make two interventions of it.", default);
        }

        RoundsChecks.CheckRound(world, [.. policies.Select(i => (i.Policy!, i.Place))], mistakes);
        mistakes.ThrowIfAny();
        (World, _options, _cancellation, _rounds) = (world, options, cancellationToken, world.Rounds!);
        _interventions = [.. interventions.Where(i => i.Policy is null)];
        Policy = policies is [{ Policy: { } policy }] ? policy : _rounds.Policy;
        (_user, _item) = (world.EntityIndex(_rounds.User), world.EntityIndex(_rounds.Item));
        (_users, _items) = (world.Entities[_user].Size, world.Entities[_item].Size);
    }

    /// <summary>The world.</summary>
    public World World { get; }

    /// <summary>The policy that decides in this world.</summary>
    public ExposurePolicy Policy { get; }

    /// <summary>Runs the rounds one after the other. Each enumeration begins again and gives the same.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IEnumerable<ExposureRound> Run()
    {
        SimulationWork work = new(_options.Seed, _options.Threads, _cancellation);
        NodeTable nodes = new();
        BoundWorld factual = Bound(nodes, [], null, null);
        if (!_interventions.IsEmpty)
        {
            // So that what the intervention changes for all rounds is computed once, too.
            Bound(nodes, _interventions, factual, null);
        }

        WorldEngine engine = new(World, _options.Seed, _options.Threads, _options.Tile, new Dictionary<Node, Guard>(), _cancellation);
        (double Share, ExposurePolicy Rule)[] rules = [.. Policy.Rules(1)];
        IExposureModel?[] models = new IExposureModel?[rules.Length];
        ExposurePast past = ExposurePast.Empty(_users, _items);
        for (int round = 0; round < _rounds.Count; round++)
        {
            for (int r = 0; r < rules.Length; r++)
            {
                models[r] = rules[r].Rule.Learn(past, models[r], work);
            }

            ExposureRound drawn = Draw(nodes, factual, engine, past, rules, models);
            yield return drawn;
            past = past.Next(drawn, _rounds.Positive);
        }
    }

    private BoundWorld Bound(NodeTable nodes, ImmutableArray<Intervention> interventions, BoundWorld? factual, RoundScope? scope)
    {
        MistakeList mistakes = new();
        BoundWorld bound = WorldBinder.Bind(World, nodes, interventions, mistakes, factual, scope);
        mistakes.ThrowIfAny();
        return bound;
    }

    private ExposureRound Draw(NodeTable all, BoundWorld factual, WorldEngine engine, ExposurePast past, (double Share, ExposurePolicy Rule)[] rules, IExposureModel?[] models)
    {
        // What the round does not change keeps its node, and so its numbers, from round to round.
        NodeTable nodes = all.Fork();
        int known = nodes.Nodes.Count;
        RoundScope scope = RoundScope.Of(World, nodes, past);
        BoundWorld bound = Bound(nodes, _interventions, factual, scope);
        MistakeList mistakes = new();
        Plate pair = new(_user, _item);
        Node? active = _rounds.ActiveMechanism is { } mechanism ? scope.Bind(World, nodes, bound, mechanism, Plate.Of(_user), mistakes) : null;
        Node?[] scores = [.. rules.Select(rule => rule.Rule.Score(mistakes) is { } score ? scope.Bind(World, nodes, bound, score, pair, mistakes) : null)];
        mistakes.ThrowIfAny();
        Node[] targets = [bound.Variables[_rounds.Outcome], .. _rounds.Context.Select(name => bound.Variables[name])];
        ExposedProgram program = ExposedProgram.Compile(targets, _user, _options.Seed);
        Node[] rows = [.. program.Rows.Concat(scores.OfType<Node>().Where(n => n.Plate.Count == 2)).Distinct()];
        engine.Prepare([.. rows, .. program.Known, .. scores.OfType<Node>().Where(n => n.Plate.Count < 2), .. active is null ? [] : new[] { active }]);
        double[] chances = active is null ? [] : engine.Column(active);
        double[] coins = active is null ? [] : new double[_users];
        KeyedNoise.Uniform(NoiseKey.Of(_options.Seed, $"rounds/active@{past.Rounds}"), 0, coins);
        NoiseKey key = NoiseKey.Of(_options.Seed, $"rounds/slate@{past.Rounds}");
        int block = Math.Clamp(_users / (4 * _options.Threads), 1, BlockUsers);
        Part[] parts = new Part[(_users + block - 1) / block];
        ConcurrentBag<Worker> workers = [];
        engine.Rows(_user, rows, block, (index, first, end, machine) =>
        {
            Worker worker = workers.TryTake(out Worker? free) ? free : new Worker(_items, _rounds.Slate, rules);
            Part part = new(program.Rows.Length);
            for (int user = first; user < end; user++)
            {
                if (active is not null && !(coins[user] < chances[active.Plate.Count == 0 ? 0 : user]))
                {
                    continue;
                }

                if (rows.Length > 0)
                {
                    machine.Run(user);
                }

                for (int r = 0; r < rules.Length; r++)
                {
                    models[r]?.Score(user, worker.Scores[r]);
                    if (scores[r] is { } score)
                    {
                        Fill(score, user, machine, rows, engine, worker.Scores[r]);
                    }
                }

                int added = worker.Show(user, key.Row((ulong)user), _rounds.IsRepeatAllowed ? [] : past.ItemsOf(user), part);
                for (int k = 0; k < part.Rows.Length; k++)
                {
                    ReadOnlySpan<double> row = machine.Target(Array.IndexOf(rows, program.Rows[k]), _items);
                    for (int e = part.Items.Count - added; e < part.Items.Count; e++)
                    {
                        part.Rows[k].Add(row[part.Items[e]]);
                    }
                }
            }

            part.Values = program.Run(engine, part.Users, part.Items, part.Positions, part.Rows);
            parts[index] = part;
            workers.Add(worker);
        });
        engine.ForgetFrom(known);
        ExposureRound drawn = new()
        {
            Round = past.Rounds,
            Users = Joined(parts, p => p.Users),
            Items = Joined(parts, p => p.Items),
            Positions = Joined(parts, p => p.Positions),
            Propensities = Joined(parts, p => p.Propensities),
            SlatePropensities = Joined(parts, p => p.SlatePropensities),
            PositionPropensities = Joined(parts, p => p.PositionPropensities),
            Outcomes = Values(parts, 0),
            Context = [.. _rounds.Context.Select((_, c) => Values(parts, c + 1))],
        };
        CheckFinite(drawn);
        return drawn;
    }

    private void CheckFinite(ExposureRound drawn)
    {
        foreach ((string name, IReadOnlyList<double> values) in _rounds.Context.Select((name, c) => (name, (IReadOnlyList<double>)drawn.Context[c])).Prepend((_rounds.Outcome, drawn.Outcomes)))
        {
            for (int e = 0; e < values.Count; e++)
            {
                if (!double.IsFinite(values[e]))
                {
                    WorldVariable variable = World.Variables.First(v => v.Name == name);
                    throw new WorldException([new WorldMistake($"{variable.Label} is no finite number in round {drawn.Round}, at {_rounds.User} {drawn.Users[e]} and {_rounds.Item} {drawn.Items[e]}, position {drawn.Positions[e]}; expected a finite number. It is one of {values.Count(v => !double.IsFinite(v))} of {values.Count} exposures. Change the mechanism so that it stays finite.", variable.Place)]);
                }
            }
        }
    }

    private void Fill(Node score, int user, RowMachine machine, Node[] rows, WorldEngine engine, double[] target)
    {
        if (score.Plate.Count == 2)
        {
            machine.Target(Array.IndexOf(rows, score), _items).CopyTo(target);
            return;
        }

        double[] column = engine.Column(score);
        if (score.Plate.Count == 1 && score.Plate.Row == _item)
        {
            column.CopyTo(target, 0);
        }
        else
        {
            Array.Fill(target, column[score.Plate.Count == 0 ? 0 : user]);
        }
    }

    private static ImmutableArray<T> Joined<T>(Part[] parts, Func<Part, List<T>> list)
    {
        T[] joined = new T[parts.Sum(p => p.Users.Count)];
        int at = 0;
        foreach (Part part in parts)
        {
            list(part).CopyTo(joined, at);
            at += part.Users.Count;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(joined);
    }

    private static ImmutableArray<double> Values(Part[] parts, int target)
    {
        double[] joined = new double[parts.Sum(p => p.Users.Count)];
        int at = 0;
        foreach (Part part in parts)
        {
            part.Values[target].AsSpan(0, part.Users.Count).CopyTo(joined.AsSpan(at));
            at += part.Users.Count;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(joined);
    }

    /// <summary>The exposures of a block of users.</summary>
    private sealed class Part(int rows)
    {
        public List<int> Users { get; } = [];

        public List<int> Items { get; } = [];

        public List<int> Positions { get; } = [];

        public List<double> Propensities { get; } = [];

        public List<double> SlatePropensities { get; } = [];

        public List<double> PositionPropensities { get; } = [];

        public List<double>[] Rows { get; } = [.. Enumerable.Range(0, rows).Select(_ => new List<double>())];

        public double[][] Values { get; set; } = [];
    }

    /// <summary>Buffers of one thread.</summary>
    private sealed class Worker
    {
        private readonly SlateDistribution _distribution;
        private readonly SlateRule[] _rules;
        private readonly double[] _uniforms, _propensities;
        private readonly int[] _slate;

        public Worker(int items, int slate, (double Share, ExposurePolicy Rule)[] rules)
        {
            _distribution = new SlateDistribution(items);
            Scores = [.. rules.Select(rule => double.IsInfinity(rule.Rule.ScoreTemperature) ? [] : new double[items])];
            _rules = [.. rules.Select((rule, r) => new SlateRule(rule.Share, rule.Rule.ScoreTemperature, Scores[r]))];
            (_uniforms, _propensities, _slate) = (new double[2 * slate], new double[slate], new int[slate]);
        }

        /// <summary>The scores of each rule for the present user.</summary>
        public double[][] Scores { get; }

        /// <summary>Draws the slate of a user and adds it; the number of positions comes back.</summary>
        public int Show(int user, NoiseKey key, ReadOnlySpan<int> excluded, Part part)
        {
            _distribution.Begin(_rules, excluded);
            KeyedNoise.Uniform(key, 0, _uniforms);
            int filled = _distribution.Draw(_uniforms, _slate, _propensities);
            double whole = 1;
            for (int p = 0; p < filled; p++)
            {
                whole *= _propensities[p];
            }

            for (int p = 0; p < filled; p++)
            {
                part.Users.Add(user);
                part.Items.Add(_slate[p]);
                part.Positions.Add(p + 1);
                part.Propensities.Add(_propensities[p]);
                part.SlatePropensities.Add(whole);
                part.PositionPropensities.Add(p == 0 ? _propensities[p] : _distribution.PositionProbability(_slate[p], p + 1));
            }

            return filled;
        }
    }
}
