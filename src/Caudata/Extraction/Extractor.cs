using System.Collections.Immutable;
using Caudata.Estimation;
using Caudata.Extraction.Checks;
using Caudata.Extraction.Structural;
using Caudata.Records;

namespace Caudata.Extraction;

/// <summary>What an extraction gave; the rest is in its run folder.</summary>
public sealed record ExtractionResult
{
    /// <summary>Documents of the corpus, after duplicates were dropped.</summary>
    public required int Documents { get; init; }

    /// <summary>Tokens that reading all of them would cost.</summary>
    public required long CorpusTokens { get; init; }

    /// <summary>What was read.</summary>
    public required ReadingResult Reading { get; init; }

    /// <summary>What became of each pair, in the order of <see cref="ReadingResult.Pairs"/>.</summary>
    public required ImmutableArray<PairDecision> Decisions { get; init; }

    /// <summary>The policy's name.</summary>
    public required string Policy { get; init; }

    /// <summary>Relevant pairs (<see cref="Relevance"/>) among those found.</summary>
    public required int Relevant { get; init; }

    /// <summary>Relevant pairs among the selected.</summary>
    public required int RelevantSelected { get; init; }

    /// <summary>Whether the corpus hardly serves the target, as far as it was read: fewer than one pair in a hundred is relevant. False when nothing was read: then nothing is known.</summary>
    public bool HardlyServed => !Reading.Documents.IsEmpty && (Relevant < HardlyServedShare * Reading.Pairs.Count || Reading.Pairs.Count == 0);

    /// <summary>Share of relevant pairs below which a target counts as hardly served: 1 %. A policy that seeks them finds far more where there are some (docs/experiments.md, "Targets that nothing was chosen by").</summary>
    public const double HardlyServedShare = 0.01;

    /// <summary>Relevant pairs left unread; null for a policy without an audit sample.</summary>
    public required UnreadEstimate? Unread { get; init; }

    /// <summary>Measured on the held-out test, all pairs of the run; null without one.</summary>
    public required Evidence? AllPairs { get; init; }

    /// <summary>Measured on the held-out test, the selected pairs; null without one.</summary>
    public required Evidence? SelectedPairs { get; init; }

    /// <summary>How much of each input was lost, in rows and files: the corpus, the target, the held-out test, and each set to stay clear of.</summary>
    public required ImmutableArray<LossReport> Losses { get; init; }

    /// <summary>What was dropped by step and reason; the step <c>remark</c> is of documents that were kept.</summary>
    public required ImmutableArray<RejectionCount> Rejected { get; init; }

    /// <summary>Tokens of the cheapest document.</summary>
    public required int CheapestDocument { get; init; }

    /// <summary>The comparison, when one was asked for.</summary>
    public Comparison? Comparison { get; init; }

    /// <summary>How much of the truth was found; null unless corpus and target are of a corpus world.</summary>
    public WorldFound? Truth { get; init; }

    /// <summary>Pairs marked for training.</summary>
    public int Selected => Decisions.Count(decision => decision.Selected);
}

/// <summary>The door to the Extract engine: a corpus, a target and a budget in; question-answer pairs, with how each was chosen, out.</summary>
/// <remarks>Everything is written into the run folder. The same inputs, options and seed give the same bytes on any number of threads, also when the run was killed and is run again in the same folder.</remarks>
public static class Extractor
{
    /// <summary>Runs an extraction, or goes on with one.</summary>
    /// <param name="options">What to extract from, towards what, at which cost.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="compare">Policies to compare at the same total cost; empty for none.</param>
    /// <param name="seeds">Seeds of the comparison, 1 or more.</param>
    /// <param name="progress">Receives how far it is; null for nobody.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="cancellationToken">Stops at the next commit; running again goes on.</param>
    /// <exception cref="InputException">The options have mistakes (all are named), or an input cannot be used.</exception>
    public static async Task<ExtractionResult> RunAsync(
        ExtractionOptions options, RunFolder folder, ImmutableArray<string> compare = default, int seeds = 5, IProgress<RunProgress>? progress = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        List<string> mistakes = [.. options.Validate()];
        compare = compare.IsDefault ? [] : compare;
        mistakes.AddRange(options.ValidateComparison(compare, seeds));
        if (mistakes.Count > 0)
        {
            throw new InputException(string.Join(' ', mistakes));
        }

        time ??= TimeProvider.System;
        var inputLoss = new List<Rejection>();
        var losses = new List<LossReport>();
        ImmutableArray<ReferencePair> reference = await ReferenceAsync("target", options.Target, options.TargetWhere);
        ImmutableArray<ReferencePair> heldOutPairs = [];
        if (options.Heldout is not null)
        {
            heldOutPairs = await ReferenceAsync("heldout", options.Heldout, options.HeldoutWhere);
        }

        var clean = new List<(string Question, string Answer)>();
        foreach (string file in options.Decontaminate)
        {
            clean.AddRange((await ReferenceAsync("decontaminate", file, null)).Select(pair => (pair.Question, pair.Answer)));
        }

        using PreparedCorpus corpus = await Preparation.RunAsync(options, folder, reference, progress, time, cancellationToken);
        HeldOut? heldOut = heldOutPairs.IsEmpty ? null : new HeldOut(heldOutPairs, corpus.Embedder, options.Seed, options.Threads);
        var clusters = new Clusters();
        Func<PairChecks> checks = CheckMaker(options, corpus, reference, clean);
        var extractor = new StructuralExtractor();
        progress?.Report(new RunProgress("cluster", 0, null));
        IReadingPolicy policy = ReadingPolicies.Create(options.Policy, corpus, options, clusters, cancellationToken);
        var desk = new ReadingDesk(corpus, extractor, checks(), folder.Ledger, options.Threads);
        SelectionLog log = folder.Ledger.Selections();
        log.RemoveFrom(0);
        long limit = Math.Min(options.Budget.TokenLimit(corpus.TotalTokens, options.PricePerMillionTokens), corpus.TotalTokens);
        Relevance relevance = Relevance.Of(corpus);
        ReadingResult reading = await ReadingLoop.RunAsync(corpus, policy, desk.ReadAsync, options.Budget, options.PricePerMillionTokens, (documents, spent) =>
        {
            foreach (ReadDocument document in documents)
            {
                log.Append(new Selection
                {
                    Round = document.Round,
                    Unit = document.Reading.Unit,
                    Index = document.Pick.Document,
                    Arm = document.Pick.Arm,
                    Policy = policy.Name,
                    Propensity = document.Pick.Propensity,
                    InclusionProbability = document.Pick.Inclusion,
                    Cost = document.Reading.Tokens,
                    Reward = document.Reward.Reward,
                    RewardParts = document.Reward.Parts,
                    Pairs = document.Reading.Pairs.Length,
                    Relevant = relevance.Count(document.Reading.Pairs),
                });
            }

            folder.Ledger.Commit();
            progress?.Report(new RunProgress("extract", spent, limit, $"{documents.Sum(d => d.Reading.Pairs.Length)} pairs in round {documents[0].Round}"));
        }, cancellationToken, new ReadingClock(time, folder.Ledger));
        progress?.Report(new RunProgress("select", 0, null));
        PairDecision[] decisions = PairSelection.Decide(reading.Pairs, corpus.Target, new SelectionOptions(), options.Threads, cancellationToken);
        var rejected = new RejectionWriter(folder.Ledger);
        foreach (string step in (string[])["target", "heldout", "decontaminate", "extract", "check"])
        {
            rejected.Clear(step);
        }

        rejected.AddRange(inputLoss);
        rejected.AddRange(desk.Rejections);
        losses.Insert(0, rejected.Loss(BitConverter.ToInt64(folder.Ledger.FindCheckpoint("inputs") ?? new byte[8]), options.MaxLoss));
        Evidence? all = null, selected = null;
        if (heldOut is not null)
        {
            progress?.Report(new RunProgress("measure", 0, null));
            all = heldOut.Measure(reading.Pairs, options.Seed, options.Threads, cancellationToken);
            selected = heldOut.Measure([.. reading.Pairs.Where((_, i) => decisions[i].Selected)], options.Seed, options.Threads, cancellationToken);
        }

        UnreadEstimate? unread = UnreadPairs.Forecast(corpus, relevance, policy, reading, options.Seed);
        WorldEvidence? world = WorldEvidence.Of(options, cancellationToken);

        // How far a budget of time comes differs from policy to policy and hour to hour; what it paid for here is what the others may spend.
        Budget cost = options.Budget.Unit == BudgetUnit.Minutes ? new Budget(reading.Tokens, BudgetUnit.Tokens) : options.Budget;
        Comparison? comparison = compare.IsEmpty
            ? null
            : await Comparison.RunAsync(corpus, options, cost, compare, seeds, extractor, checks, heldOut, world, relevance, clusters, folder, progress, time, cancellationToken);
        var result = new ExtractionResult
        {
            Documents = corpus.Count,
            CorpusTokens = corpus.TotalTokens,
            Reading = reading,
            Decisions = [.. decisions],
            Policy = policy.Name,
            Unread = unread,
            Relevant = relevance.Count(reading.Pairs),
            RelevantSelected = reading.Pairs.Where((pair, i) => decisions[i].Selected && relevance.Holds(pair)).Count(),
            AllPairs = all,
            SelectedPairs = selected,
            Losses = [.. losses],
            Rejected = rejected.Counts(),
            CheapestDocument = corpus.Tokens.Min(),
            Comparison = comparison,
            Truth = world?.Count(reading.Documents.Select(document => document.Reading), reading.Pairs, i => decisions[i].Selected),
        };
        progress?.Report(new RunProgress("write", 0, null));
        await ExtractionRecords.WriteAsync(result, options, corpus, extractor.Name, folder, rejected, cancellationToken);
        folder.Ledger.Commit();
        folder.SetState(reading.Stop == StopReason.Time ? RunState.Stopped : RunState.Finished, reading.Stop == StopReason.Time ? "the budget of time ran out" : "");
        return result;

        async Task<ImmutableArray<ReferencePair>> ReferenceAsync(string role, string source, string? where)
        {
            (ImmutableArray<ReferencePair> pairs, ImmutableArray<Rejection> lost) = await ReferenceSet.ReadAsync(source, where, options.QuestionColumn, options.AnswerColumn, cancellationToken);
            inputLoss.AddRange(lost.Select(row => row with { Step = role }));
            losses.Add(new LossReport(lost.Length, pairs.Length + lost.Length, options.MaxLoss) { Input = $"{role} {source}" });
            return pairs;
        }
    }

    private static Func<PairChecks> CheckMaker(ExtractionOptions options, PreparedCorpus corpus, ImmutableArray<ReferencePair> reference, List<(string Question, string Answer)> clean)
    {
        var checkOptions = new CheckOptions();
        LanguageProfile language = LanguageProfile.Of([.. reference.Select(pair => pair.Text)]);
        ContaminationIndex? contamination = null;
        if (clean.Count > 0)
        {
            var vectors = new float[clean.Count * corpus.Embedder.Dimension];
            corpus.Embedder.Embed([.. clean.Select(pair => ExtractedPair.TextOf(pair.Question, pair.Answer))], vectors, options.Threads);
            contamination = new ContaminationIndex(clean, checkOptions, vectors);
        }

        return () => new PairChecks(checkOptions, language, contamination);
    }
}
