namespace Caudata.Corpora;

/// <summary>Finds the title that a text states: the HTML or XML title element, <c>\title</c>, or a first-level heading.</summary>
internal static class Titles
{
    private const int Head = 8192, Longest = 300;

    public static string Find(ReadOnlySpan<char> text, DocumentFormat format)
    {
        ReadOnlySpan<char> head = text[..Math.Min(text.Length, Head)];
        ReadOnlySpan<char> title = format switch
        {
            DocumentFormat.Html or DocumentFormat.Cnxml => Between(head, "<title", "</title"),
            DocumentFormat.Latex => Braced(head),
            DocumentFormat.Markdown => Heading(head),
            _ => default,
        };
        title = title.Trim();
        if (title.IsEmpty || title.Length > Longest || title.Contains('<'))
        {
            return "";
        }

        string found = string.Join(' ', title.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return format is DocumentFormat.Html or DocumentFormat.Cnxml ? Normalizer.Normalize(System.Net.WebUtility.HtmlDecode(found)) : found;
    }

    private static ReadOnlySpan<char> Between(ReadOnlySpan<char> text, string open, string close)
    {
        int start = text.IndexOf(open, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return default;
        }

        ReadOnlySpan<char> rest = text[start..];
        int content = rest.IndexOf('>');
        int end = content < 0 ? -1 : rest[content..].IndexOf(close, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? default : rest[(content + 1)..(content + end)];
    }

    private static ReadOnlySpan<char> Braced(ReadOnlySpan<char> text)
    {
        int start = text.IndexOf("\\title{", StringComparison.Ordinal);
        if (start < 0)
        {
            return default;
        }

        ReadOnlySpan<char> rest = text[(start + 7)..];
        int depth = 1;
        for (int i = 0; i < rest.Length; i++)
        {
            depth += rest[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return rest[..i];
            }
        }

        return default;
    }

    private static ReadOnlySpan<char> Heading(ReadOnlySpan<char> text)
    {
        foreach (ReadOnlySpan<char> line in text.EnumerateLines())
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                return line[2..].TrimEnd("# ");
            }
        }

        return default;
    }
}
