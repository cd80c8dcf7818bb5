namespace Caudata.Extraction.Structural;

internal sealed partial class MarkupText
{
    /// <summary>How far the end of a link, code span or tag is looked for: keeps hostile lines linear.</summary>
    private const int InlineReach = 4000;

    /// <summary>Writes a line of Markdown: code and mathematics as they stand; links as their words; pictures, HTML tags and emphasis marks left out.</summary>
    private void MarkdownCharacters(ReadOnlySpan<char> text)
    {
        var previous = ' ';
        while (!text.IsEmpty)
        {
            var i = text.IndexOfAny(MarkdownMarks);
            if (i < 0)
            {
                Words(text);
                return;
            }

            Words(text[..i]);
            previous = i > 0 ? text[i - 1] : previous;
            text = text[i..];
            var used = MarkdownMark(text, previous);
            previous = text[used - 1];
            text = text[used..];
        }
    }

    private int MarkdownMark(ReadOnlySpan<char> text, char previous)
    {
        var near = text[..Math.Min(text.Length, InlineReach)];
        var next = text.Length > 1 ? text[1] : ' ';
        switch (text[0])
        {
            case '`':
                var ticks = 1;
                while (ticks < near.Length && near[ticks] == '`')
                {
                    ticks++;
                }

                var close = near[ticks..].IndexOf(near[..ticks]);
                var length = close < 0 ? ticks : close + (2 * ticks);
                Inline(text[..length]);
                return length;
            case '$':
                var dollars = next == '$' ? 2 : 1;
                var end = near[Math.Min(dollars, near.Length)..].IndexOf(near[..Math.Min(dollars, near.Length)]);
                var used = end < 0 ? dollars : end + (2 * dollars);
                Inline(text[..Math.Min(used, text.Length)]);
                return Math.Min(used, text.Length);
            case '\\':
                if (next is '(' or '[')
                {
                    var stop = near.IndexOf(next == '(' ? "\\)" : "\\]");
                    if (stop > 0)
                    {
                        Inline(text[..(stop + 2)]);
                        return stop + 2;
                    }
                }

                if (text.Length > 1 && char.IsPunctuation(next) || next is '`' or '$' or '<' or '>' or '|' or '+' or '=' or '^' or '~')
                {
                    Inline(text.Slice(1, 1));
                    return 2;
                }

                Inline(text[..1]);
                return 1;
            case '!' when next == '[':
                var picture = LinkLength(near, 1, out _);
                if (picture > 0)
                {
                    return picture;
                }

                break;
            case '[':
                var link = LinkLength(near, 0, out var label);
                if (link > 0)
                {
                    if (label.Length > 0 && label[0] != '^')
                    {
                        MarkdownWords(label);
                    }

                    return link;
                }

                break;
            case '<' when char.IsAsciiLetter(next) || next is '/' or '!':
                var tag = near.IndexOf('>');
                if (tag > 0 && IsInlineTag(near[1..tag]))
                {
                    if (near[1..tag].StartsWith("br", StringComparison.OrdinalIgnoreCase))
                    {
                        Break(1);
                    }

                    return tag + 1;
                }

                break;
            case '*' or '_':
                var run = 1;
                while (run < text.Length && text[run] == text[0])
                {
                    run++;
                }

                var after = run < text.Length ? text[run] : ' ';
                var opens = !char.IsWhiteSpace(after);
                var closes = !char.IsWhiteSpace(previous);
                if (run > 3 || (!opens && !closes) || (text[0] == '_' && char.IsLetterOrDigit(previous) && char.IsLetterOrDigit(after)) || (text[0] == '*' && char.IsAsciiDigit(previous) && char.IsAsciiDigit(after)))
                {
                    Inline(text[..run]);
                }

                return run;
            case '&':
                Span<char> decoded = stackalloc char[2];
                var taken = Corpora.HtmlEntity.Decode(text, decoded, out var written);
                if (taken > 0)
                {
                    Words(decoded[..written]);
                    return taken;
                }

                break;
        }

        Inline(text[..1]);
        return 1;
    }

    /// <summary>Words of a link's label: one level, marks left out.</summary>
    private void MarkdownWords(ReadOnlySpan<char> label)
    {
        while (!label.IsEmpty)
        {
            var i = label.IndexOfAny("*![]");
            if (i < 0)
            {
                Words(label);
                return;
            }

            Words(label[..i]);
            if (label[i] == '!' && (i + 1 >= label.Length || label[i + 1] != '['))
            {
                Inline("!");
            }

            label = label[(i + 1)..];
        }
    }

    /// <summary>Length of <c>[label](target)</c>, <c>[label][key]</c> at an offset, 0 when it is none.</summary>
    private static int LinkLength(ReadOnlySpan<char> text, int offset, out ReadOnlySpan<char> label)
    {
        label = [];
        var depth = 0;
        var i = offset;
        for (; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '[')
            {
                depth++;
            }
            else if (text[i] == ']' && --depth == 0)
            {
                break;
            }

            if (i - offset > 600)
            {
                return 0;
            }
        }

        if (i >= text.Length)
        {
            return 0;
        }

        label = text[(offset + 1)..i];
        i++;
        if (i < text.Length && text[i] is '(' or '[')
        {
            var close = text[i..].IndexOf(text[i] == '(' ? ')' : ']');
            return close < 0 ? 0 : i + close + 1;
        }

        return 0;
    }

    /// <summary>Whether a tag inside a line of Markdown is one of HTML; <c>&lt;T&gt;</c> and the like are words.</summary>
    public static bool IsInlineTag(ReadOnlySpan<char> tag)
    {
        if (tag.StartsWith("!--"))
        {
            return true;
        }

        tag = tag.TrimStart('/');
        var length = 0;
        while (length < tag.Length && char.IsAsciiLetterOrDigit(tag[length]))
        {
            length++;
        }

        return tag[..length] is "a" or "b" or "i" or "u" or "s" or "p" or "br" or "em" or "hr" or "td" or "tr" or "th" or "ul" or "ol" or "li" or "dl" or "dt" or "dd" or "tt" or "sub" or "sup" or "img" or "div" or "kbd" or "del" or "ins" or "var" or "pre"
            or "code" or "span" or "font" or "abbr" or "mark" or "small" or "table" or "tbody" or "thead" or "strong" or "center" or "details" or "summary" or "section" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "figure" or "figcaption" or "iframe" or "blockquote"
            or "BR" or "P" or "A" or "B" or "DIV" or "IMG";
    }
}
