using Caudata.Numerics;
using Caudata.Simulation;
using Caudata.Simulation.Expressions;

namespace Caudata.Tests.Simulation;

public sealed class ExpressionParserTests
{
    private static double Value(string expression)
    {
        World world = World.Parse($"entities: {{ user: 1 }}\nvariables:\n  x: 3\n  y: \"{expression}\"");
        return new SimulatedWorld(world, new SimulationOptions { Seed = 1 }).Read("y")[0][0];
    }

    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("2 ^ 3 ^ 2", 512)]
    [InlineData("-2 ^ 2", -4)]
    [InlineData("2 ^ -1", 0.5)]
    [InlineData("10 - 3 - 2", 5)]
    [InlineData("12 / 3 / 2", 2)]
    [InlineData("1 < 2 and not (2 < 1)", 1)]
    [InlineData("x == 3 or x > 5", 1)]
    [InlineData("x != 3", 0)]
    [InlineData("if(x >= 3, 10, 20)", 10)]
    [InlineData("where(x < 3, 10, 20)", 20)]
    [InlineData("round(2.5) + round(3.5)", 6)]
    [InlineData("clip(9, 1, 5)", 5)]
    [InlineData("min(4, 2, 3) + max(1, x)", 5)]
    [InlineData("floor(-1.5)", -2)]
    [InlineData("abs(-x)", 3)]
    [InlineData("sqrt(16) + exp(0) + log(1)", 5)]
    [InlineData("sigmoid(0)", 0.5)]
    [InlineData("phi(0)", 0.5)]
    [InlineData("size(user) + .5e1", 6)]
    [InlineData("ordinal(0.5, 0, 1)", 2)]
    [InlineData("true + false", 1)]
    public void Expressions_have_their_values(string expression, double value) => Assert.Equal(value, Value(expression), 1e-15);

    [Theory]
    [InlineData("1 +", "line 4, column 10: The expression ends where a value should follow")]
    [InlineData("1 2", "line 4, column 9: '2' follows a whole expression")]
    [InlineData("1 < 2 < 3", "column 13: '<' follows a comparison")]
    [InlineData("(1", "column 9: The end of the expression stands where ')' should be")]
    [InlineData("foo(1)", "column 7: 'foo' is no function")]
    [InlineData("exp(1, 2)", "exp has 2 arguments; expected exp(x)")]
    [InlineData("mean(x)", "mean(...) says not over what")]
    [InlineData("exp(x over user)", "'over' stands in exp(...)")]
    [InlineData("x = 3", "expected '==' to compare")]
    [InlineData("x; y", "';' stands in an expression")]
    [InlineData("1e999", "is no number that fits")]
    [InlineData("system.exit", "'system' is no entity")]
    public void Mistakes_say_where(string expression, string message)
    {
        WorldException e = Assert.Throws<WorldException>(() => Value(expression));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Size_and_depth_are_bounded()
    {
        Assert.Contains("nested more than", Assert.Throws<WorldException>(() => Value(new string('(', 4000) + "1" + new string(')', 4000))).Message, StringComparison.Ordinal);
        Assert.Contains("nested more than", Assert.Throws<WorldException>(() => Value(new string('-', 5000) + "1")).Message, StringComparison.Ordinal);
        Assert.Contains("more than 1000 numbers", Assert.Throws<WorldException>(() => Value(string.Join('+', Enumerable.Repeat("1", 3000)))).Message, StringComparison.Ordinal);
        Assert.Contains("characters", Assert.Throws<WorldException>(() => Value(new string('1', 20_000))).Message, StringComparison.Ordinal);
        Assert.Equal(999, Value(string.Join('+', Enumerable.Repeat("1", 999))));
    }

    [Fact]
    public void No_text_makes_it_fall()
    {
        string[] words = ["x", "user", "1", "2.5", "(", ")", "+", "-", "*", "/", "^", "<", "==", "and", "not", "over", "mean", "sum", "normal", "sample", "dot", "rank", ",", ".", "if", "size", "\u00e9", "e9", "="];
        for (int i = 0; i < 20_000; i++)
        {
            RandomStream random = new(1, "words", (ulong)i);
            string text = string.Join(random.NextInt32(2) == 0 ? " " : "", Enumerable.Range(0, random.NextInt32(12)).Select(_ => words[random.NextInt32(words.Length)]));
            MistakeList mistakes = new();
            Expression? expression = ExpressionParser.Parse(text, new WorldPlace(1, 1), exact: true, mistakes);
            Assert.True(expression is null == mistakes.Count > 0, text);
        }
    }
}
