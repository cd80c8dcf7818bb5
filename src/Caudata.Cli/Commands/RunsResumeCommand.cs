using System.CommandLine;
using Caudata.Records;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata runs resume</c>: goes on with a run that stopped, by its own command line.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="run">Runs a command line.</param>
internal sealed class RunsResumeCommand(Terminal terminal, Func<IReadOnlyList<string>, CancellationToken, Task<int>> run) : CliCommand
{
    private readonly Argument<string> _run = new("run") { Description = "The run folder." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else there." };

    /// <inheritdoc/>
    public override string Example => "caudata runs resume runs/first";

    /// <inheritdoc/>
    public override Command Build() => new("resume", "Go on with a run that stopped, failed or was killed; finished steps are not done again.") { _run, _json };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string path = result.GetValue(_run)!;
        string[] arguments;
        string? directory;
        using (RunFolder folder = RunFolder.Open(path))
        {
            arguments = [.. folder.Configuration.Environment.Where(setting => setting.Name == "arguments").SelectMany(setting => setting.Values)];
            directory = folder.Configuration.Environment.FirstOrDefault(setting => setting.Name == "working-directory")?.Values[0];
            if (arguments.Length == 0)
            {
                throw new RecordException($"'{path}' does not say with which arguments it was started; expected 'arguments' below 'environment' in {RunFolder.ConfigurationFile}. Give its command again with --out {path}.");
            }

            RunState state = folder.Status.State;
            if (state == RunState.Finished)
            {
                terminal.Error.WriteLine($"'{path}' is finished; its results are checked and written again.");
            }

            arguments = [.. WithoutOut(arguments), "--out", folder.FullPath, .. result.GetValue(_json) && !arguments.Contains("--json") ? ["--json"] : Array.Empty<string>()];
        }

        if (directory is not null && Directory.Exists(directory))
        {
            Environment.CurrentDirectory = directory;
        }

        return await run(arguments, cancellationToken);
    }

    private static IEnumerable<string> WithoutOut(string[] arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--out")
            {
                i++;
            }
            else if (!arguments[i].StartsWith("--out=", StringComparison.Ordinal))
            {
                yield return arguments[i];
            }
        }
    }
}
