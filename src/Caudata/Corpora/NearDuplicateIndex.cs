using System.Runtime.Intrinsics;

namespace Caudata.Corpora;

/// <summary>Finds, for each text in turn, an earlier kept text that is nearly the same: bands of MinHash positions propose, agreement of the whole signature decides.</summary>
/// <remarks>
/// <para>Texts with similarity J share a band with probability 1 − (1 − J^rows)^bands: for the default 20 bands of 6 rows 0.998 at J = 0.8 and 0.27 at 0.5 (a common choice elsewhere, 14 x 8, has 0.92 at 0.8) [leskovec2020, section 3.4].
/// A proposed text is a duplicate when the estimate of J from all positions, kept with 8 bits each [li2010], reaches the threshold; its standard error is √(J(1 − J)/128) = 0.035 at 0.8.</para>
/// <para>Only kept texts are in the index, and the earliest that fits is named: deterministic by order. At most 128 texts of one band are looked at, from the newest, so that hostile input stays linear.
/// Memory for each kept text: 128 bytes of signature and 12 bytes a band, about 370 bytes. Not thread-safe.</para>
/// </remarks>
public sealed class NearDuplicateIndex
{
    private const int ChainLimit = 128, BlockDocuments = 1 << 14;

    private readonly int _length, _bands, _rows;
    private readonly double _threshold;
    private readonly List<byte[]> _signatures = [];
    private readonly List<uint[]> _tags = [];
    private readonly List<int[]> _next = [];
    private readonly byte[] _short;
    private readonly uint[] _keys;
    private int[][] _heads;
    private int _mask = 4095;

    /// <summary>An empty index.</summary>
    /// <param name="options">Length of the signatures, bands, rows and threshold.</param>
    public NearDuplicateIndex(DeduplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_length, _bands, _rows, _threshold) = (options.Permutations, options.Bands, options.Rows, options.Threshold);
        _short = new byte[_length];
        _keys = new uint[_bands];
        _heads = NewHeads();
    }

    /// <summary>Number of texts kept.</summary>
    public int Count { get; private set; }

    /// <summary>How often two signatures were compared: the candidates that shared a band.</summary>
    public long Comparisons { get; private set; }

    /// <summary>Keeps a text unless an earlier kept one is nearly the same.</summary>
    /// <param name="signature">Its MinHash signature, of the options' length.</param>
    /// <param name="similarity">Estimated Jaccard similarity to the one found; 0 when kept.</param>
    /// <returns>Number of the earlier text (from 0, in the order in which they were kept), or -1: it was kept.</returns>
    public int FindOrAdd(ReadOnlySpan<uint> signature, out double similarity)
    {
        if (signature.Length != _length)
        {
            throw new ArgumentException($"The signature has {signature.Length} positions; expected {_length} (DeduplicationOptions.Permutations).", nameof(signature));
        }

        for (int i = 0; i < _length; i++)
        {
            _short[i] = (byte)(signature[i] * 0x9E3779B1u >> 24);
        }

        int best = -1, bestSame = 0;
        int needed = Needed();
        for (int band = 0; band < _bands; band++)
        {
            uint key = Key(signature.Slice(band * _rows, _rows));
            _keys[band] = key;
            int left = ChainLimit;
            for (int at = _heads[band][key & _mask] - 1; at >= 0 && left-- > 0; at = _next[at / BlockDocuments][(at % BlockDocuments * _bands) + band] - 1)
            {
                if (_tags[at / BlockDocuments][(at % BlockDocuments * _bands) + band] != key || at == best)
                {
                    continue;
                }

                Comparisons++;
                int same = Same(_signatures[at / BlockDocuments].AsSpan(at % BlockDocuments * _length, _length));
                if (same >= needed && (best < 0 || at < best))
                {
                    (best, bestSame) = (at, same);
                }
            }
        }

        if (best >= 0)
        {
            similarity = Estimate(bestSame);
            return best;
        }

        similarity = 0;
        Add();
        return -1;
    }

    private void Add()
    {
        int at = Count, block = at / BlockDocuments, within = at % BlockDocuments;
        if (within == 0)
        {
            _signatures.Add(new byte[BlockDocuments * _length]);
            _tags.Add(new uint[BlockDocuments * _bands]);
            _next.Add(new int[BlockDocuments * _bands]);
        }

        _short.CopyTo(_signatures[block].AsSpan(within * _length));
        _keys.CopyTo(_tags[block].AsSpan(within * _bands));
        Count++;
        if (Count > _mask)
        {
            _mask = (_mask << 1) | 1;
            _heads = NewHeads();
            for (int i = 0; i < Count; i++)
            {
                Link(i);
            }
        }
        else
        {
            Link(at);
        }
    }

    private void Link(int at)
    {
        int start = at % BlockDocuments * _bands;
        uint[] tags = _tags[at / BlockDocuments];
        int[] next = _next[at / BlockDocuments];
        for (int band = 0; band < _bands; band++)
        {
            ref int head = ref _heads[band][tags[start + band] & _mask];
            next[start + band] = head;
            head = at + 1;
        }
    }

    private int[][] NewHeads()
    {
        int[][] heads = new int[_bands][];
        for (int band = 0; band < _bands; band++)
        {
            heads[band] = new int[_mask + 1];
        }

        return heads;
    }

    private static uint Key(ReadOnlySpan<uint> rows)
    {
        ulong key = 0;
        foreach (uint row in rows)
        {
            key = (key ^ row) * 0x9FB21C651E98DF25UL;
            key ^= key >> 32;
        }

        return (uint)key;
    }

    private int Same(ReadOnlySpan<byte> other)
    {
        int same = 0, i = 0;
        for (; i + Vector256<byte>.Count <= other.Length; i += Vector256<byte>.Count)
        {
            Vector256<byte> equal = Vector256.Equals(Vector256.Create<byte>(other[i..]), Vector256.Create<byte>(_short.AsSpan(i)));
            same += System.Numerics.BitOperations.PopCount(equal.ExtractMostSignificantBits());
        }

        for (; i < other.Length; i++)
        {
            same += other[i] == _short[i] ? 1 : 0;
        }

        return same;
    }

    // Different values share their 8 bits with probability 1/256.
    private double Estimate(int same) => Math.Max(0, (((double)same / _length) - (1.0 / 256)) / (1 - (1.0 / 256)));

    private int Needed()
    {
        int needed = _length;
        while (needed > 0 && Estimate(needed - 1) >= _threshold)
        {
            needed--;
        }

        return needed;
    }
}
