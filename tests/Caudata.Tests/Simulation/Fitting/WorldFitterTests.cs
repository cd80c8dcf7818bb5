using System.Collections.Immutable;
using System.Globalization;
using Caudata.Records;
using Caudata.Simulation;
using Caudata.Simulation.Files;
using Caudata.Simulation.Fitting;

namespace Caudata.Tests.Simulation.Fitting;

/// <summary>Fitting on worlds whose parameters are known, and on data that hardly are any.</summary>
public sealed class WorldFitterTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("caudata-fit-");

    public void Dispose() => _root.Delete(recursive: true);

    private static double[] Column(FittedWorld world, int table, string name)
    {
        int at = world.Tables[table].Columns.ToList().FindIndex(c => c.Name == name);
        return [.. world.Tables[table].Rows.Select(r => Convert.ToDouble(r[at], CultureInfo.InvariantCulture))];
    }

    private async Task<SimulatedWorld> SimulateAsync(FittedWorld fitted, ulong seed = 1, Dictionary<string, double>? settings = null)
    {
        string path = Path.Combine(_root.FullName, "world.yaml");
        await fitted.WriteAsync(path, []);
        return new SimulatedWorld(World.Parse(File.ReadAllText(path), new TableFolder(_root.FullName), settings), new SimulationOptions { Seed = seed, Threads = 2 });
    }

    private static RatingTable Table(SimulatedWorld world)
    {
        int items = world.World.Entities[1].Size;
        List<(int, int, double)> rows = [];
        Lock gate = new();
        world.Run(["rating", "R_rating"], row =>
        {
            for (int i = 0; i < row.Width; i++)
            {
                if (row[1][i] == 1)
                {
                    lock (gate)
                    {
                        rows.Add((row.Index, i, row[0][i]));
                    }
                }
            }
        });
        return RatingTable.Of(KnownWorld.Names(world.World.Entities[0].Size), KnownWorld.Names(items), rows);
    }

    [Fact]
    public async Task What_made_the_data_comes_back_and_the_data_are_drawn_again()
    {
        (RatingTable all, Func<string, double[]> truth) = KnownWorld.Draw();
        RatingTable table = KnownWorld.Seen(all);
        FittedWorld fitted = WorldFitter.Fit(table, null, "world", new FitOptions { Threads = 2, TasteRanks = [2], InterestRanks = [2] });

        // Route one: the parameters themselves, up to what one draw of them must differ.
        double[] quality = truth("quality"), popularity = truth("popularity"), level = truth("level");
        int[] users = [.. table.Users.Select(u => int.Parse(u, CultureInfo.InvariantCulture))], items = [.. table.Items.Select(i => int.Parse(i, CultureInfo.InvariantCulture))];
        Assert.True(KnownWorld.Correlation(Column(fitted, 1, "quality")[..items.Length], [.. items.Select(i => quality[i])]) > 0.9);
        Assert.True(KnownWorld.Correlation(Column(fitted, 1, "popularity")[..items.Length], [.. items.Select(i => popularity[i])]) > 0.85);
        int[] active = [.. Enumerable.Range(0, users.Length).Where(u => table.UserStarts[u + 1] - table.UserStarts[u] >= 20)];
        double[] fittedLevel = Column(fitted, 0, "level");
        Assert.True(KnownWorld.Correlation([.. active.Select(u => fittedLevel[u])], [.. active.Select(u => level[users[u]])]) > 0.6);
        Assert.Equal(2, fitted.Fit.Taste.Rank);
        Assert.Equal(2, fitted.Fit.Interest.Rank);
        // On the scale of the logistic noise, 0.8 in the known world and 1 in the fitted one.
        Assert.Equal(1 / 0.8, fitted.Fit.Deviations.Quality, 0.2);
        Assert.Equal(0.7 / 0.8, fitted.Fit.Deviations.Level, 0.2);
        Assert.True(Math.Abs(fitted.Fit.Unseen.Users - (900 - users.Length)) <= 25, $"{fitted.Fit.Unseen.Users} users for {900 - users.Length} that were never seen");

        // Route two: what it draws has the data's figures.
        RatingTable drawn = Table(await SimulateAsync(fitted));
        Assert.Equal(table.Count, drawn.Count, table.Count * 0.05);
        for (int l = 0; l < 5; l++)
        {
            Assert.Equal(table.Values.Count(v => v == l + 1) / (double)table.Count, drawn.Values.Count(v => v == l + 1) / (double)drawn.Count, 0.015);
        }

        ImmutableArray<Caudata.Simulation.Fidelity.FidelityFigure> figures = Caudata.Simulation.Fidelity.FidelityRun.Run(("real", table), ("synthetic", drawn), null, new() { Rows = 3000 }).Figures;
        double Figure(string group, string name) => figures.First(f => f.Group == group && f.Name == name).Distance;
        Assert.True(Figure("activity", "ks") < 0.08);
        Assert.True(Figure("popularity", "ks") < 0.12);
        Assert.Equal(0, Figure("popularity", "gini"), 0.04);
        Assert.Equal(0, Figure("users", "sd-of-means"), 0.12);
        Assert.Equal(0, Figure("items", "mean-of-sds"), 0.12);
    }

    [Fact]
    public void The_same_world_on_any_number_of_threads_and_in_any_order_of_rows()
    {
        RatingTable table = KnownWorld.Seen(KnownWorld.Draw(3, KnownWorld.Text.Replace("user: 900", "user: 300", StringComparison.Ordinal)).Table);
        RatingTable turned = RatingTable.Of([.. table.Users.Reverse()], [.. table.Items.Reverse()],
            Enumerable.Range(0, table.Count).Reverse().Select(n => (table.Users.Length - 1 - table.UserOf[n], table.Items.Length - 1 - table.ItemOf[n], table.Values[n])));
        FitOptions options = new() { TasteRanks = [2], InterestRanks = [2], Sweeps = 5, MnarStrength = 0.4 };
        FittedWorld one = WorldFitter.Fit(table, null, "w", options), two = WorldFitter.Fit(turned, null, "w", options with { Threads = 2 });
        Assert.Equal(one.Text, two.Text);
        Assert.All(one.Tables.Zip(two.Tables), pair => Assert.Equal(pair.First.Rows.SelectMany(r => r), pair.Second.Rows.SelectMany(r => r)));
    }

    [Fact]
    public async Task An_assumed_strength_fits_the_same_observed_ratings_and_changes_the_others()
    {
        RatingTable table = KnownWorld.Seen(KnownWorld.Draw(5, KnownWorld.Sparse).Table);
        FitOptions options = new() { Threads = 2, TasteRanks = [], InterestRanks = [], Sweeps = 8 };
        List<double> seen = [], all = [];
        foreach (double strength in (double[])[0, 0.8])
        {
            SimulatedWorld world = await SimulateAsync(WorldFitter.Fit(table, null, "world", options with { MnarStrength = strength }));
            RatingTable drawn = Table(world);
            Assert.Equal(table.Count, drawn.Count, table.Count * 0.08);
            seen.Add(drawn.Values.Average());
            all.Add(world.Read("rating")[0].Average());
        }

        Assert.Equal(table.Values.Average(), seen[0], 0.12);
        Assert.Equal(table.Values.Average(), seen[1], 0.12);
        Assert.True(all[1] < all[0] - 0.3, $"{all[1]} without, {all[0]} with ignorable missingness");
    }

    [Fact]
    public async Task Other_sizes_keep_activity_and_the_number_of_threads_changes_nothing()
    {
        RatingTable table = KnownWorld.Seen(KnownWorld.Draw(7, KnownWorld.Sparse).Table);
        FittedWorld fitted = WorldFitter.Fit(table, null, "world", new FitOptions { Threads = 2, TasteRanks = [], InterestRanks = [2], Sweeps = 6 });
        foreach ((int users, int items) in ((int, int)[])[(2500, 250), (500, 900), (1500, 1200)])
        {
            RatingTable drawn = Table(await SimulateAsync(fitted, settings: new Dictionary<string, double> { ["user"] = users, ["item"] = items }));
            double perUser = (double)table.Count / (table.Users.Length + fitted.Fit.Unseen.Users);
            Assert.Equal(perUser, drawn.Count / (double)users, perUser * 0.25);
        }
    }

    [Theory]
    [InlineData("one row", "0,0,3")]
    [InlineData("one user", "0,0,3;0,1,4;0,2,5;0,3,3")]
    [InlineData("one item", "0,0,3;1,0,4;2,0,5")]
    [InlineData("constant", "0,0,5;0,1,5;1,0,5;2,1,5")]
    [InlineData("two levels", "0,0,0;0,1,1;1,0,1;2,1,0")]
    [InlineData("half stars", "0,0,0.5;0,1,1;1,0,1.5;2,1,5")]
    [InlineData("uneven levels", "0,0,-3;0,1,1;1,0,10;2,1,1")]
    [InlineData("everything seen", "0,0,1;0,1,2;1,0,3;1,1,4")]
    public async Task Small_and_odd_data_are_fitted(string what, string rows)
    {
        (int User, int Item, double Rating)[] parsed = [.. rows.Split(';').Select(r => r.Split(',')).Select(r => (int.Parse(r[0], CultureInfo.InvariantCulture), int.Parse(r[1], CultureInfo.InvariantCulture), double.Parse(r[2], CultureInfo.InvariantCulture)))];
        RatingTable table = RatingTable.Of(KnownWorld.Names(parsed.Max(r => r.User) + 1), KnownWorld.Names(parsed.Max(r => r.Item) + 1), parsed);
        FittedWorld fitted = WorldFitter.Fit(table, null, what, new FitOptions { Sweeps = 4 });
        string path = Path.Combine(_root.FullName, what + ".yaml");
        await fitted.WriteAsync(path, []);
        SimulatedWorld world = new(World.Parse(File.ReadAllText(path), new TableFolder(_root.FullName)), new SimulationOptions { Seed = 1 });
        Assert.All(Table(world).Values, v => Assert.Contains(v, table.Levels));
        // Over many seeds about as many pairs as there were.
        double[] counts = [.. Enumerable.Range(1, 60).Select(seed => new SimulatedWorld(world.World, new SimulationOptions { Seed = (ulong)seed }).Read("R_rating")[0].Sum())];
        Assert.Equal(parsed.Length, counts.Average(), Math.Max(1, parsed.Length * 0.4));
    }

    [Fact]
    public void Effects_of_tags_come_back()
    {
        const int Items = 400;
        double[] effects = [1.5, -1, 0.5, 0], quality = new double[Items];
        List<(int, int, double)> counts = [];
        double[] noise = new double[Items];
        Caudata.Numerics.KeyedNoise.Normal(Caudata.Numerics.NoiseKey.Of(1, "tags"), 0, noise);
        for (int i = 0; i < Items; i++)
        {
            quality[i] = 0.3 * noise[i];
            for (int t = 0; t < 4; t++)
            {
                if ((i >> t & 1) == 1)
                {
                    counts.Add((i, t, 1));
                    quality[i] += effects[t];
                }
            }
        }

        ItemTags tags = ItemTags.Of(Items, ["a", "b", "c", "d"], counts, counts.Count, []);
        TagEffects fitted = TagEffects.Fit(tags, quality, [.. Enumerable.Repeat(20, Items)]);
        foreach ((string tag, int t) in tags.Tags.Select((tag, t) => (tag, t)))
        {
            Assert.Equal(effects[tag[0] - 'a'], fitted.Effects[t], 0.15);
        }

        Assert.True(fitted.Explained > 0.8);
        // Effects and rest add up to the quality.
        Assert.All(Enumerable.Range(0, Items), i => Assert.Equal(quality[i], fitted.Rest[i] + tags.OfItem[i].Sum(t => fitted.Effects[t]), 1e-9));
    }

    [Fact]
    public async Task A_world_with_tags_reads_them_from_its_tables()
    {
        RatingTable table = KnownWorld.Seen(KnownWorld.Draw(9, KnownWorld.Text.Replace("user: 900", "user: 300", StringComparison.Ordinal)).Table);
        ItemTags tags = ItemTags.Of(table.Items.Length, ["Künste", "b", "never"], [(0, 0, 3), (0, 1, 5), (1, 0, 1)], 3, []);
        FittedWorld fitted = WorldFitter.Fit(table, tags, "world", new FitOptions { TasteRanks = [], InterestRanks = [], Sweeps = 3 });
        SimulatedWorld world = await SimulateAsync(fitted, settings: new Dictionary<string, double> { ["item"] = 1000 });
        Assert.Contains("sum(tag.effect over item.tags)", fitted.Text, StringComparison.Ordinal);
        Assert.Equal(1000, world.Read("quality")[0].Length);
        Assert.Equal(3, world.World.Entities[2].Size);
    }

    [Fact]
    public void Wrong_options_and_too_many_levels_are_told()
    {
        RatingTable table = RatingTable.Of(["u"], KnownWorld.Names(100), Enumerable.Range(0, 100).Select(i => (0, i, i * 0.37)));
        Assert.Contains("100 different ratings", Assert.Throws<InputException>(() => WorldFitter.Fit(table, null, "w", new FitOptions())).Message, StringComparison.Ordinal);
        string message = Assert.Throws<ArgumentException>(() => WorldFitter.Fit(table, null, "w", new FitOptions { Threads = 0, MnarStrength = double.NaN, TasteRanks = [3, 2], HeldOut = 0.9, Sweeps = 1 })).Message;
        foreach (string part in (string[])["Threads is 0", "MnarStrength is NaN", "TasteRanks are 3, 2", "HeldOut is 0.9", "Sweeps is 1"])
        {
            Assert.Contains(part, message, StringComparison.Ordinal);
        }
    }
}
