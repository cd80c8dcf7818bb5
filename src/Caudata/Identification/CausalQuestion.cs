using System.Collections.Immutable;
using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>A question about an intervention: P(outcome | do(treatment), given), asked of a graph.</summary>
/// <remarks>All mistakes are told at once when it is made, so that every algorithm of this folder may rely on it.</remarks>
public sealed record CausalQuestion
{
    private CausalQuestion(CausalGraph graph, VariableSet treatment, VariableSet outcome, VariableSet given) => (Graph, Treatment, Outcome, Given) = (graph, treatment, outcome, given);

    /// <summary>The graph, as it was given: latent variables stay in it and are never adjusted for.</summary>
    public CausalGraph Graph { get; }

    /// <summary>What is set, X; at least one observed variable.</summary>
    public VariableSet Treatment { get; }

    /// <summary>What is asked about, Y; at least one observed variable.</summary>
    public VariableSet Outcome { get; }

    /// <summary>What is conditioned on, W; may be empty.</summary>
    public VariableSet Given { get; }

    /// <summary>The question as a formula, for example <c>P(Y | do(X), W)</c>.</summary>
    public string Text => $"P({Names(Outcome)} | do({Names(Treatment)}){(Given.IsEmpty ? "" : ", " + Names(Given))})";

    /// <summary>A question by names.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="treatment">Names of X.</param>
    /// <param name="outcome">Names of Y.</param>
    /// <param name="given">Names of W; may be empty.</param>
    /// <exception cref="GraphException">Names are unknown, stand in two sets, or are not observed variables; or a side is empty. Every mistake is told.</exception>
    public static CausalQuestion Create(CausalGraph graph, ReadOnlySpan<string> treatment, ReadOnlySpan<string> outcome, ReadOnlySpan<string> given = default)
    {
        ImmutableArray<GraphMistake>.Builder mistakes = ImmutableArray.CreateBuilder<GraphMistake>();
        if (treatment.IsEmpty || outcome.IsEmpty)
        {
            mistakes.Add(new GraphMistake($"the question names no {(treatment.IsEmpty ? "treatment" : "outcome")}; expected at least one variable. Name it.", default));
        }

        try
        {
            _ = graph.Set([.. treatment, .. outcome, .. given]);
        }
        catch (GraphException e)
        {
            mistakes.AddRange(e.Mistakes);
        }

        Dictionary<string, string> roles = new(StringComparer.Ordinal);
        Check("the treatment", treatment);
        Check("the outcome", outcome);
        Check("what is given", given);
        return mistakes.Count > 0 ? throw new GraphException(mistakes.ToImmutable()) : new CausalQuestion(graph, graph.Set(treatment), graph.Set(outcome), graph.Set(given));

        void Check(string role, ReadOnlySpan<string> names)
        {
            foreach (string name in names)
            {
                if (roles.TryGetValue(name, out string? other) && other != role)
                {
                    mistakes.Add(new GraphMistake($"'{name}' is {other} and {role}; expected every variable in one place. Leave it out of one of them.", default));
                }

                roles.TryAdd(name, role);
                if (graph.TryFind(name, out int id) && graph.Variables[id].Kind != VariableKind.Observed)
                {
                    string kind = graph.Variables[id].Kind switch { VariableKind.Latent => "latent", VariableKind.Indicator => "an indicator of missingness", _ => "a selection node" };
                    mistakes.Add(new GraphMistake($"{role} '{name}' is {kind}; expected an observed variable. {(kind == "latent" ? "Name something measured, or mark it as observed." : "Ask about the variable itself.")}", default));
                }
            }
        }
    }

    /// <summary>The question as it is.</summary>
    public override string ToString() => Text;

    private string Names(VariableSet set) => string.Join(", ", set.ToArray().Select(v => Graph.Variables[v].Name));
}
