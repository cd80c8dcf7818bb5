using System.Numerics;

namespace Caudata.Graphs;

/// <summary>An immutable set of variables of one graph, one bit a variable.</summary>
/// <remarks>All operations take O(n / 64); sets of graphs of different size cannot be combined.</remarks>
public sealed class VariableSet : IEquatable<VariableSet>
{
    private readonly ulong[] _words;

    private VariableSet(ulong[] words, int capacity) => (_words, Capacity) = (words, capacity);

    /// <summary>Number of variables of the graph, n.</summary>
    public int Capacity { get; }

    /// <summary>Number of members.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (ulong word in _words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>True when nobody is in it.</summary>
    public bool IsEmpty => _words.AsSpan().IndexOfAnyExcept(0UL) < 0;

    /// <summary>A set of the given members.</summary>
    /// <param name="capacity">Number of variables of the graph.</param>
    /// <param name="members">Numbers in [0, capacity); a repeated one counts once.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside.</exception>
    public static VariableSet Of(int capacity, params ReadOnlySpan<int> members)
    {
        ulong[] words = new ulong[(capacity + 63) >> 6];
        foreach (int member in members)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(member);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(member, capacity);
            words[member >> 6] |= 1UL << member;
        }

        return new VariableSet(words, capacity);
    }

    internal static VariableSet Where(int capacity, Func<int, bool> isMember)
    {
        ulong[] words = new ulong[(capacity + 63) >> 6];
        for (int v = 0; v < capacity; v++)
        {
            words[v >> 6] |= isMember(v) ? 1UL << v : 0;
        }

        return new VariableSet(words, capacity);
    }

    internal static VariableSet Of(ReadOnlySpan<bool> marks)
    {
        ulong[] words = new ulong[(marks.Length + 63) >> 6];
        for (int v = 0; v < marks.Length; v++)
        {
            words[v >> 6] |= marks[v] ? 1UL << v : 0;
        }

        return new VariableSet(words, marks.Length);
    }

    /// <summary>True when the variable is in it.</summary>
    /// <param name="variable">Its number; outside of the graph gives false.</param>
    public bool Contains(int variable) => (uint)variable < (uint)Capacity && (_words[variable >> 6] >> variable & 1) != 0;

    /// <summary>Members of either set.</summary>
    /// <param name="other">The other set.</param>
    public VariableSet Union(VariableSet other) => Combine(other, static (a, b) => a | b);

    /// <summary>Members of both sets.</summary>
    /// <param name="other">The other set.</param>
    public VariableSet Intersect(VariableSet other) => Combine(other, static (a, b) => a & b);

    /// <summary>Members of this set that are not in the other.</summary>
    /// <param name="other">The other set.</param>
    public VariableSet Except(VariableSet other) => Combine(other, static (a, b) => a & ~b);

    /// <summary>True when every member is in the other set.</summary>
    /// <param name="other">The other set.</param>
    public bool IsSubsetOf(VariableSet other) => Except(other).IsEmpty;

    /// <summary>The members, ascending.</summary>
    public int[] ToArray()
    {
        int[] members = new int[Count];
        int next = 0;
        for (int w = 0; w < _words.Length; w++)
        {
            for (ulong rest = _words[w]; rest != 0; rest &= rest - 1)
            {
                members[next++] = (w << 6) + BitOperations.TrailingZeroCount(rest);
            }
        }

        return members;
    }

    /// <summary>Equal when graph size and members are.</summary>
    /// <param name="other">The other set.</param>
    public bool Equals(VariableSet? other) => other is not null && Capacity == other.Capacity && _words.AsSpan().SequenceEqual(other._words);

    /// <summary>Equal when it is such a set.</summary>
    /// <param name="obj">Anything.</param>
    public override bool Equals(object? obj) => Equals(obj as VariableSet);

    /// <summary>A hash of the members.</summary>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (ulong word in _words)
        {
            hash.Add(word);
        }

        return hash.ToHashCode();
    }

    private VariableSet Combine(VariableSet other, Func<ulong, ulong, ulong> each)
    {
        if (Capacity != other.Capacity)
        {
            throw new ArgumentException($"One set is of a graph of {Capacity} variables, the other of {other.Capacity}; expected sets of one graph. Make both from the same graph.", nameof(other));
        }

        ulong[] words = new ulong[_words.Length];
        for (int w = 0; w < words.Length; w++)
        {
            words[w] = each(_words[w], other._words[w]);
        }

        return new VariableSet(words, Capacity);
    }
}
