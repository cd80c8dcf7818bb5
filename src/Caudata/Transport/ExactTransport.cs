using System.Numerics.Tensors;
using Caudata.Numerics;

namespace Caudata.Transport;

/// <summary>The exact answer, with the proof that no plan is cheaper.</summary>
public sealed class ExactTransportSolution
{
    private readonly double[] _rowPotentials, _columnPotentials;

    internal ExactTransportSolution(TransportProblem problem, TransportPlan plan, double[] rowPotentials, double[] columnPotentials)
    {
        Problem = problem;
        Plan = plan;
        _rowPotentials = rowPotentials;
        _columnPotentials = columnPotentials;
        Value = plan.Cost(problem.Cost);
        double[] terms = new double[rowPotentials.Length + columnPotentials.Length];
        TensorPrimitives.Multiply(problem.RowWeights, rowPotentials, terms);
        TensorPrimitives.Multiply(problem.ColumnWeights, columnPotentials, terms.AsSpan(rowPotentials.Length));
        DualValue = CompensatedSum.Of(terms);
    }

    /// <summary>The question that was answered.</summary>
    public TransportProblem Problem { get; }

    /// <summary>Σ Pᵢⱼ Cᵢⱼ, the cheapest cost; in cost × mass.</summary>
    public double Value { get; }

    /// <summary>Σ a f + Σ b g: by duality no plan can cost less.</summary>
    public double DualValue { get; }

    /// <summary>The certificate: <see cref="Value"/> − <see cref="DualValue"/>. 0 up to rounding proves that the plan is optimal.</summary>
    public double DualityGap => Value - DualValue;

    /// <summary>Who sends how much to whom.</summary>
    public TransportPlan Plan { get; }

    /// <summary>f [n]: feasible dual potentials, fᵢ + gⱼ ≤ Cᵢⱼ, with equality (up to rounding) where mass moves.</summary>
    public ReadOnlySpan<double> RowPotentials => _rowPotentials;

    /// <summary>g [m].</summary>
    public ReadOnlySpan<double> ColumnPotentials => _columnPotentials;

    /// <summary>What solved it: shortest augmenting paths for equal weights and as many sources as targets, the network simplex otherwise.</summary>
    public required ExactTransportMethod Method { get; init; }

    /// <summary>Pivots of the simplex, or rows scanned by the assignment solver.</summary>
    public required long Steps { get; init; }
}

/// <summary>The algorithms of <see cref="ExactTransport"/>.</summary>
public enum ExactTransportMethod
{
    /// <summary>The network simplex where weights differ or the sides differ in number, else the assignment solver.</summary>
    Automatic,

    /// <summary>Network simplex; any weights.</summary>
    NetworkSimplex,

    /// <summary>Shortest augmenting paths after Jonker and Volgenant; equal weights and as many sources as targets (those without mass set aside).</summary>
    Assignment,
}

/// <summary>Exact optimal transport (earth mover's distance): the cheapest plan, its dual potentials, and a certificate.</summary>
/// <remarks>
/// <para>Equal weights and n = m: an assignment problem, solved by <see cref="ExactTransportMethod.Assignment"/> [jonker1987]. Else the network simplex [dantzig1951] [bonneel2011].
/// Both are exact in the sense of double precision; the answer's <see cref="ExactTransportSolution.DualityGap"/> is the check, made from all n m costs.</para>
/// <para>Worst case O(n³); in practice near n² log n: 2,048 × 2,048 takes a fraction of a second on one core. For larger sets use <see cref="Sinkhorn"/>.</para>
/// </remarks>
public static class ExactTransport
{
    /// <summary>Solves one problem.</summary>
    /// <param name="problem">The question.</param>
    /// <param name="method">The algorithm. Default: the faster one that applies.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="ArgumentException">The assignment solver was asked for, but weights or numbers of sources and targets differ.</exception>
    public static ExactTransportSolution Solve(TransportProblem problem, ExactTransportMethod method = ExactTransportMethod.Automatic, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Support support = Support.Of(problem);
        bool equal = support.Rows.Length == support.Columns.Length && AllEqual(support.RowMass) && AllEqual(support.ColumnMass);
        if (method == ExactTransportMethod.Assignment && !equal)
        {
            throw new ArgumentException($"The assignment solver needs as many sources as targets, all with the same weight; found {support.Rows.Length} sources and {support.Columns.Length} targets with mass. Use NetworkSimplex.", nameof(method));
        }

        if (method == ExactTransportMethod.Automatic)
        {
            method = equal ? ExactTransportMethod.Assignment : ExactTransportMethod.NetworkSimplex;
        }

        int n = support.Rows.Length, m = support.Columns.Length;
        double[] g = new double[m];
        List<(int Row, int Column, double Mass)> entries = new(n + m);
        long steps;
        if (method == ExactTransportMethod.Assignment)
        {
            int[] columnOf = new int[n];
            steps = Assignment.Solve(support.Cost, columnOf, g, cancellationToken);
            for (int i = 0; i < n; i++)
            {
                entries.Add((support.Rows[i], support.Columns[columnOf[i]], problem.RowWeights[support.Rows[i]]));
            }
        }
        else
        {
            steps = NetworkSimplex.Solve(support.Cost, support.RowMass, support.ColumnMass, g, entries, cancellationToken);
            for (int e = 0; e < entries.Count; e++)
            {
                (int row, int column, double mass) = entries[e];
                entries[e] = (support.Rows[row], support.Columns[column], mass * problem.TotalMass);
            }

            entries.Sort();
        }

        double[] f = new double[n], reduced = new double[m];
        for (int i = 0; i < n; i++)
        {
            TensorPrimitives.Subtract(support.Cost.Row(i), g, reduced);
            f[i] = TensorPrimitives.Min<double>(reduced);
        }

        (double[] rows, double[] columns) = support.Complete(problem, f, g);
        TransportPlan plan = new([.. entries.Select(e => e.Row)], [.. entries.Select(e => e.Column)], [.. entries.Select(e => e.Mass)]);
        return new ExactTransportSolution(problem, plan, rows, columns) { Method = method, Steps = steps };
    }

    private static bool AllEqual(double[] weights) => !weights.AsSpan().ContainsAnyExcept(weights[0]);
}
