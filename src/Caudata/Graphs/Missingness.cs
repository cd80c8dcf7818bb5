using System.Collections.Immutable;

namespace Caudata.Graphs;

/// <summary>How a variable goes missing.</summary>
public enum MissingnessClass
{
    /// <summary>Missing completely at random: R is independent of all substantive variables that are seen anywhere.</summary>
    Mcar,

    /// <summary>Missing at random: R is independent of the variables with missing values given those without.</summary>
    Mar,

    /// <summary>Missing not at random: neither.</summary>
    Mnar,
}

/// <summary>How one variable goes missing, read off the graph.</summary>
/// <param name="Variable">Its number.</param>
/// <param name="Indicator">The number of its indicator R.</param>
/// <param name="Class">Its class.</param>
/// <param name="Path">The path that makes it so: for MNAR from R to a variable with missing values, open given all without; for MAR from R to a variable that is never missing, open by itself; null for MCAR.</param>
/// <param name="IsSelfMasking">True when the variable causes its own indicator, V → R.</param>
/// <param name="Colluders">Numbers of the variables W for which W → R ← R_W: their value and their being seen meet at R.</param>
public sealed record MissingnessFinding(int Variable, int Indicator, MissingnessClass Class, ActivePath? Path, bool IsSelfMasking, ImmutableArray<int> Colluders)
{
    /// <summary>The class in words, for example <c>MNAR, self-masking, colluding</c>.</summary>
    public string Label => Class.ToString().ToUpperInvariant() + (IsSelfMasking ? ", self-masking" : "") + (Colluders.IsEmpty ? "" : ", colluding");

    /// <summary>Equal when all parts are.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(MissingnessFinding? other) => other is not null && Variable == other.Variable && Indicator == other.Indicator && Class == other.Class && Equals(Path, other.Path) && IsSelfMasking == other.IsSelfMasking && Colluders.AsSpan().SequenceEqual(other.Colluders.AsSpan());

    /// <summary>A hash of variable and class.</summary>
    public override int GetHashCode() => HashCode.Combine(Variable, Class);
}

/// <summary>Classes of missingness, read off an m-graph by m-separation.</summary>
/// <remarks>
/// <para>V_o are the observed variables without an indicator, V_m those with one. For a variable V with the indicator R: MCAR when R ⊥ V_o ∪ V_m; MAR when R ⊥ V_m | V_o; else MNAR: the graphical definitions of [mohan2021],
/// applied to one indicator at a time. They ask it of all indicators together, which comes to the worst class of any one of them, because a set is m-separated when each member is (<see cref="OfAll"/>). They also ask that R be
/// independent of the latent variables; here a latent counts only where it joins R to something measured, because a cause of R alone changes nothing about the data. Selection nodes, where there are any, are conditioned on
/// throughout: the data hold no other rows.</para>
/// <para>Self-masking (self-censoring) is an edge V → R. Colluding is W → R ← R_W with W another variable [nabi2020]: without latent variables the full law is identified exactly when neither occurs.</para>
/// <para>Two searches for all indicators: O(n + m + size of the paths).</para>
/// </remarks>
public static class Missingness
{
    /// <summary>A finding for each variable with an indicator, by number.</summary>
    /// <param name="graph">The graph.</param>
    public static ImmutableArray<MissingnessFinding> Of(CausalGraph graph)
    {
        int[] variables = [.. Enumerable.Range(0, graph.SubstantiveCount).Where(v => graph.IndicatorOf(v) is not null)];
        if (variables.Length == 0)
        {
            return [];
        }

        int[] indicators = [.. variables.Select(v => graph.IndicatorOf(v)!.Value)];
        VariableSet missing = VariableSet.Of(graph.Count, variables), complete = graph.OfKind(VariableKind.Observed).Except(missing), selection = graph.OfKind(VariableKind.Selection);
        ActivePath?[] notMar = MSeparation.Witnesses(graph, missing, indicators, complete.Union(selection)), notMcar = MSeparation.Witnesses(graph, complete.Union(missing), indicators, selection);
        return [.. variables.Select((variable, k) => Find(graph, variable, indicators[k], notMar[k], notMcar[k]))];
    }

    /// <summary>The class of all indicators together: the worst of any one; null when there are none.</summary>
    /// <param name="graph">The graph.</param>
    public static MissingnessClass? OfAll(CausalGraph graph) => Of(graph) is { IsEmpty: false } findings ? findings.Max(finding => finding.Class) : null;

    private static MissingnessFinding Find(CausalGraph graph, int variable, int indicator, ActivePath? notMar, ActivePath? notMcar)
    {
        MissingnessClass found = notMar is not null ? MissingnessClass.Mnar : notMcar is not null ? MissingnessClass.Mar : MissingnessClass.Mcar;
        HashSet<int> parents = [.. graph.Parents(indicator)];
        bool masks = parents.Contains(variable);
        ImmutableArray<int> colluders = [.. parents.Where(p => p != variable && graph.IndicatorOf(p) is int other && parents.Contains(other)).Order()];
        ActivePath? path = masks ? new ActivePath([graph.Variables[indicator].Name, graph.Variables[variable].Name], [PathEdge.Backward], []) : notMar ?? notMcar;
        return new MissingnessFinding(variable, indicator, found, path, masks, colluders);
    }
}
