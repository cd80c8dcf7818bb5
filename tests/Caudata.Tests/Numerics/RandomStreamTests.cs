using Caudata.Numerics;

namespace Caudata.Tests.Numerics;

public sealed class RandomStreamTests
{
    [Fact]
    public void A_stream_is_its_key_and_nothing_else()
    {
        RandomStream a = new(7, "user", 17), b = new(7, "user", 17), noise = new(7, "noise");
        for (int i = 0; i < 100; i++)
        {
            noise.NextDouble();
            Assert.Equal(a.NextUInt64(), b.NextUInt64());
        }
    }

    [Fact]
    public void Seed_name_unit_and_split_each_give_another_stream()
    {
        HashSet<ulong> first = [];
        int count = 0;
        foreach (ulong seed in (ulong[])[0, 1, ulong.MaxValue])
        {
            foreach (string name in (string[])["", "a", "b", "ab", "ä"])
            {
                for (ulong unit = 0; unit < 200; unit++)
                {
                    RandomStream s = new(seed, name, unit);
                    RandomStream below = s.Split("a", unit);
                    first.Add(s.NextUInt64());
                    first.Add(below.NextUInt64());
                    count += 2;
                }
            }
        }

        Assert.Equal(count, first.Count);
    }

    [Fact]
    public void Splitting_does_not_depend_on_what_was_drawn()
    {
        RandomStream a = new(1, "x"), b = new(1, "x");
        a.NextNormal();
        RandomStream c = a.Split("y"), d = b.Split("y");
        Assert.Equal(c.NextUInt64(), d.NextUInt64());
    }

    [Fact]
    public void Integers_are_uniform_without_bias()
    {
        RandomStream random = new(2, "uniform");
        foreach (int sides in (int[])[1, 2, 6, 10, 97])
        {
            const int Draws = 50_000;
            int[] counts = new int[sides];
            for (int i = 0; i < Draws; i++)
            {
                counts[random.NextInt32(sides)]++;
            }

            double expected = (double)Draws / sides, statistic = counts.Sum(c => (c - expected) * (c - expected) / expected);
            Assert.True(sides == 1 || statistic < Distributions.ChiSquaredQuantile(1 - 1e-6, sides - 1), $"{sides} sides: chi-squared {statistic}");
        }
    }

    [Fact]
    public void The_largest_bound_still_draws_all_over_the_range()
    {
        RandomStream random = new(3, "bound");
        double sum = 0;
        for (int i = 0; i < 10_000; i++)
        {
            int x = random.NextInt32(int.MaxValue);
            Assert.InRange(x, 0, int.MaxValue - 1);
            sum += x;
        }

        Assert.Equal(0.5, sum / 10_000 / int.MaxValue, 0.02);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1, "x").NextInt32(0));
    }

    [Fact]
    public void Doubles_follow_the_uniform_and_normals_the_normal_distribution()
    {
        const int N = 20_000;
        RandomStream random = new(4, "kolmogorov");
        double[] uniform = new double[N], normal = new double[N];
        for (int i = 0; i < N; i++)
        {
            uniform[i] = random.NextDouble();
            normal[i] = Distributions.NormalProbability(random.NextNormal());
        }

        Assert.All(uniform, u => Assert.InRange(u, 0, 1 - double.Epsilon));
        foreach (double[] u in (double[][])[uniform, normal])
        {
            Array.Sort(u);
            double distance = 0;
            for (int i = 0; i < N; i++)
            {
                distance = Math.Max(distance, Math.Max(((i + 1.0) / N) - u[i], u[i] - ((double)i / N)));
            }

            Assert.True(distance * Math.Sqrt(N) < 2.6, $"Kolmogorov distance {distance}"); // beyond 2.6 once in 370,000
        }
    }

    [Fact]
    public void Neighbouring_units_are_uncorrelated()
    {
        const int N = 20_000;
        double sum = 0;
        for (ulong unit = 0; unit < N; unit++)
        {
            RandomStream a = new(5, "neighbour", unit), b = new(5, "neighbour", unit + 1);
            sum += (a.NextDouble() - 0.5) * (b.NextDouble() - 0.5);
        }

        Assert.True(Math.Abs(sum) * 12 / Math.Sqrt(N) < 5, $"z = {sum * 12 / Math.Sqrt(N)}");
    }

    [Fact]
    public void Every_order_of_three_comes_equally_often_from_a_shuffle()
    {
        const int N = 30_000;
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        RandomStream random = new(6, "shuffle");
        for (int i = 0; i < N; i++)
        {
            char[] items = ['a', 'b', 'c'];
            random.Shuffle(items.AsSpan());
            string key = new(items);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(6, counts.Count);
        Assert.True(counts.Values.Sum(c => (c - (N / 6.0)) * (c - (N / 6.0)) / (N / 6.0)) < Distributions.ChiSquaredQuantile(1 - 1e-6, 5));
    }
}
