using Caudata.Transport;

namespace Caudata.Tests.Transport;

public sealed class CostMatrixTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 5)]
    [InlineData(70, 29, 33)]
    [InlineData(65, 130, 64)]
    public void Every_cost_is_what_its_definition_says(int n, int m, int d)
    {
        float[] x = TransportWorld.RandomVectors(n, d, 1), y = TransportWorld.RandomVectors(m, d, 2);
        foreach (GroundCost kind in Enum.GetValues<GroundCost>())
        {
            CostMatrix cost = CostMatrix.Between(x, y, d, kind);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < m; j++)
                {
                    Assert.Equal(Definition(x.AsSpan(i * d, d), y.AsSpan(j * d, d), kind), cost[i, j], 1e-12);
                }
            }
        }
    }

    [Fact]
    public void Equal_vectors_are_at_distance_0()
    {
        float[] x = TransportWorld.RandomVectors(50, 40, 3);
        CostMatrix euclidean = CostMatrix.Between(x, x, 40, GroundCost.Euclidean), cosine = CostMatrix.Between(x, x, 40, GroundCost.Cosine);
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(0, euclidean[i, i]);
            Assert.Equal(0, cosine[i, i], 1e-14);
        }
    }

    [Fact]
    public void A_vector_of_zeros_has_cosine_cost_1() =>
        Assert.Equal([1, 1], CostMatrix.Between([0, 0], [3, 4, 0, 0], 2, GroundCost.Cosine).Values.ToArray());

    [Fact]
    public void The_bytes_do_not_depend_on_threads()
    {
        float[] x = TransportWorld.RandomVectors(300, 20, 4), y = TransportWorld.RandomVectors(77, 20, 5);
        CostMatrix one = CostMatrix.Between(x, y, 20, GroundCost.Euclidean), eight = CostMatrix.Between(x, y, 20, GroundCost.Euclidean, threads: 8);
        Assert.True(one.Values.SequenceEqual(eight.Values));
    }

    [Fact]
    public void A_component_that_is_no_number_is_named()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => CostMatrix.Between([1, 2, 3, float.NaN], [1, 2], 2, GroundCost.Cosine));
        Assert.StartsWith("sources[1, 1] is NaN; every component must be a finite number.", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => CostMatrix.Between([1, 2], [float.PositiveInfinity, 2], 2, GroundCost.Euclidean));
        Assert.StartsWith("targets[0, 0] is ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cost_that_is_no_number_is_named()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new CostMatrix([1, 2, 3, 4, double.NaN, 6], 2, 3));
        Assert.StartsWith("cost[1, 1] is NaN; every cost must be a finite number.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CostMatrix([1, 2, 3], 2, 2));
        Assert.Throws<ArgumentException>(() => CostMatrix.Between([1, 2, 3], [1, 2], 2, GroundCost.Cosine));
        Assert.Throws<ArgumentException>(() => CostMatrix.Between([], [1, 2], 2, GroundCost.Cosine));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CostMatrix([1], 1, 1)[0, 1]);
    }

    [Fact]
    public void Huge_and_tiny_vectors_stay_finite()
    {
        CostMatrix cost = CostMatrix.Between([3e38f, -3e38f], [1e-38f, 3e38f], 1, GroundCost.SquaredEuclidean);
        Assert.True(double.IsFinite(cost.Maximum) && cost[0, 1] == 0);
    }

    private static double Definition(ReadOnlySpan<float> x, ReadOnlySpan<float> y, GroundCost kind)
    {
        double squared = 0, dot = 0, xx = 0, yy = 0;
        for (int k = 0; k < x.Length; k++)
        {
            squared += ((double)x[k] - y[k]) * ((double)x[k] - y[k]);
            dot += (double)x[k] * y[k];
            xx += (double)x[k] * x[k];
            yy += (double)y[k] * y[k];
        }

        return kind switch { GroundCost.SquaredEuclidean => squared, GroundCost.Euclidean => Math.Sqrt(squared), _ => 1 - (dot / Math.Sqrt(xx * yy)) };
    }
}
