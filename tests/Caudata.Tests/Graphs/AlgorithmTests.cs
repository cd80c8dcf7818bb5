using Caudata.Graphs;

namespace Caudata.Tests.Graphs;

/// <summary>The small algorithms against naive versions of themselves on random graphs.</summary>
public sealed class AlgorithmTests
{
    private static IEnumerable<CausalGraph> Graphs(int count = 2000) => Enumerable.Range(0, count).Select(k => RandomGraphs.Of((ulong)k + 50_000, 9));

    [Fact]
    public void Ancestors_and_descendants_are_the_closure_of_the_edges()
    {
        foreach (CausalGraph graph in Graphs())
        {
            bool[,] reach = Closure(graph);
            for (int v = 0; v < graph.Count; v++)
            {
                VariableSet one = VariableSet.Of(graph.Count, v);
                Assert.Equal(Enumerable.Range(0, graph.Count).Where(w => reach[w, v]), Ancestors.Of(graph, one).ToArray());
                Assert.Equal(Enumerable.Range(0, graph.Count).Where(w => reach[v, w]), Descendants.Of(graph, one).ToArray());
            }
        }
    }

    [Fact]
    public void The_order_puts_causes_first_and_holds_everyone_once()
    {
        foreach (CausalGraph graph in Graphs())
        {
            int[] order = TopologicalOrder.Of(graph);
            Assert.Equal(Enumerable.Range(0, graph.Count), order.Order());
            Assert.All(graph.Edges.Where(e => e.Kind == EdgeKind.Directed), e => Assert.True(Array.IndexOf(order, e.From) < Array.IndexOf(order, e.To)));
        }
    }

    [Fact]
    public void Districts_are_the_classes_of_the_bidirected_edges()
    {
        foreach (CausalGraph graph in Graphs())
        {
            int[] label = [.. Enumerable.Range(0, graph.Count)];
            for (int round = 0; round < graph.Count; round++)
            {
                foreach (GraphEdge edge in graph.Edges.Where(e => e.Kind == EdgeKind.Bidirected))
                {
                    label[edge.From] = label[edge.To] = Math.Min(label[edge.From], label[edge.To]);
                }
            }

            Assert.Equal(Enumerable.Range(0, graph.Count).GroupBy(v => label[v]).Select(g => string.Join(' ', g)), Districts.Of(graph).Select(d => string.Join(' ', d)));
        }
    }

    [Fact]
    public void A_blanket_separates_from_all_others_and_no_member_can_be_left_out()
    {
        foreach (CausalGraph graph in Graphs(600))
        {
            VariableSet all = VariableSet.Of(graph.Count, [.. Enumerable.Range(0, graph.Count)]);
            for (int v = 0; v < graph.Count; v++)
            {
                VariableSet one = VariableSet.Of(graph.Count, v), blanket = MarkovBlanket.Of(graph, v), rest = all.Except(blanket).Except(one);
                Assert.True(rest.IsEmpty || PathDefinition.Separated(graph, one, rest, blanket));
                Assert.All(blanket.ToArray(), w => Assert.False(PathDefinition.Separated(graph, one, VariableSet.Of(graph.Count, w), blanket.Except(VariableSet.Of(graph.Count, w)))));
            }
        }
    }

    [Fact]
    public void A_projection_keeps_every_separation_among_the_others()
    {
        for (ulong k = 0; k < 3000; k++)
        {
            CausalGraph graph = RandomGraphs.Of(k + 90_000, 8), projection = LatentProjection.Of(graph);
            Assert.True(projection.OfKind(VariableKind.Latent).IsEmpty);
            for (ulong question = 0; question < 4; question++)
            {
                (VariableSet x, VariableSet y, VariableSet given) = RandomGraphs.Sets(graph, k * 4 + question, v => v.Kind != VariableKind.Latent);
                if (!x.IsEmpty)
                {
                    VariableSet Same(VariableSet set) => projection.Set([.. set.ToArray().Select(v => graph.Variables[v].Name)]);
                    Assert.True(PathDefinition.Separated(graph, x, y, given) == MSeparation.Holds(projection, Same(x), Same(y), Same(given)), $"graph {k}\n{graph}\nprojection\n{projection}");
                }
            }
        }
    }

    [Fact]
    public void A_projection_keeps_indicators_with_their_variables()
    {
        CausalGraph graph = LatentProjection.Of(CausalGraph.Parse("latent U; U -> X; U -> R_X; U -> W -> Y; latent W"));
        Assert.Equal("X <-> Y\nX <-> R_X\nY <-> R_X\n", graph.ToString());
        Assert.Equal(0, graph.Variables[graph.Count - 1].Of);
    }

    [Fact]
    public void Surgery_cuts_what_it_says()
    {
        CausalGraph graph = CausalGraph.Parse("A -> X -> Y; X <-> Y; A <-> Y");
        Assert.Equal("A -> X\nX -> Y\nA <-> Y\nX <-> Y\n", graph.ToString());
        Assert.Equal("X -> Y\nA <-> Y\n", Edges(Surgery.WithoutEdgesInto(graph, graph.Set("X"))));
        Assert.Equal("A -> X\nA <-> Y\nX <-> Y\n", Edges(Surgery.WithoutEdgesOutOf(graph, graph.Set("X"))));
        Assert.Equal("X -> Y\nX <-> Y\n", Edges(Surgery.EdgesWithin(graph, graph.Set("X", "Y"))));

        static string Edges(CausalGraph g) => string.Concat(g.ToString().Split('\n').Where(l => l.Contains('-', StringComparison.Ordinal)).Select(l => l + "\n"));
    }

    [Fact]
    public void A_minimal_separator_is_found_when_any_exists_and_is_minimal()
    {
        for (ulong k = 0; k < 1500; k++)
        {
            CausalGraph graph = RandomGraphs.Of(k + 120_000, 7);
            VariableSet allowed = graph.OfKind(VariableKind.Observed).Union(graph.OfKind(VariableKind.Indicator)), always = graph.OfKind(VariableKind.Selection);
            int[] pool = allowed.ToArray();
            foreach (int x in pool)
            {
                foreach (int y in pool.Where(y => y > x))
                {
                    VariableSet[] subsets = [.. Subsets([.. pool.Where(v => v != x && v != y)]).Select(s => VariableSet.Of(graph.Count, s))];
                    VariableSet one = VariableSet.Of(graph.Count, x), other = VariableSet.Of(graph.Count, y);
                    bool Works(VariableSet given) => MSeparation.Holds(graph, one, other, given.Union(always));
                    VariableSet? found = MinimalSeparator.Of(graph, x, y, allowed, always);
                    Assert.True(found is not null == subsets.Any(Works), $"graph {k}: {x}, {y}\n{graph}");
                    Assert.True(found is null || (Works(found) && !subsets.Any(s => s.Count < found.Count && s.IsSubsetOf(found) && Works(s))), $"graph {k}: {x}, {y}\n{graph}");
                }
            }
        }
    }

    [Fact]
    public void A_graph_without_latents_implies_one_independence_a_missing_edge()
    {
        CausalGraph graph = CausalGraph.Parse("A -> B -> C -> D; A -> D");
        Assert.Equal(["A _||_ C | B", "B _||_ D | A, C"], ImpliedIndependences.Of(graph).Statements.Select(i => $"{graph.Variables[i.X].Name} _||_ {graph.Variables[i.Y].Name} | {string.Join(", ", i.Given.Select(g => graph.Variables[g].Name))}"));
        Assert.True(ImpliedIndependences.Of(graph, 2).IsComplete);
        IndependenceList one = ImpliedIndependences.Of(graph, 1);
        Assert.Single(one.Statements);
        Assert.False(one.IsComplete);
    }

    [Fact]
    public void Parents_who_meet_are_joined_in_the_moral_graph()
    {
        CausalGraph graph = CausalGraph.Parse("A -> C <- B; C <-> D <- E");
        UndirectedGraph moral = Moralization.Of(graph);
        Assert.Equal(10, moral.EdgeCount);
        CausalGraph large = CausalGraph.Parse(string.Join('\n', Enumerable.Range(0, 3000).Select(k => $"V{k} -> Y")));
        Assert.Contains("more than 2000000 edges", Assert.Throws<GraphException>(() => Moralization.Of(large)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<int[]> Subsets(int[] pool) => Enumerable.Range(0, 1 << pool.Length).Select(mask => pool.Where((_, k) => (mask >> k & 1) == 1).ToArray());

    private static bool[,] Closure(CausalGraph graph)
    {
        bool[,] reach = new bool[graph.Count, graph.Count];
        for (int v = 0; v < graph.Count; v++)
        {
            reach[v, v] = true;
        }

        foreach (GraphEdge edge in graph.Edges.Where(e => e.Kind == EdgeKind.Directed))
        {
            reach[edge.From, edge.To] = true;
        }

        for (int k = 0; k < graph.Count; k++)
        {
            for (int i = 0; i < graph.Count; i++)
            {
                for (int j = 0; j < graph.Count; j++)
                {
                    reach[i, j] |= reach[i, k] && reach[k, j];
                }
            }
        }

        return reach;
    }
}
