using System.Collections.Immutable;
using Caudata.Records;
using Caudata.Simulation.Output;

namespace Caudata.Simulation.Feedback;

/// <summary>Writes logs of choices with their true propensities: of rounds, exposure by exposure; of a world without rounds, pair by pair. The columns are those of <see cref="SelectionColumns"/>.</summary>
internal static class SelectionLogFile
{
    /// <summary>Name of the observed log, without its ending.</summary>
    public const string Name = "selection_log";

    /// <summary>Name of the logs under interventions, without its ending.</summary>
    public const string TruthName = "truth_selection_log";

    private const int GroupRows = 1 << 18;

    private static readonly Column Intervention = new("intervention", ColumnKind.Text), Unit = SelectionColumns.Unit with { Kind = ColumnKind.Integer };

    private static readonly ImmutableArray<Column> Exposure =
    [
        SelectionColumns.Round, Unit, SelectionColumns.Action, SelectionColumns.Position, SelectionColumns.Policy, SelectionColumns.Propensity, new("slate_propensity", ColumnKind.Number),
        new("position_propensity", ColumnKind.Number), SelectionColumns.Cost, SelectionColumns.Reward,
    ];

    private static readonly ImmutableArray<Column> Pair =
        [SelectionColumns.Round, Unit, SelectionColumns.Action, SelectionColumns.Chosen, SelectionColumns.Policy, SelectionColumns.Propensity, SelectionColumns.Cost, SelectionColumns.Reward];

    /// <summary>Names of the columns of a log of rounds; what else is logged must have another name.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Exposure.Select(c => c.Name), Intervention.Name];

    /// <summary>Says whether a world chooses something that the log has columns for.</summary>
    /// <param name="world">The world.</param>
    /// <exception cref="WorldException">It has neither rounds nor indicators, or one over three entities.</exception>
    public static void Check(World world)
    {
        if (world.Rounds is null && world.Indicators.IsEmpty)
        {
            throw new WorldException($"The world '{world.Name}' has neither rounds nor anything under 'missing', so nothing is chosen; expected one of them for a selection log. Write csv or parquet instead.");
        }

        if (world.Rounds is null && world.Indicators.FirstOrDefault(r => r.Indices.Length > 2) is { } indicator)
        {
            throw new WorldException($"{indicator.Name} has a value for each {string.Join(", ", indicator.Indices)}, and a selection log has columns for two entities, unit and action; expected indicators over at most two. Write csv or parquet with --truth instead: there stand {indicator.Name} and P({indicator.Name}).");
        }
    }

    /// <summary>Runs worlds with rounds, and writes what they show.</summary>
    /// <param name="worlds">The worlds, under their interventions; one without a name for the observed log.</param>
    /// <param name="isParquet">True for Parquet, false for CSV.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="progress">Receives the rounds; null for none.</param>
    /// <param name="cancellationToken">Stops between blocks; the file is whole or not there.</param>
    /// <returns>The file, and the figures of each world.</returns>
    public static async Task<(CardFile File, ImmutableArray<ImmutableArray<RoundStatistics>> Figures)> WriteAsync(
        IReadOnlyList<(string? Intervention, FeedbackWorld World)> worlds, bool isParquet, RunFolder folder, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        World world = worlds[0].World.World;
        WorldRounds rounds = world.Rounds!;
        bool isTruth = worlds[0].Intervention is not null;
        string name = (isTruth ? TruthName : Name) + (isParquet ? ".parquet" : ".csv");
        ImmutableArray<Column> columns = [.. isTruth ? [Intervention] : ImmutableArray<Column>.Empty, .. Exposure, .. rounds.Context.Select(c => new Column(c, ColumnKind.Number))];
        ImmutableArray<string> interventions = [.. worlds.Select(w => w.Intervention ?? "")], policies = [.. worlds.Select(w => w.World.Policy.Formula)];
        var figures = ImmutableArray.CreateBuilder<ImmutableArray<RoundStatistics>>();
        long rows = 0;
        await folder.WriteAsync(name, async stream =>
        {
            GroupedTable table = await GroupedTable.CreateAsync(stream, columns, isParquet, cancellationToken);
            await using (table)
            {
                for (int w = 0; w < worlds.Count; w++)
                {
                    ExposureStatistics statistics = new(world.Entities[world.EntityIndex(rounds.Item)].Size, rounds.Positive);
                    foreach (ExposureRound round in worlds[w].World.Run())
                    {
                        progress?.Report(new RunProgress(worlds[w].Intervention ?? "rounds", round.Round + 1, rounds.Count));
                        statistics.Add(round);
                        await AddAsync(table, round, isTruth, w, interventions, policies);
                    }

                    rows += statistics.Count;
                    figures.Add(statistics.Rounds);
                }
            }
        });
        return (new CardFile(isTruth ? TruthName : Name, name, isTruth ? "truth" : "train", rows), figures.ToImmutable());
    }

    /// <summary>Writes, for each missingness indicator of a world without rounds, every unit with the true probability that it was seen, and its value where it was.</summary>
    /// <param name="simulated">The world with its seed.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="cancellationToken">Stops between blocks; the file is whole or not there.</param>
    public static async Task<CardFile> WriteAsync(SimulatedWorld simulated, RunFolder folder, CancellationToken cancellationToken)
    {
        ImmutableArray<WorldIndicator> indicators = simulated.World.Indicators;
        ImmutableArray<string> names = [.. indicators.Select(r => r.Name)];
        long count = 0;
        await folder.WriteAsync(Name + ".parquet", async stream =>
        {
            GroupedTable table = await GroupedTable.CreateAsync(stream, Pair, isParquet: true, cancellationToken);
            await using (table)
            {
                for (int r = 0; r < indicators.Length; r++)
                {
                    int indicator = r;
                    bool isPair = indicators[r].Indices.Length == 2;
                    simulated.Run([indicators[r].Of, indicators[r].Name, $"P({indicators[r].Name})"], (_, rows) => Rows(rows, isPair, indicator), (_, block) =>
                    {
                        count += block[0].Length;
                        // The writer works in memory until its stream is written, so there is nothing to wait for.
                        table.AddAsync([.. block.Select((values, c) => new NumberColumn(values) { Texts = c == 4 ? names : [] })]).GetAwaiter().GetResult();
                    });
                }
            }
        });
        return new CardFile(Name, Name + ".parquet", "train", count);
    }

    private static double[][] Rows(SimulatedRows rows, bool isPair, int indicator)
    {
        double[][] columns = [.. Pair.Select(_ => new double[rows.Count * rows.Width])];
        int at = 0;
        rows.ForEach(row =>
        {
            for (int i = 0; i < row.Width; i++, at++)
            {
                bool seen = row[1][i] != 0;
                columns[1][at] = isPair ? row.Index : i;
                columns[2][at] = isPair ? i : 0;
                columns[3][at] = seen ? 1 : 0;
                columns[4][at] = indicator;
                columns[5][at] = row[2][i];
                columns[6][at] = seen ? 1 : 0;
                columns[7][at] = seen ? row[0][i] : double.NaN;
            }
        });
        return columns;
    }

    private static async Task AddAsync(GroupedTable table, ExposureRound round, bool isTruth, int world, ImmutableArray<string> interventions, ImmutableArray<string> policies)
    {
        NumberColumn Same(double value) => new(Enumerable.Repeat(value, round.Count).ToArray());
        NumberColumn Whole(ImmutableArray<int> values) => new(values.Select(v => (double)v).ToArray());
        List<NumberColumn> columns = isTruth ? [Same(world) with { Texts = interventions }] : [];
        columns.AddRange(
        [
            Same(round.Round), Whole(round.Users), Whole(round.Items), Whole(round.Positions), Same(world) with { Texts = policies }, new(round.Propensities.AsMemory()), new(round.SlatePropensities.AsMemory()),
            new(round.PositionPropensities.AsMemory()), Same(1), new(round.Outcomes.AsMemory()), .. round.Context.Select(c => new NumberColumn(c.AsMemory())),
        ]);
        await table.AddAsync(columns);
    }

    /// <summary>A table that gathers rows until they fill a group.</summary>
    private sealed class GroupedTable : IAsyncDisposable
    {
        private readonly Stream _stream;
        private readonly ColumnTableWriter? _writer;
        private readonly CancellationToken _cancellation;
        private readonly List<double>[] _group;
        private readonly ImmutableArray<string>[] _texts;

        private GroupedTable(Stream stream, int columns, ColumnTableWriter? writer, CancellationToken cancellationToken) =>
            (_stream, _writer, _cancellation, _group, _texts) = (stream, writer, cancellationToken, [.. Enumerable.Range(0, columns).Select(_ => new List<double>())], [.. Enumerable.Repeat(ImmutableArray<string>.Empty, columns)]);

        public static async Task<GroupedTable> CreateAsync(Stream stream, ImmutableArray<Column> columns, bool isParquet, CancellationToken cancellationToken)
        {
            if (!isParquet)
            {
                await stream.WriteAsync(new NumberText().Text(string.Join(',', columns.Select(c => c.Name))).Symbol('\n').Written, cancellationToken);
            }

            return new GroupedTable(stream, columns.Length, isParquet ? await ColumnTableWriter.CreateAsync(stream, columns, cancellationToken) : null, cancellationToken);
        }

        public async Task AddAsync(List<NumberColumn> columns)
        {
            for (int c = 0; c < _group.Length; c++)
            {
                _group[c].AddRange(columns[c].Values.Span);
                _texts[c] = columns[c].Texts;
            }

            if (_group[0].Count >= GroupRows)
            {
                await FlushAsync();
            }
        }

        public async ValueTask DisposeAsync()
        {
            await FlushAsync();
            if (_writer is not null)
            {
                await _writer.DisposeAsync();
            }
        }

        private async Task FlushAsync()
        {
            if (_writer is not null)
            {
                await _writer.AddGroupAsync([.. _group.Select((column, c) => new NumberColumn(column.ToArray()) { Texts = _texts[c] })], _cancellation);
            }
            else
            {
                await _stream.WriteAsync(Lines().Written, _cancellation);
            }

            foreach (List<double> column in _group)
            {
                column.Clear();
            }
        }

        private NumberText Lines()
        {
            NumberText text = new();
            for (int row = 0; row < _group[0].Count; row++)
            {
                for (int c = 0; c < _group.Length; c++)
                {
                    if (c > 0)
                    {
                        text.Symbol(',');
                    }

                    if (_texts[c].IsEmpty)
                    {
                        text.Number(_group[c][row]);
                    }
                    else
                    {
                        text.Symbol('"').Text(_texts[c][(int)_group[c][row]].Replace("\"", "\"\"", StringComparison.Ordinal)).Symbol('"');
                    }
                }

                text.Symbol('\n');
            }

            return text;
        }
    }
}
