using Caudata.Graphs;
using Caudata.Identification;

namespace Caudata.Tests.Identification;

/// <summary>Two models for a hedge, after the proof that it forbids identification: all variables are parities of their causes along a forest; in the second model the inner part does not feel the outer one.</summary>
internal static class HedgeModels
{
    public static (StructuralModel One, StructuralModel Other) Of(CausalGraph graph, Hedge hedge)
    {
        int[] outer = hedge.Outer.ToArray();

        // One child each, within the inner part for its members.
        int[] child = new int[graph.Count];
        Array.Fill(child, -1);
        bool[] leads = new bool[graph.Count];
        foreach (int root in hedge.Roots.ToArray())
        {
            leads[root] = true;
        }

        foreach (int v in TopologicalOrder.Of(graph).Reverse().Where(v => hedge.Outer.Contains(v) && !hedge.Roots.Contains(v)))
        {
            VariableSet within = hedge.Inner.Contains(v) ? hedge.Inner : hedge.Outer;
            child[v] = graph.Children(v).ToArray().First(c => within.Contains(c) && leads[c]);
            leads[v] = true;
        }

        // A tree of bidirected edges over the inner part, grown over the outer one.
        HashSet<(int, int)> tree = [];
        HashSet<int> held = [hedge.Roots.ToArray()[0]];
        Grow(hedge.Inner);
        Grow(hedge.Outer);
        GraphEdge[] hidden = [.. graph.Edges.Where(e => e.Kind == EdgeKind.Bidirected)];

        return (Model(false), Model(true));

        void Grow(VariableSet within)
        {
            bool grown = true;
            while (grown)
            {
                grown = false;
                foreach (int v in held.ToArray())
                {
                    foreach (int w in graph.Siblings(v).ToArray().Where(w => within.Contains(w)))
                    {
                        if (held.Add(w))
                        {
                            tree.Add((Math.Min(v, w), Math.Max(v, w)));
                            grown = true;
                        }
                    }
                }
            }

            Assert.True(within.ToArray().All(held.Contains), "the part is not held together");
        }

        StructuralModel Model(bool deaf) => StructuralModel.Of(graph, (v, parents, causes) =>
        {
            if (!hedge.Outer.Contains(v))
            {
                return [0.5, 0.5];
            }

            bool Feels(int w) => !deaf || !hedge.Inner.Contains(v) || hedge.Inner.Contains(w);
            int parity = 0;
            int[] names = graph.Parents(v).ToArray();
            for (int k = 0; k < names.Length; k++)
            {
                parity ^= child[names[k]] == v && hedge.Outer.Contains(names[k]) && Feels(names[k]) ? parents[k] : 0;
            }

            GraphEdge[] mine = [.. hidden.Where(e => e.From == v || e.To == v)];
            for (int k = 0; k < mine.Length; k++)
            {
                parity ^= tree.Contains((mine[k].From, mine[k].To)) && Feels(mine[k].From == v ? mine[k].To : mine[k].From) ? causes[k] : 0;
            }

            return parity == 0 ? [1, 0] : [0, 1];
        });
    }
}
