using System.Globalization;
using System.Text;

namespace Caudata.Graphs.Drawing;

/// <summary>Draws a graph as SVG: causes left of their effects, the same graph always the same picture.</summary>
/// <remarks>
/// <para>Observed variables are round, latent ones dashed, indicators boxed, selection nodes doubly boxed; bidirected edges are dashed with two heads; exposure and outcome are tinted; indices stand small behind the name.</para>
/// <para>One file without script, font or image; every text is escaped; light and dark follow the reader. Inside of a report it takes the report's colours.</para>
/// <para>Layered layout of [sugiyama1981], at most <see cref="GraphLimits.Drawn"/> variables.</para>
/// </remarks>
public static class GraphDrawing
{
    private const double Margin = 26, Half = LayeredLayout.NodeHeight / 2;

    private const string Style = """
        .cg{--ground:#fbfaf8;--card:#fff;--ink:#1d2126;--soft:#626a73;--line:#e3e1dc;--s0:#1f6f8b;--s1:#d1603d;--s3:#8a5a9e;--s6:#a83b62;--t0:#e4f0f3;--t1:#fbe9e2;--t3:#f3ecf6;font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        @media(prefers-color-scheme:dark){.cg{--ground:#14171a;--card:#1b1f23;--ink:#e8e6e1;--soft:#9aa2ab;--line:#30363c;--s0:#6cc0da;--s1:#f0906f;--s3:#c79ad8;--s6:#e688a9;--t0:#1d2f36;--t1:#382620;--t3:#2d2432}}
        .cg .ground{fill:var(--ground)}.cg text{fill:var(--ink);text-anchor:middle}.cg .index{fill:var(--soft);font-size:10px}.cg .title{font-size:16px;font-weight:600;text-anchor:start}.cg .note{fill:var(--soft);font-size:11px;text-anchor:start}
        .cg .node{fill:var(--card);stroke:var(--soft);stroke-width:1.4}.cg .latent .node{fill:none;stroke-dasharray:5 4}.cg .latent text{fill:var(--soft)}.cg .indicator .node{fill:var(--t3);stroke:var(--s3)}.cg .selection .node{stroke:var(--ink)}
        .cg .exposure .node{fill:var(--t0);stroke:var(--s0);stroke-width:2}.cg .outcome .node{fill:var(--t1);stroke:var(--s1);stroke-width:2}.cg .adjusted .node{fill:var(--line)}
        .cg .edge{fill:none;stroke:var(--soft);stroke-width:1.5}.cg .head{fill:var(--soft)}.cg .both .edge{stroke:var(--s1);stroke-dasharray:5 4}.cg .both .head{fill:var(--s1)}
        .cg .lit .edge{stroke:var(--s6);stroke-width:2.8}.cg .lit .head{fill:var(--s6)}.cg .lit .node{stroke:var(--s6);stroke-width:2.8}.cg .dim{opacity:.35}
        """;

    /// <summary>The drawing as a stand-alone SVG file, which may also stand inside of an HTML page.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="GraphException">The graph is too large to be looked at.</exception>
    public static string ToSvg(CausalGraph graph, DrawingOptions? options = null)
    {
        options ??= new DrawingOptions();
        LayeredLayout layout = new(graph);
        EdgeRoutes routes = new(layout);
        EdgeRoute[] edges = [.. Enumerable.Range(0, layout.Layered.Edges.Length).Select(e => routes[e])];
        (string label, Action<StringBuilder, double> draw, double width)[] legend = options.HasLegend && (graph.BidirectedCount > 0 || graph.Variables.Any(v => v.Kind != VariableKind.Observed)) ? [.. Legend(graph)] : [];
        double legendWidth = legend.Sum(item => item.width);
        double top = Margin + Half + (options.Title.Length > 0 ? 30 : 0) + Math.Max(0, -Half - edges.Select(e => e.Reach ?? 0).DefaultIfEmpty().Min()), bottom = Math.Max(layout.Y.DefaultIfEmpty().Max() + Half, edges.Select(e => e.Reach ?? 0).DefaultIfEmpty().Max());
        double width = Math.Max(Math.Max(layout.Right + (routes.HasFlatAtRight ? 44 : 0), legendWidth), TextWidth.Of(options.Title, 16)) + 2 * Margin;
        double left = Margin + Math.Max(0, (width - 2 * Margin - layout.Right - (routes.HasFlatAtRight ? 44 : 0)) / 2);
        double height = top + bottom + Margin + (legend.Length > 0 ? 30 : 0);
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"cg\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:0.#} {height:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" style=\"max-width:{width:0.#}px;height:auto\" role=\"img\" aria-label=\"{Escape(options.Title.Length > 0 ? options.Title : $"Causal graph of {graph.Count} variables")}\">\n");
        svg.Append("<style>\n").Append(Style).Append("\n</style>\n").Append(CultureInfo.InvariantCulture, $"<rect class=\"ground\" width=\"{width:0.#}\" height=\"{height:0.#}\"/>\n");
        if (options.Title.Length > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"{Margin}\" y=\"{Margin + 8}\">{Escape(options.Title)}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({left:0.#} {top:0.#})\">\n");
        bool fades = !options.Variables.IsEmpty || !options.Edges.IsEmpty;
        for (int e = 0; e < edges.Length; e++)
        {
            Edge(svg, graph, layout.Layered.Edges[e], edges[e], options.Edges.Contains(layout.Layered.Edges[e]) ? " lit" : fades ? " dim" : "");
        }

        foreach (Variable v in graph.Variables)
        {
            Node(svg, graph, v, layout, options.Variables.Contains(v.Id) ? " lit" : fades ? " dim" : "");
        }

        svg.Append("</g>\n");
        double at = Margin;
        foreach ((string label, Action<StringBuilder, double> draw, double itemWidth) in legend)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({at:0.#} {height - 22:0.#})\">");
            draw(svg, 0);
            svg.Append("<text class=\"note\" x=\"36\" y=\"4\">").Append(label).Append("</text></g>\n");
            at += itemWidth;
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Edge(StringBuilder svg, CausalGraph graph, GraphEdge edge, EdgeRoute route, string state)
    {
        string arrow = edge.Kind == EdgeKind.Directed ? "→" : "↔";
        svg.Append("<g class=\"").Append(edge.Kind == EdgeKind.Directed ? "one" : "both").Append(state).Append("\"><title>").Append(Escape($"{graph.Variables[edge.From].Name} {arrow} {graph.Variables[edge.To].Name}"))
            .Append("</title><path class=\"edge\" d=\"").Append(route.Path).Append("\"/>");
        foreach ((double x, double y, double dx, double dy) in route.Heads)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"head\" d=\"M{x:0.#} {y:0.#}L{x - 9 * dx - 3.8 * dy:0.#} {y - 9 * dy + 3.8 * dx:0.#}L{x - 7 * dx:0.#} {y - 7 * dy:0.#}L{x - 9 * dx + 3.8 * dy:0.#} {y - 9 * dy - 3.8 * dx:0.#}Z\"/>");
        }

        svg.Append("</g>\n");
    }

    private static void Node(StringBuilder svg, CausalGraph graph, Variable v, LayeredLayout layout, string state)
    {
        double width = layout.Widths[v.Id], x = layout.X(v.Id), y = layout.Y[v.Id];
        string kind = v.Kind.ToString().ToLowerInvariant(), role = v.Role == VariableRole.None ? "" : " " + v.Role.ToString().ToLowerInvariant();
        string more = v.Of is int of ? $", indicator of {graph.Variables[of].Label}" : v.Kind == VariableKind.Observed ? "" : ", " + kind;
        svg.Append("<g class=\"").Append(kind).Append(role).Append(state).Append("\"><title>").Append(Escape(v.Label + more)).Append("</title>");
        Shape(svg, v.Kind, x, y, width, LayeredLayout.NodeHeight);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y + 4.5:0.#}\">{Escape(LayeredLayout.Shown(v.Name))}");
        if (!v.Indices.IsEmpty && v.Kind != VariableKind.Indicator)
        {
            svg.Append("<tspan class=\"index\" dx=\"2\" dy=\"4\">").Append(Escape(LayeredLayout.Shown(string.Join(", ", v.Indices)))).Append("</tspan>");
        }

        svg.Append("</text></g>\n");
    }

    private static void Shape(StringBuilder svg, VariableKind kind, double x, double y, double width, double height)
    {
        if (kind == VariableKind.Selection)
        {
            Box(width + 8, height + 8, 5);
        }

        Box(width, height, kind is VariableKind.Indicator or VariableKind.Selection ? 3 : height / 2);

        void Box(double w, double h, double radius) => svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"node\" x=\"{x - w / 2:0.#}\" y=\"{y - h / 2:0.#}\" width=\"{w:0.#}\" height=\"{h:0.#}\" rx=\"{radius:0.#}\"/>");
    }

    private static IEnumerable<(string Label, Action<StringBuilder, double> Draw, double Width)> Legend(CausalGraph graph)
    {
        (VariableKind Kind, string Label)[] kinds = [(VariableKind.Observed, "observed"), (VariableKind.Latent, "latent"), (VariableKind.Indicator, "indicator: 1 where seen"), (VariableKind.Selection, "selection")];
        foreach ((VariableKind kind, string label) in kinds.Where(k => graph.Variables.Any(v => v.Kind == k.Kind)))
        {
            yield return (label, (svg, y) =>
            {
                svg.Append("<g class=\"").Append(kind.ToString().ToLowerInvariant()).Append("\">");
                Shape(svg, kind, 15, y, 24, 13);
                svg.Append("</g>");
            }, 54 + TextWidth.Of(label, 11));
        }

        if (graph.BidirectedCount > 0)
        {
            yield return ("unobserved common cause", (svg, y) => svg.Append(CultureInfo.InvariantCulture, $"<g class=\"both\"><path class=\"edge\" d=\"M8 {y}H22\"/><path class=\"head\" d=\"M1 {y}l9 -3.8l-2 3.8l2 3.8ZM30 {y}l-9 -3.8l2 3.8l-2 3.8Z\"/></g>"), 54 + TextWidth.Of("unobserved common cause", 11));
        }
    }

    /// <summary>Text as XML that shows exactly it: markup escaped, control characters replaced.</summary>
    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                < 32 or (>= 127 and < 160) or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }
}
