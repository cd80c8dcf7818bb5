using System.Collections.Immutable;
using Caudata.Simulation;

namespace Caudata.Tests.Simulation;

/// <summary>Any table: nine rows with prices, the lists of each row, and names.</summary>
internal sealed class NamedTables : IWorldTables
{
    public int CountRows(string name) => 9;

    public WorldTable Open(string name, IReadOnlyDictionary<string, (string Entity, int Size)> lists) => new(name, 9, ImmutableSortedDictionary<string, double[]>.Empty.Add("price", [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        lists.ToImmutableSortedDictionary(l => l.Key, l => new WorldRelation(l.Value.Entity, l.Value.Size, [.. Enumerable.Range(0, 9).Select(i => Enumerable.Range(0, Math.Min(i % 4, l.Value.Size)).ToArray())])))
    {
        Names = [.. Enumerable.Range(0, 9).Select(i => i == 4 ? "" : $"{name} \"{i}\" 🦎")],
    };
}
