using System.Buffers;

namespace Caudata.Extraction.Structural;

/// <summary>Headings of plain text, which has no marks for them: lines of their own that name a chapter, exercises or a key, lines in capitals, and the marks of AsciiDoc, wikis and Org.</summary>
internal static class PlainHeading
{
    /// <summary>Longest heading, in code units, and most words.</summary>
    private const int Longest = 90, MostWords = 12;

    private const int ChapterLevel = 2, SectionLevel = 3, ListLevel = 4;

    private static readonly SearchValues<char> NoHeading = SearchValues.Create("?!;|\t=<>{}\\$");

    /// <summary>Level of a line that stands alone, 0 when it reads like text.</summary>
    /// <param name="line">The line without white space at its ends.</param>
    /// <param name="isFollowed">Whether an empty line or a numbered one follows; without it only a sentence's beginning may have been read.</param>
    public static int Level(ReadOnlySpan<char> line, bool isFollowed)
    {
        line = line.Trim();
        if (!isFollowed || line.Length is < 4 or > Longest || line[^1] is '.' or ',' || line.ContainsAny(NoHeading) || line.Count(' ') >= MostWords || !(char.IsUpper(line[0]) || char.IsDigit(line[0])))
        {
            return 0;
        }

        var name = line.TrimEnd(':');
        if (IsChapter(name))
        {
            return ChapterLevel;
        }

        if (name.Contains(':'))
        {
            return 0;
        }

        var heading = name.ToString();
        if (AnswerKeys.IsKey(heading) || (!char.IsDigit(line[0]) && AnswerKeys.AnnouncesExercises(heading)))
        {
            return ListLevel;
        }

        return name.Length == line.Length && IsCapitals(name) ? SectionLevel : 0;
    }

    /// <summary>Level of a line with a heading's mark ("== Title", "** Title" in Org), 0 when it has none.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isOrg">Whether single stars are headings as well.</param>
    /// <param name="length">Code units of the mark.</param>
    public static int Marked(ReadOnlySpan<char> line, bool isOrg, out int length)
    {
        length = 0;
        if (line[0] is not ('=' or '*'))
        {
            return 0;
        }

        while (length < line.Length && line[length] == line[0])
        {
            length++;
        }

        if (length > 6 || length + 1 >= line.Length || line[length] != ' ' || (line[0] == '*' && !isOrg))
        {
            length = 0;
            return 0;
        }

        return length;
    }

    /// <summary>"Chapter 4. Fractions", "Unit 7", "APPENDIX B", "Kapitel 3".</summary>
    private static bool IsChapter(ReadOnlySpan<char> line)
    {
        var space = line.IndexOf(' ');
        if (space is < 4 or > 10)
        {
            return false;
        }

        Span<char> word = stackalloc char[10];
        var lower = word[..line[..space].ToLowerInvariant(word)];
        if (lower is not ("chapter" or "unit" or "part" or "lesson" or "module" or "section" or "appendix" or "lecture" or "week" or "topic" or "kapitel" or "chapitre" or "capítulo" or "capitolo" or "hoofdstuk" or "lektion" or "leçon" or "lección"))
        {
            return false;
        }

        var rest = line[(space + 1)..].TrimStart();
        var length = 0;
        while (length < rest.Length && (char.IsAsciiDigit(rest[length]) || rest[length] is 'I' or 'V' or 'X' || (rest[length] == '.' && length + 1 < rest.Length && char.IsAsciiDigit(rest[length + 1]))))
        {
            length++;
        }

        return length > 0 ? length == rest.Length || rest[length] is ' ' or '.' or ':' or ',' or '-' : rest.Length == 1 && char.IsUpper(rest[0]);
    }

    private static bool IsCapitals(ReadOnlySpan<char> line)
    {
        var letters = 0;
        foreach (var c in line)
        {
            if (char.IsLower(c))
            {
                return false;
            }

            letters += char.IsUpper(c) ? 1 : 0;
        }

        return letters >= 4 && letters * 2 > line.Length;
    }
}
