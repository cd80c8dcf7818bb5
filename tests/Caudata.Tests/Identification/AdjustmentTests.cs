using System.Text.Json;
using Caudata.Graphs;
using Caudata.Identification;
using Caudata.Tests.Graphs;

namespace Caudata.Tests.Identification;

/// <summary>Adjustment sets against a search over all subsets and against published sets.</summary>
public sealed class AdjustmentTests
{
    // The criterion by its definition: paths one by one.
    private static bool Valid(CausalQuestion question, VariableSet set)
    {
        CausalGraph graph = question.Graph;
        HashSet<int> onPaths = [];
        foreach (int x in question.Treatment.ToArray())
        {
            Walk(x, []);
        }

        VariableSet forbidden = Descendants.Of(graph, VariableSet.Of(graph.Count, [.. onPaths]));
        CausalGraph cut = CausalGraph.Create(graph.ToDescription() with
        {
            Edges = [.. graph.Edges.Where(e => e.Kind == EdgeKind.Bidirected || !question.Treatment.Contains(e.From) || !onPaths.Contains(e.To)).Select(e => new EdgeDeclaration(graph.Variables[e.From].Name, graph.Variables[e.To].Name, e.Kind))],
        });
        return set.Intersect(forbidden).IsEmpty && PathDefinition.Separated(cut, question.Treatment, question.Outcome, set);

        void Walk(int v, List<int> path)
        {
            if (path.Count > 0 && question.Outcome.Contains(v))
            {
                onPaths.UnionWith(path);
            }

            foreach (int child in graph.Children(v).ToArray().Where(c => !question.Treatment.Contains(c)))
            {
                Walk(child, [.. path, child]);
            }
        }
    }

    private static VariableSet Pool(CausalQuestion question) => question.Graph.OfKind(VariableKind.Observed).Except(question.Treatment).Except(question.Outcome).Except(question.Given);

    [Fact]
    public void Every_answer_agrees_with_a_search_over_all_subsets()
    {
        int some = 0, none = 0;
        for (ulong k = 0; k < 1500; k++)
        {
            CausalQuestion question = RandomQuestions.Effect(k);
            Adjustment adjustment = new(question);
            VariableSet[] valid = [.. QuestionFactory.Subsets(Pool(question)).Where(s => Valid(question, s))], minimal = QuestionFactory.Minimal(valid);
            string where = $"question {k}: {question}\n{question.Graph}";
            Assert.All(QuestionFactory.Subsets(Pool(question)), s => Assert.True(adjustment.IsValid(s) == valid.Contains(s), where));
            Assert.True(QuestionFactory.Text(minimal).SequenceEqual(QuestionFactory.Text(adjustment.AllMinimal().Sets)), where);
            Assert.True(adjustment.AllMinimal().IsComplete, where);
            Assert.True(adjustment.Canonical() is null == (valid.Length == 0), where);
            if (valid.Length == 0)
            {
                none++;
                Assert.Null(adjustment.Minimal());
                Assert.Null(adjustment.Cheapest());
                Assert.Null(adjustment.Largest());
                continue;
            }

            some++;
            double Cost(Variable v) => 1 + (v.Id * 7 % 5) * 0.3;
            double Total(VariableSet s) => s.ToArray().Sum(v => Cost(question.Graph.Variables[v]));
            Assert.True(valid.Contains(adjustment.Canonical()!), where);
            Assert.True(minimal.Contains(adjustment.Minimal()!), where);
            Assert.True(valid.Contains(adjustment.Cheapest()!) && adjustment.Cheapest()!.Count == valid.Min(s => s.Count), where);
            Assert.True(valid.Contains(adjustment.Cheapest(Cost)!) && Math.Abs(Total(adjustment.Cheapest(Cost)!) - valid.Min(Total)) < 1e-12, where);
            VariableSet largest = adjustment.Largest()!;
            Assert.True(valid.Contains(largest) && !valid.Any(s => s.Count > largest.Count && largest.IsSubsetOf(s)), where);
        }

        Assert.True(some > 300 && none > 150, $"{some} {none}");
    }

    [Fact]
    public void With_given_variables_the_sets_are_those_that_are_valid_together_with_them()
    {
        for (ulong k = 0; k < 1000; k++)
        {
            CausalQuestion question = RandomQuestions.Effect(k + 10_000, given: true);
            VariableSet late = Descendants.Of(question.Graph, question.Treatment);
            VariableSet[] valid = [.. QuestionFactory.Subsets(Pool(question)).Where(s => s.Union(question.Given).Intersect(late).IsEmpty && Valid(question, s.Union(question.Given)))];
            VariableSet[] all = question.Given.IsEmpty ? [.. QuestionFactory.Subsets(Pool(question)).Where(s => Valid(question, s))] : valid;
            Assert.True(QuestionFactory.Text(QuestionFactory.Minimal(all)).SequenceEqual(QuestionFactory.Text(new Adjustment(question).AllMinimal().Sets)), $"question {k}: {question}\n{question.Graph}");
        }
    }

    [Fact]
    public void The_published_sets_are_found()
    {
        int checkedCases = 0;
        foreach (JsonElement g in QuestionFactory.Reference("adjustment.json").EnumerateArray())
        {
            CausalQuestion question = QuestionFactory.Question(g, "observed");
            Adjustment adjustment = new(question);
            Assert.Equal(QuestionFactory.Sets(g, "minimal_adjustment_sets").Select(s => string.Join(' ', s)).Order(StringComparer.Ordinal), adjustment.AllMinimal().Names(question.Graph).Select(s => string.Join(' ', s)));
            string[] largest = [.. QuestionFactory.Sets(g, "maximal_adjustment_sets").Select(s => string.Join(' ', s))];
            VariableSet? found = adjustment.Largest();
            Assert.True(found is null ? largest.Length == 0 : largest.Contains(string.Join(' ', found.ToArray().Select(v => question.Graph.Variables[v].Name).Order(StringComparer.Ordinal))), g.GetProperty("name").GetString());
            checkedCases++;
        }

        Assert.True(checkedCases > 5);
    }

    [Fact]
    public void The_sets_of_dagitty_are_found_on_all_graphs()
    {
        Dictionary<string, JsonElement> answers = QuestionFactory.Reference("causal/dagitty.json").EnumerateArray().ToDictionary(a => a.GetProperty("name").GetString()!);
        foreach (JsonElement g in QuestionFactory.Reference("causal/graphs.json").EnumerateArray())
        {
            CausalQuestion question = QuestionFactory.Question(g);
            string name = g.GetProperty("name").GetString()!;
            Assert.True(QuestionFactory.Sets(answers[name], "total").Select(s => string.Join(' ', s)).Order(StringComparer.Ordinal).SequenceEqual(new Adjustment(question).AllMinimal().Names(question.Graph).Select(s => string.Join(' ', s)).Order(StringComparer.Ordinal)), name);
        }
    }

    [Fact]
    public void A_limit_is_told()
    {
        CausalQuestion question = QuestionFactory.Ask("X -> Y; X <- A1 -> B1 -> Y; X <- A2 -> B2 -> Y; X <- A3 -> B3 -> Y", "X", "Y");
        VariableSetList all = new Adjustment(question).AllMinimal(), five = new Adjustment(question).AllMinimal(5);
        Assert.Equal((8, true, 5, false), (all.Sets.Length, all.IsComplete, five.Sets.Length, five.IsComplete));
        Assert.True(new Adjustment(question).AllMinimal(8).IsComplete);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adjustment(question).AllMinimal(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adjustment(question).Cheapest(_ => 0));
        Assert.Throws<OperationCanceledException>(() => new Adjustment(question).AllMinimal(cancellationToken: new CancellationToken(true)));
    }

    [Fact]
    public void Latents_are_never_adjusted_for()
    {
        Adjustment adjustment = new(QuestionFactory.Ask("latent U; X <- U -> Y; X -> Y", "X", "Y"));
        Assert.Null(adjustment.Canonical());
        Assert.Equal("X <- U -> Y", adjustment.OpenPath(VariableSet.Of(3))!.Text);
    }

    [Fact]
    public void All_mistakes_of_a_question_are_told_at_once()
    {
        CausalGraph graph = CausalGraph.Parse("latent U; selection S; X <- U -> Y -> S; R_Y");
        GraphException e = Assert.Throws<GraphException>(() => CausalQuestion.Create(graph, ["X", "Q", "U"], ["Y", "X"], ["S", "R_Y"]));
        Assert.Equal(5, e.Mistakes.Length);
        Assert.Contains("the treatment 'U' is latent; expected an observed variable.", e.Message, StringComparison.Ordinal);
        Assert.Contains("'X' is the treatment and the outcome", e.Message, StringComparison.Ordinal);
        Assert.Contains("names no outcome", Assert.Throws<GraphException>(() => CausalQuestion.Create(graph, ["X"], [])).Message, StringComparison.Ordinal);
    }
}
