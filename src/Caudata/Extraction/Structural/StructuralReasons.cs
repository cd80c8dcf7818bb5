using System.Collections.Immutable;

namespace Caudata.Extraction.Structural;

/// <summary>Why the structural extractor did not keep a pair that it saw: the closed set of reasons.</summary>
public static class StructuralReasons
{
    /// <summary>A question or exercise to which the document gives no answer.</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>Question or answer cannot be understood without a picture, which text does not hold.</summary>
    public const string NeedsFigure = "needs-figure";

    /// <summary>Question or answer leans on text elsewhere: another exercise, a table or a numbered equation that is not part of the pair, a film, a missing instruction.</summary>
    public const string NeedsContext = "needs-context";

    /// <summary>The question has too few words to be one.</summary>
    public const string QuestionTooShort = "question-too-short";

    /// <summary>The question is longer than any question is.</summary>
    public const string QuestionTooLong = "question-too-long";

    /// <summary>The answer has no words.</summary>
    public const string AnswerEmpty = "answer-empty";

    /// <summary>The text under a question heading is a chapter rather than an answer.</summary>
    public const string AnswerTooLong = "answer-too-long";

    /// <summary>The answer says that answers vary, or only points elsewhere.</summary>
    public const string AnswerOpen = "answer-open";

    /// <summary>Question and answer say the same.</summary>
    public const string SameText = "same-text";

    /// <summary>The answer names an option that the question does not have.</summary>
    public const string OptionMissing = "option-missing";

    /// <summary>All reasons, in ordinal order.</summary>
    public static ImmutableArray<string> All { get; } = [AnswerEmpty, AnswerOpen, AnswerTooLong, NeedsContext, NeedsFigure, NoAnswer, OptionMissing, QuestionTooLong, QuestionTooShort, SameText];
}
