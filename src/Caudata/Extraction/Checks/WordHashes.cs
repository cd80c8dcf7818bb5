using System.Runtime.CompilerServices;

namespace Caudata.Extraction.Checks;

/// <summary>A text as the hashes of its normalised words: lower-cased runs of letters and runs of digits, punctuation and markup signs dropped.</summary>
/// <remarks>Han, kana and other characters of scripts without blanks are words of one character. Where letters meet digits a word ends, so that <c>H2O</c> and <c>H 2 O</c> are equal.</remarks>
internal static class WordHashes
{
    /// <summary>Appends the words of a text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="words">Receives one 64-bit hash a word.</param>
    public static void Append(ReadOnlySpan<char> text, List<ulong> words)
    {
        ulong hash = 0;
        int kind = 0; // 0 outside a word, 1 in letters, 2 in digits
        foreach (char c in text)
        {
            int next;
            char low;
            if (char.IsAscii(c))
            {
                low = (char)(c | 0x20);
                next = (uint)(low - 'a') < 26 ? 1 : (uint)(c - '0') < 10 ? 2 : 0;
                low = next == 2 ? c : low;
            }
            else
            {
                low = c is >= 'ⓐ' and <= 'ⓩ' ? (char)('a' + (c - 'ⓐ')) : char.ToLowerInvariant(c); // circled letters number the parts of exercises
                next = low != c && char.IsAscii(low) ? 1 : char.IsLetter(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark ? 1 : char.IsDigit(c) ? 2 : 0;
            }

            bool alone = next == 1 && c >= 0x2E80 && c <= 0x9FFF;
            if ((next != kind || alone) && kind != 0)
            {
                words.Add(Mix(hash));
                kind = 0;
            }

            if (next == 0)
            {
                continue;
            }

            hash = kind == 0 ? 0xCBF29CE484222325UL : hash;
            hash = (hash ^ low) * 0x100000001B3UL;
            kind = next;
            if (alone)
            {
                words.Add(Mix(hash));
                kind = 0;
            }
        }

        if (kind != 0)
        {
            words.Add(Mix(hash));
        }
    }

    /// <summary>The words of a text.</summary>
    /// <param name="text">Any text.</param>
    public static ulong[] Of(ReadOnlySpan<char> text)
    {
        var words = new List<ulong>();
        Append(text, words);
        return [.. words];
    }

    /// <summary>The finaliser of SplitMix64 [steele2014].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }

    /// <summary>Hash of every run of n words, by a polynomial that rolls.</summary>
    /// <param name="words">Hashes of words.</param>
    /// <param name="n">Length of a run, at least 1.</param>
    /// <param name="grams">Receives words − n + 1 hashes.</param>
    public static void Grams(ReadOnlySpan<ulong> words, int n, Span<ulong> grams)
    {
        const ulong Base = 0x9E3779B97F4A7C15UL;
        ulong power = 1, hash = 0;
        for (int i = 0; i < n; i++)
        {
            power *= Base;
        }

        for (int i = 0; i < words.Length; i++)
        {
            hash = (hash * Base) + words[i];
            if (i >= n)
            {
                hash -= words[i - n] * power;
            }

            if (i >= n - 1)
            {
                grams[i - n + 1] = Mix(hash + (ulong)n);
            }
        }
    }
}
