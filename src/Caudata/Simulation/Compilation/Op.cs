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

    // Quantile functions: a uniform number and parameters.
    PoissonQuantile,
    GammaQuantile,
    BetaQuantile,

    // Three numbers to one.
    Fma,
    Clip,
    Select,

    // An entry of a table by its number.
    Gather,

    // Whole rows, or whole columns of one entity.
    Smallest,
    Rank,
    Relate,
    Reduce,
    Calibrate,
    Dot,

    // Known only between passes: a column of one entity that comes from its rows.
    SumOverRows,
}

/// <summary>What an aggregate does.</summary>
internal enum Reduction
{
    Sum,
    Mean,
    Min,
    Max,
}

/// <summary>The entities that index a value: none, one, or a row and a column.</summary>
/// <param name="Row">Number of the first entity, or -1.</param>
/// <param name="Column">Number of the second entity, or -1.</param>
internal readonly record struct Plate(int Row, int Column)
{
    public static Plate None => new(-1, -1);

    public static Plate Of(int entity) => new(entity, -1);

    public int Count => Row < 0 ? 0 : Column < 0 ? 1 : 2;

    public bool Has(int entity) => entity >= 0 && (Row == entity || Column == entity);

    /// <summary>True when every entity of this plate is one of the other.</summary>
    public bool IsWithin(Plate other) => (Row < 0 || other.Has(Row)) && (Column < 0 || other.Has(Column));
}
