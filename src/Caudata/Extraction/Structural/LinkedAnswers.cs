using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Exercises that end with a link or button to their answer elsewhere on the page: <c>&lt;a href="#ans-3"&gt;Answer&lt;/a&gt;</c> and <c>&lt;div id="ans-3"&gt;</c>.</summary>
/// <remarks>Pattern <c>linked-answer</c>. The link says nothing but "Answer", "Solution" or "Show solution"; the question is the rest of its block, or the block before it when it stands alone.</remarks>
internal static class LinkedAnswers
{
    private const int MostWrappers = 6;

    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        Dictionary<string, int>? places = null;
        for (var i = 1; i < nodes.Length; i++)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind == MarkupKind.Ignored)
            {
                i = nodes[i].Next - 1;
                continue;
            }

            if (nodes[i].Kind is not (MarkupKind.Link or MarkupKind.Container or MarkupKind.Inline) || nodes[i].ContentEnd - nodes[i].ContentStart > 80)
            {
                continue;
            }

            var target = ElementTag.Target(ElementTag.Of(scan.Tree, i));
            if (target.IsEmpty || !IsLabel(scan.Render(i)))
            {
                continue;
            }

            places ??= Places(scan.Tree);
            if (places.TryGetValue(target.ToString(), out var answer) && !scan.IsClaimed(answer) && nodes[answer].Kind is MarkupKind.Container or MarkupKind.Item or MarkupKind.Paragraph or MarkupKind.Quote or MarkupKind.Description && !(answer <= i && i < nodes[answer].Next))
            {
                Pair(scan, i, answer);
            }
        }
    }

    /// <summary>Elements by their identifiers; the first of each.</summary>
    public static Dictionary<string, int> Places(MarkupTree tree)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 1; i < tree.Nodes.Length; i++)
        {
            var id = ElementTag.Attribute(ElementTag.Of(tree, i), "id");
            if (id.Length is > 0 and < 100)
            {
                places.TryAdd(id.ToString(), i);
            }
        }

        return places;
    }

    private static bool IsLabel(string text)
    {
        text = text.Trim('[', ']', '(', ')', ' ', '→', '↓', '»');
        var label = BlockLabel.Of(text);
        return text.Length > 2 && label.Kind == LabelKind.Answer && label.Length == text.Length;
    }

    private static void Pair(PairScan scan, int link, int answer)
    {
        var nodes = scan.Tree.Nodes;
        var top = link;
        for (var steps = 0; steps < MostWrappers && nodes[top].Parent > 0 && !scan.HasText(nodes[top].Parent + 1, top) && !scan.HasText(nodes[top].Next, nodes[nodes[top].Parent].Next); steps++)
        {
            top = nodes[top].Parent; // a wrapper of the link alone
        }

        var box = nodes[top].Parent;
        while (box > 0 && nodes[box].Kind is MarkupKind.Inline or MarkupKind.Strong or MarkupKind.Emphasis or MarkupKind.Superscript)
        {
            box = nodes[box].Parent;
        }

        if (box <= 0 || scan.IsClaimed(box))
        {
            return;
        }

        // The words before the link in its block; where the block goes on over several exercises, the block right before.
        var from = box;
        if (nodes[box].Kind is not (MarkupKind.Paragraph or MarkupKind.Item))
        {
            from = Before(scan, box, top);
        }

        if (from < 0 || nodes[top].Start - nodes[from].Start > PairGate.LongestQuestion * 3)
        {
            return;
        }

        var asked = scan.Text.Start(scan.Tree).Add(from == box && nodes[box].Kind == MarkupKind.Item ? box + 1 : from, top, ExerciseElements.Answering).ToString().TrimEnd('[', '(', ' ', '\n');
        asked = BlockLabel.Strip(QuestionHeadings.WithoutNumber(asked), LabelKind.Question, LabelKind.Example);
        var said = scan.Text.Start(scan.Tree).Add(nodes[answer].Kind == MarkupKind.Item ? answer + 1 : answer, Without(scan, answer)).ToString();
        said = BlockLabel.Strip(QuestionHeadings.WithoutNumber(said), LabelKind.Answer).TrimEnd('[', '(', '↩', '↑', ' ', '\n');
        scan.Offer(new PairDraft(asked, said, new TextSpan(nodes[from].Start, nodes[top].Start), new TextSpan(nodes[answer].Start, nodes[answer].End), "linked-answer", scan.Figures(from, top, 0), scan.Figures(answer, nodes[answer].Next, 0)));
        scan.Claim(from, nodes[top].Next);
        scan.Claim(answer, nodes[answer].Next);
    }

    /// <summary>The block right before a place in an element, -1 when there is none.</summary>
    private static int Before(PairScan scan, int box, int place)
    {
        var nodes = scan.Tree.Nodes;
        for (var i = place - 1; i > box; i--)
        {
            if (nodes[i].Kind == MarkupKind.Text && scan.Tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start).IsWhiteSpace())
            {
                continue;
            }

            while (nodes[i].Parent > box)
            {
                i = nodes[i].Parent;
            }

            return scan.IsClaimed(i) || nodes[i].Kind is MarkupKind.Heading or MarkupKind.Ignored ? -1 : i;
        }

        return -1;
    }

    /// <summary>End of an answer before its link back.</summary>
    private static int Without(PairScan scan, int answer)
    {
        var nodes = scan.Tree.Nodes;
        for (var i = nodes[answer].Next - 1; i > answer && i > nodes[answer].Next - 8; i--)
        {
            if (nodes[i].Kind == MarkupKind.Link && !scan.HasText(nodes[i].Next, nodes[answer].Next) && ElementTag.Attribute(ElementTag.Of(scan.Tree, i), "href") is ['#', ..])
            {
                return i;
            }
        }

        return nodes[answer].Next;
    }
}
