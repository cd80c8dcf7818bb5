using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Caudata.Records;
using Caudata.Simulation;
using Caudata.Simulation.Fidelity;
using Caudata.Simulation.Files;
using Caudata.Simulation.Fitting;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata simulate fidelity</c>: real and synthetic ratings side by side.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="time">The clock.</param>
internal sealed class SimulateFidelityCommand(Terminal terminal, TimeProvider time) : CliCommand
{
    private readonly Option<string?> _real = OptionValues.One("--real", "file", "The real ratings: user, item, rating. CSV, TSV, JSON lines (also .gz) or Parquet.");
    private readonly Option<string?> _synthetic = OptionValues.One("--synthetic", "file", "The synthetic ratings, for example runs/w/user_item.parquet.");
    private readonly Option<string?> _world = OptionValues.One("--world", "file", "The fitted world from which the synthetic ratings were drawn: compares tags too, when it was fitted with --item-tags.");
    private readonly Option<string?> _items = OptionValues.One("--items", "number", "Number of items with which the world was drawn. Default: the world's.");
    private readonly Option<string?> _out = OptionValues.One("--out", "folder", "The run folder. Default: runs/fidelity.");
    private readonly Option<string?> _seed = OptionValues.One("--seed", "number", "Seed of what is drawn for comparing. Default: 1.");
    private readonly Option<string?> _rows = OptionValues.One("--rows", "number", "Most rows of each kind that the discriminator sees. Default: 40000.");
    private readonly Option<string?> _user = OptionValues.One("--user-column", "name", "Column of users in the real ratings. Default: found by name.");
    private readonly Option<string?> _item = OptionValues.One("--item-column", "name", "Column of items in the real ratings. Default: found by name.");
    private readonly Option<string?> _rating = OptionValues.One("--rating-column", "name", "Column of ratings in the real ratings. Default: found by name.");
    private readonly Option<string?> _maxLoss = OptionValues.One("--max-loss", "share", "Largest share of the rows of a file that may be lost, 0 to 1. Default: 0.01.");
    private readonly Option<string?> _threads = OptionValues.One("--threads", "number", "Threads to use; the result does not depend on it. Default: all processors.");
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else there." };

    /// <inheritdoc/>
    public override string Example => "caudata simulate fidelity --real ratings.csv --synthetic runs/w/user_item.parquet --world world.yaml --out runs/fidelity";

    /// <inheritdoc/>
    public override Command Build() => new("fidelity", "Set real and synthetic ratings side by side: marginals, long tail, moments, co-occurrence, tags, and whether a discriminator can tell them apart.")
    {
        _real, _synthetic, _world, _items, _out, _seed, _rows, _user, _item, _rating, _maxLoss, _threads, _json,
    };

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes(ParseResult result)
    {
        List<string> mistakes = [];
        Bind(result, mistakes);
        return mistakes;
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        Request request = Bind(result, []);
        bool json = result.GetValue(_json);
        using RunFolder folder = RunFolder.Create(request.Out, await ConfigurationAsync(request, [.. result.Tokens.Select(t => t.Value)], cancellationToken), $"caudata runs resume {request.Out}", time);
        try
        {
            (FidelityResult found, LossReport[] losses) = await ProgressDisplay.RunAsync(terminal, time, progress => Task.Run(() => Compare(request, folder, progress, cancellationToken), cancellationToken));
            int code = losses.Any(l => l.IsTooMuch) ? ExitCode.Lost : ExitCode.Done;
            folder.SetState(RunState.Finished, "", code);
            Print(request.Out, found.Summary, losses, code, json);
            return code;
        }
        catch (OperationCanceledException)
        {
            folder.SetState(RunState.Stopped, "stopped by a signal", ExitCode.Stopped);
            return terminal.Fail([$"stopped; the same command starts again. Go on with: {folder.Status.ResumeCommand}"], ExitCode.Stopped, json);
        }
        catch (Exception e)
        {
            folder.SetState(RunState.Failed, e.Message, ExitCode.Wrong);
            throw;
        }
    }

    private static (FidelityResult, LossReport[]) Compare(Request request, RunFolder folder, IProgress<RunProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new RunProgress("read", 0, null));
        ReadRatings real = RatingReader.Read(request.Real, request.Columns, cancellationToken), synthetic = RatingReader.Read(request.Synthetic, new RatingColumns(), cancellationToken);
        FidelityTags? tags = request.World is null ? null : Tags(request, real.Table, synthetic.Table);
        FidelityResult found = FidelityRun.Run((Path.GetFileName(request.Real), real.Table), (request.Synthetic, synthetic.Table), tags, request.Options, progress, cancellationToken);
        found.Write(folder, [.. real.Rejected, .. synthetic.Rejected]);
        return (found, [RejectionTable.Loss(request.Real, real.Rejected, real.Rows, request.MaxLoss), RejectionTable.Loss(request.Synthetic, synthetic.Rejected, synthetic.Rows, request.MaxLoss)]);
    }

    private static FidelityTags Tags(Request request, RatingTable real, RatingTable synthetic)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(request.World!))!;
        try
        {
            Dictionary<string, double> settings = request.Items is { } items ? new(StringComparer.Ordinal) { ["item"] = items } : [];
            return WorldTags.Of(World.Parse(TextFile.Read(request.World!, 4L * WorldLimits.Text), new TableFolder(folder), settings), folder, real, synthetic);
        }
        catch (WorldException e)
        {
            throw new InputException(string.Join('\n', e.Mistakes.Select(m => $"{request.World}: {m}")), e);
        }
    }

    private void Print(string shown, RunSummary summary, LossReport[] losses, int code, bool json)
    {
        if (json)
        {
            terminal.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("run", shown);
                writer.WriteString("state", "finished");
                writer.WriteNumber("exit-code", code);
                writer.WritePropertyName("summary");
                summary.WriteTo(writer);
                writer.WriteEndObject();
            });
        }
        else
        {
            terminal.Values(summary.Values);
            foreach (SummaryTable table in summary.Tables)
            {
                terminal.Table(table);
            }

            terminal.Output.WriteLine();
            terminal.Values([new(Path.Combine(shown, Report.FileName), "report"), new(Path.Combine(shown, FidelityRun.FileName), "all figures")]);
        }

        foreach (LossReport loss in losses.Where(l => l.IsTooMuch))
        {
            terminal.Error.WriteLine($"caudata: of {loss.Input}, {loss.Lost} of {loss.Inputs} rows were lost ({loss.Share:P2}); at most {loss.MaxLoss:P2} may be. {Path.Combine(shown, RejectionWriter.FileName)} says which and why. Repair them, or allow more with --max-loss.");
        }
    }

    private static async Task<RunConfiguration> ConfigurationAsync(Request request, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var inputs = ImmutableArray.CreateBuilder<RunInput>();
        foreach (string? file in (string?[])[request.Real, request.Synthetic, request.World])
        {
            if (file is not null)
            {
                inputs.Add(await RunInput.HashAsync(file, cancellationToken));
            }
        }

        return new RunConfiguration
        {
            Command = "simulate fidelity",
            Version = ExtractRequest.ProgramVersion,
            Seed = request.Options.Seed,
            Settings =
            [
                Setting.Of("real", request.Real), Setting.Of("synthetic", request.Synthetic), Setting.Of("world", request.World), Setting.Of("items", request.Items),
                Setting.Of("user-column", request.Columns.User), Setting.Of("item-column", request.Columns.Item), Setting.Of("rating-column", request.Columns.Rating),
                Setting.Of("rows", (long)request.Options.Rows), Setting.Of("max-loss", request.MaxLoss),
            ],
            Inputs = [.. inputs.OrderBy(i => i.Path, StringComparer.Ordinal)],
            Environment =
            [
                Setting.Of("arguments", arguments), Setting.Of("working-directory", Environment.CurrentDirectory), Setting.Of("threads", (long)request.Options.Threads),
                Setting.Of("runtime", RuntimeInformation.FrameworkDescription), Setting.Of("system", RuntimeInformation.RuntimeIdentifier), Setting.Of("processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
            ],
        };
    }

    private Request Bind(ParseResult result, List<string> mistakes)
    {
        OptionValues values = new(result, mistakes);
        FidelityOptions options = new()
        {
            Seed = values.Whole(_seed, 1, 0, ulong.MaxValue),
            Threads = (int)values.Whole(_threads, (ulong)Environment.ProcessorCount, 1, 256),
            Rows = (int)values.Whole(_rows, 40_000, 100, 1_000_000),
        };
        long? items = values.Text(_items) is null ? null : (long)values.Whole(_items, 1, 1, WorldLimits.Units);
        if (items is not null && values.Text(_world) is null)
        {
            mistakes.Add("--items is given without --world; expected both.");
        }

        return new Request(values.Required(_real, "the real ratings, for example --real ratings.csv"), values.Required(_synthetic, "the synthetic ratings, for example --synthetic runs/w/user_item.parquet"), values.Text(_world), items,
            values.Text(_out) ?? "runs/fidelity", new RatingColumns(values.Text(_user), values.Text(_item), values.Text(_rating)), options, values.Number(_maxLoss, 0.01, 0, 1));
    }

    private sealed record Request(string Real, string Synthetic, string? World, long? Items, string Out, RatingColumns Columns, FidelityOptions Options, double MaxLoss);
}
