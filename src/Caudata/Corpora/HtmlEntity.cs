using System.Collections.Frozen;
using System.Globalization;

namespace Caudata.Corpora;

/// <summary>Character references of HTML and XML (<c>&amp;amp;</c>, <c>&amp;#8722;</c>, <c>&amp;#x2212;</c>).</summary>
internal static class HtmlEntity
{
    /// <summary>Longest name that is looked up, in code units.</summary>
    private const int LongestName = 24;

    private static readonly FrozenDictionary<string, string> Names = Load();

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ByName = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Decodes the reference that starts at <c>text[0] == '&amp;'</c>.</summary>
    /// <param name="text">Text from the ampersand on.</param>
    /// <param name="decoded">The characters meant (1 or 2 code units).</param>
    /// <param name="written">Number of characters in <paramref name="decoded"/>.</param>
    /// <returns>Code units consumed, or 0 when this is no reference that we know.</returns>
    public static int Decode(ReadOnlySpan<char> text, Span<char> decoded, out int written)
    {
        written = 0;
        if (text.Length < 3 || text[0] != '&')
        {
            return 0;
        }

        if (text[1] == '#')
        {
            return DecodeNumber(text, decoded, out written);
        }

        var end = 1;
        while (end < text.Length && end <= LongestName && char.IsAsciiLetterOrDigit(text[end]))
        {
            end++;
        }

        if (end == 1 || !ByName.TryGetValue(text[1..end], out var value))
        {
            return 0;
        }

        value.CopyTo(decoded);
        written = value.Length;
        return end < text.Length && text[end] == ';' ? end + 1 : end;
    }

    private static int DecodeNumber(ReadOnlySpan<char> text, Span<char> decoded, out int written)
    {
        written = 0;
        var hexadecimal = text.Length > 2 && text[2] is 'x' or 'X';
        var start = hexadecimal ? 3 : 2;
        var end = start;
        while (end < text.Length && end - start < 8 && (hexadecimal ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])))
        {
            end++;
        }

        if (end == start || !int.TryParse(text[start..end], hexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            return 0;
        }

        if (code is 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF) or < 32 and not (9 or 10 or 13))
        {
            code = 0xFFFD;
        }

        written = new System.Text.Rune(code).EncodeToUtf16(decoded);
        return end < text.Length && text[end] == ';' ? end + 1 : end;
    }

    private static FrozenDictionary<string, string> Load()
    {
        // The names that textbooks, help pages and forums use: markup, punctuation, Latin letters with marks, Greek letters, operators and arrows.
        const string Table =
            "amp & lt < gt > quot \" apos ' nbsp \u00a0 ensp \u2002 emsp \u2003 thinsp \u2009 ndash – mdash — minus − hellip … lsquo ‘ rsquo ’ ldquo “ rdquo ” sbquo ‚ bdquo „ laquo « raquo » " +
            "times × divide ÷ middot · bull • deg ° plusmn ± frac12 ½ frac14 ¼ frac34 ¾ sup1 ¹ sup2 ² sup3 ³ micro µ para ¶ sect § copy © reg ® trade ™ cent ¢ pound £ yen ¥ euro € dagger † Dagger ‡ permil ‰ prime ′ Prime ″ " +
            "iexcl ¡ iquest ¿ brvbar ¦ uml ¨ ordf ª ordm º not ¬ macr ¯ acute ´ cedil ¸ curren ¤ lsaquo ‹ rsaquo › oline ‾ frasl ⁄ " +
            "Agrave À Aacute Á Acirc Â Atilde Ã Auml Ä Aring Å AElig Æ Ccedil Ç Egrave È Eacute É Ecirc Ê Euml Ë Igrave Ì Iacute Í Icirc Î Iuml Ï ETH Ð Ntilde Ñ Ograve Ò Oacute Ó Ocirc Ô Otilde Õ Ouml Ö Oslash Ø Ugrave Ù Uacute Ú Ucirc Û Uuml Ü Yacute Ý THORN Þ szlig ß " +
            "agrave à aacute á acirc â atilde ã auml ä aring å aelig æ ccedil ç egrave è eacute é ecirc ê euml ë igrave ì iacute í icirc î iuml ï eth ð ntilde ñ ograve ò oacute ó ocirc ô otilde õ ouml ö oslash ø ugrave ù uacute ú ucirc û uuml ü yacute ý thorn þ yuml ÿ OElig Œ oelig œ Scaron Š scaron š Yuml Ÿ fnof ƒ circ ˆ tilde ˜ " +
            "Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω " +
            "alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π rho ρ sigmaf ς sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω thetasym ϑ upsih ϒ piv ϖ " +
            "larr ← uarr ↑ rarr → darr ↓ harr ↔ crarr ↵ lArr ⇐ uArr ⇑ rArr ⇒ dArr ⇓ hArr ⇔ forall ∀ part ∂ exist ∃ empty ∅ nabla ∇ isin ∈ notin ∉ ni ∋ prod ∏ sum ∑ lowast ∗ radic √ prop ∝ infin ∞ ang ∠ and ∧ or ∨ cap ∩ cup ∪ int ∫ there4 ∴ sim ∼ cong ≅ asymp ≈ ne ≠ equiv ≡ le ≤ ge ≥ sub ⊂ sup ⊃ nsub ⊄ sube ⊆ supe ⊇ oplus ⊕ otimes ⊗ perp ⊥ sdot ⋅ " +
            "lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ lang ⟨ rang ⟩ loz ◊ check ✓ star ☆ spades ♠ clubs ♣ hearts ♥ diams ♦ real ℜ image ℑ weierp ℘ alefsym ℵ lbrace { rbrace } lbrack [ rbrack ] lpar ( rpar ) lowbar _ vert | verbar | num # dollar $ percnt % ast * plus + comma , period . sol / colon : semi ; equals = quest ? commat @ bsol \\ Hat ^ grave ` excl ! " +
            "ApplyFunction \u2061 InvisibleTimes \u2062 InvisibleComma \u2063 it \u2062 af \u2061 leq ≤ geq ≥ rightarrow → to → infty ∞ ThinSpace \u2009 zwnj \u200c zwj \u200d lrm \u200e rlm \u200f shy \u00ad hairsp \u200a numsp \u2007 puncsp \u2008 NewLine \u000a Tab \u0009";
        var parts = Table.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < parts.Length; i += 2)
        {
            names[parts[i]] = parts[i + 1];
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
