using System.Collections.Immutable;
using System.Globalization;

namespace Caudata.Simulation;

/// <summary>A place in a world file.</summary>
/// <param name="Line">Line, 1-based; 0 when what stands there did not come from a file.</param>
/// <param name="Column">Column, 1-based; 0 likewise.</param>
public readonly record struct WorldPlace(int Line, int Column)
{
    /// <summary>What stands there, for a world that is built in C# and has no lines: <c>variable rating</c>; null in a file.</summary>
    public string? Name { get; init; }

    /// <summary>The place a number of characters further on the same line; nowhere stays nowhere.</summary>
    internal WorldPlace After(int characters) => Line == 0 ? this : this with { Column = Column + characters };
}

/// <summary>One mistake of a world.</summary>
/// <param name="Message">Found, expected, what to do.</param>
/// <param name="Place">Where.</param>
public sealed record WorldMistake(string Message, WorldPlace Place)
{
    /// <summary>The message, behind its place where there is one.</summary>
    public override string ToString() => Place.Line == 0 ? Place.Name is null ? Message : $"{Place.Name}: {Message}" : string.Create(CultureInfo.InvariantCulture, $"line {Place.Line}, column {Place.Column}: {Message}");
}

/// <summary>A world cannot be as it was declared. All its mistakes are told at once.</summary>
public sealed class WorldException : Exception
{
    /// <summary>An error with its mistakes.</summary>
    /// <param name="mistakes">At least one, in the order of the file.</param>
    public WorldException(ImmutableArray<WorldMistake> mistakes) : base(string.Join('\n', mistakes)) => Mistakes = mistakes;

    /// <summary>An error with one mistake without a place.</summary>
    /// <param name="message">Found, expected, what to do.</param>
    public WorldException(string message) : this([new WorldMistake(message, default)]) { }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">Found, expected, what to do.</param>
    /// <param name="innerException">What failed below.</param>
    public WorldException(string message, Exception innerException) : base(message, innerException) => Mistakes = [new WorldMistake(message, default)];

    /// <summary>An error without words; prefer one with mistakes.</summary>
    public WorldException() => Mistakes = [];

    /// <summary>The mistakes in the order of the file; at most <see cref="WorldLimits.Mistakes"/>, and then one that counts the rest.</summary>
    public ImmutableArray<WorldMistake> Mistakes { get; }
}

/// <summary>Collects mistakes in the order in which they were met. When there are many the search ends: nobody reads on, and a file must not be able to make the list itself long.</summary>
internal sealed class MistakeList
{
    private const int Most = 3 * WorldLimits.Mistakes, LongestMessage = 1_500, Head = 1_000, Tail = 400;

    private readonly List<WorldMistake> _items = [];
    private readonly HashSet<WorldMistake> _known = [];

    public int Count => _items.Count;

    /// <summary>What the mistakes say, without their places.</summary>
    public IEnumerable<string> Messages => _items.Select(mistake => mistake.Message);

    /// <summary>Adds a mistake, if it is new; throws all when there are too many to go on.</summary>
    public void Add(string message, WorldPlace place)
    {
        WorldMistake mistake = new(message.Length <= LongestMessage ? message : $"{message[..Head]} ... {message[^Tail..]}", place);
        if (_known.Add(mistake))
        {
            _items.Add(mistake);
            if (_items.Count >= Most)
            {
                ThrowIfAny();
            }
        }
    }

    /// <summary>Throws when there is any: in the order of the file, the first <see cref="WorldLimits.Mistakes"/> of them.</summary>
    public void ThrowIfAny()
    {
        if (_items.Count > 0)
        {
            WorldMistake[] sorted = [.. _items.OrderBy(mistake => (mistake.Place.Line, mistake.Place.Column))];
            int more = sorted.Length - WorldLimits.Mistakes;
            throw new WorldException([.. sorted.Take(WorldLimits.Mistakes), .. more > 0 ? [new WorldMistake($"and {(sorted.Length >= Most ? "at least " : "")}{more} mistakes more.", default)] : Array.Empty<WorldMistake>()]);
        }
    }
}
