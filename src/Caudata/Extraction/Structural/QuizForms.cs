using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Questions of a quiz whose markup says which option is right: a class <c>correct</c> or an attribute <c>data-correct</c> at one of several options.</summary>
/// <remarks>Pattern <c>quiz-option</c>. The answer is the option's words, with the explanation behind the options where an element is named so. Exactly one of two to eight options is marked.</remarks>
internal static class QuizForms
{
    private const int FewestOptions = 2, MostOptions = 8, LongestOption = 800, MostWrappers = 4;

    private static readonly HashSet<string> Right = new(StringComparer.Ordinal) { "correct", "right" }, Wrong = new(StringComparer.Ordinal) { "incorrect", "wrong", "in", "not", "align", "float", "text", "col", "icon", "arrow", "margin", "padding", "column", "pull" };

    private static readonly HashSet<string> Explaining = new(StringComparer.Ordinal) { "explanation", "explain", "rationale", "feedback" };

    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        if (!scan.Tree.Source.Contains("correct", StringComparison.OrdinalIgnoreCase) && !scan.Tree.Source.Contains("right", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var nodes = scan.Tree.Nodes;
        HashSet<int> seen = [];
        for (var i = 1; i < nodes.Length; i++)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind == MarkupKind.Ignored)
            {
                i = nodes[i].Next - 1;
            }
            else if (nodes[i].Kind is MarkupKind.Item or MarkupKind.Inline or MarkupKind.Container or MarkupKind.Paragraph && IsMarked(scan, i))
            {
                var option = i;
                while (nodes[option].Kind != MarkupKind.Item && nodes[nodes[option].Parent].Kind is MarkupKind.Item or MarkupKind.Inline && !scan.HasText(nodes[option].Next, nodes[nodes[option].Parent].Next))
                {
                    option = nodes[option].Parent;
                }

                if (seen.Add(nodes[option].Parent))
                {
                    Pair(scan, option);
                }
            }
        }
    }

    private static bool IsMarked(PairScan scan, int node)
    {
        var element = scan.Tree.Nodes[node];
        if (element.End - element.Start > LongestOption)
        {
            return false;
        }

        var tag = ElementTag.Of(scan.Tree, node);
        var name = ElementTag.Attribute(tag, "class");
        if (ElementTag.HasWord(name, Right) && !ElementTag.HasWord(name, Wrong))
        {
            return true;
        }

        if (IsTrue(ElementTag.Attribute(tag, "data-correct")) || IsTrue(ElementTag.Attribute(tag, "data-is-correct")))
        {
            return true;
        }

        // The input stands in the option and has no node of its own.
        var content = scan.Tree.Source.AsSpan(element.ContentStart, element.ContentEnd - element.ContentStart);
        var input = element.Kind is MarkupKind.Item or MarkupKind.Inline ? content.IndexOf("<input", StringComparison.OrdinalIgnoreCase) : -1;
        return input >= 0 && (IsTrue(ElementTag.Attribute(content[input..], "data-correct")) || IsTrue(ElementTag.Attribute(content[input..], "data-is-correct")));
    }

    private static bool IsTrue(ReadOnlySpan<char> value) => value.Equals("true", StringComparison.OrdinalIgnoreCase) || value is "1" or "yes";

    private static void Pair(PairScan scan, int option)
    {
        var nodes = scan.Tree.Nodes;
        var list = nodes[option].Parent;
        int options = 0, marked = 0, first = -1, last = -1;
        for (var i = list + 1; i < nodes[list].Next && options <= MostOptions; i = nodes[i].Next)
        {
            if (nodes[i].Kind != nodes[option].Kind || !scan.HasText(i, nodes[i].Next) || ElementTag.HasWord(ElementTag.Attribute(ElementTag.Of(scan.Tree, i), "class"), Explaining) || ElementTag.Of(scan.Tree, i).IsEmpty)
            {
                continue;
            }

            options++;
            marked += IsMarked(scan, i) || Enumerable.Range(i + 1, Math.Min(4, nodes[i].Next - i - 1)).Any(below => IsMarked(scan, below)) ? 1 : 0;
            first = first < 0 ? i : first;
            last = i;
        }

        if (options is < FewestOptions or > MostOptions || marked != 1)
        {
            return;
        }

        var box = list;
        for (var steps = 0; steps < MostWrappers && box > 0 && !scan.HasText(box + 1, first); steps++)
        {
            box = nodes[box].Parent;
        }

        if (box <= 0 || nodes[first].Start - nodes[box].Start > PairGate.LongestQuestion || scan.IsClaimed(box))
        {
            return;
        }

        // The words before the options; where several questions share the element, those behind the question before.
        var from = box + 1;
        for (var i = box + 1; i < first; i = nodes[i].Next > first ? i + 1 : nodes[i].Next)
        {
            from = scan.IsClaimed(i) || nodes[i].Kind == MarkupKind.Rule ? nodes[i].Next : from;
        }

        var top = first;
        while (nodes[top].Parent > box)
        {
            top = nodes[top].Parent;
        }

        if (!scan.HasText(from, first))
        {
            return;
        }

        var asked = scan.Text.Start(scan.Tree).Add(from, top).ToString();
        asked = QuestionHeadings.WithoutNumber(BlockLabel.Strip(asked, LabelKind.Question)).Trim();
        if (WordCount.Of(asked).Words < 3 || asked[^1] is not ('?' or ':' or '.' or '_' or '…'))
        {
            return;
        }

        scan.Text.Start(scan.Tree);
        List<string> choices = [];
        for (var i = first; i <= last; i = nodes[i].Next)
        {
            if (nodes[i].Kind == nodes[option].Kind && scan.HasText(i, nodes[i].Next))
            {
                choices.Add(scan.Text.Start(scan.Tree).Add(i + 1, nodes[i].Next).ToString().Replace('\n', ' '));
            }
        }

        var said = scan.Text.Start(scan.Tree).Add(option + 1, nodes[option].Next).ToString();
        var end = nodes[option].End;
        for (var i = nodes[last].Next; i < nodes[box].Next; i++)
        {
            if (nodes[i].Kind is not MarkupKind.Text && ElementTag.HasWord(ElementTag.Attribute(ElementTag.Of(scan.Tree, i), "class"), Explaining) && nodes[i].End - nodes[i].Start < PairGate.LongestAnswer)
            {
                said += "\n\n" + BlockLabel.Strip(scan.Render(i), LabelKind.Answer);
                end = nodes[i].End;
                break;
            }
        }

        scan.Offer(new PairDraft(asked + "\n\n- " + string.Join("\n- ", choices), said, new TextSpan(nodes[from].Start, nodes[last].End), new TextSpan(nodes[option].Start, end), "quiz-option", scan.Figures(from, nodes[last].Next, 0), scan.Figures(option, nodes[option].Next, 0)));
        scan.Claim(nodes[box].Role == MarkupRole.Exercise ? box : from, nodes[box].Role == MarkupRole.Exercise ? nodes[box].Next : nodes[last].Next);
    }
}
