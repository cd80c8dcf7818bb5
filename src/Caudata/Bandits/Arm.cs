using System.Collections.Immutable;

namespace Caudata.Bandits;

/// <summary>One arm as it is before the run: a group of documents that can be read from.</summary>
/// <param name="Capacity">Number of documents that can be read, at least 0. An arm of capacity 0 is exhausted from the start.</param>
/// <param name="Cost">Expected cost of one pull, in the unit of the budget (documents, tokens, money); finite, at least 0. Default 1.</param>
public sealed record Arm(int Capacity, double Cost = 1)
{
    /// <summary>What is believed about the arm's reward per pull before any pull, for example from similarity. Finite. Default 0.</summary>
    /// <remarks>Read by <see cref="Ucb1"/>, <see cref="UcbV"/> and <see cref="ThompsonSampling"/>, and only where <see cref="PriorPulls"/> is positive.</remarks>
    public double PriorReward { get; init; }

    /// <summary>How many pulls that belief counts for; finite, at least 0. Default 0: no belief.</summary>
    public double PriorPulls { get; init; }

    /// <summary>Indices of the arms that share this arm's rewards in <see cref="EqualCode"/>; see <see cref="Frechet.Neighbours"/>. Default empty.</summary>
    public ImmutableArray<int> Neighbours { get; init; } = [];
}

/// <summary>One arm chosen for a round.</summary>
/// <param name="Arm">Index of the arm, 0-based.</param>
/// <param name="Propensity">Probability, before the draw, that this arm would be among the arms of the round; in (0, 1].</param>
public readonly record struct ArmChoice(int Arm, double Propensity);

/// <summary>What one pull of an arm gave.</summary>
/// <param name="Arm">Index of the arm, 0-based.</param>
/// <param name="Reward">Reward of the pull, higher is better; see <see cref="IBanditPolicy.Scope"/> for what it is a reward of.</param>
/// <param name="Cost">What the pull cost, in the unit of the budget; finite, at least 0.</param>
/// <param name="Documents">Documents that the pull read, at least 0 and at most the arm's remaining documents. Default 1.</param>
/// <param name="Propensity">The probability that the choice had (<see cref="ArmChoice.Propensity"/>), in (0, 1]. Default 1. Read by <see cref="Exp3"/>.</param>
public readonly record struct ArmOutcome(int Arm, double Reward, double Cost, int Documents = 1, double Propensity = 1);
