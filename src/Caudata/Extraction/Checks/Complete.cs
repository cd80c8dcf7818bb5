using System.Buffers;

namespace Caudata.Extraction.Checks;

/// <summary>Whether a pair can be understood alone: no figure, table, exercise or part that it points to but does not hold.</summary>
/// <remarks>Numbered citations (section, chapter, theorem, equation) in an answer are citations and pass; in a question they are needed. English phrases only; other languages pass.</remarks>
public static class Complete
{
    /// <summary>Name of the check.</summary>
    public const string Name = "complete";

    private static readonly SearchValues<string> Words = SearchValues.Create(
        ["figure", "fig.", "diagram", "graph", "image", "picture", "photo", "drawing", "illustration", "chart", "map ", "table", "exercise", "problem", "example", "question", "part", "parts", "section", "chapter", "theorem", "lemma", "equation", "checkpoint", "try it"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Visuals = ["figures", "figure", "fig.", "diagrams", "diagram", "graphs", "graph", "images", "image", "pictures", "picture", "photographs", "photograph", "photos", "photo", "drawings", "drawing", "illustrations", "illustration", "charts", "chart", "map"];
    private static readonly string[] Tables = ["tables", "table"];
    private static readonly string[] Items = ["exercises", "exercise", "problems", "problem", "examples", "example", "questions", "question", "checkpoint", "try it"];
    private static readonly string[] Parts = ["parts", "part"];
    private static readonly string[] Citations = ["sections", "section", "chapters", "chapter", "theorem", "lemma", "equations", "equation"];

    private static readonly string[] Before = ["above", "preceding", "previous", "following", "accompanying", "given", "last", "earlier", "next", "attached", "adjacent"];
    private static readonly string[] After = ["above", "below", "shown", "to the right", "to the left", "on the right", "on the left", "at right", "at left", "on the next page", "on the previous page", "that follows", "provided"];

    /// <summary>Judges question and answer together: what one points to, the other may hold.</summary>
    /// <param name="pair">The pair.</param>
    public static Verdict Judge(CandidatePair pair)
    {
        Verdict? verdict = Dangling(pair.Question, pair, question: true) ?? Dangling(pair.Answer, pair, question: false);
        return verdict ?? Check.Pass(Name);
    }

    private static Verdict? Dangling(ReadOnlySpan<char> text, CandidatePair pair, bool question)
    {
        int at = 0;
        while (at < text.Length)
        {
            int found = text[at..].IndexOfAny(Words);
            if (found < 0)
            {
                return null;
            }

            at += found;
            if (at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '_' or '\\' or '{'))
            {
                at++;
                continue;
            }

            string? reason = At(text, at, question, out int end);
            if (reason is not null && !Holds(reason, text, at, end, pair))
            {
                int from = Math.Max(0, at - 20);
                return Check.Fail(Name, reason, $"The {(question ? "question" : "answer")} points to something it does not hold: {Check.Quote(text[from..Math.Min(text.Length, end + 20)])}.");
            }

            at = end;
        }

        return null;
    }

    /// <summary>The reason if the word at <paramref name="at"/> is a reference; null if it is only a word.</summary>
    private static string? At(ReadOnlySpan<char> text, int at, bool question, out int end)
    {
        ReadOnlySpan<char> rest = text[at..];
        string reason;
        int length;
        if ((length = Starts(rest, Visuals)) > 0)
        {
            reason = "needs-figure";
        }
        else if ((length = Starts(rest, Tables)) > 0)
        {
            reason = "needs-table";
        }
        else if ((length = Starts(rest, Items)) > 0)
        {
            reason = "needs-exercise";
        }
        else if ((length = Starts(rest, Parts)) > 0)
        {
            reason = "needs-part";
        }
        else if ((length = Starts(rest, Citations)) > 0)
        {
            reason = "needs-context";
        }
        else
        {
            end = at + 1;
            return null;
        }

        end = at + length;
        ReadOnlySpan<char> after = text[end..].TrimStart(" \t\r\n~\u00a0*_");
        bool numbered = Numbered(after, reason == "needs-part", out int number);
        end = numbered ? text.Length - after.Length + number : end;
        if (reason is "needs-part")
        {
            return numbered && (question || Verb(text[..at])) ? reason : null;
        }

        if (numbered)
        {
            // "Example 1." or "Problem 3:" at the very start is the item's own label.
            bool label = reason is "needs-exercise" && text[..at].Trim(" \t\r\n*#_(").Length == 0;
            bool announces = reason is "needs-exercise" && question && Announces(text[..at], text[at..end], text[end..]);
            return label || announces || (reason == "needs-context" && !question) ? null : reason;
        }

        if (reason is "needs-context")
        {
            return null;
        }

        ReadOnlySpan<char> before = text[Math.Max(0, at - 24)..at].TrimEnd();
        bool pointed = false;
        foreach (string word in Before)
        {
            // "the following problem" and "the given graph of f" announce what the pair itself holds, unless it is something to be seen.
            bool announces = word is "following" or "given" or "next" or "last";
            pointed |= EndsWithWord(before, word) && (!announces || (reason is "needs-figure" or "needs-table" && word is "following" or "accompanying"));
        }

        foreach (string word in After)
        {
            pointed |= after.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (after.Length == word.Length || !char.IsLetterOrDigit(after[word.Length]))
                && (reason is "needs-figure" or "needs-table" || word is "above" or "below");
        }

        return pointed ? reason : null;
    }

    /// <summary>Whether "In Problems 1-4, find the derivative." opens the question: the range that the pair itself comes from, with what is to be done in it.</summary>
    private static bool Announces(ReadOnlySpan<char> before, ReadOnlySpan<char> reference, ReadOnlySpan<char> after)
    {
        before = before.Trim(" \t\r\n*#_");
        if (!before.Equals("in", StringComparison.OrdinalIgnoreCase) && !before.Equals("for", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        int range = 0;
        bool isRange = reference.Contains('-');
        if (after.Length > 1 && after[0] is '–' or '—')
        {
            range = 1;
        }
        else if (after.StartsWith(" through ", StringComparison.Ordinal))
        {
            range = 9;
        }

        while (range > 0 && range < after.Length && (char.IsAsciiDigit(after[range]) || (after[range] is '.' && range + 1 < after.Length && char.IsAsciiDigit(after[range + 1]))))
        {
            range++;
            isRange = true;
        }

        // What is to be done, and behind it the problem itself.
        return isRange && range < after.Length && after[range] is ',' && after[range..].Contains('\n');
    }

    /// <summary>Whether the pair holds what it points to.</summary>
    private static bool Holds(string reason, ReadOnlySpan<char> text, int at, int end, CandidatePair pair) => reason switch
    {
        "needs-table" => HoldsTable(pair.Question) || HoldsTable(pair.Answer),
        "needs-part" => HoldsPart(text[at..end], pair.Question) || HoldsPart(text[at..end], pair.Answer),
        // An example of code or drawing in the pair itself stands for "the example above".
        "needs-exercise" => text[at..end].IndexOfAnyInRange('0', '9') < 0 && (pair.Question.Contains("```", StringComparison.Ordinal) || pair.Answer.Contains("```", StringComparison.Ordinal)),
        "needs-figure" => pair.Question.Contains("[asy]", StringComparison.Ordinal) || pair.Question.Contains("\\begin{tikzpicture}", StringComparison.Ordinal) || pair.Answer.Contains("\\begin{tikzpicture}", StringComparison.Ordinal),
        _ => false,
    };

    private static bool HoldsTable(ReadOnlySpan<char> text)
    {
        int bars = 0;
        foreach (ReadOnlySpan<char> line in text.EnumerateLines())
        {
            bars += line.Count('|') >= 2 ? 1 : 0;
        }

        return bars >= 2 || text.Contains("\\begin{tabular}", StringComparison.Ordinal) || text.Contains("\\begin{array}", StringComparison.Ordinal);
    }

    /// <summary>Whether a text has an item labelled as in the reference, for example <c>(a)</c> or <c>a.</c> at the start of a line or sentence.</summary>
    private static bool HoldsPart(ReadOnlySpan<char> reference, ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> label = reference.TrimEnd(" ).,;:");
        char letter = label.Length > 0 ? char.ToLowerInvariant(label[^1]) : ' ';
        for (int i = 0; i < text.Length; i++)
        {
            if (char.ToLowerInvariant(text[i]) != letter || i + 1 >= text.Length || text[i + 1] is not (')' or '.') || (i > 0 && char.IsLetterOrDigit(text[i - 1])))
            {
                continue;
            }

            ReadOnlySpan<char> before = text[..i].TrimEnd("([ \t*_");
            // "part (a)" is the reference, not the part.
            if (!EndsWithWord(before, "part") && !EndsWithWord(before, "parts") && !EndsWithWord(before, "and") && !EndsWithWord(before, "from") && !EndsWithWord(before, "in"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether what stands before "part (a)" points to it: see, from, in, of, to, by, use, using.</summary>
    private static bool Verb(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd();
        foreach (string word in (ReadOnlySpan<string>)["see", "from", "in", "to", "by", "use", "using", "with", "as"])
        {
            if (EndsWithWord(before, word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a number such as <c>3</c>, <c>3.2</c>, <c>(a)</c>, <c>\ref{…}</c> or <c>[link]</c> comes next.</summary>
    private static bool Numbered(ReadOnlySpan<char> text, bool letters, out int length)
    {
        length = 0;
        if (text.StartsWith("\\ref{", StringComparison.Ordinal) || text.StartsWith("\\cref{", StringComparison.Ordinal) || text.StartsWith("\\eqref{", StringComparison.Ordinal) || text.StartsWith("[link]", StringComparison.Ordinal))
        {
            int close = text.IndexOfAny('}', ']');
            length = close < 0 ? text.Length : close + 1;
            return true;
        }

        int i = text.Length > 0 && text[0] is '(' or '#' ? 1 : 0;
        int start = i;
        while (i < text.Length && (char.IsAsciiDigit(text[i]) || (text[i] is '.' or '-' && i > start && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))))
        {
            i++;
        }

        if (i == start && letters && i < text.Length && char.IsAsciiLetter(text[i]))
        {
            // "part a of" needs the bracket or the letter's end: "part of" is no reference, nor is "part a" without bracket.
            bool bracket = start == 1 && i + 1 < text.Length && text[i + 1] == ')';
            length = bracket ? i + 2 : 0;
            return bracket;
        }

        length = i;
        return i > start;
    }

    private static int Starts(ReadOnlySpan<char> text, string[] words)
    {
        foreach (string word in words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || word[^1] == '.' || !char.IsLetterOrDigit(text[word.Length])))
            {
                return word.Length;
            }
        }

        return 0;
    }

    private static bool EndsWithWord(ReadOnlySpan<char> text, string word) =>
        text.EndsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !char.IsLetterOrDigit(text[text.Length - word.Length - 1]));
}
