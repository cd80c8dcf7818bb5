namespace Caudata.Extraction;

/// <summary>How pairs are chosen for training out of those that were paid for.</summary>
public sealed record SelectionOptions
{
    /// <summary>Weight w of the transport cost against the cross-entropy, in nats for one unit of cosine cost. Range 0 or more. Default 3: docs/experiments.md, "Selecting pairs".</summary>
    public double TransportWeight { get; init; } = 3;

    /// <summary>Regularisation of the transport problem that gives the prices. Above 0. Default 0.02, a fiftieth of the usual cosine cost.</summary>
    public double Regularisation { get; init; } = 0.02;

    /// <summary>References that prices are computed against, at most. Range 10–5,000. Default 300.</summary>
    public int MaxReferences { get; init; } = 300;

    /// <summary>Chosen pairs that prices are computed from, at most. Range 10–5,000. Default 600.</summary>
    public int MaxChosen { get; init; } = 600;
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
/// <para>Greedy on J(S) = H(target | S) + w · OT(S, target): the fall of cross-entropy is <see cref="MarginalGain"/>; the fall of the transport value is first order in the mass that a pair takes,
/// (f̄ − f(p)) / (|S| + 33), where f(p) is the price of a pair under the reference's dual potentials and f̄ the mean price of those chosen. Prices are solved anew whenever S has grown by an eighth, so that
/// a place of the target that is served already grows dear. A pair is chosen while its gain is above 0.</para>
/// <para>Lazy evaluation between two solutions. O(log |S|) solutions and O(n log |S|) evaluations. Ties go to the earlier pair. Deterministic.</para>
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
        var pool = new GrowingPool(target, options, threads);
        var decisions = new PairDecision[pairs.Count];
        var open = new List<int>(pairs.Count);
        for (int i = 0; i < pairs.Count; i++)
        {
            decisions[i] = new PairDecision(false, -1, 0);
            if (pairs[i].Features.Length > 0)
            {
                open.Add(i);
            }
        }

        while (open.Count > 0)
        {
            int before = pool.Count;
            foreach ((int k, double value) in pool.Grow([.. open.Select(i => pairs[i])], Math.Max(FirstChunk, before / 8), cancellationToken))
            {
                decisions[open[k]] = value > 0 ? new PairDecision(true, before++, value) : new PairDecision(false, -1, value);
            }

            if (open.RemoveAll(i => decisions[i].Selected) == 0)
            {
                break;
            }
        }

        return decisions;
    }

    private const int FirstChunk = 16;
}
