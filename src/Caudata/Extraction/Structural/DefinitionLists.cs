using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Terms with their definitions: definition lists and glossaries.</summary>
/// <remarks>Pattern <c>definition-list</c>. The document states no question; it is made by one fixed template, <c>Define "term".</c>, or is the term itself where that is a question (a FAQ set as a list).
/// The answer is the definition as it stands. Only lists in a glossary or with several terms count, so that lists of facts (author, price) stay out.</remarks>
internal static class DefinitionLists
{
    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        for (var i = 1; i < nodes.Length; i++)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind != MarkupKind.Description)
            {
                continue;
            }

            var list = nodes[i].Parent;
            if (nodes[list].Kind != MarkupKind.Definitions && nodes[list].Role != MarkupRole.Definition)
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
            if (!isQuestion && !IsGlossary(scan, list, answer, name))
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
    }

    /// <summary>Whether a list defines words: it stands in a glossary, or has several entries, and this entry is a short term with a longer description.</summary>
    private static bool IsGlossary(PairScan scan, int list, string answer, string term)
    {
        if (term.Length is 0 or > 80 || term.AsSpan().Count(' ') > 7 || WordCount.Of(answer).Words < 4)
        {
            return false;
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
        var entries = 0;
        for (var i = list + 1; i < nodes[list].Next; i = nodes[i].Next)
        {
            entries += nodes[i].Kind == MarkupKind.Description ? 1 : 0;
        }

        return entries >= 3 && WordCount.Of(answer).Words >= 6;
    }
}
