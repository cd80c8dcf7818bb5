using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Questions told by their answers: an element that is named an answer or solution, behind words in the same element that are not named.</summary>
/// <remarks>Pattern <c>exercise-solution</c>. The words must ask, or the answer begin with its label, or both stand in an item of a numbered list; so that a firm's "solutions" are none.</remarks>
internal static class AnswerElements
{
    private const int MostBlocks = 8;

    private static readonly uint Hints = MarkupText.Bit(MarkupRole.Hint);

    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        for (var i = 1; i < nodes.Length; i++)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind == MarkupKind.Ignored)
            {
                i = nodes[i].Next - 1;
                continue;
            }

            if (nodes[i].Kind is not (MarkupKind.Item or MarkupKind.Container or MarkupKind.Cell or MarkupKind.Description or MarkupKind.Quote) || nodes[i].Role is not (MarkupRole.None or MarkupRole.Exercises))
            {
                continue;
            }

            Inside(scan, i);
        }
    }

    private static void Inside(PairScan scan, int box)
    {
        var nodes = scan.Tree.Nodes;
        var isNumbered = nodes[box].Kind == MarkupKind.Item && nodes[nodes[box].Parent].Kind == MarkupKind.OrderedList;
        int from = -1, blocks = 0;
        for (var i = box + 1; i < nodes[box].Next; i = nodes[i].Next)
        {
            var role = nodes[i].Role;
            if (role is MarkupRole.Solution or MarkupRole.Answer or MarkupRole.AcceptedAnswer)
            {
                if (from >= 0 && blocks <= MostBlocks && !scan.IsClaimed(i))
                {
                    // A solution right behind a short answer says more.
                    var next = nodes[i].Next;
                    while (next < nodes[box].Next && scan.Words.In(next, nodes[next].Next) == 0)
                    {
                        next = nodes[next].Next;
                    }

                    var answer = role == MarkupRole.Answer && next < nodes[box].Next && nodes[next].Role == MarkupRole.Solution ? next : i;
                    Offer(scan, from, i, answer, isNumbered, blocks == 1 && nodes[from].Kind == MarkupKind.Heading);
                    i = answer;
                }

                (from, blocks) = (-1, 0);
                continue;
            }

            if (scan.IsClaimed(i) || nodes[i].Kind is MarkupKind.Rule or MarkupKind.Heading && from >= 0 || role is not (MarkupRole.None or MarkupRole.Hint or MarkupRole.Statement))
            {
                (from, blocks) = (-1, 0);
            }

            if (!scan.IsClaimed(i) && nodes[i].Kind is not (MarkupKind.Ignored or MarkupKind.Rule) && role is MarkupRole.None or MarkupRole.Statement && scan.Words.In(i, nodes[i].Next) > 0)
            {
                from = from < 0 ? i : from;
                blocks++;
            }
        }
    }

    private static void Offer(PairScan scan, int from, int to, int answer, bool isNumbered, bool isTitle)
    {
        var nodes = scan.Tree.Nodes;
        if (nodes[to].Start - nodes[from].Start > PairGate.LongestQuestion * 3)
        {
            return;
        }

        var options = Options.Of(scan, from, to, ExerciseElements.Answering, out var lettered);
        scan.Text.Start(scan.Tree).Letters = !options.IsEmpty && !lettered;
        var asked = scan.Text.Add(from, to, ExerciseElements.Answering).ToString();
        asked = QuestionHeadings.WithoutNumber(BlockLabel.Strip(asked, LabelKind.Question, LabelKind.Example));
        var whole = scan.Text.Start(scan.Tree).Add(answer, nodes[answer].Next, Hints).ToString();
        var said = BlockLabel.Strip(whole, LabelKind.Answer, LabelKind.Proof);
        if (!asked.AsSpan().TrimEnd("*_ ").EndsWith("?") && (isTitle || (!isNumbered && said.Length == whole.Length)))
        {
            return;
        }

        scan.Offer(new PairDraft(asked, said, new TextSpan(nodes[from].Start, nodes[to].Start), new TextSpan(nodes[answer].Start, nodes[answer].End), "exercise-solution", scan.Figures(from, to, ExerciseElements.Answering), scan.Figures(answer, nodes[answer].Next, Hints), options));
        scan.Claim(from, nodes[answer].Next);
    }
}
