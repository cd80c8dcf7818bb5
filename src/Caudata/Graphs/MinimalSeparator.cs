namespace Caudata.Graphs;

/// <summary>A smallest-by-inclusion set that m-separates two variables.</summary>
/// <remarks>
/// <para>If any allowed set separates x and y, then all allowed ancestors of both do; of these are kept those that can be reached from x in the moral graph of the ancestors without passing a kept one, and of these again
/// those that can be reached from y likewise [vanderzander2019]. The moral graph is not built: inside the ancestors every collider is open. O(n + m).</para>
/// </remarks>
public static class MinimalSeparator
{
    /// <summary>A separator from which no member can be left out, or null when no allowed set separates them.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">One variable.</param>
    /// <param name="y">Another variable.</param>
    /// <param name="allowed">What may be conditioned on.</param>
    /// <param name="always">What is conditioned on in any case, such as selection nodes; not part of the answer. Default: nothing.</param>
    public static VariableSet? Of(CausalGraph graph, int x, int y, VariableSet allowed, VariableSet? always = null)
    {
        VariableSet ends = VariableSet.Of(graph.Count, x, y), fixedPart = (always ?? VariableSet.Of(graph.Count)).Except(ends);
        VariableSet ancestors = Ancestors.Of(graph, ends.Union(fixedPart));
        VariableSet all = ancestors.Intersect(allowed).Except(ends).Union(fixedPart);
        VariableSet fromX = Met(graph, ancestors, x, all, out bool[] seen);
        return seen[y] ? null : Met(graph, ancestors, y, fromX.Union(fixedPart), out _).Except(fixedPart);
    }

    // The members of the set that a walk from the start meets first; seen tells where else it came.
    private static VariableSet Met(CausalGraph graph, VariableSet ancestors, int start, VariableSet set, out bool[] seen)
    {
        bool[] met = new bool[graph.Count], byTail = new bool[graph.Count], byArrow = new bool[graph.Count];
        Stack<(int Variable, bool Arrow)> open = new([(start, false)]);
        byTail[start] = true;
        while (open.TryPop(out (int Variable, bool Arrow) at))
        {
            bool blocks = set.Contains(at.Variable);
            met[at.Variable] = blocks;
            if (!blocks)
            {
                Enter(graph.Children(at.Variable), true);
            }

            // As a collider it is passed even when it is in the set: the moral graph joins those who meet there.
            if (!blocks || at.Arrow)
            {
                Enter(graph.Parents(at.Variable), false);
                Enter(graph.Siblings(at.Variable), true);
            }
        }

        seen = byTail;
        for (int v = 0; v < seen.Length; v++)
        {
            seen[v] |= byArrow[v];
        }

        return VariableSet.Of(met);

        void Enter(ReadOnlySpan<int> nodes, bool arrow)
        {
            bool[] marks = arrow ? byArrow : byTail;
            foreach (int v in nodes)
            {
                if (!marks[v] && ancestors.Contains(v))
                {
                    marks[v] = true;
                    open.Push((v, arrow));
                }
            }
        }
    }
}
