using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Caudata.Numerics;

namespace Caudata.Extraction.Rankings;

/// <summary>How <see cref="Dsir"/> turns n-grams into buckets.</summary>
public enum DsirHash
{
    /// <summary>64-bit mixing of the words' hashes: some ten times faster, the same quality; buckets differ from the authors'.</summary>
    Mixed,

    /// <summary>SHA-256 of the words joined by a space, as a whole number modulo the buckets: the same buckets, and so the same numbers, as the authors' program.</summary>
    Sha256,
}

/// <summary>How documents are ranked by <see cref="Dsir"/>.</summary>
public sealed record DsirOptions
{
    /// <summary>Number of buckets, 1 to 16,777,216. Default 10,000, from the paper.</summary>
    public int Buckets { get; init; } = 10_000;

    /// <summary>Longest n-gram, 1 or 2. Default 2, from the paper.</summary>
    public int Words { get; init; } = 2;

    /// <summary>Added to every bucket's probability before its logarithm is taken; positive. Default 1e-8, as in the authors' program.</summary>
    public double Smoothing { get; init; } = 1e-8;

    /// <summary>How n-grams become buckets. Default <see cref="DsirHash.Mixed"/>.</summary>
    public DsirHash Hash { get; init; } = DsirHash.Mixed;

    /// <summary>All mistakes, empty when there is none.</summary>
    public IEnumerable<string> Validate()
    {
        if (Buckets is < 1 or > 1 << 24)
        {
            yield return $"Buckets is {Buckets}; expected 1 to 16,777,216.";
        }

        if (Words is < 1 or > 2)
        {
            yield return $"Words is {Words}; expected 1 or 2.";
        }

        if (!(Smoothing > 0 && Smoothing < 1))
        {
            yield return $"Smoothing is {Smoothing}; expected a small positive probability, for example 1e-8.";
        }

        if (!Enum.IsDefined(Hash))
        {
            yield return $"Hash is {Hash}; expected Mixed or Sha256.";
        }
    }
}

/// <summary>DSIR: documents weighted by how much likelier they are under the target's bag of hashed n-grams than under the corpus's.</summary>
/// <remarks>
/// <para>log w(x) = Σ over the n-grams g of x of [ln(p_target(b(g)) + ε) − ln(p_raw(b(g)) + ε)], with b(g) the bucket of g and p the share of all n-grams in a bucket.
/// A document is then kept among the k best (<see cref="Top"/>), or drawn without replacement in proportion to w (<see cref="Resample"/>, the paper's way).</para>
/// <para>Words are runs of letters, digits and underscores, and runs of other visible characters, in lower case. The sum grows with length: long documents unlike the
/// target fall far down. Memory: one number a bucket; a document's score is kept by the caller (8 bytes). A score allocates nothing after the first call on a thread.</para>
/// <para>Source: [xie2023dsir] section 3; checked against numbers of the authors' program (with <see cref="DsirHash.Sha256"/>).</para>
/// </remarks>
public sealed class Dsir
{
    private readonly DsirOptions _options;
    private readonly double[] _ratios;

    private Dsir(DsirOptions options, double[] ratios)
    {
        _options = options;
        _ratios = ratios;
    }

    /// <summary>ln(p_target + ε) − ln(p_raw + ε) of every bucket, shape [buckets].</summary>
    public ReadOnlySpan<double> LogRatios => _ratios;

    /// <summary>Makes the weights from two counts.</summary>
    /// <param name="target">n-grams of the target in every bucket, shape [buckets], from <see cref="Count"/>.</param>
    /// <param name="raw">n-grams of the corpus in every bucket, likewise.</param>
    /// <param name="options">The options that the counts were made with; null for the defaults.</param>
    /// <exception cref="ArgumentException">Options are out of range, lengths differ from the number of buckets, or there is not one n-gram.</exception>
    public static Dsir Fit(ReadOnlySpan<long> target, ReadOnlySpan<long> raw, DsirOptions? options = null)
    {
        options ??= new DsirOptions();
        List<string> mistakes = [.. options.Validate()];
        double targetTotal = 0, rawTotal = 0;
        foreach (long count in target)
        {
            targetTotal += count;
        }

        foreach (long count in raw)
        {
            rawTotal += count;
        }

        if (target.Length != options.Buckets || raw.Length != options.Buckets)
        {
            mistakes.Add($"There are {target.Length} target counts and {raw.Length} corpus counts; expected {options.Buckets} each.");
        }

        if (targetTotal <= 0 || rawTotal <= 0)
        {
            mistakes.Add($"The target has {targetTotal} n-grams and the corpus {rawTotal}; expected at least one each.");
        }

        if (mistakes.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", mistakes), nameof(target));
        }

        double[] ratios = new double[options.Buckets];
        for (int b = 0; b < ratios.Length; b++)
        {
            ratios[b] = Math.Log((target[b] / targetTotal) + options.Smoothing) - Math.Log((raw[b] / rawTotal) + options.Smoothing);
        }

        return new Dsir(options, ratios);
    }

    /// <summary>Adds the n-grams of a text to the counts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Options; only hash, words and buckets are read.</param>
    /// <param name="counts">Counts, shape [buckets], added to.</param>
    /// <exception cref="ArgumentException">The counts' length is not the number of buckets.</exception>
    public static void Count(string text, DsirOptions options, Span<long> counts)
    {
        if (counts.Length != options.Buckets)
        {
            throw new ArgumentException($"There are {counts.Length} counts; expected {options.Buckets}, one a bucket.", nameof(counts));
        }

        NGrams grams = new NGrams(text, options);
        while (grams.Next(out int bucket))
        {
            counts[bucket]++;
        }

        grams.Dispose();
    }

    /// <summary>ln w of a text. A text without words has 0.</summary>
    /// <param name="text">The text.</param>
    public double Score(string text) => Score(text, out _);

    /// <summary>As <see cref="Score(string)"/>, with the number of n-grams that were summed over.</summary>
    internal double Score(string text, out int count)
    {
        double score = 0;
        count = 0;
        NGrams grams = new NGrams(text, _options);
        while (grams.Next(out int bucket))
        {
            score += _ratios[bucket];
            count++;
        }

        grams.Dispose();
        return score;
    }

    /// <summary>The k best, best first; ties to the lowest index; NaN last. O(n log n).</summary>
    /// <param name="scores">Scores, shape [n].</param>
    /// <param name="k">How many, at least 0; all when there are fewer.</param>
    public static ImmutableArray<int> Top(ReadOnlySpan<double> scores, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        double[] keys = scores.ToArray();
        int[] order = new int[keys.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[b].CompareTo(keys[a]) : a.CompareTo(b));
        return ImmutableCollectionsMarshal.AsImmutableArray(order[..Math.Min(k, order.Length)]);
    }

    /// <summary>k documents drawn without replacement in proportion to w, in the order of their draw (Gumbel top-k).</summary>
    /// <remarks>The k largest of ln w + Gumbel noise are a draw without replacement with probabilities in proportion to w. Source: [xie2023dsir] section 3; [vieira2014].</remarks>
    /// <param name="scores">ln w, shape [n].</param>
    /// <param name="k">How many, at least 0; all when there are fewer.</param>
    /// <param name="seed">Seed of the run (stream <c>dsir</c>, one number a document in order of index).</param>
    public static ImmutableArray<int> Resample(ReadOnlySpan<double> scores, int k, ulong seed)
    {
        double[] noisy = new double[scores.Length];
        RandomStream stream = new RandomStream(seed, "dsir");
        for (int i = 0; i < noisy.Length; i++)
        {
            // A u of exactly 0 stands for all numbers below 2^-53; it must not give an infinite noise.
            double u = Math.Max(stream.NextDouble(), 0.5 / (1UL << 53));
            noisy[i] = scores[i] - Math.Log(-Math.Log(u));
        }

        return Top(noisy, k);
    }

    /// <summary>Walks the words of a text and gives the bucket of every word and of every pair of neighbours.</summary>
    private ref struct NGrams
    {
        private readonly ReadOnlySpan<char> _text;
        private readonly uint _buckets;
        private readonly bool _pairs, _sha;
        private char[] _lower;
        private byte[] _bytes;
        private int _at, _previous, _pending;
        private ulong _hash;

        public NGrams(string text, DsirOptions options)
        {
            _text = text;
            _buckets = (uint)options.Buckets;
            _pairs = options.Words == 2;
            _sha = options.Hash == DsirHash.Sha256;
            _lower = ArrayPool<char>.Shared.Rent(64);
            _bytes = _sha ? ArrayPool<byte>.Shared.Rent(256) : [];
            _pending = -1;
        }

        /// <summary>The next bucket: of a word, then of the pair that it ends.</summary>
        public bool Next(out int bucket)
        {
            if (_pending >= 0)
            {
                bucket = _pending;
                _pending = -1;
                return true;
            }

            while (_at < _text.Length && KindAt(_at, out _) == 0)
            {
                _at++;
            }

            if (_at >= _text.Length)
            {
                bucket = 0;
                return false;
            }

            int start = _at, kind = KindAt(_at, out int step);
            do
            {
                _at += step;
            }
            while (_at < _text.Length && KindAt(_at, out step) == kind);
            ReadOnlySpan<char> word = _text[start.._at];
            if (_lower.Length < word.Length)
            {
                ArrayPool<char>.Shared.Return(_lower);
                _lower = ArrayPool<char>.Shared.Rent(word.Length);
            }

            int length = word.ToLowerInvariant(_lower);
            bucket = _sha ? Sha(_lower.AsSpan(0, length)) : Mix(_lower.AsSpan(0, length));
            return true;
        }

        public readonly void Dispose()
        {
            ArrayPool<char>.Shared.Return(_lower);
            if (_sha)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }
        }

        private int Mix(ReadOnlySpan<char> word)
        {
            ulong hash = 0xCBF29CE484222325UL; // FNV-1a over UTF-16 units, then a finaliser
            foreach (char c in word)
            {
                hash = (hash ^ c) * 0x100000001B3UL;
            }

            hash = Finish(hash);
            if (_pairs && _previous > 0)
            {
                _pending = Reduce(Finish(_hash + (hash * 0x9E3779B97F4A7C15UL)));
            }

            _hash = hash;
            _previous = 1;
            return Reduce(hash);
        }

        private readonly int Reduce(ulong hash) => (int)(((hash >> 32) * _buckets) >> 32);

        private static ulong Finish(ulong x)
        {
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
            return x ^ (x >> 31);
        }

        /// <summary>Keeps "previous word, space, this word" as UTF-8 in the buffer: [0, previous) is the previous word.</summary>
        private int Sha(ReadOnlySpan<char> word)
        {
            int most = _previous + 1 + Encoding.UTF8.GetMaxByteCount(word.Length);
            if (_bytes.Length < most)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(most);
                _bytes.AsSpan(0, _previous).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_bytes);
                _bytes = larger;
            }

            int from = _previous > 0 ? _previous + 1 : 0;
            int length = Encoding.UTF8.GetBytes(word, _bytes.AsSpan(from));
            int bucket = Modulo(_bytes.AsSpan(from, length));
            if (_pairs && from > 0)
            {
                _bytes[_previous] = (byte)' ';
                _pending = Modulo(_bytes.AsSpan(0, from + length));
            }

            _bytes.AsSpan(from, length).CopyTo(_bytes);
            _previous = length;
            return bucket;
        }

        private readonly int Modulo(ReadOnlySpan<byte> gram)
        {
            Span<byte> digest = stackalloc byte[32];
            SHA256.HashData(gram, digest);
            ulong rest = 0;
            for (int i = 0; i < 32; i += 4)
            {
                rest = ((rest << 32) | BinaryPrimitives.ReadUInt32BigEndian(digest[i..])) % _buckets;
            }

            return (int)rest;
        }

        /// <summary>0 between words, 1 in a word, 2 in a run of other characters; and how many UTF-16 units the character has.</summary>
        private readonly int KindAt(int at, out int step)
        {
            char c = _text[at];
            step = 1;
            if (c < 128)
            {
                return char.IsAsciiLetterOrDigit(c) || c == '_' ? 1 : c is ' ' or (>= '\t' and <= '\r') or (>= '\x1c' and <= '\x1f') ? 0 : 2;
            }

            if (char.IsHighSurrogate(c) && at + 1 < _text.Length && char.IsLowSurrogate(_text[at + 1]))
            {
                step = 2;
                return Kind(CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(c, _text[at + 1])));
            }

            return char.IsWhiteSpace(c) ? 0 : Kind(CharUnicodeInfo.GetUnicodeCategory(c));
        }

        private static int Kind(UnicodeCategory category) => category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber ? 1 : 2;
    }
}
