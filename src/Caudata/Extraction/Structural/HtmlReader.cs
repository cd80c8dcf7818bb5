namespace Caudata.Extraction.Structural;

/// <summary>Reads HTML, CNXML, PreTeXt and other XML into a <see cref="MarkupTree"/>, forgiving whatever is malformed.</summary>
/// <remarks>A hand-written scanner: every code unit is looked at a bounded number of times, nesting needs no call stack, unclosed and misnested tags are mended as browsers do it, except that lists and
/// tables may stand inside paragraphs, as XML books have it.</remarks>
internal sealed class HtmlReader
{
    /// <summary>How far up an implied end tag is looked for; deeper nesting is not mended.</summary>
    private const int MendingReach = 64;

    /// <summary>Longest caption of a button or link that is looked at.</summary>
    private const int LongestCaption = 250;

    private readonly string _source;
    private readonly MarkupTree _tree;
    private readonly Dictionary<int, int> _openNames = [];
    private readonly List<int> _names = new(64);
    private bool _noDoubleQuote;
    private bool _noSingleQuote;
    private bool _noCommentEnd;

    private HtmlReader(string source, MarkupTree tree)
    {
        _source = source;
        _tree = tree;
    }

    /// <summary>Reads a whole text.</summary>
    public static MarkupTree Read(string source)
    {
        var tree = new MarkupTree(source);
        new HtmlReader(source, tree).Range(0, source.Length);
        return tree.Complete();
    }

    /// <summary>Reads a range of the tree's text below its innermost open element.</summary>
    public static void ReadInto(MarkupTree tree, int start, int end) => new HtmlReader(tree.Source, tree).Range(start, end);

    /// <summary>Role that the attributes of a single tag state.</summary>
    public static MarkupRole RoleOfTag(string source, int start, int end)
    {
        var at = start + 1;
        while (at < end && char.IsAsciiLetterOrDigit(source[at]))
        {
            at++;
        }

        var attributes = new TagAttributes(MarkupRole.None, false);
        new HtmlReader(source, new MarkupTree(source)).Attributes(at, end, ref attributes);
        return attributes.Role;
    }

    private void Range(int at, int end)
    {
        while (at < end)
        {
            var open = _source.AsSpan(at, end - at).IndexOf('<');
            var textEnd = open < 0 ? end : at + open;
            while (textEnd + 1 < end && !StartsTag(_source[textEnd + 1]))
            {
                open = _source.AsSpan(textEnd + 1, end - textEnd - 1).IndexOf('<');
                textEnd = open < 0 ? end : textEnd + 1 + open;
            }

            if (textEnd > at)
            {
                _tree.Leaf(MarkupKind.Text, at, textEnd);
            }

            if (textEnd >= end)
            {
                return;
            }

            at = Tag(textEnd, end);
        }
    }

    private static bool StartsTag(char c) => char.IsAsciiLetter(c) || c is '/' or '!' or '?';

    /// <summary>Reads the tag at a <c>&lt;</c>; gives the position after it.</summary>
    private int Tag(int at, int end)
    {
        var rest = _source.AsSpan(at, end - at);
        if (rest.StartsWith("<!--"))
        {
            var close = _noCommentEnd ? -1 : rest.IndexOf("-->");
            _noCommentEnd |= close < 0;
            return close < 0 ? at + 4 : at + close + 3;
        }

        if (rest.StartsWith("<![CDATA["))
        {
            var close = rest.IndexOf("]]>");
            var stop = close < 0 ? end : at + close;
            if (stop > at + 9)
            {
                _tree.Leaf(MarkupKind.Text, at + 9, stop, TextSyntax.Plain);
            }

            return close < 0 ? end : stop + 3;
        }

        if (rest.Length > 1 && rest[1] is '!' or '?')
        {
            var close = rest.IndexOf('>');
            return close < 0 ? end : at + close + 1;
        }

        var closing = rest.Length > 1 && rest[1] == '/';
        var nameStart = at + (closing ? 2 : 1);
        var nameEnd = nameStart;
        while (nameEnd < end && (char.IsAsciiLetterOrDigit(_source[nameEnd]) || _source[nameEnd] is ':' or '-' or '_'))
        {
            nameEnd++;
        }

        var name = _source.AsSpan(nameStart, nameEnd - nameStart);
        var colon = name.IndexOf(':');
        if (colon >= 0)
        {
            name = name[(colon + 1)..];
        }

        Span<char> lower = stackalloc char[Math.Min(name.Length, 32)];
        name[..lower.Length].ToLowerInvariant(lower);
        var hash = Hash(lower);
        if (closing)
        {
            var close = _source.AsSpan(nameEnd, end - nameEnd).IndexOf('>');
            var after = close < 0 ? end : nameEnd + close + 1;
            EndTag(hash, at, after);
            return after;
        }

        var attributes = new TagAttributes(MarkupRole.None, false);
        var tagEnd = Attributes(nameEnd, end, ref attributes);
        var selfClosed = tagEnd - 2 >= nameEnd && _source[tagEnd - 2] == '/' && _source[tagEnd - 1] == '>';
        return StartTag(lower, hash, at, tagEnd, end, attributes, selfClosed);
    }

    private int StartTag(ReadOnlySpan<char> name, int hash, int at, int tagEnd, int end, in TagAttributes attributes, bool selfClosed)
    {
        var kind = KindOf(name, out var level);
        var role = attributes.Role;
        if (role == MarkupRole.None && kind == MarkupKind.Container && name is not ("div" or "section" or "article" or "main" or "form"))
        {
            role = MarkupRoles.OfName(name);
        }

        if (role == MarkupRole.None && kind == MarkupKind.Definitions && name is "definition")
        {
            role = MarkupRole.Definition;
        }

        if (attributes.IsBoilerplate && kind is MarkupKind.Container or MarkupKind.Paragraph or MarkupKind.List or MarkupKind.OrderedList or MarkupKind.Inline or MarkupKind.Table or MarkupKind.Link)
        {
            kind = MarkupKind.Ignored;
        }

        if (name is "button")
        {
            kind = Shows(tagEnd, end, attributes, isButton: true) ? _tree.Top.Kind is MarkupKind.Heading or MarkupKind.Term or MarkupKind.Summary ? MarkupKind.Inline : MarkupKind.Container : MarkupKind.Ignored;
        }
        else if (kind == MarkupKind.Link && name is "a" && _tree.Top.Kind is MarkupKind.Container or MarkupKind.Item or MarkupKind.Root && Shows(tagEnd, end, attributes, isButton: false) && !ElementTag.LeadsElsewhere(_source.AsSpan(at, tagEnd - at)))
        {
            kind = MarkupKind.Container;
        }

        if (kind is MarkupKind.Image or MarkupKind.Break or MarkupKind.Rule || name is "input" or "meta" or "link" or "col" or "area" or "base" or "source" or "wbr" or "embed" or "param" && kind != MarkupKind.Link)
        {
            if (kind is MarkupKind.Image or MarkupKind.Break or MarkupKind.Rule)
            {
                _tree.Leaf(kind, at, tagEnd);
            }

            return tagEnd;
        }

        Mend(kind, at);
        if (name is "script" or "style" or "textarea")
        {
            return selfClosed ? tagEnd : AfterRawText(name, tagEnd, end);
        }

        var index = _tree.Open(kind, role, at, tagEnd);
        _tree.At(index).Level = level;
        if (selfClosed)
        {
            _tree.Close(tagEnd, tagEnd);
            return tagEnd;
        }

        _names.Add(hash);
        _openNames[hash] = _openNames.GetValueOrDefault(hash) + 1;
        return tagEnd;
    }

    /// <summary>Whether a button or link is content: it says nothing but "Show answer", or (a button) it asks, as the heads of accordions do.</summary>
    private bool Shows(int at, int end, in TagAttributes attributes, bool isButton)
    {
        Span<char> words = stackalloc char[LongestCaption];
        var length = 0;
        var stop = Math.Min(end, at + (isButton ? 4 * LongestCaption : LongestCaption));
        for (var i = at; i < stop && length < words.Length; i++)
        {
            if (_source[i] == '<')
            {
                if (i + 2 < stop && _source[i + 1] == '/' && char.ToLowerInvariant(_source[i + 2]) == (isButton ? 'b' : 'a') && (!isButton || char.ToLowerInvariant(_source[Math.Min(i + 3, end - 1)]) == 'u'))
                {
                    break;
                }

                var close = _source.AsSpan(i, stop - i).IndexOf('>');
                i = close < 0 ? stop : i + close;
                continue;
            }

            words[length++] = _source[i];
        }

        var caption = words[..length].Trim().TrimEnd("+-▼▾⌄›×✕ ");
        if (isButton && (attributes.Role is MarkupRole.Exercise or MarkupRole.Statement || (caption.Length > 8 && caption[^1] is '?' or '？' && caption.Contains(' '))))
        {
            return true;
        }

        var label = caption.Length < 3 ? default : BlockLabel.Of(caption);
        return label.Kind is LabelKind.Answer or LabelKind.Hint && label.Length >= caption.Length;
    }

    private int AfterRawText(ReadOnlySpan<char> name, int at, int end)
    {
        var start = at;
        while (start < end)
        {
            var close = _source.AsSpan(start, end - start).IndexOf("</");
            if (close < 0)
            {
                return end;
            }

            start += close + 2;
            if (_source.AsSpan(start, end - start).StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                var stop = _source.AsSpan(start, end - start).IndexOf('>');
                return stop < 0 ? end : start + stop + 1;
            }
        }

        return end;
    }

    private void EndTag(int hash, int at, int after)
    {
        if (_openNames.GetValueOrDefault(hash) == 0)
        {
            return;
        }

        while (_names.Count > 0)
        {
            var found = _names[^1] == hash;
            Pop(at, found ? after : at);
            if (found)
            {
                return;
            }
        }
    }

    private void Pop(int contentEnd, int end)
    {
        var hash = _names[^1];
        _names.RemoveAt(_names.Count - 1);
        _openNames[hash]--;
        _tree.Close(contentEnd, end);
    }

    /// <summary>Closes what the new element implies to be closed: a paragraph before a block, an item before an item, a cell before a cell.</summary>
    private void Mend(MarkupKind kind, int at)
    {
        switch (kind)
        {
            case MarkupKind.Heading or MarkupKind.Container or MarkupKind.Disclosure or MarkupKind.Definitions:
            case MarkupKind.Paragraph:
                CloseUpTo(at, static k => k == MarkupKind.Paragraph, static k => k is not (MarkupKind.Emphasis or MarkupKind.Strong or MarkupKind.Inline or MarkupKind.Link or MarkupKind.Code), kind == MarkupKind.Paragraph ? 8 : 1);
                break;
            case MarkupKind.Item:
                CloseUpTo(at, static k => k == MarkupKind.Item, static k => k is MarkupKind.List or MarkupKind.OrderedList or MarkupKind.Table or MarkupKind.Root, MendingReach);
                break;
            case MarkupKind.Term or MarkupKind.Description:
                CloseUpTo(at, static k => k is MarkupKind.Term or MarkupKind.Description, static k => k is MarkupKind.Definitions or MarkupKind.Root, MendingReach);
                break;
            case MarkupKind.Cell or MarkupKind.HeaderCell:
                CloseUpTo(at, static k => k is MarkupKind.Cell or MarkupKind.HeaderCell, static k => k is MarkupKind.Row or MarkupKind.Table or MarkupKind.Root, MendingReach);
                break;
            case MarkupKind.Row:
                CloseUpTo(at, static k => k is MarkupKind.Row, static k => k is MarkupKind.Table or MarkupKind.Root, MendingReach);
                break;
        }
    }

    private void CloseUpTo(int at, Func<MarkupKind, bool> wanted, Func<MarkupKind, bool> barrier, int reach)
    {
        for (var depth = _tree.Depth - 1; depth > 0 && depth >= _tree.Depth - reach; depth--)
        {
            var kind = _tree.OpenAt(depth).Kind;
            if (wanted(kind))
            {
                while (_tree.Depth > depth)
                {
                    Pop(at, at);
                }

                return;
            }

            if (barrier(kind))
            {
                return;
            }
        }
    }

    /// <summary>Reads attributes up to past the <c>&gt;</c>.</summary>
    private int Attributes(int at, int end, ref TagAttributes attributes)
    {
        while (at < end)
        {
            var c = _source[at];
            if (c == '>')
            {
                return at + 1;
            }

            if (c == '<')
            {
                return at;
            }

            if (char.IsWhiteSpace(c) || c is '/' or '"' or '\'' or '=')
            {
                at++;
                continue;
            }

            var nameStart = at;
            while (at < end && _source[at] is not ('=' or '>' or '/' or '<') && !char.IsWhiteSpace(_source[at]))
            {
                at++;
            }

            var name = _source.AsSpan(nameStart, at - nameStart);
            while (at < end && char.IsWhiteSpace(_source[at]))
            {
                at++;
            }

            if (at >= end || _source[at] != '=')
            {
                continue;
            }

            at++;
            while (at < end && char.IsWhiteSpace(_source[at]))
            {
                at++;
            }

            var valueStart = at;
            int valueEnd;
            if (at < end && _source[at] is '"' or '\'')
            {
                var quote = _source[at];
                ref var exhausted = ref quote == '"' ? ref _noDoubleQuote : ref _noSingleQuote;
                var close = exhausted ? -1 : _source.AsSpan(at + 1, end - at - 1).IndexOf(quote);
                if (close < 0)
                {
                    // No closing quote in the rest of the text: the quote is taken for a part of the value, and never looked for again.
                    exhausted = true;
                    at++;
                    continue;
                }

                valueStart = at + 1;
                valueEnd = valueStart + close;
                at = valueEnd + 1;
            }
            else
            {
                while (at < end && _source[at] is not ('>' or '<') && !char.IsWhiteSpace(_source[at]))
                {
                    at++;
                }

                valueEnd = at;
            }

            Attribute(name, _source.AsSpan(valueStart, valueEnd - valueStart), ref attributes);
        }

        return end;
    }

    private static void Attribute(ReadOnlySpan<char> name, ReadOnlySpan<char> value, ref TagAttributes attributes)
    {
        if (name.Equals("data-type", StringComparison.OrdinalIgnoreCase))
        {
            var role = MarkupRoles.OfName(value);
            attributes = attributes with { Role = value is "problem" ? MarkupRole.Statement : role == MarkupRole.None ? attributes.Role : role };
        }
        else if (name.Equals("class", StringComparison.OrdinalIgnoreCase) || name.Equals("role", StringComparison.OrdinalIgnoreCase) || name.Equals("id", StringComparison.OrdinalIgnoreCase))
        {
            var isClass = name[0] is 'c' or 'C';
            Span<char> letters = stackalloc char[40];
            foreach (var part in value.Split(' '))
            {
                var word = value[part].Trim();
                if (word.IsEmpty || word.Length > 40)
                {
                    continue;
                }

                var lower = letters[..word.Length];
                word.ToLowerInvariant(lower);
                if (MarkupRoles.IsBoilerplate(lower))
                {
                    attributes = attributes with { IsBoilerplate = true };
                }

                if (isClass)
                {
                    var role = MarkupRoles.OfName(lower);
                    if (lower is "accepted-answer")
                    {
                        role = MarkupRole.AcceptedAnswer;
                    }

                    if (attributes.Role == MarkupRole.None || role == MarkupRole.AcceptedAnswer)
                    {
                        attributes = attributes with { Role = role };
                    }
                }
            }
        }
        else if (name.Equals("itemprop", StringComparison.OrdinalIgnoreCase) && value is "upvoteCount" or "downvoteCount" or "answerCount" or "commentCount" or "dateCreated" or "datePublished" or "dateModified" or "author")
        {
            attributes = attributes with { IsBoilerplate = true };
        }
        else if (name.Equals("itemprop", StringComparison.OrdinalIgnoreCase) && value.Contains("acceptedAnswer", StringComparison.OrdinalIgnoreCase))
        {
            attributes = attributes with { Role = MarkupRole.AcceptedAnswer };
        }
        else if (name.Equals("itemtype", StringComparison.OrdinalIgnoreCase) && attributes.Role != MarkupRole.AcceptedAnswer)
        {
            attributes = attributes with { Role = value.EndsWith("/Question") ? MarkupRole.Exercise : value.EndsWith("/Answer") ? MarkupRole.Answer : attributes.Role };
        }
    }

    private static int Hash(ReadOnlySpan<char> name)
    {
        var hash = 2166136261u;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return (int)hash;
    }

    /// <summary>Kind of an element by its name, over HTML, CNXML, PreTeXt and MathML.</summary>
    private static MarkupKind KindOf(ReadOnlySpan<char> name, out byte level)
    {
        level = 0;
        if (name.Length == 2 && name[0] == 'h' && name[1] is >= '1' and <= '6')
        {
            level = (byte)(name[1] - '0');
            return MarkupKind.Heading;
        }

        switch (name)
        {
            case "p" or "para" or "address": return MarkupKind.Paragraph;
            case "title": level = 5; return MarkupKind.Heading;
            case "ul" or "list" or "menu": return MarkupKind.List;
            case "ol": return MarkupKind.OrderedList;
            case "li" or "item": return MarkupKind.Item;
            case "dl": return MarkupKind.Definitions;
            case "dt": return MarkupKind.Term;
            case "dd" or "meaning": return MarkupKind.Description;
            case "pre" or "program" or "console" or "listing" or "cd" or "screen" or "programlisting": return MarkupKind.Preformatted;
            case "table" or "tabular": return MarkupKind.Table;
            case "tr" or "row": return MarkupKind.Row;
            case "td" or "entry" or "cell": return MarkupKind.Cell;
            case "th": return MarkupKind.HeaderCell;
            case "blockquote": return MarkupKind.Quote;
            case "figure" or "image" or "sidebyside" or "media" or "picture" or "canvas" or "video" or "audio" or "object": return MarkupKind.Figure;
            case "figcaption" or "caption": return MarkupKind.Caption;
            case "details": return MarkupKind.Disclosure;
            case "summary": return MarkupKind.Summary;
            case "img": return MarkupKind.Image;
            case "br" or "newline": return MarkupKind.Break;
            case "hr": return MarkupKind.Rule;
            case "em" or "i" or "emphasis" or "cite" or "dfn" or "var" or "q": return MarkupKind.Emphasis;
            case "strong" or "b" or "term" or "alert": return MarkupKind.Strong;
            case "code" or "c" or "tt" or "kbd" or "samp": return MarkupKind.Code;
            case "sub": return MarkupKind.Subscript;
            case "sup": return MarkupKind.Superscript;
            case "a" or "url": return MarkupKind.Link;
            case "m" or "math": return MarkupKind.Math;
            case "me" or "men" or "md" or "mdn": return MarkupKind.DisplayMath;
            case "xref" or "ref": return MarkupKind.Reference;
            case "span" or "label" or "small" or "big" or "font" or "u" or "s" or "mark" or "abbr" or "ins" or "del" or "foreign" or "quantity" or "mrow" or "mi" or "mn" or "mo" or "mtext" or "mfrac" or "msup"
                or "msub" or "msubsup" or "msqrt" or "mroot" or "mover" or "munder" or "munderover" or "mtable" or "mtr" or "mtd" or "mfenced" or "mstyle" or "mpadded" or "mspace" or "semantics" or "annotation"
                or "annotation-xml" or "mphantom" or "menclose" or "mmultiscripts" or "mprescripts" or "none" or "merror" or "ms" or "mlabeledtr" or "time" or "bdi" or "nobr" or "center":
                return MarkupKind.Inline;
            case "script" or "style" or "nav" or "footer" or "noscript" or "template" or "head" or "svg" or "iframe" or "button" or "select" or "idx" or "index" or "fn" or "metadata" or "textarea" or "fillin-meta" or "notation" or "latex-image" or "asymptote" or "sageplot" or "description-hidden":
                return MarkupKind.Ignored;
            default: return MarkupKind.Container;
        }
    }

    private readonly record struct TagAttributes(MarkupRole Role, bool IsBoilerplate);
}
