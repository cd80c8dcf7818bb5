using Caudata.Extraction;
using Caudata.Extraction.Checks;
using Caudata.Extraction.Structural;
using Caudata.Numerics;
using Caudata.Records;
using Caudata.Tests.Records;

namespace Caudata.Tests.Extraction;

public sealed class ReadingLoopTests
{
    [Fact]
    public async Task NoPolicyEverExceedsAnyBudgetOrReadsADocumentTwice()
    {
        using var place = new RunPlace();
        ExtractionOptions options = Options();
        using RunFolder folder = Open(place, options);
        using PreparedCorpus corpus = await PrepareAsync(options, folder);
        var clusters = new Clusters();
        var random = new RandomStream(11, "budgets");
        foreach (string name in ReadingPolicies.Names)
        {
            for (int trial = 0; trial < 4; trial++)
            {
                for (int i = 0; i < corpus.Count; i++)
                {
                    corpus.Tokens[i] = random.NextInt32(trial == 0 ? 3 : 2000); // free documents too, and very unequal ones
                }

                Budget budget = trial switch
                {
                    0 => new Budget(1 + random.NextInt32(50), BudgetUnit.Tokens),
                    1 => new Budget(1 + random.NextInt32(corpus.Count), BudgetUnit.Documents),
                    2 => new Budget(1 + random.NextInt32(20_000), BudgetUnit.Tokens),
                    _ => new Budget(0.001 + (0.3 * random.NextDouble()), BudgetUnit.Share),
                };
                IReadingPolicy policy = ReadingPolicies.Create(name, corpus, options with { Seed = (ulong)trial }, clusters, Token);
                ReadingResult result = await ReadingLoop.RunAsync(corpus, policy, ReadNothing(corpus), budget, 0.15, null, Token);
                long limit = budget.TokenLimit(corpus.TotalTokens, 0.15);
                Assert.Equal(result.Documents.Sum(d => (long)corpus.Tokens[d.Pick.Document]), result.Tokens);
                Assert.True(result.Tokens <= limit && result.Documents.Length <= budget.DocumentLimit, $"{name}, {budget}: {result.Tokens} tokens, {result.Documents.Length} documents");
                Assert.Equal(result.Documents.Length, result.Documents.Select(d => d.Pick.Document).Distinct().Count());
                Assert.All(result.Documents, d => Assert.InRange(d.Pick.Propensity, double.Epsilon, 1));
                Assert.All(result.Documents, d => Assert.InRange(d.Pick.Inclusion, double.Epsilon, 1));

                // It ends only when nothing more fits.
                var read = result.Documents.Select(d => d.Pick.Document).ToHashSet();
                bool more = read.Count < budget.DocumentLimit && Enumerable.Range(0, corpus.Count).Any(i => !read.Contains(i) && corpus.Tokens[i] <= limit - result.Tokens);
                Assert.False(more, $"{name}, {budget}: stopped by {result.Stop} though a document fits");
                Assert.Equal(read.Count == corpus.Count ? StopReason.CorpusRead : StopReason.Budget, result.Stop);
            }
        }
    }

    [Fact]
    public async Task ACancelIsACancelAndABudgetOfTimeStopsAtARound()
    {
        using var place = new RunPlace();
        ExtractionOptions options = Options();
        using RunFolder folder = Open(place, options);
        using PreparedCorpus corpus = await PrepareAsync(options, folder);
        var policy = new RankedReading("all", [.. Enumerable.Range(0, corpus.Count)], corpus.Tokens, _ => 0);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadingLoop.RunAsync(corpus, policy, ReadNothing(corpus), new Budget(1, BudgetUnit.Share), 1, null, stop.Token));

        var clock = new Clock();
        int rounds = 0;
        ReadingResult result = await ReadingLoop.RunAsync(corpus, new OneByOne(), ReadNothing(corpus), new Budget(2, BudgetUnit.Minutes), 1, (_, _) =>
        {
            rounds++;
            clock.Now += TimeSpan.FromSeconds(61);
        }, Token, new ReadingClock(clock));
        Assert.Equal((StopReason.Time, 2, 2), (result.Stop, result.Documents.Length, rounds));

        result = await ReadingLoop.RunAsync(corpus, new OneByOne(most: 3), ReadNothing(corpus), new Budget(1, BudgetUnit.Share), 1, null, Token);
        Assert.Equal((StopReason.NoGain, 3), (result.Stop, result.Documents.Length));
    }

    [Fact]
    public async Task ARunWithABudgetOfTimeThatIsStartedAgainKeepsWhatItReadAndGetsOnlyTheTimeThatIsLeft()
    {
        using var place = new RunPlace();
        ExtractionOptions options = Options();
        using RunFolder folder = Open(place, options);
        using PreparedCorpus corpus = await PrepareAsync(options, folder);
        var clock = new Clock();

        // Each new round takes a minute of the five; the first start is killed in its third round.
        using var kill = new CancellationTokenSource();
        int known = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StartAsync(2, kill));
        ReadingResult result = await StartAsync(int.MaxValue, null);
        Assert.Equal((StopReason.Time, 5), (result.Stop, result.Documents.Length));

        // The time is spent: starting again gives the same, however slow going through it is.
        ReadingResult again = await StartAsync(int.MaxValue, null);
        Assert.Equal((StopReason.Time, 5, 5), (again.Stop, again.Documents.Length, known));
        Assert.Equal(result.Documents.Select(d => d.Pick), again.Documents.Select(d => d.Pick));

        Task<ReadingResult> StartAsync(int killAt, CancellationTokenSource? killer)
        {
            int round = 0;
            Func<int[], CancellationToken, Task<DocumentReading[]>> read = ReadNothing(corpus);
            return ReadingLoop.RunAsync(corpus, new OneByOne(), async (documents, token) =>
            {
                clock.Now += round++ < known ? TimeSpan.FromSeconds(20) : TimeSpan.FromSeconds(60);
                if (round > killAt)
                {
                    await killer!.CancelAsync();
                    token.ThrowIfCancellationRequested();
                }

                return await read(documents, token);
            }, new Budget(5, BudgetUnit.Minutes), 1, (_, _) =>
            {
                known = Math.Max(known, round);
                folder.Ledger.Commit();
            }, killer?.Token ?? Token, new ReadingClock(clock, folder.Ledger));
        }
    }

    [Fact]
    public async Task ADeskReadsEachDocumentOnceAndAlikeFromItsLedger()
    {
        using var place = new RunPlace();
        ExtractionOptions options = Options();
        using RunFolder folder = Open(place, options);
        using PreparedCorpus corpus = await PrepareAsync(options, folder);
        int[] documents = [5, 0, 17];
        DocumentReading[] paid = await Desk(null).ReadAsync(documents, Token), first = await Desk(folder.Ledger).ReadAsync(documents, Token);
        Assert.Equal(3, folder.Ledger.ReadingCount);
        DocumentReading[] again = await Desk(folder.Ledger).ReadAsync(documents, Token);
        Assert.Equal(3, folder.Ledger.ReadingCount);
        Assert.Equal(documents, again.Select(reading => reading.Document));
        Assert.Equal(Shown(paid), Shown(first));
        Assert.Equal(Shown(paid), Shown(again));

        ReadingDesk Desk(Ledger? ledger) => new(corpus, new StructuralExtractor(), new PairChecks(new CheckOptions()), ledger, 1);

        static IEnumerable<string> Shown(DocumentReading[] readings) => readings.SelectMany(reading => reading.Pairs.Select(pair => $"{reading.Unit} {pair.Ordinal} {pair.Question} {pair.Answer} {pair.Span} {pair.Pattern} {pair.Similarity}"));
    }

    private static Func<int[], CancellationToken, Task<DocumentReading[]>> ReadNothing(PreparedCorpus corpus) => (documents, _) =>
        Task.FromResult(Array.ConvertAll(documents, i => new DocumentReading(i, $"d{i}", "s", null, 0, corpus.Tokens[i], [])));

    private static ExtractionOptions Options() => new()
    {
        Corpus = ["world:7,documents=120"],
        Target = "world:7/word-problems",
        Threads = 1,
        MaxReferences = 50,
        Clusters = 5,
    };

    private static RunFolder Open(RunPlace place, ExtractionOptions options) =>
        RunFolder.Create(place["run"], new RunConfiguration { Command = "extract", Version = "0.1.0", Seed = options.Seed, Settings = options.Settings() }, "caudata extract");

    private static async Task<PreparedCorpus> PrepareAsync(ExtractionOptions options, RunFolder folder) =>
        await Preparation.RunAsync(options, folder, (await ReferenceSet.ReadAsync(options.Target, null, Token)).Pairs, null, TimeProvider.System, Token);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private sealed class OneByOne(int most = int.MaxValue) : IReadingPolicy
    {
        private int _next;

        public string Name => "one-by-one";

        public System.Collections.Immutable.ImmutableArray<Pick> Next(ReadingState state, CancellationToken cancellationToken) => _next >= most ? [] : [new Pick(_next++, -1, 1, 1)];

        public System.Collections.Immutable.ImmutableArray<ReadingReward> Learn(System.Collections.Immutable.ImmutableArray<Pick> picks, IReadOnlyList<DocumentReading> readings, CancellationToken cancellationToken) =>
            [.. readings.Select(_ => new ReadingReward(0, []))];
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
