using System.Collections.Immutable;
using Caudata.Records;
using Caudata.Simulation.Fitting;

namespace Caudata.Simulation.Fidelity;

/// <summary>Compares real with synthetic ratings, and writes what it finds into a run folder.</summary>
public static class FidelityRun
{
    /// <summary>Name of the summary.</summary>
    public const string FileName = "fidelity.json";

    /// <summary>Runs the comparison.</summary>
    /// <param name="real">The real ratings.</param>
    /// <param name="synthetic">The synthetic ratings.</param>
    /// <param name="tags">Tags of both's items, or null.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Receives the steps; null for none.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="ArgumentException">The options are wrong; all mistakes are told.</exception>
    /// <returns>Summary, report and card, each made when it is asked for.</returns>
    public static FidelityResult Run((string Name, RatingTable Table) real, (string Name, RatingTable Table) synthetic, FidelityTags? tags, FidelityOptions options, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        string[] wrong = [.. options.Validate()];
        if (wrong.Length > 0)
        {
            throw new ArgumentException(string.Join('\n', wrong), nameof(options));
        }

        progress?.Report(new RunProgress("compare", 0, null));
        int users = InteractionFeatures.Users(real.Table);
        RatingProfile a = RatingProfile.Of(real.Table, users), b = RatingProfile.Of(synthetic.Table, users);
        Discrimination Tell(RatingTable x, RatingTable y) => Discriminator.Run(x, y, options.Rows, options.Seed, options.Threads, cancellationToken);
        progress?.Report(new RunProgress("tell apart", 0, null));
        Discrimination found = Tell(real.Table, synthetic.Table);
        progress?.Report(new RunProgress("tell apart what is known", 0, null));
        (RatingTable first, RatingTable second) = WrongWorlds.Halves(real.Table, options.Seed);
        var controls = ImmutableArray.Create(
            ("two halves of the real users", "how far chance alone goes; 0.5 with very many users", first.Count == 0 || second.Count == 0 ? double.NaN : Tell(first, second).Auc),
            ("real and real with shuffled ratings", "users and items rate alike", Tell(real.Table, WrongWorlds.ShuffledRatings(real.Table, options.Seed)).Auc),
            ("real and real with uniform items", "popularity and interest are gone", Tell(real.Table, WrongWorlds.UniformItems(real.Table, options.Seed)).Auc));
        return new FidelityResult(new FidelityReport(FidelityMeasures.Of(a, b), found, controls)
        {
            Real = a,
            Synthetic = b,
            Tags = tags is null ? [] : TagPreference.Of(real.Table, synthetic.Table, tags),
            RealName = real.Name,
            SyntheticName = synthetic.Name,
        });
    }
}

/// <summary>What a comparison found.</summary>
public sealed class FidelityResult
{
    private readonly FidelityReport _report;

    internal FidelityResult(FidelityReport report)
    {
        _report = report;
        Summary = report.Summary();
    }

    /// <summary>All figures: what <c>fidelity.json</c> holds.</summary>
    public RunSummary Summary { get; }

    /// <summary>Figures of both data sets.</summary>
    public ImmutableArray<FidelityFigure> Figures => _report.Figures;

    /// <summary>How well real and synthetic rows can be told apart.</summary>
    public Discrimination Discrimination => _report.Found;

    /// <summary>What the same discriminator does where the answer is known.</summary>
    public ImmutableArray<(string Name, string About, double Auc)> Controls => _report.Controls;

    /// <summary>Writes report, card, <c>fidelity.json</c>, the summary and what was dropped into a run folder.</summary>
    /// <param name="folder">The run folder, open for work.</param>
    /// <param name="rejected">Rows that were dropped while reading.</param>
    public void Write(RunFolder folder, ImmutableArray<Rejection> rejected)
    {
        _report.Report().Write(folder);
        _report.Card(folder).Write(folder);
        folder.Write(RejectionWriter.FileName, stream => RejectionTable.Write(stream, rejected));
        Summary.Write(folder, FidelityRun.FileName);
        Summary.Write(folder);
    }
}
