namespace Caudata.Graphs;

/// <summary>What a variable of a graph is.</summary>
public enum VariableKind
{
    /// <summary>Measured; where it has an indicator, measured in a part of the rows.</summary>
    Observed,

    /// <summary>Never measured.</summary>
    Latent,

    /// <summary>A missingness indicator R_V: 1 where V is seen.</summary>
    Indicator,

    /// <summary>A selection node: only rows where it is 1 came into the data.</summary>
    Selection,
}

/// <summary>What a question asks of a variable; formats carry it, no algorithm of this folder reads it.</summary>
public enum VariableRole
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The treatment.</summary>
    Exposure,

    /// <summary>The outcome.</summary>
    Outcome,

    /// <summary>Adjusted for.</summary>
    Adjusted,
}

/// <summary>Kind of an edge.</summary>
public enum EdgeKind
{
    /// <summary>X → Y: X is a direct cause of Y.</summary>
    Directed,

    /// <summary>X ↔ Y: both share a cause that is not in the graph.</summary>
    Bidirected,
}
