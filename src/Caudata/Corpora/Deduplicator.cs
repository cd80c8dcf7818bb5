using System.Runtime.CompilerServices;
using Caudata.Records;

namespace Caudata.Corpora;

/// <summary>What counts as a duplicate.</summary>
public sealed record DeduplicationOptions
{
    /// <summary>Drop texts that are the same after normalising. Default true.</summary>
    public bool Exact { get; init; } = true;

    /// <summary>Drop texts that are nearly the same by MinHash. Default true.</summary>
    public bool Near { get; init; } = true;

    /// <summary>Least estimated Jaccard similarity of word 5-grams of a near-duplicate. Range 0.1 to 1. Default 0.8, the usual choice for web corpora [lee2022].</summary>
    public double Threshold { get; init; } = 0.8;

    /// <summary>Positions of the signature. Range 16 to 1,024. Default 128.</summary>
    public int Permutations { get; init; } = 128;

    /// <summary>Bands of the signature that propose candidates. Range 1 to 256, bands x rows at most the positions. Default 20.</summary>
    public int Bands { get; init; } = 20;

    /// <summary>Positions in a band. Range 1 to 64. Default 6: with 20 bands, 99.8 % of the pairs at similarity 0.8 are proposed.</summary>
    public int Rows { get; init; } = 6;

    /// <summary>Threads that compute signatures. Range 1 to 256. Default 1. The output does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Checks the options as a whole.</summary>
    /// <exception cref="InputException">Lists every mistake.</exception>
    public void Validate()
    {
        var mistakes = new List<string>();
        Range(Threshold, 0.1, 1, nameof(Threshold));
        Range(Permutations, 16, MinHash.MaxLength, nameof(Permutations));
        Range(Bands, 1, 256, nameof(Bands));
        Range(Rows, 1, 64, nameof(Rows));
        Range(Threads, 1, 256, nameof(Threads));
        if ((long)Bands * Rows > Permutations)
        {
            mistakes.Add($"Bands x Rows is {(long)Bands * Rows}; expected at most Permutations, {Permutations}.");
        }

        if (mistakes.Count > 0)
        {
            throw new InputException(string.Join(' ', mistakes));
        }

        void Range(double value, double low, double high, string name)
        {
            if (!(value >= low && value <= high))
            {
                mistakes.Add($"{name} is {value}; expected {low} to {high}.");
            }
        }
    }
}

/// <summary>Drops exact and near duplicates from a stream of documents; the first by order stays.</summary>
/// <remarks>Works on what <see cref="CorpusReader"/> or a generator yields; rejections and remarks pass through in their places. Memory grows only with the documents kept: about 500 bytes each, whatever their length.</remarks>
public static class Deduplicator
{
    /// <summary>Reason: the same normalised text as an earlier document.</summary>
    public const string ExactDuplicate = "exact-duplicate";

    /// <summary>Reason: nearly the same words as an earlier document.</summary>
    public const string NearDuplicate = "near-duplicate";

    private const int BatchDocuments = 256, BatchChars = 2 << 20;

    /// <summary>The items without duplicates, in the same order; a duplicate becomes a rejection that names the document kept.</summary>
    /// <param name="items">Documents with what was dropped before.</param>
    /// <param name="options">What counts as a duplicate.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InputException">Options are wrong.</exception>
    public static async IAsyncEnumerable<CorpusItem> RunAsync(IAsyncEnumerable<CorpusItem> items, DeduplicationOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var state = new State(options);
        var batch = new List<CorpusItem>();
        int chars = 0;
        await foreach (CorpusItem item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(item);
            chars += item is CorpusItem.Kept kept ? kept.Document.Text.Length : 0;
            if (batch.Count >= BatchDocuments || chars >= BatchChars)
            {
                foreach (CorpusItem decided in state.Decide(batch, cancellationToken))
                {
                    yield return decided;
                }

                batch.Clear();
                chars = 0;
            }
        }

        foreach (CorpusItem decided in state.Decide(batch, cancellationToken))
        {
            yield return decided;
        }
    }

    private sealed class State(DeduplicationOptions options)
    {
        private readonly Dictionary<UInt128, string> _texts = [];
        private readonly NearDuplicateIndex _index = new(options);
        private readonly List<string> _ids = [];
        private readonly uint[] _signatures = new uint[BatchDocuments * options.Permutations];
        private readonly UInt128[] _hashes = new UInt128[BatchDocuments];
        private readonly int[] _shingles = new int[BatchDocuments];

        public IEnumerable<CorpusItem> Decide(List<CorpusItem> batch, CancellationToken cancellationToken)
        {
            if (options.Threads == 1)
            {
                for (int i = 0; i < batch.Count; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Compute(batch[i], i);
                }
            }
            else
            {
                Parallel.For(0, batch.Count, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken }, i => Compute(batch[i], i));
            }

            for (int i = 0; i < batch.Count; i++)
            {
                yield return batch[i] is CorpusItem.Kept kept ? Decide(kept, i) : batch[i];
            }
        }

        private void Compute(CorpusItem item, int slot)
        {
            if (item is not CorpusItem.Kept { Document: var document })
            {
                return;
            }

            if (options.Exact)
            {
                _hashes[slot] = TextHash.Of(document.Text);
            }

            if (options.Near)
            {
                _shingles[slot] = MinHash.Signature(document.Text, _signatures.AsSpan(slot * options.Permutations, options.Permutations), document.Format is DocumentFormat.Html or DocumentFormat.Cnxml);
            }
        }

        private CorpusItem Decide(CorpusItem.Kept kept, int slot)
        {
            string name = kept.Document.Passage == 0 ? kept.Document.Id : $"{kept.Document.Id}#{kept.Document.Passage}";
            if (options.Exact && _texts.TryGetValue(_hashes[slot], out string? same))
            {
                return new CorpusItem.Rejected(new Rejection("deduplicate", ExactDuplicate, name, $"The same text as {same}, which is kept."));
            }

            // A text without words has nothing to compare.
            if (options.Near && _shingles[slot] > 0)
            {
                int near = _index.FindOrAdd(_signatures.AsSpan(slot * options.Permutations, options.Permutations), out double similarity);
                if (near >= 0)
                {
                    return new CorpusItem.Rejected(new Rejection("deduplicate", NearDuplicate, name, $"Shares about {similarity:P0} of its word 5-grams with {_ids[near]}, which is kept."));
                }

                _ids.Add(name);
            }

            if (options.Exact)
            {
                _texts.Add(_hashes[slot], name);
            }

            return kept;
        }
    }
}
