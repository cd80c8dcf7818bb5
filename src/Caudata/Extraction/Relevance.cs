namespace Caudata.Extraction;

/// <summary>Whether a pair is relevant to the target: what forecasts and comparisons count.</summary>
/// <remarks>A pair is relevant when, alone beside the corpus's background, it brings the target nearer (its gain in an empty pool is above 0), and it is similar to the reference: more than 95 % of the
/// documents are, and at least half as similar as the reference's own pairs are to each other. The first holds off text of no special kind; the second, targets that nothing in the corpus is like. Both
/// are known for a pair by itself, so the truth can be counted by reading everything.</remarks>
public sealed class Relevance
{
    private readonly Target _target;

    private Relevance(Target target, double documents, double reference) => (_target, OfDocuments, OfReference) = (target, documents, reference);

    /// <summary>Mean cosine to the reference that 95 % of the documents stay below.</summary>
    public double OfDocuments { get; }

    /// <summary>Median, over the reference pairs, of the mean cosine to the others.</summary>
    public double OfReference { get; }

    /// <summary>The least mean cosine to the reference of a relevant pair.</summary>
    public double LeastSimilarity => Math.Max(OfDocuments, OfReference / 2);

    /// <summary>Of a prepared corpus and its target. O(N log N + m·d).</summary>
    /// <param name="corpus">The prepared corpus.</param>
    public static Relevance Of(PreparedCorpus corpus)
    {
        float[] sorted = [.. corpus.Similarity.Order()];
        return new Relevance(corpus.Target, sorted.Length == 0 ? 0 : sorted[(int)(0.95 * (sorted.Length - 1))], Own(corpus.Target));
    }

    /// <summary>Whether a pair is relevant.</summary>
    /// <param name="pair">The pair.</param>
    public bool Holds(ExtractedPair pair) => pair.Similarity >= LeastSimilarity && _target.Start.Of(pair.Features) > 0;

    /// <summary>Counts the relevant pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    public int Count(IEnumerable<ExtractedPair> pairs) => pairs.Count(Holds);

    private static double Own(Target target)
    {
        int d = target.Mean.Length, m = target.Pairs.Length;
        if (m < 2)
        {
            return 0;
        }

        var own = new double[m];
        for (int i = 0; i < m; i++)
        {
            ReadOnlySpan<float> row = target.Vectors.AsSpan(i * d, d);
            double all = 0, self = 0;
            for (int j = 0; j < d; j++)
            {
                all += (double)row[j] * target.Mean[j];
                self += (double)row[j] * row[j];
            }

            own[i] = ((all * m) - self) / (m - 1); // the mean holds the pair itself
        }

        Array.Sort(own);
        return (own[(m - 1) / 2] + own[m / 2]) / 2;
    }
}
