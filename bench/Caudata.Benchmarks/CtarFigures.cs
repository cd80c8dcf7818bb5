using System.Globalization;
using Caudata.Simulation;
using Caudata.Simulation.Ctar;

namespace Caudata.Benchmarks;

/// <summary>The preset <c>ctar</c> over many seeds against the figures of its release: released value, our mean, our 95 % range, inside or not.</summary>
internal static class CtarFigures
{
    // Mean ratings of the pairs with a tag record, and of those of them whose rating is seen too: the released files show only these.
    private sealed record Draw(CtarData Data, double TaggedMean, double TaggedSeenMean)
    {
        public double Count(int rating) => 100.0 * Data.Ratings.Count(r => r.Value == rating) / Data.Ratings.Length;

        public double Mean => Data.Ratings.Average(r => r.Value);

        public double Deviation => Math.Sqrt(Data.Ratings.Average(r => (double)r.Value * r.Value) - (Mean * Mean));

        public double Matched(int n) => n < Data.Matched.Length ? Data.Matched[n] / (double)Data.Matched.Sum() : 0;

        public double Expected(int n) => n < Data.Matched.Length ? Data.RatingSums[n] / (double)Data.Matched[n] : double.NaN;

        // Pairs of user and movie by the number of tags that were recorded.
        public double Pairs(int tags) => Data.Observational.GroupBy(r => (r.User, r.Movie)).Count(pair => pair.Count(r => r.Tag >= 0) == tags);
    }

    private static readonly double[] Shares = [1.02, 7.54, 27.79, 37.78, 25.86], Expected = [3.18, 3.66, 4.13, 4.50, 4.76, 4.92], Matched = [0.247, 0.378, 0.258, 0.096, 0.020, 0.002], TagsOfPair = [1_465, 3_564, 1_668, 375, 31, 1];

    private static readonly (string Name, string Format, double Released, Func<Draw, double> Figure)[] Figures =
    [
        .. Shares.Select((share, i) => ($"ratings of {i + 1}, %", "0.00", share, (Func<Draw, double>)(d => d.Count(i + 1)))),
        ("mean rating", "0.000", 3.799, d => d.Mean), ("sd of ratings", "0.000", 0.943, d => d.Deviation), ("ratings", "0", 19_897, d => d.Data.Ratings.Length),
        ("obstag pairs", "0", 7_104, d => d.Data.Observational.Select(r => (r.User, r.Movie)).Distinct().Count()), ("obstag rows", "0", 9_619, d => d.Data.Observational.Length),
        .. TagsOfPair.Select((pairs, n) => ($"obstag pairs with {n} tags", "0", pairs, (Func<Draw, double>)(d => d.Pairs(n)))),
        ("mean rating of obstag pairs that are rated", "0.00", 4.00, d => d.TaggedSeenMean), ("mean rating of obstag pairs", "0.00", double.NaN, d => d.TaggedMean), ("that less the mean of all pairs", "0.00", double.NaN, d => d.TaggedMean - d.Data.TrueMean),
        ("rcttag pairs", "0", 1_000, d => d.Data.Randomised.Select(r => (r.User, r.Movie)).Distinct().Count()), ("rcttag rows", "0", 1_489, d => d.Data.Randomised.Length), ("rcttag pairs with no tag", "0", 246, d => d.Data.Randomised.Count(r => r.Tag < 0)),
        ("mean rating, all pairs", "0.000", 3.767, d => d.Data.TrueMean),
        .. Expected.Select((mean, n) => ($"E[R given N = {n}]", "0.00", mean, (Func<Draw, double>)(d => d.Expected(n)))),
        .. Matched.Select((share, n) => ($"P(N = {n})", "0.000", share, (Func<Draw, double>)(d => d.Matched(n)))),
        ("test 1", "0", 1_267, d => d.Data.Test1.Length), ("test 2", "0", 4_170, d => d.Data.Test2.Length), ("test 2, liked", "0", 1_048, d => d.Data.Test2.Count(q => q.IsLiked)),
        ("test 3", "0", 3_719, d => d.Data.Test3.Length), ("test 3, liked", "0", 942, d => d.Data.Test3.Count(q => q.IsLiked)),
    ];

    /// <summary>Prints a table for the built-in seed tables, and one for the original ones where their folder is given.</summary>
    /// <param name="args"><c>--seeds N</c> (default 200), <c>--first N</c> (first seed, default 1), <c>--seed-tables DIR</c>, <c>--threads N</c> (default 2).</param>
    public static int Run(string[] args)
    {
        int seeds = 200, first = 1, threads = 2;
        string? folder = null;
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            bool isRead = args[i] switch
            {
                "--seeds" => int.TryParse(value, CultureInfo.InvariantCulture, out seeds) && seeds > 1,
                "--first" => int.TryParse(value, CultureInfo.InvariantCulture, out first) && first >= 0,
                "--threads" => int.TryParse(value, CultureInfo.InvariantCulture, out threads) && threads > 0,
                "--seed-tables" => Directory.Exists(folder = value),
                _ => false,
            };
            if (!isRead)
            {
                Console.Error.WriteLine($"Found '{args[i]} {value}'. Usage: ctar-figures [--seeds N, at least 2] [--first N] [--threads N] [--seed-tables FOLDER].");
                return 2;
            }
        }

        if (folder is not null)
        {
            Print(SeedTables.Read(Find(folder, SeedTables.RatingNames), Find(folder, SeedTables.CountNames)), "original seed tables", seeds, first, threads);
        }

        Print(SeedTables.BuiltIn(), "built-in seed tables", seeds, first, threads);
        return 0;
    }

    private static string Find(string folder, IEnumerable<string> names) =>
        names.SelectMany(name => (string[])[name + ".csv", name + ".csv.gz"]).Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists) ?? throw new FileNotFoundException($"{folder} has none of {string.Join(", ", names)}.");

    private static void Print(SeedTables tables, string name, int seeds, int first, int threads)
    {
        Describe(tables, name);
        CtarTables selected = new(tables);
        Draw[] draws = [.. Enumerable.Range(first, seeds).Select(seed => Simulate(selected, (ulong)seed, threads))];
        Console.WriteLine($"\n| {seeds} seeds, {name} | released | our mean | our 95 % range | inside |\n|---|---:|---:|---|---|");
        int outside = 0;
        foreach ((string figure, string format, double released, Func<Draw, double> value) in Figures)
        {
            double[] found = [.. draws.AsParallel().AsOrdered().Select(value).Order()];
            // A released value is rounded: it is inside when some value that is rounded to it is.
            double low = Quantile(found, 0.025), high = Quantile(found, 0.975), half = 0.5 * Math.Pow(10, -(format.Length > 1 ? format.Length - 2 : 12));
            bool isTold = !double.IsNaN(released), isInside = released >= low - half && released <= high + half;
            outside += isTold && !isInside ? 1 : 0;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {figure} | {(isTold ? released.ToString(format, CultureInfo.InvariantCulture) : "")} | {found.Average().ToString(format, CultureInfo.InvariantCulture)} | {low.ToString(format, CultureInfo.InvariantCulture)} to {high.ToString(format, CultureInfo.InvariantCulture)} | {(!isTold ? "" : isInside ? "yes" : "**no**")} |"));
        }

        int told = Figures.Count(f => !double.IsNaN(f.Released));
        Console.WriteLine($"\n{told - outside} of {told} inside.\n");
    }

    private static Draw Simulate(CtarTables tables, ulong seed, int threads)
    {
        SimulatedWorld simulated = new(World.Parse(WorldPresets.Text("ctar"), tables), new SimulationOptions { Seed = seed, Threads = threads });
        CtarData data = CtarData.Draw(simulated, new CtarOptions());
        double[] sums = new double[2];
        long[] counts = new long[2];
        simulated.Run(["rating", "R_obstag", "R_rating"], (_, rows) =>
        {
            List<(double Rating, bool IsSeen)> tagged = [];
            rows.ForEach(row =>
            {
                for (int i = 0; i < row.Width; i++)
                {
                    if (row[1][i] != 0)
                    {
                        tagged.Add((row[0][i], row[2][i] != 0));
                    }
                }
            });
            return tagged;
        }, (_, tagged) =>
        {
            foreach ((double rating, bool isSeen) in tagged)
            {
                for (int k = 0; k < (isSeen ? 2 : 1); k++)
                {
                    sums[k] += rating;
                    counts[k]++;
                }
            }
        });
        return new Draw(data, sums[0] / counts[0], sums[1] / counts[1]);
    }

    // What the release says of its seed tables.
    private static void Describe(SeedTables tables, string name)
    {
        double mean = tables.MeanRatings.Average();
        int[] perMovie = [.. tables.Counts.GroupBy(c => c.Movie).Select(movie => movie.Count())];
        double[] head = [.. tables.Counts.GroupBy(c => c.Movie).OrderByDescending(movie => movie.Sum(c => c.Count)).Take(1_000).Select(movie => tables.MeanRatings[movie.Key])];
        double headMean = head.Average(), covariance = head.Select((r, rank) => (r - headMean) * (rank - ((head.Length - 1) / 2.0))).Average();
        double correlation = covariance / Math.Sqrt(head.Average(r => (r - headMean) * (r - headMean)) * (((double)head.Length * head.Length) - 1) / 12);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"""
            | {name} | released | found |
            |---|---:|---:|
            | movies | 9715 | {tables.MeanRatings.Length} |
            | mean of mean ratings | 3.788 | {mean:0.000} |
            | sd of mean ratings | 0.720 | {Math.Sqrt(tables.MeanRatings.Average(r => (r - mean) * (r - mean))):0.000} |
            | tags | 10273 | {tables.Counts.Select(c => c.Tag).Distinct().Count()} |
            | tags of a movie | 1 to 8 | {perMovie.Min()} to {perMovie.Max()} |
            | correlation of popularity rank and rating, first 1,000 | -0.173 | {correlation:0.000} |
            """));
    }

    // Linear between order statistics.
    private static double Quantile(double[] sorted, double p)
    {
        double place = p * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
