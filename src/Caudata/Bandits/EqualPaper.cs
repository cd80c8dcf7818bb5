namespace Caudata.Bandits;

/// <summary>The bandit of the EQUAL paper as printed, with the sign that makes it work.</summary>
/// <remarks>
/// <para>DS_j = (baseline − OT_j) + α·√(2 ln ΣT / T_j), with α = 1/(ΣT + 1), T_j pulls of arm j, and OT_j the transport cost of <em>all</em> pairs of the arm so
/// far to the reference set (hence <see cref="RewardScope.Arm"/>: a new reward replaces the old one). The paper prints DS_j = OT_j + …, which maximises a cost; the
/// released scripts subtract. Every arm is pulled once first.</para>
/// <para>The printed α vanishes: after one pull each of 1,000 arms the bonus of an arm is 0.0037. In effect the policy is greedy after the first pass.</para>
/// <para>How many documents a pull draws is not printed: Extract takes the scripts' 10 at most, fewer where 7 pulls for each cluster would not fit into the budget (docs/guide.md, "Policies").</para>
/// <para>Source: [zhang2025equal], section on the multi-armed bandit.</para>
/// </remarks>
public sealed record EqualPaper : BanditPolicy
{
    /// <inheritdoc/>
    public override string Name => "equal-paper";

    /// <inheritdoc/>
    public override RewardScope Scope => RewardScope.Arm;

    /// <summary>What a transport cost is subtracted from; finite. Default 1. It ranks no arm before another, as unvisited arms come first.</summary>
    public double Baseline { get; init; } = 1;

    /// <summary>The reward that this policy expects for a transport cost: baseline − OT.</summary>
    /// <param name="transport">OT_j of all pairs of the arm so far, at least 0; for an arm without pairs, the largest cost (1 for cosine costs).</param>
    public double RewardOf(double transport) => Baseline - transport;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() => double.IsFinite(Baseline)
        ? base.Validate()
        : base.Validate().Append($"Baseline is {Baseline}; expected a finite number.");

    /// <inheritdoc/>
    protected override void Score(BanditState state, Span<double> scores)
    {
        double total = state.Pulls, alpha = 1 / (total + 1), log = 2 * Math.Log(Math.Max(1, total));
        ReadOnlySpan<ArmRecord> records = state.Records.AsSpan();
        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] = records[j].Pulls == 0
                ? double.PositiveInfinity
                : records[j].LastReward + (alpha * Math.Sqrt(log / records[j].Pulls));
        }
    }
}
