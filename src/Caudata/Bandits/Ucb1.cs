namespace Caudata.Bandits;

/// <summary>UCB1: the mean reward plus a bonus that falls as an arm is pulled; every arm is tried once first.</summary>
/// <remarks>
/// <para>Score = r̄ + B·√(2 ln t / n), with n pulls of the arm, t of all, and rewards in a range of width B. With <see cref="PerCost"/> the score is divided by
/// the mean cost of a pull (the density index of KUBE for a budget).</para>
/// <para>An arm with a prior (<see cref="Arm.PriorPulls"/> = w &gt; 0) enters with n = w and r̄ = <see cref="Arm.PriorReward"/> instead of being tried first.</para>
/// <para>Source: [auer2002] figure 1; [tranthanh2012] algorithm 1 for costs.</para>
/// </remarks>
public sealed record Ucb1 : BanditPolicy
{
    /// <inheritdoc/>
    public override string Name => "ucb1";

    /// <summary>B: width of the range of the rewards; positive. Default 1, as in the paper.</summary>
    public double RewardWidth { get; init; } = 1;

    /// <summary>Whether arms are ranked by reward per cost. Default false.</summary>
    public bool PerCost { get; init; }

    /// <inheritdoc/>
    protected override bool DividesByCost => PerCost;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() => RewardWidth > 0 && double.IsFinite(RewardWidth)
        ? base.Validate()
        : base.Validate().Append($"RewardWidth is {RewardWidth}; expected a positive number.");

    /// <inheritdoc/>
    protected override void Score(BanditState state, Span<double> scores)
    {
        ReadOnlySpan<ArmRecord> records = state.Records.AsSpan();
        ReadOnlySpan<Arm> arms = state.Arms.AsSpan();
        double t = 0;
        for (int j = 0; j < records.Length; j++)
        {
            t += records[j].Pulls + arms[j].PriorPulls;
        }

        double log = 2 * Math.Log(Math.Max(1, t));
        for (int j = 0; j < scores.Length; j++)
        {
            double n = records[j].Pulls + arms[j].PriorPulls;
            double mean = (records[j].RewardSum + (arms[j].PriorPulls * arms[j].PriorReward)) / n;
            double score = n == 0 ? double.PositiveInfinity : mean + (RewardWidth * Math.Sqrt(log / n));
            scores[j] = PerCost ? score / CostOfPull(arms[j], records[j]) : score;
        }
    }
}
