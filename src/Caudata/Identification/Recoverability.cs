using System.Collections.Immutable;
using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>Recoverability: whether a query about complete data follows from data with missing values.</summary>
/// <remarks>
/// <para>Ways: complete cases, ordered factorisation, division by propensities (<see cref="MissingLaw"/>); a causal query by recovering every factor of a formula for it [mohan2014]; the full law without latent variables exactly when no variable
/// causes its own indicator and no variable causes an indicator together with its own (colluder) [nabi2020].</para>
/// <para>Reasons against: a variable of the target that causes its own indicator or shares an unobserved cause with it; a path of colliders between the two, all of them in the target [mohan2014]. Each of them forbids recovery in the graph that
/// has only these edges, whose models are models of the whole graph too.</para>
/// <para>Between the two lies what is not known to this program; it says so.</para>
/// <para>Checked against: formulas evaluated on the observed laws of random m-graphs; two models with the same observed law for self-masking and colluders.</para>
/// </remarks>
public static class Recoverability
{
    private const int MostFormulas = 50;

    /// <summary>Answers.</summary>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static Recovery Of(RecoveryQuestion question, CancellationToken cancellationToken = default)
    {
        CausalGraph graph = question.Graph;
        if (Forbidden(question) is { } no)
        {
            return no;
        }

        MissingLaw law = new(graph, cancellationToken);
        if (question.IsFullLaw)
        {
            bool hasLatents = graph.OfKind(VariableKind.Latent) is { IsEmpty: false } || graph.BidirectedCount > 0;
            (string Method, Formula Formula)? whole = law.Conditional(question.Target, question.Given);
            return hasLatents ? new Recovery.Unknown("with latent variables only reasons against are known here for the full law")
                : whole is { } found ? new Recovery.Possible(found.Method, found.Formula) : new Recovery.Possible("full-law", null);
        }

        if (question.Treatment.IsEmpty)
        {
            return law.Conditional(question.Target, question.Given) is { } found ? new Recovery.Possible(found.Method, found.Formula)
                : new Recovery.Unknown("complete cases, ordered factorisation and division by propensities do not recover it, and no known reason forbids it");
        }

        return Causal(question, law, cancellationToken);
    }

    private static Recovery Causal(RecoveryQuestion question, MissingLaw law, CancellationToken cancellationToken)
    {
        CausalGraph graph = question.Graph;
        string[] Names(VariableSet set) => [.. set.ToArray().Select(v => graph.Variables[v].Name)];
        CausalQuestion effect = CausalQuestion.Create(graph, Names(question.Treatment), Names(question.Target), Names(question.Given));
        int[] x = question.Treatment.ToArray(), y = question.Target.ToArray(), w = question.Given.ToArray();
        List<Formula> formulas = [];
        IdentificationReport report = Identifier.Answer(effect, new IdentificationOptions { MaxSets = MostFormulas }, cancellationToken);
        if (report.Hedge is { } hedge)
        {
            return new Recovery.Impossible("hedge", $"even complete data do not give the effect: {hedge.Text(graph)}");
        }

        formulas.Add(report.Verdict.Formula!);
        formulas.AddRange(report.AdjustmentSets.Sets.Select(set => Formula.SumOver(set.ToArray(), Formula.Times(Formula.P(y, [.. x, .. set.ToArray(), .. w]), Formula.P(set.ToArray(), w)))));
        if (IdAlgorithm.Of(effect, cancellationToken: cancellationToken).Formula is { } formula)
        {
            formulas.Add(formula);
        }

        Dictionary<Formula, (string Method, Formula Formula)?> known = [];
        foreach (Formula candidate in formulas.Distinct())
        {
            HashSet<string> methods = [];
            if (Recovered(candidate, law, known, methods) is { } recovered)
            {
                string[] order = ["r-factorisation", "ordered-factorisation", "complete-case", "observed"];
                return new Recovery.Possible(order.FirstOrDefault(methods.Contains) ?? "observed", recovered);
            }
        }

        return new Recovery.Unknown($"the effect is identified from complete data ({report.Verdict.By}), but no formula found for it has factors that are all recovered");
    }

    // The formula with every probability replaced by what recovers it.
    private static Formula? Recovered(Formula formula, MissingLaw law, Dictionary<Formula, (string Method, Formula Formula)?> known, HashSet<string> methods)
    {
        switch (formula)
        {
            case Formula.Probability p:
                if (!known.TryGetValue(p, out (string Method, Formula Formula)? found))
                {
                    int capacity = law.Capacity;
                    known[p] = found = law.Conditional(VariableSet.Of(capacity, p.Of.AsSpan()), VariableSet.Of(capacity, p.Given.AsSpan()));
                }

                methods.Add(found?.Method ?? "");
                return found?.Formula;
            case Formula.Product product:
                Formula?[] factors = [.. product.Factors.Select(f => Recovered(f, law, known, methods))];
                return factors.All(f => f is not null) ? Formula.Times(factors.Select(f => f!)) : null;
            case Formula.Quotient q:
                return Recovered(q.Numerator, law, known, methods) is { } up && Recovered(q.Denominator, law, known, methods) is { } down ? Formula.Divide(up, down) : null;
            case Formula.Sum sum:
                return Recovered(sum.Body, law, known, methods) is { } body ? Formula.SumOver(sum.Over, body) : null;
            default:
                return formula;
        }
    }

    private static Recovery.Impossible? Forbidden(RecoveryQuestion question)
    {
        CausalGraph graph = question.Graph;
        string Name(int v) => graph.Variables[v].Name;
        foreach (int v in question.Target.ToArray())
        {
            if (graph.IndicatorOf(v) is not int r)
            {
                continue;
            }

            if (graph.Parents(r).Contains(v))
            {
                return new Recovery.Impossible("self-masking", $"{Name(v)} -> {Name(r)}: whether {Name(v)} is seen depends on its own value");
            }

            if (CommonCause(graph, v, r) is { } path)
            {
                return new Recovery.Impossible("self-masking", $"{path}: what is not observed joins {Name(v)} to whether it is seen");
            }

            if (question.Given.IsEmpty && question.Treatment.IsEmpty && ColliderPath(graph, v, r, question.Target) is { } colliders)
            {
                return new Recovery.Impossible("collider-path", $"{colliders}: every variable between {Name(v)} and {Name(r)} is a collider of the target, so that conditioning on it joins the two");
            }
        }

        if (question.IsFullLaw)
        {
            foreach (MissingnessFinding finding in Missingness.Of(graph).Where(f => !f.Colluders.IsEmpty))
            {
                int w = finding.Colluders[0];
                return new Recovery.Impossible("colluder", $"{Name(w)} -> {Name(finding.Indicator)} <- {Name(graph.IndicatorOf(w)!.Value)}: whether {Name(finding.Variable)} is seen depends on {Name(w)} and on whether {Name(w)} is seen");
            }
        }

        return null;
    }

    // A bidirected edge, or latent variables that cause both.
    private static string? CommonCause(CausalGraph graph, int v, int r)
    {
        if (graph.Siblings(v).Contains(r))
        {
            return $"{graph.Variables[v].Name} <-> {graph.Variables[r].Name}";
        }

        VariableSet one = VariableSet.Of(graph.Count, v), other = VariableSet.Of(graph.Count, r);
        return MSeparation.Witness(Surgery.EdgesWithin(graph, graph.OfKind(VariableKind.Latent).Union(one).Union(other)), one, other, VariableSet.Of(graph.Count))?.Text;
    }

    // v *-> c <-> ... <-> r with all inner variables in the target; from the projection, by breadth first search.
    private static string? ColliderPath(CausalGraph graph, int v, int r, VariableSet target)
    {
        CausalGraph projection = LatentProjection.Of(graph);
        int start = projection.Set(graph.Variables[v].Name).ToArray()[0], end = projection.Set(graph.Variables[r].Name).ToArray()[0];
        VariableSet inner = projection.Set([.. target.ToArray().Select(t => graph.Variables[t].Name)]);
        int[] previous = new int[projection.Count];
        Array.Fill(previous, -1);
        Queue<int> open = new();
        foreach (int first in projection.Children(start).ToArray().Concat(projection.Siblings(start).ToArray()).Where(inner.Contains))
        {
            previous[first] = start;
            open.Enqueue(first);
        }

        while (open.TryDequeue(out int at))
        {
            foreach (int next in projection.Siblings(at))
            {
                if (next == end)
                {
                    List<string> names = [projection.Variables[end].Name];
                    for (int back = at; back != start; back = previous[back])
                    {
                        names.Add(projection.Variables[back].Name);
                    }

                    names.Reverse();
                    return $"{projection.Variables[start].Name} {(projection.Children(start).Contains(projection.Set(names[0]).ToArray()[0]) ? "->" : "<->")} {string.Join(" <-> ", names)}";
                }

                if (next != start && previous[next] < 0 && inner.Contains(next))
                {
                    previous[next] = at;
                    open.Enqueue(next);
                }
            }
        }

        return null;
    }
}
