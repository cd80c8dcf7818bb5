using System.Text.RegularExpressions;
using Caudata.Records;

namespace Caudata.Tests.Laws;

/// <summary>What never stands in the house's code.</summary>
public sealed partial class BannedSymbolsTests
{
    [Fact]
    public void Clocks_and_random_numbers_come_from_outside()
    {
        List<string> found = [.. Matches(Sources.Below("src"), BannedApi(), code: true, "is banned (BannedSymbols.txt): use RandomStream, TimeProvider or a content hash")];
        Assert.True(found is [], string.Join('\n', found));
    }

    [Fact]
    public void The_library_does_not_write_to_the_console()
    {
        List<string> found = [.. Matches(Sources.Below("src/Caudata"), ConsoleApi(), code: true, "is for the command line only: return data, or report progress through a callback")];
        Assert.True(found is [], string.Join('\n', found));
    }

    [Fact]
    public void No_warning_is_switched_off_in_a_file()
    {
        List<string> found = [.. Matches(Sources.Below("src").Concat(Sources.Below("tests")).Concat(Sources.Below("bench")), Pragma(), code: true, "hides a warning: repair it, or switch the rule off once in .editorconfig with its reason")];
        Assert.True(found is [], string.Join('\n', found));
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        List<string> found = [.. Matches(Sources.Below("src").Concat(Sources.Below("tests")).Concat(Sources.Below("bench")), Later(), code: false, "marks unfinished work: finish it, or say in the documentation what is not there")];
        Assert.True(found is [], string.Join('\n', found));
    }

    [Fact]
    public void No_type_is_named_after_nothing()
    {
        string[] files = [.. Sources.Below("src").Select(f => f.Path).Where(p => Vague().IsMatch(Path.GetFileNameWithoutExtension(p)) || p.Split('/').SkipLast(1).Any(d => Vague().IsMatch(d)))];
        string[] types = [.. typeof(Rejection).Assembly.GetTypes().Select(t => t.Name.Split('`')[0]).Where(n => !n.StartsWith('<') && Vague().IsMatch(n))];
        Assert.True(files is [] && types is [], $"Name these by what they are in the field, not Utils, Helper, Manager, Common or Misc: {string.Join(", ", files.Concat(types))}");
    }

    [Fact]
    public void The_analyzer_is_told_the_same_bans()
    {
        string[] banned = [.. File.ReadAllLines(Path.Combine(Sources.Root, "BannedSymbols.txt")).Select(l => l.Split(';')[0].Trim())];
        string[] expected = ["M:System.Random.#ctor", "M:System.Random.#ctor(System.Int32)", "P:System.Random.Shared", "P:System.DateTime.Now", "P:System.DateTime.UtcNow", "P:System.DateTimeOffset.Now", "P:System.DateTimeOffset.UtcNow", "M:System.Guid.NewGuid"];
        Assert.Empty(expected.Except(banned));
    }

    [Theory]
    [InlineData("new Random()")]
    [InlineData("new System.Random(7)")]
    [InlineData("Random r = new(7);")]
    [InlineData("Random.Shared.Next()")]
    [InlineData("DateTime.UtcNow")]
    [InlineData("DateTimeOffset . Now")]
    [InlineData("Thread.Sleep(1)")]
    [InlineData("Guid.NewGuid()")]
    public void The_ban_sees(string code) => Assert.Matches(BannedApi(), code);

    [Theory]
    [InlineData("new RandomStream(7, name)")]
    [InlineData("new UniformRandom()")]
    [InlineData("RandomNumber.Shared")]
    public void The_ban_lets_pass(string code) => Assert.DoesNotMatch(BannedApi(), code);

    [Theory]
    [InlineData("TextUtils", true)]
    [InlineData("RunManager", true)]
    [InlineData("CommonTypes", true)]
    [InlineData("Helpers", true)]
    [InlineData("CommonComponent", false)]
    [InlineData("Baseline", false)]
    [InlineData("UtilityFunction", false)]
    public void Vague_names_are_known(string name, bool vague) => Assert.Equal(vague, Vague().IsMatch(name));

    private static IEnumerable<string> Matches(IEnumerable<SourceFile> files, Regex pattern, bool code, string reason) =>
        from file in files
        from line in code ? file.Lines : file.Text.Split('\n').Select((text, k) => (k + 1, text))
        from Match match in pattern.Matches(line.Item2)
        select $"{file.Path}:{line.Item1}: '{match.Value.Trim()}' {reason}.";

    [GeneratedRegex(@"(?<!\w)(?:new\s+(?:System\.)?Random\s*\(|Random\s+\w+\s*=\s*new\s*\(|Random\s*\.\s*Shared\b|DateTime(?:Offset)?\s*\.\s*(?:Utc)?Now\b|Thread\s*\.\s*Sleep\b|Guid\s*\.\s*NewGuid\b)")]
    private static partial Regex BannedApi();

    [GeneratedRegex(@"(?<![\w.])(?:System\.)?Console\s*\.\s*\w+|using\s+static\s+System\.Console")]
    private static partial Regex ConsoleApi();

    [GeneratedRegex(@"#\s*pragma\s+warning\s+disable|\[\s*(?:assembly\s*:\s*)?SuppressMessage|#nullable\s+disable")]
    private static partial Regex Pragma();

    // Written apart, so that this file obeys itself.
    [GeneratedRegex(@"\b(?:TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b|Not" + "ImplementedException")]
    private static partial Regex Later();

    [GeneratedRegex("(?:Util|Utils|Utilities|Helper|Helpers|Manager|Managers|Misc)(?:$|[A-Z])|^Common(?:$|Types|Code|Functions|Methods|Extensions|Definitions|Constants|Tools)|Commons?$")]
    private static partial Regex Vague();
}
