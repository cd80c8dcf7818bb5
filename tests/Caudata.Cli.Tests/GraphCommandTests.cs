using System.Text.Json;
using System.Xml.Linq;

namespace Caudata.Cli.Tests;

/// <summary><c>caudata graph</c> as a user runs it.</summary>
public sealed class GraphCommandTests : IDisposable
{
    private const string Ratings = """
        entities: [user, item]
        variables:
          popularity[item]: {}
          quality[item]: { latent: true }
          rating[user, item]: { parents: [quality, popularity], role: outcome }
        missing:
          rating: { parents: [popularity] }
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("caudata-graph-");

    public void Dispose() => _root.Delete(recursive: true);

    private string At(string name) => Path.Combine(_root.FullName, name);

    private Task<CaudataProcess.End> Run(params string[] arguments) => CaudataProcess.RunAsync(_root.FullName, ["graph", .. arguments]);

    [Fact]
    public async Task Separate_says_no_with_the_open_path_and_yes_without()
    {
        string[] edges = ["separate", "--edges", "X -> C <- Y; C -> D"];
        CaudataProcess.End end = await Run([.. edges, "--x", "X", "--y", "Y"]);
        Assert.Equal((0, "yes: X and Y are separated; no path is open\n", ""), (end.Code, end.Output, end.Error));
        end = await Run([.. edges, "--x", "X", "--y", "Y", "--given", "D"]);
        Assert.Equal((0, "no: X and Y given D are not separated\nopen path: X -> C <- Y\nopened by: C is a cause of D, which is conditioned on (C -> D)\n"), (end.Code, end.Output));
        end = await Run([.. edges, "--x", "X", "--y", "Y", "--given", "D", "--json", "--out", "path.svg"]);
        using JsonDocument json = JsonDocument.Parse(end.Output);
        Assert.False(json.RootElement.GetProperty("separated").GetBoolean());
        Assert.Equal("X -> C <- Y", json.RootElement.GetProperty("openPath").GetProperty("text").GetString());
        Assert.Equal("D", json.RootElement.GetProperty("openPath").GetProperty("openings")[0][1].GetString());
        Assert.Contains(XDocument.Load(At("path.svg")).Descendants(), e => e.Attribute("class")?.Value == "one lit");
        end = await Run("separate", "--edges", "X <- U -> Y", "--latent", "U", "--x", "X", "--y", "Y", "--given", "U");
        Assert.Equal((0, "caudata: 'U' is latent: the answer holds in theory, but no data can condition on it."), (end.Code, end.Error));
    }

    [Fact]
    public async Task Describe_says_how_each_variable_goes_missing()
    {
        await File.WriteAllTextAsync(At("ratings.yaml"), Ratings);
        CaudataProcess.End end = await Run("describe", "ratings.yaml");
        Assert.True(end.Code == 0, end.ToString());
        Assert.Contains("variables  2 observed, 1 latent, 1 indicator\n", end.Output, StringComparison.Ordinal);
        Assert.Contains("rating[user,item]  MAR    R_rating <- popularity\n", end.Output, StringComparison.Ordinal);
        end = await Run("describe", "ratings.yaml", "--json");
        using JsonDocument json = JsonDocument.Parse(end.Output);
        JsonElement rating = json.RootElement.GetProperty("variables")[2];
        Assert.Equal("MAR", rating.GetProperty("missingness").GetProperty("class").GetString());
        Assert.Equal("outcome", rating.GetProperty("role").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("independences").GetArrayLength());
        Assert.False(json.RootElement.GetProperty("moreIndependences").GetBoolean());
    }

    [Fact]
    public async Task Convert_goes_round_through_every_format_by_extension()
    {
        await File.WriteAllTextAsync(At("a.yaml"), Ratings);
        string from = "a.yaml";
        foreach (string name in new[] { "b.dot", "c.gml", "d.dagitty", "e.edges", "f.yaml" })
        {
            CaudataProcess.End end = await Run("convert", from, "--out", name);
            Assert.True(end.Code == 0, end.ToString());
            from = name;
        }

        CaudataProcess.End first = await Run("convert", "a.yaml"), last = await Run("convert", "f.yaml", "--to", "yaml");
        Assert.Equal(first.Output, last.Output);
        Assert.Equal("dag {\n  X\n  Y\n  X -> Y\n}\n", (await Run("convert", "--edges", "X -> Y", "--to", "dagitty")).Output);
    }

    [Fact]
    public async Task Draw_writes_a_picture_with_what_is_set_off()
    {
        CaudataProcess.End end = await Run("draw", "--edges", "X -> M -> Y; X <-> Y", "--highlight", "M, X -> M", "--title", "Front-door", "--out", "a.svg");
        Assert.True(end.Code == 0, end.ToString());
        Assert.Equal("wrote a.svg: 3 variables, 2 directed and 1 bidirected edges", end.Error);
        XDocument svg = XDocument.Load(At("a.svg"));
        Assert.Equal(3, svg.Descendants().Count(e => e.Attribute("class")?.Value.EndsWith(" lit", StringComparison.Ordinal) == true));
        end = await Run("draw", "--edges", "X -> Y", "--highlight", "Y -> X");
        Assert.Equal((2, "caudata: --highlight names the edge 'Y' -> 'X', which the graph does not have; expected one of its edges. Correct it, or name the variables."), (end.Code, end.Error));
    }

    [Fact]
    public async Task All_mistakes_come_at_once_with_their_places_and_exit_code_2()
    {
        await File.WriteAllTextAsync(At("bad.yaml"), "variables:\n  A: { parents: [B, A] }\n  C: { latent: 3 }\nmissing: { Q: {} }\n");
        CaudataProcess.End end = await Run("describe", "bad.yaml");
        Assert.Equal(2, end.Code);
        Assert.Equal("", end.Output);
        Assert.Equal(["line 2, column 18", "line 2, column 21", "line 3, column 16", "line 4, column 12"], end.Error.Split('\n').Select(l => l.Replace("caudata: bad.yaml: ", "", StringComparison.Ordinal).Split(':')[0]));
        end = await Run("describe", "bad.yaml", "--json");
        using JsonDocument json = JsonDocument.Parse(end.Output);
        Assert.Equal(4, json.RootElement.GetProperty("errors").GetArrayLength());
        foreach ((string[] arguments, string message) in new (string[], string)[]
        {
            (["draw"], "no graph is given; expected a file or --edges."),
            (["draw", "x.yaml", "--edges", "X"], "a graph is given twice, 'x.yaml' and --edges; expected one."),
            (["draw", "none.yaml"], "'none.yaml' cannot be read:"),
            (["draw", "."], "'.' is a folder; expected a file."),
            (["convert", "--edges", "X", "--to", "png"], "--to is 'png'; expected one of yaml, dot, gml, dagitty, edges."),
            (["convert", "--edges", ""], "--edges holds no variables;"),
            (["separate", "--edges", "X -> Y", "--x", "X", "--y", "X"], "'X' stands in --x and --y;"),
            (["separate", "--edges", "X -> Y", "--x", "Q", "--y", "Z"], "there is no variable 'Z';"),
            (["describe", "--edges", "X -> Y -> X"], "a cycle: 'X' -> 'Y' -> 'X';"),
            (["describe", "x.yaml", "--latent", "U"], "--latent stands without --edges;"),
        })
        {
            end = await Run(arguments);
            Assert.True(end.Code == 2, end.ToString());
            Assert.Contains(message, end.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", end.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Help_shows_an_example_that_works()
    {
        foreach (string command in new[] { "draw", "convert", "separate", "describe" })
        {
            CaudataProcess.End end = await Run(command, "--help");
            Assert.Equal(0, end.Code);
            Assert.Contains($"Example:\n  caudata graph {command} --edges", end.Output, StringComparison.Ordinal);
        }

        Assert.Contains("Example:\n  caudata graph describe", (await Run()).Output, StringComparison.Ordinal);
    }
}
