using System.Collections.Immutable;

namespace Caudata.Graphs;

/// <summary>Districts (c-components): parts that bidirected edges hold together.</summary>
/// <remarks>
/// <para>The observed distribution factorises over them, which is what identification rests on [tian2002], [richardson2003]. A graph with explicit latent variables has its districts in its <see cref="LatentProjection"/>.</para>
/// <para>Search along bidirected edges, O(n + m).</para>
/// </remarks>
public static class Districts
{
    /// <summary>The districts, each ascending, by their lowest variable.</summary>
    /// <param name="graph">The graph.</param>
    public static ImmutableArray<ImmutableArray<int>> Of(CausalGraph graph) => Of(graph, VariableSet.Where(graph.Count, _ => true));

    /// <summary>The districts of a part of the graph: bidirected edges that leave it do not count.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="within">The part.</param>
    public static ImmutableArray<ImmutableArray<int>> Of(CausalGraph graph, VariableSet within)
    {
        ImmutableArray<ImmutableArray<int>>.Builder districts = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        bool[] seen = new bool[graph.Count];
        List<int> members = [];
        foreach (int root in within.ToArray())
        {
            if (seen[root])
            {
                continue;
            }

            members.Clear();
            members.Add(root);
            seen[root] = true;
            for (int next = 0; next < members.Count; next++)
            {
                foreach (int sibling in graph.Siblings(members[next]))
                {
                    if (!seen[sibling] && within.Contains(sibling))
                    {
                        seen[sibling] = true;
                        members.Add(sibling);
                    }
                }
            }

            members.Sort();
            districts.Add([.. members]);
        }

        return districts.ToImmutable();
    }
}
