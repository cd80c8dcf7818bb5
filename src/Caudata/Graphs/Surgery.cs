namespace Caudata.Graphs;

/// <summary>Cuts edges: the graphs after an intervention and the ones that the rules of do-calculus ask for [pearl2009].</summary>
/// <remarks>Each cut makes a new graph over the same variables with the same numbers, O(n + m).</remarks>
public static class Surgery
{
    /// <summary>Without the edges into a set, bidirected ones included: what do(X) leaves.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="variables">The set X.</param>
    public static CausalGraph WithoutEdgesInto(CausalGraph graph, VariableSet variables) =>
        graph.Filter(edge => !variables.Contains(edge.To) && (edge.Kind == EdgeKind.Directed || !variables.Contains(edge.From)));

    /// <summary>Without the directed edges out of a set: what is left of X is what it shares with others by their causes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="variables">The set X.</param>
    public static CausalGraph WithoutEdgesOutOf(CausalGraph graph, VariableSet variables) => graph.Filter(edge => edge.Kind == EdgeKind.Bidirected || !variables.Contains(edge.From));

    /// <summary>Only the edges with both ends in a set; the other variables stay without edges.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="variables">The set.</param>
    public static CausalGraph EdgesWithin(CausalGraph graph, VariableSet variables) => graph.Filter(edge => variables.Contains(edge.From) && variables.Contains(edge.To));
}
