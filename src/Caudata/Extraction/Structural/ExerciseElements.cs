using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Exercises, problems, questions and worked examples that elements, classes, environments or macros mark, with the solution inside or right behind them.</summary>
/// <remarks>Pattern <c>exercise-solution</c>. An instruction shared by several exercises ("In the following exercises, simplify.") is put in front of each.</remarks>
internal static class ExerciseElements
{
    /// <summary>Roles that are not part of a question.</summary>
    public static readonly uint Answering = MarkupText.Bit(MarkupRole.Solution) | MarkupText.Bit(MarkupRole.Answer) | MarkupText.Bit(MarkupRole.AcceptedAnswer) | MarkupText.Bit(MarkupRole.Hint) | MarkupText.Bit(MarkupRole.Proof);

    /// <summary>Code units at the start of an answer in which its votes are looked for.</summary>
    private const int LongestHead = 1500;

    private static readonly uint Hints = MarkupText.Bit(MarkupRole.Hint);

    /// <summary>Finds the pairs; gives back the exercises without an answer, which later conventions may still match.</summary>
    public static List<OpenExercise> Find(PairScan scan)
    {
        var open = new List<OpenExercise>();
        var nodes = scan.Tree.Nodes;
        var stem = new SharedStem(scan);
        var last = -1;
        for (var i = 1; i < nodes.Length;)
        {
            ref readonly var node = ref nodes[i];
            if (scan.IsClaimed(i) || node.Kind == MarkupKind.Ignored)
            {
                i = node.Next;
                continue;
            }

            if (!IsExercise(node.Role) || node.Kind is MarkupKind.Text or MarkupKind.Heading && !HasBlocks(nodes, i))
            {
                stem.See(i);
                i++;
                continue;
            }

            // A wrapper of exercises ("example" around "exercise", a group) is entered.
            if (HasInnerExercise(nodes, i))
            {
                i++;
                continue;
            }

            var answers = Answers(scan, i);
            var next = node.Next;
            if (answers.Count == 0)
            {
                var sibling = AnswerBehind(scan, i);
                if (sibling >= 0)
                {
                    answers.Add(sibling);
                    next = Math.Max(next, nodes[sibling].Next);
                }
            }

            var shared = stem.For(i);
            if (answers.Count == 0)
            {
                if (node.Role != MarkupRole.Example)
                {
                    open.Add(new OpenExercise(i, shared.From, shared.To, open.Count));
                }

                i = node.Role == MarkupRole.Example ? i + 1 : node.Next;
                continue;
            }

            if (!ExerciseParts.Offer(scan, i, answers))
            {
                Offer(scan, i, answers, shared, "exercise-solution");
            }

            scan.Claim(i, node.Next);
            foreach (var answer in answers)
            {
                scan.Claim(answer, nodes[answer].Next);
            }

            last = i;
            i = Math.Max(node.Next, Math.Min(next, nodes.Length));
        }

        return open;
    }

    private static bool IsExercise(MarkupRole role) => role is MarkupRole.Exercise or MarkupRole.Example or MarkupRole.Statement;

    private static bool IsAnswer(MarkupRole role) => role is MarkupRole.Solution or MarkupRole.Answer or MarkupRole.AcceptedAnswer;

    private static bool HasBlocks(ReadOnlySpan<MarkupNode> nodes, int index) => nodes[index].Next > index + 1;

    private static bool HasInnerExercise(ReadOnlySpan<MarkupNode> nodes, int index)
    {
        var statementCounts = nodes[index].Role == MarkupRole.Exercises;
        for (var i = index + 1; i < nodes[index].Next; i++)
        {
            var role = nodes[i].Role;
            if (IsAnswer(role) || role is MarkupRole.Hint or MarkupRole.Proof)
            {
                i = nodes[i].Next - 1;
                continue;
            }

            // Inside an exercise, an element named "problem" or "question" is its statement when the answer stands beside it rather than in it.
            if (role == MarkupRole.Exercise && (HasAnswer(nodes, i) || !HasAnswerOutside(nodes, index, i)) || (statementCounts && role == MarkupRole.Statement))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAnswer(ReadOnlySpan<MarkupNode> nodes, int index)
    {
        for (var i = index + 1; i < nodes[index].Next; i++)
        {
            if (IsAnswer(nodes[i].Role))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAnswerOutside(ReadOnlySpan<MarkupNode> nodes, int outer, int inner)
    {
        // The first block behind the inner element, inside the outer one.
        for (var i = nodes[inner].Next; i < nodes[outer].Next; i++)
        {
            if (IsAnswer(nodes[i].Role))
            {
                return true;
            }

            if (nodes[i].Role == MarkupRole.Exercise)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The solutions of an exercise: of each part the solution, or else the short answer; alternatives are left.</summary>
    private static List<int> Answers(PairScan scan, int index)
    {
        var nodes = scan.Tree.Nodes;
        var answers = new List<int>(2);
        var parent = -1;
        for (var i = index + 1; i < nodes[index].Next;)
        {
            if (nodes[i].Role == MarkupRole.Hint)
            {
                i = nodes[i].Next;
                continue;
            }

            if (!IsAnswer(nodes[i].Role))
            {
                i++;
                continue;
            }

            if (nodes[i].Parent == parent)
            {
                // A solution says more than the answer before it; a second solution is an alternative.
                // The accepted answer of a thread stands before the others, the one with most votes else.
                if ((nodes[answers[^1]].Role == MarkupRole.Answer && nodes[i].Role == MarkupRole.Solution) || (nodes[answers[^1]].Role != MarkupRole.AcceptedAnswer && (nodes[i].Role == MarkupRole.AcceptedAnswer || Votes(scan, i) > Votes(scan, answers[^1]))))
                {
                    answers[^1] = i;
                }
            }
            else
            {
                answers.Add(i);
                parent = nodes[i].Parent;
            }

            i = nodes[i].Next;
        }

        return answers;
    }

    /// <summary>The answer that follows an exercise: a sibling, or an answer in the container that follows (answers of a forum page).</summary>
    private static int AnswerBehind(PairScan scan, int index)
    {
        var nodes = scan.Tree.Nodes;
        var end = nodes[nodes[index].Parent].Next;
        var i = nodes[index].Next;
        for (var steps = 0; i < end && steps < 12; steps++)
        {
            ref readonly var node = ref nodes[i];
            if (node.Role is MarkupRole.Hint || node.Kind is MarkupKind.Break or MarkupKind.Rule or MarkupKind.Ignored or MarkupKind.Image || (node.Kind == MarkupKind.Text && scan.Tree.Source.AsSpan(node.Start, node.End - node.Start).IsWhiteSpace()))
            {
                i = node.Next;
                continue;
            }

            if (scan.IsClaimed(i))
            {
                return -1;
            }

            // "2 Answers" between the question of a thread and its answers.
            if (node.Kind == MarkupKind.Heading && node.Role == MarkupRole.None && AnswerKeys.CountsAnswers(scan.Render(i)))
            {
                i = node.Next;
                continue;
            }

            if (IsAnswer(node.Role) || (node.Role == MarkupRole.Proof && nodes[index].Role is MarkupRole.Exercise or MarkupRole.Example && !Theorems.IsUnproved(scan, index)))
            {
                return i;
            }

            if (node.Role != MarkupRole.None || node.Kind is not MarkupKind.Container)
            {
                return -1;
            }

            var first = -1;
            for (var j = i + 1; j < node.Next; j++)
            {
                if (nodes[j].Role == MarkupRole.AcceptedAnswer)
                {
                    return j;
                }

                if (nodes[j].Role == MarkupRole.Exercise)
                {
                    return first;
                }

                if (IsAnswer(nodes[j].Role))
                {
                    first = first < 0 || (nodes[j].Parent == nodes[first].Parent && Votes(scan, j) > Votes(scan, first)) ? j : first;
                    j = nodes[j].Next - 1;
                }
            }

            return first;
        }

        return -1;
    }

    /// <summary>Votes that an answer bears in its markup (<c>data-score</c>, <c>upvoteCount</c>), 0 when it has none.</summary>
    private static int Votes(PairScan scan, int answer)
    {
        var node = scan.Tree.Nodes[answer];
        var tag = ElementTag.Of(scan.Tree, answer);
        var value = ElementTag.Attribute(tag, "data-score");
        value = value.IsEmpty ? ElementTag.Attribute(tag, "data-votes") : value;
        if (value.IsEmpty)
        {
            var content = scan.Tree.Source.AsSpan(node.ContentStart, Math.Min(LongestHead, node.ContentEnd - node.ContentStart));
            var at = content.IndexOf("upvoteCount");
            if (at < 0)
            {
                return 0;
            }

            content = content[(at + 11)..];
            at = content.IndexOfAnyInRange('0', '9');
            value = at is < 0 or > 60 ? [] : content[at..];
            var end = value.IndexOfAnyExceptInRange('0', '9');
            value = end < 0 ? value : value[..end];
        }

        return int.TryParse(value, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var votes) ? votes : 0;
    }

    /// <summary>Writes question and answer and offers the pair.</summary>
    public static void Offer(PairScan scan, int exercise, List<int> answers, (int From, int To) stem, string pattern)
    {
        var nodes = scan.Tree.Nodes;
        var question = Question(scan, exercise, stem, out var questionFigures, out var options, out var questionSpan);
        scan.Text.Start(scan.Tree);
        var figures = 0;
        var start = int.MaxValue;
        var end = 0;
        foreach (var answer in answers)
        {
            scan.Text.Add(answer, nodes[answer].Next, Hints);
            figures += scan.Figures(answer, nodes[answer].Next, Hints);
            start = Math.Min(start, nodes[answer].Start);
            end = Math.Max(end, nodes[answer].End);
        }

        var text = BlockLabel.Strip(scan.Text.ToString(), LabelKind.Answer, LabelKind.Proof);
        if (ThreadTitle(scan, exercise, answers[0]) is > 0 and var title)
        {
            question = string.Concat(scan.Render(title), "\n\n", question);
            questionSpan = new TextSpan(nodes[title].Start, questionSpan.End);
        }

        scan.Offer(new PairDraft(question, text, questionSpan, new TextSpan(start, end), pattern, questionFigures, figures, options));
    }

    /// <summary>The heading that is the title of a thread: the page's only one of the first level, above a question whose answer stands behind it in an element of answers; 0 for none.</summary>
    private static int ThreadTitle(PairScan scan, int exercise, int answer)
    {
        var nodes = scan.Tree.Nodes;
        if (answer < nodes[exercise].Next || nodes[answer].Parent == nodes[exercise].Parent)
        {
            return 0;
        }

        var title = 0;
        for (var i = 1; i < nodes.Length; i++)
        {
            if (nodes[i].Kind == MarkupKind.Heading && nodes[i].Level == 1)
            {
                if (title > 0 || i > exercise)
                {
                    return 0;
                }

                title = i;
            }
        }

        return title > 0 && nodes[title].ContentEnd - nodes[title].ContentStart < 600 && !scan.IsClaimed(title) ? title : 0;
    }

    /// <summary>Writes the question of an exercise with its shared instruction.</summary>
    public static string Question(PairScan scan, int exercise, (int From, int To) stem, out int figures, out System.Collections.Immutable.ImmutableArray<string> options, out TextSpan span)
    {
        var nodes = scan.Tree.Nodes;
        options = Options.Of(scan, exercise, nodes[exercise].Next, Answering, out var lettered);
        figures = scan.Figures(exercise, nodes[exercise].Next, Answering);
        scan.Text.Start(scan.Tree).Letters = !options.IsEmpty && !lettered;
        var own = scan.Text.Add(exercise, nodes[exercise].Next, Answering).ToString();
        own = BlockLabel.Strip(BlockLabel.Strip(own, LabelKind.Question, LabelKind.Example), LabelKind.Question, LabelKind.Example);

        // The question ends where the first answer inside it starts.
        var end = nodes[exercise].End;
        for (var i = exercise + 1; i < nodes[exercise].Next; i++)
        {
            if (nodes[i].Role != MarkupRole.None && (Answering & MarkupText.Bit(nodes[i].Role)) != 0)
            {
                end = Math.Min(end, nodes[i].Start);
                if (HasMoreQuestion(scan, i, exercise))
                {
                    end = nodes[exercise].End;
                }

                break;
            }
        }

        span = new TextSpan(nodes[exercise].Start, end);

        // Nothing but a picture or a table's shell of its own: an instruction alone asks nothing.
        if (stem.From >= 0 && !own.AsSpan().ContainsAnyInRange('0', '9') && WordCount.Of(own).Words == 0 && !own.Contains('$') && !own.Contains("\\(", StringComparison.Ordinal))
        {
            figures = Math.Max(figures, 1);
        }

        if (stem.From < 0 || StandsAlone(own))
        {
            return own;
        }

        figures += scan.Figures(stem.From, stem.To, 0);
        var shared = scan.Text.Start(scan.Tree).Add(stem.From, stem.To).ToString();
        span = new TextSpan(nodes[stem.From].Start, end);
        return shared + "\n\n" + own;
    }

    private static bool HasMoreQuestion(PairScan scan, int answer, int exercise)
    {
        var nodes = scan.Tree.Nodes;
        for (var i = nodes[answer].Next; i < nodes[exercise].Next; i++)
        {
            if (nodes[i].Role != MarkupRole.None && (Answering & MarkupText.Bit(nodes[i].Role)) != 0)
            {
                i = nodes[i].Next - 1;
            }
            else if (nodes[i].Kind == MarkupKind.Text && !scan.Tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start).IsWhiteSpace())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A whole story that ends in a question needs no instruction in front of it.</summary>
    private static bool StandsAlone(string question) => question.EndsWith('?') && question.AsSpan().Count(' ') >= 12;
}

/// <summary>An exercise whose answer has not been found yet.</summary>
/// <param name="Node">Its node.</param>
/// <param name="StemFrom">First node of its shared instruction, -1 when it has none.</param>
/// <param name="StemTo">Node after the instruction.</param>
/// <param name="Order">Its place among such exercises.</param>
internal readonly record struct OpenExercise(int Node, int StemFrom, int StemTo, int Order);
