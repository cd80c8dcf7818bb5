using System.Numerics.Tensors;
using Caudata.Numerics;

namespace Caudata.Embedding;

/// <summary>How contrastive alignment is trained.</summary>
public sealed record ContrastiveAlignmentOptions
{
    /// <summary>Temperature t. Range 0.001–1. Default 0.02, as the scripts released with [zhang2025equal].</summary>
    public double Temperature { get; init; } = 0.02;

    /// <summary>Hard negatives a pair. Range 0–64. Default 7, as the same scripts.</summary>
    public int HardNegatives { get; init; } = 7;

    /// <summary>Best rank, from 1, of a mined negative among the pairs nearest to the document. Range 1–<see cref="LastRank"/>. Default 2, as the same scripts.</summary>
    public int FirstRank { get; init; } = 2;

    /// <summary>Worst rank of a mined negative. Range up to 10,000. Default 200, as the same scripts.</summary>
    public int LastRank { get; init; } = 200;

    /// <summary>Passes over the pairs. Range 1–100. Default 2, as the same scripts.</summary>
    public int Epochs { get; init; } = 2;

    /// <summary>Pairs in a batch, whose pairs are each other's negatives. Range 2–1,024. Default 64.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Step of Adam [kingma2015]. Range 1e-7–1. Default 0.001, Adam's own.</summary>
    public double Step { get; init; } = 0.001;

    /// <summary>Decay towards the identity, a share of the distance each step times <see cref="Step"/>, decoupled as in [loshchilov2019]. Range 0–100. Default 0.01.</summary>
    public double Decay { get; init; } = 0.01;

    /// <summary>Share of the owning documents held out. Range 0.05–0.5. Default 0.2.</summary>
    public double HeldOut { get; init; } = 0.2;

    /// <summary>Seed of split, order and negatives. Default 7.</summary>
    public ulong Seed { get; init; } = 7;

    /// <summary>All mistakes in the options, in plain words; empty when there are none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var mistakes = new List<string>();
        Range(Temperature, 0.001, 1, nameof(Temperature));
        Range(HardNegatives, 0, 64, nameof(HardNegatives));
        Range(LastRank, 1, 10_000, nameof(LastRank));
        Range(FirstRank, 1, Math.Max(LastRank, 1), nameof(FirstRank));
        Range(Epochs, 1, 100, nameof(Epochs));
        Range(Batch, 2, 1024, nameof(Batch));
        Range(Step, 1e-7, 1, nameof(Step));
        Range(Decay, 0, 100, nameof(Decay));
        Range(HeldOut, 0.05, 0.5, nameof(HeldOut));
        return mistakes;

        void Range(double value, double low, double high, string name)
        {
            if (!(value >= low && value <= high))
            {
                mistakes.Add($"{name} is {value}; expected {low} to {high}.");
            }
        }
    }
}

/// <summary>A linear map that brings documents near the pairs they yield, and what it did to the held-out loss.</summary>
/// <param name="Projection">W, row-major, shape [d, d]; the identity when training did not help.</param>
/// <param name="Dimension">d.</param>
/// <param name="LossBefore">Held-out loss under the identity, in nats; NaN when there was nothing to hold out.</param>
/// <param name="LossAfter">Held-out loss under <paramref name="Projection"/>; never above <paramref name="LossBefore"/>.</param>
/// <param name="Epochs">Passes that <paramref name="Projection"/> has seen; 0 for the identity.</param>
public sealed record Alignment(float[] Projection, int Dimension, double LossBefore, double LossAfter, int Epochs)
{
    /// <summary>Maps vectors and scales each to length 1; a zero vector stays zero.</summary>
    /// <param name="vectors">Row-major, shape [n, d]: documents, pairs or references alike.</param>
    /// <param name="threads">Threads, at least 1; the result does not depend on them.</param>
    /// <returns>Row-major, shape [n, d].</returns>
    public float[] Apply(ReadOnlySpan<float> vectors, int threads = 1)
    {
        int n = vectors.Length / Dimension;
        if (n * Dimension != vectors.Length)
        {
            throw new ArgumentException($"vectors has {vectors.Length} numbers; expected a multiple of {Dimension}.", nameof(vectors));
        }

        var result = new float[vectors.Length];
        MatrixProduct.MultiplyTransposed(vectors, Projection, result, n, Dimension, Dimension, threads);
        ContrastiveAlignment.Normalise(result, Dimension, new float[n]);
        return result;
    }
}

/// <summary>Trains the map by InfoNCE [oord2018]: L = −ln( e^{s(d,q⁺)/t} / (e^{s(d,q⁺)/t} + Σ e^{s(d,q⁻)/t}) ), s the cosine of Wd and Wq.</summary>
/// <remarks>
/// <para>Negatives are the other documents' pairs of the batch, and pairs mined before each epoch among those nearest to the document under the present W. W starts at the identity, and decays towards it.
/// After each epoch the loss of held-out documents is measured against the same negatives; the best W is returned, which is the identity if no epoch fell below it.</para>
/// <para>Step 2 of EQUAL [zhang2025equal], with a linear map in place of a tuned transformer. Deterministic for any number of threads. Time O(epochs · m · (1 + negatives) · d²), and O(documents · m · d) to mine.</para>
/// </remarks>
public static class ContrastiveAlignment
{
    /// <summary>Trains on extracted pairs.</summary>
    /// <param name="documents">Vectors of documents, row-major, shape [n, d], each of length 1.</param>
    /// <param name="pairs">Vectors of pairs, row-major, shape [m, d], each of length 1.</param>
    /// <param name="owner">Index of the document that each pair came from, shape [m].</param>
    /// <param name="dimension">d, at least 1.</param>
    /// <param name="options">Options; null takes the defaults.</param>
    /// <param name="threads">Threads, at least 1; the result does not depend on them.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="ArgumentException">Shapes do not agree, an owner is out of range, or options have mistakes.</exception>
    public static Alignment Train(float[] documents, float[] pairs, int[] owner, int dimension, ContrastiveAlignmentOptions? options = null, int threads = 1, CancellationToken cancellationToken = default)
    {
        options ??= new ContrastiveAlignmentOptions();
        IReadOnlyList<string> mistakes = options.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        int n = documents.Length / dimension, m = owner.Length;
        if (mistakes.Count > 0 || n * dimension != documents.Length || pairs.Length != (long)m * dimension)
        {
            throw new ArgumentException($"documents has {documents.Length} numbers, pairs {pairs.Length}, owner {m}; expected [n, {dimension}], [{m}, {dimension}], [{m}]. {string.Join(' ', mistakes)}".TrimEnd());
        }

        for (int i = 0; i < m; i++)
        {
            if ((uint)owner[i] >= (uint)n)
            {
                throw new ArgumentException($"owner[{i}] is {owner[i]}; expected 0 to {n - 1}.", nameof(owner));
            }
        }

        float[] identity = Identity(dimension);
        int[] owners = [.. owner.Distinct().Order()];
        var split = new RandomStream(options.Seed, "alignment-split");
        split.Shuffle(owners.AsSpan());
        int held = (int)Math.Round(options.HeldOut * owners.Length);
        HashSet<int> heldOut = [.. owners.Take(held)];
        int[] train = [.. Enumerable.Range(0, m).Where(i => !heldOut.Contains(owner[i]))], test = [.. Enumerable.Range(0, m).Where(i => heldOut.Contains(owner[i]))];
        if (held < 2 || owners.Length - held < 2)
        {
            return new Alignment(identity, dimension, double.NaN, double.NaN, 0);
        }

        var data = new Data(documents, pairs, owner, dimension);
        float[] w = [.. identity];
        int[] testNegatives = Mine(data, w, test, test, options, "alignment-held-out", 0, threads);
        double before = Loss(data, w, test, testNegatives, options, threads), best = before;
        (float[] Projection, int Epochs) chosen = (identity, 0);
        var adam = new Adam(w.Length);
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            int[] order = [.. train];
            new RandomStream(options.Seed, "alignment-order", (ulong)epoch).Shuffle(order.AsSpan());
            int[] negatives = Mine(data, w, order, train, options, "alignment-negatives", (ulong)epoch, threads);
            for (int from = 0; from < order.Length; from += options.Batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(options.Batch, order.Length - from);
                var gradient = new float[w.Length];
                LossAndGradient(data, w, order.AsSpan(from, count), negatives.AsSpan(from * options.HardNegatives, count * options.HardNegatives), options, gradient, threads);
                adam.Step(w, gradient, identity, options);
            }

            double loss = Loss(data, w, test, testNegatives, options, threads);
            if (loss < best)
            {
                best = loss;
                chosen = ([.. w], epoch + 1);
            }
        }

        return new Alignment(chosen.Projection, dimension, before, best, chosen.Epochs);
    }

    /// <summary>What is trained on.</summary>
    internal sealed record Data(float[] Documents, float[] Pairs, int[] Owner, int Dimension);

    /// <summary>Mean loss of a batch, and its gradient in W if asked for.</summary>
    /// <param name="data">Vectors.</param>
    /// <param name="w">W, shape [d, d].</param>
    /// <param name="batch">Pairs, shape [b].</param>
    /// <param name="negatives">Hard negatives, shape [b, h]; −1 where there is none.</param>
    /// <param name="options">Temperature.</param>
    /// <param name="gradient">Receives the gradient, shape [d, d]; empty for none.</param>
    /// <param name="threads">Threads.</param>
    internal static double LossAndGradient(Data data, float[] w, ReadOnlySpan<int> batch, ReadOnlySpan<int> negatives, ContrastiveAlignmentOptions options, Span<float> gradient, int threads)
    {
        int d = data.Dimension, b = batch.Length, h = negatives.Length / b, rows = b + b + (b * h);
        // Rows of x: b documents, b pairs, b·h negatives.
        var x = new float[rows * d];
        for (int i = 0; i < b; i++)
        {
            data.Documents.AsSpan(data.Owner[batch[i]] * d, d).CopyTo(x.AsSpan(i * d));
            data.Pairs.AsSpan(batch[i] * d, d).CopyTo(x.AsSpan((b + i) * d));
        }

        for (int i = 0; i < negatives.Length; i++)
        {
            if (negatives[i] >= 0)
            {
                data.Pairs.AsSpan(negatives[i] * d, d).CopyTo(x.AsSpan((b + b + i) * d));
            }
        }

        var z = new float[rows * d];
        MatrixProduct.MultiplyTransposed(x, w, z, rows, d, d, threads);
        var norms = new float[rows];
        Normalise(z, d, norms);
        var inBatch = new float[b * b];
        MatrixProduct.MultiplyTransposed(z.AsSpan(0, b * d), z.AsSpan(b * d, b * d), inBatch, b, b, d, threads);
        var g = new float[gradient.Length > 0 ? rows * d : 0]; // dL/dz
        Span<double> logits = new double[b + h];
        double total = 0;
        for (int i = 0; i < b; i++)
        {
            ReadOnlySpan<float> document = z.AsSpan(i * d, d);
            double top = double.NegativeInfinity;
            for (int j = 0; j < b + h; j++)
            {
                int row = Row(i, j);
                bool counts = j < b ? j == i || data.Owner[batch[j]] != data.Owner[batch[i]] : negatives[(i * h) + j - b] >= 0;
                logits[j] = !counts ? double.NegativeInfinity : (j < b ? inBatch[(i * b) + j] : TensorPrimitives.Dot(document, z.AsSpan(row * d, d))) / options.Temperature;
                top = Math.Max(top, logits[j]);
            }

            double sum = 0;
            for (int j = 0; j < b + h; j++)
            {
                sum += Math.Exp(logits[j] - top);
            }

            double logSum = top + Math.Log(sum);
            total += logSum - logits[i];
            for (int j = 0; j < b + h && g.Length > 0; j++)
            {
                if (double.IsNegativeInfinity(logits[j]))
                {
                    continue;
                }

                int row = Row(i, j);
                float a = (float)((Math.Exp(logits[j] - logSum) - (j == i ? 1 : 0)) / (options.Temperature * b));
                Span<float> ofDocument = g.AsSpan(i * d, d), ofPair = g.AsSpan(row * d, d);
                TensorPrimitives.MultiplyAdd(z.AsSpan(row * d, d), a, ofDocument, ofDocument);
                TensorPrimitives.MultiplyAdd(document, a, ofPair, ofPair);
            }

            int Row(int of, int j) => j < b ? b + j : b + b + (of * h) + j - b;
        }

        if (g.Length > 0)
        {
            // Through the scaling to length 1: dL/dp = (g − (g·z) z) / |p|; then dL/dW = Σ dL/dp xᵀ.
            var transposed = new float[rows * d]; // [d, rows]
            for (int r = 0; r < rows; r++)
            {
                Span<float> of = g.AsSpan(r * d, d);
                ReadOnlySpan<float> unit = z.AsSpan(r * d, d);
                TensorPrimitives.MultiplyAdd(unit, -TensorPrimitives.Dot<float>(of, unit), of, of);
                float scale = norms[r] > 0 ? 1 / norms[r] : 0;
                for (int k = 0; k < d; k++)
                {
                    transposed[(k * rows) + r] = of[k] * scale;
                }
            }

            MatrixProduct.Multiply(transposed, x, gradient, d, d, rows, threads);
        }

        return total / b;
    }

    /// <summary>Scales rows to length 1; a row without length stays zero.</summary>
    internal static void Normalise(Span<float> rows, int dimension, Span<float> norms)
    {
        for (int i = 0; i < norms.Length; i++)
        {
            Span<float> row = rows.Slice(i * dimension, dimension);
            norms[i] = TensorPrimitives.Norm<float>(row);
            if (norms[i] > 1e-12f)
            {
                TensorPrimitives.Divide(row, norms[i], row);
            }
            else
            {
                row.Clear();
                norms[i] = 0;
            }
        }
    }

    /// <summary>Mean loss over pairs, in batches of the training size.</summary>
    private static double Loss(Data data, float[] w, int[] of, int[] negatives, ContrastiveAlignmentOptions options, int threads)
    {
        double total = 0;
        for (int from = 0; from < of.Length; from += options.Batch)
        {
            int count = Math.Min(options.Batch, of.Length - from);
            total += count * LossAndGradient(data, w, of.AsSpan(from, count), negatives.AsSpan(from * options.HardNegatives, count * options.HardNegatives), options, [], threads);
        }

        return total / of.Length;
    }

    /// <summary>Hard negatives of each pair, shape [of, h]: drawn among the ranks wanted of the pool's pairs of other documents, nearest to the pair's document first; −1 where there are too few.</summary>
    private static int[] Mine(Data data, float[] w, int[] of, int[] pool, ContrastiveAlignmentOptions options, string stream, ulong epoch, int threads)
    {
        int h = options.HardNegatives, d = data.Dimension;
        var mined = new int[of.Length * h];
        Array.Fill(mined, -1);
        if (h == 0)
        {
            return mined;
        }

        // More than 16,384 pairs are no harder: the pool is thinned evenly.
        int stride = (pool.Length + 16383) / 16384;
        int[] candidates = [.. Enumerable.Range(0, (pool.Length + stride - 1) / stride).Select(i => pool[i * stride])];
        float[] pairs = Projected(data.Pairs, candidates, w, d, threads);
        const int Block = 64;
        BlockLoop.Run((of.Length + Block - 1) / Block, threads, (block, _) =>
        {
            int from = block * Block, count = Math.Min(Block, of.Length - from);
            float[] documents = Projected(data.Documents, [.. of.Skip(from).Take(count).Select(i => data.Owner[i])], w, d, 1);
            var similar = new float[count * candidates.Length];
            MatrixProduct.MultiplyTransposed(documents, pairs, similar, count, candidates.Length, d);
            var keys = new float[candidates.Length];
            var order = new int[candidates.Length];
            for (int i = 0; i < count; i++)
            {
                int self = data.Owner[of[from + i]], others = 0;
                for (int j = 0; j < candidates.Length; j++)
                {
                    if (data.Owner[candidates[j]] != self)
                    {
                        keys[others] = -similar[(i * candidates.Length) + j];
                        order[others++] = j;
                    }
                }

                Array.Sort(keys, order, 0, others);
                var random = new RandomStream(options.Seed, stream, (epoch << 40) + (ulong)of[from + i]);
                int first = options.FirstRank - 1, ranks = Math.Min(others, options.LastRank) - first;
                for (int k = 0; k < h && k < ranks; k++)
                {
                    // The first h of a shuffle of the ranks.
                    int swap = first + k + random.NextInt32(ranks - k);
                    (order[first + k], order[swap]) = (order[swap], order[first + k]);
                    mined[((from + i) * h) + k] = candidates[order[first + k]];
                }
            }
        });
        return mined;
    }

    private static float[] Projected(float[] vectors, int[] rows, float[] w, int d, int threads)
    {
        var some = new float[rows.Length * d];
        for (int i = 0; i < rows.Length; i++)
        {
            vectors.AsSpan(rows[i] * d, d).CopyTo(some.AsSpan(i * d));
        }

        var z = new float[some.Length];
        MatrixProduct.MultiplyTransposed(some, w, z, rows.Length, d, d, threads);
        Normalise(z, d, new float[rows.Length]);
        return z;
    }

    private static float[] Identity(int d)
    {
        var identity = new float[d * d];
        for (int i = 0; i < d; i++)
        {
            identity[(i * d) + i] = 1;
        }

        return identity;
    }

    /// <summary>Adam [kingma2015], algorithm 1, with decay towards a given point.</summary>
    private sealed class Adam(int size)
    {
        private readonly float[] _first = new float[size], _second = new float[size];
        private int _steps;

        public void Step(float[] w, float[] gradient, float[] towards, ContrastiveAlignmentOptions options)
        {
            const float B1 = 0.9f, B2 = 0.999f;
            _steps++;
            float correct1 = (float)(1 - Math.Pow(B1, _steps)), correct2 = (float)(1 - Math.Pow(B2, _steps)), step = (float)options.Step, decay = (float)(options.Step * options.Decay);
            for (int i = 0; i < w.Length; i++)
            {
                float g = gradient[i];
                _first[i] = (B1 * _first[i]) + ((1 - B1) * g);
                _second[i] = (B2 * _second[i]) + ((1 - B2) * g * g);
                w[i] -= (step * (_first[i] / correct1) / (MathF.Sqrt(_second[i] / correct2) + 1e-8f)) + (decay * (w[i] - towards[i]));
            }
        }
    }
}
