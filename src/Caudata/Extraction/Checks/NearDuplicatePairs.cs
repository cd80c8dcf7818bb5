using System.Runtime.InteropServices;

namespace Caudata.Extraction.Checks;

/// <summary>The pairs kept so far, and whether a new one is nearly one of them.</summary>
/// <remarks>
/// <para>A pair is the set of its word 3-grams. 32 minima (one-permutation MinHash [li2012], empty bins filled from their neighbours) in 8 bands of 4 find candidates: at similarity 0.8 a pair is found with
/// probability 1 − (1 − 0.8⁴)⁸ = 0.985. Their Jaccard similarity is then computed from the 256 smallest hashes, exactly for pairs of up to 256 3-grams.</para>
/// <para>Stateful: call <see cref="Judge"/> and <see cref="Keep"/> in a fixed order, from one thread at a time. Sketches are pure and may be made in parallel.</para>
/// </remarks>
public sealed class NearDuplicatePairs
{
    /// <summary>Name of the check.</summary>
    public const string Name = "near-duplicate";

    private const int Bins = 32, Bands = 8, Rows = Bins / Bands, Longest = 256, MostCandidates = 64;
    private readonly Dictionary<ulong, int> _exact = [];
    private readonly Dictionary<ulong, List<int>> _bands = [];
    private readonly List<uint[]> _kept = [];
    private readonly double _threshold;

    /// <summary>Nothing kept yet.</summary>
    /// <param name="threshold">Least Jaccard similarity of near-duplicates, in (0, 1].</param>
    public NearDuplicatePairs(double threshold) => _threshold = threshold;

    /// <summary>Number of pairs kept.</summary>
    public int Count => _kept.Count;

    /// <summary>The sketch of a pair.</summary>
    /// <param name="words">Hashes of the words of question and answer.</param>
    internal static PairSketch Sketch(ReadOnlySpan<ulong> words)
    {
        ulong exact = 0x8EBC6AF09C88C6E3UL;
        foreach (ulong word in words)
        {
            exact = WordHashes.Mix(exact ^ word) + 1;
        }

        int n = Math.Min(3, words.Length);
        var grams = new ulong[n == 0 ? 0 : words.Length - n + 1];
        if (n > 0)
        {
            WordHashes.Grams(words, n, grams);
        }

        var shingles = new uint[grams.Length];
        for (int i = 0; i < grams.Length; i++)
        {
            shingles[i] = (uint)(grams[i] >> 32);
        }

        Array.Sort(shingles);
        int distinct = 0;
        for (int i = 0; i < shingles.Length; i++)
        {
            if (i == 0 || shingles[i] != shingles[i - 1])
            {
                shingles[distinct++] = shingles[i];
            }
        }

        // One permutation: the top five bits choose the bin, and the smallest of a bin is its minimum; a second mix makes bins independent of the order kept below.
        Span<uint> minima = stackalloc uint[Bins];
        minima.Fill(uint.MaxValue);
        for (int i = 0; i < distinct; i++)
        {
            ulong mixed = WordHashes.Mix(shingles[i] + 0x1D8E4E27C47D124FUL);
            int bin = (int)(mixed >> 59);
            minima[bin] = Math.Min(minima[bin], (uint)mixed);
        }

        var keys = new ulong[distinct == 0 ? 0 : Bands];
        for (int band = 0; band < keys.Length; band++)
        {
            ulong key = (ulong)band;
            for (int row = 0; row < Rows; row++)
            {
                int bin = (band * Rows) + row, steps = 0;
                while (minima[(bin + steps) % Bins] == uint.MaxValue && steps < Bins)
                {
                    steps++;
                }

                key = WordHashes.Mix((key * 31) + minima[(bin + steps) % Bins] + (ulong)steps);
            }

            keys[band] = key;
        }

        return new PairSketch(exact, keys, shingles[..Math.Min(distinct, Longest)]);
    }

    /// <summary>Compares a pair with those kept.</summary>
    /// <param name="sketch">Its sketch.</param>
    internal Verdict Judge(PairSketch sketch)
    {
        if (_exact.TryGetValue(sketch.Exact, out int same))
        {
            return Check.Fail(Name, "duplicate", $"It has the words of kept pair {same}.");
        }

        Span<int> seen = stackalloc int[MostCandidates];
        int looked = 0;
        foreach (ulong key in sketch.Bands)
        {
            if (!_bands.TryGetValue(key, out List<int>? candidates))
            {
                continue;
            }

            foreach (int candidate in candidates)
            {
                if (looked == MostCandidates)
                {
                    return Check.Pass(Name);
                }

                if (seen[..looked].Contains(candidate))
                {
                    continue;
                }

                seen[looked++] = candidate;
                double jaccard = Jaccard(sketch.Shingles, _kept[candidate]);
                if (jaccard >= _threshold)
                {
                    return Check.Fail(Name, "near-duplicate", $"Its word 3-grams have a Jaccard similarity of {jaccard:F2} with kept pair {candidate}; expected less than {_threshold:F2}.");
                }
            }
        }

        return Check.Pass(Name);
    }

    /// <summary>Keeps a pair: later ones are compared with it. Its number is <see cref="Count"/> before the call.</summary>
    /// <param name="sketch">Its sketch.</param>
    internal void Keep(PairSketch sketch)
    {
        int number = _kept.Count;
        _kept.Add(sketch.Shingles);
        _exact.TryAdd(sketch.Exact, number);
        foreach (ulong key in sketch.Bands)
        {
            ref List<int>? list = ref CollectionsMarshal.GetValueRefOrAddDefault(_bands, key, out _);
            (list ??= new List<int>(1)).Add(number);
        }
    }

    /// <summary>Jaccard similarity of two ascending sets; where one was cut to its smallest 256, estimated from the 256 smallest of the union.</summary>
    private static double Jaccard(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        int i = 0, j = 0, common = 0, union = 0, limit = a.Length >= Longest || b.Length >= Longest ? Longest : int.MaxValue;
        while (i < a.Length && j < b.Length && union < limit)
        {
            union++;
            if (a[i] == b[j])
            {
                common++;
                i++;
                j++;
            }
            else if (a[i] < b[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        union = Math.Min(limit, union + a.Length - i + b.Length - j);
        return union == 0 ? 1 : common / (double)union;
    }
}

/// <summary>What near-duplicates are found by.</summary>
/// <param name="Exact">Hash of the normalised words in order.</param>
/// <param name="Bands">Keys of the bands.</param>
/// <param name="Shingles">The smallest hashes of word 3-grams, ascending.</param>
internal sealed record PairSketch(ulong Exact, ulong[] Bands, uint[] Shingles);
