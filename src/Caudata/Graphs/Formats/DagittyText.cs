using System.Text;

namespace Caudata.Graphs.Formats;

/// <summary>Graphs in the text of dagitty: <c>dag { X [exposure] Y [outcome] U [latent] X -> Y; X &lt;-> Z }</c>.</summary>
/// <remarks>
/// <para>Read: names with attributes in brackets, chains, groups in braces, <c>&lt;-></c>; positions are passed over. Graphs of other kinds (mag, pag, pdag) are refused, because their edges mean something else.</para>
/// <para>Written: the same; an indicator is marked by its name <c>R_V</c>, or by <c>missing="V"</c>, which dagitty itself passes over.</para>
/// </remarks>
public static class DagittyText
{
    /// <summary>A graph from dagitty's text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="GraphException">Text or graph is wrong; every mistake is told.</exception>
    public static CausalGraph Read(string text)
    {
        MistakeList mistakes = new();
        GraphTokens tokens = new(text, TokenDialect.Dagitty, mistakes);
        GraphToken head = tokens.Take();
        if (head.Kind != TokenKind.Word || !head.Text.Equals("dag", StringComparison.OrdinalIgnoreCase))
        {
            mistakes.Add(head.Text.ToLowerInvariant() is "mag" or "pag" or "pdag" or "digraph" or "graph"
                ? $"found a graph of the kind '{head.Text}'; expected 'dag', because edges of other kinds mean something else. Write the causal graph itself, with <-> for unobserved common causes."
                : $"found {head}; expected 'dag'. Write dag {{ X -> Y }}.", head.Place);
            mistakes.Throw();
        }

        if (tokens.Current.IsName)
        {
            tokens.Take();
        }

        return new BracedText(tokens, TokenDialect.Dagitty, mistakes).ReadBody();
    }

    /// <summary>A graph as dagitty's text.</summary>
    /// <param name="graph">The graph.</param>
    public static string Write(CausalGraph graph)
    {
        string[] names = [.. graph.Variables.Select(v => Name(v.Label))];
        StringBuilder text = new("dag {\n");
        foreach (Variable v in graph.Variables)
        {
            List<string> attributes = [];
            switch (v.Kind)
            {
                case VariableKind.Latent:
                    attributes.Add("latent");
                    break;
                case VariableKind.Indicator when !NodeNames.IsConventional(graph, v):
                    attributes.Add("missing=" + NodeNames.Quote(NodeNames.Unmistakable(graph.Variables[v.Of!.Value].Name)));
                    break;
                case VariableKind.Selection:
                    attributes.Add("selected");
                    break;
                case VariableKind.Observed when NodeNames.LooksMissing(graph, v):
                    attributes.Add("missing=\"false\"");
                    break;
            }

            if (v.Role != VariableRole.None)
            {
                attributes.Add(v.Role.ToString().ToLowerInvariant());
            }

            text.Append("  ").Append(names[v.Id]).Append(attributes.Count == 0 ? "" : $" [{string.Join(',', attributes)}]").Append('\n');
        }

        foreach (GraphEdge edge in graph.Edges)
        {
            text.Append("  ").Append(names[edge.From]).Append(edge.Kind == EdgeKind.Bidirected ? " <-> " : " -> ").Append(names[edge.To]).Append('\n');
        }

        return text.Append("}\n").ToString();
    }

    private static string Name(string name) => NodeNames.IsPlain(name) ? name : NodeNames.Quote(name);
}
