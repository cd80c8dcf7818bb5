namespace Caudata.Graphs;

/// <summary>The Markov blanket: the smallest set given which a variable is m-separated from all others.</summary>
/// <remarks>
/// <para>Without bidirected edges: parents, children and the children's other parents [pearl1988]. With them: everything that a path of colliders only joins to the variable, that is the districts of its children and
/// its own with all their parents [richardson2003]. O(n + m).</para>
/// <para>Latent variables count as variables here; project them away first (<see cref="LatentProjection"/>) for a blanket that can be measured.</para>
/// </remarks>
public static class MarkovBlanket
{
    /// <summary>The blanket of a variable, itself not included.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="variable">Its number.</param>
    public static VariableSet Of(CausalGraph graph, int variable)
    {
        bool[] blanket = new bool[graph.Count], collider = new bool[graph.Count];
        Stack<int> open = new();
        collider[variable] = true;
        open.Push(variable);
        foreach (int child in graph.Children(variable))
        {
            Open(child);
        }

        while (open.TryPop(out int v))
        {
            blanket[v] = true;
            foreach (int parent in graph.Parents(v))
            {
                blanket[parent] = true;
            }

            foreach (int sibling in graph.Siblings(v))
            {
                Open(sibling);
            }
        }

        blanket[variable] = false;
        return VariableSet.Of(blanket);

        void Open(int v)
        {
            if (!collider[v])
            {
                collider[v] = true;
                open.Push(v);
            }
        }
    }
}
