using System.Diagnostics;
using System.Globalization;
using System.Text;
using Caudata.Graphs;
using Caudata.Graphs.Formats;
using Caudata.Identification;
using Caudata.Numerics;

namespace Caudata.Benchmarks;

/// <summary>Times of identification, in-process: the best of some runs after a first one.</summary>
internal static class IdentificationSpeed
{
    public static int Run()
    {
        Console.WriteLine("what | variables | best ms | answer");
        foreach (int count in new[] { 20, 50, 100, 500, 10_000 })
        {
            string text = Sparse(count, 0);
            (string x, string y) = Ends(text, count);
            int runs = count > 1000 ? 5 : 30;
            Time("parse, canonical set", count, runs, () => new Adjustment(Ask(text, x, y)).Canonical()?.Count);
            CausalQuestion question = Ask(text, x, y);
            Time("one minimal set", count, runs, () => new Adjustment(question).Minimal()?.Count);
            Time("cheapest set", count, Math.Min(runs, 10), () => new Adjustment(question).Cheapest()?.Count);
            Time("first 1,000 minimal sets", count, 3, () => new Adjustment(question).AllMinimal().Sets.Length);
            Time("everything about a question", count, 2, () => Identifier.Answer(question).Verdict.By);
        }

        foreach (ulong seed in new ulong[] { 1, 2, 3 })
        {
            CausalQuestion question = Ask(Sparse(50, 20, seed), "V5", "V49");
            Time($"ID with 20 bidirected edges, graph {seed}", 50, 10, () => IdAlgorithm.Of(question).Formula?.Size.ToString(CultureInfo.InvariantCulture) ?? "hedge");
        }

        CausalQuestion confounded = Ask(Sparse(10_000, 2_000, 7), "V5000", "V9990");
        Time("everything, 2,000 bidirected edges", 10_000, 1, () => Try(confounded));
        string complete = string.Join('\n', Enumerable.Range(0, 1900).SelectMany(b => Enumerable.Range(0, b).Select(a => $"V{a} -> V{b}")));
        CausalQuestion dense = Ask(complete, "V900", "V1899");
        Time("everything, complete graph", 1900, 1, () => Try(dense));
        CausalQuestion tangled = Ask(string.Join('\n', Enumerable.Range(0, 300).SelectMany(b => Enumerable.Range(0, b).SelectMany(a => new[] { $"V{a} -> V{b}", $"V{a} <-> V{b}" }))), "V100", "V299");
        Time("everything, complete and all confounded", 300, 1, () => Try(tangled));
        CausalQuestion wide = Ask(Sparse(1_000, 300, 4), "V500", "V999");
        Time("ID, 300 bidirected edges", 1000, 1, () => IdAlgorithm.Of(wide).Formula?.Size.ToString(CultureInfo.InvariantCulture) ?? "hedge");
        CausalQuestion chain = Ask(string.Join('\n', Enumerable.Range(0, 900).Select(k => $"V{k} -> V{k + 1}; V{k} <-> V{k + 2}")), "V10", "V900");
        Time("ID, chain", 901, 1, () => IdAlgorithm.Of(chain).Formula?.Size.ToString(CultureInfo.InvariantCulture) ?? "hedge");
        CausalQuestion knot = Ask(string.Join('\n', Enumerable.Range(0, 900).SelectMany(b => Enumerable.Range(0, b).SelectMany(a => new[] { $"V{a} -> V{b}", $"V{a} <-> V{b}" }))), "V100", "V899");
        Time("everything, complete and all confounded", 900, 1, () => Try(knot));
        CausalQuestion ladder = Ask(string.Join('\n', Enumerable.Range(0, 200).Select(k => $"X <- A{k} -> B{k} -> Y")) + "\nX -> Y", "X", "Y");
        Time("everything, 2^200 minimal sets", 402, 1, () => Try(ladder));
        return 0;
    }

    private static string Try(CausalQuestion question)
    {
        try
        {
            IdentificationReport report = Identifier.Answer(question);
            return $"{report.Verdict.By}, {report.AdjustmentSets.Sets.Length} sets{(report.AdjustmentSets.IsComplete ? "" : " and more")}, {report.Instruments.Items.Length} instruments{(report.Instruments.IsComplete ? "" : " and more")}";
        }
        catch (GraphException e)
        {
            return e.Message;
        }
    }

    private static CausalQuestion Ask(string text, string x, string y) => CausalQuestion.Create(CausalGraph.Parse(text, GraphFormat.Edges), [x], [y]);

    private static void Time<T>(string what, int count, int runs, Func<T> work)
    {
        double best = double.PositiveInfinity;
        T answer = default!;
        for (int k = 0; k <= runs; k++)
        {
            long start = Stopwatch.GetTimestamp();
            answer = work();
            best = k == 0 && runs > 1 ? best : Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (runs == 1)
            {
                break;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} | {count} | {best:0.###} | {answer}"));
    }

    // Two directed edges a variable, and some bidirected ones.
    private static string Sparse(int count, int both, ulong seed = 1)
    {
        RandomStream stream = new(seed, "identification speed");
        StringBuilder text = new();
        HashSet<(int, int)> seen = [];
        for (int e = 0; e < 2 * count + both;)
        {
            int b = 1 + stream.NextInt32(count - 1), a = stream.NextInt32(b);
            if (seen.Add((a, b)))
            {
                text.Append(CultureInfo.InvariantCulture, $"V{a} {(e < 2 * count ? "->" : "<->")} V{b}\n");
                e++;
            }
            else if (count < 30)
            {
                e++;
            }
        }

        return text.ToString();
    }

    // A treatment with many minimal sets for its effect on a late variable.
    private static (string X, string Y) Ends(string text, int count)
    {
        CausalGraph graph = CausalGraph.Parse(text, GraphFormat.Edges);
        string y = "V" + (count - 1).ToString(CultureInfo.InvariantCulture);
        string x = Enumerable.Range(count / 2, count / 2 - 1).Select(k => "V" + k.ToString(CultureInfo.InvariantCulture)).Where(n => graph.TryFind(n, out _)).Take(40)
            .MaxBy(n => new Adjustment(CausalQuestion.Create(graph, [n], [y])) is var a && !a.ProperCausalPaths.IsEmpty ? a.AllMinimal(50).Sets.Length : -1)!;
        return (x, y);
    }
}
