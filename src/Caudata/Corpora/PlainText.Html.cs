namespace Caudata.Corpora;

public static partial class PlainText
{
    private static void FromHtml(ReadOnlySpan<char> text, ref LineWriter line)
    {
        var preformatted = 0;
        while (!text.IsEmpty)
        {
            var open = text.IndexOf('<');
            var words = open < 0 ? text : text[..open];
            HtmlWords(words, preformatted > 0, ref line);
            if (open < 0)
            {
                return;
            }

            text = text[open..];
            if (text.StartsWith("<!--"))
            {
                var end = text.IndexOf("-->");
                text = end < 0 ? [] : text[(end + 3)..];
                continue;
            }

            if (text.StartsWith("<![CDATA["))
            {
                var end = text.IndexOf("]]>");
                line.Words(end < 0 ? text[9..] : text[9..end]);
                text = end < 0 ? [] : text[(end + 3)..];
                continue;
            }

            if (text.Length < 2 || !(char.IsAsciiLetter(text[1]) || text[1] is '/' or '!' or '?'))
            {
                line.Put('<');
                text = text[1..];
                continue;
            }

            var closing = text[1] == '/';
            var tag = text[(closing ? 2 : 1)..];
            var nameLength = 0;
            while (nameLength < tag.Length && (char.IsAsciiLetterOrDigit(tag[nameLength]) || tag[nameLength] is ':' or '-'))
            {
                nameLength++;
            }

            var name = tag[..nameLength];
            var length = TagLength(tag);
            var attributes = tag[nameLength..length];
            text = tag[length..];
            if (IsSkipped(name))
            {
                if (!closing && !attributes.TrimEnd('>').EndsWith("/"))
                {
                    text = AfterElement(text, name);
                }

                line.Space();
                continue;
            }

            if (Is(name, "img") || Is(name, "image"))
            {
                line.Space();
                var alt = Attribute(attributes, "alt");
                if (alt.Length > 2)
                {
                    HtmlWords(alt, false, ref line);
                }

                line.Space();
                continue;
            }

            if (Is(name, "pre"))
            {
                preformatted = Math.Max(0, preformatted + (closing ? -1 : 1));
            }

            var breaks = Breaks(name);
            if (breaks > 0)
            {
                line.Break(breaks);
            }
            else if (breaks < 0)
            {
                line.Space();
            }
        }
    }

    /// <summary>Writes character data with its references decoded.</summary>
    private static void HtmlWords(ReadOnlySpan<char> words, bool preformatted, ref LineWriter line)
    {
        Span<char> decoded = stackalloc char[2];
        while (!words.IsEmpty)
        {
            var i = preformatted ? words.IndexOfAny('&', '\n') : words.IndexOf('&');
            if (i < 0)
            {
                Write(words, preformatted, ref line);
                return;
            }

            Write(words[..i], preformatted, ref line);
            words = words[i..];
            if (words[0] == '\n')
            {
                line.Break(1);
                words = words[1..];
                continue;
            }

            var used = HtmlEntity.Decode(words, decoded, out var written);
            if (used == 0)
            {
                line.Put('&');
                words = words[1..];
            }
            else
            {
                line.Words(decoded[..written]);
                words = words[used..];
            }
        }

        static void Write(ReadOnlySpan<char> words, bool preformatted, ref LineWriter line)
        {
            if (preformatted)
            {
                line.Verbatim(words);
            }
            else
            {
                line.Words(words);
            }
        }
    }

    /// <summary>Length of a tag from its name to past its <c>&gt;</c>; quoted attribute values may hold that sign.</summary>
    private static int TagLength(ReadOnlySpan<char> tag)
    {
        var i = 0;
        while (true)
        {
            var found = tag[i..].IndexOfAny('>', '=', '<');
            if (found < 0)
            {
                return tag.Length;
            }

            i += found;
            if (tag[i] == '>')
            {
                return i + 1;
            }

            if (tag[i] == '<')
            {
                return i;
            }

            i++;
            while (i < tag.Length && char.IsWhiteSpace(tag[i]))
            {
                i++;
            }

            if (i < tag.Length && tag[i] is '"' or '\'')
            {
                var end = tag[(i + 1)..].IndexOf(tag[i]);
                if (end < 0)
                {
                    return tag.Length;
                }

                i += end + 2;
            }
        }
    }

    private static ReadOnlySpan<char> AfterElement(ReadOnlySpan<char> text, ReadOnlySpan<char> name)
    {
        var start = 0;
        while (true)
        {
            var end = text[start..].IndexOf("</");
            if (end < 0)
            {
                // Never closed: what follows is kept rather than lost, except of scripts and styles, which are no words.
                return Is(name, "script") || Is(name, "style") ? [] : text;
            }

            start += end + 2;
            var rest = text[start..];
            if (rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (rest.Length == name.Length || !char.IsAsciiLetterOrDigit(rest[name.Length])))
            {
                var close = rest.IndexOf('>');
                return close < 0 ? [] : rest[(close + 1)..];
            }
        }
    }

    private static ReadOnlySpan<char> Attribute(ReadOnlySpan<char> attributes, ReadOnlySpan<char> name)
    {
        var at = attributes.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return [];
        }

        var rest = attributes[(at + name.Length)..].TrimStart();
        if (rest.Length < 3 || rest[0] != '=')
        {
            return [];
        }

        rest = rest[1..].TrimStart();
        if (rest.IsEmpty || rest[0] is not ('"' or '\''))
        {
            return [];
        }

        var end = rest[1..].IndexOf(rest[0]);
        return end < 0 ? [] : rest[1..(end + 1)];
    }

    private static bool Is(ReadOnlySpan<char> name, ReadOnlySpan<char> word) => name.Equals(word, StringComparison.OrdinalIgnoreCase);

    // Elements whose content is no text of the document, or is said a second time elsewhere (annotation-xml).
    private static bool IsSkipped(ReadOnlySpan<char> name) => name.Length switch
    {
        3 => Is(name, "svg") || Is(name, "nav"),
        4 => Is(name, "head"),
        5 => Is(name, "style"),
        6 => Is(name, "script") || Is(name, "footer") || Is(name, "iframe"),
        8 => Is(name, "template") || Is(name, "noscript") || Is(name, "metadata"),
        14 => Is(name, "annotation-xml"),
        _ => false,
    };

    /// <summary>2: an empty line around it; 1: a new line; -1: a space; 0: nothing.</summary>
    private static int Breaks(ReadOnlySpan<char> name) => name.Length switch
    {
        1 => Is(name, "p") ? 2 : 0,
        2 => name[0] is 'h' or 'H' && char.IsAsciiDigit(name[1]) ? 2
            : Is(name, "li") || Is(name, "br") || Is(name, "tr") || Is(name, "dt") || Is(name, "dd") || Is(name, "hr") || Is(name, "me") ? 1
            : Is(name, "ul") || Is(name, "ol") || Is(name, "dl") || Is(name, "md") ? 2
            : Is(name, "td") || Is(name, "th") ? -1 : 0,
        3 => Is(name, "div") || Is(name, "pre") ? 2 : Is(name, "row") ? 1 : 0,
        4 => Is(name, "para") || Is(name, "list") || Is(name, "main") || Is(name, "note") ? 2 : Is(name, "item") ? 1 : Is(name, "cell") ? -1 : 0,
        5 => Is(name, "table") || Is(name, "title") || Is(name, "aside") ? 2 : Is(name, "entry") ? -1 : 0,
        6 => Is(name, "figure") || Is(name, "answer") || Is(name, "header") ? 2 : 0,
        _ => Is(name, "section") || Is(name, "article") || Is(name, "details") || Is(name, "summary") || Is(name, "problem") || Is(name, "exercise") || Is(name, "solution") || Is(name, "statement")
            || Is(name, "example") || Is(name, "blockquote") || Is(name, "figcaption") || Is(name, "caption") || Is(name, "equation") || Is(name, "definition") || Is(name, "program") ? 2
            : Is(name, "meaning") || Is(name, "option") ? 1 : 0,
    };
}
