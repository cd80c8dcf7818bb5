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

    [Fact]
    public void Draws_and_functions_of_no_number_are_no_number()
    {
        string[] forms = ["phi(x)", "poisson(x)", "gamma(x, 1)", "beta(x, 1)", "normal(x, 1)", "x ^ x", "log(x)", "sigmoid(x)", "round(x)"];
        World world = World.Parse("entities: { user: 3 }\nvariables:\n  x[user]: log(-1) + index(user)\n" + string.Join('\n', forms.Select((form, k) => $"  a{k}[user]: {form}\n  b{k}: {form.Replace("x", "log(-1)", StringComparison.Ordinal)}")));
        SimulatedWorld simulated = new(world, new SimulationOptions { Seed = 1 });
        Assert.All(Enumerable.Range(0, forms.Length), k => Assert.True(simulated.Read($"a{k}")[0].Concat(simulated.Read($"b{k}")[0]).All(double.IsNaN), forms[k]));
    }

    [Theory]
    [InlineData("poisson(exp(41))")]
    [InlineData("poisson(1e18)")]
    [InlineData("poisson(1e300)")]
    [InlineData("gamma(1e18, 1)")]
    [InlineData("gamma(1e300, 1e300)")]
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
