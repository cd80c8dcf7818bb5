using Caudata.Numerics;

namespace Caudata.Estimation;

/// <summary>The rising step function that fits best: a prediction from a score that is only believed to rank.</summary>
/// <remarks>
/// <para>Least squares with weights under "a higher score never predicts less", by pooling adjacent violators. Units of equal score share one value. A score that
/// does not rank gives one flat step, so predictions do no harm.</para>
/// <para>Source: [barlow1972]. O(n log n) for the order, O(n) for the pooling.</para>
/// </remarks>
public static class IsotonicRegression
{
    /// <summary>Fits the steps.</summary>
    /// <param name="scores">Scores, shape [n], n ≥ 1, finite.</param>
    /// <param name="values">Values, shape [n].</param>
    /// <param name="weights">Weights, shape [n], positive.</param>
    /// <returns>Where each step starts (ascending) and its height. A score below the first start takes the first height.</returns>
    /// <exception cref="ArgumentException">Lengths differ, there is no unit, or a score is not finite.</exception>
    public static (double[] Starts, double[] Heights) Fit(ReadOnlySpan<double> scores, ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        int n = scores.Length;
        if (n == 0 || values.Length != n || weights.Length != n)
        {
            throw new ArgumentException($"There are {n} scores, {values.Length} values and {weights.Length} weights; expected the same number of each, at least 1.", nameof(scores));
        }

        int[] order = new int[n];
        double[] keys = scores.ToArray();
        for (int i = 0; i < n; i++)
        {
            if (!double.IsFinite(keys[i]))
            {
                throw new ArgumentException($"scores[{i}] is {keys[i]}; expected a finite number.", nameof(scores));
            }

            order[i] = i;
        }

        Array.Sort(keys, order);
        double[] start = new double[n], sum = new double[n], weight = new double[n];
        int blocks = 0;
        for (int i = 0; i < n;)
        {
            start[blocks] = keys[i];
            sum[blocks] = weight[blocks] = 0;
            for (double key = keys[i]; i < n && keys[i] == key; i++)
            {
                sum[blocks] += weights[order[i]] * values[order[i]];
                weight[blocks] += weights[order[i]];
            }

            blocks++;
            while (blocks > 1 && sum[blocks - 1] / weight[blocks - 1] <= sum[blocks - 2] / weight[blocks - 2])
            {
                blocks--;
                sum[blocks - 1] += sum[blocks];
                weight[blocks - 1] += weight[blocks];
            }
        }

        double[] heights = new double[blocks];
        for (int b = 0; b < blocks; b++)
        {
            heights[b] = sum[b] / weight[b];
        }

        return (start[..blocks], heights);
    }

    /// <summary>The height of the step on which a score stands. O(log steps).</summary>
    /// <param name="steps">The fitted steps.</param>
    /// <param name="score">The score.</param>
    public static double Predict((double[] Starts, double[] Heights) steps, double score)
    {
        int at = Array.BinarySearch(steps.Starts, score);
        return steps.Heights[Math.Max(0, at >= 0 ? at : ~at - 1)];
    }

    /// <summary>Predictions for all units from a sample, such that no sampled unit is predicted by a model that has seen it.</summary>
    /// <param name="scores">Scores of all units, shape [N], finite.</param>
    /// <param name="sample">Indices of the sampled units, shape [n], distinct.</param>
    /// <param name="values">y of the sampled units, shape [n].</param>
    /// <param name="inclusion">π of the sampled units, shape [n], each in (0, 1]; weights are 1/π.</param>
    /// <param name="folds">Number of folds, at least 2, at most n.</param>
    /// <param name="seed">Seed of the folds (stream <c>cross-fit</c>).</param>
    /// <param name="predictions">Receives the mean prediction of the folds' models for every unit, shape [N].</param>
    /// <param name="outOfFold">Receives, for the sampled units, the prediction of the model that has not seen them, shape [n].</param>
    /// <exception cref="ArgumentException">Lengths differ, a probability is not in (0, 1], or there are fewer units than folds.</exception>
    public static void CrossFit(
        ReadOnlySpan<double> scores, ReadOnlySpan<int> sample, ReadOnlySpan<double> values, ReadOnlySpan<double> inclusion,
        int folds, ulong seed, Span<double> predictions, Span<double> outOfFold)
    {
        HorvitzThompson.Require(values.Length, inclusion);
        int n = sample.Length;
        if (values.Length != n || outOfFold.Length != n || predictions.Length != scores.Length || folds < 2 || folds > n)
        {
            throw new ArgumentException($"{scores.Length} units, {predictions.Length} predictions, {n} sampled units, {values.Length} values, {outOfFold.Length} places and {folds} folds do not fit; expected [N], [N], [n], [n], [n] and 2 to n folds.");
        }

        int[] fold = new int[n];
        for (int i = 0; i < n; i++)
        {
            fold[i] = i % folds;
        }

        RandomStream stream = new RandomStream(seed, "cross-fit");
        stream.Shuffle(fold.AsSpan());
        predictions.Clear();
        double[] s = new double[n], y = new double[n], w = new double[n];
        for (int f = 0; f < folds; f++)
        {
            int m = 0;
            for (int i = 0; i < n; i++)
            {
                if (fold[i] != f)
                {
                    (s[m], y[m], w[m]) = (scores[sample[i]], values[i], 1 / inclusion[i]);
                    m++;
                }
            }

            (double[] Starts, double[] Heights) steps = Fit(s.AsSpan(0, m), y.AsSpan(0, m), w.AsSpan(0, m));
            for (int i = 0; i < predictions.Length; i++)
            {
                predictions[i] += Predict(steps, scores[i]) / folds;
            }

            for (int i = 0; i < n; i++)
            {
                if (fold[i] == f)
                {
                    outOfFold[i] = Predict(steps, scores[sample[i]]);
                }
            }
        }
    }
}
