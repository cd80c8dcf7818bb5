using Caudata.Numerics;

namespace Caudata.Transport;

/// <summary>The question: what is the cheapest way to move the mass of the sources onto the targets?</summary>
/// <remarks>
/// <para>min over P ≥ 0 of Σᵢⱼ Pᵢⱼ Cᵢⱼ with row sums a and column sums b. The total mass need not be 1, but both sides must carry the same.</para>
/// <para>Immutable. Answered by <see cref="ExactTransport"/>, <see cref="Sinkhorn"/> and <see cref="Ipot"/>.</para>
/// </remarks>
public sealed class TransportProblem
{
    /// <summary>Largest relative difference of the two totals: sums of a million rounded weights stay well below it.</summary>
    private const double TotalTolerance = 1e-9;

    private readonly double[] _rowWeights, _columnWeights;

    /// <summary>A problem with equal weights: 1/n on every source, 1/m on every target.</summary>
    /// <param name="cost">Costs, shape [n, m].</param>
    public TransportProblem(CostMatrix cost) : this(cost, default, default) { }

    /// <summary>A problem with given weights.</summary>
    /// <param name="cost">Costs, shape [n, m].</param>
    /// <param name="rowWeights">Mass of every source, shape [n], each at least 0; empty for 1/n each.</param>
    /// <param name="columnWeights">Mass of every target, shape [m], each at least 0; empty for 1/m each.</param>
    /// <exception cref="ArgumentException">A length is wrong, a weight is negative, NaN or infinite, all weights are 0, or the totals differ. All mistakes are told at once.</exception>
    public TransportProblem(CostMatrix cost, ReadOnlySpan<double> rowWeights, ReadOnlySpan<double> columnWeights)
    {
        ArgumentNullException.ThrowIfNull(cost);
        Cost = cost;
        List<string> mistakes = [];
        _rowWeights = Weights(rowWeights, cost.Rows, nameof(rowWeights), "rows", mistakes);
        _columnWeights = Weights(columnWeights, cost.Columns, nameof(columnWeights), "columns", mistakes);
        double rowTotal = CompensatedSum.Of(_rowWeights), columnTotal = CompensatedSum.Of(_columnWeights);
        if (mistakes.Count == 0 && Math.Abs(rowTotal - columnTotal) > TotalTolerance * Math.Max(rowTotal, columnTotal))
        {
            mistakes.Add($"rowWeights sum to {rowTotal:R} and columnWeights to {columnTotal:R}; balanced transport needs equal totals. Divide each side by its own sum.");
        }

        if (mistakes.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, mistakes));
        }

        TotalMass = rowTotal;
    }

    /// <summary>Costs, shape [n, m].</summary>
    public CostMatrix Cost { get; }

    /// <summary>Mass of every source, shape [n].</summary>
    public ReadOnlySpan<double> RowWeights => _rowWeights;

    /// <summary>Mass of every target, shape [m]; sums to <see cref="TotalMass"/> up to rounding.</summary>
    public ReadOnlySpan<double> ColumnWeights => _columnWeights;

    /// <summary>The mass that is moved: the sum of <see cref="RowWeights"/>.</summary>
    public double TotalMass { get; }

    private static double[] Weights(ReadOnlySpan<double> given, int count, string name, string side, List<string> mistakes)
    {
        double[] weights = given.ToArray();
        if (given.IsEmpty)
        {
            weights = new double[count];
            Array.Fill(weights, 1.0 / count);
        }
        else if (given.Length != count)
        {
            mistakes.Add($"{name} holds {given.Length} weights; the cost has {count} {side}. Give one weight each, or none for equal weights.");
            return weights;
        }

        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && double.IsFinite(weights[i])))
            {
                mistakes.Add($"{name}[{i}] is {weights[i]}; every weight must be a finite number of at least 0.");
                return weights;
            }
        }

        double total = CompensatedSum.Of(weights);
        if (!(total > 0 && double.IsFinite(total)))
        {
            mistakes.Add($"{name} sum to {total}; at least one weight must be positive and the sum finite.");
        }

        return weights;
    }
}
