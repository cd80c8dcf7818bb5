namespace Caudata.Clustering;

/// <summary>How the first centroids are found.</summary>
public enum KMeansSeeding
{
    /// <summary>
    /// Oversampling: five rounds each draw about k points in proportion to their squared distance, all at once; the drawn points, weighted by how many points they are nearest to, are reduced to
    /// k by <see cref="GreedyPlusPlus"/>. A few passes instead of k. [bahmani2012] The default.
    /// </summary>
    Oversampling,

    /// <summary>k-means++: one centroid after the other, each the best of 2 + ⌊ln k⌋ points drawn in proportion to their squared distance. [arthur2007] k passes over the points.</summary>
    GreedyPlusPlus,
}

/// <summary>How k-means runs.</summary>
public sealed record KMeansOptions
{
    /// <summary>Number of clusters asked for. Range 1 to 1,000,000. Default 8, as in scikit-learn; see <see cref="ClusterCount"/> for a choice by the data.</summary>
    public int K { get; init; } = 8;

    /// <summary>Most Lloyd iterations. Range 0 to 100,000. Default 300, as in scikit-learn.</summary>
    public int MaxIterations { get; init; } = 300;

    /// <summary>
    /// Stops when the centroids' summed squared movement is at most this times the mean variance of a coordinate. At least 0; with 0 only when no point changes its cluster.
    /// Default 0.0001, as in scikit-learn.
    /// </summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>How the first centroids are found. Default <see cref="KMeansSeeding.Oversampling"/>.</summary>
    public KMeansSeeding Seeding { get; init; }

    /// <summary>
    /// The first centroids are sought in a random sample of this many points for each cluster asked for (but of at least 10,000). Range 10 to 1,000,000. Default 128: see the benchmark of seeding.
    /// </summary>
    public int SeedingPointsPerCluster { get; init; } = 128;

    /// <summary>Seed of every random choice. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most threads to use, at least 1. Default 1. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Every mistake at once; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> mistakes = [];
        Check(K is < 1 or > 1_000_000, $"K is {K}; it must lie between 1 and 1,000,000.");
        Check(MaxIterations is < 0 or > 100_000, $"MaxIterations is {MaxIterations}; it must lie between 0 and 100,000.");
        Check(!(Tolerance >= 0) || double.IsInfinity(Tolerance), $"Tolerance is {Tolerance}; it must be finite and at least 0.");
        Check(!Enum.IsDefined(Seeding), $"Seeding is {Seeding}; it must be one of {string.Join(", ", Enum.GetNames<KMeansSeeding>())}.");
        Check(SeedingPointsPerCluster is < 10 or > 1_000_000, $"SeedingPointsPerCluster is {SeedingPointsPerCluster}; it must lie between 10 and 1,000,000.");
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

    internal void ThrowIfInvalid()
    {
        IReadOnlyList<string> mistakes = Validate();
        if (mistakes.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', mistakes), "options");
        }
    }
}

/// <summary>A clustering by k-means.</summary>
/// <param name="Centroids">Means of the clusters, row-major, shape [k, d].</param>
/// <param name="Assignment">For each point its cluster, the nearest centroid (of equally near ones the lower); shape [n].</param>
/// <param name="Sizes">Number of points in each cluster, shape [k]; none is 0.</param>
/// <param name="Inertia">Sum of the points' squared distances to their centroids.</param>
/// <param name="Iterations">Lloyd iterations done.</param>
/// <param name="Converged">Whether it stopped because nothing moved any more (see <see cref="KMeansOptions.Tolerance"/>), not for the limit of iterations.</param>
public sealed record KMeansResult(float[] Centroids, int[] Assignment, int[] Sizes, double Inertia, int Iterations, bool Converged)
{
    /// <summary>Number of clusters found: the number asked for, or fewer where there are fewer distinct points.</summary>
    public int K => Sizes.Length;
}
