using System.Collections.Immutable;
using System.Globalization;
using DuckDB.NET.Data;

namespace Caudata.Records;

/// <summary>A column as it was read: numbers where all values are numbers, else texts.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Numbers">The numbers, NaN for null; null for a column of texts.</param>
/// <param name="Texts">The texts; null for a column of numbers.</param>
public sealed record ReadColumn(string Name, double[]? Numbers, string?[]? Texts);

/// <summary>Reads whole small tables: CSV, TSV (also .gz), JSON lines or Parquet, through DuckDB.</summary>
public static class TableReader
{
    /// <summary>Reads all columns.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is not there, or no such table.</exception>
    public static ImmutableArray<ReadColumn> Read(string path)
    {
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new InputException($"{path} is not there; expected a table as .csv, .tsv, .jsonl (also .gz) or .parquet. Check the path.");
        }

        string literal = "'" + full.Replace("'", "''", StringComparison.Ordinal) + "'";
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        string? source = Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".CSV" or ".TSV" or ".TXT" => $"read_csv({literal}, header = true)",
            ".JSONL" or ".NDJSON" or ".JSON" => $"read_json({literal})",
            ".PARQUET" => $"read_parquet({literal})",
            _ => null,
        };
        if (source is null)
        {
            throw new InputException($"{path} is no table by its name; expected .csv, .tsv, .jsonl (also .gz) or .parquet. Rename or convert it.");
        }

        try
        {
            using DuckDBConnection connection = Tables.Connect();
            Tables.Run(connection, $"SET allowed_paths = [{literal}]");
            Tables.Run(connection, "SET enable_external_access = false");
            Tables.Run(connection, "SET lock_configuration = true");
            using DuckDBCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {source}";
            using DuckDBDataReader reader = command.ExecuteReader();
            return Read(reader);
        }
        catch (DuckDBException e)
        {
            throw new InputException($"{path} cannot be read as a table: {Tables.FirstLine(e.Message)} Repair it, or give another file.", e);
        }
    }

    private static ImmutableArray<ReadColumn> Read(DuckDBDataReader reader)
    {
        bool[] isNumber = [.. Enumerable.Range(0, reader.FieldCount).Select(c => Type.GetTypeCode(reader.GetFieldType(c)) is >= TypeCode.Boolean and not TypeCode.Char and <= TypeCode.Decimal)];
        List<double>[] numbers = [.. isNumber.Select(_ => new List<double>())];
        List<string?>[] texts = [.. isNumber.Select(_ => new List<string?>())];
        while (reader.Read())
        {
            for (int c = 0; c < isNumber.Length; c++)
            {
                bool isNull = reader.IsDBNull(c);
                if (isNumber[c])
                {
                    numbers[c].Add(isNull ? double.NaN : Convert.ToDouble(reader.GetValue(c), CultureInfo.InvariantCulture));
                }
                else
                {
                    texts[c].Add(isNull ? null : Text(reader.GetValue(c)));
                }
            }
        }

        return [.. isNumber.Select((number, c) => new ReadColumn(reader.GetName(c), number ? [.. numbers[c]] : null, number ? null : [.. texts[c]]))];
    }

    // A list comes as its items between commas.
    private static string Text(object value) => value is System.Collections.IEnumerable list and not string
        ? string.Join(',', list.Cast<object?>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture))) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
