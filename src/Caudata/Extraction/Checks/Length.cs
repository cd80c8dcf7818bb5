namespace Caudata.Extraction.Checks;

/// <summary>Whether question and answer are neither too short nor too long, in words.</summary>
public static class Length
{
    /// <summary>Name of the check.</summary>
    public const string Name = "length";

    /// <summary>Judges by numbers of words.</summary>
    /// <param name="question">Words of the question.</param>
    /// <param name="answer">Words of the answer.</param>
    /// <param name="options">The bounds.</param>
    public static Verdict Judge(int question, int answer, CheckOptions options)
    {
        if (question < options.QuestionMinimum)
        {
            return Check.Fail(Name, "question-short", $"The question has {question} words; expected at least {options.QuestionMinimum}.");
        }

        if (question > options.QuestionMaximum)
        {
            return Check.Fail(Name, "question-long", $"The question has {question} words; expected at most {options.QuestionMaximum}.");
        }

        if (answer < options.AnswerMinimum)
        {
            return Check.Fail(Name, "answer-short", $"The answer has {answer} words; expected at least {options.AnswerMinimum}.");
        }

        return answer > options.AnswerMaximum
            ? Check.Fail(Name, "answer-long", $"The answer has {answer} words; expected at most {options.AnswerMaximum}.")
            : Check.Pass(Name);
    }
}
