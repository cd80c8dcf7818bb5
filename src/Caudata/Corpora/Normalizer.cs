using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Caudata.Corpora;

/// <summary>Brings text into the one form that everything after reading relies on.</summary>
/// <remarks>
/// <para>Line breaks become LF (CRLF, CR, vertical tab, form feed, NEL, U+2028 and U+2029); other control characters than LF and tab go; the byte order mark, zero-width space, word joiner and soft hyphen go
/// (joiners U+200C and U+200D stay: they change words and emoji); unpaired surrogates and the non-characters U+FFFE and U+FFFF become U+FFFD; then NFC [uax15], Unicode 15.1, on every machine alike.</para>
/// <para>Idempotent. Text that is already so is returned as the same object, after one vectorised look: O(n). Thread-safe.</para>
/// </remarks>
public static class Normalizer
{
    private const byte Clean = 1, Compose = 2;

    // Hangul arithmetic of the Unicode standard, section 3.12.
    private const int SBase = 0xAC00, LBase = 0x1100, VBase = 0x1161, TBase = 0x11A7, LCount = 19, VCount = 21, TCount = 28, NCount = VCount * TCount, SCount = LCount * NCount;

    // What may need work, by UTF-16 code unit: 64 KiB, looked at only outside ASCII.
    private static readonly byte[] Work = MakeWork();

    /// <summary>The normalised text.</summary>
    /// <param name="text">Any text, also with unpaired surrogates.</param>
    /// <returns>The same object when nothing had to change.</returns>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int first = NextWork(text, 0);
        if (first < 0)
        {
            return text;
        }

        char[] cleaned = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            int length = CleanInto(text, first, cleaned, out bool changed);
            ReadOnlySpan<char> clean = cleaned.AsSpan(0, length);
            int problem = NextComposition(clean, 0);
            if (problem < 0)
            {
                return changed ? new string(clean) : text;
            }

            string composed = ComposeFrom(clean, problem);
            return string.Equals(composed, text, StringComparison.Ordinal) ? text : composed;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(cleaned);
        }
    }

    /// <summary>Is the text already as <see cref="Normalize"/> leaves it?</summary>
    /// <param name="text">The text.</param>
    public static bool IsNormalized(string text) => ReferenceEquals(Normalize(text), text);

    // Index of the first code unit at or after start that may need work, or -1.
    private static int NextWork(ReadOnlySpan<char> text, int start)
    {
        ReadOnlySpan<ushort> units = MemoryMarshal.Cast<char, ushort>(text);
        byte[] work = Work;
        int i = start;
        while (i < units.Length)
        {
            if (Vector256.IsHardwareAccelerated && units.Length - i >= Vector256<ushort>.Count)
            {
                Vector256<ushort> v = Vector256.Create(units[i..]);
                Vector256<ushort> plain = Vector256.LessThanOrEqual(v - Vector256.Create((ushort)0x20), Vector256.Create((ushort)0x5E)) | Vector256.Equals(v, Vector256.Create((ushort)'\n'));
                if (plain == Vector256<ushort>.AllBitsSet)
                {
                    i += Vector256<ushort>.Count;
                    continue;
                }
            }

            int end = Math.Min(units.Length, i + Vector256<ushort>.Count);
            for (; i < end; i++)
            {
                if (work[units[i]] != 0)
                {
                    return i;
                }
            }
        }

        return -1;
    }

    private static int CleanInto(string text, int first, Span<char> to, out bool changed)
    {
        text.AsSpan(0, first).CopyTo(to);
        int n = first, i = first;
        changed = false;
        while (i < text.Length)
        {
            char c = text[i];
            if ((Work[c] & Clean) == 0)
            {
                int next = (Work[c] & Compose) != 0 ? i + 1 : NextWork(text, i);
                next = next < 0 ? text.Length : next;
                text.AsSpan(i, next - i).CopyTo(to[n..]);
                n += next - i;
                i = next;
                continue;
            }

            i++;
            switch (c)
            {
                case '\r':
                    changed = true;
                    if (i >= text.Length || text[i] != '\n')
                    {
                        to[n++] = '\n';
                    }

                    break;
                case '\v' or '\f' or '\u0085' or '\u2028' or '\u2029':
                    changed = true;
                    to[n++] = '\n';
                    break;
                case >= '\uD800' and <= '\uDBFF' when i < text.Length && char.IsLowSurrogate(text[i]):
                    to[n++] = c;
                    to[n++] = text[i++];
                    break;
                case (>= '\uD800' and <= '\uDFFF') or '\uFFFE' or '\uFFFF':
                    changed = true;
                    to[n++] = '\uFFFD';
                    break;
                default:
                    changed = true;
                    break;
            }
        }

        return n;
    }

    // Index of the first character that may change under NFC or attach to the one before, or -1.
    private static int NextComposition(ReadOnlySpan<char> text, int start)
    {
        for (int i = start; i < text.Length; i++)
        {
            i = NextWork(text, i);
            if (i < 0)
            {
                return -1;
            }

            if ((Work[text[i]] & Compose) != 0)
            {
                return i;
            }

            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length)
            {
                if (NeedsComposition(char.ConvertToUtf32(text[i], text[i + 1])))
                {
                    return i;
                }

                i++;
            }
        }

        return -1;
    }

    private static string ComposeFrom(ReadOnlySpan<char> text, int problem)
    {
        var to = new StringBuilder(text.Length + 16);
        var decomposed = new List<int>();
        int done = 0;
        while (problem >= 0)
        {
            // The character before is a starter that nothing can change but what follows it.
            int start = problem > done ? problem - (problem - 2 >= done && char.IsLowSurrogate(text[problem - 1]) ? 2 : 1) : problem;
            to.Append(text[done..start]);
            int end = start;
            decomposed.Clear();
            while (end < text.Length)
            {
                Rune.DecodeFromUtf16(text[end..], out Rune rune, out int used);
                if (end > problem && !NeedsComposition(rune.Value))
                {
                    break;
                }

                Decompose(rune.Value, decomposed);
                end += used;
            }

            ComposeSegment(decomposed, to);
            done = end;
            problem = NextComposition(text, end);
        }

        return to.Append(text[done..]).ToString();
    }

    private static void Decompose(int code, List<int> to)
    {
        if (code < 0xC0)
        {
            to.Add(code);
        }
        else if ((uint)(code - SBase) < SCount)
        {
            int s = code - SBase;
            to.Add(LBase + (s / NCount));
            to.Add(VBase + (s % NCount / TCount));
            if (s % TCount != 0)
            {
                to.Add(TBase + (s % TCount));
            }
        }
        else if (CanonicalTables.Decompositions.TryGetValue(code, out int[]? expansion))
        {
            to.AddRange(expansion);
        }
        else
        {
            to.Add(code);
        }
    }

    // Canonical ordering and composition of one segment [uax15].
    private static void ComposeSegment(List<int> segment, StringBuilder to)
    {
        for (int i = 0; i < segment.Count;)
        {
            if (ClassOf(segment[i]) == 0)
            {
                i++;
                continue;
            }

            int end = i;
            while (end < segment.Count && ClassOf(segment[end]) != 0)
            {
                end++;
            }

            if (end - i > 1)
            {
                // Ordered by class, then by place; n log n, so a hostile run of marks is not slow.
                List<int> run = [.. segment[i..end].OrderBy(ClassOf)];
                for (int j = 0; j < run.Count; j++)
                {
                    segment[i + j] = run[j];
                }
            }

            i = end;
        }

        int starter = -1, count = 0, lastClass = 0;
        for (int i = 0; i < segment.Count; i++)
        {
            int code = segment[i], ccc = ClassOf(code);
            if (starter >= 0 && (count - 1 == starter || lastClass < ccc) && TryCompose(segment[starter], code, out int composite))
            {
                segment[starter] = composite;
                continue;
            }

            if (ccc == 0)
            {
                starter = count;
            }

            lastClass = ccc;
            segment[count++] = code;
        }

        Span<char> units = stackalloc char[2];
        for (int i = 0; i < count; i++)
        {
            to.Append(units[..new Rune(segment[i]).EncodeToUtf16(units)]);
        }
    }

    private static bool TryCompose(int first, int second, out int composite)
    {
        if ((uint)(first - LBase) < LCount && (uint)(second - VBase) < VCount)
        {
            composite = SBase + ((((first - LBase) * VCount) + second - VBase) * TCount);
            return true;
        }

        if ((uint)(first - SBase) < SCount && (first - SBase) % TCount == 0 && second > TBase && second < TBase + TCount)
        {
            composite = first + second - TBase;
            return true;
        }

        return CanonicalTables.Compositions.TryGetValue(((long)first << 32) | (uint)second, out composite);
    }

    private static int ClassOf(int code) => code < 0x300 ? 0 : CanonicalTables.Classes.GetValueOrDefault(code);

    private static bool NeedsComposition(int code) => code < 0x10000 ? (Work[code] & Compose) != 0 : Supplementary.Contains(code);

    private static readonly HashSet<int> Supplementary = [.. MayChange().Where(c => c >= 0x10000)];

    // Code points that NFC changes, that are marks, or that compose with the one before.
    private static IEnumerable<int> MayChange()
    {
        var composites = CanonicalTables.Compositions.Values.ToHashSet();
        return CanonicalTables.Decompositions.Keys.Where(c => !composites.Contains(c))
            .Concat(CanonicalTables.Classes.Keys)
            .Concat(CanonicalTables.Compositions.Keys.Select(k => (int)(uint)k))
            .Concat(Enumerable.Range(VBase, VCount)).Concat(Enumerable.Range(TBase + 1, TCount - 1));
    }

    private static byte[] MakeWork()
    {
        byte[] work = new byte[0x10000];
        foreach (int c in MayChange().Where(c => c < 0x10000))
        {
            work[c] |= Compose;
        }

        for (int c = 0; c < 0xA0; c++)
        {
            if (c is (< 0x20 and not '\n' and not '\t') or (>= 0x7F and < 0xA0))
            {
                work[c] |= Clean;
            }
        }

        foreach (int c in (ReadOnlySpan<int>)[0xAD, 0x200B, 0x2028, 0x2029, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF])
        {
            work[c] |= Clean;
        }

        for (int c = 0xD800; c < 0xE000; c++)
        {
            work[c] |= Clean;
        }

        return work;
    }
}
