using System.Collections.Immutable;
using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Building;

/// <summary>A number of a world, or one for each unit, that is written in C# as it is in a file: <c>3 + taste * appeal</c>.</summary>
/// <remarks>
/// It is a formula, not a value: comparisons give formulas too, so two of them are compared with <see cref="Functions.Equal"/>, and powers are <see cref="Functions.Power"/>. A draw such as <see cref="Functions.Normal"/> has
/// noise of its own at every place where it stands; give it a variable's name to use the same draw twice.
/// </remarks>
public sealed class Quantity
{
    // Sizes are counted while a formula grows, so that one that uses itself again and again is refused before it is written out.
    private const int Enough = 1 << 20;

    internal Quantity(Expression expression, params ReadOnlySpan<Quantity> parts)
    {
        Expression = expression;
        (Values, Forms) = (parts.IsEmpty ? 1 : 0, 1);
        foreach (Quantity part in parts)
        {
            Values = Math.Min(Enough, Values + part.Values);
            Forms = Math.Min(Enough, Forms + part.Forms);
        }
    }

    internal Expression Expression { get; }

    /// <summary>True when it is longer than a file could say it.</summary>
    internal bool IsTooLong => Values > WorldLimits.Values || Forms > 3 * WorldLimits.Values;

    private int Values { get; }

    private int Forms { get; }

    /// <summary>A number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Quantity(double value) => new(new Expression.Number(value, default));

    /// <summary>The sum.</summary>
    public static Quantity operator +(Quantity left, Quantity right) => Call("+", left, right);

    /// <summary>The difference.</summary>
    public static Quantity operator -(Quantity left, Quantity right) => Call("-", left, right);

    /// <summary>The product.</summary>
    public static Quantity operator *(Quantity left, Quantity right) => Call("*", left, right);

    /// <summary>The quotient.</summary>
    public static Quantity operator /(Quantity left, Quantity right) => Call("/", left, right);

    /// <summary>The negative.</summary>
    public static Quantity operator -(Quantity value) => value.Expression is Expression.Number number ? -number.Value : Call("negate", value);

    /// <summary>1 where the left side is smaller, else 0.</summary>
    public static Quantity operator <(Quantity left, Quantity right) => Call("<", left, right);

    /// <summary>1 where the left side is larger, else 0.</summary>
    public static Quantity operator >(Quantity left, Quantity right) => Call(">", left, right);

    /// <summary>1 where the left side is not larger, else 0.</summary>
    public static Quantity operator <=(Quantity left, Quantity right) => Call("<=", left, right);

    /// <summary>1 where the left side is not smaller, else 0.</summary>
    public static Quantity operator >=(Quantity left, Quantity right) => Call(">=", left, right);

    /// <summary>1 where both sides are true (not 0), else 0.</summary>
    public static Quantity operator &(Quantity left, Quantity right) => Call("and", left, right);

    /// <summary>1 where a side is true (not 0), else 0.</summary>
    public static Quantity operator |(Quantity left, Quantity right) => Call("or", left, right);

    /// <summary>1 where it is 0, else 0.</summary>
    public static Quantity operator !(Quantity value) => Call("not", value);

    /// <summary>The formula as it would stand in a file.</summary>
    public override string ToString() => IsTooLong ? "a formula that is too long to be written" : ExpressionText.Of(Expression);

    internal static Quantity Call(string function, params ReadOnlySpan<Quantity> arguments) => new(new Expression.Call(function, Expressions(arguments), default), arguments);

    internal static ImmutableArray<Expression> Expressions(ReadOnlySpan<Quantity> quantities)
    {
        var expressions = ImmutableArray.CreateBuilder<Expression>(quantities.Length);
        foreach (Quantity quantity in quantities)
        {
            expressions.Add(quantity.Expression);
        }

        return expressions.MoveToImmutable();
    }
}
