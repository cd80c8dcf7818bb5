using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Caudata.Graphs;
using Caudata.Graphs.Drawing;
using Caudata.Graphs.Formats;
using Caudata.Numerics;

namespace Caudata.Benchmarks;

/// <summary>Graphs: reading, m-separation with its witness, projection, drawing; sparse random graphs with two edges a variable, a tenth of them bidirected.</summary>
[MemoryDiagnoser]
public class GraphBenchmarks
{
    private string _dagitty = "", _yaml = "";
    private CausalGraph _graph = CausalGraph.Parse("X");
    private VariableSet _x = VariableSet.Of(1), _y = VariableSet.Of(1), _given = VariableSet.Of(1);

    [Params(40, 500, 10_000)]
    public int Variables { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        RandomStream stream = new(1, "graph benchmark");
        StringBuilder text = new("dag {\n");
        HashSet<(int, int)> seen = [];
        for (int v = 0; v < Variables; v++)
        {
            text.Append(CultureInfo.InvariantCulture, $"V{v}\n");
        }

        while (seen.Count < 2 * Variables - 10)
        {
            int b = 1 + stream.NextInt32(Variables - 1), a = Math.Max(0, b - 1 - stream.NextInt32(Math.Min(b, 50)));
            if (seen.Add((a, b)))
            {
                text.Append(CultureInfo.InvariantCulture, $"V{a} {(stream.NextDouble() < 0.1 ? "<->" : "->")} V{b}\n");
            }
        }

        _dagitty = text.Append('}').ToString();
        _graph = CausalGraph.Parse(_dagitty);
        _yaml = GraphFormats.Write(_graph, GraphFormat.Yaml);
        _x = _graph.Set($"V{Variables / 3}");
        _y = _graph.Set($"V{Variables - 2}");
        _given = VariableSet.Of(_graph.Count, [.. Enumerable.Range(0, Variables).Where(v => v % 3 == 0)]).Except(_x).Except(_y);
    }

    [Benchmark]
    public CausalGraph ParseDagitty() => CausalGraph.Parse(_dagitty, GraphFormat.Dagitty);

    [Benchmark]
    public CausalGraph ParseYaml() => CausalGraph.Parse(_yaml, GraphFormat.Yaml);

    [Benchmark]
    public ActivePath? Separate() => MSeparation.Witness(_graph, _x, _y, _given);

    [Benchmark]
    public bool ParseAndSeparateByAllAncestors()
    {
        CausalGraph graph = CausalGraph.Parse(_dagitty, GraphFormat.Dagitty);
        return MSeparation.Holds(Surgery.WithoutEdgesOutOf(graph, _x), _x, _y, Ancestors.Of(graph, _x.Union(_y)).Except(Descendants.Of(graph, _x)).Except(_y));
    }

    [Benchmark]
    public int DrawUpTo500() => Variables > 500 ? 0 : GraphDrawing.ToSvg(_graph).Length;
}
