using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Caudata.Numerics;

namespace Caudata.Corpora;

/// <summary>Signatures of texts whose agreement estimates how much the texts share.</summary>
/// <remarks>
/// <para>A text is the set of its word 5-grams (lower case; a word is a run of letters and digits, an ideograph or kana is a word by itself; shorter texts are one shingle). Position i of the signature is the least
/// value of hash i over the set; two texts agree at a position with probability equal to their Jaccard similarity [broder1997].</para>
/// <para>Shingles are hashed to 32 bits with a rolling polynomial over 64-bit word hashes; hash i is aᵢx + bᵢ modulo 2³², aᵢ odd: 16 lanes at once where the processor has them. O(words × length of the signature). Thread-safe.</para>
/// </remarks>
public static class MinHash
{
    /// <summary>Words in a shingle.</summary>
    public const int ShingleWords = 5;

    /// <summary>Longest signature.</summary>
    public const int MaxLength = 1024;

    private const int Block = 512;
    private const ulong WordPrime = 0x9FB21C651E98DF25, RollBase = 0xD1342543DE82EF95;
    private const ulong RollOut = unchecked(RollBase * RollBase * RollBase * RollBase * RollBase);

    // Lower-case letter or digit of an ASCII character; 0 for one that ends a word.
    private static readonly byte[] Ascii = MakeAscii();

    private static readonly uint[] Multiplier = Draw("minhash multiplier", odd: true), Offset = Draw("minhash offset", odd: false);

    /// <summary>Computes the signature of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="signature">Filled; length 1 to <see cref="MaxLength"/>. All <see cref="uint.MaxValue"/> when the text has no word.</param>
    /// <param name="skipTags">Leave out what stands between <c>&lt;</c> and <c>&gt;</c>: for HTML and XML, so that only the words count. Default false.</param>
    /// <returns>Number of shingles, repeated ones counted again.</returns>
    /// <exception cref="ArgumentException">The signature has no length, or is too long.</exception>
    public static int Signature(ReadOnlySpan<char> text, Span<uint> signature, bool skipTags = false)
    {
        if (signature.Length is 0 or > MaxLength)
        {
            throw new ArgumentException($"The signature has {signature.Length} positions; expected 1 to {MaxLength}.", nameof(signature));
        }

        signature.Fill(uint.MaxValue);
        Span<uint> shingles = stackalloc uint[Block];
        Span<ulong> last = stackalloc ulong[8];
        last.Clear();
        ulong rolling = 0, word = 0;
        int words = 0, count = 0, total = 0;
        byte[] ascii = Ascii;
        ref char start = ref MemoryMarshal.GetReference(text);
        for (int i = 0; i <= text.Length; i++)
        {
            bool alone = false;
            if (i < text.Length)
            {
                char c = Unsafe.Add(ref start, i);
                if (c < 128)
                {
                    uint lower = ascii[c];
                    if (lower != 0)
                    {
                        word = (word ^ lower) * WordPrime;
                        continue;
                    }

                    if (c == '<' && skipTags)
                    {
                        i = AfterTag(text, i) - 1;
                    }
                }
                else if (IsWord(c))
                {
                    alone = IsAlone(c);
                    if (!alone)
                    {
                        word = (word ^ char.ToLowerInvariant(c)) * WordPrime;
                        continue;
                    }

                    if (word != 0)
                    {
                        Push(word, ref rolling, last, ref words, shingles, ref count);
                    }

                    word = (0UL ^ c) * WordPrime;
                }
            }

            if (word != 0)
            {
                Push(word, ref rolling, last, ref words, shingles, ref count);
                word = 0;
                if (count >= Block - 1)
                {
                    Minimise(shingles[..count], signature);
                    total += count;
                    count = 0;
                }
            }
        }

        if (words is > 0 and < ShingleWords)
        {
            shingles[count++] = Finish(rolling + (ulong)words);
        }

        Minimise(shingles[..count], signature);
        return total + count;
    }

    /// <summary>The share of positions at which two signatures agree: an unbiased estimate of the Jaccard similarity, with variance J(1 − J)/length.</summary>
    /// <param name="first">A signature.</param>
    /// <param name="second">Another of the same length.</param>
    public static double Similarity(ReadOnlySpan<uint> first, ReadOnlySpan<uint> second)
    {
        if (first.Length != second.Length || first.IsEmpty)
        {
            throw new ArgumentException($"The signatures have {first.Length} and {second.Length} positions; expected equally many, at least one.", nameof(second));
        }

        int same = 0;
        for (int i = 0; i < first.Length; i++)
        {
            same += first[i] == second[i] ? 1 : 0;
        }

        return (double)same / first.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Push(ulong word, ref ulong rolling, Span<ulong> last, ref int words, Span<uint> shingles, ref int count)
    {
        // The polynomial needs words whose bits are spread; one more round of mixing does that.
        word ^= word >> 32;
        word *= 0xE7037ED1A0B428DBUL;
        word ^= word >> 29;
        rolling = (rolling * RollBase) + word - (last[words & 7] * RollOut);
        last[(words + ShingleWords) & 7] = word;
        words++;
        if (words >= ShingleWords)
        {
            shingles[count++] = Finish(rolling);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Finish(ulong rolling)
    {
        rolling ^= rolling >> 32;
        rolling *= 0x8EBC6AF09C88C6E3UL;
        return (uint)(rolling >> 32);
    }

    // signature[i] = min(signature[i], min over x of a[i] x + b[i]).
    private static void Minimise(ReadOnlySpan<uint> shingles, Span<uint> signature)
    {
        if (shingles.IsEmpty)
        {
            return;
        }

        const int width = 16;
        int i = 0;
        for (; i + (4 * width) <= signature.Length; i += 4 * width)
        {
            ReadOnlySpan<uint> a = Multiplier.AsSpan(i, 4 * width), b = Offset.AsSpan(i, 4 * width);
            Span<uint> s = signature.Slice(i, 4 * width);
            Vector512<uint> a0 = Vector512.Create(a), a1 = Vector512.Create(a[width..]), a2 = Vector512.Create(a[(2 * width)..]), a3 = Vector512.Create(a[(3 * width)..]);
            Vector512<uint> b0 = Vector512.Create(b), b1 = Vector512.Create(b[width..]), b2 = Vector512.Create(b[(2 * width)..]), b3 = Vector512.Create(b[(3 * width)..]);
            Vector512<uint> m0 = Vector512.Create<uint>(s), m1 = Vector512.Create<uint>(s[width..]), m2 = Vector512.Create<uint>(s[(2 * width)..]), m3 = Vector512.Create<uint>(s[(3 * width)..]);
            foreach (uint shingle in shingles)
            {
                Vector512<uint> x = Vector512.Create(shingle);
                m0 = Vector512.Min(m0, (x * a0) + b0);
                m1 = Vector512.Min(m1, (x * a1) + b1);
                m2 = Vector512.Min(m2, (x * a2) + b2);
                m3 = Vector512.Min(m3, (x * a3) + b3);
            }

            m0.CopyTo(s);
            m1.CopyTo(s[width..]);
            m2.CopyTo(s[(2 * width)..]);
            m3.CopyTo(s[(3 * width)..]);
        }

        for (; i + width <= signature.Length; i += width)
        {
            Vector512<uint> a = Vector512.Create(Multiplier.AsSpan(i, width)), b = Vector512.Create(Offset.AsSpan(i, width)), m = Vector512.Create<uint>(signature.Slice(i, width));
            foreach (uint shingle in shingles)
            {
                m = Vector512.Min(m, (Vector512.Create(shingle) * a) + b);
            }

            m.CopyTo(signature[i..]);
        }

        for (; i < signature.Length; i++)
        {
            uint a = Multiplier[i], b = Offset[i], m = signature[i];
            foreach (uint shingle in shingles)
            {
                m = Math.Min(m, (shingle * a) + b);
            }

            signature[i] = m;
        }
    }

    private static int AfterTag(ReadOnlySpan<char> text, int at)
    {
        // "a < b" is no tag.
        if (at + 1 >= text.Length || !(char.IsAsciiLetter(text[at + 1]) || text[at + 1] is '/' or '!' or '?'))
        {
            return at + 1;
        }

        ReadOnlySpan<char> rest = text.Slice(at, Math.Min(text.Length - at, 4096));
        int close = rest.IndexOf('>');
        return close < 0 ? at + rest.Length : at + close + 1;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    // Scripts written without spaces.
    private static bool IsAlone(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\u0E00' and <= '\u0EFF');

    private static byte[] MakeAscii()
    {
        byte[] table = new byte[128];
        for (int c = 0; c < 128; c++)
        {
            table[c] = (byte)(char.IsAsciiLetterOrDigit((char)c) ? char.ToLowerInvariant((char)c) : 0);
        }

        return table;
    }

    private static uint[] Draw(string name, bool odd)
    {
        var stream = new RandomStream(0, name);
        uint[] drawn = new uint[MaxLength];
        for (int i = 0; i < drawn.Length; i++)
        {
            drawn[i] = stream.NextUInt32() | (odd ? 1u : 0u);
        }

        return drawn;
    }
}
