using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Conversations written as turns that each begin with the speaker's name: "Interviewer: ...?" and the answer of the one who is asked.</summary>
/// <remarks>Pattern <c>interview</c>. A turn begins with a name of at most four words that is bold or in capitals and ends with a colon. Who asks is the speaker of at least two turns of which most end with a question mark;
/// a question is paired with all turns of others up to the next turn of the one who asks.</remarks>
internal static class Interviews
{
    private const int LongestName = 40;

    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        List<Turn> turns = [];
        for (var i = 1; i < nodes.Length; i++)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind == MarkupKind.Ignored)
            {
                Pair(scan, turns);
                i = nodes[i].Next - 1;
                continue;
            }

            if (turns.Count > 0 && nodes[i].Parent == turns[^1].Parent && nodes[i].Kind is MarkupKind.Paragraph or MarkupKind.List or MarkupKind.OrderedList or MarkupKind.Quote && Speaker(scan, i) is null)
            {
                turns[^1] = turns[^1] with { To = nodes[i].Next }; // the turn goes on
                i = nodes[i].Next - 1;
                continue;
            }

            if (nodes[i].Kind is MarkupKind.Heading or MarkupKind.Rule || (turns.Count > 0 && nodes[i].Kind == MarkupKind.Paragraph && nodes[i].Parent != turns[^1].Parent))
            {
                Pair(scan, turns);
            }

            if (nodes[i].Kind == MarkupKind.Paragraph && Speaker(scan, i) is { } speaker)
            {
                turns.Add(new Turn(speaker, i, nodes[i].Next, nodes[i].Parent));
                i = nodes[i].Next - 1;
            }
        }

        Pair(scan, turns);
    }

    private static void Pair(PairScan scan, List<Turn> turns)
    {
        var nodes = scan.Tree.Nodes;
        HashSet<string> asking = [.. turns.GroupBy(turn => turn.Speaker).Where(of => of.Count() >= 2 && of.Count(turn => Asks(scan, turn)) * 2 > of.Count()).Select(of => of.Key)];
        for (var t = 0; t + 1 < turns.Count; t++)
        {
            Turn question = turns[t];
            if (!asking.Contains(question.Speaker) || asking.Contains(turns[t + 1].Speaker) || !Asks(scan, question))
            {
                continue;
            }

            var last = t + 1;
            while (last + 1 < turns.Count && !asking.Contains(turns[last + 1].Speaker) && turns[last + 1].Speaker == turns[t + 1].Speaker)
            {
                last++;
            }

            var asked = Said(scan.Text.Start(scan.Tree).Add(question.From, question.To).ToString());
            var answer = string.Join("\n\n", Enumerable.Range(t + 1, last - t).Select(k => Said(scan.Text.Start(scan.Tree).Add(turns[k].From, turns[k].To).ToString())));
            scan.Offer(new PairDraft(asked, answer, new TextSpan(nodes[question.From].Start, nodes[question.To - 1].End), new TextSpan(nodes[turns[t + 1].From].Start, nodes[turns[last].To - 1].End), "interview",
                scan.Figures(question.From, question.To, 0), scan.Figures(turns[t + 1].From, turns[last].To, 0)));
            scan.Claim(question.From, turns[last].To);
            t = last;
        }

        turns.Clear();
    }

    private static bool Asks(PairScan scan, Turn turn)
    {
        var nodes = scan.Tree.Nodes;
        var text = scan.Tree.Source.AsSpan(nodes[turn.From].ContentStart, nodes[turn.From].ContentEnd - nodes[turn.From].ContentStart).TrimEnd();
        return text.EndsWith("?") || text.EndsWith("?\"") || text.EndsWith("?*") || text.EndsWith("?</em>");
    }

    /// <summary>The name that a paragraph begins with, null when it is no turn.</summary>
    private static string? Speaker(PairScan scan, int index)
    {
        var raw = scan.Head(index).AsSpan();
        var head = raw.TrimStart("*_ ");
        var colon = head[..Math.Min(head.Length, LongestName)].IndexOf(':');
        if (colon < 1)
        {
            return null;
        }

        var name = head[..colon].TrimEnd("*_ ");
        var isCapitals = true;
        var words = 1;
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == ' ')
            {
                words++;
            }
            else if (!char.IsLetter(name[i]) && name[i] is not ('.' or '\'' or '’' or '-'))
            {
                return null;
            }

            isCapitals &= !char.IsLower(name[i]);
            if ((i == 0 || name[i - 1] == ' ') && !char.IsUpper(name[i]))
            {
                return null;
            }
        }

        return words <= 4 && name.Length > 1 && (isCapitals || IsBold(scan, index)) && BlockLabel.Of(head).Kind == LabelKind.None ? name.ToString() : null;
    }

    private static bool IsBold(PairScan scan, int index)
    {
        var nodes = scan.Tree.Nodes;
        var text = scan.Tree.Source.AsSpan(nodes[index].ContentStart, nodes[index].ContentEnd - nodes[index].ContentStart).TrimStart();
        return text.StartsWith("**") || text.StartsWith("__") || text.StartsWith("\\textbf{") || (index + 1 < nodes[index].Next && nodes[index + 1].Kind == MarkupKind.Strong);
    }

    /// <summary>A turn without the name in front.</summary>
    private static string Said(string text) => text[(text.IndexOf(':') + 1)..].TrimStart('*', '_', ' ', '\n');

    private readonly record struct Turn(string Speaker, int From, int To, int Parent);
}
