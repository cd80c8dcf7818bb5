using Caudata.Numerics;

namespace Caudata.Transport;

/// <summary>How far a growing pool of items is from a fixed reference set: costs are measured once an item, and each solution starts from the one before.</summary>
/// <remarks>
/// <para>Every item of the pool weighs the same. Adding k items costs O(k m dimension); solving again costs a few steps of <see cref="Sinkhorn"/>, since the potentials of the reference barely move.</para>
/// <para>The order of the items does not matter to the value beyond the tolerance. Not safe for use from several threads at once.</para>
/// </remarks>
public sealed class GrowingTransport
{
    private readonly float[] _reference;
    private readonly double[] _referenceWeights;
    private readonly int _dimension, _targets;
    private readonly GroundCost _kind;
    private readonly SinkhornOptions _options;
    private double[] _costs = [];
    private SinkhornSolution? _last;
    private double _meanPotential;

    /// <summary>An empty pool against a reference set.</summary>
    /// <param name="reference">Vectors, row by row, shape [m × dimension]; copied.</param>
    /// <param name="dimension">Components of a vector, at least 1.</param>
    /// <param name="cost">How two vectors are compared.</param>
    /// <param name="options">How each value is computed; defaults where null.</param>
    /// <param name="referenceWeights">Mass of every reference vector, shape [m], summing to 1; empty for 1/m each.</param>
    /// <exception cref="ArgumentException">Vectors, weights or options are not legal.</exception>
    public GrowingTransport(ReadOnlySpan<float> reference, int dimension, GroundCost cost, SinkhornOptions? options = null, ReadOnlySpan<double> referenceWeights = default)
    {
        _targets = CostMatrix.CountRows(reference, dimension, nameof(reference));
        _reference = reference.ToArray();
        _dimension = dimension;
        _kind = cost;
        _options = options ?? new SinkhornOptions();
        if (_options.Validate() is { Count: > 0 } mistakes)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, mistakes), nameof(options));
        }

        // A problem with one source checks the weights now and not at the first solution.
        _referenceWeights = new TransportProblem(new CostMatrix(new double[_targets], 1, _targets), default, referenceWeights).ColumnWeights.ToArray();
    }

    /// <summary>Items in the pool.</summary>
    public int Count { get; private set; }

    /// <summary>Adds items to the pool.</summary>
    /// <param name="items">Vectors, row by row, shape [k × dimension]; may be empty.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the dimension, or a component is NaN or infinite; nothing was added.</exception>
    public void Add(ReadOnlySpan<float> items)
    {
        if (items.IsEmpty)
        {
            return;
        }

        int added = CostMatrix.CountRows(items, _dimension, nameof(items)), start = CostMatrix.Length(Count, _targets), end = CostMatrix.Length(Count + added, _targets);
        if (end > _costs.Length)
        {
            // A new array, never a changed one: solutions already given keep the costs that they were made from.
            double[] larger = GC.AllocateUninitializedArray<double>((int)Math.Min(Array.MaxLength, Math.Max(end, 2L * start)));
            _costs.AsSpan(0, start).CopyTo(larger);
            _costs = larger;
        }

        CostKernel.Fill(items, _reference, _dimension, _kind, _costs.AsSpan(start, end - start), _options.Threads);
        Count += added;
    }

    /// <summary>The smoothed transport cost from the pool to the reference, lower is closer, with its diagnostics.</summary>
    /// <param name="cancellationToken">Stops between blocks of rows.</param>
    /// <exception cref="InvalidOperationException">The pool is empty.</exception>
    public SinkhornSolution Solve(CancellationToken cancellationToken = default)
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("The pool is empty; transport needs at least one item. Add items first.");
        }

        if (_last is not null && _last.Problem.Cost.Rows == Count)
        {
            return _last;
        }

        TransportProblem problem = new(new CostMatrix(_costs, Count, _targets), default, _referenceWeights);
        SinkhornSolution solution = Sinkhorn.Solve(problem, _options, _last, cancellationToken);
        _meanPotential = CompensatedSum.Of(solution.RowPotentials) / Count;
        return _last = solution;
    }

    /// <summary>What adding one item would do, without adding it: by how much the transport cost changes per share of the pool's mass that the item would get. Below 0 brings the pool closer.</summary>
    /// <remarks>The slope of the regularised cost at the present pool: adding the item to n others changes it by about slope / (n + 1). O(m dimension), no solve once the pool has been solved.</remarks>
    /// <param name="item">One vector, shape [dimension].</param>
    /// <exception cref="ArgumentException">Not one vector of finite components.</exception>
    /// <exception cref="InvalidOperationException">The pool is empty.</exception>
    public double Slope(ReadOnlySpan<float> item)
    {
        if (CostMatrix.CountRows(item, _dimension, nameof(item)) != 1)
        {
            throw new ArgumentException($"item holds {item.Length} numbers; expected one vector of {_dimension} components.", nameof(item));
        }

        SinkhornSolution solution = Solve();
        double[] cost = new double[_targets];
        CostKernel.Fill(item, _reference, _dimension, _kind, cost, 1);
        return solution.PotentialOf(cost) - _meanPotential;
    }
}
