using Caudata.Estimation;

namespace Caudata.Extraction;

/// <summary>The forecast of a run: relevant pairs in the documents that nobody has read, and what they would cost.</summary>
/// <remarks>A pair is relevant when, alone beside the corpus's background, it brings the target nearer: its gain in an empty pool is above 0 and it is at least as similar to the reference as
/// the text of 95 % of the documents is at most. Both are known for a pair by itself, so the truth can be counted by reading everything.</remarks>
public static class UnreadPairs
{
    /// <summary>Counts the relevant pairs of a reading.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="target">What is aimed at.</param>
    /// <param name="leastSimilarity">The least mean cosine to the reference: <see cref="LeastSimilarity"/>.</param>
    public static int Relevant(DocumentReading reading, Target target, double leastSimilarity)
    {
        int count = 0;
        foreach (ExtractedPair pair in reading.Pairs)
        {
            if (pair.Similarity >= leastSimilarity && target.Start.Of(pair.Features) > 0)
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>The least similarity of a relevant pair: the 95 % quantile of the documents' similarities. Text of no special kind is nearly always below it.</summary>
    /// <param name="corpus">The prepared corpus.</param>
    public static double LeastSimilarity(PreparedCorpus corpus)
    {
        float[] sorted = [.. corpus.Similarity.Order()];
        return sorted[(int)(0.95 * (sorted.Length - 1))];
    }

    /// <summary>Makes the forecast; null when the policy kept no audit sample.</summary>
    internal static UnreadEstimate? Forecast(PreparedCorpus corpus, IReadingPolicy policy, ReadingResult result, ulong seed)
    {
        if (policy is not GainReading { Audit: { } design } gain)
        {
            return null;
        }

        int n = corpus.Count;
        double least = LeastSimilarity(corpus);
        double[] inclusion = new double[n], counts = new double[n], predictions = new double[n], outOfFold = new double[n];
        bool[] audited = new bool[n], chosen = new bool[n];
        foreach (ReadDocument document in result.Documents)
        {
            int i = document.Reading.Document;
            counts[i] = Relevant(document.Reading, corpus.Target, least);
            audited[i] = document.Round == 0;
            chosen[i] = gain.Chosen[i];
        }

        for (int i = 0; i < n; i++)
        {
            inclusion[i] = design.Inclusion(i);
        }

        int[] sample = [.. Enumerable.Range(0, n).Where(i => audited[i])];
        if (sample.All(i => chosen[i]))
        {
            return null;
        }

        bool predicts = sample.Length >= 20;
        if (predicts)
        {
            double[] ofSample = new double[sample.Length];
            IsotonicRegression.CrossFit([.. gain.Prior], sample, [.. sample.Select(i => counts[i])], [.. sample.Select(i => inclusion[i])], 5, seed, predictions, ofSample);
            for (int k = 0; k < sample.Length; k++)
            {
                outOfFold[sample[k]] = ofSample[k];
            }
        }

        return UnreadForecast.Estimate(new UnreadQuestion
        {
            Inclusion = inclusion,
            Audited = audited,
            Chosen = chosen,
            Counts = counts,
            Costs = Array.ConvertAll(corpus.Tokens, tokens => (double)tokens),
            Predictions = predicts ? predictions : default,
            OutOfFold = predicts ? outOfFold : default,
        });
    }
}
