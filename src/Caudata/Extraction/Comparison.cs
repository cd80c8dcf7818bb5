using System.Collections.Immutable;
using System.Text.Json;
using Caudata.Extraction.Checks;
using Caudata.Numerics;
using Caudata.Records;

namespace Caudata.Extraction;

/// <summary>One policy with one seed, at the comparison's total cost.</summary>
/// <param name="Policy">Name of the policy, or of the reference row.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Documents">Documents read.</param>
/// <param name="Tokens">What they cost, warm-up and audit included.</param>
/// <param name="Pairs">Pairs found.</param>
/// <param name="Selected">Pairs that <see cref="PairSelection"/> would train on.</param>
/// <param name="Relevant">Relevant pairs (<see cref="Relevance"/>) in the pool that the policy would train on.</param>
/// <param name="All">Evidence of all pairs; null without a held-out test.</param>
/// <param name="Chosen">Evidence of the selected ones; null without a held-out test.</param>
public sealed record ComparisonRow(string Policy, ulong Seed, int Documents, long Tokens, int Pairs, int Selected, int Relevant, Evidence? All, Evidence? Chosen)
{
    /// <summary>Pairs of a relevant label in that pool; null without such labels.</summary>
    public int? OfRelevantLabels { get; init; }

    /// <summary>Truly relevant pairs among those it found; null unless corpus and target are of a corpus world.</summary>
    public int? TrulyRelevant { get; init; }
}

/// <summary>Policies side by side at the same total cost.</summary>
/// <param name="Rows">A row for each policy and seed, in the order asked for.</param>
/// <param name="Seeds">Number of seeds.</param>
public sealed record Comparison(ImmutableArray<ComparisonRow> Rows, int Seeds)
{
    /// <summary>Name of the reference row: everything is read, then as many pairs as the budget would have given doc-sim are taken by similarity. It costs 100 %.</summary>
    public const string BySimilarity = "pairs-by-similarity";

    /// <summary>Mean and 95 % Student interval over the seeds, for each policy in order.</summary>
    /// <param name="value">What is averaged; NaN is left out.</param>
    public IEnumerable<(string Policy, Interval? Interval)> Means(Func<ComparisonRow, double> value)
    {
        foreach (IGrouping<string, ComparisonRow> group in Rows.GroupBy(row => row.Policy))
        {
            double[] values = [.. group.Select(value).Where(double.IsFinite)];
            yield return (group.Key, values.Length switch
            {
                0 => null,
                1 => new Interval(values[0], values[0], values[0], 0, 0.95),
                _ => MeanInterval.Student(values),
            });
        }
    }

    /// <summary>True where a policy's own pool is the selected pairs: the default chooses among what it paid for, the rivals train on all of it.</summary>
    public static bool TrainsOnSelected(string policy) => policy == "default";

    /// <summary>The evidence of the pool that a policy would train on.</summary>
    public static Evidence? OwnPool(ComparisonRow row) => TrainsOnSelected(row.Policy) ? row.Chosen : row.All;

    internal static async Task<Comparison> RunAsync(
        PreparedCorpus corpus, ExtractionOptions options, Budget cost, ImmutableArray<string> policies, int seeds, IPairExtractor extractor, Func<PairChecks> checks, HeldOut? heldOut, WorldEvidence? world, Relevance relevance, Clusters clusters, RunFolder folder,
        IProgress<RunProgress>? progress, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = ImmutableArray.CreateBuilder<ComparisonRow>();
        int done = 0, total = policies.Length * seeds;
        foreach (string name in policies)
        {
            // A ranking without randomness gives the same pool for every seed: it is run once, and its interval has no width.
            bool isFixed = name is "all" or "doc-sim" or "dsir" or "perplexity";
            ComparisonRow[] first = [];
            int before = rows.Count;
            for (int s = 0; s < seeds; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ulong seed = options.Seed + (ulong)s;
                string key = $"compare/{name}/{seed}";
                if (folder.Ledger.FindCheckpoint(key) is { } known)
                {
                    rows.AddRange(JsonSerializer.Deserialize<ComparisonRow[]>(known, Json)!);
                }
                else
                {
                    long started = time.GetTimestamp();
                    ComparisonRow[] fresh = isFixed && s > 0 ? [.. first.Select(row => row with { Seed = seed })] : await MeasureAsync(name, seed);
                    folder.Ledger.SetCheckpoint(key, JsonSerializer.SerializeToUtf8Bytes(fresh, Json));
                    folder.Ledger.AddStep(new StepRecord(key, folder.Configuration.Fingerprint, "", time.GetElapsedTime(started)));
                    folder.Ledger.Commit();
                    rows.AddRange(fresh);
                }

                first = s == 0 ? [.. rows.Skip(before)] : first;
                progress?.Report(new RunProgress("compare", ++done, total, $"{name}, seed {seed}"));
            }

            async Task<ComparisonRow[]> MeasureAsync(string policyName, ulong seed)
            {
                ExtractionOptions own = options with { Seed = seed };
                Budget budget = policyName == "all" ? new Budget(1, BudgetUnit.Share) : cost;
                IReadingPolicy policy = ReadingPolicies.Create(policyName, corpus, own, clusters, cancellationToken);
                var desk = new ReadingDesk(corpus, extractor, checks(), null, options.Threads);
                ReadingResult result = await ReadingLoop.RunAsync(corpus, policy, desk.ReadAsync, budget, options.PricePerMillionTokens, null, cancellationToken);
                ComparisonRow row = Row(policyName, seed, result.Documents.Length, result.Tokens, result.Pairs, result.Documents.Select(d => d.Reading));
                if (policyName != "all" || heldOut is null)
                {
                    return [row];
                }

                // The sceptic's bound: everything is paid for, then the pairs nearest to the reference are taken, as many as doc-sim finds at this budget.
                IReadingPolicy rival = ReadingPolicies.Create("doc-sim", corpus, own, clusters, cancellationToken);
                ReadingResult likewise = await ReadingLoop.RunAsync(corpus, rival, new ReadingDesk(corpus, extractor, checks(), null, options.Threads).ReadAsync, cost, options.PricePerMillionTokens, null, cancellationToken);
                ExtractedPair[] nearest = [.. result.Pairs.Select((pair, i) => (Pair: pair, Index: i)).OrderByDescending(p => p.Pair.Similarity).ThenBy(p => p.Index).Take(likewise.Pairs.Count).Select(p => p.Pair)];
                Dictionary<int, DocumentReading> readings = result.Documents.ToDictionary(d => d.Reading.Document, d => d.Reading);
                return [row, new ComparisonRow(BySimilarity, seed, result.Documents.Length, result.Tokens, nearest.Length, nearest.Length, relevance.Count(nearest), heldOut.Measure(nearest, seed, options.Threads, cancellationToken), null) { OfRelevantLabels = Labelled(nearest, pair => readings[pair.Document].Label), TrulyRelevant = world?.Count([], nearest, _ => true).Found }];
            }
        }

        return new Comparison(rows.ToImmutable(), seeds);

        ComparisonRow Row(string name, ulong seed, int documents, long tokens, IReadOnlyList<ExtractedPair> pairs, IEnumerable<DocumentReading> readings)
        {
            PairDecision[] decisions = PairSelection.Decide(pairs, corpus.Target, new SelectionOptions(), options.Threads, cancellationToken);
            ExtractedPair[] selected = [.. pairs.Where((_, i) => decisions[i].Selected)];
            Dictionary<int, DocumentReading> byDocument = readings.ToDictionary(reading => reading.Document);
            WorldFound? truth = world?.Count(readings, pairs, i => decisions[i].Selected);
            IReadOnlyList<ExtractedPair> own = TrainsOnSelected(name) ? selected : pairs;
            return new ComparisonRow(
                name, seed, documents, tokens, pairs.Count, selected.Length, relevance.Count(own),
                heldOut?.Measure(pairs, seed, options.Threads, cancellationToken), heldOut?.Measure(selected, seed, options.Threads, cancellationToken))
            { OfRelevantLabels = Labelled(own, pair => byDocument[pair.Document].Label), TrulyRelevant = truth?.Found };
        }

        int? Labelled(IEnumerable<ExtractedPair> pairs, Func<ExtractedPair, string?> label) =>
            options.RelevantLabels.IsEmpty ? null : pairs.Count(pair => label(pair) is { } name && options.RelevantLabels.Contains(name));
    }

    private static JsonSerializerOptions Json { get; } = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };
}
