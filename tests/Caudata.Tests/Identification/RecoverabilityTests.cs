using Caudata.Graphs;
using Caudata.Identification;

namespace Caudata.Tests.Identification;

/// <summary>Recoverability: formulas on the observed law against the truth of random m-graphs, and the published cases.</summary>
public sealed class RecoverabilityTests
{
    private static (string By, string? Formula) Ask(string edges, string query)
    {
        CausalGraph graph = CausalGraph.Parse(edges);
        Recovery found = Recoverability.Of(RecoveryQuestion.Parse(graph, query));
        return (found.By, found is Recovery.Possible { Formula: { } formula } ? FormulaText.Plain(formula, graph) : null);
    }

    [Theory]
    [InlineData("X -> Y; X -> R_Y", "P(X, Y)", "ordered-factorisation", "P(Y | X, R_Y = 1) P(X)")]
    [InlineData("X -> Y; X -> R_Y", "P(Y | X)", "complete-case", "P(Y | X, R_Y = 1)")]
    [InlineData("X -> Y; X -> R_Y", "P(Y)", "ordered-factorisation", "Σ_{X} P(Y | X, R_Y = 1) P(X)")]
    [InlineData("X -> Y; X -> R_Y", "P(X)", "observed", "P(X)")]
    [InlineData("X -> Y -> R_X; X -> R_Y", "P(X, Y)", "r-factorisation", "[P(X, Y, R_X = 1, R_Y = 1)] / [P(R_Y = 1 | X, R_X = 1) P(R_X = 1 | Y, R_Y = 1)]")]
    [InlineData("X -> Y -> R_Y", "P(X, Y)", "self-masking", null)]
    [InlineData("X -> Y; Y <-> R_Y", "P(Y)", "self-masking", null)]
    [InlineData("latent U; X -> Y <- U -> R_Y", "P(Y)", "self-masking", null)]
    [InlineData("user -> rating <- item; user -> R_rating <- item; shown -> rating; user -> shown", "P(rating | do(shown))", "ordered-factorisation", null)]
    [InlineData("rating -> R_rating", "P(rating)", "self-masking", null)]
    [InlineData("X -> Y; X -> R_Y; R_X -> R_Y", "full law", "colluder", null)]
    [InlineData("X -> Y; X -> R_Y", "full law", "ordered-factorisation", "P(Y | X, R_Y = 1) P(X)")]
    [InlineData("X -> Z; Z <-> R_X", "P(X, Z)", "collider-path", null)]
    [InlineData("X -> Z; Z <-> R_X", "P(X)", "complete-case", "P(X | R_X = 1)")]
    [InlineData("X -> R_Y -> R_X; Y", "P(X)", "ordered-factorisation", null)]
    [InlineData("X -> Y; X <-> Y; X -> R_Y", "P(Y | do(X))", "hedge", null)]
    public void Published_cases(string edges, string query, string by, string? formula)
    {
        (string found, string? text) = Ask(edges, query);
        Assert.Equal(by, found);
        if (formula is not null)
        {
            Assert.Equal(formula, text);
        }
    }

    [Fact]
    public void An_indicator_that_must_be_seen_is_not_summed_over()
    {
        CausalGraph graph = CausalGraph.Parse("V0 -> V1; V0 -> V2; V1 -> V3; V2 -> V3; V1 -> R_V2; V2 -> R_V1; V3 -> R_V2; R_V1 -> R_V2");
        RecoveryQuestion question = RecoveryQuestion.Parse(graph, "P(V2 | V0)");
        if (Recoverability.Of(question) is Recovery.Possible { Formula: { } formula })
        {
            Assert.True(RecoveryTruth.Error(question, formula, 25) < 1e-9);
        }
    }

    [Fact]
    public void Every_formula_gives_the_truth_from_the_observed_law()
    {
        Dictionary<string, int> counts = [];
        for (ulong k = 0; k < 500; k++)
        {
            RecoveryQuestion question = RandomQuestions.Recovery(k);
            Recovery found = Recoverability.Of(question);
            counts[found.By] = counts.GetValueOrDefault(found.By) + 1;
            if (found is Recovery.Possible { Formula: { } formula })
            {
                Assert.True(RecoveryTruth.Error(question, formula, k) < 1e-9, $"m-graph {k}: {question.Text}\n{question.Graph}\n{FormulaText.Plain(formula, question.Graph)}");
            }
        }

        Assert.True(new[] { "observed", "complete-case", "ordered-factorisation", "r-factorisation", "self-masking" }.All(by => counts.GetValueOrDefault(by) > 3), string.Join(", ", counts));
    }

    [Fact]
    public void Where_a_reason_forbids_it_no_way_is_found()
    {
        int forbidden = 0;
        for (ulong k = 0; k < 1000; k++)
        {
            RecoveryQuestion question = RandomQuestions.Recovery(k + 5000);
            if (question.Treatment.IsEmpty && Recoverability.Of(question) is Recovery.Impossible no)
            {
                forbidden++;
                Assert.True(new MissingLaw(question.Graph, CancellationToken.None).Conditional(question.Target, question.Given) is null, $"{question.Text}: {no.Witness}\n{question.Graph}");
            }
        }

        Assert.True(forbidden > 100, $"{forbidden}");
    }

    [Fact]
    public void Under_self_masking_two_models_look_the_same_and_differ()
    {
        CausalGraph graph = CausalGraph.Parse("V -> R_V");
        StructuralModel Model(double one, double seenIfOne, double seenIfZero) => StructuralModel.Of(graph, (v, parents, _) => v == 0 ? [1 - one, one] : parents[0] == 1 ? [1 - seenIfOne, seenIfOne] : [1 - seenIfZero, seenIfZero]);
        StructuralModel a = Model(0.5, 0.6, 0.4), b = Model(0.4, 0.75, 1.0 / 3);
        Assert.True(RecoveryTruth.Observed(graph, a).Zip(RecoveryTruth.Observed(graph, b)).All(p => Math.Abs(p.First - p.Second) < 1e-12));
        Assert.False(Math.Abs(a.Law(graph.Set("V")).Of(graph.Set("V"), [1, 0]) - b.Law(graph.Set("V")).Of(graph.Set("V"), [1, 0])) < 0.05);
    }

    [Fact]
    public void With_a_colluder_two_models_look_the_same_and_differ_in_the_full_law()
    {
        CausalGraph graph = CausalGraph.Parse("X; Y; X -> R_Y; R_X -> R_Y");
        int rx = graph.Set("R_X").ToArray()[0], ry = graph.Set("R_Y").ToArray()[0];

        // Where X is not seen, only the average over X shows.
        StructuralModel Model(double ifZero, double ifOne) => StructuralModel.Of(graph, (v, parents, _) => v != ry ? [0.5, 0.5] : parents[1] == 1 ? [0.3, 0.7] : parents[0] == 0 ? [1 - ifZero, ifZero] : [1 - ifOne, ifOne]);
        StructuralModel a = Model(0.2, 0.8), b = Model(0.6, 0.4);
        Assert.True(RecoveryTruth.Observed(graph, a).Zip(RecoveryTruth.Observed(graph, b)).All(p => Math.Abs(p.First - p.Second) < 1e-12));
        Assert.Contains(a.Joint().Zip(b.Joint()), p => Math.Abs(p.First - p.Second) > 0.01);
        Assert.True(rx < ry);
    }

    [Theory]
    [InlineData("X", "expected P(Y)")]
    [InlineData("P()", "names no variable")]
    [InlineData("P(X | X)", "'X' twice")]
    [InlineData("P(Q)", "Q")]
    [InlineData("P(R_Y)", "an indicator")]
    [InlineData("P(Y | do(X)", "not closed")]
    public void A_wrong_query_is_told(string query, string message) =>
        Assert.Contains(message, Assert.Throws<GraphException>(() => RecoveryQuestion.Parse(CausalGraph.Parse("X -> Y -> R_Y"), query)).Message, StringComparison.Ordinal);

    [Fact]
    public void Queries_are_read_as_they_are_written()
    {
        CausalGraph graph = CausalGraph.Parse("X -> Y -> Z; R_Z");
        Assert.Equal("P(Z | do(X), Y)", RecoveryQuestion.Parse(graph, " P(Z | Y, do( X )) ").Text);
        Assert.Equal("full law", RecoveryQuestion.Parse(graph, "Full Law").Text);
    }
}
