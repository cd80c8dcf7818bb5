using System.Buffers;

namespace Caudata.Extraction.Structural;

/// <summary>Follows instructions that hold for several exercises: "In the following exercises, simplify.", "Use this information to answer the next three questions."</summary>
internal sealed class SharedStem(PairScan scan)
{
    private const int LongestStem = 3000;

    private static readonly SearchValues<string> Announces = SearchValues.Create(
        ["following exercise", "following problem", "following question", "next exercise", "next problem", "next question", "next two", "next three", "next four", "next five", "next six", "exercises", "for problems", "in problems", "for questions", "each of the following", "these exercises", "these problems", "answer the following", "each problem", "each exercise", "each question"],
        StringComparison.OrdinalIgnoreCase);

    private int _from = -1;
    private int _to = -1;
    private int _parent = -1;
    private int _uses;
    private int _limit;

    /// <summary>Looks at a node on the way that is no exercise.</summary>
    public void See(int index)
    {
        var nodes = scan.Tree.Nodes;
        ref readonly var node = ref nodes[index];
        if (node.Kind == MarkupKind.Heading)
        {
            _from = -1;
            return;
        }

        if (node.Kind is not (MarkupKind.Paragraph or MarkupKind.Table or MarkupKind.List or MarkupKind.OrderedList or MarkupKind.Preformatted) && node.Role != MarkupRole.Introduction)
        {
            return;
        }

        if (_from >= 0 && index < _to)
        {
            return;
        }

        var isStem = node.Role == MarkupRole.Introduction || (node.Kind == MarkupKind.Paragraph && IsStem(scan.Tree.Source.AsSpan(node.ContentStart, node.ContentEnd - node.ContentStart)));
        if (isStem)
        {
            _from = index;
            _to = node.Next;
            _parent = node.Parent;
            _uses = 0;
            var text = scan.Tree.Source.AsSpan(node.ContentStart, Math.Min(LongestStem, node.ContentEnd - node.ContentStart));
            _limit = Limit(text);
        }
        else if (_from >= 0 && _uses == 0 && node.Parent == _parent && node.End - nodes[_from].Start < LongestStem)
        {
            _to = node.Next;
        }
        else
        {
            _from = -1;
        }
    }

    /// <summary>The instruction that holds for an exercise, as nodes; (-1, -1) when there is none.</summary>
    public (int From, int To) For(int exercise)
    {
        if (_from < 0 || exercise >= scan.Tree.Nodes[_parent].Next || _uses >= _limit)
        {
            _from = -1;
            return (-1, -1);
        }

        _uses++;
        return (_from, _to);
    }

    /// <summary>Whether a paragraph announces exercises.</summary>
    public static bool IsStem(ReadOnlySpan<char> text) => text.Length is > 10 and < LongestStem && text.ContainsAny(Announces);

    private static int Limit(ReadOnlySpan<char> text)
    {
        foreach (var (word, count) in Counts)
        {
            if (text.Contains("next " + word, StringComparison.OrdinalIgnoreCase))
            {
                return count;
            }
        }

        return (text.Contains("following exercise", StringComparison.OrdinalIgnoreCase) && !text.Contains("following exercises", StringComparison.OrdinalIgnoreCase))
            || (text.Contains("following problem", StringComparison.OrdinalIgnoreCase) && !text.Contains("following problems", StringComparison.OrdinalIgnoreCase))
            || text.Contains("next exercise,", StringComparison.OrdinalIgnoreCase) || text.Contains("next exercise.", StringComparison.OrdinalIgnoreCase) ? 1 : int.MaxValue;
    }

    private static readonly (string Word, int Count)[] Counts = [("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10), ("2 ", 2), ("3 ", 3), ("4 ", 4), ("5 ", 5), ("6 ", 6)];
}
