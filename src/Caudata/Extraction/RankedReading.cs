using System.Collections.Immutable;

namespace Caudata.Extraction;

/// <summary>Reads documents in one fixed order: random, or a one-shot ranking made before anything is read.</summary>
/// <remarks>A ranking names its documents with certainty; of a random order each unread document is equally likely to be named next.</remarks>
internal sealed class RankedReading(string name, int[] order, Func<DocumentReading, double> reward, bool isRandom = false) : IReadingPolicy
{
    private const int Batch = 256;
    private int _next;

    public string Name => name;

    public ImmutableArray<Pick> Next(ReadingState state, CancellationToken cancellationToken)
    {
        int left = order.Length - _next, take = Math.Min(Math.Min(Batch, state.DocumentsLeft), left);
        var picks = ImmutableArray.CreateBuilder<Pick>(take);
        for (int k = 0; k < take; k++)
        {
            picks.Add(isRandom ? new Pick(order[_next++], -1, 1.0 / left, take / (double)left) : new Pick(order[_next++], -1, 1, 1));
        }

        return picks.MoveToImmutable();
    }

    public ImmutableArray<ReadingReward> Learn(ImmutableArray<Pick> picks, IReadOnlyList<DocumentReading> readings, CancellationToken cancellationToken) =>
        [.. readings.Select(reading => new ReadingReward(reward(reading), []))];
}
