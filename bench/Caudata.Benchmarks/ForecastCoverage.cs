using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Caudata.Estimation;
using Caudata.Extraction;
using Caudata.Extraction.Checks;
using Caudata.Extraction.Structural;
using Caudata.Numerics;
using Caudata.Records;

namespace Caudata.Benchmarks;

/// <summary>How often the forecast of real runs holds, the truth being known by reading everything:
/// <c>-- forecast-coverage --corpus FILES --target FILE [--target-where SQL] [--documents 4000] [--seeds 100] [--budget 10%]</c>. The corpus is JSON lines, plain or gzip, of which a keyed
/// sample of about that many lines is kept, or <c>world:SEED</c>.</summary>
/// <remarks>The corpus is prepared and read once; every seed then draws its own audit and runs the default policy over the stored readings. Near-duplicates are dropped within a document
/// only, as a pair's fate would otherwise depend on what was read before it, and the truth with it.</remarks>
public static class ForecastCoverage
{
    private sealed record Draw(double Truth, int Audit, UnreadEstimate Estimate);

    public static async Task<int> RunAsync(string[] args)
    {
        var corpusFiles = new List<string>();
        string? target = null, where = null;
        int documents = 4000, seeds = 100;
        double share = 0.05;
        Budget budget = new(0.10, BudgetUnit.Share);
        for (int i = 0; i < args.Length;)
        {
            string option = args[i++];
            if (option == "--corpus")
            {
                while (i < args.Length && !args[i].StartsWith("--", StringComparison.Ordinal))
                {
                    corpusFiles.Add(args[i++]);
                }

                continue;
            }

            if (i == args.Length)
            {
                throw new ArgumentException($"{option} has no value.");
            }

            string value = args[i++];
            switch (option)
            {
                case "--target": target = value; break;
                case "--target-where": where = value; break;
                case "--documents": documents = int.Parse(value, CultureInfo.InvariantCulture); break;
                case "--seeds": seeds = int.Parse(value, CultureInfo.InvariantCulture); break;
                case "--audit-share": share = double.Parse(value, CultureInfo.InvariantCulture); break;
                case "--budget": budget = Budget.Parse(value); break;
                default: throw new ArgumentException($"'{option}' is unknown; expected --corpus, --target, --target-where, --documents, --seeds, --audit-share or --budget.");
            }
        }

        if (corpusFiles.Count == 0 || target is null || seeds < 1 || documents < 1)
        {
            throw new ArgumentException("Expected --corpus FILES and --target FILE, and at least one seed and one document.");
        }

        DirectoryInfo place = Directory.CreateTempSubdirectory("caudata-coverage-");
        try
        {
            string[] corpus = corpusFiles[0].StartsWith("world:", StringComparison.Ordinal) ? [$"{corpusFiles[0].Split(',')[0]},documents={documents}"] : await SampleAsync(corpusFiles, documents, place.FullName);
            var options = new ExtractionOptions { Corpus = [.. corpus], Target = target, TargetWhere = where, Budget = budget, AuditShare = share, Threads = 2 };
            await MeasureAsync(options, seeds, Path.Combine(place.FullName, "run"));
        }
        finally
        {
            place.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(ExtractionOptions options, int seeds, string path)
    {
        var configuration = new RunConfiguration { Command = "forecast-coverage", Version = "0", Seed = options.Seed, Settings = options.Settings() };
        using RunFolder folder = RunFolder.Create(path, configuration, "");
        var reference = (await ReferenceSet.ReadAsync(options.Target, options.TargetWhere)).Pairs;
        using PreparedCorpus corpus = await Preparation.RunAsync(options, folder, reference, null, TimeProvider.System, default);
        LanguageProfile language = LanguageProfile.Of([.. reference.Select(pair => pair.Text)]);
        var extractor = new StructuralExtractor();
        var readings = new DocumentReading[corpus.Count];
        var counts = new int[corpus.Count];
        Relevance relevance = Relevance.Of(corpus);
        for (int i = 0; i < corpus.Count; i++)
        {
            var desk = new ReadingDesk(corpus, extractor, new PairChecks(new CheckOptions(), language), null, 1);
            readings[i] = (await desk.ReadAsync([i], default))[0];
            counts[i] = relevance.Count(readings[i].Pairs);
        }

        double all = counts.Sum();
        Console.WriteLine($"{corpus.Count} documents, {readings.Sum(r => r.Pairs.Length)} pairs, {all} relevant in {counts.Count(c => c > 0)} documents (the largest holds {counts.Max()}).");
        var clusters = new Clusters();
        var draws = new List<Draw>();
        int none = 0;
        var clock = Stopwatch.StartNew();
        for (int s = 0; s < seeds; s++)
        {
            ExtractionOptions own = options with { Seed = options.Seed + (ulong)s };
            var policy = (GainReading)ReadingPolicies.Create("default", corpus, own, clusters, default);
            ReadingResult result = await ReadingLoop.RunAsync(corpus, policy, (wanted, _) => Task.FromResult(Array.ConvertAll(wanted, i => readings[i])), own.Budget, own.PricePerMillionTokens, null, default);
            if (UnreadPairs.Forecast(corpus, relevance, policy, result, own.Seed) is { } estimate)
            {
                draws.Add(new Draw(all - result.Documents.Sum(d => counts[d.Reading.Document]), policy.Audited.Length, estimate));
            }
            else
            {
                none++;
            }
        }

        if (draws.Count == 0)
        {
            Console.WriteLine($"None of the {seeds} seeds has a forecast: the audit is empty, does not fit into the budget, or lies wholly in the policy's choice.");
            return;
        }

        Console.WriteLine($"{seeds} seeds in {clock.Elapsed.TotalSeconds:F0} s; {none} without a forecast, counted as not covered. Audited: {draws.Average(d => d.Audit):F0} documents, {draws.Average(d => d.Estimate.SampledDocuments):F0} of them outside the policy's choice, {draws.Average(d => d.Estimate.SampledWithPairs):F1} of these with relevant pairs. Unread relevant pairs: {draws.Average(d => d.Truth):F0}.");
        Console.WriteLine("\n| estimate | 95 % interval holds | 90 % interval holds | mean width at 95 % / truth | median upper limit / truth | bias / truth | too low, too high |\n|---|---|---|---|---|---|---|");
        double mean = Math.Max(1e-9, draws.Average(d => d.Truth));
        var figures = new Dictionary<string, object> { ["target"] = Path.GetFileName(options.Target), ["documents"] = corpus.Count, ["seeds"] = seeds, ["relevant"] = all, ["unread"] = mean, ["audit"] = draws.Average(d => d.Audit) };
        foreach ((string name, Func<UnreadEstimate, Forecast?> of) in new (string, Func<UnreadEstimate, Forecast?>)[] { ("Horvitz-Thompson", e => e.HorvitzThompson), ("doubly robust", e => e.DoublyRobust) })
        {
            (Draw Draw, Forecast Forecast)[] made = [.. draws.Where(d => of(d.Estimate) is not null).Select(d => (d, of(d.Estimate)!))];
            if (made.Length == 0)
            {
                Console.WriteLine($"| {name} | not made: fewer than 20 audited | | | | | |");
                continue;
            }

            int low = made.Count(m => m.Forecast.High95 < m.Draw.Truth), high = made.Count(m => m.Forecast.Low95 > m.Draw.Truth), held = made.Length - low - high;
            int held90 = made.Count(m => m.Forecast.Low90 <= m.Draw.Truth && m.Draw.Truth <= m.Forecast.High90);
            double width = made.Average(m => m.Forecast.High95 - m.Forecast.Low95) / mean, upper = made.Select(m => m.Forecast.High95).Order().ElementAt(made.Length / 2) / mean, bias = made.Average(m => m.Forecast.Value - m.Draw.Truth) / mean;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {held} of {seeds} | {held90} of {seeds} | {width:F2} | {upper:F2} | {bias:+0.00;-0.00} | {low}, {high} |"));
            figures[name] = new { held95 = held, held90, width, bias };
        }

        Console.WriteLine(JsonSerializer.Serialize(figures));
    }

    /// <summary>Keeps each line with the same probability, keyed by its file and number; files keep their names, which are the sources.</summary>
    private static async Task<string[]> SampleAsync(List<string> files, int documents, string place)
    {
        long total = 0;
        foreach (string file in files)
        {
            await foreach (string _ in Lines(file))
            {
                total++;
            }
        }

        var kept = new List<string>();
        double keep = documents / (double)Math.Max(1, total);
        for (int f = 0; f < files.Count; f++)
        {
            string name = Path.GetFileName(files[f]);
            DirectoryInfo own = Directory.CreateDirectory(Path.Combine(place, f.ToString(CultureInfo.InvariantCulture)));
            string to = Path.Combine(own.FullName, name.EndsWith(".gz", StringComparison.Ordinal) ? name[..^3] : name);
            var stream = new RandomStream(1, "forecast-coverage", (ulong)f);
            int lines = 0;
            await using (var writer = new StreamWriter(to, false, new UTF8Encoding(false)))
            {
                await foreach (string line in Lines(files[f]))
                {
                    if (stream.NextDouble() < keep)
                    {
                        await writer.WriteAsync(line + "\n");
                        lines++;
                    }
                }
            }

            if (lines > 0)
            {
                kept.Add(to);
            }
        }

        return [.. kept];
    }

    private static async IAsyncEnumerable<string> Lines(string file)
    {
        await using FileStream stream = File.OpenRead(file);
        await using Stream plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var reader = new StreamReader(plain);
        while (await reader.ReadLineAsync() is { } line)
        {
            yield return line;
        }
    }
}
