using Caudata.Estimation;
using Caudata.Numerics;

namespace Caudata.Tests.Estimation;

public sealed class IsotonicRegressionTests
{
    [Fact]
    public void Violators_are_pooled()
    {
        (double[] starts, double[] heights) = IsotonicRegression.Fit([3, 1, 2, 4], [2, 1, 4, 9], [1, 1, 1, 1]);
        Assert.Equal([1, 2, 4], starts);
        Assert.Equal([1, 3, 9], heights);
        Assert.Equal([1, 1, 3, 3, 9, 9], new[] { -5, 1.5, 2, 3.9, 4, 100 }.Select(s => IsotonicRegression.Predict((starts, heights), s)));
    }

    [Fact]
    public void It_is_the_minimum_over_max_of_interval_means()
    {
        // The classical formula: fit_i = max over a ≤ i of min over b ≥ i of the mean of values a..b.
        RandomStream stream = new RandomStream(2, "iso");
        for (int round = 0; round < 50; round++)
        {
            int n = 1 + stream.NextInt32(12);
            double[] s = [.. Enumerable.Range(0, n).Select(i => (double)i)], y = new double[n], w = new double[n];
            for (int i = 0; i < n; i++)
            {
                (y[i], w[i]) = (stream.NextInt32(6), 1 + stream.NextInt32(3));
            }

            (double[], double[]) steps = IsotonicRegression.Fit(s, y, w);
            for (int i = 0; i < n; i++)
            {
                double expected = Enumerable.Range(0, i + 1).Max(a => Enumerable.Range(i, n - i).Min(b =>
                    Enumerable.Range(a, b - a + 1).Sum(j => w[j] * y[j]) / Enumerable.Range(a, b - a + 1).Sum(j => w[j])));
                Assert.Equal(expected, IsotonicRegression.Predict(steps, i), 10);
            }
        }
    }

    [Fact]
    public void A_sampled_unit_is_predicted_without_itself()
    {
        double[] scores = [.. Enumerable.Range(0, 40).Select(i => (double)i)];
        int[] sample = [2, 9, 17, 25, 33, 38];
        double[] pi = [.. sample.Select(_ => 0.15)], prediction = new double[40], a = new double[6], b = new double[6];
        IsotonicRegression.CrossFit(scores, sample, [0, 0, 1, 2, 5, 7], pi, 3, 1, prediction, a);
        IsotonicRegression.CrossFit(scores, sample, [0, 0, 1, 999, 5, 7], pi, 3, 1, prediction, b);
        Assert.Equal(a[3], b[3]);
        Assert.NotEqual(a, b);
    }

    [Fact]
    public void Mistakes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit([], [], []));
        Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit([double.NaN], [1], [1]));
        Assert.Throws<ArgumentException>(() => IsotonicRegression.CrossFit([1, 2], [0, 1], [1, 1], [1, 1], 3, 1, new double[2], new double[2]));
    }
}
