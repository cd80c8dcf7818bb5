using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Caudata.Simulation.Expressions;

/// <summary>The numbers that may stand at a place.</summary>
/// <param name="Least">The smallest; negative infinity for none.</param>
/// <param name="Most">The largest; infinity for none.</param>
/// <param name="IsOpen">True when the ends themselves are out.</param>
internal readonly record struct NumberRange(double Least, double Most, bool IsOpen = false)
{
    public static NumberRange Any => new(double.NegativeInfinity, double.PositiveInfinity);

    public static NumberRange NotNegative => new(0, double.PositiveInfinity);

    public static NumberRange Positive => new(0, double.PositiveInfinity, IsOpen: true);

    public static NumberRange Share => new(0, 1);

    public bool Contains(double number) => IsOpen ? number > Least && number < Most : number >= Least && number <= Most;

    /// <summary>In words, for example <c>0 or more</c>; empty for any number.</summary>
    public override string ToString() => (double.IsFinite(Least), double.IsFinite(Most)) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $"{(IsOpen ? "between" : "from")} {Least} {(IsOpen ? "and" : "to")} {Most}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $"{(IsOpen ? "above " : "")}{Least}{(IsOpen ? "" : " or more")}"),
        (false, true) => string.Create(CultureInfo.InvariantCulture, $"{(IsOpen ? "below " : "")}{Most}{(IsOpen ? "" : " or less")}"),
        _ => "",
    };
}

/// <summary>An argument of a draw.</summary>
/// <param name="Name">Its name.</param>
/// <param name="About">What it is.</param>
/// <param name="Range">The numbers that it may be.</param>
internal sealed record FunctionArgument(string Name, string About, NumberRange Range);

/// <summary>Names and ranges of the arguments of the draws that have a fixed number of them. Files, the schema and the parser share this table.</summary>
internal static class FunctionArguments
{
    /// <summary>Arguments by function, in the order of the call.</summary>
    public static FrozenDictionary<string, ImmutableArray<FunctionArgument>> ByFunction { get; } = new Dictionary<string, ImmutableArray<FunctionArgument>>(StringComparer.Ordinal)
    {
        ["normal"] = [new("mean", "mean", NumberRange.Any), new("sd", "standard deviation", NumberRange.NotNegative)],
        ["lognormal"] = [new("mean", "mean of the logarithm", NumberRange.Any), new("sd", "standard deviation of the logarithm", NumberRange.NotNegative)],
        ["logistic"] = [new("mean", "mean", NumberRange.Any), new("scale", "scale; the standard deviation is 1.81 times as large", NumberRange.NotNegative)],
        ["uniform"] = [new("low", "lower end", NumberRange.Any), new("high", "upper end", NumberRange.Any)],
        ["integer"] = [new("low", "smallest whole number", NumberRange.Any), new("high", "largest whole number", NumberRange.Any)],
        ["poisson"] = [new("rate", "mean count", NumberRange.NotNegative)],
        ["beta"] = [new("a", "first shape", NumberRange.Positive), new("b", "second shape", NumberRange.Positive)],
        ["gamma"] = [new("shape", "shape", NumberRange.Positive), new("scale", "scale", NumberRange.NotNegative)],
        ["bernoulli"] = [new("p", "probability of 1", NumberRange.Share)],
        ["sample"] = [new("size", "how many units are drawn", NumberRange.NotNegative), new("weight", "weight with which a unit is drawn", NumberRange.NotNegative)],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The first argument that is written as a number out of its range, with its place; null when there is none.</summary>
    public static (string Message, WorldPlace Place)? Mistake(string function, IReadOnlyList<Expression> arguments)
    {
        if (ByFunction.TryGetValue(function, out ImmutableArray<FunctionArgument> known))
        {
            for (int i = 0; i < Math.Min(known.Length, arguments.Count); i++)
            {
                if (arguments[i] is Expression.Number number && !known[i].Range.Contains(number.Value))
                {
                    return (string.Create(CultureInfo.InvariantCulture, $"{known[i].Name} of {function} is {number.Value}; expected {known[i].Range}."), number.Place);
                }
            }
        }

        return null;
    }
}
