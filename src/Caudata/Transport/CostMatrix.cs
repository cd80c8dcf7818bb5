using System.Numerics.Tensors;

namespace Caudata.Transport;

/// <summary>The cost of moving one unit of mass from every source to every target: a dense matrix [rows, columns], row by row.</summary>
/// <remarks>Immutable and safe to share between threads. Every value is finite; negative costs are legal.</remarks>
public sealed class CostMatrix
{
    private readonly double[] _values;

    /// <summary>A matrix of given costs.</summary>
    /// <param name="values">Costs row by row, shape [rows × columns]; copied.</param>
    /// <param name="rows">Number of sources, at least 1.</param>
    /// <param name="columns">Number of targets, at least 1.</param>
    /// <exception cref="ArgumentException">The length is not rows × columns, or a cost is NaN or infinite.</exception>
    public CostMatrix(ReadOnlySpan<double> values, int rows, int columns) : this(Copy(values, rows, columns), rows, columns) { }

    internal CostMatrix(double[] values, int rows, int columns)
    {
        _values = values;
        Rows = rows;
        Columns = columns;
        ReadOnlySpan<double> all = Values;
        // Both propagate NaN, so one look at two numbers tells whether every cost is finite.
        Minimum = TensorPrimitives.Min(all);
        Maximum = TensorPrimitives.Max(all);
        if (!double.IsFinite(Minimum) || !double.IsFinite(Maximum))
        {
            int at = 0;
            while (double.IsFinite(all[at]))
            {
                at++;
            }

            throw new ArgumentException($"cost[{at / columns}, {at % columns}] is {all[at]}; every cost must be a finite number. Look for NaN, infinite or huge components in row {at / columns} of the sources and row {at % columns} of the targets.", nameof(values));
        }
    }

    /// <summary>Number of sources.</summary>
    public int Rows { get; }

    /// <summary>Number of targets.</summary>
    public int Columns { get; }

    /// <summary>The smallest cost.</summary>
    public double Minimum { get; }

    /// <summary>The largest cost.</summary>
    public double Maximum { get; }

    /// <summary>All costs row by row, shape [rows × columns].</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Rows * Columns);

    /// <summary>The cost from one source to one target.</summary>
    /// <param name="row">Source, in [0, <see cref="Rows"/>).</param>
    /// <param name="column">Target, in [0, <see cref="Columns"/>).</param>
    public double this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns, nameof(column));
            return Row(row)[column];
        }
    }

    /// <summary>The costs from one source to every target, shape [columns].</summary>
    /// <param name="row">Source, in [0, <see cref="Rows"/>).</param>
    public ReadOnlySpan<double> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return _values.AsSpan(row * Columns, Columns);
    }

    /// <summary>The same costs in another unit: every cost times <paramref name="factor"/>, for example 1 / <see cref="Maximum"/>.</summary>
    /// <param name="factor">A finite number.</param>
    public CostMatrix Scaled(double factor)
    {
        double[] scaled = GC.AllocateUninitializedArray<double>(Rows * Columns);
        TensorPrimitives.Multiply(Values, factor, scaled);
        return new CostMatrix(scaled, Rows, Columns);
    }

    /// <summary>The cost between every row of one set of vectors and every row of another.</summary>
    /// <param name="sources">Vectors, row by row, shape [n × dimension].</param>
    /// <param name="targets">Vectors, row by row, shape [m × dimension].</param>
    /// <param name="dimension">Components of a vector, at least 1.</param>
    /// <param name="cost">How two vectors are compared.</param>
    /// <param name="threads">Threads to use, at least 1. Default 1. The bytes do not depend on it.</param>
    /// <exception cref="ArgumentException">A length is no multiple of the dimension, a set is empty, or a component is NaN or infinite.</exception>
    /// <remarks>O(n m dimension), products and sums in double precision. Nearly equal vectors are compared component by component, so that equal vectors cost exactly 0 under both Euclidean costs.</remarks>
    public static CostMatrix Between(ReadOnlySpan<float> sources, ReadOnlySpan<float> targets, int dimension, GroundCost cost, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        int n = CountRows(sources, dimension, nameof(sources)), m = CountRows(targets, dimension, nameof(targets));
        double[] values = GC.AllocateUninitializedArray<double>(Length(n, m));
        CostKernel.Fill(sources, targets, dimension, cost, values, threads);
        return new CostMatrix(values, n, m);
    }

    /// <summary>Number of rows in a buffer of vectors, after a check of its length and of every component.</summary>
    internal static int CountRows(ReadOnlySpan<float> vectors, int dimension, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (vectors.Length == 0 || vectors.Length % dimension != 0)
        {
            throw new ArgumentException($"{name} holds {vectors.Length} numbers; expected at least one vector of {dimension} components, and only whole vectors. Check the dimension.", name);
        }

        // NaN or infinite where a component is (or where the sum overflows); only then is each component looked at.
        if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes(vectors)))
        {
            for (int i = 0; i < vectors.Length; i++)
            {
                if (!float.IsFinite(vectors[i]))
                {
                    throw new ArgumentException($"{name}[{i / dimension}, {i % dimension}] is {vectors[i]}; every component must be a finite number. Drop or repair that vector before measuring costs.", name);
                }
            }
        }

        return vectors.Length / dimension;
    }

    internal static int Length(int rows, int columns)
    {
        long length = (long)rows * columns;
        return length <= Array.MaxLength
            ? (int)length
            : throw new ArgumentException($"{rows} x {columns} costs are {length} numbers; at most {Array.MaxLength} fit in one matrix. Sample one of the two sets.");
    }

    private static double[] Copy(ReadOnlySpan<double> values, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        return values.Length == Length(rows, columns)
            ? values.ToArray()
            : throw new ArgumentException($"values holds {values.Length} costs; expected {rows} x {columns} = {Length(rows, columns)}, row by row.", nameof(values));
    }
}
