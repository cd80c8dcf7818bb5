using System.Collections.Frozen;

namespace Caudata.Simulation.Expressions;

/// <summary>A function of the expression language.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Least">Fewest arguments.</param>
/// <param name="Most">Most arguments.</param>
/// <param name="Form">How it is called, for messages.</param>
internal sealed record FunctionForm(string Name, int Least, int Most, string Form)
{
    /// <summary>True when it draws: every place where it stands has noise of its own.</summary>
    public bool IsRandom { get; init; }
}

/// <summary>All functions of the expression language. The language is total: no loops, no recursion, no input or output.</summary>
internal static class FunctionTable
{
    private const int Many = 64;

    /// <summary>Functions by name.</summary>
    public static FrozenDictionary<string, FunctionForm> Functions { get; } = new FunctionForm[]
    {
        new("abs", 1, 1, "abs(x)"), new("exp", 1, 1, "exp(x)"), new("log", 1, 1, "log(x)"), new("sqrt", 1, 1, "sqrt(x)"), new("sigmoid", 1, 1, "sigmoid(x)"),
        new("round", 1, 1, "round(x), ties to even"), new("floor", 1, 1, "floor(x)"), new("phi", 1, 1, "phi(x), the normal distribution function"), new("rank", 1, 1, "rank(x), 0 for the largest"),
        new("min", 2, Many, "min(x, y, ...)"), new("max", 2, Many, "max(x, y, ...)"), new("clip", 3, 3, "clip(x, low, high)"), new("if", 3, 3, "if(condition, then, else)"), new("where", 3, 3, "where(condition, then, else)"),
        new("dot", 2, 2, "dot(a, b), the sum of a * b over the entity that both have and the result has not"), new("size", 1, 1, "size(entity)"), new("index", 1, 1, "index(entity), from 0"),
        new("normal", 2, 2, "normal(mean, sd)") { IsRandom = true }, new("logistic", 2, 2, "logistic(mean, scale)") { IsRandom = true }, new("lognormal", 2, 2, "lognormal(mean of the logarithm, sd of the logarithm)") { IsRandom = true },
        new("uniform", 2, 2, "uniform(low, high)") { IsRandom = true }, new("integer", 2, 2, "integer(low, high), both included") { IsRandom = true },
        new("bernoulli", 1, 1, "bernoulli(p)") { IsRandom = true }, new("categorical", 2, Many, "categorical(weight of 0, weight of 1, ...)") { IsRandom = true },
        new("softmax", 2, Many, "softmax(score of 0, score of 1, ...)") { IsRandom = true }, new("poisson", 1, 1, "poisson(rate)") { IsRandom = true },
        new("beta", 2, 2, "beta(a, b)") { IsRandom = true }, new("gamma", 2, 2, "gamma(shape, scale)") { IsRandom = true }, new("resample", 1, 1, "resample(entity.column)") { IsRandom = true },
        new("sample", 1, 2, "sample(size) or sample(size, weight)") { IsRandom = true }, new("ordinal", 2, Many, "ordinal(score, threshold, threshold, ...), 1 below the first threshold"),
    }.ToFrozenDictionary(form => form.Name, StringComparer.Ordinal);

    /// <summary>Aggregates.</summary>
    public static FrozenSet<string> Aggregates { get; } = FrozenSet.ToFrozenSet(["count", "sum", "mean", "min", "max"], StringComparer.Ordinal);

    /// <summary>Words that are no names.</summary>
    public static FrozenSet<string> Reserved { get; } = FrozenSet.ToFrozenSet([.. Functions.Keys, .. Aggregates, "over", "and", "or", "not", "true", "false"], StringComparer.Ordinal);
}
