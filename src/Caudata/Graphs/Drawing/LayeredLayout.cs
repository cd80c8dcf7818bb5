namespace Caudata.Graphs.Drawing;

/// <summary>Places of the nodes of a drawing from left to right.</summary>
/// <remarks>The four steps of [sugiyama1981]: layers, bends, order, heights. Deterministic.</remarks>
internal sealed class LayeredLayout
{
    public const double NodeHeight = 34, NameSize = 13, IndexSize = 10;

    private const int MostName = 26;

    public LayeredLayout(CausalGraph graph)
    {
        if (graph.Count > GraphLimits.Drawn)
        {
            throw new GraphException($"The graph has {graph.Count} variables; a drawing shows at most {GraphLimits.Drawn}. Draw a part of it.");
        }

        Layered = new LayeredGraph(graph);
        CrossingReduction.Run(Layered);
        Y = CoordinateAssignment.Heights(Layered, (upper, lower) => (Layered.IsBend(upper), Layered.IsBend(lower)) switch { (true, true) => 12, (false, false) => NodeHeight + 20, _ => NodeHeight / 2 + (Layered.IsSoftBend(upper) || Layered.IsSoftBend(lower) ? 26 : 16) });
        Widths = [.. graph.Variables.Select(Width)];
        Columns(graph);
    }

    public LayeredGraph Layered { get; }

    /// <summary>Left and right end of each layer's column.</summary>
    public (double Left, double Right)[] Column { get; private set; } = [];

    /// <summary>Middles of variables and bends, shape [nodes].</summary>
    public double[] Y { get; }

    /// <summary>Widths of the variables, shape [n].</summary>
    public double[] Widths { get; }

    /// <summary>Width of all columns.</summary>
    public double Right => Column.Length == 0 ? 0 : Column[^1].Right;

    public double X(int node) => (Column[Layered.LayerOf[node]].Left + Column[Layered.LayerOf[node]].Right) / 2;

    /// <summary>A name, cut when it is long.</summary>
    public static string Shown(string name) => name.Length <= MostName ? name : name[..(char.IsHighSurrogate(name[MostName - 2]) ? MostName - 2 : MostName - 1)] + "…";

    private static double Width(Variable v)
    {
        double indices = v.Indices.IsEmpty || v.Kind == VariableKind.Indicator ? 0 : TextWidth.Of(Shown(string.Join(", ", v.Indices)), IndexSize) + 2;
        return Math.Round(Math.Max(NodeHeight + 6, TextWidth.Of(Shown(v.Name), NameSize) + indices + 28), 1);
    }

    // The wider apart the ends of edges are, the wider is the gap between two columns.
    private void Columns(CausalGraph graph)
    {
        Column = new (double, double)[Layered.Layers.Length];
        double at = 0;
        for (int l = 0; l < Column.Length; l++)
        {
            double width = Layered.Layers[l].Where(v => v < graph.Count).Select(v => Widths[v]).DefaultIfEmpty(20).Max();
            double rise = Layered.Layers[l].SelectMany(v => Layered.Before[v].Select(n => Math.Abs(Y[n.Node] - Y[v]))).DefaultIfEmpty().Max();
            at += l == 0 ? 0 : Math.Clamp(46 + rise * 0.28, 56, 150);
            Column[l] = (at, at + width);
            at += width;
        }
    }
}
