using Caudata.Clustering;
using Caudata.Numerics;

namespace Caudata.Tests.Clustering;

public sealed class KMeansTests
{
    [Theory]
    [InlineData(500, 7, 5)]
    [InlineData(3000, 33, 40)]
    [InlineData(2500, 16, 600)] // more centroids than a panel
    [InlineData(100, 1, 3)]
    public void The_same_as_lloyd_by_hand(int n, int d, int k)
    {
        float[] x = Blobs(n, d, k, 1.5, 1), start = x[..(k * d)];
        KMeansOptions options = new() { MaxIterations = 6, Tolerance = 0 };
        KMeansResult result = KMeans.FitFrom(x, n, d, start, options);
        (double[] centroids, int[] assignment, double inertia) = ByHand(x, n, d, start, result.Iterations);
        Assert.Equal(k, result.K);
        Assert.Equal(inertia, result.Inertia, 1e-5 * inertia);
        Assert.True(assignment.Zip(result.Assignment).Count(p => p.First != p.Second) <= n / 500, "assignments differ"); // ties within rounding
        for (int i = 0; i < centroids.Length; i++)
        {
            Assert.Equal(centroids[i], result.Centroids[i], 0.02);
        }
    }

    [Theory]
    [InlineData(4000, 24, 60, 0)]
    [InlineData(4000, 24, 60, 1000)]
    [InlineData(3000, 3, 10, 0)]
    public void Passing_over_settled_points_changes_no_byte(int n, int d, int k, float offset)
    {
        float[] x = Blobs(n, d, k, 1, 2);
        for (int i = 0; i < x.Length; i++)
        {
            x[i] += offset;
        }

        KMeansOptions options = new() { MaxIterations = 50, Tolerance = 0, K = k };
        PointSet set = PointSet.Create(x, n, d, 1, default);
        float[] start = Seeding.Choose(set, options with { SeedingPointsPerCluster = 10 }, default);
        KMeansResult with = Lloyd.Run(set, null, [.. start], options, true, default), without = Lloyd.Run(set, null, [.. start], options, false, default);
        Assert.Equal(without.Iterations, with.Iterations);
        Assert.Equal(without.Assignment, with.Assignment);
        Assert.Equal(without.Centroids, with.Centroids);
        Assert.Equal(without.Inertia, with.Inertia);
    }

    [Theory]
    [InlineData(KMeansSeeding.Oversampling)]
    [InlineData(KMeansSeeding.GreedyPlusPlus)]
    public void The_bytes_are_the_same_on_one_and_on_eight_threads(KMeansSeeding seeding)
    {
        float[] x = Blobs(12_000, 20, 30, 1, 3);
        KMeansOptions options = new() { K = 40, Seeding = seeding, Seed = 5 };
        KMeansResult one = KMeans.Fit(x, 12_000, 20, options), eight = KMeans.Fit(x, 12_000, 20, options with { Threads = 8 });
        Assert.Equal(one.Centroids, eight.Centroids);
        Assert.Equal(one.Assignment, eight.Assignment);
        Assert.Equal(one.Inertia, eight.Inertia);
        Assert.NotEqual(one.Centroids, KMeans.Fit(x, 12_000, 20, options with { Seed = 6 }).Centroids);
    }

    [Theory]
    [InlineData(KMeansSeeding.Oversampling)]
    [InlineData(KMeansSeeding.GreedyPlusPlus)]
    public void Well_separated_groups_are_found(KMeansSeeding seeding)
    {
        const int N = 3000, D = 8, K = 20;
        float[] x = Blobs(N, D, K, 0.05, 4);
        KMeansResult result = KMeans.Fit(x, N, D, new() { K = K, Seeding = seeding });
        Assert.True(result.Converged);
        // Blobs puts point i into group i mod K.
        Assert.Equal(K, Enumerable.Range(0, N).Select(i => (i % K, result.Assignment[i])).Distinct().Count());
        Assert.Equal(N, result.Sizes.Sum());
        Assert.Equal(result.Assignment, KMeans.Assign(x, N, D, result.Centroids, 2));
    }

    [Fact]
    public void The_fast_seeding_is_no_worse_than_the_exact_one()
    {
        const int N = 12_000, D = 32, K = 64;
        float[] x = Blobs(N, D, K, 1.2, 5);
        double fast = 0, exact = 0;
        for (ulong seed = 0; seed < 4; seed++)
        {
            KMeansOptions options = new() { K = K, Seed = seed };
            fast += KMeans.Fit(x, N, D, options).Inertia;
            exact += KMeans.Fit(x, N, D, options with { Seeding = KMeansSeeding.GreedyPlusPlus, SeedingPointsPerCluster = 1000 }).Inertia;
        }

        Assert.InRange(fast / exact, 0.9, 1.01);
    }

    [Fact]
    public void Iterations_never_raise_the_inertia()
    {
        float[] x = Blobs(2000, 10, 12, 2, 6);
        double last = double.PositiveInfinity;
        for (int iterations = 0; iterations < 15; iterations++)
        {
            double inertia = KMeans.FitFrom(x, 2000, 10, x.AsMemory(0, 250), new() { MaxIterations = iterations, Tolerance = 0 }).Inertia;
            Assert.True(inertia <= last * (1 + 1e-6));
            last = inertia;
        }
    }

    [Fact]
    public void Fewer_points_than_clusters_give_one_cluster_a_point()
    {
        KMeansResult result = KMeans.Fit(new float[] { 1, 0, 0, 1, 5, 5 }, 3, 2, new() { K = 10 });
        Assert.Equal(3, result.K);
        Assert.Equal([1, 1, 1], result.Sizes);
        Assert.Equal(0, result.Inertia);
        Assert.Equal(3, result.Assignment.Distinct().Count());
    }

    [Theory]
    [InlineData(KMeansSeeding.Oversampling)]
    [InlineData(KMeansSeeding.GreedyPlusPlus)]
    public void Repeated_points_and_zero_vectors_give_as_many_clusters_as_there_are_different_points(KMeansSeeding seeding)
    {
        float[] x = new float[600 * 4];
        for (int i = 0; i < 600; i++)
        {
            x[(i * 4) + (i % 4)] = i % 5; // zeros, and 16 other points
        }

        int different = Enumerable.Range(0, 600).Select(i => string.Join(',', x[(i * 4)..((i + 1) * 4)])).Distinct().Count();
        KMeansResult result = KMeans.Fit(x, 600, 4, new() { K = 50, Seeding = seeding });
        Assert.Equal(different, result.K);
        Assert.Equal(0, result.Inertia, 1e-8);
        KMeansResult same = KMeans.Fit(new float[300], 100, 3, new() { K = 7, Seeding = seeding });
        Assert.Equal((1, 0.0), (same.K, same.Inertia));
    }

    [Fact]
    public void Empty_clusters_take_far_points()
    {
        // Three of the four first centroids are where nobody is.
        float[] x = Blobs(400, 2, 4, 0.01, 7), start = [x[0], x[1], 1e4f, 1e4f, -1e4f, 1e4f, 1e4f, -1e4f];
        KMeansResult result = KMeans.FitFrom(x, 400, 2, start, new() { Tolerance = 0 });
        Assert.Equal(4, result.K);
        Assert.All(result.Sizes, size => Assert.InRange(size, 1, 397));
        Assert.Equal(400, result.Sizes.Sum());
        Assert.True(result.Inertia < 0.6 * KMeans.FitFrom(x, 400, 2, start.AsMemory(0, 2), new() { Tolerance = 0 }).Inertia);
    }

    [Fact]
    public void Data_far_from_the_origin_lose_nothing()
    {
        float[] x = Blobs(600, 4, 6, 0.1, 8), far = [.. x.Select(v => MathF.Round(v * 64) / 64)], moved = [.. far.Select(v => v + 16_384)];
        KMeansOptions options = new() { K = 6 };
        KMeansResult a = KMeans.Fit(far, 600, 4, options), b = KMeans.Fit(moved, 600, 4, options);
        Assert.Equal(a.Inertia, b.Inertia, 1e-3 * a.Inertia);
    }

    [Fact]
    public void One_cluster_is_the_mean_and_one_point_is_itself()
    {
        KMeansResult one = KMeans.Fit(new float[] { 1, 2, 3, 6 }, 4, 1, new() { K = 1 });
        Assert.Equal(3, one.Centroids[0], 1e-6f);
        Assert.Equal(14, one.Inertia, 1e-5);
        Assert.True(one.Converged);
        Assert.Equal([7f], KMeans.Fit(new float[] { 7 }, 1, 1, new() { K = 1 }).Centroids);
    }

    [Fact]
    public void Without_iterations_points_go_to_the_given_centroids()
    {
        KMeansResult result = KMeans.FitFrom(new float[] { 0, 1, 9, 10 }, 4, 1, new float[] { 0, 10 }, new() { MaxIterations = 0 });
        Assert.Equal([0, 0, 1, 1], result.Assignment);
        Assert.Equal((0, false), (result.Iterations, result.Converged));
        Assert.Equal(2, result.Inertia, 1e-6);
    }

    [Fact]
    public void Of_equally_near_centroids_the_lower_is_taken() => Assert.Equal([0, 0], KMeans.Assign(new float[] { 0, 0 }, 2, 1, new float[] { 1, -1, 1, -1, 1, -1, 1, -1, 1, -1 }));

    [Fact]
    public void Bad_input_is_named()
    {
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>(() => KMeans.Fit(new float[] { 1, float.NaN }, 2, 1, new())).Message, StringComparison.Ordinal);
        Assert.Contains("Row 0", Assert.Throws<ArgumentException>(() => KMeans.Fit(new float[] { 1e30f, 1 }, 2, 1, new())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => KMeans.Fit(new float[] { 1, 2, 3 }, 2, 2, new()));
        Assert.Throws<ArgumentException>(() => KMeans.Fit(ReadOnlyMemory<float>.Empty, 0, 2, new()));
        Assert.Throws<ArgumentException>(() => KMeans.FitFrom(new float[] { 1, 2 }, 1, 2, new float[] { 1 }, new()));
        ArgumentException e = Assert.Throws<ArgumentException>(() => KMeans.Fit(new float[] { 1 }, 1, 1, new() { K = 0, MaxIterations = -1, Tolerance = double.NaN, Threads = 0, SeedingPointsPerCluster = 1 }));
        Assert.All((string[])["K is", "MaxIterations", "Tolerance", "Threads", "SeedingPointsPerCluster"], word => Assert.Contains(word, e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Cancelling_stops_it()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => KMeans.Fit(Blobs(100, 2, 2, 1, 9), 100, 2, new(), source.Token));
    }

    /// <summary>Point i lies around centre i mod groups; centres are normal, the spread is relative to them.</summary>
    internal static float[] Blobs(int n, int d, int groups, double spread, ulong seed)
    {
        RandomStream random = new(seed, "blobs");
        double[] centres = [.. Enumerable.Range(0, groups * d).Select(_ => random.NextNormal())];
        float[] x = new float[n * d];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = (float)(centres[(i / d % groups * d) + (i % d)] + (spread * random.NextNormal()));
        }

        return x;
    }

    private static (double[] Centroids, int[] Assignment, double Inertia) ByHand(float[] x, int n, int d, float[] start, int iterations)
    {
        double[] c = [.. start.Select(v => (double)v)];
        int k = c.Length / d;
        int[] assignment = new int[n];
        double inertia = 0;
        for (int iteration = 0; iteration <= iterations; iteration++)
        {
            inertia = 0;
            double[] sums = new double[c.Length];
            int[] counts = new int[k];
            for (int i = 0; i < n; i++)
            {
                double least = double.PositiveInfinity;
                for (int j = 0; j < k; j++)
                {
                    double squared = 0;
                    for (int p = 0; p < d; p++)
                    {
                        double difference = x[(i * d) + p] - c[(j * d) + p];
                        squared += difference * difference;
                    }

                    if (squared < least)
                    {
                        (least, assignment[i]) = (squared, j);
                    }
                }

                inertia += least;
                counts[assignment[i]]++;
                for (int p = 0; p < d; p++)
                {
                    sums[(assignment[i] * d) + p] += x[(i * d) + p];
                }
            }

            for (int j = 0; j < k && iteration < iterations; j++)
            {
                for (int p = 0; p < d && counts[j] > 0; p++)
                {
                    c[(j * d) + p] = sums[(j * d) + p] / counts[j];
                }
            }
        }

        return (c, assignment, inertia);
    }
}
