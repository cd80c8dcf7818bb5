using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>LaTeX exercises whose solutions stand elsewhere and name them by their label: <c>\label{ex:a}</c> and <c>\begin{Answer}[ref={ex:a}]</c> or "Solution of Exercise~\ref{ex:a}."</summary>
/// <remarks>Pattern <c>exercise-solution</c>. A label that two solutions name first is left alone: one of them may only mention it.</remarks>
internal static class ReferencedSolutions
{
    /// <summary>How far from its start a solution names its exercise, and an exercise its label, in code units.</summary>
    private const int Near = 160, Inside = 4000;

    private static readonly System.Buffers.SearchValues<char> Delimiters = System.Buffers.SearchValues.Create(" *~:.(");

    /// <summary>Finds the pairs.</summary>
    /// <param name="scan">The document.</param>
    /// <param name="open">Marked exercises without an answer of their own.</param>
    public static void Find(PairScan scan, List<OpenExercise> open)
    {
        var nodes = scan.Tree.Nodes;
        Dictionary<string, OpenExercise> labelled = new(StringComparer.Ordinal);
        foreach (var exercise in open)
        {
            ref readonly var node = ref nodes[exercise.Node];
            var text = scan.Tree.Source.AsSpan(node.Start, Math.Min(Inside, node.End - node.Start));
            var label = Value(text, "\\label{") ?? Value(text[..Math.Min(text.Length, Near)], "label={") ?? Value(text[..Math.Min(text.Length, Near)], "label=");
            if (label is not null && !labelled.TryAdd(label, exercise))
            {
                labelled.Remove(label);
            }
        }

        if (labelled.Count == 0)
        {
            return;
        }

        Dictionary<string, (int From, int To)> solutions = new(StringComparer.Ordinal);
        for (var i = 1; i < nodes.Length;)
        {
            var isElement = nodes[i].Role is MarkupRole.Solution or MarkupRole.Answer or MarkupRole.Proof;
            if (scan.IsClaimed(i) || !(isElement || (nodes[i].Kind is MarkupKind.Paragraph or MarkupKind.Heading && StartsWithAnswer(scan.Head(i)))))
            {
                i++;
                continue;
            }

            var text = scan.Tree.Source.AsSpan(nodes[i].Start, Math.Min(Near, nodes[i].End - nodes[i].Start));
            var label = Value(text, "ref={") ?? Value(text, "ref{") ?? Value(text, "ref=");
            if (label is not null && labelled.ContainsKey(label))
            {
                var to = isElement ? nodes[i].Next : Beneath(scan, i);
                solutions[label] = solutions.ContainsKey(label) ? (-1, -1) : (i, to);
                i = to;
                continue;
            }

            i++;
        }

        foreach (var (label, (from, to)) in solutions.Where(solution => solution.Value.From >= 0).OrderBy(solution => solution.Value.From))
        {
            var exercise = labelled[label];
            var question = ExerciseElements.Question(scan, exercise.Node, (exercise.StemFrom, exercise.StemTo), out var figures, out var options, out var span);
            var said = BlockLabel.Strip(scan.Text.Start(scan.Tree).Add(from, to).ToString(), LabelKind.Answer, LabelKind.Proof);
            scan.Offer(new PairDraft(question, said, span, new TextSpan(nodes[from].Start, nodes[to - 1].End), "exercise-solution", figures, scan.Figures(from, to, 0), options));
            scan.Claim(exercise.Node, nodes[exercise.Node].Next);
            scan.Claim(from, to);
        }
    }

    /// <summary>End of a solution that begins with a bold label: the next label, heading or environment of a role.</summary>
    private static int Beneath(PairScan scan, int index)
    {
        var nodes = scan.Tree.Nodes;
        var end = nodes[nodes[index].Parent].Next;
        var i = nodes[index].Next;
        while (i < end && !scan.IsClaimed(i) && nodes[i].Kind is not (MarkupKind.Heading or MarkupKind.Rule) && nodes[i].Role == MarkupRole.None && BlockLabel.Of(scan.Head(i)).Kind == LabelKind.None && !StartsWithAnswer(scan.Head(i)))
        {
            i = nodes[i].Next;
        }

        return i;
    }

    /// <summary>"Solution of Exercise~\ref{...}": the reference stands where a label has its number.</summary>
    private static bool StartsWithAnswer(ReadOnlySpan<char> head)
    {
        head = head.TrimStart("*_ ");
        var end = head.IndexOfAny(Delimiters);
        return end > 0 && BlockLabel.OfTitle(head[..end]) == LabelKind.Answer;
    }

    private static string? Value(ReadOnlySpan<char> text, string key)
    {
        var at = text.IndexOf(key);
        if (at < 0)
        {
            return null;
        }

        var value = text[(at + key.Length)..];
        var end = value.IndexOfAny("},] \n");
        return end > 0 ? value[..end].ToString() : null;
    }
}
