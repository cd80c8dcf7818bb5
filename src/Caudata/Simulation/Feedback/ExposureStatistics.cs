using System.Collections.Immutable;

namespace Caudata.Simulation.Feedback;

/// <summary>What a round showed, in figures.</summary>
/// <param name="Round">Number of the round, from 0.</param>
/// <param name="Exposures">Number of exposures.</param>
/// <param name="Users">Users who came and were shown something.</param>
/// <param name="Outcome">Mean outcome of the exposures; NaN of none.</param>
/// <param name="Positive">Share of positive outcomes; NaN of none.</param>
/// <param name="Coverage">Share of the items that were shown to anybody in this round.</param>
/// <param name="CoverageSoFar">Share of the items that were shown to anybody in this round or before.</param>
/// <param name="Gini">Gini index of this round's exposures over all items: 0 when all are shown alike, near 1 when one gets all; NaN of none.</param>
/// <param name="GiniSoFar">Gini index of the exposures of this round and all before.</param>
public sealed record RoundStatistics(int Round, int Exposures, int Users, double Outcome, double Positive, double Coverage, double CoverageSoFar, double Gini, double GiniSoFar);

/// <summary>Collects the figures of rounds.</summary>
/// <param name="items">Number of items.</param>
/// <param name="positive">Outcomes from here on are positive.</param>
public sealed class ExposureStatistics(int items, double positive)
{
    private readonly long[] _soFar = new long[items];
    private readonly ImmutableArray<RoundStatistics>.Builder _rounds = ImmutableArray.CreateBuilder<RoundStatistics>();

    /// <summary>The rounds so far.</summary>
    public ImmutableArray<RoundStatistics> Rounds => _rounds.ToImmutable();

    /// <summary>Number of exposures so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a round.</summary>
    /// <param name="round">The round.</param>
    public void Add(ExposureRound round)
    {
        long[] here = new long[_soFar.Length];
        double sum = 0;
        int users = 0, positives = 0;
        for (int e = 0; e < round.Count; e++)
        {
            here[round.Items[e]]++;
            users += round.Positions[e] == 1 ? 1 : 0;
            sum += round.Outcomes[e];
            positives += round.Outcomes[e] >= positive ? 1 : 0;
        }

        for (int i = 0; i < here.Length; i++)
        {
            _soFar[i] += here[i];
        }

        Count += round.Count;
        _rounds.Add(new RoundStatistics(round.Round, round.Count, users, sum / round.Count, positives / (double)round.Count, Covered(here), Covered(_soFar), Gini(here), Gini(_soFar)));
    }

    /// <summary>The Gini index of counts: Σᵢ (2i − n − 1)·xᵢ / (n·Σ x) over counts in rising order, i from 1 [gini1912]; NaN when all are 0.</summary>
    /// <param name="counts">The counts, shape [n].</param>
    public static double Gini(ReadOnlySpan<long> counts)
    {
        long[] sorted = counts.ToArray();
        Array.Sort(sorted);
        double weighted = 0, sum = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            weighted += ((2.0 * (i + 1)) - sorted.Length - 1) * sorted[i];
            sum += sorted[i];
        }

        return weighted / (sorted.Length * sum);
    }

    private static double Covered(long[] counts) => counts.Count(c => c > 0) / (double)counts.Length;
}
