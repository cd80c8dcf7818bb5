using System.Collections.Immutable;
using Caudata.Bandits;
using Caudata.Corpora;
using Caudata.Extraction.Rankings;
using Caudata.Numerics;
using Caudata.Records;

namespace Caudata.Extraction;

/// <summary>The policies by name.</summary>
public static class ReadingPolicies
{
    /// <summary>All names, in alphabetical order.</summary>
    public static ImmutableArray<string> Names { get; } =
        ["all", "avg-sim", "default", "doc-sim", "dsir", "equal-code", "equal-paper", "exp3", "perplexity", "random", "round-robin", "thompson", "ucb-v", "ucb1"];

    /// <summary>Whether a policy keeps an upper bound of what it has not read, so that it can stop at <see cref="ExtractionOptions.MinGain"/>: the default and the bandits over clusters. Orders made before reading have none.</summary>
    internal static bool BoundsGain(string name) => name is not ("all" or "avg-sim" or "doc-sim" or "dsir" or "perplexity" or "random");

    /// <summary>Makes a policy for a run.</summary>
    internal static IReadingPolicy Create(string name, PreparedCorpus corpus, ExtractionOptions options, Clusters clusters, CancellationToken cancellationToken)
    {
        double exploration = options.LogPropensities ? ExploringRanking.Exploration : 0;
        Func<DocumentReading, double> similarity = reading => reading.Pairs.IsEmpty ? 0 : reading.Pairs.Average(pair => pair.Similarity);
        switch (name)
        {
            case "default":
                (int[] assignment, int count) = clusters.Of(corpus, options, cancellationToken);
                return new GainReading(corpus, assignment, count, options);
            case "random":
                return new RankedReading(name, Shuffled(corpus.Count, options.Seed), corpus.Tokens, similarity, isRandom: true);
            case "all":
                return new RankedReading(name, [.. Enumerable.Range(0, corpus.Count)], corpus.Tokens, similarity);
            case "doc-sim":
                return new RankedReading(name, ByScore(corpus.Similarity), corpus.Tokens, similarity, exploration: exploration, seed: options.Seed);
            case "dsir":
                return new RankedReading(name, ByScore(DsirScores(corpus, options, cancellationToken)), corpus.Tokens, similarity, exploration: exploration, seed: options.Seed);
            case "perplexity":
                return new RankedReading(name, ByScore(PerplexityScores(corpus, options, cancellationToken)), corpus.Tokens, similarity, exploration: exploration, seed: options.Seed);
            case "avg-sim":
                return new AverageSimilarityReading(corpus, clusters.Of(corpus, options, cancellationToken), options);
            default:
                return OverClusters(name, corpus, options, clusters, cancellationToken);
        }
    }

    private static ClusterReading OverClusters(string name, PreparedCorpus corpus, ExtractionOptions options, Clusters clusters, CancellationToken cancellationToken)
    {
        bool faithful = name is "equal-code" or "equal-paper";
        double warmUp = faithful ? 0.5 : 0.1;
        int count = clusters.Of(corpus, options, cancellationToken).Count;
        var plan = PullPlan.For(name, corpus, options, warmUp, count);
        ClusterReward reward = name switch
        {
            "equal-code" => new IpotReward(corpus.Target, options.Seed, new EqualCode()),
            "equal-paper" => new TransportReward(corpus.Target, options.Seed, 200, new EqualPaper().RewardOf),
            _ => ClusterReward.Create(options.Reward, corpus.Target, options.Seed),
        };
        BanditPolicy bandit = plan.Of(BanditPolicies.Create(name, new BanditOptions
        {
            Seed = options.Seed,
            LogPropensities = options.LogPropensities,
            PerCost = !reward.IsPerToken,
            LowestReward = reward.Range.Lowest,
            HighestReward = reward.Range.Highest,
            Pulls = plan.Pulls,
        }));
        return new ClusterReading(corpus, bandit, reward, warmUp, warm => faithful ? clusters.Aligned(corpus, warm, options, cancellationToken) : clusters.Of(corpus, options, cancellationToken), options);
    }

    internal static int[] Shuffled(int n, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, n)];
        var stream = new RandomStream(seed, "random-order");
        stream.Shuffle<int>(order);
        return order;
    }

    /// <summary>Indices by falling score; equal scores by index.</summary>
    internal static int[] ByScore(float[] scores)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(order, (a, b) => scores[b].CompareTo(scores[a]) is var c && c != 0 ? c : a.CompareTo(b));
        return order;
    }

    /// <summary>Log importance weight of each document [xie2023dsir], divided by its number of n-grams: without that the ranking is by length.</summary>
    private static float[] DsirScores(PreparedCorpus corpus, ExtractionOptions options, CancellationToken cancellationToken)
    {
        var dsir = new DsirOptions();
        long[] target = new long[dsir.Buckets], raw = new long[dsir.Buckets];
        foreach (ReferencePair pair in corpus.Target.Pairs)
        {
            Dsir.Count(pair.Text, dsir, target);
        }

        foreach (string text in Texts(corpus, options.Threads, Preparation.BackgroundOf(corpus.Documents, options.Seed)))
        {
            Dsir.Count(text, dsir, raw);
        }

        Dsir model = Dsir.Fit(target, raw, dsir);
        return Score(corpus, options, text => model.Score(text, out int grams) / Math.Max(1, grams), cancellationToken);
    }

    /// <summary>Minus bits per byte under a student trained on the reference.</summary>
    private static float[] PerplexityScores(PreparedCorpus corpus, ExtractionOptions options, CancellationToken cancellationToken)
    {
        Student student = Student.Train(corpus.Target.Pairs.Select(pair => (pair.Question, pair.Answer)), new StudentOptions { Order = 3 }, cancellationToken);
        return Score(corpus, options, text =>
        {
            (double bits, long bytes) = student.Score([("", text.Length > 4000 ? text[..4000] : text)], cancellationToken);
            return bytes == 0 ? -100 : -bits / bytes;
        }, cancellationToken);
    }

    private static float[] Score(PreparedCorpus corpus, ExtractionOptions options, Func<string, double> score, CancellationToken cancellationToken)
    {
        var scores = new float[corpus.Count];
        int start = 0;
        foreach (StoredDocument[] batch in corpus.Documents.ReadAll().Chunk(1024))
        {
            int from = start;
            Parallel.For(0, batch.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken }, i =>
            {
                scores[from + i] = (float)score(PlainText.Of(Preparation.Restored(batch[i])));
            });
            start += batch.Length;
        }

        return scores;
    }

    private static string[] Texts(PreparedCorpus corpus, int threads, int[] documents)
    {
        StoredDocument[] stored = corpus.Documents.Read(documents);
        var texts = new string[stored.Length];
        Parallel.For(0, stored.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => texts[i] = PlainText.Of(Preparation.Restored(stored[i])));
        return texts;
    }
}
