using System.Collections.Immutable;

namespace Caudata.Simulation;

/// <summary>What a column of simulated data is.</summary>
public enum SimulatedKind
{
    /// <summary>A variable that is observed, at least where its indicator is 1.</summary>
    Observed,

    /// <summary>A latent variable: truth alone.</summary>
    Latent,

    /// <summary>A missingness indicator: 1 where its variable is seen, else 0.</summary>
    Indicator,

    /// <summary>The probability, given its parents, that a variable is seen.</summary>
    Propensity,

    /// <summary>A variable under an intervention: a potential outcome.</summary>
    PotentialOutcome,

    /// <summary>A variable under an intervention less the same unit's factual value.</summary>
    Effect,
}

/// <summary>A column of simulated data.</summary>
/// <param name="Name">Its name: <c>rating</c>, <c>R_rating</c>, <c>P(R_rating)</c>, under an intervention called a <c>rating@a</c>, <c>effect(rating)@a</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Indices">The entities that index it.</param>
/// <param name="Variable">The variable or indicator that it belongs to.</param>
/// <param name="Intervention">Name of the intervention; null in the factual world.</param>
public sealed record SimulatedColumn(string Name, SimulatedKind Kind, ImmutableArray<string> Indices, string Variable, string? Intervention);
