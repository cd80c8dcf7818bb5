using System.Collections.Immutable;
using Caudata.Simulation.Expressions;
using Caudata.Simulation.Feedback;

namespace Caudata.Simulation.Compilation;

/// <summary>Gives every name of a world its value: variables in an order in which causes come first, indicators after their parents.</summary>
internal sealed class WorldBinder
{
    private readonly World _world;
    private readonly NodeTable _nodes;
    private readonly MistakeList _mistakes;
    private readonly Dictionary<string, Intervention> _interventions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Node> _values = new(StringComparer.Ordinal), _propensities = new(StringComparer.Ordinal), _scores = new(StringComparer.Ordinal), _constants = new(StringComparer.Ordinal);
    private BoundWorld? _factual;
    private RoundScope? _scope;
    private readonly Dictionary<string, ImmutableArray<string>> _indices;

    private WorldBinder(World world, NodeTable nodes, ImmutableArray<Intervention> interventions, MistakeList mistakes)
    {
        _world = world;
        _nodes = nodes;
        _mistakes = mistakes;
        _indices = world.Variables.Select(v => (v.Name, v.Indices)).Concat(world.Indicators.Select(r => (r.Name, r.Indices))).DistinctBy(v => v.Name).ToDictionary(v => v.Name, v => v.Indices, StringComparer.Ordinal);
        foreach (Intervention intervention in interventions.Where(i => i.Policy is null))
        {
            if (!_indices.ContainsKey(intervention.Target))
            {
                mistakes.Add($"'{intervention.Target}' is no variable of this world; {Nearest.Suggest(intervention.Target, _indices.Keys)}", intervention.Place);
            }
            else if (!_interventions.TryAdd(intervention.Target, intervention))
            {
                mistakes.Add($"'{intervention.Target}' is set twice by one intervention; expected once. Make two interventions of it.", intervention.Place);
            }
        }
    }

    /// <summary>Binds a world under interventions; what is wrong is listed, and then the values are of no use.</summary>
    /// <param name="world">The world.</param>
    /// <param name="nodes">Receives the nodes; worlds that share it share what they have in common.</param>
    /// <param name="interventions">What is set; empty for the factual world.</param>
    /// <param name="mistakes">Receives mistakes.</param>
    /// <param name="factual">The factual world: what brought its indicators to their rates is part of their mechanisms, and stays under an intervention. Null for the factual world itself.</param>
    /// <param name="scope">What the names of a round mean; null for the world outside its rounds.</param>
    public static BoundWorld Bind(World world, NodeTable nodes, ImmutableArray<Intervention> interventions, MistakeList mistakes, BoundWorld? factual = null, RoundScope? scope = null)
    {
        int before = mistakes.Count;
        WorldBinder binder = new(world, nodes, interventions, mistakes) { _factual = factual, _scope = scope ?? RoundScope.Ordinary(world, nodes) };
        if (mistakes.Count > before)
        {
            return BoundWorld.Empty;
        }

        foreach (string name in binder.CausesFirst())
        {
            binder.Bind(name);
        }

        HashSet<string> indicators = [.. world.Indicators.Select(r => r.Name)];
        return new BoundWorld(
            binder._values.Where(v => !indicators.Contains(v.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal),
            binder._propensities.ToImmutableSortedDictionary(StringComparer.Ordinal),
            binder._values.Where(v => indicators.Contains(v.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal),
            binder._scores.ToImmutableSortedDictionary(StringComparer.Ordinal),
            binder._constants.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    private Expression? MechanismOf(string name) =>
        _interventions.TryGetValue(name, out Intervention? intervention) ? intervention.Mechanism
        : _world.Variables.FirstOrDefault(v => v.Name == name)?.Mechanism ?? _world.Indicators.FirstOrDefault(r => r.Name == name)?.Mechanism;

    private WorldPlace PlaceOf(string name) => _interventions.TryGetValue(name, out Intervention? intervention) ? intervention.Place
        : _world.Variables.FirstOrDefault(v => v.Name == name)?.Place ?? _world.Indicators.FirstOrDefault(r => r.Name == name)?.Place ?? default;

    /// <summary>All names, causes first. Depth-first without recursion; a cycle is told with its path, and cut.</summary>
    private List<string> CausesFirst()
    {
        Dictionary<string, Expression?> mechanisms = _indices.Keys.ToDictionary(name => name, MechanismOf, StringComparer.Ordinal);
        List<string> order = [];
        Dictionary<string, int> state = new(StringComparer.Ordinal); // 1 on the path, 2 done
        foreach (string root in _world.Variables.Select(v => v.Name).Concat(_world.Indicators.Select(r => r.Name)))
        {
            if (state.ContainsKey(root))
            {
                continue;
            }

            Stack<(string Name, IEnumerator<string> Parents)> path = new();
            Push(root);
            while (path.TryPeek(out (string Name, IEnumerator<string> Parents) top))
            {
                if (!top.Parents.MoveNext())
                {
                    path.Pop();
                    state[top.Name] = 2;
                    order.Add(top.Name);
                    continue;
                }

                string parent = top.Parents.Current;
                if (!state.TryGetValue(parent, out int seen))
                {
                    Push(parent);
                }
                else if (seen == 1)
                {
                    string[] cycle = [.. path.Select(step => step.Name).TakeWhile(name => name != parent).Append(parent).Reverse()];
                    _mistakes.Add($"{string.Join(" -> ", [.. cycle, cycle[0]])} is a circle of causes; expected none. Take one of these names out of a mechanism, or make two variables of one: before and after.", PlaceOf(top.Name));
                }
            }

            void Push(string name)
            {
                state[name] = 1;
                path.Push((name, (mechanisms[name]?.Names.Select(n => n.Text).Where(mechanisms.ContainsKey).Distinct(StringComparer.Ordinal) ?? []).ToList().GetEnumerator()));
            }
        }

        return order;
    }

    private void Bind(string name)
    {
        Plate plate = PlateOf(name);
        if (_world.Variables.FirstOrDefault(v => v.Name == name) is { } variable)
        {
            _values[name] = Mechanism(name, plate) ?? _nodes.Constant(double.NaN);
            return;
        }

        WorldIndicator indicator = _world.Indicators.First(r => r.Name == name);
        Node probability = _interventions.ContainsKey(name)
            ? _nodes.Map(Op.Clip, plate, Score(name, plate), _nodes.Constant(0), _nodes.Constant(1))
            : indicator.Sample is { } sample ? Chance(plate, sample) : Calibrated(indicator, Score(name, plate), plate);
        _propensities[name] = probability;
        _values[name] = indicator.Sample is { } drawn && !_interventions.ContainsKey(name)
            ? Drawn(name, plate, drawn)
            : _nodes.Map(Op.Less, plate, _nodes.Noise(Op.Uniform, plate, name), probability);
    }

    private Node Score(string name, Plate plate) => _scores[name] = Mechanism(name, plate) ?? _nodes.Constant(double.NaN);

    private Node? Mechanism(string name, Plate plate) =>
        MechanismOf(name) is { } expression ? new ExpressionBinder(_world, _nodes, _mistakes, n => _values.GetValueOrDefault(n) ?? _scope?.Value(n), IndicesOf, _scope?.Stream(name) ?? name).Bind(expression, plate) : null;

    private ImmutableArray<string> IndicesOf(string name) => _indices.TryGetValue(name, out ImmutableArray<string> known) ? known : _scope?.Indices(name) ?? default;

    private Node Chance(Plate plate, ImmutableArray<int> sample) =>
        _nodes.Constant((sample.Length > 0 ? Share(sample[0], plate.Row) : 1) * (sample.Length > 1 ? Share(sample[1], plate.Column) : 1));

    // An entity that is none is told elsewhere.
    private double Share(int count, int entity) => entity < 0 ? 1 : Math.Min(1, (double)count / _world.Entities[entity].Size);

    private Node Drawn(string name, Plate plate, ImmutableArray<int> sample)
    {
        if (sample.IsEmpty || plate.Row < 0)
        {
            return _nodes.Constant(1);
        }

        Node rows = _nodes.Smallest(_nodes.Noise(Op.Uniform, Plate.Of(plate.Row), name + "/rows"), _nodes.Constant(sample[0]));
        return sample.Length == 1 ? rows
            : _nodes.Smallest(_nodes.Noise(Op.Uniform, plate, name), _nodes.Map(Op.Multiply, plate, rows, _nodes.Constant(sample[1])));
    }

    private Node Calibrated(WorldIndicator indicator, Node score, Plate plate)
    {
        Node Constant(Node of) => _constants[indicator.Name] = _factual?.Constants[indicator.Name] ?? (indicator.PerRow && !of.Plate.Has(plate.Column) ? Closed(of) : _nodes.Calibrate(of, indicator.Rate, indicator.Method, indicator.PerRow));

        // Where all of a row have one score, nothing needs to be sought.
        Node Closed(Node of) => indicator.Method == RateMethod.Scale
            ? _nodes.Map(Op.Divide, of.Plate, _nodes.Constant(indicator.Rate), _nodes.Map(Op.Max, of.Plate, of, _nodes.Constant(1e-300)))
            : _nodes.Map(Op.Subtract, of.Plate, _nodes.Constant(Math.Log(indicator.Rate / (1 - indicator.Rate))), of);
        Node Probability(Node of) => indicator.IsLogit ? _nodes.Map(Op.Sigmoid, of.Plate.Has(plate.Column) ? plate : of.Plate, of) : _nodes.Map(Op.Clip, of.Plate.Has(plate.Column) ? plate : of.Plate, of, _nodes.Constant(0), _nodes.Constant(1));
        switch (indicator.Method)
        {
            case RateMethod.None:
                return Probability(score);
            case RateMethod.Scale:
                Node share = Probability(score);
                return _nodes.Map(Op.Min, plate, _nodes.Map(Op.Multiply, plate, share, Constant(share)), _nodes.Constant(1));
            default:
                return _nodes.Map(Op.Sigmoid, plate, _nodes.Map(Op.Add, plate, score, Constant(score)));
        }
    }

    private Plate PlateOf(string name) => _world.PlateOf(_indices[name]);
}
