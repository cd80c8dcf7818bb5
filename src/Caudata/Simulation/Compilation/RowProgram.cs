using Caudata.Numerics;

namespace Caudata.Simulation.Compilation;

/// <summary>Where an instruction reads.</summary>
internal enum SourceKind
{
    /// <summary>One number for the row, repeated in a cell of the arena.</summary>
    Cell,

    /// <summary>A register of one tile.</summary>
    Register,

    /// <summary>A buffer of a whole row.</summary>
    Row,

    /// <summary>A column of the row's second entity that is known before the pass.</summary>
    Column,

    /// <summary>A row of a matrix that is known before the pass, one row after the other.</summary>
    Matrix,
}

/// <summary>Where an instruction reads or writes.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Offset in the arena, for cells, registers and rows; width of a matrix.</param>
/// <param name="Values">The numbers of a column or matrix.</param>
internal readonly record struct Source(SourceKind Kind, int Offset, double[]? Values);

/// <summary>One operation of a row program.</summary>
/// <param name="Node">What it computes.</param>
/// <param name="Target">Where it writes.</param>
/// <param name="Sources">Where it reads, one for each argument.</param>
/// <param name="Key">The key of the variable's noise, for a draw.</param>
/// <param name="Matrix">The second factor of a product, one inner index after the other.</param>
/// <param name="IsGuarded">True when the result must be finite.</param>
internal sealed record Instruction(Node Node, Source Target, Source[] Sources, NoiseKey Key, double[]? Matrix, bool IsGuarded);

/// <summary>What is done in one phase of a row: operations on whole rows and single numbers first, then for each second entity a loop over its tiles.</summary>
/// <param name="Whole">Operations on whole rows and single numbers, in order.</param>
/// <param name="Tiles">By second entity, the operations of each tile, in order.</param>
internal sealed record RowPhase(Instruction[] Whole, (int Entity, Instruction[] Instructions)[] Tiles);

/// <summary>A column of one number for each row, copied into a cell when a row begins.</summary>
/// <param name="Values">The column of the row's entity, or eight times the same number.</param>
/// <param name="Cell">Offset of the cell.</param>
/// <param name="IsConstant">True when it is the same for every row.</param>
internal readonly record struct CellLoad(double[] Values, int Cell, bool IsConstant);

/// <summary>Everything that is computed in one row of an entity, compiled to a register machine over tiles of columns.</summary>
internal sealed class RowProgram
{
    public required int Entity { get; init; }

    public required RowPhase[] Phases { get; init; }

    public required CellLoad[] Loads { get; init; }

    /// <summary>Numbers in the arena of one worker.</summary>
    public required int ArenaLength { get; init; }

    /// <summary>Columns of a tile.</summary>
    public required int Tile { get; init; }

    /// <summary>Where the targets lie when a row is done, in the order of asking.</summary>
    public required Source[] Targets { get; init; }

    /// <summary>Longest row, for scratch.</summary>
    public required int Longest { get; init; }
}
