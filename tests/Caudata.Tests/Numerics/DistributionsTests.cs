using Caudata.Numerics;

namespace Caudata.Tests.Numerics;

public sealed class DistributionsTests
{
    // Reference values computed with SciPy 1.10.1 (scipy.stats, scipy.special).
    [Theory]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(0.025, -1.9599639845400545)]
    [InlineData(0.3, -0.5244005127080409)]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    public void Normal(double p, double expected)
    {
        Assert.Equal(expected, Distributions.NormalQuantile(p), 1e-12);
        Assert.Equal(p, Distributions.NormalProbability(expected), 1e-11 * p);
    }

    [Theory]
    [InlineData(0.975, 1, 12.706204736432095)]
    [InlineData(0.9999, 1, 3183.0987571537103)]
    [InlineData(0.975, 4, 2.7764451051977987)]
    [InlineData(0.025, 9.5, -2.2441374614577776)]
    [InlineData(0.995, 30, 2.7499956535670305)]
    [InlineData(0.9, 1e6, 1.2815524121299386)]
    [InlineData(0.6, 2, 0.2886751346880066)]
    public void Student(double p, double freedom, double expected)
    {
        Assert.Equal(expected, Distributions.StudentQuantile(p, freedom), 1e-9 * Math.Abs(expected));
        Assert.Equal(p, Distributions.StudentProbability(expected, freedom), 1e-10);
        Assert.Equal(-Distributions.StudentQuantile(p, freedom), Distributions.StudentQuantile(1 - p, freedom), 1e-9 * Math.Abs(expected));
    }

    [Theory]
    [InlineData(0.025, 0.5, 0.5, 0.001541333133436012)]
    [InlineData(0.5, 2, 3, 0.3857275681323895)]
    [InlineData(0.975, 100, 1, 0.9997468539670226)]
    [InlineData(0.05, 3000, 7000, 0.29248546537087655)]
    public void Beta(double p, double a, double b, double expected)
    {
        Assert.Equal(expected, Distributions.BetaQuantile(p, a, b), 1e-10);
        Assert.Equal(1 - SpecialFunctions.RegularizedBeta(b, a, 1 - expected), SpecialFunctions.RegularizedBeta(a, b, expected), 1e-10);
    }

    [Theory]
    [InlineData(0.025, 0.1, 5.791710245521471e-17)]
    [InlineData(0.5, 1, 0.6931471805599455)]
    [InlineData(0.975, 9.5, 16.426163430864847)]
    [InlineData(0.999, 1000, 1100.5780982933145)]
    public void Gamma(double p, double shape, double expected)
    {
        Assert.Equal(expected, Distributions.GammaQuantile(p, shape), 1e-9 * expected);
        Assert.Equal(3 * expected, Distributions.GammaQuantile(p, shape, 3), 3e-9 * expected);
        Assert.Equal(1, SpecialFunctions.RegularizedGamma(shape, expected) + SpecialFunctions.RegularizedGammaComplement(shape, expected), 1e-14);
    }

    [Theory]
    [InlineData(0.1, 2.252712651734206)]
    [InlineData(1, 0)]
    [InlineData(1.5, -0.12078223763524526)]
    [InlineData(9.99, 12.779315214350195)]
    [InlineData(123.4, 469.3360974421906)]
    public void Log_gamma(double x, double expected) => Assert.Equal(expected, SpecialFunctions.LogGamma(x), 1e-13 * (1 + Math.Abs(expected)));

    [Fact]
    public void Log_gamma_of_whole_numbers_is_the_log_of_factorials()
    {
        double sum = 0;
        for (int n = 1; n < 200; n++)
        {
            Assert.Equal(sum, SpecialFunctions.LogGamma(n), 1e-13 * (1 + sum));
            sum += Math.Log(n);
        }
    }

    [Fact]
    public void Chi_squared_with_one_degree_is_the_square_of_a_normal()
    {
        foreach (double p in (double[])[0.01, 0.5, 0.95, 0.999])
        {
            double z = Distributions.NormalQuantile((1 + p) / 2);
            Assert.Equal(z * z, Distributions.ChiSquaredQuantile(p, 1), 1e-9 * z * z);
        }
    }

    [Fact]
    public void The_ends_are_the_ends_of_the_support()
    {
        Assert.Equal(double.NegativeInfinity, Distributions.NormalQuantile(0));
        Assert.Equal(double.PositiveInfinity, Distributions.StudentQuantile(1, 3));
        Assert.Equal(0, Distributions.BetaQuantile(0, 2, 2));
        Assert.Equal(1, Distributions.BetaQuantile(1, 2, 2));
        Assert.Equal(double.PositiveInfinity, Distributions.GammaQuantile(1, 2));
        Assert.Equal(0, Distributions.GammaQuantile(0, 2));
    }

    [Fact]
    public void Arguments_outside_the_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Distributions.NormalQuantile(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Distributions.NormalQuantile(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Distributions.StudentQuantile(0.5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Distributions.BetaQuantile(0.5, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.LogGamma(0));
    }
}
