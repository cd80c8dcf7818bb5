using System.Collections.Immutable;
using System.CommandLine;
using Caudata.Records;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata runs compare</c>: in which settings and results runs differ, side by side.</summary>
/// <param name="terminal">Where to write.</param>
internal sealed class RunsCompareCommand(Terminal terminal) : CliCommand
{
    private readonly Argument<string[]> _runs = new("run") { Description = "Two or more run folders.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else there." };

    /// <inheritdoc/>
    public override string Example => "caudata runs compare runs/first runs/second";

    /// <inheritdoc/>
    public override Command Build() => new("compare", "Compare runs: settings and inputs that differ, and all results side by side.") { _runs, _json };

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes(ParseResult result)
    {
        string[] runs = result.GetValue(_runs) ?? [];
        if (runs.Length == 1)
        {
            yield return $"one run is named, '{runs[0]}'; expected two or more. Name the runs to compare it with.";
        }

        foreach (string twice in runs.CountBy(run => run, StringComparer.Ordinal).Where(pair => pair.Value > 1).Select(pair => pair.Key))
        {
            yield return $"'{twice}' is named twice; expected each run once.";
        }
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string[] names = result.GetValue(_runs)!;
        List<(RunConfiguration Configuration, RunState State, RunSummary Summary)> runs = [];
        foreach (string name in names)
        {
            using RunFolder run = RunFolder.Open(name);
            runs.Add((run.Configuration, run.Status.State, RunSummary.Read(run) ?? new RunSummary([], [])));
        }

        Column[] columns = [.. names.Select(name => new Column(name, ColumnKind.Text))];
        SummaryTable settings = new("settings", "Settings and inputs that differ", [new("setting", ColumnKind.Text), .. columns], Rows(
            run => [new("command", run.Configuration.Command), new("version", run.Configuration.Version), new("seed", run.Configuration.Seed.ToString()),
                .. run.Configuration.Settings.Select(s => new SummaryValue(s.Name, s.Text)), .. run.Configuration.Inputs.Select(i => new SummaryValue("input " + i.Path, i.Sha256[..Math.Min(12, i.Sha256.Length)]))], onlyDifferent: true));
        SummaryTable results = new("results", "Results", [new("result", ColumnKind.Text), .. columns], Rows(
            run => [new("state", run.State.ToString().ToLowerInvariant()), .. run.Summary.Values], onlyDifferent: false));
        ImmutableArray<SummaryTable> tables = [settings, results];
        if (result.GetValue(_json))
        {
            terminal.Json(new RunSummary([new("runs", string.Join(' ', names))], tables).WriteTo);
        }
        else
        {
            foreach (SummaryTable table in tables)
            {
                terminal.Table(table);
            }
        }

        return Task.FromResult(ExitCode.Done);

        ImmutableArray<object?[]> Rows(Func<(RunConfiguration Configuration, RunState State, RunSummary Summary), IEnumerable<SummaryValue>> of, bool onlyDifferent)
        {
            Dictionary<string, string>[] sides = [.. runs.Select(run => of(run).GroupBy(v => v.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => Terminal.Text(g.First().Value), StringComparer.Ordinal))];
            return [.. sides.SelectMany(side => side.Keys).Distinct(StringComparer.Ordinal)
                .Select(name => new object?[] { name }.Concat(sides.Select(side => (object?)side.GetValueOrDefault(name))).ToArray())
                .Where(row => !onlyDifferent || row.Skip(2).Any(cell => !Equals(cell, row[1])))];
        }
    }
}
