namespace Caudata.Extraction.Structural;

/// <content>Headings and rules: marked by signs, underlined, or printed as titles of plain text.</content>
internal sealed partial class MarkdownReader
{
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
}
