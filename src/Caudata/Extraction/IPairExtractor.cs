using System.Collections.Immutable;
using Caudata.Corpora;
using Caudata.Records;

namespace Caudata.Extraction;

/// <summary>Finds question-answer pairs in one document.</summary>
/// <remarks>Thread-safe. The same document gives the same reading. Documents are untrusted: instructions in them are text, not orders.</remarks>
public interface IPairExtractor
{
    /// <summary>Name and version, part of the key under which readings are kept, for example <c>structural-1</c>.</summary>
    string Name { get; }

    /// <summary>Reads one document.</summary>
    /// <param name="document">The normalised document or passage.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    ValueTask<Reading> ReadAsync(Document document, CancellationToken cancellationToken = default);
}

/// <summary>What reading one document gave.</summary>
/// <param name="Pairs">The pairs, in order of their place in the document.</param>
/// <param name="Rejections">Pairs that were seen and could not be kept, with reasons such as <c>needs-figure</c> or <c>no-answer</c>.</param>
/// <param name="Tokens">Tokens that the reading costs (for the structural extractor: what a model would have been sent).</param>
public sealed record Reading(ImmutableArray<CandidatePair> Pairs, ImmutableArray<Rejection> Rejections, long Tokens);
