using System.Collections.Immutable;

namespace Caudata.Corpora.World;

/// <summary>What is true of one document of a corpus world.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Site">Its source.</param>
/// <param name="Kind">What sort of document it is.</param>
/// <param name="Pairs">All pairs that it holds completely, in order of their questions.</param>
/// <param name="Traps">Places that look like a pair and are none.</param>
/// <param name="DuplicateOf">Index of the document that this one copies, or null.</param>
/// <param name="Exact">True when the copy has the same text; false for an edited copy and for originals.</param>
/// <param name="Injected">True when the document holds an order to the machine that reads it.</param>
public sealed record WorldTruth(string Subject, string Site, WorldKind Kind, ImmutableArray<WorldPair> Pairs, ImmutableArray<WorldTrap> Traps, int? DuplicateOf, bool Exact, bool Injected)
{
    /// <summary>Number of pairs with a relevance of at least 1/2 to a target.</summary>
    /// <param name="target">One of <see cref="CorpusWorld.Targets"/>.</param>
    public int RelevantPairs(string target)
    {
        int count = 0;
        foreach (WorldPair pair in Pairs)
        {
            count += pair.Relevance(target) >= 0.5 ? 1 : 0;
        }

        return count;
    }
}

/// <summary>A true pair of a question and its answer.</summary>
/// <param name="Question">The question as plain text and light Markdown; mathematics is LaTeX between dollar signs, code is fenced.</param>
/// <param name="Answer">The answer, likewise.</param>
/// <param name="Subject">Subject of the pair.</param>
/// <param name="Family">The construction that made it, for example <c>word-problems/shopping</c>.</param>
/// <param name="Result">The bare computed result, or null where there is none.</param>
/// <param name="Convention">How the document states the pair, in kebab case, for example <c>answer-key</c>; empty for pairs of a target.</param>
/// <param name="QuestionSpan">Where the question stands in the document's text, markup inside it included; empty for pairs of a target.</param>
/// <param name="AnswerSpan">Where the answer stands, likewise.</param>
public sealed record WorldPair(string Question, string Answer, string Subject, string Family, string? Result, string Convention, TextSpan QuestionSpan, TextSpan AnswerSpan)
{
    /// <summary>How relevant the pair is to a target, 0 to 1: 1 the same task, 1/2 and above useful, below that of the same field at best.</summary>
    /// <param name="target">One of <see cref="CorpusWorld.Targets"/>.</param>
    /// <exception cref="ArgumentException">There is no such target.</exception>
    public double Relevance(string target) => WorldRelevance.Of(this, target);
}

/// <summary>A place that looks like a pair and must not become one.</summary>
/// <param name="Reason"><c>no-answer</c>, <c>needs-figure</c> or <c>injection</c>.</param>
/// <param name="Text">The text of it.</param>
public sealed record WorldTrap(string Reason, string Text);

/// <summary>Sorts of documents.</summary>
public enum WorldKind
{
    /// <summary>Explanations with worked examples and exercises.</summary>
    Lesson,

    /// <summary>Mostly exercises.</summary>
    ExerciseSheet,

    /// <summary>Questions of visitors with answers.</summary>
    Faq,

    /// <summary>Terms and their meanings.</summary>
    Reference,

    /// <summary>A forum thread.</summary>
    Thread,

    /// <summary>Paragraphs, no pairs.</summary>
    Article,

    /// <summary>A short notice of something that happened, no pairs.</summary>
    News,

    /// <summary>Looks like the subject's exercises but asks nothing.</summary>
    Distractor,

    /// <summary>Very many pairs of little worth.</summary>
    VolumeTrap,

    /// <summary>Exercises without answers.</summary>
    Unanswered,

    /// <summary>Links and boilerplate only.</summary>
    Navigation,
}

/// <summary>The two parts of a target, drawn from separate streams.</summary>
public enum TargetPart
{
    /// <summary>Reference pairs that selection may look at.</summary>
    Reference,

    /// <summary>Held-out pairs for judging.</summary>
    Test,
}
