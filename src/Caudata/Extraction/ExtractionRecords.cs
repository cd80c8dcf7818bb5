using System.Collections.Immutable;
using System.Globalization;
using Caudata.Records;

namespace Caudata.Extraction;

/// <summary>What an extraction leaves behind: pairs, tables, report, data card, and its figures.</summary>
public static class ExtractionRecords
{
    /// <summary>Name of the picture of the comparison, a stand-alone SVG file.</summary>
    public const string ComparisonPicture = "comparison.svg";

    internal static async Task WriteAsync(ExtractionResult result, ExtractionOptions options, PreparedCorpus corpus, string extractor, RunFolder folder, RejectionWriter rejected, CancellationToken cancellationToken)
    {
        PairCounts counts = await PairWriter.WriteAsync(folder, Rows(result, extractor), Enum.Parse<TrainingFormat>(options.Format, ignoreCase: true), cancellationToken);
        await folder.WriteAsync("documents.parquet", stream => TableWriter.WriteAsync(stream, DocumentColumns, Documents(result), cancellationToken));
        await folder.WriteAsync("selections.parquet", stream => TableWriter.WriteAsync(stream, SelectionTable, Selections(folder), cancellationToken));
        folder.Write("selections.jsonl", stream => TableWriter.WriteJsonLines(stream, SelectionTable, Selections(folder)));
        rejected.Write(folder);
        Summary(result, options).Write(folder);
        if (result.Comparison is { } comparison)
        {
            folder.WriteText(ComparisonPicture, ComparisonPlot(comparison).ToSvg());
        }

        Report(result, options, corpus).Write(folder);
        Card(result, options, folder, counts).Write(folder);
    }

    /// <summary>The figures and tables of a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="options">The options that it was made with.</param>
    public static RunSummary Summary(ExtractionResult result, ExtractionOptions options)
    {
        var values = ImmutableArray.CreateBuilder<SummaryValue>();
        values.Add(new("policy", result.Policy));
        values.Add(new("documents", (long)result.Documents));
        values.Add(new("documents-read", (long)result.Reading.Documents.Length));
        values.Add(new("corpus-tokens", result.CorpusTokens));
        values.Add(new("tokens-read", result.Reading.Tokens));
        values.Add(new("share-of-cost", Round(result.Reading.Tokens / (double)Math.Max(1, result.CorpusTokens))));
        values.Add(new("cost-usd-at-model-price", Round(result.Reading.Tokens / 1e6 * options.PricePerMillionTokens)));
        values.Add(new("pairs", (long)result.Reading.Pairs.Count));
        values.Add(new("selected", (long)result.Selected));
        values.Add(new("relevant-pairs", (long)result.Relevant));
        values.Add(new("relevant-selected", (long)result.RelevantSelected));
        values.Add(new("verdict", result.Reading.Documents.IsEmpty ? "unknown" : result.HardlyServed ? "hardly-served" : "served"));
        values.Add(new("stopped-by", result.Reading.Stop switch { StopReason.Budget => "budget", StopReason.CorpusRead => "corpus-read", StopReason.Time => "time", _ => "no-gain" }));
        if (result.SelectedPairs is { } selected && result.AllPairs is { } all)
        {
            values.Add(new("bits-per-byte-all", Round(all.BitsPerByte)));
            values.Add(new("bits-per-byte-selected", Round(selected.BitsPerByte)));
            values.Add(new("ot-all", Round(all.Transport)));
            values.Add(new("ot-selected", Round(selected.Transport)));
        }

        if (result.Unread is { } unread)
        {
            Estimation.Forecast forecast = unread.DoublyRobust ?? unread.HorvitzThompson;
            values.Add(new("relevant-pairs-unread", Round(forecast.Value)));
            values.Add(new("relevant-pairs-unread-low95", Round(forecast.Low95)));
            values.Add(new("relevant-pairs-unread-high95", Round(forecast.High95)));
            values.Add(new("tokens-for-one-more-relevant-pair", unread.CostPerPair is { } cost ? Round(cost) : null));
        }

        if (result.Truth is { } truth)
        {
            values.Add(new("truly-relevant-pairs", (long)truth.Relevant));
            values.Add(new("truly-relevant-read", (long)truth.Read));
            values.Add(new("truly-relevant-found", (long)truth.Found));
            values.Add(new("truly-relevant-selected", (long)truth.Selected));
        }

        var tables = ImmutableArray.CreateBuilder<SummaryTable>();
        if (result.Reading.Documents.Any(document => document.Reading.Label is not null))
        {
            tables.Add(Labels(result));
        }

        if (result.Losses.Any(loss => loss.Lost > 0))
        {
            tables.Add(new SummaryTable("inputs", "Rows and files met and lost", [new("input", ColumnKind.Text), new("met", ColumnKind.Integer), new("lost", ColumnKind.Integer), new("share", ColumnKind.Number)],
                [.. result.Losses.Select(loss => new object?[] { loss.Input, loss.Inputs, loss.Lost, Round(loss.Share) })]));
        }

        if (!result.Rejected.IsEmpty)
        {
            tables.Add(new SummaryTable("rejected", $"Dropped, and why ({RejectionWriter.FileName} has every one)", [new("step", ColumnKind.Text), new("reason", ColumnKind.Text), new("count", ColumnKind.Integer)],
                [.. result.Rejected.Select(count => new object?[] { count.Step, count.Reason, count.Count })]));
        }

        if (result.Comparison is { } comparison)
        {
            tables.Add(Compared(comparison, result.CorpusTokens));
        }

        return new RunSummary(values.ToImmutable(), tables.ToImmutable());
    }

    /// <summary>In plain words, whether the corpus serves the target, as far as it was read and as far as the forecast goes.</summary>
    /// <param name="result">The result.</param>
    public static string Verdict(ExtractionResult result)
    {
        if (result.Reading.Documents.IsEmpty)
        {
            return "Nothing was read, so nothing is known of how the corpus serves the target: " + (result.Reading.Stop == StopReason.NoGain
                ? "no document promised the least gain asked for. Ask for less (--min-gain, ExtractionOptions.MinGain)."
                : string.Create(CultureInfo.InvariantCulture, $"the cheapest document costs {result.CheapestDocument:N0} tokens, more than the budget allows. Give a larger one (--budget, ExtractionOptions.Budget)."));
        }

        double share = result.Relevant * 100.0 / Math.Max(1, result.Reading.Pairs.Count);
        string found = string.Create(CultureInfo.InvariantCulture, $"{result.Relevant:N0} of the {result.Reading.Pairs.Count:N0} pairs found are relevant to the target ({share:0.#} %)");
        string left = "";
        if (result.Unread is { } unread)
        {
            Estimation.Forecast forecast = unread.DoublyRobust ?? unread.HorvitzThompson;
            string basis = unread.SampledWithPairs < 5 ? $", from {unread.SampledDocuments:N0} audited documents; a larger --audit-share narrows it" : "";
            left = string.Create(CultureInfo.InvariantCulture, $" The unread documents hold an estimated {forecast.Value:N0} more (95 % interval {forecast.Low95:N0} to {forecast.High95:N0}{basis}).");
        }

        return result.HardlyServed
            ? $"This corpus hardly serves the target: {found}.{left} What is selected is the nearest that there is; look for another corpus before training on it."
            : $"{found}.{left}";
    }

    /// <summary>In one sentence, how much of what is truly there was found at which cost; null unless corpus and target are of a corpus world, where that is known.</summary>
    /// <param name="result">The result.</param>
    public static string? Conclusion(ExtractionResult result)
    {
        if (result.Truth is not { } truth)
        {
            return null;
        }

        string cost = string.Create(CultureInfo.InvariantCulture, $"{result.Reading.Tokens / (double)Math.Max(1, result.CorpusTokens) * 100:0.#} % of the cost of reading everything");
        string sentence = string.Create(CultureInfo.InvariantCulture, $"Found {truth.Found} of {truth.Relevant} truly relevant pairs ({truth.Found * 100.0 / Math.Max(1, truth.Relevant):0} %) at {cost}");
        string[] others = result.Comparison is not { } comparison ? [] :
        [
            .. comparison.Rows.Where(row => row.Policy != result.Policy && row.TrulyRelevant is not null).GroupBy(row => row.Policy)
                .Select(rows => string.Create(CultureInfo.InvariantCulture, $"{rows.Key} found {rows.Average(row => row.TrulyRelevant!.Value):0}")),
        ];
        if (others is [])
        {
            return sentence + ".";
        }

        // What a policy reads for shows on the held-out test, not in the number of pairs.
        string[] bits = [.. result.Comparison!.Means(row => Comparison.OwnPool(row)?.BitsPerByte ?? double.NaN).Where(mean => mean.Interval is not null).OrderBy(mean => mean.Interval!.Estimate)
            .Select(mean => string.Create(CultureInfo.InvariantCulture, $"{mean.Policy} {mean.Interval!.Estimate:0.00}"))];
        return $"{sentence}; {string.Join(", ", others)}{(result.Comparison.Seeds > 1 ? $" (means of {result.Comparison.Seeds} seeds)" : "")}."
            + (bits is [] ? "" : $" Bits per byte of the held-out answers after training on what each gives, lower is better: {string.Join(", ", bits)}.");
    }

    private static SummaryTable Labels(ExtractionResult result)
    {
        Dictionary<int, string> label = result.Reading.Documents.ToDictionary(d => d.Reading.Document, d => d.Reading.Label ?? "(none)");
        var groups = result.Reading.Pairs.Select((pair, i) => (Label: label[pair.Document], result.Decisions[i].Selected)).GroupBy(p => p.Label).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal);
        return new SummaryTable("labels", "Pairs by label (evaluation only)", [new("label", ColumnKind.Text), new("pairs", ColumnKind.Integer), new("share", ColumnKind.Number), new("selected", ColumnKind.Integer), new("selected-share", ColumnKind.Number)],
            [.. groups.Select(g => new object?[] { g.Key, (long)g.Count(), Round(g.Count() / (double)result.Reading.Pairs.Count), (long)g.Count(p => p.Selected), Round(g.Count(p => p.Selected) / (double)Math.Max(1, result.Selected)) })]);
    }

    private static SummaryTable Compared(Comparison comparison, long corpusTokens)
    {
        ImmutableArray<Column> columns =
        [
            new("policy", ColumnKind.Text), new("cost-share", ColumnKind.Number), new("documents", ColumnKind.Number), new("pairs", ColumnKind.Number), new("trained-on", ColumnKind.Text),
            new("bits-per-byte", ColumnKind.Number), new("bits-low", ColumnKind.Number), new("bits-high", ColumnKind.Number),
            new("ot", ColumnKind.Number), new("ot-low", ColumnKind.Number), new("ot-high", ColumnKind.Number),
            new("bits-if-selected", ColumnKind.Number), new("ot-if-selected", ColumnKind.Number), new("relevant", ColumnKind.Number), new("of-relevant-labels", ColumnKind.Number), new("truly-relevant", ColumnKind.Number),
        ];
        var bits = comparison.Means(row => Comparison.OwnPool(row)?.BitsPerByte ?? double.NaN).ToDictionary(p => p.Policy, p => p.Interval);
        var transport = comparison.Means(row => Comparison.OwnPool(row)?.Transport ?? double.NaN).ToDictionary(p => p.Policy, p => p.Interval);
        return new SummaryTable("comparison", $"Policies at the same total cost, {comparison.Seeds} seeds, 95 % intervals", columns,
        [
            .. comparison.Rows.GroupBy(row => row.Policy).Select(g => new object?[]
            {
                g.Key, Round(g.Average(r => (double)r.Tokens) / Math.Max(1, corpusTokens)), Round(g.Average(r => r.Documents)), Round(g.Average(r => r.Pairs)), Comparison.TrainsOnSelected(g.Key) ? "selected" : "all",
                Round(bits[g.Key]?.Estimate), Round(bits[g.Key]?.Low), Round(bits[g.Key]?.High), Round(transport[g.Key]?.Estimate), Round(transport[g.Key]?.Low), Round(transport[g.Key]?.High),
                g.All(r => r.Chosen is not null) ? Round(g.Average(r => r.Chosen!.BitsPerByte)) : null, g.All(r => r.Chosen is not null) ? Round(g.Average(r => r.Chosen!.Transport)) : null,
                Round(g.Average(r => r.Relevant)), g.All(r => r.OfRelevantLabels is not null) ? Round(g.Average(r => (double)r.OfRelevantLabels!)) : null, g.All(r => r.TrulyRelevant is not null) ? Round(g.Average(r => (double)r.TrulyRelevant!)) : null,
            }),
        ]);
    }

    private static Report Report(ExtractionResult result, ExtractionOptions options, PreparedCorpus corpus)
    {
        var sections = ImmutableArray.CreateBuilder<ReportSection>();
        double share = result.Reading.Tokens / (double)Math.Max(1, result.CorpusTokens);
        sections.Add(new ReportSection.Figures(
        [
            ("documents read", $"{result.Reading.Documents.Length:N0}", $"of {result.Documents:N0}"),
            ("cost", $"{share:P1}", $"{result.Reading.Tokens:N0} of {result.CorpusTokens:N0} tokens"),
            ("pairs", $"{result.Reading.Pairs.Count:N0}", $"{result.Selected:N0} selected for training"),
            ("at a model's price", string.Create(CultureInfo.InvariantCulture, $"${result.Reading.Tokens / 1e6 * options.PricePerMillionTokens:0.00}"), string.Create(CultureInfo.InvariantCulture, $"{options.PricePerMillionTokens:0.##} USD a million tokens; the structural extractor itself is free")),
        ]));
        string stop = result.Reading.Stop switch { StopReason.Budget => "the budget was spent", StopReason.CorpusRead => "everything was read", StopReason.Time => "the time was up", _ => "no document promised the least gain asked for" };
        sections.Add(new ReportSection.Paragraph($"Policy {result.Policy}, {result.Reading.Rounds} rounds; reading ended because {stop}. Target: {options.Target}{(options.TargetWhere is null ? "" : $" where {options.TargetWhere}")}."));
        sections.Add(new ReportSection.Paragraph(Verdict(result)));
        if (Conclusion(result) is { } conclusion)
        {
            sections.Add(new ReportSection.Paragraph(conclusion));
        }

        if (result.Unread is { } unread)
        {
            Estimation.Forecast forecast = unread.DoublyRobust ?? unread.HorvitzThompson;
            sections.Add(new ReportSection.Heading("What is left unread"));
            sections.Add(new ReportSection.Paragraph(string.Create(CultureInfo.InvariantCulture,
                $"Forecast: {forecast.Value:N0} relevant pairs (95 % interval {forecast.Low95:N0} to {forecast.High95:N0}) in {unread.UnreadDocuments:N0} unread documents, {(unread.CostPerPair is { } cost ? $"at {cost:N0} tokens for each" : "none expected")}. It rests on {unread.SampledDocuments:N0} audited documents, {unread.SampledWithPairs:N0} of them with relevant pairs. A pair is relevant when by itself it brings the target nearer, is more similar to the reference than 95 % of the documents, and at least half as similar as the reference's pairs are to each other. The upper limit also takes it that what was left is no richer than what was chosen.")));
        }

        RunSummary summary = Summary(result, options);
        foreach (SummaryTable table in summary.Tables.Where(table => table.Name != "rejected"))
        {
            sections.Add(new ReportSection.Heading(table.Title));
            sections.Add(new ReportSection.Table(table with { Title = "" }));
            if (table.Name == "comparison" && result.Comparison is { } comparison)
            {
                sections.Add(new ReportSection.Graph(ComparisonPlot(comparison)));
            }
        }

        if (!result.Reading.Documents.IsEmpty)
        {
            sections.Add(new ReportSection.Heading("Where the money went"));
            sections.Add(new ReportSection.Graph(SpendPlot(result)));
            sections.Add(new ReportSection.Heading("Clusters and sources taken"));
            sections.Add(new ReportSection.Table(ClusterTable(result, corpus)));
            sections.Add(new ReportSection.Table(SourceTable(result)));
        }

        foreach (SummaryTable table in summary.Tables.Where(table => table.Name == "rejected"))
        {
            sections.Add(new ReportSection.Heading("Dropped, and why"));
            sections.Add(new ReportSection.Table(table with { Title = $"{RejectionWriter.FileName} has every one of them" }));
        }

        sections.Add(new ReportSection.Heading("Examples"));
        foreach ((ExtractedPair pair, PairDecision decision) in result.Reading.Pairs.Zip(result.Decisions).Where(p => p.Second.Selected).OrderBy(p => p.Second.Place).Take(8))
        {
            sections.Add(new ReportSection.Details(Short(pair.Question, 120), [new ReportSection.Verbatim("question", Short(pair.Question, 2000)), new ReportSection.Verbatim("answer", Short(pair.Answer, 4000))]));
        }

        return new Report("Extraction", $"{Sources(options.Corpus)} → {options.Target}", sections.ToImmutable());
    }

    private static string Sources(ImmutableArray<string> corpus) => corpus.Length <= 3 ? string.Join(", ", corpus) : $"{corpus[0]}, {corpus[1]} and {corpus.Length - 2} more";

    private static Plot ComparisonPlot(Comparison comparison)
    {
        (string Policy, Numerics.Interval? Interval)[] bits = [.. comparison.Means(row => Comparison.OwnPool(row)?.BitsPerByte ?? double.NaN).Where(p => p.Interval is not null).OrderBy(p => p.Interval!.Estimate)];
        return new Plot("Bits per byte of the held-out answers (lower is better)", "policy", "bits per byte",
            [new Series("bits per byte", SeriesKind.Dots, [.. bits.Select((_, i) => (double)i)], [.. bits.Select(b => b.Interval!.Estimate)], [.. bits.Select(b => b.Interval!.Low)], [.. bits.Select(b => b.Interval!.High)])])
        { Categories = [.. bits.Select(b => b.Policy)] };
    }

    private static Plot SpendPlot(ExtractionResult result)
    {
        var x = ImmutableArray.CreateBuilder<double>();
        var pairs = ImmutableArray.CreateBuilder<double>();
        var chosen = ImmutableArray.CreateBuilder<double>();
        double tokens = 0;
        int at = 0, found = 0, selected = 0;
        foreach (IGrouping<int, ReadDocument> round in result.Reading.Documents.GroupBy(document => document.Round))
        {
            foreach (ReadDocument document in round)
            {
                tokens += document.Reading.Tokens;
                foreach (ExtractedPair _ in document.Reading.Pairs)
                {
                    found++;
                    selected += result.Decisions[at++].Selected ? 1 : 0;
                }
            }

            x.Add(tokens / 1e6);
            pairs.Add(found);
            chosen.Add(selected);
        }

        return new Plot("Pairs found while the budget was spent", "million tokens", "pairs", [new Series("pairs", SeriesKind.Line, x.ToImmutable(), pairs.ToImmutable()), new Series("selected", SeriesKind.Line, x.ToImmutable(), chosen.ToImmutable())]) { FromZero = true };
    }

    private static SummaryTable ClusterTable(ExtractionResult result, PreparedCorpus corpus)
    {
        Dictionary<int, int> selected = SelectedByDocument(result);
        var groups = result.Reading.Documents.GroupBy(document => document.Pick.Arm).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(20);
        return new SummaryTable("clusters", "The twenty clusters that most was read of", [new("cluster", ColumnKind.Integer), new("documents", ColumnKind.Integer), new("tokens", ColumnKind.Integer), new("pairs", ColumnKind.Integer), new("selected", ColumnKind.Integer), new("mean-reward", ColumnKind.Number), new("similarity", ColumnKind.Number)],
            [.. groups.Select(g => new object?[] { (long)g.Key, (long)g.Count(), g.Sum(d => (long)d.Reading.Tokens), g.Sum(d => (long)d.Reading.Pairs.Length), g.Sum(d => (long)selected.GetValueOrDefault(d.Reading.Document)), Round(g.Average(d => d.Reward.Reward)), Round(g.Average(d => corpus.Similarity[d.Pick.Document])) })]);
    }

    private static SummaryTable SourceTable(ExtractionResult result)
    {
        Dictionary<int, int> selected = SelectedByDocument(result);
        var groups = result.Reading.Documents.GroupBy(document => document.Reading.Source, StringComparer.Ordinal).OrderByDescending(g => g.Sum(d => d.Reading.Pairs.Length)).ThenBy(g => g.Key, StringComparer.Ordinal).Take(20);
        return new SummaryTable("sources", "The twenty sources that gave most pairs", [new("source", ColumnKind.Text), new("documents", ColumnKind.Integer), new("pairs", ColumnKind.Integer), new("selected", ColumnKind.Integer)],
            [.. groups.Select(g => new object?[] { g.Key, (long)g.Count(), g.Sum(d => (long)d.Reading.Pairs.Length), g.Sum(d => (long)selected.GetValueOrDefault(d.Reading.Document)) })]);
    }

    private static Dictionary<int, int> SelectedByDocument(ExtractionResult result) =>
        result.Reading.Pairs.Where((_, i) => result.Decisions[i].Selected).GroupBy(pair => pair.Document).ToDictionary(g => g.Key, g => g.Count());

    private static DataCard Card(ExtractionResult result, ExtractionOptions options, RunFolder folder, PairCounts counts) => new()
    {
        Title = folder.Name,
        Summary = $"Question-answer pairs that the markup of {result.Reading.Documents.Length} of {result.Documents} documents states, chosen towards {Path.GetFileName(options.Target)} at {result.Reading.Tokens / (double)Math.Max(1, result.CorpusTokens):P1} of the cost of reading everything.",
        TaskCategories = ["question-answering", "text-generation"],
        Tags = ["caudata", "instruction-tuning"],
        Files = [new CardFile("train", PairWriter.TrainingFile, "train", counts.Selected), new CardFile("pairs", PairWriter.TableFile, "all", counts.Pairs)],
        Sources = [.. result.Reading.Documents.GroupBy(d => d.Reading.Source, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new CardSource(g.Key, null, g.Count(), g.Sum(d => (long)d.Reading.Pairs.Length)))],
        Sections =
        [
            ("How it was chosen", $"Policy `{result.Policy}`, budget {options.Budget}, seed {options.Seed}. `selections.parquet` has every choice with its probability, cost and reward; `rejected.jsonl` everything that was dropped and why; `run.yaml` the whole configuration."),
            ("Limits", "Pairs are what documents state, not checked for truth. `selected` marks the pairs that bring the pool nearer to the target; it says nothing about other uses. Licences are those of the sources."),
        ],
        Command = "caudata " + folder.Configuration.Command,
    };

    private static IEnumerable<PairRow> Rows(ExtractionResult result, string extractor)
    {
        int at = 0;
        foreach (ReadDocument document in result.Reading.Documents)
        {
            DocumentReading reading = document.Reading;
            foreach (ExtractedPair pair in reading.Pairs)
            {
                PairDecision decision = result.Decisions[at++];
                yield return new PairRow
                {
                    Id = $"{reading.Unit}:{pair.Ordinal}",
                    Question = pair.Question,
                    Answer = pair.Answer,
                    Document = reading.Id,
                    Start = pair.Span.Start,
                    End = pair.Span.End,
                    Source = reading.Source,
                    Label = reading.Label,
                    Cluster = document.Pick.Arm < 0 ? null : document.Pick.Arm,
                    Round = document.Round,
                    Policy = result.Policy,
                    Propensity = document.Pick.Inclusion,
                    Reward = document.Reward.Reward,
                    Cost = reading.Tokens / (double)reading.Pairs.Length,
                    Extractor = extractor,
                    Checks = [.. pair.Checks.Select(check => KeyValuePair.Create(check.Check, check.Reason))],
                    Selected = decision.Selected,
                    Reason = string.Create(CultureInfo.InvariantCulture, $"{decision.Reason} {decision.Gain:G4}"),
                };
            }
        }
    }

    private static readonly ImmutableArray<Column> DocumentColumns =
    [
        new("index", ColumnKind.Integer), new("document", ColumnKind.Text), new("passage", ColumnKind.Integer), new("source", ColumnKind.Text), new("label", ColumnKind.Text), new("cluster", ColumnKind.Integer),
        new("round", ColumnKind.Integer), new("tokens", ColumnKind.Integer), new("pairs", ColumnKind.Integer), new("reward", ColumnKind.Number), new("inclusion", ColumnKind.Number),
    ];

    private static IEnumerable<object?[]> Documents(ExtractionResult result) => result.Reading.Documents.Select(d => new object?[]
    {
        (long)d.Pick.Document, d.Reading.Id, (long)d.Reading.Passage, d.Reading.Source, d.Reading.Label, (long)d.Pick.Arm, (long)d.Round, (long)d.Reading.Tokens, (long)d.Reading.Pairs.Length, d.Reward.Reward, d.Pick.Inclusion,
    });

    private static readonly ImmutableArray<Column> SelectionTable =
    [
        SelectionColumns.Round, SelectionColumns.Unit, new("index", ColumnKind.Integer), new("arm", ColumnKind.Integer), SelectionColumns.Policy, SelectionColumns.Propensity,
        new("inclusion", ColumnKind.Number), SelectionColumns.Cost, SelectionColumns.Reward, new("pairs", ColumnKind.Integer), new("relevant", ColumnKind.Integer),
    ];

    private static IEnumerable<object?[]> Selections(RunFolder folder) => folder.Ledger.Selections().Read().Select(s => new object?[]
    {
        (long)s.Round, s.Unit, (long)s.Index, (long)s.Arm, s.Policy, s.Propensity, s.InclusionProbability, s.Cost, s.Reward, (long)s.Pairs, s.Relevant is { } relevant ? (long)relevant : null,
    });

    private static string Short(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + " …";

    private static double? Round(double? value) => value is { } number ? Round(number) : null;

    private static double Round(double value) => double.IsFinite(value) ? Math.Round(value, 6) : value;
}
