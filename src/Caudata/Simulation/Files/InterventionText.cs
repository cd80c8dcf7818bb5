using System.Collections.Immutable;
using Caudata.Simulation.Expressions;
using Caudata.Simulation.Feedback;

namespace Caudata.Simulation.Files;

/// <summary>Interventions as text: <c>quality=4, R_rating=1</c>.</summary>
internal static class InterventionText
{
    /// <summary>Reads them; mistakes are listed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parameters">Parameters of a world with rounds, whose policy may be set; null for a world without.</param>
    /// <param name="mistakes">Receives mistakes.</param>
    public static ImmutableArray<Intervention> Parse(string text, ImmutableArray<WorldParameter>? parameters, MistakeList mistakes)
    {
        var interventions = ImmutableArray.CreateBuilder<Intervention>();
        foreach (string part in Parts(text))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string target = equals < 0 ? "" : part[..equals].Trim();
            if (!WorldChecks.IsName(target) || (equals + 1 < part.Length && part[equals + 1] == '='))
            {
                mistakes.Add($"'{part.Trim()}' is no intervention; expected NAME=VALUE, for example quality=4.", default);
                continue;
            }

            string formula = part[(equals + 1)..].Trim();
            if (parameters is { } known && target == RoundScope.Policy)
            {
                if (PolicyReader.Parse(formula, known, mistakes) is { } policy)
                {
                    interventions.Add(Intervention.On(policy));
                }

                continue;
            }

            if (ExpressionParser.Parse(formula, default, exact: false, mistakes) is { } mechanism)
            {
                interventions.Add(new Intervention(target, formula) { Mechanism = mechanism });
            }
        }

        return interventions.ToImmutable();
    }

    // Commas outside brackets part interventions.
    private static List<string> Parts(string text)
    {
        List<string> parts = [];
        int depth = 0, start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            if (text[i] == ',' && depth == 0)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
