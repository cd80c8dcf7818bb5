using System.Collections.Immutable;
using System.CommandLine;
using Caudata.Records;
using Caudata.Simulation.Fitting;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata simulate fit</c>: a world file from a table of ratings.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="time">The clock.</param>
internal sealed class SimulateFitCommand(Terminal terminal, TimeProvider time) : CliCommand
{
    private readonly Option<string?> _ratings = OptionValues.One("--ratings", "file", "Ratings: user, item, rating, perhaps a time. CSV, TSV, JSON lines (also .gz) or Parquet.");
    private readonly Option<string?> _tags = OptionValues.One("--item-tags", "file", "Tags of items: item, tag, perhaps a count. The 100 most used tags are kept, and 8 of an item.");
    private readonly Option<string?> _out = OptionValues.One("--out", "file", "The world file to write; its tables and the dropped rows go beside it. Default: world.yaml.");
    private readonly Option<string?> _seed = OptionValues.One("--seed", "number", "Seed of what is drawn while fitting. Default: 1.");
    private readonly Option<string?> _mnar = OptionValues.One("--mnar-strength", "number", "Assumed change of the log-odds of being observed for each standard deviation of the rating itself, -3 to 3. Ratings alone cannot tell it. Default: 0.");
    private readonly Option<string?> _user = OptionValues.One("--user-column", "name", "Column of users. Default: found by name.");
    private readonly Option<string?> _item = OptionValues.One("--item-column", "name", "Column of items. Default: found by name.");
    private readonly Option<string?> _rating = OptionValues.One("--rating-column", "name", "Column of ratings. Default: found by name.");
    private readonly Option<string?> _time = OptionValues.One("--time-column", "name", "Column of times; of several ratings for a pair the latest stands. Default: found by name.");
    private readonly Option<string?> _tagItem = OptionValues.One("--tag-item-column", "name", "Column of items in the tags. Default: found by name.");
    private readonly Option<string?> _tag = OptionValues.One("--tag-column", "name", "Column of tags. Default: found by name.");
    private readonly Option<string?> _tagCount = OptionValues.One("--tag-count-column", "name", "Column of counts in the tags. Default: found by name; 1 where there is none.");
    private readonly Option<string?> _maxLoss = OptionValues.One("--max-loss", "share", "Largest share of the rows of a file that may be lost, 0 to 1. Default: 0.01.");
    private readonly Option<string?> _threads = OptionValues.One("--threads", "number", "Threads to use; the result does not depend on it. Default: all processors.");
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else there." };

    /// <inheritdoc/>
    public override string Example => "caudata simulate fit --ratings ratings.csv --item-tags tags.csv --out world.yaml";

    /// <inheritdoc/>
    public override Command Build() => new("fit", "Fit a world to ratings: who rates how, who meets what, and which pairs are therefore observed.")
    {
        _ratings, _tags, _out, _seed, _mnar, _user, _item, _rating, _time, _tagItem, _tag, _tagCount, _maxLoss, _threads, _json,
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
        (ReadRatings ratings, ItemTags? tags, FittedWorld world, ImmutableArray<string> files) = await ProgressDisplay.RunAsync(terminal, time, progress => Task.Run(async () =>
        {
            progress.Report(new RunProgress("read", 0, null, request.Ratings));
            ReadRatings read = RatingReader.Read(request.Ratings, request.Columns, cancellationToken);
            ItemTags? itemTags = request.Tags is null ? null
                : RatingReader.ReadTags(request.Tags, read.Table, result.GetValue(_tagItem), result.GetValue(_tag), result.GetValue(_tagCount), cancellationToken);
            FittedWorld fitted = WorldFitter.Fit(read.Table, itemTags, Path.GetFileNameWithoutExtension(request.Out), request.Options, progress, cancellationToken);
            ImmutableArray<string> written = await fitted.WriteAsync(request.Out, [.. read.Rejected, .. itemTags?.Rejected ?? []], cancellationToken);
            return (read, itemTags, fitted, written);
        }, cancellationToken));
        LossReport[] losses = [RejectionTable.Loss(request.Ratings, ratings.Rejected, ratings.Rows, request.MaxLoss), .. tags is null ? [] : (LossReport[])[RejectionTable.Loss(request.Tags!, tags.Rejected, tags.Rows, request.MaxLoss)]];
        int code = losses.Any(l => l.IsTooMuch) ? ExitCode.Lost : ExitCode.Done;
        RunSummary summary = world.Fit.ToRunSummary();
        summary = summary with { Values = [new("rows", ratings.Rows), new("dropped", (long)(ratings.Rejected.Length + (tags?.Rejected.Length ?? 0))), .. summary.Values] };
        if (json)
        {
            terminal.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("world", request.Out);
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
            foreach (string file in files)
            {
                terminal.Output.WriteLine("wrote " + file);
            }
        }

        foreach (LossReport loss in losses.Where(l => l.IsTooMuch))
        {
            terminal.Error.WriteLine($"caudata: of {loss.Input}, {loss.Lost} of {loss.Inputs} rows were lost ({loss.Share:P2}); at most {loss.MaxLoss:P2} may be. {files[^2]} says which and why. Repair them, or allow more with --max-loss.");
        }

        return code;
    }

    private Request Bind(ParseResult result, List<string> mistakes)
    {
        OptionValues values = new(result, mistakes);
        FitOptions options = new()
        {
            Seed = values.Whole(_seed, 1, 0, ulong.MaxValue),
            Threads = (int)values.Whole(_threads, (ulong)Environment.ProcessorCount, 1, 256),
            MnarStrength = values.Number(_mnar, 0, -3, 3),
        };
        string ratings = values.Required(_ratings, "a table of ratings, for example --ratings ratings.csv"), output = values.Text(_out) ?? "world.yaml";
        if (Path.GetFileNameWithoutExtension(output).Length == 0)
        {
            mistakes.Add($"--out is '{output}'; expected the name of a world file, for example world.yaml.");
        }
        else if (Path.GetDirectoryName(output) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            // Told before the fit, which may take minutes.
            mistakes.Add($"--out is '{output}', but there is no folder '{folder}'; expected one that is there. Make it first.");
        }
        else if (((string?[])[ratings, values.Text(_tags)]).Any(input => !string.IsNullOrEmpty(input) && Path.GetFullPath(input) == Path.GetFullPath(output)))
        {
            mistakes.Add($"--out is '{output}', which is read too; expected another file, for example world.yaml.");
        }

        if (values.Text(_tags) is null && ((Option<string?>[])[_tagItem, _tag, _tagCount]).FirstOrDefault(o => values.Text(o) is not null) is { } idle)
        {
            mistakes.Add($"{idle.Name} is given without --item-tags; expected both.");
        }

        return new Request(ratings, values.Text(_tags), output, new RatingColumns(values.Text(_user), values.Text(_item), values.Text(_rating), values.Text(_time)), options, values.Number(_maxLoss, 0.01, 0, 1));
    }

    private sealed record Request(string Ratings, string? Tags, string Out, RatingColumns Columns, FitOptions Options, double MaxLoss);
}
