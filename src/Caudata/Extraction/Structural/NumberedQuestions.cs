using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Numbered questions of text, Markdown and LaTeX with their answers right beneath, without any label: "1. What is a newt?" and, on the next line or indented, the answer.</summary>
/// <remarks>Pattern <c>question-paragraph</c>. One numbered question proves nothing, and tests have instructions and options beneath: so at least three neighbours in rising order must be answered, and four of five of all,
/// by text that neither asks, nor gives an order, nor lists options.</remarks>
internal static class NumberedQuestions
{
    private const int FewestQuestions = 3, LongestQuestion = 300, MostBlocks = 8;

    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        List<Entry> run = [];
        var last = -1;
        for (var i = 1; i < nodes.Length;)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind is MarkupKind.Ignored or MarkupKind.Table or MarkupKind.Preformatted or MarkupKind.Quote)
            {
                i = nodes[i].Next;
                continue;
            }

            if (QuestionHeadings.Level(scan, i) > 0)
            {
                Offer(scan, run);
                (last, i) = (-1, nodes[i].Next);
                continue;
            }

            var number = Number(scan, i);
            if (number < 0)
            {
                i++;
                continue;
            }

            if (number != last + 1)
            {
                Offer(scan, run);
            }

            last = number;
            var entry = Read(scan, i);
            run.Add(entry);
            i = Math.Max(i + 1, entry.To);
        }

        Offer(scan, run);
    }

    private static void Offer(PairScan scan, List<Entry> run)
    {
        var nodes = scan.Tree.Nodes;
        var answered = run.Count(entry => entry.AnswerAt > 0);
        if (answered >= FewestQuestions && answered * 5 >= run.Count * 4)
        {
            foreach (var entry in run.Where(entry => entry.AnswerAt > 0))
            {
                var start = nodes[entry.From].Start;
                var asked = QuestionHeadings.Clean(scan.Text.Start(scan.Tree).Add(Inside(nodes, entry.From), entry.To, lastCharacter: entry.AnswerAt).ToString());
                var said = BlockLabel.Strip(scan.Text.Start(scan.Tree).Add(Inside(nodes, entry.From), entry.To, firstCharacter: entry.AnswerAt).ToString(), LabelKind.Answer);
                said = said.StartsWith("A. ", StringComparison.Ordinal) || said.StartsWith("A) ", StringComparison.Ordinal) ? said[3..].TrimStart() : said;
                scan.Offer(new PairDraft(asked, said, new TextSpan(start, entry.AnswerAt), new TextSpan(entry.AnswerAt, Math.Max(entry.AnswerAt, entry.End)), "question-paragraph", 0, scan.Figures(entry.From, entry.To, 0)));
                scan.Claim(entry.From, entry.To);
            }
        }

        run.Clear();
    }

    /// <summary>An item is written without the mark of its list.</summary>
    private static int Inside(ReadOnlySpan<MarkupNode> nodes, int from) => nodes[from].Kind == MarkupKind.Item ? from + 1 : from;

    private static int Number(PairScan scan, int index)
    {
        var nodes = scan.Tree.Nodes;
        if (nodes[index].Kind is not (MarkupKind.Item or MarkupKind.Paragraph) || nodes[index].Start >= scan.Tree.Source.Length || scan.Tree.Source[nodes[index].Start] == '<')
        {
            return -1;
        }

        return nodes[index].Kind == MarkupKind.Item && nodes[nodes[index].Parent].Level == 0 ? nodes[index].Number
            : nodes[index].Kind == MarkupKind.Paragraph ? AnswerKeys.Leading(scan.Head(index).AsSpan().TrimStart("*_ "), out _) : -1;
    }

    /// <summary>Cuts a numbered block into its question and, where it has one, its answer.</summary>
    private static Entry Read(PairScan scan, int index)
    {
        var nodes = scan.Tree.Nodes;
        var to = Beneath(scan, index);
        var none = new Entry(index, to, -1, -1);
        var first = index;
        while (first < to && nodes[first].Kind != MarkupKind.Text)
        {
            first++;
        }

        // The question goes up to the first line that ends with its mark.
        var end = -1;
        var start = first < to ? nodes[first].Start : 0;
        for (var i = first; i < to && end < 0 && nodes[i].End - start <= LongestQuestion && nodes[i].Kind is MarkupKind.Text or MarkupKind.Break; i++)
        {
            var line = scan.Tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start).TrimEnd();
            end = nodes[i].Kind == MarkupKind.Text && line.TrimEnd("*_").EndsWith("?") ? nodes[i].Start + line.Length : -1;
        }

        var answer = end;
        while (answer >= 0 && answer < scan.Tree.Source.Length && char.IsWhiteSpace(scan.Tree.Source[answer]))
        {
            answer++;
        }

        var last = 0;
        for (var i = index; i < to; i++)
        {
            last = nodes[i].Kind == MarkupKind.Text ? Math.Max(last, nodes[i].End) : last;
        }

        if (end < 0 || answer >= last || scan.Tree.Source.AsSpan(start, end - start).Count(' ') < 2)
        {
            return none;
        }

        var said = scan.Tree.Source.AsSpan(answer, Math.Min(4000, last - answer));
        var paragraph = said[..(said.IndexOf("\n\n") is > 0 and var gap ? gap : said.Length)];
        for (var i = index; i < to; i++)
        {
            if (nodes[i].Kind == MarkupKind.OrderedList && nodes[i].Start <= answer + 4 || (nodes[i].Kind == MarkupKind.OrderedList && nodes[i].Level > 0))
            {
                return none; // options or parts
            }
        }

        return paragraph.TrimEnd().EndsWith("?") || paragraph.Contains("__", StringComparison.Ordinal) || WordCount.Of(paragraph).Words < 2 || AnswerKeys.Orders(said) || said[0] is '(' or '[' or '□' or '☐' or '○' ? none : new Entry(index, to, answer, last);
    }

    private static int Beneath(PairScan scan, int index)
    {
        var nodes = scan.Tree.Nodes;
        var holder = nodes[index].Parent;
        if (nodes[index].Kind == MarkupKind.Item)
        {
            if (nodes[index].Next < nodes[holder].Next)
            {
                return nodes[index].Next;
            }

            holder = nodes[holder].Parent;
        }

        var i = nodes[index].Next;
        for (var blocks = 0; i < nodes[holder].Next && blocks < MostBlocks; i = nodes[i].Next)
        {
            if (scan.IsClaimed(i) || QuestionHeadings.Level(scan, i) > 0 || nodes[i].Kind is MarkupKind.Rule or MarkupKind.Ignored or MarkupKind.OrderedList || nodes[i].Role != MarkupRole.None || Number(scan, i) >= 0)
            {
                break;
            }

            blocks += nodes[i].Kind is MarkupKind.Text or MarkupKind.Break ? 0 : 1;
        }

        return i;
    }

    private readonly record struct Entry(int From, int To, int AnswerAt, int End);
}
