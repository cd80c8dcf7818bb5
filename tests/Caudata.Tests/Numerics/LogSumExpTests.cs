using Caudata.Numerics;

namespace Caudata.Tests.Numerics;

public sealed class LogSumExpTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(1000)]
    public void The_same_as_the_plain_sum_where_that_does_not_overflow(int n)
    {
        double[] x = [.. MatrixProductTests.Numbers("lse", n).Select(v => (double)v)];
        double expected = Math.Log(x.Sum(Math.Exp));
        Assert.Equal(expected, LogSumExp.Of(x), 1e-13 * (1 + Math.Abs(expected)));
        Assert.Equal(expected, LogSumExp.Of([.. x.Select(v => (float)v)]), 1e-6);
    }

    [Fact]
    public void A_shift_moves_it_by_as_much()
    {
        double[] x = [1, 2, 3, 4, 5];
        Assert.Equal(LogSumExp.Of(x) + 1000, LogSumExp.Of([.. x.Select(v => v + 1000)]), 1e-12);
        Assert.Equal(LogSumExp.Of(x) - 1e5, LogSumExp.Of([.. x.Select(v => v - 1e5)]), 1e-10);
        Assert.Equal(LogSumExp.Of(x) + 1000, LogSumExp.Of([1001f, 1002f, 1003f, 1004f, 1005f]), 1e-6);
    }

    [Fact]
    public void Infinities_and_nothing()
    {
        const double Inf = double.PositiveInfinity;
        Assert.Equal(-Inf, LogSumExp.Of(ReadOnlySpan<double>.Empty));
        Assert.Equal(-Inf, LogSumExp.Of(ReadOnlySpan<float>.Empty));
        Assert.Equal(-Inf, LogSumExp.Of([-Inf, -Inf]));
        Assert.Equal(Inf, LogSumExp.Of([1, Inf]));
        Assert.Equal(Math.Log(2), LogSumExp.Of([-Inf, 0, -Inf, 0, -Inf, -Inf, -Inf, -Inf, -Inf]), 1e-15);
        Assert.True(double.IsNaN(LogSumExp.Of([1, double.NaN])));
    }

    [Fact]
    public void Softmax_is_a_distribution_in_place_too()
    {
        double[] x = [-800, 3, 0, double.NegativeInfinity, 3];
        double total = LogSumExp.Softmax(x, x);
        Assert.Equal(1, x.Sum(), 1e-14);
        Assert.Equal(x[1], x[4]);
        Assert.Equal(0, x[3]);
        Assert.Equal(Math.Exp(0 - total), x[2], 1e-16);
        Assert.Throws<ArgumentException>(() => LogSumExp.Softmax([double.NegativeInfinity], new double[1]));
        Assert.Throws<ArgumentException>(() => LogSumExp.Softmax([1, 2], new double[1]));
    }
}
