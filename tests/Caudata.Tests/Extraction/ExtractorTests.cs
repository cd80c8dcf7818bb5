using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Caudata.Extraction;
using Caudata.Records;
using Caudata.Tests.Records;

namespace Caudata.Tests.Extraction;

public sealed partial class ExtractorTests
{
    private static readonly string[] Files = ["pairs.jsonl", "train.jsonl", "selections.jsonl", "rejected.jsonl"];

    public static TheoryData<string> Policies => [.. ReadingPolicies.Names];

    [Fact]
    public async Task EndToEndOnAWorldOfThreeHundredDocuments()
    {
        using var place = new RunPlace();
        ExtractionOptions options = Options(documents: 300, budget: 0.2) with { Heldout = "world:7/word-problems/test" };
        string[] first;
        long readings;
        using (RunFolder folder = Open(place, options))
        {
            ExtractionResult result = await Extractor.RunAsync(options, folder, ["random", "all"], seeds: 2, cancellationToken: Token);
            readings = folder.Ledger.ReadingCount;
            Assert.Equal(result.Reading.Documents.Length, readings);
            Assert.True(result.Reading.Tokens <= 0.2 * result.CorpusTokens);
            Assert.Equal(result.Reading.Documents.Sum(d => (long)d.Reading.Tokens), result.Reading.Tokens);
            Assert.NotNull(result.Unread);
            Assert.InRange(result.Selected, 1, result.Reading.Pairs.Count);
            CheckPairs(folder, result);
            CheckSelections(folder, result);
            CheckComparison(result);
            first = Hashes(folder);
        }

        using (RunFolder folder = Open(place, options))
        {
            Assert.True(folder.IsResumed);
            ExtractionResult again = await Extractor.RunAsync(options, folder, ["random", "all"], seeds: 2, cancellationToken: Token);
            Assert.Equal(first, Hashes(folder));
            Assert.Equal(readings, folder.Ledger.ReadingCount);
            CheckComparison(again);
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task EveryPolicyKeepsItsBudgetAndGivesTheSameBytesOnOneAndTwoThreads(string policy)
    {
        using var place = new RunPlace();
        string[][] hashes = new string[2][];
        for (int threads = 1; threads <= 2; threads++)
        {
            ExtractionOptions options = Options(documents: 150, budget: 0.25) with { Policy = policy, Threads = threads };
            using RunFolder folder = Open(place, options, $"threads-{threads}");
            ExtractionResult result = await Extractor.RunAsync(options, folder, cancellationToken: Token);
            Assert.NotEmpty(result.Reading.Documents);
            Assert.True(result.Reading.Tokens <= (long)(0.25 * result.CorpusTokens), $"{result.Reading.Tokens} of {result.CorpusTokens}");
            Assert.True(result.Reading.Tokens > 0.2 * result.CorpusTokens, $"only {result.Reading.Tokens} of {result.CorpusTokens} were used");
            Assert.Equal(StopReason.Budget, result.Reading.Stop);
            Assert.Equal(result.Reading.Documents.Length, result.Reading.Documents.Select(d => d.Reading.Document).Distinct().Count());
            CheckSelections(folder, result);
            hashes[threads - 1] = Hashes(folder);
        }

        Assert.Equal(hashes[0], hashes[1]);
    }

    [Fact]
    public async Task ARunThatWasCancelledGoesOnToTheSameBytes()
    {
        using var place = new RunPlace();
        ExtractionOptions options = Options(documents: 150, budget: 0.3);
        string[] whole;
        using (RunFolder folder = Open(place, options, "whole"))
        {
            await Extractor.RunAsync(options, folder, cancellationToken: Token);
            whole = Hashes(folder);
        }

        using (RunFolder folder = Open(place, options, "cut"))
        {
            using var stop = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Extractor.RunAsync(options, folder, progress: new Callback(p =>
            {
                if (p.Step == "extract")
                {
                    stop.Cancel();
                }
            }), cancellationToken: stop.Token));
            Assert.False(folder.Has("pairs.jsonl"));
            Assert.True(folder.Ledger.ReadingCount > 0);
        }

        using (RunFolder folder = Open(place, options, "cut"))
        {
            await Extractor.RunAsync(options, folder, cancellationToken: Token);
            Assert.Equal(whole, Hashes(folder));
        }
    }

    [Fact]
    public async Task PairsThatOverlapAPlantedTestAreRejectedAsContaminated()
    {
        using var place = new RunPlace();
        ExtractionOptions options = Options(documents: 150, budget: 1) with { Policy = "all" };
        ExtractedPair[] planted;
        using (RunFolder folder = Open(place, options, "clean"))
        {
            ExtractionResult result = await Extractor.RunAsync(options, folder, cancellationToken: Token);
            Assert.Equal(StopReason.CorpusRead, result.Reading.Stop);
            Assert.Null(result.Unread);
            planted = [.. result.Reading.Pairs.Where(pair => pair.Answer.Split(' ').Length > 20).Take(5)];
            Assert.Equal(5, planted.Length);
        }

        File.WriteAllLines(place["test.jsonl"], [.. planted.Select(pair => JsonSerializer.Serialize(new { question = pair.Question, answer = pair.Answer })), "{broken"]);
        ExtractionOptions strict = options with { Decontaminate = [place["test.jsonl"]] };
        using (RunFolder folder = Open(place, strict, "strict"))
        {
            ExtractionResult result = await Extractor.RunAsync(strict, folder, cancellationToken: Token);
            Assert.All(planted, pair => Assert.DoesNotContain(result.Reading.Pairs, kept => kept.Question == pair.Question && kept.Answer == pair.Answer));
            string rejected = folder.ReadText("rejected.jsonl");
            Assert.True(Count(rejected, "\"reason\":\"test-words\"") >= 5, rejected);
            Assert.Equal(1, Count(rejected, "\"step\":\"decontaminate\"")); // the broken row of the test file is not lost silently
        }
    }

    [Fact]
    public async Task LossIsCountedInRowsOfEachInputAndNeitherPassagesNorOtherInputsDiluteIt()
    {
        using var place = new RunPlace();
        string book = string.Join("\n\n", Enumerable.Range(0, 3000).Select(i => $"Paragraph {i} tells of the number {i * 7919 % 10007} and of {i * 31 % 997} more."));
        File.WriteAllLines(place["corpus.jsonl"], [JsonSerializer.Serialize(new { text = book }), JsonSerializer.Serialize(new { text = "A short row about nothing." }), "{broken"]);
        File.WriteAllLines(place["target.jsonl"], ["{\"question\":\"How many are 3 and 5?\",\"answer\":\"8\"}", "{a", "{b", "{c", "{d"]);
        ExtractionOptions options = Options(50, 1) with { Corpus = [place["corpus.jsonl"]], Target = place["target.jsonl"], Policy = "all" };
        using RunFolder folder = Open(place, options);
        ExtractionResult result = await Extractor.RunAsync(options, folder, cancellationToken: Token);
        Assert.True(result.Documents > 5);
        Assert.Equal([("corpus", 1L, 3L), ($"target {options.Target}", 4L, 5L)], result.Losses.Select(loss => (loss.Input, loss.Lost, loss.Inputs)));
        Assert.All(result.Losses, loss => Assert.True(loss.IsTooMuch));
        RunSummary summary = RunSummary.Read(folder)!;
        Assert.Equal(["target malformed-row 4", "read malformed-row 1"], summary.Tables.Single(table => table.Name == "rejected").Rows.Select(row => string.Join(' ', row)));
        Assert.Equal(2, summary.Tables.Single(table => table.Name == "inputs").Rows.Length);
    }

    [Fact]
    public async Task ABudgetBelowTheCheapestDocumentGivesNoVerdict()
    {
        using var place = new RunPlace();
        ExtractionOptions options = Options(50, 1) with { Budget = new Budget(1, BudgetUnit.Tokens) };
        using RunFolder folder = Open(place, options);
        ExtractionResult result = await Extractor.RunAsync(options, folder, cancellationToken: Token);
        Assert.Empty(result.Reading.Documents);
        Assert.False(result.HardlyServed);
        Assert.Equal("unknown", ExtractionRecords.Summary(result, options).Values.Single(value => value.Name == "verdict").Value);
        Assert.StartsWith($"Nothing was read, so nothing is known of how the corpus serves the target: the cheapest document costs {result.CheapestDocument} tokens", ExtractionRecords.Verdict(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AComparisonUnderABudgetOfTimeGivesEveryPolicyTheTokensOfTheRun()
    {
        using var place = new RunPlace();
        ExtractionOptions options = Options(300, 1) with { Budget = new Budget(1e-7, BudgetUnit.Minutes), Policy = "random" };
        using RunFolder folder = Open(place, options);
        ExtractionResult result = await Extractor.RunAsync(options, folder, ["random", "doc-sim"], seeds: 1, cancellationToken: Token);
        Assert.Equal(StopReason.Time, result.Reading.Stop);
        Assert.All(result.Comparison!.Rows, row => Assert.InRange(row.Tokens, 0.8 * result.Reading.Tokens, result.Reading.Tokens));
    }

    [Theory]
    [InlineData("documents.vectors")]
    [InlineData("documents.signs")]
    [InlineData("documents.store")]
    [InlineData("documents.vectors", "documents.signs")]
    [InlineData("documents.vectors", "documents.signs", "documents.store")]
    public async Task WhatARunFolderLostIsMadeAgain(params string[] files)
    {
        using var place = new RunPlace();
        ExtractionOptions options = Options(documents: 100, budget: 0.3);
        string[] whole;
        using (RunFolder folder = Open(place, options))
        {
            await Extractor.RunAsync(options, folder, cancellationToken: Token);
            whole = Hashes(folder);
        }

        foreach (bool remove in (bool[])[false, true])
        {
            foreach (string file in files)
            {
                using FileStream stream = File.Open(place[Path.Combine("run", file)], FileMode.Open);
                stream.SetLength(stream.Length * 2 / 3);
                stream.Close();
                if (remove)
                {
                    File.Delete(stream.Name);
                }
            }

            using RunFolder folder = Open(place, options);
            await Extractor.RunAsync(options, folder, cancellationToken: Token);
            Assert.Equal(whole, Hashes(folder));
        }
    }

    [Fact]
    public async Task AFilterThatKeepsNoRowIsNamed()
    {
        using var place = new RunPlace();
        File.WriteAllLines(place["corpus.jsonl"], ["{\"text\":\"A row.\",\"domain\":\"maths\"}"]);
        ExtractionOptions options = Options(50, 1) with { Corpus = [place["corpus.jsonl"]], Where = "domain = 'art'" };
        using RunFolder folder = Open(place, options);
        InputException error = await Assert.ThrowsAsync<InputException>(() => Extractor.RunAsync(options, folder, cancellationToken: Token));
        Assert.StartsWith("The filter \"domain = 'art'\" (--where, ExtractionOptions.Where) keeps no row of", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWorldHasNoLabelColumn() =>
        Assert.Equal(["--label-column is 'kind', but a corpus world has no columns; leave it out, or give files."], (Options(50, 0.1) with { LabelColumn = "kind" }).Validate());

    [Fact]
    public async Task EveryMistakeIsNamedBeforeAnythingIsRead()
    {
        using var place = new RunPlace();
        ExtractionOptions options = Options(documents: 50, budget: 0.1);
        using RunFolder folder = Open(place, options);
        InputException error = await Assert.ThrowsAsync<InputException>(() => Extractor.RunAsync(options with { Policy = "best", Corpus = [] }, folder, ["random", "guess"], seeds: 0, cancellationToken: Token));
        foreach (string part in (string[])["No corpus", "--policy is 'best'", "--compare names 'guess'", "--seeds is 0"])
        {
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("'random'", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<InputException>(() => Extractor.RunAsync(options with { Corpus = ["world:7,documents=many"] }, folder, cancellationToken: Token));
        Assert.Contains("documents", error.Message, StringComparison.Ordinal);
    }

    private static void CheckPairs(RunFolder folder, ExtractionResult result)
    {
        string[] fields = ["id", "question", "answer", "document", "span", "source", "label", "cluster", "round", "policy", "propensity", "reward", "cost", "extractor", "checks", "selected", "reason"];
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        using (DocumentStore store = folder.OpenDocuments())
        {
            foreach (StoredDocument document in store.ReadAll())
            {
                Assert.Equal(0, document.Passage);
                texts.Add(document.Id, document.Text);
            }
        }

        string[] lines = folder.ReadText("pairs.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(result.Reading.Pairs.Count, lines.Length);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        int selected = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            using JsonDocument json = JsonDocument.Parse(lines[i]);
            JsonElement row = json.RootElement;
            Assert.Equal(fields, row.EnumerateObject().Select(property => property.Name));
            Assert.True(ids.Add(row.GetProperty("id").GetString()!));
            Assert.Equal("default", row.GetProperty("policy").GetString());
            Assert.InRange(row.GetProperty("propensity").GetDouble(), double.Epsilon, 1);
            Assert.True(row.GetProperty("cost").GetDouble() > 0);
            Assert.Equal(result.Decisions[i].Selected, row.GetProperty("selected").GetBoolean());
            Assert.StartsWith(result.Decisions[i].Selected ? "gain " : "no-gain ", row.GetProperty("reason").GetString(), StringComparison.Ordinal);
            selected += result.Decisions[i].Selected ? 1 : 0;
            string text = texts[row.GetProperty("document").GetString()!];
            int start = row.GetProperty("span")[0].GetInt32(), end = row.GetProperty("span")[1].GetInt32();
            Assert.True(start >= 0 && start < end && end <= text.Length);
            string span = text[start..end];
            string[] words = [.. Words().Matches(row.GetProperty("question").GetString() + " " + row.GetProperty("answer").GetString()).Select(match => match.Value)];
            Assert.True(words.Count(word => span.Contains(word, StringComparison.OrdinalIgnoreCase)) >= 0.75 * words.Length, lines[i] + "\n" + span);
        }

        Assert.Equal(selected, Count(folder.ReadText("train.jsonl"), "\n"));
    }

    private static void CheckSelections(RunFolder folder, ExtractionResult result)
    {
        Selection[] log = [.. folder.Ledger.Selections().Read()];
        Assert.Equal(result.Reading.Documents.Select(d => d.Reading.Document), log.Select(row => row.Index));
        Assert.All(log, row =>
        {
            Assert.InRange(row.Propensity, double.Epsilon, 1);
            Assert.InRange(row.InclusionProbability, row.Propensity, 1);
            Assert.True(row.Cost >= 0 && double.IsFinite(row.Reward));
        });
        Assert.Equal(log.Length, Count(folder.ReadText("selections.jsonl"), "\n"));
    }

    private static void CheckComparison(ExtractionResult result)
    {
        Comparison comparison = Assert.IsType<Comparison>(result.Comparison);
        Assert.Equal(["random", "random", "all", Comparison.BySimilarity, "all", Comparison.BySimilarity], comparison.Rows.Select(row => row.Policy));
        Assert.All(comparison.Rows.Where(row => row.Policy == "random"), row => Assert.True(row.Tokens <= 0.2 * result.CorpusTokens));
        Assert.All(comparison.Rows.Where(row => row.Policy != "random"), row => Assert.Equal(result.CorpusTokens, row.Tokens));
        Assert.All(comparison.Rows, row =>
        {
            Assert.True(row.All is { BitsPerByte: > 0, Transport: >= 0 });
            Assert.Equal(row.Pairs, row.All!.Pairs);
        });
        Assert.All(comparison.Means(row => row.All!.BitsPerByte), mean => Assert.NotNull(mean.Interval));
    }

    private static ExtractionOptions Options(int documents, double budget) => new()
    {
        Corpus = [$"world:7,documents={documents}"],
        Target = "world:7/word-problems",
        Budget = new Budget(budget, BudgetUnit.Share),
        Threads = 2,
        MaxReferences = 100,
        Clusters = 6,
    };

    private static RunFolder Open(RunPlace place, ExtractionOptions options, string name = "run") =>
        RunFolder.Create(place[name], new RunConfiguration { Command = "extract", Version = "0.1.0", Seed = options.Seed, Settings = options.Settings() }, "caudata extract");

    private static string[] Hashes(RunFolder folder) => [.. Files.Select(file =>
    {
        using Stream stream = folder.OpenRead(file);
        return file + " " + Convert.ToHexString(SHA256.HashData(stream));
    })];

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [GeneratedRegex("[A-Za-z]{4,}", RegexOptions.None, 1000)]
    private static partial Regex Words();

    private sealed class Callback(Action<RunProgress> report) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => report(value);
    }
}
