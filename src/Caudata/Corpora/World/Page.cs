using System.Text;

namespace Caudata.Corpora.World;

/// <summary>A document before it has markup: a title and blocks, with the pairs as objects.</summary>
internal sealed class Page
{
    public required string Title { get; set; }

    public List<Block> Blocks { get; } = [];

    public Page Heading(int level, string text)
    {
        Blocks.Add(new Block.Heading(level, text));
        return this;
    }

    public Page Paragraph(string text)
    {
        Blocks.Add(new Block.Paragraph(text));
        return this;
    }
}

/// <summary>One block of a page.</summary>
internal abstract record Block
{
    private Block() { }

    public sealed record Heading(int Level, string Text) : Block;

    public sealed record Paragraph(string Text) : Block;

    public sealed record Bullets(bool Ordered, List<string> Items) : Block;

    public sealed record Code(string Language, string Text) : Block;

    public sealed record Table(string Rows) : Block;

    public sealed record Figure(string Caption) : Block;

    /// <summary>Terms with their meanings.</summary>
    public sealed record Definitions(List<Item> Items) : Block;

    /// <summary>Questions with or without answers, written by one convention.</summary>
    public sealed record Group(List<Item> Items, Convention Convention, string Noun) : Block;

    /// <summary>An order to the reader's machine that must be treated as text.</summary>
    public sealed record Injection(string Text, int Place) : Block;
}

/// <summary>How a group of questions is laid out.</summary>
internal enum Convention
{
    /// <summary>Elements or environments made for it: <c>data-type="exercise"</c>, <c>\begin{exercise}</c>, CNXML and PreTeXt elements.</summary>
    Elements,

    /// <summary>Classes or headings named problem and solution.</summary>
    ProblemSolution,

    /// <summary>Bold labels in running paragraphs, no attributes.</summary>
    BoldLabels,

    /// <summary>The answer is folded under the question.</summary>
    Details,

    /// <summary>Numbered questions, numbered answers at the end.</summary>
    AnswerKey,

    /// <summary>The question is a heading.</summary>
    QuestionHeading,

    /// <summary>Lines that start with Q and A.</summary>
    QaLines,

    /// <summary>A list of terms (questions) and meanings (answers).</summary>
    DefinitionList,

    /// <summary>A thread: a question with votes and one or more answers.</summary>
    Thread,

    /// <summary>The exam class of LaTeX; an interview in other formats.</summary>
    Exam,
}

internal enum PartKind
{
    Text,
    Code,
    Steps,
    Table,
    Math,
}

/// <summary>One part of a question or answer. Steps are lines; a table has lines of tab-separated cells, the first being the header.</summary>
internal readonly record struct Part(PartKind Kind, string Text, string Language = "")
{
    public static implicit operator Part(string text) => new(PartKind.Text, text);
}

/// <summary>A question with its answer, before it has markup.</summary>
internal sealed class Item
{
    public required List<Part> Question { get; init; }

    public required List<Part> Answer { get; set; }

    /// <summary>Which construction made it, for example <c>word-problems/sharing</c>.</summary>
    public required string Family { get; init; }

    /// <summary>The bare result, when there is one.</summary>
    public string? Result { get; init; }

    /// <summary>The question shows a figure that the document does not hold.</summary>
    public bool NeedsFigure { get; set; }

    /// <summary>The document does not give the answer.</summary>
    public bool Unanswered { get; set; }

    public bool IsDefinition { get; init; }

    public TextSpan QuestionSpan { get; set; }

    public TextSpan AnswerSpan { get; set; }

    /// <summary>Parts as light Markdown: mathematics between dollar signs, code fenced.</summary>
    public static string Plain(List<Part> parts)
    {
        var text = new StringBuilder();
        foreach (Part part in parts)
        {
            if (text.Length > 0)
            {
                text.Append("\n\n");
            }

            switch (part.Kind)
            {
                case PartKind.Code:
                    text.Append("```").Append(part.Language).Append('\n').Append(part.Text).Append("\n```");
                    break;
                case PartKind.Table:
                    MarkdownWriter.Table(part.Text, text, static (cell, to) => Inline(cell, to));
                    break;
                case PartKind.Math:
                    text.Append("$$").Append(part.Text).Append("$$");
                    break;
                default:
                    Inline(part.Text, text);
                    break;
            }
        }

        return text.ToString();
    }

    private static void Inline(string source, StringBuilder to)
    {
        foreach (char c in source)
        {
            switch (c)
            {
                case '«' or '»':
                    to.Append('$');
                    break;
                case '‹' or '›':
                    break;
                default:
                    to.Append(c);
                    break;
            }
        }
    }
}
