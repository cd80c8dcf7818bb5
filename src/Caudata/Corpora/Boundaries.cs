namespace Caudata.Corpora;

/// <summary>A place where a text can be cut, and how well.</summary>
internal readonly record struct Boundary(int Position, BoundaryRank Rank);

/// <summary>How good a cut is, from worst to best.</summary>
internal enum BoundaryRank : byte
{
    /// <summary>No boundary.</summary>
    None,

    /// <summary>Inside mathematics, code, a table, or an inner tag.</summary>
    Torn,

    /// <summary>Between paragraphs of an exercise, or between it and its solution.</summary>
    Inside,

    /// <summary>Between lines.</summary>
    Line,

    /// <summary>Between paragraphs.</summary>
    Paragraph,

    /// <summary>Before an exercise, question or example.</summary>
    Unit,

    /// <summary>Before a heading of the third level or below.</summary>
    Subsection,

    /// <summary>Before a heading of the second level, or a section.</summary>
    Section,

    /// <summary>Before a heading of the first level.</summary>
    Chapter,
}

/// <summary>Finds the boundaries of a text by its markup. Light scanners, not parsers: they must be fast and survive any input.</summary>
internal static class Boundaries
{
    public static List<Boundary> Find(string text, DocumentFormat format) => format switch
    {
        DocumentFormat.Html or DocumentFormat.Cnxml => TagBoundaries.Find(text),
        DocumentFormat.Latex => Lines(text, new LatexLines()),
        DocumentFormat.Markdown => Lines(text, new MarkdownLines()),
        _ => Lines(text, new PlainLines()),
    };

    /// <summary>Ranks lines one after another; keeps the state between them.</summary>
    internal interface ILineRanker
    {
        /// <summary>The rank of a cut before this line, which is not blank.</summary>
        BoundaryRank Rank(ReadOnlySpan<char> line, bool afterBlank);
    }

    private static List<Boundary> Lines(string text, ILineRanker ranker)
    {
        var found = new List<Boundary>();
        int start = 0;
        bool blank = true;
        while (start < text.Length)
        {
            int end = text.AsSpan(start).IndexOf('\n');
            end = end < 0 ? text.Length : start + end;
            ReadOnlySpan<char> line = text.AsSpan(start, end - start).Trim();
            if (line.IsEmpty)
            {
                blank = true;
            }
            else
            {
                found.Add(new Boundary(start, ranker.Rank(line, blank)));
                blank = false;
            }

            start = end + 1;
        }

        return found;
    }

    /// <summary>Does a line begin a question, exercise or example (<paramref name="answer"/>: its solution)?</summary>
    internal static bool StartsUnit(ReadOnlySpan<char> line, out bool answer)
    {
        ReadOnlySpan<char> words = line.TrimStart("*_#> \t");
        answer = Starts(words, ["solution", "answer", "a:", "hint", "proof", "explanation", "a."]);
        return !answer && Starts(words, ["exercise", "problem", "question", "example", "q:", "q.", "task", "challenge", "theorem", "lemma", "definition"]);
    }

    private static bool Starts(ReadOnlySpan<char> text, ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !char.IsLetter(text[word.Length]) || !char.IsLetter(word[^1])))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class PlainLines : ILineRanker
    {
        public BoundaryRank Rank(ReadOnlySpan<char> line, bool afterBlank)
        {
            if (StartsUnit(line, out bool answer))
            {
                return BoundaryRank.Unit;
            }

            if (answer)
            {
                return BoundaryRank.Inside;
            }

            if (!afterBlank)
            {
                return BoundaryRank.Line;
            }

            return line.Length < 80 && (Starts(line, ["chapter", "part"]) || (line.ContainsAnyInRange('A', 'Z') && !line.ContainsAnyInRange('a', 'z'))) ? BoundaryRank.Section : BoundaryRank.Paragraph;
        }
    }

    private sealed class MarkdownLines : ILineRanker
    {
        private char _fence;
        private int _fenceLength, _html;
        private bool _math, _table;

        public BoundaryRank Rank(ReadOnlySpan<char> line, bool afterBlank)
        {
            bool wasTable = _table;
            _table = false;
            int run = line[0] is '`' or '~' ? RunOf(line, line[0]) : 0;
            if (_fence != 0)
            {
                if (line[0] == _fence && run >= _fenceLength && run == line.Length)
                {
                    _fence = '\0';
                }

                return BoundaryRank.Torn;
            }

            if (_math)
            {
                _math = line.Count("$$") % 2 == 0;
                return BoundaryRank.Torn;
            }

            bool inside = _html > 0;
            BoundaryRank rank = Open(line, afterBlank, wasTable);
            if (run >= 3)
            {
                (_fence, _fenceLength) = (line[0], run);
                // An example's code belongs to the line before it.
                rank = afterBlank ? BoundaryRank.Line : BoundaryRank.Torn;
            }
            else
            {
                _math = line.Count("$$") % 2 == 1;
                _html = Math.Clamp(_html + line.Count("<details") + line.Count("<table") + line.Count("<pre") - line.Count("</details") - line.Count("</table") - line.Count("</pre"), 0, 64);
            }

            return inside ? (afterBlank ? BoundaryRank.Inside : BoundaryRank.Torn) : rank;
        }

        private BoundaryRank Open(ReadOnlySpan<char> line, bool afterBlank, bool wasTable)
        {
            int hashes = RunOf(line, '#');
            if (hashes is > 0 and <= 6 && (hashes == line.Length || line[hashes] is ' ' or '\t'))
            {
                StartsUnit(line, out bool answers);
                return answers ? BoundaryRank.Inside : hashes switch { 1 => BoundaryRank.Chapter, 2 => BoundaryRank.Section, _ => BoundaryRank.Subsection };
            }

            if (line[0] == '|')
            {
                _table = true;
                return wasTable ? BoundaryRank.Torn : afterBlank ? BoundaryRank.Paragraph : BoundaryRank.Line;
            }

            if (StartsUnit(line, out bool answer))
            {
                return BoundaryRank.Unit;
            }

            // A details block under a question holds its answer.
            return answer || line.StartsWith("<details", StringComparison.OrdinalIgnoreCase) ? BoundaryRank.Inside : afterBlank ? BoundaryRank.Paragraph : BoundaryRank.Line;
        }

        private static int RunOf(ReadOnlySpan<char> line, char c)
        {
            int n = line.IndexOfAnyExcept(c);
            return n < 0 ? line.Length : n;
        }
    }

    private sealed class LatexLines : ILineRanker
    {
        private static readonly HashSet<string> Transparent = new(StringComparer.Ordinal) { "document", "itemize", "enumerate", "description", "exercises", "problems", "questions", "multicols", "parts", "quote", "abstract", "center" };

        private static readonly HashSet<string> Answers = new(StringComparer.Ordinal) { "solution", "solutions", "answer", "hint", "proof", "sol", "soln" };

        private readonly List<string> _open = [];
        private bool _display;

        public BoundaryRank Rank(ReadOnlySpan<char> line, bool afterBlank)
        {
            int depth = _open.Count;
            bool display = _display;
            string? first = null;
            Track(line, ref first);
            if (display)
            {
                return BoundaryRank.Torn;
            }

            if (depth > 0)
            {
                return afterBlank || line.StartsWith("\\item", StringComparison.Ordinal) ? BoundaryRank.Inside : BoundaryRank.Torn;
            }

            if (line[0] == '\\')
            {
                ReadOnlySpan<char> command = line[1..];
                if (Starts(command, ["chapter", "part"]))
                {
                    return BoundaryRank.Chapter;
                }

                if (Starts(command, ["section"]))
                {
                    return BoundaryRank.Section;
                }

                if (Starts(command, ["subsection", "subsubsection", "paragraph"]))
                {
                    return BoundaryRank.Subsection;
                }

                if (command.StartsWith("begin{", StringComparison.Ordinal) && first is not null)
                {
                    return Answers.Contains(first) ? BoundaryRank.Inside : Transparent.Contains(first) ? BoundaryRank.Paragraph : StartsUnit(first, out _) || first is "ex" or "prob" or "thm" or "defn" or "lem" ? BoundaryRank.Unit : afterBlank ? BoundaryRank.Paragraph : BoundaryRank.Line;
                }

                if (Starts(command, ["question", "exercise", "problem"]))
                {
                    return BoundaryRank.Unit;
                }

                if (Starts(command, ["item"]))
                {
                    return BoundaryRank.Paragraph;
                }

                if (Starts(command, ["end", "solution", "answer", "hint"]))
                {
                    return BoundaryRank.Inside;
                }
            }

            return afterBlank ? BoundaryRank.Paragraph : BoundaryRank.Line;
        }

        private void Track(ReadOnlySpan<char> line, ref string? first)
        {
            for (int i = 0; i < line.Length; i++)
            {
                char c = line[i];
                if (c == '%' && (i == 0 || line[i - 1] != '\\'))
                {
                    return;
                }

                bool verbatim = _open.Count > 0 && _open[^1] is "verbatim" or "lstlisting" or "minted" or "Verbatim";
                if (c == '$' && !verbatim && i + 1 < line.Length && line[i + 1] == '$')
                {
                    _display = !_display;
                    i++;
                }
                else if (c == '\\' && i + 1 < line.Length)
                {
                    ReadOnlySpan<char> rest = line[(i + 1)..];
                    bool begin = rest.StartsWith("begin{", StringComparison.Ordinal), end = rest.StartsWith("end{", StringComparison.Ordinal);
                    int close = begin || end ? rest.IndexOf('}') : -1;
                    if (close > 0 && close < 40)
                    {
                        string name = rest[(begin ? 6 : 4)..close].TrimEnd('*').ToString();
                        first ??= name;
                        if (begin && !verbatim && !Transparent.Contains(name) && _open.Count < 64)
                        {
                            _open.Add(name);
                        }
                        else if (end)
                        {
                            int at = _open.LastIndexOf(name);
                            if (at >= 0)
                            {
                                _open.RemoveRange(at, _open.Count - at);
                            }
                        }

                        i += close;
                    }
                    else if (!verbatim && rest[0] is '[' or ']')
                    {
                        _display = rest[0] == '[';
                        i++;
                    }
                    else
                    {
                        i++;
                    }
                }
            }
        }
    }
}
