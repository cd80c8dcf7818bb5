namespace Caudata.Records;

/// <summary>How far a step of a run is: what engines report while they work, and what the command line and the dashboard show.</summary>
/// <param name="Step">Name of the step, in plain words, for example <c>extract</c>.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all; null while that is not known.</param>
/// <param name="Detail">A few words more, for example money spent and pairs found; may be empty.</param>
public sealed record RunProgress(string Step, long Done, long? Total, string Detail = "");
