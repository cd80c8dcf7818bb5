using Caudata.Graphs;

namespace Caudata.Tests.Graphs;

public sealed class CausalGraphTests
{
    private static VariableDeclaration V(string name, VariableKind kind = VariableKind.Observed, string? of = null, params string[] indices) => new(name) { Kind = kind, Of = of, Indices = [.. indices] };

    [Fact]
    public void Numbers_follow_the_kinds()
    {
        CausalGraph graph = CausalGraph.Parse("selection S; Y -> S; R_X; X -> Y; latent U; U -> R_X");
        Assert.Equal(["Y", "X", "U", "R_X", "S"], graph.Variables.Select(v => v.Name));
        Assert.Equal(3, graph.SubstantiveCount);
        Assert.Equal(3, graph.IndicatorOf(1));
        Assert.Null(graph.IndicatorOf(0));
        Assert.Equal(3, graph.DirectedCount);
        Assert.True(graph.AreAdjacent(0, 1));
        Assert.False(graph.AreAdjacent(0, 3));
    }

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        GraphDescription description = new()
        {
            Entities = ["user", "item"],
            Variables =
            [
                V("X"), V("X"), V(""), V("a[b"), V("U", VariableKind.Latent), V("R_U", VariableKind.Indicator, "U"), V("Y", VariableKind.Observed, null, "user", "shop"), V("R_Y", VariableKind.Indicator, "Y"), V("M", VariableKind.Indicator, "Y"),
                V("R_R", VariableKind.Indicator, "R_Y"), V("R_N", VariableKind.Indicator, "N"), V("S", VariableKind.Selection), V("A"), V("B"), V("C"), V("W", VariableKind.Observed, null, "item", "item"), V("bad\tname"),
            ],
            Edges =
            [
                new("X", "Q"), new("A", "A"), new("A", "B"), new("A", "B"), new("B", "C"), new("C", "A"), new("R_Y", "Y"), new("S", "X"), new("A", "B", EdgeKind.Bidirected), new("B", "A", EdgeKind.Bidirected),
            ],
        };
        string message = Assert.Throws<GraphException>(() => CausalGraph.Create(description)).Message;
        string[] expected =
        [
            "'X' is declared twice; expected every name once.",
            "a name is empty;",
            "the name 'a[b' holds a bracket;",
            "'R_U' is an indicator of 'U', which is latent: it is never seen, so nothing marks where it is; expected an observed variable.",
            "'Y' has the index 'shop', which is no entity; expected one of 'user', 'item'.",
            "'Y' has two indicators, 'R_Y' and 'M'; expected one.",
            "'R_R' is an indicator of 'R_Y', which is an indicator itself",
            "the indicator 'R_N' is of 'N': there is no variable 'N';",
            "'W' has the index 'item' twice;",
            "a name holds the character U+0009;",
            "there is no variable 'Q'; expected one of 'X',",
            "'A' is joined to itself;",
            "the edge 'A' -> 'B' stands there twice;",
            "a cycle: 'A' -> 'B' -> 'C' -> 'A';",
            "the indicator 'R_Y' causes 'Y';",
            "the selection node 'S' causes 'X';",
            "the edge 'B' <-> 'A' stands there twice;",
        ];
        Assert.All(expected, part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Equal(expected.Length, message.Split('\n').Length);
    }

    [Theory]
    [InlineData("A -> B; B -> A", "a cycle: 'A' -> 'B' -> 'A'; expected causes before effects. Write 'A' <-> 'B' if they share an unobserved cause, or keep one direction.")]
    [InlineData("A -> B -> C -> D -> B; D -> E", "a cycle: 'B' -> 'C' -> 'D' -> 'B';")]
    [InlineData("X -> rating; Rating2 -> X; rating -> Q; Q -> rating", "a cycle: 'rating' -> 'Q' -> 'rating'")]
    public void A_cycle_is_named(string edges, string message) => Assert.Contains(message, Assert.Throws<GraphException>(() => CausalGraph.Parse(edges)).Message, StringComparison.Ordinal);

    [Fact]
    public void Each_part_with_a_cycle_is_told()
    {
        GraphException e = Assert.Throws<GraphException>(() => CausalGraph.Parse("A -> B -> A\nC -> D -> E -> C\nE -> F"));
        Assert.Equal(["line 1, column 1", "line 2, column 1"], e.Mistakes.Select(m => m.ToString().Split(':')[0]));
        Assert.Equal(new TextPlace(2, 1), e.Mistakes[1].Place);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_what_is_there()
    {
        CausalGraph graph = CausalGraph.Parse("quality -> rating");
        GraphException e = Assert.Throws<GraphException>(() => graph.Set("Quality", "ratings", "x"));
        Assert.Equal(
            ["there is no variable 'Quality'; expected one of 'quality', 'rating'. Did you mean 'quality'?", "there is no variable 'ratings'; expected one of 'quality', 'rating'. Did you mean 'rating'?", "there is no variable 'x'; expected one of 'quality', 'rating'. Declare it, or correct the name."],
            e.Mistakes.Select(m => m.Message));
    }

    [Fact]
    public void Mistakes_without_number_are_counted()
    {
        GraphException e = Assert.Throws<GraphException>(() => CausalGraph.Parse(string.Join('\n', Enumerable.Range(0, 500).Select(k => $"V{k} -> V{k}"))));
        Assert.Equal(GraphLimits.Mistakes + 1, e.Mistakes.Length);
        Assert.Equal("and 400 more mistakes.", e.Mistakes[^1].Message);
    }

    [Fact]
    public void A_description_gives_the_same_graph_back()
    {
        for (ulong k = 0; k < 500; k++)
        {
            CausalGraph graph = RandomGraphs.Of(k, 9, awkward: true);
            CausalGraph again = CausalGraph.Create(graph.ToDescription());
            Assert.Equal(graph, again);
            Assert.Equal(graph.GetHashCode(), again.GetHashCode());
        }

        Assert.NotEqual(CausalGraph.Parse("X -> Y"), CausalGraph.Parse("X <-> Y"));
        Assert.NotEqual(CausalGraph.Parse("X -> Y"), CausalGraph.Parse("latent X; X -> Y"));
    }

    [Fact]
    public void A_deep_chain_and_a_long_cycle_do_not_overflow_the_stack()
    {
        string chain = string.Join(" -> ", Enumerable.Range(0, 100_000).Select(k => "V" + k));
        CausalGraph graph = CausalGraph.Parse(chain);
        Assert.Equal(100_000, Ancestors.Of(graph, graph.Set("V99999")).Count);
        Assert.Contains("(100000 in all)", Assert.Throws<GraphException>(() => CausalGraph.Parse(chain + " -> V0")).Message, StringComparison.Ordinal);
        Assert.Contains("more than 100000 variables", Assert.Throws<GraphException>(() => CausalGraph.Parse(chain + " -> V100000")).Message, StringComparison.Ordinal);
    }
}
