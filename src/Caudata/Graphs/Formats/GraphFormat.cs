namespace Caudata.Graphs.Formats;

/// <summary>Text formats of graphs, each read and written.</summary>
public enum GraphFormat
{
    /// <summary>Our own, in YAML: entities, variables with parents, confounded pairs, missing, selection.</summary>
    Yaml,

    /// <summary>DOT of Graphviz.</summary>
    Dot,

    /// <summary>GML.</summary>
    Gml,

    /// <summary>The text of dagitty: <c>dag { X -> Y }</c>.</summary>
    Dagitty,

    /// <summary>An edge list: <c>X -> Y; X &lt;-> Z</c>.</summary>
    Edges,
}
