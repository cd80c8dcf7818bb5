using System.Collections.Immutable;
using Caudata.Numerics;

namespace Caudata.Estimation;

/// <summary>Which documents an audit reads: a random sample, stratified by a score, fixed before the run, every document with a known positive chance.</summary>
/// <remarks>
/// <para>Documents are ordered by score and cut into strata of nearly equal size. Stratum h gets a share of the audit in proportion to N_h·(f + (1 − f)·√m_h/mean √m),
/// where m_h is its mean score above the lowest score: the spread of a count grows like the root of its expectation, so this is Neyman's
/// allocation for a score that is proportional to the expected count, with a floor f for scores that are wrong. Equal scores everywhere give a uniform audit.</para>
/// <para>Within a stratum the sample is simple random without replacement, so π = n_h/N_h.</para>
/// <para>Source: [neyman1934]; [sarndal1992] section 3.7.</para>
/// </remarks>
public sealed record AuditDesign
{
    private AuditDesign() { }

    /// <summary>Stratum of every document, shape [N], from 0 (lowest scores).</summary>
    public required ImmutableArray<int> Strata { get; init; }

    /// <summary>N_h: documents of each stratum, shape [H].</summary>
    public required ImmutableArray<int> Population { get; init; }

    /// <summary>n_h: documents that the audit reads of each stratum, shape [H], each at least 1.</summary>
    public required ImmutableArray<int> Sample { get; init; }

    /// <summary>π of a document: the probability that the audit reads it, in (0, 1].</summary>
    /// <param name="document">Index of the document, 0-based.</param>
    public double Inclusion(int document) => (double)Sample[Strata[document]] / Population[Strata[document]];

    /// <summary>An audit in which every document has the same chance.</summary>
    /// <param name="documents">N, at least 1.</param>
    /// <param name="size">Documents to read, 1 to N.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public static AuditDesign Uniform(int documents, int size)
    {
        RequireSize(documents, size, 1);
        return new AuditDesign { Strata = [.. new int[documents]], Population = [documents], Sample = [size] };
    }

    /// <summary>An audit that reads more where the score is high.</summary>
    /// <param name="scores">Score of every document, shape [N], finite; higher means more pairs are expected.</param>
    /// <param name="size">Documents to read, from the number of strata to N.</param>
    /// <param name="strata">H, 1 to N. Default 5.</param>
    /// <param name="floor">f in (0, 1]: the least share of its uniform sample that a stratum gets (before rounding). Default 0.25: a weight is then at most four times the uniform one.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static AuditDesign Stratified(ReadOnlySpan<double> scores, int size, int strata = 5, double floor = 0.25)
    {
        int n = scores.Length;
        RequireSize(n, size, strata);
        ArgumentOutOfRangeException.ThrowIfLessThan(strata, 1);
        if (!(floor > 0 && floor <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(floor), $"The floor is {floor}; expected a share in (0, 1]: a document without a chance cannot be forecast.");
        }

        double[] keys = scores.ToArray();
        int[] order = new int[n];
        double lowest = double.PositiveInfinity;
        for (int i = 0; i < n; i++)
        {
            if (!double.IsFinite(keys[i]))
            {
                throw new ArgumentException($"scores[{i}] is {keys[i]}; expected a finite number.", nameof(scores));
            }

            order[i] = i;
            lowest = Math.Min(lowest, keys[i]);
        }

        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a.CompareTo(b));
        int[] stratum = new int[n], population = new int[strata];
        double[] root = new double[strata];
        for (int r = 0; r < n; r++)
        {
            int h = (int)((long)r * strata / n);
            stratum[order[r]] = h;
            population[h]++;
            root[h] += keys[order[r]] - lowest;
        }

        double mean = 0;
        for (int h = 0; h < strata; h++)
        {
            root[h] = Math.Sqrt(root[h] / population[h]);
            mean += root[h] * population[h] / n;
        }

        double[] share = new double[strata];
        for (int h = 0; h < strata; h++)
        {
            share[h] = population[h] * (floor + ((1 - floor) * (mean > 0 ? root[h] / mean : 1)));
        }

        return new AuditDesign { Strata = [.. stratum], Population = [.. population], Sample = [.. Allocate(share, population, size)] };
    }

    /// <summary>Draws the audit. The same seed and design give the same documents.</summary>
    /// <param name="seed">Seed of the run (stream <c>audit</c>, one unit a stratum).</param>
    /// <returns>Indices of the documents to read, ascending.</returns>
    public ImmutableArray<int> Draw(ulong seed)
    {
        int[][] members = new int[Population.Length][];
        int[] filled = new int[Population.Length];
        for (int h = 0; h < members.Length; h++)
        {
            members[h] = new int[Population[h]];
        }

        for (int i = 0; i < Strata.Length; i++)
        {
            members[Strata[i]][filled[Strata[i]]++] = i;
        }

        List<int> drawn = [];
        for (int h = 0; h < members.Length; h++)
        {
            RandomStream stream = new RandomStream(seed, "audit", (ulong)h);
            int[] m = members[h];
            for (int i = 0; i < Sample[h]; i++)
            {
                int j = i + stream.NextInt32(m.Length - i);
                (m[i], m[j]) = (m[j], m[i]);
                drawn.Add(m[i]);
            }
        }

        drawn.Sort();
        return [.. drawn];
    }

    /// <summary>Whole numbers in proportion to the shares, each from 1 to its population, adding up to the size.</summary>
    private static int[] Allocate(double[] share, int[] population, int size)
    {
        int[] n = new int[share.Length];
        Array.Fill(n, 1);
        for (int left = size - n.Length; left > 0; left--)
        {
            // One document at a time to the stratum furthest behind its share (Webster's divisors): O(size · H), ties to the lowest stratum.
            int best = -1;
            for (int h = 0; h < n.Length; h++)
            {
                if (n[h] < population[h] && (best < 0 || share[h] / (n[h] + 0.5) > share[best] / (n[best] + 0.5)))
                {
                    best = h;
                }
            }

            n[best]++;
        }

        return n;
    }

    private static void RequireSize(int documents, int size, int strata)
    {
        if (documents < 1 || size < strata || size > documents)
        {
            throw new ArgumentOutOfRangeException(nameof(size), $"An audit of {size} of {documents} documents in {strata} strata; expected at least one document and from {strata} to {documents} in the audit.");
        }
    }
}
