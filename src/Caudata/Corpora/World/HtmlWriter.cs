using System.Globalization;

namespace Caudata.Corpora.World;

/// <summary>HTML in six looks, from a full page with navigation and cookie banner to attribute-less fragments.</summary>
internal sealed class HtmlWriter(Page page, Site site, Pen pen) : PageWriter(page, site, pen)
{
    private bool FullPage => Site.Look is 0 or 1 or 2 or 4;

    public static void Escape(string text, System.Text.StringBuilder to)
    {
        foreach (char c in text)
        {
            switch (c)
            {
                case '<':
                    to.Append("&lt;");
                    break;
                case '>':
                    to.Append("&gt;");
                    break;
                case '&':
                    to.Append("&amp;");
                    break;
                case '"':
                    to.Append("&quot;");
                    break;
                default:
                    to.Append(c);
                    break;
            }
        }
    }

    protected override void Open()
    {
        if (!FullPage)
        {
            Tag("h1", Page.Title);
            return;
        }

        Out.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
        Escape(Page.Title, Out);
        Out.Append(" | ").Append(Site.Title).Append("</title>\n");
        if (Site.Look == 0)
        {
            Out.Append("<link rel=\"stylesheet\" href=\"/assets/site.css\">\n<script>window.dataLayer = window.dataLayer || []; function track(e) { if (e && dataLayer.length < 50) { dataLayer.push(e); } }</script>\n");
        }
        else if (Site.Look == 4)
        {
            Out.Append("<style>body { font: 1rem/1.5 serif; max-width: 44em } .sol { background: #f6f6f0 }</style>\n");
        }

        Out.Append("</head>\n<body>\n");
        if (Site.Look is 0 or 2)
        {
            Out.Append("<div class=\"cookie-banner\" role=\"dialog\"><p>").Append(Site.Footer[2]).Append("</p><button>Accept all</button> <button>Settings</button></div>\n");
        }

        Out.Append(Site.Look == 1 ? "<table><tr><td>" : "<nav><ul>");
        foreach (string entry in Site.Navigation)
        {
            Out.Append(Site.Look == 1 ? "<a href=\"#\">" : "<li><a href=\"/").Append(Site.Look == 1 ? "" : entry.ToLowerInvariant().Replace(' ', '-') + "\">").Append(entry).Append(Site.Look == 1 ? "</a> | " : "</a></li>");
        }

        Out.Append(Site.Look == 1 ? "</td></tr></table>\n" : "</ul></nav>\n");
        Out.Append(Site.Look is 0 or 2 ? "<main id=\"content\">\n" : "<div class=\"page\">\n");
        Tag("h1", Page.Title);
    }

    protected override void Close()
    {
        if (!FullPage)
        {
            return;
        }

        Out.Append(Site.Look is 0 or 2 ? "</main>\n" : "</div>\n");
        if (Site.Look == 0)
        {
            Out.Append("<aside><h4>Related pages</h4><ul>");
            for (int i = 0; i < 3; i++)
            {
                Out.Append("<li><a href=\"/r/").Append(Pen.Int(100, 9999).ToString(CultureInfo.InvariantCulture)).Append("\">").Append(Pen.Pick<string>(Site.Navigation)).Append("</a></li>");
            }

            Out.Append("</ul></aside>\n");
        }

        Out.Append("<footer><p>").Append(Site.Footer[0]).Append("</p><p>").Append(Site.Footer[1]).Append("</p></footer>\n</body>\n</html>\n");
    }

    protected override void Heading(int level, string text) => Tag(level switch { 1 => "h1", 2 => "h2", 3 => "h3", _ => "h4" }, text);

    protected override void Paragraph(string text)
    {
        if (Site.Look == 5)
        {
            Out.Append("<p>"); // the end tag may be left out, and old pages do
            Inline(text);
            Out.Append('\n');
            return;
        }

        Tag("p", text);
    }

    protected override void Bullets(bool ordered, List<string> items)
    {
        Out.Append(ordered ? "<ol>\n" : "<ul>\n");
        foreach (string item in items)
        {
            Tag("li", item);
        }

        Out.Append(ordered ? "</ol>\n" : "</ul>\n");
    }

    protected override void Code(string language, string text)
    {
        Out.Append("<pre><code");
        if (Site.Look is 0 or 2)
        {
            Out.Append(" class=\"language-").Append(language).Append('"');
        }

        Out.Append('>');
        Escape(text, Out);
        Out.Append("</code></pre>\n");
    }

    protected override void Table(string rows)
    {
        Out.Append("<table>\n");
        bool head = true;
        foreach (string row in rows.Split('\n'))
        {
            Out.Append("<tr>");
            foreach (string cell in row.Split('\t'))
            {
                Out.Append(head ? "<th>" : "<td>");
                Inline(cell);
                Out.Append(head ? "</th>" : "</td>");
            }

            Out.Append("</tr>\n");
            head = false;
        }

        Out.Append("</table>\n");
    }

    protected override void Figure(string caption)
    {
        Out.Append("<figure><img src=\"/media/").Append(Pen.Int(1000, 99999).ToString(CultureInfo.InvariantCulture)).Append(".png\" alt=\"\"><figcaption>");
        Inline(caption);
        Out.Append("</figcaption></figure>\n");
    }

    protected override void Definitions(List<Item> items)
    {
        Out.Append("<dl>\n");
        foreach (Item item in items)
        {
            Out.Append("<dt>");
            QuestionInline(item);
            Out.Append("</dt>\n<dd>");
            AnswerInline(item);
            Out.Append("</dd>\n");
        }

        Out.Append("</dl>\n");
    }

    protected override void Injection(string text, int place)
    {
        switch (place)
        {
            case 0:
                Out.Append("<!-- ").Append(text.Replace("--", "-", StringComparison.Ordinal)).Append(" -->\n");
                break;
            case 1:
                Out.Append("<img src=\"/media/spacer.gif\" alt=\"");
                Escape(text, Out);
                Out.Append("\">\n");
                break;
            case 2:
                Out.Append("<p style=\"display:none\">");
                Escape(text, Out);
                Out.Append("</p>\n");
                break;
            default:
                Paragraph(text);
                break;
        }
    }

    protected override void Group(Block.Group group)
    {
        switch (group.Convention)
        {
            case Convention.AnswerKey:
                Out.Append("<ol start=\"").Append(Next.ToString(CultureInfo.InvariantCulture)).Append("\">\n");
                foreach (Item item in group.Items)
                {
                    Out.Append("<li>");
                    QuestionInline(item);
                    Out.Append("</li>\n");
                    Next++;
                }

                Out.Append("</ol>\n");
                return;
            case Convention.DefinitionList:
                Definitions(group.Items);
                return;
        }

        foreach (Item item in group.Items)
        {
            One(group, item);
            Next++;
        }
    }

    protected override void Key(List<(int Number, Item Item, string Noun)> key)
    {
        Tag("h2", Site.Look % 2 == 0 ? "Answers" : "Answers to the " + key[0].Noun.ToLowerInvariant() + "s");
        Out.Append("<ol>\n");
        int last = 0;
        foreach ((int number, Item item, _) in key)
        {
            Out.Append("<li");
            if (number != last + 1)
            {
                Out.Append(" value=\"").Append(number.ToString(CultureInfo.InvariantCulture)).Append('"');
            }

            Out.Append('>');
            AnswerInline(item);
            Out.Append("</li>\n");
            last = number;
        }

        Out.Append("</ol>\n");
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
                    Out.Append("<p>\\[");
                    Escape(part.Text, Out);
                    Out.Append("\\]</p>\n");
                    break;
                default:
                    Tag("p", part.Text);
                    break;
            }
        }
    }

    protected override void Inline(string text)
    {
        bool code = false;
        foreach (char c in text)
        {
            switch (c)
            {
                case '«':
                    Out.Append(Site.Look == 3 ? "$" : "\\(");
                    break;
                case '»':
                    Out.Append(Site.Look == 3 ? "$" : "\\)");
                    break;
                case '`':
                    code = !code;
                    Out.Append(code ? "<code>" : "</code>");
                    break;
                case '‹':
                    Out.Append("<em>");
                    break;
                case '›':
                    Out.Append("</em>");
                    break;
                case '<':
                    Out.Append("&lt;");
                    break;
                case '>':
                    Out.Append("&gt;");
                    break;
                case '&':
                    Out.Append("&amp;");
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
            case Convention.Elements:
                Out.Append("<div data-type=\"exercise\" id=\"ex-").Append(number).Append("\">\n<div data-type=\"problem\">\n");
                Question(item);
                Out.Append("</div>\n");
                if (!item.Unanswered)
                {
                    Out.Append("<div data-type=\"solution\">\n");
                    Answer(item);
                    Out.Append("</div>\n");
                }

                Out.Append("</div>\n");
                break;
            case Convention.ProblemSolution:
                Out.Append("<div class=\"problem\">\n<h4>").Append(group.Noun).Append(' ').Append(number).Append("</h4>\n");
                Question(item);
                Out.Append("</div>\n");
                if (!item.Unanswered)
                {
                    Out.Append("<div class=\"").Append(Site.Look == 4 ? "sol" : "solution").Append("\">\n<h5>").Append(Site.AnswerNoun).Append("</h5>\n");
                    Answer(item);
                    Out.Append("</div>\n");
                }

                break;
            case Convention.Details:
                if (group.Noun == "Question")
                {
                    Out.Append("<details>\n<summary>");
                    QuestionInline(item);
                    Out.Append("</summary>\n");
                    if (!item.Unanswered)
                    {
                        Answer(item);
                    }

                    Out.Append("</details>\n");
                    break;
                }

                Out.Append("<div>\n<p><b>").Append(number).Append(".</b> ");
                QuestionAfterLabel(item, () => Out.Append("</p>\n"));
                if (!item.Unanswered)
                {
                    Out.Append("<details><summary>Show ").Append(Site.AnswerNoun.ToLowerInvariant()).Append("</summary>\n");
                    Answer(item);
                    Out.Append("</details>\n");
                }

                Out.Append("</div>\n");
                break;
            case Convention.QuestionHeading:
                Out.Append(Site.Look % 2 == 0 ? "<h3>" : "<h2>");
                QuestionInline(item);
                Out.Append(Site.Look % 2 == 0 ? "</h3>\n" : "</h2>\n");
                if (!item.Unanswered)
                {
                    Answer(item);
                }

                break;
            case Convention.QaLines:
                Out.Append("<p><b>Q:</b> ");
                QuestionAfterLabel(item, () => Out.Append("</p>\n"));
                if (!item.Unanswered)
                {
                    Out.Append("<p><b>A:</b> ");
                    AnswerAfterLabel(item, () => Out.Append("</p>\n"));
                }

                break;
            case Convention.Thread:
                Out.Append("<div class=\"question\"><span class=\"vote-count\">").Append(Pen.Int(0, 60).ToString(CultureInfo.InvariantCulture)).Append("</span>\n<div class=\"post-text\">\n");
                Question(item);
                Out.Append("</div>\n<p class=\"meta\">asked by ").Append(Pen.Say("<surname>")).Append("</p></div>\n");
                if (!item.Unanswered)
                {
                    Out.Append("<h2>1 Answer</h2>\n<div class=\"answer accepted-answer\"><span class=\"vote-count\">").Append(Pen.Int(1, 90).ToString(CultureInfo.InvariantCulture)).Append("</span>\n<div class=\"post-text\">\n");
                    Answer(item);
                    Out.Append("</div>\n<p class=\"meta\">answered by ").Append(Pen.Say("<surname>")).Append("</p></div>\n");
                }

                break;
            case Convention.Exam:
                Out.Append("<p><strong>").Append(Pen.Say("Interviewer")).Append(":</strong> ");
                QuestionAfterLabel(item, () => Out.Append("</p>\n"));
                if (!item.Unanswered)
                {
                    Out.Append("<p><strong>").Append(Site.Footer[3]).Append(":</strong> ");
                    AnswerAfterLabel(item, () => Out.Append("</p>\n"));
                }

                break;
            default:
                Out.Append("<p><strong>").Append(group.Noun).Append(' ').Append(number).Append(".</strong> ");
                QuestionAfterLabel(item, () => Out.Append("</p>\n"));
                if (!item.Unanswered)
                {
                    Out.Append("<p><strong>").Append(Site.AnswerNoun).Append(Site.Look % 2 == 0 ? ".</strong> " : ":</strong> ");
                    AnswerAfterLabel(item, () => Out.Append("</p>\n"));
                }

                break;
        }
    }

    private void QuestionInline(Item item)
    {
        int start = Out.Length;
        FirstInline(item.Question);
        item.QuestionSpan = Trimmed(start, Out.Length);
    }

    private void AnswerInline(Item item)
    {
        int start = Out.Length;
        FirstInline(item.Answer);
        item.AnswerSpan = Trimmed(start, Out.Length);
    }

    private void FirstInline(List<Part> parts)
    {
        if (parts is [{ Kind: PartKind.Text }])
        {
            Inline(parts[0].Text);
        }
        else
        {
            Parts(parts);
        }
    }

    private void Tag(string tag, string text)
    {
        Out.Append('<').Append(tag).Append('>');
        Inline(text);
        Out.Append("</").Append(tag).Append(">\n");
    }
}
