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
    private readonly BitArray _claimed = new(tree.Nodes.Length);

    /// <summary>The document's markup.</summary>
    public MarkupTree Tree => tree;

    /// <summary>The document's title, or empty.</summary>
    public string Title => document.Title;

    /// <summary>A writer for texts of this tree.</summary>
    public MarkupText Text { get; } = new();

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

    /// <summary>Checks a pair and keeps it or notes why not.</summary>
    public void Offer(in PairDraft draft)
    {
        var pair = PairGate.Check(draft, tree, out var reason, out var detail);
        if (pair is not null)
        {
            _pairs.Add(pair);
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
