using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Terms with their definitions: definition lists and glossaries.</summary>
/// <remarks>Pattern <c>definition-list</c>. The document states no question; it is made by one fixed template, <c>Define "term".</c>, or is the term itself where that is a question (a FAQ set as a list).
/// The answer is the definition as it stands. Only lists in or under a glossary, or with several terms, or three in a row, count, so that lists of facts (author, price) stay out.</remarks>
internal static class DefinitionLists
{
    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        var counted = (List: -1, Entries: 0);
        var neighbours = 0; // lists in a row, each an entry of its own
        var heading = "";
        for (var i = 1; i < nodes.Length; i++)
        {
            if (nodes[i].Kind == MarkupKind.Heading)
            {
                heading = nodes[i].End - nodes[i].Start < 200 ? scan.Head(i).ToLowerInvariant() : "";
            }

            if (scan.IsClaimed(i) || nodes[i].Kind != MarkupKind.Description)
            {
                continue;
            }

            var list = nodes[i].Parent;
            if (nodes[list].Kind == MarkupKind.Container && nodes[nodes[list].Parent].Kind == MarkupKind.Definitions)
            {
                // <dl><div><dt/><dd/></div></dl>
            }
            else if (nodes[list].Kind != MarkupKind.Definitions && nodes[list].Role != MarkupRole.Definition)
            {
                continue;
            }

            // The term: the dt before it, or whatever stands before the description in its list.
            var term = -1;
            for (var j = i - 1; j > list; j--)
            {
                if (nodes[j].Kind == MarkupKind.Description)
                {
                    break;
                }

                if (nodes[j].Kind is MarkupKind.Term or MarkupKind.Strong)
                {
                    term = j;
                    break;
                }
            }

            if (term < 0)
            {
                continue;
            }

            var to = nodes[i].Next;
            while (to < nodes[list].Next && (nodes[to].Kind == MarkupKind.Description || nodes[to].Kind == MarkupKind.Text))
            {
                to = nodes[to].Next;
            }

            var name = scan.Render(term).Trim().TrimEnd(':', '.').Trim();
            var answer = BlockLabel.Strip(scan.Text.Start(scan.Tree).Add(i, to).ToString(), LabelKind.Answer);
            var isQuestion = name.EndsWith('?');
            if (counted.List != list)
            {
                neighbours = counted.List > 0 && nodes[counted.List].Parent == nodes[list].Parent && IsNext(scan, nodes[counted.List].Next, list) ? neighbours + 1 : 1;
                counted = (list, Entries(nodes, list));
            }

            var entries = Math.Max(counted.Entries, neighbours - 1 + Following(scan, list));

            if (!isQuestion && !IsGlossary(scan, list, entries, Glossaries.Any(word => heading.Contains(word, StringComparison.Ordinal)), answer, name))
            {
                i = to - 1;
                continue;
            }

            var question = isQuestion ? QuestionHeadings.Clean(name) : string.Concat("Define \"", name, "\".");
            var end = i;
            for (var j = i; j < to; j = nodes[j].Next)
            {
                end = nodes[j].Kind == MarkupKind.Description ? j : end;
            }

            scan.Offer(new PairDraft(question, answer, new TextSpan(nodes[term].Start, nodes[term].End), new TextSpan(nodes[i].Start, nodes[end].End), isQuestion ? "question-heading" : "definition-list", 0, scan.Figures(i, to, 0)));
            scan.Claim(term, to);
            i = to - 1;
        }

        FindLines(scan);
    }

    /// <summary>Whether a list defines words: it stands in a glossary, or has several entries, and this entry is a short term with a longer description.</summary>
    private static bool IsGlossary(PairScan scan, int list, int entries, bool isHeaded, string answer, string term)
    {
        if (term.Length is 0 or > 80 || term.AsSpan().Count(' ') > 7 || WordCount.Of(answer).Words < 4)
        {
            return false;
        }

        if (isHeaded)
        {
            return true;
        }

        var nodes = scan.Tree.Nodes;
        for (var i = list; i > 0; i = nodes[i].Parent)
        {
            if (nodes[i].Role is MarkupRole.Glossary or MarkupRole.Definition)
            {
                return true;
            }
        }

        // Without a glossary around it the description must read like a definition: several entries, each a phrase rather than a value.
        return entries >= 3 && WordCount.Of(answer).Words >= 6;
    }

    private static readonly string[] Glossaries = ["glossary", "key term", "definitions", "vocabulary", "terminology"];

    /// <summary>Whether nothing but white space lies between two places of the same element.</summary>
    private static bool IsNext(PairScan scan, int from, int to)
    {
        var nodes = scan.Tree.Nodes;
        while (from < to && nodes[from].Kind == MarkupKind.Text && scan.Tree.Source.AsSpan(nodes[from].Start, nodes[from].End - nodes[from].Start).IsWhiteSpace())
        {
            from = nodes[from].Next;
        }

        return from == to;
    }

    /// <summary>Lists of one entry in a row from this one on, counted up to three.</summary>
    private static int Following(PairScan scan, int list)
    {
        var nodes = scan.Tree.Nodes;
        var end = nodes[nodes[list].Parent].Next;
        var count = 0;
        for (var i = list; i < end && count < 3; i = nodes[i].Next)
        {
            if (nodes[i].Kind == MarkupKind.Definitions)
            {
                count++;
            }
            else if (!(nodes[i].Kind == MarkupKind.Text && scan.Tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start).IsWhiteSpace()))
            {
                break;
            }
        }

        return count;
    }

    private static int Entries(ReadOnlySpan<MarkupNode> nodes, int list)
    {
        var entries = 0;
        for (var i = list + 1; i < nodes[list].Next; i = nodes[i].Next)
        {
            entries += nodes[i].Kind == MarkupKind.Description ? 1 : 0;
        }

        return entries;
    }

    /// <summary>Paragraphs of Markdown or text that are an entry each: a short line and lines that begin with a colon, or "term -- definition"; three of them or more in one element.</summary>
    private static void FindLines(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        Dictionary<int, List<(int Paragraph, int Split)>> entries = [];
        for (var i = 1; i < nodes.Length; i++)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind == MarkupKind.Ignored)
            {
                i = nodes[i].Next - 1;
            }
            else if (nodes[i].Kind == MarkupKind.Paragraph && Split(scan, i) is > 0 and var split)
            {
                (entries.TryGetValue(nodes[i].Parent, out var known) ? known : entries[nodes[i].Parent] = []).Add((i, split));
            }
        }

        foreach (var (paragraph, split) in entries.Where(of => of.Value.Count >= 3).SelectMany(of => of.Value).OrderBy(entry => entry.Paragraph))
        {
            ref readonly var node = ref nodes[paragraph];
            var whole = scan.Render(paragraph);
            var term = scan.Tree.Source[node.ContentStart..split].Trim().Trim('*', '_', '`');
            var mark = whole.IndexOf(scan.Tree.Source[split] == ':' ? ':' : '-', Math.Min(term.Length, whole.Length));
            if (mark < 0)
            {
                continue;
            }

            var answer = string.Join('\n', whole[mark..].Split('\n').Select(line => line.TrimStart(':', '-', ' ')));
            if (WordCount.Of(answer).Words < 4)
            {
                continue;
            }

            scan.Offer(new PairDraft(term.EndsWith('?') ? term : string.Concat("Define \"", term, "\"."), answer, new TextSpan(node.Start, split), new TextSpan(split, node.End), term.EndsWith('?') ? "question-heading" : "definition-list", 0, scan.Figures(paragraph, node.Next, 0)));
            scan.Claim(paragraph, node.Next);
        }
    }

    /// <summary>Where the definition of such a paragraph begins (its colon or dash), -1 when it is none.</summary>
    private static int Split(PairScan scan, int paragraph)
    {
        var node = scan.Tree.Nodes[paragraph];
        var text = scan.Tree.Source.AsSpan(node.ContentStart, node.ContentEnd - node.ContentStart);
        if (text.Length is < 12 or > 1500 || text[0] is '<' or '\\')
        {
            return -1;
        }

        var line = text.IndexOf('\n');
        var colon = line > 0 && text[(line + 1)..].TrimStart(' ').StartsWith(": ") ? line + 1 + text[(line + 1)..].IndexOf(':') : -1;
        var dash = text[..Math.Min(text.Length, 90)].IndexOf(" -- ");
        var at = colon > 0 ? colon : dash > 0 && (line < 0 || dash < line) ? dash + 1 : -1;
        var term = at > 0 ? text[..at].Trim() : [];
        return at > 0 && term.Length is > 1 and <= 80 && term.Count(' ') <= 7 && term.IndexOfAny('.', ';', '!') < 0 ? node.ContentStart + at : -1;
    }
}
