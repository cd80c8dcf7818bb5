using Caudata.Bandits;
using Caudata.Extraction;
using Caudata.Extraction.Checks;
using Caudata.Extraction.Structural;
using Caudata.Numerics;
using Caudata.Records;
using Caudata.Tests.Records;

namespace Caudata.Tests.Extraction;

public sealed class ClusterReadingTests : IAsyncLifetime
{
    private readonly RunPlace _place = new();
    private RunFolder _folder = null!;
    private PreparedCorpus _corpus = null!;

    public async ValueTask InitializeAsync()
    {
        ExtractionOptions options = Options();
        _folder = RunFolder.Create(_place["run"], new RunConfiguration { Command = "extract", Version = "0.1.0", Seed = options.Seed, Settings = options.Settings() }, "caudata extract");
        _corpus = await Preparation.RunAsync(options, _folder, (await ReferenceSet.ReadAsync(options.Target, null, Token)).Pairs, null, TimeProvider.System, Token);
    }

    public ValueTask DisposeAsync()
    {
        _corpus.Dispose();
        _folder.Dispose();
        _place.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("similarity")]
    [InlineData("ot-gain")]
    [InlineData("ot")]
    public async Task Exp3RaisesTheProbabilityOfTheBetterCluster(string reward)
    {
        ExtractionOptions options = Options() with { Clusters = 3, Reward = reward, Budget = new Budget(_corpus.Count / 2, BudgetUnit.Documents) };
        var clusters = new Clusters();
        (int[] assignment, int count) = clusters.Of(_corpus, options, Token);
        int better = Enumerable.Range(0, count).MaxBy(j => assignment.Count(c => c == j));
        ReadingResult result = await RunAsync(ReadingPolicies.Create("exp3", _corpus, options, clusters, Token), i => assignment[i] == better ? 1 : null, options.Budget);
        double[] chances = [.. ChancesOf(better, result, assignment)];
        Assert.True(chances.Length > 3 && chances[^1] > chances[0] + 0.02, string.Join(", ", chances.Select(c => c.ToString("F3"))));
    }

    [Theory]
    [InlineData("ucb1")]
    [InlineData("ucb-v")]
    [InlineData("thompson")]
    public async Task AGoodClusterOfTheWarmUpIsPulledBeforeUnknownAndPoorOnes(string name)
    {
        int[] first = new int[5];
        for (ulong seed = 0; seed < 30; seed++)
        {
            ExtractionOptions options = Options() with { Seed = seed };
            int[] assignment = [.. Enumerable.Range(0, _corpus.Count).Select(i => i % 5)];
            var policy = (BanditPolicy)BanditPolicies.Create(name, new BanditOptions { Seed = seed }) with { DocumentsPerPull = 4 };
            var reading = new ClusterReading(_corpus, policy, new MeanOfPairs(), 0.2, warm =>
            {
                for (int k = 0; k < warm.Count; k++)
                {
                    assignment[warm[k].Document] = warm[k].Pairs.IsEmpty ? 1 : 3;
                }

                return (assignment, 5);
            }, options);
            ReadingResult result = await RunAsync(reading, i => i % 2 == 0 ? 0.9 : null, new Budget(30, BudgetUnit.Documents));
            if (result.Documents.Where(d => d.Pick.Arm < 0).Select(d => d.Reading.Pairs.IsEmpty).Distinct().Count() == 2)
            {
                first[result.Documents.First(d => d.Pick.Arm >= 0).Pick.Arm]++; // the warm-up saw both kinds
            }
        }

        Assert.True(first.Sum() >= 25);
        Assert.Equal(3, Array.IndexOf(first, first.Max()));
        Assert.True(name == "thompson" || first[3] == first.Sum(), string.Join(" ", first));
    }

    [Theory]
    [InlineData("exp3")]
    [InlineData("thompson")]
    [InlineData("ucb1")]
    [InlineData("ucb-v")]
    public async Task DifferentRewardsGiveDifferentSequencesOfClusters(string name)
    {
        var clusters = new Clusters();
        var sequences = new List<string>();
        foreach (string reward in ExtractionOptions.Rewards)
        {
            ExtractionOptions options = Options() with { Reward = reward, Budget = new Budget(0.6, BudgetUnit.Share) };
            var desk = new ReadingDesk(_corpus, new StructuralExtractor(), new PairChecks(new CheckOptions()), null, 1);
            ReadingResult result = await ReadingLoop.RunAsync(_corpus, ReadingPolicies.Create(name, _corpus, options, clusters, Token), desk.ReadAsync, options.Budget, 0.15, null, Token);
            sequences.Add(string.Join(' ', result.Documents.Select(d => d.Pick.Arm)));
        }

        Assert.True(sequences.Distinct().Count() >= 3, string.Join('\n', sequences));
    }

    [Theory]
    [InlineData("exp3", 4, 1)]
    [InlineData("round-robin", 4, 1)]
    [InlineData("ucb1", 4, 1)]
    [InlineData("thompson", 3, 2)]
    [InlineData("equal-code", 4, 3)]
    public async Task TheInverseInclusionOfWhatARoundReadsEstimatesTheUnreadDocuments(string name, int perPull, int arms)
    {
        var estimates = new List<double>();
        for (ulong seed = 0; seed < 200; seed++)
        {
            int[] assignment = [.. Enumerable.Range(0, _corpus.Count).Select(i => i * i % 5)];
            var policy = (BanditPolicy)BanditPolicies.Create(name, new BanditOptions { Seed = seed, LogPropensities = true, Exploration = 0.5 }) with { DocumentsPerPull = perPull, ArmsPerRound = arms };
            var reading = new ClusterReading(_corpus, policy, new MeanOfPairs(), 0.1, _ => (assignment, 5), Options() with { Seed = seed });
            ReadingResult result = await RunAsync(reading, i => assignment[i] == 1 ? 0.9 : null, new Budget(25, BudgetUnit.Documents));
            estimates.AddRange(Estimates(result));
        }

        AssertEstimates(_corpus.Count, estimates);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TheInverseInclusionOfARandomReadingEstimatesTheCorpus(bool unequal)
    {
        var estimates = new List<double>();
        var random = new RandomStream(3, "costs");
        for (int i = 0; i < _corpus.Count; i++)
        {
            _corpus.Tokens[i] = unequal ? 1 + random.NextInt32(1000) : 100;
        }

        for (ulong seed = 0; seed < 200; seed++)
        {
            ExtractionOptions options = Options() with { Seed = seed };
            IReadingPolicy policy = ReadingPolicies.Create("random", _corpus, options, new Clusters(), Token);
            estimates.AddRange(Estimates(await ReadingLoop.RunAsync(_corpus, policy, Read(_ => null), new Budget(4000, BudgetUnit.Tokens), 0.15, null, Token)));
        }

        AssertEstimates(_corpus.Count, estimates);
    }

    [Theory]
    [InlineData("doc-sim")]
    [InlineData("dsir")]
    [InlineData("perplexity")]
    [InlineData("avg-sim")]
    public async Task LoggedPropensitiesMakeARankingExploreInEveryRound(string name)
    {
        ExtractionOptions options = Options() with { LogPropensities = true };
        double[] explored = new double[10];
        for (ulong seed = 0; seed < 10; seed++)
        {
            IReadingPolicy policy = ReadingPolicies.Create(name, _corpus, options with { Seed = seed }, new Clusters(), Token);
            ReadingResult result = await RunAsync(policy, _ => null, new Budget(60, BudgetUnit.Documents));
            Assert.Equal(60, result.Documents.Length);
            explored[seed] = result.Documents.Count(d => d.Pick.Inclusion < 0.5 && (name != "avg-sim" || d.Round > 0));
        }

        Assert.InRange(explored.Average(), 1.5, 4.5); // a twentieth of 60, or of the 48 after a warm-up
    }

    [Theory]
    [InlineData("equal-code")]
    [InlineData("equal-paper")]
    [InlineData("exp3")]
    [InlineData("round-robin")]
    [InlineData("thompson")]
    [InlineData("ucb-v")]
    [InlineData("ucb1")]
    public async Task TheLeastGainStopsEveryBandit(string name)
    {
        var clusters = new Clusters();
        ExtractionOptions options = Options() with { Reward = "similarity", MinGain = 1e9, Budget = new Budget(1, BudgetUnit.Share) };
        ReadingResult none = await RunAsync(ReadingPolicies.Create(name, _corpus, options, clusters, Token), _ => null, options.Budget);
        Assert.Equal((StopReason.NoGain, 0), (none.Stop, none.Documents.Length));

        // Nothing is found anywhere: known after some pulls.
        ReadingResult some = await RunAsync(ReadingPolicies.Create(name, _corpus, options with { MinGain = 0.6 }, clusters, Token), _ => null, options.Budget);
        Assert.Equal(StopReason.NoGain, some.Stop);
        Assert.InRange(some.Documents.Length, 5, _corpus.Count - 10);
    }

    [Fact]
    public void ALeastGainIsRefusedWhereNothingBoundsTheGain()
    {
        foreach (string name in ReadingPolicies.Names)
        {
            string[] mistakes = [.. (Options() with { Policy = name, MinGain = 0.1 }).Validate()];
            if (name is "all" or "avg-sim" or "doc-sim" or "dsir" or "perplexity" or "random")
            {
                Assert.Equal(
                    $"--min-gain is 0.1, but --policy {name} reads in an order made before reading and never knows what the rest is worth; leave it out, or take one of default, equal-code, equal-paper, exp3, round-robin, thompson, ucb-v, ucb1.",
                    Assert.Single(mistakes));
            }
            else
            {
                Assert.Empty(mistakes);
            }
        }
    }

    [Fact]
    public async Task AnEmptyPullIsWorthNoMoreThanAnyOther()
    {
        var desk = new ReadingDesk(_corpus, new StructuralExtractor(), new PairChecks(new CheckOptions()), null, 1);
        DocumentReading[] readings = [.. (await desk.ReadAsync([.. Enumerable.Range(0, 60)], Token)).Where(reading => !reading.Pairs.IsEmpty)];
        Assert.NotEmpty(readings);
        (string Name, ClusterReward Reward)[] rewards =
        [
            ("equal-code", new IpotReward(_corpus.Target, 7, new EqualCode())),
            ("equal-paper", new TransportReward(_corpus.Target, 7, 200, new EqualPaper().RewardOf)),
            .. new[] { "ot", "similarity", "perplexity" }.Select(name => (name, ClusterReward.Create(name, _corpus.Target, 7))),
        ];
        foreach ((string name, ClusterReward reward) in rewards)
        {
            double empty = reward.Of([], 100, Token);
            double[] full = [.. readings.Select(reading => reward.Of(reading.Pairs, reading.Tokens, Token))];
            Assert.True(empty <= full.Min(), $"{name}: {empty}, {full.Min()}");
            Assert.True(empty < full.Max(), name);
            Assert.All(full.Append(empty), value => Assert.InRange(value, reward.Range.Lowest, reward.Range.Highest));
        }
    }

    [Fact]
    public void ClustersAreAtLeastTheRootOfTheDocuments() =>
        Assert.InRange(new Clusters().Of(_corpus, Options() with { Clusters = 0 }, Token).Count, 11, 22);

    [Theory]
    [InlineData("ucb1", 1.0, 4, 4)] // 108 documents for 4 clusters: 7 pulls of 4 each
    [InlineData("ucb1", 1.0, 1, 10)] // no more than the scripts' ten
    [InlineData("ucb1", 0.1, 20, 1)]
    [InlineData("equal-code", 1.0, 40, 1)]
    public void APullReadsAsManyDocumentsAsLeaveSevenPullsForEachCluster(string name, double budget, int clusters, int expected)
    {
        var plan = PullPlan.For(name, _corpus, Options() with { Budget = new Budget(budget, BudgetUnit.Share) }, 0.1, clusters);
        Assert.Equal((expected, name == "equal-code" ? 2 : 1), (plan.DocumentsPerPull, plan.ArmsPerRound));
        Assert.InRange(plan.Pulls * plan.DocumentsPerPull, (0.9 * budget * _corpus.Count) - plan.DocumentsPerPull, 0.9 * budget * _corpus.Count);
    }

    private static IEnumerable<double> Estimates(ReadingResult result)
    {
        int before = 0;
        foreach (IGrouping<int, ReadDocument> round in result.Documents.GroupBy(d => d.Round))
        {
            yield return before + round.Sum(d => 1 / d.Pick.Inclusion);
            before += round.Count();
        }
    }

    private static void AssertEstimates(double expected, List<double> estimates)
    {
        double mean = estimates.Average(), error = Math.Sqrt(estimates.Sum(e => (e - mean) * (e - mean)) / estimates.Count / estimates.Count);
        Assert.InRange(mean, expected - (4 * error) - 1e-6, expected + (4 * error) + 1e-6);
        Assert.True(error < 0.05 * expected, $"error {error}: the test says nothing");
    }

    /// <summary>Chance of a cluster in each round that chose it: that of the document times the documents that were left.</summary>
    private static IEnumerable<double> ChancesOf(int arm, ReadingResult result, int[] assignment)
    {
        int left = assignment.Count(c => c == arm);
        foreach (IGrouping<int, ReadDocument> round in result.Documents.GroupBy(d => d.Round))
        {
            if (round.First().Pick.Arm == arm)
            {
                yield return round.First().Pick.Propensity * left;
            }

            left -= round.Count(d => assignment[d.Pick.Document] == arm);
        }
    }

    private async Task<ReadingResult> RunAsync(IReadingPolicy policy, Func<int, double?> similarity, Budget budget)
    {
        Array.Fill(_corpus.Tokens, (int)(_corpus.TotalTokens / _corpus.Count));
        return await ReadingLoop.RunAsync(_corpus, policy, Read(similarity), budget, 0.15, null, Token);
    }

    /// <summary>A reader that finds one pair of that similarity, a copy of the first reference, or nothing.</summary>
    private Func<int[], CancellationToken, Task<DocumentReading[]>> Read(Func<int, double?> similarity) => (documents, _) =>
        Task.FromResult(Array.ConvertAll(documents, i => new DocumentReading(i, $"d{i}", "s", null, 0, _corpus.Tokens[i], similarity(i) is { } value
            ? [new ExtractedPair
            {
                Document = i,
                Ordinal = 0,
                Question = "What?",
                Answer = "That.",
                Span = default,
                Pattern = "p",
                Vector = _corpus.Target.Vectors.AsSpan(0, _corpus.Embedder.Dimension).ToArray(),
                Features = [],
                Checks = [],
                Similarity = value,
            }]
            : [])));

    private static ExtractionOptions Options() => new()
    {
        Corpus = ["world:7,documents=120"],
        Target = "world:7/word-problems",
        Threads = 1,
        MaxReferences = 50,
        Clusters = 5,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private sealed class MeanOfPairs : ClusterReward
    {
        public override bool IsPerToken => true;

        public override double Of(IReadOnlyList<ExtractedPair> pairs, long tokens, CancellationToken cancellationToken) => pairs.Count == 0 ? 0 : pairs.Average(pair => pair.Similarity);
    }
}
