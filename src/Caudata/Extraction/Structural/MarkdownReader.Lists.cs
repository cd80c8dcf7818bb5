namespace Caudata.Extraction.Structural;

/// <content>Markers of lists and the indentation that continues them.</content>
internal sealed partial class MarkdownReader
{
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
}
