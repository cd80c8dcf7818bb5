using System.Collections.Immutable;

namespace Caudata.Extraction.Structural;

/// <summary>Options of multiple-choice questions.</summary>
internal static class Options
{
    /// <summary>The items of the last flat list in a question, when there are 2 to 8 short ones and it may be a choice; empty otherwise. Nothing from <paramref name="lastCharacter"/> on counts. <paramref name="lettered"/>: their letters are written in the text.</summary>
    public static ImmutableArray<string> Of(PairScan scan, int from, int to, uint skippedRoles, out bool lettered, int lastCharacter = int.MaxValue)
    {
        lettered = false;
        var nodes = scan.Tree.Nodes;
        var list = -1;
        for (var i = from; i < to;)
        {
            if (nodes[i].Role != MarkupRole.None && i > from && (skippedRoles & MarkupText.Bit(nodes[i].Role)) != 0)
            {
                i = nodes[i].Next;
                continue;
            }

            if (nodes[i].Kind is MarkupKind.OrderedList or MarkupKind.List)
            {
                list = i;
                i = nodes[i].Next;
                continue;
            }

            i++;
        }

        if (list < 0)
        {
            return [];
        }

        var items = new List<int>();
        for (var i = list + 1; i < nodes[list].Next; i = nodes[i].Next)
        {
            if (nodes[i].Kind == MarkupKind.Item)
            {
                items.Add(i);
                if (nodes[i].End - nodes[i].Start > 1200)
                {
                    return [];
                }
            }
        }

        if (items.Count is < 2 or > 8)
        {
            return [];
        }

        var options = ImmutableArray.CreateBuilder<string>(items.Count);
        foreach (var item in items)
        {
            var text = scan.Text.Start(scan.Tree).Add(item + 1, nodes[item].Next, lastCharacter: lastCharacter).ToString();
            var option = StripLetter(text, options.Count);
            lettered |= option.Length < text.Length;
            options.Add(option);
        }

        return options.ToImmutable();
    }

    /// <summary>The options that end a question on one line, "(A) Mars (B) Venus (C) Jupiter"; empty when there are fewer than three.</summary>
    /// <param name="question">The question, written.</param>
    public static ImmutableArray<string> OnOneLine(string question)
    {
        var first = question.IndexOf("(A) ", StringComparison.OrdinalIgnoreCase);
        if (first < 0)
        {
            return [];
        }

        var options = ImmutableArray.CreateBuilder<string>(4);
        ReadOnlySpan<char> mark = ['(', question[first + 1], ')', ' '];
        for (var rest = question.AsSpan(first); !rest.IsEmpty;)
        {
            rest = rest[mark.Length..];
            ReadOnlySpan<char> next = ['(', (char)(question[first + 1] + options.Count + 1), ')', ' '];
            var at = rest.IndexOf(next);
            options.Add((at < 0 ? rest : rest[..at]).Trim().TrimEnd(",;").ToString());
            rest = at < 0 ? [] : rest[at..];
        }

        return options.Count is >= 3 and <= 8 && options.All(option => option.Length is > 0 and <= 200) ? options.ToImmutable() : [];
    }

    /// <summary>An option without the letter that is written before it.</summary>
    public static string StripLetter(string text, int index)
    {
        var span = text.AsSpan().TrimStart();
        if (span.Length > 1 && (span[0] == '\u24D0' + index || span[0] == '\u24B6' + index))
        {
            return span[1..].TrimStart().ToString(); // ⓐ, Ⓐ
        }

        var bracket = span.Length > 0 && span[0] == '(' ? 1 : 0;
        if (span.Length > bracket + 2 && char.ToUpperInvariant(span[bracket]) == 'A' + index && span[bracket + 1] is '.' or ')' or ':')
        {
            return span[(bracket + 2)..].TrimStart().ToString();
        }

        return text;
    }

    /// <summary>The letters that an answer consists of, such as <c>B</c>, <c>(c)</c>, <c>A and D</c>; empty when it is no such answer.</summary>
    public static ImmutableArray<int> Letters(ReadOnlySpan<char> answer, out int length)
    {
        length = 0;
        var letters = ImmutableArray.CreateBuilder<int>(2);
        var i = 0;
        while (i < answer.Length && letters.Count < 8)
        {
            while (i < answer.Length && answer[i] is ' ' or '(' or '*' or '`')
            {
                i++;
            }

            if (i >= answer.Length || !char.IsAsciiLetter(answer[i]) || char.ToUpperInvariant(answer[i]) > 'H' || (i + 1 < answer.Length && char.IsLetterOrDigit(answer[i + 1])))
            {
                break;
            }

            letters.Add(char.ToUpperInvariant(answer[i]) - 'A');
            i++;
            length = i;
            while (i < answer.Length && answer[i] is ')' or '*' or '`')
            {
                i++;
                length = i;
            }

            if (i < answer.Length && answer[i] is '.' or ':')
            {
                length = i + 1;
                break;
            }

            if (i < answer.Length && answer[i] == '\n')
            {
                length = i;
                break;
            }

            var rest = answer[i..].TrimStart();
            var skip = answer.Length - i - rest.Length;
            if (rest.StartsWith(",") || rest.StartsWith("&") || rest.StartsWith(";"))
            {
                i += skip + 1;
            }
            else if (rest.StartsWith("and "))
            {
                i += skip + 4;
            }
            else
            {
                break;
            }
        }

        var tail = answer[Math.Min(length, answer.Length)..];
        return letters.Count > 0 && (tail.IsWhiteSpace() || answer[length - 1] is '.' or ':' or ')' || tail[0] is '\n') ? letters.ToImmutable() : [];
    }
}
