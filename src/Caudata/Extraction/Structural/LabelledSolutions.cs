using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Questions and answers that labels at the start of blocks announce: "Example 3 ... Solution", "Problem ... Answer:", "Q: ... A: ...", a question and its solution behind "Show solution" or in a details element.</summary>
/// <remarks>Patterns <c>labelled-solution</c>, <c>question-answer-lines</c> (the labels are Q/A or Question/Answer) and <c>disclosure</c> (the answer is folded away). A question starts at its label, at a numbered
/// item or at a heading and ends at the label of a hint or answer. The answer is the element that its label leads, or what follows up to the next question, heading or the end of the surrounding element.</remarks>
internal static class LabelledSolutions
{
    /// <summary>Longest answer, in blocks, of a labelled solution that no element and no heading ends.</summary>
    private const int MostLooseBlocks = 40;

    /// <summary>Most blocks before the last one of a question that no label and no element begins.</summary>
    private const int MostQuestionBlocks = 4;

    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        var opener = -1;
        var openerKind = Opening.None;
        var openerEnd = -1;
        for (var i = 1; i < nodes.Length;)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind == MarkupKind.Ignored)
            {
                opener = -1;
                i = nodes[i].Next;
                continue;
            }

            if (!PairScan.StartsBlock(nodes[i].Kind))
            {
                i++;
                continue;
            }

            var label = scan.LabelBelow(openerKind == Opening.Labelled ? opener : -1, i);
            if (label.Kind == LabelKind.Answer || (label.Kind == LabelKind.Proof && openerKind == Opening.Labelled))
            {
                if (OpensKey(scan, i, label))
                {
                    opener = -1;
                    i = nodes[i].Next;
                    continue;
                }

                var (question, kind) = opener >= 0 ? (opener, openerKind) : (PreviousQuestion(scan, i), Opening.Question);
                if (kind == Opening.Numbered && nodes[question].Kind == MarkupKind.Item && nodes[question].Number < 0 && i >= nodes[question].Next)
                {
                    (question, kind) = (PreviousQuestion(scan, i), Opening.Question); // an item of a list that has ended
                }

                if (kind == Opening.Heading && !IsNumberedHeading(scan, question))
                {
                    (question, kind) = (Beginning(scan, PreviousQuestion(scan, i)), Opening.Question);
                }

                var isFolded = nodes[i].Kind == MarkupKind.Summary || nodes[nodes[i].Parent].Kind == MarkupKind.Disclosure;
                if (question >= 0 && (kind != Opening.Heading || IsNumberedHeading(scan, question)))
                {
                    var next = Pair(scan, question, kind, openerEnd, i, label, isFolded);
                    if (next > i)
                    {
                        opener = -1;
                        openerEnd = -1;
                        i = next;
                        continue;
                    }
                }

                opener = -1;
                i++;
                continue;
            }

            if (label.Kind == LabelKind.Hint)
            {
                openerEnd = openerEnd < 0 ? i : openerEnd;
            }
            else if (label.Kind == LabelKind.Example && opener >= 0 && Illustrates(scan, opener, i))
            {
                openerKind = Opening.Labelled;
            }
            else if (label.Kind is LabelKind.Question or LabelKind.Example)
            {
                (opener, openerKind, openerEnd) = (i, Opening.Labelled, -1);
            }
            else if (nodes[i].Kind == MarkupKind.Heading)
            {
                // A heading below a labelled question is part of it; behind a hint it may belong to the way to the solution; any other starts a new piece of text.
                if (openerKind == Opening.Labelled && opener >= 0 && openerEnd >= 0 && !QuestionHeadings.IsQuestion(scan, i))
                {
                    i++;
                    continue;
                }

                if (openerKind != Opening.Labelled || opener < 0 || QuestionHeadings.Level(scan, i) <= Math.Max(1, QuestionHeadings.Level(scan, opener)) || nodes[opener].Kind != MarkupKind.Heading)
                {
                    (opener, openerKind, openerEnd) = (i, QuestionHeadings.IsQuestion(scan, i) ? Opening.Question : Opening.Heading, -1);
                }
            }
            else if (IsNumberedItem(scan, i) && !(openerKind == Opening.Labelled && opener >= 0))
            {
                (opener, openerKind, openerEnd) = (i, Opening.Numbered, -1);
            }
            else if (nodes[i].Kind == MarkupKind.Paragraph && !(openerKind == Opening.Labelled && opener >= 0) && AnswerKeys.Leading(scan.Head(i).AsSpan().TrimStart("*_ "), out _) >= 0)
            {
                (opener, openerKind, openerEnd) = (i, Opening.Numbered, -1);
            }
            else if (nodes[i].Kind == MarkupKind.Paragraph && opener >= 0 && openerKind is Opening.Heading or Opening.Question && nodes[opener].Kind != MarkupKind.Heading && QuestionHeadings.Level(scan, i) > 0)
            {
                (opener, openerKind, openerEnd) = (i, QuestionHeadings.IsQuestion(scan, i) ? Opening.Question : Opening.None, -1);
            }
            else if (nodes[i].Kind == MarkupKind.Paragraph && QuestionHeadings.Level(scan, i) > 0 && QuestionHeadings.IsQuestion(scan, i))
            {
                (opener, openerKind, openerEnd) = (i, Opening.Question, -1);
            }

            i++;
        }
    }

    /// <summary>Whether an example shows input and output of the task that stands above it under its own heading: then it is a part of that task.</summary>
    private static bool Illustrates(PairScan scan, int task, int example)
    {
        var nodes = scan.Tree.Nodes;
        if (nodes[task].Kind != MarkupKind.Heading || (nodes[example].Kind == MarkupKind.Heading && nodes[example].Level < nodes[task].Level) || !scan.HasText(nodes[task].Next, example))
        {
            return false;
        }

        var shown = scan.Tree.Source.AsSpan(nodes[example].Start, Math.Min(600, scan.Tree.Source.Length - nodes[example].Start));
        return shown.Contains("Input", StringComparison.Ordinal) && shown.Contains("Output", StringComparison.Ordinal);
    }

    /// <summary>An item of a numbered list that is not part of another list.</summary>
    private static bool IsNumberedItem(PairScan scan, int index)
    {
        var nodes = scan.Tree.Nodes;
        return nodes[index].Kind == MarkupKind.Item && nodes[nodes[index].Parent].Level == 0
            && (nodes[index].Number >= 0 || nodes[nodes[index].Parent].Kind == MarkupKind.OrderedList);
    }

    /// <summary>Whether a label is the heading of a key, whose numbered answers belong to several questions: "Answers" and, below, "1. ...".</summary>
    private static bool OpensKey(PairScan scan, int index, BlockLabel label)
    {
        var nodes = scan.Tree.Nodes;
        if (label.Number >= 0 || label.Length < scan.Head(index).TrimEnd().Length || !AnswerKeys.IsKey(scan.Head(index)))
        {
            return false;
        }

        var next = nodes[index].Next;
        while (next < nodes.Length && nodes[next].Kind is MarkupKind.Text or MarkupKind.Break or MarkupKind.Container)
        {
            next++;
        }

        return next < nodes.Length && ((nodes[next].Kind == MarkupKind.OrderedList && nodes[next].Level == 0) || (nodes[next].Kind == MarkupKind.Paragraph && AnswerKeys.Leading(scan.Head(next).AsSpan().TrimStart("*_ "), out _) >= 0));
    }

    private static bool IsNumberedHeading(PairScan scan, int heading)
    {
        var head = scan.Head(heading).AsSpan().TrimStart();
        return head.Length > 1 && char.IsDigit(head[0]);
    }

    /// <summary>The block right before an answer's label, if it asks something.</summary>
    private static int PreviousQuestion(PairScan scan, int label)
    {
        var nodes = scan.Tree.Nodes;
        var parent = nodes[label].Parent;
        for (var i = label - 1; i > parent && i > label - 400; i--)
        {
            if (nodes[i].Kind is MarkupKind.Paragraph or MarkupKind.Heading or MarkupKind.Item)
            {
                return !scan.IsClaimed(i) && QuestionHeadings.EndsAsking(scan, i) ? i : -1;
            }
        }

        return -1;
    }

    /// <summary>Where a question that ends with a block begins: behind the heading or rule above it in the same element; -1 when that is more than an exercise has.</summary>
    private static int Beginning(PairScan scan, int question)
    {
        if (question < 0)
        {
            return -1;
        }

        var nodes = scan.Tree.Nodes;
        int from = question, blocks = 0;
        for (var i = question - 1; i > nodes[question].Parent; i--)
        {
            while (nodes[i].Parent > nodes[question].Parent)
            {
                i = nodes[i].Parent;
            }

            if (nodes[i].Kind is MarkupKind.Heading or MarkupKind.Rule || scan.IsClaimed(i))
            {
                break;
            }

            if (nodes[i].Kind is not (MarkupKind.Ignored or MarkupKind.Break) && scan.HasText(i, i + 1 < nodes[i].Next ? nodes[i].Next : i + 1))
            {
                (from, blocks) = (i, blocks + 1);
            }

            if (blocks > MostQuestionBlocks)
            {
                return -1;
            }
        }

        return from;
    }

    private static int Pair(PairScan scan, int question, Opening kind, int questionEnd, int label, BlockLabel answerLabel, bool isFolded)
    {
        var nodes = scan.Tree.Nodes;

        // The element that the label leads, as far up as it does not hold the question.
        var lead = label;
        while (nodes[lead].Parent > 0 && nodes[lead].Parent > question - 1 && !(nodes[lead].Parent <= question && question < nodes[nodes[lead].Parent].Next) && !scan.HasText(nodes[lead].Parent + 1, lead))
        {
            lead = nodes[lead].Parent;
        }

        int to;
        var holds = nodes[lead].Next > nodes[label].Next && scan.HasText(nodes[label].Next, nodes[lead].Next);
        if (holds)
        {
            to = nodes[lead].Next;
        }
        else
        {
            to = End(scan, question, kind, label, lead, answerLabel);
        }

        var stop = questionEnd > question && questionEnd < label ? questionEnd : lead;
        stop = Math.Max(question + 1, Whole(nodes, question, WithoutLinks(scan, question, stop)));
        if (to <= label || stop <= question)
        {
            return -1;
        }

        var options = Options.Of(scan, question, stop, ExerciseElements.Answering, out var lettered, nodes[label].Start);
        scan.Text.Start(scan.Tree).Letters = !options.IsEmpty && !lettered;
        var asked = nodes[question].Kind == MarkupKind.Item && (nodes[question].Next >= stop || IsNumberedItem(scan, question) || (stop > question + 1 && scan.Tree.Source[nodes[question].Start] == '<')) ? question + 1 : question; // without the list's mark
        var questionText = scan.Text.Add(asked, stop, ExerciseElements.Answering, lastCharacter: nodes[label].Start).ToString();
        var openingLabel = BlockLabel.Of(questionText);
        questionText = BlockLabel.Strip(QuestionHeadings.WithoutNumber(questionText), LabelKind.Question, LabelKind.Example);
        questionText = QuestionHeadings.WithoutNumber(questionText);
        var answerText = scan.Text.Start(scan.Tree).Add(lead == label || !holds ? label : lead, to).ToString();
        answerText = BlockLabel.Strip(answerText, LabelKind.Answer, LabelKind.Proof);
        answerText = BlockLabel.Strip(answerText, LabelKind.Answer); // "Answer" folded over "Answer: B"
        answerText = scan.Label(label).Kind == LabelKind.None ? BlockLabel.WithoutTurn(answerText) : answerText;

        if (options.IsEmpty && Options.Letters(answerText, out var letters).Length > 0 && answerText.AsSpan(letters).IsWhiteSpace())
        {
            options = Options.OnOneLine(questionText);
        }

        var questionFigures = scan.Figures(question, stop, ExerciseElements.Answering);
        var answerFigures = scan.Figures(label, to, 0);
        var pattern = isFolded || nodes[lead].Kind == MarkupKind.Disclosure || nodes[label].Kind == MarkupKind.Summary ? "disclosure" : openingLabel.Kind == LabelKind.Question && AreQuestionAndAnswer(scan.Head(question), scan.Head(label)) ? "question-answer-lines" : "labelled-solution";
        var end = Math.Max(nodes[question].Start + 1, Math.Min(nodes[label].Start, nodes[stop - 1].End));
        scan.Offer(new PairDraft(questionText, answerText, new TextSpan(nodes[question].Start, end), new TextSpan(nodes[label].Start, Math.Max(nodes[label].End, Last(nodes, label, to))), pattern, questionFigures, answerFigures, options));
        scan.Claim(question, to);
        return to;
    }

    /// <summary>End of a question before its list of links ("Relevant Links", "See also"), which is no part of it.</summary>
    private static int WithoutLinks(PairScan scan, int question, int stop)
    {
        var nodes = scan.Tree.Nodes;
        for (var i = question + 1; i < stop; i++)
        {
            if (nodes[i].Kind is MarkupKind.Heading or MarkupKind.Paragraph && nodes[i].End - nodes[i].Start < 80 && scan.Head(i).Trim('*', '_', ' ', '#', ':').ToLowerInvariant() is "relevant links" or "links" or "see also" or "further reading" or "references" or "resources" or "useful links" or "related links" or "more information" or "additional resources")
            {
                return i;
            }
        }

        return stop;
    }

    private static bool AreQuestionAndAnswer(string questionHead, string answerHead)
    {
        var q = questionHead.AsSpan().TrimStart(" *_#");
        var a = answerHead.AsSpan().TrimStart(" *_#");
        return (q.StartsWith("Q", StringComparison.OrdinalIgnoreCase) || q.StartsWith("Frage") || q.StartsWith("Pregunta")) && a.StartsWith("A", StringComparison.OrdinalIgnoreCase);
    }

    private static int Last(ReadOnlySpan<MarkupNode> nodes, int from, int to)
    {
        var end = 0;
        for (var i = from; i < to; i = nodes[i].Next)
        {
            end = nodes[i].End;
        }

        return end;
    }

    private static int Whole(ReadOnlySpan<MarkupNode> nodes, int from, int to)
    {
        while (to > from + 1 && nodes[to - 1].Next > to)
        {
            to--;
        }

        return to;
    }

    private static int End(PairScan scan, int question, Opening kind, int label, int lead, BlockLabel answerLabel)
    {
        var nodes = scan.Tree.Nodes;
        var from = nodes[lead].Next;
        var holder = nodes[lead].Parent;

        // A label that stands alone at the end of its element ("<p>Answer</p>" in a box) is followed outside.
        var labelOnly = answerLabel.Length >= scan.Head(label).TrimEnd().Length;
        while (labelOnly && holder > 0 && !scan.HasText(from, nodes[holder].Next) && !(holder <= question && question < nodes[holder].Next))
        {
            from = nodes[holder].Next;
            holder = nodes[holder].Parent;
        }

        var end = nodes[holder].Next;
        var level = nodes[label].Kind == MarkupKind.Heading ? Math.Max((int)nodes[label].Level, nodes[question].Kind == MarkupKind.Heading ? nodes[question].Level : 1) : 9;
        var blocks = 0;
        for (var i = from; i < end; i++)
        {
            if (scan.IsClaimed(i) || nodes[i].Role is MarkupRole.Exercise or MarkupRole.Example or MarkupRole.Exercises)
            {
                return Whole(nodes, label, i);
            }

            if (!PairScan.StartsBlock(nodes[i].Kind))
            {
                continue;
            }

            blocks += nodes[i].Kind is MarkupKind.Paragraph ? 1 : 0;
            var next = scan.Label(i);
            if (next.Kind is LabelKind.Question or LabelKind.Example || (next.Kind == LabelKind.Answer && nodes[i].Kind is MarkupKind.Heading or MarkupKind.Summary) || (next.Kind == LabelKind.Answer && kind == Opening.Labelled && nodes[i].Kind == MarkupKind.Paragraph && blocks > 1)
                || (nodes[i].Kind == MarkupKind.Heading && nodes[i].Level <= level) || nodes[i].Kind == MarkupKind.Rule
                || (kind == Opening.Numbered && nodes[i].Kind == MarkupKind.Item && (nodes[i].Parent == nodes[question].Parent || IsNextList(nodes, question, i)))
                || (next.Kind == LabelKind.Answer && nodes[i].Kind is MarkupKind.Paragraph && IsInOtherItem(nodes, label, i))
                || (kind == Opening.Numbered && nodes[i].Kind == MarkupKind.Paragraph && nodes[question].Kind == MarkupKind.Paragraph && AnswerKeys.Leading(scan.Head(i).AsSpan().TrimStart("*_ "), out _) > AnswerKeys.Leading(scan.Head(question).AsSpan().TrimStart("*_ "), out _))
                || (QuestionHeadings.Level(scan, i) > 0 && QuestionHeadings.IsQuestion(scan, i))
                || (kind == Opening.Labelled && OpensQuestion(scan, i)))
            {
                return Whole(nodes, label, OuterItem(nodes, label, i));
            }

            if (blocks > MostLooseBlocks)
            {
                return Whole(nodes, label, i);
            }
        }

        return end;
    }

    /// <summary>Whether a block is a question without a label: a term that asks, or a paragraph that begins with a question in bold on a line of its own.</summary>
    private static bool OpensQuestion(PairScan scan, int index)
    {
        var nodes = scan.Tree.Nodes;
        if (nodes[index].Kind == MarkupKind.Term)
        {
            return QuestionHeadings.EndsAsking(scan, index);
        }

        var strong = index + 1;
        while (strong < nodes[index].Next && nodes[strong].Kind == MarkupKind.Text && scan.Tree.Source.AsSpan(nodes[strong].Start, nodes[strong].End - nodes[strong].Start).IsWhiteSpace())
        {
            strong++;
        }

        return nodes[index].Kind == MarkupKind.Paragraph && strong < nodes[index].Next && nodes[strong].Kind == MarkupKind.Strong && nodes[strong].Next < nodes[index].Next && nodes[nodes[strong].Next].Kind == MarkupKind.Break && QuestionHeadings.EndsAsking(scan, strong);
    }

    /// <summary>Whether an item begins the list that goes on behind the question's: "2." where the answer to "1." was not indented.</summary>
    private static bool IsNextList(ReadOnlySpan<MarkupNode> nodes, int question, int item)
    {
        var (first, second) = (nodes[nodes[question].Parent], nodes[nodes[item].Parent]);
        return nodes[question].Kind == MarkupKind.Item && nodes[item].Number == nodes[question].Number + 1 && nodes[question].Number >= 0 && second.Number == nodes[item].Number && second.Parent == first.Parent && second.Level == 0;
    }

    /// <summary>Whether a label stands in an item of a list that does not hold the answer: the item is another question.</summary>
    private static bool IsInOtherItem(ReadOnlySpan<MarkupNode> nodes, int answer, int label) => OuterItem(nodes, answer, label) != label;

    /// <summary>The outermost list around a node that does not hold the answer as well; the node itself where there is none.</summary>
    private static int OuterItem(ReadOnlySpan<MarkupNode> nodes, int answer, int node)
    {
        var outer = node;
        for (var i = nodes[node].Parent; i > answer; i = nodes[i].Parent)
        {
            outer = nodes[i].Kind is MarkupKind.OrderedList or MarkupKind.List ? i : outer;
        }

        return outer;
    }

    private enum Opening : byte
    {
        None, Labelled, Question, Numbered, Heading,
    }
}
