using System.Collections.Immutable;
using System.Globalization;
using Caudata.Records;

namespace Caudata.Simulation.Fidelity;

/// <summary>What a comparison of real and synthetic ratings found, as summary, report and card.</summary>
/// <param name="Figures">All figures.</param>
/// <param name="Found">How well the discriminator tells them apart.</param>
/// <param name="Controls">What the same discriminator does where the answer is known: name, what it is, AUC.</param>
internal sealed record FidelityReport(ImmutableArray<FidelityFigure> Figures, Discrimination Found, ImmutableArray<(string Name, string About, double Auc)> Controls)
{
    private const int MostPoints = 400, MostTags = 30;

    public required RatingProfile Real { get; init; }

    public required RatingProfile Synthetic { get; init; }

    public required ImmutableArray<TagPreference> Tags { get; init; }

    public required string RealName { get; init; }

    public required string SyntheticName { get; init; }

    public RunSummary Summary()
    {
        double Distance(string group, string name) => Figures.First(f => f.Group == group && f.Name == name).Distance;
        var values = ImmutableArray.CreateBuilder<SummaryValue>();
        values.Add(new("real-pairs", (long)Real.Pairs));
        values.Add(new("synthetic-pairs", (long)Synthetic.Pairs));
        values.Add(new("discriminator-auc", Round(Found.Auc)));
        values.Add(new("discriminator-keys-on", Found.Features[0].Name));
        values.Add(new("rating-total-variation", Round(Distance("ratings", "total-variation"))));
        values.Add(new("activity-ks", Round(Distance("activity", "ks"))));
        values.Add(new("popularity-ks", Round(Distance("popularity", "ks"))));
        values.Add(new("log-lift-ks", Round(Distance("co-occurrence", "log-lift-ks"))));
        if (!Tags.IsEmpty)
        {
            values.Add(new("tag-share-difference", Round(Tags.Average(t => Math.Abs(t.RealShare - t.SyntheticShare)))));
            values.Add(new("tag-mean-difference", Round(Tags.Where(t => double.IsFinite(t.RealMean - t.SyntheticMean)).Select(t => Math.Abs(t.RealMean - t.SyntheticMean)).DefaultIfEmpty(double.NaN).Average())));
        }

        return new RunSummary(values.ToImmutable(), [SizeTable(), FigureTable(), FeatureTable(), ControlTable(), .. Tags.IsEmpty ? [] : (SummaryTable[])[TagTable()]]);
    }

    public Report Report()
    {
        var sections = ImmutableArray.CreateBuilder<ReportSection>();
        sections.Add(new ReportSection.Figures(
        [
            ("discriminator AUC", Number(Found.Auc), "0.5: cannot tell real from synthetic; 1: always"),
            ("keys on", Found.Features[0].Name, $"AUC falls by {Number(Found.Features[0].Drop)} without it"),
            ("real pairs", Real.Pairs.ToString("#,0", CultureInfo.InvariantCulture), RealName),
            ("synthetic pairs", Synthetic.Pairs.ToString("#,0", CultureInfo.InvariantCulture), SyntheticName),
        ]));
        sections.Add(new ReportSection.Heading("Figures"));
        sections.Add(new ReportSection.Paragraph("Distances of distributions: ks is the largest distance of two distribution functions, total variation the largest difference of a probability; 0 is equal, 1 entirely different. In other rows it is synthetic less real. Moments are of users and items with at least five ratings."));
        sections.Add(new ReportSection.Table(SizeTable()));
        sections.Add(new ReportSection.Table(FigureTable()));
        sections.Add(new ReportSection.Heading("Ratings"));
        double[] levels = [.. Real.Shares.Keys.Union(Synthetic.Shares.Keys).Order()];
        sections.Add(new ReportSection.Graph(new Plot("Share of each rating", "rating", "share", Both(SeriesKind.Bars, [.. Enumerable.Range(0, levels.Length).Select(i => (double)i)], p => [.. levels.Select(l => p.Shares.GetValueOrDefault(l))]))
        {
            Categories = [.. levels.Select(l => l.ToString(CultureInfo.InvariantCulture))],
        }));
        sections.Add(new ReportSection.Heading("Long tail"));
        sections.Add(new ReportSection.Graph(Tail("Items that are rated at least so often", "log10 of ratings, at the number of users of the real data", p => p.Popularity)));
        sections.Add(new ReportSection.Graph(Tail("Users who rate at least so often", "log10 of ratings", p => p.Activity)));
        sections.Add(new ReportSection.Heading("Moments"));
        sections.Add(new ReportSection.Graph(Distribution("Mean rating of a user", "mean", p => p.Users.Means)));
        sections.Add(new ReportSection.Graph(Distribution("Standard deviation of a user's ratings", "standard deviation", p => p.Users.Deviations)));
        sections.Add(new ReportSection.Graph(Distribution("Mean rating of an item", "mean", p => p.Items.Means)));
        sections.Add(new ReportSection.Graph(Distribution("Standard deviation of an item's ratings", "standard deviation", p => p.Items.Deviations)));
        sections.Add(new ReportSection.Heading("Co-occurrence"));
        sections.Add(new ReportSection.Graph(Distribution("Pairs of popular items: how much more often both are rated than if that were independent", "log2 of the lift", p => p.CoOccurrence.LogLifts)));
        if (!Tags.IsEmpty)
        {
            TagPreference[] shown = [.. Tags.Take(12)];
            sections.Add(new ReportSection.Heading("Tags"));
            sections.Add(new ReportSection.Graph(new Plot("Share of the ratings by tag of the item", "tag", "share",
                [new Series("real", SeriesKind.Bars, Places(shown.Length), [.. shown.Select(t => t.RealShare)]), new Series("synthetic", SeriesKind.Bars, Places(shown.Length), [.. shown.Select(t => t.SyntheticShare)])])
            { Categories = [.. shown.Select(t => t.Tag)] }));
            sections.Add(new ReportSection.Table(TagTable()));
        }

        sections.Add(new ReportSection.Heading("Telling them apart"));
        sections.Add(new ReportSection.Paragraph("Boosted trees learn to tell real from synthetic rows on one half of the users and one half of the items, and are tested on the other halves, in all four ways; each row is described by the features below, within its own data. A feature matters as much as the AUC falls when its values are shuffled among the test rows. "
            + "What the same discriminator does on spoiled and on halved real data shows what it can see."));
        FeatureImportance[] features = [.. Found.Features];
        sections.Add(new ReportSection.Graph(new Plot("What the discriminator keys on", "feature", "fall of the AUC", [new Series("fall of the AUC", SeriesKind.Bars, Places(features.Length), [.. features.Select(f => f.Drop)])]) { Categories = [.. features.Select(f => f.Name)] }));
        sections.Add(new ReportSection.Table(FeatureTable()));
        sections.Add(new ReportSection.Table(ControlTable()));
        return new Report("Fidelity", $"real: {RealName}; synthetic: {SyntheticName}", sections.ToImmutable());
    }

    public DataCard Card(RunFolder folder) => new()
    {
        Title = folder.Name,
        Summary = $"Comparison of the synthetic ratings {SyntheticName} with the real ratings {RealName}.",
        Tags = ["caudata", "synthetic", "fidelity"],
        Sections =
        [
            ("What was found", $"A discriminator tells real from synthetic rows with an AUC of {Number(Found.Auc)} (0.5: not at all); it keys on {Found.Features[0].Name}. `report.html` shows the distributions side by side, `fidelity.json` has every figure."),
            ("Limits", "It says how alike two sets of observed ratings are. It says nothing about ratings that nobody saw, nor about causes: data can look alike and answer a causal question differently."),
        ],
        Command = "caudata " + folder.Configuration.Command,
    };

    private SummaryTable SizeTable() => new("sizes", "Sizes", [new("what", ColumnKind.Text), new("real", ColumnKind.Integer), new("synthetic", ColumnKind.Integer)],
        [.. Figures.Where(f => f.Group == "size").Select(f => new object?[] { f.Name, (long)f.Real!.Value, (long)f.Synthetic!.Value })]);

    private SummaryTable FigureTable() => new("figures", "Real and synthetic side by side",
        [new("about", ColumnKind.Text), new("figure", ColumnKind.Text), new("real", ColumnKind.Number), new("synthetic", ColumnKind.Number), new("distance", ColumnKind.Number)],
        [.. Figures.Where(f => f.Group != "size").Select(f => new object?[] { f.Group, f.Name, f.Real is { } real ? Round(real) : null, f.Synthetic is { } synthetic ? Round(synthetic) : null, Round(f.Distance) })]);

    private SummaryTable FeatureTable() => new("features", "What the discriminator keys on",
        [new("feature", ColumnKind.Text), new("auc-drop", ColumnKind.Number), new("auc-alone", ColumnKind.Number), new("about", ColumnKind.Text)],
        [.. Found.Features.Select(f => new object?[] { f.Name, Round(f.Drop), Round(f.Alone), f.About })]);

    private SummaryTable ControlTable() => new("controls", "What the discriminator can see",
        [new("compared", ColumnKind.Text), new("auc", ColumnKind.Number), new("about", ColumnKind.Text)],
        [["real and synthetic", Round(Found.Auc), "the question"], .. Controls.Select(c => new object?[] { c.Name, Round(c.Auc), c.About })]);

    private SummaryTable TagTable() => new("tags", "Tags",
        [new("tag", ColumnKind.Text), new("share-real", ColumnKind.Number), new("share-synthetic", ColumnKind.Number), new("mean-real", ColumnKind.Number), new("mean-synthetic", ColumnKind.Number)],
        [.. Tags.Take(MostTags).Select(t => new object?[] { t.Tag, Round(t.RealShare), Round(t.SyntheticShare), Round(t.RealMean), Round(t.SyntheticMean) })]);

    private ImmutableArray<Series> Both(SeriesKind kind, ImmutableArray<double> x, Func<RatingProfile, ImmutableArray<double>> y) => [new Series("real", kind, x, y(Real)), new Series("synthetic", kind, x, y(Synthetic))];

    // Share of units with at least so many, both in logs.
    private Plot Tail(string title, string label, Func<RatingProfile, double[]> values)
    {
        Series Curve(string name, RatingProfile profile)
        {
            double[] sorted = [.. values(profile).OrderDescending()];
            int[] places = sorted.Length <= MostPoints ? [.. Enumerable.Range(0, sorted.Length)]
                : [.. Enumerable.Range(0, MostPoints).Select(i => (int)Math.Round(Math.Exp(Math.Log(sorted.Length) * i / (MostPoints - 1))) - 1).Distinct()];
            return new Series(name, SeriesKind.Line, [.. places.Select(p => Math.Log10(sorted[p]))], [.. places.Select(p => Math.Log10((p + 1.0) / sorted.Length))]);
        }

        return new Plot(title, label, "log10 of the share", [Curve("real", Real), Curve("synthetic", Synthetic)]);
    }

    // Shares of equal bins over the range of both.
    private Plot Distribution(string title, string label, Func<RatingProfile, double[]> values)
    {
        double[] all = [.. values(Real), .. values(Synthetic)];
        (double low, double high) = all.Length == 0 ? (0, 1) : (all.Min(), all.Max());
        double width = Math.Max(high - low, 1e-9) / 40;
        ImmutableArray<double> Shares(RatingProfile profile)
        {
            double[] bins = new double[40];
            foreach (double value in values(profile))
            {
                bins[Math.Clamp((int)((value - low) / width), 0, 39)] += 1.0 / values(profile).Length;
            }

            return [.. bins];
        }

        return new Plot(title, label, "share", Both(SeriesKind.Line, [.. Enumerable.Range(0, 40).Select(b => low + ((b + 0.5) * width))], Shares)) { FromZero = true };
    }

    private static ImmutableArray<double> Places(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static double Round(double value) => double.IsFinite(value) ? Math.Round(value, 6) : value;
}
