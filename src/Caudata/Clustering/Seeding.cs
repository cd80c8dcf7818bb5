using Caudata.Numerics;

namespace Caudata.Clustering;

/// <summary>The first centroids of k-means.</summary>
/// <remarks>
/// [arthur2007] Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding" (SODA 2007); several trials a step as its section 6 suggests and scikit-learn does.
/// [bahmani2012] Bahmani, Moseley, Vattani, Kumar, Vassilvitskii, "Scalable k-means++" (VLDB 2012), algorithm 2.
/// </remarks>
internal static class Seeding
{
    private const int Block = 16 * NearestCentroid.Block;
    private const int Rounds = 5;
    private const int MostRounds = 50;
    private const int ReductionIterations = 10;

    /// <summary>At most k distinct points as centroids, less the set's shift, shape [k, d].</summary>
    internal static float[] Choose(PointSet set, KMeansOptions options, CancellationToken cancel)
    {
        RandomStream random = new(options.Seed, "k-means seeding");
        long wanted = Math.Max(10_000, (long)options.K * options.SeedingPointsPerCluster);
        PointSet sample = wanted >= set.Count ? set : set.Take(set.Sample((int)wanted, ref random));
        if (options.Seeding == KMeansSeeding.GreedyPlusPlus || sample.Count <= options.K)
        {
            return Centroids(sample, Greedy(sample, null, options.K, options.Threads, ref random, cancel));
        }

        (int[] rows, float[] weights) = Oversample(sample, options.K, options.Threads, ref random, cancel);
        PointSet candidates = sample.Take(rows);
        float[] first = Centroids(candidates, Greedy(candidates, weights, options.K, options.Threads, ref random, cancel));
        KMeansResult reduced = Lloyd.Run(candidates, weights, first, options with { MaxIterations = ReductionIterations }, true, cancel);
        return reduced.Centroids;
    }

    /// <summary>Greedy k-means++: rows of at most <paramref name="k"/> distinct points, fewer only when there are no more.</summary>
    internal static unsafe int[] Greedy(PointSet set, float[]? weights, int k, int threads, ref RandomStream random, CancellationToken cancel)
    {
        int n = set.Count, d = set.Dimension, trials = Math.Min(GemmKernel.Columns, 2 + (int)Math.Log(k)), blocks = (n + Block - 1) / Block, strip = GemmKernel.Columns;
        float[] distance = new float[n], row = new float[d], trialRows = new float[strip * d], trialNorms = new float[strip], packed = new float[(strip * d) + GemmKernel.Slack];
        Array.Fill(distance, float.PositiveInfinity);
        double[] upTo = new double[n];
        double[][] potentials = [.. Enumerable.Range(0, blocks).Select(_ => new double[strip])];
        float[][] scratch = [.. Enumerable.Range(0, Math.Min(threads, blocks)).Select(_ => new float[NearestCentroid.Block * (d + strip)])];
        List<int> chosen = [];
        int[] candidates = new int[trials];
        int next = Weighted(ref random, upTo, FirstSums(weights, upTo));
        while (true)
        {
            chosen.Add(next);
            set.Copy(next, row);
            BlockLoop.Run(blocks, threads, (block, worker) =>
            {
                Span<float> x = scratch[worker].AsSpan(0, d);
                for (int i = block * Block; i < Math.Min(n, (block + 1) * Block); i++)
                {
                    // Not nearer than the reverse triangle inequality allows: no need to look.
                    float gap = MathF.Sqrt(set.SquaredNorms[i]) - MathF.Sqrt(set.SquaredNorms[chosen[^1]]);
                    if (gap * gap * 0.999f < distance[i])
                    {
                        set.Copy(i, x);
                        distance[i] = Math.Min(distance[i], (float)Distance.Squared(x, row));
                    }
                }
            }, cancel);
            double total = 0;
            for (int i = 0; i < n; i++)
            {
                total += (weights?[i] ?? 1) * (double)distance[i];
                upTo[i] = total;
            }

            if (chosen.Count == k || !(total > 0))
            {
                return [.. chosen];
            }

            for (int t = 0; t < trials; t++)
            {
                candidates[t] = Weighted(ref random, upTo, total);
                set.Copy(candidates[t], trialRows.AsSpan(t * d, d));
                trialNorms[t] = set.SquaredNorms[candidates[t]];
            }

            fixed (float* rawPacked = packed, rows = trialRows)
            {
                nint pack = (nint)GemmKernel.Align(rawPacked);
                GemmKernel.PackTransposed(rows, d, trials, d, (float*)pack);
                BlockLoop.Run(blocks, threads, (block, worker) => Potentials(block, (float*)pack, scratch[worker]), cancel);
            }

            double least = double.PositiveInfinity;
            for (int t = 0; t < trials; t++)
            {
                double potential = 0;
                for (int b = 0; b < blocks; b++)
                {
                    potential += potentials[b][t];
                }

                if (potential < least)
                {
                    (least, next) = (potential, candidates[t]);
                }
            }
        }

        void Potentials(int block, float* pack, float[] work)
        {
            double[] sums = potentials[block];
            Array.Clear(sums);
            fixed (float* x = work)
            {
                float* scores = x + (NearestCentroid.Block * d);
                for (int first = block * Block, last = Math.Min(n, first + Block); first < last; first += NearestCentroid.Block)
                {
                    int count = Math.Min(NearestCentroid.Block, last - first);
                    for (int i = 0; i < count; i++)
                    {
                        set.Copy(first + i, new Span<float>(x + (i * d), d));
                    }

                    GemmKernel.Multiply(x, d, count, d, pack, trials, scores, strip, null);
                    for (int i = 0; i < count; i++)
                    {
                        float norm = set.SquaredNorms[first + i], old = distance[first + i];
                        double weight = weights?[first + i] ?? 1;
                        for (int t = 0; t < trials; t++)
                        {
                            sums[t] += weight * Math.Min(old, Math.Max(0, norm + trialNorms[t] - (2 * scores[(i * strip) + t])));
                        }
                    }
                }
            }
        }
    }

    /// <summary>Several rounds of independent draws, about k a round; returns rows and the number of points nearest to each.</summary>
    private static (int[] Rows, float[] Weights) Oversample(PointSet set, int k, int threads, ref RandomStream random, CancellationToken cancel)
    {
        int n = set.Count, d = set.Dimension, blocks = (n + Block - 1) / Block;
        float[] distance = new float[n];
        Array.Fill(distance, float.PositiveInfinity);
        int[] nearest = new int[n];
        float[][] scratch = [.. Enumerable.Range(0, Math.Min(threads, blocks)).Select(_ => new float[NearestCentroid.ScratchFloats(d)])];
        List<int> rows = [random.NextInt32(n)];
        int seen = 0;
        for (int round = 0; ; round++)
        {
            PointSet added = set.Take(rows.ToArray().AsSpan(seen));
            int offset = seen;
            using NearestCentroid find = new(added.Count, d);
            find.Pack(added.Points.Span, threads);
            BlockLoop.Run(blocks, threads, (block, worker) => Nearer(block, find, added, offset, scratch[worker]), cancel);
            seen = rows.Count;
            double total = 0;
            for (int i = 0; i < n; i++)
            {
                total += distance[i];
            }

            if (!(total > 0) || (round >= Rounds && seen >= k) || round == MostRounds)
            {
                break;
            }

            double rate = k / total;
            for (int i = 0; i < n; i++)
            {
                if (distance[i] > 0 && random.NextDouble() < distance[i] * rate)
                {
                    rows.Add(i);
                }
            }

            if (rows.Count == seen)
            {
                rows.Add(Array.IndexOf(distance, distance.Max()));
            }
        }

        float[] weights = new float[rows.Count];
        foreach (int j in nearest)
        {
            weights[j]++;
        }

        // A point drawn twice over (a repeated point in one round) may have nobody of its own.
        int[] kept = [.. Enumerable.Range(0, rows.Count).Where(j => weights[j] > 0)];
        return ([.. kept.Select(j => rows[j])], [.. kept.Select(j => weights[j])]);

        void Nearer(int block, NearestCentroid find, PointSet added, int offset, float[] work)
        {
            Span<int> at = stackalloc int[NearestCentroid.Block];
            Span<float> top = stackalloc float[NearestCentroid.Block], next = stackalloc float[NearestCentroid.Block];
            Span<float> x = work.AsSpan(NearestCentroid.ScratchFloats(d) - (NearestCentroid.Block * d), NearestCentroid.Block * d);
            for (int first = block * Block, last = Math.Min(n, first + Block); first < last; first += NearestCentroid.Block)
            {
                int count = Math.Min(NearestCentroid.Block, last - first);
                for (int i = 0; i < count; i++)
                {
                    set.Copy(first + i, x.Slice(i * d, d));
                }

                find.Find(x, count, work, at, top, next);
                for (int i = 0; i < count; i++)
                {
                    // The score says who is nearest; how near is computed without cancellation, so that repeated points are at 0.
                    float rounding = (d + 16) * 2.4e-7f * (set.SquaredNorms[first + i] + added.SquaredNorms[at[i]]);
                    if (set.SquaredNorms[first + i] - (2 * top[i]) < distance[first + i] + rounding)
                    {
                        float squared = (float)Distance.Squared(x.Slice(i * d, d), added.Points.Span.Slice(at[i] * d, d));
                        if (squared < distance[first + i])
                        {
                            (distance[first + i], nearest[first + i]) = (squared, offset + at[i]);
                        }
                    }
                }
            }
        }
    }

    private static double FirstSums(float[]? weights, double[] upTo)
    {
        double total = 0;
        for (int i = 0; i < upTo.Length; i++)
        {
            total += weights?[i] ?? 1;
            upTo[i] = total;
        }

        return total;
    }

    /// <summary>A row with probability in proportion to its step of the running sums.</summary>
    private static int Weighted(ref RandomStream random, double[] upTo, double total)
    {
        double u = random.NextDouble() * total;
        int low = 0, high = upTo.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = upTo[middle] > u ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static float[] Centroids(PointSet set, int[] rows) => set.Take(rows).Points.ToArray();
}
