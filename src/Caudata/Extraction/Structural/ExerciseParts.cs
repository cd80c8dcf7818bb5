using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>LaTeX exercises whose parts have a solution each: one pair for a part, with what stands before the parts in front of it.</summary>
internal static class ExerciseParts
{
    /// <summary>Levels of parts below each other.</summary>
    private const int Deepest = 4;

    /// <summary>Offers a pair for each part that has a solution of its own; false when the solutions do not stand in items of a list.</summary>
    /// <param name="scan">The document.</param>
    /// <param name="exercise">The exercise.</param>
    /// <param name="answers">Its solutions.</param>
    public static bool Offer(PairScan scan, int exercise, List<int> answers)
    {
        var nodes = scan.Tree.Nodes;
        List<List<int>> paths = [.. answers.Select(answer => Path(scan, exercise, answer))];
        if (paths.Any(path => path.Count == 0) || paths.Select(path => path[^1]).Distinct().Count() < answers.Count || (answers.Count == 1 && Items(nodes, paths[0][0]) != 1))
        {
            return false;
        }

        for (var a = 0; a < answers.Count; a++)
        {
            Offer(scan, exercise, paths[a], answers[a]);
        }

        return true;
    }

    private static void Offer(PairScan scan, int exercise, List<int> path, int answer)
    {
        var nodes = scan.Tree.Nodes;
        var (from, part) = (exercise, path[^1]);
        var figures = 0;
        scan.Text.Start(scan.Tree);
        foreach (var item in path)
        {
            scan.Text.Add(from, nodes[item].Parent, ExerciseElements.Answering);
            figures += scan.Figures(from, nodes[item].Parent, ExerciseElements.Answering);
            from = item + 1;
        }

        var stem = BlockLabel.Strip(scan.Text.ToString(), LabelKind.Question, LabelKind.Example);
        var own = scan.Text.Start(scan.Tree).Add(part + 1, nodes[part].Next, ExerciseElements.Answering).ToString();
        figures += scan.Figures(part, nodes[part].Next, ExerciseElements.Answering);
        var said = BlockLabel.Strip(scan.Text.Start(scan.Tree).Add(answer, nodes[answer].Next, MarkupText.Bit(MarkupRole.Hint)).ToString(), LabelKind.Answer, LabelKind.Proof);
        scan.Offer(new PairDraft(stem.Length == 0 ? own : stem + "\n\n" + own, said, new TextSpan(stem.Length == 0 ? nodes[part].Start : nodes[exercise].Start, nodes[answer].Start), new TextSpan(nodes[answer].Start, nodes[answer].End), "exercise-solution", figures, scan.Figures(answer, nodes[answer].Next, MarkupText.Bit(MarkupRole.Hint))));
    }

    /// <summary>The items of LaTeX lists around a solution, the outermost first; empty when it stands in none.</summary>
    private static List<int> Path(PairScan scan, int exercise, int answer)
    {
        var nodes = scan.Tree.Nodes;
        List<int> path = [];
        for (var i = nodes[answer].Parent; i > exercise && path.Count < Deepest; i = nodes[i].Parent)
        {
            if (nodes[i].Kind == MarkupKind.Item && nodes[nodes[i].Parent].Kind == MarkupKind.OrderedList && scan.Tree.Source.AsSpan(nodes[i].Start).StartsWith("\\"))
            {
                path.Insert(0, i);
            }
        }

        return path;
    }

    private static int Items(ReadOnlySpan<MarkupNode> nodes, int item)
    {
        var (list, count) = (nodes[item].Parent, 0);
        for (var i = list + 1; i < nodes[list].Next; i = nodes[i].Next)
        {
            count += nodes[i].Kind == MarkupKind.Item ? 1 : 0;
        }

        return count;
    }
}
