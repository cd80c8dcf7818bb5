using BenchmarkDotNet.Attributes;
using Caudata.Numerics;

namespace Caudata.Benchmarks;

[MemoryDiagnoser]
public class NumericsBenchmarks
{
    private float[] _a = [], _b = [], _c = [];
    private readonly double[] _x = new double[100_000];
    private readonly int[] _indices = new int[100];
    private readonly float[] _best = new float[100];

    [Params(512, 2048)]
    public int Size { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        RandomStream random = new(1, "benchmark");
        (_a, _b, _c) = (new float[Size * Size], new float[Size * Size], new float[Size * Size]);
        for (int i = 0; i < _a.Length; i++)
        {
            _a[i] = (float)random.NextNormal();
            _b[i] = (float)random.NextNormal();
        }

        for (int i = 0; i < _x.Length; i++)
        {
            _x[i] = random.NextNormal();
        }
    }

    [Benchmark]
    public void Product() => MatrixProduct.Multiply(_a, _b, _c, Size, Size, Size, Threads);

    [Benchmark]
    public void ProductByTranspose() => MatrixProduct.MultiplyTransposed(_a, _b, _c, Size, Size, Size, Threads);

    [Benchmark]
    public double LogSumExpOf100000() => LogSumExp.Of(_x);

    [Benchmark]
    public int Top100() => TopK.Largest(_a, _indices, _best);

    [Benchmark]
    public double MedianOf100000() => Quantiles.Of(_x, 0.5);
}
