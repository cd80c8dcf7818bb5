using Caudata.Transport;

namespace Caudata.Tests.Transport;

public sealed class GrowingTransportTests
{
    private const int D = 6;
    private static readonly SinkhornOptions Options = new() { Regularisation = 0.05, MaximumIterations = 5000, Tolerance = 1e-6 };

    [Fact]
    public void Gives_at_every_size_what_a_fresh_solution_gives()
    {
        float[] pool = TransportWorld.RandomVectors(150, D, 1), reference = TransportWorld.RandomVectors(40, D, 2);
        double[] weights = TransportWorld.RandomWeights(40, 3);
        GrowingTransport growing = new(reference, D, GroundCost.Cosine, Options, weights);
        int from = 0;
        foreach (int to in (int[])[1, 2, 50, 51, 150])
        {
            growing.Add(pool.AsSpan(from * D, (to - from) * D));
            from = to;
            SinkhornSolution fresh = Sinkhorn.Solve(new TransportProblem(CostMatrix.Between(pool.AsSpan(0, to * D), reference, D, GroundCost.Cosine), default, weights), Options);
            Assert.Equal(to, growing.Count);
            Assert.Equal(fresh.Value, growing.Solve().Value, 2e-6);
        }
    }

    [Fact]
    public void Earlier_solutions_keep_their_costs()
    {
        GrowingTransport growing = new([1, 0], 2, GroundCost.SquaredEuclidean);
        growing.Add([1, 1]);
        SinkhornSolution first = growing.Solve();
        growing.Add([5, 5, 7, 7]);
        growing.Solve();
        Assert.Equal(1, first.Problem.Cost.Rows);
        Assert.Equal(1, first.Problem.Cost[0, 0]);
    }

    [Fact]
    public void The_slope_foretells_the_change()
    {
        float[] pool = TransportWorld.RandomVectors(400, D, 4), reference = TransportWorld.RandomVectors(30, D, 5), items = TransportWorld.RandomVectors(20, D, 6);
        SinkhornOptions options = Options with { Regularisation = 0.1 };
        GrowingTransport growing = new(reference, D, GroundCost.Cosine, options);
        growing.Add(pool);
        double before = Objective(growing.Solve());
        for (int k = 0; k < 20; k++)
        {
            ReadOnlySpan<float> item = items.AsSpan(k * D, D);
            double slope = growing.Slope(item);
            GrowingTransport with = new(reference, D, GroundCost.Cosine, options);
            with.Add(pool);
            with.Add(item);
            Assert.Equal(slope, (Objective(with.Solve()) - before) * 401, 0.02);
        }
    }

    [Fact]
    public void An_empty_pool_and_bad_vectors_are_refused()
    {
        GrowingTransport growing = new([1, 0], 2, GroundCost.Cosine);
        growing.Add([]);
        Assert.Contains("pool is empty", Assert.Throws<InvalidOperationException>(() => growing.Solve()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => growing.Add([1, float.NaN]));
        Assert.Throws<ArgumentException>(() => growing.Add([1]));
        Assert.Equal(0, growing.Count);
        Assert.Throws<ArgumentException>(() => new GrowingTransport([1, 0], 2, GroundCost.Cosine, null, [0.5]));
    }

    /// <summary>The regularised dual value, whose slope the potentials are.</summary>
    private static double Objective(SinkhornSolution s)
    {
        double sum = 0;
        for (int i = 0; i < s.RowPotentials.Length; i++)
        {
            sum += s.RowPotentials[i] * s.Problem.RowWeights[i];
        }

        for (int j = 0; j < s.ColumnPotentials.Length; j++)
        {
            sum += s.ColumnPotentials[j] * s.Problem.ColumnWeights[j];
        }

        return sum;
    }
}
