using Caudata.Records;

namespace Caudata.Cli.Tests;

/// <summary><c>caudata simulate</c> on worlds with rounds, as a user starts it.</summary>
public sealed class FeedbackCommandTests : IDisposable
{
    private const string World = """
        world: loop
        entities: { user: 40, item: 12 }
        variables:
          age[user]: integer(18, 70)
          taste[user]: { is: "normal(0, 1)", latent: true }
          appeal[item]: normal(0, 1)
          liked[user, item]: bernoulli(sigmoid(appeal + taste) / position)
        rounds:
          count: 4
          slate: 2
          outcome: liked
          active: 0.8
          context: [age, appeal]
          policy: { epsilon: 0.2, of: { matrix-factorisation: { rank: 2 } } }
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("caudata-feedback-");

    public void Dispose() => _root.Delete(recursive: true);

    private string At(params string[] parts) => Path.Combine([_root.FullName, .. parts]);

    private Task<CaudataProcess.End> RunAsync(params string[] arguments) => CaudataProcess.RunAsync(_root.FullName, arguments);

    [Fact]
    public async Task The_preset_position_writes_its_log()
    {
        CaudataProcess.End end = await RunAsync("simulate", "--preset", "position", "--users", "50", "--seed", "2", "--out", "p");
        Assert.True(end.Code == 0, end.ToString());
        Dictionary<string, ReadColumn> log = TableReader.Read(At("p", "selection_log.parquet")).ToDictionary(c => c.Name);
        Assert.Equal(["round", "unit", "action", "position", "policy", "propensity", "slate_propensity", "position_propensity", "cost", "reward"], log.Keys);
        Assert.Equal(50 * 10 * 10, log["unit"].Numbers!.Length);
        Assert.All(log["propensity"].Numbers!, p => Assert.InRange(p, 1e-9, 1));
        Assert.All(log["reward"].Numbers!, r => Assert.True(r is 0 or 1));
        Assert.StartsWith("epsilon 0.1 of choice(estimate", log["policy"].Texts![0], StringComparison.Ordinal);
        Assert.False(File.Exists(At("p", "user_item.parquet")));
        Assert.Contains("How unequally items are shown", await File.ReadAllTextAsync(At("p", "report.html")), StringComparison.Ordinal);
        Assert.Contains("selection_log.parquet", await File.ReadAllTextAsync(At("p", "README.md")), StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("runs", "show", "p")).Code);
    }

    [Fact]
    public async Task A_world_file_with_rounds_gives_the_same_bytes_on_any_number_of_threads_and_its_counterfactuals()
    {
        await File.WriteAllTextAsync(At("w.yaml"), World);
        foreach (string threads in (string[])["1", "2", "8"])
        {
            CaudataProcess.End end = await RunAsync("simulate", "--world", "w.yaml", "--out", "t" + threads, "--threads", threads, "--truth", "--do", "policy=random", "--do", "policy={ epsilon: 0.2, of: { matrix-factorisation: { rank: 2 } } }");
            Assert.True(end.Code == 0, end.ToString());
        }

        foreach (string file in (string[])["selection_log.parquet", "truth_selection_log.parquet", "user.parquet", "summary.json"])
        {
            Assert.Equal(await File.ReadAllBytesAsync(At("t1", file)), await File.ReadAllBytesAsync(At("t2", file)));
            Assert.Equal(await File.ReadAllBytesAsync(At("t1", file)), await File.ReadAllBytesAsync(At("t8", file)));
        }

        Dictionary<string, ReadColumn> log = TableReader.Read(At("t1", "selection_log.parquet")).ToDictionary(c => c.Name), truth = TableReader.Read(At("t1", "truth_selection_log.parquet")).ToDictionary(c => c.Name);
        Assert.Equal(["age", "appeal"], log.Keys.TakeLast(2));
        int random = truth["intervention"].Texts!.Count(t => t == "policy=random");
        Assert.Equal(truth["intervention"].Texts!.Length - random, log["unit"].Numbers!.Length);
        foreach (string column in (string[])["round", "unit", "action", "position", "propensity", "reward"])
        {
            Assert.Equal(log[column].Numbers!, truth[column].Numbers![random..]);
        }

        Assert.All(truth["propensity"].Numbers![..random].Zip(truth["position"].Numbers!), p => Assert.Equal(1 / (13 - p.Second), p.First, 1e-15));
    }

    [Fact]
    public async Task Logs_are_written_as_text_and_for_worlds_without_rounds()
    {
        await File.WriteAllTextAsync(At("w.yaml"), World);
        CaudataProcess.End end = await RunAsync("simulate", "--world", "w.yaml", "--out", "c", "--format", "csv");
        Assert.True(end.Code == 0, end.ToString());
        Assert.Equal("round,unit,action,position,policy,propensity,slate_propensity,position_propensity,cost,reward,age,appeal", (await File.ReadAllLinesAsync(At("c", "selection_log.csv")))[0]);
        await File.WriteAllTextAsync(At("m.yaml"), "entities: { user: 9, item: 7 }\nvariables:\n  y[user, item]: normal(0, 1)\n  z[user]: 1\nmissing:\n  y: { logistic: y, mean: 0.4 }\n  z: { probability: 0.5 }");
        end = await RunAsync("simulate", "--world", "m.yaml", "--out", "m", "--format", "selection-log", "--truth");
        Assert.True(end.Code == 0, end.ToString());
        Dictionary<string, ReadColumn> log = TableReader.Read(At("m", "selection_log.parquet")).ToDictionary(c => c.Name), truth = TableReader.Read(At("m", "truth_user_item.parquet")).ToDictionary(c => c.Name);
        Assert.Equal(63 + 9, log["unit"].Numbers!.Length);
        Assert.Equal(truth["P(R_y)"].Numbers!, log["propensity"].Numbers![..63]);
        Assert.Equal(truth["R_y"].Numbers!, log["chosen"].Numbers![..63]);
        Assert.Equal(truth["y"].Numbers!.Zip(truth["R_y"].Numbers!, (y, r) => r == 1 ? y : double.NaN), log["reward"].Numbers![..63]);
        Assert.Equal(["R_y", "R_z"], log["policy"].Texts!.Distinct());
        Assert.False(File.Exists(At("m", "user_item.parquet")));
    }

    [Fact]
    public async Task Rounds_are_described_and_their_mistakes_told()
    {
        await File.WriteAllTextAsync(At("w.yaml"), World);
        CaudataProcess.End end = await RunAsync("simulate", "--world", "w.yaml", "--describe");
        Assert.Equal(0, end.Code);
        Assert.Contains("matrix-factorisation(rank 2", end.Output, StringComparison.Ordinal);
        Assert.Contains("R_liked", end.Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(At("bad.yaml"), World.Replace("count: 4", "count: many", StringComparison.Ordinal).Replace("rank: 2", "rnk: 2", StringComparison.Ordinal));
        end = await RunAsync("simulate", "--world", "bad.yaml");
        Assert.Equal(2, end.Code);
        Assert.Contains("bad.yaml: line 9, column 10: count is 'many'", end.Error, StringComparison.Ordinal);
        Assert.Contains("bad.yaml: line 14, column 57: 'rnk' is no field", end.Error, StringComparison.Ordinal);
    }
}
