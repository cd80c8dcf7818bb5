using System.Globalization;
using System.Text;

namespace Caudata.Graphs.Drawing;

/// <summary>About how wide a text is in the sans-serif fonts of systems: a drawing has no font at hand to measure with.</summary>
internal static class TextWidth
{
    /// <summary>Width in the unit of the size.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">Size of the font.</param>
    public static double Of(string text, double size)
    {
        double width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += rune.Value switch
            {
                'i' or 'j' or 'l' or '.' or ',' or '\'' or '|' or '!' or ':' or ';' or 'I' or '[' or ']' => 0.31,
                'f' or 't' or 'r' or ' ' or '(' or ')' or '-' => 0.4,
                'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.9,
                >= 'A' and <= 'Z' => 0.69,
                < 0x1100 => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format ? 0 : 0.59,
                _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format ? 0 : 1.05,
            };
        }

        return width * size;
    }
}
