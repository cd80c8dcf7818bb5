using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Caudata.Extraction.Checks;

/// <summary>The items of test sets, and whether a pair shares a run of words with one, holds a short one whole, or is nearly one in embedding.</summary>
/// <remarks>
/// <para>Runs of 13 normalised words, in question and answer separately, as [brown2020], appendix C; runs found in more than ten items are set phrases. Items shorter than 13 words are looked for whole.</para>
/// <para>Immutable, thread-safe. Time O(words · different lengths of short items), and O(items · d) with vectors.</para>
/// </remarks>
public sealed class ContaminationIndex
{
    /// <summary>Name of the check.</summary>
    public const string Name = "contaminated";

    private readonly CheckOptions _options;
    private readonly Dictionary<ulong, int> _runs = [];                 // run of 13 words -> first item
    private readonly SortedDictionary<int, Dictionary<ulong, int>> _whole = []; // length -> whole item
    private readonly Dictionary<ulong, int> _questions = [];            // items too short to be looked for inside
    private readonly ulong[] _filter;                                   // one bit for each run, to pass most lookups by
    private readonly float[] _vectors;
    private readonly int _dimension;

    /// <summary>Indexes test items.</summary>
    /// <param name="items">Question and answer of each test item; answers may be empty.</param>
    /// <param name="options">Thresholds.</param>
    /// <param name="vectors">Vectors of the items in the space of the pairs' vectors, row-major [items, d], each of length 1; empty for no comparison by embedding.</param>
    /// <exception cref="ArgumentException">The number of vectors is not a multiple of the number of items.</exception>
    public ContaminationIndex(IReadOnlyList<(string Question, string Answer)> items, CheckOptions options, float[]? vectors = null)
    {
        _options = options;
        _vectors = vectors ?? [];
        if (_vectors.Length > 0 && (items.Count == 0 || _vectors.Length % items.Count != 0))
        {
            throw new ArgumentException($"vectors has {_vectors.Length} numbers for {items.Count} items; expected the same number for each.", nameof(vectors));
        }

        _dimension = _vectors.Length > 0 ? _vectors.Length / items.Count : 0;
        Items = items.Count;
        int n = options.ContaminationWords;
        var spread = new Dictionary<ulong, (int First, int Last, int Count)>();
        for (int i = 0; i < items.Count; i++)
        {
            ulong[] question = WordHashes.Of(items[i].Question), answer = WordHashes.Of(items[i].Answer);
            foreach (ulong[] words in (ReadOnlySpan<ulong[]>)[question, answer])
            {
                if (words.Length < n)
                {
                    continue;
                }

                var grams = new ulong[words.Length - n + 1];
                WordHashes.Grams(words, n, grams);
                foreach (ulong gram in grams)
                {
                    ref (int First, int Last, int Count) entry = ref CollectionsMarshal.GetValueRefOrAddDefault(spread, gram, out bool known);
                    entry = known ? (entry.First, i, entry.Count + (entry.Last == i ? 0 : 1)) : (i, i, 1);
                }
            }

            // Short answers ("4", "Paris") occur everywhere; only a short question is looked for.
            if (question.Length > 0 && question.Length < n)
            {
                var whole = new ulong[1];
                WordHashes.Grams(question, question.Length, whole);
                if (question.Length < options.ShortestWhole)
                {
                    _questions.TryAdd(whole[0], i);
                    continue;
                }

                if (!_whole.TryGetValue(question.Length, out Dictionary<ulong, int>? ofLength))
                {
                    _whole.Add(question.Length, ofLength = []);
                }

                ofLength.TryAdd(whole[0], i);
            }
        }

        foreach ((ulong gram, (int First, int Last, int Count) entry) in spread)
        {
            if (entry.Count <= options.CommonNgram)
            {
                _runs.Add(gram, entry.First);
            }
        }

        _filter = new ulong[1 << Math.Clamp(System.Numerics.BitOperations.Log2((uint)_runs.Count + 1) - 2, 6, 22)];
        foreach (ulong gram in _runs.Keys)
        {
            _filter[(gram >> 6) & (ulong)(_filter.Length - 1)] |= 1UL << (int)(gram & 63);
        }
    }

    /// <summary>Number of test items.</summary>
    public int Items { get; }

    /// <summary>Judges one pair.</summary>
    /// <param name="question">Word hashes of the question.</param>
    /// <param name="answer">Word hashes of the answer.</param>
    /// <param name="vector">The pair's vector of length 1, shape [d], or empty.</param>
    internal Verdict Judge(ReadOnlySpan<ulong> question, ReadOnlySpan<ulong> answer, ReadOnlySpan<float> vector)
    {
        if (Items == 0)
        {
            return Check.Pass(Name);
        }

        Verdict? found = Runs(question, "question") ?? Runs(answer, "answer") ?? Whole(question, "question") ?? Whole(answer, "answer");
        if (found is not null)
        {
            return found;
        }

        if (question.Length > 0 && question.Length < _options.ShortestWhole && _questions.Count > 0)
        {
            Span<ulong> whole = stackalloc ulong[1];
            WordHashes.Grams(question, question.Length, whole);
            if (_questions.TryGetValue(whole[0], out int item))
            {
                return Check.Fail(Name, "test-whole", $"The question is that of test item {item}.");
            }
        }

        if (vector.Length == 0 || _dimension == 0)
        {
            return Check.Pass(Name);
        }

        if (vector.Length != _dimension)
        {
            throw new ArgumentException($"The pair's vector has {vector.Length} numbers; expected {_dimension}, as the test items'. Embed both with the same embedder.", nameof(vector));
        }

        float best = -2;
        int nearest = 0;
        for (int i = 0; i < Items; i++)
        {
            float cosine = TensorPrimitives.Dot(_vectors.AsSpan(i * _dimension, _dimension), vector);
            if (cosine > best)
            {
                (best, nearest) = (cosine, i);
            }
        }

        return best >= _options.ContaminationCosine
            ? Check.Fail(Name, "test-similar", $"Its embedding has a cosine of {best:F3} with test item {nearest}; expected less than {_options.ContaminationCosine:F3}.")
            : Check.Pass(Name);
    }

    private Verdict? Runs(ReadOnlySpan<ulong> words, string where)
    {
        int n = _options.ContaminationWords;
        if (words.Length < n || _runs.Count == 0)
        {
            return null;
        }

        ulong[] grams = System.Buffers.ArrayPool<ulong>.Shared.Rent(words.Length - n + 1);
        WordHashes.Grams(words, n, grams);
        Verdict? verdict = null;
        for (int i = 0; i + n <= words.Length; i++)
        {
            ulong gram = grams[i];
            if ((_filter[(gram >> 6) & (ulong)(_filter.Length - 1)] >> (int)(gram & 63) & 1) != 0 && _runs.TryGetValue(gram, out int item))
            {
                verdict = Check.Fail(Name, "test-words", $"Words {i} to {i + n} of the {where} also stand in test item {item}.");
                break;
            }
        }

        System.Buffers.ArrayPool<ulong>.Shared.Return(grams);
        return verdict;
    }

    private Verdict? Whole(ReadOnlySpan<ulong> words, string where)
    {
        foreach ((int n, Dictionary<ulong, int> items) in _whole)
        {
            if (words.Length < n)
            {
                return null;
            }

            ulong[] grams = System.Buffers.ArrayPool<ulong>.Shared.Rent(words.Length - n + 1);
            WordHashes.Grams(words, n, grams);
            for (int i = 0; i + n <= words.Length; i++)
            {
                if (items.TryGetValue(grams[i], out int item))
                {
                    System.Buffers.ArrayPool<ulong>.Shared.Return(grams);
                    return Check.Fail(Name, "test-whole", $"The {where} holds the whole question of test item {item} ({n} words).");
                }
            }

            System.Buffers.ArrayPool<ulong>.Shared.Return(grams);
        }

        return null;
    }
}
