using System.Buffers;
using System.Collections.Immutable;
using Caudata.Numerics;

namespace Caudata.Bandits;

/// <summary>The round that all policies of this folder share; a policy adds its scores and its probabilities.</summary>
/// <remarks>
/// <para>A round is drawn by systematic sampling with the policy's inclusion probabilities ([madow1949]), so that an arm's propensity is exact whatever
/// the number of arms of a round. Deterministic policies have probabilities 0 and 1. With <see cref="Exploration"/> ε &gt; 0 the probabilities become
/// (1 − ε)·π + ε·m/a, with m arms of the round among a that can be chosen: then every arm has a positive propensity, which the forecast of unread pairs needs.</para>
/// <para>Choosing costs O(k) time for one arm of k, O(k log m) for m arms.</para>
/// </remarks>
public abstract record BanditPolicy : IBanditPolicy
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual RewardScope Scope => RewardScope.Pull;

    /// <inheritdoc/>
    public int ArmsPerRound { get; init; } = 1;

    /// <inheritdoc/>
    public int DocumentsPerPull { get; init; } = 1;

    /// <summary>ε: the share of rounds that is drawn uniformly from the arms that can be chosen; in [0, 1]. Default 0.</summary>
    public double Exploration { get; init; }

    /// <inheritdoc/>
    public BanditState Start(ReadOnlySpan<Arm> arms)
    {
        List<string> mistakes = [.. Validate()];
        if (arms.IsEmpty)
        {
            mistakes.Add("There are no arms; expected at least 1.");
        }

        for (int j = 0; j < arms.Length; j++)
        {
            Arm arm = arms[j];
            if (arm.Capacity < 0)
            {
                mistakes.Add($"Arm {j} has capacity {arm.Capacity}; expected a number of documents of at least 0.");
            }

            if (!double.IsFinite(arm.Cost) || arm.Cost < 0)
            {
                mistakes.Add($"Arm {j} has cost {arm.Cost}; expected a finite number of at least 0.");
            }
            else if (DividesByCost && arm.Cost == 0)
            {
                mistakes.Add($"Arm {j} has cost 0 and '{Name}' ranks by reward per cost; give every arm a positive cost, or turn PerCost off.");
            }

            if (!double.IsFinite(arm.PriorReward) || !double.IsFinite(arm.PriorPulls) || arm.PriorPulls < 0)
            {
                mistakes.Add($"Arm {j} has prior reward {arm.PriorReward} worth {arm.PriorPulls} pulls; expected finite numbers, the pulls at least 0.");
            }

            foreach (int neighbour in arm.Neighbours)
            {
                if ((uint)neighbour >= (uint)arms.Length || neighbour == j)
                {
                    mistakes.Add($"Arm {j} has neighbour {neighbour}; expected another arm, 0 to {arms.Length - 1}.");
                }
            }
        }

        if (mistakes.Count > 0)
        {
            BanditErrors.Throw(mistakes, nameof(arms));
        }

        ImmutableArray<ArmRecord>.Builder records = ImmutableArray.CreateBuilder<ArmRecord>(arms.Length);
        foreach (Arm arm in arms)
        {
            records.Add(new ArmRecord { Remaining = arm.Capacity });
        }

        return new BanditState { Arms = [.. arms], Records = records.MoveToImmutable() };
    }

    /// <inheritdoc/>
    public void Scores(BanditState state, Span<double> scores)
    {
        BanditErrors.RequireLength(scores.Length, state.Arms.Length, nameof(scores));
        Score(state, scores);
        ReadOnlySpan<ArmRecord> records = state.Records.AsSpan();
        for (int j = 0; j < scores.Length; j++)
        {
            if (!records[j].IsAvailable)
            {
                scores[j] = double.NegativeInfinity;
            }
        }
    }

    /// <inheritdoc/>
    public void Probabilities(BanditState state, int count, Span<double> probabilities)
    {
        BanditErrors.RequireLength(probabilities.Length, state.Arms.Length, nameof(probabilities));
        BanditErrors.RequireCount(count);
        int available = state.Available, m = Math.Min(count, available);
        probabilities.Clear();
        if (m == 0)
        {
            return;
        }

        Include(state, m, probabilities);
        if (Exploration > 0)
        {
            ReadOnlySpan<ArmRecord> records = state.Records.AsSpan();
            double floor = Exploration * m / available;
            for (int j = 0; j < probabilities.Length; j++)
            {
                probabilities[j] = records[j].IsAvailable ? Math.Min(1, ((1 - Exploration) * probabilities[j]) + floor) : 0;
            }
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<ArmChoice> Choose(BanditState state, int count, ref RandomStream stream)
    {
        double start = stream.NextDouble();
        int k = state.Arms.Length;
        double[] rented = ArrayPool<double>.Shared.Rent(k);
        Span<double> probabilities = rented.AsSpan(0, k);
        Probabilities(state, count, probabilities);
        ImmutableArray<ArmChoice> choices = SystematicSampling.Draw(probabilities, start);
        ArrayPool<double>.Shared.Return(rented);
        return choices;
    }

    /// <inheritdoc/>
    public BanditState Update(BanditState state, ReadOnlySpan<ArmOutcome> outcomes)
    {
        ArmRecord[] records = [.. state.Records];
        List<string> mistakes = [];
        long clipped = state.Clipped;
        for (int i = 0; i < outcomes.Length; i++)
        {
            ArmOutcome outcome = outcomes[i];
            Check(outcome, i, records, mistakes);
            if (mistakes.Count > 0)
            {
                continue;
            }

            ref ArmRecord record = ref records[outcome.Arm];
            double mean = record.MeanReward, sum = record.RewardSum + outcome.Reward;
            int pulls = record.Pulls + 1;
            record = record with
            {
                Remaining = record.Remaining - outcome.Documents,
                Pulls = pulls,
                RewardSum = sum,
                RewardDeviation = record.RewardDeviation + ((outcome.Reward - mean) * (outcome.Reward - (sum / pulls))),
                LastReward = outcome.Reward,
                CostSum = record.CostSum + outcome.Cost,
            };
            clipped += Learn(state, outcome, outcomes.Length, records) ? 1 : 0;
        }

        if (mistakes.Count > 0)
        {
            BanditErrors.Throw(mistakes, nameof(outcomes));
        }

        return state with
        {
            Records = System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(records),
            Round = state.Round + 1,
            Pulls = state.Pulls + outcomes.Length,
            Clipped = clipped,
        };
    }

    /// <summary>All mistakes in the policy's own options, empty when there is none.</summary>
    public virtual IEnumerable<string> Validate()
    {
        if (!(Exploration >= 0 && Exploration <= 1))
        {
            yield return $"Exploration is {Exploration}; expected a share in [0, 1].";
        }

        if (ArmsPerRound < 1)
        {
            yield return $"ArmsPerRound is {ArmsPerRound}; expected at least 1.";
        }

        if (DocumentsPerPull < 1)
        {
            yield return $"DocumentsPerPull is {DocumentsPerPull}; expected at least 1.";
        }
    }

    /// <summary>Whether the scores are rewards per cost, so that a cost of 0 is a mistake.</summary>
    protected virtual bool DividesByCost => false;

    /// <summary>Scores of the arms, shape [k]. Arms that cannot be chosen are overwritten afterwards.</summary>
    /// <param name="state">The state.</param>
    /// <param name="scores">Receives the scores.</param>
    protected abstract void Score(BanditState state, Span<double> scores);

    /// <summary>Inclusion probabilities before exploration is mixed in. Here: 1 for the <paramref name="m"/> best scores, ties to the lowest index.</summary>
    /// <param name="state">The state.</param>
    /// <param name="m">Number of arms of the round, from 1 to the number that can be chosen.</param>
    /// <param name="probabilities">Receives the probabilities; all 0 on entry.</param>
    protected virtual void Include(BanditState state, int m, Span<double> probabilities)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(probabilities.Length);
        Span<double> scores = rented.AsSpan(0, probabilities.Length);
        Scores(state, scores);
        TopArms.Add(scores, m, 1, probabilities);
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>What a policy learns from a pull beyond the counts and sums of the arm itself.</summary>
    /// <param name="state">The state before the round.</param>
    /// <param name="outcome">The pull, already checked.</param>
    /// <param name="plays">Number of pulls of the round.</param>
    /// <param name="records">The arms' records, changed in place.</param>
    /// <returns>Whether the reward had to be clipped to the policy's range.</returns>
    protected virtual bool Learn(BanditState state, in ArmOutcome outcome, int plays, Span<ArmRecord> records) => false;

    /// <summary>Mean cost of a pull: of the pulls so far, or the expected cost before the first.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="record">Its record.</param>
    protected static double CostOfPull(Arm arm, in ArmRecord record) => record.Pulls == 0 ? arm.Cost : record.CostSum / record.Pulls;

    private void Check(in ArmOutcome outcome, int index, ReadOnlySpan<ArmRecord> records, List<string> mistakes)
    {
        string where = $"Outcome {index} (arm {outcome.Arm})";
        if ((uint)outcome.Arm >= (uint)records.Length)
        {
            mistakes.Add($"{where}: there is no such arm; expected 0 to {records.Length - 1}.");
            return;
        }

        if (!double.IsFinite(outcome.Reward))
        {
            mistakes.Add($"{where}: the reward is {outcome.Reward}; expected a finite number. A pull without pairs has a finite reward, too: decide what it is worth.");
        }

        if (!double.IsFinite(outcome.Cost) || outcome.Cost < 0)
        {
            mistakes.Add($"{where}: the cost is {outcome.Cost}; expected a finite number of at least 0.");
        }
        else if (DividesByCost && outcome.Cost == 0)
        {
            mistakes.Add($"{where}: the cost is 0 and '{Name}' ranks by reward per cost; give the pull its real cost, or turn PerCost off.");
        }

        if (outcome.Documents < 0 || outcome.Documents > records[outcome.Arm].Remaining)
        {
            mistakes.Add($"{where}: {outcome.Documents} documents were read; expected 0 to {records[outcome.Arm].Remaining}, the number that is left.");
        }

        if (!(outcome.Propensity > 0 && outcome.Propensity <= 1))
        {
            mistakes.Add($"{where}: the propensity is {outcome.Propensity}; expected a probability in (0, 1]. Pass on what Choose returned.");
        }
    }
}
