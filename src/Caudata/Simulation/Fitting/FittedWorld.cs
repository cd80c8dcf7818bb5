using System.Collections.Immutable;
using Caudata.Records;

namespace Caudata.Simulation.Fitting;

/// <summary>A world fitted to ratings: its text, and the tables that the text names.</summary>
/// <param name="Text">The world file.</param>
/// <param name="Tables">Each table's file name, columns and rows.</param>
/// <param name="Fit">What was estimated, for people.</param>
public sealed record FittedWorld(string Text, ImmutableArray<FittedTable> Tables, FitSummary Fit)
{
    /// <summary>Writes the world file and its tables beside it; files of these names are replaced.</summary>
    /// <param name="path">The world file.</param>
    /// <param name="rejected">Rows that were dropped while reading; they are written beside it too, as <c>NAME-rejected.jsonl</c>.</param>
    /// <param name="cancellationToken">Stops the writing; files are whole or not there.</param>
    /// <returns>The files that were written, the world file last.</returns>
    /// <exception cref="InputException">A file cannot be written.</exception>
    public async Task<ImmutableArray<string>> WriteAsync(string path, ImmutableArray<Rejection> rejected, CancellationToken cancellationToken = default)
    {
        string folder = Path.GetDirectoryName(path) ?? "", drops = Path.Combine(folder, Path.GetFileNameWithoutExtension(path) + "-rejected.jsonl");
        var files = ImmutableArray.CreateBuilder<string>();
        foreach (FittedTable table in Tables)
        {
            files.Add(Path.Combine(folder, table.Name));
            await TableFile.WriteParquetAsync(files[^1], table.Columns, table.Rows, cancellationToken);
        }

        TableFile.WriteJsonLines(drops, RejectionTable.Columns, RejectionTable.Rows(rejected));
        TextFile.Write(path, Text);
        return [.. files, drops, path];
    }
}

/// <summary>A table of a fitted world.</summary>
/// <param name="Name">File name.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Rows">Rows.</param>
public sealed record FittedTable(string Name, ImmutableArray<Column> Columns, ImmutableArray<object?[]> Rows);

/// <summary>What was estimated.</summary>
public sealed record FitSummary
{
    /// <summary>Observed pairs, users and items of the data.</summary>
    public required (int Pairs, int Users, int Items) Data { get; init; }

    /// <summary>Users and items that, by their rates, were there and never seen.</summary>
    public required (int Users, int Items) Unseen { get; init; }

    /// <summary>The different ratings.</summary>
    public required ImmutableArray<double> Levels { get; init; }

    /// <summary>Thresholds of the score between neighbouring levels.</summary>
    public required ImmutableArray<double> Thresholds { get; init; }

    /// <summary>Rank of the taste in ratings, and what was tried.</summary>
    public required (int Rank, ImmutableArray<RankTrial> Trials) Taste { get; init; }

    /// <summary>Rank of the interest in meeting items, and what was tried.</summary>
    public required (int Rank, ImmutableArray<RankTrial> Trials) Interest { get; init; }

    /// <summary>Standard deviations over units of users' levels, items' qualities, users' and items' log spreads, on the scale of the score, whose own noise has 1.81.</summary>
    public required (double Level, double Quality, double UserLogSpread, double ItemLogSpread) Deviations { get; init; }

    /// <summary>Share of the variance of quality that tags explain in left-out items, and the number of tags; null without tags.</summary>
    public required (double Explained, int Tags)? Tags { get; init; }

    /// <summary>The assumed strength with which a rating's own value makes it seen.</summary>
    public required double MnarStrength { get; init; }

    /// <summary>The estimates as values and tables.</summary>
    public RunSummary ToRunSummary() => new(
        [
            new("pairs", (long)Data.Pairs), new("users", (long)Data.Users), new("items", (long)Data.Items), new("users-never-seen", (long)Unseen.Users), new("items-never-seen", (long)Unseen.Items),
            new("levels", (long)Levels.Length), new("taste-rank", (long)Taste.Rank), new("interest-rank", (long)Interest.Rank), new("sd-of-user-level", Round(Deviations.Level)), new("sd-of-item-quality", Round(Deviations.Quality)),
            new("sd-of-user-log-spread", Round(Deviations.UserLogSpread)), new("sd-of-item-log-spread", Round(Deviations.ItemLogSpread)), new("mnar-strength", MnarStrength), .. Tags is { } tags ? (SummaryValue[])[new("tags", (long)tags.Tags), new("quality-explained-by-tags", Round(tags.Explained))] : [],
        ],
        [Trials("taste-ranks", "Ranks of taste: mean log-likelihood of held-out ratings", Taste.Trials), Trials("interest-ranks", "Ranks of interest: mean log-likelihood of held-out pairs above popularity", Interest.Trials)]);

    private static SummaryTable Trials(string name, string title, ImmutableArray<RankTrial> trials) => new(name, title, [new("rank", ColumnKind.Integer), new("log-likelihood", ColumnKind.Number), new("standard-error", ColumnKind.Number)],
        [.. trials.Select(t => new object?[] { (long)t.Rank, Round(t.LogLikelihood), Round(t.StandardError) })]);

    // Plus zero, so that no -0 is told.
    private static double Round(double value) => double.IsFinite(value) ? Math.Round(value, 6) + 0.0 : value;
}
