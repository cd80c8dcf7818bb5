using System.Collections.Immutable;
using Caudata.Numerics;
using Caudata.Simulation;
using Caudata.Simulation.Files;
using Caudata.Simulation.Fitting;

namespace Caudata.Tests.Simulation.Fitting;

/// <summary>The pieces that fitting is made of, each against a second route.</summary>
public sealed class FactorTests
{
    private static readonly double[] Thresholds = [-1.5, 0.2, 1];

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(1, 0.7)]
    [InlineData(2, -1.2)]
    [InlineData(3, 0.4)]
    public void Gradients_are_those_of_the_likelihood(int level, double strength)
    {
        double[] weights = strength == 0 ? [] : [.. Enumerable.Range(0, 4).Select(l => Math.Exp(strength * (l - 1.5)))];
        RatingLikelihood likelihood = new(Thresholds, weights);
        foreach ((double location, double spread) in ((double, double)[])[(0, 1), (2.5, 0.4), (-1, 2)])
        {
            const double Step = 1e-5;
            double slope = (likelihood.Log(level, location + Step, spread) - likelihood.Log(level, location - Step, spread)) / (2 * Step);
            Assert.Equal(slope, likelihood.InLocation(level, location, spread).Gradient, 1e-4);
            double inSpread = (likelihood.Log(level, location, spread * Math.Exp(Step)) - likelihood.Log(level, location, spread * Math.Exp(-Step))) / (2 * Step);
            Assert.Equal(inSpread, likelihood.InLogSpread(level, location, spread), 1e-4);
            double[] sums = new double[3], slopes = new double[3];
            likelihood.AddCumulative(location, spread, sums, slopes);
            Assert.Equal(Enumerable.Range(0, 2).Sum(l => Math.Exp(likelihood.Log(l, location, spread))), sums[1], 1e-9);
            Assert.Equal(1, Enumerable.Range(0, 4).Sum(l => Math.Exp(likelihood.Log(l, location, spread))), 1e-9);
            Assert.Equal(Enumerable.Range(0, 4).Sum(l => (weights.Length == 0 ? 1 : weights[l]) * Math.Exp(new RatingLikelihood(Thresholds, []).Log(l, location, spread))), likelihood.Visibility(location, spread), 1e-9);
        }
    }

    [Fact]
    public void Slopes_of_the_thresholds_are_those_of_the_cumulative_probabilities()
    {
        double[] weights = [0.3, 1, 2, 4];
        for (int k = 0; k < 3; k++)
        {
            double[] Cumulative(double shift, out double[] slopes)
            {
                double[] sums = new double[3];
                slopes = new double[3];
                new RatingLikelihood([.. Thresholds.Select((t, i) => i == k ? t + shift : t)], weights).AddCumulative(0.3, 0.8, sums, slopes);
                return sums;
            }

            double slope = (Cumulative(1e-5, out _)[k] - Cumulative(-1e-5, out double[] slopes)[k]) / 2e-5;
            Assert.Equal(slope, slopes[k], 1e-4);
        }
    }

    [Fact]
    public void A_step_solves_the_ridge_regression_and_a_draw_has_its_covariance()
    {
        const int Rank = 3, Rows = 40;
        int d = FactorStep.Width(Rank);
        int[] free = [0, 1, 2, 4];
        double[] noise = new double[Rows * d], precision = [1, 2, 3, 4];
        KeyedNoise.Normal(NoiseKey.Of(1, "rows"), 0, noise);
        float[] curvature = new float[d * d], gradient = new float[d], row = new float[d];
        double[,] a = new double[4, 4];
        double[] b = new double[4];
        for (int n = 0; n < Rows; n++)
        {
            float[] v = [.. Enumerable.Range(0, d).Select(j => j < 5 ? (float)noise[(n * d) + j] : 0)];
            FactorStep.Accumulate(v, 0.5f, 0.1f * n, curvature, gradient);
            for (int i = 0; i < 4; i++)
            {
                b[i] += 0.1 * n * v[free[i]];
                for (int j = 0; j < 4; j++)
                {
                    a[i, j] += 0.5 * v[free[i]] * v[free[j]];
                }
            }
        }

        double[] variance = new double[4];
        row[3] = 1;
        FactorStep.Solve(curvature, gradient, free, precision, row, variance, []);
        Assert.Equal(1, row[3]);
        for (int i = 0; i < 4; i++)
        {
            // A x = b where no step was cut.
            double left = Enumerable.Range(0, 4).Sum(j => (a[i, j] + (i == j ? precision[i] : 0)) * row[free[j]]);
            Assert.Equal(b[i], left, 1e-3 * Math.Max(1, Math.Abs(b[i])));
        }

        // Sample covariance of many draws against the variances.
        double[] squares = new double[4], z = new double[4];
        for (int draw = 0; draw < 4000; draw++)
        {
            float[] at = new float[d];
            KeyedNoise.Normal(NoiseKey.Of(2, "draw").Row((ulong)draw), 0, z);
            FactorStep.Solve(curvature, new float[d], free, precision, at, [], z);
            for (int i = 0; i < 4; i++)
            {
                squares[i] += at[free[i]] * at[free[i]] / 4000.0;
            }
        }

        Assert.All(squares.Zip(variance), pair => Assert.Equal(1, pair.First / pair.Second, 0.12));
    }

    [Theory]
    [InlineData(3.0)]
    [InlineData(40.0)]
    public void Rates_drawn_from_counts_give_the_distribution_of_the_rates_back(double mean)
    {
        const int Units = 4000;
        double[] uniform = new double[2 * Units];
        KeyedNoise.Uniform(NoiseKey.Of(4, "rates"), 0, uniform);
        double[] rates = [.. uniform.Take(Units).Select(u => Distributions.GammaQuantile(u, 2, mean / 2))];
        int[] counts = [.. rates.Select((r, i) => (int)Caudata.Simulation.Execution.ScalarFunctions.PoissonQuantile(uniform[Units + i], r))];
        int[] seen = [.. counts.Where(c => c > 0)];
        DegreeMixture mixture = DegreeMixture.Fit(seen);
        KeyedNoise.Uniform(NoiseKey.Of(5, "draws"), 0, uniform);
        double[] drawn = [.. seen.Select((c, i) => mixture.Draw(c, uniform[i]))];
        double[] truth = [.. rates.Where((_, i) => counts[i] > 0)];
        Assert.Equal(truth.Average(), drawn.Average(), truth.Average() * 0.05);
        Assert.True(Caudata.Simulation.Fidelity.Distances.KolmogorovSmirnov(truth, drawn) < 0.08);
        Assert.Equal(Units - seen.Length, mixture.Unseen, Math.Max(6, 0.5 * (Units - seen.Length)));
        Assert.True(mixture.DrawUnseen(0.5) < mean);
    }

    [Fact]
    public void Activities_and_popularities_meet_their_totals()
    {
        RatingTable table = KnownWorld.Seen(KnownWorld.Draw(2).Table);
        (FactorSide users, FactorSide items) = FactorSide.Of(table, new bool[table.Count], 5, 3);
        InterestModel interest = InterestModel.Fit(users, items, 2, new FitOptions { Sweeps = 5 }, CancellationToken.None);
        interest.Draw();
        double[] userTotals = [.. Enumerable.Range(0, users.Units).Select(u => 1.0 + (u % 40))], itemTotals = [.. Enumerable.Range(0, items.Units).Select(i => 1.0 + (i % 17))];
        double factor = userTotals.Sum() / itemTotals.Sum();
        itemTotals = [.. itemTotals.Select(t => t * factor)];
        ExposureModel exposure = ExposureModel.Fit(interest, userTotals, itemTotals, null, 2, CancellationToken.None);
        // Summed pair by pair, in double precision.
        Assert.All(Enumerable.Range(0, users.Units), u => Assert.Equal(userTotals[u], Enumerable.Range(0, items.Units).Sum(i => exposure.Probability(u, i)), userTotals[u] * 0.02));
        double miss = Enumerable.Range(0, items.Units).Sum(i => Math.Abs(itemTotals[i] - Enumerable.Range(0, users.Units).Sum(u => exposure.Probability(u, i))));
        Assert.True(miss < 0.003 * userTotals.Sum(), $"{miss} of {userTotals.Sum()}");
        Assert.Equal(userTotals.Sum(), exposure.Draw(1).Count, 5 * Math.Sqrt(userTotals.Sum()));
    }

    [Fact]
    public void A_table_with_a_size_is_resampled_evenly_and_rows_stay_together()
    {
        WorldTable table = new("t", 3, ImmutableSortedDictionary<string, double[]>.Empty.Add("x", [1, 2, 0]), ImmutableSortedDictionary<string, WorldRelation>.Empty.Add("tags", new WorldRelation("tag", 2, [[0], [0, 1], []])));
        Assert.Same(table, TableResampling.To(table, 3, "item"));
        foreach (int size in (int[])[1, 2, 7, 30])
        {
            WorldTable other = TableResampling.To(table, size, "item");
            Assert.Equal(size, other.Rows);
            Assert.All(Enumerable.Range(0, size), i => Assert.Equal(other.Columns["x"][i], other.Relations["tags"][i].Length));
            int[] uses = [.. other.Columns["x"].CountBy(x => x).Select(c => c.Value)];
            Assert.True(uses.Max() - uses.Min() <= 1);
        }

        Assert.Throws<WorldException>(() => TableResampling.To(table with { Rows = 0 }, 2, "item"));
    }
}
