using System.Collections.Immutable;
using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>The moral graph of an ancestral set, kept as its cliques: each district with its parents. O(n + m) memory, where the edges themselves may be quadratic.</summary>
/// <remarks>Two variables are joined in the moral graph when they share a clique [richardson2003]; so a search that walks from a variable to its cliques and from a clique to its members visits the moral graph in O(n + m).</remarks>
internal sealed class MoralCliques
{
    private readonly Adjacency _cliques, _members;

    /// <summary>The cliques of an ancestral set.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="ancestral">The set; with a variable it holds its parents.</param>
    public MoralCliques(CausalGraph graph, VariableSet ancestral)
    {
        List<int> cliques = [], members = [];
        int[] seen = new int[graph.Count];
        foreach (ImmutableArray<int> district in Districts.Of(graph, ancestral))
        {
            Count++;
            foreach (int v in district)
            {
                Add(v);
                foreach (int parent in graph.Parents(v))
                {
                    Add(parent);
                }
            }
        }

        int size = Math.Max(graph.Count, Count);
        _members = Adjacency.Of(size, [.. cliques], [.. members]);
        _cliques = Adjacency.Of(size, [.. members], [.. cliques]);

        void Add(int v)
        {
            if (seen[v] != Count)
            {
                seen[v] = Count;
                cliques.Add(Count - 1);
                members.Add(v);
            }
        }
    }

    /// <summary>Number of cliques.</summary>
    public int Count { get; }

    /// <summary>Number of pairs of a variable and a clique that holds it.</summary>
    public int Size => _members.Length;

    /// <summary>The cliques of a variable; none when it is outside of the set.</summary>
    public ReadOnlySpan<int> Of(int variable) => _cliques[variable];

    /// <summary>The members of a clique.</summary>
    public ReadOnlySpan<int> Members(int clique) => _members[clique];
}
