using System.Collections.Immutable;
using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>What is to be recovered from data with missing values: P(target | given, do(treatment)), or the full law of variables and indicators.</summary>
public sealed record RecoveryQuestion
{
    private RecoveryQuestion(CausalGraph graph, VariableSet target, VariableSet given, VariableSet treatment, bool isFullLaw) => (Graph, Target, Given, Treatment, IsFullLaw) = (graph, target, given, treatment, isFullLaw);

    /// <summary>The m-graph.</summary>
    public CausalGraph Graph { get; }

    /// <summary>Variables left of the bar; of the full law all observed ones.</summary>
    public VariableSet Target { get; }

    /// <summary>Variables that are conditioned on.</summary>
    public VariableSet Given { get; }

    /// <summary>Variables that are set; empty for a query without intervention.</summary>
    public VariableSet Treatment { get; }

    /// <summary>True for the law of all observed variables and all indicators.</summary>
    public bool IsFullLaw { get; }

    /// <summary>The query as a formula.</summary>
    public string Text
    {
        get
        {
            string Names(VariableSet set) => string.Join(", ", set.ToArray().Select(v => Graph.Variables[v].Name));
            string right = string.Join(", ", new[] { Treatment.IsEmpty ? "" : $"do({Names(Treatment)})", Names(Given) }.Where(part => part.Length > 0));
            return IsFullLaw ? "full law" : $"P({Names(Target)}{(right.Length > 0 ? " | " + right : "")})";
        }
    }

    /// <summary>A query from text: <c>P(X, Y)</c>, <c>P(Y | X)</c>, <c>P(Y | do(X), W)</c> or <c>full law</c>.</summary>
    /// <param name="graph">The m-graph.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="GraphException">The text is no query, or names are unknown, doubled or no observed variables; or the graph has selection nodes.</exception>
    public static RecoveryQuestion Parse(CausalGraph graph, string text)
    {
        if (graph.OfKind(VariableKind.Selection) is { IsEmpty: false } selection)
        {
            throw new GraphException($"the graph selects rows by '{graph.Variables[selection.ToArray()[0]].Name}'; expected indicators of missingness alone. Leave the selection node out, or mark it as the indicator of what it hides.");
        }

        VariableSet none = VariableSet.Of(graph.Count);
        string trimmed = text.Trim();
        if (string.Equals(trimmed, "full law", StringComparison.OrdinalIgnoreCase))
        {
            return new RecoveryQuestion(graph, graph.OfKind(VariableKind.Observed), none, none, true);
        }

        if (!trimmed.StartsWith("P(", StringComparison.Ordinal) || !trimmed.EndsWith(')'))
        {
            throw new GraphException($"the query is '{text}'; expected P(Y), P(X, Y), P(Y | X), P(Y | do(X), W) or full law.");
        }

        string inner = trimmed[2..^1], right = "", set = "";
        if (inner.IndexOf('|', StringComparison.Ordinal) is >= 0 and int bar)
        {
            (inner, right) = (inner[..bar], inner[(bar + 1)..].Trim());
        }

        if (right.IndexOf("do(", StringComparison.Ordinal) is >= 0 and int open)
        {
            int close = right.IndexOf(')', open);
            if (close < 0)
            {
                throw new GraphException($"the query is '{text}', where do( is not closed; expected for example P(Y | do(X), W).");
            }

            set = right[(open + 3)..close];
            right = right[..open] + "," + right[(close + 1)..];
        }

        string[] target = Split(inner), given = Split(right), treatment = Split(set);
        ImmutableArray<GraphMistake>.Builder mistakes = ImmutableArray.CreateBuilder<GraphMistake>();
        if (target.Length == 0)
        {
            mistakes.Add(new GraphMistake($"the query '{text}' names no variable; expected for example P(Y).", default));
        }

        string[] all = [.. target, .. given, .. treatment];
        foreach (string twice in all.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            mistakes.Add(new GraphMistake($"the query names '{twice}' twice; expected every variable once.", default));
        }

        try
        {
            foreach (int v in graph.Set(all).ToArray().Where(v => graph.Variables[v].Kind != VariableKind.Observed))
            {
                mistakes.Add(new GraphMistake($"the query names '{graph.Variables[v].Name}', which is {(graph.Variables[v].Kind == VariableKind.Latent ? "latent" : "an indicator")}; expected observed variables.", default));
            }
        }
        catch (GraphException e)
        {
            mistakes.AddRange(e.Mistakes);
        }

        return mistakes.Count > 0 ? throw new GraphException(mistakes.ToImmutable()) : new RecoveryQuestion(graph, graph.Set(target), graph.Set(given), graph.Set(treatment), false);

        static string[] Split(string names) => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
