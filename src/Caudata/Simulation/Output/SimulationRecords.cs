using System.Collections.Immutable;
using System.Globalization;
using Caudata.Graphs.Drawing;
using Caudata.Records;
using Caudata.Simulation.Ctar;
using Caudata.Simulation.Feedback;

namespace Caudata.Simulation.Output;

/// <summary>What a simulation tells about itself: summary, report, data card.</summary>
internal static class SimulationRecords
{
    private const int MostPoints = 500;

    public static string Drawing(World world) => GraphDrawing.ToSvg(world.Graph, new DrawingOptions { Title = world.Name });

    public static RunSummary Summary(SimulationRequest request, ImmutableArray<VariableStatistics> statistics, ImmutableArray<CardFile> files, CtarData? ctar, ImmutableArray<FeedbackReport.Figures> rounds)
    {
        var values = ImmutableArray.CreateBuilder<SummaryValue>();
        values.Add(new("world", request.World.Name));
        foreach (WorldEntity entity in request.World.Entities)
        {
            values.Add(new(entity.Name + "s", (long)entity.Size));
        }

        foreach (VariableStatistics s in statistics.Where(s => s.Seen > 0 && s.Seen < s.Units))
        {
            values.Add(new($"{s.Variable.Name}-seen", s.Seen));
            values.Add(new($"{s.Variable.Name}-mean-seen", Round(s.SeenMean)));
            values.Add(new($"{s.Variable.Name}-mean-all", Round(s.Mean)));
        }

        if (ctar is not null)
        {
            values.Add(new("test-1", (long)ctar.Test1.Length));
            values.Add(new("test-2", (long)ctar.Test2.Length));
            values.Add(new("test-3", (long)ctar.Test3.Length));
            CtarBaselines frequency = CtarBaselines.TagFrequency(ctar);
            values.Add(new("tag-frequency-auc-test-2", Round(frequency.Test2)));
            values.Add(new("tag-frequency-auc-test-3", Round(frequency.Test3)));
        }

        foreach (RoundStatistics last in rounds.Take(1).Select(factual => factual.Rounds[^1]))
        {
            values.Add(new("rounds", last.Round + 1L));
            values.Add(new("outcome-last-round", Round(last.Outcome)));
            values.Add(new("coverage-last-round", Round(last.Coverage)));
            values.Add(new("gini-last-round", Round(last.Gini)));
        }

        return new RunSummary(values.ToImmutable(), [.. rounds.IsEmpty ? [] : rounds.Select(FeedbackReport.Rounds).Prepend(FeedbackReport.Worlds(rounds)), Variables(statistics), MissingTable(request.World, statistics), FileTable(files)]);
    }

    public static Report Report(SimulationRequest request, ImmutableArray<VariableStatistics> statistics, ImmutableArray<CardFile> files, CtarData? ctar, ImmutableArray<FeedbackReport.Figures> rounds)
    {
        World world = request.World;
        var sections = ImmutableArray.CreateBuilder<ReportSection>();
        sections.Add(new ReportSection.Figures([.. world.Entities.Select(e => (e.Name + "s", Number(e.Size), "")),
            .. statistics.Where(s => s.Seen > 0 && s.Seen < s.Units).Select(s => ($"{s.Variable.Name} seen", Number(s.Seen), string.Create(CultureInfo.InvariantCulture, $"{s.Seen / (double)s.Units:P2} of {s.Units:N0}")))]));
        if (world.About.Length > 0)
        {
            sections.Add(new ReportSection.Paragraph(world.About.Trim()));
        }

        if (world.Rounds is { } declared)
        {
            sections.AddRange(FeedbackReport.Sections(declared, rounds));
        }

        sections.Add(new ReportSection.Heading("Causes"));
        sections.Add(new ReportSection.Drawing("The causal graph: latent variables dashed, missingness indicators boxed", Drawing(world)));
        sections.Add(new ReportSection.Table(WorldDescription.Mechanisms(world)));
        sections.Add(new ReportSection.Heading("Missingness"));
        sections.Add(new ReportSection.Table(WorldDescription.Missing(world)));
        sections.Add(new ReportSection.Table(MissingTable(world, statistics)));
        foreach (IGrouping<WorldVariable, (VariableStatistics Of, SeenBy By)> cause in statistics.SelectMany(s => s.SeenBy.Select(by => (Of: s, By: by))).GroupBy(p => p.By.Cause))
        {
            sections.Add(new ReportSection.Graph(Missing(cause.Key, [.. cause])));
        }

        foreach (IGrouping<string, VariableStatistics> entity in statistics.Where(s => !s.SeenByColumn.IsEmpty).GroupBy(s => s.Variable.Indices[^1]))
        {
            sections.Add(new ReportSection.Graph(LongTail(entity.Key, [.. entity])));
        }

        sections.Add(new ReportSection.Heading("Marginals"));
        foreach (VariableStatistics s in statistics.Where(s => s.Counts.Count > 1))
        {
            sections.Add(new ReportSection.Graph(Marginal(s)));
        }

        sections.Add(new ReportSection.Table(Variables(statistics)));
        if (ctar is not null)
        {
            sections.Add(new ReportSection.Table(new SummaryTable("tests", "Tests", [new("test", ColumnKind.Text), new("questions", ColumnKind.Integer), new("liked", ColumnKind.Integer)],
                [["1, left-out tags", (long)ctar.Test1.Length, (long)ctar.Test1.Length], ["2, tags of rated movies", (long)ctar.Test2.Length, (long)ctar.Test2.Count(q => q.IsLiked)], ["3, tags of no rated movie", (long)ctar.Test3.Length, (long)ctar.Test3.Count(q => q.IsLiked)]])));
        }

        if (Baselines(statistics, ctar) is { Rows.IsEmpty: false } baselines)
        {
            sections.Add(new ReportSection.Heading("Baselines"));
            sections.Add(new ReportSection.Paragraph("What a model must beat: guesses that know nothing of a unit."));
            sections.Add(new ReportSection.Table(baselines));
        }

        sections.Add(new ReportSection.Heading("Files"));
        sections.Add(new ReportSection.Table(FileTable(files)));
        string interventions = string.Join("; ", request.Options.Interventions.Select(i => i.Name));
        return new Report(world.Name, $"seed {request.Options.Seed}{(request.TableSource.Length > 0 ? $", tables: {request.TableSource}" : "")}{(interventions.Length > 0 ? $", potential outcomes under {interventions}" : "")}", sections.ToImmutable());
    }

    public static DataCard Card(SimulationRequest request, RunFolder folder, ImmutableArray<VariableStatistics> statistics, ImmutableArray<CardFile> files, CtarData? ctar) => new()
    {
        Title = folder.Name,
        Summary = $"Simulated data of the world '{request.World.Name}'. {request.World.About.Trim()}",
        TaskCategories = ["tabular-regression"],
        Tags = ["caudata", "synthetic", "causal", "missing-data"],
        Files = files,
        Sections =
        [
            ("How it was made", $"Drawn with seed {request.Options.Seed} from the causal model in `run.yaml`{(request.TableSource.Length > 0 ? $"; the entities' tables are {(request.TableSource == "built-in generator" ? "made by the built-in generator" : "those whose hashes `run.yaml` lists")}" : "")}. `graph.svg` shows the causes, `report.html` the marginals and how values go missing."),
            ("How values go missing", string.Join('\n', WorldDescription.Missing(request.World).Rows.Select(r => $"- `{r[0]}`: {r[2]} ({r[3]})")) is { Length: > 0 } list ? list : "Nothing is missing."),
            .. Baselines(statistics, ctar) is { Rows.IsEmpty: false } baselines
                ? new (string, string)[] { ("Baselines", "What a model must beat: guesses that know nothing of a unit.\n\n" + string.Join('\n', baselines.Rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"- {r[0]}: {r[1]} {r[2]:0.###}")))) } : [],
            .. request.World.Rounds is not { } rounds ? [] : new (string, string)[] { ("How it was chosen", $"In {rounds.Count} rounds the policy `{rounds.Policy.Formula}` showed each {rounds.User} a slate of {rounds.Slate} {rounds.Item}s; `{rounds.Outcome}` is seen where it was shown. The log holds, for each exposure, the true probability: `propensity` of the item at its position given those above it, `slate_propensity` of the whole slate, `position_propensity` of the item at its position whatever stands above it, where that is given.") },
            ("Limits", "Synthetic: it shows what follows from the model, not how people behave. Methods that know the model have an advantage that they would not have on real data."),
            .. request.World.Sources.IsEmpty ? [] : new (string, string)[] { ("Sources of the model", string.Join('\n', request.World.Sources.Select(s => "- " + s))) },
        ],
        Command = "caudata " + folder.Configuration.Command,
    };

    private static SummaryTable Variables(ImmutableArray<VariableStatistics> statistics) => new("marginals", "Marginals over all units",
        [new("variable", ColumnKind.Text), new("kind", ColumnKind.Text), new("units", ColumnKind.Integer), new("mean", ColumnKind.Number), new("sd", ColumnKind.Number), new("least", ColumnKind.Number), new("largest", ColumnKind.Number)],
        [.. statistics.Select(s => new object?[] { s.Variable.Label, s.Variable.IsLatent ? "latent" : "observed", s.Units, Round(s.Mean), Round(s.Deviation), Round(s.Least), Round(s.Largest) })]);

    private static SummaryTable MissingTable(World world, ImmutableArray<VariableStatistics> statistics) => new("seen", "What is seen",
        [new("variable", ColumnKind.Text), new("seen", ColumnKind.Integer), new("rate", ColumnKind.Number), new("mean-seen", ColumnKind.Number), new("mean-all", ColumnKind.Number)],
        [.. statistics.Where(s => world.Indicators.Any(r => r.Of == s.Variable.Name)).Select(s => new object?[] { s.Variable.Label, s.Seen, Round(s.Seen / (double)s.Units), Round(s.SeenMean), Round(s.Mean) })]);

    /// <summary>Guesses that know nothing of a unit: for every variable that is seen in part the mean of what is seen, judged on all units; for CTAR's tests the tag's frequency.</summary>
    private static SummaryTable Baselines(ImmutableArray<VariableStatistics> statistics, CtarData? ctar)
    {
        List<object?[]> rows = [.. statistics.Where(s => s.Seen > 0 && s.Seen < s.Units)
            .Select(s => new object?[] { $"{s.Variable.Label}, mean of what is seen", "RMSE on all units", Round(Math.Sqrt((s.Deviation * s.Deviation) + ((s.SeenMean - s.Mean) * (s.SeenMean - s.Mean)))) })];
        if (ctar is not null)
        {
            CtarBaselines frequency = CtarBaselines.TagFrequency(ctar);
            rows.Add(["test_2, tag frequency", "AUC", Round(frequency.Test2)]);
            rows.Add(["test_3, tag frequency", "AUC", Round(frequency.Test3)]);
        }

        return new SummaryTable("baselines", "Baselines", [new("guess", ColumnKind.Text), new("measure", ColumnKind.Text), new("value", ColumnKind.Number)], [.. rows]);
    }

    private static SummaryTable FileTable(ImmutableArray<CardFile> files) => new("files", "Files", [new("file", ColumnKind.Text), new("what", ColumnKind.Text), new("rows", ColumnKind.Integer)],
        [.. files.Select(f => new object?[] { f.File, f.Name, f.Rows })]);

    private static Plot Marginal(VariableStatistics s)
    {
        ImmutableArray<double> x = [.. Enumerable.Range(0, s.Counts.Count).Select(i => (double)i)];
        var series = ImmutableArray.CreateBuilder<Series>();
        series.Add(new Series("all units", SeriesKind.Bars, x, [.. s.Counts.Values.Select(c => c.All / (double)s.Units)]));
        if (s.Seen > 0 && s.Seen < s.Units)
        {
            series.Add(new Series("where it is seen", SeriesKind.Bars, x, [.. s.Counts.Values.Select(c => c.Seen / (double)s.Seen)]));
        }

        return new Plot($"{s.Variable.Label}", "value", "share", series.ToImmutable()) { Categories = [.. s.Counts.Keys.Select(v => v.ToString(CultureInfo.InvariantCulture))] };
    }

    // Of whole numbers a bar each, else a line through the bins.
    private static Plot Missing(WorldVariable cause, ImmutableArray<(VariableStatistics Of, SeenBy By)> seen)
    {
        bool isPairs = cause.Indices.Length == 2;
        ImmutableArray<double> x = [.. seen[0].By.Points.Select((point, i) => isPairs ? i : point.Value)];
        return new Plot($"Share {(seen.Length == 1 ? $"of {seen[0].Of.Variable.Name} " : "")}that is seen, by {cause.Name}", cause.Name, "share seen", [.. seen.Select(s => new Series(s.Of.Variable.Name, isPairs ? SeriesKind.Bars : SeriesKind.Line, x, [.. s.By.Points.Select(p => p.Seen / (double)p.Units)]))])
        {
            Categories = isPairs ? [.. seen[0].By.Points.Select(p => p.Value.ToString(CultureInfo.InvariantCulture))] : [],
            FromZero = true,
        };
    }

    private static Plot LongTail(string entity, ImmutableArray<VariableStatistics> statistics)
    {
        var series = ImmutableArray.CreateBuilder<Series>();
        foreach (VariableStatistics s in statistics)
        {
            int[] sorted = [.. s.SeenByColumn.OrderDescending()];
            int[] places = sorted.Length <= MostPoints ? [.. Enumerable.Range(0, sorted.Length)] : [.. Enumerable.Range(0, MostPoints).Select(i => (int)((long)i * (sorted.Length - 1) / (MostPoints - 1)))];
            series.Add(new Series(s.Variable.Name, SeriesKind.Steps, [.. places.Select(p => p + 1.0)], [.. places.Select(p => (double)sorted[p])]));
        }

        return new Plot($"The long tail: how often each {entity} is seen", $"{entity}s, for each variable the most often seen first", "times seen", series.ToImmutable()) { FromZero = true };
    }

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static double Round(double value) => double.IsFinite(value) ? Math.Round(value, 6) : value;
}
