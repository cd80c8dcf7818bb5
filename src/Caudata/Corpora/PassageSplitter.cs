using System.Collections.Immutable;

namespace Caudata.Corpora;

/// <summary>Splits long documents into passages at their structure.</summary>
/// <remarks>
/// <para>Cuts are sought, best first, before headings and sections, before exercises and questions, between paragraphs, between lines; inside mathematics, code, tables, an exercise or between it and its
/// solution only when nothing else is near; in the middle of a line only at white space; anywhere only when there is none (never inside a character).</para>
/// <para>Laws: the passages in order are the document, none is empty, none is longer than the bound. Greedy from the start: a passage ends at the best cut in its last two thirds, the latest of equals. O(n). Thread-safe.</para>
/// </remarks>
public static class PassageSplitter
{
    /// <summary>The passages of a document: itself when it is short enough.</summary>
    /// <param name="document">A normalised document.</param>
    /// <param name="maxLength">Longest passage in UTF-16 code units, at least 2.</param>
    public static IEnumerable<Document> Split(Document document, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Text.Length <= maxLength)
        {
            return [document];
        }

        return Split(document.Text, document.Format, maxLength)
            .Select((span, i) => document with { Text = document.Text[span.Start..span.End], Offset = document.Offset + span.Start, Passage = i });
    }

    /// <summary>The spans of the passages.</summary>
    /// <param name="text">The text in its markup.</param>
    /// <param name="format">Its markup.</param>
    /// <param name="maxLength">Longest passage in UTF-16 code units, at least 2.</param>
    /// <returns>Spans that follow on each other from 0 to the length of the text; empty for an empty text.</returns>
    public static ImmutableArray<TextSpan> Split(string text, DocumentFormat format, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 2);
        if (text.Length <= maxLength)
        {
            return text.Length == 0 ? [] : [new TextSpan(0, text.Length)];
        }

        List<Boundary> boundaries = Boundaries.Find(text, format);
        var spans = ImmutableArray.CreateBuilder<TextSpan>();
        int start = 0, from = 0;
        while (text.Length - start > maxLength)
        {
            while (from < boundaries.Count && boundaries[from].Position <= start)
            {
                from++;
            }

            int end = Cut(text, boundaries, from, start, start + maxLength);
            spans.Add(new TextSpan(start, end));
            start = end;
        }

        spans.Add(new TextSpan(start, text.Length));
        return spans.DrainToImmutable();
    }

    private static int Cut(string text, List<Boundary> boundaries, int from, int start, int limit)
    {
        int floor = start + ((limit - start) / 3);
        Boundary late = default, early = default;
        for (int b = from; b < boundaries.Count && boundaries[b].Position <= limit; b++)
        {
            Boundary boundary = boundaries[b];
            if (boundary.Position >= floor)
            {
                late = boundary.Rank >= late.Rank ? boundary : late;
            }
            else
            {
                early = boundary.Rank >= early.Rank ? boundary : early;
            }
        }

        // A short passage is better than a torn exercise, but not than a paragraph's end.
        if (late.Rank <= BoundaryRank.Inside && early.Rank > BoundaryRank.Line)
        {
            return early.Position;
        }

        if (late.Position > 0)
        {
            return late.Position;
        }

        for (int i = limit; i > floor; i--)
        {
            if (char.IsWhiteSpace(text[i - 1]))
            {
                return i;
            }
        }

        // No white space: hold combining marks to their letter where the run is short, and never part a surrogate pair.
        int cut = limit;
        while (cut > limit - 32 && cut > floor + 1 && char.GetUnicodeCategory(text[cut]) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.EnclosingMark)
        {
            cut--;
        }

        return char.IsLowSurrogate(text[cut]) && char.IsHighSurrogate(text[cut - 1]) && cut - 1 > start ? cut - 1 : cut;
    }
}
