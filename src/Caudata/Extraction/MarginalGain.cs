namespace Caudata.Extraction;

/// <summary>How much nearer a pool of text comes to a target by one more piece: the fall of the target's cross-entropy under the pool's own words and word pairs.</summary>
/// <remarks>
/// <para>With reference counts R (total |R|), pool counts C over a background prior of weight a, and a piece x of length |x|:
/// gain(x) = Σ_f R_f/|R| · ln((C_f + x_f)/C_f) − ln((|C| + |x|)/|C|), in nats per feature of the target. The first term rewards what the target needs and the pool lacks; the second charges for length.
/// A piece that the pool holds already gains little: the gain is marginal, and choosing stops where it falls to 0.</para>
/// <para>Source: [axelrod2017] Axelrod, "Cynical selection of language model training data" (arXiv 1709.02279), equations 8–10, extended from words to word pairs, with a background prior in place of the first line.</para>
/// <para>A mutable state of 16 MiB; not thread-safe while <see cref="Add"/> runs, else safe to read from several threads.</para>
/// </remarks>
public sealed class MarginalGain
{
    private readonly float[] _target;
    private readonly double[] _pool;
    private double _poolTotal;

    private MarginalGain(float[] target, double[] pool, double total)
    {
        _target = target;
        _pool = pool;
        _poolTotal = total;
    }

    /// <summary>A pool with nothing in it yet.</summary>
    /// <param name="target">Features of every reference text.</param>
    /// <param name="background">Features of a sample of the corpus: what text of no special kind looks like. Empty: the prior is even.</param>
    /// <param name="priorWeight">Weight a of the background, in features. Above 0.</param>
    public static MarginalGain Start(IEnumerable<uint[]> target, IEnumerable<uint[]> background, double priorWeight)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(priorWeight);
        var counts = new double[NgramFeatures.Buckets];
        double total = 0;
        foreach (uint[] text in target)
        {
            foreach (uint feature in text)
            {
                counts[NgramFeatures.Bucket(feature)] += NgramFeatures.Count(feature);
                total += NgramFeatures.Count(feature);
            }
        }

        var pool = new double[NgramFeatures.Buckets];
        double seen = 0;
        foreach (uint[] text in background)
        {
            foreach (uint feature in text)
            {
                pool[NgramFeatures.Bucket(feature)] += NgramFeatures.Count(feature);
                seen += NgramFeatures.Count(feature);
            }
        }

        // One percent of the prior is spread evenly, so that words the background lacks are rare and not impossible.
        double even = priorWeight * (seen > 0 ? 0.01 : 1) / NgramFeatures.Buckets, scale = seen > 0 ? priorWeight * 0.99 / seen : 0;
        double poolTotal = 0;
        var shares = new float[NgramFeatures.Buckets];
        for (int f = 0; f < pool.Length; f++)
        {
            pool[f] = (pool[f] * scale) + even;
            poolTotal += pool[f];
            shares[f] = total > 0 ? (float)(counts[f] / total) : 0;
        }

        return new MarginalGain(shares, pool, poolTotal);
    }

    /// <summary>A copy that can go its own way; the target is shared.</summary>
    public MarginalGain Fork() => new(_target, [.. _pool], _poolTotal);

    /// <summary>The gain of one more piece, in nats per feature of the target; below 0 when it leads away.</summary>
    /// <param name="features">The piece, packed as by <see cref="NgramFeatures.Of"/>.</param>
    public double Of(ReadOnlySpan<uint> features)
    {
        double gain = 0, length = 0;
        foreach (uint feature in features)
        {
            int bucket = NgramFeatures.Bucket(feature), count = NgramFeatures.Count(feature);
            length += count;
            float share = _target[bucket];
            if (share > 0)
            {
                gain += share * Math.Log(1 + (count / _pool[bucket]));
            }
        }

        return gain - Math.Log(1 + (length / _poolTotal));
    }

    /// <summary>Puts a piece into the pool.</summary>
    /// <param name="features">The piece.</param>
    public void Add(ReadOnlySpan<uint> features)
    {
        foreach (uint feature in features)
        {
            int count = NgramFeatures.Count(feature);
            _pool[NgramFeatures.Bucket(feature)] += count;
            _poolTotal += count;
        }
    }

    /// <summary>Cross-entropy of the target under the pool, in nats per feature.</summary>
    public double CrossEntropy()
    {
        double sum = 0;
        for (int f = 0; f < _target.Length; f++)
        {
            if (_target[f] > 0)
            {
                sum -= _target[f] * Math.Log(_pool[f] / _poolTotal);
            }
        }

        return sum;
    }
}
