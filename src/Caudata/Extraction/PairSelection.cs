using System.Numerics.Tensors;
using Caudata.Transport;

namespace Caudata.Extraction;

/// <summary>How pairs are chosen for training out of those that were paid for.</summary>
public sealed record SelectionOptions
{
    /// <summary>Weight of the transport price against the gain in cross-entropy, in nats for one unit of cosine cost. Range 0 or more. Default: docs/experiments.md, "Selecting pairs".</summary>
    public double TransportWeight { get; init; } = 1;

    /// <summary>Regularisation of the transport problem that gives the prices. Above 0. Default 0.02, a fiftieth of the largest usual cosine cost.</summary>
    public double Regularisation { get; init; } = 0.02;

    /// <summary>How often prices are computed anew. Range 1–10. Default 2.</summary>
    public int Passes { get; init; } = 2;
}

/// <summary>What became of a pair: chosen for training at which place, or left out, and why.</summary>
/// <param name="Selected">True when it is to be trained on.</param>
/// <param name="Place">Order of choice, 0-based; −1 when not chosen.</param>
/// <param name="Gain">Its marginal gain when it was decided, in nats of the target.</param>
public readonly record struct PairDecision(bool Selected, int Place, double Gain)
{
    /// <summary>The reason in words.</summary>
    public string Reason => Selected ? "gain" : "no-gain";
}

/// <summary>Chooses among extracted pairs by their marginal gain towards the target; everything that was paid for is kept, the rest is only marked.</summary>
/// <remarks>
/// <para>Greedy on J(S) = H(target | S) + w · OT(S, target): the fall of cross-entropy is <see cref="MarginalGain"/>, the fall of the transport value is first order in the mass that a pair takes,
/// (f̄ − f(p)) / (|S| + 1), where f(p) is the pair's price under the reference's dual potentials and f̄ the mean price of those chosen. A pair is chosen while its gain is above 0.</para>
/// <para>Lazy evaluation: a pair's gain is computed again only when it comes to the top of the queue. O(n log n) evaluations in practice. Ties go to the earlier pair. Deterministic.</para>
/// </remarks>
public static class PairSelection
{
    /// <summary>Decides for every pair.</summary>
    /// <param name="pairs">The pairs, in order of reading.</param>
    /// <param name="target">What is aimed at.</param>
    /// <param name="options">How.</param>
    /// <param name="threads">Threads for the prices.</param>
    /// <param name="cancellationToken">Stops between pairs.</param>
    public static PairDecision[] Decide(IReadOnlyList<ExtractedPair> pairs, Target target, SelectionOptions options, int threads = 1, CancellationToken cancellationToken = default)
    {
        if (pairs.Count == 0)
        {
            return [];
        }

        PairDecision[] decisions = Greedy(pairs, target, new double[pairs.Count], 0, cancellationToken);
        for (int pass = 0; pass < options.Passes && options.TransportWeight > 0; pass++)
        {
            double[] prices = Prices(pairs, decisions, target, options, threads, cancellationToken);
            decisions = Greedy(pairs, target, prices, options.TransportWeight, cancellationToken);
        }

        return decisions;
    }

    private static PairDecision[] Greedy(IReadOnlyList<ExtractedPair> pairs, Target target, double[] prices, double weight, CancellationToken cancellationToken)
    {
        MarginalGain pool = target.Start.Fork();
        var decisions = new PairDecision[pairs.Count];
        var queue = new PriorityQueue<int, (double Negated, int Index)>(pairs.Count);

        // Before anything is chosen the mean price is that of the better half: the first choices are not compared with nothing.
        double[] sorted = [.. prices.Order()];
        double mean = sorted[sorted.Length / 4];
        double priceSum = 32 * mean;
        int chosen = 0;
        for (int i = 0; i < pairs.Count; i++)
        {
            decisions[i] = new PairDecision(false, -1, 0);
            if (pairs[i].Features.Length > 0)
            {
                queue.Enqueue(i, (-Gain(i), i));
            }
        }

        while (queue.TryDequeue(out int i, out (double Negated, int Index) before))
        {
            cancellationToken.ThrowIfCancellationRequested();
            double gain = Gain(i);
            if (gain <= 0)
            {
                decisions[i] = new PairDecision(false, -1, gain);
                continue;
            }

            if (gain < -before.Negated && queue.TryPeek(out _, out (double Negated, int Index) next) && (-gain, i).CompareTo(next) > 0)
            {
                queue.Enqueue(i, (-gain, i));
                continue;
            }

            decisions[i] = new PairDecision(true, chosen++, gain);
            pool.Add(pairs[i].Features);
            priceSum += prices[i];
        }

        return decisions;

        double Gain(int i) => pool.Of(pairs[i].Features) + (weight * ((priceSum / (chosen + 32)) - prices[i]) / (chosen + 33));
    }

    private static double[] Prices(IReadOnlyList<ExtractedPair> pairs, PairDecision[] decisions, Target target, SelectionOptions options, int threads, CancellationToken cancellationToken)
    {
        const int Most = 1500;
        int d = target.Mean.Length, m = target.Pairs.Length;
        int[] chosen = [.. Enumerable.Range(0, pairs.Count).Where(i => decisions[i].Selected).OrderBy(i => decisions[i].Place)];
        if (chosen.Length == 0)
        {
            chosen = [.. Enumerable.Range(0, pairs.Count)];
        }

        if (chosen.Length > Most)
        {
            int step = chosen.Length;
            chosen = [.. Enumerable.Range(0, Most).Select(k => chosen[(int)((long)k * step / Most)])];
        }

        var rows = new float[chosen.Length * d];
        for (int k = 0; k < chosen.Length; k++)
        {
            pairs[chosen[k]].Vector.CopyTo(rows.AsSpan(k * d));
        }

        SinkhornSolution solution = Sinkhorn.Solve(
            new TransportProblem(CostMatrix.Between(rows, target.Vectors, d, GroundCost.Cosine, threads)),
            new SinkhornOptions { Regularisation = options.Regularisation, MaximumIterations = 200, Tolerance = 1e-3, Threads = threads }, cancellationToken: cancellationToken);
        var prices = new double[pairs.Count];
        Parallel.For(0, pairs.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, i =>
        {
            var cost = new double[m];
            for (int j = 0; j < m; j++)
            {
                cost[j] = 1 - TensorPrimitives.Dot<float>(pairs[i].Vector, target.Vectors.AsSpan(j * d, d));
            }

            prices[i] = solution.PotentialOf(cost);
        });
        return prices;
    }
}
