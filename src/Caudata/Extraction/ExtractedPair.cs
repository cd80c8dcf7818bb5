using System.Collections.Immutable;
using Caudata.Corpora;
using Caudata.Extraction.Checks;

namespace Caudata.Extraction;

/// <summary>A pair that was paid for, with all that is known of it.</summary>
public sealed class ExtractedPair
{
    /// <summary>Index of its document, 0-based.</summary>
    public required int Document { get; init; }

    /// <summary>Place among the pairs of its document, 0-based.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The question.</summary>
    public required string Question { get; init; }

    /// <summary>The answer.</summary>
    public required string Answer { get; init; }

    /// <summary>Where the pair stands in the normalised document.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>The convention that stated it.</summary>
    public required string Pattern { get; init; }

    /// <summary>Vector of question and answer, shape [d], of length 1 (or all zeros).</summary>
    public required float[] Vector { get; init; }

    /// <summary>Features of the answer, packed as by <see cref="NgramFeatures.Of"/>.</summary>
    public required uint[] Features { get; init; }

    /// <summary>The checks it passed.</summary>
    public required ImmutableArray<Verdict> Checks { get; init; }

    /// <summary>Mean cosine to the references.</summary>
    public required double Similarity { get; init; }

    /// <summary>What is embedded.</summary>
    public static string TextOf(string question, string answer) => question + "\n" + answer;
}

/// <summary>What reading one document gave, after the checks.</summary>
/// <param name="Document">Index of the document.</param>
/// <param name="Id">Its identifier.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Label">Its label for evaluation, or null.</param>
/// <param name="Passage">Number of the passage within its document.</param>
/// <param name="Tokens">What it cost.</param>
/// <param name="Pairs">The pairs kept, in order of their place.</param>
public sealed record DocumentReading(int Document, string Id, string Source, string? Label, int Passage, int Tokens, ImmutableArray<ExtractedPair> Pairs)
{
    /// <summary>The document's identifier, with the number of the passage when it is a later one.</summary>
    public string Unit => Passage == 0 ? Id : $"{Id}#{Passage}";
}
