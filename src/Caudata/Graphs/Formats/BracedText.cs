namespace Caudata.Graphs.Formats;

/// <summary>An attribute of a node or an edge.</summary>
/// <param name="Key">Its name, in lower case.</param>
/// <param name="Value">Its value, or null when only the name stands there.</param>
/// <param name="Place">Where it stands.</param>
internal readonly record struct GraphAttribute(string Key, string? Value, TextPlace Place);

/// <summary>Statements in braces, as DOT and dagitty share them: nodes and edges with attributes in brackets, groups in braces, defaults.</summary>
/// <remarks>Linear time but for the edges between groups, which are counted against <see cref="GraphLimits.Edges"/>; recursion no deeper than <see cref="GraphLimits.Depth"/>. After a mistake it goes on at the next statement.</remarks>
internal sealed class BracedText(GraphTokens tokens, TokenDialect dialect, MistakeList mistakes)
{
    private readonly Dictionary<string, int[]> _subgraphs = new(StringComparer.Ordinal);

    /// <summary>What was read.</summary>
    public GraphDraft Draft { get; } = new(mistakes);

    /// <summary>Reads from the opening brace to the end of the text.</summary>
    public CausalGraph ReadBody()
    {
        if (!tokens.Take('{'))
        {
            mistakes.Add($"found {tokens.Current}; expected '{{' after the head of the graph. Write for example {(dialect == TokenDialect.Dot ? "digraph" : "dag")} {{ X -> Y }}.", tokens.Current.Place);
            mistakes.Throw();
        }

        Statements([], [], [], 1);
        TextPlace end = tokens.Current.Place;
        if (!tokens.Take('}'))
        {
            mistakes.Add($"found {tokens.Current}; expected '}}' at the end of the graph. Close the brace.", end);
        }
        else if (tokens.Current.Kind != TokenKind.End)
        {
            mistakes.Add($"found {tokens.Current} after the end of the graph; expected nothing. One text holds one graph.", tokens.Current.Place);
        }

        return Draft.Finish();
    }

    private void Statements(HashSet<int> group, List<GraphAttribute> nodeDefaults, List<GraphAttribute> edgeDefaults, int depth)
    {
        while (tokens.Current.Kind != TokenKind.End && !tokens.Current.Is('}') && !mistakes.IsFull)
        {
            if (tokens.Take(';') || tokens.Take(','))
            {
                continue;
            }

            GraphToken start = tokens.Current;
            if (!Statement(group, nodeDefaults, edgeDefaults, depth))
            {
                Recover(start);
            }
        }
    }

    private bool Statement(HashSet<int> group, List<GraphAttribute> nodeDefaults, List<GraphAttribute> edgeDefaults, int depth)
    {
        GraphToken first = tokens.Current;
        if (first.Kind == TokenKind.Word && first.Text.ToLowerInvariant() is "node" or "edge" or "graph" && dialect == TokenDialect.Dot)
        {
            tokens.Take();
            if (!tokens.Current.Is('['))
            {
                return Wrong($"attributes in '[' after {first}; write \"{first.Text}\" in quotes when it is a name");
            }

            List<GraphAttribute> ignored = [];
            return Attributes(first.Text.ToLowerInvariant() switch { "node" => nodeDefaults, "edge" => edgeDefaults, _ => ignored });
        }

        int before = Draft.Count;
        if (Operand(group, nodeDefaults, edgeDefaults, depth, out bool isGroup) is not { } left)
        {
            return false;
        }

        if (!isGroup && tokens.Take('='))
        {
            // bb = "0,0,1,1": a setting of the drawing, not a variable.
            if (Draft.Count > before)
            {
                Draft.Forget();
                group.Remove(left[0]);
            }

            return tokens.Current.Kind is TokenKind.Word or TokenKind.Quoted or TokenKind.Html ? tokens.Take().Text is not null : Wrong("a value after '='");
        }

        List<(int[] From, int[] To, string Arrow, TextPlace Place)> steps = [];
        while (tokens.Current.Kind == TokenKind.Arrow)
        {
            GraphToken arrow = tokens.Take();
            if (Operand(group, nodeDefaults, edgeDefaults, depth, out _) is not { } right)
            {
                return false;
            }

            steps.Add((left, right, arrow.Text, arrow.Place));
            left = right;
        }

        List<GraphAttribute> attributes = steps.Count > 0 ? [.. edgeDefaults] : [];
        while (tokens.Current.Is('['))
        {
            if (!Attributes(attributes))
            {
                return false;
            }
        }

        if (steps.Count == 0)
        {
            foreach (int node in isGroup ? [] : left)
            {
                Apply(node, attributes);
            }

            return true;
        }

        string? direction = attributes.LastOrDefault(a => a.Key == "dir").Value?.ToLowerInvariant();
        foreach ((int[] from, int[] to, string arrow, TextPlace place) in steps)
        {
            Edges(from, to, arrow, direction, place);
        }

        return true;
    }

    private void Edges(int[] from, int[] to, string arrow, string? direction, TextPlace place)
    {
        string meant = (arrow, direction) switch
        {
            (_, "none") => "--",
            ("->", "both") or ("<-", "both") => "<->",
            ("->", "back") => "<-",
            ("<-", "back") => "->",
            _ => arrow,
        };
        if (meant is not ("->" or "<-" or "<->"))
        {
            mistakes.Add($"an edge '{arrow}'{(direction is null ? "" : $" with dir={direction}")} has no direction that a causal graph knows; expected ->, <- or <->. Write X <-> Y{(dialect == TokenDialect.Dot ? ", or X -> Y [dir=both]," : "")} for an unobserved common cause.", place);
            return;
        }

        foreach (int a in from)
        {
            foreach (int b in to)
            {
                Draft.Edge(meant == "<-" ? b : a, meant == "<-" ? a : b, meant == "<->" ? EdgeKind.Bidirected : EdgeKind.Directed, place);
            }
        }
    }

    // A name, or a group in braces; null after a mistake.
    private int[]? Operand(HashSet<int> group, List<GraphAttribute> nodeDefaults, List<GraphAttribute> edgeDefaults, int depth, out bool isGroup)
    {
        isGroup = false;
        string? name = null;
        if (tokens.Current.Kind == TokenKind.Word && dialect == TokenDialect.Dot && tokens.Current.Text.Equals("subgraph", StringComparison.OrdinalIgnoreCase))
        {
            tokens.Take();
            name = tokens.Current.IsName ? tokens.Take().Text : null;
            if (name is not null && !tokens.Current.Is('{') && _subgraphs.TryGetValue(name, out int[]? known))
            {
                isGroup = true;
                return known;
            }

            if (!tokens.Current.Is('{'))
            {
                Wrong("'{' after 'subgraph'");
                return null;
            }
        }

        if (tokens.Current.Is('{'))
        {
            isGroup = true;
            TextPlace place = tokens.Take().Place;
            if (depth >= GraphLimits.Depth)
            {
                mistakes.Add($"braces are nested more than {GraphLimits.Depth} deep; expected fewer. Write the edges out.", place);
                mistakes.Throw();
            }

            HashSet<int> inner = [];
            Statements(inner, [.. nodeDefaults], [.. edgeDefaults], depth + 1);
            if (!tokens.Take('}'))
            {
                mistakes.Add($"found {tokens.Current}; expected '}}' for the brace in line {place.Line}, column {place.Column}. Close it.", tokens.Current.Place);
                mistakes.Throw();
            }

            group.UnionWith(inner);
            int[] members = [.. inner.Order()];
            if (name is not null)
            {
                _subgraphs[name] = members;
            }

            return members;
        }

        if (!tokens.Current.IsName)
        {
            Wrong("a name");
            return null;
        }

        GraphToken token = tokens.Take();
        int before = Draft.Count;
        int id = Draft.Mention(token.Text, token.Place);
        if (Draft.Count > before && nodeDefaults.Count > 0)
        {
            Apply(id, nodeDefaults);
            Draft.Weaken(id);
        }

        // A port says where an edge meets the drawing of a node.
        for (int port = 0; port < 2 && tokens.Current.Is(':'); port++)
        {
            tokens.Take();
            if (!tokens.Current.IsName)
            {
                Wrong("a port after ':'");
                return null;
            }

            tokens.Take();
        }

        group.Add(id);
        return [id];
    }

    private bool Attributes(List<GraphAttribute> attributes)
    {
        tokens.Take('[');
        while (!tokens.Current.Is(']'))
        {
            if (tokens.Take(',') || tokens.Take(';'))
            {
                continue;
            }

            if (!tokens.Current.IsName)
            {
                return Wrong("an attribute or ']'");
            }

            GraphToken key = tokens.Take();
            string? value = null;
            if (tokens.Take('='))
            {
                if (tokens.Current.Kind is not (TokenKind.Word or TokenKind.Quoted or TokenKind.Html))
                {
                    return Wrong($"a value of the attribute {key}");
                }

                value = tokens.Take().Text;
            }

            // Single letters are short forms of dagitty; what is not known belongs to a drawing.
            if (NodeAttributes.IsKnown(key.Text.ToLowerInvariant()) && (key.Text.Length > 1 || dialect == TokenDialect.Dagitty) && attributes.Count < 100)
            {
                attributes.Add(new GraphAttribute(key.Text.ToLowerInvariant(), value, key.Place));
            }
        }

        tokens.Take();
        return true;
    }

    private void Apply(int node, List<GraphAttribute> attributes)
    {
        foreach (GraphAttribute attribute in attributes)
        {
            NodeAttributes.Apply(Draft, node, attribute, mistakes);
        }
    }

    private bool Wrong(string expected)
    {
        mistakes.Add($"found {tokens.Current}; expected {expected}.", tokens.Current.Place);
        return false;
    }

    // To the next statement: behind a semicolon, before a closing brace, or at the next line.
    private void Recover(GraphToken start)
    {
        int line = tokens.Current.Place.Line;
        if (tokens.Current == start && !tokens.Current.Is('}'))
        {
            tokens.Take();
        }

        while (tokens.Current.Kind != TokenKind.End && !tokens.Current.Is('}') && !tokens.Current.Is(';') && tokens.Current.Place.Line == line)
        {
            tokens.Take();
        }
    }
}
