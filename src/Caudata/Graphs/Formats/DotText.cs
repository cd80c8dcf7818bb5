using System.Text;

namespace Caudata.Graphs.Formats;

/// <summary>Graphs in DOT, the language of Graphviz.</summary>
/// <remarks>
/// <para>Read: <c>digraph</c>, chains, groups and subgraphs in braces, <c>node [...]</c> and <c>edge [...]</c> defaults, quoted names, comments. A bidirected edge is <c>X -> Y [dir=both]</c> or <c>X &lt;-> Y</c>. Attributes:
/// <c>latent</c>, <c>missing</c> (or the name <c>R_V</c>), <c>selected</c>, <c>exposure</c>, <c>outcome</c>, <c>adjusted</c>. A node called <c>rating[user,item]</c> is rating with these indices. What only draws is passed over.</para>
/// <para>Written: the same, with shapes and dashes so that Graphviz shows it well. DOT has no escape for a backslash: a name that ends in one, or has one before a quote, is refused.</para>
/// </remarks>
public static class DotText
{
    /// <summary>A graph from DOT.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="GraphException">Text or graph is wrong; every mistake is told.</exception>
    public static CausalGraph Read(string text)
    {
        MistakeList mistakes = new();
        GraphTokens tokens = new(text, TokenDialect.Dot, mistakes);
        if (IsWord("strict"))
        {
            tokens.Take();
        }

        if (!IsWord("digraph") && !IsWord("graph"))
        {
            mistakes.Add($"found {tokens.Current}; expected 'digraph'. Write digraph {{ X -> Y }}.", tokens.Current.Place);
            mistakes.Throw();
        }

        tokens.Take();
        if (tokens.Current.IsName)
        {
            tokens.Take();
        }

        return new BracedText(tokens, TokenDialect.Dot, mistakes).ReadBody();

        bool IsWord(string word) => tokens.Current.Kind == TokenKind.Word && tokens.Current.Text.Equals(word, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A graph as DOT.</summary>
    /// <param name="graph">The graph.</param>
    /// <exception cref="GraphException">A name has a backslash where DOT cannot write one.</exception>
    public static string Write(CausalGraph graph)
    {
        string[] names = [.. graph.Variables.Select(v => Name(v.Label))];
        StringBuilder text = new("digraph {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n");
        foreach (Variable v in graph.Variables)
        {
            List<string> attributes = [];
            switch (v.Kind)
            {
                case VariableKind.Latent:
                    attributes.Add("latent=true, style=dashed");
                    break;
                case VariableKind.Indicator:
                    attributes.Add($"missing={Mark(graph, v)}, shape=box");
                    break;
                case VariableKind.Selection:
                    attributes.Add("selected=true, shape=box, peripheries=2");
                    break;
                case VariableKind.Observed when NodeNames.LooksMissing(graph, v):
                    attributes.Add("missing=false");
                    break;
            }

            if (v.Role != VariableRole.None)
            {
                attributes.Add(v.Role.ToString().ToLowerInvariant() + "=true");
            }

            text.Append("  ").Append(names[v.Id]).Append(attributes.Count == 0 ? "" : $" [{string.Join(", ", attributes)}]").Append(";\n");
        }

        foreach (GraphEdge edge in graph.Edges)
        {
            text.Append("  ").Append(names[edge.From]).Append(" -> ").Append(names[edge.To]).Append(edge.Kind == EdgeKind.Bidirected ? " [dir=both, style=dashed, constraint=false]" : "").Append(";\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Mark(CausalGraph graph, Variable v) => NodeNames.IsConventional(graph, v) ? "true" : Name(NodeNames.Unmistakable(graph.Variables[v.Of!.Value].Name));

    private static string Name(string name)
    {
        if (NodeNames.IsPlain(name) && name.ToLowerInvariant() is not ("node" or "edge" or "graph" or "digraph" or "subgraph" or "strict"))
        {
            return name;
        }

        if (name.EndsWith('\\') || name.Contains("\\\"", StringComparison.Ordinal))
        {
            throw new GraphException($"the name {GraphValidation.Quote(name)} has a backslash at its end or before a quote, which DOT cannot write; expected none there. Rename it, or choose another format ({string.Join(", ", GraphFormats.Names.Where(n => n != "dot"))}).");
        }

        return "\"" + name.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
    }
}
