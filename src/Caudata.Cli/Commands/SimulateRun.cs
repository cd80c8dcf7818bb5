using System.Collections.Immutable;
using Caudata.Records;
using Caudata.Simulation;
using Caudata.Simulation.Output;

namespace Caudata.Cli.Commands;

/// <summary>Runs a simulation in a run folder: lock, configuration, progress, state, output, exit code.</summary>
internal static class SimulateRun
{
    /// <summary>Runs it.</summary>
    /// <param name="terminal">Where to write.</param>
    /// <param name="time">The clock.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="arguments">The command line, for <c>runs resume</c>.</param>
    /// <param name="json">True to print one JSON object.</param>
    /// <param name="cancellationToken">Ctrl-C or a signal.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Terminal terminal, TimeProvider time, SimulateRequest request, ImmutableArray<string> arguments, bool json, CancellationToken cancellationToken)
    {
        using RunFolder folder = RunFolder.Create(request.Out, await request.ToConfigurationAsync(arguments, cancellationToken), $"caudata runs resume {request.Out}", time);
        folder.WriteText("world.yaml", request.Text);
        try
        {
            RunSummary summary = await ProgressDisplay.RunAsync(terminal, time, progress => SimulationRun.RunAsync(request.Run, folder, progress, cancellationToken));
            folder.SetState(RunState.Finished, "", ExitCode.Done);
            Print(terminal, request.Out, summary, json);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            folder.SetState(RunState.Stopped, "stopped by a signal", ExitCode.Stopped);
            return terminal.Fail([$"stopped; whole files are kept. Go on with: {folder.Status.ResumeCommand}"], ExitCode.Stopped, json);
        }
        catch (WorldException e)
        {
            folder.SetState(RunState.Failed, e.Message, ExitCode.Wrong);
            return terminal.Fail([.. e.Mistakes.Select(mistake => $"{request.Origin}: {mistake}")], ExitCode.Wrong, json);
        }
        catch (Exception e)
        {
            folder.SetState(RunState.Failed, e.Message, ExitCode.Wrong);
            throw;
        }
    }

    private static void Print(Terminal terminal, string shown, RunSummary summary, bool json)
    {
        if (json)
        {
            terminal.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("run", shown);
                writer.WriteString("state", "finished");
                writer.WriteNumber("exit-code", ExitCode.Done);
                writer.WritePropertyName("summary");
                summary.WriteTo(writer);
                writer.WriteEndObject();
            });
            return;
        }

        terminal.Values(summary.Values);
        foreach (SummaryTable table in summary.Tables)
        {
            terminal.Table(table);
        }

        terminal.Output.WriteLine();
        terminal.Values([new(Path.Combine(shown, Report.FileName), "report"), new(Path.Combine(shown, DataCard.FileName), "data card")]);
    }
}
