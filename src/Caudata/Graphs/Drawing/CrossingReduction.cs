namespace Caudata.Graphs.Drawing;

/// <summary>Orders the nodes of each layer so that few edges cross.</summary>
/// <remarks>Sweeps over the layers, each node to the mean place of its neighbours in the layer before or after [sugiyama1981], then swaps of neighbours; the best order of all sweeps is kept. Crossings are counted with a Fenwick tree in O(m log n) [barth2004]. Ties keep their order, so the same graph gives the same drawing.</remarks>
internal static class CrossingReduction
{
    private const int Sweeps = 24;

    public static void Run(LayeredGraph graph)
    {
        int[] place = new int[graph.LayerOf.Count];
        Place(graph, place);
        int[][] best = Copy(graph);
        long fewest = Count(graph, place);
        for (int sweep = 0, idle = 0; sweep < Sweeps && fewest > 0 && idle < 8; sweep++)
        {
            bool forward = sweep % 2 == 0;
            for (int k = 1; k < graph.Layers.Length; k++)
            {
                int layer = forward ? k : graph.Layers.Length - 1 - k;
                Sort(graph, graph.Layers[layer], forward ? graph.Before : graph.After, place);
            }

            if (graph.LayerOf.Count <= 1500)
            {
                Swap(graph, place);
            }

            long now = Count(graph, place);
            idle++;
            if (now < fewest)
            {
                (fewest, idle, best) = (now, 0, Copy(graph));
            }
        }

        for (int layer = 0; layer < best.Length; layer++)
        {
            graph.Layers[layer].Clear();
            graph.Layers[layer].AddRange(best[layer]);
        }
    }

    private static int[][] Copy(LayeredGraph graph) => [.. graph.Layers.Select(layer => layer.ToArray())];

    private static void Place(LayeredGraph graph, int[] place)
    {
        foreach (List<int> layer in graph.Layers)
        {
            for (int i = 0; i < layer.Count; i++)
            {
                place[layer[i]] = i;
            }
        }
    }

    private static void Sort(LayeredGraph graph, List<int> layer, List<(int Node, double Strength)>[] neighbours, int[] place)
    {
        Dictionary<int, double> mean = [];
        foreach (int v in layer)
        {
            double sum = 0, weight = 0;
            foreach ((int node, double strength) in neighbours[v])
            {
                // Places are relative to the size of their layer, so that nodes without neighbours can keep theirs.
                sum += strength * (place[node] + 0.5) / graph.Layers[graph.LayerOf[node]].Count;
                weight += strength;
            }

            mean[v] = weight > 0 ? sum / weight : (place[v] + 0.5) / layer.Count;
        }

        int[] sorted = [.. layer.OrderBy(v => mean[v])];
        for (int i = 0; i < sorted.Length; i++)
        {
            layer[i] = sorted[i];
            place[sorted[i]] = i;
        }
    }

    private static void Swap(LayeredGraph graph, int[] place)
    {
        bool better = true;
        for (int round = 0; better && round < 6; round++)
        {
            better = false;
            foreach (List<int> layer in graph.Layers)
            {
                for (int i = 1; i < layer.Count; i++)
                {
                    int a = layer[i - 1], b = layer[i];
                    if (Crossings(graph.Before, place, a, b) + Crossings(graph.After, place, a, b) > Crossings(graph.Before, place, b, a) + Crossings(graph.After, place, b, a))
                    {
                        (layer[i - 1], layer[i]) = (b, a);
                        (place[a], place[b]) = (i, i - 1);
                        better = true;
                    }
                }
            }
        }
    }

    private static int Crossings(List<(int Node, double Strength)>[] neighbours, int[] place, int upper, int lower)
    {
        int count = 0;
        foreach ((int a, _) in neighbours[upper])
        {
            foreach ((int b, _) in neighbours[lower])
            {
                count += place[a] > place[b] ? 1 : 0;
            }
        }

        return count;
    }

    private static long Count(LayeredGraph graph, int[] place)
    {
        long count = 0;
        for (int l = 1; l < graph.Layers.Length; l++)
        {
            int[] tree = new int[graph.Layers[l].Count + 1];
            int total = 0;
            foreach (int v in graph.Layers[l - 1])
            {
                int[] ends = [.. graph.After[v].Select(n => place[n.Node])];
                foreach (int end in ends)
                {
                    int before = 0;
                    for (int i = end + 1; i > 0; i -= i & -i)
                    {
                        before += tree[i];
                    }

                    count += total - before;
                }

                foreach (int end in ends)
                {
                    total++;
                    for (int i = end + 1; i < tree.Length; i += i & -i)
                    {
                        tree[i]++;
                    }
                }
            }
        }

        return count;
    }
}
