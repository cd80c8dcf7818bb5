using System.Collections.Immutable;
using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>The law of a district while everything else is held fixed, Q[T]: a product of conditionals in topological order, some of whose variables are summed out.</summary>
/// <remarks>The current distribution of the ID algorithm [tian2002]. Conditionals of a part come from this law, not from the observed one: after summing something out they are quotients.</remarks>
internal sealed class DistrictLaw
{
    private const long MostWork = 50_000_000;
    private readonly List<(int Variable, Formula Factor)> _factors;
    private readonly HashSet<int> _summed;

    private DistrictLaw(List<(int Variable, Formula Factor)> factors, HashSet<int> summed)
    {
        (_factors, _summed) = (factors, summed);

        // A conditional that sums to 1, because nothing else needs its variable, goes.
        for (int k = _factors.Count - 1; k >= 0; k--)
        {
            int v = _factors[k].Variable;
            if (_summed.Contains(v) && !_factors.Any(f => f.Variable != v && f.Factor.Free.BinarySearch(v) >= 0))
            {
                _factors.RemoveAt(k);
                _summed.Remove(v);
            }
        }
    }

    /// <summary>The law of a district of the observed distribution.</summary>
    /// <param name="graph">A graph without latent variables.</param>
    /// <param name="order">Topological order of the variables that are looked at.</param>
    /// <param name="district">A district of these.</param>
    /// <param name="id">Number of each variable in formulas.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="GraphException">The conditionals would take too long to write down.</exception>
    public static DistrictLaw Observed(CausalGraph graph, ReadOnlySpan<int> order, VariableSet district, int[] id, CancellationToken cancellationToken)
    {
        List<(int, Formula)> factors = [];
        HashSet<int> earlier = [];
        long work = 0;
        foreach (int v in order)
        {
            if (!district.Contains(v))
            {
                continue;
            }

            // Given all that comes before, v depends on its district among them and on the parents of that.
            cancellationToken.ThrowIfCancellationRequested();
            earlier.Add(v);
            HashSet<int> near = [v], pillow = [];
            Queue<int> open = new([v]);
            while (open.TryDequeue(out int u))
            {
                work += graph.Parents(u).Length + graph.Siblings(u).Length + 1;
                if (work > MostWork)
                {
                    throw new GraphException($"a district of {district.Count} variables is too densely confounded for a formula; expected fewer common causes. Leave out what the question does not need.");
                }

                pillow.Add(u);
                pillow.UnionWith(graph.Parents(u).ToArray());
                foreach (int sibling in graph.Siblings(u))
                {
                    if (earlier.Contains(sibling) && near.Add(sibling))
                    {
                        open.Enqueue(sibling);
                    }
                }
            }

            pillow.Remove(v);
            factors.Add((id[v], Formula.P([id[v]], pillow.Select(u => id[u]))));
        }

        return new DistrictLaw(factors, []);
    }

    /// <summary>The same law with only some variables left: the others are summed out.</summary>
    /// <param name="kept">Numbers as in formulas, an ancestral part.</param>
    public DistrictLaw Within(HashSet<int> kept) => new([.. _factors], [.. _factors.Select(f => f.Variable).Where(v => !kept.Contains(v))]);

    /// <summary>The law of a district of this law.</summary>
    /// <param name="district">Numbers as in formulas.</param>
    public DistrictLaw District(HashSet<int> district)
    {
        List<(int, Formula)> factors = [];
        for (int k = 0; k < _factors.Count; k++)
        {
            if (district.Contains(_factors[k].Variable))
            {
                factors.Add((_factors[k].Variable, Conditional(k)));
            }
        }

        return new DistrictLaw(factors, []);
    }

    /// <summary>The law as a formula.</summary>
    public Formula ToFormula() => Formula.SumOver(_summed, Formula.Times(_factors.Select(f => f.Factor)));

    // Of the k-th variable given those before it that are left.
    private Formula Conditional(int k)
    {
        int[] summed = [.. _factors.Take(k).Select(f => f.Variable).Where(_summed.Contains)];
        return summed.Length == 0 ? _factors[k].Factor
            : Formula.Divide(Formula.SumOver(summed, Formula.Times(_factors.Take(k + 1).Select(f => f.Factor))), Formula.SumOver(summed, Formula.Times(_factors.Take(k).Select(f => f.Factor))));
    }
}
