using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Caudata.Cli.Tests;

/// <summary><c>caudata simulate</c> as a user starts it.</summary>
public sealed class SimulateCommandTests : IDisposable
{
    private const string World = """
        world: small
        entities: { user: 30, item: { table: items.csv } }
        variables:
          taste[user]: { normal: { mean: 0, sd: 1 }, latent: true }
          rating[user, item]: clip(round(item.quality + taste + normal(0, 1)), 1, 5)
        missing:
          rating: { logistic: rating, mean: 0.2 }
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("caudata-simulate-");

    public void Dispose() => _root.Delete(recursive: true);

    private (int Code, string Output, string Error) Run(params string[] arguments)
    {
        ProcessStartInfo start = new(ProgramTests.ProgramPath, arguments) { WorkingDirectory = _root.FullName, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8 };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(120_000));
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private string File(params string[] parts) => Path.Combine([_root.FullName, .. parts]);

    private void WriteWorld()
    {
        System.IO.File.WriteAllText(File("w.yaml"), World);
        System.IO.File.WriteAllText(File("items.csv"), "quality,name\n2,a\n3,b\n4.5,c\n");
    }

    [Fact]
    public void The_preset_ctar_writes_its_files()
    {
        (int code, string output, string error) = Run("simulate", "--preset", "ctar", "--seed", "4", "--users", "60", "--items", "80", "--out", "runs/c", "--json");
        Assert.True(code == 0, error);
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Equal("finished", json.RootElement.GetProperty("state").GetString());
        foreach ((string file, string header) in ((string, string)[])[("movie.csv", "movieid,taglist"), ("rating.csv", "userid,movieid,rating"), ("obstag.csv", "userid,movieid,tagid"), ("rcttag.csv", "userid,movieid,tagid"), ("test_1.csv", "userid,tagid,islike"), ("test_3.csv", "userid,tagid,islike")])
        {
            Assert.Equal(header, System.IO.File.ReadLines(File("runs", "c", file)).First());
        }

        Assert.Equal(81, System.IO.File.ReadLines(File("runs", "c", "movie.csv")).Count());
        Assert.Contains("R_obstag &lt;- rating", System.IO.File.ReadAllText(File("runs", "c", "report.html")), StringComparison.Ordinal);
        Assert.Contains("MNAR", System.IO.File.ReadAllText(File("runs", "c", "README.md")), StringComparison.Ordinal);
        Assert.True(System.IO.File.Exists(File("runs", "c", "run.yaml")) && System.IO.File.Exists(File("runs", "c", "rejected.jsonl")));
        Assert.Equal(0, Run("runs", "show", "runs/c").Code);
        Dictionary<string, byte[]> before = Directory.GetFiles(File("runs", "c"), "*.csv").ToDictionary(f => f, System.IO.File.ReadAllBytes);
        Assert.Equal(0, Run("runs", "resume", "runs/c").Code);
        Assert.All(before, pair => Assert.Equal(pair.Value, System.IO.File.ReadAllBytes(pair.Key)));
        Assert.Equal(2, Run("simulate", "--preset", "ctar", "--seed", "5", "--users", "60", "--items", "80", "--out", "runs/c").Code);
    }

    [Theory]
    [InlineData("ctar-hetero")]
    [InlineData("ctar-weighted")]
    [InlineData("exposure-mnar")]
    [InlineData("conformity")]
    [InlineData("clickbait")]
    [InlineData("confounded-popularity")]
    [InlineData("semi-synthetic")]
    [InlineData("semi-synthetic-conversion")]
    [InlineData("saito-implicit")]
    public void Every_preset_runs_to_its_report_and_card(string preset)
    {
        (int code, string output, string error) = Run("simulate", "--preset", preset, "--seed", "1", "--users", "60", "--items", "80", "--out", "r", "--truth", "--json");
        Assert.True(code == 0, error);
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Equal("finished", json.RootElement.GetProperty("state").GetString());
        string card = System.IO.File.ReadAllText(File("r", "README.md")), report = System.IO.File.ReadAllText(File("r", "report.html"));
        Assert.Contains("## Baselines", card, StringComparison.Ordinal);
        Assert.Contains("## Sources of the model", card, StringComparison.Ordinal);
        Assert.Contains(preset, report, StringComparison.Ordinal);
        Assert.True(System.IO.File.Exists(File("r", preset.StartsWith("ctar", StringComparison.Ordinal) ? "test_3.csv" : "user_item.parquet")));
        Assert.Equal(preset.StartsWith("ctar", StringComparison.Ordinal), card.Contains("test_3, tag frequency: AUC 0.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_preset_says_the_nearest()
    {
        (int code, string _, string error) = Run("simulate", "--preset", "conformty");
        Assert.Equal(2, code);
        Assert.Contains("--preset names 'conformty'; expected one of clickbait, conformity,", error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'conformity'?", error, StringComparison.Ordinal);
        Assert.Contains("saito-implicit", Run("simulate", "--help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_not_finite_ends_the_run_with_its_place()
    {
        System.IO.File.WriteAllText(File("log.yaml"), "entities: { user: 3 }\nvariables:\n  a[user]: normal(0, 1)\n  b[user]: 1 + log(a)\n");
        (int code, string output, string error) = Run("simulate", "--world", "log.yaml", "--out", "n", "--json");
        Assert.Equal(2, code);
        Assert.Contains("log.yaml: line 4, column 16: b[user] is no finite number: log(a) is not a number at user ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Equal(1, json.RootElement.GetProperty("errors").GetArrayLength());
        Assert.False(System.IO.File.Exists(File("n", "user.parquet")));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void A_world_file_writes_tables_and_truth(string format)
    {
        WriteWorld();
        (int code, string _, string error) = Run("simulate", "--world", "w.yaml", "--out", "r", "--format", format, "--truth", "--do", "taste=0", "--do", "taste=1, R_rating=1");
        Assert.True(code == 0, error);
        System.Collections.Immutable.ImmutableArray<Records.ReadColumn> seen = Records.TableReader.Read(File("r", "user_item." + format)), truth = Records.TableReader.Read(File("r", "truth_user_item." + format));
        Assert.Equal(["user", "item", "rating"], seen.Select(c => c.Name));
        Assert.InRange(seen[0].Numbers!.Length, 5, 40);
        Assert.Equal(90, truth[0].Numbers!.Length);
        Assert.Contains("effect(rating)@taste=0", truth.Select(c => c.Name));
        double[] rating = truth.First(c => c.Name == "rating").Numbers!, indicator = truth.First(c => c.Name == "R_rating").Numbers!;
        Assert.Equal(rating.Where((_, i) => indicator[i] == 1), seen[2].Numbers!);
        Assert.All(truth.First(c => c.Name == "R_rating@taste=1, R_rating=1").Numbers!, r => Assert.Equal(1, r));
        Assert.Equal(["user", "taste", "taste@taste=0", "effect(taste)@taste=0", "taste@taste=1, R_rating=1", "effect(taste)@taste=1, R_rating=1"], Records.TableReader.Read(File("r", "truth_user." + format)).Select(c => c.Name));
    }

    [Fact]
    public void Threads_change_no_byte()
    {
        WriteWorld();
        foreach (string threads in (string[])["1", "2", "8"])
        {
            Assert.Equal(0, Run("simulate", "--world", "w.yaml", "--out", "t" + threads, "--threads", threads, "--truth", "--set", "user=3000").Code);
        }

        foreach (string file in (string[])["user_item.parquet", "truth_user_item.parquet", "summary.json"])
        {
            Assert.Equal(System.IO.File.ReadAllBytes(File("t1", file)), System.IO.File.ReadAllBytes(File("t2", file)));
            Assert.Equal(System.IO.File.ReadAllBytes(File("t1", file)), System.IO.File.ReadAllBytes(File("t8", file)));
        }
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void Variables_over_three_entities_are_written_where_one_is_seen(string format)
    {
        System.IO.File.WriteAllText(File("three.yaml"), "entities: { user: 6, item: 5, tag: 4 }\nvariables:\n  y[user, item, tag]: normal(0, 1)\n  z[user, item]: mean(y over tag)\nmissing:\n  y: { logistic: y, mean: 0.2 }\n");
        (int code, string output, string error) = Run("simulate", "--world", "three.yaml", "--out", "three", "--format", format, "--truth", "--do", "y=1");
        Assert.True(code == 0, error + output);
        System.Collections.Immutable.ImmutableArray<Records.ReadColumn> seen = Records.TableReader.Read(File("three", "user_item_tag." + format)), truth = Records.TableReader.Read(File("three", "truth_user_item_tag." + format));
        Assert.Equal(["user", "item", "tag", "y"], seen.Select(c => c.Name));
        Assert.Equal(120, truth[0].Numbers!.Length);
        double[] y = truth.First(c => c.Name == "y").Numbers!, indicator = truth.First(c => c.Name == "R_y").Numbers!;
        Assert.Equal(y.Where((_, i) => indicator[i] == 1), seen[3].Numbers!);
        Assert.Equal(Enumerable.Range(0, 120).Where(i => indicator[i] == 1).Select(i => (i / 20, i / 4 % 5, i % 4)), Enumerable.Range(0, seen[0].Numbers!.Length).Select(i => ((int)seen[0].Numbers![i], (int)seen[1].Numbers![i], (int)seen[2].Numbers![i])));
        (code, output, error) = Run("simulate", "--world", "three.yaml", "--describe");
        Assert.True(code == 0, error);
        Assert.Contains("y[user,item,tag]", output, StringComparison.Ordinal);
        Assert.Contains("MNAR, self-masking", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_says_how_values_go_missing()
    {
        (int code, string output, string _) = Run("simulate", "--preset", "ctar", "--describe");
        Assert.Equal(0, code);
        Assert.Contains("R_rating <- popularity", output, StringComparison.Ordinal);
        Assert.Contains("MNAR", output, StringComparison.Ordinal);
        Assert.Contains("MCAR", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(File("runs")));
    }

    [Fact]
    public void All_mistakes_of_a_command_line_are_told()
    {
        (int code, string _, string error) = Run("simulate", "--seed", "x", "--format", "xml", "--set", "a", "--threads", "0", "--do", "a=1");
        Assert.Equal(2, code);
        foreach (string part in (string[])["Neither --preset nor --world", "--seed is 'x'", "--format names 'xml'", "--set is 'a'", "--threads is '0'", "--do is given without --truth"])
        {
            Assert.Contains(part, error, StringComparison.Ordinal);
        }

        (code, _, error) = Run("simulate", "--preset", "ctar", "--truth", "--do", "qualty=4", "--do", "quality", "--set", "remembered=2");
        Assert.Equal(2, code);
        Assert.Contains("Did you mean 'quality'?", error, StringComparison.Ordinal);
        Assert.Contains("'quality' is no intervention", error, StringComparison.Ordinal);
        Assert.Contains("Remembered is 2", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_world_file_is_told_with_line_and_column()
    {
        System.IO.File.WriteAllText(File("bad.yaml"), "entities: { user: 3 }\nvariables:\n  a[user]: b\n  c[user]: 1 +\n");
        (int code, string output, string error) = Run("simulate", "--world", "bad.yaml", "--json");
        Assert.Equal(2, code);
        Assert.Contains("bad.yaml: line 3, column 12: 'b' is no variable", error, StringComparison.Ordinal);
        Assert.Contains("bad.yaml: line 4, column 15: The expression ends", error, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Equal(2, json.RootElement.GetProperty("errors").GetArrayLength());
        Assert.Contains("'nowhere' has no original_movie_rating.csv(.gz)", Run("simulate", "--preset", "ctar", "--seed-tables", "nowhere").Error, StringComparison.Ordinal);
        Assert.Equal(2, Run("simulate", "--world", "no.yaml").Code);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
