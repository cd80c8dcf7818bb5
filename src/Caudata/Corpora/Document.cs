namespace Caudata.Corpora;

/// <summary>One document of a corpus, or one passage of a long one: the unit that is read, paid for and extracted from.</summary>
/// <remarks>After normalising, <see cref="Text"/> is NFC without control characters, still in its markup; spans of pairs point into it.</remarks>
public sealed record Document
{
    /// <summary>Identifier, unique in the corpus. A passage has its document's identifier and <see cref="Offset"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Where it came from: a file name, a site, a book.</summary>
    public required string Source { get; init; }

    /// <summary>Title, or empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>Markup of <see cref="Text"/>.</summary>
    public required DocumentFormat Format { get; init; }

    /// <summary>The text in its markup.</summary>
    public required string Text { get; init; }

    /// <summary>A label for evaluation only (<c>--label-column</c>); no engine reads it. Null when there is none.</summary>
    public string? Label { get; init; }

    /// <summary>Where <see cref="Text"/> starts in the normalised document, in UTF-16 code units: 0 unless this is a later passage of a split document.</summary>
    public int Offset { get; init; }

    /// <summary>Number of the passage within its document, from 0.</summary>
    public int Passage { get; init; }
}
