using Caudata.Numerics;
using Caudata.Simulation;
using Caudata.Simulation.Expressions;

namespace Caudata.Tests.Simulation.Expressions;

public sealed class ExpressionTextTests
{
    private static Expression Parse(string text)
    {
        MistakeList mistakes = new();
        Expression? expression = ExpressionParser.Parse(text, default, false, mistakes);
        mistakes.ThrowIfAny();
        return expression!;
    }

    [Theory]
    [InlineData("1+2*3", "1 + 2 * 3")]
    [InlineData("(1+2)*3", "(1 + 2) * 3")]
    [InlineData("a-(b-c)", "a - (b - c)")]
    [InlineData("(a-b)-c", "a - b - c")]
    [InlineData("a-(-2)", "a - -2")]
    [InlineData("2^3^2", "2 ^ 3 ^ 2")]
    [InlineData("(2^3)^2", "(2 ^ 3) ^ 2")]
    [InlineData("(-2)^2", "(-2) ^ 2")]
    [InlineData("-2^2", "-2 ^ 2")]
    [InlineData("-(a+b)", "-(a + b)")]
    [InlineData("2^-x", "2 ^ -x")]
    [InlineData("not (a or b) and c", "not (a or b) and c")]
    [InlineData("not not a", "not not a")]
    [InlineData("(a<b)<c", "(a < b) < c")]
    [InlineData("(not a)+1", "(not a) + 1")]
    [InlineData("a or (b or c)", "a or (b or c)")]
    [InlineData("mean(rating over item)/sum(x over item.tags)", "mean(rating over item) / sum(x over item.tags)")]
    [InlineData("if(true,1e300,.5)", "if(1, 1E+300, 0.5)")]
    public void Parentheses_stand_where_they_are_needed(string text, string written) => Assert.Equal(written, ExpressionText.Of(Parse(text)));

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        for (int i = 0; i < 5_000; i++)
        {
            RandomStream random = new(1, "expressions", (ulong)i);
            Expression expression = Random(ref random, 5);
            string text = ExpressionText.Of(expression);
            Assert.Equal(Form(expression), Form(Parse(text)));
            Assert.Equal(text, ExpressionText.Of(Parse(text)));
        }
    }

    // The tree with all its parentheses.
    private static string Form(Expression expression) => expression switch
    {
        Expression.Number number => BitConverter.DoubleToInt64Bits(number.Value).ToString("x"),
        Expression.Call call => $"({call.Function} {string.Join(' ', call.Arguments.Select(Form))})",
        Expression.Aggregate aggregate => $"({aggregate.Function} {Form(aggregate.Body)} {aggregate.Entity} {aggregate.Relation})",
        Expression.Member member => $"({member.Entity} {member.Column})",
        Expression.Name name => name.Text,
        _ => throw new InvalidOperationException(),
    };

    private static Expression Random(ref RandomStream random, int depth)
    {
        string[] binary = ["+", "-", "*", "/", "^", "<", "<=", "==", "!=", "and", "or", "min", "normal"], unary = ["not", "exp", "rank"];
        switch (depth == 0 ? random.NextInt32(3) : random.NextInt32(7))
        {
            case 0:
                return new Expression.Number(random.NextInt32(3) switch { 0 => random.NextInt32(10), 1 => random.NextDouble(), _ => 1e20 * random.NextDouble() }, default);
            case 1:
                return new Expression.Name("x" + random.NextInt32(3), default);
            case 2:
                return new Expression.Member("item", "price", default);
            case 3:
                Expression inner = Random(ref random, depth - 1);
                return inner is Expression.Number number ? number with { Value = -number.Value } : new Expression.Call("negate", [inner], default);
            case 4:
                return new Expression.Call(unary[random.NextInt32(unary.Length)], [Random(ref random, depth - 1)], default);
            case 5:
                return new Expression.Aggregate("mean", Random(ref random, depth - 1), "item", random.NextInt32(2) == 0 ? null : "tags", default);
            default:
                // A negative number is out of the range of a deviation, which a name never is.
                string function = binary[random.NextInt32(binary.Length)];
                Expression left = Random(ref random, depth - 1), right = Random(ref random, depth - 1);
                return new Expression.Call(function, [left, function == "normal" && right is Expression.Number ? new Expression.Name("s", default) : right], default);
        }
    }
}
