using Caudata.Graphs;
using Caudata.Identification;
using Caudata.Tests.Identification;

namespace Caudata.Benchmarks;

/// <summary>Identification against the numeric truth of random structural models: effects on graphs of 4 to 7 variables, and queries under missingness.</summary>
internal static class IdentificationTruth
{
    public static int Run(int count)
    {
        SortedDictionary<string, int> effects = new(StringComparer.Ordinal), recoveries = new(StringComparer.Ordinal);
        double worst = 0, worstRecovery = 0;
        int evaluated = 0, evaluatedRecoveries = 0;
        for (ulong k = 0; k < (ulong)count; k++)
        {
            CausalQuestion question = RandomQuestions.Effect(k + 1_000_000, 7, given: k % 3 == 0);
            IdentificationReport report = Identifier.Answer(question);
            effects[report.Verdict.By] = effects.GetValueOrDefault(report.Verdict.By) + 1;
            if (report.Verdict.Formula is { } formula && question.Graph.BidirectedCount <= 7)
            {
                evaluated++;
                StructuralModel model = StructuralModel.Random(question.Graph, k);
                DiscreteLaw law = model.Law(question.Graph.OfKind(VariableKind.Observed));
                foreach (Dictionary<int, int> at in model.Assignments(question.Treatment.Union(question.Outcome).Union(question.Given)).Take(6))
                {
                    double error = Math.Abs(model.Effect(question, at) - FormulaEvaluation.Of(formula, question.Graph, law, at));
                    worst = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(worst, error);
                }
            }

            RecoveryQuestion query = RandomQuestions.Recovery(k + 1_000_000);
            Recovery found = Recoverability.Of(query);
            recoveries[found.By] = recoveries.GetValueOrDefault(found.By) + 1;
            if (found is Recovery.Possible { Formula: { } recovered })
            {
                evaluatedRecoveries++;
                worstRecovery = Math.Max(worstRecovery, RecoveryTruth.Error(query, recovered, k));
            }
        }

        Console.WriteLine($"effects: {string.Join(", ", effects)}; {evaluated} formulas evaluated, largest error {worst:e2}");
        Console.WriteLine($"recoveries: {string.Join(", ", recoveries)}; {evaluatedRecoveries} formulas evaluated, largest error {worstRecovery:e2}");
        return worst < 1e-10 && worstRecovery < 1e-9 ? 0 : 1;
    }
}
