using Caudata.Transport;

namespace Caudata.Tests.Transport;

public sealed class ExactTransportTests
{
    [Theory]
    [InlineData(ExactTransportMethod.Assignment)]
    [InlineData(ExactTransportMethod.NetworkSimplex)]
    public void Equal_weights_give_the_cheapest_of_all_permutations(ExactTransportMethod method)
    {
        for (int n = 1; n <= 7; n++)
        {
            for (ulong seed = 0; seed < 12; seed++)
            {
                CostMatrix cost = TransportWorld.RandomCost(n, n, seed);
                ExactTransportSolution solution = ExactTransport.Solve(new TransportProblem(cost), method);
                Assert.Equal(TransportWorld.CheapestPermutation(cost), solution.Value, 1e-12);
            }
        }
    }

    [Fact]
    public void Both_methods_agree_and_prove_their_answer()
    {
        foreach (int n in (int[])[8, 31, 100, 257])
        {
            TransportProblem problem = new(TransportWorld.RandomCost(n, n, (ulong)n));
            ExactTransportSolution assignment = ExactTransport.Solve(problem, ExactTransportMethod.Assignment), simplex = ExactTransport.Solve(problem, ExactTransportMethod.NetworkSimplex);
            Assert.Equal(assignment.Value, simplex.Value, 1e-12);
            AssertProven(assignment);
            AssertProven(simplex);
        }
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(1, 9, 0)]
    [InlineData(9, 1, 0)]
    [InlineData(5, 13, 0)]
    [InlineData(64, 40, 0)]
    [InlineData(120, 200, 0.3)]
    [InlineData(33, 33, 0.6)]
    public void Any_weights_are_moved_completely_and_provably_cheapest(int n, int m, double zeroShare)
    {
        for (ulong seed = 0; seed < 6; seed++)
        {
            TransportProblem problem = new(TransportWorld.RandomCost(n, m, seed), TransportWorld.RandomWeights(n, seed, zeroShare), TransportWorld.RandomWeights(m, seed + 100, zeroShare));
            AssertProven(ExactTransport.Solve(problem));
        }
    }

    [Fact]
    public void Equal_weights_of_unequal_numbers_are_degenerate_and_still_solved()
    {
        foreach ((int n, int m) in ((int, int)[])[(6, 3), (12, 8), (60, 24), (7, 50)])
        {
            // Copying every source and every target as often as it takes makes it an assignment: an independent route.
            int size = n * m;
            CostMatrix cost = TransportWorld.RandomCost(n, m, 5);
            double[] copies = new double[size * size];
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++)
                {
                    copies[(i * size) + j] = cost[i / m, j / n];
                }
            }

            ExactTransportSolution solution = ExactTransport.Solve(new TransportProblem(cost));
            AssertProven(solution);
            if (size <= 350)
            {
                Assert.Equal(ExactTransport.Solve(new TransportProblem(new CostMatrix(copies, size, size)), ExactTransportMethod.Assignment).Value, solution.Value, 1e-12);
            }
        }
    }

    [Fact]
    public void On_a_line_the_sorted_points_are_matched_in_order()
    {
        float[] x = TransportWorld.RandomVectors(200, 1, 1), y = TransportWorld.RandomVectors(200, 1, 2);
        double value = ExactTransport.Solve(new TransportProblem(CostMatrix.Between(x, y, 1, GroundCost.Euclidean))).Value;
        Assert.Equal(x.Order().Zip(y.Order(), (a, b) => Math.Abs((double)a - b)).Average(), value, 1e-10);
    }

    [Fact]
    public void On_a_line_weighted_transport_is_the_area_between_the_distribution_functions()
    {
        float[] x = TransportWorld.RandomVectors(40, 1, 3), y = TransportWorld.RandomVectors(70, 1, 4);
        double[] a = TransportWorld.RandomWeights(40, 3), b = TransportWorld.RandomWeights(70, 4);
        (float At, double Mass)[] steps = [.. x.Zip(a).Select(p => (p.First, p.Second)), .. y.Zip(b).Select(p => (p.First, -p.Second))];
        Array.Sort(steps);
        double area = 0, difference = 0;
        for (int k = 0; k + 1 < steps.Length; k++)
        {
            difference += steps[k].Mass;
            area += Math.Abs(difference) * ((double)steps[k + 1].At - steps[k].At);
        }

        TransportProblem problem = new(CostMatrix.Between(x, y, 1, GroundCost.Euclidean), a, b);
        Assert.Equal(area, ExactTransport.Solve(problem).Value, 1e-12);
    }

    [Fact]
    public void Distances_between_clouds_form_a_metric()
    {
        float[][] clouds = [.. Enumerable.Range(0, 4).Select(k => TransportWorld.RandomVectors(20 + k, 3, (ulong)k))];
        double D(int s, int t) => ExactTransport.Solve(new TransportProblem(CostMatrix.Between(clouds[s], clouds[t], 3, GroundCost.Euclidean))).Value;
        for (int s = 0; s < 4; s++)
        {
            Assert.Equal(0, D(s, s));
            for (int t = 0; t < 4; t++)
            {
                Assert.Equal(D(s, t), D(t, s), 1e-12);
                Assert.True(s == t || D(s, t) > 0);
                for (int u = 0; u < 4; u++)
                {
                    Assert.True(D(s, u) <= D(s, t) + D(t, u) + 1e-12);
                }
            }
        }
    }

    [Fact]
    public void Many_equal_points_are_no_trouble()
    {
        float[] x = new float[300 * 2], y = new float[300 * 2];
        for (int i = 0; i < 300; i++)
        {
            x[2 * i] = i % 3;
            y[2 * i] = i % 5;
        }

        CostMatrix cost = CostMatrix.Between(x, y, 2, GroundCost.SquaredEuclidean);
        ExactTransportSolution assignment = ExactTransport.Solve(new TransportProblem(cost)), simplex = ExactTransport.Solve(new TransportProblem(cost), ExactTransportMethod.NetworkSimplex);
        AssertProven(assignment);
        AssertProven(simplex);
        Assert.Equal(assignment.Value, simplex.Value, 1e-12);
    }

    [Fact]
    public void A_constant_cost_is_paid_for_all_the_mass()
    {
        double[] values = new double[30 * 20];
        Array.Fill(values, -2.5);
        double[] a = [.. TransportWorld.RandomWeights(30, 1).Select(w => 4 * w)], b = [.. TransportWorld.RandomWeights(20, 2).Select(w => 4 * w)];
        ExactTransportSolution solution = ExactTransport.Solve(new TransportProblem(new CostMatrix(values, 30, 20), a, b));
        Assert.Equal(-10, solution.Value, 1e-12);
        AssertProven(solution);
    }

    [Fact]
    public void Costs_of_any_size_are_solved_to_the_same_relative_precision()
    {
        foreach (double scale in (double[])[1e-200, 1e-9, 1e9, 1e200])
        {
            CostMatrix cost = TransportWorld.RandomCost(40, 60, 8);
            double one = ExactTransport.Solve(new TransportProblem(cost)).Value, scaled = ExactTransport.Solve(new TransportProblem(cost.Scaled(scale))).Value;
            Assert.Equal(one, scaled / scale, 1e-12);
        }
    }

    [Fact]
    public void The_assignment_solver_refuses_unequal_weights()
    {
        TransportProblem problem = new(TransportWorld.RandomCost(3, 3, 1), [0.5, 0.25, 0.25], default);
        ArgumentException error = Assert.Throws<ArgumentException>(() => ExactTransport.Solve(problem, ExactTransportMethod.Assignment));
        Assert.Contains("Use NetworkSimplex", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_stops_the_search() => Assert.ThrowsAny<OperationCanceledException>(
        () => ExactTransport.Solve(new TransportProblem(TransportWorld.RandomCost(50, 60, 1)), cancellationToken: new CancellationToken(true)));

    private static void AssertProven(ExactTransportSolution solution)
    {
        TransportProblem problem = solution.Problem;
        CostMatrix cost = problem.Cost;
        double[] rows = new double[cost.Rows], columns = new double[cost.Columns];
        Assert.True(solution.Plan.Count <= cost.Rows + cost.Columns - 1);
        for (int e = 0; e < solution.Plan.Count; e++)
        {
            (int i, int j, double mass) = (solution.Plan.Rows[e], solution.Plan.Columns[e], solution.Plan.Mass[e]);
            Assert.True(mass > 0);
            Assert.True(e == 0 || (solution.Plan.Rows[e - 1], solution.Plan.Columns[e - 1]).CompareTo((i, j)) < 0);
            rows[i] += mass;
            columns[j] += mass;
            Assert.Equal(cost[i, j], solution.RowPotentials[i] + solution.ColumnPotentials[j], 1e-10);
        }

        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(problem.RowWeights[i], rows[i], 1e-13);
            for (int j = 0; j < columns.Length; j++)
            {
                Assert.True(solution.RowPotentials[i] + solution.ColumnPotentials[j] <= cost[i, j] + 1e-12);
            }
        }

        for (int j = 0; j < columns.Length; j++)
        {
            Assert.Equal(problem.ColumnWeights[j], columns[j], 1e-13);
        }

        Assert.Equal(0, solution.DualityGap, 1e-11);
    }
}
