using System.CommandLine;
using Caudata.Records;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata runs list</c>: the runs of a folder with their state.</summary>
/// <param name="terminal">Where to write.</param>
internal sealed class RunsListCommand(Terminal terminal) : CliCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "The folder that holds the run folders.", DefaultValueFactory = _ => "runs" };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else there." };

    /// <inheritdoc/>
    public override string Example => "caudata runs list";

    /// <inheritdoc/>
    public override Command Build() => new("list", "List the runs of a folder with their state.") { _folder, _json };

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string folder = result.GetValue(_folder)!;
        List<object?[]> rows = [];
        List<string> broken = [];
        foreach (string path in RunFolder.List(folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                using RunFolder run = RunFolder.Open(path);
                RunStatus status = run.Status;
                rows.Add([run.Name, run.Configuration.Command, status.State.ToString().ToLowerInvariant(), status.Started.ToString("yyyy-MM-dd HH:mm:ss'Z'"), (long?)status.ExitCode, status.Detail]);
            }
            catch (RecordException e)
            {
                rows.Add([Path.GetFileName(path), null, "broken", null, null, e.Message]);
                broken.Add(e.Message);
            }
        }

        SummaryTable table = new("runs", "", [new("run", ColumnKind.Text), new("command", ColumnKind.Text), new("state", ColumnKind.Text), new("started", ColumnKind.Text), new("exit", ColumnKind.Integer), new("detail", ColumnKind.Text)], [.. rows]);
        if (result.GetValue(_json))
        {
            terminal.Json(new RunSummary([new("folder", folder)], [table]).WriteTo);
        }
        else if (rows.Count == 0)
        {
            terminal.Output.WriteLine($"no runs in '{folder}'");
        }
        else
        {
            terminal.Table(table);
        }

        return Task.FromResult(broken.Count > 0 ? ExitCode.Wrong : ExitCode.Done);
    }
}
