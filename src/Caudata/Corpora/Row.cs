using Caudata.Records;

namespace Caudata.Corpora;

/// <summary>One row of a table as it was read, or the reason why it could not be.</summary>
internal sealed class Row
{
    public required long Number { get; init; }

    public string? Id { get; set; }

    public string? Source { get; set; }

    public string? Title { get; set; }

    public string? Format { get; set; }

    public string? Text { get; set; }

    public string? Label { get; set; }

    /// <summary>Values of the filter's columns, in their order: null, bool, long, double or string; empty without a filter.</summary>
    public object?[] Values { get; set; } = [];

    /// <summary>The values are text that may stand for numbers (CSV).</summary>
    public bool Untyped { get; init; }

    /// <summary>Why the row cannot be used, with the detail; null for a good row.</summary>
    public (string Reason, string Detail)? Fault { get; set; }
}

/// <summary>The columns that a document is made of.</summary>
internal enum DocumentColumn
{
    Text,
    Id,
    Source,
    Title,
    Format,
    Label,
}

/// <summary>Which column of a file fills which part of a document, and which columns were seen so far.</summary>
internal sealed class ColumnMap
{
    private const int MaxNames = 4096;

    private readonly string?[] _names = new string?[6];
    private readonly bool[] _explicit = new bool[6], _seen = new bool[6];
    private readonly SortedSet<string> _all = new(StringComparer.Ordinal);
    private readonly CorpusOptions _options;

    public ColumnMap(CorpusOptions options)
    {
        _options = options;
        Set(DocumentColumn.Text, options.TextColumn, "text");
        Set(DocumentColumn.Id, options.IdColumn, "id");
        Set(DocumentColumn.Source, options.SourceColumn, "source");
        Set(DocumentColumn.Title, options.TitleColumn, "title");
        Set(DocumentColumn.Format, options.FormatColumn, "format");
        Set(DocumentColumn.Label, options.LabelColumn, null);
    }

    /// <summary>The name of the column for a part; null when none is wanted.</summary>
    public string? this[DocumentColumn column] => _names[(int)column];

    /// <summary>The columns seen so far, in ordinal order.</summary>
    public IReadOnlyCollection<string> All => _all;

    /// <summary>True when the caller named the column; else it is one that may be there.</summary>
    public bool IsNamed(DocumentColumn column) => _explicit[(int)column];

    public void MarkSeen(DocumentColumn column) => _seen[(int)column] = true;

    /// <summary>Notes a column of the file, so that errors can list it; the list is bounded.</summary>
    public void Note(string name)
    {
        if (_all.Count < MaxNames && name.Length <= 256)
        {
            _all.Add(name);
        }
    }

    /// <summary>Notes all columns of a table with a header.</summary>
    public void NoteAll(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            Note(name);
            for (int c = 0; c < _names.Length; c++)
            {
                _seen[c] |= _names[c] == name;
            }
        }
    }

    /// <summary>Fails when a needed or named column was not seen in any row.</summary>
    public void Require(string file)
    {
        for (int c = 0; c < _names.Length; c++)
        {
            if (!_seen[c] && _names[c] is { } name && (_explicit[c] || c == (int)DocumentColumn.Text))
            {
                string there = _all.Count == 0 ? "none" : string.Join(", ", _all.Take(50)) + (_all.Count > 50 ? ", …" : "");
                throw new InputException($"{file} has no column '{name}'; its columns: {there}. Name the right one as the {_options.Named((DocumentColumn)c)}.");
            }
        }
    }

    private void Set(DocumentColumn column, string? given, string? standard)
    {
        _names[(int)column] = given is null ? standard : given.Length == 0 ? null : given;
        _explicit[(int)column] = !string.IsNullOrEmpty(given);
    }
}
