using System.Collections.Immutable;

namespace Caudata.Simulation;

/// <summary>What to draw from a world, and how.</summary>
public sealed record SimulationOptions
{
    /// <summary>Seed of all noise. The same world and seed give the same numbers.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Most threads, 1 to 256. Default 1. The numbers do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Pairs that are computed and written together, about, 1 to 2³⁰. Default 65,536: 512 KiB a column. The numbers do not depend on it.</summary>
    public int BlockPairs { get; init; } = 65_536;

    /// <summary>Columns that are computed together, 8 to 65,536. Default 1,024: 8 KiB a register, a few of which fit the first-level cache. The numbers do not depend on it.</summary>
    public int Tile { get; init; } = 1_024;

    /// <summary>Interventions whose potential outcomes are drawn beside the factual world, each a set that holds at once, under its own name.</summary>
    public ImmutableArray<(string Name, ImmutableArray<Intervention> Interventions)> Interventions { get; init; } = [];

    /// <summary>All mistakes; empty when there is none.</summary>
    public IEnumerable<string> Validate()
    {
        if (Threads is < 1 or > 256)
        {
            yield return $"Threads is {Threads}; expected 1 to 256.";
        }

        if (BlockPairs is < 1 or > 1 << 30)
        {
            yield return $"BlockPairs is {BlockPairs}; expected 1 to {1 << 30}.";
        }

        if (Tile is < 8 or > 65_536)
        {
            yield return $"Tile is {Tile}; expected 8 to 65,536.";
        }

        foreach (string twice in Interventions.GroupBy(i => i.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            yield return $"Two interventions are called '{twice}'; expected different names.";
        }
    }
}
