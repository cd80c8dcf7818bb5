using System.Globalization;

namespace Caudata.Extraction;

/// <summary>What a budget is counted in.</summary>
public enum BudgetUnit
{
    /// <summary>A share of the tokens that reading the whole corpus would cost.</summary>
    Share,

    /// <summary>Documents (passages) read.</summary>
    Documents,

    /// <summary>Tokens sent to the extractor.</summary>
    Tokens,

    /// <summary>Money, at the price per million tokens of the options.</summary>
    Money,

    /// <summary>Minutes of wall-clock time spent on reading, over all starts of the run: it stops at the next round. How far it comes depends on the machine.</summary>
    Minutes,
}

/// <summary>A hard limit of what extraction may spend; it is never exceeded, not by one document.</summary>
/// <param name="Amount">How much, above 0; a share is in (0, 1].</param>
/// <param name="Unit">Counted in what.</param>
public readonly record struct Budget(double Amount, BudgetUnit Unit)
{
    /// <summary>Reads <c>10%</c>, <c>1200documents</c> (one call each), <c>2.5Mtokens</c>, <c>3.50usd</c> or <c>30minutes</c>.</summary>
    /// <param name="text">The text; blanks are ignored, case is not looked at; a bare number counts documents; K and M before the unit multiply.</param>
    /// <exception cref="FormatException">The text is none of these forms, not above 0, above 100 %, or a part of a document or token.</exception>
    public static Budget Parse(string text)
    {
        string compact = text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        (string Suffix, BudgetUnit Unit, double Scale)[] forms =
        [
            ("%", BudgetUnit.Share, 0.01), ("DOCUMENTS", BudgetUnit.Documents, 1), ("CALLS", BudgetUnit.Documents, 1), ("TOKENS", BudgetUnit.Tokens, 1), ("USD", BudgetUnit.Money, 1),
            ("MINUTES", BudgetUnit.Minutes, 1), ("", BudgetUnit.Documents, 1),
        ];
        (string suffix, BudgetUnit unit, double scale) = forms.First(form => compact.EndsWith(form.Suffix, StringComparison.Ordinal));
        string number = compact[..^suffix.Length];
        if (unit != BudgetUnit.Share && number.Length > 0 && number[^1] is 'K' or 'M')
        {
            scale *= number[^1] == 'K' ? 1e3 : 1e6;
            number = number[..^1];
        }

        if (double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double amount) && amount > 0 && double.IsFinite(amount * scale)
            && (unit != BudgetUnit.Share || amount <= 100) && (unit is not (BudgetUnit.Documents or BudgetUnit.Tokens) || amount * scale == Math.Floor(amount * scale)))
        {
            return new Budget(amount * scale, unit);
        }

        throw new FormatException($"'{text}' is no budget; expected a share of the corpus's tokens such as 10% (above 0, at most 100), or an amount such as 1200documents, 2.5Mtokens, 3.50usd or 30minutes.");
    }

    /// <summary>The limit in tokens for a corpus, or <see cref="long.MaxValue"/> when documents are counted.</summary>
    /// <param name="corpusTokens">Tokens that reading everything would cost.</param>
    /// <param name="pricePerMillionTokens">Price for a budget in money; above 0 then.</param>
    public long TokenLimit(long corpusTokens, double pricePerMillionTokens) => Unit switch
    {
        BudgetUnit.Share => (long)Math.Floor(Amount * corpusTokens),
        BudgetUnit.Tokens => (long)Math.Min(Amount, long.MaxValue / 2.0),
        BudgetUnit.Money => (long)Math.Min(Amount / pricePerMillionTokens * 1e6, long.MaxValue / 2.0),
        _ => long.MaxValue,
    };

    /// <summary>The limit in documents, or <see cref="int.MaxValue"/> when something else is counted.</summary>
    public int DocumentLimit => Unit == BudgetUnit.Documents ? (int)Math.Min(Amount, int.MaxValue) : int.MaxValue;

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Unit switch
    {
        BudgetUnit.Share => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(Amount * 100, 12):R}%") is var text && text != "0%" ? text : string.Create(CultureInfo.InvariantCulture, $"{Amount * 100:R}%"),
        BudgetUnit.Documents => string.Create(CultureInfo.InvariantCulture, $"{Amount:0}documents"),
        BudgetUnit.Tokens => string.Create(CultureInfo.InvariantCulture, $"{Amount:0}tokens"),
        BudgetUnit.Money => string.Create(CultureInfo.InvariantCulture, $"{Amount:R}usd"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Amount:R}minutes"),
    };
}
