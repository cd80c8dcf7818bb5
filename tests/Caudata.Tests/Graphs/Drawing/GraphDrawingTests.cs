using System.Globalization;
using System.Xml.Linq;
using Caudata.Graphs;
using Caudata.Graphs.Drawing;

namespace Caudata.Tests.Graphs.Drawing;

public sealed class GraphDrawingTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private sealed record Box(string Name, double Left, double Top, double Right, double Bottom);

    private static XElement Draw(CausalGraph graph, DrawingOptions? options = null) => XDocument.Parse(GraphDrawing.ToSvg(graph, options)).Root!;

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static Box[] Boxes(XElement svg) => [.. svg.Elements(Svg + "g").First().Elements(Svg + "g").Where(g => g.Elements(Svg + "text").Any()).Select(g => (Name: g.Element(Svg + "title")!.Value, Rect: g.Element(Svg + "rect")!))
        .Select(n => new Box(n.Name, Number(n.Rect, "x"), Number(n.Rect, "y"), Number(n.Rect, "x") + Number(n.Rect, "width"), Number(n.Rect, "y") + Number(n.Rect, "height")))];

    [Fact]
    public void Variables_do_not_overlap_and_causes_stand_left_of_their_effects()
    {
        for (ulong k = 0; k < 300; k++)
        {
            CausalGraph graph = RandomGraphs.Of(k + 300_000, 25);
            Box[] boxes = Boxes(Draw(graph));
            Assert.Equal(graph.Count, boxes.Length);
            for (int a = 0; a < boxes.Length; a++)
            {
                for (int b = a + 1; b < boxes.Length; b++)
                {
                    Assert.True(boxes[a].Right <= boxes[b].Left || boxes[b].Right <= boxes[a].Left || boxes[a].Bottom <= boxes[b].Top || boxes[b].Bottom <= boxes[a].Top, $"graph {k}: {boxes[a]} over {boxes[b]}");
                }
            }

            Assert.All(graph.Edges.Where(e => e.Kind == EdgeKind.Directed), e => Assert.True(boxes[e.From].Right < boxes[e.To].Left));
        }
    }

    [Fact]
    public void The_same_graph_gives_the_same_picture()
    {
        CausalGraph graph = CausalGraph.Parse(RandomGraphs.Large(60, 2, 5));
        Assert.Equal(GraphDrawing.ToSvg(graph), GraphDrawing.ToSvg(CausalGraph.Parse(graph.ToString())));
    }

    [Fact]
    public void Every_kind_has_its_sign_and_every_edge_its_heads()
    {
        CausalGraph graph = CausalGraph.Parse("latent U; U -> X[user,item] -> Y; X <-> Y; R_X; Y -> R_X; selection S; R_X -> S; exposure X; outcome Y");
        XElement svg = Draw(graph, new DrawingOptions { Title = "A <b>title</b> & more" });
        XElement[] groups = [.. svg.Elements(Svg + "g").First().Elements(Svg + "g")];
        Assert.Equal(["one", "one", "one", "one", "both", "latent", "observed exposure", "observed outcome", "indicator", "selection"], groups.Select(g => g.Attribute("class")!.Value));
        Assert.Equal([1, 1, 1, 1, 2], groups.Take(5).Select(g => g.Elements(Svg + "path").Count(p => p.Attribute("class")!.Value == "head")));
        Assert.Equal(2, groups[^1].Elements(Svg + "rect").Count());
        Assert.Equal("user, item", groups[6].Descendants(Svg + "tspan").Single().Value);
        Assert.Equal("A <b>title</b> & more", svg.Elements(Svg + "text").First().Value);
        Assert.Equal("X ↔ Y", groups[4].Element(Svg + "title")!.Value);
    }

    [Fact]
    public void A_path_is_set_off_and_the_rest_fades()
    {
        CausalGraph graph = CausalGraph.Parse("X -> C <- Y; C -> D; A -> X");
        ActivePath path = MSeparation.Witness(graph, graph.Set("X"), graph.Set("Y"), graph.Set("D"))!;
        XElement[] groups = [.. Draw(graph, DrawingOptions.Along(graph, path)).Elements(Svg + "g").First().Elements(Svg + "g")];
        Assert.Equal(["C", "C → D", "D", "X", "X → C", "Y", "Y → C"], groups.Where(g => g.Attribute("class")!.Value.EndsWith(" lit", StringComparison.Ordinal)).Select(g => g.Element(Svg + "title")!.Value).Order(StringComparer.Ordinal));
        Assert.Equal(["A", "A → X"], groups.Where(g => g.Attribute("class")!.Value.EndsWith(" dim", StringComparison.Ordinal)).Select(g => g.Element(Svg + "title")!.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Hostile_names_stay_text()
    {
        CausalGraph graph = CausalGraph.Parse("\"<script>alert(1)</script>\" -> \"a\\\" onload=x '&amp;\"");
        XElement svg = Draw(graph);
        Assert.Empty(svg.Descendants(Svg + "script"));
        Assert.Contains(svg.Descendants(Svg + "text"), t => t.Value == "a\" onload=x '&amp;");
    }

    [Fact]
    public void Arcs_stay_inside_of_the_picture()
    {
        foreach (string edges in new[] { "X -> M -> Y; X <-> Y", "X -> Y; X <-> Y", "W -> R -> X -> Y; W <-> X; W <-> Y", "A <-> B", "X" })
        {
            XElement svg = Draw(CausalGraph.Parse(edges));
            XElement group = svg.Elements(Svg + "g").First();
            double[] shift = [.. group.Attribute("transform")!.Value.Split('(', ')')[1].Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
            foreach (double[] point in group.Descendants(Svg + "path").Where(p => p.Attribute("class")!.Value == "edge").SelectMany(p => Points(p.Attribute("d")!.Value)))
            {
                Assert.InRange(point[0] + shift[0], 0, Number(svg, "width"));
                Assert.InRange(point[1] + shift[1], 0, Number(svg, "height"));
            }
        }

        static IEnumerable<double[]> Points(string path) => path.Split(['M', 'C', 'L'], StringSplitOptions.RemoveEmptyEntries).SelectMany(part => part.Split('H')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => double.Parse(v, CultureInfo.InvariantCulture)).Chunk(2).Where(pair => pair.Length == 2));
    }

    [Fact]
    public void Too_many_variables_are_refused()
    {
        Assert.Contains("a drawing shows at most 1000", Assert.Throws<GraphException>(() => GraphDrawing.ToSvg(CausalGraph.Parse(RandomGraphs.Large(1200, 2, 4)))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DrawingOptions.Along(CausalGraph.Parse("A -> B"), new ActivePath(["Q"], [], [])));
    }

    [Fact]
    public void A_large_drawing_takes_seconds_at_most()
    {
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        GraphDrawing.ToSvg(CausalGraph.Parse(RandomGraphs.Large(400, 1.5, 6)));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"took {watch.Elapsed}");
    }
}
