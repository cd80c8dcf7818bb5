using Caudata.Numerics;
using Caudata.Simulation;
using Caudata.Simulation.Execution;
using Caudata.Simulation.Expressions;

namespace Caudata.Tests.Simulation;

/// <summary>No number that is not finite leaves a world in silence: neither as itself, nor hidden behind a comparison or a draw.</summary>
public sealed class NotFiniteTests
{
    private static string Message(string variables, string read = "y", string rest = "", int threads = 1)
    {
        World world = World.Parse($"entities: {{ user: 50, item: 30 }}\nvariables:\n{string.Join('\n', variables.Split(" ; ").Select(line => "  " + line))}\n{rest}");
        SimulatedWorld simulated = new(world, new SimulationOptions { Seed = 2, Threads = threads, BlockPairs = 60, Tile = 8 });
        WorldException e = Assert.Throws<WorldException>(() => simulated.Read(read));
        return Assert.Single(e.Mistakes).ToString();
    }

    [Theory]
    [InlineData("x[user]: normal(0, 1) ; y[user]: log(x) + 1", "line 4, column 12: y[user] is no finite number: log(x) is not a number at user ", "(x[user] is -", "Keep what the logarithm is taken of above 0")]
    [InlineData("x[user, item]: floor(uniform(0, 9)) ; y[user, item]: 1 / x", "line 4, column 20: y[user,item] is no finite number: 1 / x is infinite at user 0, item ", "(x[user,item] is 0)", "Keep the divisor away from 0")]
    [InlineData("x[user, item]: normal(0, 1) ; y[user, item]: normal(0, x)", "line 4, column 28: y[user,item] is no finite number: x is -", "at user 0, item ", "the sd of normal(...) must be at least 0")]
    [InlineData("x[user]: normal(0, 1) ; y[user, item]: normal(2, x + 1)", "line 4, column 30: y[user,item] is no finite number: x + 1 is -", " of 1,500 units.", "must be at least 0")]
    [InlineData("x[user, item]: uniform(0, 1.2) ; y[user, item]: bernoulli(x)", "line 4, column 18: y[user,item] is no finite number: bernoulli(x) is not a number at user 0", "(x[user,item] is 1.", "its probability must be from 0 to 1")]
    [InlineData("x[user]: uniform(-1, 1) ; y[user]: poisson(x)", "x is -", "the rate of poisson(...) must be at least 0", "of 50 units")]
    [InlineData("x[user]: uniform(-1, 1) ; y[user]: beta(x, 2)", "x is -", "the first parameter of beta(...) must be above 0", "of 50 units")]
    [InlineData("x[user]: uniform(-1, 1) ; y[user]: gamma(1, x)", "x is -", "the scale of gamma(...) must be above 0", "of 50 units")]
    [InlineData("x[user]: uniform(-1, 1) ; y[user]: categorical(1, x)", "x is -", "the weight of 1 of categorical(...) must be at least 0", "of 50 units")]
    [InlineData("x[user]: bernoulli(0.5) ; y[user]: categorical(x, x)", "one of its weights must be above 0", "categorical(x, x)", "of 50 units")]
    [InlineData("x[user]: uniform(-1, 1) ; y[user]: uniform(0, x)", "the ends of uniform(low, high) must be in this order", "x - 0 is -", "of 50 units")]
    [InlineData("x[user]: uniform(-5, 5) ; y[user]: integer(0, x)", "the ends of integer(low, high) must be in this order", "x - 0 is -", "of 50 units")]
    [InlineData("x[item]: uniform(-1, 1) ; y[user, item]: sample(3, x)", "y[user,item] is no finite number", "at user 0, item 0", "1,500 of 1,500 units")]
    [InlineData("x[user]: uniform(-1, 1) ; y[user, item]: sample(10 * x)", "y[user,item] is no finite number", "item 0", "units")]
    [InlineData("x[user]: normal(0, 1) ; y[user]: log(x) > 0", "log(x) is not a number", "y[user]", "above 0")]
    [InlineData("x[user]: normal(0, 1) ; y[user]: if(log(x) > 0, 1, 2)", "log(x) is not a number", "y[user]", "above 0")]
    [InlineData("x[user]: normal(0, 1) ; y: mean(sqrt(x) over user)", "y is no finite number", "mean(sqrt(x) over user) is not a number", "finite")]
    [InlineData("x[user]: normal(0, 1) ; z[user, item]: normal(0, 1) ; y[item]: mean(exp(9999 * (x + z)) over user)", "y[item] is no finite number", "is infinite at item ", "of 30 units")]
    [InlineData("x[user]: normal(0, 1) ; y[user]: x ^ 0.5", "x ^ 0.5 is not a number", "(x[user] is -", "Keep the base above 0")]
    [InlineData("x[user]: normal(0, 1) ; w[user]: 1 + log(x) ; y[user]: w + 1", "w[user] is no finite number", "log(x)", "above 0")]
    public void A_number_that_is_not_finite_is_told_with_its_place(string variables, string first, string second, string third)
    {
        string message = Message(variables);
        Assert.Contains(first, message, StringComparison.Ordinal);
        Assert.Contains(second, message, StringComparison.Ordinal);
        Assert.Contains(third, message, StringComparison.Ordinal);
        Assert.Equal(message, Message(variables, threads: 8));
    }

    [Theory]
    [InlineData("{ logistic: log(y), mean: 0.3 }", "what R_y depends on is no finite number: log(y) is not a number")]
    [InlineData("{ logistic: log(y) }", "what R_y depends on is no finite number: log(y) is not a number")]
    [InlineData("{ probability: 1 / (y - y) }", "what R_y depends on is no finite number: 1 / (y - y) is infinite at user 0, item 0 (y - y is 0)")]
    public void So_is_one_of_a_probability_of_being_seen(string missing, string words) =>
        Assert.Contains(words, Message("y[user, item]: normal(0, 1)", "R_y", "missing:\n  y: " + missing), StringComparison.Ordinal);

    [Fact]
    public void So_is_one_under_an_intervention()
    {
        World world = World.Parse("entities: { user: 5 }\nvariables:\n  x[user]: 1 + uniform(0, 1)\n  y[user]: log(x)");
        SimulatedWorld simulated = new(world, new SimulationOptions { Seed = 2, Interventions = [("down", world.ParseIntervention("x=0 - index(user)"))] });
        Assert.Equal(5, simulated.Read("y")[0].Length);
        string message = Assert.Throws<WorldException>(() => simulated.Read("y@down")).Message;
        Assert.Contains("y[user]@down is no finite number: log(x) is negative infinite at user 0 (x[user]@down is 0)", message, StringComparison.Ordinal);
        Assert.Contains("the first of 5 of 5 units", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y[user]: normal(0, -1)", "line 3, column 22: sd of normal is -1; expected 0 or more.")]
    [InlineData("y[user]: { normal: { mean: 0, sd: k } }", "k is -2; the sd of normal(...) must be at least 0.")]
    [InlineData("y[user]: bernoulli(1.5)", "p of bernoulli is 1.5; expected")]
    [InlineData("y[user]: poisson(-1)", "rate of poisson is -1; expected")]
    [InlineData("y[user]: beta(0, 1)", "a of beta is 0; expected above 0")]
    [InlineData("y[user]: uniform(2, 1)", "has its ends the wrong way round")]
    [InlineData("y[user]: categorical(0, 0)", "are all 0")]
    [InlineData("y[user]: sample(-3)", "size of sample is -3; expected")]
    [InlineData("y[user]: 1 / 0", "line 3, column 14: 1 / 0 is infinite whatever is drawn")]
    [InlineData("y[user]: sqrt(k) + normal(0, 1)", "line 3, column 12: sqrt(k) is not a number whatever is drawn")]
    public void What_no_draw_can_mend_is_a_mistake_of_the_file(string variable, string words)
    {
        WorldException e = Assert.Throws<WorldException>(() => World.Parse($"entities: {{ user: 5 }}\nvariables:\n  {variable}\nparameters: {{ k: -2 }}"));
        Assert.Contains(words, Assert.Single(e.Mistakes).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x[user]: normal(0, 1) ; y[user]: if(x > 0, log(max(x, 1e-300)), 0)")]
    [InlineData("x[user]: normal(0, 1) ; y[user]: if(x > 0, log(x), 0)")]
    [InlineData("x[user]: bernoulli(0.5) ; y[user, item]: sample(3, x + index(item))")]
    [InlineData("x[user]: normal(0, 1) ; y[user]: normal(0, if(x > 0, x, 0))")]
    [InlineData("x[user]: bernoulli(0.5) ; y[user]: poisson(x) + normal(0, x) + uniform(x, x)")]
    public void What_is_never_taken_does_not_count(string variables)
    {
        World world = World.Parse($"entities: {{ user: 50, item: 30 }}\nvariables:\n{string.Join('\n', variables.Split(" ; ").Select(line => "  " + line))}");
        Assert.All(new SimulatedWorld(world, new SimulationOptions { Seed = 2 }).Read("y")[0], y => Assert.True(double.IsFinite(y)));
    }

    [Fact]
    public void The_check_finds_every_place_at_every_length()
    {
        foreach (int length in (int[])[1, 3, 4, 7, 8, 9, 16, 17, 1024])
        {
            double[] values = [.. Enumerable.Range(0, length).Select(i => i % 3 == 0 ? double.MaxValue : -1e-300)];
            Assert.True(FiniteCheck.All(values));
            for (int place = 0; place < length; place += Math.Max(1, length / 20))
            {
                foreach (double wrong in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
                {
                    double before = values[place];
                    values[place] = wrong;
                    Assert.False(FiniteCheck.All(values));
                    Assert.Equal((1, place), FiniteCheck.Find(values));
                    values[place] = before;
                }
            }
        }

        Assert.True(FiniteCheck.All([]));
    }

    [Theory]
    [InlineData("1 + 2 * 3")]
    [InlineData("(1 + 2) * 3")]
    [InlineData("a - (b - c)")]
    [InlineData("a - b - c")]
    [InlineData("-(a + b) ^ 2")]
    [InlineData("(a ^ b) ^ c")]
    [InlineData("a ^ b ^ c")]
    [InlineData("not (a and b) or c < d")]
    [InlineData("mean(likes * 2 over item.tags) / max(1, item.price)")]
    [InlineData("if(a == 1, normal(0, sqrt(b)), 0.25)")]
    public void Expressions_are_written_as_they_are_read(string text)
    {
        MistakeList mistakes = new();
        Assert.Equal(text, ExpressionText.Of(ExpressionParser.Parse(text, default, exact: false, mistakes)!));
    }

    [Fact]
    public void Random_expressions_come_back()
    {
        string[] operators = ["+", "-", "*", "/", "^", "<", "==", "and", "or"];
        for (int i = 0; i < 2_000; i++)
        {
            RandomStream random = new(3, "expressions", (ulong)i);
            string text = Build(ref random, 4);
            MistakeList mistakes = new();
            if (ExpressionParser.Parse(text, default, exact: false, mistakes) is { } expression && ExpressionText.Of(expression) is var written)
            {
                Expression? again = ExpressionParser.Parse(written, default, exact: false, mistakes);
                Assert.True(again is not null && ExpressionText.Of(again) == written && Same(expression, again), $"{text} became {written}");
            }
        }

        string Build(ref RandomStream random, int depth) => depth == 0 || random.NextInt32(4) == 0 ? random.NextInt32(2) == 0 ? "x" : "2.5"
            : random.NextInt32(6) switch { 0 => $"-{Build(ref random, depth - 1)}", 1 => $"not ({Build(ref random, depth - 1)})", 2 => $"max({Build(ref random, depth - 1)}, {Build(ref random, depth - 1)})", _ => $"({Build(ref random, depth - 1)}) {operators[random.NextInt32(operators.Length)]} ({Build(ref random, depth - 1)})" };

        static bool Same(Expression a, Expression b) => (a, b) switch
        {
            (Expression.Number x, Expression.Number y) => x.Value.Equals(y.Value),
            (Expression.Name x, Expression.Name y) => x.Text == y.Text,
            (Expression.Call x, Expression.Call y) => x.Function == y.Function && x.Arguments.Length == y.Arguments.Length && x.Arguments.Zip(y.Arguments).All(pair => Same(pair.First, pair.Second)),
            _ => false,
        };
    }
}
