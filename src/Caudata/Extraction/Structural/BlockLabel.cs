namespace Caudata.Extraction.Structural;

/// <summary>What a label at the start of a block announces.</summary>
internal enum LabelKind : byte
{
    None, Question, Example, Answer, Hint, Proof,
}

/// <summary>A label such as <c>Question 3:</c>, <c>Example 1.2</c>, <c>Q.</c>, <c>Solution</c>, <c>Show answer</c> at the start of a text.</summary>
/// <param name="Kind">What it announces.</param>
/// <param name="Length">Code units of the label, its delimiter and white space included.</param>
/// <param name="Number">The last part of its number, -1 when it has none.</param>
/// <param name="Major">What stands before the last part of its number, packed as in <see cref="Enumerator"/>; -1 for nothing.</param>
internal readonly record struct BlockLabel(LabelKind Kind, int Length, int Number, int Major = -1)
{
    /// <summary>Longest label in code units, decorations included.</summary>
    private const int Longest = 60;

    /// <summary>Reads the label at the start of a text.</summary>
    /// <param name="text">A block's text in light Markdown.</param>
    public static BlockLabel Of(ReadOnlySpan<char> text)
    {
        var at = SkipMarks(text, 0);
        var start = at;
        var window = text[..Math.Min(text.Length, Longest)];
        var (kind, wordLength, single) = Word(window[Math.Min(at, window.Length)..]);
        if (kind == LabelKind.None)
        {
            return default;
        }

        at = start + wordLength;

        // An adjective or verb phrase may stand in front ("Show solution"), handled by Word; then an optional number.
        var (number, major) = (-1, -1);
        var i = at;
        while (i < window.Length && (window[i] is ' ' or '\u00a0' or '#' or '№' or '~' || (window[i] == '.' && i == at && (kind is LabelKind.Question or LabelKind.Example) && IsNumbered(window[(i + 1)..]))))
        {
            i++;
        }

        if (i < window.Length && window[i] is '(' or '[')
        {
            i++;
        }

        var digits = i;
        while (i < window.Length && (char.IsAsciiDigit(window[i]) || (window[i] is '.' or '-' or '–' && i > digits && i + 1 < window.Length && char.IsAsciiDigit(window[i + 1]))))
        {
            if (char.IsAsciiDigit(window[i]))
            {
                major = number >= 0 && !char.IsAsciiDigit(window[i - 1]) ? (Math.Max(0, major) * 1000) + (number % 1000) : major;
                number = (number < 0 || !char.IsAsciiDigit(window[i - 1]) ? 0 : Math.Min(number, 100_000) * 10) + (window[i] - '0');
            }

            i++;
        }

        var numbered = i > digits;
        if (numbered && (kind is LabelKind.Answer or LabelKind.Hint or LabelKind.Proof) && !IsLabelNumber(window, i))
        {
            (numbered, number, major) = (false, -1, -1); // "Solution 12 legs": what is counted, not which solution
        }

        var isClosed = false;
        if (numbered)
        {
            if (i < window.Length && char.IsAsciiLetterLower(window[i]) && (i + 1 == window.Length || !char.IsLetter(window[i + 1])))
            {
                i++;
            }

            if (i < window.Length && window[i] is ')' or ']')
            {
                i++;
                isClosed = true;
            }

            at = i;
        }

        // What follows must end the label: a delimiter, emphasis marks, a line end or the end of the text.
        i = at;
        while (i < window.Length && window[i] is '*' or '_' or ' ' or '\u00a0')
        {
            i++;
        }

        var delimiter = i < window.Length ? window[i] : '\n';
        var ends = delimiter is ':' or '\n' or '：' || i >= text.Length;
        if (!single && !ends)
        {
            ends = delimiter is '.' or ')' or '—' or '–' or '▼' or '►' or '▶' or '…' || (delimiter is '-' && i + 1 < window.Length && window[i + 1] is ' ') || (numbered && kind is not LabelKind.Proof) || (i > at && window[at] is '*');
        }
        else if (single && numbered)
        {
            ends = ends || isClosed || delimiter is '.' or ')' or '-' || (i > at && window[at] is '*');
        }
        else if (single && kind == LabelKind.Question)
        {
            ends = ends || (delimiter is '.' or ')' or '-' && i + 1 < window.Length && window[i + 1] is ' ' or '*' or '_');
        }

        // "Exercise (hard)" and "Proof (of the theorem)": a remark in brackets, then a delimiter.
        if (!ends && delimiter == '(')
        {
            var close = window[i..].IndexOf(')');
            if (close > 0 && i + close + 1 < window.Length && window[i + close + 1] is '.' or ':' or '\n')
            {
                i += close + 1;
                ends = true;
            }
        }

        if (!ends)
        {
            return default;
        }

        while (i < text.Length && text[i] is ':' or '：' or '.' or ')' or '-' or '—' or '–' or '*' or '_' or ' ' or '\u00a0' or '\n' or '▼' or '►' or '▶' or '…')
        {
            if (text[i] is '-' && (i + 1 >= text.Length || text[i + 1] is not ' ') || text[i] is '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]) || text[i] is '*' && i + 1 < text.Length && text[i + 1] is ' ' && i > 0 && text[i - 1] is '\n')
            {
                break;
            }

            var newLine = text[i] == '\n';
            i++;
            if (newLine && i < text.Length && text[i] is '-' or '*' or '|')
            {
                break;
            }
        }

        return new BlockLabel(kind, i, number, major);
    }

    /// <summary>Whether a number behind "Solution" or "Answer" is its own: a delimiter, emphasis, a line end or a capital comes next.</summary>
    private static bool IsLabelNumber(ReadOnlySpan<char> window, int end)
    {
        var rest = window[end..];
        if (rest.Length > 1 && char.IsAsciiLetterLower(rest[0]) && !char.IsLetter(rest[1]))
        {
            rest = rest[1..]; // "Solution 3a"
        }

        rest = rest.TrimStart(' ');
        return rest.IsEmpty || rest[0] is ':' or '：' or '.' or ')' or ']' or '*' or '_' or '\n' or '(' or '—' or '–' || char.IsUpper(rest[0]);
    }

    /// <summary>"Q.1", "Ques. 4": the point of an abbreviation before the number.</summary>
    private static bool IsNumbered(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(' ');
        return text.Length > 0 && char.IsAsciiDigit(text[0]);
    }

    /// <summary>Whether a line of text starts a block of its own by its label: one that ends with a colon, or a numbered one that ends with a point.</summary>
    public static bool IsLine(ReadOnlySpan<char> line)
    {
        var window = line[..Math.Min(line.Length, Longest)];
        if (!window.ContainsAny(":.：") && line.Length > 24)
        {
            return false;
        }

        var label = Of(line);
        return label.Kind != LabelKind.None && (window[..Math.Min(window.Length, label.Length)].ContainsAny(':', '：') || label.Number >= 0 || label.Length >= line.Length || (label.Kind == LabelKind.Answer && window[..Math.Min(window.Length, label.Length)].Contains('.')));
    }

    /// <summary>The mark behind the one letter that begins a text, as in "Q. Why?" and "A) Because."; 0 when it begins otherwise.</summary>
    /// <param name="text">A block's or line's text in light Markdown.</param>
    /// <param name="letter">The letter, Q or A.</param>
    public static char TurnMark(ReadOnlySpan<char> text, char letter)
    {
        text = text.TrimStart("*_ ");
        return text.Length > 3 && text[0] == letter && text[1] is '.' or ')' && text[2] is ' ' or '\u00a0' or '*' or '_' ? text[1] : '\0';
    }

    /// <summary>An answer without the "A." that <see cref="TurnMark"/> finds; unchanged when it begins otherwise.</summary>
    public static string WithoutTurn(string answer) => TurnMark(answer, 'A') == '\0' ? answer : answer.AsSpan().TrimStart("*_ ")[2..].TrimStart("*_ \u00a0").ToString();

    /// <summary>What a name announces on its own, such as the printed title of an environment: the label that it consists of.</summary>
    /// <param name="name">The name, perhaps with a number.</param>
    public static LabelKind OfTitle(ReadOnlySpan<char> name)
    {
        var label = Of(name.Trim());
        return label.Length >= name.Trim().Length ? label.Kind : LabelKind.None;
    }

    /// <summary>Text without its label; unchanged when it has none of these kinds.</summary>
    public static string Strip(string text, LabelKind one, LabelKind two = LabelKind.None)
    {
        var label = Of(text);
        return label.Kind != LabelKind.None && (label.Kind == one || label.Kind == two) && label.Length < text.Length ? text[label.Length..].TrimStart() : text;
    }

    private static int SkipMarks(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && (text[at] is '*' or '_' or '#' or ' ' or '>' or '[' or '►' or '▶' or '▼' or '✅' or '❓' || char.IsSurrogate(text[at])))
        {
            at++;
        }

        return at;
    }

    /// <summary>The label word at the start, with the verbs and adjectives that such labels have.</summary>
    private static (LabelKind Kind, int Length, bool Single) Word(ReadOnlySpan<char> text)
    {
        var at = 0;
        Span<char> word = stackalloc char[14];
        for (var words = 0; words < 6; words++)
        {
            var length = 0;
            while (at + length < text.Length && (char.IsLetter(text[at + length]) || text[at + length] is '\'' or '’'))
            {
                length++;
            }

            if (length == 0 || length > 14)
            {
                return default;
            }

            var lower = word[..length];
            text.Slice(at, length).ToLowerInvariant(lower);
            var kind = KindOf(lower);
            var capital = char.IsUpper(text[at]) || char.GetUnicodeCategory(text[at]) == System.Globalization.UnicodeCategory.OtherLetter;
            if (kind != LabelKind.None)
            {
                var single = length == 1;
                if (single && (!capital || words > 0))
                {
                    return default;
                }

                if (!capital && words == 0)
                {
                    return default;
                }

                var end = at + length;
                if (kind is LabelKind.Answer && end + 4 < text.Length && text[end..].StartsWith(" key"))
                {
                    return default;
                }

                // "Solution:", "Answer and explanation:", "Solution to Exercise 3:", "Answer to question 4".
                var rest = text[end..];
                foreach (var tail in Tails)
                {
                    if (rest.StartsWith(tail, StringComparison.OrdinalIgnoreCase))
                    {
                        end += tail.Length;
                        break;
                    }
                }

                return (kind, end, single);
            }

            if (lower is not ("show" or "view" or "see" or "reveal" or "the" or "click" or "worked" or "model" or "sample" or "practice" or "review" or "toggle" or "correct" or "possible" or "suggested" or "example" or "check" or "our" or "my" or "full" or "basic"
                or "intermediate" or "advanced" or "code" or "detailed" or "complete" or "try" or "your" or "short" or "display" or "hide" or "expand" or "final" or "official" or "quick" or "exam" or "study" or "test" or "discussion" or "homework" or "interview" or "self" or "one" or "proposed" or "to" or "for" or "here"))
            {
                return default;
            }

            at += length;
            if (at >= text.Length || text[at] is not (' ' or '\u00a0' or '-' or '/'))
            {
                return default;
            }

            at++;
        }

        return default;
    }

    private static readonly string[] Tails = [" and explanation", " & explanation", " and discussion", " with explanation", " to exercise", " to problem", " to question", " to example", " for exercise", " for problem", " for question", " of exercise", " of problem", " statement", " explanation", " description"];

    /// <summary>What a word announces, in the languages of Europe and those of China and Japan; words that also begin sentences are left out.</summary>
    private static LabelKind KindOf(ReadOnlySpan<char> lower) => lower switch
    {
        "q" or "question" or "ques" or "qn" or "exercise" or "problem" or "quiz" or "checkpoint" or "challenge" or "puzzle" or "prompt" or "task" or "riddle"
            or "aufgabe" or "frage" or "übung" or "übungsaufgabe" or "exercice" or "problème" or "pregunta" or "ejercicio" or "problema" or "tarea" or "pergunta" or "questão" or "exercício" or "domanda" or "esercizio" or "quesito"
            or "vraag" or "opgave" or "oefening" or "uppgift" or "fråga" or "övning" or "spørgsmål" or "oppgave" or "spørsmål" or "kysymys" or "tehtävä" or "pytanie" or "zadanie" or "otázka" or "úloha" or "kérdés" or "feladat"
            or "întrebare" or "exercițiu" or "soru" or "alıştırma" or "вопрос" or "задача" or "упражнение" or "питання" or "ερώτηση" or "άσκηση" or "问题" or "問題" or "问" or "問" or "質問" => LabelKind.Question,
        "example" or "beispiel" or "exemple" or "ejemplo" or "exemplo" or "esempio" or "voorbeeld" or "exempel" or "eksempel" or "przykład" or "пример" or "örnek" => LabelKind.Example,
        "a" or "answer" or "answers" or "ans" or "solution" or "solutions" or "sol" or "soln" or "reply" or "response" or "lösung" or "antwort" or "réponse" or "corrigé" or "respuesta" or "solución" or "resposta" or "solução" or "resolução"
            or "risposta" or "soluzione" or "antwoord" or "oplossing" or "svar" or "lösning" or "løsning" or "vastaus" or "ratkaisu" or "odpowiedź" or "rozwiązanie" or "odpověď" or "řešení" or "válasz" or "megoldás" or "răspuns" or "soluție"
            or "cevap" or "yanıt" or "çözüm" or "ответ" or "решение" or "відповідь" or "απάντηση" or "λύση" or "答案" or "解答" or "答" or "回答" => LabelKind.Answer,
        "hint" or "hints" or "tip" or "hinweis" or "tipp" or "dica" or "pista" or "wskazówka" or "указание" => LabelKind.Hint,
        "proof" or "beweis" or "preuve" or "démonstration" or "demostración" or "dimostrazione" or "доказательство" => LabelKind.Proof,
        _ => LabelKind.None,
    };
}
