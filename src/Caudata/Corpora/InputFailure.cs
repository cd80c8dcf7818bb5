namespace Caudata.Corpora;

/// <summary>A file cannot be read to its end; what was read before stays. Turned into a rejection by the reader, never shown to users as an exception.</summary>
internal sealed class InputFailure : Exception
{
    public InputFailure() : this("", "") { }

    public InputFailure(string message) : this("", message) { }

    public InputFailure(string message, Exception innerException) : base(message, innerException) => Reason = "";

    public InputFailure(string reason, string message) : base(message) => Reason = reason;

    /// <summary>One of the reasons of <see cref="ReadReasons"/>.</summary>
    public string Reason { get; }
}
