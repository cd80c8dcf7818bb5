using System.Collections.Immutable;

namespace Caudata.Simulation.Expressions;

/// <summary>An expression as it is written; nothing is known yet about its names.</summary>
/// <param name="Place">Where it begins.</param>
internal abstract record Expression(WorldPlace Place)
{
    /// <summary>A number.</summary>
    public sealed record Number(double Value, WorldPlace Place) : Expression(Place);

    /// <summary>A variable, an indicator or a parameter.</summary>
    public sealed record Name(string Text, WorldPlace Place) : Expression(Place);

    /// <summary>A column of an entity's table: <c>item.mean_rating</c>.</summary>
    public sealed record Member(string Entity, string Column, WorldPlace Place) : Expression(Place);

    /// <summary>A function or operator (<c>"+"</c>, <c>"&lt;"</c>, …) with its arguments.</summary>
    public sealed record Call(string Function, ImmutableArray<Expression> Arguments, WorldPlace Place) : Expression(Place);

    /// <summary>An aggregate: <c>mean(rating over item)</c>, <c>count(likes over item.tags)</c>.</summary>
    /// <param name="Function">count, sum, mean, min or max.</param>
    /// <param name="Body">What is aggregated.</param>
    /// <param name="Entity">The entity that is aggregated over, or that the relation belongs to.</param>
    /// <param name="Relation">The relation, or null.</param>
    /// <param name="Place">Where it begins.</param>
    public sealed record Aggregate(string Function, Expression Body, string Entity, string? Relation, WorldPlace Place) : Expression(Place);

    /// <summary>A function of C# that works number by number; it has no form in a file.</summary>
    /// <param name="Function">A <see cref="Func{T, TResult}"/> of one, two or three numbers.</param>
    /// <param name="Label">What it is called, for people.</param>
    /// <param name="Arguments">What it is given.</param>
    /// <param name="Place">Where it begins.</param>
    public sealed record Apply(Delegate Function, string Label, ImmutableArray<Expression> Arguments, WorldPlace Place) : Expression(Place);

    /// <summary>The expressions directly below this one.</summary>
    public ImmutableArray<Expression> Parts => this switch
    {
        Call call => call.Arguments,
        Aggregate aggregate => [aggregate.Body],
        Apply apply => apply.Arguments,
        _ => [],
    };

    /// <summary>All expressions in it, itself first, in the order of the text. Linear time, whatever its form.</summary>
    public IEnumerable<Expression> All
    {
        get
        {
            Stack<Expression> open = new([this]);
            while (open.TryPop(out Expression? next))
            {
                yield return next;
                for (int i = next.Parts.Length - 1; i >= 0; i--)
                {
                    open.Push(next.Parts[i]);
                }
            }
        }
    }

    /// <summary>All names that stand in it, each with its place, in the order of the text.</summary>
    public IEnumerable<Name> Names => All.OfType<Name>();

    /// <summary>The same expression at another place.</summary>
    public Expression At(WorldPlace place) => this switch
    {
        Call call => new Call(call.Function, [.. call.Arguments.Select(a => a.At(place))], place),
        Aggregate aggregate => new Aggregate(aggregate.Function, aggregate.Body.At(place), aggregate.Entity, aggregate.Relation, place),
        Apply apply => new Apply(apply.Function, apply.Label, [.. apply.Arguments.Select(a => a.At(place))], place),
        _ => this with { Place = place },
    };
}
