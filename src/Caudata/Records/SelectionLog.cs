using System.Collections.Immutable;

namespace Caudata.Records;

/// <summary>What was chosen, in order: the log that estimators read and that a killed run continues from.</summary>
/// <remarks>Rows belong to the ledger's open transaction until <see cref="Ledger.Commit"/>.</remarks>
public sealed class SelectionLog
{
    private readonly Ledger _ledger;

    internal SelectionLog(Ledger ledger, string name)
    {
        _ledger = ledger;
        Name = name;
    }

    /// <summary>Name of the log within its run.</summary>
    public string Name { get; }

    /// <summary>Number of rows.</summary>
    public long Count => _ledger.CountSelections(Name);

    /// <summary>Adds a row at the end.</summary>
    /// <param name="row">The row.</param>
    public void Append(Selection row) => _ledger.AddSelection(Name, row);

    /// <summary>All rows in the order of adding, read in pages.</summary>
    public IEnumerable<Selection> Read() => _ledger.ReadSelections(Name);

    /// <summary>Removes the rows of that round and later ones.</summary>
    /// <param name="round">The first round to forget, 0-based.</param>
    public void RemoveFrom(int round) => _ledger.RemoveSelections(Name, round);

    /// <summary>Writes the log as <c>NAME.jsonl</c> and <c>NAME.parquet</c>; a part of the reward is the column <c>reward_PART</c>.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="fileName">NAME. Default <c>selections</c>.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task WriteAsync(RunFolder folder, string fileName = "selections", CancellationToken cancellationToken = default)
    {
        ImmutableArray<string> parts = [.. Read().SelectMany(row => row.RewardParts).Select(part => part.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        ImmutableArray<Column> columns =
        [
            SelectionColumns.Round, SelectionColumns.Unit, new("index", ColumnKind.Integer), new("arm", ColumnKind.Integer), SelectionColumns.Policy,
            SelectionColumns.Propensity, new("inclusion_probability", ColumnKind.Number), SelectionColumns.Cost, SelectionColumns.Reward,
            .. parts.Select(part => new Column("reward_" + part.Replace('-', '_'), ColumnKind.Number)), new("pairs", ColumnKind.Integer), new("relevant", ColumnKind.Integer),
        ];
        folder.Write(fileName + ".jsonl", stream => TableWriter.WriteJsonLines(stream, columns, Read().Select(row => Cells(row, parts))));
        await folder.WriteAsync(fileName + ".parquet", stream => TableWriter.WriteAsync(stream, columns, Read().Select(row => Cells(row, parts)), cancellationToken));
    }

    private static object?[] Cells(Selection row, ImmutableArray<string> parts)
    {
        object?[] cells = new object?[11 + parts.Length];
        object?[] head = [(long)row.Round, row.Unit, (long)row.Index, (long)row.Arm, row.Policy, row.Propensity, row.InclusionProbability, row.Cost, row.Reward];
        head.CopyTo(cells, 0);
        foreach (NamedValue part in row.RewardParts)
        {
            cells[9 + parts.IndexOf(part.Name)] = part.Value;
        }

        cells[^2] = (long)row.Pairs;
        cells[^1] = row.Relevant is int relevant ? (long)relevant : null;
        return cells;
    }
}
