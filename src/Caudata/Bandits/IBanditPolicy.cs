using System.Collections.Immutable;
using Caudata.Numerics;

namespace Caudata.Bandits;

/// <summary>Decides which arms to pull next. Pure: state in, choice or new state out; nothing is kept in the policy.</summary>
/// <remarks>
/// <para>A run is <c>state = Start(arms)</c>, then rounds of <c>choices = Choose(state, count, ref stream)</c>, pulling the chosen arms, and
/// <c>state = Update(state, outcomes)</c>, until <c>Choose</c> returns no arm.</para>
/// <para>Thread-safe. Arms of one round are distinct. Exhausted and closed arms are never chosen. Equal scores go to the lowest index.</para>
/// </remarks>
public interface IBanditPolicy
{
    /// <summary>Name on the command line, for example <c>ucb1</c>.</summary>
    string Name { get; }

    /// <summary>What the reward of a pull has to be a reward of.</summary>
    RewardScope Scope { get; }

    /// <summary>How many arms a round has unless the caller has a reason for another number; at least 1.</summary>
    int ArmsPerRound { get; }

    /// <summary>How many documents one pull reads unless the caller has a reason for another number; at least 1.</summary>
    int DocumentsPerPull { get; }

    /// <summary>The state before the first round.</summary>
    /// <param name="arms">The arms, shape [k], k ≥ 1.</param>
    /// <exception cref="ArgumentException">There is no arm, or arms are out of range; all mistakes are named.</exception>
    BanditState Start(ReadOnlySpan<Arm> arms);

    /// <summary>The value by which the policy ranks the arms, for reports and stopping rules.</summary>
    /// <param name="state">The state.</param>
    /// <param name="scores">Receives the scores, shape [k]: higher is better; positive infinity for "must be tried", negative infinity for an arm that cannot be chosen.</param>
    /// <exception cref="ArgumentException">The span's length is not k.</exception>
    void Scores(BanditState state, Span<double> scores);

    /// <summary>The probability of every arm to be among the arms of the next round.</summary>
    /// <param name="state">The state.</param>
    /// <param name="count">Number of arms asked for, at least 1.</param>
    /// <param name="probabilities">Receives the probabilities, shape [k]. Their sum is the smaller of <paramref name="count"/> and the number of arms that can be chosen.</param>
    /// <exception cref="ArgumentException">The span's length is not k, or the count is below 1.</exception>
    void Probabilities(BanditState state, int count, Span<double> probabilities);

    /// <summary>Chooses the arms of a round.</summary>
    /// <param name="state">The state.</param>
    /// <param name="count">Number of arms asked for, at least 1. Fewer are returned where fewer can be chosen.</param>
    /// <param name="stream">Random numbers; one is drawn a round by every policy, so that policies can be compared on the same numbers.</param>
    /// <returns>Distinct arms in order of their index, each with the probability that it had. Empty when no arm can be chosen.</returns>
    ImmutableArray<ArmChoice> Choose(BanditState state, int count, ref RandomStream stream);

    /// <summary>The state after a round.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="outcomes">The outcomes of the round's pulls, in any order of arms; several pulls of one arm are counted one by one.</param>
    /// <exception cref="ArgumentException">A reward or cost is not a finite number, a cost is negative, or more documents were read than were left.</exception>
    BanditState Update(BanditState state, ReadOnlySpan<ArmOutcome> outcomes);
}

/// <summary>What a reward is a reward of.</summary>
public enum RewardScope
{
    /// <summary>Of the pairs of this pull alone.</summary>
    Pull,

    /// <summary>Of all pairs of the arm so far, this pull included.</summary>
    Arm,
}

/// <summary>Shorter calls for single pulls.</summary>
public static class BanditPolicyExtensions
{
    /// <summary>The state after a round of one pull.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="state">The state before it.</param>
    /// <param name="choice">The choice that was pulled.</param>
    /// <param name="reward">Reward of the pull.</param>
    /// <param name="cost">Cost of the pull. Default 1.</param>
    /// <param name="documents">Documents that it read. Default 1.</param>
    public static BanditState Update(this IBanditPolicy policy, BanditState state, ArmChoice choice, double reward, double cost = 1, int documents = 1) =>
        policy.Update(state, [new ArmOutcome(choice.Arm, reward, cost, documents, choice.Propensity)]);
}
