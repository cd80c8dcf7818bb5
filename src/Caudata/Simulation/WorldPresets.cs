using System.Collections.Immutable;
using System.Reflection;
using Caudata.Simulation.Ctar;

namespace Caudata.Simulation;

/// <summary>The worlds that come with the program, each a readable file in the format of <see cref="World.Parse"/>.</summary>
public static class WorldPresets
{
    private const string Prefix = "Caudata.Simulation.Presets.";

    /// <summary>Names of the presets, in alphabetic order.</summary>
    public static ImmutableArray<string> Names { get; } =
        [.. typeof(WorldPresets).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..^".yaml".Length]).Order(StringComparer.Ordinal)];

    /// <summary>True for the presets that start from CTAR's seed tables and are written in its files: <c>ctar</c> and its variants.</summary>
    /// <param name="name">Name of a preset.</param>
    public static bool IsCtar(string name) => name == "ctar" || name.StartsWith("ctar-", StringComparison.Ordinal);

    /// <summary>What to say of a name that is no preset: the names there are, and the nearest.</summary>
    /// <param name="name">The name.</param>
    public static string Unknown(string name) => $"'{name}' is no preset; {Expressions.Nearest.Suggest(name, Names)}";

    /// <summary>The file of a preset.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static string Text(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Prefix}{name}.yaml")
            ?? throw new ArgumentException(Unknown(name), nameof(name));
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The world of a preset that needs no tables, or those of <paramref name="tables"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tables">Tables; null for the preset's built-in ones.</param>
    /// <param name="settings">Values for parameters and sizes for entities by name; null for those of the file.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    /// <exception cref="WorldException">A setting is wrong.</exception>
    public static World Open(string name, IWorldTables? tables = null, IReadOnlyDictionary<string, double>? settings = null) =>
        World.Parse(Text(name), tables ?? new CtarTables(SeedTables.BuiltIn()), settings);
}
