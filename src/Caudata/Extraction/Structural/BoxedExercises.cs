using System.Buffers;
using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Exercises told by their shape alone: an element of exactly two boxes, the question and the answer, where nothing is named.</summary>
/// <remarks>Pattern <c>boxed-exercise</c>. Either the second box starts with "Solution" or the like; or at least three neighbours have the same shape (one or two boxes, some with two) below an instruction or a heading
/// that announces exercises; or the first box asks and the second does not, where the document has at least three such elements. Layout boxes of other pages have none of these.</remarks>
internal static class BoxedExercises
{
    private static readonly SearchValues<string> Announcing = SearchValues.Create(["exercise", "problem", "question", "practice", "review", "quiz", "test", "check your", "self check", "try it"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        var stem = new SharedStem(scan);
        var heading = -1;
        var areAsking = CountAsking(scan) >= FewestAsking;
        for (var i = 1; i < nodes.Length;)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind == MarkupKind.Ignored)
            {
                i = nodes[i].Next;
                continue;
            }

            if (nodes[i].Kind == MarkupKind.Heading)
            {
                heading = i;
            }

            stem.See(i);
            if (nodes[i].Kind != MarkupKind.Container || nodes[i].Role != MarkupRole.None || !Boxes(scan, i, out var first, out var second))
            {
                i++;
                continue;
            }

            var shared = stem.For(i);
            var announced = shared.From >= 0 || (heading >= 0 && scan.Head(heading).AsSpan().ContainsAny(Announcing));
            var isLabelled = second >= 0 && scan.Label(FirstBlock(scan, second)).Kind == LabelKind.Answer;
            var isRow = announced && !isLabelled && Neighbours(scan, i) >= 3;
            if (second < 0 || !(isLabelled || isRow || (areAsking && IsAsking(scan, first, second))))
            {
                // A box without an answer among exercises is passed over; any other element is entered.
                i = second < 0 && isRow ? nodes[i].Next : i + 1;
                continue;
            }

            var question = ExerciseElements.Question(scan, first, shared, out var figures, out var options, out var span);
            question = question.Contains('?', StringComparison.Ordinal) && !isLabelled && !isRow ? QuestionHeadings.Clean(question) : question;
            var answer = BlockLabel.Strip(scan.Render(second), LabelKind.Answer);
            scan.Offer(new PairDraft(question, answer, span, new TextSpan(nodes[second].Start, nodes[second].End), "boxed-exercise", figures, scan.Figures(second, nodes[second].Next, 0), options));
            scan.Claim(i, nodes[i].Next);
            i = nodes[i].Next;
        }
    }

    /// <summary>Elements of two boxes that a document must have, the first asking, for the shape alone to count.</summary>
    private const int FewestAsking = 3;

    /// <summary>Longest answer of such an element, in code units of markup: a longer one is a section.</summary>
    private const int LongestAnswer = 12_000;

    private static int CountAsking(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        var count = 0;
        for (var i = 1; i < nodes.Length && count < FewestAsking; i++)
        {
            if (nodes[i].Kind == MarkupKind.Ignored)
            {
                i = nodes[i].Next - 1;
            }
            else if (nodes[i].Kind == MarkupKind.Container && nodes[i].Role == MarkupRole.None && Boxes(scan, i, out var first, out var second) && second >= 0 && IsAsking(scan, first, second))
            {
                count++;
                i = nodes[i].Next - 1;
            }
        }

        return count;
    }

    private static bool IsAsking(PairScan scan, int question, int answer)
    {
        var nodes = scan.Tree.Nodes;
        return nodes[question].End - nodes[question].Start < LongestAnswer && nodes[answer].End - nodes[answer].Start < LongestAnswer && AnswerKeys.Asks(scan, question, nodes[question].Next)
            && !QuestionElements.IsFurniture(scan, question) && !HasHeadings(nodes, answer) && scan.HasText(answer, nodes[answer].Next) && !QuestionHeadings.EndsAsking(scan, answer);
    }

    private static bool HasHeadings(ReadOnlySpan<MarkupNode> nodes, int box)
    {
        // One heading may lead the answer ("Solution"); several make it a section.
        var headings = 0;
        for (var i = box + 1; i < nodes[box].Next; i++)
        {
            headings += nodes[i].Kind == MarkupKind.Heading ? 1 : 0;
        }

        return headings > 1;
    }

    private static int FirstBlock(PairScan scan, int box)
    {
        var nodes = scan.Tree.Nodes;
        for (var i = box + 1; i < nodes[box].Next && i < box + 8; i++)
        {
            if (nodes[i].Kind is MarkupKind.Heading or MarkupKind.Paragraph)
            {
                return i;
            }
        }

        return box;
    }

    /// <summary>Whether an element holds one or two boxes and nothing else; <paramref name="second"/> is -1 for one.</summary>
    private static bool Boxes(PairScan scan, int index, out int first, out int second)
    {
        var nodes = scan.Tree.Nodes;
        (first, second) = (-1, -1);
        for (var i = index + 1; i < nodes[index].Next; i = nodes[i].Next)
        {
            if (nodes[i].Kind == MarkupKind.Text && scan.Tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start).IsWhiteSpace())
            {
                continue;
            }

            if (nodes[i].Kind != MarkupKind.Container || nodes[i].Role != MarkupRole.None || second >= 0)
            {
                return false;
            }

            (first, second) = first < 0 ? (i, -1) : (first, i);
        }

        return first >= 0;
    }

    /// <summary>Number of neighbours on both sides, itself included, that have the same shape.</summary>
    private static int Neighbours(PairScan scan, int index)
    {
        // Looking at six on each side is enough for a count of three, and keeps long runs linear.
        var nodes = scan.Tree.Nodes;
        var count = 1;
        var i = nodes[index].Next;
        var end = nodes[nodes[index].Parent].Next;
        for (var steps = 0; i < end && steps < 12 && count < 3; steps++, i = nodes[i].Next)
        {
            count += nodes[i].Kind == MarkupKind.Container && Boxes(scan, i, out _, out _) ? 1 : 0;
        }

        i = index - 1;
        for (var steps = 0; i > nodes[index].Parent && steps < 12 && count < 3; steps++)
        {
            while (nodes[i].Parent != nodes[index].Parent && i > nodes[index].Parent && nodes[i].Parent > nodes[index].Parent)
            {
                i = nodes[i].Parent;
            }

            count += nodes[i].Kind == MarkupKind.Container && Boxes(scan, i, out _, out _) ? 1 : 0;
            i--;
        }

        return count;
    }
}
