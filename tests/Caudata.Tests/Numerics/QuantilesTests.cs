using Caudata.Numerics;

namespace Caudata.Tests.Numerics;

public sealed class QuantilesTests
{
    [Fact]
    public void Type_seven_on_a_worked_example()
    {
        double[] x = [15, 20, 35, 40, 50];
        Assert.Equal([15, 29, 35, 46, 50], Quantiles.Of(x, [0, 0.4, 0.5, 0.9, 1]), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(29, Quantiles.Of([50, 15, 40, 20, 35], 0.4), 1e-12);
    }

    [Fact]
    public void One_number_is_every_quantile() => Assert.Equal([7, 7, 7], Quantiles.Of([7], [0, 0.3, 1]));

    [Fact]
    public void Infinite_ends_do_not_spoil_the_middle()
    {
        double[] x = [double.NegativeInfinity, 1, 2, 3, double.PositiveInfinity];
        Assert.Equal([double.NegativeInfinity, 2, double.PositiveInfinity], Quantiles.Of(x, [0, 0.5, 1]));
    }

    [Fact]
    public void Equal_weights_give_the_unweighted_quantile()
    {
        double[] x = [.. MatrixProductTests.Numbers("q", 101).Select(v => (double)v)], w = [.. Enumerable.Repeat(0.37, 101)];
        for (double p = 0; p <= 1; p += 0.01)
        {
            Assert.Equal(Quantiles.Of(x, p), Quantiles.OfWeighted(x, w, p), 1e-10);
        }
    }

    [Fact]
    public void Weights_of_zero_vanish_and_scale_does_not_matter()
    {
        double[] x = [5, 1, 3, 9, 2, 100], w = [1, 2, 0.5, 3, 1, 0];
        double last = double.NegativeInfinity;
        for (double p = 0; p <= 1; p += 0.05)
        {
            double q = Quantiles.OfWeighted(x, w, p);
            Assert.Equal(q, Quantiles.OfWeighted(x, [.. w.Select(v => v * 1e-300)], p), 1e-9);
            Assert.Equal(q, Quantiles.OfWeighted(x.AsSpan(0, 5), w.AsSpan(0, 5), p), 1e-12);
            Assert.InRange(q, Math.Max(1, last - 1e-12), 9);
            last = q;
        }

        Assert.Equal(4, Quantiles.OfWeighted([4, 8], [1, 0], 0.9));
    }

    [Fact]
    public void The_weighted_median_of_a_large_sample_is_where_half_the_weight_lies()
    {
        // Weight e^x on a standard normal moves its mean and median to 1.
        double[] x = [.. MatrixProductTests.Numbers("median", 200_000).Select(v => (double)v)];
        Assert.Equal(1, Quantiles.OfWeighted(x, [.. x.Select(Math.Exp)], 0.5), 0.03);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        Assert.Throws<ArgumentException>(() => Quantiles.Of([], 0.5));
        Assert.Throws<ArgumentException>(() => Quantiles.Of([1, double.NaN], 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantiles.Of([1], 1.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantiles.Of([1], double.NaN));
        Assert.Throws<ArgumentException>(() => Quantiles.OfWeighted([1, 2], [1], 0.5));
        Assert.Throws<ArgumentException>(() => Quantiles.OfWeighted([1, 2], [1, -1], 0.5));
        Assert.Throws<ArgumentException>(() => Quantiles.OfWeighted([1, 2], [0, 0], 0.5));
    }
}
