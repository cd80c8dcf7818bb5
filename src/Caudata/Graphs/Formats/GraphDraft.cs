using System.Collections.Immutable;

namespace Caudata.Graphs.Formats;

/// <summary>Collects what a text says about a graph whose variables come into being by being named; by convention a node called <c>R_V</c> is the indicator of V.</summary>
internal sealed class GraphDraft(MistakeList mistakes)
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<Node> _nodes = [];
    private readonly List<EdgeDeclaration> _edges = [];

    private sealed class Node(string name, TextPlace place)
    {
        public string Name => name;

        public TextPlace Place => place;

        public ImmutableArray<string>? Indices { get; set; }

        public VariableKind? Kind { get; set; }

        public VariableRole Role { get; set; }

        public string? Of { get; set; }

        public bool IsWeak { get; set; }
    }

    /// <summary>Number of nodes so far.</summary>
    public int Count => _nodes.Count;

    /// <summary>The node of a name, with or without indices; a new one when it was not named before.</summary>
    public int Mention(string label, TextPlace place)
    {
        (string name, ImmutableArray<string>? indices) = Split(label);
        if (!_ids.TryGetValue(name, out int id))
        {
            if (_nodes.Count >= GraphLimits.Variables)
            {
                mistakes.Add($"more than {GraphLimits.Variables} variables; expected at most that many. Leave out what the question does not need.", place);
                mistakes.Throw();
            }

            id = _nodes.Count;
            _ids.Add(name, id);
            _nodes.Add(new Node(name, place) { Indices = indices });
            return id;
        }

        Node node = _nodes[id];
        if (indices is { } given)
        {
            if (node.Indices is { } before && !before.AsSpan().SequenceEqual(given.AsSpan()))
            {
                mistakes.Add($"{GraphValidation.Quote(name)} has the indices [{string.Join(',', given)}] here and [{string.Join(',', before)}] in line {node.Place.Line}; expected the same. Correct one, or write them once.", place);
            }

            node.Indices ??= given;
        }

        return id;
    }

    /// <summary>True when the name was mentioned.</summary>
    public bool Knows(string name) => _ids.ContainsKey(name);

    public void SetKind(int id, VariableKind kind, string? of, TextPlace place)
    {
        Node node = _nodes[id];
        if (node.Kind is { } before && before != kind && !node.IsWeak)
        {
            mistakes.Add($"{GraphValidation.Quote(node.Name)} is marked {Word(before)} and {Word(kind)}; expected one of them. Remove one.", place);
            return;
        }

        node.Kind = kind;
        node.Of = of ?? node.Of;
        node.IsWeak = false;
    }

    /// <summary>What is known of the node came from defaults: a mark of its own may say otherwise.</summary>
    public void Weaken(int id) => _nodes[id].IsWeak = true;

    /// <summary>Takes back the last node.</summary>
    public void Forget()
    {
        _ids.Remove(_nodes[^1].Name);
        _nodes.RemoveAt(_nodes.Count - 1);
    }

    public void SetRole(int id, VariableRole role, TextPlace place)
    {
        Node node = _nodes[id];
        if (node.Role != VariableRole.None && node.Role != role)
        {
            mistakes.Add($"{GraphValidation.Quote(node.Name)} is marked {node.Role.ToString().ToLowerInvariant()} and {role.ToString().ToLowerInvariant()}; expected one of them. Remove one.", place);
            return;
        }

        node.Role = role;
    }

    public void Edge(int from, int to, EdgeKind kind, TextPlace place)
    {
        if (_edges.Count >= GraphLimits.Edges)
        {
            mistakes.Add($"more than {GraphLimits.Edges} edges; expected at most that many. Leave out what the question does not need.", place);
            mistakes.Throw();
        }

        _edges.Add(new EdgeDeclaration(_nodes[from].Name, _nodes[to].Name, kind) { Place = place });
    }

    /// <summary>The graph; throws all mistakes.</summary>
    public CausalGraph Finish() => GraphValidation.Check(Describe(throws: false), mistakes.All);

    /// <summary>What was said.</summary>
    /// <param name="throws">True to throw mistakes of reading.</param>
    public GraphDescription Describe(bool throws)
    {
        if (throws)
        {
            mistakes.Throw();
        }

        ImmutableArray<VariableDeclaration>.Builder variables = ImmutableArray.CreateBuilder<VariableDeclaration>(_nodes.Count);
        foreach (Node node in _nodes)
        {
            bool named = node.Name.StartsWith("R_", StringComparison.Ordinal) && _ids.ContainsKey(node.Name[2..]);
            VariableKind kind = node.Kind ?? (named ? VariableKind.Indicator : VariableKind.Observed);
            string? of = kind == VariableKind.Indicator ? node.Of ?? (node.Name.StartsWith("R_", StringComparison.Ordinal) ? node.Name[2..] : null) : null;
            variables.Add(new VariableDeclaration(node.Name) { Kind = kind, Of = of, Indices = node.Indices ?? [], Role = node.Role, Place = node.Place });
        }

        return new GraphDescription { Variables = variables.MoveToImmutable(), Edges = [.. _edges] };
    }

    /// <summary>A name without its indices, and these; null when it has none.</summary>
    public static (string Name, ImmutableArray<string>? Indices) Split(string label)
    {
        int open = label.EndsWith(']') ? label.IndexOf('[', StringComparison.Ordinal) : -1;
        return open < 0 ? (label, null) : (label[..open].TrimEnd(), [.. label[(open + 1)..^1].Split(',').Select(index => index.Trim())]);
    }

    private static string Word(VariableKind kind) => kind == VariableKind.Indicator ? "missing" : kind.ToString().ToLowerInvariant();
}
