using System.Collections.Immutable;
using Caudata.Graphs;
using Caudata.Numerics;

namespace Caudata.Tests.Graphs;

/// <summary>Random graphs with latents, bidirected edges, indicators and selection nodes, by number.</summary>
internal static class RandomGraphs
{
    private static readonly string[] Awkward =
    [
        "latent", "graph", "node", "edge", "subgraph", "strict", "digraph", "dag", "of", "missing", "selection", "R_", "true", "no", "null", "~", "1", "-1.5", "é", "Größe", "变量", "пол", "🎈", "a b", "a\"b", "a'b", "a\\b", "a->b",
        "a<-b", "x--y", "#x", "a#b", "//", "a/*b*/", "{x}", "a;b", "a,b", "a=b", "a:b", "- a", "? a", "&a", "*a", "!a", "%a", "@a", "`a", "|", ">", "<b>", "&amp;", "&#34;", "a\u00A0b", "a\u200Db", "label", "R_R_X", "post-click", "x.y", "$x", "observed",
    ];

    /// <summary>A graph of 2 to <paramref name="most"/> variables in all.</summary>
    public static CausalGraph Of(ulong number, int most = 7, bool awkward = false)
    {
        RandomStream stream = new(20261124, "random graph", number);
        int total = 2 + stream.NextInt32(most - 1);
        List<VariableDeclaration> variables = [];
        List<string> names = [.. Awkward];
        stream.Shuffle<string>(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(names));
        double latent = stream.NextDouble() * 0.4, missing = stream.NextDouble() * 0.6, directed = stream.NextDouble() * 0.8, both = stream.NextDouble() * 0.4;
        string[] entities = ["user", "item", awkward ? "a \"tag\"" : "tag"];
        for (int v = 0; v < total; v++)
        {
            string name = awkward && stream.NextDouble() < 0.8 ? names[v] : "X" + v;
            ImmutableArray<string> indices = awkward ? [.. entities.Where(_ => stream.NextDouble() < 0.25)] : [];
            variables.Add(new VariableDeclaration(name) { Kind = stream.NextDouble() < latent ? VariableKind.Latent : VariableKind.Observed, Indices = indices, Role = awkward && stream.NextDouble() < 0.2 ? (VariableRole)(1 + stream.NextInt32(3)) : VariableRole.None });
            if (variables[^1].Kind == VariableKind.Observed && v + 1 < total && stream.NextDouble() < missing)
            {
                string indicator = awkward && stream.NextDouble() < 0.3 ? "M" + v : "R_" + name;
                variables.Add(new VariableDeclaration(indicator) { Kind = VariableKind.Indicator, Of = name });
                total--;
            }
        }

        if (stream.NextDouble() < 0.2)
        {
            variables.Add(new VariableDeclaration("S") { Kind = VariableKind.Selection });
        }

        VariableDeclaration[] order = [.. variables];
        stream.Shuffle<VariableDeclaration>(order);
        order = [.. order.OrderBy(v => v.Kind switch { VariableKind.Indicator => 1, VariableKind.Selection => 2, _ => 0 })];
        List<EdgeDeclaration> edges = [];
        for (int a = 0; a < order.Length; a++)
        {
            for (int b = a + 1; b < order.Length; b++)
            {
                bool allowed = order[a].Kind != VariableKind.Selection && !(order[a].Kind == VariableKind.Indicator && order[b].Kind is VariableKind.Observed or VariableKind.Latent);
                if (allowed && stream.NextDouble() < directed)
                {
                    edges.Add(new EdgeDeclaration(order[a].Name, order[b].Name));
                }

                if (stream.NextDouble() < both)
                {
                    edges.Add(new EdgeDeclaration(order[b].Name, order[a].Name, EdgeKind.Bidirected));
                }
            }
        }

        return CausalGraph.Create(new GraphDescription { Variables = [.. variables], Edges = [.. edges] });
    }

    /// <summary>Three sets without a common variable, the first two not empty.</summary>
    public static (VariableSet X, VariableSet Y, VariableSet Given) Sets(CausalGraph graph, ulong number, Func<Variable, bool>? allowed = null)
    {
        RandomStream stream = new(20261124, "random sets", number);
        int[] pool = [.. graph.Variables.Where(v => allowed?.Invoke(v) != false).Select(v => v.Id)];
        stream.Shuffle<int>(pool);
        if (pool.Length < 2)
        {
            return (VariableSet.Of(graph.Count), VariableSet.Of(graph.Count), VariableSet.Of(graph.Count));
        }

        List<int> x = [pool[0]], y = [pool[1]], z = [];
        double share = stream.NextDouble();
        foreach (int v in pool.Skip(2))
        {
            double u = stream.NextDouble();
            (u < share * 0.9 ? z : u < share * 0.9 + 0.05 ? x : u < share * 0.9 + 0.1 ? y : []).Add(v);
        }

        return (VariableSet.Of(graph.Count, [.. x]), VariableSet.Of(graph.Count, [.. y]), VariableSet.Of(graph.Count, [.. z]));
    }

    /// <summary>A sparse graph of many variables, as an edge list.</summary>
    public static string Large(int count, double degree, int seed, double both = 0.1)
    {
        RandomStream stream = new((ulong)seed, "large graph");
        System.Text.StringBuilder text = new();
        HashSet<(int, int)> seen = [];
        for (int e = 0; e < count * degree; e++)
        {
            int b = 1 + stream.NextInt32(count - 1), a = stream.NextInt32(b);
            if (seen.Add((a, b)))
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"V{a} {(stream.NextDouble() < both ? "<->" : "->")} V{b}\n");
            }
        }

        return text.ToString();
    }
}
