using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Caudata.Records;

namespace Caudata.Cli.Tests;

/// <summary>The real program, started as a user starts it.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("caudata-cli-");

    public void Dispose() => _root.Delete(recursive: true);

    internal static string ProgramPath
    {
        get
        {
            DirectoryInfo here = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(here.Parent!.Parent!.FullName, "Caudata.Cli", here.Name, OperatingSystem.IsWindows() ? "caudata.exe" : "caudata");
        }
    }

    private (int Code, string Output, string Error) Run(params string[] arguments)
    {
        ProcessStartInfo start = new(ProgramPath, arguments) { WorkingDirectory = _root.FullName, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8 };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(60_000));
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private void MakeRun(string name, string budget, double bits)
    {
        RunConfiguration configuration = new()
        {
            Command = "extract",
            Version = "0.1.0",
            Seed = 7,
            Settings = [Setting.Of("budget", budget), Setting.Of("policy", "default")],
            Environment = [Setting.Of("arguments", ["runs", "list", "--out", "elsewhere"])],
        };
        using RunFolder run = RunFolder.Create(Path.Combine(_root.FullName, "runs", name), configuration, $"caudata runs resume runs/{name}");
        run.Ledger.AddStep(new StepRecord("read", "", "", TimeSpan.FromSeconds(1.5)));
        run.Ledger.AddSpend(0, new Spend("extract", 20, 3000, 0, TimeSpan.Zero));
        new RejectionWriter(run.Ledger).Add(new Rejection("read", "invalid-utf8", "a:1", "byte"));
        run.Ledger.Commit();
        new RunSummary([new("pairs", 1234L), new("bits-per-byte", bits), new("hostile", "\u001b[31mred")], [new SummaryTable("per-source", "Per source", [new("source", ColumnKind.Text), new("pairs", ColumnKind.Integer)], [["book", 1234L]])]).Write(run);
        run.SetState(RunState.Finished, "", 0);
    }

    [Theory]
    [InlineData("graph", "separate", "--edges", "X -> Y", "--x", "X")]
    [InlineData("graph", "separate", "--edges", "X -> Y", "--y", "Y")]
    [InlineData("runs", "compare")]
    public void What_is_missing_on_the_command_line_is_told_without_a_stack_trace(params string[] arguments)
    {
        (int code, string output, string error) = Run(arguments);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains("equired", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_shows_what_works_and_an_example()
    {
        (int code, string output, string error) = Run("--help");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("caudata [command] [options]", output, StringComparison.Ordinal);
        Assert.Contains("Example:\n  caudata ", output, StringComparison.Ordinal);
        Assert.Equal(output, Run().Output);
        foreach (string command in new[] { "list", "show", "compare", "resume" })
        {
            (int each, string help, _) = Run("runs", command, "--help");
            Assert.Equal(0, each);
            Assert.Contains($"Example:\n  caudata runs {command}", help, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_help_of_list_is_this()
    {
        Assert.Equal("""
            Description:
              List the runs of a folder with their state.

            Usage:
              caudata runs list [<folder>] [options]

            Arguments:
              <folder>  The folder that holds the run folders. [default: runs]

            Options:
              --json          Print one JSON object on standard output and nothing else there.
              -?, -h, --help  Show help and usage information
              --verbose       On an error, show the stack trace too.

            Example:
              caudata runs list

            """, Run("runs", "list", "--help").Output);
    }

    [Fact]
    public void Runs_are_listed_shown_and_compared()
    {
        MakeRun("a", "10%", 2.25);
        MakeRun("b", "5%", 2.5);
        (int code, string list, string error) = Run("runs", "list");
        Assert.Equal((0, ""), (code, error));
        Assert.Matches("(?m)^a +extract +finished ", list);

        string show = Run("runs", "show", "runs/a").Output;
        Assert.Matches("(?m)^state +finished$", show);
        Assert.Matches("(?m)^budget +10%$", show);
        Assert.Matches("(?m)^read +invalid-utf8 +1$", show);
        Assert.Matches("(?m)^bits-per-byte +2.25$", show);
        Assert.Contains("Per source\nsource  pairs\nbook    1,234\n", show, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', show);

        string compare = Run("runs", "compare", "runs/a", "runs/b").Output;
        Assert.Matches("(?m)^budget +10% +5%$", compare);
        Assert.DoesNotMatch("(?m)^policy ", compare);
        Assert.Matches("(?m)^bits-per-byte +2.25 +2.5$", compare);
    }

    [Theory]
    [InlineData("runs", "list", "--json")]
    [InlineData("runs", "show", "runs/a", "--json")]
    [InlineData("runs", "compare", "runs/a", "runs/b", "--json")]
    [InlineData("runs", "show", "runs/none", "--json")]
    [InlineData("runs", "show", "--json")]
    public void Json_is_exactly_one_object(params string[] arguments)
    {
        MakeRun("a", "10%", 2.25);
        MakeRun("b", "5%", 2.5);
        string output = Run(arguments).Output;
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
        Assert.EndsWith("}\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_exit_with_2_without_a_stack_trace()
    {
        foreach (string[] arguments in new[] { new[] { "nonsense" }, ["runs", "show"], ["runs", "show", "."], ["runs", "compare", "x"], ["runs", "compare", "x", "x"], ["runs", "list", "--colour"] })
        {
            (int code, string output, string error) = Run(arguments);
            Assert.Equal((2, ""), (code, output));
            Assert.StartsWith("caudata: ", error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }

        Assert.Contains("   at ", Run("runs", "show", ".", "--verbose").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_run_is_listed_and_told()
    {
        MakeRun("a", "10%", 2.25);
        Directory.CreateDirectory(Path.Combine(_root.FullName, "runs", "b"));
        File.WriteAllText(Path.Combine(_root.FullName, "runs", "b", "run.yaml"), "{");
        (int code, string output, _) = Run("runs", "list");
        Assert.Equal(2, code);
        Assert.Matches("(?m)^a +extract +finished ", output);
        Assert.Matches("(?m)^b +- +broken ", output);
    }

    [Fact]
    public void Resume_runs_the_commands_own_arguments_with_its_own_folder()
    {
        MakeRun("a", "10%", 2.25);
        // The recorded command is 'runs list', which has no --out: the message shows what was run.
        (int code, _, string error) = Run("runs", "resume", "runs/a");
        Assert.Equal(2, code);
        Assert.Contains("is finished", error, StringComparison.Ordinal);
        Assert.Contains("'--out'", error, StringComparison.Ordinal);
        Assert.Contains("caudata runs list --help", error, StringComparison.Ordinal);
    }
}
