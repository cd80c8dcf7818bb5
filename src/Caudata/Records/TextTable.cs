using System.Collections.Immutable;
using System.Globalization;
using DuckDB.NET.Data;

namespace Caudata.Records;

/// <summary>A large table read row by row, every value as the text that stands in the file: CSV, TSV (also .gz), JSON lines or Parquet, through DuckDB.</summary>
/// <remarks>Numbers keep their leading zeros and all their digits. Rows that cannot be split into columns are passed over and listed in <see cref="Unreadable"/>. Memory does not grow with the table.</remarks>
public sealed class TextTable : IDisposable
{
    private const int MostShown = 200;

    private readonly DuckDBConnection _connection;
    private readonly string _path, _source;
    private readonly bool _isDelimited;

    private TextTable(DuckDBConnection connection, string path, string source, bool isDelimited) => (_connection, _path, _source, _isDelimited) = (connection, path, source, isDelimited);

    /// <summary>Names of the columns, in order.</summary>
    public ImmutableArray<string> Columns { get; private set; } = [];

    /// <summary>Rows that could not be split into columns: where, why, and how they begin. Complete after <see cref="Rows"/> has come to its end.</summary>
    public ImmutableArray<(string Where, string Reason, string Text)> Unreadable { get; private set; } = [];

    /// <summary>Opens a table.</summary>
    /// <param name="path">The file; its ending says what it is.</param>
    /// <exception cref="InputException">It is not there, or no such table.</exception>
    public static TextTable Open(string path)
    {
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new InputException($"{path} is not there; expected a table as .csv, .tsv, .jsonl (also .gz) or .parquet. Check the path.");
        }

        string literal = "'" + full.Replace("'", "''", StringComparison.Ordinal) + "'";
        string ending = Path.GetExtension(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path).ToUpperInvariant();
        bool isDelimited = ending is ".CSV" or ".TSV" or ".TXT";
        string source = ending switch
        {
            ".CSV" or ".TXT" => $"read_csv({literal}, header = true, all_varchar = true, store_rejects = true)",
            ".TSV" => $"read_csv({literal}, header = true, all_varchar = true, store_rejects = true, delim = '\t')",
            ".JSONL" or ".NDJSON" or ".JSON" => $"read_json({literal}, format = 'newline_delimited', ignore_errors = true)",
            ".PARQUET" => $"read_parquet({literal})",
            _ => throw new InputException($"{path} is no table by its name; expected .csv, .tsv, .jsonl (also .gz) or .parquet. Rename or convert it."),
        };
        if (new FileInfo(full).Length == 0)
        {
            throw new InputException($"{path} is empty; expected a table with a line of column names. Check that it is the right file.");
        }

        DuckDBConnection connection = Tables.Connect();
        try
        {
            Tables.Run(connection, $"SET allowed_paths = [{literal}]");
            Tables.Run(connection, "SET enable_external_access = false");
            Tables.Run(connection, "SET lock_configuration = true");
            TextTable table = new(connection, path, source, isDelimited);
            table.Columns = table.Describe();
            return table;
        }
        catch (DuckDBException e)
        {
            connection.Dispose();
            throw Failure(path, e);
        }
    }

    /// <summary>The rows in the order of the file, with the wanted columns; null where a value is missing.</summary>
    /// <param name="columns">Numbers of the wanted columns.</param>
    /// <exception cref="InputException">The file cannot be read to its end.</exception>
    public IEnumerable<string?[]> Rows(ImmutableArray<int> columns)
    {
        string selected = string.Join(", ", columns.Select(c => $"CAST({Tables.Quote(Columns[c])} AS VARCHAR)"));
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = $"SELECT {selected} FROM {_source}";
        // What cannot be split is known to the engine only when it has read everything, so a delimited file is not streamed.
        command.UseStreamingMode = !_isDelimited;
        DuckDBDataReader reader;
        try
        {
            reader = command.ExecuteReader();
        }
        catch (DuckDBException e)
        {
            throw Failure(_path, e);
        }

        using (reader)
        {
            while (true)
            {
                try
                {
                    if (!reader.Read())
                    {
                        break;
                    }
                }
                catch (DuckDBException e)
                {
                    throw Failure(_path, e);
                }

                string?[] values = new string?[columns.Length];
                for (int c = 0; c < values.Length; c++)
                {
                    values[c] = reader.IsDBNull(c) ? null : reader.GetString(c);
                }

                yield return values;
            }
        }

        if (_isDelimited)
        {
            Unreadable = ReadUnreadable();
        }
    }

    /// <summary>Ends the engine.</summary>
    public void Dispose() => _connection.Dispose();

    private ImmutableArray<string> Describe()
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = $"DESCRIBE SELECT * FROM {_source}";
        using DuckDBDataReader reader = command.ExecuteReader();
        var names = ImmutableArray.CreateBuilder<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names.DrainToImmutable();
    }

    private ImmutableArray<(string, string, string)> ReadUnreadable()
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT line, min(CAST(error_type AS VARCHAR)), min(csv_line) FROM reject_errors GROUP BY scan_id, file_id, line, line_byte_position ORDER BY line";
        using DuckDBDataReader reader = command.ExecuteReader();
        var lines = ImmutableArray.CreateBuilder<(string, string, string)>();
        while (reader.Read())
        {
            string text = reader.IsDBNull(2) ? "" : reader.GetString(2);
            lines.Add(($"line {Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)}", reader.GetString(1).ToLowerInvariant().Replace(' ', '-'), text.Length <= MostShown ? text : text[..MostShown]));
        }

        return lines.DrainToImmutable();
    }

    private static InputException Failure(string path, DuckDBException e) => new($"{path} cannot be read as a table: {Tables.FirstLine(e.Message)} Repair it, or give another file.", e);
}
