using System.Collections.Immutable;
using Caudata.Simulation.Expressions;
using Caudata.Simulation.Feedback;

namespace Caudata.Simulation;

/// <summary>A variable of a world with its mechanism.</summary>
public sealed record WorldVariable
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Names of the entities that index it, at most three: <c>[user, item]</c>.</summary>
    public required ImmutableArray<string> Indices { get; init; }

    /// <summary>True when it never reaches the observed data.</summary>
    public bool IsLatent { get; init; }

    /// <summary>What it is, in a few words; may be empty.</summary>
    public string About { get; init; } = "";

    /// <summary>Its mechanism as an expression, for people.</summary>
    public required string Formula { get; init; }

    /// <summary>Name with indices, for example <c>rating[user,item]</c>.</summary>
    public string Label => Indices.IsEmpty ? Name : $"{Name}[{string.Join(',', Indices)}]";

    internal Expression Mechanism { get; init; } = null!;

    internal WorldPlace Place { get; init; }
}

/// <summary>How the mean of an indicator's probability is brought to the rate that is asked for.</summary>
public enum RateMethod
{
    /// <summary>No rate is asked for: the probability is taken as it is.</summary>
    None,

    /// <summary>A constant is added to the logit.</summary>
    Intercept,

    /// <summary>The probability is multiplied by a constant, and cut at 1.</summary>
    Scale,
}

/// <summary>The missingness of a variable: its indicator R, 1 where the variable is seen.</summary>
public sealed record WorldIndicator
{
    /// <summary>Its name, <c>R_</c> and the name of its variable.</summary>
    public required string Name { get; init; }

    /// <summary>The variable that it shows or hides.</summary>
    public required string Of { get; init; }

    /// <summary>Entities that index it: those of its variable.</summary>
    public required ImmutableArray<string> Indices { get; init; }

    /// <summary>How the rate is reached.</summary>
    public RateMethod Method { get; init; }

    /// <summary>The mean of the probability that is asked for, in (0, 1); NaN where none is.</summary>
    public double Rate { get; init; } = double.NaN;

    /// <summary>True when every unit of the first entity (each user) has that mean by itself; else it is the mean over all.</summary>
    public bool PerRow { get; init; }

    /// <summary>Its mechanism for people.</summary>
    public required string Formula { get; init; }

    /// <summary>Units drawn in two stages, for a randomised experiment: so many units of the first entity, then for each so many of the second; null when units are seen one by one.</summary>
    public ImmutableArray<int>? Sample { get; init; }

    /// <summary>The score (a logit) or the probability before the rate; null for a sample.</summary>
    internal Expression? Mechanism { get; init; }

    /// <summary>True when the mechanism is a logit.</summary>
    internal bool IsLogit { get; init; }

    internal WorldPlace Place { get; init; }
}

/// <summary>A named constant of a world that the caller may set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="About">What it is; may be empty.</param>
public sealed record WorldParameter(string Name, double Value, string About);

/// <summary>An intervention on one variable or indicator: its mechanism is replaced, its noise stays.</summary>
/// <param name="Target">Name of the variable or indicator.</param>
/// <param name="Formula">The new mechanism: a number for a hard intervention, or an expression.</param>
public sealed record Intervention(string Target, string Formula)
{
    /// <summary>The policy that decides in the rounds instead of the world's own; null for an intervention on a variable.</summary>
    public ExposurePolicy? Policy { get; private init; }

    /// <summary>An intervention on the policy of a world with rounds.</summary>
    /// <param name="policy">The policy that decides instead.</param>
    public static Intervention On(ExposurePolicy policy) => new(RoundScope.Policy, policy.Formula) { Policy = policy };

    internal Expression? Mechanism { get; init; }

    internal WorldPlace Place { get; init; }
}
