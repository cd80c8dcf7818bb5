using System.Collections.Immutable;
using System.Globalization;
using Caudata.Records;

namespace Caudata.Tests.Records;

/// <summary>A folder of its own for one test, removed at the end.</summary>
public sealed class RunPlace : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("caudata-test-");

    public string Root => _root.FullName;

    public string this[string name] => Path.Combine(Root, name);

    public static RunConfiguration Configuration(ulong seed = 7, string budget = "10%") => new()
    {
        Command = "extract",
        Version = "0.1.0",
        Seed = seed,
        Settings = [Setting.Of("budget", budget), Setting.Of("corpus", ["b.jsonl", "a \"quoted\" name.jsonl"]), Setting.Of("max-loss", 0.01), Setting.Of("label-column", (string?)null), Setting.Of("k", 25L), Setting.Of("report", true)],
        Inputs = [new RunInput("a.jsonl", 12, new string('0', 64))],
        Environment = [Setting.Of("threads", 2L)],
    };

    public RunFolder Run(string name = "run", ulong seed = 7) => RunFolder.Create(this[name], Configuration(seed), string.Create(CultureInfo.InvariantCulture, $"caudata extract --seed {seed}"));

    public static Selection Row(int round, int index, int? relevant = null) => new()
    {
        Round = round,
        Unit = $"document-{index}",
        Index = index,
        Arm = index % 3,
        Policy = "ucb1",
        Propensity = 1.0 / (index + 1),
        InclusionProbability = 0.5,
        Cost = index * 1.25,
        Reward = index == 3 ? double.NaN : Math.Sqrt(index),
        RewardParts = ImmutableArray.Create(new NamedValue("ot-gain", index * 0.1), new NamedValue("similarity", -index)),
        Pairs = index % 5,
        Relevant = relevant,
    };

    public void Dispose() => _root.Delete(recursive: true);
}
