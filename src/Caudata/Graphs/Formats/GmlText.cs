using System.Globalization;
using System.Text;

namespace Caudata.Graphs.Formats;

/// <summary>Graphs in GML: <c>graph [ directed 1 node [ id 0 label "X" ] edge [ source 0 target 1 ] ]</c>.</summary>
/// <remarks>
/// <para>Read: nodes by <c>label</c> (else <c>name</c>, else their id) with the attributes of <see cref="DotText"/> as keys, edges with <c>bidirected 1</c> (or <c>dir "both"</c>); everything else is passed over. Texts may hold character references.</para>
/// <para>Written: the same; characters outside of ASCII, quotes and ampersands as references, as the format asks.</para>
/// </remarks>
public static class GmlText
{
    /// <summary>A graph from GML.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="GraphException">Text or graph is wrong; every mistake is told.</exception>
    public static CausalGraph Read(string text) => new GmlReader(text).Read();

    /// <summary>A graph as GML.</summary>
    /// <param name="graph">The graph.</param>
    public static string Write(CausalGraph graph)
    {
        StringBuilder text = new("graph [\n  directed 1\n");
        foreach (Variable v in graph.Variables)
        {
            text.Append(CultureInfo.InvariantCulture, $"  node [\n    id {v.Id}\n    label \"{Escape(v.Label)}\"\n");
            switch (v.Kind)
            {
                case VariableKind.Latent:
                    text.Append("    latent 1\n");
                    break;
                case VariableKind.Indicator:
                    text.Append("    missing \"").Append(Escape(NodeNames.Unmistakable(graph.Variables[v.Of!.Value].Name))).Append("\"\n");
                    break;
                case VariableKind.Selection:
                    text.Append("    selected 1\n");
                    break;
                case VariableKind.Observed when NodeNames.LooksMissing(graph, v):
                    text.Append("    missing 0\n");
                    break;
            }

            text.Append(v.Role == VariableRole.None ? "" : $"    {v.Role.ToString().ToLowerInvariant()} 1\n").Append("  ]\n");
        }

        foreach (GraphEdge edge in graph.Edges)
        {
            text.Append(CultureInfo.InvariantCulture, $"  edge [\n    source {edge.From}\n    target {edge.To}\n{(edge.Kind == EdgeKind.Bidirected ? "    bidirected 1\n" : "")}  ]\n");
        }

        return text.Append("]\n").ToString();
    }

    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value is '"' or '&' or > 126 ? escaped.Append(CultureInfo.InvariantCulture, $"&#{rune.Value};") : escaped.Append((char)rune.Value);
        }

        return escaped.ToString();
    }
}
