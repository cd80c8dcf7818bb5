using Caudata.Graphs;

namespace Caudata.Tests.Graphs;

public sealed class MSeparationTests
{
    [Fact]
    public void On_10_000_random_graphs_three_routes_agree_and_every_witness_is_an_open_path()
    {
        int open = 0, blocked = 0;
        for (ulong number = 0; number < 10_000; number++)
        {
            CausalGraph graph = RandomGraphs.Of(number);
            for (ulong question = 0; question < 3; question++)
            {
                (VariableSet x, VariableSet y, VariableSet given) = RandomGraphs.Sets(graph, number * 3 + question);
                bool byDefinition = PathDefinition.Separated(graph, x, y, given);
                ActivePath? witness = MSeparation.Witness(graph, x, y, given);
                VariableSet ancestors = Ancestors.Of(graph, x.Union(y).Union(given));
                bool byMoralGraph = Moralization.Of(graph, ancestors).Separates(x, y, given);
                Assert.True(byDefinition == witness is null && byDefinition == byMoralGraph, $"graph {number}, question {question}: definition {byDefinition}, search {witness is null}, moral graph {byMoralGraph}\n{graph}");
                Assert.True(witness is null || PathDefinition.IsOpenPath(graph, witness, x, y, given), $"graph {number}, question {question}: {witness} is not open\n{graph}");
                Assert.Equal(byDefinition, !MSeparation.Reachable(graph, x, given).ToArray().Any(y.Contains));
                _ = byDefinition ? blocked++ : open++;
            }
        }

        Assert.True(open > 5000 && blocked > 5000, $"{open} open, {blocked} blocked");
    }

    [Theory]
    [InlineData("X -> M -> Y", "", "X -> M -> Y")]
    [InlineData("X -> M -> Y", "M", null)]
    [InlineData("X -> C <- Y", "", null)]
    [InlineData("X -> C <- Y", "C", "X -> C <- Y (C is conditioned on)")]
    [InlineData("X -> C <- Y; C -> D -> E", "E", "X -> C <- Y (C is a cause of E, which is conditioned on (C -> D -> E))")]
    [InlineData("X <-> C <-> Y", "C", "X <-> C <-> Y (C is conditioned on)")]
    [InlineData("latent U; X <- U -> Y", "", "X <- U -> Y")]
    [InlineData("A -> X; A -> M; B -> M; B -> Y", "M", "X <- A -> M <- B -> Y (M is conditioned on)")]
    [InlineData("X -> Y; X <-> Y", "", "X -> Y")]
    public void A_witness_is_a_shortest_open_path(string edges, string given, string? path)
    {
        CausalGraph graph = CausalGraph.Parse(edges);
        Assert.Equal(path, MSeparation.Witness(graph, graph.Set("X"), graph.Set("Y"), given.Length == 0 ? graph.Set() : graph.Set(given))?.ToString());
    }

    [Fact]
    public void Sets_with_a_common_variable_are_refused()
    {
        CausalGraph graph = CausalGraph.Parse("X -> Y -> Z");
        Assert.Contains("stands in two of the three sets", Assert.Throws<ArgumentException>(() => MSeparation.Holds(graph, graph.Set("X"), graph.Set("Y"), graph.Set("X"))).Message, StringComparison.Ordinal);
        Assert.Contains("One side is empty", Assert.Throws<ArgumentException>(() => MSeparation.Holds(graph, graph.Set(), graph.Set("Y"), graph.Set())).Message, StringComparison.Ordinal);
        Assert.Contains("expected sets of one graph", Assert.Throws<ArgumentException>(() => VariableSet.Of(3, 1).Union(VariableSet.Of(4, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_variables_take_linear_time()
    {
        CausalGraph graph = CausalGraph.Parse(RandomGraphs.Large(10_000, 3, 1));
        VariableSet x = graph.Set("V9000"), given = VariableSet.Of(graph.Count, [.. Enumerable.Range(0, graph.Count).Where(v => v % 3 == 0 && graph.Variables[v].Name is not ("V9000" or "V9999"))]);
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        for (int k = 0; k < 20; k++)
        {
            _ = MSeparation.Holds(graph, x, graph.Set("V9999"), given);
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"20 questions took {watch.Elapsed}");
    }
}
