using Caudata.Graphs;
using Caudata.Graphs.Formats;

namespace Caudata.Tests.Graphs.Formats;

public sealed class RoundTripTests
{
    [Theory]
    [InlineData(GraphFormat.Yaml)]
    [InlineData(GraphFormat.Dot)]
    [InlineData(GraphFormat.Gml)]
    [InlineData(GraphFormat.Dagitty)]
    [InlineData(GraphFormat.Edges)]
    public void Every_format_gives_the_same_graph_back_whatever_the_names(GraphFormat format)
    {
        for (ulong k = 0; k < 3000; k++)
        {
            CausalGraph graph = RandomGraphs.Of(k, 10, awkward: k % 3 != 0);
            string text = GraphFormats.Write(graph, format);
            CausalGraph again;
            try
            {
                again = GraphFormats.Read(text, format);
            }
            catch (GraphException e)
            {
                throw new InvalidOperationException($"graph {k}: {e.Message}\n{text}", e);
            }

            Assert.True(graph.Equals(again), $"graph {k}\n{text}\nread as\n{GraphFormats.Write(again, format)}");
            Assert.Equal(text, GraphFormats.Write(again, format));
            Assert.True(GraphFormats.OfText(text) == format || (format == GraphFormat.Edges && k % 3 != 0), $"graph {k} is taken for {GraphFormats.OfText(text)}\n{text}");
        }
    }

    [Theory]
    [InlineData("a\\")]
    [InlineData("a\\\"b")]
    public void A_backslash_that_DOT_cannot_write_is_refused_and_other_formats_take_it(string name)
    {
        CausalGraph graph = CausalGraph.Create(new GraphDescription { Variables = [new VariableDeclaration(name)] });
        Assert.Contains("which DOT cannot write", Assert.Throws<GraphException>(() => GraphFormats.Write(graph, GraphFormat.Dot)).Message, StringComparison.Ordinal);
        Assert.All([GraphFormat.Yaml, GraphFormat.Gml, GraphFormat.Dagitty, GraphFormat.Edges], format => Assert.Equal(graph, GraphFormats.Read(GraphFormats.Write(graph, format), format)));
    }

    [Theory]
    [InlineData("digraph { a -> b }", GraphFormat.Dot)]
    [InlineData("/* x */ strict digraph \"g\" {}", GraphFormat.Dot)]
    [InlineData("graph { a }", GraphFormat.Dot)]
    [InlineData("graph g {\n a [label=x] }", GraphFormat.Dot)]
    [InlineData("graph [ node [ id 1 ] ]", GraphFormat.Gml)]
    [InlineData("Creator \"x\"\ngraph\n[ ]", GraphFormat.Gml)]
    [InlineData("# remark\ngraph\n[\n]", GraphFormat.Gml)]
    [InlineData("dag { x -> y }", GraphFormat.Dagitty)]
    [InlineData("dag{x}", GraphFormat.Dagitty)]
    [InlineData("mag { x }", GraphFormat.Dagitty)]
    [InlineData("dag -> y", GraphFormat.Edges)]
    [InlineData("graph -> y", GraphFormat.Edges)]
    [InlineData("variables:\n  x: {}", GraphFormat.Yaml)]
    [InlineData("# remark\nentities: { user: 3 }", GraphFormat.Yaml)]
    [InlineData("graph:\n  x: [1]", GraphFormat.Yaml)]
    [InlineData("{ variables: [x] }", GraphFormat.Yaml)]
    [InlineData("X -> Y; X <-> Z", GraphFormat.Edges)]
    [InlineData("latent U\nU -> X", GraphFormat.Edges)]
    [InlineData("", GraphFormat.Edges)]
    public void The_format_shows_at_the_beginning(string text, GraphFormat format) => Assert.Equal(format, GraphFormats.OfText(text));

    [Theory]
    [InlineData("a/b.yml", GraphFormat.Yaml)]
    [InlineData("b.GV", GraphFormat.Dot)]
    [InlineData("b.gml", GraphFormat.Gml)]
    [InlineData("b.dagitty", GraphFormat.Dagitty)]
    [InlineData("b.edges", GraphFormat.Edges)]
    [InlineData("b.txt", null)]
    public void The_format_shows_in_the_extension(string file, GraphFormat? format) => Assert.Equal(format, GraphFormats.OfFileName(file));
}
