using Caudata.Estimation;

namespace Caudata.Tests.Estimation;

public sealed class WeightedPoissonTests
{
    [Theory] // exact Poisson limits, Garwood's table
    [InlineData(0, 0, 3.688879)]
    [InlineData(1, 0.025318, 5.571643)]
    [InlineData(5, 1.623486, 11.668332)]
    [InlineData(100, 81.36399, 121.62679)]
    public void With_equal_weights_it_is_the_exact_poisson_interval(int events, double low, double high)
    {
        (double l, double h) = WeightedPoisson.Interval(events * 4.0, events * 16.0, 4, 0.95);
        Assert.Equal(4 * low, l, 3);
        Assert.Equal(4 * high, h, 3);
    }

    [Fact]
    public void A_higher_level_is_wider_and_the_estimate_lies_inside()
    {
        (double l90, double h90) = WeightedPoisson.Interval(300, 9000, 60, 0.90);
        (double l95, double h95) = WeightedPoisson.Interval(300, 9000, 60, 0.95);
        Assert.True(l95 < l90 && l90 < 300 && 300 < h90 && h90 < h95);
    }

    [Fact]
    public void Tiny_and_huge_numbers_give_numbers()
    {
        Assert.Equal((1e12, 1e12 + 1), WeightedPoisson.Interval(1e12, 1, 1, 0.95));
        (double low, double high) = WeightedPoisson.Interval(1e-9, 1e6, 1e3, 0.95);
        Assert.True(low >= 0 && high > low && double.IsFinite(high));
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(1e6)]
    public void Many_events_agree_with_the_normal_interval(double events)
    {
        (double low, double high) = WeightedPoisson.Interval(events, events, 1, 0.95);
        Assert.InRange(low, events - (1.97 * Math.Sqrt(events)), events - (1.94 * Math.Sqrt(events)));
        Assert.InRange(high, events + (1.95 * Math.Sqrt(events)), events + (2 * Math.Sqrt(events)));
    }

    [Fact]
    public void Mistakes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedPoisson.Interval(-1, 1, 1, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedPoisson.Interval(1, 1, 0, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedPoisson.Interval(1, 1, 1, 95));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedPoisson.Interval(double.NaN, 1, 1, 0.95));
    }
}
