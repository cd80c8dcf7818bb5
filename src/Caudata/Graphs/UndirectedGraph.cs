namespace Caudata.Graphs;

/// <summary>An undirected graph over the variables of a causal graph.</summary>
public sealed class UndirectedGraph
{
    private readonly Adjacency _neighbours;

    internal UndirectedGraph(int count, ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        Count = count;
        _neighbours = Adjacency.Of(count, [.. left, .. right], [.. right, .. left]);
    }

    /// <summary>Number of variables, n.</summary>
    public int Count { get; }

    /// <summary>Number of edges.</summary>
    public int EdgeCount => _neighbours.Length / 2;

    /// <summary>Neighbours of a variable, ascending.</summary>
    /// <param name="variable">Its number.</param>
    public ReadOnlySpan<int> Neighbours(int variable) => _neighbours[variable];

    /// <summary>True when every path between two sets meets a third. O(n + m).</summary>
    /// <param name="x">One side.</param>
    /// <param name="y">The other side.</param>
    /// <param name="given">The third set.</param>
    public bool Separates(VariableSet x, VariableSet y, VariableSet given)
    {
        bool[] seen = new bool[Count];
        Stack<int> open = new(x.Except(given).ToArray());
        foreach (int v in open)
        {
            seen[v] = true;
        }

        while (open.TryPop(out int v))
        {
            if (y.Contains(v))
            {
                return false;
            }

            foreach (int w in Neighbours(v))
            {
                if (!seen[w] && !given.Contains(w))
                {
                    seen[w] = true;
                    open.Push(w);
                }
            }
        }

        return true;
    }
}
