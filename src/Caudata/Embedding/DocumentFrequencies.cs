using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Caudata.Embedding;

/// <summary>In how many documents each hashed feature occurs.</summary>
/// <remarks>Whole numbers, so that the order of documents, and of merging, does not matter. Not thread-safe: one a thread, then <see cref="Merge"/>.</remarks>
public sealed class DocumentFrequencies
{
    private const uint Magic = 0x31464443; // "CDF1"
    private readonly uint[] _counts;

    /// <summary>No documents yet.</summary>
    /// <param name="bucketCount">Number of buckets, at least 1: <see cref="FeatureHasher.BucketCount"/>.</param>
    public DocumentFrequencies(int bucketCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bucketCount, 1);
        _counts = new uint[bucketCount];
    }

    private DocumentFrequencies(uint[] counts, long documents)
    {
        _counts = counts;
        Documents = documents;
    }

    /// <summary>Number of documents counted.</summary>
    public long Documents { get; private set; }

    /// <summary>Documents that hold each bucket, shape [buckets].</summary>
    public ReadOnlySpan<uint> Counts => _counts;

    /// <summary>Counts one document.</summary>
    /// <param name="buckets">Its buckets, each once (<see cref="FeatureHasher.Buckets"/>), each below the number of buckets.</param>
    public void Add(ReadOnlySpan<uint> buckets)
    {
        uint[] counts = _counts;
        foreach (uint bucket in buckets)
        {
            counts[bucket]++;
        }

        Documents++;
    }

    /// <summary>Adds what another accumulator counted.</summary>
    /// <param name="other">Counts over the same number of buckets.</param>
    /// <exception cref="ArgumentException">The numbers of buckets differ.</exception>
    public void Merge(DocumentFrequencies other)
    {
        if (other._counts.Length != _counts.Length)
        {
            throw new ArgumentException($"The other accumulator has {other._counts.Length} buckets; expected {_counts.Length}. Count both with the same FeatureOptions.", nameof(other));
        }

        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Documents += other.Documents;
    }

    /// <summary>Smoothed inverse document frequency of every bucket, ln((1 + n) / (1 + df)) + <paramref name="floor"/>; shape [buckets].</summary>
    /// <param name="floor">What a feature of every document still weighs. Default 1, as scikit-learn's TfidfTransformer.</param>
    public float[] Inverse(double floor = 1)
    {
        var inverse = new float[_counts.Length];
        // Most frequencies are small and repeat; a table saves most logarithms.
        var table = new float[1024];
        double top = Math.Log(1.0 + Documents);
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = (float)(top - Math.Log(1.0 + i) + floor);
        }

        for (int i = 0; i < inverse.Length; i++)
        {
            uint df = _counts[i];
            inverse[i] = df < (uint)table.Length ? table[df] : (float)(top - Math.Log(1.0 + df) + floor);
        }

        return inverse;
    }

    /// <summary>The counts as bytes, little endian: four letters, buckets (int32), documents (int64), counts (uint32 each).</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[16 + (4 * _counts.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), _counts.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), Documents);
        Span<byte> rest = bytes.AsSpan(16);
        for (int i = 0; i < _counts.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest[(4 * i)..], _counts[i]);
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are something else, or cut short.</exception>
    public static DocumentFrequencies FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16 || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            throw new InvalidDataException($"{bytes.Length} bytes are no saved document frequencies: expected at least 16, starting with \"CDF1\". Fit again.");
        }

        int buckets = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        long documents = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        if (buckets < 1 || documents < 0 || bytes.Length != 16 + (4L * buckets))
        {
            throw new InvalidDataException($"Saved document frequencies say {buckets} buckets and {documents} documents in {bytes.Length} bytes; expected {16 + (4L * buckets)} bytes. The bytes are damaged; fit again.");
        }

        var counts = new uint[buckets];
        if (BitConverter.IsLittleEndian)
        {
            bytes[16..].CopyTo(MemoryMarshal.AsBytes(counts.AsSpan()));
        }
        else
        {
            for (int i = 0; i < buckets; i++)
            {
                counts[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(16 + (4 * i))..]);
            }
        }

        return new DocumentFrequencies(counts, documents);
    }
}
