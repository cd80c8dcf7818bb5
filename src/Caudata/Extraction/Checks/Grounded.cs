using System.Buffers;
using Caudata.Corpora;

namespace Caudata.Extraction.Checks;

/// <summary>Whether the answer stands in the source: the longest common subsequence of the answer's words and the words of its span, or of question and answer together (an option named by its letter).</summary>
/// <remarks>Bit-parallel longest common subsequence [hyyro2004]: time O(source words · answer words / 64). Markup in the span only adds words, which the subsequence skips.</remarks>
public static class Grounded
{
    /// <summary>Name of the check.</summary>
    public const string Name = "grounded";

    /// <summary>Judges one pair.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="document">The document whose text the spans point into.</param>
    /// <param name="threshold">Least share of the answer's words that must be found in order, in [0, 1].</param>
    public static Verdict Judge(CandidatePair pair, Document document, double threshold) => Judge(pair, document, WordHashes.Of(pair.Answer), threshold);

    internal static Verdict Judge(CandidatePair pair, Document document, ReadOnlySpan<ulong> answer, double threshold)
    {
        TextSpan span = pair.AnswerSpan;
        if (span.Start < 0 || span.End < span.Start || span.End > document.Text.Length)
        {
            return Check.Fail(Name, "span-outside", $"The answer's span is [{span.Start}, {span.End}); the document has {document.Text.Length} characters.");
        }

        ReadOnlySpan<char> stated = document.Text.AsSpan(span.Start, span.Length);
        ulong[] source = WordHashes.Of(pair.Pattern == "structured-data" ? Unescaped(stated) : stated);
        double share = Share(answer, source);
        TextSpan question = pair.QuestionSpan;
        if (share < threshold && question.Start >= 0 && question.End > question.Start && question.End <= document.Text.Length)
        {
            // "C" under a multiple-choice question: the option's words stand in the question.
            share = Math.Max(share, Share(answer, [.. WordHashes.Of(document.Text.AsSpan(question.Start, question.Length)), .. source]));
        }

        return share >= threshold
            ? Check.Pass(Name)
            : Check.Fail(Name, "not-in-source", $"{share:P0} of the answer's words stand in the pair's source in order; expected at least {threshold:P0}.");
    }

    /// <summary>The text of a JSON string without its escapes, which would stick to the words ("\\nWord", "\\u003cp\\u003eWord").</summary>
    private static string Unescaped(ReadOnlySpan<char> text)
    {
        var plain = new System.Text.StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
            }
            else if (text[++i] == 'u' && i + 4 < text.Length && ushort.TryParse(text.Slice(i + 1, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out ushort unit))
            {
                plain.Append((char)unit);
                i += 4;
            }
            else
            {
                plain.Append(text[i] is 'n' or 't' or 'r' or 'b' or 'f' ? ' ' : text[i]);
            }
        }

        return plain.ToString();
    }

    /// <summary>Length of the longest common subsequence over the number of the answer's words; 1 for an answer without words.</summary>
    internal static double Share(ReadOnlySpan<ulong> answer, ReadOnlySpan<ulong> source)
    {
        if (answer.Length == 0)
        {
            return 1;
        }

        // Words of the answer that come one after the other from the start of the source are the common case.
        int prefix = 0;
        while (prefix < answer.Length && prefix < source.Length && answer[prefix] == source[prefix])
        {
            prefix++;
        }

        ReadOnlySpan<ulong> a = answer[prefix..], b = source[prefix..];
        if (a.Length == 0)
        {
            return 1;
        }

        int blocks = (a.Length + 63) / 64;
        var index = new Dictionary<ulong, int>(a.Length);
        ulong[] masks = ArrayPool<ulong>.Shared.Rent(a.Length * blocks);
        Array.Clear(masks, 0, a.Length * blocks);
        for (int i = 0; i < a.Length; i++)
        {
            if (!index.TryGetValue(a[i], out int word))
            {
                word = index.Count;
                index.Add(a[i], word);
            }

            masks[(word * blocks) + (i >> 6)] |= 1UL << (i & 63);
        }

        ulong[] row = ArrayPool<ulong>.Shared.Rent(blocks);
        row.AsSpan(0, blocks).Fill(ulong.MaxValue);
        foreach (ulong word in b)
        {
            if (!index.TryGetValue(word, out int found))
            {
                continue;
            }

            ulong carry = 0;
            for (int k = 0; k < blocks; k++)
            {
                ulong v = row[k], u = v & masks[(found * blocks) + k];
                UInt128 sum = (UInt128)v + u + carry;
                carry = (ulong)(sum >> 64);
                row[k] = (ulong)sum | (v - u);
            }
        }

        int common = 0;
        for (int i = 0; i < a.Length; i++)
        {
            common += ((row[i >> 6] >> (i & 63)) & 1) == 0 ? 1 : 0;
        }

        ArrayPool<ulong>.Shared.Return(masks);
        ArrayPool<ulong>.Shared.Return(row);
        return (prefix + common) / (double)answer.Length;
    }
}
