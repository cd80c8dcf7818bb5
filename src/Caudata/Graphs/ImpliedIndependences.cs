using System.Collections.Immutable;

namespace Caudata.Graphs;

/// <summary>An independence that a graph implies: x and y are independent given a set.</summary>
/// <param name="X">The number of one variable, the lower.</param>
/// <param name="Y">The number of the other.</param>
/// <param name="Given">A smallest-by-inclusion set that separates them, ascending.</param>
public sealed record Independence(int X, int Y, ImmutableArray<int> Given)
{
    /// <summary>Equal when the three parts are.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(Independence? other) => other is not null && X == other.X && Y == other.Y && Given.AsSpan().SequenceEqual(other.Given.AsSpan());

    /// <summary>A hash of the pair.</summary>
    public override int GetHashCode() => HashCode.Combine(X, Y, Given.Length);
}

/// <summary>Independences that a graph implies.</summary>
/// <param name="Statements">The statements, by pair.</param>
/// <param name="IsComplete">False when a limit ended the search before the last pair.</param>
public sealed record IndependenceList(ImmutableArray<Independence> Statements, bool IsComplete);

/// <summary>What a graph claims about data: for each pair of measured variables that can be separated, one smallest set that does.</summary>
/// <remarks>
/// <para>One statement a missing edge, as tests of a graph are usually listed; without latents and bidirected edges every pair without an edge has one [pearl2009]. Indicators count as measured; selection nodes are always
/// conditioned on and never tested. O(n + m) a pair [vanderzander2019], pairs in ascending order, up to a limit of statements and to one of work: <see cref="MostWork"/>.</para>
/// <para>Where a variable has missing values, its statements can only be tested where they are recoverable.</para>
/// </remarks>
public static class ImpliedIndependences
{
    /// <summary>Most variables and edges to look at, counted again for each pair: seconds, so that no graph takes hours.</summary>
    public const long MostWork = 1_000_000_000;

    /// <summary>The independences, by pair.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="limit">Most statements to give. Default 1,000.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static IndependenceList Of(CausalGraph graph, int limit = 1000, CancellationToken cancellationToken = default)
    {
        VariableSet selection = graph.OfKind(VariableKind.Selection);
        VariableSet measured = VariableSet.Where(graph.Count, v => graph.Variables[v].Kind is VariableKind.Observed or VariableKind.Indicator);
        int[] candidates = measured.ToArray();
        ImmutableArray<Independence>.Builder found = ImmutableArray.CreateBuilder<Independence>();
        long work = 0, pair = graph.Count + graph.DirectedCount + graph.BidirectedCount;
        foreach (int x in candidates)
        {
            foreach (int y in candidates)
            {
                if (y <= x || graph.AreAdjacent(x, y))
                {
                    continue;
                }

                work += pair;
                if (found.Count > limit || work > MostWork)
                {
                    return new IndependenceList([.. found.Take(limit)], false);
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (MinimalSeparator.Of(graph, x, y, measured, selection) is { } given)
                {
                    found.Add(new Independence(x, y, [.. given.ToArray()]));
                }
            }
        }

        return new IndependenceList([.. found.Take(limit)], found.Count <= limit);
    }
}
