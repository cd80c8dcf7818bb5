using System.Collections.Immutable;
using System.Text;
using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>Formulas as text and as LaTeX. A summed variable whose name is taken gets a prime: <c>Σ_{X'}</c>.</summary>
public static class FormulaText
{
    /// <summary>Longest formula that is written out, in parts.</summary>
    public const long MostParts = 20_000;

    /// <summary>The formula as text, for example <c>Σ_{Z} P(Y | X, Z) P(Z)</c>.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="graph">The graph of its variables.</param>
    public static string Plain(Formula formula, CausalGraph graph) => Write(formula, graph, latex: false);

    /// <summary>The formula as LaTeX for math mode, for example <c>\sum_{Z} P(Y \mid X, Z)\, P(Z)</c>.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="graph">The graph of its variables.</param>
    public static string Latex(Formula formula, CausalGraph graph) => Write(formula, graph, latex: true);

    private static string Write(Formula formula, CausalGraph graph, bool latex)
    {
        if (formula.Size > MostParts)
        {
            return latex ? $@"\text{{a formula of {formula.Size} parts, too long to write out}}" : $"(a formula of {formula.Size} parts, too long to write out)";
        }

        StringBuilder text = new();
        new Writer(graph, latex, text).Write(formula, formula.Free.ToImmutableDictionary(v => v, v => ""), last: true);
        return text.ToString();
    }

    private sealed class Writer(CausalGraph graph, bool latex, StringBuilder text)
    {
        private readonly HashSet<int> _summed = [];

        // Primes of the variables in scope; last tells that nothing follows, so that a sum needs no brackets.
        public void Write(Formula formula, ImmutableDictionary<int, string> primes, bool last)
        {
            switch (formula)
            {
                case Formula.One:
                    text.Append('1');
                    break;
                case Formula.Probability p:
                    text.Append("P(").Append(Terms(p.Of, primes));
                    if (!p.Given.IsEmpty)
                    {
                        text.Append(latex ? @" \mid " : " | ").Append(Terms(p.Given, primes));
                    }

                    text.Append(')');
                    break;
                case Formula.Product product:
                    for (int k = 0; k < product.Factors.Length; k++)
                    {
                        text.Append(k == 0 ? "" : latex ? @"\, " : " ");
                        Write(product.Factors[k], primes, last && k == product.Factors.Length - 1);
                    }

                    break;
                case Formula.Quotient quotient:
                    text.Append(latex ? @"\frac{" : "[");
                    Write(quotient.Numerator, primes, last: true);
                    text.Append(latex ? "}{" : "] / [");
                    Write(quotient.Denominator, primes, last: true);
                    text.Append(latex ? "}" : "]");
                    break;
                case Formula.Sum sum:
                    ImmutableDictionary<int, string> inner = primes;
                    foreach (int v in sum.Over)
                    {
                        inner = inner.SetItem(v, primes.TryGetValue(v, out string? taken) ? taken + "'" : "");
                    }

                    text.Append(last ? "" : latex ? @"\Bigl(" : "(").Append(latex ? @"\sum_{" : "Σ_{").Append(Terms(sum.Over, inner, bare: true)).Append("} ");
                    int[] added = [.. sum.Over.Where(_summed.Add)];
                    Write(sum.Body, inner, last: true);
                    _summed.ExceptWith(added);
                    text.Append(last ? "" : latex ? @"\Bigr)" : ")");
                    break;
            }
        }

        private string Terms(ImmutableArray<int> variables, ImmutableDictionary<int, string> primes, bool bare = false) =>
            string.Join(latex && bare ? "," : ", ", variables.Select(v => Name(v) + primes.GetValueOrDefault(v, "") + (!bare && !_summed.Contains(v) && graph.Variables[v].Kind is VariableKind.Indicator or VariableKind.Selection ? latex ? "=1" : " = 1" : "")));

        private string Name(int v)
        {
            string name = graph.Variables[v].Name;
            if (!latex)
            {
                return name;
            }

            int digits = name.Length - name.AsSpan().TrimEnd("0123456789").Length;
            return name.Length == 1 && char.IsAsciiLetter(name[0]) ? name
                : digits > 0 && digits == name.Length - 1 && char.IsAsciiLetter(name[0]) ? $"{name[0]}_{{{name[1..]}}}"
                : name.StartsWith("R_", StringComparison.Ordinal) && graph.Variables[v].Of is int of ? $"R_{{{Name(of)}}}"
                : $@"\mathit{{{Escaped(name)}}}";
        }

        private static string Escaped(string name)
        {
            StringBuilder escaped = new();
            foreach (char c in name)
            {
                _ = c switch
                {
                    '\\' => escaped.Append(@"\backslash "),
                    '~' => escaped.Append(@"\sim "),
                    '^' => escaped.Append(@"\hat{}"),
                    '{' or '}' or '_' or '#' or '%' or '&' or '$' => escaped.Append('\\').Append(c),
                    ' ' => escaped.Append(@"\ "),
                    '-' => escaped.Append(@"\text{-}"),
                    _ => escaped.Append(c),
                };
            }

            return escaped.ToString();
        }
    }
}
