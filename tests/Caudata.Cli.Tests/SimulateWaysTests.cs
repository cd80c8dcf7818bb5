using System.Text.Json;
using System.Text.RegularExpressions;

namespace Caudata.Cli.Tests;

/// <summary>Ways into Simulate and out of it: schema, mistakes, RecBole, reasons, graph commands.</summary>
public sealed partial class SimulateWaysTests : IDisposable
{
    private const string World = """
        world: small
        entities: { user: 12, item: { table: items.csv, lists: { tags: tag } }, tag: { table: tags.csv } }
        variables:
          likes[user, tag]: { sample: { size: 2 }, latent: true }
          matched[user, item]: { count: likes over item.tags, latent: true }
          rating[user, item]: 2 + matched
        missing:
          rating: { logistic: rating, mean: 0.5 }
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("caudata-ways-");

    public void Dispose() => _root.Delete(recursive: true);

    private string At(params string[] parts) => Path.Combine([_root.FullName, .. parts]);

    private Task<CaudataProcess.End> Run(params string[] arguments) => CaudataProcess.RunAsync(_root.FullName, arguments);

    private void WriteWorld()
    {
        File.WriteAllText(At("w.yaml"), World);
        File.WriteAllText(At("items.csv"), "tags,title\n\"0,1\",The Newt\n\"2\",Axolotl\n");
        File.WriteAllText(At("tags.csv"), "tag,name\n0,slow\n1,wet\n2,bright\n");
    }

    [Fact]
    public async Task The_schema_is_printed_without_a_world()
    {
        CaudataProcess.End end = await Run("simulate", "--schema");
        Assert.Equal((0, ""), (end.Code, end.Error));
        using JsonDocument schema = JsonDocument.Parse(end.Output);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.RootElement.GetProperty("$schema").GetString());
        Assert.Equal(end.Output.Trim(), Simulation.WorldSchema.Text.Trim());
        end = await Run("simulate", "--schema", "--preset", "ctar");
        Assert.Equal(2, end.Code);
        Assert.Contains("--preset is given beside --schema", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mistakes_of_the_guide_are_what_the_program_says()
    {
        string guide = File.ReadAllText(Guide());
        Match shown = Mistakes().Match(guide);
        Assert.True(shown.Success);
        File.WriteAllText(At("shop.yaml"), shown.Groups[1].Value);
        CaudataProcess.End end = await Run("simulate", "--world", "shop.yaml");
        Assert.Equal(2, end.Code);
        Assert.Equal(shown.Groups[2].Value.Trim().Split('\n'), end.Error.Trim().Split('\n'));
        Assert.True(end.Error.Split('\n').Count(line => line.Contains("line ", StringComparison.Ordinal)) >= 12);
    }

    [Fact]
    public async Task RecBole_and_reasons_come_from_a_world_file_with_its_names()
    {
        WriteWorld();
        CaudataProcess.End end = await Run("simulate", "--world", "w.yaml", "--format", "recbole", "--instructions", "--out", "r");
        Assert.True(end.Code == 0, end.ToString());
        Assert.Equal("user_id:token\titem_id:token\trating:float", File.ReadLines(At("r", "r.inter")).First());
        Assert.Equal(["item_id:token\ttags:token_seq", "0\t0 1", "1\t2"], File.ReadLines(At("r", "r.item")));
        Assert.True(File.Exists(At("r", "r.user")));
        string[] records = File.ReadAllLines(At("r", "instructions.jsonl"));
        Assert.Equal(File.ReadLines(At("r", "r.inter")).Count() - 1, records.Length);
        Assert.Contains(records, r => r.Contains("(slow, wet)", StringComparison.Ordinal));
        Assert.All(records, r => Assert.True(r.Contains("The Newt", StringComparison.Ordinal) || r.Contains("Axolotl", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Graph_commands_read_world_files()
    {
        WriteWorld();
        CaudataProcess.End end = await Run("graph", "describe", "w.yaml");
        Assert.True(end.Code == 0, end.ToString());
        Assert.Contains("rating[user,item]  MNAR, self-masking  R_rating <- rating", end.Output, StringComparison.Ordinal);
        end = await Run("graph", "separate", "w.yaml", "--x", "likes", "--y", "rating", "--given", "matched");
        Assert.Equal("yes: likes and rating given matched are separated; no path is open\n", end.Output);
        Assert.Equal(0, (await Run("graph", "draw", "w.yaml", "--out", "w.svg")).Code);
        end = await Run("graph", "convert", "w.yaml", "--to", "edges");
        Assert.Contains("likes -> matched\nmatched -> rating\n", end.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("simulate", "--preset", "ctar", "--users", "20", "--items", "30", "--set", "rct_users=5", "--out", "c")).Code);
        end = await Run("graph", "separate", "c/world.yaml", "--x", "R_rating", "--y", "rating");
        Assert.True(end.Code == 0, end.ToString());
        File.WriteAllText(At("bad.yaml"), "entities: { user: 3 }\nvariables:\n  a[user]: b\n");
        end = await Run("graph", "draw", "bad.yaml");
        Assert.Equal(2, end.Code);
        Assert.Contains("bad.yaml: line 3, column 12: 'b' is no variable", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_options_are_told_with_the_nearest_one()
    {
        WriteWorld();
        foreach ((string[] arguments, string message) in new (string[], string)[]
        {
            (["simulate", "--preset", "ctra"], "--preset names 'ctra'; expected one of "),
            (["simulate", "--preset", "ctra"], "Did you mean 'ctar'?"),
            (["simulate", "--preset", "ctar", "--format", "recbol"], "--format names 'recbol'; expected one of csv, parquet, recbole, selection-log, ctar. Did you mean 'recbole'?"),
            (["simulate", "--preset", "ctar", "--formt", "csv"], "there is no option '--formt'; expected one that caudata simulate --help lists. Did you mean '--format'?"),
            (["simulate", "--world", "w.yaml", "--instructions", "obsrved"], "--instructions names 'obsrved'; expected truth or observed. Did you mean 'observed'?"),
            (["simulate", "--world", "w.yaml", "--instructions", "observed"], "--instructions observed is given without --preset ctar"),
            (["graph", "draw", "--edges", "X -> Y", "--out", "x.png"], "--out is 'x.png'; expected a name that ends in .svg"),
            (["graph", "convert", "--edges", "X -> Y", "--out", "x.svg"], "A picture is made by 'caudata graph draw'."),
            (["graph", "convert", "--edges", "X -> Y", "--to", "yml"], "Did you mean 'yaml'?"),
        })
        {
            CaudataProcess.End end = await Run(arguments);
            Assert.True(end.Code == 2, end.ToString());
            Assert.Contains(message, end.Error, StringComparison.Ordinal);
        }

        File.WriteAllText(At("plain.yaml"), "entities: { user: 3 }\nvariables:\n  a[user]: normal(0, 1)\n");
        CaudataProcess.End both = await Run("simulate", "--world", "plain.yaml", "--format", "recbole", "--instructions");
        Assert.Contains("--format recbole: The world 'world' observes no variable over a pair", both.Error, StringComparison.Ordinal);
        Assert.Contains("--instructions: The world 'world' observes no variable over a pair", both.Error, StringComparison.Ordinal);
        Assert.Contains("What is no graph is left behind", string.Join(' ', (await Run("graph", "convert", "--help")).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static string Guide()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "caudata.slnx")))
        {
            at = at.Parent;
        }

        return Path.Combine(at!.FullName, "docs", "simulate.md");
    }

    [GeneratedRegex("### Mistakes.*?```yaml\n(.*?)```.*?```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Mistakes();
}
