using BenchmarkDotNet.Attributes;
using Caudata.Numerics;
using Caudata.Transport;

namespace Caudata.Benchmarks;

[MemoryDiagnoser]
public class TransportBenchmarks
{
    private const int Dimension = 64;
    private float[] _x = [], _y = [];
    private TransportProblem _equal = null!, _weighted = null!;
    private SinkhornSolution _before = null!;

    [Params(128, 1024)]
    public int Size { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        RandomStream random = new(1, "benchmark");
        (_x, _y) = (new float[Size * Dimension], new float[Size * Dimension]);
        double[] weights = new double[Size];
        for (int i = 0; i < _x.Length; i++)
        {
            _x[i] = (float)random.NextNormal();
            _y[i] = (float)random.NextNormal();
        }

        for (int i = 0; i < Size; i++)
        {
            weights[i] = random.NextDouble();
        }

        double total = weights.Sum();
        CostMatrix cost = Costs();
        _equal = new TransportProblem(cost);
        _weighted = new TransportProblem(cost, [.. weights.Select(w => w / total)], default);
        _before = Sinkhorn.Solve(_equal, Options(0.05));
    }

    [Benchmark]
    public CostMatrix Costs() => CostMatrix.Between(_x, _y, Dimension, GroundCost.Cosine, Threads);

    [Benchmark]
    public double ExactEqualWeights() => ExactTransport.Solve(_equal).Value;

    [Benchmark]
    public double ExactAnyWeights() => ExactTransport.Solve(_weighted).Value;

    [Benchmark]
    public double SinkhornCold() => Sinkhorn.Solve(_equal, Options(0.05)).Value;

    [Benchmark]
    public double SinkhornWarm() => Sinkhorn.Solve(_equal, Options(0.05), _before).Value;

    [Benchmark]
    public double SinkhornSmallRegularisation() => Sinkhorn.Solve(_equal, Options(0.001)).Value;

    [Benchmark]
    public double IpotPreset() => Ipot.Solve(_equal, new IpotOptions { Threads = Threads }).Value;

    private SinkhornOptions Options(double regularisation) => new() { Regularisation = regularisation, Threads = Threads };
}
