using System.Collections.Immutable;
using Caudata.Records;
using Caudata.Simulation.Ctar;
using Caudata.Simulation.Feedback;

namespace Caudata.Simulation.Output;

/// <summary>Draws a world into a run folder: data, truth, report, data card, summary.</summary>
public static class SimulationRun
{
    /// <summary>Says whether a world has interactions that RecBole could read.</summary>
    /// <param name="world">The world.</param>
    /// <exception cref="WorldException">It observes no variable over a pair of entities.</exception>
    public static void CheckRecBole(World world) => RecBoleFiles.Interaction(world);

    /// <summary>Says whether a world has reasons of ratings that can be written as instruction records.</summary>
    /// <param name="world">The world.</param>
    /// <exception cref="WorldException">Nothing in it says why a rating is as it is.</exception>
    public static void CheckInstructions(World world) => RatingReasons.Of(world);

    /// <summary>Runs a simulation.</summary>
    /// <param name="request">What to write.</param>
    /// <param name="folder">The run folder, open for work.</param>
    /// <param name="progress">Receives the steps; null for none.</param>
    /// <param name="cancellationToken">Stops between blocks; files are whole or not there.</param>
    /// <returns>The summary that was written.</returns>
    public static async Task<RunSummary> RunAsync(SimulationRequest request, RunFolder folder, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (request.Format == SimulationFormat.SelectionLog)
        {
            SelectionLogFile.Check(request.World);
        }

        SimulatedWorld simulated = new(request.World, request.Options, cancellationToken);
        var files = ImmutableArray.CreateBuilder<CardFile>();
        CtarData? ctar = null;
        progress?.Report(new RunProgress("simulate", 0, null, request.World.Name));
        if (request.Format == SimulationFormat.Ctar)
        {
            ctar = CtarData.Draw(simulated, request.Ctar);
            files.AddRange(CtarFiles.Write(ctar, folder));
        }

        if (request.Format == SimulationFormat.RecBole)
        {
            progress?.Report(new RunProgress("write interactions", 0, null));
            files.AddRange(RecBoleFiles.Write(simulated, folder, cancellationToken));
        }

        ImmutableArray<FeedbackReport.Figures> rounds = await LogAsync(simulated, request, folder, files, progress, cancellationToken);
        SimulatedTable[] tables =
        [
            .. request.Format is SimulationFormat.Ctar or SimulationFormat.RecBole or SimulationFormat.SelectionLog ? [] : SimulatedTable.Observed(simulated).AsEnumerable(),
            .. request.IsTruthWritten ? SimulatedTable.Truth(simulated).AsEnumerable() : [],
        ];
        foreach (SimulatedTable table in tables)
        {
            progress?.Report(new RunProgress("write " + table.Name, 0, null));
            long rows = await TableFiles.WriteAsync(simulated, table, isParquet: request.Format != SimulationFormat.Csv, folder, cancellationToken);
            files.Add(new CardFile(table.Name, table.Name + (request.Format == SimulationFormat.Csv ? ".csv" : ".parquet"), table.Name.StartsWith("truth", StringComparison.Ordinal) ? "truth" : "train", rows));
        }

        if (request.Instructions != InstructionSource.None)
        {
            progress?.Report(new RunProgress("write instructions", 0, null));
            CtarData? records = request.Instructions == InstructionSource.Observed ? ctar ?? CtarData.Draw(simulated, request.Ctar) : null;
            files.Add(InstructionFile.Write(request.World, request.Options, records, folder, cancellationToken));
        }

        progress?.Report(new RunProgress("report", 0, null));
        ImmutableArray<VariableStatistics> statistics = WorldStatistics.Collect(simulated);
        RunSummary summary = SimulationRecords.Summary(request, statistics, files.ToImmutable(), ctar, rounds);
        SimulationRecords.Report(request, statistics, files.ToImmutable(), ctar, rounds).Write(folder);
        SimulationRecords.Card(request, folder, statistics, files.ToImmutable(), ctar).Write(folder);
        folder.WriteText("graph.svg", SimulationRecords.Drawing(request.World));
        // Every unit that is drawn is written: nothing can be dropped.
        folder.WriteText(RejectionWriter.FileName, "");
        summary.Write(folder);
        return summary;
    }

    /// <summary>Writes the log of choices: of rounds, and with the truth also under each intervention; of a world without rounds when nothing else is asked for.</summary>
    private static async Task<ImmutableArray<FeedbackReport.Figures>> LogAsync(
        SimulatedWorld simulated, SimulationRequest request, RunFolder folder, ImmutableArray<CardFile>.Builder files, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        if (request.World.Rounds is null)
        {
            if (request.Format == SimulationFormat.SelectionLog)
            {
                files.Add(await SelectionLogFile.WriteAsync(simulated, folder, cancellationToken));
            }

            return [];
        }

        var figures = ImmutableArray.CreateBuilder<FeedbackReport.Figures>();
        await AddAsync([(null, new FeedbackWorld(request.World, request.Options, [], cancellationToken))]);
        if (request.IsTruthWritten && !request.Options.Interventions.IsEmpty)
        {
            await AddAsync([.. request.Options.Interventions.Select(i => ((string?)i.Name, new FeedbackWorld(request.World, request.Options, i.Interventions, cancellationToken)))]);
        }

        return figures.ToImmutable();

        async Task AddAsync(IReadOnlyList<(string? Intervention, FeedbackWorld World)> worlds)
        {
            (CardFile file, ImmutableArray<ImmutableArray<RoundStatistics>> rounds) = await SelectionLogFile.WriteAsync(worlds, request.Format != SimulationFormat.Csv, folder, progress, cancellationToken);
            files.Add(file);
            figures.AddRange(worlds.Zip(rounds, (world, statistics) => new FeedbackReport.Figures(world.Intervention ?? "", world.World.Policy.Formula, statistics)));
        }
    }
}
