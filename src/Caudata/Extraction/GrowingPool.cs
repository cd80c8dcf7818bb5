using Caudata.Numerics;
using Caudata.Transport;

namespace Caudata.Extraction;

/// <summary>The pairs chosen so far, and what one more pair would be worth: the fall of J(S) = H(target | S) + w · OT(S, target), see <see cref="PairSelection"/>.</summary>
internal sealed class GrowingPool
{
    /// <summary>Pairs that the first choices are weighed against, so that the first few do not count as the whole distribution.</summary>
    private const int Shrinkage = 32;

    private readonly MarginalGain _text;
    private readonly float[] _references; // [m, d]
    private readonly List<ExtractedPair> _chosen = [];
    private readonly SelectionOptions _options;
    private readonly int _d, _m, _threads;
    private SinkhornSolution? _transport;
    private double _priceSum;

    public GrowingPool(Target target, SelectionOptions options, int threads)
    {
        _text = target.Start.Fork();
        _d = target.Mean.Length;
        _options = options;
        _threads = threads;
        _m = Math.Min(options.MaxReferences, target.Pairs.Length);
        _references = new float[_m * _d];
        for (int k = 0; k < _m; k++)
        {
            target.Vectors.AsSpan((int)((long)k * target.Pairs.Length / _m) * _d, _d).CopyTo(_references.AsSpan(k * _d));
        }
    }

    /// <summary>Number of pairs chosen.</summary>
    public int Count => _chosen.Count;

    /// <summary>What each of the pairs would be worth now by itself; below 0 when it leads away.</summary>
    public double[] Values(IReadOnlyList<ExtractedPair> pairs, CancellationToken cancellationToken)
    {
        double[] prices = Prices(pairs, cancellationToken);
        return [.. pairs.Select((pair, i) => Value(pair, prices[i]))];
    }

    /// <summary>Takes in those of the pairs that are worth something, the most useful first, and renews the prices.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="most">How many to take at most.</param>
    /// <param name="cancellationToken">Stops between pairs.</param>
    /// <returns>First the pairs taken, in order, with the value they had; then those looked at in vain with their value, 0 or less.</returns>
    public List<(int Index, double Value)> Grow(IReadOnlyList<ExtractedPair> pairs, int most, CancellationToken cancellationToken)
    {
        double[] prices = Prices(pairs, cancellationToken);
        var taken = new List<(int, double)>();
        var refused = new List<(int, double)>();
        var queue = new PriorityQueue<int, (double Negated, int Index)>(pairs.Count);
        for (int i = 0; i < pairs.Count; i++)
        {
            double value = Value(pairs[i], prices[i]);
            if (value > 0)
            {
                queue.Enqueue(i, (-value, i));
            }
            else
            {
                refused.Add((i, value));
            }
        }

        while (taken.Count < most && queue.TryDequeue(out int i, out (double Negated, int Index) before))
        {
            cancellationToken.ThrowIfCancellationRequested();
            double value = Value(pairs[i], prices[i]);
            if (value <= 0)
            {
                refused.Add((i, value));
            }
            else if (value < -before.Negated && queue.TryPeek(out _, out (double Negated, int Index) next) && (-value, i).CompareTo(next) > 0)
            {
                queue.Enqueue(i, (-value, i));
            }
            else
            {
                _text.Add(pairs[i].Features);
                _chosen.Add(pairs[i]);
                _priceSum += prices[i];
                taken.Add((i, value));
            }
        }

        if (taken.Count > 0 && _options.TransportWeight > 0)
        {
            Solve(cancellationToken);
        }

        taken.AddRange(refused);
        return taken;
    }

    private double Value(ExtractedPair pair, double price)
    {
        double value = _text.Of(pair.Features);
        return _transport is null ? value : value + (_options.TransportWeight * ((_priceSum / _chosen.Count) - price) / (_chosen.Count + Shrinkage + 1));
    }

    private void Solve(CancellationToken cancellationToken)
    {
        _transport = Sinkhorn.Solve(
            new TransportProblem(CostMatrix.Between(ClusterReward.Rows(_chosen, _options.MaxChosen, _d), _references, _d, GroundCost.Cosine, _threads)),
            new SinkhornOptions { Regularisation = _options.Regularisation, MaximumIterations = 200, Tolerance = 1e-3, Threads = _threads }, cancellationToken: cancellationToken);
        _priceSum = Prices(_chosen, cancellationToken).Sum();
    }

    private double[] Prices(IReadOnlyList<ExtractedPair> pairs, CancellationToken cancellationToken)
    {
        var prices = new double[pairs.Count];
        if (_transport is not { } transport)
        {
            return prices;
        }

        const int Block = 256;
        Parallel.For(0, (pairs.Count + Block - 1) / Block, new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken }, block =>
        {
            int from = block * Block, n = Math.Min(Block, pairs.Count - from);
            float[] rows = new float[n * _d], cosines = new float[n * _m];
            for (int i = 0; i < n; i++)
            {
                pairs[from + i].Vector.CopyTo(rows.AsSpan(i * _d));
            }

            MatrixProduct.MultiplyTransposed(rows, _references, cosines, n, _m, _d);
            var cost = new double[_m];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < _m; j++)
                {
                    cost[j] = 1 - cosines[(i * _m) + j];
                }

                prices[from + i] = transport.PotentialOf(cost);
            }
        });
        return prices;
    }
}
