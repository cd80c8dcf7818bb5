namespace Caudata.Extraction.Structural;

/// <summary>Counts what a text consists of.</summary>
/// <param name="Words">Words of at least two letters outside mathematics and code.</param>
/// <param name="Others">Formulas, numbers, single letters and pieces of code.</param>
internal readonly record struct WordCount(int Words, int Others)
{
    /// <summary>Counts a text in light Markdown.</summary>
    public static WordCount Of(ReadOnlySpan<char> text)
    {
        var words = 0;
        var others = 0;
        while (!text.IsEmpty)
        {
            var c = text[0];
            if (c == '\\' && text.Length > 1 && text[1] is '(' or '[')
            {
                var end = text.IndexOf(text[1] == '(' ? "\\)" : "\\]");
                others++;
                text = end < 0 ? text[2..] : text[(end + 2)..];
            }
            else if (c == '$')
            {
                var marks = text.Length > 1 && text[1] == '$' ? 2 : 1;
                var end = text[marks..].IndexOf(text[..marks]);
                others++;
                text = end < 0 || (marks == 1 && end > 400) ? text[marks..] : text[(end + (2 * marks))..];
            }
            else if (c == '\\' && text.StartsWith("\\begin{"))
            {
                var end = text.IndexOf("\\end{");
                others++;
                text = end < 0 ? text[7..] : text[(end + 5)..];
            }
            else if (c == '\\')
            {
                var end = 1;
                while (end < text.Length && char.IsAsciiLetter(text[end]))
                {
                    end++;
                }

                text = text[end..];
            }
            else if (c == '`')
            {
                var ticks = 1;
                while (ticks < text.Length && text[ticks] == '`')
                {
                    ticks++;
                }

                var end = text[ticks..].IndexOf(text[..ticks]);
                others += 2;
                text = end < 0 ? text[ticks..] : text[(end + (2 * ticks))..];
            }
            else if (char.IsLetter(c))
            {
                var length = 1;
                while (length < text.Length && (char.IsLetter(text[length]) || text[length] is '\'' or '’'))
                {
                    length++;
                }

                if (length > 1 || c >= '\u0f00')
                {
                    words++;
                }
                else
                {
                    others++;
                }

                text = text[length..];
            }
            else if (char.IsDigit(c))
            {
                var length = 1;
                while (length < text.Length && (char.IsDigit(text[length]) || text[length] is '.' or ','))
                {
                    length++;
                }

                others++;
                text = text[length..];
            }
            else
            {
                text = text[1..];
            }
        }

        return new WordCount(words, others);
    }
}
