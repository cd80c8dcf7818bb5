using Caudata.Numerics;

namespace Caudata.Simulation.Fitting;

/// <summary>How active units are, from how often each was seen: a mixture of Poisson distributions, of which only units seen at least once are known.</summary>
/// <remarks>
/// <para>A unit seen d times has no rate of d: rates taken from counts would be counted twice, once in the data and once when data are drawn. The distribution of the rates is estimated without a form, by maximum likelihood on a
/// grid [laird1978], given that every unit was seen: P(d) = Σ_g π_g Poisson(d; λ_g) / (1 − exp(−λ_g)). Each unit then gets one draw from what its count says about its rate, so drawing data gives the counts' own distribution again.</para>
/// <para>From the rates follows how many units were there and never seen [chao1984]. Rates below <see cref="LeastRate"/> cannot be told from fewer units with larger ones, and are not used.</para>
/// <para>Cost: distinct counts × grid × rounds.</para>
/// </remarks>
internal sealed class DegreeMixture
{
    /// <summary>The smallest rate of the grid.</summary>
    public const double LeastRate = 0.5;

    private const int GridSize = 160, Rounds = 400;

    private readonly double[] _rates, _weights;
    private readonly Dictionary<int, double[]> _posteriors = [];
    private readonly int _units;

    private DegreeMixture(double[] rates, double[] weights, int units) => (_rates, _weights, _units) = (rates, weights, units);

    /// <summary>Fits the mixture.</summary>
    /// <param name="counts">How often each unit was seen, at least 1.</param>
    public static DegreeMixture Fit(ReadOnlySpan<int> counts)
    {
        SortedDictionary<int, int> histogram = [];
        foreach (int count in counts)
        {
            histogram[count] = histogram.GetValueOrDefault(count) + 1;
        }

        int most = histogram.Keys.Max();
        double top = Math.Log(Math.Max(2, most + (2 * Math.Sqrt(most)))), bottom = Math.Log(LeastRate);
        double[] rates = [.. Enumerable.Range(0, GridSize).Select(g => Math.Exp(bottom + ((top - bottom) * g / (GridSize - 1))))];
        double[] weights = [.. rates.Select(_ => 1.0 / GridSize)];
        (double[] Likelihood, int Units)[] groups = [.. histogram.Select(h => (rates.Select(rate => Math.Exp(LogSeen(h.Key, rate))).ToArray(), h.Value))];
        double[] next = new double[GridSize];
        for (int round = 0; round < Rounds; round++)
        {
            Array.Clear(next);
            foreach ((double[] likelihood, int units) in groups)
            {
                double sum = 0;
                for (int g = 0; g < GridSize; g++)
                {
                    sum += weights[g] * likelihood[g];
                }

                double share = units / Math.Max(sum, double.Epsilon);
                for (int g = 0; g < GridSize; g++)
                {
                    next[g] += weights[g] * likelihood[g] * share;
                }
            }

            double total = next.Sum();
            for (int g = 0; g < GridSize; g++)
            {
                weights[g] = next[g] / total;
            }
        }

        return new DegreeMixture(rates, weights, counts.Length);
    }

    /// <summary>About how many units were there and never seen.</summary>
    public int Unseen => (int)Math.Round(_units * Enumerable.Range(0, GridSize).Sum(UnseenPerSeen));

    /// <summary>A draw of the rate of a unit that was seen <paramref name="count"/> times.</summary>
    /// <param name="count">How often, at least 1.</param>
    /// <param name="uniform">A uniform number in [0, 1).</param>
    public double Draw(int count, double uniform)
    {
        if (!_posteriors.TryGetValue(count, out double[]? posterior))
        {
            double[] log = [.. _rates.Select((rate, g) => Math.Log(Math.Max(_weights[g], 1e-300)) + LogSeen(count, rate))];
            double largest = log.Max();
            posterior = [.. log.Select(l => Math.Exp(l - largest))];
            _posteriors.Add(count, posterior);
        }

        return Quantile(posterior, uniform);
    }

    /// <summary>A draw of the rate of a unit that was never seen.</summary>
    /// <param name="uniform">A uniform number in [0, 1).</param>
    public double DrawUnseen(double uniform) => Quantile([.. Enumerable.Range(0, GridSize).Select(UnseenPerSeen)], uniform);

    private double UnseenPerSeen(int g) => _weights[g] / (Math.Exp(_rates[g]) - 1);

    private double Quantile(double[] weights, double uniform)
    {
        double left = uniform * weights.Sum();
        for (int g = 0; g < weights.Length; g++)
        {
            left -= weights[g];
            if (left < 0)
            {
                return _rates[g];
            }
        }

        return _rates[Array.FindLastIndex(weights, w => w > 0)];
    }

    // log of Poisson(count; rate) / (1 − exp(−rate))
    private static double LogSeen(int count, double rate) => (count * Math.Log(rate)) - rate - SpecialFunctions.LogGamma(count + 1.0) - Math.Log(1 - Math.Exp(-rate));
}
