using Caudata.Numerics;
using Caudata.Simulation.Fidelity;
using Caudata.Simulation.Fitting;
using Caudata.Tests.Laws;
using Caudata.Tests.Simulation.Fitting;

namespace Caudata.Tests.Simulation.Fidelity;

/// <summary>Comparing real and synthetic ratings: the distances against counting, and a discriminator that must see what is wrong and nothing else.</summary>
public sealed class FidelityTests
{
    [Fact]
    public void Distances_equal_their_definitions()
    {
        double[] a = [1, 1, 2, 5, 9], b = [0, 1, 2, 2, 7, 8];
        double Share(double[] x, double at) => x.Count(v => v <= at) / (double)x.Length;
        Assert.Equal(a.Concat(b).Max(t => Math.Abs(Share(a, t) - Share(b, t))), Distances.KolmogorovSmirnov(a, b), 1e-12);
        Assert.Equal(0, Distances.KolmogorovSmirnov(a, a));
        Assert.Equal(1, Distances.KolmogorovSmirnov([1, 2], [3]));
        Assert.True(double.IsNaN(Distances.KolmogorovSmirnov([], a)));
        double pairs = a.Sum(x => a.Sum(y => Math.Abs(x - y)));
        Assert.Equal(pairs / (2 * a.Length * a.Length * a.Average()), Distances.Gini(a), 1e-12);
        Assert.Equal(0.5, Distances.TopShare(a, 0.2));
        Assert.Equal(0.25, Distances.TotalVariation([0.5, 0.5, 0], [0.5, 0.25, 0.25]));
        double[] scores = [.. a, .. b];
        bool[] positive = [.. a.Select(_ => true), .. b.Select(_ => false)];
        Assert.Equal(a.Sum(x => b.Sum(y => x > y ? 1 : x == y ? 0.5 : 0)) / (a.Length * b.Length), Distances.AreaUnderCurve(scores, positive), 1e-12);
    }

    [Fact]
    public void Trees_learn_what_no_feature_shows_alone_and_nothing_from_noise()
    {
        const int Rows = 4000;
        double[] uniform = new double[4 * Rows];
        KeyedNoise.Uniform(NoiseKey.Of(1, "trees"), 0, uniform);
        byte[][] bins = [.. Enumerable.Range(0, 3).Select(f => Enumerable.Range(0, Rows).Select(i => (byte)(1 + (uniform[(f * Rows) + i] * 60))).ToArray())];
        bool[] either = [.. Enumerable.Range(0, Rows).Select(i => bins[0][i] < 30 ^ bins[1][i] < 30)], chance = [.. Enumerable.Range(0, Rows).Select(i => uniform[(3 * Rows) + i] < 0.5)];
        byte[][] Half(int from) => [.. bins.Select(f => f[from..(from + (Rows / 2))])];
        double Auc(bool[] labels, int threads) => Distances.AreaUnderCurve(BoostedTrees.Train(Half(0), labels.AsSpan(0, Rows / 2), threads, CancellationToken.None).Predict(Half(Rows / 2), Rows / 2), labels.AsSpan(Rows / 2));
        Assert.True(Auc(either, 1) > 0.98);
        Assert.Equal(0.5, Auc(chance, 1), 0.06);
        Assert.Equal(Auc(either, 1), Auc(either, 3));
    }

    [Fact]
    public void The_discriminator_sees_spoiled_data_and_not_halves_of_the_same()
    {
        RatingTable table = KnownWorld.Seen(KnownWorld.Draw(11, KnownWorld.Text.Replace("user: 900", "user: 2000", StringComparison.Ordinal)).Table);
        Discrimination Tell(RatingTable a, RatingTable b, int threads = 2) => Discriminator.Run(a, b, 5000, 1, threads, CancellationToken.None);
        (RatingTable first, RatingTable second) = WrongWorlds.Halves(table, 1);
        Assert.Equal(0.5, Tell(first, second).Auc, 0.12);
        RatingTable shuffled = WrongWorlds.ShuffledRatings(table, 1), uniform = WrongWorlds.UniformItems(table, 1);
        Assert.Equal(table.Values.Order(), shuffled.Values.Order());
        Assert.Equal(table.UserStarts, uniform.UserStarts);
        Discrimination ofShuffled = Tell(table, shuffled), ofUniform = Tell(table, uniform);
        Assert.True(ofShuffled.Auc > 0.9, $"shuffled ratings: {ofShuffled.Auc}");
        Assert.True(ofUniform.Auc > 0.95, $"uniform items: {ofUniform.Auc}");
        Assert.Contains("deviation", ofShuffled.Features[0].Name, StringComparison.Ordinal);
        Assert.Contains("popularity", ofUniform.Features[0].Name, StringComparison.Ordinal);
        Assert.Equal(ofShuffled.Auc, Tell(table, shuffled, 1).Auc);
    }

    [Fact]
    public void Awkward_tables_are_compared()
    {
        RatingTable one = RatingTable.Of(["u"], ["i"], [(0, 0, 3)]), two = RatingTable.Of(["a", "b"], ["x", "y"], [(0, 0, 3), (0, 1, 3), (1, 0, 4)]);
        foreach ((RatingTable a, RatingTable b) in ((RatingTable, RatingTable)[])[(one, one), (one, two), (two, one), (two, two)])
        {
            FidelityResult result = FidelityRun.Run(("a", a), ("b", b), null, new FidelityOptions());
            Assert.NotEmpty(result.Summary.Values);
            Assert.NotEmpty(result.Summary.Tables);
        }

        Assert.Equal(0, FidelityRun.Run(("a", two), ("b", two), null, new FidelityOptions()).Figures.Sum(f => double.IsNaN(f.Distance) ? 0 : Math.Abs(f.Distance)));
        Assert.Throws<ArgumentException>(() => FidelityRun.Run(("a", one), ("b", one), null, new FidelityOptions { Rows = 1 }));
    }

    [Theory]
    [InlineData("goodbooks")]
    [InlineData("movietweetings")]
    public void A_part_of_real_data_is_fitted_and_read_whole(string name)
    {
        string path = Path.Combine(Sources.Root, "..", "shared", "data", "recsys", name, "ratings.csv.gz");
        if (!File.Exists(path))
        {
            Assert.Skip($"The shared data (../shared/data/recsys/{name}) are not there; only generated data are tested.");
        }

        ReadRatings read = RatingReader.Read(path, new RatingColumns());
        Assert.Empty(read.Rejected);
        Assert.Equal(name == "goodbooks" ? 444_879 : 100_000, read.Table.Count);
        // The most active thousand users.
        RatingTable all = read.Table;
        HashSet<int> users = [.. Enumerable.Range(0, all.Users.Length).OrderByDescending(u => all.UserStarts[u + 1] - all.UserStarts[u]).ThenBy(u => u).Take(1000)];
        int[] rows = [.. Enumerable.Range(0, all.Count).Where(n => users.Contains(all.UserOf[n]))];
        RatingTable part = KnownWorld.Seen(all.With(Array.ConvertAll(rows, n => all.UserOf[n]), Array.ConvertAll(rows, n => all.ItemOf[n]), Array.ConvertAll(rows, n => all.Values[n])));
        FittedWorld fitted = WorldFitter.Fit(part, null, "w", new FitOptions { Threads = 2, TasteRanks = [], InterestRanks = [2], Sweeps = 4 });
        Assert.Equal(2, fitted.Fit.Interest.Rank);
        Assert.Equal(part.Levels.Length - 1, fitted.Fit.Thresholds.Length);
        Assert.Equal(fitted.Fit.Thresholds, fitted.Fit.Thresholds.Order());
    }
}
