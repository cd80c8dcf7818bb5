using Caudata.Graphs;
using Caudata.Identification;

namespace Caudata.Tests.Identification;

/// <summary>The observed law of a model with missing values, and formulas on it against the truth.</summary>
internal static class RecoveryTruth
{
    /// <summary>The law of what is seen: a variable that is missing has one value more, its last.</summary>
    public static double[] Observed(CausalGraph graph, StructuralModel model)
    {
        int[] kept = Kept(graph), levels = [.. kept.Select(v => model.Levels[v])];
        int[] cells = [.. kept.Select((v, k) => levels[k] + (graph.IndicatorOf(v) is null ? 0 : 1))];
        double[] full = model.Joint(), seen = new double[cells.Aggregate(1, (a, b) => a * b)];
        int[] values = new int[graph.Count];
        for (int cell = 0; cell < full.Length; cell++)
        {
            for (int v = graph.Count - 1, rest = cell; v >= 0; v--)
            {
                values[v] = rest % model.Levels[v];
                rest /= model.Levels[v];
            }

            int at = 0;
            for (int k = 0; k < kept.Length; k++)
            {
                at = at * cells[k] + (graph.IndicatorOf(kept[k]) is int r && values[r] == 0 ? levels[k] : values[kept[k]]);
            }

            seen[at] += full[cell];
        }

        return seen;
    }

    /// <summary>The largest distance between a formula on the observed law of a random model and the truth, over values of the query.</summary>
    public static double Error(RecoveryQuestion question, Formula formula, ulong number)
    {
        CausalGraph graph = question.Graph;
        StructuralModel model = StructuralModel.Random(graph, number);
        int[] kept = Kept(graph);
        DiscreteLaw law = new(graph, kept, [.. kept.Select(v => model.Levels[v])], Observed(graph, model), [.. kept.Select(v => graph.IndicatorOf(v) is not null)]);
        double worst = 0;
        foreach (Dictionary<int, int> at in model.Assignments(question.Target.Union(question.Given).Union(question.Treatment)).Take(12))
        {
            double error = Math.Abs(Truth(question, model, at) - FormulaEvaluation.Of(formula, graph, law, at));
            worst = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(worst, error);
        }

        return worst;
    }

    /// <summary>The law of some variables in the rows where every selection node is 1, which are the only rows there are.</summary>
    public static DiscreteLaw Selected(CausalGraph graph, StructuralModel model, VariableSet variables)
    {
        VariableSet selection = graph.OfKind(VariableKind.Selection);
        DiscreteLaw both = model.Law(variables.Union(selection));
        int[] kept = variables.Union(selection).ToArray(), values = new int[graph.Count];
        double[] table = new double[kept.Aggregate(1, (size, v) => size * model.Levels[v])];
        for (int cell = 0; cell < table.Length; cell++)
        {
            for (int k = kept.Length - 1, rest = cell; k >= 0; k--)
            {
                values[kept[k]] = rest % model.Levels[kept[k]];
                rest /= model.Levels[kept[k]];
            }

            table[cell] = selection.ToArray().All(s => values[s] == 1) ? both.Of(variables.Union(selection), values) : 0;
        }

        double sum = table.Sum();
        return new DiscreteLaw(graph, kept, [.. kept.Select(v => model.Levels[v])], [.. table.Select(p => p / sum)]);
    }

    private static int[] Kept(CausalGraph graph) => [.. graph.Variables.Where(v => v.Kind is VariableKind.Observed or VariableKind.Indicator).Select(v => v.Id)];

    private static double Truth(RecoveryQuestion question, StructuralModel model, Dictionary<int, int> at)
    {
        VariableSet both = question.Target.Union(question.Given);
        DiscreteLaw law = model.Law(both, at.Where(p => question.Treatment.Contains(p.Key)).ToDictionary());
        int[] values = new int[question.Graph.Count];
        foreach ((int v, int value) in at)
        {
            values[v] = value;
        }

        return law.Of(both, values) / (question.Given.IsEmpty ? 1 : law.Of(question.Given, values));
    }
}
