using System.Diagnostics;
using Caudata.Graphs;
using Caudata.Graphs.Formats;
using Caudata.Numerics;

namespace Caudata.Tests.Graphs.Formats;

/// <summary>Texts that want to take for ever, or the stack.</summary>
public sealed class HostileTextTests
{
    private const int Million = 1_000_000;

    public static TheoryData<string> Names => [.. Texts().Keys];

    private static Dictionary<string, Func<string>> Texts() => new()
    {
        ["braces"] = () => "digraph " + new string('{', Million),
        ["dagitty braces"] = () => "dag " + new string('{', Million),
        ["brackets"] = () => new string('[', Million),
        ["gml lists"] = () => string.Concat(Enumerable.Repeat("graph [ ", Million / 8)),
        ["yaml flow"] = () => "variables: " + new string('[', Million),
        ["yaml maps"] = () => "variables: " + string.Concat(Enumerable.Repeat("{a: ", Million / 4)),
        ["yaml blocks"] = () => string.Concat(Enumerable.Range(0, 1200).Select(k => new string(' ', k) + "a:\n")),
        ["yaml aliases"] = () => "a: &a [x,x]\n" + string.Concat(Enumerable.Range(1, 60).Select(k => $"b{k}: &b{k} [*b{k - 1},*b{k - 1}]\n")),
        ["quotes"] = () => "X -> " + new string('"', Million),
        ["backslashes"] = () => "X -> \"" + new string('\\', Million),
        ["arrows"] = () => string.Concat(Enumerable.Repeat("->", Million / 2)),
        ["angles"] = () => "digraph { a " + new string('<', Million),
        ["semicolons"] = () => new string(';', Million),
        ["comments"] = () => "digraph {" + string.Concat(Enumerable.Repeat("/*", Million / 2)),
        ["one long name"] = () => new string('x', Million),
        ["groups"] = () => "digraph { {" + string.Join(' ', Enumerable.Range(0, 3000)) + "} -> {" + string.Join(' ', Enumerable.Range(3000, 3000)) + "} }",
        ["attributes"] = () => "digraph { a [" + string.Concat(Enumerable.Repeat("latent=true,", Million / 12)) + "] }",
        ["defaults"] = () => "digraph { " + string.Concat(Enumerable.Repeat("node [latent=true]; ", 20_000)) + string.Join(' ', Enumerable.Range(0, 20_000)) + "}",
        ["gml keys"] = () => "graph [ node [ " + string.Concat(Enumerable.Repeat("id 1 ", Million / 5)) + "] ]",
        ["garbage"] = () => Garbage(1, Million),
        ["nul"] = () => new string('\0', Million),
        ["surrogates"] = () => new string('\ud800', Million),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_text_is_refused_soon_in_every_format(string name)
    {
        string text = Texts()[name]();
        foreach (GraphFormat format in Enum.GetValues<GraphFormat>())
        {
            Stopwatch watch = Stopwatch.StartNew();
            try
            {
                CausalGraph.Parse(text, format);
            }
            catch (GraphException e)
            {
                Assert.InRange(e.Mistakes.Length, 1, GraphLimits.Mistakes + 1);
                Assert.All(e.Mistakes, m => Assert.True(m.Message.Length < 2000));
            }

            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{format} took {watch.Elapsed}");
        }
    }

    [Fact]
    public void Broken_texts_give_mistakes_and_nothing_else()
    {
        RandomStream stream = new(7, "mutations");
        for (ulong k = 0; k < 3000; k++)
        {
            GraphFormat format = (GraphFormat)(k % 5);
            char[] text = GraphFormats.Write(RandomGraphs.Of(k, 8, awkward: true), format).ToCharArray();
            for (int change = 0; change < 3 && text.Length > 0; change++)
            {
                text[stream.NextInt32(text.Length)] = "{}[]\"\\;,:->< \n#&*|'x0\0"[stream.NextInt32(22)];
            }

            try
            {
                CausalGraph.Parse(new string(text), format);
            }
            catch (GraphException e)
            {
                Assert.NotEmpty(e.Mistakes);
            }
        }
    }

    [Theory]
    [InlineData(GraphFormat.Yaml)]
    [InlineData(GraphFormat.Dot)]
    [InlineData(GraphFormat.Gml)]
    [InlineData(GraphFormat.Dagitty)]
    [InlineData(GraphFormat.Edges)]
    public void Ten_thousand_variables_go_through_every_format(GraphFormat format)
    {
        CausalGraph graph = CausalGraph.Parse(RandomGraphs.Large(10_000, 3, 2));
        Stopwatch watch = Stopwatch.StartNew();
        Assert.Equal(graph, GraphFormats.Read(GraphFormats.Write(graph, format), format));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{format} took {watch.Elapsed}");
    }

    private static string Garbage(ulong seed, int length)
    {
        RandomStream stream = new(seed, "garbage");
        return string.Create(length, stream, static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = (char)(32 + from.NextInt32(96));
            }
        });
    }
}
