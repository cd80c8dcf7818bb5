using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Building;

/// <summary>An entity of a world that is being built: what indexes variables, and what aggregates go over.</summary>
public sealed class Entity
{
    internal Entity(string name) => Name = name;

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>A column of numbers of its table, one for each unit.</summary>
    /// <param name="column">Name of the column.</param>
    public Quantity this[string column] => new(new Expression.Member(Name, column, default));

    /// <summary>Number of its units.</summary>
    public Quantity Size => Quantity.Call("size", Itself);

    /// <summary>Number of each unit, from 0.</summary>
    public Quantity Index => Quantity.Call("index", Itself);

    private Quantity Itself => new(new Expression.Name(Name, default));

    /// <summary>A relation of its table: the units of another entity that belong to each unit.</summary>
    /// <param name="name">Name of the column that lists them.</param>
    public Relation Relation(string name) => new(Name, name);
}

/// <summary>A relation of an entity's table: <c>item.tags</c>.</summary>
/// <param name="Entity">Name of the entity.</param>
/// <param name="Name">Name of the column that lists units of the other entity.</param>
public sealed record Relation(string Entity, string Name);
