using System.Text;

namespace Caudata.Graphs.Formats;

/// <summary>Graphs as a list of edges: <c>X -> Y; X &lt;-> Z</c>.</summary>
/// <remarks>
/// <para>Statements are parted by <c>;</c>, <c>,</c> or a new line. An edge is <c>-></c>, <c>&lt;-</c> or <c>&lt;-></c> (also →, ←, ↔), chains are fine: <c>A -> B &lt;- C</c>. A name alone is a variable without edges. Names with blanks, marks or the
/// beginning of an arrow stand in double quotes. Indices follow the name at once: <c>rating[user,item]</c>; it is enough to write them once. <c>R_V</c> is the indicator of V when there is a V.</para>
/// <para>A statement may begin with a word, followed by names: <c>latent U W</c>, <c>selection S</c>, <c>exposure X</c>, <c>outcome Y</c>, <c>adjusted Z</c>, <c>observed R_x</c> (only called so), <c>missing M of V</c>.</para>
/// <para>Remarks start with # or //.</para>
/// </remarks>
public static class EdgeList
{
    /// <summary>A graph from an edge list.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="GraphException">Text or graph is wrong; every mistake is told.</exception>
    public static CausalGraph Read(string text) => Draft(text).Finish();

    /// <summary>The variables and edges that an edge list names, before any graph is made of them: a part of another graph, for example.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="GraphException">The text is wrong; every mistake is told.</exception>
    public static GraphDescription Describe(string text) => Draft(text).Describe(throws: true);

    private static GraphDraft Draft(string text)
    {
        MistakeList mistakes = new();
        GraphTokens tokens = new(text, TokenDialect.Edges, mistakes);
        GraphDraft draft = new(mistakes);
        while (tokens.Current.Kind != TokenKind.End && !mistakes.IsFull)
        {
            if (!IsSeparator(tokens.Current))
            {
                Statement(tokens, draft, mistakes);
                while (tokens.Current.Kind != TokenKind.End && !IsSeparator(tokens.Current))
                {
                    tokens.Take();
                }
            }

            if (tokens.Current.Kind != TokenKind.End)
            {
                tokens.Take();
            }
        }

        return draft;
    }

    /// <summary>A graph as an edge list, one statement a line.</summary>
    /// <param name="graph">The graph.</param>
    public static string Write(CausalGraph graph)
    {
        StringBuilder text = new();
        foreach (Variable v in graph.Variables)
        {
            string? word = v.Kind switch
            {
                VariableKind.Latent => "latent",
                VariableKind.Selection => "selection",
                VariableKind.Indicator when !NodeNames.IsConventional(graph, v) => "missing",
                VariableKind.Observed when NodeNames.LooksMissing(graph, v) => "observed",
                _ => null,
            };
            string name = Name(v.Label);
            text.Append(word).Append(word is null ? "" : " ").Append(name).Append(word == "missing" ? " of " + Name(graph.Variables[v.Of!.Value].Name) : "").Append('\n');
            if (v.Role != VariableRole.None)
            {
                text.Append(v.Role.ToString().ToLowerInvariant()).Append(' ').Append(Name(v.Name)).Append('\n');
            }
        }

        // Where the edges name the variables in their order and nothing is to be marked, the edges are enough.
        bool bare = !text.ToString().Contains(' ', StringComparison.Ordinal) && graph.Variables.All(v => v.Indices.IsEmpty || v.Kind == VariableKind.Indicator);
        StringBuilder edges = new();
        HashSet<int> named = [];
        foreach (GraphEdge edge in graph.Edges)
        {
            bare &= (named.Add(edge.From) ? edge.From == named.Count - 1 : true) && (named.Add(edge.To) ? edge.To == named.Count - 1 : true);
            edges.Append(Name(graph.Variables[edge.From].Name)).Append(edge.Kind == EdgeKind.Directed ? " -> " : " <-> ").Append(Name(graph.Variables[edge.To].Name)).Append('\n');
        }

        return bare && named.Count == graph.Count ? edges.ToString() : text.Append(edges).ToString();
    }

    private static void Statement(GraphTokens tokens, GraphDraft draft, MistakeList mistakes)
    {
        GraphToken first = tokens.Take();
        if (!first.IsName)
        {
            mistakes.Add($"found {first}; expected a name. Write X -> Y, X <-> Y, or a name alone.", first.Place);
            return;
        }

        if (first.Kind == TokenKind.Word && tokens.Current.IsName && first.Text is "latent" or "selection" or "exposure" or "outcome" or "adjusted" or "observed" or "missing")
        {
            Marked(first.Text, tokens, draft, mistakes);
        }
        else
        {
            Chain(first, tokens, draft, mistakes);
        }

        if (tokens.Current.Kind != TokenKind.End && !IsSeparator(tokens.Current))
        {
            string hint = tokens.Current.IsName ? " Put names with blanks in double quotes." : tokens.Current.Is('{') ? " Groups in braces are for DOT and dagitty." : "";
            mistakes.Add($"found {tokens.Current}; expected an arrow, or ';', ',' or a new line before the next statement.{hint}", tokens.Current.Place);
        }
    }

    private static void Marked(string word, GraphTokens tokens, GraphDraft draft, MistakeList mistakes)
    {
        while (tokens.Current.IsName)
        {
            GraphToken name = tokens.Take();
            int node = draft.Mention(name.Text, name.Place);
            switch (word)
            {
                case "latent":
                    draft.SetKind(node, VariableKind.Latent, null, name.Place);
                    break;
                case "selection":
                    draft.SetKind(node, VariableKind.Selection, null, name.Place);
                    break;
                case "observed":
                    draft.SetKind(node, VariableKind.Observed, null, name.Place);
                    break;
                case "missing" when tokens.Current is { Kind: TokenKind.Word, Text: "of" }:
                    tokens.Take();
                    if (!tokens.Current.IsName)
                    {
                        mistakes.Add($"found {tokens.Current}; expected the name of the variable whose missingness {name} marks.", tokens.Current.Place);
                        return;
                    }

                    draft.SetKind(node, VariableKind.Indicator, GraphDraft.Split(tokens.Take().Text).Name, name.Place);
                    break;
                case "missing":
                    draft.SetKind(node, VariableKind.Indicator, null, name.Place);
                    break;
                default:
                    draft.SetRole(node, word switch { "exposure" => VariableRole.Exposure, "outcome" => VariableRole.Outcome, _ => VariableRole.Adjusted }, name.Place);
                    break;
            }
        }
    }

    private static void Chain(GraphToken first, GraphTokens tokens, GraphDraft draft, MistakeList mistakes)
    {
        int left = draft.Mention(first.Text, first.Place);
        while (tokens.Current.Kind == TokenKind.Arrow)
        {
            GraphToken arrow = tokens.Take();
            if (!tokens.Current.IsName)
            {
                mistakes.Add($"found {tokens.Current} after '{arrow.Text}'; expected a name.", tokens.Current.Place);
                return;
            }

            GraphToken name = tokens.Take();
            int right = draft.Mention(name.Text, name.Place);
            switch (arrow.Text)
            {
                case "->":
                    draft.Edge(left, right, EdgeKind.Directed, arrow.Place);
                    break;
                case "<-":
                    draft.Edge(right, left, EdgeKind.Directed, arrow.Place);
                    break;
                case "<->":
                    draft.Edge(left, right, EdgeKind.Bidirected, arrow.Place);
                    break;
                default:
                    mistakes.Add($"an edge '{arrow.Text}' has no direction that a causal graph knows; expected ->, <- or <->. Write X <-> Y for an unobserved common cause.", arrow.Place);
                    break;
            }

            left = right;
        }
    }

    private static bool IsSeparator(GraphToken token) => token.Kind == TokenKind.Line || token.Is(';') || token.Is(',');

    private static string Name(string label)
    {
        (string name, _) = GraphDraft.Split(label);
        bool plain = name.All(c => char.IsLetterOrDigit(c) || c is '_' or '.') && label.AsSpan(name.Length).IndexOfAny('"', '\\') < 0
            && name is not ("latent" or "selection" or "exposure" or "outcome" or "adjusted" or "observed" or "missing" or "of");
        return plain ? label : NodeNames.Quote(label);
    }
}
