namespace Caudata.Corpora.World;

/// <summary>A source: all its documents share markup, habits and boilerplate, and it is about few subjects.</summary>
internal sealed record Site
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required DocumentFormat Format { get; init; }

    /// <summary>PreTeXt instead of CNXML, when the format is XML.</summary>
    public bool PreTeXt { get; init; }

    /// <summary>Look of the pages, 0 to 5.</summary>
    public required int Look { get; init; }

    /// <summary>The usual convention for exercises.</summary>
    public required Convention Exercises { get; init; }

    /// <summary>The usual convention for questions.</summary>
    public required Convention Questions { get; init; }

    /// <summary>How answers are reasoned: 0 prose, 1 numbered steps, 2 lines of equations, 3 "Step 1", 4 short.</summary>
    public required int Reasoning { get; init; }

    /// <summary>Share of its exercises without an answer, 0 to 1.</summary>
    public required double Unanswered { get; init; }

    /// <summary>What an exercise is called.</summary>
    public required string Noun { get; init; }

    /// <summary>What an answer is called.</summary>
    public required string AnswerNoun { get; init; }

    public required string[] Navigation { get; init; }

    public required string[] Footer { get; init; }
}
