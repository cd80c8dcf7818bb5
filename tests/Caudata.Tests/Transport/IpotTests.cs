using Caudata.Transport;

namespace Caudata.Tests.Transport;

public sealed class IpotTests
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(7, 1)]
    [InlineData(20, 3)]
    public void Follows_algorithm_1_of_the_paper(int outer, int inner)
    {
        TransportProblem problem = new(TransportWorld.RandomCost(25, 18, 1), TransportWorld.RandomWeights(25, 1), TransportWorld.RandomWeights(18, 2));
        foreach (double beta in (double[])[1, 0.2])
        {
            double expected = Paper(problem, beta, outer, inner);
            Assert.Equal(expected, Ipot.Solve(problem, new IpotOptions { Beta = beta, OuterIterations = outer, InnerIterations = inner }).Value, 2e-6 * expected);
        }
    }

    [Fact]
    public void Tends_to_the_exact_value_as_outer_iterations_grow()
    {
        TransportProblem problem = new(TransportWorld.RandomCost(30, 40, 3), TransportWorld.RandomWeights(30, 3), TransportWorld.RandomWeights(40, 4));
        double exact = ExactTransport.Solve(problem).Value, last = double.PositiveInfinity;
        foreach (int outer in (int[])[5, 50, 500, 5000])
        {
            double value = Ipot.Solve(problem, new IpotOptions { OuterIterations = outer }).Value;
            Assert.True(value <= last);
            last = value;
        }

        Assert.Equal(exact, last, 1e-4);
        Assert.Equal(exact, Ipot.Solve(problem, new IpotOptions { Beta = 0.01, OuterIterations = 1000 }).Value, 1e-5);
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-6)]
    public void Never_breaks_however_small_the_step(double beta)
    {
        TransportProblem problem = new(TransportWorld.RandomCost(30, 30, 5));
        IpotSolution solution = Ipot.Solve(problem, new IpotOptions { Beta = beta, OuterIterations = 30 });
        Assert.True(double.IsFinite(solution.Value));
        Assert.Equal(ExactTransport.Solve(problem).Value, solution.Value, 0.05);
    }

    [Fact]
    public void A_tolerance_stops_early_and_says_so()
    {
        TransportProblem problem = new(TransportWorld.RandomCost(20, 20, 6));
        IpotSolution solution = Ipot.Solve(problem, new IpotOptions { Beta = 0.05, OuterIterations = 5000, Tolerance = 1e-6 });
        Assert.True(solution.Converged && solution.Iterations < 5000);
        Assert.Equal(ExactTransport.Solve(problem).Value, solution.Value, 1e-4);
    }

    [Fact]
    public void The_bytes_do_not_depend_on_threads()
    {
        TransportProblem problem = new(TransportWorld.RandomCost(500, 40, 7));
        double[] values = [.. ((int[])[1, 2, 8]).Select(threads => Ipot.Solve(problem, new IpotOptions { OuterIterations = 20, Threads = threads }).Value)];
        Assert.All(values, value => Assert.Equal(BitConverter.DoubleToInt64Bits(values[0]), BitConverter.DoubleToInt64Bits(value)));
    }

    [Fact]
    public void Zero_weights_and_single_points_are_legal()
    {
        Assert.Equal(2, Ipot.Solve(new TransportProblem(new CostMatrix([2], 1, 1))).Value, 1e-6);
        Assert.Equal(5, Ipot.Solve(new TransportProblem(new CostMatrix([2, 5], 2, 1), [0, 1], [1])).Value, 1e-5);
    }

    [Fact]
    public void All_mistakes_in_the_options_are_told_at_once() =>
        Assert.Equal(5, new IpotOptions { Beta = -1, OuterIterations = 0, InnerIterations = 0, Tolerance = -1, Threads = 0 }.Validate().Count);

    /// <summary>Algorithm 1 as printed, in double precision.</summary>
    private static double Paper(TransportProblem problem, double beta, int outer, int inner)
    {
        int n = problem.Cost.Rows, m = problem.Cost.Columns;
        double[,] plan = new double[n, m], q = new double[n, m];
        double[] a = new double[n], b = new double[m];
        Array.Fill(b, 1.0 / m);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < m; j++)
            {
                plan[i, j] = 1;
            }
        }

        for (int t = 0; t < outer; t++)
        {
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < m; j++)
                {
                    q[i, j] = Math.Exp(-problem.Cost[i, j] / beta) * plan[i, j];
                }
            }

            for (int l = 0; l < inner; l++)
            {
                for (int i = 0; i < n; i++)
                {
                    a[i] = problem.RowWeights[i] / Enumerable.Range(0, m).Sum(j => q[i, j] * b[j]);
                }

                for (int j = 0; j < m; j++)
                {
                    b[j] = problem.ColumnWeights[j] / Enumerable.Range(0, n).Sum(i => q[i, j] * a[i]);
                }
            }

            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < m; j++)
                {
                    plan[i, j] = a[i] * q[i, j] * b[j];
                }
            }
        }

        double value = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < m; j++)
            {
                value += plan[i, j] * problem.Cost[i, j];
            }
        }

        return value;
    }
}
