using Caudata.Numerics;
using Caudata.Simulation.Feedback;
using CsCheck;

namespace Caudata.Tests.Simulation.Feedback;

public sealed class SlateDistributionTests
{
    private static readonly double[] Scores = [0.3, -1, 2, 0.3, 1.1];

    /// <summary>All ordered slates of so many of the items.</summary>
    private static IEnumerable<int[]> Slates(int items, int positions)
    {
        if (positions == 0)
        {
            yield return [];
            yield break;
        }

        foreach (int[] above in Slates(items, positions - 1))
        {
            for (int item = 0; item < items; item++)
            {
                if (!above.Contains(item))
                {
                    yield return [.. above, item];
                }
            }
        }
    }

    public static TheoryData<string> Mixtures => ["softmax", "cold", "greedy", "ties", "random", "epsilon", "mixture", "infinite", "nothing"];

    private static SlateRule[] Rules(string mixture) => mixture switch
    {
        "softmax" => [new(1, 0.7, Scores)],
        "cold" => [new(1, 1e-3, Scores)],
        "greedy" => [new(1, 0, Scores)],
        "ties" => [new(1, 0, [1, 2, 2, 1, 2])],
        "random" => [new(1, double.PositiveInfinity, [])],
        "epsilon" => [new(0.9, 0, Scores), new(0.1, double.PositiveInfinity, [])],
        "mixture" => [new(0.5, 1, Scores), new(0.3, 0, [5, 4, 3, 2, 1]), new(0.2, double.PositiveInfinity, [])],
        "infinite" => [new(1, 2, [double.PositiveInfinity, 0, double.NegativeInfinity, double.NaN, double.PositiveInfinity])],
        _ => [new(1, 1, [double.NaN, double.NaN, double.NegativeInfinity, double.NegativeInfinity, double.NaN])],
    };

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void Probabilities_of_all_slates_sum_to_1(string mixture)
    {
        SlateDistribution distribution = new(5, Rules(mixture));
        for (int positions = 1; positions <= 5; positions++)
        {
            Assert.Equal(1, Slates(5, positions).Sum(slate => distribution.Probability(slate)), 1e-12);
        }

        SlateDistribution without = new(5, Rules(mixture), [3, 0, 3]);
        Assert.Equal(1, Slates(5, 2).Sum(slate => without.Probability(slate)), 1e-12);
        Assert.Equal(0, without.Probability([3, 1]));
        Assert.Equal(3, without.Left);
    }

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void A_position_s_probability_is_the_sum_over_slates(string mixture)
    {
        SlateDistribution distribution = new(5, Rules(mixture));
        for (int position = 1; position <= 3; position++)
        {
            for (int item = 0; item < 5; item++)
            {
                double summed = Slates(5, position).Where(slate => slate[^1] == item).Sum(slate => distribution.Probability(slate));
                Assert.Equal(summed, distribution.PositionProbability(item, position), 1e-12);
            }
        }
    }

    [Fact]
    public void A_position_s_probability_is_not_given_where_it_would_take_too_long()
    {
        double[] scores = [.. Enumerable.Range(0, 300).Select(i => i * 0.01)];
        SlateDistribution soft = new(300, [new(1, 1, scores)]), hard = new(300, [new(1, 0, scores)]), any = new(300, [new(1, double.PositiveInfinity, [])]);
        Assert.Equal(soft.Probability([7]), soft.PositionProbability(7, 1));
        Assert.True(double.IsNaN(soft.PositionProbability(7, 2)));
        Assert.Equal(1, hard.PositionProbability(297, 3));
        Assert.Equal(0, hard.PositionProbability(297, 2));
        Assert.Equal(1 / 300.0, any.PositionProbability(4, 200));
        Assert.Equal(0, any.PositionProbability(4, 301));
    }

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void Slates_come_as_often_as_their_probability_says(string mixture)
    {
        const int Draws = 60_000;
        SlateDistribution distribution = new(5, Rules(mixture));
        Dictionary<(int, int), int> counts = [];
        double[] uniforms = new double[4], propensities = new double[2];
        int[] slate = new int[2];
        for (int d = 0; d < Draws; d++)
        {
            KeyedNoise.Uniform(NoiseKey.Of(3, "slates").Row((ulong)d), 0, uniforms);
            Assert.Equal(2, distribution.Draw(uniforms, slate, propensities));
            counts[(slate[0], slate[1])] = counts.GetValueOrDefault((slate[0], slate[1])) + 1;
            Assert.Equal(distribution.Probability(slate), propensities[0] * propensities[1]);
        }

        foreach (int[] each in Slates(5, 2))
        {
            double p = distribution.Probability(each), expected = p * Draws;
            Assert.InRange(counts.GetValueOrDefault((each[0], each[1])), expected - (5 * Math.Sqrt(expected * (1 - p))) - 1e-9, expected + (5 * Math.Sqrt(expected * (1 - p))) + 1e-9);
        }
    }

    [Fact]
    public void A_softmax_is_that_of_its_formula()
    {
        SlateDistribution distribution = new(5, [new(1, 0.7, Scores)]);
        double[] weights = [.. Scores.Select(s => Math.Exp(s / 0.7))];
        Assert.Equal(weights[2] / weights.Sum() * (weights[1] / (weights.Sum() - weights[2])), distribution.Probability([2, 1]), 1e-14);
    }

    [Fact]
    public void What_is_left_of_a_sure_choice_keeps_its_digits()
    {
        // Behind the first, the others weigh exp(-900) and less: they must not vanish.
        SlateDistribution distribution = new(4, [new(1, 1, [1000, 100, 99, -5000])]);
        double first = 1 / (1 + Math.Exp(-1));
        Assert.Equal(first, distribution.Probability([0, 1]), 1e-14);
        Assert.Equal(1 - first, distribution.Probability([0, 2, 1, 3]), 1e-14);
    }

    [Fact]
    public void Random_mixtures_sum_to_1()
    {
        Gen.Select(Gen.Double[-50, 50].Array[4], Gen.Double[0.01, 20], Gen.Double[0.01, 0.99], Gen.Int[0, 3]).Sample((scores, temperature, share, excluded) =>
        {
            SlateDistribution distribution = new(4, [new(share, temperature, scores), new(1 - share, 0, scores)], [excluded]);
            Assert.Equal(1, Slates(4, 3).Sum(slate => distribution.Probability(slate)), 1e-11);
        }, iter: 200);
    }

    [Fact]
    public void A_slate_ends_where_nothing_is_left()
    {
        SlateDistribution distribution = new(3, [new(1, 0, [1, 2, 3])], [1]);
        int[] slate = new int[5];
        double[] propensities = new double[5], uniforms = new double[10];
        Array.Fill(uniforms, 0.5);
        Assert.Equal(2, distribution.Draw(uniforms, slate, propensities));
        Assert.Equal([2, 0], slate[..2]);
    }

    [Fact]
    public void The_largest_scores_come_first_and_equal_ones_alike()
    {
        // Long slates with many equal scores: some fit among the scores that are kept, some do not.
        double[] scores = [.. Enumerable.Range(0, 300).Select(i => (double)((i * 37) % 23 < 2 ? 100 + i % 7 : (i * 11) % 5))];
        int[] excluded = [.. Enumerable.Range(0, 300).Where(i => i % 10 == 3)], slate = new int[270];
        SlateDistribution distribution = new(300, [new(1, 0, scores)], excluded);
        double[] uniforms = new double[540], propensities = new double[270];
        KeyedNoise.Uniform(NoiseKey.Of(9, "long slate"), 0, uniforms);
        Assert.Equal(270, distribution.Draw(uniforms, slate, propensities));
        Assert.Equal(270, slate.Except(excluded).Count());
        for (int p = 0; p < 270; p++)
        {
            double[] left = [.. Enumerable.Range(0, 300).Except(excluded).Except(slate[..p]).Select(i => scores[i])];
            Assert.Equal(left.Max(), scores[slate[p]]);
            Assert.Equal(1.0 / left.Count(s => s == left.Max()), propensities[p]);
        }
    }

    [Fact]
    public void Wrong_rules_are_refused()
    {
        Assert.Contains("shares sum to 0.5", Assert.Throws<ArgumentException>(() => new SlateDistribution(2, [new(0.5, 1, [1, 2])])).Message, StringComparison.Ordinal);
        Assert.Contains("and 1 scores", Assert.Throws<ArgumentException>(() => new SlateDistribution(2, [new(1, 1, [1])])).Message, StringComparison.Ordinal);
        Assert.Contains("Item 7", Assert.Throws<ArgumentException>(() => new SlateDistribution(2, [new(1, 1, [1, 2])], [7])).Message, StringComparison.Ordinal);
    }
}
