using Caudata.Graphs;
using Caudata.Identification;

namespace Caudata.Tests.Identification;

/// <summary>The answer as a whole: which kind, with which formula, always the truth.</summary>
public sealed class IdentifierTests
{
    [Theory]
    [InlineData("Y -> X", "", "trivially", "P(Y)")]
    [InlineData("X; Y; X <-> Y", "", "trivially", "P(Y)")]
    [InlineData("X -> Y", "", "adjustment", "P(Y | X)")]
    [InlineData("X -> Y; X <- Z -> Y", "", "adjustment", "Σ_{Z} P(Y | X, Z) P(Z)")]
    [InlineData("X -> Y; X <- Z -> Y", "Z", "adjustment", "P(Y | X, Z)")]
    [InlineData("X -> Z; Z -> Y; X <-> Y", "", "front-door", "Σ_{Z} P(Z | X) Σ_{X'} P(Y | X', Z) P(X')")]
    [InlineData("Z2 -> Z1 -> X -> Y; Z2 <-> X; Z2 <-> Y", "", "id-formula", null)]
    [InlineData("Z -> X -> Y; X <-> Y", "", "instrument", "cov(Z, Y) / cov(Z, X)")]
    [InlineData("X -> Y; X <-> Y", "", "hedge", null)]
    public void The_simplest_answer_wins(string edges, string given, string by, string? formula)
    {
        IdentificationReport report = Identifier.Answer(QuestionFactory.Ask(edges, "X", "Y", given), new IdentificationOptions { Explain = true });
        Assert.Equal(by, report.Verdict.By);
        Assert.Equal(by is not ("instrument" or "hedge"), report.IsIdentified);
        Assert.NotEmpty(report.Proof);
        Assert.NotEmpty(report.Assumptions);
        if (formula is not null)
        {
            Assert.Equal(formula, report.Plain);
        }
    }

    [Fact]
    public void Every_formula_is_the_truth_of_random_models_and_its_verdict_is_that_of_ID()
    {
        Dictionary<string, int> counts = [];
        for (ulong k = 0; k < 600; k++)
        {
            CausalQuestion question = RandomQuestions.Effect(k + 100_000, 6, given: k % 3 == 0);
            IdentificationReport report = Identifier.Answer(question);
            counts[report.Verdict.By] = counts.GetValueOrDefault(report.Verdict.By) + 1;
            Assert.Equal(IdAlgorithm.Of(question).Formula is not null, report.IsIdentified);
            if (report.Verdict.Formula is not { } formula || question.Graph.BidirectedCount > 6)
            {
                continue;
            }

            StructuralModel model = StructuralModel.Random(question.Graph, k);
            DiscreteLaw law = model.Law(question.Graph.OfKind(VariableKind.Observed));
            foreach (Dictionary<int, int> at in model.Assignments(question.Treatment.Union(question.Outcome).Union(question.Given)).Take(6))
            {
                Assert.True(Math.Abs(model.Effect(question, at) - FormulaEvaluation.Of(formula, question.Graph, law, at)) < 1e-10, $"question {k}: {question}\n{question.Graph}\n{report.Plain}");
            }
        }

        Assert.True(new[] { "trivially", "adjustment", "front-door", "id-formula", "hedge", "instrument" }.All(by => counts.GetValueOrDefault(by) > 2), string.Join(", ", counts));
    }

    [Fact]
    public void A_hedge_is_drawn_with_its_latents()
    {
        CausalGraph graph = CausalGraph.Parse("latent U; X <- U -> Y; X -> Y; A -> X");
        (System.Collections.Immutable.ImmutableArray<int> variables, System.Collections.Immutable.ImmutableArray<GraphEdge> edges) = Identifier.Answer(CausalQuestion.Create(graph, ["X"], ["Y"])).Hedge!.Parts(graph);
        Assert.Equal(["U", "X", "Y"], variables.Select(v => graph.Variables[v].Name).Order(StringComparer.Ordinal));
        Assert.Equal(3, edges.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => Identifier.Answer(QuestionFactory.Ask("X -> Y", "X", "Y"), new IdentificationOptions { MaxSets = 0 }));
    }

    [Theory]
    [InlineData("selection S; X -> Y; X -> S", "adjustment", "P(Y | X, S = 1)")]
    [InlineData("selection S; X -> Y; X <- Z -> Y; X -> S", "unknown", null)]
    [InlineData("selection S; X -> Y -> S", "selection", null)]
    [InlineData("selection S; X -> Y -> C -> S", "selection", null)]
    [InlineData("selection S; X -> Y; X <-> Y; X -> S", "hedge", null)]
    [InlineData("selection S; W; Y -> X; W -> S", "trivially", "P(Y | S = 1)")]
    public void Selected_rows_give_what_they_can(string edges, string by, string? formula)
    {
        IdentificationReport report = Identifier.Answer(QuestionFactory.Ask(edges, "X", "Y"));
        Assert.Equal((by, formula), (report.Verdict.By, report.Plain));
    }

    [Fact]
    public void Formulas_for_selected_rows_give_the_truth_of_the_population()
    {
        int some = 0;
        for (ulong k = 0; k < 600; k++)
        {
            CausalQuestion whole = RandomQuestions.Effect(k + 200_000, 6);
            GraphDescription all = whole.Graph.ToDescription();
            string[] names = [.. all.Variables.Select(v => v.Name)];
            CausalGraph graph = CausalGraph.Create(all with { Variables = [.. all.Variables, new VariableDeclaration("S") { Kind = VariableKind.Selection }], Edges = [.. all.Edges, new EdgeDeclaration(names[(int)k % names.Length], "S")] });
            CausalQuestion question = CausalQuestion.Create(graph, [.. whole.Treatment.ToArray().Select(v => names[v])], [.. whole.Outcome.ToArray().Select(v => names[v])]);
            if (graph.BidirectedCount > 6 || Identifier.Answer(question).Verdict.Formula is not { } formula)
            {
                continue;
            }

            some++;
            StructuralModel model = StructuralModel.Random(graph, k);
            VariableSet seen = graph.OfKind(VariableKind.Observed);
            DiscreteLaw law = RecoveryTruth.Selected(graph, model, seen);
            foreach (Dictionary<int, int> at in model.Assignments(question.Treatment.Union(question.Outcome)).Take(6))
            {
                Assert.True(Math.Abs(model.Effect(question, at) - FormulaEvaluation.Of(formula, graph, law, at)) < 1e-10, $"question {k}: {question}\n{graph}\n{FormulaText.Plain(formula, graph)}");
            }
        }

        Assert.True(some > 150, $"{some}");
    }
}
