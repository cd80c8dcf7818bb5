namespace Caudata.Corpora;

public static partial class PlainText
{
    private static void FromLatex(ReadOnlySpan<char> text, ref LineWriter line)
    {
        var begin = text.IndexOf("\\begin{document}");
        if (begin >= 0)
        {
            text = text[(begin + 16)..];
        }

        while (!text.IsEmpty)
        {
            var i = text.IndexOfAny(LatexMarks);
            if (i < 0)
            {
                line.Words(text);
                return;
            }

            line.Words(text[..i]);
            text = text[i..];
            var used = 1;
            switch (text[0])
            {
                case '%':
                    var end = text.IndexOf('\n');
                    used = end < 0 ? text.Length : end + 1;
                    break;
                case '\n':
                    var blank = 1;
                    var breaks = 1;
                    while (blank < text.Length && text[blank] is ' ' or '\t' or '\r' or '\n')
                    {
                        breaks += text[blank] == '\n' ? 1 : 0;
                        blank++;
                    }

                    if (breaks > 1)
                    {
                        line.Break(2);
                    }
                    else
                    {
                        line.Space();
                    }

                    used = blank;
                    break;
                case '$':
                    var dollars = text.StartsWith("$$") ? "$$" : "$";
                    var close = text[dollars.Length..].IndexOf(dollars);
                    used = close < 0 ? dollars.Length : close + (2 * dollars.Length);
                    line.Words(text[..used]);
                    break;
                case '~' or '&':
                    line.Space();
                    break;
                case '`' or '\'' when text.Length > 1 && text[1] == text[0]:
                    line.Put('"');
                    used = 2;
                    break;
                case '`' or '\'':
                    line.Put('\'');
                    break;
                case '\\':
                    used = LatexCommand(text, ref line);
                    break;
            }

            text = text[used..];
        }
    }

    /// <summary>Handles what a backslash starts; gives the code units used.</summary>
    private static int LatexCommand(ReadOnlySpan<char> text, ref LineWriter line)
    {
        if (text.Length < 2)
        {
            return 1;
        }

        var c = text[1];
        if (c is '(' or '[')
        {
            var close = text.IndexOf(c == '(' ? "\\)" : "\\]");
            var length = close < 0 ? 2 : close + 2;
            line.Words(text[..length]);
            return length;
        }

        if (!char.IsAsciiLetter(c))
        {
            if (c == '\\')
            {
                line.Break(1);
            }
            else if (c is '%' or '$' or '&' or '#' or '_' or '{' or '}')
            {
                line.Put(c);
            }
            else if (c is ' ' or ',' or ';' or '~')
            {
                line.Space();
            }

            return 2;
        }

        var end = 2;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        var name = text[1..end];
        if (end < text.Length && text[end] == '*')
        {
            end++;
        }

        if (name is "begin" or "end")
        {
            if (end < text.Length && text[end] == '{')
            {
                var close = text[end..].IndexOf('}');
                var environment = close < 0 ? [] : text[(end + 1)..(end + close)];
                end += close < 0 ? 1 : close + 1;
                if (name is "begin" && environment is "equation" or "equation*" or "align" or "align*" or "gather" or "gather*" or "multline" or "multline*" or "eqnarray" or "eqnarray*" or "displaymath" or "math" or "verbatim" or "lstlisting" or "minted")
                {
                    Span<char> closing = stackalloc char[environment.Length + 6];
                    "\\end{".CopyTo(closing);
                    environment.CopyTo(closing[5..]);
                    closing[^1] = '}';
                    var stop = text[end..].IndexOf(closing);
                    if (stop >= 0)
                    {
                        line.Break(1);
                        var body = text[end..(end + stop)];
                        if (environment is "verbatim" or "lstlisting" or "minted")
                        {
                            foreach (var raw in body.EnumerateLines())
                            {
                                line.Verbatim(raw.TrimEnd());
                                line.Break(1);
                            }
                        }
                        else
                        {
                            line.Words(body);
                        }

                        line.Break(1);
                        return end + stop + closing.Length;
                    }
                }

                line.Break(2);
            }

            return end;
        }

        if (name is "label" or "index" or "cite" or "citep" or "citet" or "ref" or "eqref" or "cref" or "Cref" or "pageref" or "includegraphics" or "vspace" or "hspace" or "input" or "include" or "usepackage"
            or "documentclass" or "bibliography" or "bibliographystyle" or "setcounter" or "addtocounter" or "pagestyle" or "thispagestyle" or "href")
        {
            // These have arguments that are keys, not words.
            while (end < text.Length && text[end] is '[' or '{')
            {
                var close = text[end..].IndexOf(text[end] == '[' ? ']' : '}');
                if (close < 0)
                {
                    return end;
                }

                end += close + 1;
                if (name is "href")
                {
                    break;
                }
            }

            line.Space();
            return end;
        }

        if (name is "item" or "task" or "newline" or "tabularnewline")
        {
            line.Break(1);
        }
        else if (name is "par" or "section" or "subsection" or "subsubsection" or "chapter" or "part" or "paragraph" or "title" or "maketitle" or "tableofcontents")
        {
            line.Break(2);
        }
        else if (name is "ldots" or "dots")
        {
            line.Words("...");
        }
        else if (end < text.Length && text[end] == ' ')
        {
            line.Space();
        }

        return end;
    }
}
