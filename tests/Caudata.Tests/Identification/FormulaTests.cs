using Caudata.Graphs;
using Caudata.Identification;

namespace Caudata.Tests.Identification;

/// <summary>Building, writing and evaluating formulas.</summary>
public sealed class FormulaTests
{
    private static readonly CausalGraph Graph = CausalGraph.Parse("A -> B -> C; D; R_C; \"post-click x_1\"");

    private static string Plain(Formula formula) => FormulaText.Plain(formula, Graph);

    [Fact]
    public void Building_simplifies()
    {
        Assert.Equal("P(A, B | C)", Plain(Formula.Times(Formula.P([0], [1, 2]), Formula.P([1], [2]))));
        Assert.Equal("P(A | C)", Plain(Formula.SumOver([1], Formula.Times(Formula.P([0], [1, 2]), Formula.P([1], [2])))));
        Assert.Equal("P(A | B, C)", Plain(Formula.Divide(Formula.P([0, 1], [2]), Formula.P([1], [2]))));
        Assert.Equal("1", Plain(Formula.SumOver([0], Formula.P([0], [1]))));
        Assert.Equal("1", Plain(Formula.Divide(Formula.P([0], [1]), Formula.P([0], [1]))));
        Assert.Equal("P(D) Σ_{B} P(A | B) P(B | C)", Plain(Formula.SumOver([1], Formula.Times(Formula.P([0], [1]), Formula.P([1], [2]), Formula.P([3], [])))));
        Assert.Equal("1", Plain(Formula.P([], [1])));
    }

    [Fact]
    public void A_summed_name_that_is_taken_gets_a_prime_and_names_are_safe_in_latex()
    {
        Formula formula = Formula.Times(Formula.P([1], [0]), Formula.SumOver([0], Formula.Times(Formula.P([2], [0, 1]), Formula.P([0], []))));
        Assert.Equal("P(B | A) Σ_{A'} P(C | A', B) P(A')", Plain(formula));
        Assert.Equal(@"P(B \mid A)\, \sum_{A'} P(C \mid A', B)\, P(A')", FormulaText.Latex(formula, Graph));
        int odd = Graph.Set("post-click x_1").ToArray()[0], seen = Graph.Set("R_C").ToArray()[0];
        Assert.Equal(@"P(\mathit{post\text{-}click\ x\_1} \mid R_{C}=1)", FormulaText.Latex(Formula.P([odd], [seen]), Graph));
        Assert.Equal("P(D | R_C = 1)", Plain(Formula.P([3], [seen])));
        Assert.Equal("Σ_{R_C} P(D | R_C) P(R_C | A)", Plain(Formula.SumOver([seen], Formula.Times(Formula.P([3], [seen]), Formula.P([seen], [0])))));
    }

    [Fact]
    public void A_zero_factor_wins_and_the_impossible_is_not_a_number()
    {
        CausalGraph graph = CausalGraph.Parse("A -> B");
        DiscreteLaw law = new(graph, [0, 1], [2, 2], [0.25, 0.75, 0, 0]);
        Dictionary<int, int> at = new() { [1] = 1 };
        Assert.Equal(0.75, FormulaEvaluation.Of(Formula.SumOver([0], new Formula.Product([Formula.P([0], []), Formula.P([1], [0])])), graph, law, at), 12);
        Assert.True(double.IsNaN(FormulaEvaluation.Of(Formula.P([1], [0]), graph, law, new Dictionary<int, int> { [0] = 1, [1] = 1 })));
        Assert.Equal(0.75, FormulaEvaluation.Of(Formula.P([1], [0]), graph, law, at), 12);
    }

    [Fact]
    public void A_table_that_is_no_law_is_refused()
    {
        CausalGraph graph = CausalGraph.Parse("A -> B");
        Assert.Contains("3 cells", Assert.Throws<ArgumentException>(() => new DiscreteLaw(graph, [0, 1], [2, 2], [0.5, 0.25, 0.25])).Message, StringComparison.Ordinal);
        Assert.Contains("sums to", Assert.Throws<ArgumentException>(() => new DiscreteLaw(graph, [0], [2], [0.5, 0.6])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DiscreteLaw(graph, [0], [2], [-0.5, 1.5]));
        Assert.Throws<ArgumentException>(() => FormulaEvaluation.Of(Formula.P([1], []), graph, new DiscreteLaw(graph, [0], [2], [0.5, 0.5]), new Dictionary<int, int> { [1] = 0 }));
    }

    [Fact]
    public void A_very_long_formula_is_not_written_out()
    {
        CausalGraph graph = CausalGraph.Parse(string.Join('\n', Enumerable.Range(0, 25_000).Select(k => "V" + k)));
        Assert.Contains("too long to write out", FormulaText.Plain(Formula.P(Enumerable.Range(0, 25_000), []), graph), StringComparison.Ordinal);
    }
}
