using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Tables of Markdown, LaTeX and text with a column of questions and one of answers; lines with a tab between the two.</summary>
/// <remarks>Pattern <c>question-answer-lines</c>. The first row names the columns ("Question", "Answer"); without such names a table of two columns counts where at least three of its rows, and most of them, ask in the first.</remarks>
internal static class QuestionColumns
{
    private const int MostColumns = 12, FewestRows = 3;

    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        var nodes = scan.Tree.Nodes;
        for (var i = 1; i < nodes.Length; i++)
        {
            if (scan.IsClaimed(i) || nodes[i].Kind == MarkupKind.Ignored)
            {
                i = nodes[i].Next - 1;
            }
            else if (nodes[i].Kind == MarkupKind.Table && nodes[i].Start < scan.Tree.Source.Length && scan.Tree.Source[nodes[i].Start] != '<')
            {
                Read(scan, i);
                i = nodes[i].Next - 1;
            }
        }
    }

    private static void Read(PairScan scan, int table)
    {
        var nodes = scan.Tree.Nodes;
        List<List<int>> rows = [];
        for (var row = table + 1; row < nodes[table].Next; row = nodes[row].Next)
        {
            if (nodes[row].Kind == MarkupKind.Row)
            {
                rows.Add(Cells(nodes, row));
            }
        }

        if (rows.Count < 2)
        {
            return;
        }

        var (question, answer) = Named(scan, rows[0]);
        var from = 1;
        if (question < 0)
        {
            // Without names: two columns, of which the first asks.
            var asking = rows.Count(cells => cells.Count == 2 && Text(scan, cells[0]).EndsWith('?') && Text(scan, cells[1]) is { Length: > 0 } said && !said.EndsWith('?'));
            if (asking < FewestRows || asking * 5 < rows.Count * 4)
            {
                return;
            }

            (question, answer, from) = (0, 1, 0);
        }

        var isNamed = from == 1;
        foreach (var cells in rows.Skip(from).Where(cells => cells.Count > Math.Max(question, answer)))
        {
            var (asks, says) = (cells[question], cells[answer]);
            var (asked, said) = (Text(scan, asks), Text(scan, says));
            if (asked.Length == 0 || said.Length == 0 || (!isNamed && !asked.EndsWith('?')))
            {
                continue;
            }

            scan.Offer(new PairDraft(QuestionHeadings.Clean(asked), BlockLabel.Strip(said, LabelKind.Answer), new TextSpan(nodes[asks].ContentStart, nodes[asks].ContentEnd), new TextSpan(nodes[says].ContentStart, nodes[says].ContentEnd), "question-answer-lines", scan.Figures(asks, nodes[asks].Next, 0), scan.Figures(says, nodes[says].Next, 0)));
        }

        scan.Claim(table, nodes[table].Next);
    }

    private static (int Question, int Answer) Named(PairScan scan, List<int> cells)
    {
        var (question, answer) = (-1, -1);
        for (var c = 0; c < cells.Count; c++)
        {
            var name = Text(scan, cells[c]).AsSpan().Trim("*_ :").TrimEnd('s').ToString();
            var kind = name.Length is 0 or > 24 ? LabelKind.None : name.ToLowerInvariant() is "front" ? LabelKind.Question : name.ToLowerInvariant() is "back" ? LabelKind.Answer : BlockLabel.OfTitle(name);
            question = kind == LabelKind.Question && question < 0 ? c : question;
            answer = kind == LabelKind.Answer && answer < 0 ? c : answer;
        }

        return question >= 0 && answer >= 0 ? (question, answer) : (-1, -1);
    }

    private static List<int> Cells(ReadOnlySpan<MarkupNode> nodes, int row)
    {
        List<int> cells = [];
        for (var cell = row + 1; cell < nodes[row].Next && cells.Count < MostColumns; cell = nodes[cell].Next)
        {
            if (nodes[cell].Kind is MarkupKind.Cell or MarkupKind.HeaderCell)
            {
                cells.Add(cell);
            }
        }

        return cells;
    }

    private static string Text(PairScan scan, int cell) => scan.Text.Start(scan.Tree).Add(cell + 1, scan.Tree.Nodes[cell].Next).ToString();
}
