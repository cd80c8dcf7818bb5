using Caudata.Numerics;

namespace Caudata.Transport;

/// <summary>How much mass goes from which source to which target: the entries above 0, sorted by row, then column.</summary>
/// <remarks>Immutable. An exact plan has at most n + m − 1 entries.</remarks>
public sealed class TransportPlan
{
    private readonly int[] _rows, _columns;
    private readonly double[] _mass;

    internal TransportPlan(int[] rows, int[] columns, double[] mass)
    {
        _rows = rows;
        _columns = columns;
        _mass = mass;
    }

    /// <summary>Number of entries.</summary>
    public int Count => _mass.Length;

    /// <summary>Source of every entry, ascending, shape [count].</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>Target of every entry, ascending within a row, shape [count].</summary>
    public ReadOnlySpan<int> Columns => _columns;

    /// <summary>Mass of every entry, each above 0, shape [count].</summary>
    public ReadOnlySpan<double> Mass => _mass;

    /// <summary>What the plan costs under <paramref name="cost"/>: Σ mass × cost.</summary>
    /// <param name="cost">Costs, of the shape that the plan was made for.</param>
    public double Cost(CostMatrix cost)
    {
        ArgumentNullException.ThrowIfNull(cost);
        double[] terms = new double[Count];
        for (int e = 0; e < Count; e++)
        {
            terms[e] = _mass[e] * cost[_rows[e], _columns[e]];
        }

        return CompensatedSum.Of(terms);
    }
}
