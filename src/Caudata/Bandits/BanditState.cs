using System.Collections.Immutable;

namespace Caudata.Bandits;

/// <summary>What a policy knows: the arms, what each has given so far, and how many rounds have passed. Immutable.</summary>
/// <remarks>A state can be kept, compared by its fields, and gone back to: <see cref="IBanditPolicy.Update"/> returns a new one.</remarks>
public sealed record BanditState
{
    /// <summary>The arms as they were before the run, shape [k].</summary>
    public required ImmutableArray<Arm> Arms { get; init; }

    /// <summary>What each arm has given so far, shape [k].</summary>
    public required ImmutableArray<ArmRecord> Records { get; init; }

    /// <summary>Number of rounds (calls of <see cref="IBanditPolicy.Update"/>) so far.</summary>
    public int Round { get; init; }

    /// <summary>Number of pulls over all arms so far.</summary>
    public long Pulls { get; init; }

    /// <summary>Number of rewards that were outside the range that the policy works on and were clipped to it (only <see cref="Exp3"/>).</summary>
    public long Clipped { get; init; }

    /// <summary>Number of arms that can still be chosen.</summary>
    public int Available
    {
        get
        {
            int available = 0;
            foreach (ref readonly ArmRecord record in Records.AsSpan())
            {
                available += record.IsAvailable ? 1 : 0;
            }

            return available;
        }
    }

    /// <summary>The same state with one arm closed: it is never chosen again, although it may have documents left.</summary>
    /// <param name="arm">Index of the arm, 0-based.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such arm.</exception>
    public BanditState Close(int arm)
    {
        BanditErrors.RequireArm(arm, Arms.Length);
        return this with { Records = Records.SetItem(arm, Records[arm] with { IsClosed = true }) };
    }

    /// <summary>The same state with fewer documents left in one arm, for documents that were read outside the policy (warm-up, audit).</summary>
    /// <param name="arm">Index of the arm, 0-based.</param>
    /// <param name="documents">Documents read, from 0 to the arm's remaining documents.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such arm, or it has fewer documents left.</exception>
    public BanditState Withdraw(int arm, int documents)
    {
        BanditErrors.RequireArm(arm, Arms.Length);
        BanditErrors.RequireDocuments(arm, documents, Records[arm].Remaining);
        return this with { Records = Records.SetItem(arm, Records[arm] with { Remaining = Records[arm].Remaining - documents }) };
    }
}

/// <summary>What one arm has given so far.</summary>
public readonly record struct ArmRecord
{
    /// <summary>Documents that can still be read.</summary>
    public int Remaining { get; init; }

    /// <summary>Whether the arm was closed by <see cref="BanditState.Close"/>.</summary>
    public bool IsClosed { get; init; }

    /// <summary>T: number of pulls.</summary>
    public int Pulls { get; init; }

    /// <summary>Sum of the rewards of the pulls.</summary>
    public double RewardSum { get; init; }

    /// <summary>Sum of squared deviations of the rewards from their mean (Welford's recursion).</summary>
    public double RewardDeviation { get; init; }

    /// <summary>Reward of the last pull; 0 before the first.</summary>
    public double LastReward { get; init; }

    /// <summary>Sum of the costs of the pulls.</summary>
    public double CostSum { get; init; }

    /// <summary>Number of rewards credited by neighbour arms (only <see cref="EqualCode"/>).</summary>
    public int Credits { get; init; }

    /// <summary>Sum of the rewards credited by neighbour arms (only <see cref="EqualCode"/>).</summary>
    public double CreditSum { get; init; }

    /// <summary>Natural logarithm of the weight in <see cref="Exp3"/>; 0 at the start.</summary>
    public double LogWeight { get; init; }

    /// <summary>Whether the arm can be chosen: not closed, and with documents left.</summary>
    public bool IsAvailable => Remaining > 0 && !IsClosed;

    /// <summary>Mean reward of the pulls; 0 before the first.</summary>
    public double MeanReward => Pulls == 0 ? 0 : RewardSum / Pulls;

    /// <summary>Variance of the rewards with denominator T (as [audibert2009]); 0 before the second pull.</summary>
    public double RewardVariance => Pulls == 0 ? 0 : RewardDeviation / Pulls;
}
