using System.Globalization;
using System.Text;

namespace Caudata.Corpora.World;

/// <summary>Markdown as readme files, course notes and interview collections use it.</summary>
internal sealed class MarkdownWriter(Page page, Site site, Pen pen) : PageWriter(page, site, pen)
{
    public static void Table(string rows, StringBuilder to, Action<string, StringBuilder> cell)
    {
        bool head = true;
        foreach (string row in rows.Split('\n'))
        {
            string[] cells = row.Split('\t');
            to.Append('|');
            foreach (string text in cells)
            {
                to.Append(' ');
                cell(text, to);
                to.Append(" |");
            }

            to.Append('\n');
            if (head)
            {
                to.Append('|').Insert(to.Length, "---|", cells.Length).Append('\n');
                head = false;
            }
        }

        to.Length--;
    }

    protected override void Open()
    {
        if (Site.Look == 0)
        {
            Out.Append("---\ntitle: \"").Append(Page.Title.Replace("\"", "", StringComparison.Ordinal)).Append("\"\nlayout: page\nsite: ").Append(Site.Name).Append("\n---\n\n");
        }

        Heading(1, Page.Title);
    }

    protected override void Close()
    {
        if (Site.Look is 0 or 1 or 3)
        {
            Out.Append("---\n\n").Append(Site.Footer[0]).Append("  \n[").Append(Site.Navigation[0]).Append("](../index.md) · [").Append(Site.Navigation[1]).Append("](../about.md)\n");
        }
    }

    protected override void Heading(int level, string text)
    {
        Out.Append('#', level).Append(' ');
        Inline(text);
        Out.Append("\n\n");
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
                Out.Append((i + 1).ToString(CultureInfo.InvariantCulture)).Append(". ");
            }
            else
            {
                Out.Append(Site.Look % 2 == 0 ? "- " : "* ");
            }

            Inline(items[i]);
            Out.Append('\n');
        }

        Out.Append('\n');
    }

    protected override void Code(string language, string text) => Out.Append("```").Append(language).Append('\n').Append(text).Append("\n```\n\n");

    protected override void Table(string rows)
    {
        Table(rows, Out, (cell, _) => Inline(cell));
        Out.Append("\n\n");
    }

    protected override void Figure(string caption)
    {
        Out.Append("![](img/").Append(Pen.Int(10, 999).ToString(CultureInfo.InvariantCulture)).Append(".svg)\n\n");
        Paragraph(caption);
    }

    protected override void Definitions(List<Item> items)
    {
        foreach (Item item in items)
        {
            if (Site.Look % 2 == 0)
            {
                int start = Out.Length;
                Inline(item.Question[0].Text);
                item.QuestionSpan = new TextSpan(start, Out.Length);
                Out.Append("\n: ");
            }
            else
            {
                Out.Append("**");
                int start = Out.Length;
                Inline(item.Question[0].Text);
                item.QuestionSpan = new TextSpan(start, Out.Length);
                Out.Append("**: ");
            }

            AnswerAfterLabel(item, () => Out.Append("\n\n"));
        }
    }

    protected override void Injection(string text, int place)
    {
        switch (place)
        {
            case 0:
                Out.Append("<!-- ").Append(text.Replace("--", "-", StringComparison.Ordinal)).Append(" -->\n\n");
                break;
            case 1:
                Out.Append("![").Append(text.Replace(']', ')')).Append("](img/blank.png)\n\n");
                break;
            default:
                Paragraph(text);
                break;
        }
    }

    protected override void Group(Block.Group group)
    {
        if (group.Convention == Convention.DefinitionList)
        {
            Definitions(group.Items);
            return;
        }

        foreach (Item item in group.Items)
        {
            One(group, item);
            Next++;
        }

        if (group.Convention == Convention.AnswerKey)
        {
            Out.Append('\n');
        }
    }

    protected override void Key(List<(int Number, Item Item, string Noun)> key)
    {
        Heading(2, Site.Look % 2 == 0 ? "Answers" : "Answer key");
        foreach ((int number, Item item, _) in key)
        {
            Out.Append(number.ToString(CultureInfo.InvariantCulture)).Append(". ");
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
                    Out.Append("$$").Append(part.Text).Append("$$\n\n");
                    break;
                default:
                    Paragraph(part.Text);
                    break;
            }
        }
    }

    protected override void Inline(string text)
    {
        foreach (char c in text)
        {
            switch (c)
            {
                case '«' or '»':
                    Out.Append('$');
                    break;
                case '‹' or '›':
                    Out.Append('*');
                    break;
                case '$':
                    Out.Append(Site.Look == 2 ? "\\$" : "$");
                    break;
                default:
                    Out.Append(c);
                    break;
            }
        }
    }

    private void One(Block.Group group, Item item)
    {
        string number = Next.ToString(CultureInfo.InvariantCulture);
        switch (group.Convention)
        {
            case Convention.AnswerKey:
                Out.Append(number).Append(". ");
                QuestionAfterLabel(item, () => Out.Append("\n\n"));
                break;
            case Convention.Elements or Convention.ProblemSolution:
                Out.Append("### ").Append(group.Noun).Append(' ').Append(number).Append("\n\n");
                Question(item);
                if (!item.Unanswered)
                {
                    Out.Append(group.Convention == Convention.Elements ? "#### " : "**").Append(Site.AnswerNoun).Append(group.Convention == Convention.Elements ? "\n\n" : "**\n\n");
                    Answer(item);
                }

                break;
            case Convention.Details when group.Noun == "Question":
                Out.Append("<details>\n<summary>");
                QuestionAfterLabel(item, () => Out.Append("</summary>\n\n"));
                if (!item.Unanswered)
                {
                    Answer(item);
                }

                Out.Append("</details>\n\n");
                break;
            case Convention.Details:
                Out.Append("**").Append(number).Append(".** ");
                QuestionAfterLabel(item, () => Out.Append("\n\n"));
                if (!item.Unanswered)
                {
                    Out.Append("<details>\n<summary>").Append(Site.AnswerNoun).Append("</summary>\n\n");
                    Answer(item);
                    Out.Append("</details>\n\n");
                }

                break;
            case Convention.QuestionHeading or Convention.Thread:
                Out.Append("## ");
                QuestionAfterLabel(item, () => Out.Append("\n\n"));
                if (!item.Unanswered)
                {
                    Answer(item);
                }

                break;
            case Convention.QaLines:
                Out.Append(Site.Look % 2 == 0 ? "**Q:** " : "Q: ");
                QuestionAfterLabel(item, () => Out.Append("\n\n"));
                if (!item.Unanswered)
                {
                    Out.Append(Site.Look % 2 == 0 ? "**A:** " : "A: ");
                    AnswerAfterLabel(item, () => Out.Append("\n\n"));
                }

                break;
            case Convention.Exam:
                Out.Append("### ").Append(number).Append(". ");
                QuestionAfterLabel(item, () => Out.Append("\n\n"));
                if (!item.Unanswered)
                {
                    Answer(item);
                }

                break;
            default:
                Out.Append("**").Append(group.Noun).Append(' ').Append(number).Append(".** ");
                QuestionAfterLabel(item, () => Out.Append("\n\n"));
                if (!item.Unanswered)
                {
                    Out.Append(Site.Look % 2 == 0 ? "**" : "*").Append(Site.AnswerNoun).Append(Site.Look % 2 == 0 ? ".** " : ":* ");
                    AnswerAfterLabel(item, () => Out.Append("\n\n"));
                }

                break;
        }
    }
}
