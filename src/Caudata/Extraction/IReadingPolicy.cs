using System.Collections.Immutable;

namespace Caudata.Extraction;

/// <summary>A document to read next.</summary>
/// <param name="Document">Its index.</param>
/// <param name="Arm">Its cluster, or −1 where the policy has no arms.</param>
/// <param name="Propensity">Probability, given the past, of the choice that named it; in (0, 1].</param>
/// <param name="Inclusion">Probability, given the past, that this round reads it; in (0, 1].</param>
public readonly record struct Pick(int Document, int Arm, double Propensity, double Inclusion);

/// <summary>What a policy may look at when it chooses.</summary>
/// <param name="Round">Number of the round, 0-based.</param>
/// <param name="IsRead">Which documents were read, shape [n].</param>
/// <param name="TokensLeft">What the budget still allows.</param>
/// <param name="TokenBudget">What it allowed at first.</param>
/// <param name="DocumentsLeft">How many documents it still allows.</param>
public sealed record ReadingState(int Round, IReadOnlyList<bool> IsRead, long TokensLeft, long TokenBudget, int DocumentsLeft);

/// <summary>The reward of one document's reading.</summary>
/// <param name="Reward">The number that the policy learns from.</param>
/// <param name="Parts">What it is made of.</param>
public sealed record ReadingReward(double Reward, ImmutableArray<Records.NamedValue> Parts);

/// <summary>Chooses which documents to read next, round by round, and learns from what they gave.</summary>
/// <remarks>One object a run; not thread-safe. The loop reads picks in order while the budget allows, and passes over those that no longer fit.</remarks>
public interface IReadingPolicy
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>Picks for the next round in order of preference; empty when there is nothing (worth) left to read.</summary>
    /// <param name="state">What the policy may look at.</param>
    /// <param name="cancellationToken">Stops the choice.</param>
    ImmutableArray<Pick> Next(ReadingState state, CancellationToken cancellationToken);

    /// <summary>The picks that were read, with the probabilities they have now that the budget has cut the round. Default: as they were named.</summary>
    /// <remarks>Called once after every choice of which something was read. A policy that draws at random within what it names must count only the places that were really filled.</remarks>
    /// <param name="named">What <see cref="Next"/> named.</param>
    /// <param name="read">The part of it that the budget pays for, in the same order; not empty.</param>
    /// <returns>The same documents in the same order.</returns>
    ImmutableArray<Pick> Cut(ImmutableArray<Pick> named, ImmutableArray<Pick> read) => read;

    /// <summary>Learns from a round.</summary>
    /// <param name="picks">What was read, in order.</param>
    /// <param name="readings">What it gave, in the same order.</param>
    /// <param name="cancellationToken">Stops the learning.</param>
    /// <returns>The reward of each reading, in the same order.</returns>
    ImmutableArray<ReadingReward> Learn(ImmutableArray<Pick> picks, IReadOnlyList<DocumentReading> readings, CancellationToken cancellationToken);
}
