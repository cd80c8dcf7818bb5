namespace Caudata.Corpora;

/// <summary>Recognises the markup of a text by name, by file extension, or by looking at it.</summary>
public static class DocumentFormats
{
    /// <summary>The format that a name stands for; null when it is unknown.</summary>
    /// <param name="name">For example <c>html</c>, <c>md</c>, <c>tex</c>, <c>text/html</c>; case does not matter.</param>
    public static DocumentFormat? FromName(string? name) => name?.Trim().ToLowerInvariant() switch
    {
        "html" or "htm" or "xhtml" or "text/html" or "application/xhtml+xml" => DocumentFormat.Html,
        "markdown" or "md" or "mdx" or "mkd" or "text/markdown" => DocumentFormat.Markdown,
        "latex" or "tex" or "ltx" or "text/x-tex" => DocumentFormat.Latex,
        "cnxml" or "pretext" or "ptx" or "mbx" or "xml" => DocumentFormat.Cnxml,
        "text" or "txt" or "plain" or "text/plain" => DocumentFormat.Text,
        _ => null,
    };

    /// <summary>Recognises the markup from the first 16,384 characters.</summary>
    /// <param name="text">The text.</param>
    /// <returns><see cref="DocumentFormat.Text"/> when nothing speaks for another.</returns>
    public static DocumentFormat Sniff(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> head = text[..Math.Min(text.Length, 16_384)];
        ReadOnlySpan<char> start = head.TrimStart();
        if (start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && !head.Contains("<html", StringComparison.OrdinalIgnoreCase))
        {
            return DocumentFormat.Cnxml;
        }

        if (head.Contains("xmlns=\"http://cnx.rice.edu/cnxml\"", StringComparison.Ordinal) || start.StartsWith("<document xmlns", StringComparison.Ordinal))
        {
            return DocumentFormat.Cnxml;
        }

        if (start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || head.Contains("<html", StringComparison.OrdinalIgnoreCase))
        {
            return DocumentFormat.Html;
        }

        if (head.Contains("\\documentclass", StringComparison.Ordinal) || head.Contains("\\begin{", StringComparison.Ordinal) || head.Contains("\\section{", StringComparison.Ordinal) || head.Contains("\\chapter{", StringComparison.Ordinal))
        {
            return head.Contains("```", StringComparison.Ordinal) || CountTags(head) > 8 ? (CountTags(head) > 8 ? DocumentFormat.Html : DocumentFormat.Markdown) : DocumentFormat.Latex;
        }

        // Markup that opens with a tag, or has many, is HTML; Markdown may hold a few.
        int tags = CountTags(head), marks = CountMarks(head);
        if (tags > 0 && start.StartsWith('<') && tags >= marks)
        {
            return DocumentFormat.Html;
        }

        return tags > 8 && tags > 2 * marks ? DocumentFormat.Html : marks >= 2 || (marks > 0 && start.StartsWith('#')) ? DocumentFormat.Markdown : DocumentFormat.Text;
    }

    // Opening tags of the HTML elements that carry text.
    private static int CountTags(ReadOnlySpan<char> head)
    {
        int tags = 0;
        for (int at = head.IndexOf('<'); at >= 0 && at + 2 < head.Length;)
        {
            ReadOnlySpan<char> rest = head[(at + 1)..];
            int end = rest.IndexOfAny(' ', '>', '\n');
            if (end > 0 && end <= 10 && rest[..end] is "p" or "P" or "div" or "DIV" or "span" or "h1" or "h2" or "h3" or "h4" or "H1" or "H2" or "H3" or "ul" or "UL" or "ol" or "li" or "LI" or "a" or "A" or "table" or "TABLE"
                or "br" or "BR" or "section" or "article" or "body" or "BODY" or "head" or "HEAD" or "em" or "strong" or "dl" or "dt" or "dd" or "details" or "main" or "blockquote")
            {
                tags++;
            }

            int next = rest.IndexOf('<');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return tags;
    }

    // Lines that only Markdown writes: headings, fences, list items, and links.
    private static int CountMarks(ReadOnlySpan<char> head)
    {
        int marks = 0;
        foreach (ReadOnlySpan<char> line in head.EnumerateLines())
        {
            ReadOnlySpan<char> l = line.TrimStart(' ');
            int hashes = l.IndexOfAnyExcept('#');
            if ((hashes is > 0 and <= 6 && l[hashes] == ' ') || l.StartsWith("```", StringComparison.Ordinal) || l.StartsWith("~~~", StringComparison.Ordinal) || l.StartsWith("* ", StringComparison.Ordinal)
                || l.StartsWith("- ", StringComparison.Ordinal) || l.Contains("](", StringComparison.Ordinal) || (l.Contains("**", StringComparison.Ordinal) && l.Length > 4))
            {
                marks++;
            }
        }

        return marks;
    }
}
