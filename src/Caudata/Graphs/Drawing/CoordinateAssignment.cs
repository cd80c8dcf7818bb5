namespace Caudata.Graphs.Drawing;

/// <summary>Heights of the nodes: near their neighbours, in their order, and apart.</summary>
/// <remarks>Sweeps over the layers; in each, the weighted least squares under the order and the distances, which pooling of adjacent violators solves exactly [barlow1972]. Bends weigh more among themselves, so that long edges stay level.</remarks>
internal static class CoordinateAssignment
{
    private const int Sweeps = 16;

    /// <summary>Heights of all nodes, shape [nodes], the smallest 0.</summary>
    /// <param name="graph">The layers, in order.</param>
    /// <param name="distance">Least distance of two neighbours in a layer, upper and lower.</param>
    public static double[] Heights(LayeredGraph graph, Func<int, int, double> distance)
    {
        double[] y = new double[graph.LayerOf.Count];
        foreach (List<int> layer in graph.Layers)
        {
            double at = 0;
            for (int i = 1; i < layer.Count; i++)
            {
                at += distance(layer[i - 1], layer[i]);
                y[layer[i]] = at;
            }

            foreach (int v in layer)
            {
                y[v] -= at / 2;
            }
        }

        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            for (int l = 1; l < graph.Layers.Length; l++)
            {
                Settle(graph, graph.Layers[l], y, distance, 1, 0);
            }

            for (int l = graph.Layers.Length - 2; l >= 0; l--)
            {
                Settle(graph, graph.Layers[l], y, distance, 0, 1);
            }
        }

        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (List<int> layer in graph.Layers)
            {
                Settle(graph, layer, y, distance, 1, 1);
            }
        }

        double top = y.DefaultIfEmpty().Min();
        return [.. y.Select(value => Math.Round(value - top, 1))];
    }

    private static void Settle(LayeredGraph graph, List<int> layer, double[] y, Func<int, int, double> distance, double before, double after)
    {
        int n = layer.Count;
        double[] wish = new double[n], weight = new double[n], offset = new double[n];
        for (int i = 0; i < n; i++)
        {
            int v = layer[i];
            offset[i] = i == 0 ? 0 : offset[i - 1] + distance(layer[i - 1], v);
            double sum = 0, total = 0;
            Pull(graph.Before[v], before);
            Pull(graph.After[v], after);
            weight[i] = total > 0 ? total : 0.01;
            wish[i] = (total > 0 ? sum / total : y[v]) - offset[i];

            void Pull(List<(int Node, double Strength)> neighbours, double side)
            {
                foreach ((int node, double strength) in neighbours)
                {
                    double pull = side * strength * (graph.IsBend(v), graph.IsBend(node)) switch { (true, true) => 10, (true, false) => 1, (false, true) => 0.25, _ => 1 };
                    sum += pull * y[node];
                    total += pull;
                }
            }
        }

        // Blocks of equal value: mean, weight, length.
        List<(double Mean, double Weight, int Length)> blocks = [];
        for (int i = 0; i < n; i++)
        {
            (double Mean, double Weight, int Length) block = (wish[i], weight[i], 1);
            while (blocks.Count > 0 && blocks[^1].Mean > block.Mean)
            {
                (double mean, double w, int length) = blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
                block = ((mean * w + block.Mean * block.Weight) / (w + block.Weight), w + block.Weight, length + block.Length);
            }

            blocks.Add(block);
        }

        int next = 0;
        foreach ((double mean, _, int length) in blocks)
        {
            for (int k = 0; k < length; k++, next++)
            {
                y[layer[next]] = mean + offset[next];
            }
        }
    }
}
