using System.Collections.Immutable;

namespace Caudata.Records;

/// <summary>The columns that every log of choices has, whoever wrote it: what Extract pulled, what a simulated policy showed. Estimators read these by name; a log may have more.</summary>
/// <remarks>
/// A row says: in round <c>round</c> the policy <c>policy</c> chose, for or of <c>unit</c>, with probability <c>propensity</c> given the past; that cost <c>cost</c> and gave <c>reward</c>.
/// </remarks>
public static class SelectionColumns
{
    /// <summary>Round, 0-based.</summary>
    public static Column Round { get; } = new("round", ColumnKind.Integer);

    /// <summary>The unit: the document that was chosen, or the user for whom was chosen; a number or a text.</summary>
    public static Column Unit { get; } = new("unit", ColumnKind.Text);

    /// <summary>What was chosen for the unit, where that is something else than the unit.</summary>
    public static Column Action { get; } = new("action", ColumnKind.Integer);

    /// <summary>Position in the slate, from 1, where several are chosen for a unit at once.</summary>
    public static Column Position { get; } = new("position", ColumnKind.Integer);

    /// <summary>1 where it was chosen, 0 where it could have been; a log without this column has chosen rows alone.</summary>
    public static Column Chosen { get; } = new("chosen", ColumnKind.Integer);

    /// <summary>Name of the policy that chose.</summary>
    public static Column Policy { get; } = new("policy", ColumnKind.Text);

    /// <summary>Probability of this choice, given the past (and, in a slate, the positions above), in (0, 1].</summary>
    public static Column Propensity { get; } = new("propensity", ColumnKind.Number);

    /// <summary>What the choice cost, in the unit of the budget.</summary>
    public static Column Cost { get; } = new("cost", ColumnKind.Number);

    /// <summary>The outcome of the choice; null where it was not seen.</summary>
    public static Column Reward { get; } = new("reward", ColumnKind.Number);

    /// <summary>The columns that no log lacks, in order.</summary>
    public static ImmutableArray<Column> Core { get; } = [Round, Unit, Policy, Propensity, Cost, Reward];
}
