using Caudata.Numerics;
using Caudata.Simulation;

namespace Caudata.Tests.Simulation;

/// <summary>Every mechanism has the moments of its distribution: mean and variance within five standard errors, over 200,000 units.</summary>
public sealed class MechanismTests
{
    private const int Units = 200_000;

    private static double[] Draw(string mechanism)
    {
        World world = World.Parse($"entities: {{ user: {Units} }}\nvariables:\n  x[user]: {mechanism}");
        return new SimulatedWorld(world, new SimulationOptions { Seed = 11 }).Read("x")[0];
    }

    [Theory]
    [InlineData("{ normal: { mean: 2, sd: 3 } }", 2, 9, 3)]
    [InlineData("{ lognormal: { mean: 0, sd: 0.5 } }", 1.1331484530668263, 0.36469585, 9)]
    [InlineData("{ logistic: { mean: 1, scale: 2 } }", 1, 13.159472534785811, 4.2)]
    [InlineData("{ uniform: { low: -1, high: 3 } }", 1, 1.3333333333333333, 1.8)]
    [InlineData("{ integer: { low: 10, high: 20 } }", 15, 10, 1.8)]
    [InlineData("{ bernoulli: { p: 0.3 } }", 0.3, 0.21, 4)]
    [InlineData("{ bernoulli: { logit: 1 } }", 0.7310585786300049, 0.19661193324148185, 4)]
    [InlineData("{ bernoulli: { probit: 1 } }", 0.8413447460685429, 0.13348376, 6)]
    [InlineData("{ poisson: { rate: 2.5 } }", 2.5, 2.5, 4)]
    [InlineData("{ poisson: { rate: 80 } }", 80, 80, 3.1)]
    [InlineData("{ beta: { a: 2, b: 3 } }", 0.4, 0.04, 2.4)]
    [InlineData("{ gamma: { shape: 2, scale: 3 } }", 6, 18, 6)]
    [InlineData("{ categorical: [1, 2, 1] }", 1, 0.5, 2)]
    [InlineData("{ softmax: [0, 0.6931471805599453, 0] }", 1, 0.5, 2)]
    [InlineData("{ ordinal: { score: 0, thresholds: [-1, 1], noise: normal } }", 2, 0.31731050786291415, 3.2)]
    public void Moments(string mechanism, double mean, double variance, double kurtosis)
    {
        double[] x = Draw(mechanism);
        double found = x.Average(), spread = x.Average(v => (v - mean) * (v - mean));
        Assert.Equal(mean, found, 5 * Math.Sqrt(variance / Units));
        Assert.Equal(variance, spread, 5 * variance * Math.Sqrt(kurtosis / Units));
    }

    [Theory]
    [InlineData("poisson(2.5)", 2.5)]
    [InlineData("poisson(45)", 45)]
    public void Poisson_counts_have_their_probabilities(string mechanism, double rate)
    {
        foreach (IGrouping<double, double> count in Draw(mechanism).GroupBy(k => k).Where(g => g.Count() > 500))
        {
            double p = Math.Exp((count.Key * Math.Log(rate)) - rate - SpecialFunctions.LogGamma(count.Key + 1));
            Assert.Equal(p, count.Count() / (double)Units, 5 * Math.Sqrt(p / Units));
        }
    }

    [Fact]
    public void Samples_have_their_size_and_follow_weights()
    {
        World world = World.Parse("""
            entities: { user: 40000, tag: 4 }
            variables:
              weight[tag]: 1 + index(tag)
              likes[user, tag]: sample(2, weight)
              chosen[user]: sample(1000)
            """);
        SimulatedWorld simulated = new(world, new SimulationOptions { Seed = 3 });
        double[] likes = simulated.Read("likes")[0];
        Assert.All(likes.Chunk(4), row => Assert.Equal(2, row.Sum()));
        Assert.Equal(1000, simulated.Read("chosen")[0].Sum());
        // Inclusion by enumeration of ordered draws: first a, then b of the rest.
        double[] w = [1, 2, 3, 4];
        for (int t = 0; t < 4; t++)
        {
            double p = (w[t] / 10) + Enumerable.Range(0, 4).Where(a => a != t).Sum(a => w[a] / 10 * w[t] / (10 - w[a]));
            Assert.Equal(p, likes.Chunk(4).Average(row => row[t]), 5 * Math.Sqrt(0.25 / 40_000));
        }
    }

    [Fact]
    public void Resampled_values_come_from_the_column()
    {
        World world = World.Parse("entities: { user: 50000, item: { table: t } }\nvariables:\n  x[user]: resample(item.price)", new Prices());
        double[] x = new SimulatedWorld(world, new SimulationOptions { Seed = 3 }).Read("x")[0];
        Assert.Equal([1, 5, 9], x.Distinct().Order());
        Assert.All(x.GroupBy(v => v), g => Assert.Equal(1 / 3.0, g.Count() / 50_000.0, 0.011));
    }

    [Theory]
    [InlineData("logistic: x", "by: intercept", "")]
    [InlineData("logistic: 2 * x", "by: scale", "")]
    [InlineData("logistic: x + y", "by: intercept", "per: user")]
    [InlineData("logistic: x + y", "by: scale", "per: user")]
    [InlineData("probability: 0.9 * abs(y) / 4", "by: scale", "")]
    [InlineData("logistic: x + y", "by: intercept", "")]
    public void Rates_are_met(string mechanism, string by, string per)
    {
        World world = World.Parse($"""
            entities: {"{ user: 60, item: 300 }"}
            variables:
              x[user]: normal(0, 2)
              y[user, item]: normal(x, 1)
            missing:
              y: {"{"} {mechanism}, mean: 0.07, {by}{(per.Length > 0 ? ", " + per : "")} {"}"}
            """);
        double[] p = new SimulatedWorld(world, new SimulationOptions { Seed = 3 }).Read("P(R_y)")[0];
        Assert.All(p, value => Assert.InRange(value, 0, 1));
        Assert.Equal(0.07, p.Average(), 1e-8);
        if (per.Length > 0)
        {
            Assert.All(p.Chunk(300), row => Assert.Equal(0.07, row.Average(), 1e-8));
        }
    }

    [Fact]
    public void A_two_stage_sample_has_its_sizes_and_propensity()
    {
        World world = World.Parse("entities: { user: 50, item: 40 }\nvariables:\n  y[user, item]: normal(0, 1)\nmissing:\n  y: { sample: { user: 10, item: 4 } }");
        SimulatedWorld simulated = new(world, new SimulationOptions { Seed = 3 });
        double[][] rows = [.. simulated.Read("R_y")[0].Chunk(40)];
        Assert.Equal(10, rows.Count(row => row.Sum() == 4));
        Assert.Equal(40, rows.Count(row => row.Sum() == 0));
        Assert.All(simulated.Read("P(R_y)")[0], p => Assert.Equal(0.02, p, 1e-15));
    }

    [Fact]
    public void Aggregates_relations_ranks_and_products_are_those_of_plain_loops()
    {
        World world = World.Parse("""
            entities: { user: 23, item: { table: t, lists: { tags: tag } }, tag: 7 }
            variables:
              taste[user, tag]: normal(0, 1)
              kind[item, tag]: normal(0, 1)
              score[user, item]: dot(taste, kind)
              sum[user, item]: sum(taste over item.tags)
              mean[user, item]: mean(taste over item.tags)
              most[user, item]: max(taste over item.tags)
              count[user, item]: count(taste > 0 over item.tags)
              total[user]: sum(score over item)
              highest[item]: max(score over user)
              place[item]: rank(highest)
              order[user, item]: rank(score)
              centred[user, item]: score - total / size(item) - mean(highest over item)
            """.Replace("  sum[", "  added[", StringComparison.Ordinal).Replace("  mean[", "  average[", StringComparison.Ordinal).Replace("  count[", "  liked[", StringComparison.Ordinal), new Prices());
        SimulatedWorld simulated = new(world, new SimulationOptions { Seed = 3, Tile = 8 });
        int[][] tags = [[0, 3], [6], [1, 2, 5]];
        double[] taste = simulated.Read("taste")[0], kind = simulated.Read("kind")[0], score = simulated.Read("score")[0], added = simulated.Read("added")[0], average = simulated.Read("average")[0], most = simulated.Read("most")[0],
            liked = simulated.Read("liked")[0], total = simulated.Read("total")[0], highest = simulated.Read("highest")[0], place = simulated.Read("place")[0], order = simulated.Read("order")[0], centred = simulated.Read("centred")[0];
        for (int u = 0; u < 23; u++)
        {
            for (int i = 0; i < 3; i++)
            {
                double[] values = [.. tags[i].Select(t => taste[(u * 7) + t])];
                Assert.Equal(Enumerable.Range(0, 7).Sum(t => taste[(u * 7) + t] * kind[(i * 7) + t]), score[(u * 3) + i], 1e-12);
                Assert.Equal(values.Sum(), added[(u * 3) + i], 1e-12);
                Assert.Equal(values.Average(), average[(u * 3) + i], 1e-12);
                Assert.Equal(values.Max(), most[(u * 3) + i]);
                Assert.Equal(values.Count(v => v > 0), liked[(u * 3) + i]);
                Assert.Equal(Enumerable.Range(0, 3).Count(j => score[(u * 3) + j] > score[(u * 3) + i]), order[(u * 3) + i]);
                Assert.Equal(score[(u * 3) + i] - (total[u] / 3) - highest.Average(), centred[(u * 3) + i], 1e-12);
            }

            Assert.Equal(score[(u * 3)..((u * 3) + 3)].Sum(), total[u], 1e-12);
        }

        Assert.Equal(Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 23).Max(u => score[(u * 3) + i])), highest);
        Assert.Equal(highest.Select(h => (double)highest.Count(other => other > h)), place);
    }

    internal sealed class Prices : IWorldTables
    {
        public int CountRows(string name) => 3;

        public WorldTable Open(string name, IReadOnlyDictionary<string, (string Entity, int Size)> lists) => new(name, 3,
            System.Collections.Immutable.ImmutableSortedDictionary<string, double[]>.Empty.Add("price", [1, 5, 9]),
            lists.Count == 0 ? System.Collections.Immutable.ImmutableSortedDictionary<string, WorldRelation>.Empty
                : System.Collections.Immutable.ImmutableSortedDictionary<string, WorldRelation>.Empty.Add("tags", new WorldRelation("tag", 7, [[0, 3], [6], [1, 2, 5]])));
    }
}
