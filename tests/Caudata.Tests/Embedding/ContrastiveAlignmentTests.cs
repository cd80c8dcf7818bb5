using Caudata.Embedding;
using Caudata.Numerics;

namespace Caudata.Tests.Embedding;

public sealed class ContrastiveAlignmentTests
{
    /// <summary>Documents whose first half of coordinates is what their pairs share, and whose second half is noise.</summary>
    private static (float[] Documents, float[] Pairs, int[] Owner) World(int n, int d, bool related)
    {
        var stream = new RandomStream(11, "alignment-test");
        var documents = new float[n * d];
        var pairs = new float[3 * n * d];
        int[] owner = [.. Enumerable.Range(0, 3 * n).Select(static i => i / 3)];
        for (int i = 0; i < documents.Length; i++)
        {
            documents[i] = (float)stream.NextNormal();
        }

        for (int i = 0; i < 3 * n; i++)
        {
            for (int k = 0; k < d; k++)
            {
                float noise = (float)stream.NextNormal();
                pairs[(i * d) + k] = related && k < d / 2 ? (0.6f * documents[(owner[i] * d) + k]) + (0.6f * noise) : 2 * noise;
            }
        }

        ContrastiveAlignment.Normalise(documents, d, new float[n]);
        ContrastiveAlignment.Normalise(pairs, d, new float[3 * n]);
        return (documents, pairs, owner);
    }

    [Fact]
    public void The_gradient_agrees_with_finite_differences()
    {
        (float[] documents, float[] pairs, int[] owner) = World(6, 5, related: true);
        var data = new ContrastiveAlignment.Data(documents, pairs, owner, 5);
        var options = new ContrastiveAlignmentOptions { Temperature = 0.5, HardNegatives = 2 };
        int[] batch = [0, 1, 4, 9], negatives = [5, 8, 11, -1, 0, 17, 2, 3];
        var stream = new RandomStream(5, "w");
        var w = new float[25];
        for (int i = 0; i < 25; i++)
        {
            w[i] = (i % 6 == 0 ? 1 : 0) + (0.2f * (float)stream.NextNormal());
        }

        var gradient = new float[25];
        ContrastiveAlignment.LossAndGradient(data, w, batch, negatives, options, gradient, 1);
        for (int i = 0; i < 25; i++)
        {
            float kept = w[i];
            w[i] = kept + 0.01f;
            double up = ContrastiveAlignment.LossAndGradient(data, w, batch, negatives, options, [], 1);
            w[i] = kept - 0.01f;
            double down = ContrastiveAlignment.LossAndGradient(data, w, batch, negatives, options, [], 1);
            w[i] = kept;
            Assert.Equal((up - down) / 0.02, gradient[i], 2e-3);
        }
    }

    [Fact]
    public void It_learns_which_coordinates_documents_share_with_their_pairs()
    {
        (float[] documents, float[] pairs, int[] owner) = World(150, 16, related: true);
        Alignment alignment = ContrastiveAlignment.Train(documents, pairs, owner, 16, new ContrastiveAlignmentOptions { Step = 0.01, Epochs = 4 });
        Assert.True(alignment.LossAfter < alignment.LossBefore - 0.1, $"{alignment.LossBefore} -> {alignment.LossAfter}");
        Assert.True(alignment.Epochs > 0);
        Assert.All(Enumerable.Range(0, 150), i => Assert.Equal(1, MathF.Sqrt(alignment.Apply(documents.AsSpan(i * 16, 16)).Sum(static x => x * x)), 1e-4));
    }

    [Fact]
    public void Unrelated_pairs_leave_the_identity_or_a_lower_held_out_loss()
    {
        (float[] documents, float[] pairs, int[] owner) = World(40, 8, related: false);
        Alignment alignment = ContrastiveAlignment.Train(documents, pairs, owner, 8, new ContrastiveAlignmentOptions { Step = 0.05 });
        Assert.True(alignment.LossAfter <= alignment.LossBefore);
        Assert.Equal(alignment.Epochs == 0, alignment.Projection.SequenceEqual([.. Enumerable.Range(0, 64).Select(static i => i % 9 == 0 ? 1f : 0f)]));
    }

    [Fact]
    public void One_and_eight_threads_give_the_same_bytes()
    {
        (float[] documents, float[] pairs, int[] owner) = World(60, 24, related: true);
        Assert.Equal(ContrastiveAlignment.Train(documents, pairs, owner, 24, threads: 1).Projection, ContrastiveAlignment.Train(documents, pairs, owner, 24, threads: 8).Projection);
    }

    [Fact]
    public void Too_few_documents_give_the_identity_and_bad_shapes_are_named()
    {
        Alignment alignment = ContrastiveAlignment.Train([1, 0, 0, 1], [1, 0, 0, 1], [0, 1], 2);
        Assert.Equal([1, 0, 0, 1], alignment.Projection);
        Assert.Equal(0, alignment.Epochs);
        Assert.Empty(ContrastiveAlignment.Train([], [], [], 2).Apply([]));
        Assert.Contains("owner[1] is 2; expected 0 to 1", Assert.Throws<ArgumentException>(() => ContrastiveAlignment.Train([1, 0, 0, 1], [1, 0, 0, 1], [0, 2], 2)).Message);
        Assert.Contains("Temperature is 0", Assert.Throws<ArgumentException>(() => ContrastiveAlignment.Train([1, 0], [1, 0], [0], 2, new ContrastiveAlignmentOptions { Temperature = 0 })).Message);
    }
}
