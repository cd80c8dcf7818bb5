using System.Text;
using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

internal static partial class MathMl
{
    /// <summary>Nesting beyond which only the characters are taken.</summary>
    private const int Deepest = 60;

    private static string Convert(MarkupTree tree, int index)
    {
        var nodes = tree.Nodes;
        for (var i = index + 1; i < nodes[index].Next; i++)
        {
            if (nodes[i].Kind == MarkupKind.Inline && Name(tree, i) is "annotation")
            {
                var tag = tree.Source.AsSpan(nodes[i].Start, nodes[i].ContentStart - nodes[i].Start);
                if (tag.Contains("tex", StringComparison.OrdinalIgnoreCase))
                {
                    var annotation = Texts(tree, i);
                    return annotation.StartsWith("{\\displaystyle", StringComparison.Ordinal) && annotation.EndsWith('}') ? annotation[14..^1].Trim() : annotation;
                }
            }
        }

        var latex = new StringBuilder();
        Children(tree, index, latex, 0);
        return latex.ToString().Trim();
    }

    private static ReadOnlySpan<char> Name(MarkupTree tree, int index)
    {
        ref readonly var node = ref tree.Nodes[index];
        if (node.Kind == MarkupKind.Text || node.Start + 1 >= tree.Source.Length)
        {
            return [];
        }

        var rest = tree.Source.AsSpan(node.Start + 1, Math.Min(40, tree.Source.Length - node.Start - 1));
        var length = 0;
        while (length < rest.Length && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] is ':' or '-'))
        {
            length++;
        }

        rest = rest[..length];
        var colon = rest.IndexOf(':');
        return colon < 0 ? rest : rest[(colon + 1)..];
    }

    /// <summary>Characters below a node, references decoded, white space merged.</summary>
    private static string Texts(MarkupTree tree, int index)
    {
        var text = new StringBuilder();
        var nodes = tree.Nodes;
        Span<char> decoded = stackalloc char[2];
        var space = false;
        for (var i = index + 1; i < nodes[index].Next; i++)
        {
            if (nodes[i].Kind == MarkupKind.Inline && Name(tree, i) is "mrow" && text.Length > 0 && tree.Nodes[index].Kind == MarkupKind.DisplayMath)
            {
                text.Append(" \\\\ ");
            }

            if (nodes[i].Kind != MarkupKind.Text)
            {
                continue;
            }

            var rest = tree.Source.AsSpan(nodes[i].Start, nodes[i].End - nodes[i].Start);
            while (!rest.IsEmpty)
            {
                var c = rest[0];
                var used = 1;
                if (char.IsWhiteSpace(c))
                {
                    space = text.Length > 0;
                }
                else
                {
                    if (space && text[^1] != ' ')
                    {
                        text.Append(' ');
                    }

                    space = false;
                    used = nodes[i].Syntax == TextSyntax.Html ? Math.Max(1, HtmlEntity.Decode(rest, decoded, out var written)) : 1;
                    if (used > 1)
                    {
                        text.Append(decoded);
                    }
                    else
                    {
                        text.Append(c);
                    }
                }

                rest = rest[used..];
            }
        }

        return text.Replace("\0", "").ToString();
    }

    private static void Children(MarkupTree tree, int index, StringBuilder latex, int depth)
    {
        var nodes = tree.Nodes;
        for (var i = index + 1; i < nodes[index].Next; i = nodes[i].Next)
        {
            Element(tree, i, latex, depth);
        }
    }

    private static void Element(MarkupTree tree, int index, StringBuilder latex, int depth)
    {
        var nodes = tree.Nodes;
        if (nodes[index].Kind == MarkupKind.Text)
        {
            var text = tree.Source.AsSpan(nodes[index].Start, nodes[index].End - nodes[index].Start);
            if (!text.Trim().IsEmpty)
            {
                Token(text.Trim().ToString(), latex);
            }

            return;
        }

        if (depth > Deepest)
        {
            latex.Append(Texts(tree, index));
            return;
        }

        switch (Name(tree, index))
        {
            case "mi" or "mn" or "mo":
                Token(Texts(tree, index), latex);
                break;
            case "mtext" or "ms":
                var words = Texts(tree, index);
                if (words.Length > 0)
                {
                    latex.Append("\\text{").Append(words).Append('}');
                }

                break;
            case "mfrac":
                Command("\\frac", tree, index, latex, depth);
                break;
            case "msqrt":
                latex.Append("\\sqrt{");
                Children(tree, index, latex, depth + 1);
                latex.Append('}');
                break;
            case "mroot":
                var (radicand, degree, _) = Parts(tree, index);
                latex.Append("\\sqrt[");
                Part(tree, degree, latex, depth);
                latex.Append("]{");
                Part(tree, radicand, latex, depth);
                latex.Append('}');
                break;
            case "msup":
                Scripts(tree, index, latex, depth, "^", "");
                break;
            case "msub":
                Scripts(tree, index, latex, depth, "_", "");
                break;
            case "msubsup" or "munderover":
                Scripts(tree, index, latex, depth, "_", "^");
                break;
            case "munder":
                Scripts(tree, index, latex, depth, "_", "");
                break;
            case "mover":
                Over(tree, index, latex, depth);
                break;
            case "mfenced":
                var tag = tree.Source.AsSpan(nodes[index].Start, nodes[index].ContentStart - nodes[index].Start);
                latex.Append(Fence(tag, "open=", "("));
                var first = true;
                for (var i = index + 1; i < nodes[index].Next; i = nodes[i].Next)
                {
                    if (nodes[i].Kind == MarkupKind.Text && IsBlank(tree, i))
                    {
                        continue;
                    }

                    if (!first)
                    {
                        latex.Append(", ");
                    }

                    first = false;
                    Element(tree, i, latex, depth + 1);
                }

                latex.Append(Fence(tag, "close=", ")"));
                break;
            case "mtable":
                latex.Append("\\begin{matrix} ");
                Children(tree, index, latex, depth + 1);
                latex.Append(" \\end{matrix}");
                break;
            case "mtr" or "mlabeledtr":
                var cells = 0;
                for (var i = index + 1; i < nodes[index].Next; i = nodes[i].Next)
                {
                    if (nodes[i].Kind == MarkupKind.Text)
                    {
                        continue;
                    }

                    latex.Append(cells++ > 0 ? " & " : "");
                    Children(tree, i, latex, depth + 1);
                }

                latex.Append(" \\\\ ");
                break;
            case "mspace":
                latex.Append(' ');
                break;
            case "annotation" or "annotation-xml" or "mphantom":
                break;
            default:
                Children(tree, index, latex, depth + 1);
                break;
        }
    }

    private static bool IsBlank(MarkupTree tree, int index) => tree.Source.AsSpan(tree.Nodes[index].Start, tree.Nodes[index].End - tree.Nodes[index].Start).IsWhiteSpace();

    private static string Fence(ReadOnlySpan<char> tag, ReadOnlySpan<char> attribute, string otherwise)
    {
        var at = tag.IndexOf(attribute);
        if (at < 0 || at + attribute.Length + 1 >= tag.Length)
        {
            return otherwise;
        }

        var quote = tag[at + attribute.Length];
        var rest = tag[(at + attribute.Length + 1)..];
        var end = rest.IndexOf(quote);
        var value = end < 0 ? "" : rest[..end].Trim().ToString();
        return value is "{" or "}" ? "\\" + value : value;
    }

    private static (int First, int Second, int Third) Parts(MarkupTree tree, int index)
    {
        Span<int> parts = [-1, -1, -1];
        var count = 0;
        var nodes = tree.Nodes;
        for (var i = index + 1; i < nodes[index].Next && count < 3; i = nodes[i].Next)
        {
            if (nodes[i].Kind != MarkupKind.Text || !IsBlank(tree, i))
            {
                parts[count++] = i;
            }
        }

        return (parts[0], parts[1], parts[2]);
    }

    private static void Part(MarkupTree tree, int index, StringBuilder latex, int depth)
    {
        if (index >= 0)
        {
            Element(tree, index, latex, depth + 1);
        }
    }

    private static void Command(string command, MarkupTree tree, int index, StringBuilder latex, int depth)
    {
        var (first, second, _) = Parts(tree, index);
        latex.Append(command).Append('{');
        Part(tree, first, latex, depth);
        latex.Append("}{");
        Part(tree, second, latex, depth);
        latex.Append('}');
    }

    private static void Scripts(MarkupTree tree, int index, StringBuilder latex, int depth, string one, string two)
    {
        var (first, second, third) = Parts(tree, index);
        var start = latex.Length;
        Part(tree, first, latex, depth);
        if (latex.Length - start > 1 && latex[start] != '\\')
        {
            latex.Insert(start, '{').Append('}');
        }

        latex.Append(one).Append('{');
        Part(tree, second, latex, depth);
        latex.Append('}');
        if (two.Length > 0)
        {
            latex.Append(two).Append('{');
            Part(tree, third, latex, depth);
            latex.Append('}');
        }
    }

    private static void Over(MarkupTree tree, int index, StringBuilder latex, int depth)
    {
        var (first, second, _) = Parts(tree, index);
        var mark = second < 0 ? "" : Texts(tree, second);
        var command = mark switch { "¯" or "‾" or "―" or "_" or "—" => "\\overline", "^" or "ˆ" => "\\hat", "→" or "⃗" or "⇀" => "\\vec", "~" or "˜" => "\\tilde", "˙" or "." => "\\dot", _ => "" };
        if (command.Length == 0)
        {
            Scripts(tree, index, latex, depth, "^", "");
            return;
        }

        latex.Append(command).Append('{');
        Part(tree, first, latex, depth);
        latex.Append('}');
    }

    private static void Token(string token, StringBuilder latex)
    {
        var mapped = token switch
        {
            "×" => "\\times",
            "÷" => "\\div",
            "·" or "⋅" => "\\cdot",
            "±" => "\\pm",
            "∓" => "\\mp",
            "≤" => "\\le",
            "≥" => "\\ge",
            "≠" => "\\ne",
            "≈" => "\\approx",
            "≡" => "\\equiv",
            "→" => "\\to",
            "⇒" => "\\Rightarrow",
            "⇔" => "\\Leftrightarrow",
            "∞" => "\\infty",
            "∑" => "\\sum",
            "∏" => "\\prod",
            "∫" => "\\int",
            "∂" => "\\partial",
            "∇" => "\\nabla",
            "√" => "\\sqrt",
            "∈" => "\\in",
            "∉" => "\\notin",
            "⊂" => "\\subset",
            "⊆" => "\\subseteq",
            "∪" => "\\cup",
            "∩" => "\\cap",
            "∅" => "\\emptyset",
            "∀" => "\\forall",
            "∃" => "\\exists",
            "¬" => "\\lnot",
            "∧" => "\\land",
            "∨" => "\\lor",
            "…" => "\\ldots",
            "⋯" => "\\cdots",
            "°" => "^{\\circ}",
            "′" => "'",
            "−" or "–" => "-",
            "{" => "\\{",
            "}" => "\\}",
            "%" => "\\%",
            "$" => "\\$",
            "&" => "\\&",
            "#" => "\\#",
            "α" => "\\alpha",
            "β" => "\\beta",
            "γ" => "\\gamma",
            "δ" => "\\delta",
            "ε" or "ϵ" => "\\epsilon",
            "ζ" => "\\zeta",
            "η" => "\\eta",
            "θ" => "\\theta",
            "κ" => "\\kappa",
            "λ" => "\\lambda",
            "μ" or "µ" => "\\mu",
            "ν" => "\\nu",
            "ξ" => "\\xi",
            "π" => "\\pi",
            "ρ" => "\\rho",
            "σ" => "\\sigma",
            "τ" => "\\tau",
            "φ" or "ϕ" => "\\phi",
            "χ" => "\\chi",
            "ψ" => "\\psi",
            "ω" => "\\omega",
            "Γ" => "\\Gamma",
            "Δ" => "\\Delta",
            "Θ" => "\\Theta",
            "Λ" => "\\Lambda",
            "Π" => "\\Pi",
            "Σ" => "\\Sigma",
            "Φ" => "\\Phi",
            "Ψ" => "\\Psi",
            "Ω" => "\\Omega",
            "sin" or "cos" or "tan" or "log" or "ln" or "lim" or "max" or "min" or "exp" => "\\" + token,
            "\u2061" or "\u2062" or "\u2063" => "",
            _ => null,
        };

        if (mapped is null)
        {
            if (token.Length > 0 && latex.Length > 0 && char.IsAsciiLetter(token[0]) && EndsWithCommand(latex))
            {
                latex.Append(' ');
            }

            latex.Append(token is "<" or ">" or "=" or "+" ? " " + token + " " : token);
            return;
        }

        latex.Append(mapped);
        if (mapped.Length > 1 && char.IsAsciiLetter(mapped[^1]))
        {
            latex.Append(' ');
        }
    }

    private static bool EndsWithCommand(StringBuilder latex)
    {
        var i = latex.Length - 1;
        while (i >= 0 && char.IsAsciiLetter(latex[i]))
        {
            i--;
        }

        return i >= 0 && i < latex.Length - 1 && latex[i] == '\\';
    }
}
