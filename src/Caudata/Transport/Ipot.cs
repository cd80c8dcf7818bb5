namespace Caudata.Transport;

/// <summary>What the proximal point method found.</summary>
/// <param name="Problem">The question that was answered.</param>
/// <param name="Options">The options that it was answered with.</param>
/// <param name="Value">Σᵢⱼ Pᵢⱼ Cᵢⱼ of the last plan, in cost × mass. Tends to the exact value from above as outer iterations grow.</param>
/// <param name="MarginalError">Σᵢ |row sum of the plan − weight| as a share of the total mass; the columns fit exactly (up to single precision).</param>
/// <param name="Iterations">Outer iterations that were run.</param>
/// <param name="Converged">True where the tolerance was met (never with tolerance 0).</param>
public sealed record IpotSolution(TransportProblem Problem, IpotOptions Options, double Value, double MarginalError, int Iterations, bool Converged);

/// <summary>IPOT: exact transport as the limit of proximal steps, each solved by a few scaling iterations. The solver of the EQUAL release.</summary>
/// <remarks>
/// <para>Γ⁽ᵗ⁺¹⁾ = argmin ⟨Γ, C⟩ + β KL(Γ ‖ Γ⁽ᵗ⁾): the kernel exp(−C/β) is multiplied into the plan at every outer iteration, then rows and columns are rescaled L times,
/// and the column scaling is carried over [xie2020] algorithm 1.</para>
/// <para>Here the plan is held as potentials and t, Γᵢⱼ = exp(rᵢ + cⱼ − t Cᵢⱼ/β): the same iterates, but an entry that is small for a while is not lost to underflow, and 500 products leave no rounding behind.</para>
/// <para>O(n m) per inner iteration and one exponential per entry per outer iteration. <see cref="ExactTransport"/> is both faster and exact; use this to repeat published results.</para>
/// </remarks>
public static class Ipot
{
    /// <summary>Solves one problem.</summary>
    /// <param name="problem">The question.</param>
    /// <param name="options">Step and iterations; the published preset where null.</param>
    /// <param name="cancellationToken">Stops between blocks of rows.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static IpotSolution Solve(TransportProblem problem, IpotOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new IpotOptions();
        if (options.Validate() is { Count: > 0 } mistakes)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, mistakes), nameof(options));
        }

        Support support = Support.Of(problem);
        double spread = support.Cost.Maximum - support.Cost.Minimum, previous = double.PositiveInfinity, value = 0, error = 0;
        using GibbsKernel kernel = new(support.Cost, support.RowMass, support.ColumnMass, options.Threads, cancellationToken);
        // T, the logarithm of the plan's column factors, starts at those of a plan of ones. The scaling b that algorithm 1 carries over is exp(T now − T before).
        double[] columns = new double[support.ColumnMass.Length], rows = new double[support.RowMass.Length];
        for (int j = 0; j < columns.Length; j++)
        {
            kernel.ColumnPotential[j] = columns[j] = -Math.Log(support.ColumnMass[j]);
        }

        int t = 0;
        bool converged = false;
        while (t < options.OuterIterations && !converged)
        {
            t++;
            Inner(kernel, t / options.Beta, options.InnerIterations);
            if (options.Tolerance > 0 || t == options.OuterIterations)
            {
                value = kernel.Value();
                error = kernel.RowError(support.RowMass);
                converged = options.Tolerance > 0 && Math.Abs(value - previous) <= options.Tolerance * spread && error <= options.Tolerance;
                previous = value;
            }

            kernel.Absorb(rows: true, columns: true);
            // Rows are extrapolated too: their scaling is recomputed at once, this only keeps it near 1.
            Extrapolate(kernel.ColumnPotential, columns);
            Extrapolate(kernel.RowPotential, rows);
        }

        return new IpotSolution(problem, options, value * problem.TotalMass, error, t, converged);
    }

    /// <summary>Rows, then columns, as often as asked.</summary>
    private static void Inner(GibbsKernel kernel, double scale, int iterations)
    {
        kernel.Build(scale);
        for (int l = 0; l < iterations; l++)
        {
            kernel.ScaleRows();
            double rowRange = GibbsKernel.Range(kernel.RowScaling);
            if (rowRange > GibbsKernel.RescueAt)
            {
                kernel.Absorb(rows: false, columns: true);
                kernel.LogRows(scale);
                kernel.Build(scale);
                rowRange = 0;
            }

            kernel.ScaleColumns();
            double columnRange = GibbsKernel.Range(kernel.ColumnScaling);
            if (columnRange > GibbsKernel.RescueAt)
            {
                kernel.Absorb(rows: true, columns: false);
                kernel.LogColumns(scale);
                kernel.Build(scale);
            }
            else if (Math.Max(rowRange, columnRange) > GibbsKernel.AbsorbAt)
            {
                kernel.Absorb(rows: true, columns: true);
                kernel.Build(scale);
            }
        }
    }

    /// <summary>now, before -> now + (now − before), now.</summary>
    private static void Extrapolate(double[] now, double[] before)
    {
        for (int i = 0; i < now.Length; i++)
        {
            (now[i], before[i]) = ((2 * now[i]) - before[i], now[i]);
        }
    }
}
