using System.Runtime.InteropServices;

namespace Caudata.Extraction.Structural;

/// <summary>What a node of a markup tree is, whatever the markup.</summary>
internal enum MarkupKind : byte
{
    Root, Container, Heading, Paragraph, List, OrderedList, Item, Definitions, Term, Description, Preformatted, Table, Row, Cell, HeaderCell, Quote, Figure, Caption, Disclosure, Summary,
    Image, Break, Rule, Emphasis, Strong, Code, Subscript, Superscript, Link, Math, DisplayMath, Inline, Reference, Text, Ignored,
}

/// <summary>How the characters of a text node are to be read.</summary>
internal enum TextSyntax : byte
{
    /// <summary>Character references, white space is merged.</summary>
    Html,

    /// <summary>One line of Markdown, inline marks included.</summary>
    Markdown,

    /// <summary>LaTeX with commands and mathematics.</summary>
    Latex,

    /// <summary>As it stands.</summary>
    Plain,
}

/// <summary>One element or run of text. Nodes lie in document order; the nodes below node i are those from i + 1 up to <see cref="Next"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct MarkupNode
{
    /// <summary>What it is.</summary>
    public MarkupKind Kind;

    /// <summary>What its name or class says it holds.</summary>
    public MarkupRole Role;

    /// <summary>Level of a heading (1 to 6); of a list 1 if its markers are letters.</summary>
    public byte Level;

    /// <summary>How text is read.</summary>
    public TextSyntax Syntax;

    /// <summary>First code unit, tag included.</summary>
    public int Start;

    /// <summary>Code unit after the last, closing tag included.</summary>
    public int End;

    /// <summary>First code unit after the opening tag.</summary>
    public int ContentStart;

    /// <summary>First code unit of the closing tag.</summary>
    public int ContentEnd;

    /// <summary>Index of the node above, -1 for the root.</summary>
    public int Parent;

    /// <summary>Index of the first node after this one that is not below it.</summary>
    public int Next;

    /// <summary>Number of a numbered item or its label, -1 when there is none.</summary>
    public int Number;
}

/// <summary>A document's markup as a flat tree with exact spans.</summary>
/// <remarks>Own readers build it (HTML/XML, Markdown, LaTeX, plain text) instead of AngleSharp and Markdig, because those keep no end positions, nest by recursion, and cost several times more. One tree for all markups means that each convention is written once.</remarks>
internal sealed class MarkupTree
{
    private readonly List<int> _open = new(64);
    private MarkupNode[] _nodes;
    private int _count;

    public MarkupTree(string source)
    {
        Source = source;
        _nodes = new MarkupNode[Math.Max(16, source.Length / 24)];
        Open(MarkupKind.Root, MarkupRole.None, 0, 0);
    }

    /// <summary>The document's text.</summary>
    public string Source { get; }

    /// <summary>All nodes in document order; node 0 is the root.</summary>
    public ReadOnlySpan<MarkupNode> Nodes => _nodes.AsSpan(0, _count);

    /// <summary>Number of elements that are open, root included.</summary>
    public int Depth => _open.Count;

    /// <summary>The innermost open element.</summary>
    public ref MarkupNode Top => ref _nodes[_open[^1]];

    /// <summary>The open element at a depth (0 is the root).</summary>
    public ref MarkupNode OpenAt(int depth) => ref _nodes[_open[depth]];

    /// <summary>Node by index, to be changed.</summary>
    public ref MarkupNode At(int index) => ref _nodes[index];

    /// <summary>Opens an element below the innermost open one.</summary>
    public int Open(MarkupKind kind, MarkupRole role, int start, int contentStart)
    {
        var index = Add(new MarkupNode { Kind = kind, Role = role, Start = start, ContentStart = contentStart, Parent = _open.Count == 0 ? -1 : _open[^1], Number = -1 });
        _open.Add(index);
        return index;
    }

    /// <summary>Closes the innermost open element; the root stays open.</summary>
    public void Close(int contentEnd, int end)
    {
        if (_open.Count == 1)
        {
            return;
        }

        Finish(_open[^1], contentEnd, end);
        _open.RemoveAt(_open.Count - 1);
    }

    /// <summary>Adds an element without content.</summary>
    public int Leaf(MarkupKind kind, int start, int end, TextSyntax syntax = TextSyntax.Html, MarkupRole role = MarkupRole.None)
    {
        var index = Add(new MarkupNode { Kind = kind, Role = role, Syntax = syntax, Start = start, ContentStart = start, ContentEnd = end, End = end, Parent = _open[^1], Number = -1 });
        _nodes[index].Next = _count;
        return index;
    }

    /// <summary>Closes everything at the end of the text.</summary>
    public MarkupTree Complete()
    {
        while (_open.Count > 1)
        {
            Close(Source.Length, Source.Length);
        }

        Finish(0, Source.Length, Source.Length);
        return this;
    }

    private void Finish(int index, int contentEnd, int end)
    {
        ref var node = ref _nodes[index];
        node.ContentEnd = Math.Max(node.ContentStart, contentEnd);
        node.End = Math.Max(node.ContentEnd, end);
        node.Next = _count;
    }

    private int Add(in MarkupNode node)
    {
        if (_count == _nodes.Length)
        {
            Array.Resize(ref _nodes, _nodes.Length * 2);
        }

        _nodes[_count] = node;
        return _count++;
    }
}
