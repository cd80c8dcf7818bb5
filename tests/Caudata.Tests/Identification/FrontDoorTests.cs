using System.Text.Json;
using Caudata.Graphs;
using Caudata.Identification;
using Caudata.Tests.Graphs;

namespace Caudata.Tests.Identification;

/// <summary>Front-door sets against the definition over all subsets.</summary>
public sealed class FrontDoorTests
{
    private static bool Valid(CausalQuestion question, VariableSet set)
    {
        CausalGraph graph = question.Graph;
        VariableSet x = question.Treatment, y = question.Outcome;
        GraphDescription all = graph.ToDescription();
        CausalGraph around = CausalGraph.Create(all with { Edges = [.. all.Edges.Where(e => e.Kind == EdgeKind.Directed && !set.Contains(Id(e.From)) && !set.Contains(Id(e.To)))] });
        return Descendants.Of(around, x).Intersect(y).IsEmpty
            && (set.IsEmpty || (PathDefinition.Separated(Surgery.WithoutEdgesOutOf(graph, x), x, set, VariableSet.Of(graph.Count)) && PathDefinition.Separated(Surgery.WithoutEdgesOutOf(graph, set), set, y, x)));

        int Id(string name) => graph.Set(name).ToArray()[0];
    }

    [Fact]
    public void Every_answer_agrees_with_a_search_over_all_subsets()
    {
        int some = 0, several = 0;
        for (ulong k = 0; k < 2000; k++)
        {
            CausalQuestion question = RandomQuestions.Effect(k + 20_000);
            FrontDoor door = new(question);
            VariableSet pool = question.Graph.OfKind(VariableKind.Observed).Except(question.Treatment).Except(question.Outcome);
            VariableSet[] valid = [.. QuestionFactory.Subsets(pool).Where(s => Valid(question, s))], minimal = QuestionFactory.Minimal(valid);
            string where = $"question {k}: {question}\n{question.Graph}";
            Assert.All(QuestionFactory.Subsets(pool), s => Assert.True(door.IsValid(s) == valid.Contains(s), where));
            Assert.True(QuestionFactory.Text(minimal).SequenceEqual(QuestionFactory.Text(door.AllMinimal().Sets)), where);
            Assert.True(valid.Length == 0 ? door.Minimal() is null : minimal.Contains(door.Minimal()!), where);
            VariableSet? largest = door.Largest();
            Assert.True(valid.Length == 0 ? largest is null : valid.All(s => s.IsSubsetOf(largest!)) && valid.Contains(largest!), where);
            some += valid.Any(s => !s.IsEmpty) && !valid[0].IsEmpty ? 1 : 0;
            several += minimal.Length > 1 ? 1 : 0;
        }

        Assert.True(some > 20 && several > 2, $"{some} {several}");
    }

    [Fact]
    public void The_published_sets_are_found()
    {
        foreach (JsonElement g in QuestionFactory.Reference("frontdoor.json").EnumerateArray())
        {
            CausalQuestion question = QuestionFactory.Question(g);
            FrontDoor door = new(question);
            VariableSet pool = question.Graph.Set(QuestionFactory.Names(g, "candidates"));
            Assert.Equal(QuestionFactory.Sets(g, "frontdoor_sets").Select(s => string.Join(' ', s)).Order(StringComparer.Ordinal),
                QuestionFactory.Subsets(pool).Where(door.IsValid).Select(s => string.Join(' ', s.ToArray().Select(v => question.Graph.Variables[v].Name).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_long_chain_and_many_chains_are_not_searched_in_vain()
    {
        string chain = string.Join("; ", Enumerable.Range(0, 1999).Select(k => $"V{k} -> V{k + 1}")) + "; V0 <-> V1999";
        VariableSetList sets = new FrontDoor(CausalQuestion.Create(CausalGraph.Parse(chain), ["V0"], ["V1999"])).AllMinimal(5000);
        Assert.True(sets.IsComplete && sets.Sets.Length == 1998 && sets.Sets.All(s => s.Count == 1), $"{sets.Sets.Length} {sets.IsComplete}");

        string beside = string.Join("; ", Enumerable.Range(0, 300).Select(k => $"X -> A{k} -> B{k} -> Y")) + "; X <-> Y";
        sets = new FrontDoor(CausalQuestion.Create(CausalGraph.Parse(beside), ["X"], ["Y"])).AllMinimal();
        Assert.True(sets.Sets.Length == 1000 && sets.Sets.Distinct().Count() == 1000 && sets.Sets.All(s => s.Count == 300), $"{sets.Sets.Length}");
    }

    [Fact]
    public void A_second_cause_of_the_mediator_may_be_needed()
    {
        CausalQuestion question = QuestionFactory.Ask("X -> M -> Y; A -> M; A -> Y; X <-> Y", "X", "Y");
        FrontDoor door = new(question);
        Assert.Equal(["A", "M"], Assert.Single(door.AllMinimal().Names(question.Graph)));
        Assert.False(door.IsValid(question.Graph.Set("M")));
        Assert.False(door.AllMinimal(1, CancellationToken.None).Sets.IsEmpty);
        Assert.Null(new FrontDoor(QuestionFactory.Ask("X -> M -> Y; X <-> Y; W -> Y", "X", "Y", "W")).Largest());
    }
}
