using System.Text.Json;
using Caudata.Graphs;
using Caudata.Graphs.Formats;

namespace Caudata.Tests.Graphs;

/// <summary>Graphs of the literature beside the repository, with what dagitty says of them.</summary>
public sealed class ReferenceGraphTests
{
    private sealed record Reference(string Name, CausalGraph Graph, string Treatment, string Outcome, string[][] Adjustment, int Independences);

    [Fact]
    public void They_go_through_every_format() =>
        Assert.All(References(), r => Assert.All(Enum.GetValues<GraphFormat>(), format => Assert.Equal(r.Graph, GraphFormats.Read(GraphFormats.Write(r.Graph, format), format))));

    [Fact]
    public void The_minimal_adjustment_sets_of_dagitty_separate_in_the_back_door_graph_and_cannot_be_made_smaller()
    {
        int sets = 0;
        foreach (Reference r in References())
        {
            VariableSet x = r.Graph.Set(r.Treatment), y = r.Graph.Set(r.Outcome), towards = Ancestors.Of(r.Graph, y);
            GraphDescription all = r.Graph.ToDescription();
            CausalGraph backDoor = CausalGraph.Create(all with { Edges = [.. all.Edges.Where(e => e.Kind == EdgeKind.Bidirected || e.From != r.Treatment || !towards.Contains(r.Graph.Set(e.To).ToArray()[0]))] });
            foreach (string[] set in r.Adjustment)
            {
                sets++;
                Assert.True(MSeparation.Holds(backDoor, x, y, backDoor.Set(set)), $"{r.Name}: {string.Join(", ", set)}");
                Assert.All(set, left => Assert.False(MSeparation.Holds(backDoor, x, y, backDoor.Set([.. set.Where(v => v != left)])), $"{r.Name}: {string.Join(", ", set)} without {left}"));
            }
        }

        Assert.True(sets > 50, $"{sets} sets");
    }

    [Fact]
    public void Where_dagitty_sees_no_independence_there_is_none_and_the_other_way_round() =>
        Assert.All(References(), r =>
        {
            int count = ImpliedIndependences.Of(r.Graph).Statements.Length;
            Assert.True(count <= r.Independences && count == 0 == (r.Independences == 0), $"{r.Name}: {count}, dagitty lists {r.Independences} with all minimal sets");
        });

    private static List<Reference> References()
    {
        string folder = Folder();
        using JsonDocument graphs = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "graphs.json"))), answers = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "dagitty.json")));
        Dictionary<string, JsonElement> byName = answers.RootElement.EnumerateArray().ToDictionary(a => a.GetProperty("name").GetString()!);
        List<Reference> references = [];
        foreach (JsonElement g in graphs.RootElement.EnumerateArray())
        {
            string[] Names(string key) => [.. g.GetProperty(key).EnumerateArray().Select(n => n.GetString()!)];
            IEnumerable<EdgeDeclaration> Edges(string key, EdgeKind kind) => g.GetProperty(key).EnumerateArray().Select(e => new EdgeDeclaration(e[0].GetString()!, e[1].GetString()!, kind));
            JsonElement answer = byName[g.GetProperty("name").GetString()!];
            CausalGraph graph = CausalGraph.Create(new GraphDescription
            {
                Variables = [.. Names("observed").Select(n => new VariableDeclaration(n)), .. Names("latent").Select(n => new VariableDeclaration(n) { Kind = VariableKind.Latent })],
                Edges = [.. Edges("directed", EdgeKind.Directed), .. Edges("bidirected", EdgeKind.Bidirected)],
            });
            references.Add(new Reference(g.GetProperty("name").GetString()!, graph, g.GetProperty("treatment").GetString()!, g.GetProperty("outcome").GetString()!,
                [.. answer.GetProperty("total").EnumerateArray().Select(s => s.EnumerateArray().Select(n => n.GetString()!).ToArray())], answer.GetProperty("implied_independencies").GetInt32()));
        }

        return references;
    }

    private static string Folder()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            string candidate = Path.Combine(d.FullName, "shared", "reference", "causal");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        Assert.Skip("The reference graphs are not on this machine; they lie in shared/reference beside the repository.");
        return "";
    }
}
