namespace Caudata.Extraction.Structural;

/// <content>Tables: with pipes, and columns set with tabs.</content>
internal sealed partial class MarkdownReader
{
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

    private void EndTable()
    {
        if (_table)
        {
            _tree.Close(_lastTextEnd, _lastTextEnd);
            _table = false;
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
}
