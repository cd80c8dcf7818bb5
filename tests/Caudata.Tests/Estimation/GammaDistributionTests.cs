using Caudata.Estimation;

namespace Caudata.Tests.Estimation;

public sealed class GammaDistributionTests
{
    [Fact]
    public void Whole_shapes_agree_with_the_poisson_sum()
    {
        foreach (double x in new[] { 0.01, 0.7, 3, 12, 60 })
        {
            for (int a = 1; a < 30; a++)
            {
                double term = Math.Exp(-x), below = 0;
                for (int j = 0; j < a; j++)
                {
                    below += term;
                    term *= x / (j + 1);
                }

                Assert.Equal(1 - below, GammaDistribution.Probability(a, x), 11);
            }
        }
    }

    [Fact]
    public void Half_a_degree_is_the_squared_normal()
    {
        // P(1/2, z²/2) = P(|Z| ≤ z); z = 1.959963984540054 covers 0.95.
        Assert.Equal(0.95, GammaDistribution.Probability(0.5, 1.959963984540054 * 1.959963984540054 / 2), 12);
        Assert.Equal(Math.Log(Math.Sqrt(Math.PI)), GammaDistribution.LogGamma(0.5), 13);
        Assert.Equal(Math.Log(24), GammaDistribution.LogGamma(5), 12);
    }

    [Fact]
    public void The_quantile_turns_the_probability_round()
    {
        foreach (double shape in new[] { 0.02, 0.5, 1, 7.3, 400, 1e6 })
        {
            foreach (double p in new[] { 1e-6, 0.025, 0.5, 0.975, 1 - 1e-9 })
            {
                double x = GammaDistribution.Quantile(shape, p);
                Assert.True(x == 0 ? shape < 0.1 : Math.Abs(GammaDistribution.Probability(shape, x) - p) < 1e-8, $"{shape} {p} {x}");
            }
        }

        Assert.Equal(0, GammaDistribution.Quantile(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => GammaDistribution.Quantile(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => GammaDistribution.Quantile(0, 0.5));
    }
}
