using System.Text.RegularExpressions;

namespace Caudata.Tests.Laws;

/// <summary>Only Records touches the disk; everyone else takes streams, readers or rows.</summary>
public sealed partial class DiskTests
{
    [Fact]
    public void Only_Records_uses_files()
    {
        List<string> found = [.. Sources.Below("src/Caudata").Where(f => !f.Path.StartsWith("src/Caudata/Records/", StringComparison.Ordinal)).SelectMany(Uses)];
        Assert.True(found is [], string.Join('\n', found));
    }

    [Fact]
    public void Records_itself_is_seen_to_use_files() => Assert.NotEmpty(Sources.Below("src/Caudata/Records").SelectMany(Uses));

    [Theory]
    [InlineData("var x = File.ReadAllText(path);")]
    [InlineData("foreach (var f in Directory.EnumerateFiles(p)) { }")]
    [InlineData("using FileStream s = new(path, FileMode.Open);")]
    [InlineData("new System.IO.FileInfo(p)")]
    [InlineData("global::System.IO.File.Delete(p)")]
    [InlineData("using static System.IO.File;")]
    [InlineData("string t = Path.GetTempPath();")]
    [InlineData("new StreamReader(path)")]
    [InlineData("new StreamWriter(\"x.txt\")")]
    [InlineData("new DuckDBConnection(source)")]
    public void The_law_sees(string code) => Assert.NotEmpty(Uses(new SourceFile("src/Caudata/Corpora/A.cs", code)));

    [Theory]
    [InlineData("rejection.File.Length")]
    [InlineData("string FileName = Path.GetFileName(x);")]
    [InlineData("// File.Open is not code")]
    [InlineData("var s = \"File.Open\";")]
    [InlineData("new StreamReader(stream, Encoding.UTF8)")]
    public void The_law_lets_pass(string code) => Assert.Empty(Uses(new SourceFile("src/Caudata/Corpora/A.cs", code)));

    private static IEnumerable<string> Uses(SourceFile file) =>
        from line in file.Lines
        from Match match in DiskApi().Matches(line.Code)
        select $"{file.Path}:{line.Number}: uses {match.Value.Trim()}; only Records touches the disk. Take a Stream, a TextReader or rows instead, and let Records open it.";

    // A reader or writer made from a path: from a string, or from something called path, file or name.
    [GeneratedRegex("""
        (?<![\w.]|System\.IO\.)(?:global::)?(?:System\.IO\.)?(?:File|Directory)\s*\.\s*[A-Z]\w*
        |(?<![\w.])(?:global::)?(?:System\.IO\.)?(?:FileStream|FileInfo|DirectoryInfo|DriveInfo|FileSystemInfo|FileSystemWatcher|MemoryMappedFile|RandomAccess|SqliteConnection|DuckDBConnection)\b
        |using\s+static\s+System\.IO\.\w+
        |(?<!\w)Path\s*\.\s*(?:GetTempPath|GetTempFileName|GetRandomFileName|Exists)\b
        |new\s+Stream(?:Reader|Writer)\s*\(\s*(?:\ {2,}\)|\w*(?:[Pp]ath|[Ff]ileName)\b)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex DiskApi();
}
