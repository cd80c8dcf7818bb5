using System.Collections.Immutable;
using System.Globalization;

namespace Caudata.Graphs;

/// <summary>Where something stands in a text.</summary>
/// <param name="Line">Line, 1-based; 0 when it did not come from a text.</param>
/// <param name="Column">Column in UTF-16 units, 1-based; 0 likewise.</param>
public readonly record struct TextPlace(int Line, int Column);

/// <summary>One mistake of a graph.</summary>
/// <param name="Message">Found, expected, what to do.</param>
/// <param name="Place">Where.</param>
public sealed record GraphMistake(string Message, TextPlace Place)
{
    /// <summary>The message with its place before it, where there is one.</summary>
    public override string ToString() => Place.Line == 0 ? Message : string.Create(CultureInfo.InvariantCulture, $"line {Place.Line}, column {Place.Column}: {Message}");
}

/// <summary>A graph, its text or a question to it is wrong. All mistakes are told at once.</summary>
public sealed class GraphException : Exception
{
    /// <summary>An error with its mistakes.</summary>
    /// <param name="mistakes">At least one, in the order of the text.</param>
    public GraphException(ImmutableArray<GraphMistake> mistakes) : base(string.Join('\n', mistakes)) => Mistakes = mistakes;

    /// <summary>An error with one mistake without a place.</summary>
    /// <param name="message">Found, expected, what to do.</param>
    public GraphException(string message) : this([new GraphMistake(message, default)]) { }

    /// <summary>An error with one mistake and its cause.</summary>
    /// <param name="message">Found, expected, what to do.</param>
    /// <param name="innerException">What failed below.</param>
    public GraphException(string message, Exception innerException) : base(message, innerException) => Mistakes = [new GraphMistake(message, default)];

    /// <summary>An error without words; prefer one with mistakes.</summary>
    public GraphException() => Mistakes = [];

    /// <summary>The mistakes, in the order of the text; at most <see cref="GraphLimits.Mistakes"/> and a last one that counts the rest.</summary>
    public ImmutableArray<GraphMistake> Mistakes { get; }
}
