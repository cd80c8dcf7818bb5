namespace Caudata.Extraction.Structural;

/// <content>Fenced and indented code.</content>
internal sealed partial class MarkdownReader
{
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
}
