using Caudata.Transport;

namespace Caudata.Tests.Transport;

public sealed class SinkhornTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.05)]
    [InlineData(0.012)]
    public void Follows_the_textbook_iteration_in_double_precision(double epsilon)
    {
        TransportProblem problem = new(TransportWorld.RandomCost(70, 45, 3), TransportWorld.RandomWeights(70, 1), TransportWorld.RandomWeights(45, 2));
        SinkhornSolution solution = Sinkhorn.Solve(problem, new SinkhornOptions { Regularisation = epsilon, MaximumIterations = 25, Tolerance = 0, EpsilonScaling = false });
        (double value, double error) = Textbook(problem, epsilon, 25);
        Assert.Equal(value, solution.Value, 1e-6 * value);
        Assert.Equal(error, solution.MarginalError, 1e-6);
        Assert.Equal(25, solution.Iterations);
        Assert.False(solution.Converged);
    }

    [Fact]
    public void A_small_regularisation_tends_to_exact_transport_from_above()
    {
        TransportProblem problem = new(TransportWorld.RandomCost(60, 80, 4), TransportWorld.RandomWeights(60, 5), TransportWorld.RandomWeights(80, 6));
        double exact = ExactTransport.Solve(problem).Value, last = double.PositiveInfinity;
        foreach (double epsilon in (double[])[0.3, 0.1, 0.03, 0.01, 0.003, 0.001])
        {
            SinkhornSolution solution = Sinkhorn.Solve(problem, new SinkhornOptions { Regularisation = epsilon, MaximumIterations = 20_000, Tolerance = 1e-5 });
            Assert.True(solution.Converged, $"ε = {epsilon}: error {solution.MarginalError}");
            Assert.True(solution.Value < last);
            Assert.True(solution.LowerBound() <= exact + 1e-9);
            last = solution.Value;
        }

        Assert.Equal(exact, last, 2e-4);
    }

    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e-4)]
    [InlineData(1e-7)]
    public void Never_breaks_however_small_the_regularisation(double epsilon)
    {
        TransportProblem problem = new(TransportWorld.RandomCost(50, 50, 7));
        double exact = ExactTransport.Solve(problem).Value;
        foreach (bool scaling in (bool[])[true, false])
        {
            SinkhornSolution solution = Sinkhorn.Solve(problem, new SinkhornOptions { Regularisation = epsilon, MaximumIterations = 60, EpsilonScaling = scaling });
            Assert.True(double.IsFinite(solution.Value) && solution.Value > 0 && solution.MarginalError <= 2);
            Assert.All(solution.RowPotentials.ToArray(), f => Assert.True(double.IsFinite(f)));
            Assert.True(solution.LowerBound() <= exact + 1e-9);
        }
    }

    [Fact]
    public void Absorbed_and_plain_steps_give_the_same_answer()
    {
        // Same iterates whether the kernel underflows (log start, absorption) or not (shifted by nothing): 45 and 55 spreads lie on either side of the switch.
        CostMatrix cost = TransportWorld.RandomCost(40, 40, 9);
        foreach (double spread in (double[])[45, 55, 200])
        {
            double epsilon = (cost.Maximum - cost.Minimum) / spread;
            SinkhornSolution solution = Sinkhorn.Solve(new TransportProblem(cost), new SinkhornOptions { Regularisation = epsilon, MaximumIterations = 40, Tolerance = 0, EpsilonScaling = false });
            (double value, _) = Textbook(new TransportProblem(cost), epsilon, 40);
            Assert.Equal(value, solution.Value, 2e-6 * value);
        }
    }

    [Fact]
    public void Rows_of_the_plan_add_up_to_the_answer()
    {
        TransportProblem problem = new(TransportWorld.RandomCost(30, 50, 10), TransportWorld.RandomWeights(30, 1, 0.2), TransportWorld.RandomWeights(50, 2, 0.2));
        SinkhornSolution solution = Sinkhorn.Solve(problem);
        Assert.True(solution.Converged);
        double[] row = new double[50], columns = new double[50];
        double value = 0;
        for (int i = 0; i < 30; i++)
        {
            solution.PlanRow(i, row);
            Assert.Equal(problem.RowWeights[i], row.Sum(), 1e-6);
            for (int j = 0; j < 50; j++)
            {
                columns[j] += row[j];
                value += row[j] * problem.Cost[i, j];
            }
        }

        Assert.Equal(solution.Value, value, 1e-6);
        for (int j = 0; j < 50; j++)
        {
            Assert.Equal(problem.ColumnWeights[j], columns[j], 2e-6);
        }
    }

    [Fact]
    public void The_unit_of_mass_and_cost_only_scales_the_value()
    {
        CostMatrix cost = TransportWorld.RandomCost(20, 25, 11);
        double[] a = TransportWorld.RandomWeights(20, 1), b = TransportWorld.RandomWeights(25, 2);
        double one = Sinkhorn.Solve(new TransportProblem(cost, a, b)).Value;
        double thousand = Sinkhorn.Solve(new TransportProblem(cost.Scaled(100), [.. a.Select(w => w * 10)], [.. b.Select(w => w * 10)]), new SinkhornOptions { Regularisation = 5 }).Value;
        Assert.Equal(one, thousand / 1000, 1e-6);
    }

    [Fact]
    public void A_warm_start_reaches_the_same_answer_in_fewer_steps()
    {
        float[] pool = TransportWorld.RandomVectors(220, 8, 1), reference = TransportWorld.RandomVectors(90, 8, 2);
        SinkhornOptions options = new() { Regularisation = 0.03, MaximumIterations = 5000, Tolerance = 1e-5 };
        SinkhornSolution before = Sinkhorn.Solve(new TransportProblem(CostMatrix.Between(pool.AsSpan(0, 200 * 8), reference, 8, GroundCost.Cosine)), options);
        TransportProblem grown = new(CostMatrix.Between(pool, reference, 8, GroundCost.Cosine));
        SinkhornSolution cold = Sinkhorn.Solve(grown, options), warm = Sinkhorn.Solve(grown, options, before);
        Assert.True(cold.Converged && warm.Converged);
        Assert.Equal(cold.Value, warm.Value, 2e-5);
        Assert.True(warm.Iterations < cold.Iterations, $"{warm.Iterations} warm, {cold.Iterations} cold");
    }

    [Fact]
    public void The_potential_of_a_new_source_is_the_slope_of_the_value()
    {
        TransportProblem problem = new(TransportWorld.RandomCost(30, 20, 12));
        SinkhornOptions options = new() { Regularisation = 0.1, MaximumIterations = 5000, Tolerance = 1e-7 };
        SinkhornSolution solution = Sinkhorn.Solve(problem, options);
        for (int i = 0; i < 30; i++)
        {
            Assert.Equal(solution.RowPotentials[i], solution.PotentialOf(problem.Cost.Row(i)), 1e-5);
        }
    }

    [Fact]
    public void One_point_against_one_point_costs_the_cost()
    {
        SinkhornSolution solution = Sinkhorn.Solve(new TransportProblem(new CostMatrix([3.5], 1, 1)));
        Assert.Equal(3.5, solution.Value, 1e-6);
        Assert.True(solution.Converged);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.002)]
    public void The_bytes_do_not_depend_on_threads(double epsilon)
    {
        TransportProblem problem = new(TransportWorld.RandomCost(700, 130, 13));
        SinkhornSolution[] solutions = [.. ((int[])[1, 2, 8]).Select(threads => Sinkhorn.Solve(problem, new SinkhornOptions { Regularisation = epsilon, MaximumIterations = 60, Tolerance = 0, Threads = threads, EpsilonScaling = false }))];
        foreach (SinkhornSolution other in solutions)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(solutions[0].Value), BitConverter.DoubleToInt64Bits(other.Value));
            Assert.True(solutions[0].ColumnPotentials.SequenceEqual(other.ColumnPotentials));
            Assert.True(solutions[0].RowPotentials.SequenceEqual(other.RowPotentials));
        }
    }

    [Fact]
    public void All_mistakes_in_the_options_are_told_at_once()
    {
        SinkhornOptions options = new() { Regularisation = 0, MaximumIterations = 0, Tolerance = double.NaN, Threads = 0 };
        Assert.Equal(4, options.Validate().Count);
        Assert.Throws<ArgumentException>(() => Sinkhorn.Solve(new TransportProblem(TransportWorld.RandomCost(2, 2, 1)), options));
    }

    [Fact]
    public void A_warm_start_against_other_targets_is_refused()
    {
        SinkhornSolution other = Sinkhorn.Solve(new TransportProblem(TransportWorld.RandomCost(3, 4, 1)));
        ArgumentException error = Assert.Throws<ArgumentException>(() => Sinkhorn.Solve(new TransportProblem(TransportWorld.RandomCost(3, 5, 1)), warmStart: other));
        Assert.Contains("4 column potentials", error.Message, StringComparison.Ordinal);
    }

    /// <summary>v = b / Kᵀu, u = a / Kv in the log domain and double precision, from scalings proportional to the weights.</summary>
    private static (double Value, double Error) Textbook(TransportProblem problem, double epsilon, int iterations)
    {
        int n = problem.Cost.Rows, m = problem.Cost.Columns;
        double[] f = new double[n], g = new double[m];
        double[] la = [.. problem.RowWeights.ToArray().Select(w => Math.Log(w))], lb = [.. problem.ColumnWeights.ToArray().Select(w => Math.Log(w))];
        static double LogSumExp(IEnumerable<double> terms)
        {
            double[] all = [.. terms];
            double max = all.Max();
            return max + Math.Log(all.Sum(t => Math.Exp(t - max)));
        }

        for (int t = 0; t < iterations; t++)
        {
            for (int j = 0; j < m; j++)
            {
                g[j] = -LogSumExp(Enumerable.Range(0, n).Select(i => la[i] + f[i] - (problem.Cost[i, j] / epsilon)));
            }

            for (int i = 0; i < n; i++)
            {
                f[i] = -LogSumExp(Enumerable.Range(0, m).Select(j => lb[j] + g[j] - (problem.Cost[i, j] / epsilon)));
            }
        }

        double value = 0, error = 0;
        for (int j = 0; j < m; j++)
        {
            double column = 0;
            for (int i = 0; i < n; i++)
            {
                double mass = Math.Exp(la[i] + lb[j] + f[i] + g[j] - (problem.Cost[i, j] / epsilon));
                column += mass;
                value += mass * problem.Cost[i, j];
            }

            error += Math.Abs(column - problem.ColumnWeights[j]);
        }

        return (value, error);
    }
}
