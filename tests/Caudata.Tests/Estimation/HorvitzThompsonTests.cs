using Caudata.Estimation;

namespace Caudata.Tests.Estimation;

public sealed class HorvitzThompsonTests
{
    private static readonly double[] Population = [0, 3, 1, 0, 8, 2];

    [Fact]
    public void Over_all_samples_of_coins_the_total_and_its_variance_are_unbiased()
    {
        double[] pi = [0.3, 0.5, 0.9, 0.2, 0.6, 1];
        double mean = 0, square = 0, variance = 0;
        for (int s = 0; s < 64; s++)
        {
            double p = 1;
            List<double> y = [], q = [];
            for (int i = 0; i < 6; i++)
            {
                bool drawn = (s >> i & 1) == 1;
                p *= drawn ? pi[i] : 1 - pi[i];
                if (drawn)
                {
                    y.Add(Population[i]);
                    q.Add(pi[i]);
                }
            }

            double total = HorvitzThompson.Total([.. y], [.. q]);
            mean += p * total;
            square += p * total * total;
            variance += p * HorvitzThompson.PoissonVariance([.. y], [.. q]);
        }

        Assert.Equal(Population.Sum(), mean, 10);
        Assert.Equal(square - (mean * mean), variance, 10);
    }

    [Fact]
    public void Over_all_samples_of_three_the_simple_variance_is_unbiased()
    {
        double mean = 0, square = 0, variance = 0, samples = 20;
        for (int a = 0; a < 6; a++)
        {
            for (int b = a + 1; b < 6; b++)
            {
                for (int c = b + 1; c < 6; c++)
                {
                    double[] y = [Population[a], Population[b], Population[c]];
                    double total = HorvitzThompson.Total(y, [0.5, 0.5, 0.5]);
                    mean += total / samples;
                    square += total * total / samples;
                    variance += HorvitzThompson.SimpleVariance(y, 6) / samples;
                }
            }
        }

        Assert.Equal(Population.Sum(), mean, 10);
        Assert.Equal(square - (mean * mean), variance, 10);
    }

    [Fact]
    public void Everything_sampled_leaves_no_variance_and_nothing_sampled_gives_zero()
    {
        Assert.Equal(0, HorvitzThompson.SimpleVariance(Population, 6));
        Assert.Equal(0, HorvitzThompson.Total([], []));
        Assert.Equal(0, HorvitzThompson.PoissonVariance([5, 6], [1, 1]));
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Assert.Contains("inclusion[1] is 0", Assert.Throws<ArgumentException>(() => HorvitzThompson.Total([1, 2], [0.5, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("inclusion[0] is NaN", Assert.Throws<ArgumentException>(() => HorvitzThompson.PoissonVariance([1], [double.NaN])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => HorvitzThompson.Total([1], []));
        Assert.Throws<ArgumentException>(() => HorvitzThompson.SimpleVariance([1], 5));
        Assert.Throws<ArgumentException>(() => HorvitzThompson.SimpleVariance([1, 2, 3], 2));
    }
}
