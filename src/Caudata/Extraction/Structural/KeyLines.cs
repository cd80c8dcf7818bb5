using System.Globalization;
using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Keys that hold several answers in one line or table: "Answer key: 1. B  2. C  3. A", "1-b, 2-c", rows of numbers and letters.</summary>
internal static class KeyLines
{
    /// <summary>Longest line and longest answer in it, in code units.</summary>
    private const int LongestLine = 4000, LongestAnswer = 160;

    private static readonly List<KeyLine> Nothing = [];

    /// <summary>Reads a block that begins with no number of its own: a paragraph that names itself a key, or, inside a key, a paragraph such as "1-b, 2-c" or a table.</summary>
    /// <param name="scan">The document.</param>
    /// <param name="index">The block.</param>
    /// <param name="isKey">Whether the block stands below the heading of a key.</param>
    public static List<KeyLine> Read(PairScan scan, int index, bool isKey)
    {
        ref readonly var node = ref scan.Tree.Nodes[index];
        if (isKey && node.Kind == MarkupKind.Table)
        {
            return Table(scan, index);
        }

        if (node.Kind != MarkupKind.Paragraph || node.ContentEnd - node.ContentStart is < 8 or > LongestLine)
        {
            return Nothing;
        }

        var text = scan.Tree.Source.AsSpan(node.ContentStart, node.ContentEnd - node.ContentStart);
        if (text.Contains('<'))
        {
            return Nothing;
        }

        var from = 0;
        if (!isKey)
        {
            var colon = text[..Math.Min(text.Length, 90)].IndexOf(':');
            if (colon < 3 || !AnswerKeys.IsKey(text[..colon].TrimStart("(*_[ ").ToString()))
            {
                return Nothing;
            }

            from = colon + 1;
            while (from < text.Length && text[from] is ' ' or '*' or '_' or '\n' or '\r' or '\t')
            {
                from++;
            }
        }

        var first = Mark(text[from..], out var length, isLettered: true);
        return first < 0 ? Nothing : Split(text, from + length, first, node.ContentStart, -1);
    }

    /// <summary>Reads an entry of a key that begins with its number and may hold the next ones as well; empty when it holds only its own.</summary>
    /// <param name="scan">The document.</param>
    /// <param name="index">The first block of the entry.</param>
    /// <param name="to">The node after it.</param>
    /// <param name="number">Its number.</param>
    /// <param name="next">The number of the block behind it, -1 for none.</param>
    public static List<KeyLine> Continue(PairScan scan, int index, int to, Enumerator number, int next)
    {
        ref readonly var node = ref scan.Tree.Nodes[index];
        if (to != node.Next || node.Kind is not (MarkupKind.Item or MarkupKind.Paragraph) || node.ContentEnd - node.ContentStart is < 6 or > LongestLine)
        {
            return Nothing;
        }

        var text = scan.Tree.Source.AsSpan(node.ContentStart, node.ContentEnd - node.ContentStart);
        if (text.Contains('<'))
        {
            return Nothing;
        }

        var from = 0;
        if (node.Kind == MarkupKind.Paragraph && Mark(text, out from, isLettered: true) != number.Number)
        {
            return Nothing;
        }

        return Split(text, from, number.Number, node.ContentStart, next);
    }

    /// <summary>Cuts a line where the next numbers stand; nothing when it holds fewer than two.</summary>
    private static List<KeyLine> Split(ReadOnlySpan<char> text, int from, int number, int offset, int next)
    {
        List<KeyLine> lines = [];
        var start = from;
        for (var i = from; i <= text.Length; i++)
        {
            var length = 0;
            if (i < text.Length)
            {
                if (!char.IsAsciiDigit(text[i]) && text[i] is not ('(' or '[' or '*') || i == start || !(char.IsWhiteSpace(text[i - 1]) || text[i - 1] is ',' or ';' or '|'))
                {
                    continue;
                }

                var found = Mark(text[i..], out length, lines.Count == 0 || lines[0].Text.Length == 1);
                if (found != number + 1 && found != number + 2)
                {
                    continue;
                }

                // Between two answers stands more than a word's space, or the first one ends.
                var gap = i - text[..i].TrimEnd().Length;
                if (gap < 2 && !text[..i].TrimEnd().EndsWithAny(",;.|)") && text[start..i].Trim().Length > 24 && text[i - 1] is not '\n')
                {
                    continue;
                }
            }

            var answer = text[start..i].Trim().TrimEnd(",;|*_ ").TrimStart("*_ ");
            if (answer.Length is 0 or > LongestAnswer)
            {
                return Nothing;
            }

            var at = start + text[start..i].IndexOf(answer);
            lines.Add(new KeyLine(number, string.Join(' ', answer.ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)), new TextSpan(offset + at, offset + at + answer.Length)));
            if (i < text.Length)
            {
                number = Mark(text[i..], out length, isLettered: true);
                start = i + length;
                i += length - 1;
            }
        }

        return lines.Count < 2 || (next >= 0 && next <= lines[^1].Number) ? Nothing : lines;
    }

    private static bool EndsWithAny(this ReadOnlySpan<char> text, string marks) => text.Length > 0 && marks.Contains(text[^1]);

    /// <summary>A number with its mark: "3.", "(3)", "3-", "3:", or "3" before a single letter.</summary>
    private static int Mark(ReadOnlySpan<char> text, out int length, bool isLettered)
    {
        length = 0;
        var i = 0;
        while (i < text.Length && i < 3 && text[i] is '(' or '[' or '*' or 'Q')
        {
            i++;
        }

        var digits = i;
        var number = 0;
        while (i < text.Length && i - digits < 5 && char.IsAsciiDigit(text[i]))
        {
            number = (number * 10) + (text[i++] - '0');
        }

        if (i == digits)
        {
            return -1;
        }

        var mark = i;
        while (i < text.Length && text[i] is '.' or ')' or ']' or ':' or '-' or '–' or '=' or '*')
        {
            i++;
        }

        var spaces = i;
        while (i < text.Length && text[i] is ' ' or '\t' or '\u00a0')
        {
            i++;
        }

        var isLetter = i < text.Length && char.IsAsciiLetter(text[i]) && char.ToUpperInvariant(text[i]) <= 'H' && (i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1]));
        if (i >= text.Length || (spaces == mark ? !(isLettered && isLetter) : i == spaces && !isLetter))
        {
            return -1;
        }

        length = i;
        return number;
    }

    /// <summary>Rows that alternate numbers and answers, or a row of numbers above a row of answers.</summary>
    private static List<KeyLine> Table(PairScan scan, int table)
    {
        var nodes = scan.Tree.Nodes;
        List<KeyLine> lines = [];
        List<int> numbers = [];
        for (var row = table + 1; row < nodes[table].Next; row++)
        {
            if (nodes[row].Kind != MarkupKind.Row)
            {
                continue;
            }

            List<(string Text, TextSpan Span)> cells = [];
            for (var cell = row + 1; cell < nodes[row].Next && cells.Count < 64; cell = nodes[cell].Next)
            {
                if (nodes[cell].Kind is MarkupKind.Cell or MarkupKind.HeaderCell)
                {
                    cells.Add((Value(scan, cell), new TextSpan(nodes[cell].ContentStart, nodes[cell].ContentEnd)));
                }
            }

            List<int> read = [.. cells.Select(cell => Parse(cell.Text))];
            var labels = read.Count > 0 && read[0] < 0 ? 1 : 0; // "No. | 1 | 2", "Answer | B | C"
            if (read.Count - labels >= 2 && read.Skip(labels).All(number => number >= 0) && numbers.Count == 0)
            {
                numbers = read;
                continue;
            }

            if (numbers.Count == cells.Count && cells.Count > 0)
            {
                for (var c = numbers[0] < 0 ? 1 : 0; c < cells.Count; c++)
                {
                    Add(lines, numbers[c], cells[c]);
                }

                numbers = [];
                continue;
            }

            for (var c = 0; c + 1 < cells.Count; c += 2)
            {
                Add(lines, read[c], cells[c + 1]);
            }
        }

        lines.Sort((a, b) => a.Number.CompareTo(b.Number));
        return lines.Count < 2 || lines.Zip(lines.Skip(1)).Any(two => two.First.Number == two.Second.Number) ? Nothing : lines;
    }

    private static void Add(List<KeyLine> lines, int number, (string Text, TextSpan Span) cell)
    {
        if (number >= 0 && cell.Text.Length > 0 && cell.Text.Length <= LongestAnswer)
        {
            lines.Add(new KeyLine(number, cell.Text, cell.Span));
        }
    }

    /// <summary>Words of a cell without the bars that a table is written with.</summary>
    private static string Value(PairScan scan, int cell) => scan.Text.Start(scan.Tree).Add(cell + 1, scan.Tree.Nodes[cell].Next).ToString();

    private static int Parse(string cell) => int.TryParse(cell.AsSpan().Trim().TrimEnd(".)").TrimStart("(Q"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 10_000 ? number : -1;
}

/// <summary>One answer of such a line.</summary>
/// <param name="Number">The exercise's number.</param>
/// <param name="Text">The answer.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record KeyLine(int Number, string Text, TextSpan Span);
