using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Short paragraphs that ask, each with its answer in the paragraphs beneath: a list of frequent questions without any markup.</summary>
/// <remarks>Pattern <c>question-paragraph</c>. One question in prose is rhetoric; so at least three such paragraphs must stand beside each other in one element, a fifth of its paragraphs or more, none in quotation marks
/// (a dialogue) and none numbered (a test). The answer goes up to the next question, heading or rule, six blocks at most.</remarks>
internal static class QuestionParagraphs
{
    private const int FewestQuestions = 3, LongestQuestion = 250, MostBlocks = 6;

    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        Dictionary<int, (int Paragraphs, int Questions)> counts = [];
        List<int> questions = [];
        for (var i = 1; i < nodes.Length; i++)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind == MarkupKind.Ignored)
            {
                i = nodes[i].Next - 1;
                continue;
            }

            if (nodes[i].Kind != MarkupKind.Paragraph)
            {
                continue;
            }

            var asks = IsQuestion(scan, i);
            var (paragraphs, asked) = counts.GetValueOrDefault(nodes[i].Parent);
            counts[nodes[i].Parent] = (paragraphs + 1, asked + (asks ? 1 : 0));
            if (asks)
            {
                questions.Add(i);
            }
        }

        foreach (var question in questions)
        {
            var (paragraphs, asked) = counts[nodes[question].Parent];
            if (asked < FewestQuestions || asked * 5 < paragraphs)
            {
                continue;
            }

            var from = nodes[question].Next;
            var to = from;
            var end = nodes[nodes[question].Parent].Next;
            for (var blocks = 0; to < end && blocks < MostBlocks; to = nodes[to].Next)
            {
                if (scan.IsClaimed(to) || nodes[to].Kind is MarkupKind.Heading or MarkupKind.Rule or MarkupKind.Ignored || nodes[to].Role != MarkupRole.None || (nodes[to].Kind == MarkupKind.Paragraph && (IsQuestion(scan, to) || QuestionHeadings.IsBold(scan, to))))
                {
                    break;
                }

                blocks += nodes[to].Kind is MarkupKind.Text or MarkupKind.Break ? 0 : 1;
            }

            // A list of questions without answers: what follows is the next one, or the information that it rests on.
            if (to <= from || !scan.HasText(from, to) || Asks(scan, from, to))
            {
                continue;
            }

            var asking = QuestionHeadings.Clean(scan.Render(question));
            var answer = BlockLabel.Strip(scan.Text.Start(scan.Tree).Add(from, to).ToString(), LabelKind.Answer);
            scan.Offer(new PairDraft(asking, answer, new TextSpan(nodes[question].Start, nodes[question].End), new TextSpan(nodes[from].Start, nodes[to - 1].End), "question-paragraph", scan.Figures(question, nodes[question].Next, 0), scan.Figures(from, to, 0)));
            scan.Claim(question, to);
        }
    }

    private static bool IsQuestion(PairScan scan, int index)
    {
        var nodes = scan.Tree.Nodes;
        var text = scan.Tree.Source.AsSpan(nodes[index].ContentStart, nodes[index].ContentEnd - nodes[index].ContentStart).Trim();
        return text.Length is > 8 and < LongestQuestion && text.EndsWith("?") && text[0] is not ('"' or '“' or '«' or '\'' or '‘' or '-' or '—' or '(') && text[..^1].IndexOf("? ") < 0 && AnswerKeys.Leading(scan.Head(index).AsSpan().TrimStart("*_ "), out _) < 0 && QuestionHeadings.IsQuestion(scan, index);
    }

    private static bool Asks(PairScan scan, int from, int to)
    {
        var nodes = scan.Tree.Nodes;
        for (var i = from; i < to; i = nodes[i].Next)
        {
            if (nodes[i].Kind == MarkupKind.Paragraph && (AnswerKeys.Leading(scan.Head(i).AsSpan().TrimStart("*_ "), out _) >= 0 || SharedStem.IsStem(scan.Tree.Source.AsSpan(nodes[i].ContentStart, nodes[i].ContentEnd - nodes[i].ContentStart))))
            {
                return true;
            }
        }

        return false;
    }
}
