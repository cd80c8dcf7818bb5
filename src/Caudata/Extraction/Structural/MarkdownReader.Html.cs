namespace Caudata.Extraction.Structural;

/// <content>HTML blocks and tags within Markdown.</content>
internal sealed partial class MarkdownReader
{
    /// <summary>A line that starts with a block tag of HTML. Gives false when it is text.</summary>
    private bool HtmlLine(int at, int end, int lineStart)
    {
        var rest = _source.AsSpan(at, end - at);
        if (rest.StartsWith("<!--"))
        {
            EndParagraph();
            _comment = rest.IndexOf("-->") < 0;
            return true;
        }

        var closing = rest.Length > 1 && rest[1] == '/';
        var nameStart = closing ? 2 : 1;
        var nameEnd = nameStart;
        while (nameEnd < rest.Length && char.IsAsciiLetterOrDigit(rest[nameEnd]))
        {
            nameEnd++;
        }

        var name = rest[nameStart..nameEnd];
        if (!closing && name is "table" or "ul" or "ol" or "dl" or "pre" or "figure" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "script" or "style" or "iframe")
        {
            EndParagraph();
            var close = _source.AsSpan(at).IndexOf(string.Concat("</", name, ">"), StringComparison.OrdinalIgnoreCase);
            if (close < 0 || close > 200_000)
            {
                return false;
            }

            var stop = at + close + name.Length + 3;
            var depth = _tree.Depth;
            HtmlReader.ReadInto(_tree, at, stop);
            while (_tree.Depth > depth)
            {
                _tree.Close(stop, stop);
            }

            _lastTextEnd = stop;
            var lineEnd = _source.AsSpan(stop).IndexOf('\n');
            _resume = lineEnd < 0 ? _source.Length : stop + lineEnd + 1;
            return true;
        }

        if (name is not ("details" or "summary" or "div" or "section" or "p" or "center" or "br" or "hr" or "main" or "article" or "aside" or "a" or "blockquote" or "small") || (name is "a" && !rest.TrimEnd().EndsWith("</a>") && !rest.TrimEnd().EndsWith(">")))
        {
            return false;
        }

        if (_paragraph >= 0 && name is "a" or "small")
        {
            return false;
        }

        EndParagraph();
        while (at < end)
        {
            if (char.IsWhiteSpace(_source[at]))
            {
                at++;
                continue;
            }

            if (_source[at] != '<' || !Tag(ref at, end))
            {
                var next = _source.AsSpan(at + 1, end - at - 1).IndexOf("</");
                var stop = next < 0 || !IsBlockClose(at + 1 + next) ? end : at + 1 + next;
                TextLine(at, stop);
                EndParagraphInHtml();
                at = stop;
            }
        }

        return true;
    }

    private void EndParagraphInHtml()
    {
        if (_open.Count > 0 && _open[^1].Kind is MarkupKind.Summary)
        {
            EndParagraph();
        }
    }

    private bool IsBlockClose(int at)
    {
        var rest = _source.AsSpan(at + 2, Math.Min(12, _source.Length - at - 2));
        return rest.StartsWith("summary") || rest.StartsWith("details") || rest.StartsWith("div") || rest.StartsWith("p>") || rest.StartsWith("section");
    }

    /// <summary>Reads a tag inside a Markdown document and opens or closes its container.</summary>
    private bool Tag(ref int at, int end)
    {
        var close = _source.AsSpan(at, end - at).IndexOf('>');
        if (close < 0)
        {
            return false;
        }

        var tag = _source.AsSpan(at + 1, close - 1);
        var closing = tag.Length > 0 && tag[0] == '/';
        var name = closing ? tag[1..] : tag;
        var length = 0;
        while (length < name.Length && char.IsAsciiLetterOrDigit(name[length]))
        {
            length++;
        }

        name = name[..length];
        var kind = name switch { "details" => MarkupKind.Disclosure, "summary" => MarkupKind.Summary, "div" or "section" or "article" or "main" or "aside" => MarkupKind.Container, _ => MarkupKind.Inline };
        if (kind == MarkupKind.Inline)
        {
            if (name is "p" or "br" or "hr")
            {
                EndParagraph();
            }
            else if (name is not ("center" or "blockquote" or "a" or "b" or "i" or "strong" or "em" or "small"))
            {
                return false;
            }

            at += close + 1;
            return true;
        }

        EndParagraph();
        if (!closing)
        {
            if (_open.Count < Deepest)
            {
                Push(kind, 0, '<', at, at + close + 1, -1);
                if (kind == MarkupKind.Container && name is "div" or "section")
                {
                    _tree.Top.Role = HtmlReader.RoleOfTag(_source, at, at + close + 1);
                }
            }
        }
        else
        {
            var match = _open.Count - 1;
            while (match >= 0 && _open[match].Kind != kind)
            {
                match--;
            }

            if (match >= 0)
            {
                CloseTo(match + 1, at);
                _open.RemoveAt(match);
                _tree.Close(at, at + close + 1);
                _lastTextEnd = at + close + 1;
            }
        }

        at += close + 1;
        return true;
    }
}
