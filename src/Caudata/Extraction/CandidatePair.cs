using Caudata.Corpora;

namespace Caudata.Extraction;

/// <summary>A question with its answer as a pair extractor found it, before the checks.</summary>
/// <param name="Question">The question in plain text or light Markdown; mathematics stays LaTeX.</param>
/// <param name="Answer">The answer, likewise.</param>
/// <param name="QuestionSpan">Where the question stands in the text given to the extractor (markup included).</param>
/// <param name="AnswerSpan">Where the answer stands in it.</param>
/// <param name="Pattern">Which convention stated the pair, in kebab case, for example <c>exercise-solution</c>, <c>question-heading</c>, <c>definition-list</c>.</param>
public sealed record CandidatePair(string Question, string Answer, TextSpan QuestionSpan, TextSpan AnswerSpan, string Pattern)
{
    /// <summary>The smallest span that holds question and answer.</summary>
    public TextSpan Span => new(Math.Min(QuestionSpan.Start, AnswerSpan.Start), Math.Max(QuestionSpan.End, AnswerSpan.End));
}
