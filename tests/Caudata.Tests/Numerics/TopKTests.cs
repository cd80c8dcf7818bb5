using Caudata.Numerics;

namespace Caudata.Tests.Numerics;

public sealed class TopKTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(7, 10)]
    [InlineData(100, 1)]
    [InlineData(1000, 17)]
    [InlineData(5000, 600)]
    public void The_same_as_a_stable_sort(int n, int k)
    {
        RandomStream random = new(5, "top", (ulong)n);
        float[] x = new float[n];
        for (int i = 0; i < n; i++)
        {
            x[i] = random.NextInt32(n / 3 + 1); // many ties
        }

        (float Value, int Index)[] expected = [.. x.Select((v, i) => (v, i)).OrderByDescending(p => p.v).ThenBy(p => p.i).Take(k)];
        int[] indices = new int[k];
        float[] best = new float[k];
        int count = TopK.Largest(x, indices, best);
        Assert.Equal(Math.Min(n, k), count);
        Assert.Equal(expected.Select(e => e.Index), indices[..count]);
        Assert.Equal(expected.Select(e => e.Value), best[..count]);
    }

    [Fact]
    public void Parts_in_any_order_merge_to_the_whole()
    {
        RandomStream random = new(6, "top");
        float[] x = new float[1003];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = random.NextInt32(50);
        }

        TopK whole = new(40), left = new(40), right = new(40);
        whole.Offer(x, 0);
        right.Offer(x.AsSpan(500), 500);
        left.Offer(x.AsSpan(0, 500), 0);
        right.Merge(left);
        Assert.Equal(whole.Sorted(), right.Sorted());
    }

    [Fact]
    public void Not_a_number_is_never_kept_and_infinities_are()
    {
        int[] indices = new int[5];
        float[] best = new float[5];
        int count = TopK.Largest([float.NaN, 1, float.NegativeInfinity, float.NaN, float.PositiveInfinity, float.NaN, float.NaN, float.NaN, float.NaN, float.NaN], indices, best);
        Assert.Equal(3, count);
        Assert.Equal([4, 1, 2], indices[..3]);
    }

    [Fact]
    public void Plus_and_minus_zero_are_a_tie()
    {
        int[] indices = new int[2];
        float[] best = new float[2];
        TopK.Largest([-0f, 0f, -1f], indices, best);
        Assert.Equal([0, 1], indices);
    }

    [Fact]
    public void Room_for_none_keeps_none() => Assert.Equal(0, TopK.Largest([1, 2], [], []));
}
