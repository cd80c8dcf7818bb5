using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Headings that are questions, with the text beneath as the answer; bold lines that are questions count as headings of the lowest level.</summary>
/// <remarks>Pattern <c>question-heading</c>. Numbered headings that command ("Q2. Explain hoisting.") count among others that ask. The answer ends at the next heading of the same or a higher level, at the next question, at exercises, or with the element that holds the heading.</remarks>
internal static class QuestionHeadings
{
    /// <summary>Level given to bold lines.</summary>
    private const int BoldLevel = 7;

    private static readonly System.Buffers.SearchValues<char> Closing = System.Buffers.SearchValues.Create(")]`\"'”’");

    private static readonly System.Buffers.SearchValues<char> Separators = System.Buffers.SearchValues.Create(" \n\r\t.,|•·-–→»›");

    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        var tasks = NumberedTasks(scan);
        for (var i = 1; i < nodes.Length; i++)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind == MarkupKind.Ignored)
            {
                i = nodes[i].Next - 1;
                continue;
            }

            var level = Level(scan, i);
            if (level == 0 || !(IsQuestion(scan, i) || tasks.Contains(i)) || (nodes[i].Kind == MarkupKind.Heading && level > 1 && LeadsElsewhere(scan, i)))
            {
                continue;
            }

            var (from, to) = Beneath(scan, i, level);
            if (from >= to || IsMenu(scan, from, to))
            {
                continue;
            }

            var question = Clean(scan.Render(i));
            var answer = scan.Text.Start(scan.Tree).Add(from, to).ToString();
            if (answer.Length == 0 && scan.Figures(from, to, 0) == 0)
            {
                continue;
            }

            if (OpensChapter(scan, from, to))
            {
                scan.Reject(StructuralReasons.AnswerTooLong, new TextSpan(nodes[i].Start, nodes[from].End), question);
                continue;
            }

            answer = BlockLabel.Strip(answer, LabelKind.Answer);
            var end = nodes[to - 1].End;
            scan.Offer(new PairDraft(question, answer, new TextSpan(nodes[i].Start, nodes[i].End), new TextSpan(nodes[from].Start, Math.Max(end, nodes[from].End)), "question-heading", scan.Figures(i, nodes[i].Next, 0), scan.Figures(from, to, 0)));
            scan.Claim(i, to);
        }
    }

    /// <summary>Numbered headings that ask without a question mark, "12. Explain closures.": those labelled "Q", and those among numbered headings of their level of which at least two, and a third, ask with one.</summary>
    private static HashSet<int> NumberedTasks(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        int[] asking = new int[BoldLevel + 1], numbered = new int[BoldLevel + 1], labelled = new int[BoldLevel + 1];
        List<(int Node, int Level, bool IsLabelled)> tasks = [];
        for (var i = 1; i < nodes.Length; i++)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind == MarkupKind.Ignored)
            {
                i = nodes[i].Next - 1;
                continue;
            }

            var level = Math.Min(BoldLevel, Level(scan, i));
            if (level == 0)
            {
                continue;
            }

            var head = scan.Head(i).AsSpan().TrimStart("*_ ");
            var isLabelled = head.StartsWith("Q") && BlockLabel.Of(head) is { Kind: LabelKind.Question, Number: >= 0 };
            if (!isLabelled && AnswerKeys.Leading(head, out _) < 0)
            {
                continue;
            }

            if (IsQuestion(scan, i))
            {
                asking[level]++;
            }
            else if (Commands(Clean(scan.Render(i))))
            {
                tasks.Add((i, level, isLabelled));
                (isLabelled ? labelled : numbered)[level]++;
            }
        }

        return [.. tasks.Where(task => task.IsLabelled ? labelled[task.Level] + asking[task.Level] >= 2 : asking[task.Level] >= Math.Max(2, (numbered[task.Level] + 1) / 2)).Select(task => task.Node)];
    }

    /// <summary>Whether a text begins with what one asks of somebody, and says of what.</summary>
    private static bool Commands(ReadOnlySpan<char> text)
    {
        text = text.Trim("*_ `");
        var end = text.IndexOf(' ');
        return end > 0 && text.Length > end + 2 && text[^1] != ':' && text[..end] is "Explain" or "Describe" or "Define" or "List" or "Name" or "Compare" or "Differentiate" or "Distinguish" or "Discuss" or "State" or "Mention"
            or "Outline" or "Summarize" or "Summarise" or "Illustrate" or "Implement" or "Contrast"
            || end > 0 && text.StartsWith("Difference") && text.Contains(" between ", StringComparison.Ordinal);
    }

    /// <summary>Whether what stands beneath begins with a heading of its own: the question is the title of a chapter, and its parts are no answer.</summary>
    private static bool OpensChapter(PairScan scan, int from, int to)
    {
        var nodes = scan.Tree.Nodes;
        for (var i = from; i < to; i++)
        {
            if (nodes[i].Kind == MarkupKind.Heading)
            {
                return true;
            }

            if (nodes[i].Kind is MarkupKind.Ignored or MarkupKind.Figure or MarkupKind.Image)
            {
                i = nodes[i].Next - 1;
            }
            else if (nodes[i].Kind == MarkupKind.Text && !scan.Tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start).IsWhiteSpace())
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Whether a heading is a link to another page, as in lists of results.</summary>
    private static bool LeadsElsewhere(PairScan scan, int heading)
    {
        var nodes = scan.Tree.Nodes;
        for (var i = heading + 1; i < nodes[heading].Next; i++)
        {
            if (nodes[i].Kind == MarkupKind.Link)
            {
                return !scan.HasText(heading + 1, i) && !scan.HasText(nodes[i].Next, nodes[heading].Next) && ElementTag.LeadsElsewhere(ElementTag.Of(scan.Tree, i));
            }
        }

        return false;
    }

    /// <summary>Whether all words of a range are words of links of HTML.</summary>
    private static bool IsMenu(PairScan scan, int from, int to)
    {
        var nodes = scan.Tree.Nodes;
        var links = 0;
        for (var i = from; i < to; i++)
        {
            if (nodes[i].Kind == MarkupKind.Ignored || (nodes[i].Kind == MarkupKind.Link && scan.Tree.Source[nodes[i].Start] == '<'))
            {
                links += nodes[i].Kind == MarkupKind.Link ? 1 : 0;
                i = nodes[i].Next - 1;
            }
            else if (nodes[i].Kind is MarkupKind.Image or MarkupKind.Figure || (nodes[i].Kind == MarkupKind.Text && scan.Tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start).ContainsAnyExcept(Separators)))
            {
                return false;
            }
        }

        return links > 0;
    }

    /// <summary>Level of a heading or bold line, 0 when the node is neither.</summary>
    public static int Level(PairScan scan, int index)
    {
        ref readonly var node = ref scan.Tree.Nodes[index];
        if (node.Kind == MarkupKind.Heading)
        {
            return Math.Max(1, (int)node.Level);
        }

        return node.Kind == MarkupKind.Paragraph && IsBold(scan, index) ? BoldLevel : 0;
    }

    /// <summary>Whether a whole paragraph is bold.</summary>
    public static bool IsBold(PairScan scan, int index)
    {
        var nodes = scan.Tree.Nodes;
        ref readonly var node = ref nodes[index];
        var text = scan.Tree.Source.AsSpan(node.ContentStart, node.ContentEnd - node.ContentStart).Trim();
        if (text.Length is < 5 or > 400)
        {
            return false;
        }

        if (text.StartsWith("**") || text.StartsWith("__"))
        {
            return text.EndsWith(text[..2]) && text[2..^2].IndexOf(text[..2]) < 0;
        }

        if (text.StartsWith("\\textbf{"))
        {
            return LatexReader.BraceEnd(text, 7) == text.Length;
        }

        // HTML: one strong element, and nothing but white space beside it.
        var strong = 0;
        for (var i = index + 1; i < node.Next;)
        {
            if (nodes[i].Kind == MarkupKind.Strong)
            {
                strong++;
                i = nodes[i].Next;
            }
            else if (nodes[i].Kind == MarkupKind.Text && !scan.Tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start).IsWhiteSpace())
            {
                return false;
            }
            else
            {
                i++;
            }
        }

        return strong > 0;
    }

    /// <summary>Whether a heading or bold line asks something.</summary>
    public static bool IsQuestion(PairScan scan, int index)
    {
        ref readonly var node = ref scan.Tree.Nodes[index];
        var raw = scan.Tree.Source.AsSpan(node.ContentStart, node.ContentEnd - node.ContentStart);
        if (raw.Length is < 8 or > 800 || (!raw.Contains('?') && !raw.Contains('？')))
        {
            return false;
        }

        var text = Clean(scan.Render(index)).AsSpan().TrimEnd();

        // Decorations behind the question mark: emoji, stars, a difficulty in brackets.
        var mark = text.LastIndexOfAny('?', '？');
        if (mark < 0)
        {
            return false;
        }

        var tail = text[(mark + 1)..];
        foreach (var c in tail)
        {
            if (char.IsLetterOrDigit(c) && !tail.Contains('('))
            {
                return false;
            }
        }

        return tail.Length < 24 && WordCount.Of(text).Words >= 2;
    }

    /// <summary>Whether a block ends with a question mark.</summary>
    public static bool EndsAsking(PairScan scan, int index)
    {
        ref readonly var node = ref scan.Tree.Nodes[index];
        var raw = scan.Tree.Source.AsSpan(node.ContentStart, node.ContentEnd - node.ContentStart);
        return raw.Length < 4000 && raw.Contains('?') && scan.Render(index).AsSpan().TrimEnd("*_ )\"”").EndsWith("?");
    }

    /// <summary>Question without its number, label and decorations.</summary>
    public static string Clean(string text)
    {
        text = WithoutNumber(BlockLabel.Strip(text, LabelKind.Question));
        var mark = text.LastIndexOf('?');
        return mark > 0 && text.Length - mark < 8 && !text.AsSpan(mark + 1).ContainsAny(Closing) ? text[..(mark + 1)] : text;
    }

    /// <summary>Text without the number of a heading or item in front.</summary>
    public static string WithoutNumber(string text)
    {
        var start = 0;
        while (start < text.Length && (char.IsDigit(text[start]) || text[start] is '.' or ')' or '(' or ' ' or '#' or '*'))
        {
            start++;
        }

        // "2. What ...", not "2 plus 2 is what?".
        if (start > 1 && start < text.Length && (text[start - 1] is '.' or ')' || (start > 1 && text[start - 2] is '.' or ')')))
        {
            text = text[start..];
        }
        else if (start > 3 && start < text.Length && text[start - 1] == ' ' && text.AsSpan(0, start - 1).Contains('.') && !text.AsSpan(0, start - 1).ContainsAnyExcept(Numerals) && Asking.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text.AsSpan(start, text.AsSpan(start).IndexOf(' ') is >= 0 and var word ? word : 0)))
        {
            text = text[start..]; // "1.1 What is this?": the number of a section; "2.4 GHz or 5 GHz?" stays
        }

        return text;
    }

    private static readonly System.Buffers.SearchValues<char> Numerals = System.Buffers.SearchValues.Create("0123456789.");

    private static readonly HashSet<string> Asking = new(StringComparer.Ordinal)
    {
        "What", "Which", "Why", "How", "When", "Where", "Who", "Whose", "Is", "Are", "Was", "Were", "Can", "Could", "Do", "Does", "Did", "Should", "Will", "Would", "Has", "Have", "May", "Must", "If", "What's", "What’s",
    };

    /// <summary>The nodes beneath a heading.</summary>
    public static (int From, int To) Beneath(PairScan scan, int heading, int level)
    {
        var nodes = scan.Tree.Nodes;
        var from = nodes[heading].Next;

        // A wrapper that holds only the heading is left.
        var holder = nodes[heading].Parent;
        while (holder > 0 && !scan.HasText(from, nodes[holder].Next))
        {
            from = nodes[holder].Next;
            holder = nodes[holder].Parent;
        }

        var end = nodes[holder].Next;
        for (var i = from; i < end; i++)
        {
            if (scan.IsClaimed(i) || nodes[i].Role is MarkupRole.Exercise or MarkupRole.Exercises or MarkupRole.Glossary)
            {
                return (from, Whole(nodes, from, i));
            }

            var other = Level(scan, i);
            if (other > 0 && nodes[i].Kind == MarkupKind.Heading && AnswerKeys.CountsAnswers(scan.Render(i)))
            {
                // "12 comments" ends an article; "3 answers" or "2 replies" make the words before it a part of the question.
                return scan.Head(i).Contains("omment", StringComparison.Ordinal) ? (from, Whole(nodes, from, i)) : (from, from);
            }

            if (other > 0 && (other <= level || IsQuestion(scan, i)))
            {
                return (from, Whole(nodes, from, i));
            }
        }

        return (from, end);
    }

    /// <summary>Leaves the wrappers that open right before the end: they belong to what follows.</summary>
    private static int Whole(ReadOnlySpan<MarkupNode> nodes, int from, int to)
    {
        while (to > from && nodes[to - 1].Next > to)
        {
            to--;
        }

        return to;
    }
}
