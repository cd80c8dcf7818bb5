namespace Caudata.Simulation.Fitting;

/// <summary>One side of the observed pairs: users with their items, or items with their users.</summary>
/// <param name="Starts">First pair of each unit, and the number of pairs at the end.</param>
/// <param name="Others">Unit of the other side, shape [pairs].</param>
/// <param name="Levels">Level of the rating, shape [pairs].</param>
/// <param name="HeldOut">True for pairs that are not looked at, shape [pairs].</param>
/// <param name="Units">Units with those that were never seen.</param>
internal sealed record FactorSide(int[] Starts, int[] Others, byte[] Levels, bool[] HeldOut, int Units)
{
    /// <summary>Units of a block; part of what fixes the order of sums.</summary>
    public const int BlockUnits = 128;

    /// <summary>Number of blocks.</summary>
    public int Blocks => (Units + BlockUnits - 1) / BlockUnits;

    /// <summary>Pairs of a unit; empty for one that was never seen.</summary>
    public (int First, int End) Pairs(int unit) => unit < Starts.Length - 1 ? (Starts[unit], Starts[unit + 1]) : (0, 0);

    /// <summary>Units of a block.</summary>
    public (int First, int End) Of(int block) => (block * BlockUnits, Math.Min(Units, (block + 1) * BlockUnits));

    /// <summary>Both sides of a table.</summary>
    /// <param name="table">The ratings.</param>
    /// <param name="heldOut">True for pairs that are not looked at.</param>
    /// <param name="unseenUsers">Users that were never seen.</param>
    /// <param name="unseenItems">Items that were never seen.</param>
    public static (FactorSide Users, FactorSide Items) Of(RatingTable table, bool[] heldOut, int unseenUsers, int unseenItems)
    {
        byte[] levels = Array.ConvertAll(table.LevelOf, l => (byte)l);
        return (new FactorSide(table.UserStarts, table.ItemOf, levels, heldOut, table.Users.Length + unseenUsers),
            new FactorSide(table.ItemStarts, Array.ConvertAll(table.ByItem, n => table.UserOf[n]), Array.ConvertAll(table.ByItem, n => levels[n]), Array.ConvertAll(table.ByItem, n => heldOut[n]), table.Items.Length + unseenItems));
    }
}
