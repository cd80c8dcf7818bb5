using System.Collections.Immutable;
using Caudata.Embedding;
using Caudata.Numerics;

namespace Caudata.Extraction;

/// <summary>A target task made ready to aim at: its pairs, their vectors, and the state from which gains are measured.</summary>
public sealed class Target
{
    /// <summary>Weight of the background in the gain's pool, in features: docs/experiments.md, "The background's weight".</summary>
    public const double PriorWeight = 30_000;

    private Target(ImmutableArray<ReferencePair> pairs, float[] vectors, float[] mean, MarginalGain start)
    {
        (Pairs, Vectors, Mean, Start) = (pairs, vectors, mean, start);
    }

    /// <summary>The reference pairs, m of them, at most <see cref="ExtractionOptions.MaxReferences"/>.</summary>
    public ImmutableArray<ReferencePair> Pairs { get; }

    /// <summary>Their vectors, shape [m, d].</summary>
    public float[] Vectors { get; }

    /// <summary>Mean of the vectors, shape [d]; its product with a vector is the mean cosine to the reference.</summary>
    public float[] Mean { get; }

    /// <summary>An empty pool.</summary>
    public MarginalGain Start { get; }

    /// <summary>Samples and embeds the reference, and counts its features.</summary>
    /// <param name="pairs">All reference pairs.</param>
    /// <param name="background">Plain texts of a sample of the corpus.</param>
    /// <param name="embedder">The fitted embedder.</param>
    /// <param name="options">Seed, threads, and the largest number of references.</param>
    /// <param name="cancellationToken">Stops between texts.</param>
    public static Target Create(ImmutableArray<ReferencePair> pairs, IEnumerable<string> background, HashingEmbedder embedder, ExtractionOptions options, CancellationToken cancellationToken = default)
    {
        if (pairs.Length > options.MaxReferences)
        {
            var order = new int[pairs.Length];
            for (int i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }

            var stream = new RandomStream(options.Seed, "references");
            stream.Shuffle<int>(order);
            pairs = [.. order.Take(options.MaxReferences).Order().Select(i => pairs[i])];
        }

        int d = embedder.Dimension;
        var vectors = new float[pairs.Length * d];
        embedder.Embed([.. pairs.Select(pair => pair.Text)], vectors, options.Threads, cancellationToken);
        var mean = new float[d];
        for (int i = 0; i < pairs.Length; i++)
        {
            for (int j = 0; j < d; j++)
            {
                mean[j] += vectors[(i * d) + j];
            }
        }

        for (int j = 0; j < d; j++)
        {
            mean[j] /= pairs.Length;
        }

        MarginalGain start = MarginalGain.Start(pairs.Select(pair => NgramFeatures.Of(pair.Answer.Length == 0 ? pair.Question : pair.Answer)), background.Select(text => NgramFeatures.Of(text)), PriorWeight);
        return new Target(pairs, vectors, mean, start);
    }
}
