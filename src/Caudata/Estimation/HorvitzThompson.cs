namespace Caudata.Estimation;

/// <summary>The Horvitz–Thompson total: what all units add up to, from a sample with known inclusion probabilities.</summary>
/// <remarks>
/// <para>T̂ = Σᵢ yᵢ/πᵢ over the sampled units. Unbiased whenever πᵢ &gt; 0 for every unit with yᵢ ≠ 0, whatever y is.</para>
/// <para>Its normal interval is far too short when few sampled units are non-zero; use <see cref="WeightedPoisson"/> then.</para>
/// <para>Source: [horvitz1952]; variances: [sarndal1992] equations 2.8.6 and 3.3.5.</para>
/// </remarks>
public static class HorvitzThompson
{
    /// <summary>The estimated total, in the unit of y. O(n).</summary>
    /// <param name="values">y of the sampled units, shape [n].</param>
    /// <param name="inclusion">π of the sampled units, shape [n], each in (0, 1].</param>
    /// <exception cref="ArgumentException">Lengths differ, or a probability is not in (0, 1].</exception>
    public static double Total(ReadOnlySpan<double> values, ReadOnlySpan<double> inclusion)
    {
        Require(values.Length, inclusion);
        double total = 0;
        for (int i = 0; i < values.Length; i++)
        {
            total += values[i] / inclusion[i];
        }

        return total;
    }

    /// <summary>Unbiased variance of the total when every unit is drawn by its own coin (Poisson sampling): Σ (1 − π) y²/π².</summary>
    /// <param name="values">y of the sampled units, shape [n].</param>
    /// <param name="inclusion">π of the sampled units, shape [n], each in (0, 1].</param>
    /// <exception cref="ArgumentException">Lengths differ, or a probability is not in (0, 1].</exception>
    public static double PoissonVariance(ReadOnlySpan<double> values, ReadOnlySpan<double> inclusion)
    {
        Require(values.Length, inclusion);
        double variance = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double z = values[i] / inclusion[i];
            variance += (1 - inclusion[i]) * z * z;
        }

        return variance;
    }

    /// <summary>Unbiased variance of the total of a simple random sample without replacement: N² (1 − n/N) s²/n.</summary>
    /// <param name="values">y of the sampled units, shape [n], n ≥ 2 unless n = N.</param>
    /// <param name="population">N, at least n.</param>
    /// <exception cref="ArgumentException">There are fewer than two units, or more units than the population has.</exception>
    public static double SimpleVariance(ReadOnlySpan<double> values, int population)
    {
        int n = values.Length;
        if (n > population)
        {
            throw new ArgumentException($"{n} units were sampled from a population of {population}; expected at most {population}.", nameof(population));
        }

        if (n == population)
        {
            return 0;
        }

        if (n < 2)
        {
            throw new ArgumentException($"The sample has {n} unit of {population}; expected at least 2 for a variance.", nameof(values));
        }

        double mean = 0, squares = 0;
        foreach (double y in values)
        {
            mean += y / n;
        }

        foreach (double y in values)
        {
            squares += (y - mean) * (y - mean);
        }

        return (double)population * population * (1 - ((double)n / population)) * squares / (n - 1) / n;
    }

    internal static void Require(int values, ReadOnlySpan<double> inclusion)
    {
        if (values != inclusion.Length)
        {
            throw new ArgumentException($"There are {values} values and {inclusion.Length} inclusion probabilities; expected one probability for each value.", nameof(inclusion));
        }

        for (int i = 0; i < inclusion.Length; i++)
        {
            if (!(inclusion[i] > 0 && inclusion[i] <= 1))
            {
                throw new ArgumentException($"inclusion[{i}] is {inclusion[i]}; a sampled unit must have had a probability in (0, 1]. Pass on what the audit design says.", nameof(inclusion));
            }
        }
    }
}
