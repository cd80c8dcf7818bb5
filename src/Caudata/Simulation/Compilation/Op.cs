namespace Caudata.Simulation.Compilation;

/// <summary>An operation on columns.</summary>
internal enum Op
{
    // No arguments.
    Constant,
    Column,
    Index,
    Uniform,
    Normal,

    // No arguments; known only where an item is shown to a user.
    Given,

    // One number to one number.
    Negate,
    Abs,
    Exp,
    Log,
    Sqrt,
    Sigmoid,
    Round,
    Floor,
    NormalProbability,
    Not,

    // Two numbers to one.
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Min,
    Max,
    Less,
    LessOrEqual,
    Equal,
    And,
    Or,

    // 1 where a uniform number is below a probability.
    Bernoulli,

    // Quantile functions: a uniform number and parameters.
    PoissonQuantile,
    GammaQuantile,
    BetaQuantile,

    // Three numbers to one.
    Fma,
    Clip,
    Select,

    // A number where it lies within bounds, else NaN.
    Within,

    // An entry of a table by its number.
    Gather,

    // A function of C#, number by number.
    Apply,

    // Whole rows, or whole columns of one entity.
    Smallest,
    Rank,
    Relate,
    Reduce,
    Calibrate,
    Dot,

    // Known only between passes: a column of one entity that comes from its rows, a matrix that comes from a value over three entities.
    SumOverRows,
    Collapse,
}

/// <summary>What an aggregate does.</summary>
internal enum Reduction
{
    Sum,
    Mean,
    Min,
    Max,
}

/// <summary>The entities that index a value: none, one, a row and a column, or these in each unit of an outer one.</summary>
/// <param name="Row">Number of the first entity, of three the second, or -1.</param>
/// <param name="Column">Number of the last of two or three entities, or -1.</param>
/// <param name="Outer">Number of the first of three entities, or -1.</param>
internal readonly record struct Plate(int Row, int Column, int Outer = -1)
{
    public static Plate None => new(-1, -1);

    public static Plate Of(int entity) => new(entity, -1);

    public int Count => Row < 0 ? 0 : Column < 0 ? 1 : Outer < 0 ? 2 : 3;

    public bool Has(int entity) => entity >= 0 && (Row == entity || Column == entity || Outer == entity);

    /// <summary>The plate without one of its entities.</summary>
    public Plate Without(int entity) => entity < 0 ? this
        : Outer == entity ? new Plate(Row, Column) : Column == entity ? (Outer < 0 ? Of(Row) : new Plate(Outer, Row)) : Row == entity ? (Outer < 0 ? Of(Column) : new Plate(Outer, Column)) : this;

    /// <summary>Place of an entity in the order of the plate, from 0; behind all others where it is none of them.</summary>
    public int Order(int entity) => entity == Outer ? 0 : entity == Row ? 1 : entity == Column ? 2 : 3;
}
