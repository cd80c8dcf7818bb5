using Caudata.Numerics;

namespace Caudata.Tests.Numerics;

public sealed class BootstrapTests
{
    // The law school sample of Efron's papers: LSAT and GPA of 15 schools. Reference intervals from SciPy 1.10.1, 20,000 draws.
    private static readonly double[] Lsat = [576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594];
    private static readonly double[] Gpa = [3.39, 3.30, 2.81, 3.03, 3.44, 3.07, 3.00, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96];

    [Fact]
    public void Intervals_of_a_correlation_agree_with_another_implementation()
    {
        BootstrapOptions options = new() { Draws = 20_000, Seed = 4, Threads = 2 };
        Interval percentile = Bootstrap.Percentile(15, Correlation, options), corrected = Bootstrap.BiasCorrected(15, Correlation, options);
        Assert.Equal(0.7764, percentile.Estimate, 1e-4);
        Assert.Equal(0.4625, percentile.Low, 0.02);
        Assert.Equal(0.9624, percentile.High, 0.01);
        Assert.Equal(0.3455, corrected.Low, 0.03);
        Assert.Equal(0.9424, corrected.High, 0.01);
        Assert.Equal(0.1332, corrected.StandardError, 0.005);
    }

    [Fact]
    public void The_same_bytes_on_one_and_on_eight_threads()
    {
        double[] one = Bootstrap.Draws(15, Correlation, new() { Draws = 500 }), eight = Bootstrap.Draws(15, Correlation, new() { Draws = 500, Threads = 8 });
        Assert.Equal(one, eight);
        Assert.Equal(Bootstrap.BiasCorrected(15, Correlation, new()), Bootstrap.BiasCorrected(15, Correlation, new() { Threads = 8 }));
        Assert.NotEqual(one, Bootstrap.Draws(15, Correlation, new() { Draws = 500, Seed = 1 }));
    }

    [Fact]
    public void The_interval_of_a_mean_covers_as_often_as_it_says()
    {
        int student = 0, percentile = 0, corrected = 0;
        const int Worlds = 400;
        for (int world = 0; world < Worlds; world++)
        {
            RandomStream random = new(9, "coverage", (ulong)world);
            double[] x = new double[40];
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = 3 + random.NextNormal();
            }

            student += MeanInterval.Student(x, 0.9).Contains(3) ? 1 : 0;
            BootstrapOptions options = new() { Draws = 400, Level = 0.9, Seed = (ulong)world };
            percentile += Bootstrap.Percentile(x.Length, rows => Mean(x, rows), options).Contains(3) ? 1 : 0;
            corrected += Bootstrap.BiasCorrected(x.Length, rows => Mean(x, rows), options).Contains(3) ? 1 : 0;
        }

        // 0.9 ± 4 standard errors of 400 worlds; the percentile intervals are known to be a little short at n = 40.
        Assert.InRange(student / (double)Worlds, 0.84, 0.96);
        Assert.InRange(percentile / (double)Worlds, 0.82, 0.96);
        Assert.InRange(corrected / (double)Worlds, 0.82, 0.96);
    }

    [Fact]
    public void A_constant_sample_gives_an_interval_of_no_width()
    {
        Interval i = Bootstrap.BiasCorrected(10, _ => 2.5);
        Assert.Equal(new Interval(2.5, 2.5, 2.5, 0, 0.95), i);
    }

    [Fact]
    public void Draws_that_are_not_numbers_are_left_out_until_they_are_the_majority()
    {
        double[] x = [1, 2, 3, 4, 5, 6];
        Interval some = Bootstrap.Percentile(6, rows => rows[0] == 0 ? double.NaN : Mean(x, rows[1..]));
        Assert.InRange(some.Low, 1, 3.5);
        Interval most = Bootstrap.Percentile(6, rows => rows[0] < 5 ? double.NaN : 1);
        Assert.True(double.IsNaN(most.Low) && double.IsNaN(most.High));
    }

    [Fact]
    public void Students_interval_on_a_worked_example()
    {
        Interval i = MeanInterval.Student([2.5, 3.1, -1.0, 7.25, 4.0], 0.9);
        Assert.Equal(3.17, i.Estimate, 1e-12);
        Assert.Equal(0.3426695948189886, i.Low, 1e-9);
        Assert.Equal(5.997330405181011, i.High, 1e-9);
        Interval one = MeanInterval.Student([4]);
        Assert.Equal((4, double.NegativeInfinity, double.PositiveInfinity), (one.Estimate, one.Low, one.High));
        Assert.True(double.IsNaN(MeanInterval.Student([]).Estimate));
    }

    [Fact]
    public void A_large_offset_does_not_spoil_the_variance()
    {
        Interval near = MeanInterval.Student([1, 2, 3, 4]), far = MeanInterval.Student([1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4]);
        Assert.Equal(near.StandardError, far.StandardError, 1e-12);
    }

    [Fact]
    public void All_wrong_options_are_listed()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Bootstrap.Percentile(5, _ => 0, new() { Draws = 1, Level = 95, Threads = 0 }));
        Assert.Contains("Draws", e.Message, StringComparison.Ordinal);
        Assert.Contains("Level", e.Message, StringComparison.Ordinal);
        Assert.Contains("Threads", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compensated_sums_keep_what_plain_sums_lose()
    {
        Assert.Equal(2, CompensatedSum.Of([1, 1e100, 1, -1e100]));
        Assert.Equal(double.PositiveInfinity, CompensatedSum.Of([1, double.PositiveInfinity]));
        CompensatedSum sum = default;
        for (int i = 0; i < 1_000_000; i++)
        {
            sum.Add(0.1);
        }

        Assert.Equal(100_000, sum.Value, 1e-10);
    }

    private static double Mean(double[] x, ReadOnlySpan<int> rows)
    {
        double sum = 0;
        foreach (int r in rows)
        {
            sum += x[r];
        }

        return sum / rows.Length;
    }

    private static double Correlation(ReadOnlySpan<int> rows)
    {
        double a = Mean(Lsat, rows), b = Mean(Gpa, rows), ab = 0, aa = 0, bb = 0;
        foreach (int r in rows)
        {
            ab += (Lsat[r] - a) * (Gpa[r] - b);
            aa += (Lsat[r] - a) * (Lsat[r] - a);
            bb += (Gpa[r] - b) * (Gpa[r] - b);
        }

        return ab / Math.Sqrt(aa * bb);
    }
}
