using System.Collections.Immutable;

namespace Caudata.Graphs.Formats;

/// <summary>Graphs from text and to text.</summary>
public static class GraphFormats
{
    /// <summary>Names of the formats, as the command line spells them, in the order of <see cref="GraphFormat"/>.</summary>
    public static ImmutableArray<string> Names { get; } = ["yaml", "dot", "gml", "dagitty", "edges"];

    /// <summary>The format of a name.</summary>
    /// <param name="name">A name of <see cref="Names"/>.</param>
    /// <param name="format">The format.</param>
    /// <returns>True when there is one.</returns>
    public static bool TryParse(string name, out GraphFormat format)
    {
        int index = Names.IndexOf(name);
        format = (GraphFormat)Math.Max(0, index);
        return index >= 0;
    }

    /// <summary>The format that the extension of a file name says, or null: <c>.yaml .yml</c>, <c>.dot .gv</c>, <c>.gml</c>, <c>.dagitty .dag</c>, <c>.edges</c>.</summary>
    /// <param name="fileName">The name of a file.</param>
    public static GraphFormat? OfFileName(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".yaml" or ".yml" => GraphFormat.Yaml,
        ".dot" or ".gv" => GraphFormat.Dot,
        ".gml" => GraphFormat.Gml,
        ".dagitty" or ".dag" => GraphFormat.Dagitty,
        ".edges" => GraphFormat.Edges,
        _ => null,
    };

    /// <summary>The format that the beginning of a text speaks for: <c>digraph</c>, <c>dag {</c>, <c>graph [</c>, <c>key:</c>; else an edge list.</summary>
    /// <param name="text">The text.</param>
    public static GraphFormat OfText(string text)
    {
        int at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]) || text[at] == '\uFEFF')
            {
                at++;
            }
            else if (text[at] == '#' || text.AsSpan(at).StartsWith("//", StringComparison.Ordinal))
            {
                int end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end;
            }
            else if (text.AsSpan(at).StartsWith("/*", StringComparison.Ordinal))
            {
                int end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
                at = end < 0 ? text.Length : end + 2;
            }
            else
            {
                break;
            }
        }

        ReadOnlySpan<char> rest = text.AsSpan(at, Math.Min(4096, text.Length - at));
        int length = rest.IndexOfAnyExceptInRange('A', 'z');
        ReadOnlySpan<char> word = length < 0 ? rest : rest[..length], after = length < 0 ? [] : rest[length..].TrimStart();
        if (word is "digraph" or "strict" || (word is "graph" && after.ContainsAny('{', '[') && after.IndexOfAny('{', '[') is var open && after[open] == '{' && after[..open].IndexOf(':') < 0))
        {
            return GraphFormat.Dot;
        }

        if (word is "dag" or "mag" or "pdag" or "pag" && after is ['{' or '"', ..])
        {
            return GraphFormat.Dagitty;
        }

        if ((word is "graph" && after is ['[', ..]) || word is "Creator" or "Version" or "comment" && after is ['"' or (>= '0' and <= '9'), ..])
        {
            return GraphFormat.Gml;
        }

        ReadOnlySpan<char> line = rest.IndexOf('\n') is >= 0 and int end2 ? rest[..end2] : rest;
        return rest is ['{', ..] || rest.StartsWith("---", StringComparison.Ordinal) || (line.TrimEnd() is [.., ':'] or ['%', ..]) || (line.IndexOf(':') >= 0 && line.IndexOf("->", StringComparison.Ordinal) < 0 && line.IndexOf("<-", StringComparison.Ordinal) < 0) ? GraphFormat.Yaml : GraphFormat.Edges;
    }

    /// <summary>A graph from text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="format">Its format; null to find it by <see cref="OfText"/>.</param>
    /// <exception cref="GraphException">The text or the graph is wrong; every mistake is told with line and column.</exception>
    public static CausalGraph Read(string text, GraphFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > GraphLimits.Text)
        {
            throw new GraphException($"The text has {text.Length} characters; expected at most {GraphLimits.Text}. Leave out what is no graph.");
        }

        return (format ?? OfText(text)) switch
        {
            GraphFormat.Yaml => GraphYaml.Read(text),
            GraphFormat.Dot => DotText.Read(text),
            GraphFormat.Gml => GmlText.Read(text),
            GraphFormat.Dagitty => DagittyText.Read(text),
            _ => EdgeList.Read(text),
        };
    }

    /// <summary>A graph as text; <see cref="Read"/> gives an equal graph back.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="format">The format.</param>
    /// <exception cref="GraphException">The format cannot carry a name of the graph.</exception>
    public static string Write(CausalGraph graph, GraphFormat format) => format switch
    {
        GraphFormat.Yaml => GraphYaml.Write(graph),
        GraphFormat.Dot => DotText.Write(graph),
        GraphFormat.Gml => GmlText.Write(graph),
        GraphFormat.Dagitty => DagittyText.Write(graph),
        _ => EdgeList.Write(graph),
    };
}
