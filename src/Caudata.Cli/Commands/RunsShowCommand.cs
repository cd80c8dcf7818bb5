using System.Collections.Immutable;
using System.CommandLine;
using Caudata.Records;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata runs show</c>: one run with its configuration, steps, spending, losses and results.</summary>
/// <param name="terminal">Where to write.</param>
internal sealed class RunsShowCommand(Terminal terminal) : CliCommand
{
    private readonly Argument<string> _run = new("run") { Description = "The run folder." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else there." };

    /// <inheritdoc/>
    public override string Example => "caudata runs show runs/first";

    /// <inheritdoc/>
    public override Command Build() => new("show", "Show one run: configuration, steps, spending, what was dropped, results.") { _run, _json };

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string path = result.GetValue(_run)!;
        using RunFolder run = RunFolder.Open(path);
        RunSummary summary = Summary(path, run);
        if (result.GetValue(_json))
        {
            terminal.Json(summary.WriteTo);
        }
        else
        {
            terminal.Values(summary.Values);
            foreach (SummaryTable table in summary.Tables)
            {
                terminal.Table(table);
            }
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static RunSummary Summary(string path, RunFolder run)
    {
        RunStatus status = run.Status;
        RunConfiguration configuration = run.Configuration;
        List<SummaryValue> values =
        [
            new("run", path), new("command", configuration.Command), new("version", configuration.Version), new("state", status.State.ToString().ToLowerInvariant()),
            new("detail", status.Detail.Length > 0 ? status.Detail : null), new("exit-code", (long?)status.ExitCode),
            new("resume", status.State is RunState.Finished or RunState.Running ? null : status.ResumeCommand), new("seed", configuration.Seed.ToString()), new("fingerprint", configuration.Fingerprint),
        ];
        List<SummaryTable> tables =
        [
            new("settings", "Settings", [new("setting", ColumnKind.Text), new("value", ColumnKind.Text)], [.. configuration.Settings.Select(s => new object?[] { s.Name, s.Text })]),
            new("inputs", "Inputs", [new("input", ColumnKind.Text), new("bytes", ColumnKind.Integer), new("sha256", ColumnKind.Text)], [.. configuration.Inputs.Select(i => new object?[] { i.Path, i.Bytes, i.Sha256 })]),
        ];
        if (run.Has(RunFolder.LedgerFile))
        {
            Ledger ledger = run.Ledger;
            tables.Add(new("steps", "Steps done", [new("step", ColumnKind.Text), new("seconds", ColumnKind.Number)], [.. ledger.Steps().Select(s => new object?[] { s.Name, s.Elapsed.TotalSeconds })]));
            tables.Add(new("spending", "Spending", [new("kind", ColumnKind.Text), new("calls", ColumnKind.Integer), new("tokens", ColumnKind.Integer), new("money", ColumnKind.Number), new("seconds", ColumnKind.Number)],
                [.. ledger.TotalSpend().Select(s => new object?[] { s.Kind, s.Calls, s.Tokens, s.Money, s.Elapsed.TotalSeconds })]));
            tables.Add(new("selections", "Selections", [new("log", ColumnKind.Text), new("rows", ColumnKind.Integer)], [.. ledger.SelectionLogs().Select(name => new object?[] { name, ledger.Selections(name).Count })]));
            tables.Add(new("rejected", "Dropped", [new("step", ColumnKind.Text), new("reason", ColumnKind.Text), new("count", ColumnKind.Integer)],
                [.. new RejectionWriter(ledger).Counts().Select(c => new object?[] { c.Step, c.Reason, c.Count })]));
        }

        ImmutableArray<SummaryTable> results = [];
        if (RunSummary.Read(run) is RunSummary found)
        {
            tables.Add(new("results", "Results", [new("result", ColumnKind.Text), new("value", ColumnKind.Text)], [.. found.Values.Select(v => new object?[] { v.Name, Terminal.Text(v.Value) })]));
            results = found.Tables;
        }

        return new RunSummary([.. values], [.. tables.Where(table => !table.Rows.IsEmpty), .. results.Where(table => tables.All(own => own.Name != table.Name))]);
    }
}
