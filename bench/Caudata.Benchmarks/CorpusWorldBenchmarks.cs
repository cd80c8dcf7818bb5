using BenchmarkDotNet.Attributes;
using Caudata.Corpora.World;

namespace Caudata.Benchmarks;

/// <summary>Generation of the corpus world on one thread; one operation is 1,000 documents.</summary>
[MemoryDiagnoser]
public class CorpusWorldBenchmarks
{
    private readonly CorpusWorld _world = new(new CorpusWorldOptions { Seed = 7, Documents = 1_000_000 });
    private int _next;

    [Benchmark(Description = "1,000 documents")]
    public int Documents()
    {
        int characters = 0;
        for (int i = 0; i < 1000; i++)
        {
            characters += _world.Document(_next).Text.Length;
            _next = (_next + 1) % _world.Count;
        }

        return characters;
    }

    [Benchmark(Description = "500 reference pairs")]
    public int Target() => _world.Target("word-problems", TargetPart.Reference).Sum(static pair => pair.Answer.Length);
}
