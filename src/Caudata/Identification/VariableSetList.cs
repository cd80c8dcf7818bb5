using System.Collections.Immutable;
using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>Sets of variables that a search found.</summary>
/// <param name="Sets">The sets.</param>
/// <param name="IsComplete">False when a limit of number or of work ended the search, so that there may be more.</param>
public sealed record VariableSetList(ImmutableArray<VariableSet> Sets, bool IsComplete)
{
    /// <summary>No sets, and there are none.</summary>
    public static VariableSetList None { get; } = new([], true);

    /// <summary>The sets by name: each sorted, then the sets by their names, ordinally.</summary>
    /// <param name="graph">The graph of the sets.</param>
    public ImmutableArray<ImmutableArray<string>> Names(CausalGraph graph)
    {
        List<ImmutableArray<string>> names = [.. Sets.Select(set => set.ToArray().Select(v => graph.Variables[v].Name).Order(StringComparer.Ordinal).ToImmutableArray())];
        names.Sort(static (a, b) =>
        {
            for (int k = 0; k < Math.Min(a.Length, b.Length); k++)
            {
                if (string.CompareOrdinal(a[k], b[k]) is not 0 and int order)
                {
                    return order;
                }
            }

            return a.Length - b.Length;
        });
        return [.. names];
    }

    /// <summary>Takes sets from a sequence up to a number.</summary>
    internal static VariableSetList Take(IEnumerable<VariableSet> sets, int most, Func<bool> ranOut)
    {
        ImmutableArray<VariableSet>.Builder found = ImmutableArray.CreateBuilder<VariableSet>();
        foreach (VariableSet set in sets)
        {
            if (found.Count == most)
            {
                return new VariableSetList(found.ToImmutable(), false);
            }

            found.Add(set);
        }

        return new VariableSetList(found.ToImmutable(), !ranOut());
    }
}
