using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>Formulas for conditionals of an m-graph's variables in terms of rows that are seen.</summary>
/// <remarks>
/// <para>A conditional P(a | b) may be read from complete cases when a is separated from the indicators of a and b given b; a product of such conditionals in some order recovers a joint [mohan2013]; and
/// P(v) = P(v, R = 1) / Π P(R_i = 1 | parents), where each propensity is recovered in one of these ways [mohan2014].</para>
/// <para>Orders, and further variables or indicators that are summed out, are searched by dynamic programming over subsets of at most <see cref="MostVariables"/> variables near the query.</para>
/// </remarks>
internal sealed class MissingLaw
{
    /// <summary>Most variables and indicators that the search combines.</summary>
    public const int MostVariables = 9;

    private readonly CausalGraph _graph;
    private readonly VariableSet _indicators, _observed;
    private readonly CancellationToken _cancellationToken;

    public MissingLaw(CausalGraph graph, CancellationToken cancellationToken)
    {
        (_graph, _cancellationToken) = (graph, cancellationToken);
        (_indicators, _observed) = (graph.OfKind(VariableKind.Indicator), graph.OfKind(VariableKind.Observed));
    }

    /// <summary>P(target | given) with the way it was found, or null. Indicators in either set have the value 1.</summary>
    public (string Method, Formula Formula)? Conditional(VariableSet target, VariableSet given) =>
        CompleteCase(target, given, None) is { } direct ? (IndicatorsOf(target.Union(given)).IsEmpty ? "observed" : "complete-case", direct)
        : Ordered(target, given) is { } ordered ? ("ordered-factorisation", ordered)
        : ByPropensities(target, given) is { } weighted ? ("r-factorisation", weighted) : null;

    /// <summary>Number of variables of the graph.</summary>
    public int Capacity => _graph.Count;

    private VariableSet None => VariableSet.Of(_graph.Count);

    private VariableSet IndicatorsOf(VariableSet variables) => VariableSet.Of(_graph.Count, [.. variables.ToArray().Select(_graph.IndicatorOf).Where(r => r is not null).Select(r => r!.Value)]);

    private bool Separated(VariableSet x, VariableSet y, VariableSet given) => x.IsEmpty || y.IsEmpty || MSeparation.Holds(_graph, x, y, given);

    // From rows where everything that is named is seen; indicators that are summed over cannot be held at 1, and whether a variable is seen cannot be asked of rows where it is.
    private Formula? CompleteCase(VariableSet target, VariableSet given, VariableSet summed)
    {
        VariableSet needed = IndicatorsOf(target.Union(given));
        if (!needed.Intersect(summed).IsEmpty || !IndicatorsOf(given).Intersect(target).IsEmpty)
        {
            return null;
        }

        needed = needed.Except(target).Except(given);
        return Separated(target, needed, given) ? Formula.P(target.ToArray(), given.Union(needed).ToArray()) : null;
    }

    private Formula? Ordered(VariableSet target, VariableSet given)
    {
        VariableSet near = Near(target.Union(given));
        int[] others = near.Except(target).Except(given).ToArray();
        Dictionary<(VariableSet, VariableSet, VariableSet), Formula?> known = [];
        foreach (int mask in Enumerable.Range(0, 1 << others.Length).OrderBy(m => int.PopCount(m)))
        {
            _cancellationToken.ThrowIfCancellationRequested();
            VariableSet more = VariableSet.Of(_graph.Count, [.. others.Where((_, k) => (mask >> k & 1) == 1)]), summed = more.Intersect(_indicators);
            if (Product(target.Union(more), given, summed, known) is { } conditional)
            {
                return Formula.SumOver(more.ToArray(), conditional);
            }

            if (!given.IsEmpty && Product(target.Union(more).Union(given), None, summed, known) is { } joint)
            {
                // With an indicator in the target, which is 1 here, what is divided by is recovered on its own: it has rows where that is 0.
                Formula both = Formula.SumOver(more.ToArray(), joint);
                if (target.Intersect(_indicators).IsEmpty)
                {
                    return Formula.Divide(both, Formula.SumOver(target.ToArray(), both));
                }

                if ((CompleteCase(given, None, None) ?? Ordered(given, None)) is { } below)
                {
                    return Formula.Divide(both, below);
                }
            }
        }

        return null;
    }

    // A product of conditionals in some order, the last variable first; each conditional from complete cases.
    private Formula? Product(VariableSet set, VariableSet given, VariableSet summed, Dictionary<(VariableSet, VariableSet, VariableSet), Formula?> known)
    {
        if (set.IsEmpty)
        {
            return Formula.One.Instance;
        }

        if (known.TryGetValue((set, given, summed), out Formula? found))
        {
            return found;
        }

        foreach (int v in set.ToArray())
        {
            VariableSet one = VariableSet.Of(_graph.Count, v), rest = set.Except(one);
            if (Factor(one, rest.Union(given), summed) is { } factor && Product(rest, given, summed, known) is { } before)
            {
                found = Formula.Times(factor, before);
                break;
            }
        }

        known.Add((set, given, summed), found);
        return found;
    }

    // P(v | all) from complete cases, where what does not matter may be left out.
    private Formula? Factor(VariableSet v, VariableSet all, VariableSet summed)
    {
        int[] members = all.ToArray();
        VariableSet matters = VariableSet.Of(_graph.Count, [.. members.Where(m => !Separated(v, VariableSet.Of(_graph.Count, m), all.Except(VariableSet.Of(_graph.Count, m))))]);
        VariableSet seen = VariableSet.Of(_graph.Count, [.. members.Where(m => _graph.IndicatorOf(m) is null)]);
        foreach (VariableSet kept in new[] { all, matters, matters.Union(seen) }.Concat(members.Length <= 4 ? Subsets(members) : []))
        {
            if (Separated(v, all.Except(kept), kept) && CompleteCase(v, kept, summed) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private IEnumerable<VariableSet> Subsets(int[] members) =>
        Enumerable.Range(0, 1 << members.Length).Select(mask => VariableSet.Of(_graph.Count, [.. members.Where((_, k) => (mask >> k & 1) == 1)]));

    // P(v) = P(v, R = 1) / Π P(R_i = 1 | parents), for the variables of the query and the parents of their indicators.
    private Formula? ByPropensities(VariableSet target, VariableSet given)
    {
        if (!target.Union(given).Intersect(_indicators).IsEmpty)
        {
            return null;
        }

        VariableSet variables = target.Union(given), indicators = IndicatorsOf(variables), before;
        do
        {
            before = variables.Union(indicators);
            VariableSet parents = VariableSet.Of(_graph.Count, [.. indicators.ToArray().SelectMany(r => _graph.Parents(r).ToArray())]);
            if (!parents.Except(_observed).Except(_indicators).IsEmpty)
            {
                return null;
            }

            variables = variables.Union(parents.Intersect(_observed));
            indicators = indicators.Union(parents.Intersect(_indicators)).Union(IndicatorsOf(variables));
        }
        while (!before.Equals(variables.Union(indicators)));

        List<Formula> propensities = [];
        VariableSet earlier = variables;
        foreach (int r in TopologicalOrder.Of(_graph).Where(indicators.Contains))
        {
            VariableSet one = VariableSet.Of(_graph.Count, r), parents = VariableSet.Of(_graph.Count, _graph.Parents(r));
            if (!Separated(one, earlier.Except(parents), parents) || (CompleteCase(one, parents, None) ?? Ordered(one, parents)) is not { } propensity)
            {
                return null;
            }

            propensities.Add(propensity);
            earlier = earlier.Union(one);
        }

        Formula law = Formula.Divide(Formula.P(variables.Union(indicators).ToArray(), []), Formula.Times(propensities));
        Formula both = Formula.SumOver(variables.Except(target).Except(given).ToArray(), law);
        return given.IsEmpty ? both : Formula.Divide(both, Formula.SumOver(target.ToArray(), both));
    }

    // Ancestors of the query and its indicators: what may help, the nearest first.
    private VariableSet Near(VariableSet query)
    {
        List<int> near = [.. query.ToArray()];
        VariableSet relevant = Ancestors.Of(_graph, query.Union(IndicatorsOf(query))).Intersect(_observed.Union(_indicators));
        Queue<int> open = new(near.Concat(IndicatorsOf(query).ToArray()));
        HashSet<int> seen = [.. open];
        while (open.TryDequeue(out int v) && near.Count < MostVariables)
        {
            if (!near.Contains(v) && relevant.Contains(v))
            {
                near.Add(v);
            }

            foreach (int w in _graph.Parents(v).ToArray().Concat(_graph.Children(v).ToArray()).Concat(_graph.Siblings(v).ToArray()))
            {
                if (seen.Add(w))
                {
                    open.Enqueue(w);
                }
            }
        }

        return VariableSet.Of(_graph.Count, [.. near]);
    }
}
