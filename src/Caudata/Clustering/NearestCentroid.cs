using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Caudata.Numerics;

namespace Caudata.Clustering;

/// <summary>Centroids packed for the matrix product, and the search for the nearest and second nearest of a block of points.</summary>
/// <remarks>Scores are x·c − ‖c‖²/2: the largest score is the least distance. Each score is the same whatever other points stand in the block.</remarks>
internal sealed unsafe class NearestCentroid : IDisposable
{
    /// <summary>Points handled at once.</summary>
    internal const int Block = GemmKernel.BlockRows;

    /// <summary>Centroids handled at once, so that a block's scores stay in the cache.</summary>
    private const int Panel = 512;

    // Native memory, because its alignment must last from packing to the last search: the collector moves arrays.
    private readonly int _k, _d;
    private float* _packed;

    internal NearestCentroid(int k, int d)
    {
        (_k, _d) = (k, d);
        _packed = (float*)NativeMemory.AlignedAlloc(checked((nuint)GemmKernel.Strips(k) * (nuint)GemmKernel.Columns * (nuint)d * sizeof(float)), 64);
        HalfNorms = new float[(k + 7) / 8 * 8];
    }

    /// <summary>‖c‖²/2 of every centroid; +∞ in the padding.</summary>
    internal float[] HalfNorms { get; }

    /// <summary>Scratch floats that one worker needs.</summary>
    internal static int ScratchFloats(int d) => (Block * (Panel + d)) + (2 * GemmKernel.Slack);

    internal void Pack(ReadOnlySpan<float> centroids, int threads)
    {
        int strip = GemmKernel.Columns;
        fixed (float* pc = centroids)
        {
            nint from = (nint)pc, to = (nint)_packed;
            BlockLoop.Run(GemmKernel.Strips(_k), threads, (s, _) =>
                GemmKernel.PackTransposed((float*)from + ((long)s * strip * _d), _d, Math.Min(strip, _k - (s * strip)), _d, (float*)to + ((long)s * strip * _d)));
        }

        Array.Fill(HalfNorms, float.PositiveInfinity);
        for (int j = 0; j < _k; j++)
        {
            HalfNorms[j] = 0.5f * Distance.SquaredNorm(centroids.Slice(j * _d, _d));
        }
    }

    /// <summary>Nearest centroid of up to <see cref="Block"/> points that lie one after the other.</summary>
    /// <param name="points">The points, row-major.</param>
    /// <param name="count">How many.</param>
    /// <param name="scratch">At least <see cref="ScratchFloats"/> floats.</param>
    /// <param name="nearest">Receives the centroid.</param>
    /// <param name="best">Receives its score.</param>
    /// <param name="second">Receives the second best score; −∞ when there is one centroid.</param>
    internal void Find(ReadOnlySpan<float> points, int count, float[] scratch, Span<int> nearest, Span<float> best, Span<float> second)
    {
        fixed (float* rawScratch = scratch, px = points, half = HalfNorms)
        {
            float* packed = _packed, scores = GemmKernel.Align(rawScratch);
            for (int first = 0; first < _k; first += Panel)
            {
                int columns = Math.Min(Panel, _k - first), padded = (columns + 7) / 8 * 8;
                if (padded != columns)
                {
                    for (int i = 0; i < count; i++)
                    {
                        new Span<float>(scores + (i * padded) + columns, padded - columns).Clear();
                    }
                }

                GemmKernel.Multiply(px, _d, count, _d, packed + ((long)first * _d), columns, scores, padded, null);
                for (int i = 0; i < count; i++)
                {
                    (int at, float top, float next) = Best(scores + (i * padded), half + first, padded);
                    if (first == 0 || top > best[i])
                    {
                        second[i] = first == 0 ? next : Math.Max(next, best[i]);
                        (nearest[i], best[i]) = (first + at, top);
                    }
                    else
                    {
                        second[i] = Math.Max(second[i], top);
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_packed);
        _packed = null;
    }

    private static (int At, float Top, float Next) Best(float* scores, float* half, int padded)
    {
        Vector256<float> top = Vector256.Create(float.NegativeInfinity), next = top;
        Vector256<int> at = default, index = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), step = Vector256.Create(8);
        for (int j = 0; j < padded; j += 8)
        {
            Vector256<float> score = Vector256.Load(scores + j) - Vector256.Load(half + j), greater = Vector256.GreaterThan(score, top);
            next = Vector256.Max(next, Vector256.Min(score, top));
            top = Vector256.Max(top, score);
            at = Vector256.ConditionalSelect(greater.AsInt32(), index, at);
            index += step;
        }

        (int Lane, float Score) best = (0, top[0]);
        for (int lane = 1; lane < 8; lane++)
        {
            if (top[lane] > best.Score || (top[lane] == best.Score && at[lane] < at[best.Lane]))
            {
                best = (lane, top[lane]);
            }
        }

        float second = next[best.Lane];
        for (int lane = 0; lane < 8; lane++)
        {
            second = lane == best.Lane ? second : Math.Max(second, Math.Max(top[lane], next[lane]));
        }

        return (at[best.Lane], best.Score, second);
    }
}
