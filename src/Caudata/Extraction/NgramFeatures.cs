using System.Buffers;
using System.Numerics;

namespace Caudata.Extraction;

/// <summary>Counts of hashed words and word pairs of a text: what the marginal gain of a pair is computed from.</summary>
/// <remarks>Words keep their leading blank, digits and signs stand alone, a run of white space is one word: the student's own way to cut text, so that mathematics and code count as much as prose.</remarks>
public static class NgramFeatures
{
    /// <summary>Number of buckets, 2²⁰.</summary>
    public const int Buckets = 1 << 20;

    /// <summary>Counts the features of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Distinct buckets in rising order with their counts; the lower 20 bits of a number are the bucket, the upper 12 the count (at most 4,095).</returns>
    public static uint[] Of(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return [];
        }

        uint[] rented = ArrayPool<uint>.Shared.Rent(2 * text.Length);
        int n = 0;
        uint previous = 0x9747B28C;
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            i = Student.TokenEnd(text, i);
            uint hash = 0x811C9DC5;
            foreach (char c in text[start..i])
            {
                hash = (hash ^ c) * 0x01000193;
            }

            hash = Mix(hash);
            rented[n++] = hash >> 12;
            rented[n++] = Mix(hash ^ BitOperations.RotateLeft(previous, 13) ^ 0x5BD1E995) >> 12;
            previous = hash;
        }

        Span<uint> all = rented.AsSpan(0, n);
        all.Sort();
        int distinct = 0;
        for (int i = 0; i < n;)
        {
            uint bucket = all[i];
            int start = i;
            while (i < n && all[i] == bucket)
            {
                i++;
            }

            all[distinct++] = bucket | ((uint)Math.Min(i - start, 4095) << 20);
        }

        uint[] result = all[..distinct].ToArray();
        ArrayPool<uint>.Shared.Return(rented);
        return result;
    }

    /// <summary>The bucket of a packed feature.</summary>
    public static int Bucket(uint feature) => (int)(feature & (Buckets - 1));

    /// <summary>The count of a packed feature.</summary>
    public static int Count(uint feature) => (int)(feature >> 20);

    private static uint Mix(uint x)
    {
        x = (x ^ (x >> 16)) * 0x85EBCA6B;
        x = (x ^ (x >> 13)) * 0xC2B2AE35;
        return x ^ (x >> 16);
    }
}
