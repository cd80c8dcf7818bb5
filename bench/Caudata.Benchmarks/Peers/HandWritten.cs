using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Caudata.Numerics;

namespace Caudata.Benchmarks.Peers;

/// <summary>The workload of <see cref="GenPeer"/> written by hand: what a world file is measured against.</summary>
internal static class HandWritten
{
    private const int Users = 10_000, Items = 1_000, Topics = 16, Factors = 8, Alignment = 64;

    public static double Run(ulong seed, int threads, byte[] rating, byte[] observed, float[] propensity)
    {
        double[] mixing = new double[Topics * Factors];
        Memory<double> hasMemory = Aligned(Topics * Items), itemsMemory = Aligned(Items), logitsMemory = Aligned(Items);
        Prepare(seed, mixing, hasMemory.Span, itemsMemory.Span, logitsMemory.Span);
        Memory<double>[] values = [.. Enumerable.Range(0, threads).Select(_ => Aligned(Items))], noise = [.. values.Select(_ => Aligned(Items))];
        BlockLoop.Run(Users / 50, threads, (block, worker) =>
        {
            Span<double> m = values[worker].Span, e = noise[worker].Span;
            ReadOnlySpan<double> has = hasMemory.Span, items = itemsMemory.Span, logits = logitsMemory.Span;
            Span<double> z = stackalloc double[Factors], preference = stackalloc double[Topics];
            for (int user = block * 50; user < (block + 1) * 50; user++)
            {
                KeyedNoise.Normal(NoiseKey.Of(seed, "taste").Row((ulong)user), 0, z);
                KeyedNoise.Normal(NoiseKey.Of(seed, "preference").Row((ulong)user), 0, preference);
                for (int t = 0; t < Topics; t++)
                {
                    double sum = 0;
                    for (int k = 0; k < Factors; k++)
                    {
                        sum += z[k] * mixing[(t * Factors) + k];
                    }

                    preference[t] = (0.4 * sum) + (0.1 * preference[t]);
                }

                Simulation.Execution.RowKernels.Dot(preference, has, Items, 0, m);
                TensorPrimitives.Add<double>(m, items, m);
                KeyedNoise.Normal(NoiseKey.Of(seed, "rating").Row((ulong)user), 0, e);
                TensorPrimitives.MultiplyAdd<double>(e, 0.5, m, m);
                TensorPrimitives.Round<double>(m, m);
                TensorPrimitives.Max<double>(m, 1, m);
                TensorPrimitives.Min<double>(m, 5, m);
                NarrowColumns.ToBytes(m, rating.AsSpan(user * Items, Items));
                TensorPrimitives.MultiplyAdd<double>(m, 0.6, logits, m);
                TensorPrimitives.Add<double>(m, 0.5 * z[0], m);
                TensorPrimitives.Sigmoid<double>(m, m);
                TensorPrimitives.ConvertTruncating<double, float>(m, propensity.AsSpan(user * Items, Items));
                KeyedNoise.Uniform(NoiseKey.Of(seed, "R_rating").Row((ulong)user), 0, e);
                Span<byte> seen = observed.AsSpan(user * Items, Items);
                for (int i = 0; i < Items; i++)
                {
                    seen[i] = e[i] < m[i] ? (byte)1 : (byte)0;
                }
            }
        });
        return rating[^1];
    }

    private static void Prepare(ulong seed, Span<double> mixing, Span<double> has, Span<double> items, Span<double> logits)
    {
        for (int t = 0; t < Topics; t++)
        {
            KeyedNoise.Normal(NoiseKey.Of(seed, "mixing").Row((ulong)t), 0, mixing.Slice(t * Factors, Factors));
        }

        Span<double> u = stackalloc double[Topics];
        for (int i = 0; i < Items; i++)
        {
            KeyedNoise.Uniform(NoiseKey.Of(seed, "has").Row((ulong)i), 0, u);
            for (int t = 0; t < Topics; t++)
            {
                has[(t * Items) + i] = u[t] < 0.3 ? 0.5 : 0;
            }
        }

        double[] popularity = new double[Items];
        KeyedNoise.Normal(NoiseKey.Of(seed, "popularity"), 0, popularity);
        for (int i = 0; i < Items; i++)
        {
            items[i] = 3 + (0.3 * popularity[i]);
            logits[i] = -2.5 - 1.8 + (0.8 * popularity[i]);
        }
    }

    // Vectors of eight numbers that lie across two cache lines cost up to twice as much; world files are computed in aligned memory, so this is too.
    private static Memory<double> Aligned(int length)
    {
        double[] memory = GC.AllocateUninitializedArray<double>(length + (Alignment / sizeof(double)), pinned: true);
        int first = (int)((Alignment - (Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0) & (Alignment - 1))) & (Alignment - 1)) / sizeof(double);
        return memory.AsMemory(first, length);
    }
}
