using System.Globalization;

namespace Caudata.Corpora.World;

/// <summary>CNXML and PreTeXt: the XML of open textbooks.</summary>
internal sealed class XmlWriter(Page page, Site site, Pen pen) : PageWriter(page, site, pen)
{
    private int _id, _open;

    private bool PreTeXt => Site.PreTeXt;

    private string Para => PreTeXt ? "p" : "para";

    protected override void Open()
    {
        Out.Append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        if (PreTeXt)
        {
            Out.Append("<section xml:id=\"sec-").Append(Site.Name.Replace('.', '-')).Append("\">\n<title>");
            Inline(Page.Title);
            Out.Append("</title>\n");
        }
        else
        {
            Out.Append("<document xmlns=\"http://cnx.rice.edu/cnxml\" xmlns:m=\"http://www.w3.org/1998/Math/MathML\">\n<title>");
            Inline(Page.Title);
            Out.Append("</title>\n<metadata xmlns:md=\"http://cnx.rice.edu/mdml\"><md:content-id>m").Append(Pen.Int(10000, 99999).ToString(CultureInfo.InvariantCulture)).Append("</md:content-id></metadata>\n<content>\n");
        }
    }

    protected override void Close()
    {
        EndSection();
        Out.Append(PreTeXt ? "</section>\n" : "</content>\n</document>\n");
    }

    protected override void Heading(int level, string text)
    {
        EndSection();
        Out.Append(PreTeXt ? "<subsection>\n<title>" : "<section id=\"s" + Id() + "\">\n<title>");
        Inline(text);
        Out.Append("</title>\n");
        _open = 1;
    }

    protected override void Paragraph(string text)
    {
        OpenPara();
        Inline(text);
        Out.Append("</").Append(Para).Append(">\n");
    }

    protected override void Bullets(bool ordered, List<string> items)
    {
        if (PreTeXt)
        {
            Out.Append(ordered ? "<p><ol>\n" : "<p><ul>\n");
            foreach (string item in items)
            {
                Out.Append("<li><p>");
                Inline(item);
                Out.Append("</p></li>\n");
            }

            Out.Append(ordered ? "</ol></p>\n" : "</ul></p>\n");
            return;
        }

        Out.Append("<list id=\"l").Append(Id()).Append(ordered ? "\" list-type=\"enumerated\">\n" : "\" list-type=\"bulleted\">\n");
        foreach (string item in items)
        {
            Out.Append("<item>");
            Inline(item);
            Out.Append("</item>\n");
        }

        Out.Append("</list>\n");
    }

    protected override void Code(string language, string text)
    {
        Out.Append(PreTeXt ? "<program language=\"" + language + "\"><input>\n" : "<code display=\"block\" lang=\"" + language + "\">");
        HtmlWriter.Escape(text, Out);
        Out.Append(PreTeXt ? "\n</input></program>\n" : "</code>\n");
    }

    protected override void Table(string rows)
    {
        string[] lines = rows.Split('\n');
        if (PreTeXt)
        {
            Out.Append("<tabular>\n");
            foreach (string line in lines)
            {
                Out.Append("<row>");
                foreach (string cell in line.Split('\t'))
                {
                    Out.Append("<cell>");
                    Inline(cell);
                    Out.Append("</cell>");
                }

                Out.Append("</row>\n");
            }

            Out.Append("</tabular>\n");
            return;
        }

        Out.Append("<table id=\"t").Append(Id()).Append("\" summary=\"\"><tgroup cols=\"").Append(lines[0].Split('\t').Length.ToString(CultureInfo.InvariantCulture)).Append("\"><tbody>\n");
        foreach (string line in lines)
        {
            Out.Append("<row>");
            foreach (string cell in line.Split('\t'))
            {
                Out.Append("<entry>");
                Inline(cell);
                Out.Append("</entry>");
            }

            Out.Append("</row>\n");
        }

        Out.Append("</tbody></tgroup></table>\n");
    }

    protected override void Figure(string caption)
    {
        Out.Append(PreTeXt ? "<figure>" : "<figure id=\"f" + Id() + "\">");
        if (PreTeXt)
        {
            Out.Append("<caption>");
            Inline(caption);
            Out.Append("</caption><image source=\"fig\"/></figure>\n");
            return;
        }

        Out.Append("<media id=\"m").Append(Id()).Append("\" alt=\"\"><image mime-type=\"image/png\" src=\"fig.png\"/></media><caption>");
        Inline(caption);
        Out.Append("</caption></figure>\n");
    }

    protected override void Definitions(List<Item> items)
    {
        if (!PreTeXt)
        {
            Out.Append("<note id=\"n").Append(Id()).Append("\"><title>Key terms</title>\n");
        }

        foreach (Item item in items)
        {
            Out.Append(PreTeXt ? "<definition><statement><p>A <term>" : "<definition id=\"d" + Id() + "\"><term>");
            int start = Out.Length;
            Inline(item.Question[0].Text);
            item.QuestionSpan = new TextSpan(start, Out.Length);
            Out.Append(PreTeXt ? "</term>: " : "</term><meaning id=\"g" + Id() + "\">");
            start = Out.Length;
            Inline(item.Answer[0].Text);
            item.AnswerSpan = new TextSpan(start, Out.Length);
            Out.Append(PreTeXt ? "</p></statement></definition>\n" : "</meaning></definition>\n");
        }

        if (!PreTeXt)
        {
            Out.Append("</note>\n");
        }
    }

    protected override void Injection(string text, int place)
    {
        if (place <= 1)
        {
            Out.Append("<!-- ").Append(text.Replace("--", "-", StringComparison.Ordinal)).Append(" -->\n");
        }
        else
        {
            Paragraph(text);
        }
    }

    protected override void Group(Block.Group group)
    {
        if (group.Convention == Convention.DefinitionList)
        {
            foreach (Item item in group.Items)
            {
                WriteExercise(item, true);
            }

            return;
        }

        if (PreTeXt)
        {
            Out.Append("<exercises>\n");
        }

        foreach (Item item in group.Items)
        {
            WriteExercise(item, group.Convention != Convention.AnswerKey);
            Next++;
        }

        if (PreTeXt)
        {
            Out.Append("</exercises>\n");
        }
    }

    protected override void Key(List<(int Number, Item Item, string Noun)> key)
    {
        EndSection();
        Out.Append(PreTeXt ? "<subsection>\n<title>Answers</title>\n<p><ol>\n" : "<section id=\"s" + Id() + "\" class=\"answer-key\">\n<title>Answers</title>\n<list id=\"l" + Id() + "\" list-type=\"enumerated\">\n");
        int last = 0;
        foreach ((int number, Item item, _) in key)
        {
            for (; last + 1 < number; last++)
            {
                Out.Append(PreTeXt ? "<li><p/></li>\n" : "<item/>\n");
            }

            Out.Append(PreTeXt ? "<li>" : "<item>");
            Answer(item);
            Out.Append(PreTeXt ? "</li>\n" : "</item>\n");
            last = number;
        }

        Out.Append(PreTeXt ? "</ol></p>\n" : "</list>\n");
        _open = 1;
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
                    if (PreTeXt)
                    {
                        Out.Append("<p><me>");
                        HtmlWriter.Escape(part.Text, Out);
                        Out.Append("</me></p>\n");
                    }
                    else
                    {
                        OpenPara();
                        MathMl.Write(part.Text, Out);
                        Out.Append("</para>\n");
                    }

                    break;
                default:
                    Paragraph(part.Text);
                    break;
            }
        }
    }

    protected override void Inline(string text)
    {
        bool code = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '«':
                    int end = text.IndexOf('»', i);
                    if (PreTeXt)
                    {
                        Out.Append("<m>");
                        HtmlWriter.Escape(text[(i + 1)..end], Out);
                        Out.Append("</m>");
                    }
                    else
                    {
                        MathMl.Write(text.AsSpan(i + 1, end - i - 1), Out);
                    }

                    i = end;
                    break;
                case '`':
                    code = !code;
                    Out.Append(code ? PreTeXt ? "<c>" : "<code>" : PreTeXt ? "</c>" : "</code>");
                    break;
                case '‹':
                    Out.Append(PreTeXt ? "<em>" : "<emphasis effect=\"italics\">");
                    break;
                case '›':
                    Out.Append(PreTeXt ? "</em>" : "</emphasis>");
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

    private void WriteExercise(Item item, bool answer)
    {
        Out.Append(PreTeXt ? "<exercise>\n<statement>\n" : "<exercise id=\"e" + Id() + "\">\n<problem id=\"p" + Id() + "\">\n");
        Question(item);
        Out.Append(PreTeXt ? "</statement>\n" : "</problem>\n");
        if (answer && !item.Unanswered)
        {
            string tag = PreTeXt && Site.Look % 2 == 1 ? "answer" : "solution";
            Out.Append('<').Append(tag).Append(PreTeXt ? ">\n" : " id=\"a" + Id() + "\">\n");
            Answer(item);
            Out.Append("</").Append(tag).Append(">\n");
        }

        Out.Append("</exercise>\n");
    }

    private void OpenPara()
    {
        Out.Append(PreTeXt ? "<p>" : "<para id=\"x");
        if (!PreTeXt)
        {
            Out.Append(Id()).Append("\">");
        }
    }

    private void EndSection()
    {
        if (_open > 0)
        {
            Out.Append(PreTeXt ? "</subsection>\n" : "</section>\n");
            _open = 0;
        }
    }

    private string Id() => (++_id).ToString(CultureInfo.InvariantCulture);
}
