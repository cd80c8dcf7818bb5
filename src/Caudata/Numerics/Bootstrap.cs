namespace Caudata.Numerics;

/// <summary>A statistic of a sample given by the indices of its rows; a row may come several times.</summary>
/// <param name="rows">Indices of the rows.</param>
/// <returns>The statistic; it must depend on nothing else, and is called from several threads at once.</returns>
public delegate double RowStatistic(ReadOnlySpan<int> rows);

/// <summary>How a bootstrap is run.</summary>
public sealed record BootstrapOptions
{
    /// <summary>Number of resamples. Range 10 to 10,000,000. Default 2,000, the least that [efron1987] calls enough for the ends of BCa intervals is 1,000.</summary>
    public int Draws { get; init; } = 2000;

    /// <summary>Confidence level, above 0 and below 1. Default 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Seed of the resamples. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most threads to use, at least 1. Default 1. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Every mistake at once; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> mistakes = [];
        if (Draws is < 10 or > 10_000_000)
        {
            mistakes.Add($"Draws is {Draws}; it must lie between 10 and 10,000,000.");
        }

        if (!(Level > 0 && Level < 1))
        {
            mistakes.Add($"Level is {Level}; it must lie above 0 and below 1, for example 0.95.");
        }

        if (Threads < 1)
        {
            mistakes.Add($"Threads is {Threads}; it must be at least 1.");
        }

        return mistakes;
    }
}

/// <summary>Bootstrap confidence intervals for any statistic of independent rows.</summary>
/// <remarks>
/// Draw r takes its n row indices from the random stream ("bootstrap", r) of the seed, so the same bytes come out on any number of threads. A draw whose statistic is NaN is left out of the
/// interval; when more than half are, the ends are NaN. Cost: one call of the statistic for each draw, and for BCa one for each row as well.
/// </remarks>
public static class Bootstrap
{
    /// <summary>The percentile interval: the quantiles (1 ∓ level)/2 of the draws.</summary>
    /// <param name="n">Number of rows, at least 1.</param>
    /// <param name="statistic">The statistic.</param>
    /// <param name="options">How it is run; default options when null.</param>
    /// <remarks>[efron1979] Efron, "Bootstrap methods: another look at the jackknife" (Annals of Statistics 7(1), 1979).</remarks>
    /// <exception cref="ArgumentException">An option is outside its range; all are listed.</exception>
    public static Interval Percentile(int n, RowStatistic statistic, BootstrapOptions? options = null)
    {
        options = Checked(n, statistic, options);
        double estimate = statistic(All(n));
        double[] sorted = Sorted(n, statistic, options);
        return Between(estimate, sorted, (1 - options.Level) / 2, (1 + options.Level) / 2, options);
    }

    /// <summary>The bias-corrected and accelerated interval: percentile ends moved by the draws' median bias z₀ and by the acceleration a from the jackknife.</summary>
    /// <param name="n">Number of rows, at least 2.</param>
    /// <param name="statistic">The statistic.</param>
    /// <param name="options">How it is run; default options when null.</param>
    /// <remarks>
    /// [efron1987] Efron, "Better bootstrap confidence intervals" (JASA 82, 1987), equations 2.3 and 6.6. z₀ counts draws equal to the estimate as half below. Where all draws lie on one side of the
    /// estimate, z₀ is taken at half a draw from the end. A jackknife without spread gives a = 0.
    /// </remarks>
    /// <exception cref="ArgumentException">An option is outside its range; all are listed.</exception>
    public static Interval BiasCorrected(int n, RowStatistic statistic, BootstrapOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        options = Checked(n, statistic, options);
        double estimate = statistic(All(n));
        double[] sorted = Sorted(n, statistic, options);
        if (sorted.Length == 0 || double.IsNaN(estimate))
        {
            return Between(estimate, [], 0, 1, options);
        }

        double below = 0;
        foreach (double draw in sorted)
        {
            below += draw < estimate ? 1 : draw == estimate ? 0.5 : 0;
        }

        double bias = Distributions.NormalQuantile(Math.Clamp(below, 0.5, sorted.Length - 0.5) / sorted.Length), acceleration = Acceleration(n, statistic, options.Threads);
        return Between(estimate, sorted, Moved((1 - options.Level) / 2), Moved((1 + options.Level) / 2), options);

        double Moved(double p)
        {
            double z = bias + Distributions.NormalQuantile(p), scale = 1 - (acceleration * z);
            return scale > 0 ? Distributions.NormalProbability(bias + (z / scale)) : z > 0 ? 1 : 0;
        }
    }

    /// <summary>The draws themselves, in order of draw.</summary>
    /// <param name="n">Number of rows, at least 1.</param>
    /// <param name="statistic">The statistic.</param>
    /// <param name="options">How it is run; default options when null.</param>
    /// <exception cref="ArgumentException">An option is outside its range; all are listed.</exception>
    public static double[] Draws(int n, RowStatistic statistic, BootstrapOptions? options = null)
    {
        options = Checked(n, statistic, options);
        double[] draws = new double[options.Draws];
        const int Block = 16;
        BlockLoop.Run((draws.Length + Block - 1) / Block, options.Threads, (block, _) =>
        {
            int[] rows = new int[n];
            for (int r = block * Block; r < Math.Min(draws.Length, (block + 1) * Block); r++)
            {
                RandomStream random = new(options.Seed, "bootstrap", (ulong)r);
                for (int i = 0; i < rows.Length; i++)
                {
                    rows[i] = random.NextInt32(n);
                }

                draws[r] = statistic(rows);
            }
        });
        return draws;
    }

    private static double[] Sorted(int n, RowStatistic statistic, BootstrapOptions options)
    {
        double[] draws = Draws(n, statistic, options), kept = Array.FindAll(draws, x => !double.IsNaN(x));
        Array.Sort(kept);
        return 2 * kept.Length < draws.Length ? [] : kept;
    }

    private static Interval Between(double estimate, double[] sorted, double low, double high, BootstrapOptions options)
    {
        if (sorted.Length == 0)
        {
            return new Interval(estimate, double.NaN, double.NaN, double.NaN, options.Level);
        }

        double mean = CompensatedSum.Of(sorted) / sorted.Length;
        CompensatedSum squares = default;
        foreach (double x in sorted)
        {
            squares.Add((x - mean) * (x - mean));
        }

        double error = Math.Sqrt(squares.Value / Math.Max(1, sorted.Length - 1));
        return new Interval(estimate, Quantiles.OfSorted(sorted, low), Quantiles.OfSorted(sorted, high), error, options.Level);
    }

    private static double Acceleration(int n, RowStatistic statistic, int threads)
    {
        double[] without = new double[n];
        const int Block = 64;
        BlockLoop.Run((n + Block - 1) / Block, threads, (block, _) =>
        {
            int first = block * Block, last = Math.Min(n, first + Block);
            int[] rows = new int[n - 1];
            for (int i = 0; i < rows.Length; i++)
            {
                rows[i] = i < first ? i : i + 1;
            }

            for (int left = first; left < last; left++)
            {
                without[left] = statistic(rows);
                if (left < rows.Length)
                {
                    rows[left] = left;
                }
            }
        });
        double mean = CompensatedSum.Of(without) / n;
        CompensatedSum squares = default, cubes = default;
        foreach (double x in without)
        {
            double u = mean - x;
            squares.Add(u * u);
            cubes.Add(u * u * u);
        }

        double spread = Math.Pow(squares.Value, 1.5);
        return spread > 0 ? cubes.Value / (6 * spread) : 0;
    }

    private static BootstrapOptions Checked(int n, RowStatistic statistic, BootstrapOptions? options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentNullException.ThrowIfNull(statistic);
        options ??= new BootstrapOptions();
        IReadOnlyList<string> mistakes = options.Validate();
        return mistakes.Count == 0 ? options : throw new ArgumentException(string.Join(' ', mistakes), nameof(options));
    }

    private static int[] All(int n)
    {
        int[] rows = new int[n];
        for (int i = 0; i < n; i++)
        {
            rows[i] = i;
        }

        return rows;
    }
}
