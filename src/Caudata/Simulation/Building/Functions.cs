using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Building;

/// <summary>The functions of world files, for <c>using static</c>.</summary>
public static class Functions
{
    /// <summary>|x|.</summary>
    public static Quantity Abs(Quantity x) => Quantity.Call("abs", x);

    /// <summary>eˣ.</summary>
    public static Quantity Exp(Quantity x) => Quantity.Call("exp", x);

    /// <summary>The natural logarithm.</summary>
    public static Quantity Log(Quantity x) => Quantity.Call("log", x);

    /// <summary>The square root.</summary>
    public static Quantity Sqrt(Quantity x) => Quantity.Call("sqrt", x);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static Quantity Sigmoid(Quantity x) => Quantity.Call("sigmoid", x);

    /// <summary>The nearest whole number, the even one at a tie.</summary>
    public static Quantity Round(Quantity x) => Quantity.Call("round", x);

    /// <summary>The largest whole number that is not larger.</summary>
    public static Quantity Floor(Quantity x) => Quantity.Call("floor", x);

    /// <summary>The distribution function of the standard normal distribution.</summary>
    public static Quantity Phi(Quantity x) => Quantity.Call("phi", x);

    /// <summary>The rank of each unit's value in its row (or column, where there is one entity), 0 for the largest.</summary>
    public static Quantity Rank(Quantity x) => Quantity.Call("rank", x);

    /// <summary>The smallest of some values.</summary>
    public static Quantity Min(params ReadOnlySpan<Quantity> values) => Quantity.Call("min", values);

    /// <summary>The largest of some values.</summary>
    public static Quantity Max(params ReadOnlySpan<Quantity> values) => Quantity.Call("max", values);

    /// <summary>x, but not below <paramref name="low"/> and not above <paramref name="high"/>.</summary>
    public static Quantity Clip(Quantity x, Quantity low, Quantity high) => Quantity.Call("clip", x, low, high);

    /// <summary>One of two values by a condition.</summary>
    public static Quantity If(Quantity condition, Quantity then, Quantity otherwise) => Quantity.Call("if", condition, then, otherwise);

    /// <summary>Another name of <see cref="If"/>.</summary>
    public static Quantity Where(Quantity condition, Quantity then, Quantity otherwise) => Quantity.Call("where", condition, then, otherwise);

    /// <summary>Σ a·b over the entity that both have and the result has not.</summary>
    public static Quantity Dot(Quantity a, Quantity b) => Quantity.Call("dot", a, b);

    /// <summary>x to the power y.</summary>
    public static Quantity Power(Quantity x, Quantity y) => Quantity.Call("^", x, y);

    /// <summary>1 where both are equal, else 0.</summary>
    public static Quantity Equal(Quantity a, Quantity b) => Quantity.Call("==", a, b);

    /// <summary>1 where they differ, else 0.</summary>
    public static Quantity NotEqual(Quantity a, Quantity b) => Quantity.Call("!=", a, b);

    /// <summary>A draw of the normal distribution.</summary>
    public static Quantity Normal(Quantity mean, Quantity sd) => Quantity.Call("normal", mean, sd);

    /// <summary>A draw of the logistic distribution.</summary>
    public static Quantity Logistic(Quantity mean, Quantity scale) => Quantity.Call("logistic", mean, scale);

    /// <summary>A draw whose logarithm is normal, with the mean and deviation of that logarithm.</summary>
    public static Quantity LogNormal(Quantity mean, Quantity sd) => Quantity.Call("lognormal", mean, sd);

    /// <summary>A draw between two numbers.</summary>
    public static Quantity Uniform(Quantity low, Quantity high) => Quantity.Call("uniform", low, high);

    /// <summary>A whole number between two, both included.</summary>
    public static Quantity Integer(Quantity low, Quantity high) => Quantity.Call("integer", low, high);

    /// <summary>1 with a probability, else 0.</summary>
    public static Quantity Bernoulli(Quantity p) => Quantity.Call("bernoulli", p);

    /// <summary>0, 1, … with probabilities in the ratio of weights.</summary>
    public static Quantity Categorical(params ReadOnlySpan<Quantity> weights) => Quantity.Call("categorical", weights);

    /// <summary>0, 1, … with probabilities in the ratio of the exponentials of scores.</summary>
    public static Quantity Softmax(params ReadOnlySpan<Quantity> scores) => Quantity.Call("softmax", scores);

    /// <summary>A count of the Poisson distribution.</summary>
    public static Quantity Poisson(Quantity rate) => Quantity.Call("poisson", rate);

    /// <summary>A draw of the beta distribution.</summary>
    public static Quantity Beta(Quantity a, Quantity b) => Quantity.Call("beta", a, b);

    /// <summary>A draw of the gamma distribution.</summary>
    public static Quantity Gamma(Quantity shape, Quantity scale) => Quantity.Call("gamma", shape, scale);

    /// <summary>A value of a table's column, drawn with replacement.</summary>
    public static Quantity Resample(Quantity column) => Quantity.Call("resample", column);

    /// <summary>1 for so many units of the last entity, drawn without replacement, else 0.</summary>
    public static Quantity Sample(Quantity size) => Quantity.Call("sample", size);

    /// <summary>1 for so many units of the last entity, drawn without replacement by their weights, else 0.</summary>
    public static Quantity Sample(Quantity size, Quantity weight) => Quantity.Call("sample", size, weight);

    /// <summary>1 and the number of thresholds that the score reaches.</summary>
    public static Quantity Ordinal(Quantity score, params ReadOnlySpan<Quantity> thresholds) => Quantity.Call("ordinal", [score, .. thresholds]);

    /// <summary>In how many units of an entity a value is true (not 0).</summary>
    public static Quantity Count(Quantity body, Entity over) => Over("count", body, over.Name, null);

    /// <summary>In how many related units a value is true (not 0).</summary>
    public static Quantity Count(Quantity body, Relation over) => Over("count", body, over.Entity, over.Name);

    /// <summary>The sum over the units of an entity.</summary>
    public static Quantity Sum(Quantity body, Entity over) => Over("sum", body, over.Name, null);

    /// <summary>The sum over related units.</summary>
    public static Quantity Sum(Quantity body, Relation over) => Over("sum", body, over.Entity, over.Name);

    /// <summary>The mean over the units of an entity.</summary>
    public static Quantity Mean(Quantity body, Entity over) => Over("mean", body, over.Name, null);

    /// <summary>The mean over related units.</summary>
    public static Quantity Mean(Quantity body, Relation over) => Over("mean", body, over.Entity, over.Name);

    /// <summary>The smallest value over the units of an entity.</summary>
    public static Quantity Min(Quantity body, Entity over) => Over("min", body, over.Name, null);

    /// <summary>The smallest value over related units.</summary>
    public static Quantity Min(Quantity body, Relation over) => Over("min", body, over.Entity, over.Name);

    /// <summary>The largest value over the units of an entity.</summary>
    public static Quantity Max(Quantity body, Entity over) => Over("max", body, over.Name, null);

    /// <summary>The largest value over related units.</summary>
    public static Quantity Max(Quantity body, Relation over) => Over("max", body, over.Entity, over.Name);

    /// <summary>A function of C#, number by number. What it is given are its parents; a world with one has no file.</summary>
    /// <param name="function">A pure function: the same numbers in give the same number out, on any thread.</param>
    /// <param name="a">What it is given.</param>
    /// <param name="label">What it is called, for people.</param>
    public static Quantity Apply(Func<double, double> function, Quantity a, string label = "f") => Applied(function, label, a);

    /// <inheritdoc cref="Apply(Func{double, double}, Quantity, string)"/>
    /// <param name="function">A pure function: the same numbers in give the same number out, on any thread.</param>
    /// <param name="a">The first thing that it is given.</param>
    /// <param name="b">The second.</param>
    /// <param name="label">What it is called, for people.</param>
    public static Quantity Apply(Func<double, double, double> function, Quantity a, Quantity b, string label = "f") => Applied(function, label, a, b);

    /// <inheritdoc cref="Apply(Func{double, double}, Quantity, string)"/>
    /// <param name="function">A pure function: the same numbers in give the same number out, on any thread.</param>
    /// <param name="a">The first thing that it is given.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    /// <param name="label">What it is called, for people.</param>
    public static Quantity Apply(Func<double, double, double, double> function, Quantity a, Quantity b, Quantity c, string label = "f") => Applied(function, label, a, b, c);

    private static Quantity Applied(Delegate function, string label, params ReadOnlySpan<Quantity> arguments) => new(new Expression.Apply(function, label, Quantity.Expressions(arguments), default), arguments);

    private static Quantity Over(string function, Quantity body, string entity, string? relation) => new(new Expression.Aggregate(function, body.Expression, entity, relation, default), body);
}
