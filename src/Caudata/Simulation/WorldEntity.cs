using System.Collections.Immutable;

namespace Caudata.Simulation;

/// <summary>An entity that indexes variables: users, items, tags. Its units are numbered from 0.</summary>
/// <param name="Name">Its name, in the singular: <c>user</c>.</param>
/// <param name="Size">Number of units, at least 1.</param>
/// <param name="Table">What is known of each unit; null for an entity that is only counted.</param>
public sealed record WorldEntity(string Name, int Size, WorldTable? Table);

/// <summary>Columns of numbers and relations that an entity brings along; not simulated.</summary>
/// <param name="Name">Where it came from: a file, or the name of a built-in table.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Columns of numbers by name, each shape [rows].</param>
/// <param name="Relations">Relations to units of other entities by name.</param>
public sealed record WorldTable(string Name, int Rows, ImmutableSortedDictionary<string, double[]> Columns, ImmutableSortedDictionary<string, WorldRelation> Relations)
{
    /// <summary>What people call the units, shape [rows]; empty when the table does not say.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>True where the world gives the entity a size of its own beside the table.</summary>
    internal bool IsSized { get; init; }
}

/// <summary>Which units of another entity belong to each unit: the tags of each item. In compressed sparse rows, in both directions.</summary>
public sealed class WorldRelation
{
    private readonly Lazy<(int[] Starts, int[] Members)> _reverse;

    /// <summary>A relation from its lists.</summary>
    /// <param name="to">Name of the other entity.</param>
    /// <param name="size">Number of units of the other entity.</param>
    /// <param name="lists">For each unit, the units of the other entity, in their order; each at most once.</param>
    /// <exception cref="WorldException">A list names a unit that is not there, or one twice.</exception>
    public WorldRelation(string to, int size, IReadOnlyList<int[]> lists)
    {
        To = to;
        Size = size;
        Starts = new int[lists.Count + 1];
        for (int i = 0; i < lists.Count; i++)
        {
            Starts[i + 1] = checked(Starts[i] + lists[i].Length);
        }

        Members = new int[Starts[^1]];
        for (int i = 0; i < lists.Count; i++)
        {
            foreach (int member in lists[i])
            {
                if (member < 0 || member >= size)
                {
                    throw new WorldException($"Row {i + 1} lists {to} {member}, but {to} has the units 0 to {size - 1}. Repair the list, or make {to} larger.");
                }
            }

            if (lists[i].Distinct().Count() < lists[i].Length)
            {
                throw new WorldException($"Row {i + 1} lists a {to} twice; expected each once. Remove the doubles.");
            }

            lists[i].CopyTo(Members, Starts[i]);
        }

        _reverse = new Lazy<(int[] Starts, int[] Members)>(Reverse);
    }

    /// <summary>Name of the other entity.</summary>
    public string To { get; }

    /// <summary>Number of units of the other entity.</summary>
    public int Size { get; }

    /// <summary>The units of the other entity that belong to a unit, in the order of the table.</summary>
    /// <param name="unit">The unit, from 0.</param>
    public ReadOnlySpan<int> this[int unit] => Members.AsSpan(Starts[unit]..Starts[unit + 1]);

    internal int[] Starts { get; }

    internal int[] Members { get; }

    internal int[] ReverseStarts => _reverse.Value.Starts;

    internal int[] ReverseMembers => _reverse.Value.Members;

    // Only when it is asked for: the other entity may be large, and the lists short.
    private (int[] Starts, int[] Members) Reverse()
    {
        int[] starts = new int[Size + 1], members = new int[Members.Length];
        foreach (int member in Members)
        {
            starts[member + 1]++;
        }

        for (int t = 0; t < Size; t++)
        {
            starts[t + 1] += starts[t];
        }

        int[] next = starts[..^1];
        for (int i = 0; i + 1 < Starts.Length; i++)
        {
            foreach (int member in this[i])
            {
                members[next[member]++] = i;
            }
        }

        return (starts, members);
    }
}
