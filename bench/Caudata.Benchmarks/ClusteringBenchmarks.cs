using BenchmarkDotNet.Attributes;
using Caudata.Clustering;
using Caudata.Numerics;

namespace Caudata.Benchmarks;

[MemoryDiagnoser]
public class ClusteringBenchmarks
{
    private const int N = 20_000, D = 128;
    private float[] _points = [];

    [Params(64, 512)]
    public int K { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        RandomStream random = new(1, "benchmark");
        _points = new float[N * D];
        for (int i = 0; i < _points.Length; i++)
        {
            _points[i] = (float)(random.NextNormal() + (3 * ((i / D * 7919 % 97) == i % D ? 1 : 0)));
        }
    }

    [Benchmark]
    public double TenIterations() => KMeans.FitFrom(_points, N, D, _points.AsMemory(0, K * D), new KMeansOptions { MaxIterations = 10, Tolerance = 0, Threads = Threads }).Inertia;

    [Benchmark]
    public double SeedingByOversampling() => KMeans.Fit(_points, N, D, new KMeansOptions { K = K, MaxIterations = 0, Threads = Threads }).Inertia;

    [Benchmark]
    public double SeedingExact() => KMeans.Fit(_points, N, D, new KMeansOptions { K = K, MaxIterations = 0, Threads = Threads, Seeding = KMeansSeeding.GreedyPlusPlus, SeedingPointsPerCluster = 1000 }).Inertia;
}
