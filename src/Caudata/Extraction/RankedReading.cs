using System.Collections.Immutable;

namespace Caudata.Extraction;

/// <summary>Reads documents in one fixed order: random, or a one-shot ranking made before anything is read.</summary>
internal sealed class RankedReading(string name, int[] order, Func<DocumentReading, double> reward) : IReadingPolicy
{
    private const int Batch = 256;
    private int _next;

    public string Name => name;

    public ImmutableArray<Pick> Next(ReadingState state, CancellationToken cancellationToken)
    {
        var picks = ImmutableArray.CreateBuilder<Pick>(Batch);
        while (picks.Count < Batch && _next < order.Length)
        {
            int document = order[_next++];
            if (!state.IsRead[document])
            {
                picks.Add(new Pick(document, -1, 1, 1));
            }
        }

        return picks.ToImmutable();
    }

    public ImmutableArray<ReadingReward> Learn(ImmutableArray<Pick> picks, IReadOnlyList<DocumentReading> readings, CancellationToken cancellationToken) =>
        [.. readings.Select(reading => new ReadingReward(reward(reading), []))];
}
