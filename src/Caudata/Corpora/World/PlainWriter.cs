using System.Globalization;

namespace Caudata.Corpora.World;

/// <summary>Plain text as old readme files, mailing lists and transcripts have it, hard-wrapped for some sources.</summary>
internal sealed class PlainWriter(Page page, Site site, Pen pen) : PageWriter(page, site, pen)
{
    private const int Width = 76;

    private bool Wraps => Site.Look % 2 == 0;

    protected override void Open()
    {
        Out.Append(Site.Look == 2 ? Page.Title.ToUpperInvariant() : Page.Title).Append('\n');
        if (Site.Look is 0 or 3)
        {
            Out.Append('=', Math.Min(Page.Title.Length, 70)).Append('\n');
        }

        Out.Append('\n');
    }

    protected override void Close()
    {
        if (Site.Look is 0 or 2 or 5)
        {
            Out.Append("-- \n").Append(Site.Footer[0]).Append('\n').Append(Site.Footer[1]).Append('\n');
        }
    }

    protected override void Heading(int level, string text)
    {
        Inline(Site.Look == 2 ? text.ToUpperInvariant() : text);
        Out.Append('\n');
        if (Site.Look is 0 or 3)
        {
            Out.Append('-', Math.Min(text.Length, 70)).Append('\n');
        }

        Out.Append('\n');
    }

    protected override void Paragraph(string text)
    {
        Inline(text);
        Out.Append("\n\n");
    }

    protected override void Bullets(bool ordered, List<string> items)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (ordered)
            {
                Out.Append("  ").Append((i + 1).ToString(CultureInfo.InvariantCulture)).Append(") ");
            }
            else
            {
                Out.Append("  - ");
            }

            Inline(items[i]);
            Out.Append('\n');
        }

        Out.Append('\n');
    }

    protected override void Code(string language, string text) => Out.Append("    ").Append(text.Replace("\n", "\n    ", StringComparison.Ordinal)).Append("\n\n");

    protected override void Table(string rows) => Out.Append("    ").Append(rows.Replace("\n", "\n    ", StringComparison.Ordinal)).Append("\n\n");

    protected override void Figure(string caption)
    {
        Out.Append('[');
        Inline(caption);
        Out.Append("]\n\n");
    }

    protected override void Definitions(List<Item> items)
    {
        foreach (Item item in items)
        {
            int start = Out.Length;
            Inline(item.Question[0].Text);
            item.QuestionSpan = new TextSpan(start, Out.Length);
            Out.Append(Site.Look % 2 == 0 ? " -- " : ": ");
            AnswerAfterLabel(item, () => Out.Append("\n\n"));
        }
    }

    protected override void Injection(string text, int place) => Paragraph(text);

    protected override void Group(Block.Group group)
    {
        if (group.Convention == Convention.DefinitionList)
        {
            Definitions(group.Items);
            return;
        }

        foreach (Item item in group.Items)
        {
            (string question, string answer) = Labels(group, Next.ToString(CultureInfo.InvariantCulture));
            Out.Append(question);
            QuestionAfterLabel(item, () => Out.Append(group.Convention == Convention.QaLines && item.Question.Count == 1 && Site.Look < 3 ? "\n" : "\n\n"));
            if (!item.Unanswered && group.Convention != Convention.AnswerKey)
            {
                Out.Append(answer);
                AnswerAfterLabel(item, () => Out.Append("\n\n"));
            }

            Next++;
        }
    }

    protected override void Key(List<(int Number, Item Item, string Noun)> key)
    {
        Heading(2, Site.Look % 2 == 0 ? "Answers" : "Answers to the " + key[0].Noun.ToLowerInvariant() + "s");
        foreach ((int number, Item item, _) in key)
        {
            Out.Append(number.ToString(CultureInfo.InvariantCulture)).Append(Site.Look == 3 ? ") " : ". ");
            AnswerAfterLabel(item, () => Out.Append("\n\n"));
        }
    }

    protected override void Parts(List<Part> parts)
    {
        foreach (Part part in parts)
        {
            switch (part.Kind)
            {
                case PartKind.Code:
                    Code(part.Language, part.Text);
                    break;
                case PartKind.Table:
                    Table(part.Text);
                    break;
                case PartKind.Steps:
                    Bullets(true, [.. part.Text.Split('\n')]);
                    break;
                case PartKind.Math:
                    Out.Append("    ").Append(part.Text).Append("\n\n");
                    break;
                default:
                    Paragraph(part.Text);
                    break;
            }
        }
    }

    protected override void Inline(string text)
    {
        int line = Out.Length;
        while (line > 0 && Out[line - 1] != '\n')
        {
            line--;
        }

        int column = Out.Length - line, space = -1;
        foreach (char c in text)
        {
            if (c is '‹' or '›' or '`')
            {
                continue;
            }

            if (c == ' ')
            {
                space = Out.Length;
            }

            Out.Append(c is '«' or '»' ? '$' : c);
            if (Wraps && ++column > Width && space >= 0)
            {
                Out[space] = '\n';
                column = Out.Length - space - 1;
                space = -1;
            }
        }
    }

    private (string Question, string Answer) Labels(Block.Group group, string number) => group.Convention switch
    {
        Convention.AnswerKey => (number + (Site.Look == 3 ? ") " : ". "), ""),
        Convention.QaLines => (Site.Look is 1 or 4 ? "Question: " : "Q: ", Site.Look is 1 or 4 ? "Answer: " : "A: "),
        Convention.QuestionHeading or Convention.Thread => ("", ""),
        Convention.Exam => ("INTERVIEWER: ", Site.Footer[3].ToUpperInvariant() + ": "),
        Convention.Details => (number + ". ", Site.AnswerNoun + ": "),
        _ => (group.Noun + " " + number + ". ", Site.AnswerNoun + (Site.Look % 2 == 0 ? ". " : ": ")),
    };
}
