namespace Caudata.Graphs;

/// <summary>Ancestors: everything from which a directed path leads to a set, the set itself included.</summary>
/// <remarks>Search backwards along directed edges, O(n + m). Bidirected edges do not count [richardson2003].</remarks>
public static class Ancestors
{
    /// <summary>The ancestors of a set.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="variables">The set.</param>
    public static VariableSet Of(CausalGraph graph, VariableSet variables)
    {
        bool[] marks = new bool[graph.Count];
        Mark(graph, variables, marks);
        return VariableSet.Of(marks);
    }

    /// <summary>Marks the ancestors of a set.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="variables">The set.</param>
    /// <param name="marks">Receives true for each, shape [n], false before.</param>
    internal static void Mark(CausalGraph graph, VariableSet variables, Span<bool> marks)
    {
        Stack<int> open = new(variables.ToArray());
        foreach (int v in open)
        {
            marks[v] = true;
        }

        while (open.TryPop(out int v))
        {
            foreach (int parent in graph.Parents(v))
            {
                if (!marks[parent])
                {
                    marks[parent] = true;
                    open.Push(parent);
                }
            }
        }
    }
}
