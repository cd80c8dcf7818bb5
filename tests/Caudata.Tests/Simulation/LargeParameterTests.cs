using Caudata.Numerics;
using Caudata.Simulation;
using Caudata.Simulation.Execution;

namespace Caudata.Tests.Simulation;

/// <summary>Quantiles for large parameters: they meet the exact ones where these end, and never take long (found by the fuzzer: poisson(exp(41)) had no end).</summary>
public sealed class LargeParameterTests
{
    private static readonly double[] Probabilities = [1e-6, 0.01, 0.2, 0.5, 0.8, 0.99, 1 - 1e-6];

    [Fact]
    public void The_forms_for_large_parameters_meet_the_exact_ones()
    {
        foreach (double p in Probabilities)
        {
            double exact = Distributions.GammaQuantile(p, 1.1e6), large = ScalarFunctions.GammaQuantile(p, 1.1e6);
            Assert.Equal(exact, large, 0.004 * Math.Sqrt(1.1e6));
            exact = ScalarFunctions.PoissonQuantile(p, 1e6);
            Assert.Equal(exact, ScalarFunctions.PoissonQuantile(p, 1e6 + 1e-6), 1.0);
            foreach ((double a, double b) in ((double, double)[])[(2, 1.1e6), (1.1e6, 2), (0.5, 2e6), (9e2, 1.2e6), (1.2e6, 2e3), (9e4, 1.2e6), (1.1e6, 1.1e6), (2e5, 1.2e6)])
            {
                double deviation = Math.Sqrt(a * b / ((a + b) * (a + b) * (a + b + 1)));
                Assert.Equal(Distributions.BetaQuantile(p, a, b), ScalarFunctions.BetaQuantile(p, a, b), 0.02 * deviation);
            }
        }
    }

    [Theory]
    [InlineData("phi(x)")]
    [InlineData("poisson(x)")]
    [InlineData("gamma(x, 1)")]
    [InlineData("beta(x, 1)")]
    [InlineData("normal(x, 1)")]
    [InlineData("x ^ x")]
    [InlineData("sigmoid(x)")]
    [InlineData("round(x)")]
    public void Draws_and_functions_of_no_number_end_the_run_with_their_place(string form)
    {
        // The logarithm is no number for the first user alone, so that nothing is known before drawing.
        World world = World.Parse($"entities: {{ user: 3 }}\nvariables:\n  a[user]: {form.Replace("x", "log(index(user) - 1)", StringComparison.Ordinal)}");
        WorldException e = Assert.Throws<WorldException>(() => new SimulatedWorld(world, new SimulationOptions { Seed = 1 }).Read("a"));
        Assert.Contains("line 3, column", Assert.Single(e.Mistakes).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("poisson(exp(41))")]
    [InlineData("poisson(1e18)")]
    [InlineData("poisson(1e300)")]
    [InlineData("gamma(1e18, 1)")]
    [InlineData("gamma(1e300, 1e-300)")]
    [InlineData("gamma(1e-300, 1)")]
    [InlineData("beta(1e18, 1e18)")]
    [InlineData("beta(1e-300, 1e18)")]
    [InlineData("beta(1e300, 0.5)")]
    [InlineData("beta(1e-300, 1e-300)")]
    public void No_parameter_takes_long(string mechanism)
    {
        double[] values = new SimulatedWorld(World.Parse($"entities: {{ user: 100 }}\nvariables:\n  a[user]: {mechanism}"), new SimulationOptions { Seed = 1 }).Read("a")[0];
        Assert.All(values, value => Assert.True(value >= 0, $"{value}"));
    }
}
