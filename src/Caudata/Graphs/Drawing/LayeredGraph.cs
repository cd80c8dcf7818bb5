namespace Caudata.Graphs.Drawing;

/// <summary>A graph in layers in which every edge leads to the next layer: edges over more layers pass through bends, which are nodes without size.</summary>
internal sealed class LayeredGraph
{
    /// <summary>Most bends of a drawing.</summary>
    private const int MostBends = 100_000;

    public LayeredGraph(CausalGraph graph)
    {
        Graph = graph;
        int[] layer = LayerAssignment.Of(graph);
        LayerOf = [.. layer];
        Edges = [.. graph.Edges];
        Chains = new int[Edges.Length][];
        for (int e = 0; e < Edges.Length; e++)
        {
            (int left, int right) = layer[Edges[e].From] <= layer[Edges[e].To] ? (Edges[e].From, Edges[e].To) : (Edges[e].To, Edges[e].From);
            int[] chain = new int[layer[right] - layer[left] + 1];
            chain[0] = left;
            for (int k = 1; k < chain.Length - 1; k++)
            {
                if (LayerOf.Count - graph.Count >= MostBends)
                {
                    throw new GraphException($"The drawing needs more than {MostBends} bends; expected fewer. Draw a part of the graph.");
                }

                chain[k] = LayerOf.Count;
                LayerOf.Add(layer[left] + k);
            }

            chain[^1] = right;
            Chains[e] = Edges[e].From == Edges[e].To || chain.Length > 1 ? chain : [left, right];
        }

        int layers = LayerOf.Count == 0 ? 0 : LayerOf.Max() + 1;
        Layers = [.. Enumerable.Range(0, layers).Select(_ => new List<int>())];
        Before = [.. LayerOf.Select(_ => new List<(int, double)>())];
        After = [.. LayerOf.Select(_ => new List<(int, double)>())];
        for (int v = 0; v < LayerOf.Count; v++)
        {
            Layers[LayerOf[v]].Add(v);
        }

        for (int e = 0; e < Edges.Length; e++)
        {
            // Bidirected edges follow the directed ones, which carry the flow of the picture.
            double strength = Edges[e].Kind == EdgeKind.Directed ? 1 : 0.01;
            for (int k = 1; k < Chains[e].Length && !IsFlat(e); k++)
            {
                After[Chains[e][k - 1]].Add((Chains[e][k], strength));
                Before[Chains[e][k]].Add((Chains[e][k - 1], strength));
            }
        }

        // An indicator without edges stands beside its variable.
        foreach (Variable v in graph.Variables.Where(v => v.Of is not null && LayerAssignment.IsAlone(graph, v.Id)))
        {
            After[v.Of!.Value].Add((v.Id, 0.1));
            Before[v.Id].Add((v.Of.Value, 0.1));
        }
    }

    public CausalGraph Graph { get; }

    /// <summary>Layer of each node; the variables come first.</summary>
    public List<int> LayerOf { get; }

    public GraphEdge[] Edges { get; }

    /// <summary>Nodes of each edge from left to right; two of one layer for a flat edge.</summary>
    public int[][] Chains { get; }

    /// <summary>Nodes of each layer from top to bottom.</summary>
    public List<int>[] Layers { get; }

    public List<(int Node, double Strength)>[] Before { get; }

    public List<(int Node, double Strength)>[] After { get; }

    public bool IsBend(int node) => node >= Graph.Count;

    /// <summary>True when the node is a bend of a bidirected edge.</summary>
    public bool IsSoftBend(int node) => IsBend(node) && Before[node].TrueForAll(n => n.Strength < 0.1);

    /// <summary>True when both ends stand in one layer: only bidirected edges can.</summary>
    public bool IsFlat(int edge) => LayerOf[Chains[edge][0]] == LayerOf[Chains[edge][^1]];
}
