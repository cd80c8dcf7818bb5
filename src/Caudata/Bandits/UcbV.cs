namespace Caudata.Bandits;

/// <summary>UCB-V: like <see cref="Ucb1"/>, with a bonus that knows the variance seen, so arms of steady rewards are settled sooner.</summary>
/// <remarks>
/// <para>Score = r̄ + √(2 V E / n) + c·3·B·E / n, with E = ζ ln t, V the variance of the arm's rewards (denominator n), n its pulls, t all pulls, and rewards in a
/// range of width B. Every arm is tried once first. With <see cref="PerCost"/> the score is divided by the mean cost of a pull.</para>
/// <para>An arm with a prior (<see cref="Arm.PriorPulls"/> = w &gt; 0) enters with w further pulls of reward <see cref="Arm.PriorReward"/>, which add no variance
/// among themselves.</para>
/// <para>Source: [audibert2009] equations 2 and 3; ζ = 1.2 and c = 1 as in its theorem 3.</para>
/// </remarks>
public sealed record UcbV : BanditPolicy
{
    /// <inheritdoc/>
    public override string Name => "ucb-v";

    /// <summary>B: width of the range of the rewards; positive. Default 1.</summary>
    public double RewardWidth { get; init; } = 1;

    /// <summary>ζ: factor of the logarithm; positive. Default 1.2, from the paper; above 1 for its regret bound.</summary>
    public double Zeta { get; init; } = 1.2;

    /// <summary>c: factor of the range term; at least 0. Default 1, from the paper.</summary>
    public double RangeFactor { get; init; } = 1;

    /// <summary>Whether arms are ranked by reward per cost. Default false.</summary>
    public bool PerCost { get; init; }

    /// <inheritdoc/>
    protected override bool DividesByCost => PerCost;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        foreach (string mistake in base.Validate())
        {
            yield return mistake;
        }

        if (!(RewardWidth > 0 && double.IsFinite(RewardWidth)))
        {
            yield return $"RewardWidth is {RewardWidth}; expected a positive number.";
        }

        if (!(Zeta > 0 && double.IsFinite(Zeta)))
        {
            yield return $"Zeta is {Zeta}; expected a positive number.";
        }

        if (!(RangeFactor >= 0 && double.IsFinite(RangeFactor)))
        {
            yield return $"RangeFactor is {RangeFactor}; expected a finite number of at least 0.";
        }
    }

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

        double e = Zeta * Math.Log(Math.Max(1, t));
        for (int j = 0; j < scores.Length; j++)
        {
            double w = arms[j].PriorPulls, pulls = records[j].Pulls, n = pulls + w;
            if (n == 0)
            {
                scores[j] = double.PositiveInfinity;
                continue;
            }

            double mean = (records[j].RewardSum + (w * arms[j].PriorReward)) / n;
            double apart = records[j].MeanReward - arms[j].PriorReward;
            double variance = (records[j].RewardDeviation + (pulls * w / n * apart * apart)) / n;
            double score = mean + Math.Sqrt(2 * variance * e / n) + (RangeFactor * 3 * RewardWidth * e / n);
            scores[j] = PerCost ? score / CostOfPull(arms[j], records[j]) : score;
        }
    }
}
