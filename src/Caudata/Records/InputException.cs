namespace Caudata.Records;

/// <summary>The caller's input cannot be used as asked: a path that is not there, a column that no row has, a filter that is no SQL.</summary>
/// <remarks>The message is for users: what was found, what was expected, where, and what to do. Single bad rows never throw; they become a <see cref="Rejection"/>.</remarks>
public sealed class InputException : Exception
{
    /// <summary>An input error with a message for users.</summary>
    /// <param name="message">Found, expected, where, what to do.</param>
    public InputException(string message) : base(message) { }

    /// <summary>An input error with a message for users and its cause.</summary>
    /// <param name="message">Found, expected, where, what to do.</param>
    /// <param name="innerException">What failed below.</param>
    public InputException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>An input error without particulars.</summary>
    public InputException() { }
}
