using Caudata.Bandits;
using Caudata.Numerics;

namespace Caudata.Tests.Bandits;

public sealed class FrechetTests
{
    [Fact]
    public void The_distance_is_means_plus_deviations()
    {
        Assert.Equal(1 + 4 + 0.25, Frechet.Distance([0, 0], [1, 1], [1, 2], [1, 1.5f]), 6);
        Assert.Equal(0, Frechet.Distance([3, 4], [1, 2], [3, 4], [1, 2]));
        Assert.Equal(0, Frechet.Distance([], [], [], []));
        Assert.Throws<ArgumentException>(() => Frechet.Distance([1], [1, 1], [1], [1]));
    }

    [Fact]
    public void Moments_of_clusters_agree_with_a_direct_count()
    {
        float[] vectors = [1, 2, 3, 4, 5, 0];
        float[] means = new float[6], deviations = new float[6];
        Frechet.Moments(vectors, [0, 0, 2], 3, 2, means, deviations);
        Assert.Equal([2, 3, 0, 0, 5, 0], means);
        Assert.Equal([1, 1, 0, 0, 0, 0], deviations);
        Assert.Throws<ArgumentException>(() => Frechet.Moments(vectors, [0, 0, 3], 3, 2, means, deviations));
        Assert.Throws<ArgumentException>(() => Frechet.Moments(vectors, [0, 0], 3, 2, means, deviations));
    }

    [Fact]
    public void Neighbours_are_symmetric_sorted_and_nearer_than_the_threshold()
    {
        RandomStream stream = new RandomStream(4, "frechet");
        const int K = 30, D = 3;
        float[] means = new float[K * D], deviations = new float[K * D];
        for (int i = 0; i < means.Length; i++)
        {
            means[i] = (float)stream.NextDouble();
            deviations[i] = (float)stream.NextDouble() * 0.3f;
        }

        var near = Frechet.Neighbours(means, deviations, D);
        Assert.Contains(near, list => list.Length > 0);
        for (int a = 0; a < K; a++)
        {
            Assert.Equal(near[a].Order(), near[a]);
            for (int b = 0; b < K; b++)
            {
                bool close = a != b && Frechet.Distance(means.AsSpan(a * D, D), deviations.AsSpan(a * D, D), means.AsSpan(b * D, D), deviations.AsSpan(b * D, D)) < 0.2;
                Assert.Equal(close, near[a].Contains(b));
            }
        }
    }
}
