namespace Caudata.Bandits;

/// <summary>EXP3: exponential weights, for rewards that drift or are chosen against us; several arms a round as in Exp3.M.</summary>
/// <remarks>
/// <para>Each arm has a weight w. The chance of arm j in a round of m arms is π = m·((1 − γ)·w/Σw + γ/k), over the k arms that can be chosen; weights that would lift
/// it over 1 are levelled. A pull with reward x ∈ [0, 1] multiplies its weight by exp(m·γ·(x/π)/k), unless its chance was 1.</para>
/// <para>Rewards are mapped from [<see cref="Lowest"/>, <see cref="Highest"/>] to [0, 1]; those outside are clipped and counted in <see cref="BanditState.Clipped"/>.
/// With <see cref="PerCost"/> it is the reward per cost that is mapped.</para>
/// <para>Source: [auer2002exp] section 3, γ by its corollary 3.2; several arms: [uchiya2010] algorithm Exp3.M.</para>
/// </remarks>
public sealed record Exp3 : BanditPolicy
{
    /// <inheritdoc/>
    public override string Name => "exp3";

    /// <summary>Smallest reward (per cost, with <see cref="PerCost"/>); finite. Default 0.</summary>
    public double Lowest { get; init; }

    /// <summary>Largest reward (per cost, with <see cref="PerCost"/>); finite, above <see cref="Lowest"/>. Default 1.</summary>
    public double Highest { get; init; } = 1;

    /// <summary>γ in (0, 1], or null for min(1, √(k ln k / ((e − 1)·rounds))), the value of corollary 3.2 for <see cref="Rounds"/>. Default null.</summary>
    public double? Gamma { get; init; }

    /// <summary>Expected number of pulls of the run, at least 1; read only where <see cref="Gamma"/> is null. Default 1,000.</summary>
    public int Rounds { get; init; } = 1000;

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

        if (!(double.IsFinite(Lowest) && double.IsFinite(Highest) && Lowest < Highest))
        {
            yield return $"Rewards are expected from {Lowest} to {Highest}; expected two finite numbers, the first smaller.";
        }

        if (Gamma is { } gamma && !(gamma > 0 && gamma <= 1))
        {
            yield return $"Gamma is {gamma}; expected a share in (0, 1].";
        }

        if (Rounds < 1)
        {
            yield return $"Rounds is {Rounds}; expected at least 1.";
        }
    }

    /// <inheritdoc/>
    protected override void Score(BanditState state, Span<double> scores)
    {
        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] = state.Records[j].LogWeight;
        }
    }

    /// <inheritdoc/>
    protected override void Include(BanditState state, int m, Span<double> probabilities)
    {
        ReadOnlySpan<ArmRecord> records = state.Records.AsSpan();
        double max = double.NegativeInfinity, sum = 0;
        int k = 0;
        foreach (ref readonly ArmRecord record in records)
        {
            max = record.IsAvailable ? Math.Max(max, record.LogWeight) : max;
            k += record.IsAvailable ? 1 : 0;
        }

        for (int j = 0; j < records.Length; j++)
        {
            probabilities[j] = records[j].IsAvailable ? Math.Exp(records[j].LogWeight - max) : 0;
            sum += probabilities[j];
        }

        double gamma = GammaOf(k);
        for (int j = 0; j < records.Length; j++)
        {
            probabilities[j] = records[j].IsAvailable ? ((1 - gamma) * probabilities[j] / sum) + (gamma / k) : 0;
        }

        InclusionProbabilities.Fill(probabilities, m);
    }

    /// <inheritdoc/>
    protected override bool Learn(BanditState state, in ArmOutcome outcome, int plays, Span<ArmRecord> records)
    {
        double raw = ((PerCost ? outcome.Reward / outcome.Cost : outcome.Reward) - Lowest) / (Highest - Lowest), x = Math.Clamp(raw, 0, 1);
        if (outcome.Propensity < 1)
        {
            int k = state.Available;
            ref ArmRecord record = ref records[outcome.Arm];
            record = record with { LogWeight = record.LogWeight + (plays * GammaOf(k) * x / (outcome.Propensity * k)) };
        }

        return raw != x;
    }

    private double GammaOf(int k) => Gamma ?? Math.Min(1, Math.Sqrt(k * Math.Log(Math.Max(2, k)) / ((Math.E - 1) * Rounds)));
}
