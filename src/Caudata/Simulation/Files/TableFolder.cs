using System.Collections.Immutable;
using System.Globalization;
using Caudata.Records;

namespace Caudata.Simulation.Files;

/// <summary>Tables beside a world file: CSV, TSV, JSON lines or Parquet, read whole. A column of lists has its units between commas or blanks; a column of texts called <c>name</c>, <c>title</c> or <c>label</c> names the units.</summary>
/// <param name="folder">The folder that names are relative to.</param>
public sealed class TableFolder(string folder) : IWorldTables
{
    private static readonly string[] NameColumns = ["name", "title", "label"];

    private readonly Dictionary<string, ImmutableArray<ReadColumn>> _read = new(StringComparer.Ordinal);

    /// <summary>Full paths of the files that were read.</summary>
    public IEnumerable<string> Paths => _read.Keys.Order(StringComparer.Ordinal);

    /// <inheritdoc/>
    public int CountRows(string name) => Read(name) is [var first, ..] ? Length(first) : 0;

    /// <inheritdoc/>
    public WorldTable Open(string name, IReadOnlyDictionary<string, (string Entity, int Size)> lists)
    {
        ImmutableArray<ReadColumn> columns = Read(name);
        var relations = ImmutableSortedDictionary.CreateBuilder<string, WorldRelation>(StringComparer.Ordinal);
        foreach ((string list, (string entity, int size)) in lists)
        {
            ReadColumn column = columns.FirstOrDefault(c => c.Name == list) ?? throw new WorldException($"{name} has no column '{list}'; {Expressions.Nearest.Suggest(list, columns.Select(c => c.Name))}");
            relations.Add(list, new WorldRelation(entity, size, [.. Enumerable.Range(0, Length(column)).Select(row => Units(column, row, name))]));
        }

        string?[]? names = NameColumns.Select(title => columns.FirstOrDefault(c => c.Name == title)?.Texts).FirstOrDefault(texts => texts is not null);
        return new WorldTable(name, CountRows(name), columns.Where(c => c.Numbers is not null).ToImmutableSortedDictionary(c => c.Name, c => c.Numbers!, StringComparer.Ordinal), relations.ToImmutable())
        {
            Names = names is null ? [] : [.. names.Select(text => text ?? "")],
        };
    }

    private static int Length(ReadColumn column) => column.Numbers?.Length ?? column.Texts!.Length;

    private static int[] Units(ReadColumn column, int row, string name)
    {
        string text = column.Texts is { } texts ? texts[row] ?? "" : column.Numbers![row].ToString(CultureInfo.InvariantCulture);
        List<int> units = [];
        foreach (string part in text.Trim('[', ']').Split((char[])[',', ' ', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            units.Add(int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int unit) ? unit
                : throw new WorldException($"Row {row + 1} of {name} has '{part}' in its list '{column.Name}'; expected numbers of units from 0, between commas."));
        }

        return [.. units];
    }

    private ImmutableArray<ReadColumn> Read(string name)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
        {
            throw new WorldException($"'{name}' is no name of a file; expected a table such as items.csv, relative to the world file.");
        }

        string path = Path.GetFullPath(Path.Combine(folder, name));
        if (_read.TryGetValue(path, out ImmutableArray<ReadColumn> known))
        {
            return known;
        }

        try
        {
            return _read[path] = TableReader.Read(path);
        }
        catch (InputException e)
        {
            throw new WorldException(e.Message, e);
        }
    }
}
