using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Folded blocks (details and summary) whose summary is the question.</summary>
/// <remarks>Pattern <c>disclosure</c>.</remarks>
internal static class Disclosures
{
    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        for (var i = 1; i < nodes.Length; i++)
        {
            if (nodes[i].Kind != MarkupKind.Summary || scan.IsClaimed(i) || nodes[nodes[i].Parent].Kind != MarkupKind.Disclosure)
            {
                continue;
            }

            var details = nodes[i].Parent;
            if (!QuestionHeadings.EndsAsking(scan, i))
            {
                continue;
            }

            var question = QuestionHeadings.Clean(scan.Render(i));
            var from = nodes[i].Next;
            var to = nodes[details].Next;
            var answer = BlockLabel.Strip(scan.Text.Start(scan.Tree).Add(from, to).ToString(), LabelKind.Answer);
            scan.Offer(new PairDraft(question, answer, new TextSpan(nodes[i].Start, nodes[i].End), new TextSpan(nodes[i].End, nodes[details].ContentEnd), "disclosure", scan.Figures(i, nodes[i].Next, 0), scan.Figures(from, to, 0)));
            scan.Claim(details, to);
        }
    }
}
