using System.Collections.Immutable;
using System.Globalization;
using Caudata.Records;

namespace Caudata.Simulation.Feedback;

/// <summary>What rounds tell about themselves: how narrow exposure gets, and what comes of it.</summary>
internal static class FeedbackReport
{
    private const int MostRows = 20;

    /// <summary>Figures of one world: the name of its intervention, empty for the factual world, its policy, and its rounds.</summary>
    public readonly record struct Figures(string Name, string Policy, ImmutableArray<RoundStatistics> Rounds)
    {
        /// <summary>What it is called in a plot or a table.</summary>
        public string Title => Name.Length == 0 ? "factual" : Name;
    }

    /// <summary>The rounds as they are declared, for <c>--describe</c>.</summary>
    public static SummaryTable Declared(WorldRounds rounds) => new("rounds-declared", "Rounds", [new("what", ColumnKind.Text), new("value", ColumnKind.Text)],
    [
        ["rounds", Number(rounds.Count)],
        ["who is shown something", $"{rounds.User}, with probability {rounds.Active}"],
        ["what is shown", $"{rounds.Item}, {Number(rounds.Slate)} in a slate{(rounds.IsRepeatAllowed ? "" : ", each at most once")}"],
        ["outcome", string.Create(CultureInfo.InvariantCulture, $"{rounds.Outcome}, seen where it is shown; positive from {rounds.Positive}")],
        ["policy", rounds.Policy.Formula],
        .. rounds.Context.IsEmpty ? [] : new object?[][] { ["in the log besides", string.Join(", ", rounds.Context)] },
    ]);

    /// <summary>The last round of each world.</summary>
    public static SummaryTable Worlds(ImmutableArray<Figures> worlds) => new("feedback", "First and last round",
        [new("world", ColumnKind.Text), new("policy", ColumnKind.Text), new("exposures", ColumnKind.Integer), new("outcome-first", ColumnKind.Number), new("outcome-last", ColumnKind.Number), new("coverage-last", ColumnKind.Number), new("gini-last", ColumnKind.Number)],
        [.. worlds.Select(w => new object?[]
        {
            w.Title, w.Policy, w.Rounds.Sum(r => (long)r.Exposures), Round(w.Rounds[0].Outcome), Round(w.Rounds[^1].Outcome), Round(w.Rounds[^1].Coverage), Round(w.Rounds[^1].Gini),
        })]);

    /// <summary>The rounds of one world; of many only some, evenly spaced.</summary>
    public static SummaryTable Rounds(Figures world) => new("rounds" + (world.Name.Length == 0 ? "" : " " + world.Name), $"Rounds of the {world.Title} world",
        [new("round", ColumnKind.Integer), new("users", ColumnKind.Integer), new("exposures", ColumnKind.Integer), new("outcome", ColumnKind.Number), new("positive", ColumnKind.Number), new("coverage", ColumnKind.Number), new("coverage-so-far", ColumnKind.Number), new("gini", ColumnKind.Number), new("gini-so-far", ColumnKind.Number)],
        [.. Some(world.Rounds).Select(r => new object?[] { (long)r.Round, (long)r.Users, (long)r.Exposures, Round(r.Outcome), Round(r.Positive), Round(r.Coverage), Round(r.CoverageSoFar), Round(r.Gini), Round(r.GiniSoFar) })]);

    /// <summary>The sections of the report.</summary>
    public static IEnumerable<ReportSection> Sections(WorldRounds rounds, ImmutableArray<Figures> worlds)
    {
        yield return new ReportSection.Heading("Rounds");
        yield return new ReportSection.Table(Declared(rounds));
        yield return new ReportSection.Table(Worlds(worlds));
        yield return new ReportSection.Graph(Plot("How unequally items are shown", "Gini index of a round's exposures", worlds, r => r.Gini));
        yield return new ReportSection.Graph(Plot("How many items are shown", "share of items shown in a round", worlds, r => r.Coverage));
        yield return new ReportSection.Graph(Plot($"What comes of it: {rounds.Outcome}", "mean outcome of a round", worlds, r => r.Outcome));
        yield return new ReportSection.Details("Rounds one by one", [.. worlds.Select(w => new ReportSection.Table(Rounds(w)))]);
        yield return new ReportSection.Paragraph("All other figures of this report are of the world before its rounds: every pair as if it were shown at position 1 in round 0.");
    }

    private static Plot Plot(string title, string label, ImmutableArray<Figures> worlds, Func<RoundStatistics, double> value) => new(title, "round", label,
        [.. worlds.Select(w => new Series(w.Title, SeriesKind.Line, [.. w.Rounds.Select(r => (double)r.Round)], [.. w.Rounds.Select(value)]))])
    { FromZero = true };

    private static IEnumerable<RoundStatistics> Some(ImmutableArray<RoundStatistics> rounds) =>
        rounds.Length <= MostRows ? rounds : Enumerable.Range(0, MostRows).Select(i => rounds[(int)((long)i * (rounds.Length - 1) / (MostRows - 1))]);

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static double Round(double value) => double.IsFinite(value) ? Math.Round(value, 6) : value;
}
