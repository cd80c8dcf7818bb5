using System.Text;

namespace Caudata.Corpora.World;

/// <summary>The small part of LaTeX mathematics that the subjects use, as presentation MathML with the prefix <c>m</c>.</summary>
internal static class MathMl
{
    public static void Write(ReadOnlySpan<char> latex, StringBuilder to)
    {
        to.Append("<m:math>");
        Row(latex, to);
        to.Append("</m:math>");
    }

    private static void Row(ReadOnlySpan<char> s, StringBuilder to)
    {
        to.Append("<m:mrow>");
        int at = 0;
        while (at < s.Length)
        {
            int start = to.Length;
            if (!Atom(s, ref at, to))
            {
                continue;
            }

            while (at < s.Length && s[at] is '^' or '_')
            {
                string script = s[at++] == '^' ? "m:msup" : "m:msub";
                to.Insert(start, "<" + script + ">");
                Group(s, ref at, to);
                to.Append("</").Append(script).Append('>');
                if (at >= s.Length)
                {
                    break;
                }
            }
        }

        to.Append("</m:mrow>");
    }

    private static bool Atom(ReadOnlySpan<char> s, ref int at, StringBuilder to)
    {
        char c = s[at];
        if (c == ' ')
        {
            at++;
            return false;
        }

        if (char.IsAsciiDigit(c))
        {
            int end = at;
            while (end < s.Length && (char.IsAsciiDigit(s[end]) || (s[end] is '.' or ',' && end + 1 < s.Length && char.IsAsciiDigit(s[end + 1]))))
            {
                end++;
            }

            to.Append("<m:mn>").Append(s[at..end]).Append("</m:mn>");
            at = end;
        }
        else if (char.IsAsciiLetter(c))
        {
            to.Append("<m:mi>").Append(c).Append("</m:mi>");
            at++;
        }
        else if (c == '{')
        {
            Group(s, ref at, to);
        }
        else if (c == '\\')
        {
            return Command(s, ref at, to);
        }
        else
        {
            to.Append("<m:mo>").Append(c switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", '-' => "−", _ => c.ToString() }).Append("</m:mo>");
            at++;
        }

        return true;
    }

    private static bool Command(ReadOnlySpan<char> s, ref int at, StringBuilder to)
    {
        int end = at + 1;
        while (end < s.Length && char.IsAsciiLetter(s[end]))
        {
            end++;
        }

        if (end == at + 1)
        {
            end++; // a command of one other character: \, \; \%
        }

        string name = s[(at + 1)..Math.Min(end, s.Length)].ToString();
        at = Math.Min(end, s.Length);
        switch (name)
        {
            case "frac" or "binom":
                to.Append("<m:mfrac>");
                Group(s, ref at, to);
                Group(s, ref at, to);
                to.Append("</m:mfrac>");
                return true;
            case "sqrt":
                to.Append("<m:msqrt>");
                Group(s, ref at, to);
                to.Append("</m:msqrt>");
                return true;
            case "text" or "mathrm" or "ce":
                int open = at + 1, close = open;
                while (close < s.Length && s[close] != '}')
                {
                    close++;
                }

                to.Append("<m:mtext>");
                HtmlWriter.Escape(s[open..close].ToString(), to);
                to.Append("</m:mtext>");
                at = Math.Min(close + 1, s.Length);
                return true;
            case "," or ";" or "quad" or "left" or "right" or " ":
                return false;
            default:
                to.Append("<m:mo>").Append(name switch
                {
                    "times" => "×",
                    "cdot" => "⋅",
                    "div" => "÷",
                    "le" => "≤",
                    "ge" => "≥",
                    "lt" => "&lt;",
                    "gt" => "&gt;",
                    "ne" => "≠",
                    "approx" => "≈",
                    "pi" => "π",
                    "pm" => "±",
                    "to" or "rightarrow" => "→",
                    "circ" => "°",
                    "Delta" => "Δ",
                    "theta" => "θ",
                    "lambda" => "λ",
                    "rho" => "ρ",
                    "%" => "%",
                    _ => throw new NotSupportedException($"The corpus world does not write \\{name} as MathML."),
                }).Append("</m:mo>");
                return true;
        }
    }

    private static void Group(ReadOnlySpan<char> s, ref int at, StringBuilder to)
    {
        if (at < s.Length && s[at] == '{')
        {
            int depth = 1, end = at + 1;
            while (end < s.Length && depth > 0)
            {
                depth += s[end] switch { '{' => 1, '}' => -1, _ => 0 };
                end++;
            }

            Row(s[(at + 1)..(end - 1)], to);
            at = end;
        }
        else if (at < s.Length && !Atom(s, ref at, to))
        {
            Group(s, ref at, to);
        }
    }
}
