using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Questions and answers whose labels begin lines inside one block: <c>&lt;b&gt;Q:&lt;/b&gt; ... &lt;br&gt; &lt;b&gt;A:&lt;/b&gt; ...</c>.</summary>
/// <remarks>Pattern <c>question-answer-lines</c>. Lines end at breaks and at blocks; a question goes on up to the label of its answer, an answer up to the next question or the end of the block.</remarks>
internal static class LabelledLines
{
    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        var parent = -1;
        for (var i = 1; i < nodes.Length; i++)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind == MarkupKind.Ignored)
            {
                i = nodes[i].Next - 1;
            }
            else if (nodes[i].Kind == MarkupKind.Break && nodes[i].Parent > parent && nodes[nodes[i].Parent].Kind is MarkupKind.Paragraph or MarkupKind.Container or MarkupKind.Item or MarkupKind.Cell or MarkupKind.Description or MarkupKind.Quote or MarkupKind.Root)
            {
                parent = nodes[i].Parent;
                Lines(scan, parent);
            }
        }
    }

    private static void Lines(PairScan scan, int box)
    {
        var nodes = scan.Tree.Nodes;
        int question = -1, answer = -1;
        var isLineStart = true;
        for (var i = box + 1; i <= nodes[box].Next; i = i < nodes[box].Next ? nodes[i].Next : i + 1)
        {
            var isEnd = i == nodes[box].Next;
            if (!isEnd && nodes[i].Kind is MarkupKind.Break)
            {
                isLineStart = true;
                continue;
            }

            if (!isEnd && nodes[i].Kind == MarkupKind.Text && scan.Tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start).IsWhiteSpace())
            {
                continue;
            }

            var isBlock = !isEnd && nodes[i].Kind is not (MarkupKind.Text or MarkupKind.Strong or MarkupKind.Emphasis or MarkupKind.Inline or MarkupKind.Link or MarkupKind.Code or MarkupKind.Math or MarkupKind.Superscript or MarkupKind.Subscript or MarkupKind.Image);
            var label = isEnd ? LabelKind.None : isLineStart && !isBlock ? LabelAt(scan, i, nodes[box].Next) : isBlock ? scan.Label(i).Kind : LabelKind.None;
            if (label == LabelKind.None && !isEnd && isLineStart && !isBlock && question >= 0 && answer < 0 && StartsWith(scan, i, "A.") && StartsWith(scan, question, "Q."))
            {
                label = LabelKind.Answer; // "A." alone may be an option or an article
            }

            var ends = isEnd || label is LabelKind.Question or LabelKind.Example || (!isEnd && (nodes[i].Kind is MarkupKind.Heading or MarkupKind.Rule || scan.IsClaimed(i)));
            if (ends && question >= 0 && answer > question)
            {
                Offer(scan, question, answer, i);
            }

            if (ends)
            {
                (question, answer) = (label == LabelKind.Question && !isBlock ? i : -1, -1);
            }
            else if (label == LabelKind.Answer && question >= 0 && answer < 0)
            {
                answer = i;
            }

            isLineStart = isBlock;
        }

    }

    /// <summary>The label of a line that begins at a node: emphasis with the label inside and the colon in or behind it, or plain text.</summary>
    private static LabelKind LabelAt(PairScan scan, int index, int end)
    {
        var nodes = scan.Tree.Nodes;
        Span<char> head = stackalloc char[48];
        var length = 0;
        for (var i = index; i < end && length < head.Length && nodes[i].Kind != MarkupKind.Break; i++)
        {
            if (nodes[i].Kind != MarkupKind.Text)
            {
                continue;
            }

            foreach (var c in scan.Tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start))
            {
                if (length < head.Length && !(char.IsWhiteSpace(c) && (length == 0 || head[length - 1] == ' ')))
                {
                    head[length++] = char.IsWhiteSpace(c) ? ' ' : c;
                }
            }
        }

        var label = BlockLabel.Of(head[..length]);
        return label.Kind == LabelKind.None || !head[..Math.Min(length, label.Length)].ContainsAny(":.)：") && label.Length < length && label.Number < 0 ? LabelKind.None : label.Kind;
    }

    private static bool StartsWith(PairScan scan, int node, string label)
    {
        var nodes = scan.Tree.Nodes;
        while (nodes[node].Kind != MarkupKind.Text && nodes[node].Next > node + 1)
        {
            node++;
        }

        return scan.Tree.Source.AsSpan(nodes[node].Start, nodes[node].End - nodes[node].Start).TrimStart().StartsWith(label, StringComparison.Ordinal);
    }

    private static void Offer(PairScan scan, int question, int answer, int to)
    {
        var nodes = scan.Tree.Nodes;
        var asked = BlockLabel.Strip(scan.Text.Start(scan.Tree).Add(question, answer).ToString(), LabelKind.Question);
        var said = BlockLabel.Strip(scan.Text.Start(scan.Tree).Add(answer, to).ToString(), LabelKind.Answer);
        said = said.StartsWith("A. ", StringComparison.Ordinal) ? said[3..] : said;
        var last = answer;
        for (var i = answer; i < to; i = nodes[i].Next)
        {
            last = i;
        }

        scan.Offer(new PairDraft(asked, said, new TextSpan(nodes[question].Start, nodes[answer].Start), new TextSpan(nodes[answer].Start, nodes[last].End), "question-answer-lines", scan.Figures(question, answer, 0), scan.Figures(answer, to, 0)));
        scan.Claim(question, to);
    }
}
