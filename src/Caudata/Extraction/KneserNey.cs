using System.Runtime.InteropServices;

namespace Caudata.Extraction;

/// <summary>An interpolated modified Kneser–Ney model over sequences of integer symbols.</summary>
/// <remarks>
/// <para>P(w|h) = max(c(hw) − D(c(hw)), 0) / c(h·) + γ(h) P(w|h′), where h′ drops the oldest symbol of h, counts below the highest order are
/// the number of distinct left neighbours, and the three discounts D₁, D₂, D₃₊ come from the counts of counts of their order.
/// Below order one stands a base distribution that the caller gives, so that unseen symbols have a probability too.</para>
/// <para>Source: [chen1999] Chen and Goodman, "An empirical study of smoothing techniques for language modeling", section 3 (equations 20–28).</para>
/// <para>n-grams are keyed by a 64-bit hash of their symbols: at 10⁷ n-grams the chance that any two collide is below 10⁻⁵.
/// Training is O(order · symbols); memory about 60 bytes a distinct n-gram. Immutable once built; thread-safe.</para>
/// </remarks>
public sealed class KneserNey
{
    private readonly Dictionary<ulong, int>[] _counts; // [order]: n-gram -> count (raw at the highest order, left neighbours below)
    private readonly Dictionary<ulong, Context>[] _contexts; // [order]: context of length order-1 -> its totals
    private readonly double[,] _discounts; // [order, min(count, 3)]

    private KneserNey(Dictionary<ulong, int>[] counts, Dictionary<ulong, Context>[] contexts, double[,] discounts)
    {
        _counts = counts;
        _contexts = contexts;
        _discounts = discounts;
        Order = counts.Length - 1;
    }

    /// <summary>Length of the longest n-gram.</summary>
    public int Order { get; }

    /// <summary>Counts the n-grams of every sequence.</summary>
    /// <param name="sequences">Symbols, each at least 0; a sequence ends where its array ends (add an end symbol yourself). The first n − 1 places are padded with a start symbol that is never predicted.</param>
    /// <param name="order">Length of the longest n-gram, 1–8.</param>
    /// <param name="cancellationToken">Stops between sequences.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is outside 1–8.</exception>
    public static KneserNey Train(IEnumerable<int[]> sequences, int order, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, 8);
        var counts = new Dictionary<ulong, int>[order + 1];
        for (int n = 1; n <= order; n++)
        {
            counts[n] = [];
        }

        Span<int> window = stackalloc int[order];
        var tails = new Dictionary<ulong, (ulong Context, ulong Suffix)>[order + 1];
        for (int n = 1; n <= order; n++)
        {
            tails[n] = [];
        }

        foreach (int[] sequence in sequences)
        {
            cancellationToken.ThrowIfCancellationRequested();
            window.Fill(StartSymbol);
            foreach (int symbol in sequence)
            {
                window[1..].CopyTo(window);
                window[^1] = symbol;
                for (int n = order; n >= 1; n--)
                {
                    ReadOnlySpan<int> gram = window[^n..];
                    ulong key = Hash(gram);
                    ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts[n], key, out bool seen);
                    if (n == order)
                    {
                        count++;
                    }

                    if (seen)
                    {
                        break; // every shorter suffix was seen with this left neighbour
                    }

                    ulong suffix = n > 1 ? Hash(gram[1..]) : 0;
                    tails[n][key] = (Hash(gram[..^1]), suffix);
                }
            }
        }

        // Left neighbours: a distinct n-gram adds one to its suffix of length n - 1.
        for (int n = order; n >= 2; n--)
        {
            foreach ((_, ulong suffix) in tails[n].Values)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts[n - 1], suffix, out _)++;
            }
        }

        var discounts = new double[order + 1, 4];
        var contexts = new Dictionary<ulong, Context>[order + 1];
        for (int n = 1; n <= order; n++)
        {
            Discount(counts[n], discounts, n);
            contexts[n] = [];
            foreach ((ulong key, (ulong context, _)) in tails[n])
            {
                int count = counts[n][key];
                ref Context totals = ref CollectionsMarshal.GetValueRefOrAddDefault(contexts[n], context, out _);
                totals.Total += count;
                totals.Held += discounts[n, Math.Min(count, 3)];
            }
        }

        return new KneserNey(counts, contexts, discounts);
    }

    /// <summary>P(symbol | context), above 0 where the base probability is.</summary>
    /// <param name="context">The symbols before, oldest first; only the last n − 1 count; missing ones are the start symbol.</param>
    /// <param name="symbol">The symbol.</param>
    /// <param name="baseProbability">Its probability below order one, in [0, 1].</param>
    public double Probability(ReadOnlySpan<int> context, int symbol, double baseProbability)
    {
        Span<int> window = stackalloc int[Order];
        window.Fill(StartSymbol);
        ReadOnlySpan<int> last = context.Length > Order - 1 ? context[^(Order - 1)..] : context;
        last.CopyTo(window[(Order - 1 - last.Length)..]);
        window[^1] = symbol;
        double p = baseProbability;
        for (int n = 1; n <= Order; n++)
        {
            ReadOnlySpan<int> gram = window[^n..];
            if (!_contexts[n].TryGetValue(Hash(gram[..^1]), out Context totals))
            {
                if (n == 1)
                {
                    continue; // trained on nothing
                }

                break; // an unseen context: every longer one is unseen too
            }

            _counts[n].TryGetValue(Hash(gram), out int count);
            double discount = _discounts[n, Math.Min(count, 3)];
            p = ((count - discount) / totals.Total) + (totals.Held / totals.Total * p);
        }

        return p;
    }

    private const int StartSymbol = -1;

    private static void Discount(Dictionary<ulong, int> counts, double[,] discounts, int n)
    {
        Span<long> ofCount = stackalloc long[5];
        foreach (int count in counts.Values)
        {
            if (count is >= 1 and <= 4)
            {
                ofCount[count]++;
            }
        }

        // [chen1999] equation 26; where a count of counts is 0 the discount falls back to the plain absolute one.
        double y = ofCount[1] + (2 * ofCount[2]) > 0 ? ofCount[1] / (double)(ofCount[1] + (2 * ofCount[2])) : 0.5;
        for (int c = 1; c <= 3; c++)
        {
            double d = ofCount[c] > 0 ? c - ((c + 1) * y * ofCount[c + 1] / ofCount[c]) : c * y;
            discounts[n, c] = Math.Clamp(d, 0.05, c - 0.05);
        }
    }

    private static ulong Hash(ReadOnlySpan<int> symbols)
    {
        ulong hash = 0x9E3779B97F4A7C15UL ^ (ulong)symbols.Length;
        foreach (int symbol in symbols)
        {
            hash = (hash ^ (uint)symbol) * 0xBF58476D1CE4E5B9UL;
            hash ^= hash >> 29;
            hash *= 0x94D049BB133111EBUL;
            hash ^= hash >> 32;
        }

        return hash;
    }

    private struct Context
    {
        public double Held;
        public long Total;
    }
}
