using System.Text.Json;
using Caudata.Graphs;
using Caudata.Identification;

namespace Caudata.Tests.Identification;

/// <summary>Instruments against the definition over all subsets and the answers of dagitty.</summary>
public sealed class InstrumentTests
{
    [Fact]
    public void Each_meets_the_definition_and_there_is_one_whenever_any_exists()
    {
        int some = 0;
        for (ulong k = 0; k < 1200; k++)
        {
            CausalQuestion question = RandomQuestions.Effect(k + 30_000, single: true);
            CausalGraph graph = question.Graph;
            Adjustment adjustment = new(question);
            VariableSet pool = graph.OfKind(VariableKind.Observed).Except(question.Treatment).Except(question.Outcome).Except(adjustment.Forbidden).Except(Descendants.Of(graph, question.Outcome));
            bool Meets(int z, VariableSet w) => !w.Contains(z) && w.IsSubsetOf(pool) && MSeparation.Holds(adjustment.BackDoorGraph, VariableSet.Of(graph.Count, z), question.Outcome, w) && !MSeparation.Holds(adjustment.BackDoorGraph, VariableSet.Of(graph.Count, z), question.Treatment, w);
            InstrumentList found = Instruments.Of(question);
            string where = $"question {k}: {question}\n{graph}";
            Assert.All(found.Items, i => Assert.True(Meets(i.Variable, i.Given), where));
            Assert.All(found.Items, i => Assert.All(i.Given.ToArray(), left => Assert.False(MSeparation.Holds(adjustment.BackDoorGraph, VariableSet.Of(graph.Count, i.Variable), question.Outcome, i.Given.Except(VariableSet.Of(graph.Count, left))), where)));
            bool exists = pool.ToArray().Any(z => QuestionFactory.Subsets(pool.Except(VariableSet.Of(graph.Count, z))).Any(w => Meets(z, w)));
            Assert.True(exists == !found.Items.IsEmpty, where);
            some += exists ? 1 : 0;
        }

        Assert.True(some > 150, $"{some}");
    }

    [Fact]
    public void The_instruments_of_dagitty_are_found_on_all_graphs()
    {
        Dictionary<string, JsonElement> answers = QuestionFactory.Reference("causal/dagitty.json").EnumerateArray().ToDictionary(a => a.GetProperty("name").GetString()!);
        List<string> differ = [];
        foreach (JsonElement g in QuestionFactory.Reference("causal/graphs.json").EnumerateArray())
        {
            CausalQuestion question = QuestionFactory.Question(g);
            string name = g.GetProperty("name").GetString()!;
            string expected = string.Join("; ", answers[name].GetProperty("instruments").EnumerateArray().Select(i => $"{i.GetProperty("instrument").GetString()} | {string.Join(' ', QuestionFactory.Names(i, "given").Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal));
            string found = string.Join("; ", Instruments.Of(question).Items.Select(i => $"{question.Graph.Variables[i.Variable].Name} | {string.Join(' ', i.Given.ToArray().Select(v => question.Graph.Variables[v].Name).Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal));
            if (expected != found)
            {
                differ.Add($"{name}: dagitty {expected}, here {found}");
            }
        }

        Assert.True(differ.Count == 0, string.Join('\n', differ));
    }
}
