using System.Collections.Immutable;
using Caudata.Numerics;

namespace Caudata.Extraction;

/// <summary>Reads documents in one fixed order: random, or a one-shot ranking made before anything is read.</summary>
/// <remarks>A ranking names its documents with certainty, or, when <paramref name="exploration"/> is above 0, gives that share of each round to documents drawn evenly from the rest (<see cref="ExploringRanking"/>); of a
/// random order each unread document is equally likely to be named next.</remarks>
/// <param name="name">Name of the policy.</param>
/// <param name="order">All documents, the best first.</param>
/// <param name="tokens">Cost of each document.</param>
/// <param name="reward">What is logged as the reward of a reading.</param>
/// <param name="isRandom">Whether the order is a uniform random one.</param>
/// <param name="exploration">Share of exploration, 0 to 1.</param>
/// <param name="seed">Seed of the exploration.</param>
internal sealed class RankedReading(string name, int[] order, int[] tokens, Func<DocumentReading, double> reward, bool isRandom = false, double exploration = 0, ulong seed = 0) : IReadingPolicy
{
    /// <summary>Documents named in a round, at most.</summary>
    public const int Batch = 256;

    private int _next;

    public string Name => name;

    public ImmutableArray<Pick> Next(ReadingState state, CancellationToken cancellationToken)
    {
        if (exploration > 0)
        {
            return Explore(name, order, tokens, _ => -1, exploration, seed, state);
        }

        int left = order.Length - _next, take = Math.Min(Math.Min(Batch, state.DocumentsLeft), left);
        var picks = ImmutableArray.CreateBuilder<Pick>(take);
        for (int k = 0; k < take; k++)
        {
            picks.Add(isRandom ? new Pick(order[_next++], -1, 1.0 / left, take / (double)left) : new Pick(order[_next++], -1, 1, 1));
        }

        return picks.MoveToImmutable();
    }

    /// <summary>In a random order all that were named are equally likely to be among those read.</summary>
    public ImmutableArray<Pick> Cut(ImmutableArray<Pick> named, ImmutableArray<Pick> read) =>
        isRandom ? [.. read.Select(pick => pick with { Inclusion = pick.Inclusion * read.Length / named.Length })] : read;

    public ImmutableArray<ReadingReward> Learn(ImmutableArray<Pick> picks, IReadOnlyList<DocumentReading> readings, CancellationToken cancellationToken) =>
        [.. readings.Select(reading => new ReadingReward(reward(reading), []))];

    /// <summary>A round of a ranking with exploration among the documents that still fit, of no more documents than the rest of the budget is likely to pay for.</summary>
    internal static ImmutableArray<Pick> Explore(string name, int[] order, int[] tokens, Func<int, int> arm, double exploration, ulong seed, ReadingState state)
    {
        int[] fitting = [.. order.Where(i => !state.IsRead[i] && tokens[i] <= state.TokensLeft)];
        if (fitting.Length == 0 || state.DocumentsLeft < 1)
        {
            return [];
        }

        double mean = Math.Max(1, fitting.Average(i => (double)tokens[i]));
        int places = (int)Math.Clamp(state.TokensLeft / mean, 1, Math.Min(Math.Min(Batch, state.DocumentsLeft), fitting.Length));
        return ExploringRanking.Choose(fitting, places, exploration, arm, new RandomStream(seed, $"exploration of {name}", (ulong)state.Round));
    }
}
