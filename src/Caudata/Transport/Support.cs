using Caudata.Numerics;

namespace Caudata.Transport;

/// <summary>The part of a problem that carries mass: rows and columns without mass are set aside, and their potentials completed afterwards.</summary>
internal sealed class Support
{
    /// <summary>Shares of the total mass below this are treated as 0: they are beyond the range of single precision and move no digit of a result.</summary>
    private const double Negligible = 1e-30;

    private Support(CostMatrix cost, double[] rowMass, double[] columnMass, int[] rows, int[] columns)
    {
        Cost = cost;
        RowMass = rowMass;
        ColumnMass = columnMass;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>Costs between rows and columns with mass.</summary>
    public CostMatrix Cost { get; }

    /// <summary>Share of the total mass of every kept row; sums to 1.</summary>
    public double[] RowMass { get; }

    /// <summary>Share of the total mass of every kept column; sums to 1.</summary>
    public double[] ColumnMass { get; }

    /// <summary>Original number of every kept row, ascending.</summary>
    public int[] Rows { get; }

    /// <summary>Original number of every kept column, ascending.</summary>
    public int[] Columns { get; }

    public static Support Of(TransportProblem problem)
    {
        int[] rows = Kept(problem.RowWeights, out double[] rowMass), columns = Kept(problem.ColumnWeights, out double[] columnMass);
        CostMatrix cost = problem.Cost;
        if (rows.Length < cost.Rows || columns.Length < cost.Columns)
        {
            double[] values = new double[rows.Length * columns.Length];
            for (int i = 0; i < rows.Length; i++)
            {
                ReadOnlySpan<double> row = cost.Row(rows[i]);
                for (int j = 0; j < columns.Length; j++)
                {
                    values[(i * columns.Length) + j] = row[columns[j]];
                }
            }

            cost = new CostMatrix(values, rows.Length, columns.Length);
        }

        return new Support(cost, rowMass, columnMass, rows, columns);
    }

    /// <summary>Potentials of all rows and columns: those given where there is mass, else the largest that keep fᵢ + gⱼ at most Cᵢⱼ.</summary>
    public (double[] Rows, double[] Columns) Complete(TransportProblem problem, ReadOnlySpan<double> rowPotentials, ReadOnlySpan<double> columnPotentials)
    {
        CostMatrix cost = problem.Cost;
        double[] f = new double[cost.Rows], g = new double[cost.Columns];
        if (Rows.Length == cost.Rows && Columns.Length == cost.Columns)
        {
            rowPotentials.CopyTo(f);
            columnPotentials.CopyTo(g);
            return (f, g);
        }

        Array.Fill(f, double.NaN);
        Array.Fill(g, double.NaN);
        for (int i = 0; i < Rows.Length; i++)
        {
            f[Rows[i]] = rowPotentials[i];
        }

        for (int j = 0; j < Columns.Length; j++)
        {
            g[Columns[j]] = columnPotentials[j];
        }

        for (int j = 0; j < g.Length; j++)
        {
            if (double.IsNaN(g[j]))
            {
                g[j] = double.PositiveInfinity;
                foreach (int i in Rows)
                {
                    g[j] = Math.Min(g[j], cost[i, j] - f[i]);
                }
            }
        }

        for (int i = 0; i < f.Length; i++)
        {
            if (double.IsNaN(f[i]))
            {
                ReadOnlySpan<double> row = cost.Row(i);
                f[i] = double.PositiveInfinity;
                for (int j = 0; j < g.Length; j++)
                {
                    f[i] = Math.Min(f[i], row[j] - g[j]);
                }
            }
        }

        return (f, g);
    }

    private static int[] Kept(ReadOnlySpan<double> weights, out double[] mass)
    {
        double total = CompensatedSum.Of(weights);
        List<int> kept = new(weights.Length);
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] / total > Negligible)
            {
                kept.Add(i);
            }
        }

        mass = new double[kept.Count];
        for (int i = 0; i < mass.Length; i++)
        {
            mass[i] = weights[kept[i]] / total;
        }

        return [.. kept];
    }
}
