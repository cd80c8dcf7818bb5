using Caudata.Clustering;
using Caudata.Embedding;

namespace Caudata.Extraction;

/// <summary>The corpus's clusters: computed once for the plain vectors, and anew for vectors aligned on a warm-up.</summary>
internal sealed class Clusters
{
    private const int LeastPairs = 50;
    private (int[] Assignment, int Count)? _plain;

    /// <summary>Clusters of the document vectors as they are.</summary>
    public (int[] Assignment, int Count) Of(PreparedCorpus corpus, ExtractionOptions options, CancellationToken cancellationToken) =>
        _plain ??= Fit(corpus.Vectors, corpus, options, cancellationToken);

    /// <summary>Clusters of the document vectors after contrastive alignment on the warm-up's pairs; as many as of the plain vectors.</summary>
    /// <remarks>Source: [zhang2025equal] section 4.1. Only documents with at least one pair train, as in the released scripts. With fewer than 50 pairs the vectors stay as they are.</remarks>
    public (int[] Assignment, int Count) Aligned(PreparedCorpus corpus, IReadOnlyList<DocumentReading> warmUp, ExtractionOptions options, CancellationToken cancellationToken)
    {
        (int[] plain, int count) = Of(corpus, options, cancellationToken);
        DocumentReading[] owners = [.. warmUp.Where(reading => !reading.Pairs.IsEmpty)];
        ExtractedPair[] found = [.. owners.SelectMany(reading => reading.Pairs)];
        if (found.Length < LeastPairs || owners.Length < 10)
        {
            return (plain, count);
        }

        int d = corpus.Embedder.Dimension;
        var documents = new float[owners.Length * d];
        var pairs = new float[found.Length * d];
        int[] owner = [.. owners.SelectMany((reading, i) => reading.Pairs.Select(_ => i))];
        for (int i = 0; i < owners.Length; i++)
        {
            corpus.Vectors.Span.Slice(owners[i].Document * d, d).CopyTo(documents.AsSpan(i * d));
        }

        for (int i = 0; i < found.Length; i++)
        {
            found[i].Vector.CopyTo(pairs.AsSpan(i * d));
        }

        Alignment alignment = ContrastiveAlignment.Train(documents, pairs, owner, d, new ContrastiveAlignmentOptions { Seed = options.Seed }, options.Threads, cancellationToken);
        float[] aligned = alignment.Apply(corpus.Vectors.Span, options.Threads);
        KMeansResult result = KMeans.Fit(aligned, corpus.Count, d, new KMeansOptions { K = count, MaxIterations = 50, Seed = options.Seed, Threads = options.Threads }, cancellationToken);
        return (result.Assignment, result.K);
    }

    /// <summary>The asked-for number of clusters, or the elbow from √n on.</summary>
    /// <remarks>√n is the paper's proportion: about 1,000 for 1.4 million documents [zhang2025equal]. From 2 on, the elbow of text vectors lies at a few clusters, each of them most of the corpus: docs/experiments.md, "Bandits mended".</remarks>
    private static (int[] Assignment, int Count) Fit(ReadOnlyMemory<float> vectors, PreparedCorpus corpus, ExtractionOptions options, CancellationToken cancellationToken)
    {
        int n = corpus.Count, d = corpus.Embedder.Dimension, k = options.Clusters;
        if (k == 0)
        {
            int least = Math.Max(2, (int)Math.Round(Math.Sqrt(n)));
            k = ClusterCount.Choose(vectors, n, d, new ClusterCountOptions { Least = least, Most = Math.Max(2 * least, Math.Min(n / 100, 2048)), Ratio = Math.Pow(2, 0.25), Seed = options.Seed, Threads = options.Threads }, cancellationToken).K;
        }

        KMeansResult result = KMeans.Fit(vectors, n, d, new KMeansOptions { K = Math.Min(k, n), MaxIterations = 50, Seed = options.Seed, Threads = options.Threads }, cancellationToken);
        return (result.Assignment, result.K);
    }
}
