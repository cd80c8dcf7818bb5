using System.Collections.Immutable;
using Caudata.Extraction;
using Caudata.Records;

namespace Caudata.Cli.Commands;

/// <summary>Runs the engine in a run folder: lock, configuration, progress, state, output, exit code.</summary>
internal static class EngineRun
{
    /// <summary>Runs the engine.</summary>
    /// <param name="terminal">Where to write.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="time">The clock.</param>
    /// <param name="command">Name of the command.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="arguments">The command line, for <c>runs resume</c>.</param>
    /// <param name="json">True to print one JSON object.</param>
    /// <param name="cancellationToken">Ctrl-C or a signal.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        Terminal terminal, ExtractEngine engine, TimeProvider time, string command, ExtractRequest request, ImmutableArray<string> arguments, bool json, CancellationToken cancellationToken)
    {
        RunConfiguration configuration = request.ToConfiguration(command, await HashInputsAsync(request, cancellationToken), arguments);
        using RunFolder folder = RunFolder.Create(request.Out, configuration, $"caudata runs resume {Quote(request.Out)}", time);
        if (folder.IsResumed)
        {
            terminal.Error.WriteLine($"going on with {request.Out}: finished steps are not done again");
        }

        try
        {
            RunOutcome outcome = await ProgressDisplay.RunAsync(terminal, time, progress => engine(request, folder, progress, cancellationToken));
            outcome.Summary.Write(folder);
            folder.SetState(outcome.End == RunEnd.Stopped ? RunState.Stopped : RunState.Finished, outcome.Detail, outcome.ExitCode);
            Print(terminal, request.Out, folder, outcome, json);
            return outcome.ExitCode;
        }
        catch (OperationCanceledException)
        {
            folder.SetState(RunState.Stopped, "stopped by a signal", ExitCode.Stopped);
            return terminal.Fail([$"stopped; what was committed is kept. Go on with: {folder.Status.ResumeCommand}"], ExitCode.Stopped, json);
        }
        catch (Exception e)
        {
            folder.SetState(RunState.Failed, e.Message, ExitCode.Wrong);
            throw;
        }
    }

    private static void Print(Terminal terminal, string shown, RunFolder folder, RunOutcome outcome, bool json)
    {
        if (json)
        {
            terminal.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("run", shown);
                writer.WriteString("state", outcome.End == RunEnd.Stopped ? "stopped" : "finished");
                writer.WriteNumber("exit-code", outcome.ExitCode);
                writer.WriteNumber("lost", outcome.Losses.Sum(loss => loss.Lost));
                writer.WriteNumber("inputs", outcome.Losses.Sum(loss => loss.Inputs));
                writer.WritePropertyName("summary");
                outcome.Summary.WriteTo(writer);
                writer.WriteEndObject();
            });
        }
        else
        {
            terminal.Values(outcome.Summary.Values);
            foreach (SummaryTable table in outcome.Summary.Tables)
            {
                terminal.Table(table);
            }

            terminal.Output.WriteLine();
            (string Name, string What)[] files =
            [
                (PairWriter.PairsFile, "pairs with their provenance"), (PairWriter.TrainingFile, "pairs for training"), (Report.FileName, "report"), (ExtractionRecords.ComparisonPicture, "the comparison as a picture"), (DataCard.FileName, "data card"), (RejectionWriter.FileName, "what was dropped, and why"),
            ];
            terminal.Values([.. files.Where(file => folder.Has(file.Name)).Select(file => new SummaryValue(Path.Combine(shown, file.Name), file.What))]);

            if (outcome.Conclusion is { } conclusion)
            {
                terminal.Output.WriteLine();
                terminal.Output.WriteLine(conclusion);
            }
        }

        if (outcome.End == RunEnd.Stopped)
        {
            terminal.Error.WriteLine($"stopped: {outcome.Detail}.");
        }

        foreach (LossReport loss in outcome.Losses.Where(loss => loss.IsTooMuch))
        {
            terminal.Error.WriteLine($"caudata: of the {loss.Input}, {loss.Lost} of {loss.Inputs} rows and files were lost ({loss.Share:P2}); at most {loss.MaxLoss:P2} may be. "
                + $"{Path.Combine(shown, RejectionWriter.FileName)} says which and why. Repair them, or allow more with --max-loss.");
        }
    }

    private static async Task<ImmutableArray<RunInput>> HashInputsAsync(ExtractRequest request, CancellationToken cancellationToken)
    {
        ImmutableArray<RunInput>.Builder inputs = ImmutableArray.CreateBuilder<RunInput>();
        foreach ((string role, IEnumerable<string> patterns) in new (string, IEnumerable<string>)[]
        {
            ("corpus", request.Options.Corpus), ("target", [request.Options.Target]), ("heldout", request.Options.Heldout is null ? [] : [request.Options.Heldout]), ("decontaminate", request.Options.Decontaminate),
        })
        {
            string[] files = [.. patterns.Where(pattern => !pattern.StartsWith("world:", StringComparison.Ordinal))];
            foreach (SourceFile file in files.Length == 0 ? [] : SourceFiles.Expand(files))
            {
                inputs.Add(new RunInput($"{role}: {file.Name}", file.Length, await file.HashAsync(cancellationToken)));
            }
        }

        return inputs.ToImmutable();
    }

    private static string Quote(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || "/._-".Contains(c, StringComparison.Ordinal)) ? path : "'" + path.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
