namespace Caudata.Extraction.Structural;

/// <summary>The number at the start of a block or line: "7.", "(7)", "7.1", "Q7)".</summary>
/// <param name="Major">What stands before the last part of its number, packed; -1 when it has one part.</param>
/// <param name="Number">The last part.</param>
/// <param name="Length">Code units, mark and white space included.</param>
/// <param name="Mark">The mark behind it, a space when there is none.</param>
internal readonly record struct Enumerator(int Major, int Number, int Length, char Mark)
{
    /// <summary>Reads the number at the start of a text; its <see cref="Number"/> is -1 when there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isBare">Whether a number of several parts ("7.1") needs no mark behind it when a capital letter or a formula follows.</param>
    public static Enumerator Of(ReadOnlySpan<char> text, bool isBare = false)
    {
        var none = new Enumerator(-1, -1, 0, ' ');
        var i = text.StartsWith("(") || text.StartsWith("[") ? 1 : 0;
        var (major, number, parts) = (-1, 0, 0);
        while (true)
        {
            var digits = i;
            number = 0;
            while (i < text.Length && char.IsAsciiDigit(text[i]) && i - digits < 5)
            {
                number = (number * 10) + (text[i++] - '0');
            }

            if (i == digits || i >= text.Length)
            {
                return none;
            }

            // "1.7. What ..." and "1-7)": the last part counts; "1.5 is a number" has no mark behind.
            if (++parts < 3 && text[i] is '.' or '-' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
            {
                major = (Math.Max(0, major) * 1000) + (number % 1000);
                i++;
                continue;
            }

            break;
        }

        var mark = i;
        while (i < text.Length && text[i] is '.' or ')' or ']' or ':' or '*' or '_')
        {
            i++;
        }

        if (i < text.Length && text[i] is not (' ' or '\n' or '\t' or '\u00a0' or '$' or '\\'))
        {
            return none;
        }

        if (i == mark && !(isBare && parts > 1 && text[i..].TrimStart() is [var first, ..] && (char.IsUpper(first) || first is '$' or '\\' or '(' || char.IsDigit(first))))
        {
            return none;
        }

        return new Enumerator(major, number, i, i == mark ? ' ' : text[mark]);
    }

    /// <summary>Whether this number comes right behind another, or two behind it where a key leaves every second out.</summary>
    public bool Follows(Enumerator last) => last.Number >= 0 && last.Mark == Mark && (last.Major == Major ? Number > last.Number && Number <= last.Number + 2 : last.Major >= 0 && Major == last.Major + 1 && Number <= 2);
}
