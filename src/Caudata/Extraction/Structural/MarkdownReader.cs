namespace Caudata.Extraction.Structural;

/// <summary>Reads Markdown (CommonMark blocks, pipe tables, HTML blocks) and plain text into a <see cref="MarkupTree"/>.</summary>
/// <remarks>One pass over the lines with an explicit stack of containers. Inline marks stay in the text and are read when it is written.</remarks>
internal sealed partial class MarkdownReader
{
    /// <summary>Nesting of quotes and lists beyond which markers are read as text.</summary>
    private const int Deepest = 100;

    private readonly string _source;
    private readonly bool _plain;
    private readonly MarkupTree _tree;
    private readonly List<Open> _open = new(16);
    private readonly TextSyntax _syntax;
    private int _paragraph = -1;
    private int _paragraphAt;
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
        if (_paragraph >= 0 && (BlockLabel.IsLine(_source.AsSpan(at, end - at)) || IsTurn(at, end)))
        {
            // "Q: ..." and "A: ...", "Q. ..." and "A. ..." on lines of their own are blocks of their own.
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
            (_paragraph, _paragraphAt) = (_tree.Open(MarkupKind.Paragraph, MarkupRole.None, at, at), at);
        }

        var answer = AnswerBehind(at, end);
        if (answer > at)
        {
            // "Q: ... A: ..." on one line.
            TextRun(at, answer, isBroken: false);
            EndParagraph();
            (_paragraph, _paragraphAt) = (_tree.Open(MarkupKind.Paragraph, MarkupRole.None, answer, answer), answer);
            at = answer;
        }

        TextRun(at, end, end - _source.AsSpan(at, end - at).TrimEnd().Length - at >= 2);
    }

    /// <summary>Whether a line answers the paragraph above it or asks the next question: "Q. ..." and "A. ..." in turn, but not the options A, B, C of a question.</summary>
    private bool IsTurn(int at, int end)
    {
        ReadOnlySpan<char> line = _source.AsSpan(at, end - at), above = _source.AsSpan(_paragraphAt, at - _paragraphAt), below = _source.AsSpan(end).TrimStart();
        var asks = BlockLabel.TurnMark(above, 'Q');
        return asks != '\0' ? asks == BlockLabel.TurnMark(line, 'A') && BlockLabel.TurnMark(below[..Math.Min(8, below.Length)], 'B') == '\0'
            : BlockLabel.TurnMark(above, 'A') is not '\0' and var answers && answers == BlockLabel.TurnMark(line, 'Q');
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

    private readonly record struct Open(MarkupKind Kind, int Indent, char Delimiter, int Number);

    private readonly record struct ListMarker(int Length, int Number, char Delimiter, bool IsLetter);
}
