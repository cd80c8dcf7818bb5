namespace Caudata.Bandits;

/// <summary>The bandit of EQUAL's released scripts.</summary>
/// <remarks>
/// <para>Score = mean over the pulls of (1 − OT − 0.12) + 0.001·√(2 ln ΣT / T_j). A round has 50 arms of 10 documents each. A reward also counts, as a pull would,
/// for the arms whose diagonal Fréchet distance is below 0.2 (<see cref="Frechet.Neighbours"/>, handed in as <see cref="Arm.Neighbours"/>). An unvisited arm without
/// such credit is worth exactly 0: so it is opened only once the known arms have fallen below 0, and the constant 0.12 is the real exploration rule.</para>
/// <para>Reimplemented from the published description; T_j counts pulls and credits alike, and ΣT is their sum.</para>
/// <para>Source: scripts released with [zhang2025equal].</para>
/// </remarks>
public sealed record EqualCode : BanditPolicy
{
    /// <summary>The released settings: 50 arms of 10 documents a round. They are for 1,000 arms; Extract scales both to the number of clusters and the budget (docs/guide.md, "Policies").</summary>
    public EqualCode()
    {
        ArmsPerRound = 50;
        DocumentsPerPull = 10;
    }

    /// <inheritdoc/>
    public override string Name => "equal-code";

    /// <summary>The constant subtracted from 1 − OT; finite. Default 0.12, from the scripts.</summary>
    public double Threshold { get; init; } = 0.12;

    /// <summary>α: factor of the bonus; finite, at least 0. Default 0.001, from the scripts.</summary>
    public double Alpha { get; init; } = 0.001;

    /// <summary>The reward that this policy expects for a transport cost: 1 − OT − threshold.</summary>
    /// <param name="transport">OT of the pull's pairs, at least 0; for a pull without pairs, the largest cost (2 for Euclidean costs between vectors of length 1).</param>
    public double RewardOf(double transport) => 1 - transport - Threshold;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        foreach (string mistake in base.Validate())
        {
            yield return mistake;
        }

        if (!double.IsFinite(Threshold))
        {
            yield return $"Threshold is {Threshold}; expected a finite number.";
        }

        if (!double.IsFinite(Alpha) || Alpha < 0)
        {
            yield return $"Alpha is {Alpha}; expected a finite number of at least 0.";
        }
    }

    /// <inheritdoc/>
    protected override void Score(BanditState state, Span<double> scores)
    {
        ReadOnlySpan<ArmRecord> records = state.Records.AsSpan();
        double total = 0;
        foreach (ref readonly ArmRecord record in records)
        {
            total += record.Pulls + record.Credits;
        }

        double log = 2 * Math.Log(Math.Max(1, total));
        for (int j = 0; j < scores.Length; j++)
        {
            int t = records[j].Pulls + records[j].Credits;
            scores[j] = t == 0 ? 0 : ((records[j].RewardSum + records[j].CreditSum) / t) + (Alpha * Math.Sqrt(log / t));
        }
    }

    /// <inheritdoc/>
    protected override bool Learn(BanditState state, in ArmOutcome outcome, int plays, Span<ArmRecord> records)
    {
        foreach (int neighbour in state.Arms[outcome.Arm].Neighbours)
        {
            ref ArmRecord record = ref records[neighbour];
            record = record with { Credits = record.Credits + 1, CreditSum = record.CreditSum + outcome.Reward };
        }

        return false;
    }
}
