using Caudata.Numerics;

namespace Caudata.Clustering;

/// <summary>How the number of clusters is chosen.</summary>
public sealed record ClusterCountOptions
{
    /// <summary>Fewest clusters tried. Range 1 to 1,000,000. Default 2.</summary>
    public int Least { get; init; } = 2;

    /// <summary>Most clusters tried, more than <see cref="Least"/>; cut down to half the points. Range 2 to 1,000,000. Default 2,048: the EQUAL paper has about 1,000 for 1.4 million documents.</summary>
    public int Most { get; init; } = 2048;

    /// <summary>Each number tried is this many times the one before. Above 1, at most 10. Default √2.</summary>
    public double Ratio { get; init; } = Math.Sqrt(2);

    /// <summary>Fits on a random sample of this many points, or of 16 times the most clusters tried where that is more. At least 100. Default 20,000.</summary>
    public int SampleSize { get; init; } = 20_000;

    /// <summary>Most Lloyd iterations of each fit. Range 0 to 100,000. Default 20: the curve needs the inertia to a percent, not the clusters.</summary>
    public int MaxIterations { get; init; } = 20;

    /// <summary>Seed of every random choice. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most threads to use, at least 1. Default 1. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Every mistake at once; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> mistakes = [];
        Check(Least is < 1 or > 1_000_000, $"Least is {Least}; it must lie between 1 and 1,000,000.");
        Check(Most is < 2 or > 1_000_000, $"Most is {Most}; it must lie between 2 and 1,000,000.");
        Check(Most <= Least, $"Most is {Most}, but it must be more than Least, which is {Least}.");
        Check(!(Ratio > 1 && Ratio <= 10), $"Ratio is {Ratio}; it must lie above 1 and at most at 10.");
        Check(SampleSize < 100, $"SampleSize is {SampleSize}; it must be at least 100.");
        Check(MaxIterations is < 0 or > 100_000, $"MaxIterations is {MaxIterations}; it must lie between 0 and 100,000.");
        Check(Threads < 1, $"Threads is {Threads}; it must be at least 1.");
        return mistakes;

        void Check(bool wrong, string mistake)
        {
            if (wrong)
            {
                mistakes.Add(mistake);
            }
        }
    }
}

/// <summary>A choice of the number of clusters.</summary>
/// <param name="K">The number chosen.</param>
/// <param name="Tried">Each number tried with the inertia of its fit to the sample, in rising order.</param>
/// <param name="SampleSize">Points in the sample.</param>
public sealed record ClusterCountResult(int K, IReadOnlyList<(int K, double Inertia)> Tried, int SampleSize);

/// <summary>Chooses the number of clusters by the elbow of the inertia.</summary>
/// <remarks>
/// Fits k-means for k on a geometric grid and takes the point of the curve (k, inertia) farthest below the chord from its first to its last point, both axes scaled to [0, 1]: the knee of
/// [satopaa2011] Satopää, Albrecht, Irwin, Raghavan, "Finding a 'kneedle' in a haystack" (ICDCS Workshops 2011), offline and without smoothing. The elbow depends on the largest k tried; there is no
/// elbow that does not.
/// </remarks>
public static class ClusterCount
{
    /// <summary>Chooses the number of clusters for the points.</summary>
    /// <param name="points">The points, row-major, shape [n, d].</param>
    /// <param name="n">Number of points, at least 1.</param>
    /// <param name="d">Coordinates of a point, at least 1.</param>
    /// <param name="options">What is tried.</param>
    /// <param name="cancellationToken">Stops between blocks of points.</param>
    /// <returns>With fewer than 2·<see cref="ClusterCountOptions.Least"/> + 2 points nothing is tried: the least, or the number of points where that is less.</returns>
    /// <exception cref="ArgumentException">An option is outside its range (all are listed), or the points are not as asked for.</exception>
    public static ClusterCountResult Choose(ReadOnlyMemory<float> points, int n, int d, ClusterCountOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<string> mistakes = options.Validate();
        if (mistakes.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', mistakes), nameof(options));
        }

        PointSet set = PointSet.Create(points, n, d, options.Threads, cancellationToken);
        int most = Math.Min(options.Most, n / 2);
        if (most <= options.Least)
        {
            return new ClusterCountResult(Math.Min(options.Least, n), [], n);
        }

        RandomStream random = new(options.Seed, "cluster count");
        long wanted = Math.Max(options.SampleSize, 16L * most);
        PointSet sample = wanted >= n ? set : set.Take(set.Sample((int)wanted, ref random));
        List<(int K, double Inertia)> tried = [];
        for (double at = options.Least; ; at *= options.Ratio)
        {
            int k = (int)Math.Min(most, Math.Round(at));
            if (tried.Count == 0 || k > tried[^1].K)
            {
                KMeansOptions fit = new() { K = k, MaxIterations = options.MaxIterations, Seed = options.Seed, Threads = options.Threads };
                tried.Add((k, Lloyd.Run(sample, null, Seeding.Choose(sample, fit, cancellationToken), fit, true, cancellationToken).Inertia));
            }

            if (k == most)
            {
                break;
            }
        }

        return new ClusterCountResult(tried[Elbow([.. tried.Select(t => (double)t.K)], [.. tried.Select(t => t.Inertia)])].K, tried, sample.Count);
    }

    /// <summary>The index of the point of a falling curve that lies farthest below the chord between its ends; of equally far ones the first.</summary>
    /// <param name="x">Rising, at least one.</param>
    /// <param name="y">One for each x.</param>
    /// <returns>0 when the curve does not fall, or lies nowhere below the chord.</returns>
    /// <exception cref="ArgumentException">No points, or not as many y as x.</exception>
    public static int Elbow(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.IsEmpty || x.Length != y.Length)
        {
            throw new ArgumentException($"An elbow needs at least one point and as many y as x; found {x.Length} x and {y.Length} y.", nameof(y));
        }

        double width = x[^1] - x[0], height = y[0] - y[^1];
        (int At, double Below) best = (0, 0);
        for (int i = 0; i < x.Length && width > 0 && height > 0; i++)
        {
            double below = 1 - ((x[i] - x[0]) / width) - ((y[i] - y[^1]) / height);
            if (below > best.Below + 1e-12)
            {
                best = (i, below);
            }
        }

        return best.At;
    }
}
