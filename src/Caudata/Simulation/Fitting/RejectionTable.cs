using System.Collections.Immutable;
using Caudata.Records;

namespace Caudata.Simulation.Fitting;

/// <summary>Dropped rows as JSON lines.</summary>
public static class RejectionTable
{
    /// <summary>Their columns.</summary>
    public static ImmutableArray<Column> Columns { get; } = [new("step", ColumnKind.Text), new("reason", ColumnKind.Text), new("where", ColumnKind.Text), new("detail", ColumnKind.Text)];

    /// <summary>Their rows.</summary>
    /// <param name="rejected">What was dropped.</param>
    public static IEnumerable<object?[]> Rows(ImmutableArray<Rejection> rejected) => rejected.Select(r => (object?[])[r.Step, r.Reason, r.Where, r.Detail]);

    /// <summary>Writes them.</summary>
    /// <param name="stream">Receives UTF-8.</param>
    /// <param name="rejected">What was dropped.</param>
    public static void Write(Stream stream, ImmutableArray<Rejection> rejected) => TableWriter.WriteJsonLines(stream, Columns, Rows(rejected));

    /// <summary>The share of a file's rows that was lost; an older rating of a pair and tags of other items are no loss.</summary>
    /// <param name="input">Which input, for messages.</param>
    /// <param name="rejected">What was dropped of it.</param>
    /// <param name="rows">Rows met.</param>
    /// <param name="maxLoss">The largest share allowed, in [0, 1].</param>
    public static LossReport Loss(string input, ImmutableArray<Rejection> rejected, long rows, double maxLoss) =>
        new(rejected.Count(r => r.Reason is not ("duplicate" or "unknown-item")), rows, maxLoss) { Input = input };
}
