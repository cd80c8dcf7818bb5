using System.Globalization;
using System.Text;

namespace Caudata.Simulation.Expressions;

/// <summary>Writes an expression with as few parentheses as it needs; <see cref="ExpressionParser"/> gives the same expression back.</summary>
internal static class ExpressionText
{
    // How strongly a form binds, from 'or' to a single name; a part that binds less than its place asks for gets parentheses.
    private const int OrLevel = 1, AndLevel = 2, NotLevel = 3, ComparisonLevel = 4, SumLevel = 5, ProductLevel = 6, UnaryLevel = 7, PowerLevel = 8, AtomLevel = 9;

    /// <summary>The text of an expression; a function of C# stands there by its label.</summary>
    public static string Of(Expression expression)
    {
        StringBuilder text = new();
        Write(expression, 0, text);
        return text.ToString();
    }

    private static int LevelOf(Expression expression) => expression switch
    {
        Expression.Number number => double.IsNegative(number.Value) ? UnaryLevel : AtomLevel,
        Expression.Call call => call.Function switch
        {
            "or" => OrLevel,
            "and" => AndLevel,
            "not" => NotLevel,
            "<" or "<=" or ">" or ">=" or "==" or "!=" => ComparisonLevel,
            "+" or "-" => SumLevel,
            "*" or "/" => ProductLevel,
            "negate" => UnaryLevel,
            "^" => PowerLevel,
            _ => AtomLevel,
        },
        _ => AtomLevel,
    };

    private static void Write(Expression expression, int least, StringBuilder text)
    {
        int level = LevelOf(expression);
        if (level < least)
        {
            text.Append('(');
            Write(expression, 0, text);
            text.Append(')');
            return;
        }

        switch (expression)
        {
            case Expression.Number number:
                text.Append(number.Value.ToString("R", CultureInfo.InvariantCulture));
                break;
            case Expression.Name name:
                text.Append(name.Text);
                break;
            case Expression.Member member:
                text.Append(member.Entity).Append('.').Append(member.Column);
                break;
            case Expression.Aggregate aggregate:
                text.Append(aggregate.Function).Append('(');
                Write(aggregate.Body, 0, text);
                text.Append(" over ").Append(aggregate.Entity).Append(aggregate.Relation is null ? "" : "." + aggregate.Relation).Append(')');
                break;
            case Expression.Apply apply:
                Arguments(apply.Label, apply.Parts, text);
                break;
            case Expression.Call call when level == AtomLevel:
                Arguments(call.Function, call.Arguments, text);
                break;
            case Expression.Call { Function: "not" or "negate" } call:
                text.Append(call.Function == "not" ? "not " : "-");
                Write(call.Arguments[0], level, text);
                break;
            case Expression.Call call:
                // Chains go to the left, except powers; comparisons do not chain.
                Write(call.Arguments[0], level switch { PowerLevel => AtomLevel, ComparisonLevel => SumLevel, _ => level }, text);
                text.Append(' ').Append(call.Function).Append(' ');
                Write(call.Arguments[1], level switch { PowerLevel => UnaryLevel, ComparisonLevel => SumLevel, _ => level + 1 }, text);
                break;
        }
    }

    private static void Arguments(string function, IReadOnlyList<Expression> arguments, StringBuilder text)
    {
        text.Append(function).Append('(');
        for (int i = 0; i < arguments.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Write(arguments[i], 0, text);
        }

        text.Append(')');
    }
}
