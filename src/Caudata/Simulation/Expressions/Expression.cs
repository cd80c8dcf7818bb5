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

    /// <summary>The expressions directly below this one.</summary>
    public ImmutableArray<Expression> Parts => this switch
    {
        Call call => call.Arguments,
        Aggregate aggregate => [aggregate.Body],
        _ => [],
    };

    /// <summary>All names that stand in it, each with its place, in the order of the text.</summary>
    public IEnumerable<Name> Names => this is Name name ? [name] : Parts.SelectMany(part => part.Names);
}
