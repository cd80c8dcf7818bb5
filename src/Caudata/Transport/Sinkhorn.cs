namespace Caudata.Transport;

/// <summary>Entropy-regularised transport: a smoothed plan by alternately rescaling rows and columns of a kernel. Fast, and good enough for rewards.</summary>
/// <remarks>
/// <para>min over P of ⟨P, C⟩ + ε Σ Pᵢⱼ (log Pᵢⱼ − 1), whose solution is P = diag(a u) K diag(b v) with K = exp(−C / ε) [cuturi2013].</para>
/// <para>Safe at any ε: scalings that leave e^±25 are absorbed into double-precision potentials [schmitzer2019], and a step that leaves e^±55 is taken again in the log domain.
/// Costs may be negative or of any size. Prefer <see cref="ExactTransport"/> below a few hundred points, or where the value must be exact.</para>
/// <para>O(n m) memory (4 bytes an entry beside the cost) and O(n m) time per step, reading the kernel once.</para>
/// </remarks>
public static class Sinkhorn
{
    private const double DirectSpread = 50, FirstStage = 0.1, StageFactor = 0.25, StageTolerance = 1e-2;
    private const int StageIterations = 50;

    /// <summary>Solves one problem.</summary>
    /// <param name="problem">The question.</param>
    /// <param name="options">Regularisation and stopping; defaults where null.</param>
    /// <param name="warmStart">An earlier answer against the same targets: its column potentials are the starting point. The sources may have changed in number and place. Null starts from equal scalings.</param>
    /// <param name="cancellationToken">Stops between blocks of rows.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the warm start has another number of columns.</exception>
    public static SinkhornSolution Solve(TransportProblem problem, SinkhornOptions? options = null, SinkhornSolution? warmStart = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new SinkhornOptions();
        if (options.Validate() is { Count: > 0 } mistakes)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, mistakes), nameof(options));
        }

        if (warmStart is not null && warmStart.ColumnPotentials.Length != problem.Cost.Columns)
        {
            throw new ArgumentException($"warmStart has {warmStart.ColumnPotentials.Length} column potentials and the problem {problem.Cost.Columns} columns; a warm start must be an answer against the same targets.", nameof(warmStart));
        }

        Support support = Support.Of(problem);
        using GibbsKernel kernel = new(support.Cost, support.RowMass, support.ColumnMass, options.Threads, cancellationToken);
        double spread = support.Cost.Maximum - support.Cost.Minimum, epsilon = options.Regularisation;
        int scalingIterations = 0, done = 0;
        if (warmStart is not null)
        {
            for (int j = 0; j < support.Columns.Length; j++)
            {
                kernel.ColumnPotential[j] = warmStart.ColumnPotentials[support.Columns[j]] / epsilon;
            }

            kernel.LogRows(1 / epsilon);
            kernel.Build(1 / epsilon);
        }
        else if (spread <= DirectSpread * epsilon)
        {
            // The smallest cost goes into the row potentials, so that K lies in [e⁻⁵⁰, 1].
            Array.Fill(kernel.RowPotential, support.Cost.Minimum / epsilon);
            kernel.Build(1 / epsilon);
        }
        else if (options.EpsilonScaling)
        {
            scalingIterations = Descend(kernel, support, spread, epsilon);
        }
        else
        {
            // K itself would underflow: the first step is taken in the log domain.
            LogStep(kernel, 1 / epsilon);
            done = 1;
        }

        (int iterations, double error) = Iterate(kernel, support.ColumnMass, 1 / epsilon, done, options.MaximumIterations, options.Tolerance);
        double value = kernel.Value() * problem.TotalMass;
        kernel.Absorb(rows: true, columns: true);
        for (int i = 0; i < kernel.RowPotential.Length; i++)
        {
            kernel.RowPotential[i] *= epsilon;
        }

        for (int j = 0; j < kernel.ColumnPotential.Length; j++)
        {
            kernel.ColumnPotential[j] *= epsilon;
        }

        (double[] f, double[] g) = support.Complete(problem, kernel.RowPotential, kernel.ColumnPotential);
        return new SinkhornSolution(problem, options, f, g)
        {
            Value = value,
            MarginalError = error,
            Iterations = iterations,
            ScalingIterations = scalingIterations,
            KernelBuilds = kernel.Builds,
            LogSteps = kernel.LogSteps,
            Converged = options.Tolerance > 0 && error <= options.Tolerance,
        };
    }

    /// <summary>Large ε first: each stage starts from the potentials of the one before.</summary>
    private static int Descend(GibbsKernel kernel, Support support, double spread, double epsilon)
    {
        int iterations = 0;
        double stage = FirstStage * spread;
        Array.Fill(kernel.RowPotential, support.Cost.Minimum / stage);
        kernel.Build(1 / stage);
        while (stage > epsilon)
        {
            iterations += Iterate(kernel, support.ColumnMass, 1 / stage, 0, StageIterations, StageTolerance).Iterations;
            kernel.Absorb(rows: true, columns: true);
            double next = Math.Max(epsilon, stage * StageFactor);
            for (int j = 0; j < kernel.ColumnPotential.Length; j++)
            {
                kernel.ColumnPotential[j] *= stage / next;
            }

            stage = next;
            kernel.LogRows(1 / stage);
            kernel.Build(1 / stage);
        }

        return iterations;
    }

    /// <summary>Columns, then rows, until the columns fit again after the row step.</summary>
    private static (int Iterations, double Error) Iterate(GibbsKernel kernel, double[] columnMass, double scale, int done, int maximum, double tolerance)
    {
        double error = done == 0 ? double.PositiveInfinity : kernel.ColumnError(columnMass);
        while (done < maximum && !(error <= tolerance))
        {
            kernel.ScaleColumns();
            double columnRange = GibbsKernel.Range(kernel.ColumnScaling);
            if (columnRange > GibbsKernel.RescueAt)
            {
                kernel.Absorb(rows: true, columns: false);
                LogStep(kernel, scale);
            }
            else
            {
                kernel.ScaleRows();
                double rowRange = GibbsKernel.Range(kernel.RowScaling);
                if (rowRange > GibbsKernel.RescueAt)
                {
                    kernel.Absorb(rows: false, columns: true);
                    kernel.LogRows(scale);
                    kernel.Build(scale);
                }
                else if (Math.Max(rowRange, columnRange) > GibbsKernel.AbsorbAt)
                {
                    kernel.Absorb(rows: true, columns: true);
                    kernel.Build(scale);
                }
            }

            error = kernel.ColumnError(columnMass);
            done++;
        }

        return (done, error);
    }

    /// <summary>One step in the log domain, from the absorbed row potentials.</summary>
    private static void LogStep(GibbsKernel kernel, double scale)
    {
        kernel.LogColumns(scale);
        kernel.LogRows(scale);
        kernel.Build(scale);
    }
}
