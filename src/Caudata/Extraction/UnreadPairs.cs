using Caudata.Estimation;

namespace Caudata.Extraction;

/// <summary>The forecast of a run: relevant pairs (<see cref="Relevance"/>) in the documents that nobody has read, and what they would cost.</summary>
public static class UnreadPairs
{
    /// <summary>Makes the forecast; null when the policy kept no audit sample, when not all of it was read, or when nothing of it lies outside the policy's choice.</summary>
    internal static UnreadEstimate? Forecast(PreparedCorpus corpus, Relevance relevance, IReadingPolicy policy, ReadingResult result, ulong seed)
    {
        if (policy is not GainReading { Audit: { } design } gain)
        {
            return null;
        }

        int n = corpus.Count;
        double[] inclusion = new double[n], counts = new double[n], predictions = new double[n], outOfFold = new double[n];
        bool[] audited = new bool[n], chosen = new bool[n];
        foreach (ReadDocument document in result.Documents)
        {
            int i = document.Reading.Document;
            counts[i] = relevance.Count(document.Reading.Pairs);
            chosen[i] = gain.Chosen[i];
        }

        var isRead = result.Documents.Select(document => document.Reading.Document).ToHashSet();
        int[] sample = [.. gain.Audited];
        if (sample.All(i => chosen[i]) || !sample.All(isRead.Contains))
        {
            return null;
        }

        for (int i = 0; i < n; i++)
        {
            inclusion[i] = design.Inclusion(i);
        }

        foreach (int i in sample)
        {
            audited[i] = true;
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
        }, new UnreadForecastOptions { ChoiceIsNoPoorer = true });
    }
}
