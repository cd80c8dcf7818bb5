namespace Caudata.Corpora;

public static partial class PlainText
{
    private static void FromMarkdown(ReadOnlySpan<char> text, ref LineWriter line)
    {
        var fence = ReadOnlySpan<char>.Empty;
        var comment = false;
        foreach (var raw in text.EnumerateLines())
        {
            var trimmed = raw.Trim();
            if (!fence.IsEmpty)
            {
                if (trimmed.StartsWith(fence) && trimmed.Trim(fence[0]).IsEmpty)
                {
                    fence = [];
                    line.Break(2);
                }
                else
                {
                    line.Verbatim(raw.TrimEnd());
                    line.Break(1);
                }

                continue;
            }

            if (comment)
            {
                comment = trimmed.IndexOf("-->") < 0;
                continue;
            }

            while (trimmed.Length > 0 && trimmed[0] == '>')
            {
                trimmed = trimmed[1..].TrimStart();
            }

            if (trimmed.StartsWith("```") || trimmed.StartsWith("~~~"))
            {
                var length = 0;
                while (length < trimmed.Length && trimmed[length] == trimmed[0])
                {
                    length++;
                }

                if (trimmed[length..].IndexOf('`') < 0)
                {
                    fence = trimmed[..length];
                    line.Break(2);
                    continue;
                }
            }

            if (trimmed.StartsWith("<!--"))
            {
                comment = trimmed.IndexOf("-->") < 0;
                continue;
            }

            if (trimmed.IsEmpty || IsRule(trimmed))
            {
                line.Break(2);
                continue;
            }

            var marker = ListMarker(trimmed);
            if (trimmed[0] == '#')
            {
                line.Break(2);
                trimmed = trimmed.TrimStart('#').TrimEnd('#').Trim();
                MarkdownInline(trimmed, ref line);
                line.Break(2);
                continue;
            }

            if (marker > 0)
            {
                line.Break(1);
            }
            else
            {
                line.Space();
            }

            MarkdownInline(trimmed.TrimStart('|'), ref line);
            if (trimmed[0] == '|' || raw.EndsWith("  "))
            {
                line.Break(1);
            }
        }
    }

    /// <summary>Writes a line without emphasis marks, link targets and tags.</summary>
    private static void MarkdownInline(ReadOnlySpan<char> text, ref LineWriter line)
    {
        Span<char> decoded = stackalloc char[2];
        while (!text.IsEmpty)
        {
            var i = text.IndexOfAny(MarkdownMarks);
            if (i < 0)
            {
                line.Words(text);
                return;
            }

            line.Words(text[..i]);
            var c = text[i];
            var next = i + 1 < text.Length ? text[i + 1] : ' ';
            var before = i > 0 ? text[i - 1] : ' ';
            text = text[i..];
            var used = 1;
            switch (c)
            {
                case '\\' when char.IsAsciiLetterOrDigit(next) || next is '(' or ')' or '[' or ']' or ' ':
                    line.Put('\\');
                    break;
                case '\\':
                    line.Put(next);
                    used = 2;
                    break;
                case '$':
                    var dollars = next == '$' ? "$$" : "$";
                    var close = text[dollars.Length..].IndexOf(dollars);
                    used = close < 0 ? 1 : close + (2 * dollars.Length);
                    line.Words(text[..used]);
                    break;
                case '`':
                    var ticks = 1;
                    while (ticks < text.Length && text[ticks] == '`')
                    {
                        ticks++;
                    }

                    var end = text[ticks..].IndexOf(text[..ticks]);
                    used = end < 0 ? ticks : end + (2 * ticks);
                    line.Words(text[ticks..Math.Max(ticks, used - ticks)]);
                    break;
                case '_' when char.IsLetterOrDigit(before) && char.IsLetterOrDigit(next):
                    line.Put('_');
                    break;
                case '*' when before == ' ' && next == ' ':
                    line.Put('*');
                    break;
                case ']' when next == '(':
                    var target = text.IndexOf(')');
                    used = target < 0 ? 1 : target + 1;
                    break;
                case '!' when next != '[':
                    line.Put('!');
                    break;
                case '|':
                    line.Space();
                    break;
                case '<' when char.IsAsciiLetter(next) || next is '/' or '!':
                    var tag = text.IndexOf('>');
                    used = tag < 0 ? 1 : tag + 1;
                    if (tag < 0)
                    {
                        line.Put('<');
                    }

                    line.Space();
                    break;
                case '<':
                    line.Put('<');
                    break;
                case '&':
                    used = Math.Max(1, HtmlEntity.Decode(text, decoded, out var written));
                    line.Words(written > 0 ? decoded[..written] : "&");
                    break;
            }

            text = text[Math.Min(used, text.Length)..];
        }
    }

    private static bool IsRule(ReadOnlySpan<char> trimmed)
    {
        foreach (var c in trimmed)
        {
            if (c is not ('-' or '=' or '*' or '_' or '|' or ':' or ' ' or '+'))
            {
                return false;
            }
        }

        return trimmed.Length > 1;
    }

    private static int ListMarker(ReadOnlySpan<char> trimmed)
    {
        if (trimmed.Length > 1 && trimmed[0] is '-' or '*' or '+' && trimmed[1] == ' ')
        {
            return 2;
        }

        var digits = 0;
        while (digits < trimmed.Length && digits < 9 && char.IsAsciiDigit(trimmed[digits]))
        {
            digits++;
        }

        return digits > 0 && digits + 1 < trimmed.Length && trimmed[digits] is '.' or ')' && trimmed[digits + 1] == ' ' ? digits + 2 : 0;
    }
}
