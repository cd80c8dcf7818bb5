namespace Caudata.Extraction.Structural;

/// <summary>What the opening tag of an element says beyond its name: attributes, the words of its class, the place that it controls.</summary>
internal static class ElementTag
{
    /// <summary>Longest tag that is looked at, in code units.</summary>
    private const int Longest = 2000;

    private static readonly string[] Controls = ["aria-controls", "data-bs-target", "data-target", "href", "for", "data-toggle", "data-controls", "data-collapse"];

    /// <summary>The opening tag of an element, empty when the node has none.</summary>
    public static ReadOnlySpan<char> Of(MarkupTree tree, int node)
    {
        ref readonly var element = ref tree.Nodes[node];
        return element.Kind != MarkupKind.Text && element.ContentStart > element.Start && tree.Source[element.Start] == '<' ? tree.Source.AsSpan(element.Start, Math.Min(Longest, element.ContentStart - element.Start)) : [];
    }

    /// <summary>Value of an attribute; empty when the tag has none.</summary>
    /// <param name="tag">An opening tag.</param>
    /// <param name="name">The attribute's name in lower case.</param>
    public static ReadOnlySpan<char> Attribute(ReadOnlySpan<char> tag, string name)
    {
        while (true)
        {
            var at = tag.IndexOf(name, StringComparison.OrdinalIgnoreCase);
            if (at < 1)
            {
                return [];
            }

            var isWhole = char.IsWhiteSpace(tag[at - 1]) || tag[at - 1] is '"' or '\'';
            tag = tag[(at + name.Length)..];
            var value = tag.TrimStart();
            if (!isWhole || value.Length < 2 || value[0] != '=')
            {
                continue;
            }

            value = value[1..].TrimStart();
            var end = value.Length == 0 ? 0 : value[0] is '"' or '\'' ? value[1..].IndexOf(value[0]) : value.IndexOfAny(" >\t\n");
            return end < 0 || value.Length == 0 ? [] : value[0] is '"' or '\'' ? value.Slice(1, end) : value[..end];
        }
    }

    /// <summary>Whether one of the words of an attribute, cut at hyphens and capitals, is among some; a number behind a word does not matter.</summary>
    /// <param name="value">Value of a class or identifier.</param>
    /// <param name="words">Words in lower case.</param>
    public static bool HasWord(ReadOnlySpan<char> value, HashSet<string> words)
    {
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> lower = stackalloc char[24];
        for (var i = 0; i < value.Length;)
        {
            var start = i;
            while (i < value.Length && char.IsAsciiLetter(value[i]) && (i == start || !char.IsAsciiLetterUpper(value[i]) || char.IsAsciiLetterUpper(value[i - 1])))
            {
                i++;
            }

            if (i > start && i - start <= lower.Length)
            {
                value[start..i].ToLowerInvariant(lower);
                if (lookup.Contains(lower[..(i - start)]))
                {
                    return true;
                }
            }

            i = Math.Max(i, start + 1);
        }

        return false;
    }

    /// <summary>Whether a link leads to another page rather than to a place in this one or nowhere.</summary>
    public static bool LeadsElsewhere(ReadOnlySpan<char> tag)
    {
        var target = Attribute(tag, "href").Trim();
        return !target.IsEmpty && target[0] != '#' && !target.StartsWith("javascript", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Identifier of the element that this one shows or leads to; empty for none.</summary>
    public static ReadOnlySpan<char> Target(ReadOnlySpan<char> tag)
    {
        foreach (var name in Controls)
        {
            var value = Attribute(tag, name).Trim();
            if (value.Length > 1 && (name.StartsWith("aria", StringComparison.Ordinal) || name is "data-controls" ? value[0] != '.' : value[0] == '#'))
            {
                return value.TrimStart('#');
            }
        }

        return [];
    }

    /// <summary>Fingerprint of an element's name and class; what only tells states and numbers apart does not count.</summary>
    public static int Shape(ReadOnlySpan<char> tag)
    {
        if (tag.IsEmpty)
        {
            return 0;
        }

        var end = 1;
        while (end < tag.Length && char.IsAsciiLetterOrDigit(tag[end]))
        {
            end++;
        }

        var hash = new HashCode();
        foreach (var c in tag[1..end])
        {
            hash.Add(char.ToLowerInvariant(c));
        }

        var value = Attribute(tag, "class");
        foreach (var part in value.Split(' '))
        {
            var word = value[part];
            if (word.IsEmpty || word.ContainsAnyInRange('0', '9') || word is "active" or "open" or "opened" or "show" or "in" or "collapsed" or "current" or "first" or "last" or "selected" or "is-open" or "is-active" or "expanded" or "odd" or "even" or "hidden")
            {
                continue;
            }

            hash.Add(' ');
            foreach (var c in word)
            {
                hash.Add(c);
            }
        }

        return hash.ToHashCode();
    }
}
