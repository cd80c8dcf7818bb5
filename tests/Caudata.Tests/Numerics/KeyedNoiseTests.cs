using Caudata.Numerics;

namespace Caudata.Tests.Numerics;

public sealed class KeyedNoiseTests
{
    private static readonly NoiseKey Key = NoiseKey.Of(7, "rating");

    private static double[] Draw(bool normal, int from, int count)
    {
        double[] numbers = new double[count];
        KeyedNoise.Fill(Key, (ulong)from, numbers, normal);
        return numbers;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_unit_has_its_number_whatever_the_block(bool normal)
    {
        double[] all = Draw(normal, 0, 1000);
        foreach ((int from, int count) in ((int, int)[])[(0, 1), (1, 1), (1, 2), (7, 13), (16, 16), (17, 500), (983, 17), (999, 1), (40, 0)])
        {
            Assert.Equal(all[from..(from + count)], Draw(normal, from, count));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_width_gives_the_same_bits(bool normal)
    {
        double[] one = new double[512], wide = new double[512];
        Assert.Equal(512, KeyedNoise.Blocks<Lanes1>(Key, 3, one, normal));
        if (Lanes256.IsSupported)
        {
            Assert.Equal(512, KeyedNoise.Blocks<Lanes256>(Key, 3, wide, normal));
            Assert.Equal(one, wide);
        }

        if (Lanes512.IsSupported)
        {
            Array.Clear(wide);
            Assert.Equal(512, KeyedNoise.Blocks<Lanes512>(Key, 3, wide, normal));
            Assert.Equal(one, wide);
        }
    }

    [Fact]
    public void Uniform_numbers_are_the_block_function_s()
    {
        double[] numbers = Draw(false, 0, 8);
        for (uint block = 0; block < 4; block++)
        {
            (uint c0, uint c1, uint c2, uint c3) = (block, 0, (uint)Key.Stream, (uint)(Key.Stream >> 32));
            Philox.Block(ref c0, ref c1, ref c2, ref c3, (uint)Key.Seed, (uint)(Key.Seed >> 32));
            Assert.Equal(((((c1 * 4294967296UL) + c0) >> 12) * Math.ScaleB(1, -52)) + Math.ScaleB(1, -53), numbers[2 * block]);
            Assert.Equal(((((c3 * 4294967296UL) + c2) >> 12) * Math.ScaleB(1, -52)) + Math.ScaleB(1, -53), numbers[(2 * block) + 1]);
        }
    }

    [Fact]
    public void Uniform_numbers_fill_the_open_unit_interval_evenly()
    {
        double[] numbers = Draw(false, 0, 1_000_000);
        Assert.True(numbers.Min() > 0 && numbers.Max() < 1);
        double expected = numbers.Length / 100.0, chiSquared = numbers.GroupBy(u => (int)(u * 100)).Sum(g => (g.Count() - expected) * (g.Count() - expected) / expected);
        Assert.InRange(chiSquared, Distributions.ChiSquaredQuantile(1e-4, 99), Distributions.ChiSquaredQuantile(1 - 1e-4, 99));
    }

    [Fact]
    public void Normal_numbers_have_normal_moments_and_no_memory()
    {
        double[] numbers = Draw(true, 0, 1_000_000);
        double root = 4 / Math.Sqrt(numbers.Length);
        Assert.Equal(0, numbers.Average(), root);
        Assert.Equal(1, numbers.Average(x => x * x), root * Math.Sqrt(2));
        Assert.Equal(0, numbers.Average(x => x * x * x), root * Math.Sqrt(15));
        Assert.Equal(3, numbers.Average(x => x * x * x * x), root * Math.Sqrt(96));
        Assert.Equal(0, numbers.Zip(numbers.Skip(1), (a, b) => a * b).Average(), root);
        Assert.Equal(0, numbers.Chunk(2).Average(pair => (pair[0] * pair[0] * pair[1] * pair[1]) - 1), root * Math.Sqrt(16));
    }

    [Fact]
    public void Keys_of_names_seeds_and_rows_have_nothing_in_common()
    {
        NoiseKey[] keys = [Key, NoiseKey.Of(8, "rating"), NoiseKey.Of(7, "ratinh"), Key.Row(0), Key.Row(1), Key.Row(0).Row(0), NoiseKey.Of(7, "quality").Row(0)];
        double[][] numbers = [.. keys.Select(key =>
        {
            double[] drawn = new double[10_000];
            KeyedNoise.Normal(key, 0, drawn);
            return drawn;
        })];
        for (int a = 0; a < keys.Length; a++)
        {
            for (int b = 0; b < a; b++)
            {
                Assert.Equal(0, numbers[a].Zip(numbers[b], (x, y) => x * y).Average(), 0.045);
            }
        }
    }

    [Fact]
    public void The_numbers_are_part_of_the_format()
    {
        double[] uniform = new double[3], normal = new double[3];
        KeyedNoise.Uniform(NoiseKey.Of(1, "golden").Row(2), 5, uniform);
        KeyedNoise.Normal(NoiseKey.Of(1, "golden").Row(2), 5, normal);
        Assert.Equal(Golden, string.Join(' ', uniform.Concat(normal).Select(x => BitConverter.DoubleToUInt64Bits(x).ToString("x16", System.Globalization.CultureInfo.InvariantCulture))));
    }

    private const string Golden = "3fefd9b209b1ec99 3f7d968bbfeace80 3fe354653dc77261 bf97b16955caf492 c003f0f4b530eb06 bffe8eadc2c1af18";

    [Fact]
    public void Narrowing_cuts_to_the_range_of_bytes()
    {
        double[] values = [0, 1, 254.9, 255, 256, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 7, 7.5];
        byte[] bytes = new byte[values.Length];
        NarrowColumns.ToBytes(values, bytes);
        Assert.Equal([0, 1, 254, 255, 255, 0, 0, 255, 0, 7, 7], bytes);
    }
}
