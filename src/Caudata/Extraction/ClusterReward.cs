using System.Numerics.Tensors;
using Caudata.Bandits;
using Caudata.Numerics;
using Caudata.Transport;

namespace Caudata.Extraction;

/// <summary>What a pull of a cluster is worth.</summary>
internal abstract class ClusterReward
{
    /// <summary>Whether the reward is one per token already, so that a bandit must not divide it by its cost again.</summary>
    public virtual bool IsPerToken => false;

    /// <summary>Smallest and largest reward that a pull can have.</summary>
    public virtual (double Lowest, double Highest) Range => (0, 1);

    /// <summary>The reward of these pairs, which cost so many tokens.</summary>
    public abstract double Of(IReadOnlyList<ExtractedPair> pairs, long tokens, CancellationToken cancellationToken);

    /// <summary>Notes that the pool has grown by these pairs.</summary>
    public virtual void Grow(IEnumerable<ExtractedPair> pairs)
    {
    }

    /// <summary>The reward of a name: <c>ot</c>, <c>ot-gain</c>, <c>similarity</c> or <c>perplexity</c>.</summary>
    public static ClusterReward Create(string name, Target target, ulong seed) => name switch
    {
        "ot" => new TransportReward(target, seed, 200, value => 1 - value),
        "similarity" => new SimilarityReward(target),
        "perplexity" => new PerplexityReward(target),
        _ => new TransportGainReward(target, seed),
    };

    /// <summary>References drawn for the transport rewards: the same in every round, so that rewards can be compared.</summary>
    internal static float[] Sample(Target target, ulong seed, int most)
    {
        int d = target.Mean.Length, m = target.Pairs.Length;
        int[] order = [.. Enumerable.Range(0, m)];
        if (m > most)
        {
            var stream = new RandomStream(seed, "reward-references");
            stream.Shuffle<int>(order);
            order = [.. order.Take(most).Order()];
        }

        var vectors = new float[order.Length * d];
        for (int k = 0; k < order.Length; k++)
        {
            target.Vectors.AsSpan(order[k] * d, d).CopyTo(vectors.AsSpan(k * d));
        }

        return vectors;
    }

    internal static float[] Rows(IReadOnlyList<ExtractedPair> pairs, int most, int d)
    {
        int n = Math.Min(most, pairs.Count);
        var rows = new float[n * d];
        for (int k = 0; k < n; k++)
        {
            pairs[(int)((long)k * pairs.Count / n)].Vector.CopyTo(rows.AsSpan(k * d));
        }

        return rows;
    }
}

/// <summary>1 − OT (or the preset's transform) between pairs and references: cosine cost, exact for small problems, Sinkhorn else.</summary>
/// <remarks>Pairs farther from the references than unrelated text (OT above 1) are worth as much as it, which is also the worth of a pull without pairs.</remarks>
internal sealed class TransportReward(Target target, ulong seed, int references, Func<double, double> transform) : ClusterReward
{
    private const int MostPairs = 300;
    private readonly float[] _references = Sample(target, seed, references);

    public override double Of(IReadOnlyList<ExtractedPair> pairs, long tokens, CancellationToken cancellationToken)
    {
        if (pairs.Count == 0)
        {
            return transform(1); // nothing was found: as far away as unrelated text
        }

        int d = target.Mean.Length;
        float[] rows = Rows(pairs, MostPairs, d);
        var problem = new TransportProblem(CostMatrix.Between(rows, _references, d, GroundCost.Cosine));
        double value = (long)problem.Cost.Rows * problem.Cost.Columns <= 10_000
            ? ExactTransport.Solve(problem, cancellationToken: cancellationToken).Value
            : Sinkhorn.Solve(problem, new SinkhornOptions { Regularisation = 0.02, MaximumIterations = 200, Tolerance = 1e-3 }, cancellationToken: cancellationToken).Value;
        return transform(Math.Min(1, value));
    }
}

/// <summary>The released scripts' reward: 1 − IPOT − 0.12 with Euclidean cost against 100 references, all of the 500 × 10 iterations.</summary>
/// <remarks>A pull without pairs is worth the largest distance that two vectors of length 1 can have, so never more than one with pairs. The constant 0.12 was made for the scripts' embedding model: with vectors of words,
/// where texts are farther apart, every known cluster is worth less than 0, and new clusters are opened first.</remarks>
internal sealed class IpotReward(Target target, ulong seed, EqualCode policy) : ClusterReward
{
    private const double LargestDistance = 2; // of two vectors of length 1

    private readonly float[] _references = Sample(target, seed, 100);

    public override (double Lowest, double Highest) Range => (policy.RewardOf(LargestDistance), policy.RewardOf(0));

    public override double Of(IReadOnlyList<ExtractedPair> pairs, long tokens, CancellationToken cancellationToken)
    {
        if (pairs.Count == 0)
        {
            return Range.Lowest;
        }

        int d = target.Mean.Length;
        var problem = new TransportProblem(CostMatrix.Between(Rows(pairs, 100, d), _references, d, GroundCost.Euclidean));
        return policy.RewardOf(Ipot.Solve(problem, cancellationToken: cancellationToken).Value);
    }
}

/// <summary>The fall of the pool's transport cost to the reference for each 1,000 tokens, to first order in the mass the pairs take, squashed to (0, 1).</summary>
internal sealed class TransportGainReward(Target target, ulong seed) : ClusterReward
{
    private const int MostPairs = 400;
    private readonly float[] _references = Sample(target, seed, 200);
    private readonly List<ExtractedPair> _pool = [];
    private SinkhornSolution? _solution;
    private double _meanPrice;
    private int _solvedAt;

    public override bool IsPerToken => true;

    public override void Grow(IEnumerable<ExtractedPair> pairs)
    {
        _pool.AddRange(pairs);
        if (_pool.Count == 0 || (_solution is not null && _pool.Count < _solvedAt + Math.Max(20, _solvedAt / 10)))
        {
            return; // prices move slowly: they are renewed when the pool has grown by a tenth
        }

        int d = target.Mean.Length;
        _solution = Sinkhorn.Solve(
            new TransportProblem(CostMatrix.Between(Rows(_pool, MostPairs, d), _references, d, GroundCost.Cosine)),
            new SinkhornOptions { Regularisation = 0.02, MaximumIterations = 200, Tolerance = 1e-3 });
        _meanPrice = TensorPrimitives.Sum<double>(_solution.RowPotentials) / _solution.RowPotentials.Length;
        _solvedAt = _pool.Count;
    }

    public override double Of(IReadOnlyList<ExtractedPair> pairs, long tokens, CancellationToken cancellationToken)
    {
        if (_solution is null)
        {
            return 0.5;
        }

        int d = target.Mean.Length, m = _references.Length / d;
        var cost = new double[m];
        double gain = 0;
        foreach (ExtractedPair pair in pairs)
        {
            for (int j = 0; j < m; j++)
            {
                cost[j] = 1 - TensorPrimitives.Dot<float>(pair.Vector, _references.AsSpan(j * d, d));
            }

            gain += _meanPrice - _solution.PotentialOf(cost);
        }

        gain *= 1000.0 / (tokens + 100);
        return 0.5 + (0.5 * gain / (Math.Abs(gain) + 1));
    }
}

/// <summary>Mean cosine of the pairs to the references, in [0, 1].</summary>
internal sealed class SimilarityReward(Target target) : ClusterReward
{
    public override double Of(IReadOnlyList<ExtractedPair> pairs, long tokens, CancellationToken cancellationToken) =>
        pairs.Count == 0 ? 0 : Math.Clamp(pairs.Average(pair => (double)TensorPrimitives.Dot<float>(pair.Vector, target.Mean)), 0, 1);
}

/// <summary>1 / (1 + bits per byte) of the pairs' answers under a student trained on the reference: 1 for text that it foresees.</summary>
internal sealed class PerplexityReward(Target target) : ClusterReward
{
    private readonly Student _student = Student.Train(target.Pairs.Select(pair => (pair.Question, pair.Answer)), new StudentOptions { Order = 3 });

    public override double Of(IReadOnlyList<ExtractedPair> pairs, long tokens, CancellationToken cancellationToken)
    {
        (double bits, long bytes) = _student.Score(pairs.Select(pair => (pair.Question, pair.Answer)), cancellationToken);
        return bytes == 0 ? 0 : 1 / (1 + (bits / bytes));
    }
}
