using System.Globalization;

namespace Caudata.Corpora.World;

/// <summary>LaTeX: exercise and solution environments, the exam class, run-in labels, answer sections.</summary>
internal sealed class LatexWriter(Page page, Site site, Pen pen) : PageWriter(page, site, pen)
{
    private bool Standalone => Site.Look is 0 or 1 or 2;

    private string Environment => Site.Look switch { 0 => "exercise", 1 => "problem", 2 => "exercise", 3 => "example", 4 => "ex", _ => "question" };

    private string AnswerEnvironment => Site.Look switch { 1 => "answer", 3 => "solution", 4 => "sol", _ => "solution" };

    protected override void Open()
    {
        if (!Standalone)
        {
            Heading(1, Page.Title);
            return;
        }

        Out.Append("\\documentclass[11pt]{").Append(Site.Exercises == Convention.Exam ? "exam" : "article").Append("}\n\\usepackage{amsmath,amsthm,graphicx}\n");
        if (Site.Look == 0)
        {
            Out.Append("\\newtheorem{exercise}{Exercise}\n\\newenvironment{solution}{\\begin{proof}[Solution]}{\\end{proof}}\n");
        }

        Out.Append("\\title{");
        Inline(Page.Title);
        Out.Append("}\n\\author{").Append(Site.Title).Append("}\n\\begin{document}\n\\maketitle\n\n");
    }

    protected override void Close()
    {
        if (Site.Look == 1)
        {
            Out.Append("% ").Append(Site.Footer[1]).Append('\n');
        }

        if (Standalone)
        {
            Out.Append("\\end{document}\n");
        }
    }

    protected override void Heading(int level, string text)
    {
        Out.Append(level switch { 1 => "\\section{", 2 => "\\subsection{", _ => "\\subsubsection*{" });
        Inline(text);
        Out.Append("}\n\n");
    }

    protected override void Paragraph(string text)
    {
        Inline(text);
        Out.Append("\n\n");
    }

    protected override void Bullets(bool ordered, List<string> items)
    {
        Out.Append(ordered ? "\\begin{enumerate}\n" : "\\begin{itemize}\n");
        foreach (string item in items)
        {
            Out.Append("\\item ");
            Inline(item);
            Out.Append('\n');
        }

        Out.Append(ordered ? "\\end{enumerate}\n\n" : "\\end{itemize}\n\n");
    }

    protected override void Code(string language, string text) => Out.Append("\\begin{verbatim}\n").Append(text).Append("\n\\end{verbatim}\n\n");

    protected override void Table(string rows)
    {
        string[] lines = rows.Split('\n');
        Out.Append("\\begin{tabular}{").Insert(Out.Length, "l", lines[0].Split('\t').Length).Append("}\n\\hline\n");
        for (int i = 0; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split('\t');
            for (int j = 0; j < cells.Length; j++)
            {
                Out.Append(j == 0 ? "" : " & ");
                Inline(cells[j]);
            }

            Out.Append(i == 0 ? " \\\\ \\hline\n" : " \\\\\n");
        }

        Out.Append("\\hline\n\\end{tabular}\n\n");
    }

    protected override void Figure(string caption)
    {
        Out.Append("\\begin{figure}[ht]\n\\centering\n\\includegraphics[width=.6\\textwidth]{fig").Append(Pen.Int(1, 99).ToString(CultureInfo.InvariantCulture)).Append("}\n\\caption{");
        Inline(caption);
        Out.Append("}\n\\end{figure}\n\n");
    }

    protected override void Definitions(List<Item> items)
    {
        Out.Append("\\begin{description}\n");
        foreach (Item item in items)
        {
            Out.Append("\\item[");
            int start = Out.Length;
            Inline(item.Question[0].Text);
            item.QuestionSpan = new TextSpan(start, Out.Length);
            Out.Append("] ");
            AnswerAfterLabel(item, () => Out.Append('\n'));
        }

        Out.Append("\\end{description}\n\n");
    }

    protected override void Injection(string text, int place)
    {
        if (place <= 1)
        {
            Out.Append("% ").Append(text).Append('\n');
        }
        else if (place == 2)
        {
            Out.Append("{\\color{white}\\tiny ");
            Inline(text);
            Out.Append("}\n\n");
        }
        else
        {
            Paragraph(text);
        }
    }

    protected override void Group(Block.Group group)
    {
        switch (group.Convention)
        {
            case Convention.AnswerKey:
                Out.Append("\\begin{enumerate}\n");
                if (Next > 1)
                {
                    Out.Append("\\setcounter{enumi}{").Append((Next - 1).ToString(CultureInfo.InvariantCulture)).Append("}\n");
                }

                foreach (Item item in group.Items)
                {
                    Out.Append("\\item ");
                    QuestionAfterLabel(item, () => Out.Append('\n'));
                    Next++;
                }

                Out.Append("\\end{enumerate}\n\n");
                return;
            case Convention.DefinitionList:
                Definitions(group.Items);
                return;
            case Convention.Exam when group.Noun != "Question":
                Out.Append("\\begin{questions}\n");
                foreach (Item item in group.Items)
                {
                    Out.Append("\\question");
                    if (Site.Look == 0)
                    {
                        Out.Append('[').Append(Pen.Int(1, 10).ToString(CultureInfo.InvariantCulture)).Append(']');
                    }

                    Out.Append(' ');
                    QuestionAfterLabel(item, () => Out.Append('\n'));
                    if (!item.Unanswered)
                    {
                        Out.Append("\\begin{solution}\n");
                        Answer(item);
                        Out.Append("\\end{solution}\n");
                    }

                    Out.Append('\n');
                    Next++;
                }

                Out.Append("\\end{questions}\n\n");
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
        Out.Append(Site.Look % 2 == 0 ? "\\section*{Answers}\n" : "\\section*{Solutions to " + key[0].Noun.ToLowerInvariant() + "s}\n").Append("\\begin{enumerate}\n");
        int last = 0;
        foreach ((int number, Item item, _) in key)
        {
            if (number != last + 1)
            {
                Out.Append("\\setcounter{enumi}{").Append((number - 1).ToString(CultureInfo.InvariantCulture)).Append("}\n");
            }

            Out.Append("\\item ");
            AnswerAfterLabel(item, () => Out.Append('\n'));
            last = number;
        }

        Out.Append("\\end{enumerate}\n\n");
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
                    Out.Append("\\[ ").Append(part.Text).Append(" \\]\n\n");
                    break;
                default:
                    Inline(part.Text);
                    Out.Append('\n');
                    break;
            }
        }
    }

    protected override void Inline(string text)
    {
        bool math = false, code = false, open = true;
        foreach (char c in text)
        {
            switch (c)
            {
                case '«' or '»':
                    math = c == '«';
                    Out.Append('$');
                    break;
                case '`':
                    code = !code;
                    Out.Append(code ? "\\texttt{" : "}");
                    break;
                case '‹':
                    Out.Append("\\emph{");
                    break;
                case '›':
                    Out.Append('}');
                    break;
                case '"':
                    Out.Append(open ? "``" : "''");
                    open = !open;
                    break;
                case '$' or '&' or '#' when !math:
                    Out.Append('\\').Append(c);
                    break;
                case '%':
                    Out.Append("\\%");
                    break;
                case '_' or '{' or '}' when !math:
                    Out.Append('\\').Append(c);
                    break;
                case '^' when !math:
                    Out.Append("\\^{}");
                    break;
                case '\\' when !math:
                    Out.Append("\\textbackslash{}");
                    break;
                case '×' when !math:
                    Out.Append("$\\times$");
                    break;
                case '÷' when !math:
                    Out.Append("$\\div$");
                    break;
                case '<' or '>' when !math:
                    Out.Append('$').Append(c).Append('$');
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
            case Convention.Elements or Convention.ProblemSolution or Convention.Exam when group.Noun != "Question":
                Out.Append("\\begin{").Append(Environment).Append('}');
                if (Site.Look == 2)
                {
                    Out.Append("\\label{ex:").Append(number).Append('}');
                }

                Out.Append('\n');
                Question(item);
                Out.Append("\\end{").Append(Environment).Append("}\n");
                if (!item.Unanswered)
                {
                    Out.Append("\\begin{").Append(AnswerEnvironment).Append("}\n");
                    Answer(item);
                    Out.Append("\\end{").Append(AnswerEnvironment).Append("}\n");
                }

                Out.Append('\n');
                break;
            case Convention.QuestionHeading or Convention.Thread or Convention.Details:
                Out.Append(Site.Look % 2 == 0 ? "\\paragraph{" : "\\subsection*{");
                int start = Out.Length;
                Inline(item.Question[0].Text);
                Out.Append("}\n");
                Parts(item.Question[1..]);
                item.QuestionSpan = new TextSpan(start, Out.Length - (item.Question.Count > 1 ? 1 : 2));
                if (!item.Unanswered)
                {
                    Answer(item);
                }

                Out.Append('\n');
                break;
            case Convention.QaLines or Convention.Exam:
                Out.Append("\\noindent\\textbf{Q:} ");
                QuestionAfterLabel(item, () => Out.Append("\n\n"));
                if (!item.Unanswered)
                {
                    Out.Append("\\noindent\\textbf{A:} ");
                    AnswerAfterLabel(item, () => Out.Append("\n\n"));
                }

                break;
            default:
                Out.Append("\\textbf{").Append(group.Noun).Append(' ').Append(number).Append(".} ");
                QuestionAfterLabel(item, () => Out.Append("\n\n"));
                if (!item.Unanswered)
                {
                    Out.Append(Site.Look % 2 == 0 ? "\\textit{" : "\\textbf{").Append(Site.AnswerNoun).Append(".} ");
                    AnswerAfterLabel(item, () => Out.Append("\n\n"));
                }

                break;
        }
    }
}
