using System.Collections.Immutable;
using Caudata.Records;

namespace Caudata.Extraction;

/// <summary>One-shot ranking of clusters: a warm-up sample, then whole clusters by the average similarity of their warm-up pairs to the reference.</summary>
/// <remarks>The average-similarity rival of [zhang2025equal], section 6: explore once, then commit. Within a cluster documents come in random order; clusters without a warm-up pair come last.
/// With <see cref="ExtractionOptions.LogPropensities"/> a share of the rounds after the warm-up explores (<see cref="ExploringRanking"/>).</remarks>
internal sealed class AverageSimilarityReading((PreparedCorpus Corpus, int[] Cluster, int Count, ExtractionOptions Options) state) : IReadingPolicy
{
    private readonly double[] _sum = new double[state.Count];
    private readonly int[] _pairs = new int[state.Count];
    private int[]? _order;
    private int _next;

    public AverageSimilarityReading(PreparedCorpus corpus, (int[] Assignment, int Count) clusters, ExtractionOptions options) : this((corpus, clusters.Assignment, clusters.Count, options))
    {
    }

    public string Name => "avg-sim";

    public ImmutableArray<Pick> Next(ReadingState reading, CancellationToken cancellationToken)
    {
        if (reading.Round == 0)
        {
            int[] shuffled = ReadingPolicies.Shuffled(state.Corpus.Count, state.Options.Seed);
            long warmUp = Math.Min(reading.TokensLeft, state.Corpus.TotalTokens) / 5;
            int documents = reading.DocumentsLeft == int.MaxValue ? state.Corpus.Count : Math.Max(1, reading.DocumentsLeft / 5);
            var warm = ImmutableArray.CreateBuilder<Pick>();
            foreach (int i in shuffled)
            {
                if (state.Corpus.Tokens[i] > warmUp || warm.Count >= documents)
                {
                    break;
                }

                warmUp -= state.Corpus.Tokens[i];
                warm.Add(new Pick(i, state.Cluster[i], 1, 1));
            }

            if (warm.Count > 0)
            {
                double inclusion = warm.Count / (double)state.Corpus.Count;
                return [.. warm.Select(pick => pick with { Propensity = inclusion, Inclusion = inclusion })];
            }
        }

        if (_order is null)
        {
            int[] shuffled = ReadingPolicies.Shuffled(state.Corpus.Count, state.Options.Seed), place = new int[state.Corpus.Count];
            for (int i = 0; i < shuffled.Length; i++)
            {
                place[shuffled[i]] = i;
            }

            double[] value = [.. Enumerable.Range(0, state.Count).Select(j => _pairs[j] == 0 ? double.NegativeInfinity : _sum[j] / _pairs[j])];
            _order = [.. Enumerable.Range(0, state.Corpus.Count).Where(i => !reading.IsRead[i]).OrderByDescending(i => value[state.Cluster[i]]).ThenBy(i => state.Cluster[i]).ThenBy(i => place[i])];
        }

        if (state.Options.LogPropensities)
        {
            return RankedReading.Explore(Name, _order, state.Corpus.Tokens, i => state.Cluster[i], ExploringRanking.Exploration, state.Options.Seed, reading);
        }

        ImmutableArray<Pick> picks = [.. _order.Skip(_next).Take(RankedReading.Batch).Where(i => !reading.IsRead[i]).Select(i => new Pick(i, state.Cluster[i], 1, 1))];
        _next += RankedReading.Batch;
        return picks;
    }

    public ImmutableArray<ReadingReward> Learn(ImmutableArray<Pick> picks, IReadOnlyList<DocumentReading> readings, CancellationToken cancellationToken)
    {
        foreach (DocumentReading reading in readings)
        {
            int j = state.Cluster[reading.Document];
            _sum[j] += reading.Pairs.Sum(pair => pair.Similarity);
            _pairs[j] += reading.Pairs.Length;
        }

        return [.. readings.Select(reading => new ReadingReward(reading.Pairs.IsEmpty ? 0 : reading.Pairs.Average(pair => pair.Similarity), [new NamedValue("pairs", reading.Pairs.Length)]))];
    }
}
