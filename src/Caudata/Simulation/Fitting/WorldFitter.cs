using System.Collections.Immutable;
using Caudata.Numerics;
using Caudata.Records;

namespace Caudata.Simulation.Fitting;

/// <summary>Fits a world to a table of ratings: who rates how, what is rated how, who meets what, and which pairs are therefore observed.</summary>
/// <remarks>
/// <para>The steps: rates of users and items from how often they were seen (<c>DegreeMixture</c>); taste in ratings and interest in meeting, each with its rank chosen on held-out pairs (<c>RatingModel</c>,
/// <c>InterestModel</c>); activities and popularities that meet the rates (<c>ExposureModel</c>); thresholds that meet the marginal of the ratings on a draw of observed pairs; effects of tags.</para>
/// <para>What ratings alone cannot tell: whether a rating's own value made it seen (<see cref="FitOptions.MnarStrength"/> is assumed, and any value fits), and whether users meet items they would like because of what they like.</para>
/// <para>Deterministic: the same table and options give the same world on any number of threads, whatever the order of the rows.</para>
/// </remarks>
public static class WorldFitter
{
    /// <summary>Most different ratings.</summary>
    public const int MostLevels = 60;

    /// <summary>Fits a world.</summary>
    /// <param name="table">The ratings; at most <see cref="MostLevels"/> different ones.</param>
    /// <param name="tags">Tags of the items, or null.</param>
    /// <param name="name">Name of the world, and the beginning of its tables' file names.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Receives the steps; null for none.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="ArgumentException">The options are wrong; all mistakes are told.</exception>
    /// <exception cref="InputException">There are no ratings, or too many different ones.</exception>
    public static FittedWorld Fit(RatingTable table, ItemTags? tags, string name, FitOptions options, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        string[] wrong = [.. options.Validate()];
        if (wrong.Length > 0)
        {
            throw new ArgumentException(string.Join('\n', wrong), nameof(options));
        }

        if (table.Count == 0 || table.Levels.Length > MostLevels)
        {
            throw new InputException(table.Count == 0 ? "There are no ratings; expected at least one."
                : $"There are {table.Levels.Length} different ratings, from {table.Levels[0]} to {table.Levels[^1]}; expected at most {MostLevels}, because each is a level of an ordinal scale. Round them first.");
        }

        DegreeMixture users = DegreeMixture.Fit(Degrees(table.UserStarts)), items = DegreeMixture.Fit(Degrees(table.ItemStarts));
        double[] userTotals = Totals(table.UserStarts, users, options.Seed, "fit/activity"), itemTotals = Totals(table.ItemStarts, items, options.Seed, "fit/popularity");
        Balance(userTotals, itemTotals, table.Count);
        double[] weights = Weights(table, options.MnarStrength);

        double[] uniform = new double[table.Count];
        KeyedNoise.Uniform(NoiseKey.Of(options.Seed, "fit/held-out"), 0, uniform);
        (FactorSide trainUsers, FactorSide trainItems) = FactorSide.Of(table, Array.ConvertAll(uniform, u => u < options.HeldOut), 0, 0);
        (FactorSide allUsers, FactorSide allItems) = FactorSide.Of(table, new bool[table.Count], users.Unseen, items.Unseen);

        progress?.Report(new RunProgress("choose the rank of taste", 0, null));
        (int tasteRank, ImmutableArray<RankTrial> tasteTrials) = RankChoice.Choose(options.TasteRanks, rank => RatingModel.Fit(trainUsers, trainItems, table.Levels.Length, weights, rank, options, cancellationToken).HeldOut());
        progress?.Report(new RunProgress("choose the rank of interest", 0, null));
        (int interestRank, ImmutableArray<RankTrial> interestTrials) = RankChoice.Choose(options.InterestRanks, rank => InterestModel.Fit(trainUsers, trainItems, rank, options, cancellationToken).HeldOut());

        progress?.Report(new RunProgress("fit ratings", 0, null, $"rank {tasteRank}"));
        RatingModel ratings = RatingModel.Fit(allUsers, allItems, table.Levels.Length, weights, tasteRank, options, cancellationToken);
        ratings.Draw();
        progress?.Report(new RunProgress("fit interest", 0, null, $"rank {interestRank}"));
        InterestModel interest = InterestModel.Fit(allUsers, allItems, interestRank, options, cancellationToken);
        interest.Draw();

        progress?.Report(new RunProgress("meet activity and popularity", 0, null));
        ExposureModel exposure = ExposureModel.Fit(interest, userTotals, itemTotals, weights.Length > 0 ? ratings : null, options.Threads, cancellationToken);
        ratings.SetThresholds(exposure.Draw(options.Seed));
        for (int round = 0; round < 2 && weights.Length > 0; round++)
        {
            // Where ratings make themselves seen, thresholds change who is seen, and so the other way round.
            exposure = ExposureModel.Fit(interest, userTotals, itemTotals, ratings, options.Threads, cancellationToken);
            ratings.SetThresholds(exposure.Draw(options.Seed));
        }

        int[] seen = Counts(table.ItemStarts, itemTotals.Length);
        TagEffects? effects = tags is null ? null : TagEffects.Fit(tags, [.. Enumerable.Range(0, itemTotals.Length).Select(i => (double)ratings.Items.Effect(i))], seen);
        return FittedWorldFile.Of(table, tags, name, options, ratings, interest, exposure, effects, (tasteRank, tasteTrials), (interestRank, interestTrials));
    }

    private static int[] Degrees(int[] starts) => [.. starts.Zip(starts.Skip(1), (a, b) => b - a)];

    private static int[] Counts(int[] starts, int units) => [.. Degrees(starts), .. new int[units - starts.Length + 1]];

    private static double[] Totals(int[] starts, DegreeMixture mixture, ulong seed, string stream)
    {
        int[] degrees = Degrees(starts);
        double[] uniform = new double[degrees.Length + mixture.Unseen];
        KeyedNoise.Uniform(NoiseKey.Of(seed, stream), 0, uniform);
        return [.. uniform.Select((u, i) => i < degrees.Length ? mixture.Draw(degrees[i], u) : mixture.DrawUnseen(u))];
    }

    // Both sides add up to the number of pairs, and nobody has more than nearly all of the other side.
    private static void Balance(double[] users, double[] items, int pairs)
    {
        for (int round = 0; round < 20; round++)
        {
            Scale(users, items.Length);
            Scale(items, users.Length);
        }

        double common = Math.Min(users.Sum(), items.Sum());
        foreach (double[] side in (double[][])[users, items])
        {
            double factor = common / side.Sum();
            for (int i = 0; i < side.Length; i++)
            {
                side[i] *= factor;
            }
        }

        void Scale(double[] totals, int others)
        {
            double factor = pairs / totals.Sum(), most = 0.98 * others;
            for (int i = 0; i < totals.Length; i++)
            {
                totals[i] = Math.Min(totals[i] * factor, most);
            }
        }
    }

    // exp(s·z) of each level, z by the observed mean and deviation.
    private static double[] Weights(RatingTable table, double strength)
    {
        if (strength == 0 || table.Levels.Length == 1)
        {
            return [];
        }

        (double mean, double deviation) = Moments(table);
        return [.. table.Levels.Select(level => Math.Exp(strength * (level - mean) / deviation))];
    }

    /// <summary>Mean and standard deviation of the observed ratings.</summary>
    internal static (double Mean, double Deviation) Moments(RatingTable table)
    {
        double mean = table.Values.Average();
        return (mean, Math.Sqrt(table.Values.Average(v => (v - mean) * (v - mean))));
    }
}
