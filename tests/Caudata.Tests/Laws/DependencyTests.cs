using System.Text.RegularExpressions;
using Caudata.Records;

namespace Caudata.Tests.Laws;

/// <summary>Arrows between the library's folders go one way.</summary>
public sealed class DependencyTests
{
    /// <summary>Folder -> folders that it may know. A new folder needs its line here.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Numerics"] = [],
        ["Graphs"] = [],
        ["Records"] = [],
        ["Corpora"] = ["Numerics", "Records"],
        ["Embedding"] = ["Numerics", "Records"],
        ["Clustering"] = ["Numerics", "Records"],
        ["Transport"] = ["Numerics", "Records"],
        ["Bandits"] = ["Numerics", "Records"],
        ["Extraction"] = ["Corpora", "Embedding", "Clustering", "Transport", "Bandits", "Estimation", "Numerics", "Records"],
        ["Simulation"] = ["Graphs", "Numerics", "Records"],
        ["Identification"] = ["Graphs", "Numerics", "Records"],
        ["Estimation"] = ["Identification", "Numerics", "Records"],
        ["Recommenders"] = ["Identification", "Numerics", "Records"],
        ["Auditing"] = ["Identification", "Numerics", "Records"],
    };

    [Fact]
    public void No_folder_knows_a_folder_that_it_must_not_know() =>
        Assert.True(Violations(Sources.Below("src/Caudata")) is [], string.Join('\n', Violations(Sources.Below("src/Caudata"))));

    [Fact]
    public void The_arrows_themselves_make_no_circle()
    {
        HashSet<string> done = [];
        while (Arrows.Keys.FirstOrDefault(f => !done.Contains(f) && Arrows[f].All(done.Contains)) is { } next)
        {
            done.Add(next);
        }

        Assert.Equal(Arrows.Count, done.Count);
    }

    [Theory]
    [InlineData("using Caudata.Transport;\nnamespace Caudata.Numerics;", 1)]
    [InlineData("using static Caudata.Records.Rejection;\nnamespace Caudata.Numerics;", 1)]
    [InlineData("using T = Caudata.Transport.CostMatrix;\nnamespace Caudata.Numerics;", 1)]
    [InlineData("namespace Caudata.Numerics;\nclass A { global::Caudata.Records.Rejection x; }", 2)]
    [InlineData("namespace Caudata.Numerics;\nclass A { Records.Rejection x; }", 2)]
    [InlineData("namespace Caudata.Transport;", 1)]
    [InlineData("class A;", 1)]
    public void A_forbidden_arrow_is_found_with_its_line(string text, int line)
    {
        string violation = Assert.Single(Violations([new SourceFile("src/Caudata/Numerics/A.cs", text)]));
        Assert.StartsWith($"src/Caudata/Numerics/A.cs:{line}: ", violation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("namespace Caudata.Numerics;\n/// <see cref=\"Caudata.Records.Rejection\"/>\nclass A { }")]
    [InlineData("namespace Caudata.Numerics;\nclass A { int x = Records.Count; string y = \"Caudata.Records.Rejection\"; }")]
    public void Words_in_comments_and_strings_and_own_members_are_no_arrow(string text) => Assert.Empty(Violations([new SourceFile("src/Caudata/Numerics/A.cs", text)]));

    [Fact]
    public void A_folder_without_arrows_is_refused() =>
        Assert.Contains("has no line", Assert.Single(Violations([new SourceFile("src/Caudata/Shadow/A.cs", "namespace Caudata.Shadow;")])), StringComparison.Ordinal);

    private static List<string> Violations(IEnumerable<SourceFile> files)
    {
        // Inside namespace Caudata.X, "Records.Rejection" also reaches Caudata.Records: it counts where Records really has that type.
        HashSet<string> types = [.. Types().Select(t => $"{Folder(t.Namespace ?? "")}.{t.Name.Split('`')[0]}")];
        List<string> found = [];
        foreach (SourceFile file in files)
        {
            string[] parts = file.Path.Split('/');
            if (parts.Length < 4 || !Arrows.TryGetValue(parts[2], out string[]? allowed))
            {
                found.Add($"{file.Path}:1: folder '{(parts.Length < 4 ? "src/Caudata" : parts[2])}' has no line in the table of arrows; put the file into a folder of the house, or decide the new folder's arrows.");
                continue;
            }

            string home = parts[2];
            (int Number, string Code)[] lines = [.. file.Lines];
            if (!lines.Any(l => Regex.IsMatch(l.Code, $@"^\s*namespace\s+Caudata\.{home}\b")))
            {
                found.Add($"{file.Path}:{Math.Max(1, Array.Find(lines, l => l.Code.Contains("namespace", StringComparison.Ordinal)).Number)}: the namespace is not Caudata.{home}; a file's namespace is its folder.");
                continue;
            }

            foreach ((int number, string code) in lines)
            {
                IEnumerable<string> qualified = Regex.Matches(code, @"(?<![\w.])Caudata\s*\.\s*(\w+)").Select(m => m.Groups[1].Value);
                IEnumerable<string> relative = Regex.Matches(code, @"(?<![\w.])(\w+)\s*\.\s*(\w+)").Where(m => types.Contains($"{m.Groups[1].Value}.{m.Groups[2].Value}")).Select(m => m.Groups[1].Value);
                found.AddRange(qualified.Concat(relative).Distinct().Where(other => other != home && !allowed.Contains(other))
                    .Select(other => $"{file.Path}:{number}: {home} must not know {other}; it may know {(allowed is [] ? "nobody" : string.Join(", ", allowed))}."));
            }
        }

        return found;
    }

    private static Type[] Types() => typeof(Rejection).Assembly.GetTypes();

    private static string Folder(string name) => name.Split('.') is ["Caudata", var folder, ..] ? folder : "";
}
