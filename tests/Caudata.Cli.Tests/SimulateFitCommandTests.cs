using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Caudata.Records;

namespace Caudata.Cli.Tests;

/// <summary><c>caudata simulate fit</c> and <c>fidelity</c> as a user starts them, from ratings to a report.</summary>
public sealed class SimulateFitCommandTests : IDisposable
{
    private const string World = """
        world: known
        entities: { user: 400, item: 120 }
        variables:
          activity[user]: normal(-2, 0.8)
          popularity[item]: normal(0, 0.8)
          rating[user, item]: ordinal(normal(0, 1) + activity / 2, -1.5, -0.5, 0.3, 1)
        missing:
          rating: { logistic: activity + popularity }
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("caudata-fit-");

    public void Dispose() => _root.Delete(recursive: true);

    private (int Code, string Output, string Error) Run(params string[] arguments)
    {
        ProcessStartInfo start = new(ProgramTests.ProgramPath, arguments) { WorkingDirectory = _root.FullName, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8 };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(180_000));
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private string At(params string[] parts) => Path.Combine([_root.FullName, .. parts]);

    [Fact]
    public void A_world_that_cannot_be_written_is_told_before_the_fit()
    {
        File.WriteAllText(At("r.csv"), "user,item,rating\na,b,3\n");
        (int code, _, string error) = Run("simulate", "fit", "--ratings", "r.csv", "--out", "none/w.yaml");
        Assert.Equal(2, code);
        Assert.Contains("no folder 'none'", error, StringComparison.Ordinal);
        (code, _, error) = Run("simulate", "fit", "--ratings", "r.csv", "--out", "./r.csv");
        Assert.Equal(2, code);
        Assert.Contains("which is read too", error, StringComparison.Ordinal);
        Assert.StartsWith("user,item", File.ReadAllText(At("r.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Ratings_become_a_world_and_the_world_becomes_ratings_that_are_compared()
    {
        File.WriteAllText(At("known.yaml"), World);
        Assert.Equal(0, Run("simulate", "--world", "known.yaml", "--out", "known", "--format", "csv").Code);
        File.WriteAllLines(At("tags.csv"), ["item,tag,count", .. Enumerable.Range(0, 120).Select(i => $"{i},{(i % 3 == 0 ? "drama" : "müsik")},{i + 1}"), "nothing,drama,1"]);
        (int code, string output, string error) = Run("simulate", "fit", "--ratings", "known/user_item.csv", "--item-tags", "tags.csv", "--out", "w.yaml", "--json");
        Assert.True(code == 0, error);
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Equal(5, json.RootElement.GetProperty("summary").GetProperty("levels").GetInt32());
        string world = File.ReadAllText(At("w.yaml"));
        Assert.Contains("mnar_strength = 0", world, StringComparison.Ordinal);
        Assert.Contains("sum(tag.effect over item.tags)", world, StringComparison.Ordinal);
        Assert.Equal("unknown-item", JsonDocument.Parse(File.ReadAllLines(At("w-rejected.jsonl")).Single()).RootElement.GetProperty("reason").GetString());

        // The same bytes on one thread and on two.
        byte[] users = File.ReadAllBytes(At("w-users.parquet"));
        Assert.Equal(0, Run("simulate", "fit", "--ratings", "known/user_item.csv", "--item-tags", "tags.csv", "--out", "w.yaml", "--threads", "1").Code);
        Assert.Equal(world, File.ReadAllText(At("w.yaml")));
        Assert.Equal(users, File.ReadAllBytes(At("w-users.parquet")));

        (code, _, error) = Run("simulate", "--world", "w.yaml", "--seed", "2", "--out", "runs/w");
        Assert.True(code == 0, error);
        int real = File.ReadLines(At("known", "user_item.csv")).Count() - 1, drawn = TableReader.Read(At("runs", "w", "user_item.parquet"))[0].Numbers!.Length;
        Assert.Equal(real, drawn, real * 0.1);
        Assert.Equal(0, Run("simulate", "--world", "w.yaml", "--users", "1000", "--items", "60", "--out", "runs/other").Code);

        (code, output, error) = Run("simulate", "fidelity", "--real", "known/user_item.csv", "--synthetic", "runs/w/user_item.parquet", "--world", "w.yaml", "--out", "runs/f", "--json");
        Assert.True(code == 0, error);
        using JsonDocument fidelity = JsonDocument.Parse(output);
        Assert.InRange(fidelity.RootElement.GetProperty("summary").GetProperty("discriminator-auc").GetDouble(), 0.3, 0.75);
        foreach (string file in (string[])["report.html", "README.md", "fidelity.json", "summary.json", "rejected.jsonl", "run.yaml"])
        {
            Assert.True(File.Exists(At("runs", "f", file)), file);
        }

        string report = File.ReadAllText(At("runs", "f", "report.html"));
        Assert.Contains("müsik", report, StringComparison.Ordinal);
        Assert.Contains("co-rating", report, StringComparison.Ordinal);
        Assert.Equal(0, Run("runs", "show", "runs/f").Code);
        byte[] before = File.ReadAllBytes(At("runs", "f", "fidelity.json"));
        Assert.Equal(0, Run("runs", "resume", "runs/f").Code);
        Assert.Equal(before, File.ReadAllBytes(At("runs", "f", "fidelity.json")));
    }

    [Fact]
    public void Mistakes_and_losses_are_told()
    {
        (int code, _, string error) = Run("simulate", "fit", "--mnar-strength", "9", "--threads", "x", "--tag-column", "t");
        Assert.Equal(2, code);
        foreach (string part in (string[])["--ratings is not given", "--mnar-strength is '9'", "--threads is 'x'", "--tag-column is given without --item-tags"])
        {
            Assert.Contains(part, error, StringComparison.Ordinal);
        }

        Assert.Contains("--real is not given", Run("simulate", "fidelity", "--items", "3").Error, StringComparison.Ordinal);
        (code, _, error) = Run("simulate", "fit", "--ratings", "nowhere.csv");
        Assert.Equal(2, code);
        Assert.Contains("nowhere.csv is not there", error, StringComparison.Ordinal);
        File.WriteAllText(At("r.csv"), "user,item,rating\n1,1,5\n1,2,x\n2,1,4\n");
        (code, _, error) = Run("simulate", "fit", "--ratings", "r.csv", "--out", "r.yaml");
        Assert.Equal(4, code);
        Assert.Contains("1 of 3 rows were lost", error, StringComparison.Ordinal);
        Assert.Contains("not-a-number", File.ReadAllText(At("r-rejected.jsonl")), StringComparison.Ordinal);
        Assert.Equal(0, Run("simulate", "fit", "--ratings", "r.csv", "--out", "r.yaml", "--max-loss", "0.5").Code);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
