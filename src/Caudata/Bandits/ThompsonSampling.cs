using System.Buffers;
using Caudata.Numerics;

namespace Caudata.Bandits;

/// <summary>Thompson sampling for normal rewards of unknown mean and variance: an arm is taken as often as it is believed to be the best.</summary>
/// <remarks>
/// <para>The belief about an arm is normal-inverse-χ²: after n pulls, μ ~ t with ν₀ + n degrees of freedom around μₙ = (κ₀μ₀ + Σr)/(κ₀ + n), squared scale
/// σₙ²/(κ₀ + n), where (ν₀ + n)σₙ² = ν₀σ₀² + Σ(r − r̄)² + κ₀n(r̄ − μ₀)²/(κ₀ + n).</para>
/// <para>The probability that an arm is among the m best has no closed form. It is replaced, before the round is drawn, by its frequency in
/// <see cref="Draws"/> samples of all beliefs, keyed by <see cref="Seed"/> and round; the round is then drawn with exactly these frequencies. So the
/// propensities are exact for the policy that is run, and that policy differs from ideal Thompson sampling by the sampling error of the frequencies
/// (at most 0.5/√draws an arm, 0.03 at 256). One draw is Thompson sampling as usual, with propensities of 1 given the draw.</para>
/// <para>Source: [thompson1933]; posterior: [gelman2013] section 3.3; t variates by the polar method, [bailey1994]. O(draws · k) a round.</para>
/// </remarks>
public sealed record ThompsonSampling : BanditPolicy
{
    /// <inheritdoc/>
    public override string Name => "thompson";

    /// <summary>Seed of the samples. The same seed and state give the same probabilities.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Number of samples of the beliefs a round, 1 to 1,000,000. Default 256: a frequency is then within 0.03 of its probability (one standard error).</summary>
    public int Draws { get; init; } = 256;

    /// <summary>μ₀: expected reward of an arm before its first pull, for arms without a prior of their own. Default 0.5, the middle of [0, 1].</summary>
    public double PriorReward { get; init; } = 0.5;

    /// <summary>κ₀: how many pulls that expectation counts for; positive. Default 1.</summary>
    public double PriorPulls { get; init; } = 1;

    /// <summary>σ₀²: expected variance of a reward; positive. Default 0.25, the largest for rewards in [0, 1].</summary>
    public double PriorVariance { get; init; } = 0.25;

    /// <summary>ν₀: how many pulls the expected variance counts for; positive. Default 2.</summary>
    public double PriorDegrees { get; init; } = 2;

    /// <summary>Whether arms are ranked by reward per cost: the sampled mean divided by the mean cost of a pull. Default false.</summary>
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

        if (Draws is < 1 or > 1_000_000)
        {
            yield return $"Draws is {Draws}; expected 1 to 1,000,000.";
        }

        if (!double.IsFinite(PriorReward))
        {
            yield return $"PriorReward is {PriorReward}; expected a finite number.";
        }

        if (!(PriorPulls > 0 && double.IsFinite(PriorPulls)) || !(PriorVariance > 0 && double.IsFinite(PriorVariance)) || !(PriorDegrees > 0 && double.IsFinite(PriorDegrees)))
        {
            yield return $"PriorPulls is {PriorPulls}, PriorVariance {PriorVariance}, PriorDegrees {PriorDegrees}; expected positive numbers.";
        }
    }

    /// <summary>The belief about one arm's mean reward: a t distribution.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="record">Its record.</param>
    /// <returns>Location, scale (not squared) and degrees of freedom.</returns>
    public (double Location, double Scale, double Degrees) Belief(Arm arm, in ArmRecord record)
    {
        (double mu0, double kappa0) = arm.PriorPulls > 0 ? (arm.PriorReward, arm.PriorPulls) : (PriorReward, PriorPulls);
        double n = record.Pulls, kappa = kappa0 + n, degrees = PriorDegrees + n, apart = record.MeanReward - mu0;
        double location = ((kappa0 * mu0) + record.RewardSum) / kappa;
        double squares = (PriorDegrees * PriorVariance) + record.RewardDeviation + (kappa0 * n / kappa * apart * apart);
        return (location, Math.Sqrt(squares / degrees / kappa), degrees);
    }

    /// <inheritdoc/>
    protected override void Score(BanditState state, Span<double> scores)
    {
        for (int j = 0; j < scores.Length; j++)
        {
            double mean = Belief(state.Arms[j], state.Records[j]).Location;
            scores[j] = PerCost ? mean / CostOfPull(state.Arms[j], state.Records[j]) : mean;
        }
    }

    /// <inheritdoc/>
    protected override void Include(BanditState state, int m, Span<double> probabilities)
    {
        int k = probabilities.Length;
        double[] rented = ArrayPool<double>.Shared.Rent(4 * k);
        Span<double> location = rented.AsSpan(0, k), scale = rented.AsSpan(k, k), degrees = rented.AsSpan(2 * k, k), sample = rented.AsSpan(3 * k, k);
        for (int j = 0; j < k; j++)
        {
            (location[j], scale[j], degrees[j]) = Belief(state.Arms[j], state.Records[j]);
            double cost = PerCost ? CostOfPull(state.Arms[j], state.Records[j]) : 1;
            location[j] /= cost;
            scale[j] /= cost;
        }

        ReadOnlySpan<ArmRecord> records = state.Records.AsSpan();
        RandomStream stream = new RandomStream(Seed, "thompson", (ulong)state.Round);
        for (int draw = 0; draw < Draws; draw++)
        {
            for (int j = 0; j < k; j++)
            {
                sample[j] = records[j].IsAvailable ? location[j] + (scale[j] * NextStudent(ref stream, degrees[j])) : double.NegativeInfinity;
            }

            TopArms.Add(sample, m, 1, probabilities);
        }

        for (int j = 0; j < k; j++)
        {
            probabilities[j] /= Draws;
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>A t variate: √(ν(U^(−2/ν) − 1))·cos 2πV for uniform U in (0, 1] and V.</summary>
    private static double NextStudent(ref RandomStream stream, double degrees)
    {
        double u = 1 - stream.NextDouble(), v = stream.NextDouble();
        return Math.Sqrt(degrees * (Math.Exp(-2 / degrees * Math.Log(u)) - 1)) * Math.Cos(2 * Math.PI * v);
    }
}
