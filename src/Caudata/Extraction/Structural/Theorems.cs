namespace Caudata.Extraction.Structural;

/// <summary>Theorems of LaTeX texts, to which a proof belongs even where an exercise stands between the two.</summary>
internal static class Theorems
{
    /// <summary>Blocks that are looked at before an exercise.</summary>
    private const int Reach = 24;

    /// <summary>Whether the nearest theorem before an exercise still waits for its proof.</summary>
    public static bool IsUnproved(PairScan scan, int exercise)
    {
        var nodes = scan.Tree.Nodes;
        var parent = nodes[exercise].Parent;
        var i = exercise - 1;
        for (var steps = 0; i > parent && steps < Reach; steps++, i--)
        {
            while (i > parent && nodes[i].Parent != parent)
            {
                i = nodes[i].Parent;
            }

            if (i <= parent || nodes[i].Kind == MarkupKind.Heading || nodes[i].Role == MarkupRole.Proof)
            {
                return false;
            }

            if (nodes[i].Kind == MarkupKind.Container && nodes[i].Role == MarkupRole.None && IsTheorem(scan.Tree.Source.AsSpan(nodes[i].Start, Math.Min(40, nodes[i].End - nodes[i].Start))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTheorem(ReadOnlySpan<char> source)
    {
        if (!source.StartsWith("\\begin{"))
        {
            return false;
        }

        var name = source[7..];
        return name.StartsWith("th") || name.StartsWith("prop") || name.StartsWith("lem") || name.StartsWith("cor") || name.StartsWith("claim") || name.StartsWith("fact");
    }
}
