using Caudata.Graphs;
using Caudata.Identification;
using Caudata.Numerics;

namespace Caudata.Tests.Identification;

/// <summary>Random graphs with questions to them, by number.</summary>
internal static class RandomQuestions
{
    /// <summary>A random graph of 3 to <paramref name="most"/> variables with latents and bidirected edges, and a question to it.</summary>
    public static CausalQuestion Effect(ulong number, int most = 7, double latents = 0.3, bool single = false, bool given = false)
    {
        RandomStream stream = new(20261125, "random question", number);
        int count = 3 + stream.NextInt32(most - 2);
        double directed = 0.2 + stream.NextDouble() * 0.5, both = stream.NextDouble() * 0.4, latent = stream.NextDouble() * latents;
        int[] order = [.. Enumerable.Range(0, count)];
        stream.Shuffle<int>(order);
        List<VariableDeclaration> variables = [.. Enumerable.Range(0, count).Select(v => new VariableDeclaration("V" + v))];
        int[] pool = [.. order];
        stream.Shuffle<int>(pool);
        if (Array.IndexOf(order, pool[0]) > Array.IndexOf(order, pool[1]) && stream.NextDouble() < 0.8)
        {
            (pool[0], pool[1]) = (pool[1], pool[0]);
        }

        List<string> x = ["V" + pool[0]], y = ["V" + pool[1]], w = [];
        for (int k = 2; k < count; k++)
        {
            double u = stream.NextDouble();
            if (u < latent)
            {
                variables[pool[k]] = variables[pool[k]] with { Kind = VariableKind.Latent };
            }
            else if (!single && u > 0.92)
            {
                (u > 0.96 ? x : y).Add("V" + pool[k]);
            }
            else if (given && u > 0.6)
            {
                w.Add("V" + pool[k]);
            }
        }

        List<EdgeDeclaration> edges = [];
        for (int a = 0; a < count; a++)
        {
            for (int b = a + 1; b < count; b++)
            {
                if (stream.NextDouble() < directed)
                {
                    edges.Add(new EdgeDeclaration("V" + order[a], "V" + order[b]));
                }

                if (stream.NextDouble() < both)
                {
                    edges.Add(new EdgeDeclaration("V" + order[a], "V" + order[b], EdgeKind.Bidirected));
                }
            }
        }

        CausalGraph graph = CausalGraph.Create(new GraphDescription { Variables = [.. variables], Edges = [.. edges] });
        return CausalQuestion.Create(graph, [.. x], [.. y], [.. w]);
    }

    /// <summary>A random m-graph of 2 to 4 variables with one to three indicators, and a query.</summary>
    public static RecoveryQuestion Recovery(ulong number)
    {
        RandomStream stream = new(20261125, "m-graph", number);
        int count = 2 + stream.NextInt32(3);
        double directed = 0.3 + stream.NextDouble() * 0.4, missing = 0.15 + stream.NextDouble() * 0.2, both = stream.NextDouble() < 0.4 ? 0.15 : 0;
        List<VariableDeclaration> variables = [.. Enumerable.Range(0, count).Select(v => new VariableDeclaration("V" + v))];
        List<string> indicators = [];
        for (int v = 0; v < count && indicators.Count < 3; v++)
        {
            if (stream.NextDouble() < 0.6 || (v == count - 1 && indicators.Count == 0))
            {
                indicators.Add("R_V" + v);
                variables.Add(new VariableDeclaration("R_V" + v) { Kind = VariableKind.Indicator, Of = "V" + v });
            }
        }

        List<EdgeDeclaration> edges = [];
        string[] all = [.. Enumerable.Range(0, count).Select(v => "V" + v), .. indicators];
        for (int a = 0; a < all.Length; a++)
        {
            for (int b = a + 1; b < all.Length; b++)
            {
                if (stream.NextDouble() < (b < count ? directed : missing))
                {
                    edges.Add(new EdgeDeclaration(all[a], all[b]));
                }

                if (edges.Count(e => e.Kind == EdgeKind.Bidirected) < 2 && stream.NextDouble() < both)
                {
                    edges.Add(new EdgeDeclaration(all[a], all[b], EdgeKind.Bidirected));
                }
            }
        }

        CausalGraph graph = CausalGraph.Create(new GraphDescription { Variables = [.. variables], Edges = [.. edges] });
        string[] names = [.. all.Take(count)];
        stream.Shuffle<string>(names);
        string query = (number % 4) switch
        {
            0 => $"P({names[0]}, {names[1]})",
            1 => $"P({names[0]} | {names[1]})",
            2 => $"P({names[0]} | do({names[1]}))",
            _ => stream.NextDouble() < 0.5 ? $"P({names[0]})" : $"P({string.Join(", ", names)})",
        };
        return RecoveryQuestion.Parse(graph, query);
    }
}
