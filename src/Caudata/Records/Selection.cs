using System.Collections.Immutable;

namespace Caudata.Records;

/// <summary>One logged choice: what was chosen, with which probability, at what cost, with what outcome.</summary>
/// <remarks>The row of every SelectionLog of the product; estimators read these, whoever wrote them.</remarks>
public sealed record Selection
{
    /// <summary>Round in which it was chosen, 0-based; round 0 is the warm-up where there is one.</summary>
    public required int Round { get; init; }

    /// <summary>Identifier of the chosen unit, for example of a document.</summary>
    public required string Unit { get; init; }

    /// <summary>Index of the chosen unit in its store, 0-based.</summary>
    public required int Index { get; init; }

    /// <summary>Arm that the unit belongs to, 0-based; -1 where the policy has no arms.</summary>
    public required int Arm { get; init; }

    /// <summary>Name of the policy that chose.</summary>
    public required string Policy { get; init; }

    /// <summary>Probability, given the past, that this choice was made, in (0, 1].</summary>
    public required double Propensity { get; init; }

    /// <summary>Probability, given the past, that the unit was among this round's choices, in (0, 1].</summary>
    public required double InclusionProbability { get; init; }

    /// <summary>What the choice cost, in the unit of the budget.</summary>
    public required double Cost { get; init; }

    /// <summary>The reward that was given to the policy.</summary>
    public required double Reward { get; init; }

    /// <summary>What the reward is made of, in a fixed order.</summary>
    public ImmutableArray<NamedValue> RewardParts { get; init; } = [];

    /// <summary>The outcome: number of pairs that the unit gave.</summary>
    public required int Pairs { get; init; }

    /// <summary>How many of them count as relevant to the target; null while that is not known.</summary>
    public int? Relevant { get; init; }

    /// <summary>Equal when every field is, part by part.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(Selection? other) =>
        other is not null && (Round, Unit, Index, Arm, Policy, Pairs, Relevant) == (other.Round, other.Unit, other.Index, other.Arm, other.Policy, other.Pairs, other.Relevant)
        && Propensity.Equals(other.Propensity) && InclusionProbability.Equals(other.InclusionProbability) && Cost.Equals(other.Cost) && Reward.Equals(other.Reward)
        && RewardParts.AsSpan().SequenceEqual(other.RewardParts.AsSpan());

    /// <summary>A hash of round, unit and arm.</summary>
    public override int GetHashCode() => HashCode.Combine(Round, Unit, Arm);
}

/// <summary>A number with its name.</summary>
/// <param name="Name">The name, in kebab case.</param>
/// <param name="Value">The number.</param>
public readonly record struct NamedValue(string Name, double Value);
