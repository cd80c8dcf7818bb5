using System.Text.Json;
using Caudata.Graphs;
using Caudata.Identification;

namespace Caudata.Tests.Identification;

/// <summary>ID and IDC: numeric truth where they say yes, two models that differ where they say no, published verdicts.</summary>
public sealed class IdAlgorithmTests
{
    private static string Plain(string edges, string x, string y, string w = "")
    {
        CausalQuestion question = QuestionFactory.Ask(edges, x, y, w);
        return IdAlgorithm.Of(question).Formula is { } formula ? FormulaText.Plain(formula, question.Graph) : "no";
    }

    [Theory]
    [InlineData("W -> X -> Y; W -> Z -> Y", "Σ_{Z} P(Y | X, Z) P(Z)")]
    [InlineData("X -> Z -> Y; X <-> Y", "Σ_{Z} P(Z | X) Σ_{X'} P(Y | X', Z) P(X')")]
    [InlineData("Z2 -> Z1 -> X -> Y; Z2 <-> X; Z2 <-> Y", "[Σ_{Z2} P(X, Y | Z2, Z1) P(Z2)] / [Σ_{Z2} P(X | Z2, Z1) P(Z2)]")]
    [InlineData("X -> Y; X <-> Y", "no")]
    [InlineData("Y -> X", "P(Y)")]
    [InlineData("X -> Y", "P(Y | X)")]
    public void Formulas_of_the_textbook(string edges, string expected) => Assert.Equal(expected, Plain(edges, "X", "Y"));

    [Fact]
    public void Where_it_says_yes_the_formula_gives_the_truth_of_random_models()
    {
        int yes = 0, conditional = 0, derived = 0;
        for (ulong k = 0; k < 700; k++)
        {
            CausalQuestion question = RandomQuestions.Effect(k + 40_000, 6, latents: 0.2, given: k % 3 == 0);
            if (question.Graph.BidirectedCount > 6 || IdAlgorithm.Of(question).Formula is not { } formula)
            {
                continue;
            }

            yes++;
            conditional += question.Given.IsEmpty ? 0 : 1;
            derived += formula is Formula.Quotient && question.Given.IsEmpty ? 1 : 0;
            StructuralModel model = StructuralModel.Random(question.Graph, k);
            DiscreteLaw law = model.Law(question.Graph.OfKind(VariableKind.Observed));
            foreach (Dictionary<int, int> at in model.Assignments(question.Treatment.Union(question.Outcome).Union(question.Given)).Take(8))
            {
                Assert.True(Math.Abs(model.Effect(question, at) - FormulaEvaluation.Of(formula, question.Graph, law, at)) < 1e-10, $"question {k}: {question}\n{question.Graph}\n{FormulaText.Plain(formula, question.Graph)}");
            }
        }

        Assert.True(yes > 250 && conditional > 30, $"{yes} {conditional} {derived}");
    }

    [Fact]
    public void Where_it_says_no_two_models_agree_on_what_is_seen_and_differ_in_the_effect_on_the_roots()
    {
        int no = 0;
        for (ulong k = 0; k < 700; k++)
        {
            CausalQuestion question = RandomQuestions.Effect(k + 60_000, 7, latents: 0, given: k % 4 == 0);
            IdResult result = IdAlgorithm.Of(question);
            if (result.Hedge is not { } hedge)
            {
                continue;
            }

            no++;
            CausalGraph graph = question.Graph;
            string where = $"question {k}: {question}\n{graph}\n{hedge.Text(graph)}";
            VariableSet reach = Ancestors.Of(Surgery.WithoutEdgesInto(graph, question.Treatment), question.Outcome.Union(question.Given));
            Assert.True(hedge.Inner.IsSubsetOf(hedge.Outer) && hedge.Inner.Intersect(question.Treatment).IsEmpty && hedge.Roots.IsSubsetOf(hedge.Inner) && hedge.Roots.IsSubsetOf(reach), where);
            Assert.True(question.Given.IsEmpty == false || !hedge.Outer.Intersect(question.Treatment).IsEmpty, where);
            (StructuralModel one, StructuralModel other) = HedgeModels.Of(graph, hedge);
            Assert.True(one.Joint().Zip(other.Joint()).All(p => Math.Abs(p.First - p.Second) < 1e-12), where);
            VariableSet set = hedge.Outer.Except(hedge.Inner);
            Assert.Contains(one.Assignments(set.Intersect(question.Treatment).IsEmpty ? set : set.Intersect(question.Treatment)), x =>
                one.Joint(x).Zip(other.Joint(x)).Any(p => Math.Abs(p.First - p.Second) > 1e-3));
        }

        Assert.True(no > 80, $"{no}");
    }

    [Fact]
    public void Published_verdicts_are_reproduced()
    {
        int cases = 0;
        foreach (JsonElement g in QuestionFactory.Reference("identifiability.json").EnumerateArray().Concat(QuestionFactory.Reference("causal/graphs.json").EnumerateArray()))
        {
            cases++;
            Assert.True(g.GetProperty("identifiable").GetBoolean() == IdAlgorithm.Of(QuestionFactory.Question(g)).Formula is not null, g.GetProperty("name").GetString());
        }

        Assert.True(cases > 80);
    }

    [Fact]
    public void Do_values_of_the_textbook_laws_come_out_exactly()
    {
        Dictionary<string, JsonElement> graphs = QuestionFactory.Reference("causal/graphs.json").EnumerateArray().ToDictionary(g => g.GetProperty("name").GetString()!);
        int yes = 0;
        foreach (JsonElement table in QuestionFactory.Reference("causal/exact_binary.json").EnumerateArray())
        {
            if (table.GetProperty("joint").ValueKind != JsonValueKind.Array)
            {
                continue; // one graph is too large for its table to be kept
            }

            JsonElement g = graphs[table.GetProperty("name").GetString()!];
            CausalQuestion question = QuestionFactory.Question(g);
            int[] order = [.. table.GetProperty("order").EnumerateArray().Select(n => question.Graph.Set(n.GetString()!).ToArray()[0])];
            DiscreteLaw law = new(question.Graph, order, [.. order.Select(_ => 2)], [.. table.GetProperty("joint").EnumerateArray().Select(p => p.GetDouble())]);
            IdentificationReport report = Identifier.Answer(question);
            Formula?[] formulas = [IdAlgorithm.Of(question).Formula, report.IsIdentified ? report.Verdict.Formula : null];
            foreach (Formula? formula in formulas)
            {
                Assert.Equal(g.GetProperty("identifiable").GetBoolean(), formula is not null);
                for (int x = 0; x < 2 && formula is not null; x++)
                {
                    yes++;
                    double found = FormulaEvaluation.Of(formula, question.Graph, law, new Dictionary<int, int> { [question.Treatment.ToArray()[0]] = x, [question.Outcome.ToArray()[0]] = 1 });
                    Assert.True(Math.Abs(found - table.GetProperty($"p_y1_do_x{x}").GetDouble()) < 1e-12, $"{g.GetProperty("name").GetString()}: {FormulaText.Plain(formula, question.Graph)} gives {found}");
                }
            }
        }

        Assert.True(yes > 80, $"{yes}");
    }

    [Fact]
    public void The_napkin_is_not_what_is_seen()
    {
        CausalQuestion question = QuestionFactory.Ask("Z2 -> Z1 -> X -> Y; Z2 <-> X; Z2 <-> Y", "X", "Y");
        int x = question.Graph.Set("X").ToArray()[0], y = question.Graph.Set("Y").ToArray()[0];
        Dictionary<int, int> at = new() { [x] = 1, [y] = 1 };
        double apart = 0;
        for (ulong k = 0; k < 20; k++)
        {
            StructuralModel model = StructuralModel.Random(question.Graph, k, binary: true);
            DiscreteLaw law = model.Law(question.Graph.OfKind(VariableKind.Observed));
            double done = FormulaEvaluation.Of(IdAlgorithm.Of(question).Formula!, question.Graph, law, at);
            Assert.Equal(model.Effect(question, at), done, 12);
            apart = Math.Max(apart, Math.Abs(done - FormulaEvaluation.Of(Formula.P([y], [x]), question.Graph, law, at)));
        }

        Assert.True(apart > 0.005, $"{apart}");
    }

    [Fact]
    public void A_condition_that_opens_a_way_back_is_seen()
    {
        Assert.Equal("P(Y | X, W)", Plain("X -> Y; W -> Y", "X", "Y", "W"));
        Assert.Equal("no", Plain("X -> Y; X -> W; W <-> Y; X <-> W", "X", "Y", "W"));
    }

    [Fact]
    public void A_proof_is_told_line_by_line()
    {
        IdResult result = IdAlgorithm.Of(QuestionFactory.Ask("Z2 -> Z1 -> X -> Y; Z2 <-> X; Z2 <-> Y", "X", "Y"), explain: true);
        Assert.Contains(result.Proof, line => line.Contains("Z2 is no ancestor of Y there and is summed out", StringComparison.Ordinal));
        Assert.Contains(IdAlgorithm.Of(QuestionFactory.Ask("X -> Y; X <-> Y", "X", "Y"), explain: true).Proof, line => line.Contains("a hedge", StringComparison.Ordinal));
    }

    [Fact]
    public void A_large_confounded_graph_is_answered_and_can_be_cancelled()
    {
        CausalQuestion question = QuestionFactory.Ask(Caudata.Tests.Graphs.RandomGraphs.Large(400, 1.5, 3, 0.2), "V5", "V390");
        IdResult result = IdAlgorithm.Of(question);
        Assert.True(result.Formula is null != result.Hedge is null);
        Assert.Throws<OperationCanceledException>(() => IdAlgorithm.Of(QuestionFactory.Ask("X -> Y; X <-> Y", "X", "Y"), false, new CancellationToken(true)));
    }
}
