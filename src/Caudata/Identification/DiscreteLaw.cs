using System.Collections.Immutable;
using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>A joint distribution of discrete variables, as a table.</summary>
/// <remarks>The table is in row order: the first variable changes slowest. A variable that can be missing has one more cell, its last, for being missing.</remarks>
public sealed class DiscreteLaw
{
    /// <summary>Most cells of a table.</summary>
    public const int MostCells = 1 << 24;

    private readonly double[] _table;
    private readonly int[] _cells, _position;
    private readonly Dictionary<VariableSet, (int[] Members, double[] Table)> _marginals = [];

    /// <summary>A law from its table.</summary>
    /// <param name="graph">The graph of the variables.</param>
    /// <param name="variables">Their numbers, shape [k].</param>
    /// <param name="levels">How many values each has, not counting being missing, shape [k].</param>
    /// <param name="table">Probabilities, shape [product of cells]; they sum to 1 within 1e-6.</param>
    /// <param name="missing">Which of them have a cell for being missing, shape [k]; empty for none.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, a probability is negative or not a number, or the sum is not 1.</exception>
    public DiscreteLaw(CausalGraph graph, ReadOnlySpan<int> variables, ReadOnlySpan<int> levels, ReadOnlySpan<double> table, ReadOnlySpan<bool> missing = default)
    {
        Variables = [.. variables];
        Levels = [.. levels];
        _cells = new int[variables.Length];
        _position = new int[graph.Count];
        Array.Fill(_position, -1);
        long size = 1;
        for (int k = 0; k < variables.Length; k++)
        {
            _position[variables[k]] = k;
            _cells[k] = levels[k] + (!missing.IsEmpty && missing[k] ? 1 : 0);
            size *= _cells[k];
        }

        if (levels.Length != variables.Length || size != table.Length || size > MostCells)
        {
            throw new ArgumentException($"The table has {table.Length} cells for {variables.Length} variables; expected the product of their cells, {size}, at most {MostCells}.", nameof(table));
        }

        double sum = 0;
        foreach (double p in table)
        {
            sum += p >= 0 ? p : double.NaN;
        }

        _table = Math.Abs(sum - 1) <= 1e-6 ? table.ToArray() : throw new ArgumentException($"The table sums to {sum}; expected probabilities that sum to 1.", nameof(table));
    }

    /// <summary>The variables, in the order of the table.</summary>
    public ImmutableArray<int> Variables { get; }

    /// <summary>How many values each variable has, not counting being missing.</summary>
    public ImmutableArray<int> Levels { get; }

    /// <summary>How many values a variable has.</summary>
    /// <param name="variable">Its number.</param>
    /// <exception cref="ArgumentException">The law does not have it.</exception>
    public int LevelsOf(int variable) => Levels[Position(variable)];

    /// <summary>The probability that some variables have some values.</summary>
    /// <param name="variables">Their numbers.</param>
    /// <param name="values">A value for every variable of the graph; only those of the named ones are read.</param>
    /// <exception cref="ArgumentException">The law does not have one of them.</exception>
    public double Of(VariableSet variables, ReadOnlySpan<int> values)
    {
        if (!_marginals.TryGetValue(variables, out (int[] Members, double[] Table) marginal))
        {
            marginal = Marginal(variables);
            _marginals.Add(variables, marginal);
        }

        int cell = 0;
        foreach (int v in marginal.Members)
        {
            cell = cell * _cells[_position[v]] + values[v];
        }

        return marginal.Table[cell];
    }

    private int Position(int variable) => _position[variable] is >= 0 and int position ? position : throw new ArgumentException($"The law has no variable {variable}; expected all variables that the formula needs.", nameof(variable));

    private (int[] Members, double[] Table) Marginal(VariableSet variables)
    {
        int[] members = variables.ToArray();
        int[] stride = new int[_cells.Length];
        int size = 1;
        for (int k = members.Length - 1; k >= 0; k--)
        {
            int position = Position(members[k]);
            stride[position] = size;
            size *= _cells[position];
        }

        double[] table = new double[size];
        int[] digits = new int[_cells.Length];
        int at = 0;
        foreach (double p in _table)
        {
            table[at] += p;
            for (int k = _cells.Length - 1; k >= 0; k--)
            {
                at += stride[k];
                if (++digits[k] < _cells[k])
                {
                    break;
                }

                at -= stride[k] * _cells[k];
                digits[k] = 0;
            }
        }

        return (members, table);
    }
}
