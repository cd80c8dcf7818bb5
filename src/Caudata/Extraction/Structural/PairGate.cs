using System.Buffers;
using System.Collections.Frozen;

namespace Caudata.Extraction.Structural;

/// <summary>Decides whether a drafted pair can stand alone: complete, understandable without figures and other pages, neither empty nor open.</summary>
/// <remarks>Precision before recall: a pair that leans on something outside itself is given up, with its reason.</remarks>
internal static class PairGate
{
    /// <summary>Longest question in code units: beyond it a section was taken for a question.</summary>
    public const int LongestQuestion = 5000;

    /// <summary>Longest answer to an exercise in code units.</summary>
    public const int LongestAnswer = 12_000;

    /// <summary>Longest answer below a question heading in code units: beyond it the heading opens a chapter.</summary>
    public const int LongestHeadingAnswer = 6000;

    private static readonly SearchValues<string> Pictures = SearchValues.Create(
        ["figure below", "figure above", "the figure", "this figure", "following figure", "figures below", "in figure", "see figure", "(figure", "shown below", "shown above", "pictured", "diagram below", "the diagram", "following diagram", "graph below", "graph above",
            "graph shown", "following graph", "graphs below", "in the graph", "this graph", "graphed below", "the image", "this image", "the picture", "this picture", "following image", "following picture", "photograph", "the illustration", "illustrated below", "map below", "the map", "chart below",
            "the chart", "this chart", "following chart", "as shown", "number line below", "shown here", "the drawing", "the sketch", "screenshot", "image below", "picture below", "shown at the right", "shown on the right", "shown at right", "to the right", "the plot", "plotted below", "circuit shown", "shown in the following", "the photo"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Elsewhere = SearchValues.Create(
        ["previous exercise", "preceding exercise", "previous problem", "preceding problem", "previous question", "preceding question", "last exercise", "last problem", "exercise above", "problem above", "question above", "above exercise", "above problem", "above question",
            "earlier exercise", "earlier problem", "previous example", "preceding example", "example above", "above example", "in this section", "this section", "last section", "previous section", "preceding section", "earlier section", "see section", "in section", "this chapter", "previous chapter", "the chapter",
            "the passage", "this passage", "the video", "this video", "this movie", "the animation", "this animation", "this website", "this site", "this link", "the link", "link below", "this webpage", "web page", "this article", "the article", "the simulation", "this simulation", "in the text", "the textbook", "this textbook",
            "the reading", "in exercise ", "of exercise ", "from exercise ", "see exercise", "in problem ", "of problem ", "from problem ", "in example ", "see example", "of example ", "from example ", "for example 1", "for example 2", "for example 3", "for example 4", "for example 5", "for example 6", "for example 7", "for example 8", "for example 9", "see table", "in table", "see appendix", "in appendix", "your data", "your class", "table above", "shown in table",
            "exercise \\", "previous part", "above table", "these trends", "these data", "data above", "the above", "mentioned above", "described above", "given above", "discussed above", "read the "],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> AnswerElsewhere = SearchValues.Create(
        ["figure below", "figure above", "in figure", "see figure", "(figure", "following figure", "shown below", "shown above", "diagram below", "graph below", "graph above", "following graph", "see the graph", "see the figure", "see graph", "as shown in the", "in the figure", "in this section", "previous exercise", "preceding exercise",
            "previous problem", "preceding problem", "see exercise", "see example", "see table", "see section", "in example ", "in exercise ", "following image", "the image above", "image below", "picture below", "see the solution", "see appendix", "see chapter", "similar to the previous", "shown here", "pictured"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Tables = SearchValues.Create(["following table", "table below", "the table", "this table"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Open = SearchValues.Create(
        ["answers will vary", "answers may vary", "answer will vary", "answer may vary", "answers vary", "answers could vary", "responses will vary", "responses may vary", "results will vary", "solutions will vary", "student answer", "see solution", "see answer", "left to the reader", "left as an exercise", "left to the student", "check your answer", "check with your"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> RunLinks = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "run code", "run the code", "run this code", "run code at repl.it", "run it", "run in playground", "run on repl.it", "try it", "try it online", "try it yourself", "try it out", "open in playground", "open in colab", "open in codepen", "edit on codepen", "see on codepen", "view on github", "edit on github", "copy code", "copy");

    private static readonly SearchValues<string> Drawing = SearchValues.Create(["sketch", "draw ", "graph the", "graph each", "graph of each", "plot the", "plot each", "graph by", "graph using", "construct a", "make a graph", "shade "], StringComparison.OrdinalIgnoreCase);

    /// <summary>The pair, or null with the reason.</summary>
    public static CandidatePair? Check(in PairDraft draft, MarkupTree tree, out string reason, out string detail)
    {
        reason = "";
        var question = Tidy(draft.Question).TrimStart('·', '•', '‣', '▪', '●', ' ');
        if (question.StartsWith("- ", StringComparison.Ordinal) && !question.Contains("\n- ", StringComparison.Ordinal))
        {
            question = question[2..].TrimStart(); // a list of one item
        }

        var answer = Tidy(draft.Answer);
        detail = question;
        if (question.Length > LongestQuestion)
        {
            reason = StructuralReasons.QuestionTooLong;
            return null;
        }

        if (draft.Pattern is "question-heading" or "question-element" ? answer.Length > LongestHeadingAnswer : answer.Length > LongestAnswer)
        {
            reason = StructuralReasons.AnswerTooLong;
            return null;
        }

        if (draft.QuestionFigures > 0 || question.AsSpan().ContainsAny(Pictures))
        {
            reason = StructuralReasons.NeedsFigure;
            return null;
        }

        var content = WordCount.Of(question);
        if (content.Words == 0)
        {
            reason = content.Others > 0 ? StructuralReasons.NeedsContext : StructuralReasons.QuestionTooShort;
            return null;
        }

        if (content.Words + content.Others < 2 && question[^1] is not ('?' or '？'))
        {
            reason = StructuralReasons.QuestionTooShort;
            return null;
        }

        // "c. Which distribution do you use?": a part of an exercise whose beginning stands elsewhere.
        if (question.Length > 3 && question[0] is > 'a' and <= 'z' && question[1] is '.' or ')' && question[2] == ' ')
        {
            reason = StructuralReasons.NeedsContext;
            return null;
        }

        var isHeading = draft.Pattern is "question-heading" or "definition-list" or "question-answer-lines" or "disclosure" or "question-element" or "question-table" or "structured-data";
        if ((!isHeading && question.AsSpan().ContainsAny(Elsewhere)) || (question.AsSpan().ContainsAny(Tables) && !question.Contains("\n|", StringComparison.Ordinal)))
        {
            reason = StructuralReasons.NeedsContext;
            return null;
        }

        // "\(A \cup B\):" and nothing behind: what the answer announces was a picture.
        if (answer.EndsWith(':'))
        {
            reason = StructuralReasons.NeedsFigure;
            return null;
        }

        if (answer.Length == 0)
        {
            reason = draft.AnswerFigures > 0 ? StructuralReasons.NeedsFigure : StructuralReasons.AnswerEmpty;
            return null;
        }

        if (!Choose(draft, question, ref answer))
        {
            reason = StructuralReasons.OptionMissing;
            return null;
        }

        var answerWords = WordCount.Of(answer);
        if (answerWords.Words + answerWords.Others == 0)
        {
            reason = draft.AnswerFigures > 0 ? StructuralReasons.NeedsFigure : StructuralReasons.AnswerEmpty;
            return null;
        }

        if (answer.AsSpan().ContainsAny(Open) && answer.Length < 120)
        {
            reason = StructuralReasons.AnswerOpen;
            return null;
        }

        if (draft.AnswerFigures > 0 && (draft.AnswerFigures > 1 && !isHeading || answerWords.Words < 5 || question.AsSpan().ContainsAny(Drawing) || answer.Contains("\n|", StringComparison.Ordinal)))
        {
            reason = StructuralReasons.NeedsFigure;
            return null;
        }

        if (answer.AsSpan().ContainsAny(AnswerElsewhere))
        {
            reason = draft.AnswerFigures > 0 || answer.Contains("igure", StringComparison.Ordinal) ? StructuralReasons.NeedsFigure : StructuralReasons.NeedsContext;
            return null;
        }

        if (BlockLabel.Of(answer).Kind == LabelKind.Question)
        {
            reason = StructuralReasons.NoAnswer; // the next question stands where the answer should
            return null;
        }

        if (string.Equals(question, answer, StringComparison.OrdinalIgnoreCase))
        {
            reason = StructuralReasons.SameText;
            return null;
        }

        return new CandidatePair(question, answer, draft.QuestionSpan, draft.AnswerSpan, draft.Pattern);
    }

    /// <summary>Puts the option's words behind its letter.</summary>
    private static bool Choose(in PairDraft draft, string question, ref string answer)
    {
        var letters = Options.Letters(answer, out var length);
        if (letters.IsEmpty)
        {
            return true;
        }

        var alone = answer.AsSpan(length).IsWhiteSpace();
        if (draft.Options.IsDefaultOrEmpty)
        {
            // A single letter without options says nothing; a letter before other words may be an article or a part.
            return !alone || letters.Length > 1 || !char.IsLetter(answer[0]) && answer[0] != '(' || WordCount.Of(question).Words < 4 && !question.Contains("hich", StringComparison.Ordinal);
        }

        // "c) Carbon dioxide": the option itself, written as it is in the question.
        if (letters.Length == 1 && letters[0] < draft.Options.Length && answer.AsSpan(length).Trim(" .").Equals(draft.Options[letters[0]].AsSpan().Trim(" ."), StringComparison.OrdinalIgnoreCase))
        {
            answer = string.Concat(((char)('A' + letters[0])).ToString(), ". ", draft.Options[letters[0]]);
            return true;
        }

        if (!alone && answer[length - 1] is not ('.' or ':') && answer[Math.Min(length, answer.Length - 1)] is not '\n')
        {
            return true;
        }

        var chosen = new List<string>();
        foreach (var letter in letters)
        {
            if (letter >= draft.Options.Length)
            {
                return !alone;
            }

            chosen.Add(string.Concat(((char)('A' + letter)).ToString(), ". ", draft.Options[letter]));
        }

        var rest = answer.AsSpan(length).TrimStart();
        if (rest.StartsWith(draft.Options[letters[0]], StringComparison.OrdinalIgnoreCase) || (!alone && letters.Length == 1 && answer[length - 1] == '.' && !rest.IsEmpty && answer[Math.Min(length, answer.Length - 1)] != '\n' && draft.Options[letters[0]].Contains(rest.ToString(), StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        answer = rest.IsEmpty ? string.Join("\n", chosen) : string.Concat(string.Join("\n", chosen), "\n\n", rest);
        return true;
    }

    /// <summary>Text without rules, page furniture and loose ends.</summary>
    private static string Tidy(string text)
    {
        var span = text.AsSpan().Trim();
        while (true)
        {
            var line = span.LastIndexOf('\n');
            var tail = span[(line + 1)..].Trim();
            if (line > 0 && (IsFurniture(tail) || IsPager(tail)))
            {
                span = span[..line].TrimEnd();
                continue;
            }

            return span.Length == text.Length ? text : span.ToString();
        }
    }

    /// <summary>Whether a line leads elsewhere on its page or to a place where code can be run.</summary>
    private static bool IsFurniture(ReadOnlySpan<char> line)
    {
        if (line.Length >= 80)
        {
            return false;
        }

        if (line.Contains("back to top", StringComparison.OrdinalIgnoreCase) || line.Contains("back to the top", StringComparison.OrdinalIgnoreCase) || line.Contains("table of contents", StringComparison.OrdinalIgnoreCase) || line is "↥" or "⬆" or "∎" or "□")
        {
            return true;
        }

        var words = line.Trim(" -*·•▶►→:.!").ToString();
        return RunLinks.Contains(words);
    }

    /// <summary>Whether a line is a row of links to the pages before and after.</summary>
    private static bool IsPager(ReadOnlySpan<char> line) =>
        line.StartsWith('|') && line.EndsWith('|') && line.Contains("previous |", StringComparison.OrdinalIgnoreCase) && line.Contains("next", StringComparison.OrdinalIgnoreCase) && line.Contains("home", StringComparison.OrdinalIgnoreCase);
}
