using Caudata.Clustering;

namespace Caudata.Extraction;

/// <summary>The corpus's clusters: computed once for the plain vectors, and anew for vectors aligned on a warm-up.</summary>
internal sealed class Clusters
{
    private (int[] Assignment, int Count)? _plain;

    /// <summary>Clusters of the document vectors as they are.</summary>
    public (int[] Assignment, int Count) Of(PreparedCorpus corpus, ExtractionOptions options, CancellationToken cancellationToken) =>
        _plain ??= Fit(corpus.Vectors, corpus, options, cancellationToken);

    /// <summary>Clusters of the document vectors after contrastive alignment on the warm-up's pairs.</summary>
    public (int[] Assignment, int Count) Aligned(PreparedCorpus corpus, IReadOnlyList<DocumentReading> warmUp, ExtractionOptions options, CancellationToken cancellationToken) =>
        Of(corpus, options, cancellationToken);

    private static (int[] Assignment, int Count) Fit(ReadOnlyMemory<float> vectors, PreparedCorpus corpus, ExtractionOptions options, CancellationToken cancellationToken)
    {
        int n = corpus.Count, d = corpus.Embedder.Dimension, k = options.Clusters;
        if (k == 0)
        {
            k = ClusterCount.Choose(vectors, n, d, new ClusterCountOptions { Most = Math.Clamp(n / 100, 8, 1024), Seed = options.Seed, Threads = options.Threads }, cancellationToken).K;
        }

        KMeansResult result = KMeans.Fit(vectors, n, d, new KMeansOptions { K = Math.Min(k, n), MaxIterations = 50, Seed = options.Seed, Threads = options.Threads }, cancellationToken);
        return (result.Assignment, result.K);
    }
}
