namespace Caudata.Extraction.Structural;

/// <summary>Reads Markdown (CommonMark blocks, pipe tables, HTML blocks) and plain text into a <see cref="MarkupTree"/>.</summary>
/// <remarks>One pass over the lines with an explicit stack of containers. Inline marks stay in the text and are read when it is written.</remarks>
internal sealed class MarkdownReader
{
    /// <summary>Nesting of quotes and lists beyond which markers are read as text.</summary>
    private const int Deepest = 100;

    private readonly string _source;
    private readonly bool _plain;
    private readonly MarkupTree _tree;
    private readonly List<Open> _open = new(16);
    private readonly TextSyntax _syntax;
    private int _paragraph = -1;
    private int _lastTextEnd;
    private char _fence;
    private int _fenceLength;
    private int _fenceIndent;
    private bool _indentedCode;
    private bool _table;
    private bool _comment;
    private int _resume;
    private bool _isOrg;
    private bool _afterBlank = true;
    private Enumerator _enumerator = new(-1, -1, 0, ' ');

    private MarkdownReader(string source, bool plain, MarkupTree tree)
    {
        _source = source;
        _plain = plain;
        _tree = tree;
        _syntax = plain ? TextSyntax.Plain : TextSyntax.Markdown;
    }

    /// <summary>Reads a whole text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="plain">True: plain text, in which emphasis, fences and tags are no marks.</param>
    public static MarkupTree Read(string source, bool plain)
    {
        var tree = new MarkupTree(source);
        new MarkdownReader(source, plain, tree).Lines();
        return tree.Complete();
    }

    private void Lines()
    {
        var at = FrontMatter();
        _isOrg = _plain && (_source.StartsWith("#+", StringComparison.Ordinal) || _source.Contains("\n** ", StringComparison.Ordinal) || _source.Contains("\n#+", StringComparison.Ordinal));
        while (at < _source.Length)
        {
            var length = _source.AsSpan(at).IndexOf('\n');
            var end = length < 0 ? _source.Length : at + length;
            var next = length < 0 ? _source.Length : end + 1;
            if (end > at && _source[end - 1] == '\r')
            {
                end--;
            }

            _resume = next;
            Line(at, end);
            at = Math.Max(next, _resume);
        }

        CloseTo(0, _source.Length);
    }

    private int FrontMatter()
    {
        if (_plain || !_source.StartsWith("---\n", StringComparison.Ordinal))
        {
            return 0;
        }

        var end = _source.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        if (end < 0 || end > 4000)
        {
            return 0;
        }

        _tree.Leaf(MarkupKind.Ignored, 0, end + 5);
        return end + 5;
    }

    private void Line(int at, int end)
    {
        var i = at;
        var column = 0;
        var depth = 0;
        var blank = _source.AsSpan(at, end - at).IsWhiteSpace();
        for (; depth < _open.Count; depth++)
        {
            var container = _open[depth];
            var start = i;
            var startColumn = column;
            if (container.Kind == MarkupKind.Quote)
            {
                Indent(ref i, end, ref column, 3);
                if (i < end && _source[i] == '>')
                {
                    i++;
                    column++;
                    if (i < end && _source[i] == ' ')
                    {
                        i++;
                        column++;
                    }

                    continue;
                }

                i = start;
                column = startColumn;
                break;
            }

            if (container.Kind == MarkupKind.Item && !blank)
            {
                Indent(ref i, end, ref column, container.Indent - column);
                if (column < container.Indent)
                {
                    i = start;
                    column = startColumn;
                    break;
                }
            }
        }

        if (_fence != '\0')
        {
            if (depth < _open.Count && !blank)
            {
                EndFence(at);
            }
            else
            {
                FenceLine(i, end);
                return;
            }
        }

        if (_comment)
        {
            var close = _source.AsSpan(i, end - i).IndexOf("-->");
            _comment = close < 0;
            return;
        }

        if (blank)
        {
            EndParagraph();
            _afterBlank = true;
            if (depth < _open.Count && _open[depth].Kind == MarkupKind.Quote)
            {
                CloseTo(depth, at);
            }

            return;
        }

        Blocks(i, end, column, depth, at);
        _afterBlank = false;
    }

    private void Blocks(int i, int end, int column, int depth, int lineStart)
    {
        while (true)
        {
            var contentStart = i;
            var base0 = column;
            Indent(ref i, end, ref column, 1000);
            var indent = column - base0;
            if (i >= end)
            {
                return;
            }

            var rest = _source.AsSpan(i, end - i);
            var inParagraph = _paragraph >= 0;
            if (indent >= 4 && !inParagraph && !_plain && !(depth > 0 && _open[^1].Kind == MarkupKind.List))
            {
                if (!_indentedCode || depth < _open.Count)
                {
                    CloseTo(MatchedLists(depth, false), lineStart);
                }

                CodeLine(contentStart, i, end);
                return;
            }

            EndCode();
            if (!_plain && IsFence(rest, out var fenceLength))
            {
                CloseTo(MatchedLists(depth, false), lineStart);
                _tree.Open(MarkupKind.Preformatted, MarkupRole.None, i, end);
                _fence = rest[0];
                _fenceLength = fenceLength;
                _fenceIndent = column - base0;
                return;
            }

            if (_plain && PlainTitle(rest, i, end, depth, lineStart))
            {
                return;
            }

            if (rest[0] == '#' && Atx(rest, i, end, depth, lineStart))
            {
                return;
            }

            if (inParagraph && depth == _open.Count && IsSetext(rest, out var level))
            {
                Setext(level, end);
                return;
            }

            if (IsThematicBreak(rest))
            {
                EndParagraph();
                CloseTo(MatchedLists(depth, false), lineStart);
                _tree.Leaf(MarkupKind.Rule, i, end);
                return;
            }

            if (!_plain && rest[0] == '>' && _open.Count < Deepest)
            {
                EndParagraph();
                CloseTo(MatchedLists(depth, false), lineStart);
                Push(MarkupKind.Quote, 0, '>', i, i + 1, -1);
                depth = _open.Count;
                i++;
                column++;
                if (i < end && _source[i] == ' ')
                {
                    i++;
                    column++;
                }

                continue;
            }

            if (_open.Count < Deepest && Marker(rest, inParagraph && depth == _open.Count, out var marker))
            {
                EndParagraph();
                var lists = MatchedLists(depth, true);
                CloseTo(lists, lineStart);
                if (!(_open.Count > 0 && _open[^1].Kind == MarkupKind.List && SameList(_open[^1], marker)))
                {
                    if (_open.Count > 0 && _open[^1].Kind == MarkupKind.List)
                    {
                        CloseTo(_open.Count - 1, lineStart);
                    }

                    Push(MarkupKind.List, column, marker.Delimiter, i, i, marker.Number);
                    ref var list = ref _tree.Top;
                    list.Kind = marker.Number >= 0 ? MarkupKind.OrderedList : MarkupKind.List;
                    list.Level = (byte)(marker.IsLetter ? 1 : 0);
                    list.Number = marker.Number;
                }

                var content = i + marker.Length;
                column += marker.Length;
                var spaces = 0;
                while (content < end && _source[content] == ' ' && spaces < 5)
                {
                    content++;
                    spaces++;
                }

                if (spaces >= 5)
                {
                    content -= spaces - 1;
                    spaces = 1;
                }

                column += spaces;
                Push(MarkupKind.Item, column, marker.Delimiter, i, content, marker.Number);
                _tree.Top.Number = marker.Number;
                depth = _open.Count;
                i = content;
                if (i >= end)
                {
                    return;
                }

                continue;
            }

            // A line of text: a lazy continuation of the paragraph, or a paragraph of its own.
            if (inParagraph && depth < _open.Count && !(rest[0] == '<'))
            {
                TextLine(i, end);
                return;
            }

            if (depth < _open.Count || (!inParagraph && !_table))
            {
                EndParagraph();
                CloseTo(MatchedLists(depth, false), lineStart);
            }

            if (!_plain && rest[0] == '<' && HtmlLine(i, end, lineStart))
            {
                return;
            }

            if (!_plain && rest[0] == '[' && rest.IndexOf("]:") is > 0 and < 100 && !inParagraph && rest[1] != '^')
            {
                return;
            }

            if (!_plain && (_table || (!inParagraph && rest.Contains('|') && NextIsDelimiter(end))) && rest.Contains('|'))
            {
                TableLine(i, end);
                return;
            }

            if (_plain && (_table || !inParagraph) && IsTabbed(rest) && (_table || IsTabbed(NextLine(end))))
            {
                TabLine(i, end);
                return;
            }

            TextLine(i, end);
            return;
        }
    }

    /// <summary>Whether a line of text has two columns with a tab between them.</summary>
    private static bool IsTabbed(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        return line.IndexOf('\t') > 0 && line.Count('\t') == 1;
    }

    private void TabLine(int at, int end)
    {
        if (!_table)
        {
            EndParagraph();
            _tree.Open(MarkupKind.Table, MarkupRole.None, at, at);
            _table = true;
        }

        var tab = at + _source.AsSpan(at, end - at).IndexOf('\t');
        _tree.Open(MarkupKind.Row, MarkupRole.None, at, at);
        foreach (var (from, to) in (ReadOnlySpan<(int, int)>)[(at, tab), (tab + 1, end)])
        {
            _tree.Open(MarkupKind.Cell, MarkupRole.None, from, from);
            _tree.Leaf(MarkupKind.Text, from, to, _syntax);
            _tree.Close(to, to);
        }

        _tree.Close(end, end);
        _lastTextEnd = end;
    }

    /// <summary>Number of open containers to keep: those matched, and a list around them if an item is to follow.</summary>
    private int MatchedLists(int depth, bool keepList)
    {
        if (keepList && depth < _open.Count && _open[depth].Kind == MarkupKind.Item && depth > 0)
        {
            return depth;
        }

        // A list whose item is no longer continued ends, unless an item follows.
        while (!keepList && depth > 0 && _open[depth - 1].Kind == MarkupKind.List)
        {
            depth--;
        }

        return depth;
    }

    private static bool SameList(in Open list, in ListMarker marker) => list.Delimiter == marker.Delimiter;

    private void Push(MarkupKind kind, int indent, char delimiter, int start, int contentStart, int number)
    {
        _tree.Open(kind, MarkupRole.None, start, contentStart);
        _open.Add(new Open(kind, indent, delimiter, number));
    }

    private void CloseTo(int depth, int at)
    {
        EndParagraph();
        EndCode();
        if (_fence != '\0')
        {
            EndFence(at);
        }

        while (_open.Count > depth)
        {
            _open.RemoveAt(_open.Count - 1);
            var end = Math.Max(_tree.Top.ContentStart, Math.Min(at, Math.Max(_lastTextEnd, _tree.Top.ContentStart)));
            _tree.Close(end, end);
        }
    }

    private void TextLine(int at, int end)
    {
        EndTable();
        if (_paragraph >= 0 && BlockLabel.IsLine(_source.AsSpan(at, end - at)))
        {
            // "Q: ..." and "A: ..." on lines of their own are blocks of their own.
            EndParagraph();
        }

        if (_plain)
        {
            // "7.1 ..." and "(2) ..." on lines below each other, numbered on from the block before.
            var enumerator = Enumerator.Of(_source.AsSpan(at, end - at), isBare: true);
            if (_paragraph >= 0 && enumerator.Follows(_enumerator))
            {
                EndParagraph();
            }

            _enumerator = _paragraph < 0 && enumerator.Number >= 0 ? enumerator : _enumerator;
        }

        if (_paragraph < 0)
        {
            _paragraph = _tree.Open(MarkupKind.Paragraph, MarkupRole.None, at, at);
        }

        var answer = AnswerBehind(at, end);
        if (answer > at)
        {
            // "Q: ... A: ..." on one line.
            TextRun(at, answer, isBroken: false);
            EndParagraph();
            _paragraph = _tree.Open(MarkupKind.Paragraph, MarkupRole.None, answer, answer);
            at = answer;
        }

        TextRun(at, end, end - _source.AsSpan(at, end - at).TrimEnd().Length - at >= 2);
    }

    /// <summary>Where the answer's label stands in a line that begins with a question's: "**Question:** ...? **Answer:** ..."; -1 for none.</summary>
    private int AnswerBehind(int at, int end)
    {
        var line = _source.AsSpan(at, Math.Min(end - at, 2000));
        if (!line.Contains(':') || BlockLabel.Of(line) is not { Kind: LabelKind.Question } label || !line[..label.Length].Contains(':'))
        {
            return -1;
        }

        var colons = 0;
        for (var i = label.Length; i < line.Length && colons < 16; i++)
        {
            if (line[i] != ':')
            {
                continue;
            }

            // The label in front of the colon: a word, perhaps in emphasis, behind a sentence.
            colons++;
            var start = i;
            while (start > label.Length && line[start - 1] is not (' ' or '\t'))
            {
                start--;
            }

            if (start > label.Length && BlockLabel.Of(line[start..]) is { Kind: LabelKind.Answer } && line[..start].TrimEnd() is [.., '?' or '.' or '!' or '*' or '_' or ')' or ';' or '|' or '/'])
            {
                return at + start;
            }
        }

        return -1;
    }

    private void TextRun(int at, int end, bool isBroken)
    {
        var stop = end;
        while (stop > at && char.IsWhiteSpace(_source[stop - 1]))
        {
            stop--;
        }

        _tree.Leaf(MarkupKind.Text, at, stop, _syntax);
        _lastTextEnd = stop;
        if (isBroken || (stop > at && _source[stop - 1] == '\\' && !_plain))
        {
            _tree.Leaf(MarkupKind.Break, stop, end);
        }
    }

    private void EndParagraph()
    {
        EndTable();
        if (_paragraph >= 0)
        {
            _tree.Close(_lastTextEnd, _lastTextEnd);
            _paragraph = -1;
        }
    }

    private void EndTable()
    {
        if (_table)
        {
            _tree.Close(_lastTextEnd, _lastTextEnd);
            _table = false;
        }
    }

    private bool Atx(ReadOnlySpan<char> rest, int at, int end, int depth, int lineStart)
    {
        var level = 0;
        while (level < rest.Length && rest[level] == '#')
        {
            level++;
        }

        if (level > 6 || level >= rest.Length || (rest[level] is not (' ' or '\t') && (_plain || rest[level] is '!' or '[' || char.IsDigit(rest[level]) || char.IsAsciiLetterLower(rest[level]))))
        {
            return false;
        }

        EndParagraph();
        CloseTo(MatchedLists(depth, false), lineStart);
        var stop = end;
        while (stop > at + level && (char.IsWhiteSpace(_source[stop - 1]) || _source[stop - 1] == '#'))
        {
            stop--;
        }

        var start = at + level;
        while (start < stop && char.IsWhiteSpace(_source[start]))
        {
            start++;
        }

        Heading(level, at, start, Math.Max(start, stop), end);
        return true;
    }

    /// <summary>A line of plain text that is a heading by its words or marks, or a question with two colons behind it ("What is it?:: ...", AsciiDoc).</summary>
    private bool PlainTitle(ReadOnlySpan<char> rest, int at, int end, int depth, int lineStart)
    {
        var level = PlainHeading.Marked(rest, _isOrg, out var mark);
        var stop = end;
        if (level > 0)
        {
            stop = at + mark + rest[mark..].TrimEnd("= \t").Length;
            mark += rest[mark..].Length - rest[mark..].TrimStart().Length;
        }
        else if (rest.IndexOf("?::") is > 6 and < 300 and var colons && (colons + 3 == rest.Length || rest[colons + 3] == ' '))
        {
            (level, stop) = (6, at + colons + 1);
        }
        else if (_afterBlank && _paragraph < 0)
        {
            level = PlainHeading.Level(rest, IsEmptyOrNumbered(end));
        }

        if (level == 0 || stop <= at + mark)
        {
            return false;
        }

        EndParagraph();
        CloseTo(MatchedLists(depth, false), lineStart);
        Heading(level, at, at + mark, stop, Math.Min(end, stop + 2));
        _enumerator = new Enumerator(-1, -1, 0, ' ');
        if (stop + 2 < end && _source.AsSpan(stop, 2) is "::")
        {
            TextLine(stop + 2 + (_source.AsSpan(stop + 2, end - stop - 2).Length - _source.AsSpan(stop + 2, end - stop - 2).TrimStart().Length), end);
        }

        return true;
    }

    /// <summary>The line behind the one that ends at a position; empty at the end.</summary>
    private ReadOnlySpan<char> NextLine(int end)
    {
        var at = end;
        while (at < _source.Length && _source[at] == '\r')
        {
            at++;
        }

        at = Math.Min(at + 1, _source.Length);
        var length = _source.AsSpan(at).IndexOf('\n');
        return length < 0 ? _source.AsSpan(at) : _source.AsSpan(at, length);
    }

    /// <summary>Whether the line behind a position is empty, ends the text, or starts with a number, bracket or label.</summary>
    private bool IsEmptyOrNumbered(int end)
    {
        var line = NextLine(end).Trim();
        return line.IsEmpty || char.IsAsciiDigit(line[0]) || line[0] is '(' or '[' || PlainHeading.Level(line, isFollowed: true) > 0 || BlockLabel.IsLine(line);
    }

    private void Heading(int level, int at, int start, int stop, int end)
    {
        var heading = _tree.Open(MarkupKind.Heading, MarkupRole.None, at, start);
        _tree.At(heading).Level = (byte)level;
        if (stop > start)
        {
            _tree.Leaf(MarkupKind.Text, start, stop, _syntax);
        }

        _tree.Close(stop, end);
        _lastTextEnd = end;
    }

    private void Setext(int level, int end)
    {
        ref var paragraph = ref _tree.At(_paragraph);
        paragraph.Kind = MarkupKind.Heading;
        paragraph.Level = (byte)level;
        _tree.Close(_lastTextEnd, end);
        _paragraph = -1;
        _lastTextEnd = end;
    }

    private static bool IsSetext(ReadOnlySpan<char> rest, out int level)
    {
        rest = rest.TrimEnd();
        level = rest[0] == '=' ? 1 : 2;
        return rest.Length >= 2 && rest[0] is '=' or '-' && rest.Trim(rest[0]).IsEmpty;
    }

    private static bool IsThematicBreak(ReadOnlySpan<char> rest)
    {
        if (rest[0] is not ('-' or '*' or '_' or '='))
        {
            return false;
        }

        var count = 0;
        foreach (var c in rest)
        {
            if (c == rest[0])
            {
                count++;
            }
            else if (!char.IsWhiteSpace(c))
            {
                return false;
            }
        }

        return count >= 3;
    }

    private static bool IsFence(ReadOnlySpan<char> rest, out int length)
    {
        length = 0;
        while (length < rest.Length && rest[0] is '`' or '~' && rest[length] == rest[0])
        {
            length++;
        }

        return length >= 3 && (rest[0] == '~' || !rest[length..].Contains('`'));
    }

    private void FenceLine(int at, int end)
    {
        var rest = _source.AsSpan(at, end - at).Trim();
        if (rest.Length >= _fenceLength && rest.Trim(_fence).IsEmpty)
        {
            _fence = '\0';
            _tree.Close(at, end);
            _lastTextEnd = end;
            return;
        }

        var column = 0;
        Indent(ref at, end, ref column, _fenceIndent);
        _tree.Leaf(MarkupKind.Text, at, end, TextSyntax.Markdown);
        _lastTextEnd = end;
    }

    private void EndFence(int at)
    {
        _fence = '\0';
        _tree.Close(Math.Min(at, _lastTextEnd), Math.Min(at, _lastTextEnd));
    }

    private void CodeLine(int contentStart, int at, int end)
    {
        if (!_indentedCode)
        {
            _tree.Open(MarkupKind.Preformatted, MarkupRole.None, contentStart, contentStart);
            _indentedCode = true;
        }

        _tree.Leaf(MarkupKind.Text, Math.Min(at, contentStart + (_source[contentStart] == '\t' ? 1 : 4)), end, TextSyntax.Markdown);
        _lastTextEnd = end;
    }

    private void EndCode()
    {
        if (_indentedCode)
        {
            _indentedCode = false;
            _tree.Close(_lastTextEnd, _lastTextEnd);
        }
    }

    private bool NextIsDelimiter(int end)
    {
        var at = end;
        while (at < _source.Length && _source[at] is '\r' or '\n')
        {
            if (_source[at++] == '\n')
            {
                break;
            }
        }

        var length = _source.AsSpan(at).IndexOf('\n');
        var line = (length < 0 ? _source.AsSpan(at) : _source.AsSpan(at, length)).Trim();
        return IsDelimiter(line);
    }

    private static bool IsDelimiter(ReadOnlySpan<char> line)
    {
        var dashes = false;
        foreach (var c in line)
        {
            if (c is not ('-' or '|' or ':' or ' ' or '\t'))
            {
                return false;
            }

            dashes |= c == '-';
        }

        return dashes;
    }

    private void TableLine(int at, int end)
    {
        if (!_table)
        {
            EndParagraph();
            _tree.Open(MarkupKind.Table, MarkupRole.None, at, at);
            _table = true;
        }

        _lastTextEnd = end;
        if (IsDelimiter(_source.AsSpan(at, end - at)))
        {
            return;
        }

        _tree.Open(MarkupKind.Row, MarkupRole.None, at, at);
        var cell = _source[at] == '|' ? at + 1 : at;
        var stop = end;
        while (stop > cell && char.IsWhiteSpace(_source[stop - 1]))
        {
            stop--;
        }

        if (stop > cell && _source[stop - 1] == '|')
        {
            stop--;
        }

        while (cell <= stop)
        {
            var i = cell;
            var code = false;
            while (i < stop && (code || _source[i] != '|'))
            {
                code ^= _source[i] == '`';
                i += _source[i] == '\\' ? 2 : 1;
            }

            i = Math.Min(i, stop);
            _tree.Open(MarkupKind.Cell, MarkupRole.None, cell, cell);
            if (i > cell)
            {
                _tree.Leaf(MarkupKind.Text, cell, i, _syntax);
            }

            _tree.Close(i, i);
            cell = i + 1;
        }

        _tree.Close(end, end);
    }

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

    private void Indent(ref int i, int end, ref int column, int most)
    {
        var target = column + most;
        while (i < end && column < target && _source[i] is ' ' or '\t' or '\u00a0')
        {
            column += _source[i] == '\t' ? 4 - (column % 4) : 1;
            i++;
        }
    }

    /// <summary>Reads a list marker: a bullet, a number with point or bracket, or a letter of an option.</summary>
    private bool Marker(ReadOnlySpan<char> rest, bool interruptsParagraph, out ListMarker marker)
    {
        marker = default;
        if (rest[0] is '-' or '*' or '+' or '•')
        {
            if (rest.Length == 1 || rest[1] is not (' ' or '\t'))
            {
                return false;
            }

            marker = new ListMarker(1, -1, rest[0], false);
            return true;
        }

        var digits = 0;
        while (digits < rest.Length && digits < 6 && char.IsAsciiDigit(rest[digits]))
        {
            digits++;
        }

        if (digits > 0 && digits + 1 < rest.Length && rest[digits] is '.' or ')' && rest[digits + 1] is ' ' or '\t')
        {
            var number = int.Parse(rest[..digits]);
            if (interruptsParagraph && number != 1 && !_plain)
            {
                return false;
            }

            marker = new ListMarker(digits + 1, number, rest[digits], false);
            return true;
        }

        // Options: "A. ...", "b) ...", "(c) ..." in sequence.
        var bracket = rest[0] == '(' ? 1 : 0;
        if (rest.Length > bracket + 2 && char.IsAsciiLetter(rest[bracket]) && rest[bracket + 1] is '.' or ')' && (bracket == 0 || rest[bracket + 1] == ')') && rest[bracket + 2] == ' ')
        {
            var letter = char.ToUpperInvariant(rest[bracket]) - 'A' + 1;
            var delimiter = bracket == 1 ? '(' : char.IsAsciiLetterUpper(rest[0]) ? 'A' : 'a';
            var last = LastLetter(delimiter);
            if (letter == last + 1 && (letter > 1 || NextLetterFollows(rest, bracket)))
            {
                marker = new ListMarker(bracket + 2, letter, delimiter, true);
                return true;
            }
        }

        return false;
    }

    private int LastLetter(char delimiter)
    {
        for (var d = _open.Count - 1; d >= 0 && d >= _open.Count - 2; d--)
        {
            if (_open[d].Kind == MarkupKind.Item && _open[d].Delimiter == delimiter)
            {
                return _open[d].Number;
            }
        }

        return 0;
    }

    private bool NextLetterFollows(ReadOnlySpan<char> rest, int bracket)
    {
        var at = (int)System.Runtime.CompilerServices.Unsafe.ByteOffset(in System.Runtime.InteropServices.MemoryMarshal.GetReference(_source.AsSpan()), in System.Runtime.InteropServices.MemoryMarshal.GetReference(rest)) / 2;
        var window = _source.AsSpan(at, Math.Min(1200, _source.Length - at));
        Span<char> next = [bracket == 1 ? '(' : '\n', (char)(rest[bracket] + 1), rest[bracket + 1]];
        if (bracket == 0)
        {
            var found = window.IndexOf(next);
            if (found >= 0)
            {
                return true;
            }

            var line = window.IndexOf('\n');
            return line >= 0 && window[(line + 1)..].TrimStart().StartsWith(next[1..]);
        }

        // "(a) 7  (b) 1" in one line is no list.
        var second = window.IndexOf(next);
        return second > 0 && window[..second].TrimEnd(" \t").EndsWith("\n");
    }

    private readonly record struct Open(MarkupKind Kind, int Indent, char Delimiter, int Number);

    private readonly record struct ListMarker(int Length, int Number, char Delimiter, bool IsLetter);
}
