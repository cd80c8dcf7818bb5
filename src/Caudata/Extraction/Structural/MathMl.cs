namespace Caudata.Extraction.Structural;

/// <summary>Mathematics of HTML and XML books as LaTeX.</summary>
internal static partial class MathMl
{
    /// <summary>LaTeX of a mathematics element: MathML is converted, an annotation in TeX is taken, PreTeXt's elements hold LaTeX already.</summary>
    public static string ToLatex(MarkupTree tree, int index)
    {
        ref readonly var node = ref tree.Nodes[index];
        var tag = tree.Source.AsSpan(node.Start, Math.Max(0, node.ContentStart - node.Start));
        return tag.Contains("math", StringComparison.OrdinalIgnoreCase) ? Convert(tree, index) : Texts(tree, index);
    }

    /// <summary>LaTeX that a picture of a formula carries in its description, or nothing.</summary>
    public static ReadOnlySpan<char> OfImage(ReadOnlySpan<char> tag)
    {
        var at = tag.IndexOf("alt=\"");
        if (at < 0)
        {
            return [];
        }

        var rest = tag[(at + 5)..];
        var end = rest.IndexOf('"');
        if (end <= 0)
        {
            return [];
        }

        var alt = rest[..end].Trim();
        var isFormula = alt.StartsWith("{\\displaystyle") || alt.StartsWith("$") || alt.StartsWith("\\(") || tag.Contains("class=\"tex\"", StringComparison.OrdinalIgnoreCase) || tag.Contains("latex", StringComparison.OrdinalIgnoreCase) && alt.Contains('\\');

        // The picture that stands in for MathML next to it would say everything twice.
        return isFormula && !tag.Contains("mwe-math-fallback", StringComparison.OrdinalIgnoreCase) ? alt.Trim('$') : [];
    }
}
