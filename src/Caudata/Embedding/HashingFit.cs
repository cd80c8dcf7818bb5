using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Caudata.Embedding;

/// <summary>What a hashing embedder learns from texts: document frequencies, and a sample for mean and principal components.</summary>
/// <remarks>One pass, memory bounded by the sample. Mergeable; neither the order of texts nor of merging matters. Not thread-safe: one a thread.</remarks>
public sealed class HashingFit
{
    /// <summary>Longest text that is kept in the sample, in UTF-16 code units; of longer ones the beginning is kept.</summary>
    public const int LongestSampledText = 16384;

    private readonly FeatureHasher _hasher;
    private readonly Dictionary<UInt128, string> _sample = [];
    private readonly PriorityQueue<UInt128, UInt128> _largest = new(Comparer<UInt128>.Create(static (a, b) => b.CompareTo(a)));

    /// <summary>Nothing seen yet.</summary>
    /// <param name="options">The options of the embedder to build.</param>
    /// <exception cref="ArgumentException">The options have mistakes; all are named.</exception>
    public HashingFit(HashingEmbedderOptions options)
    {
        IReadOnlyList<string> mistakes = options.Validate();
        if (mistakes.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', mistakes), nameof(options));
        }

        Options = options;
        _hasher = new FeatureHasher(options.Features);
        Frequencies = new DocumentFrequencies(_hasher.BucketCount);
    }

    /// <summary>The options of the embedder to build.</summary>
    public HashingEmbedderOptions Options { get; }

    /// <summary>The document frequencies so far.</summary>
    public DocumentFrequencies Frequencies { get; }

    /// <summary>Texts kept in the sample, by rising content hash.</summary>
    internal IReadOnlyList<string> Sample => [.. _sample.OrderBy(static entry => entry.Key).Select(static entry => entry.Value)];

    /// <summary>Counts one text.</summary>
    /// <param name="text">Plain text.</param>
    public void Add(string text)
    {
        _hasher.Read(text);
        Frequencies.Add(_hasher.Buckets);
        if (_hasher.Buckets.Length > 0)
        {
            Keep(Hash(text), text);
        }
    }

    /// <summary>Adds what another fit has seen.</summary>
    /// <param name="other">A fit with equal options.</param>
    /// <exception cref="ArgumentException">The options differ.</exception>
    public void Merge(HashingFit other)
    {
        if (other.Options != Options)
        {
            throw new ArgumentException("The other fit has other options; expected equal ones.", nameof(other));
        }

        Frequencies.Merge(other.Frequencies);
        foreach ((UInt128 hash, string text) in other._sample)
        {
            Keep(hash, text);
        }
    }

    /// <summary>Keeps the texts of smallest hash: a uniform sample of the different texts that any order gives.</summary>
    private void Keep(UInt128 hash, string text)
    {
        if (_sample.ContainsKey(hash))
        {
            return;
        }

        if (_sample.Count == Options.SampleSize)
        {
            if (hash > _largest.Peek())
            {
                return;
            }

            _sample.Remove(_largest.Dequeue());
        }

        _sample.Add(hash, text.Length > LongestSampledText ? text[..LongestSampledText] : text);
        _largest.Enqueue(hash, hash);
    }

    private static UInt128 Hash(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
