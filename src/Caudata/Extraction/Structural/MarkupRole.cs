namespace Caudata.Extraction.Structural;

/// <summary>What an element holds, told by its name, <c>data-type</c>, class or LaTeX environment.</summary>
internal enum MarkupRole : byte
{
    None, Exercise, Statement, Solution, Answer, Hint, Example, Proof, Exercises, Glossary, Definition, Aside, Introduction, AcceptedAnswer,
}

/// <summary>The words by which books and sites name these elements.</summary>
internal static class MarkupRoles
{
    /// <summary>Longest name that is looked at.</summary>
    private const int Longest = 48;

    /// <summary>Role of the name of an element, environment or macro, alone or at the end of a compound (<c>os-exercise</c>, <c>dproblem</c>, <c>exsol</c>).</summary>
    public static MarkupRole OfName(ReadOnlySpan<char> name)
    {
        name = name.Trim().TrimEnd('*');
        if (name.Length is < 2 or > Longest)
        {
            return MarkupRole.None;
        }

        Span<char> letters = stackalloc char[name.Length];
        name.ToLowerInvariant(letters);
        ReadOnlySpan<char> lower = letters.EndsWith("-like") && letters.Length > 7 ? letters[..^5] : letters;
        var role = OfWord(lower);
        if (role != MarkupRole.None)
        {
            return role;
        }

        var cut = lower.LastIndexOfAny('-', '_');
        if (cut >= 0)
        {
            var last = OfWord(lower[(cut + 1)..]);
            if (last is MarkupRole.Exercise && lower.StartsWith("example"))
            {
                return MarkupRole.Example;
            }

            // ex-sol, exercise-answer, question-hint; but not answer-example.
            return last is MarkupRole.Introduction or MarkupRole.Aside or MarkupRole.Definition ? MarkupRole.None : last;
        }

        return Ends(lower, "problem") || Ends(lower, "exercise") || Ends(lower, "question") ? MarkupRole.Exercise
            : Ends(lower, "solution") || Ends(lower, "soln") || lower is "exsol" or "exsoln" or "probsol" or "exersol" ? MarkupRole.Solution
            : Ends(lower, "answer") || lower is "exans" or "probans" ? MarkupRole.Answer
            : Ends(lower, "hint") ? MarkupRole.Hint
            : Ends(lower, "example") ? MarkupRole.Example
            : MarkupRole.None;
    }

    private static bool Ends(ReadOnlySpan<char> word, ReadOnlySpan<char> suffix) => word.EndsWith(suffix) && word.Length <= suffix.Length + 10;

    private static MarkupRole OfWord(ReadOnlySpan<char> word) => word switch
    {
        "exercise" or "exer" or "exo" or "exc" or "problem" or "prob" or "pb" or "question" or "ques" or "qn" or "checkpoint" or "puzzle" or "drill" or "activity" or "exploration" or "investigation" => MarkupRole.Exercise,
        "statement" or "prompt" or "stem" => MarkupRole.Statement,
        "solution" or "solutions" or "sol" or "soln" or "worksolution" => MarkupRole.Solution,
        "answer" or "ans" or "response" => MarkupRole.Answer,
        "acceptedanswer" => MarkupRole.AcceptedAnswer,
        "hint" or "hints" or "commentary" => MarkupRole.Hint,
        "example" or "exmp" or "examp" or "eg" or "ex" => MarkupRole.Example,
        "proof" or "pf" => MarkupRole.Proof,
        "exercises" or "problems" or "questions" or "exercisegroup" or "problemset" or "exerciseset" or "faq" or "faqs" or "quiz" => MarkupRole.Exercises,
        "glossary" => MarkupRole.Glossary,
        "definition" or "defn" => MarkupRole.Definition,
        "aside" or "sidebar" or "remark" or "biographical" or "historical" => MarkupRole.Aside,
        "introduction" or "instructions" => MarkupRole.Introduction,
        _ => MarkupRole.None,
    };

    /// <summary>Whether a class or identifier names a part of a page that is no content: menus, share buttons, tables of contents.</summary>
    public static bool IsBoilerplate(ReadOnlySpan<char> word) => word switch
    {
        "nav" or "navbar" or "navigation" or "navbox" or "menu" or "footer" or "site-footer" or "page-footer" or "breadcrumb" or "breadcrumbs" or "toc" or "table-of-contents" or "pagination" or "pager"
            or "share" or "social" or "advert" or "advertisement" or "cookie-banner" or "skip-link" or "noprint" or "mw-editsection" or "editsection" or "reflist" or "catlinks" or "post-menu" or "vote"
            or "votecell" or "user-info" or "post-signature" or "comments" or "js-vote-count" or "vote-count" or "votes" or "score" or "post-meta" or "meta" or "byline" or "post-info" or "signature" or "permalink" or "metadata" or "headerlink"
            or "tags" or "tag-list" or "taglist" or "post-taglist" or "post-tag" or "newsletter" or "newsletter-signup" or "related" or "related-posts" or "related-articles" or "related-links" or "ad" or "ads" or "adsbygoogle" or "ad-container" => true,
        _ => false,
    };
}
