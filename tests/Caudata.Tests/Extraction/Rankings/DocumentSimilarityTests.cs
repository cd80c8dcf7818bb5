using Caudata.Extraction.Rankings;
using Caudata.Numerics;

namespace Caudata.Tests.Extraction.Rankings;

public sealed class DocumentSimilarityTests
{
    private static float[] Unit(int n, int d, string name)
    {
        RandomStream stream = new RandomStream(6, name);
        float[] v = new float[n * d];
        for (int i = 0; i < n; i++)
        {
            double norm = 0;
            for (int c = 0; c < d; c++)
            {
                v[(i * d) + c] = (float)stream.NextNormal();
                norm += v[(i * d) + c] * v[(i * d) + c];
            }

            for (int c = 0; c < d; c++)
            {
                v[(i * d) + c] /= (float)Math.Sqrt(norm);
            }
        }

        return v;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(99)]
    public void Scores_are_the_plain_sums(int k)
    {
        const int N = 2100, R = 17, D = 12;
        float[] documents = Unit(N, D, "documents"), references = Unit(R, D, "references"), mean = new float[N], near = new float[N];
        DocumentSimilarity.Mean(documents, references, D, mean);
        DocumentSimilarity.MeanOfNearest(documents, references, D, k, near);
        for (int i = 0; i < N; i += 37)
        {
            double[] cosines = [.. Enumerable.Range(0, R).Select(r => Enumerable.Range(0, D).Sum(c => (double)documents[(i * D) + c] * references[(r * D) + c])).OrderDescending()];
            Assert.Equal(cosines.Average(), mean[i], 5);
            Assert.Equal(cosines.Take(k).Average(), near[i], 5);
        }
    }

    [Fact]
    public void One_and_eight_threads_give_the_same_bytes()
    {
        float[] documents = Unit(5000, 8, "documents"), references = Unit(9, 8, "references"), one = new float[5000], eight = new float[5000];
        DocumentSimilarity.MeanOfNearest(documents, references, 8, 3, one, 1);
        DocumentSimilarity.MeanOfNearest(documents, references, 8, 3, eight, 8);
        Assert.Equal(one, eight);
    }

    [Fact]
    public void Documents_of_zeros_score_zero_and_no_documents_are_fine()
    {
        float[] score = [7];
        DocumentSimilarity.Mean(new float[4], Unit(3, 4, "r"), 4, score);
        Assert.Equal(0, score[0]);
        DocumentSimilarity.MeanOfNearest(Array.Empty<float>(), Unit(3, 4, "r"), 4, 2, Array.Empty<float>());
    }

    [Fact]
    public void Mistakes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => DocumentSimilarity.Mean(new float[4], [], 4, new float[1]));
        Assert.Throws<ArgumentException>(() => DocumentSimilarity.Mean(new float[4], new float[5], 4, new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DocumentSimilarity.MeanOfNearest(new float[4], new float[4], 4, 0, new float[1]));
        using CancellationTokenSource cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => DocumentSimilarity.MeanOfNearest(new float[4], new float[4], 4, 1, new float[1], 1, cancelled.Token));
    }
}
