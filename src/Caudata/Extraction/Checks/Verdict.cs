using System.Collections.Immutable;

namespace Caudata.Extraction.Checks;

/// <summary>What one check says about one pair.</summary>
/// <param name="Check">Name of the check, one of <see cref="Checks.Check.Names"/>.</param>
/// <param name="Passed">Whether the pair passed.</param>
/// <param name="Reason">A word of the closed set <see cref="Checks.Check.Reasons"/>; <c>ok</c> when it passed.</param>
/// <param name="Detail">What was found, in plain words; may be empty when it passed.</param>
public sealed record Verdict(string Check, bool Passed, string Reason, string Detail);

/// <summary>The closed sets of checks and of reasons.</summary>
public static class Check
{
    /// <summary>Names of all checks, in the order of their verdicts.</summary>
    public static ImmutableArray<string> Names { get; } = ["refused", "length", "grounded", "complete", "language", "contaminated", "near-duplicate"];

    /// <summary>Every reason that a verdict can have.</summary>
    public static ImmutableArray<string> Reasons { get; } =
    [
        "ok",
        "refused", "void",
        "question-short", "question-long", "answer-short", "answer-long",
        "span-outside", "not-in-source",
        "needs-figure", "needs-table", "needs-exercise", "needs-part", "needs-context",
        "other-script", "other-language",
        "test-words", "test-whole", "test-similar",
        "duplicate", "near-duplicate",
    ];

    internal static Verdict Pass(string check, string detail = "") => new(check, true, "ok", detail);

    internal static Verdict Fail(string check, string reason, string detail) => new(check, false, reason, detail);

    /// <summary>A piece of text for a detail: one line, at most 80 characters.</summary>
    internal static string Quote(ReadOnlySpan<char> text)
    {
        string line = text.Length > 80 ? string.Concat(text[..79], "…") : text.ToString();
        return "\"" + line.ReplaceLineEndings(" ") + "\"";
    }
}
