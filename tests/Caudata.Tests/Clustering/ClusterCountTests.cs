using Caudata.Clustering;

namespace Caudata.Tests.Clustering;

public sealed class ClusterCountTests
{
    [Fact]
    public void The_elbow_of_a_bent_line_is_its_bend()
    {
        Assert.Equal(2, ClusterCount.Elbow([1, 2, 3, 4, 5, 6], [10, 6, 2, 1.5, 1, 0.5]));
        Assert.Equal(0, ClusterCount.Elbow([1, 2, 3], [3, 2, 1])); // straight
        Assert.Equal(0, ClusterCount.Elbow([1, 2, 3], [1, 1, 1])); // flat
        Assert.Equal(0, ClusterCount.Elbow([1], [5]));
        Assert.Throws<ArgumentException>(() => ClusterCount.Elbow([], []));
        Assert.Throws<ArgumentException>(() => ClusterCount.Elbow([1, 2], [1]));
    }

    [Fact]
    public void The_elbow_does_not_depend_on_units() =>
        Assert.Equal(ClusterCount.Elbow([1, 2, 4, 8, 16], [100, 40, 20, 15, 13]), ClusterCount.Elbow([10, 20, 40, 80, 160], [1100, 1040, 1020, 1015, 1013]));

    [Fact]
    public void Separate_groups_are_counted_to_within_a_step_of_the_grid()
    {
        float[] x = KMeansTests.Blobs(4000, 12, 16, 0.1, 11);
        ClusterCountResult result = ClusterCount.Choose(x, 4000, 12, new() { Most = 256 });
        Assert.InRange(result.K, 11, 23);
        Assert.Equal(result.Tried.Select(t => t.K), result.Tried.Select(t => t.K).Order().Distinct());
        Assert.Equal((2, 256), (result.Tried[0].K, result.Tried[^1].K));
    }

    [Fact]
    public void A_sample_is_used_for_many_points_and_threads_do_not_matter()
    {
        float[] x = KMeansTests.Blobs(6000, 4, 8, 0.1, 12);
        ClusterCountOptions options = new() { Most = 64, SampleSize = 1500 };
        ClusterCountResult one = ClusterCount.Choose(x, 6000, 4, options), eight = ClusterCount.Choose(x, 6000, 4, options with { Threads = 8 });
        Assert.Equal(1500, one.SampleSize);
        Assert.Equal(one.Tried, eight.Tried);
        Assert.InRange(one.K, 5, 12);
    }

    [Fact]
    public void Few_points_are_not_tried()
    {
        Assert.Equal(1, ClusterCount.Choose(new float[] { 1 }, 1, 1, new()).K);
        Assert.Equal(2, ClusterCount.Choose(new float[] { 1, 2, 3, 4 }, 4, 1, new()).K);
        ArgumentException e = Assert.Throws<ArgumentException>(() => ClusterCount.Choose(new float[] { 1 }, 1, 1, new() { Least = 5, Most = 3, Ratio = 1, SampleSize = 1, Threads = 0, MaxIterations = -1 }));
        Assert.All((string[])["Most", "Ratio", "SampleSize", "Threads", "MaxIterations"], word => Assert.Contains(word, e.Message, StringComparison.Ordinal));
    }
}
