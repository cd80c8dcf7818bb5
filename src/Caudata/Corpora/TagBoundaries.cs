namespace Caudata.Corpora;

/// <summary>Boundaries of HTML, CNXML and PreTeXt: before tags, by what the tag opens and what is open around it.</summary>
/// <remarks>One pass with a stack of open elements; end tags look at most 64 elements back, so tag soup and nesting of any depth stay linear.</remarks>
internal static class TagBoundaries
{
    private const int LookBack = 64;

    private enum Kind : byte
    {
        Inline,
        Block,
        Answer,
        Unit,
        Subsection,
        Section,
        Chapter,
        Atomic,
        Raw,
        Void,
    }

    private static readonly Dictionary<string, Kind> Kinds = Table(
        (Kind.Chapter, "h1 chapter article"),
        (Kind.Section, "h2 section main body"),
        (Kind.Subsection, "h3 h4 h5 h6 subsection subsubsection exercises"),
        (Kind.Unit, "exercise example theorem definition question qandaentry project activity details"),
        (Kind.Answer, "solution answer hint proof dd problem statement"),
        (Kind.Block, "p para div ul ol li dl dt blockquote aside list item note header footer nav tr remark paragraphs"),
        (Kind.Atomic, "table pre math m:math svg figure me md men mdn equation program tabular code"),
        (Kind.Raw, "script style textarea"),
        (Kind.Void, "br img hr input meta link col source wbr area base embed"));

    private static readonly Dictionary<string, Kind>.AlternateLookup<ReadOnlySpan<char>> KindOf = Kinds.GetAlternateLookup<ReadOnlySpan<char>>();

    public static List<Boundary> Find(string text)
    {
        var found = new List<Boundary>();
        var open = new List<(int Start, int Length, bool Holds)>(); // the element's name as a range of the text; does it hold together what is in it?
        int holding = 0, position = 0, textSince = 0;
        while (true)
        {
            int at = text.AsSpan(position).IndexOf('<');
            if (at < 0)
            {
                break;
            }

            if (!text.AsSpan(position, at).IsWhiteSpace())
            {
                textSince = position + at;
            }

            at += position;
            ReadOnlySpan<char> rest = text.AsSpan(at + 1);
            if (rest.StartsWith("!--", StringComparison.Ordinal))
            {
                position = After(text, at + 4, "-->");
                continue;
            }

            bool end = rest.Length > 0 && rest[0] == '/';
            ReadOnlySpan<char> name = NameOf(end ? rest[1..] : rest);
            if (name.IsEmpty)
            {
                position = at + 1;
                continue;
            }

            int close = TagEnd(text, at + 1 + name.Length);
            int nameStart = at + (end ? 2 : 1);
            position = close;
            KindOf.TryGetValue(name, out Kind kind);
            if (end)
            {
                for (int i = open.Count - 1; i >= 0 && i >= open.Count - LookBack; i--)
                {
                    if (text.AsSpan(open[i].Start, open[i].Length).Equals(name, StringComparison.OrdinalIgnoreCase))
                    {
                        for (int j = open.Count - 1; j >= i; j--)
                        {
                            holding -= open[j].Holds ? 1 : 0;
                        }

                        open.RemoveRange(i, open.Count - i);
                        break;
                    }
                }

                continue;
            }

            ReadOnlySpan<char> tag = text.AsSpan(at, close - at);
            kind = FromAttributes(tag, kind);
            BoundaryRank rank = RankOf(kind, holding > 0);
            // A section and the heading that opens it are one boundary, at the section.
            if (found.Count > 0 && textSince <= found[^1].Position)
            {
                found[^1] = found[^1] with { Rank = (BoundaryRank)Math.Max((byte)found[^1].Rank, (byte)rank) };
            }
            else if (rank != BoundaryRank.None)
            {
                found.Add(new Boundary(at, rank));
            }

            if (kind == Kind.Raw)
            {
                position = After(text, close, $"</{name}");
                continue;
            }

            if (kind != Kind.Void && !tag.EndsWith("/>", StringComparison.Ordinal))
            {
                bool holds = kind is Kind.Atomic or Kind.Unit or Kind.Answer;
                open.Add((nameStart, name.Length, holds));
                holding += holds ? 1 : 0;
            }
        }

        return found;
    }

    private static Kind FromAttributes(ReadOnlySpan<char> tag, Kind kind)
    {
        if (kind is not (Kind.Block or Kind.Section or Kind.Inline or Kind.Unit) || tag.Length < 12 || tag.IndexOf('=') < 0)
        {
            return kind;
        }

        int type = tag.IndexOf("data-type=", StringComparison.OrdinalIgnoreCase);
        int @class = tag.IndexOf("class=", StringComparison.OrdinalIgnoreCase);
        foreach (int at in (ReadOnlySpan<int>)[type < 0 ? -1 : type + 10, @class < 0 ? -1 : @class + 6])
        {
            if (at < 0 || at >= tag.Length)
            {
                continue;
            }

            ReadOnlySpan<char> value = tag[at..].TrimStart("\"'");
            int end = value.IndexOfAny("\"'> ");
            value = end < 0 ? value : value[..end];
            if (value.Contains("solution", StringComparison.OrdinalIgnoreCase) || value.Contains("answer", StringComparison.OrdinalIgnoreCase))
            {
                return Kind.Answer;
            }

            if (value is "exercise" or "injected-exercise" or "example" or "question" or "faq-item" or "qa")
            {
                return Kind.Unit;
            }

            if (value is "equation")
            {
                return Kind.Atomic;
            }
        }

        return kind;
    }

    private static Dictionary<string, Kind> Table(params ReadOnlySpan<(Kind Kind, string Names)> rows)
    {
        var table = new Dictionary<string, Kind>(StringComparer.OrdinalIgnoreCase);
        foreach ((Kind kind, string names) in rows)
        {
            foreach (string name in names.Split(' '))
            {
                table.Add(name, kind);
            }
        }

        return table;
    }

    private static BoundaryRank RankOf(Kind kind, bool held) => kind switch
    {
        Kind.Inline or Kind.Void or Kind.Raw => BoundaryRank.None,
        _ when held => kind is Kind.Atomic ? BoundaryRank.Torn : BoundaryRank.Inside,
        Kind.Answer => BoundaryRank.Inside,
        Kind.Block => BoundaryRank.Paragraph,
        Kind.Unit => BoundaryRank.Unit,
        Kind.Subsection => BoundaryRank.Subsection,
        Kind.Section => BoundaryRank.Section,
        Kind.Chapter => BoundaryRank.Chapter,
        _ => BoundaryRank.Line,
    };

    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> rest)
    {
        int n = 0;
        while (n < rest.Length && n < 32 && (char.IsAsciiLetterOrDigit(rest[n]) || (n > 0 && rest[n] is ':' or '-')))
        {
            n++;
        }

        return n > 0 && char.IsAsciiLetter(rest[0]) ? rest[..n] : default;
    }

    // After the tag's '>' (quoted ones do not count, unless the quote never ends); within 64 Ki characters.
    private static int TagEnd(string text, int from)
    {
        ReadOnlySpan<char> rest = text.AsSpan(from, Math.Min(text.Length - from, 1 << 16));
        char quote = '\0';
        for (int i = 0; i < rest.Length; i++)
        {
            char c = rest[i];
            if (quote != 0)
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c == '>')
            {
                return from + i + 1;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
        }

        // Advancing by all that was looked at keeps a text of nothing but opened tags linear.
        int plain = rest.IndexOf('>');
        return plain < 0 ? from + rest.Length : from + plain + 1;
    }

    private static int After(string text, int from, string end)
    {
        int at = from >= text.Length ? -1 : text.IndexOf(end, from, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? text.Length : at + end.Length; // what never ends swallows the rest, as in a browser
    }
}
