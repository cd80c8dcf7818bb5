namespace Caudata.Clustering;

/// <summary>k-means: k centroids such that the points' summed squared distance to the nearest is small (Lloyd's algorithm).</summary>
/// <remarks>
/// <para>[lloyd1982] Lloyd, "Least squares quantization in PCM" (IEEE Transactions on Information Theory 28(2), 1982). Distances of a block of points to all centroids come from one matrix product,
/// ‖x − c‖² = ‖x‖² − 2x·c + ‖c‖². Points whose nearest centroid cannot have changed, by the triangle inequality, are passed over: upper bound on the distance to the own centroid below the lower
/// bound on the distance to any other, [hamerly2010] Hamerly, "Making k-means even faster" (SDM 2010). The bounds carry the worst rounding error, so the result is that of plain Lloyd, byte for byte.</para>
/// <para>An empty cluster is given the point farthest from its centroid. Unit vectors give cosine clusters. The same bytes on any number of threads.</para>
/// <para>Cost of an iteration: at most 2·n·k·d operations, and few once most points have settled. Extra memory: about 24 bytes a point and 30 bytes a centroid coordinate, never n × k.</para>
/// </remarks>
public static class KMeans
{
    /// <summary>Clusters points, first centroids by <see cref="KMeansOptions.Seeding"/>.</summary>
    /// <param name="points">The points, row-major, shape [n, d]; finite, of squared length below 10³⁰. Zero vectors and repeated points are welcome.</param>
    /// <param name="n">Number of points, at least 1.</param>
    /// <param name="d">Coordinates of a point, at least 1.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="cancellationToken">Stops between blocks of points.</param>
    /// <exception cref="ArgumentException">An option is outside its range (all are listed), the shape does not fit, or a coordinate is not finite or too large.</exception>
    public static KMeansResult Fit(ReadOnlyMemory<float> points, int n, int d, KMeansOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        PointSet set = PointSet.Create(points, n, d, options.Threads, cancellationToken);
        return Lloyd.Run(set, null, Seeding.Choose(set, options, cancellationToken), options, true, cancellationToken);
    }

    /// <summary>Clusters points from given centroids.</summary>
    /// <param name="points">The points, row-major, shape [n, d].</param>
    /// <param name="n">Number of points, at least 1.</param>
    /// <param name="d">Coordinates of a point, at least 1.</param>
    /// <param name="centroids">The first centroids, row-major, shape [k, d]; their number replaces <see cref="KMeansOptions.K"/>.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="cancellationToken">Stops between blocks of points.</param>
    /// <exception cref="ArgumentException">An option is outside its range (all are listed), a shape does not fit, or a coordinate is not finite or too large.</exception>
    public static KMeansResult FitFrom(ReadOnlyMemory<float> points, int n, int d, ReadOnlyMemory<float> centroids, KMeansOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        PointSet set = PointSet.Create(points, n, d, options.Threads, cancellationToken);
        return Lloyd.Run(set, null, Shifted(centroids, d, set.Shift, cancellationToken), options, true, cancellationToken);
    }

    /// <summary>The nearest centroid of each point; of equally near ones the lower.</summary>
    /// <param name="points">The points, row-major, shape [n, d].</param>
    /// <param name="n">Number of points, at least 1.</param>
    /// <param name="d">Coordinates of a point, at least 1.</param>
    /// <param name="centroids">The centroids, row-major, shape [k, d], k at least 1.</param>
    /// <param name="threads">Most threads to use, at least 1. Default 1. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops between blocks of points.</param>
    /// <returns>For each point its centroid.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, or a coordinate is not finite or too large.</exception>
    public static int[] Assign(ReadOnlyMemory<float> points, int n, int d, ReadOnlyMemory<float> centroids, int threads = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        // The centroids' own mean is the shift, so that the nearest centroid of a point does not depend on the other points.
        PointSet set = CentroidSet(centroids, d, null, cancellationToken);
        float[] shifted = Shifted(centroids, d, set.Shift, cancellationToken);
        return Lloyd.Assign(PointSet.Create(points, n, d, threads, cancellationToken, nameof(points), set.Shift), shifted, threads, cancellationToken);
    }

    private static float[] Shifted(ReadOnlyMemory<float> centroids, int d, float[] shift, CancellationToken cancellationToken)
    {
        PointSet set = CentroidSet(centroids, d, shift, cancellationToken);
        float[] shifted = new float[centroids.Length];
        for (int j = 0; j < set.Count; j++)
        {
            set.Copy(j, shifted.AsSpan(j * d, d));
        }

        return shifted;
    }

    private static PointSet CentroidSet(ReadOnlyMemory<float> centroids, int d, float[]? shift, CancellationToken cancellationToken)
    {
        if (d < 1 || centroids.Length < d || centroids.Length % d != 0)
        {
            throw new ArgumentException($"The centroids hold {centroids.Length} numbers, which is not a whole number of at least 1 times {d} coordinates.", nameof(centroids));
        }

        return PointSet.Create(centroids, centroids.Length / d, d, 1, cancellationToken, nameof(centroids), shift);
    }
}
