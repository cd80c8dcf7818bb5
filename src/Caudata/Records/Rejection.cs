namespace Caudata.Records;

/// <summary>Something that was dropped, and why. Every dropped row, document, call or pair becomes one; nothing vanishes.</summary>
/// <param name="Step">The step that dropped it: <c>read</c>, <c>normalise</c>, <c>deduplicate</c>, <c>extract</c>, <c>check</c>, <c>select</c>.</param>
/// <param name="Reason">A word of the step's closed set of reasons, in kebab case, for example <c>invalid-utf8</c> or <c>needs-figure</c>.</param>
/// <param name="Where">File, row, document identifier or span.</param>
/// <param name="Detail">What was found, in plain words, at most a few hundred characters.</param>
public sealed record Rejection(string Step, string Reason, string Where, string Detail);
