namespace Caudata.Extraction;

/// <summary>How far a run is.</summary>
/// <param name="Step">What is being done: <c>read</c>, <c>embed</c>, <c>cluster</c>, <c>extract</c>, <c>select</c>, <c>write</c>, <c>compare</c>.</param>
/// <param name="Done">How much of it: documents, or tokens spent while extracting.</param>
/// <param name="Of">Of how much; 0 when that is not known.</param>
/// <param name="Detail">A few words for people; null when there is nothing to say.</param>
public sealed record ExtractionProgress(string Step, long Done, long Of, string? Detail);
