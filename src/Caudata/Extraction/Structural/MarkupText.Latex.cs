namespace Caudata.Extraction.Structural;

internal sealed partial class MarkupText
{
    /// <summary>Writes LaTeX as readable text: mathematics as it stands, formatting commands as their words, labels and references left out.</summary>
    private void LatexCharacters(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var i = text.IndexOfAny(LatexMarks);
            if (i < 0)
            {
                Words(text);
                return;
            }

            Words(text[..i]);
            text = text[i..];
            var used = LatexMark(text);
            text = text[Math.Min(used, text.Length)..];
        }
    }

    private int LatexMark(ReadOnlySpan<char> text)
    {
        switch (text[0])
        {
            case '%':
                // A comment swallows the line end and the white space after it.
                var end = text.IndexOf('\n');
                return end < 0 ? text.Length : end + 1;
            case '~':
                _space = true;
                return 1;
            case '&':
                _space = true;
                return 1;
            case '{' or '}':
                return 1;
            case '`' or '\'' when text.Length > 1 && text[1] == text[0]:
                Inline("\"");
                return 2;
            case '`' or '\'':
                Inline("'");
                return 1;
            case '$':
                var dollars = text.StartsWith("$$") ? 2 : 1;
                var length = DollarLength(text, dollars);
                return Formula(text[..length]);
        }

        if (text.Length < 2)
        {
            return 1;
        }

        if (text[1] is '(' or '[')
        {
            var close = text[..Math.Min(text.Length, 20000)].IndexOf(text[1] == '(' ? "\\)" : "\\]");
            return Formula(close < 0 ? text[..2] : text[..(close + 2)]);
        }

        return char.IsAsciiLetter(text[1]) ? LatexCommand(text) : LatexSymbol(text);
    }

    private int Formula(ReadOnlySpan<char> formula)
    {
        var length = formula.Length;
        Before();
        _marked = false;

        // One line, so that Markdown keeps it together; labels say nothing.
        while (!formula.IsEmpty)
        {
            var i = formula.IndexOfAny(FormulaMarks);
            if (i < 0)
            {
                _out.Append(formula);
                return length;
            }

            _out.Append(formula[..i]);
            formula = formula[i..];
            if (formula[0] == '\\')
            {
                if (formula.StartsWith("\\label{"))
                {
                    var close = formula.IndexOf('}');
                    formula = close < 0 ? [] : formula[(close + 1)..];
                    continue;
                }

                var take = Math.Min(2, formula.Length);
                _out.Append(formula[..take]);
                formula = formula[take..];
            }
            else if (formula[0] == '%')
            {
                var line = formula.IndexOf('\n');
                formula = line < 0 ? [] : formula[(line + 1)..];
            }
            else
            {
                if (_out.Length > 0 && _out[^1] != ' ')
                {
                    _out.Append(' ');
                }

                formula = formula.TrimStart();
            }
        }

        return length;
    }

    private static int DollarLength(ReadOnlySpan<char> text, int dollars)
    {
        var i = dollars;
        var reach = Math.Min(text.Length, 20000);
        while (i < reach)
        {
            var found = text[i..reach].IndexOfAny('$', '\\');
            if (found < 0)
            {
                break;
            }

            i += found;
            if (text[i] == '\\')
            {
                i += 2;
                continue;
            }

            if (dollars == 1 || (i + 1 < text.Length && text[i + 1] == '$'))
            {
                return i + dollars;
            }

            i++;
        }

        return Math.Min(dollars, text.Length);
    }

    private int LatexSymbol(ReadOnlySpan<char> text)
    {
        var c = text[1];
        switch (c)
        {
            case '\\':
                // A forced line; its optional spacing argument goes with it.
                Break(1);
                var after = text[2..];
                if (after.Length > 0 && after[0] == '[')
                {
                    var close = after[..Math.Min(20, after.Length)].IndexOf(']');
                    return close < 0 ? 2 : close + 3;
                }

                return 2;
            case '%' or '$' or '&' or '#' or '_' or '{' or '}':
                Inline(text.Slice(1, 1));
                return 2;
            case ' ' or ',' or ';' or ':' or '~' or '\n':
                _space = true;
                return 2;
            case '"' or '\'' or '`' or '^' or '=' or '.':
                return Accent(text);
            default:
                return 2;
        }
    }

    /// <summary>An accented letter such as <c>\'e</c> or <c>\"{o}</c>, composed.</summary>
    private int Accent(ReadOnlySpan<char> text)
    {
        var i = 2;
        var braced = i < text.Length && text[i] == '{';
        i += braced ? 1 : 0;
        if (i >= text.Length || !char.IsAsciiLetter(text[i]))
        {
            return 2;
        }

        var mark = text[1] switch { '"' => '\u0308', '\'' => '\u0301', '`' => '\u0300', '^' => '\u0302', '=' => '\u0304', _ => '\u0307' };
        Inline(string.Concat(text.Slice(i, 1), [mark]).Normalize());
        i++;
        return braced && i < text.Length && text[i] == '}' ? i + 1 : i;
    }

    private int LatexCommand(ReadOnlySpan<char> text)
    {
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

        switch (name)
        {
            case "begin" or "end":
                return LatexEnvironment(text, name is "begin", end);
            case "label" or "index" or "cite" or "citep" or "citet" or "ref" or "eqref" or "cref" or "Cref" or "autoref" or "pageref" or "vref" or "includegraphics" or "vspace" or "hspace" or "input" or "footnote" or "footnotemark"
                or "footnotetext" or "setcounter" or "addtocounter" or "glsadd" or "nocite" or "tag" or "marginpar" or "todo" or "phantom" or "vskip" or "renewcommand" or "newcommand" or "addcontentsline" or "hypertarget" or "color"
                or "pagebreak" or "nopagebreak" or "linebreak" or "enlargethispage" or "needspace" or "caption":
                _space |= end < text.Length && text[end] == ' ';
                return SkipArguments(text, end);
            case "href" or "textcolor" or "hyperref" or "hyperlink" or "fontsize" or "colorbox":
                return SkipArgument(text, SkipOption(text, end));
            case "verb" or "lstinline" when end < text.Length:
                var close = text[(end + 1)..Math.Min(text.Length, end + 400)].IndexOf(text[end] == '{' ? '}' : text[end]);
                if (close < 0)
                {
                    return end;
                }

                Inline("`");
                _out.Append(text.Slice(end + 1, close)).Append('`');
                return end + close + 2;
            case "SI" or "si" or "qty" or "unit" or "unitfrac" or "num" or "ang" or "SIrange" or "qtyrange" or "numrange":
                // A quantity is mathematics: it stays as it is written.
                var quantity = SkipArguments(text, end);
                Inline(text[..quantity].ToString());
                return quantity;
            case "ldots" or "dots" or "textellipsis":
                Words("...");
                return end;
            case "textbackslash":
                Inline("\\");
                return end;
            case "textdegree" or "degree":
                Inline("°");
                return end;
            case "LaTeX" or "TeX":
                Words(name);
                return end;
            case "ss":
                Inline("ß");
                return end;
            case "newline" or "par" or "tabularnewline" or "smallskip" or "medskip" or "bigskip":
                Break(name is "newline" or "tabularnewline" ? 1 : 2);
                return end;
            case "quad" or "qquad" or "hfill" or "enspace" or "noindent" or "centering" or "item" or "task":
                _space = true;
                return end;
            default:
                // An unknown command: its words stay, an option in brackets goes. White space after a bare command belongs to it.
                if (end < text.Length && text[end] == '[')
                {
                    return SkipOption(text, end);
                }

                return end;
        }
    }

    private int LatexEnvironment(ReadOnlySpan<char> text, bool begins, int end)
    {
        if (end >= text.Length || text[end] != '{')
        {
            return end;
        }

        var close = text[end..Math.Min(text.Length, end + 60)].IndexOf('}');
        if (close < 0)
        {
            return end + 1;
        }

        var name = text.Slice(end + 1, close - 1);
        var after = end + close + 1;
        if (begins && LatexReader.IsMathematics(name))
        {
            var stop = LatexReader.EnvironmentEnd(text, after, name);
            if (stop > 0)
            {
                Break(1);
                Formula(text[..stop]);
                Break(1);
                return stop;
            }
        }

        Break(1);
        return after;
    }

    private static int SkipArguments(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is '[' or '{')
        {
            var next = text[at] == '[' ? SkipOption(text, at) : SkipArgument(text, at);
            if (next == at)
            {
                break;
            }

            at = next;
        }

        return at;
    }

    private static int SkipOption(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length || text[at] != '[')
        {
            return at;
        }

        var close = text[at..Math.Min(text.Length, at + 400)].IndexOf(']');
        return close < 0 ? at : at + close + 1;
    }

    private static int SkipArgument(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length || text[at] != '{')
        {
            return at;
        }

        var end = LatexReader.BraceEnd(text, at, 4000);
        return end < 0 ? at : end;
    }
}
