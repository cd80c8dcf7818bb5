using System.Globalization;

namespace Caudata.Cli;

/// <summary>What a budget counts.</summary>
internal enum BudgetUnit
{
    /// <summary>Per cent of the corpus's documents.</summary>
    Percent,

    /// <summary>Documents.</summary>
    Documents,

    /// <summary>Tokens.</summary>
    Tokens,

    /// <summary>Minutes of wall-clock time.</summary>
    Minutes,
}

/// <summary>How much may be spent.</summary>
/// <param name="Amount">How much, above 0; at most 100 per cent.</param>
/// <param name="Unit">Of what.</param>
internal sealed record Budget(double Amount, BudgetUnit Unit)
{
    /// <summary>Reads <c>10%</c>, <c>500</c>, <c>500documents</c>, <c>2e6tokens</c> or <c>30minutes</c>; a blank before the unit is allowed.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The budget, or null when it is none.</returns>
    public static Budget? Parse(string text)
    {
        (string Suffix, BudgetUnit Unit)[] units = [("%", BudgetUnit.Percent), ("documents", BudgetUnit.Documents), ("tokens", BudgetUnit.Tokens), ("minutes", BudgetUnit.Minutes), ("", BudgetUnit.Documents)];
        (string suffix, BudgetUnit unit) = units.First(candidate => text.EndsWith(candidate.Suffix, StringComparison.Ordinal));
        return double.TryParse(text[..^suffix.Length].TrimEnd(), NumberStyles.Float, CultureInfo.InvariantCulture, out double amount) && double.IsFinite(amount) && amount > 0
            && (unit != BudgetUnit.Percent || amount <= 100) && (unit is BudgetUnit.Percent or BudgetUnit.Minutes || amount == Math.Floor(amount))
            ? new Budget(amount, unit)
            : null;
    }

    /// <summary>The canonical text, which <see cref="Parse"/> reads.</summary>
    public override string ToString() => Amount.ToString("R", CultureInfo.InvariantCulture) + Unit switch
    {
        BudgetUnit.Percent => "%",
        BudgetUnit.Documents => "documents",
        BudgetUnit.Tokens => "tokens",
        _ => "minutes",
    };
}
