using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>The number that a formula gives on a discrete law.</summary>
/// <remarks>Sums are taken value by value: the time grows with the product of the levels of summed variables. A factor 0 makes a product 0, whatever the other factors are; what is conditioned on with probability 0 makes the result NaN, where that matters.</remarks>
public static class FormulaEvaluation
{
    /// <summary>Evaluates a formula.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="graph">The graph of its variables.</param>
    /// <param name="law">The law.</param>
    /// <param name="values">Values of its free variables, in [0, levels). Free variables without one may have any value: they get the most probable ones.</param>
    /// <param name="cancellationToken">Stops the sums.</param>
    /// <returns>The number; NaN when the formula conditions on something that never happens.</returns>
    public static double Of(Formula formula, CausalGraph graph, DiscreteLaw law, IReadOnlyDictionary<int, int> values, CancellationToken cancellationToken = default)
    {
        int[] at = new int[graph.Count];
        foreach (Variable v in graph.Variables)
        {
            at[v.Id] = v.Kind is VariableKind.Indicator or VariableKind.Selection ? 1 : 0;
        }

        foreach ((int variable, int value) in values)
        {
            at[variable] = value;
        }

        int[] arbitrary = [.. formula.Free.Where(v => !values.ContainsKey(v) && graph.Variables[v].Kind is not (VariableKind.Indicator or VariableKind.Selection))];
        MostProbable(graph, law, arbitrary, at);
        return Value(formula, law, at, cancellationToken);
    }

    private static void MostProbable(CausalGraph graph, DiscreteLaw law, int[] variables, int[] at)
    {
        if (variables.Length == 0)
        {
            return;
        }

        VariableSet set = VariableSet.Of(graph.Count, variables);
        int[] values = (int[])at.Clone(), best = (int[])at.Clone();
        double most = -1;
        do
        {
            double p = law.Of(set, values);
            if (p > most)
            {
                (most, best) = (p, (int[])values.Clone());
            }
        }
        while (Next(law, variables, values));
        best.CopyTo(at, 0);
    }

    private static double Value(Formula formula, DiscreteLaw law, int[] at, CancellationToken cancellationToken)
    {
        switch (formula)
        {
            case Formula.Probability p:
                double given = p.Given.IsEmpty ? 1 : law.Of(VariableSet.Of(at.Length, p.Given.AsSpan()), at);
                return law.Of(VariableSet.Of(at.Length, [.. p.Of, .. p.Given]), at) / given;
            case Formula.Product product:
                double result = 1;
                foreach (Formula factor in product.Factors)
                {
                    double value = Value(factor, law, at, cancellationToken);
                    if (value == 0)
                    {
                        return 0;
                    }

                    result *= value;
                }

                return result;
            case Formula.Quotient quotient:
                return Value(quotient.Numerator, law, at, cancellationToken) / Value(quotient.Denominator, law, at, cancellationToken);
            case Formula.Sum sum:
                cancellationToken.ThrowIfCancellationRequested();
                int[] over = [.. sum.Over], before = [.. over.Select(v => at[v])];
                double total = 0;
                foreach (int v in over)
                {
                    at[v] = 0;
                }

                do
                {
                    total += Value(sum.Body, law, at, cancellationToken);
                }
                while (Next(law, over, at));
                for (int k = 0; k < over.Length; k++)
                {
                    at[over[k]] = before[k];
                }

                return total;
            default:
                return 1;
        }
    }

    // The next assignment; false, and all zero again, after the last.
    private static bool Next(DiscreteLaw law, int[] variables, int[] at)
    {
        for (int k = variables.Length - 1; k >= 0; k--)
        {
            if (++at[variables[k]] < law.LevelsOf(variables[k]))
            {
                return true;
            }

            at[variables[k]] = 0;
        }

        return false;
    }
}
