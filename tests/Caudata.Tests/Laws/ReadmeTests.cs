using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Caudata.Tests.Laws;

/// <summary>The documentation says what is so: its commands are known to the command line, its tree is the disk, its links lead somewhere.</summary>
/// <remarks>
/// Conventions of README.md and docs: a fenced block <c>```bash</c> holds commands, and every <c>caudata ...</c> in it (also as <c>dotnet run --project src/Caudata.Cli ... -- ...</c>) must name a command and options that
/// <c>--help</c> knows; a block <c>```bash run</c> is run from the repository's root as well and must end with exit code 0. A block <c>```tree</c> lists folders and files, two spaces (or box-drawing characters) a level, the
/// rest of a line being a remark; where it shows one folder of a folder it shows them all.
/// </remarks>
public sealed partial class ReadmeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public void Every_command_is_known_with_its_options()
    {
        List<(string Where, string[] Words)> commands = [.. Documents().SelectMany(d => Blocks(d).Where(b => b.Label is "bash" or "bash run").SelectMany(b => Commands(b.Text).Select(c => ($"{d}:{b.Line}", c))))];
        if (commands.Count == 0)
        {
            Assert.Skip("No caudata command stands in README.md or docs yet.");
        }

        List<string> wrong = [];
        Dictionary<string, (int Exit, string Text)> helps = new(StringComparer.Ordinal);
        (int Exit, string Text) Help(params string[] path)
        {
            string key = string.Join(' ', path);
            return helps.TryGetValue(key, out (int, string) known) ? known : helps[key] = Caudata([.. path, "--help"]);
        }

        foreach ((string where, string[] words) in commands)
        {
            wrong.AddRange(Mistakes(words, Help).Select(m => $"{where}: caudata {string.Join(' ', words)}: {m}"));
        }

        Assert.True(wrong is [], string.Join('\n', wrong));
    }

    [Fact]
    public void Blocks_to_run_run()
    {
        (string Document, Block Block)[] blocks = [.. Documents().SelectMany(d => Blocks(d).Where(b => b.Label == "bash run").Select(b => (d, b)))];
        if (blocks is [])
        {
            Assert.Skip("No block of README.md or docs is marked 'bash run'.");
        }

        foreach ((string document, Block block) in blocks)
        {
            (int exit, string text) = Run("bash", ["-euc", $"caudata() {{ dotnet '{Cli()}' \"$@\"; }}\n{block.Text}"]);
            Assert.True(exit == 0, $"{document}:{block.Line}: the block ended with exit code {exit}.\n{text}");
        }
    }

    [Fact]
    public void The_code_block_is_the_sample_and_the_sample_runs()
    {
        string sample = File.ReadAllText(Path.Combine(Sources.Root, "samples", "Extract", "Program.cs")).Trim();
        Block block = Assert.Single(Blocks("README.md"), block => block.Label == "csharp");
        Assert.Equal(sample, block.Text.Trim());

        string configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;
        DirectoryInfo place = Directory.CreateTempSubdirectory("caudata-sample-");
        try
        {
            (int exit, string text) = Run("bash", ["-euc", $"cd '{place.FullName}'; dotnet '{Path.Combine(Sources.Root, "artifacts", "bin", "Extract", configuration, "Extract.dll")}'; dotnet '{Cli()}' runs show runs/sample"]);
            Assert.True(exit == 0, text);
            Assert.Contains("to train on", text, StringComparison.Ordinal);
            Assert.Matches("state +finished", text);
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_code_block_of_simulate_is_the_sample_and_the_sample_runs()
    {
        string sample = File.ReadAllText(Path.Combine(Sources.Root, "samples", "Simulate", "Program.cs")).Trim();
        Assert.Equal(sample, Assert.Single(Blocks("docs/simulate.md"), block => block.Label == "csharp").Text.Trim());
        string configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;
        (int exit, string text) = Run("dotnet", [Path.Combine(Sources.Root, "artifacts", "bin", "Simulate", configuration, "Simulate.dll")]);
        Assert.True(exit == 0, text);
        Assert.Contains("of 200000 ratings are seen", text, StringComparison.Ordinal);
        Assert.Contains("rating[user, item]: clip(round(3 + taste * appeal + normal(0, spread)), 1, 5)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tree_equals_the_disk()
    {
        (string Document, Block Block)[] trees = [.. Documents().SelectMany(d => Blocks(d).Where(b => b.Label == "tree").Select(b => (d, b)))];
        if (trees is [])
        {
            Assert.Skip("README.md does not exist or has no tree yet.");
        }

        string[] wrong = [.. trees.SelectMany(t => TreeMistakes(t.Block.Text, Sources.Root).Select(m => $"{t.Document}:{t.Block.Line}: {m}"))];
        Assert.True(wrong is [], string.Join('\n', wrong));
    }

    [Fact]
    public void Every_relative_link_leads_somewhere()
    {
        string[] documents = [.. Documents()];
        if (documents is [])
        {
            Assert.Skip("README.md does not exist yet.");
        }

        string[] wrong = [.. documents.SelectMany(d => Broken(File.ReadAllText(Path.Combine(Sources.Root, d)), Path.GetDirectoryName(Path.Combine(Sources.Root, d))!).Select(l => $"{d}: the link '{l}' leads nowhere"))];
        Assert.True(wrong is [], string.Join('\n', wrong));
    }

    [Fact]
    public void Commands_are_read_from_blocks()
    {
        string[][] commands = [.. Commands("""
            # a remark: caudata nothing
            $ caudata extract --corpus "a b/*.jsonl" \
                --budget 10%   # why
            dotnet run --project src/Caudata.Cli -c Release -- demo --seed 7
            FOO=1 caudata runs list | head
            eng/test
            """)];
        Assert.Equal(["extract --corpus a b/*.jsonl --budget 10%", "demo --seed 7", "runs list"], commands.Select(c => string.Join(' ', c)));
    }

    [Fact]
    public void Unknown_commands_and_options_are_mistakes()
    {
        static (int, string) Help(string[] path) => string.Join(' ', path) switch
        {
            "" => (0, "Commands:\n  extract  Chooses\n  runs  Lists\n"),
            "extract" => (0, "Options:\n  -c, --corpus <corpus>  Files\n  --budget <budget>  Share\n"),
            "runs" => (0, "Commands:\n  list  All\n\nOptions:\n  --json  Machine\n"),
            "runs list" => (0, "Options:\n  --out <out>\n"),
            _ => (2, ""),
        };
        Assert.Empty(Mistakes(["extract", "--corpus", "x", "--budget=5%"], Help));
        Assert.Empty(Mistakes(["runs", "list", "--out", "x"], Help));
        Assert.Empty(Mistakes(["extract", "--help"], Help));
        Assert.Single(Mistakes(["extract", "--corpse", "x"], Help));
        Assert.Single(Mistakes(["extract", "--out", "x"], Help));
        Assert.Single(Mistakes(["distract"], Help));
    }

    [Fact]
    public void Trees_are_compared_with_the_disk()
    {
        string root = Path.Combine(Path.GetTempPath(), $"caudata-tree-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "src", "A"));
            Directory.CreateDirectory(Path.Combine(root, "src", "B"));
            File.WriteAllText(Path.Combine(root, "LICENSE"), "");
            Assert.Empty(TreeMistakes("src/      code\n  A/      first\n  B/\nLICENSE", root));
            Assert.Empty(TreeMistakes("├── src/      code\n│   ├── A/      first\n│   └── B/\n└── LICENSE", root));
            Assert.Empty(TreeMistakes("src/", root));
            Assert.Equal(["src/B is on disk but not in the tree"], TreeMistakes("src/\n  A/", root));
            Assert.Equal(["src/C is in the tree but not on disk"], TreeMistakes("src/\n  A/\n  B/\n  C/", root));
            Assert.Equal(["LICENSE/ is a file, not a folder", "src is on disk but not in the tree"], TreeMistakes("LICENSE/", root).Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(root, true);
        }
    }

    [Fact]
    public void Broken_links_are_found()
    {
        Assert.Equal(["nowhere.md"], Broken("[a](nowhere.md) [b](caudata.slnx) [c](https://example.org/x) [d](#here) [e](src/Caudata#part) `[f](code.md)`", Sources.Root));
        Assert.Equal(["no.png"], Broken("![picture](no.png \"title\")", Sources.Root));
    }

    private static IEnumerable<string> Documents() => Sources.Files(Sources.Root).Where(f => f.EndsWith(".md", StringComparison.Ordinal)).Select(f => Path.GetRelativePath(Sources.Root, f).Replace('\\', '/'));

    private static IEnumerable<Block> Blocks(string document)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Sources.Root, document));
        for (int k = 0; k < lines.Length; k++)
        {
            if (Fence().Match(lines[k]) is { Success: true } fence)
            {
                int end = Array.FindIndex(lines, k + 1, l => l.TrimStart().StartsWith("```", StringComparison.Ordinal));
                end = end < 0 ? lines.Length : end;
                yield return new Block(fence.Groups[1].Value.Trim(), k + 1, string.Join('\n', lines[(k + 1)..end]));
                k = end;
            }
        }
    }

    /// <summary>The arguments of every call of caudata in a block of shell commands.</summary>
    private static IEnumerable<string[]> Commands(string block)
    {
        foreach (string line in block.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        {
            string[] words = [.. Word().Matches(line).Select(m => m.Value).TakeWhile(w => !w.StartsWith('#')).Select(w => w.Trim('"', '\''))];
            int start = Array.IndexOf(words, "caudata") + 1;
            if (start == 0 && words.Contains("run") && Array.Exists(words, w => w.Contains("Caudata.Cli", StringComparison.Ordinal)))
            {
                start = Array.IndexOf(words, "--") + 1;
            }

            if (start > 0)
            {
                yield return [.. words[start..].TakeWhile(w => w is not ("|" or ">" or ">>" or "&&" or ";" or "2>" or "||"))];
            }
        }
    }

    private static IEnumerable<string> Mistakes(string[] words, Func<string[], (int Exit, string Text)> help)
    {
        List<string> path = [];
        foreach (string word in words.TakeWhile(w => !w.StartsWith('-')))
        {
            (int _, string above) = help([.. path]);
            if (Section(above, "Commands") is not { } known)
            {
                break;
            }

            if (!Regex.IsMatch(known, $@"^\s+{Regex.Escape(word)}\b", RegexOptions.Multiline))
            {
                yield return $"'{word}' is no command";
                yield break;
            }

            path.Add(word);
        }

        (int exit, string text) = help([.. path]);
        if (exit != 0)
        {
            yield return $"--help ends with exit code {exit}";
            yield break;
        }

        foreach (string option in words.Where(w => OptionName().IsMatch(w)).Select(w => w.Split('=')[0]).Where(o => o is not ("--help" or "--version")))
        {
            if (!Regex.IsMatch(text, $@"(?<![\w-]){Regex.Escape(option)}(?![\w-])"))
            {
                yield return $"'{option}' is no option";
            }
        }
    }

    private static string? Section(string help, string title) =>
        Regex.Match(help, $@"^{title}:\s*\n((?:[ \t]+\S.*(?:\n|$))+)", RegexOptions.Multiline) is { Success: true } match ? match.Groups[1].Value : null;

    private static List<string> TreeMistakes(string tree, string root)
    {
        HashSet<string> listed = new(StringComparer.Ordinal), opened = new(StringComparer.Ordinal);
        List<string> stack = [], mistakes = [];
        foreach (string line in tree.Split('\n').Where(l => l.Trim().Length > 0))
        {
            Match entry = TreeLine().Match(line);
            string name = entry.Groups[2].Value;
            int indent = entry.Groups[1].Length, level = entry.Groups[1].Value.AsSpan().IndexOfAnyExcept(' ') >= 0 ? indent / 4 : indent / 2;
            // A box-drawing tree spends four characters a level, and its first level is already drawn.
            level = entry.Groups[1].Value.Contains('─', StringComparison.Ordinal) ? level - 1 : level;
            if (level > stack.Count)
            {
                mistakes.Add($"'{line.TrimEnd()}' is indented below nothing");
                continue;
            }

            stack.RemoveRange(level, stack.Count - level);
            string path = string.Join('/', [.. stack, name.TrimEnd('/')]), full = Path.Combine(root, path);
            stack.Add(name.TrimEnd('/'));
            if (name.EndsWith('/') ? Directory.Exists(full) : Path.Exists(full))
            {
                listed.Add(path);
                if (Directory.Exists(full))
                {
                    opened.Add(Path.GetDirectoryName(path)?.Replace('\\', '/') ?? "");
                }
            }
            else
            {
                mistakes.Add(File.Exists(full) ? $"{path}/ is a file, not a folder" : $"{path} is in the tree but not on disk");
            }
        }

        opened.Add("");
        foreach (string folder in opened)
        {
            mistakes.AddRange(Sources.Folders(Path.Combine(root, folder)).Select(d => Path.GetRelativePath(root, d).Replace('\\', '/')).Where(d => !listed.Contains(d)).Select(d => $"{d} is on disk but not in the tree"));
        }

        return mistakes;
    }

    private static IEnumerable<string> Broken(string markdown, string folder) =>
        Link().Matches(InlineCode().Replace(markdown, "")).Select(m => m.Groups[1].Value)
            .Where(l => !l.Contains("://", StringComparison.Ordinal) && !l.StartsWith('#') && !l.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(l => !Path.Exists(Path.Combine(folder, Uri.UnescapeDataString(l.Split('#')[0])))).Distinct();

    /// <summary>The command line that was built with these tests.</summary>
    private static string Cli()
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;
        string path = Path.Combine(Sources.Root, "artifacts", "bin", "Caudata.Cli", configuration, "Caudata.Cli.dll");
        Assert.True(File.Exists(path), $"The command line is not built ({path}); run 'dotnet build caudata.slnx'.");

        return path;
    }

    private static (int Exit, string Text) Caudata(string[] arguments) => Run("dotnet", [Cli(), .. arguments]);

    private static (int Exit, string Text) Run(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Sources.Root };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"{program} {string.Join(' ', arguments)} was still running after {Patience.TotalSeconds} s.");
        }

        return (process.ExitCode, output.Result + errors.Result);
    }

    private sealed record Block(string Label, int Line, string Text);

    [GeneratedRegex("^\\s*```\\s*([\\w ]+)$")]
    private static partial Regex Fence();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|[^\\s\"']+")]
    private static partial Regex Word();

    [GeneratedRegex("^--[A-Za-z]")]
    private static partial Regex OptionName();

    [GeneratedRegex(@"^([\s│├└─]*)(\S+)")]
    private static partial Regex TreeLine();

    [GeneratedRegex(@"\]\(\s*<?([^)\s>]+)>?[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex("(?s)```.*?```|`[^`\n]*`")]
    private static partial Regex InlineCode();
}
