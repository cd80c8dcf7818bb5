namespace Caudata.Extraction.Structural;

/// <summary>Counts, for any range of nodes at once, the runs of text that hold a letter or digit; those inside what is no content do not count.</summary>
internal sealed class VisibleWords
{
    private readonly int[] _before;
    private readonly int[] _linked;

    /// <summary>Counts the runs of a tree.</summary>
    public VisibleWords(MarkupTree tree)
    {
        var nodes = tree.Nodes;
        _before = new int[nodes.Length + 1];
        _linked = new int[nodes.Length + 1];
        int hidden = 0, link = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            hidden = nodes[i].Kind == MarkupKind.Ignored ? Math.Max(hidden, nodes[i].Next) : hidden;
            link = nodes[i].Kind == MarkupKind.Link ? Math.Max(link, nodes[i].Next) : link;
            var isWord = i >= hidden && nodes[i].Kind == MarkupKind.Text && HasWord(tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start));
            _before[i + 1] = _before[i] + (isWord ? 1 : 0);
            _linked[i + 1] = _linked[i] + (isWord && i < link ? 1 : 0);
        }
    }

    /// <summary>Runs before a node.</summary>
    public int this[int node] => _before[node];

    /// <summary>Runs from one node up to another.</summary>
    public int In(int from, int to) => to <= from ? 0 : _before[to] - _before[from];

    /// <summary>Those of them that are words of links.</summary>
    public int Linked(int from, int to) => to <= from ? 0 : _linked[to] - _linked[from];

    private static bool HasWord(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                return true;
            }
        }

        return false;
    }
}
