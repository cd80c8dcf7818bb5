using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace Caudata.Bandits;

/// <summary>The Fréchet distance between two clouds of vectors, each taken as a normal distribution with a diagonal covariance.</summary>
/// <remarks>
/// <para>d² = ‖μ₁ − μ₂‖² + Σᵢ (σ₁ᵢ − σ₂ᵢ)², the diagonal case of ‖μ₁ − μ₂‖² + Tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½). The released EQUAL scripts compare d² (as the "FID" does) with 0.2.</para>
/// <para>Source: [dowson1982], equation 16. O(d) a pair.</para>
/// </remarks>
public static class Frechet
{
    /// <summary>The squared distance of two diagonal normal distributions.</summary>
    /// <param name="mean1">μ₁, shape [d].</param>
    /// <param name="deviation1">σ₁, the standard deviations, shape [d], at least 0.</param>
    /// <param name="mean2">μ₂, shape [d].</param>
    /// <param name="deviation2">σ₂, shape [d], at least 0.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static double Distance(ReadOnlySpan<float> mean1, ReadOnlySpan<float> deviation1, ReadOnlySpan<float> mean2, ReadOnlySpan<float> deviation2)
    {
        if (mean1.Length != mean2.Length || deviation1.Length != mean1.Length || deviation2.Length != mean1.Length)
        {
            throw new ArgumentException($"Lengths are {mean1.Length}, {deviation1.Length}, {mean2.Length} and {deviation2.Length}; expected one dimension for all four spans.");
        }

        if (mean1.IsEmpty)
        {
            return 0;
        }

        double mean = TensorPrimitives.Distance(mean1, mean2), deviation = TensorPrimitives.Distance(deviation1, deviation2);
        return (mean * mean) + (deviation * deviation);
    }

    /// <summary>Means and standard deviations of the clusters of a set of vectors.</summary>
    /// <param name="vectors">Vectors, row-major, shape [n, d].</param>
    /// <param name="labels">Cluster of each vector, shape [n], 0 to <paramref name="clusters"/> − 1.</param>
    /// <param name="clusters">k.</param>
    /// <param name="dimension">d.</param>
    /// <param name="means">Receives the means, shape [k, d]; zeros for an empty cluster.</param>
    /// <param name="deviations">Receives the standard deviations (denominator n_j), shape [k, d]; zeros for an empty cluster.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or a label is out of range.</exception>
    public static void Moments(ReadOnlySpan<float> vectors, ReadOnlySpan<int> labels, int clusters, int dimension, Span<float> means, Span<float> deviations)
    {
        if ((long)labels.Length * dimension != vectors.Length || (long)clusters * dimension != means.Length || means.Length != deviations.Length)
        {
            throw new ArgumentException($"{labels.Length} labels, {vectors.Length} numbers, dimension {dimension}, {clusters} clusters, {means.Length} means and {deviations.Length} deviations do not fit; expected [n, d] vectors, [n] labels, [k, d] means and deviations.");
        }

        double[] sum = new double[means.Length], square = new double[means.Length];
        int[] size = new int[clusters];
        for (int i = 0; i < labels.Length; i++)
        {
            int label = labels[i];
            if ((uint)label >= (uint)clusters)
            {
                throw new ArgumentException($"labels[{i}] is {label}; expected 0 to {clusters - 1}.", nameof(labels));
            }

            size[label]++;
            ReadOnlySpan<float> row = vectors.Slice(i * dimension, dimension);
            Span<double> s = sum.AsSpan(label * dimension, dimension), q = square.AsSpan(label * dimension, dimension);
            for (int c = 0; c < row.Length; c++)
            {
                s[c] += row[c];
                q[c] += (double)row[c] * row[c];
            }
        }

        for (int j = 0; j < means.Length; j++)
        {
            double n = Math.Max(1, size[j / dimension]), mean = sum[j] / n;
            means[j] = (float)mean;
            deviations[j] = (float)Math.Sqrt(Math.Max(0, (square[j] / n) - (mean * mean)));
        }
    }

    /// <summary>For every cluster, the other clusters nearer than a threshold, in order of their index.</summary>
    /// <param name="means">Shape [k, d].</param>
    /// <param name="deviations">Shape [k, d].</param>
    /// <param name="dimension">d, at least 1.</param>
    /// <param name="threshold">Largest squared distance, exclusive. 0.2 in the EQUAL scripts.</param>
    /// <returns>Shape [k], each a list of indices. O(k² d).</returns>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    public static ImmutableArray<ImmutableArray<int>> Neighbours(ReadOnlySpan<float> means, ReadOnlySpan<float> deviations, int dimension, double threshold = 0.2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (means.Length != deviations.Length || means.Length % dimension != 0)
        {
            throw new ArgumentException($"{means.Length} means and {deviations.Length} deviations do not fit dimension {dimension}; expected two [k, d] matrices.");
        }

        int k = means.Length / dimension;
        List<int>[] near = new List<int>[k];
        for (int a = 0; a < k; a++)
        {
            near[a] = [];
        }

        for (int a = 0; a < k; a++)
        {
            for (int b = a + 1; b < k; b++)
            {
                if (Distance(
                    means.Slice(a * dimension, dimension), deviations.Slice(a * dimension, dimension),
                    means.Slice(b * dimension, dimension), deviations.Slice(b * dimension, dimension)) < threshold)
                {
                    near[a].Add(b);
                    near[b].Add(a);
                }
            }
        }

        foreach (List<int> list in near)
        {
            list.Sort();
        }

        return [.. near.Select(list => list.ToImmutableArray())];
    }
}
