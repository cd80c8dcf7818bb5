using Caudata.Numerics;

namespace Caudata.Estimation;

/// <summary>An interval for a weighted sum of rare events, which holds also when few or none were seen.</summary>
/// <remarks>
/// <para>A sampled document that holds pairs is a rare event of weight w = y/π. The total Σw has estimate T̂ and variance v = Σw². The lower limit is the α/2 quantile
/// of the gamma distribution with mean T̂ and variance v; the upper limit is the 1 − α/2 quantile of the gamma distribution with mean T̂ + w⁺ and variance
/// v + w⁺², where w⁺ is the weight that the next event could have. With all weights 1 this is the exact interval for a Poisson count; with nothing seen the upper
/// limit is −ln(α/2)·w⁺ (3.69 w⁺ at 95 %), the rule of three with weights.</para>
/// <para>Conservative when w⁺ is really the largest weight. Coverage in practice: docs/experiments.md, "Forecast intervals".</para>
/// <para>Source: [fay1997], equations for the gamma interval of directly standardised rates.</para>
/// </remarks>
public static class WeightedPoisson
{
    /// <summary>The two-sided interval.</summary>
    /// <param name="total">T̂ = Σw, at least 0.</param>
    /// <param name="variance">v = Σw² (less a finite-population correction where there is one), at least 0.</param>
    /// <param name="next">w⁺: weight that one more event could have, positive.</param>
    /// <param name="level">Confidence level 1 − α in (0, 1), for example 0.95.</param>
    /// <returns>Lower and upper limit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static (double Low, double High) Interval(double total, double variance, double next, double level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        ArgumentOutOfRangeException.ThrowIfNegative(variance);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(next);
        if (!(level > 0 && level < 1) || !double.IsFinite(total + variance + next))
        {
            throw new ArgumentOutOfRangeException(nameof(level), $"Total {total}, variance {variance}, next weight {next}, level {level}; expected finite numbers and a level in (0, 1), for example 0.95.");
        }

        double alpha = 1 - level;
        return (Quantile(total, variance, alpha / 2), Quantile(total + next, variance + (next * next), 1 - (alpha / 2)));
    }

    private static double Quantile(double mean, double variance, double probability)
    {
        if (mean == 0 || variance == 0)
        {
            return mean;
        }

        double shape = mean * mean / variance;
        // Beyond a shape of 1e7 the gamma distribution is a point for every purpose here.
        return shape > 1e7 ? mean : Distributions.GammaQuantile(probability, shape, variance / mean);
    }
}
