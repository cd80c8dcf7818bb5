namespace Caudata.Records;

/// <summary>A run folder, a ledger or a file in it is not as it should be. The message says what was found, what was expected, where, and what to do.</summary>
/// <remarks>Caught by the command line, which shows the message alone and exits with 2.</remarks>
public sealed class RecordException : Exception
{
    /// <summary>An error without words; prefer the one with a message.</summary>
    public RecordException() { }

    /// <summary>An error with its message.</summary>
    /// <param name="message">Found, expected, where, what to do.</param>
    public RecordException(string message) : base(message) { }

    /// <summary>An error with its message and its cause.</summary>
    /// <param name="message">Found, expected, where, what to do.</param>
    /// <param name="innerException">What went wrong below.</param>
    public RecordException(string message, Exception innerException) : base(message, innerException) { }
}
