using System.Text;

namespace Caudata.Corpora.World;

/// <summary>Writes a page in one kind of markup and notes where each question and answer stands.</summary>
internal abstract class PageWriter(Page page, Site site, Pen pen)
{
    private readonly List<(int Number, Item Item, string Noun)> _key = [];

    protected StringBuilder Out { get; } = new(4096);

    protected Page Page { get; } = page;

    protected Site Site { get; } = site;

    protected Pen Pen { get; } = pen;

    /// <summary>Number of the next exercise.</summary>
    protected int Next { get; set; } = 1;

    public string Write()
    {
        Open();
        foreach (Block block in Page.Blocks)
        {
            switch (block)
            {
                case Block.Heading heading:
                    Heading(heading.Level, heading.Text);
                    break;
                case Block.Paragraph paragraph:
                    Paragraph(paragraph.Text);
                    break;
                case Block.Bullets bullets:
                    Bullets(bullets.Ordered, bullets.Items);
                    break;
                case Block.Code code:
                    Code(code.Language, code.Text);
                    break;
                case Block.Table table:
                    Table(table.Rows);
                    break;
                case Block.Figure figure:
                    Figure(figure.Caption);
                    break;
                case Block.Definitions definitions:
                    Definitions(definitions.Items);
                    break;
                case Block.Injection injection:
                    Injection(injection.Text, injection.Place);
                    break;
                case Block.Group group:
                    if (group.Convention == Convention.AnswerKey)
                    {
                        int first = Next;
                        foreach (Item item in group.Items)
                        {
                            if (!item.Unanswered)
                            {
                                _key.Add((first, item, group.Noun));
                            }

                            first++;
                        }
                    }

                    Group(group);
                    break;
            }
        }

        if (_key.Count > 0)
        {
            Key(_key);
        }

        Close();
        return Out.ToString();
    }

    protected abstract void Open();

    protected abstract void Close();

    protected abstract void Heading(int level, string text);

    protected abstract void Paragraph(string text);

    protected abstract void Bullets(bool ordered, List<string> items);

    protected abstract void Code(string language, string text);

    protected abstract void Table(string rows);

    protected abstract void Figure(string caption);

    protected abstract void Definitions(List<Item> items);

    protected abstract void Group(Block.Group group);

    protected abstract void Injection(string text, int place);

    protected abstract void Key(List<(int Number, Item Item, string Noun)> key);

    /// <summary>Parts as blocks of their own.</summary>
    protected abstract void Parts(List<Part> parts);

    /// <summary>Text within a line; math, code and emphasis converted, the rest escaped.</summary>
    protected abstract void Inline(string text);

    protected void Question(Item item)
    {
        int start = Out.Length;
        Parts(item.Question);
        item.QuestionSpan = Trimmed(start, Out.Length);
    }

    protected void Answer(Item item)
    {
        int start = Out.Length;
        Parts(item.Answer);
        item.AnswerSpan = Trimmed(start, Out.Length);
    }

    /// <summary>Question on one line after a label that was just written; parts after the first go below.</summary>
    protected void QuestionAfterLabel(Item item, Action lineEnd)
    {
        int start = Out.Length, end = AfterLabel(item.Question, lineEnd);
        item.QuestionSpan = Trimmed(start, end);
    }

    protected void AnswerAfterLabel(Item item, Action lineEnd)
    {
        int start = Out.Length, end = AfterLabel(item.Answer, lineEnd);
        item.AnswerSpan = Trimmed(start, end);
    }

    /// <returns>Where the parts end, the end of the only line not included.</returns>
    private int AfterLabel(List<Part> parts, Action lineEnd)
    {
        if (parts[0].Kind is not PartKind.Text)
        {
            lineEnd();
            Parts(parts);
            return Out.Length;
        }

        Inline(parts[0].Text);
        int end = Out.Length;
        lineEnd();
        if (parts.Count == 1)
        {
            return end;
        }

        Parts(parts[1..]);
        return Out.Length;
    }

    protected TextSpan Trimmed(int start, int end)
    {
        while (end > start && char.IsWhiteSpace(Out[end - 1]))
        {
            end--;
        }

        while (start < end && char.IsWhiteSpace(Out[start]))
        {
            start++;
        }

        return new TextSpan(start, end);
    }
}
