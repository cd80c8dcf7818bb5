using System.Collections.Immutable;
using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>Formulas when only selected rows are seen: those where every selection node is 1.</summary>
/// <remarks>P(a | b) is that of the selected rows exactly when a is separated from the selection nodes given b [bareinboim2014]. An effect follows when every factor of one of its formulas does; it cannot follow when the outcome causes the selection by a
/// way that is not conditioned on: in the graph of that way alone the outcome's own distribution is lost.</remarks>
internal static class SelectedRows
{
    /// <summary>The formula read from selected rows, or null when a factor differs there.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="selection">Its selection nodes; none leaves the formula as it is.</param>
    /// <param name="formula">A formula for the whole population.</param>
    public static Formula? Read(CausalGraph graph, VariableSet selection, Formula formula)
    {
        switch (formula)
        {
            case Formula.Probability p when !selection.IsEmpty:
                return MSeparation.Holds(graph, VariableSet.Of(graph.Count, p.Of.AsSpan()), selection, VariableSet.Of(graph.Count, p.Given.AsSpan())) ? Formula.P(p.Of, p.Given.Concat(selection.ToArray())) : null;
            case Formula.Product product:
                Formula?[] factors = [.. product.Factors.Select(f => Read(graph, selection, f))];
                return factors.All(f => f is not null) ? Formula.Times(factors.Select(f => f!)) : null;
            case Formula.Quotient q:
                return Read(graph, selection, q.Numerator) is { } up && Read(graph, selection, q.Denominator) is { } down ? Formula.Divide(up, down) : null;
            case Formula.Sum sum:
                return Read(graph, selection, sum.Body) is { } body ? Formula.SumOver(sum.Over, body) : null;
            default:
                return formula;
        }
    }

    /// <summary>A directed path from the outcome to a selection node that meets nothing given; null when there is none.</summary>
    /// <param name="question">The question.</param>
    /// <param name="selection">The selection nodes.</param>
    public static ImmutableArray<int>? Caused(CausalQuestion question, VariableSet selection)
    {
        int[] previous = new int[question.Graph.Count];
        Array.Fill(previous, -1);
        Queue<int> open = new(question.Outcome.ToArray());
        while (open.TryDequeue(out int v))
        {
            if (selection.Contains(v))
            {
                List<int> path = [v];
                while (previous[path[^1]] >= 0)
                {
                    path.Add(previous[path[^1]]);
                }

                path.Reverse();
                return [.. path];
            }

            foreach (int child in question.Graph.Children(v))
            {
                if (previous[child] < 0 && !question.Given.Contains(child) && !question.Outcome.Contains(child))
                {
                    previous[child] = v;
                    open.Enqueue(child);
                }
            }
        }

        return null;
    }
}
