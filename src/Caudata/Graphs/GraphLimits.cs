namespace Caudata.Graphs;

/// <summary>Sizes beyond which a graph or its text is refused with a message, so that no input can take unbounded time or memory.</summary>
public static class GraphLimits
{
    /// <summary>Most variables of a graph.</summary>
    public const int Variables = 100_000;

    /// <summary>Most edges of a graph.</summary>
    public const int Edges = 2_000_000;

    /// <summary>Longest name, in UTF-16 units.</summary>
    public const int Name = 200;

    /// <summary>Most indices of a variable.</summary>
    public const int Indices = 8;

    /// <summary>Longest text of a graph, in UTF-16 units.</summary>
    public const int Text = 64 << 20;

    /// <summary>Deepest nesting of braces, brackets or blocks.</summary>
    public const int Depth = 64;

    /// <summary>Most mistakes that are told one by one.</summary>
    public const int Mistakes = 100;

    /// <summary>Most variables of a drawing.</summary>
    public const int Drawn = 1000;
}
