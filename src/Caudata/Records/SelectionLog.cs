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
}
