using System.Collections.Immutable;
using Caudata.Embedding;
using Caudata.Numerics;
using Caudata.Transport;

namespace Caudata.Extraction;

/// <summary>How good a pool of pairs is for a target, measured on a test that nothing was chosen by.</summary>
/// <param name="BitsPerByte">Bits per byte of the held-out answers under the student trained on the pool; NaN without a held-out test.</param>
/// <param name="Transport">Transport cost (cosine, exact) from the pool to the held-out pairs; 1 for an empty pool; NaN without a held-out test.</param>
/// <param name="Pairs">Pairs trained on.</param>
public sealed record Evidence(double BitsPerByte, double Transport, int Pairs);

/// <summary>A held-out test made ready for measuring.</summary>
public sealed class HeldOut
{
    private const int MostPoints = 1000;
    private readonly float[] _vectors;
    private readonly int _d;

    /// <summary>Embeds the test.</summary>
    /// <param name="pairs">The held-out pairs.</param>
    /// <param name="embedder">The fitted embedder.</param>
    /// <param name="seed">Seed of the sample that transport is measured on when there are more than 1,000.</param>
    /// <param name="threads">Threads.</param>
    public HeldOut(ImmutableArray<ReferencePair> pairs, HashingEmbedder embedder, ulong seed, int threads)
    {
        Pairs = pairs;
        _d = embedder.Dimension;
        int[] chosen = Sample(pairs.Length, seed, "heldout-sample");
        _vectors = new float[chosen.Length * _d];
        embedder.Embed([.. chosen.Select(i => pairs[i].Text)], _vectors, threads);
    }

    /// <summary>The held-out pairs.</summary>
    public ImmutableArray<ReferencePair> Pairs { get; }

    /// <summary>Measures a pool.</summary>
    /// <param name="pool">The pairs that would be trained on.</param>
    /// <param name="seed">Seed of the sample of pairs that transport is measured on when there are more than 1,000.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public Evidence Measure(IReadOnlyList<ExtractedPair> pool, ulong seed, int threads, CancellationToken cancellationToken = default)
    {
        Student student = Student.Train(pool.Select(pair => (pair.Question, pair.Answer)), new StudentOptions(), cancellationToken);
        (double bits, long bytes) = student.Score(Pairs.Select(pair => (pair.Question, pair.Answer)), cancellationToken);
        double transport = 1;
        if (pool.Count > 0)
        {
            int[] chosen = Sample(pool.Count, seed, "pool-sample");
            var rows = new float[chosen.Length * _d];
            for (int k = 0; k < chosen.Length; k++)
            {
                pool[chosen[k]].Vector.CopyTo(rows.AsSpan(k * _d));
            }

            transport = ExactTransport.Solve(new TransportProblem(CostMatrix.Between(rows, _vectors, _d, GroundCost.Cosine, threads)), cancellationToken: cancellationToken).Value;
        }

        return new Evidence(bytes == 0 ? double.NaN : bits / bytes, transport, pool.Count);
    }

    private static int[] Sample(int n, ulong seed, string name)
    {
        int[] order = [.. Enumerable.Range(0, n)];
        if (n <= MostPoints)
        {
            return order;
        }

        var stream = new RandomStream(seed, name);
        stream.Shuffle<int>(order);
        return [.. order.Take(MostPoints).Order()];
    }
}
