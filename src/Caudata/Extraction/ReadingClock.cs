using System.Buffers.Binary;
using Caudata.Records;

namespace Caudata.Extraction;

/// <summary>The clock of a budget of time: it counts the reading of a run over all its starts.</summary>
/// <remarks>Rounds that an earlier start finished are paid for: they are gone through again, from the ledger, before the clock is looked at.</remarks>
/// <param name="time">The time of day.</param>
/// <param name="ledger">Where rounds and time are kept between starts; null to forget them.</param>
internal sealed class ReadingClock(TimeProvider time, Ledger? ledger = null)
{
    private const string Key = "reading-clock";
    private readonly byte[] _before = ledger?.FindCheckpoint(Key) ?? new byte[12];
    private long? _started;

    private int Rounds => BinaryPrimitives.ReadInt32LittleEndian(_before);

    private TimeSpan Spent => TimeSpan.FromTicks(BinaryPrimitives.ReadInt64LittleEndian(_before.AsSpan(4))) + (_started is { } start ? time.GetElapsedTime(start) : TimeSpan.Zero);

    /// <summary>True when a round must not begin, because the time is up. The first round of all always begins.</summary>
    /// <param name="round">The round, 0-based.</param>
    /// <param name="allowed">The budget.</param>
    public bool IsUp(int round, TimeSpan allowed)
    {
        if (round < Rounds)
        {
            return false;
        }

        _started ??= time.GetTimestamp();
        return round > 0 && Spent >= allowed;
    }

    /// <summary>Notes that a round is finished; permanent with the ledger's next commit.</summary>
    /// <param name="round">The round, 0-based.</param>
    public void Finish(int round)
    {
        if (ledger is null || round < Rounds)
        {
            return;
        }

        Span<byte> now = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(now, round + 1);
        BinaryPrimitives.WriteInt64LittleEndian(now[4..], Spent.Ticks);
        ledger.SetCheckpoint(Key, now);
    }
}
