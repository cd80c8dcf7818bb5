namespace Caudata.Extraction.Checks;

/// <summary>Thresholds of the checks on pairs.</summary>
public sealed record CheckOptions
{
    /// <summary>Least share of the answer's words that must stand, in order, in the source span. Range 0–1. Default 0.7: markup may split or spell words otherwise, an invented answer shares a third or less.</summary>
    public double Grounding { get; init; } = 0.7;

    /// <summary>Fewest words of a question. Range 0–1,000. Default 2.</summary>
    public int QuestionMinimum { get; init; } = 2;

    /// <summary>Most words of a question. Range 1–1,000,000. Default 1,000.</summary>
    public int QuestionMaximum { get; init; } = 1000;

    /// <summary>Fewest words of an answer. Range 0–1,000. Default 1: a number is an answer.</summary>
    public int AnswerMinimum { get; init; } = 1;

    /// <summary>Most words of an answer. Range 1–1,000,000. Default 2,000.</summary>
    public int AnswerMaximum { get; init; } = 2000;

    /// <summary>Least Jaccard similarity of word 3-grams at which two pairs are near-duplicates. Range 0.5–1. Default 0.8, as in [lee2022].</summary>
    public double NearDuplicate { get; init; } = 0.8;

    /// <summary>Length in words of an n-gram that may not be shared with a test item. Range 5–50. Default 13, as in [brown2020], appendix C.</summary>
    public int ContaminationWords { get; init; } = 13;

    /// <summary>Shortest test item, in words, that is looked for as a whole inside pairs; shorter ones only match a pair's whole question. Range 1–<see cref="ContaminationWords"/>. Default 6.</summary>
    public int ShortestWhole { get; init; } = 6;

    /// <summary>N-grams found in more test items than this are set phrases and do not count. Range 1–1,000,000. Default 10, as in [brown2020].</summary>
    public int CommonNgram { get; init; } = 10;

    /// <summary>Cosine with a test item's vector from which a pair is contaminated; above 1 it is off. Range 0–1.1. Default 0.95.</summary>
    public double ContaminationCosine { get; init; } = 0.95;

    /// <summary>All mistakes in the options, in plain words; empty when there are none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var mistakes = new List<string>();
        Range(Grounding, 0, 1, nameof(Grounding));
        Range(QuestionMinimum, 0, 1000, nameof(QuestionMinimum));
        Range(QuestionMaximum, Math.Max(1, QuestionMinimum), 1_000_000, nameof(QuestionMaximum));
        Range(AnswerMinimum, 0, 1000, nameof(AnswerMinimum));
        Range(AnswerMaximum, Math.Max(1, AnswerMinimum), 1_000_000, nameof(AnswerMaximum));
        Range(NearDuplicate, 0.5, 1, nameof(NearDuplicate));
        Range(ContaminationWords, 5, 50, nameof(ContaminationWords));
        Range(ShortestWhole, 1, ContaminationWords, nameof(ShortestWhole));
        Range(CommonNgram, 1, 1_000_000, nameof(CommonNgram));
        Range(ContaminationCosine, 0, 1.1, nameof(ContaminationCosine));
        return mistakes;

        void Range(double value, double low, double high, string name)
        {
            if (!(value >= low && value <= high))
            {
                mistakes.Add($"{name} is {value}; expected {low} to {high}.");
            }
        }
    }
}
