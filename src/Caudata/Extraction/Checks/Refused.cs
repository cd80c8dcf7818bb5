using System.Buffers;

namespace Caudata.Extraction.Checks;

/// <summary>Whether the answer refuses, or says that there is none.</summary>
public static class Refused
{
    /// <summary>Name of the check.</summary>
    public const string Name = "refused";

    private static readonly string[] Refusals =
    [
        "as an ai", "as a language model", "as a large language model",
        "i cannot help", "i can't help", "i cannot answer", "i can't answer", "i cannot provide", "i can't provide", "i cannot assist", "i can't assist", "i cannot fulfill", "i can't fulfill", "i cannot comply", "i'm sorry", "i am sorry", "i am unable", "i'm unable",
        "i do not have access", "i don't have access", "i must decline", "sorry, but i", "sorry, i", "my apologies, but",
    ];

    // What an answer that holds none consists of, once blanks, brackets and the closing stop are gone.
    private static readonly HashSet<string> Voids = new(StringComparer.OrdinalIgnoreCase)
    {
        "void", "none", "n/a", "na", "null", "nil", "tbd", "todo", "todo: answer", "no answer", "no answer given", "no answer provided", "not available", "not applicable", "not given", "unanswered",
        "no solution", "no solution given", "no solution provided", "answer not provided", "solution not provided", "answers may vary", "answers will vary", "answers vary", "responses will vary",
        "student answers will vary", "student answers may vary", "left to the reader", "left as an exercise", "left as an exercise for the reader", "see text", "see solution", "see answer", "see above", "see below",
        "...", "…", "-", "—", "?", "omitted", "coming soon", "solution omitted", "proof omitted", "empty",
    };

    private static readonly SearchValues<string> Anywhere = SearchValues.Create(
        ["as an ai language model", "as a large language model", "answers will vary", "answers may vary", "is left to the reader", "left as an exercise for the reader"], StringComparison.OrdinalIgnoreCase);

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> VoidLookup = Voids.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Judges one answer.</summary>
    /// <param name="answer">The answer.</param>
    public static Verdict Judge(ReadOnlySpan<char> answer)
    {
        // "none", "nil" and "no solution" may well be what was asked for in mathematics; only the bare placeholder forms in brackets or the rest of the list are void there.
        ReadOnlySpan<char> trimmed = answer.Trim();
        ReadOnlySpan<char> bare = trimmed.Trim(" \t\r\n()[]<>{}*_`\"'.!").Trim();
        if (bare.Length == 0)
        {
            return Check.Fail(Name, "void", trimmed.Length == 0 ? "The answer is empty." : $"The answer is {Check.Quote(trimmed)}.");
        }

        bool ambiguous = bare.Equals("none", StringComparison.OrdinalIgnoreCase) || bare.Equals("nil", StringComparison.OrdinalIgnoreCase) || bare.Equals("null", StringComparison.OrdinalIgnoreCase)
            || bare.Equals("no solution", StringComparison.OrdinalIgnoreCase) || bare.Equals("na", StringComparison.OrdinalIgnoreCase) || bare.Equals("empty", StringComparison.OrdinalIgnoreCase);
        if (VoidLookup.Contains(bare) && (!ambiguous || trimmed[0] is '[' or '<' or '('))
        {
            return Check.Fail(Name, "void", $"The answer is {Check.Quote(trimmed)}.");
        }

        foreach (string refusal in Refusals)
        {
            if (bare.StartsWith(refusal, StringComparison.OrdinalIgnoreCase) && (bare.Length == refusal.Length || !char.IsLetterOrDigit(bare[refusal.Length])))
            {
                return Check.Fail(Name, "refused", $"The answer starts with {Check.Quote(bare[..refusal.Length])}.");
            }
        }

        // Further in, only in a short answer: a long one may quote the phrase and still answer.
        if (bare.Length <= 200)
        {
            int at = bare.IndexOfAny(Anywhere);
            if (at >= 0)
            {
                return Check.Fail(Name, bare[at..].StartsWith("as a", StringComparison.OrdinalIgnoreCase) ? "refused" : "void", $"The answer says {Check.Quote(bare[at..])}.");
            }
        }

        return Check.Pass(Name);
    }
}
