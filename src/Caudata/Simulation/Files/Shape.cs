using System.Collections.Immutable;
using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Files;

/// <summary>What may stand at a place of a world file: the reader takes the names of its keys from here, and the schema is a translation of it.</summary>
internal abstract record Shape
{
    private Shape() { }

    /// <summary>A text.</summary>
    public sealed record Text : Shape;

    /// <summary>A text, or a list of texts.</summary>
    public sealed record Texts : Shape;

    /// <summary>A number.</summary>
    public sealed record Number : Shape;

    /// <summary>A number of units of an entity.</summary>
    public sealed record Units : Shape;

    /// <summary>A number, or the name of a parameter.</summary>
    public sealed record Setting(NumberRange Range) : Shape;

    /// <summary>true or false.</summary>
    public sealed record Truth : Shape;

    /// <summary>One of some words.</summary>
    public sealed record Choice(ImmutableArray<string> Words) : Shape;

    /// <summary>An expression; where it is only a number, that lies in a range.</summary>
    public sealed record Formula(NumberRange Range) : Shape;

    /// <summary>A list of expressions.</summary>
    public sealed record Formulas(int Least, int Most) : Shape;

    /// <summary>What is aggregated over what: <c>likes over item.tags</c>.</summary>
    public sealed record Over : Shape;

    /// <summary>A mapping with keys that are known.</summary>
    /// <param name="Keys">The keys.</param>
    public sealed record Fields(ImmutableArray<WorldKey> Keys) : Shape
    {
        /// <summary>Keys of which exactly one stands there; empty for none such.</summary>
        public ImmutableArray<string> One { get; init; } = [];

        /// <summary>Keys that stand only beside another one.</summary>
        public ImmutableArray<(string Key, string Beside)> Beside { get; init; } = [];

        /// <summary>Names of the keys.</summary>
        public string[] Names => [.. Keys.Select(key => key.Name)];
    }

    /// <summary>A mapping whose keys are names that the file gives.</summary>
    /// <param name="IsLabel">True when a key may carry indices, as in <c>rating[user, item]</c>; false when it is a plain name.</param>
    /// <param name="Value">What stands behind each.</param>
    public sealed record Entries(bool IsLabel, Shape Value) : Shape
    {
        /// <summary>True when a key may be any text: the name of a column.</summary>
        public bool IsColumn { get; init; }
    }

    /// <summary>One of some shapes.</summary>
    public sealed record Either(ImmutableArray<Shape> Shapes) : Shape;
}

/// <summary>A key of a world file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">What stands behind it.</param>
/// <param name="About">What it is, for people.</param>
internal sealed record WorldKey(string Name, Shape Shape, string About)
{
    /// <summary>True when it must be there.</summary>
    public bool IsRequired { get; init; }
}
