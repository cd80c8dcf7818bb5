using System.Collections;
using System.Collections.Immutable;
using Caudata.Corpora;
using Caudata.Records;

namespace Caudata.Extraction.Structural;

/// <summary>The state of reading one document: its tree, what is claimed, and what was found.</summary>
internal sealed class PairScan(MarkupTree tree, Document document)
{
    private readonly List<CandidatePair> _pairs = [];
    private readonly List<(int Start, Rejection Rejection)> _rejections = [];
    private VisibleWords? _words;
    private readonly HashSet<string> _stated = new(StringComparer.Ordinal);
    private readonly BitArray _claimed = new(tree.Nodes.Length);

    /// <summary>The document's markup.</summary>
    public MarkupTree Tree => tree;

    /// <summary>The document's title, or empty.</summary>
    public string Title => document.Title;

    /// <summary>A writer for texts of this tree.</summary>
    public MarkupText Text { get; } = new();

    /// <summary>Counts of visible words; made when first asked for.</summary>
    public VisibleWords Words => _words ??= new VisibleWords(tree);

    /// <summary>Numbers of list items that their list gives them, as far as they were asked for.</summary>
    public Dictionary<int, int> Ordinals { get; } = [];

    /// <summary>Whether a convention has taken a node.</summary>
    public bool IsClaimed(int node) => _claimed[node];

    /// <summary>Takes the nodes from one up to another.</summary>
    public void Claim(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            _claimed[i] = true;
        }
    }

    /// <summary>Light Markdown of a node and all below it.</summary>
    public string Render(int node, uint skippedRoles = 0) => Text.Start(tree).Add(node, tree.Nodes[node].Next, skippedRoles).ToString();

    /// <summary>Number of pictures in a range of nodes that say something words do not; formulas set as pictures do not count.</summary>
    public int Figures(int from, int to, uint skippedRoles)
    {
        var nodes = tree.Nodes;
        var figures = 0;
        for (var i = from; i < to; i++)
        {
            if (i > from && nodes[i].Role != MarkupRole.None && (skippedRoles & MarkupText.Bit(nodes[i].Role)) != 0)
            {
                i = nodes[i].Next - 1;
            }
            else if (nodes[i].Kind == MarkupKind.Image)
            {
                figures += MathMl.OfImage(tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start)).IsEmpty && !IsSmallPicture(nodes[i]) ? 1 : 0;
            }
            else if (nodes[i].Kind == MarkupKind.Figure)
            {
                figures++;
                i = nodes[i].Next - 1;
            }
            else if (nodes[i].Kind == MarkupKind.Text && nodes[i].Syntax == TextSyntax.Markdown)
            {
                figures += MarkdownPictures(tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start));
            }
        }

        return figures;
    }

    /// <summary>Whether a range of nodes holds any word.</summary>
    public bool HasText(int from, int to)
    {
        var nodes = tree.Nodes;
        for (var i = from; i < to; i++)
        {
            if (nodes[i].Kind == MarkupKind.Ignored)
            {
                i = nodes[i].Next - 1;
            }
            else if (nodes[i].Kind is MarkupKind.Image or MarkupKind.Figure || (nodes[i].Kind == MarkupKind.Text && !tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start).IsWhiteSpace()))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsSmallPicture(in MarkupNode node)
    {
        var tag = tree.Source.AsSpan(node.Start, node.End - node.Start);
        return tag.Contains("emoji", StringComparison.OrdinalIgnoreCase) || tag.Contains("icon", StringComparison.OrdinalIgnoreCase) || tag.Contains("badge", StringComparison.OrdinalIgnoreCase) || tag.Contains("avatar", StringComparison.OrdinalIgnoreCase);
    }

    private static int MarkdownPictures(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (true)
        {
            var at = text.IndexOf("![");
            var html = text.IndexOf("<img");
            if (html >= 0 && (at < 0 || html < at))
            {
                at = html;
            }

            if (at < 0)
            {
                return count;
            }

            var rest = text[at..];
            var line = rest[..Math.Min(rest.Length, 200)];
            count += line.Contains("emoji", StringComparison.OrdinalIgnoreCase) || line.Contains("badge", StringComparison.OrdinalIgnoreCase) || line.Contains("icon", StringComparison.OrdinalIgnoreCase) ? 0 : 1;
            text = text[(at + 2)..];
        }
    }

    /// <summary>Whether a kind of node may start with a label.</summary>
    public static bool StartsBlock(MarkupKind kind) => kind is MarkupKind.Heading or MarkupKind.Paragraph or MarkupKind.Item or MarkupKind.Summary or MarkupKind.Container or MarkupKind.Term or MarkupKind.Description or MarkupKind.Cell or MarkupKind.Quote or MarkupKind.Rule;

    /// <summary>The label that a block starts with. A container has one only where text stands in it directly.</summary>
    public BlockLabel Label(int node)
    {
        var kind = tree.Nodes[node].Kind;
        if (kind == MarkupKind.Rule || (kind is MarkupKind.Container or MarkupKind.Item or MarkupKind.Description or MarkupKind.Cell or MarkupKind.Quote && !StartsWithText(node)))
        {
            return default;
        }

        var head = Head(node);
        if (head.Length == 0)
        {
            return default;
        }

        if (kind == MarkupKind.Cell && head.AsSpan().Trim().Length == 1)
        {
            return default; // the digit A of a table of hexadecimal numbers
        }

        var label = BlockLabel.Of(head);
        return label.Kind == LabelKind.Answer && IsOption(node, head) ? default : label;
    }

    /// <summary>The label of a block below a question: where "Q." began the question, "A." announces its answer; elsewhere that may be an option or an article.</summary>
    /// <param name="question">Where the question begins; -1 for none.</param>
    /// <param name="node">The block.</param>
    public BlockLabel LabelBelow(int question, int node)
    {
        var label = Label(node);
        if (label.Kind != LabelKind.None || question < 0 || tree.Nodes[node].Kind is not (MarkupKind.Paragraph or MarkupKind.Container or MarkupKind.Item))
        {
            return label;
        }

        var mark = BlockLabel.TurnMark(Head(question), 'Q');
        var head = Head(node).TrimStart('*', '_', ' ');
        return mark != '\0' && mark == BlockLabel.TurnMark(head, 'A') && !IsOption(node, head) && !head.Contains($" B{mark} ", StringComparison.Ordinal) ? new BlockLabel(LabelKind.Answer, 2, -1) : label;
    }

    /// <summary>Whether "A: ..." is the first of several options rather than an answer: the next neighbour starts with B.</summary>
    private bool IsOption(int node, string head)
    {
        var nodes = tree.Nodes;
        if (head.Length < 3 || head[0] is not 'A' || head[1] is not (':' or '.' or ')'))
        {
            return false;
        }

        var box = nodes[node].Kind != MarkupKind.Item && nodes[nodes[node].Parent].Kind == MarkupKind.Item ? nodes[node].Parent : node;
        var next = nodes[box].Next;
        while (next < nodes[nodes[box].Parent].Next && nodes[next].Kind is MarkupKind.Text or MarkupKind.Break)
        {
            next = nodes[next].Next;
        }

        return next < nodes[nodes[box].Parent].Next && Head(next) is ['B', ':' or '.' or ')', ..];
    }

    private bool StartsWithText(int node)
    {
        var nodes = tree.Nodes;
        for (var i = node + 1; i < nodes[node].Next; i++)
        {
            if (nodes[i].Kind == MarkupKind.Text)
            {
                if (!tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start).IsWhiteSpace())
                {
                    return true;
                }
            }
            else if (nodes[i].Kind is not (MarkupKind.Strong or MarkupKind.Emphasis or MarkupKind.Inline or MarkupKind.Link or MarkupKind.Break))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The first words of a block, at most about 80 code units, emphasis ends marked by an asterisk; the whole text when it is short.</summary>
    public string Head(int node)
    {
        var nodes = tree.Nodes;
        Span<char> head = stackalloc char[80];
        var length = 0;
        var strongEnd = -1;
        for (var i = node + 1; i < nodes[node].Next && length < head.Length; i++)
        {
            if (strongEnd >= 0 && i >= strongEnd)
            {
                head[length++] = '*';
                strongEnd = -1;
                if (length == head.Length)
                {
                    break;
                }
            }

            if (nodes[i].Kind is MarkupKind.Strong or MarkupKind.Emphasis)
            {
                strongEnd = nodes[i].Next;
            }
            else if (nodes[i].Kind == MarkupKind.Break && length > 0)
            {
                head[length++] = '\n';
            }

            if (nodes[i].Kind != MarkupKind.Text)
            {
                continue;
            }

            var text = tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start);
            if (nodes[i].Syntax == TextSyntax.Markdown)
            {
                while (length == 0 && text.StartsWith("![") && text.IndexOf(')') is > 0 and var close)
                {
                    text = text[(close + 1)..].TrimStart();
                }
            }
            else if (nodes[i].Syntax == TextSyntax.Latex)
            {
                text = text.TrimStart();
                while (text.StartsWith("\\textbf{") || text.StartsWith("\\textit{") || text.StartsWith("\\emph{") || text.StartsWith("{\\bf") || text.StartsWith("\\bf ") || text.StartsWith("\\noindent") || text.StartsWith("\\textsc{") || text.StartsWith("\\medskip") || text.StartsWith("\\underline{"))
                {
                    var cut = text.IndexOfAny("{ \n");
                    text = cut < 0 ? [] : text[(cut + 1)..].TrimStart();
                }
            }

            for (var at = 0; at < text.Length; at++)
            {
                var c = text[at];
                if (length == head.Length)
                {
                    break;
                }

                if (c == '<' && nodes[i].Syntax == TextSyntax.Markdown && text[at..Math.Min(text.Length, at + 40)].IndexOf('>') is > 0 and var tag && MarkupText.IsInlineTag(text[(at + 1)..(at + tag)]))
                {
                    at += tag;
                    continue;
                }

                if (char.IsWhiteSpace(c))
                {
                    if (length > 0 && head[length - 1] is not (' ' or '\n'))
                    {
                        head[length++] = ' ';
                    }
                }
                else
                {
                    head[length++] = c is '{' or '}' && nodes[i].Syntax == TextSyntax.Latex ? '*' : c;
                }
            }

            // Cheap way out for most blocks: a label starts with a capital letter or a mark.
            if (length > 0 && char.IsAsciiLetterLower(head[0]))
            {
                return "";
            }
        }

        return head[..length].ToString();
    }

    /// <summary>Letters and digits of a text in lower case: what two writings of one question share.</summary>
    public static string Key(string text) => string.Create(text.Count(char.IsLetterOrDigit), text, static (key, text) =>
    {
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                key[length++] = char.ToLowerInvariant(c);
            }
        }
    });

    /// <summary>Checks a pair and keeps it or notes why not. A question that the page also states for machines is not taken twice.</summary>
    public void Offer(in PairDraft draft)
    {
        if (_stated.Count > 0 && _stated.Contains(Key(draft.Question)))
        {
            return;
        }

        var pair = PairGate.Check(draft, tree, out var reason, out var detail);
        if (pair is not null)
        {
            _pairs.Add(pair);
            if (draft.Pattern == "structured-data")
            {
                _stated.Add(Key(draft.Question));
            }
        }
        else
        {
            Reject(reason, new TextSpan(draft.QuestionSpan.Start, Math.Max(draft.QuestionSpan.End, draft.AnswerSpan.End)), detail);
        }
    }

    /// <summary>Notes something that was seen and could not be kept.</summary>
    public void Reject(string reason, TextSpan span, string detail)
    {
        var where = string.Create(null, $"{document.Id}[{document.Offset + span.Start}..{document.Offset + span.End})");
        _rejections.Add((span.Start, new Rejection("extract", reason, where, detail.Length > 200 ? string.Concat(detail.AsSpan(0, 197), "...") : detail)));
    }

    /// <summary>The pairs in order of their place.</summary>
    public ImmutableArray<CandidatePair> Pairs() => [.. _pairs.OrderBy(p => p.QuestionSpan.Start).ThenBy(p => p.AnswerSpan.Start).ThenBy(p => p.QuestionSpan.End)];

    /// <summary>The rejections in order of their place.</summary>
    public ImmutableArray<Rejection> Rejections() => [.. _rejections.OrderBy(r => r.Start).Select(r => r.Rejection)];
}

/// <summary>A pair as a convention found it.</summary>
/// <param name="Question">The question, written.</param>
/// <param name="Answer">The answer, written.</param>
/// <param name="QuestionSpan">Where the question stands.</param>
/// <param name="AnswerSpan">Where the answer stands.</param>
/// <param name="Pattern">The convention.</param>
/// <param name="QuestionFigures">Pictures in the question.</param>
/// <param name="AnswerFigures">Pictures in the answer.</param>
/// <param name="Options">Options of a multiple choice, empty when it is none.</param>
internal readonly record struct PairDraft(string Question, string Answer, TextSpan QuestionSpan, TextSpan AnswerSpan, string Pattern, int QuestionFigures, int AnswerFigures, ImmutableArray<string> Options = default);
