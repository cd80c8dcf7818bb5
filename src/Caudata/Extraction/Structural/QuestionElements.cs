using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Elements that hold nothing but a question, with the answer in the element behind: accordions, toggles, boxes and lists of frequent questions, whatever they are called.</summary>
/// <remarks>Pattern <c>question-element</c>. The largest element (or the run of words up to a break) that asks and holds nothing else is the question; the answer is what stands behind it in the same element, or what it controls by an
/// identifier. Three pairs of the same shape are evidence (<see cref="FewestAlike"/>); where classes or aria attributes speak of questions, one. Questions that are links to other pages, and answers made of links alone, are menus.</remarks>
internal static class QuestionElements
{
    /// <summary>Pairs of the same element names and classes that a document must have where nothing is named.</summary>
    private const int FewestAlike = 3;

    private const int LongestQuestion = 300, MostBlocks = 8, MostWrappers = 6;

    private static readonly HashSet<string> Telling = new(StringComparer.Ordinal)
    {
        "faq", "faqs", "qa", "qna", "qanda", "question", "questions", "quest", "answer", "answers", "ans", "accordion", "accordions", "collapse", "collapsible", "collapsable", "toggle", "togglet", "togglec", "toggles", "expand", "expander", "expandable", "disclosure", "frage", "antwort", "frequently",
    };

    private static readonly HashSet<string> Letters = new(StringComparer.Ordinal) { "q", "a" };

    private static readonly HashSet<string> Furniture = new(StringComparer.Ordinal) { "cookie", "cookies", "newsletter", "subscribe", "modal", "popup", "banner", "login", "signin", "signup", "cart", "checkout", "search", "cta", "promo", "comment", "comments", "sidebar", "related", "toc", "feedback", "helpful", "testimonial", "testimonials", "pricing" };

    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        if (!scan.Tree.Source.AsSpan().ContainsAny('?', '？'))
        {
            return;
        }

        var words = scan.Words;
        var asked = Asked(scan, words);
        if (asked.Count == 0)
        {
            return;
        }

        Dictionary<string, int>? places = null;
        Dictionary<int, int> nextOf = [];
        var pairs = new List<Found>(asked.Count);
        for (var k = asked.Count - 1; k >= 0; k--)
        {
            var head = asked[k];
            var found = Answer(scan, words, head, nextOf.GetValueOrDefault(head.Parent, -1), ref places);
            nextOf[head.Parent] = head.From;
            if (found is { } pair)
            {
                pairs.Add(pair);
            }
        }

        pairs.Reverse();
        Dictionary<(int, int), (int Count, int Blocks)> alike = [];
        foreach (var pair in pairs)
        {
            var (count, blocks) = alike.GetValueOrDefault((pair.Head.Shape, pair.Shape));
            alike[(pair.Head.Shape, pair.Shape)] = (count + 1, pair.IsLast ? blocks : Math.Max(blocks, pair.Blocks));
        }

        foreach (var pair in pairs)
        {
            var (count, blocks) = alike[(pair.Head.Shape, pair.Shape)];
            if (count >= (pair.IsTold ? 1 : pair.IsLettered ? 2 : FewestAlike))
            {
                Offer(scan, pair, pair.IsLast && blocks > 0 ? blocks : MostBlocks);
            }
        }
    }

    /// <summary>The elements and runs of words that ask, in order.</summary>
    private static List<Head> Asked(PairScan scan, VisibleWords words)
    {
        var nodes = scan.Tree.Nodes;
        var lines = new int[nodes.Length]; // of each element where its last line began
        List<Head> asked = [];
        for (var i = 1; i < nodes.Length; i++)
        {
            ref readonly var node = ref nodes[i];
            if (node.Kind == MarkupKind.Ignored || scan.IsClaimed(i))
            {
                i = node.Next - 1;
                continue;
            }

            if (node.Kind == MarkupKind.Text)
            {
                var text = scan.Tree.Source.AsSpan(node.Start, node.End - node.Start).TrimEnd().TrimEnd("\"”’»*_)");
                if (node.Syntax == TextSyntax.Html && (text.EndsWith("?") || text.EndsWith("？")) && text.Length <= LongestQuestion && HeadOf(scan, words, lines, i) is { } head)
                {
                    asked.Add(head);
                }
            }
            else if (!IsInline(node.Kind))
            {
                lines[node.Parent] = node.Next;
            }
        }

        return asked;
    }

    private static bool IsInline(MarkupKind kind) => kind is MarkupKind.Text or MarkupKind.Strong or MarkupKind.Emphasis or MarkupKind.Inline or MarkupKind.Link or MarkupKind.Code or MarkupKind.Superscript or MarkupKind.Subscript or MarkupKind.Math;

    private static Head? HeadOf(PairScan scan, VisibleWords words, int[] lines, int text)
    {
        var nodes = scan.Tree.Nodes;
        int from = text, to = nodes[text].Next, box = nodes[text].Parent;
        var isLink = false;
        while (box > 0 && IsInline(nodes[box].Kind) && words[nodes[box].Next] == words[text + 1])
        {
            isLink |= nodes[box].Kind == MarkupKind.Link && ElementTag.LeadsElsewhere(ElementTag.Of(scan.Tree, box));
            (from, to, box) = (box, nodes[box].Next, nodes[box].Parent);
        }

        if (box <= 0 || isLink || IsInline(nodes[box].Kind) || nodes[box].Kind is MarkupKind.Heading or MarkupKind.Term or MarkupKind.Summary or MarkupKind.Cell or MarkupKind.HeaderCell or MarkupKind.Caption)
        {
            return null;
        }

        var start = Math.Max(box + 1, lines[box]);
        var inline = words[from] == words[start] ? from : -1;
        var innermost = box;
        if (words[nodes[box].Next] == words[to] && words[start] == words[box + 1])
        {
            // All of the element: paragraphs of their own are read by QuestionParagraphs and QuestionHeadings.
            (from, to) = (box, nodes[box].Next);
            while (nodes[from].Parent > 0 && words.In(nodes[from].Parent, nodes[nodes[from].Parent].Next) == words.In(from, to))
            {
                from = nodes[from].Parent;
                to = nodes[from].Next;
            }

            var isPlain = nodes[from].Kind == MarkupKind.Paragraph && ElementTag.Attribute(ElementTag.Of(scan.Tree, from), "class").IsEmpty;
            if ((isPlain && (inline < 0 || nodes[inline].Kind is MarkupKind.Text or MarkupKind.Strong)) || nodes[from].Kind is MarkupKind.Heading or MarkupKind.Term or MarkupKind.Summary or MarkupKind.Cell or MarkupKind.HeaderCell or MarkupKind.Disclosure || nodes[from].Parent < 0)
            {
                return null;
            }

            box = nodes[from].Parent;
        }
        else
        {
            // The first words of an element: set off as an element of their own, or by a break or block behind them.
            var next = to;
            while (next < nodes[box].Next && words.In(next, nodes[next].Next) == 0 && IsInline(nodes[next].Kind))
            {
                next = nodes[next].Next;
            }

            var isSetOff = inline >= 0 && nodes[inline].Kind is MarkupKind.Strong or MarkupKind.Emphasis or MarkupKind.Inline;
            if (next >= nodes[box].Next || (!isSetOff && (IsInline(nodes[next].Kind) || words[start] != words[box + 1])))
            {
                return null;
            }

            from = start;
        }

        if (nodes[to - 1].End - nodes[from].Start > 2000 || !Asks(scan, from, to, out var question))
        {
            return null;
        }

        var shape = HashCode.Combine(ElementTag.Shape(ElementTag.Of(scan.Tree, from == text || box == innermost && inline < 0 ? box : from)), inline < 0 ? 0 : (int)nodes[inline].Kind, from < text && from != inline);
        return new Head(from, to, box, innermost, question, shape);
    }

    private static bool Asks(PairScan scan, int from, int to, out string question)
    {
        question = scan.Text.Start(scan.Tree).Add(from, to).ToString().Trim().TrimStart('+', '-', '–', '▶', '►', '▾', '▸', '›', '»', '·', '•', ' ', '\n');
        if (question.StartsWith("Q.", StringComparison.Ordinal) || question.StartsWith("Q\n", StringComparison.Ordinal))
        {
            question = question[2..].TrimStart();
        }

        question = QuestionHeadings.Clean(question).Trim();
        var mark = question.IndexOf("?\n", StringComparison.Ordinal);
        return question.Length is > 7 and <= LongestQuestion && question[^1] is '?' or '？' && mark < 0 && question[0] is not ('"' or '“' or '«' or '„' or '—' or '|' or '>') && WordCount.Of(question).Words >= 3;
    }

    private static Found? Answer(PairScan scan, VisibleWords words, in Head head, int nextHead, ref Dictionary<string, int>? places)
    {
        var nodes = scan.Tree.Nodes;
        var end = nodes[head.Parent].Next;
        if (IsFurniture(scan, head.Innermost) || IsExercise(scan, head))
        {
            return null;
        }

        var stop = nextHead > head.To ? nextHead : end;
        var from = head.To;
        while (from < stop && words.In(from, nodes[from].Next) == 0)
        {
            from = nodes[from].Next;
        }

        var isTold = IsTold(scan, head, from < stop ? from : -1, Telling);
        var isLettered = !isTold && IsTold(scan, head, from < stop ? from : -1, Letters);
        var controlled = Controlled(scan, head, ref places);
        if (controlled > 0 && (from >= stop || !(controlled >= from && controlled < stop)) && !(controlled <= head.From && head.From < nodes[controlled].Next) && Says(scan, words, controlled, nodes[controlled].Next))
        {
            return new Found(head, controlled, nodes[controlled].Next, ElementTag.Shape(ElementTag.Of(scan.Tree, controlled)), 1, false, true, false);
        }

        if (from >= stop || nodes[head.Parent].Kind is MarkupKind.Row or MarkupKind.Table or MarkupKind.List or MarkupKind.OrderedList or MarkupKind.Quote)
        {
            return null;
        }

        // Words before the question in an element of its own ("01", "Q") are few.
        var isFlat = nextHead > head.To || words.In(head.Parent + 1, head.From) > 2;
        var shape = ElementTag.Shape(ElementTag.Of(scan.Tree, from));
        var isBoxed = !IsInline(nodes[from].Kind) && !ElementTag.Attribute(ElementTag.Of(scan.Tree, from), "class").IsEmpty;
        var to = from;
        var blocks = 0;
        for (var i = from; i < stop && blocks <= MostBlocks; i = nodes[i].Next)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind is MarkupKind.Heading or MarkupKind.Rule || nodes[i].Role is MarkupRole.Exercise or MarkupRole.Example || (isFlat && isBoxed && blocks > 0 && words.In(i, nodes[i].Next) > 0 && ElementTag.Shape(ElementTag.Of(scan.Tree, i)) != shape))
            {
                break;
            }

            if (words.In(i, nodes[i].Next) > 0 || nodes[i].Kind is MarkupKind.Image or MarkupKind.Figure)
            {
                to = nodes[i].Next;
                blocks += IsInline(nodes[i].Kind) ? 0 : 1;
            }
        }

        // A question with nothing but a list behind is a choice without its answer, unless the page says that it is none.
        if (!isTold && !isLettered && nodes[from].Kind is MarkupKind.List or MarkupKind.OrderedList && nodes[from].Next == to)
        {
            return null;
        }

        return to > from && Says(scan, words, from, to) ? new Found(head, from, to, HashCode.Combine(shape, nodes[from].Kind), blocks, isFlat && nextHead < 0, isTold, isLettered) : null;
    }

    /// <summary>Whether a place says something itself: it is no menu, no form, no further question and no section with headings.</summary>
    private static bool Says(PairScan scan, VisibleWords words, int from, int to)
    {
        var nodes = scan.Tree.Nodes;
        if (words.In(from, to) == 0 || words.Linked(from, to) == words.In(from, to) || nodes[to - 1].End - nodes[from].Start > PairGate.LongestAnswer * 2)
        {
            return false;
        }

        var headings = 0;
        var last = from;
        for (var i = from; i < to; i++)
        {
            if (scan.IsClaimed(i))
            {
                return false;
            }

            if (IsExercise(nodes[i].Role) && nodes[i].Role is not (MarkupRole.Answer or MarkupRole.Solution))
            {
                return false;
            }

            headings += nodes[i].Kind == MarkupKind.Heading ? 1 : 0;
            last = nodes[i].Parent < from && words.In(i, nodes[i].Next) > 0 ? i : last;
        }

        return headings <= 1 && !(nodes[last].Kind != MarkupKind.Text && QuestionHeadings.EndsAsking(scan, last) && words.In(from, to) <= 2);
    }

    /// <summary>Whether a question is an exercise, which the conventions for exercises have left without an answer: what stands behind it is the next one.</summary>
    private static bool IsExercise(PairScan scan, in Head head)
    {
        var nodes = scan.Tree.Nodes;
        var steps = 0;
        for (var i = head.Innermost; i > 0 && steps < MostWrappers; i = nodes[i].Parent, steps++)
        {
            if (IsExercise(nodes[i].Role))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsExercise(MarkupRole role) => role is MarkupRole.Exercise or MarkupRole.Statement or MarkupRole.Example or MarkupRole.Solution or MarkupRole.Answer or MarkupRole.Hint;

    private static bool IsTold(PairScan scan, in Head head, int answer, HashSet<string> names)
    {
        var nodes = scan.Tree.Nodes;
        if (answer >= 0 && ElementTag.HasWord(ElementTag.Attribute(ElementTag.Of(scan.Tree, answer), "class"), names))
        {
            return true;
        }

        // From the words outwards: what holds the question and a few elements around it.
        var steps = 0;
        for (var i = head.Innermost; i > 0 && steps <= MostWrappers; i = nodes[i].Parent)
        {
            var tag = ElementTag.Of(scan.Tree, i);
            if (ElementTag.HasWord(ElementTag.Attribute(tag, "class"), names) || ElementTag.HasWord(ElementTag.Attribute(tag, "id"), names) || !ElementTag.Attribute(tag, "aria-expanded").IsEmpty)
            {
                return true;
            }

            steps += i <= head.From ? 2 : 0;
        }

        for (var i = head.From; i < head.To; i++)
        {
            if (nodes[i].Kind is MarkupKind.Inline or MarkupKind.Link or MarkupKind.Container && ElementTag.HasWord(ElementTag.Attribute(ElementTag.Of(scan.Tree, i), "class"), names))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an element stands in what surrounds the content of a page: banners, forms, prices, comments.</summary>
    public static bool IsFurniture(PairScan scan, int element)
    {
        var nodes = scan.Tree.Nodes;
        var steps = 0;
        for (var i = element; i > 0 && steps < MostWrappers; i = nodes[i].Parent, steps++)
        {
            var tag = ElementTag.Of(scan.Tree, i);
            if (ElementTag.HasWord(ElementTag.Attribute(tag, "class"), Furniture) || tag.StartsWith("<form", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("<aside", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("<label", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The element that a question shows or leads to, 0 for none.</summary>
    private static int Controlled(PairScan scan, in Head head, ref Dictionary<string, int>? places)
    {
        var nodes = scan.Tree.Nodes;
        for (var i = head.From; i < head.To; i++)
        {
            var target = nodes[i].Kind is MarkupKind.Container or MarkupKind.Link or MarkupKind.Inline or MarkupKind.Item ? ElementTag.Target(ElementTag.Of(scan.Tree, i)) : [];
            if (target.IsEmpty)
            {
                continue;
            }

            places ??= LinkedAnswers.Places(scan.Tree);
            // Each place is looked at once, so that many links to one place stay linear.
            if (places.Remove(target.ToString(), out var place) && nodes[place].Kind is MarkupKind.Container or MarkupKind.Item or MarkupKind.Paragraph && !scan.IsClaimed(place) && !scan.Render(place).Contains(head.Question, StringComparison.Ordinal))
            {
                return place;
            }
        }

        return 0;
    }

    private static void Offer(PairScan scan, in Found pair, int most)
    {
        var nodes = scan.Tree.Nodes;
        var to = pair.To;
        if (pair.Blocks > most)
        {
            var blocks = 0;
            for (var i = pair.From; i < pair.To && blocks <= most; i = nodes[i].Next)
            {
                blocks += IsInline(nodes[i].Kind) ? 0 : 1;
                to = blocks <= most ? nodes[i].Next : to;
                if (blocks > most)
                {
                    to = i;
                }
            }
        }

        if (scan.IsClaimed(pair.Head.From) || scan.IsClaimed(pair.From) || to <= pair.From)
        {
            return;
        }

        var answer = BlockLabel.Strip(scan.Text.Start(scan.Tree).Add(pair.From, to).ToString(), LabelKind.Answer);
        if (answer.StartsWith("A\n", StringComparison.Ordinal) || answer.StartsWith("A.\n", StringComparison.Ordinal))
        {
            answer = answer[2..].TrimStart();
        }

        scan.Offer(new PairDraft(pair.Head.Question, answer, new TextSpan(nodes[pair.Head.From].Start, nodes[pair.Head.To - 1].End), new TextSpan(nodes[pair.From].Start, End(nodes, pair.From, to)), "question-element", scan.Figures(pair.Head.From, pair.Head.To, 0), scan.Figures(pair.From, to, 0)));
        scan.Claim(pair.Head.From, pair.Head.To);
        scan.Claim(pair.From, to);
    }

    private static int End(ReadOnlySpan<MarkupNode> nodes, int from, int to)
    {
        var end = nodes[from].End;
        for (var i = from; i < to; i = nodes[i].Next)
        {
            end = nodes[i].End;
        }

        return end;
    }

    private readonly record struct Head(int From, int To, int Parent, int Innermost, string Question, int Shape);

    private readonly record struct Found(Head Head, int From, int To, int Shape, int Blocks, bool IsLast, bool IsTold, bool IsLettered);
}
