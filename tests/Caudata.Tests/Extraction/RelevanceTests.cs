using Caudata.Estimation;
using Caudata.Extraction;
using Caudata.Extraction.Checks;
using Caudata.Extraction.Structural;
using Caudata.Records;
using Caudata.Tests.Records;

namespace Caudata.Tests.Extraction;

public sealed class RelevanceTests
{
    [Fact]
    public async Task TheLeastSimilarityIsThatOfTheDocumentsOrHalfThatOfTheReferenceByBruteForce()
    {
        using var place = new RunPlace();
        ExtractionOptions options = Options("world:7/word-problems", documents: 200);
        using RunFolder folder = Open(place, options);
        using PreparedCorpus corpus = await PrepareAsync(options, folder);
        Relevance relevance = Relevance.Of(corpus);
        int m = corpus.Target.Pairs.Length, d = corpus.Target.Mean.Length;
        double[] own = new double[m];
        for (int i = 0; i < m; i++)
        {
            for (int k = 0; k < m; k++)
            {
                for (int j = 0; j < d && i != k; j++)
                {
                    own[i] += (double)corpus.Target.Vectors[(i * d) + j] * corpus.Target.Vectors[(k * d) + j] / (m - 1);
                }
            }
        }

        Array.Sort(own);
        Assert.Equal((own[(m - 1) / 2] + own[m / 2]) / 2, relevance.OfReference, 5);
        Assert.Equal(corpus.Count * 0.05, corpus.Similarity.Count(value => value > relevance.OfDocuments), 2.0);
        Assert.Equal(Math.Max(relevance.OfDocuments, relevance.OfReference / 2), relevance.LeastSimilarity);
    }

    [Fact]
    public async Task ATargetThatTheCorpusHardlyServesIsToldPlainly()
    {
        using var place = new RunPlace();
        string[] nouns = ["puella", "aqua", "terra", "silva", "porta", "via", "stella", "luna", "rosa", "mensa"], cases = ["nominative", "genitive", "dative", "accusative", "ablative"];
        File.WriteAllLines(place["latin.jsonl"], nouns.SelectMany(noun => cases.Select(name => $$"""{"question": "Decline {{noun}} in the {{name}} singular.", "answer": "{{noun}} is of the first declension; stem {{noun[..^1]}}-, {{name}} singular."}""")));
        ExtractionOptions hard = Options(place["latin.jsonl"], documents: 400), easy = Options("world:7/word-problems", documents: 400);
        using RunFolder first = Open(place, hard, "hard"), second = Open(place, easy, "easy");
        ExtractionResult poor = await Extractor.RunAsync(hard, first, cancellationToken: Token), rich = await Extractor.RunAsync(easy, second, cancellationToken: Token);
        Assert.True(poor.HardlyServed, $"{poor.Relevant} of {poor.Reading.Pairs.Count}");
        Assert.False(rich.HardlyServed, $"{rich.Relevant} of {rich.Reading.Pairs.Count}");
        Assert.InRange(rich.RelevantSelected, 1, Math.Min(rich.Relevant, rich.Selected));
        Assert.StartsWith("This corpus hardly serves the target: ", ExtractionRecords.Verdict(poor), StringComparison.Ordinal);
        Assert.DoesNotContain("hardly", ExtractionRecords.Verdict(rich), StringComparison.Ordinal);
        Assert.Equal("hardly-served", ExtractionRecords.Summary(poor, hard).Values.Single(value => value.Name == "verdict").Value);
        Assert.Contains("hardly serves", first.ReadText("report.html"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1documents")]
    [InlineData("2documents")]
    [InlineData("1tokens")]
    [InlineData("300tokens")]
    public async Task ABudgetTooSmallForAnAuditIsSpentOnReadingAndHasNoForecast(string budget)
    {
        using var place = new RunPlace();
        ExtractionOptions options = Options("world:7/word-problems", documents: 100) with { Budget = Budget.Parse(budget) };
        using RunFolder folder = Open(place, options);
        ExtractionResult result = await Extractor.RunAsync(options, folder, cancellationToken: Token);
        Assert.True(result.Reading.Documents.Length <= options.Budget.DocumentLimit && result.Reading.Tokens <= options.Budget.TokenLimit(result.CorpusTokens, 0));
        Assert.Null(result.Unread);
        Assert.All(result.Reading.Documents, document => Assert.Equal(1, document.Pick.Inclusion));
        if (budget == "1documents")
        {
            Assert.Single(result.Reading.Documents);
        }
    }

    [Fact]
    public async Task TheForecastHoldsForAtLeastNinetyOfAHundredSeeds()
    {
        using var place = new RunPlace();
        ExtractionOptions options = Options("world:7/word-problems", documents: 500) with { Budget = new Budget(0.2, BudgetUnit.Share) };
        using RunFolder folder = Open(place, options);
        using PreparedCorpus corpus = await PrepareAsync(options, folder);
        var desk = new ReadingDesk(corpus, new StructuralExtractor(), new PairChecks(new CheckOptions()), null, 2);
        DocumentReading[] readings = await desk.ReadAsync([.. Enumerable.Range(0, corpus.Count)], Token);
        Relevance relevance = Relevance.Of(corpus);
        var clusters = new Clusters();
        int held = 0;
        for (ulong seed = 1; seed <= 100; seed++)
        {
            ExtractionOptions own = options with { Seed = seed };
            IReadingPolicy policy = ReadingPolicies.Create("default", corpus, own, clusters, Token);
            ReadingResult result = await ReadingLoop.RunAsync(corpus, policy, (wanted, _) => Task.FromResult(Array.ConvertAll(wanted, i => readings[i])), own.Budget, 0, null, Token);
            HashSet<int> read = [.. result.Documents.Select(document => document.Reading.Document)];
            int truth = readings.Where((_, i) => !read.Contains(i)).Sum(reading => relevance.Count(reading.Pairs));
            Forecast forecast = UnreadPairs.Forecast(corpus, relevance, policy, result, seed) is { } unread ? unread.DoublyRobust ?? unread.HorvitzThompson : new Forecast(0, 1, 0, 1, 0);
            held += forecast.Low95 <= truth && truth <= forecast.High95 ? 1 : 0;
        }

        Assert.True(held >= 90, $"{held} of 100");
    }

    private static ExtractionOptions Options(string target, int documents) => new()
    {
        Corpus = [$"world:7,documents={documents}"],
        Target = target,
        Budget = new Budget(0.1, BudgetUnit.Share),
        Threads = 2,
        MaxReferences = 100,
        Clusters = 6,
    };

    private static RunFolder Open(RunPlace place, ExtractionOptions options, string name = "run") =>
        RunFolder.Create(place[name], new RunConfiguration { Command = "extract", Version = "0.1.0", Seed = options.Seed, Settings = options.Settings() }, "caudata extract");

    private static async Task<PreparedCorpus> PrepareAsync(ExtractionOptions options, RunFolder folder) =>
        await Preparation.RunAsync(options, folder, (await ReferenceSet.ReadAsync(options.Target, null, Token)).Pairs, null, TimeProvider.System, Token);

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
