using Caudata.Clustering;

namespace Caudata.Benchmarks.Peers;

/// <summary>Ten Lloyd iterations from given centroids, and seeding.</summary>
internal sealed class KMeansPeer : IPeer
{
    public IEnumerable<PeerWork> Works(PeerContext context)
    {
        NpyArray<float> x = context.Load<float>("km_x.npy");
        int[] first = context.Load<int>("km_init_idx.npy").Items;
        (int n, int d, int k) = (x.Shape[0], x.Shape[1], first.Length);
        float[] start = [.. first.SelectMany(i => x.Items[(i * d)..((i + 1) * d)])];
        KMeansOptions options = new() { K = k, MaxIterations = 10, Tolerance = 0, Threads = context.Threads };
        yield return new PeerWork("k-means 50k x 256, k = 256, 10 iterations", "(lloyd|KMeans batch|Clustering|Lloyd) .*50k x 256 k=256", () => KMeans.FitFrom(x.Items, n, d, start, options).Inertia);
        PointSet set = PointSet.Create(x.Items, n, d, context.Threads, default);
        float[] seeds = [];
        int run = 0;
        foreach (KMeansSeeding seeding in Enum.GetValues<KMeansSeeding>())
        {
            KMeansOptions seeded = options with { Seeding = seeding, SeedingPointsPerCluster = seeding == KMeansSeeding.GreedyPlusPlus ? 1_000_000 / k : options.SeedingPointsPerCluster };
            yield return new PeerWork($"seeding 50k x 256, k = 256, {seeding}; value: inertia after 10 iterations", "kmeans_plusplus", () =>
            {
                seeds = Seeding.Choose(set, seeded with { Seed = (ulong)(run++ % 5) }, default);
                return seeds.Length;
            })
            {
                Value = () => Enumerable.Range(0, 5).Average(s => Lloyd.Run(set, null, Seeding.Choose(set, seeded with { Seed = (ulong)s }, default), options, true, default).Inertia),
            };
        }
    }
}
