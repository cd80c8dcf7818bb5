namespace Caudata.Estimation;

/// <summary>The doubly robust total: predictions of all units, corrected by the weighted errors of the sample (the difference estimator).</summary>
/// <remarks>
/// <para>T̂ = Σ over all units of ŷᵢ + Σ over the sample of (yᵢ − ŷᵢ)/πᵢ. Unbiased whatever the predictions are, as long as they do not depend on which units
/// were sampled (fixed before, or cross-fitted: <see cref="IsotonicRegression.CrossFit"/>); exact where they are right. Its variance is that of the
/// Horvitz–Thompson total of the errors.</para>
/// <para>Source: [sarndal1992] section 6.3; in the language of missing data [robins1994].</para>
/// </remarks>
public static class DifferenceTotal
{
    /// <summary>The estimated total, in the unit of y. O(n).</summary>
    /// <param name="predicted">Σ ŷ over all units of the population.</param>
    /// <param name="values">y of the sampled units, shape [n].</param>
    /// <param name="predictions">ŷ of the sampled units, shape [n]; out of fold where the model has seen the sample.</param>
    /// <param name="inclusion">π of the sampled units, shape [n], each in (0, 1].</param>
    /// <exception cref="ArgumentException">Lengths differ, or a probability is not in (0, 1].</exception>
    public static double Total(double predicted, ReadOnlySpan<double> values, ReadOnlySpan<double> predictions, ReadOnlySpan<double> inclusion)
    {
        HorvitzThompson.Require(values.Length, inclusion);
        if (predictions.Length != values.Length)
        {
            throw new ArgumentException($"There are {values.Length} values and {predictions.Length} predictions; expected one prediction for each value.", nameof(predictions));
        }

        double total = predicted;
        for (int i = 0; i < values.Length; i++)
        {
            total += (values[i] - predictions[i]) / inclusion[i];
        }

        return total;
    }
}
