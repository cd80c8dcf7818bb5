namespace Caudata.Graphs;

/// <summary>Descendants: everything to which a directed path leads from a set, the set itself included.</summary>
/// <remarks>Search along directed edges, O(n + m).</remarks>
public static class Descendants
{
    /// <summary>The descendants of a set.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="variables">The set.</param>
    public static VariableSet Of(CausalGraph graph, VariableSet variables)
    {
        bool[] marks = new bool[graph.Count];
        Stack<int> open = new(variables.ToArray());
        foreach (int v in open)
        {
            marks[v] = true;
        }

        while (open.TryPop(out int v))
        {
            foreach (int child in graph.Children(v))
            {
                if (!marks[child])
                {
                    marks[child] = true;
                    open.Push(child);
                }
            }
        }

        return VariableSet.Of(marks);
    }
}
