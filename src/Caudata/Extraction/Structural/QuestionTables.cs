using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Tables of questions and answers: the header names the columns, or the first cell of every row asks.</summary>
/// <remarks>Pattern <c>question-table</c>; <c>definition-list</c> where the header says term and definition. A first column of numbers is passed over. Without a header at least three rows ask, and none does not.</remarks>
internal static class QuestionTables
{
    private const int FewestRows = 3, MostColumns = 5;

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
            else if (nodes[i].Kind == MarkupKind.Table)
            {
                Read(scan, i);
            }
        }
    }

    private static void Read(PairScan scan, int table)
    {
        List<int[]> rows = [];
        var nodes = scan.Tree.Nodes;
        for (var i = table + 1; i < nodes[table].Next; i++)
        {
            if (nodes[i].Kind == MarkupKind.Table)
            {
                return; // layout
            }

            if (nodes[i].Kind == MarkupKind.Row)
            {
                rows.Add(Cells(nodes, i));
            }
        }

        if (rows.Count < 2 || rows[0].Length is < 2 or > MostColumns)
        {
            return;
        }

        if (rows.TrueForAll(row => row.Length == 2) && IsQuestion(Name(scan, rows[0][0])) && IsAnswer(Name(scan, rows[1][0])))
        {
            // One question below the other: "Question | ..." and "Answer | ..." in turn.
            for (var r = 0; r + 1 < rows.Count; r++)
            {
                if (IsQuestion(Name(scan, rows[r][0])) && IsAnswer(Name(scan, rows[r + 1][0])))
                {
                    Offer(scan, rows[r][1], rows[r + 1][1], isTerm: false);
                }
            }

            return;
        }

        int question = -1, answer = -1;
        var isTerm = false;
        for (var c = 0; c < rows[0].Length; c++)
        {
            var name = Name(scan, rows[0][c]);
            if (question < 0 && (IsQuestion(name) || name is "term" or "terms" or "key term" or "vocabulary" or "word" or "concept"))
            {
                (question, isTerm) = (c, name is "term" or "terms" or "key term" or "vocabulary" or "word" or "concept");
            }
            else if (question >= 0 && answer < 0 && (isTerm ? name is "definition" or "definitions" or "meaning" or "explanation" : IsAnswer(name)))
            {
                answer = c;
            }
        }

        if (question >= 0 && answer >= 0)
        {
            for (var r = 1; r < rows.Count; r++)
            {
                Offer(scan, rows, r, question, answer, isTerm);
            }

            scan.Claim(rows[0][0], nodes[rows[0][^1]].Next); // the header is no question
            return;
        }

        // No header: all rows of two cells (behind a number), the first of which asks; a first row that does not may be a header of other words.
        var skip = rows.TrueForAll(row => row.Length == 3) && rows.Skip(1).All(row => IsNumber(scan, row[0])) ? 1 : 0;
        var first = rows.FindIndex(row => row.Length == 2 + skip && Asks(scan, row[skip]));
        if (first is 0 or 1 && rows.Count - first >= FewestRows && rows.Skip(first).All(row => row.Length == 2 + skip && Asks(scan, row[skip]) && !Asks(scan, row[skip + 1])))
        {
            for (var r = first; r < rows.Count; r++)
            {
                Offer(scan, rows, r, skip, skip + 1, isTerm: false);
            }
        }
    }

    private static void Offer(PairScan scan, List<int[]> rows, int row, int question, int answer, bool isTerm)
    {
        if (rows[row].Length == rows[0].Length)
        {
            Offer(scan, rows[row][question], rows[row][answer], isTerm);
        }
    }

    private static void Offer(PairScan scan, int q, int a, bool isTerm)
    {
        var nodes = scan.Tree.Nodes;
        if (scan.IsClaimed(q) || scan.IsClaimed(a))
        {
            return;
        }

        var asked = QuestionHeadings.Clean(Inside(scan, q)).Trim();
        var said = BlockLabel.Strip(Inside(scan, a), LabelKind.Answer);
        if (asked.Length == 0 || said.Length == 0)
        {
            return;
        }

        var defines = isTerm && !asked.EndsWith('?');
        if (defines && (asked.Length > 80 || WordCount.Of(said).Words < 3))
        {
            return;
        }

        scan.Offer(new PairDraft(defines ? string.Concat("Define \"", asked, "\".") : asked, said, new TextSpan(nodes[q].Start, nodes[q].End), new TextSpan(nodes[a].Start, nodes[a].End), defines ? "definition-list" : "question-table", scan.Figures(q, nodes[q].Next, 0), scan.Figures(a, nodes[a].Next, 0)));
        scan.Claim(q, nodes[q].Next);
        scan.Claim(a, nodes[a].Next);
    }

    private static bool IsQuestion(string name) => name is "question" or "questions" or "q" or "problem" or "exercise" or "query" or "faq" or "frage" or "pregunta";

    private static bool IsAnswer(string name) => name is "answer" or "answers" or "a" or "solution" or "solutions" or "correct answer" or "response" or "reply" or "antwort" or "respuesta";

    private static int[] Cells(ReadOnlySpan<MarkupNode> nodes, int row)
    {
        List<int> cells = [];
        for (var i = row + 1; i < nodes[row].Next; i = nodes[i].Next)
        {
            if (nodes[i].Kind is MarkupKind.Cell or MarkupKind.HeaderCell)
            {
                cells.Add(i);
            }
        }

        return [.. cells];
    }

    private static string Inside(PairScan scan, int cell) => scan.Text.Start(scan.Tree).Add(cell + 1, scan.Tree.Nodes[cell].Next).ToString();

    private static string Name(PairScan scan, int cell)
    {
        var node = scan.Tree.Nodes[cell];
        return node.ContentEnd - node.ContentStart > 200 ? "" : Inside(scan, cell).Trim('*', '_', ' ', ':', '#', '.').ToLowerInvariant();
    }

    private static bool IsNumber(PairScan scan, int cell) => Name(scan, cell) is { Length: > 0 and < 6 } name && name.All(c => char.IsDigit(c) || c is '.' or ')' or 'q');

    private static bool Asks(PairScan scan, int cell)
    {
        var node = scan.Tree.Nodes[cell];
        for (var i = cell + 1; i < scan.Tree.Nodes[cell].Next; i++)
        {
            if (scan.Tree.Nodes[i].Kind == MarkupKind.Link && ElementTag.LeadsElsewhere(ElementTag.Of(scan.Tree, i)))
            {
                return false; // a list of threads
            }
        }

        return node.ContentEnd - node.ContentStart is > 6 and < 2000 && Inside(scan, cell).TrimEnd('*', '_', ' ', ')').EndsWith('?');
    }
}
