using System.Numerics.Tensors;
using Caudata.Numerics;

namespace Caudata.Transport;

/// <summary>What Sinkhorn's iteration found, how far it got, and what that says about exact transport.</summary>
/// <remarks>Immutable. Potentials of rows or columns without mass are 0-entropy extensions: minᵢ(Cᵢⱼ − fᵢ).</remarks>
public sealed class SinkhornSolution
{
    private readonly double[] _rowPotentials, _columnPotentials;

    internal SinkhornSolution(TransportProblem problem, SinkhornOptions options, double[] rowPotentials, double[] columnPotentials)
    {
        Problem = problem;
        Options = options;
        _rowPotentials = rowPotentials;
        _columnPotentials = columnPotentials;
    }

    /// <summary>The question that was answered.</summary>
    public TransportProblem Problem { get; }

    /// <summary>The options that it was answered with.</summary>
    public SinkhornOptions Options { get; }

    /// <summary>Σᵢⱼ Pᵢⱼ Cᵢⱼ of the smoothed plan, without the entropy term; in cost × mass.</summary>
    public required double Value { get; init; }

    /// <summary>Σⱼ |column sum of the plan − weight| as a share of the total mass; the rows fit exactly (up to single precision).</summary>
    public required double MarginalError { get; init; }

    /// <summary>Alternating steps at the final ε.</summary>
    public required int Iterations { get; init; }

    /// <summary>Alternating steps at larger ε before.</summary>
    public required int ScalingIterations { get; init; }

    /// <summary>How often scalings were absorbed into potentials and the kernel made anew (1 = never needed).</summary>
    public required int KernelBuilds { get; init; }

    /// <summary>Half-steps that had to be taken in the log domain.</summary>
    public required int LogSteps { get; init; }

    /// <summary>True where <see cref="MarginalError"/> is at most the tolerance (never with tolerance 0).</summary>
    public required bool Converged { get; init; }

    /// <summary>f [n], in units of the cost: Pᵢⱼ = aᵢ bⱼ / mass · exp((fᵢ + gⱼ − Cᵢⱼ) / ε).</summary>
    public ReadOnlySpan<double> RowPotentials => _rowPotentials;

    /// <summary>g [m], in units of the cost.</summary>
    public ReadOnlySpan<double> ColumnPotentials => _columnPotentials;

    /// <summary>One row of the smoothed plan.</summary>
    /// <param name="row">Source, in [0, n).</param>
    /// <param name="mass">Receives the mass that goes to every target, shape [m].</param>
    /// <exception cref="ArgumentException">The span is not as long as the problem has columns.</exception>
    public void PlanRow(int row, Span<double> mass)
    {
        ReadOnlySpan<double> cost = Problem.Cost.Row(row), weights = Problem.ColumnWeights;
        if (mass.Length != cost.Length)
        {
            throw new ArgumentException($"mass holds {mass.Length} numbers; the problem has {cost.Length} columns.", nameof(mass));
        }

        double weight = Problem.RowWeights[row] / Problem.TotalMass;
        for (int j = 0; j < mass.Length; j++)
        {
            mass[j] = weight * weights[j] == 0 ? 0 : weight * weights[j] * Math.Exp((_rowPotentials[row] + _columnPotentials[j] - cost[j]) / Options.Regularisation);
        }
    }

    /// <summary>A number that exact transport cannot be below: the dual value of the row potentials completed to feasible ones.</summary>
    /// <remarks>Σ b g + Σᵢ aᵢ minⱼ(Cᵢⱼ − gⱼ). Holds whether or not the iteration converged. O(n m).</remarks>
    public double LowerBound()
    {
        double[] terms = new double[Problem.Cost.Rows + Problem.Cost.Columns], row = new double[Problem.Cost.Columns];
        for (int i = 0; i < Problem.Cost.Rows; i++)
        {
            TensorPrimitives.Subtract(Problem.Cost.Row(i), _columnPotentials, row);
            terms[i] = Problem.RowWeights[i] * TensorPrimitives.Min<double>(row);
        }

        TensorPrimitives.Multiply(Problem.ColumnWeights, _columnPotentials, terms.AsSpan(Problem.Cost.Rows));
        return CompensatedSum.Of(terms);
    }

    /// <summary>The potential that a new source with these costs would have: −ε log Σⱼ (bⱼ / mass) exp((gⱼ − costⱼ) / ε).</summary>
    /// <remarks>Moving a share δ of the mass from the present sources to the new one changes the smoothed transport cost by about δ (potential − Σ a f / mass): negative is an improvement. O(m).</remarks>
    /// <param name="cost">Costs from the new source to every target, shape [m].</param>
    /// <exception cref="ArgumentException">The span is not as long as the problem has columns.</exception>
    public double PotentialOf(ReadOnlySpan<double> cost)
    {
        if (cost.Length != Problem.Cost.Columns)
        {
            throw new ArgumentException($"cost holds {cost.Length} numbers; the problem has {Problem.Cost.Columns} columns.", nameof(cost));
        }

        double largest = double.NegativeInfinity, sum = 0;
        for (int j = 0; j < cost.Length; j++)
        {
            double weight = Problem.ColumnWeights[j] / Problem.TotalMass;
            if (weight == 0)
            {
                continue;
            }

            double term = Math.Log(weight) + ((_columnPotentials[j] - cost[j]) / Options.Regularisation);
            if (term > largest)
            {
                sum = (sum * Math.Exp(largest - term)) + 1;
                largest = term;
            }
            else
            {
                sum += Math.Exp(term - largest);
            }
        }

        return -Options.Regularisation * (largest + Math.Log(sum));
    }
}
