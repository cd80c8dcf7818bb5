using System.Collections.Immutable;
using System.Text;
using DuckDB.NET.Data;

namespace Caudata.Records;

/// <summary>The type that a column of rows has for a filter.</summary>
public enum FilterKind
{
    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>64-bit whole numbers.</summary>
    Integer,

    /// <summary>Double-precision numbers.</summary>
    Real,

    /// <summary>Strings.</summary>
    Text,

    /// <summary>JSON as text: objects, arrays, or a mixture; reached into by <c>column->>'name'</c>.</summary>
    Json,
}

/// <summary>Evaluates a SQL condition over rows, in DuckDB, batch by batch.</summary>
/// <remarks>The engine runs in memory with one thread and at most 512 MB; the condition cannot reach files or the network. Not thread-safe.</remarks>
public sealed class RowFilter : IDisposable
{
    private readonly DuckDBConnection _connection;
    private readonly ImmutableArray<(string Name, FilterKind Kind)> _columns;
    private readonly string _where, _file, _all, _query;

    /// <summary>A filter for the rows of one file.</summary>
    /// <param name="where">The condition, for example <c>split = 'train'</c>.</param>
    /// <param name="columns">The columns whose values will be given, with their types.</param>
    /// <param name="file">Name of the file, for errors.</param>
    /// <param name="all">All columns of the file, for errors.</param>
    /// <exception cref="InputException">The condition is no SQL, or names a column that is not there.</exception>
    public RowFilter(string where, ImmutableArray<(string Name, FilterKind Kind)> columns, string file, IEnumerable<string> all)
    {
        (_where, _columns, _file, _all) = (where, columns, file, string.Join(", ", all.Take(50)));
        _connection = Tables.Connect();
        var fields = new StringBuilder("CREATE TABLE rows (__row INTEGER");
        var selected = new StringBuilder("__row");
        foreach ((string name, FilterKind kind) in columns)
        {
            string quoted = Tables.Quote(name);
            fields.Append(", ").Append(quoted).Append(kind switch { FilterKind.Boolean => " BOOLEAN", FilterKind.Integer => " BIGINT", FilterKind.Real => " DOUBLE", _ => " VARCHAR" });
            selected.Append(", ").Append(kind == FilterKind.Json ? $"{quoted}::JSON AS {quoted}" : quoted);
        }

        _query = $"SELECT __row FROM (SELECT {selected} FROM rows) WHERE (\n{where}\n)";
        try
        {
            Tables.Run(_connection, fields.Append(')').ToString());
            Tables.Run(_connection, "SET enable_external_access = false");
            Tables.Run(_connection, "SET lock_configuration = true");
            Evaluate([]);
            CheckOne($"(SELECT {selected} FROM rows)");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Which rows the condition holds for; unknown (null) is false.</summary>
    /// <param name="rows">Values in the order of the columns: null, or what the column's kind is (bool, long, double, string).</param>
    /// <exception cref="InputException">The condition cannot be evaluated on these values.</exception>
    public bool[] Evaluate(IReadOnlyList<object?[]> rows)
    {
        bool[] kept = new bool[rows.Count];
        try
        {
            Tables.Run(_connection, "DELETE FROM rows");
            if (rows.Count > 0)
            {
                using DuckDBAppender appender = _connection.CreateAppender("rows");
                for (int i = 0; i < rows.Count; i++)
                {
                    IDuckDBAppenderRow row = appender.CreateRow().AppendValue((int?)i);
                    for (int c = 0; c < _columns.Length; c++)
                    {
                        row = (_columns[c].Kind, rows[i][c]) switch
                        {
                            (_, null) => row.AppendNullValue(),
                            (FilterKind.Boolean, bool b) => row.AppendValue((bool?)b),
                            (FilterKind.Integer, long l) => row.AppendValue((long?)l),
                            (FilterKind.Real, double d) => row.AppendValue((double?)d),
                            (_, { } value) => row.AppendValue(value.ToString()),
                        };
                    }

                    row.EndRow();
                }
            }

            using DuckDBCommand command = _connection.CreateCommand();
            command.CommandText = _query;
            using DuckDBDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                kept[reader.GetInt32(0)] = true;
            }
        }
        catch (DuckDBException e)
        {
            throw new InputException($"The filter \"{_where}\" cannot be applied to {_file}: {Tables.FirstLine(e.Message)} Its columns: {_all}.", e);
        }

        return kept;
    }

    private void CheckOne(string rows)
    {
        try
        {
            Tables.CheckCondition(_connection, _where, rows);
        }
        catch (DuckDBException e)
        {
            throw Tables.NotOneCondition(_where, _file, e);
        }
    }

    /// <summary>Ends the engine.</summary>
    public void Dispose() => _connection.Dispose();
}

/// <summary>Reads Parquet through DuckDB.</summary>
public static class Tables
{
    /// <summary>The columns of a Parquet file, in order.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="RecordException">It is no Parquet file that can be read.</exception>
    public static ImmutableArray<string> ParquetColumns(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        using DuckDBConnection connection = Connect();
        return Columns(connection, file);
    }

    /// <summary>Rows of a Parquet file in their order, with the wanted columns as text.</summary>
    /// <remarks>Streams; memory is bounded by the file's row groups and the engine's 512 MB. The filter may use every column, with its own type.</remarks>
    /// <param name="file">The file.</param>
    /// <param name="columns">Wanted columns; null in a place gives null in that place.</param>
    /// <param name="where">SQL condition, or null.</param>
    /// <param name="maxBytes">Values longer than this in UTF-8 come as null, with <c>TooLong</c> set.</param>
    /// <exception cref="RecordException">The file cannot be read, or not to its end.</exception>
    /// <exception cref="InputException">The condition does not fit the columns.</exception>
    public static IEnumerable<(long Number, string?[] Values, bool TooLong)> ReadParquet(SourceFile file, IReadOnlyList<string?> columns, string? where, int maxBytes)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(columns);
        using DuckDBConnection connection = Connect();
        ImmutableArray<string> all = Columns(connection, file);
        var selected = new StringBuilder("file_row_number");
        foreach (string? column in columns)
        {
            string text = column is null ? "NULL::VARCHAR" : $"CAST({Quote(column)} AS VARCHAR)";
            selected.Append($", CASE WHEN strlen({text}) <= {maxBytes} THEN {text} END, coalesce(strlen({text}) > {maxBytes}, false)");
        }

        string rows = $"(SELECT * FROM read_parquet({Literal(Verbatim(file.Path))}, file_row_number = true))";
        using DuckDBCommand command = connection.CreateCommand();
        command.UseStreamingMode = true;
        command.CommandText = $"SELECT {selected} FROM {rows}" + (where is null ? "" : $" WHERE (\n{where}\n)");
        DuckDBDataReader reader;
        try
        {
            if (where is not null)
            {
                CheckCondition(connection, where, rows);
            }
        }
        catch (DuckDBException e) when (e.Message.StartsWith("Parser Error", StringComparison.Ordinal))
        {
            throw NotOneCondition(where!, file.Name, e);
        }
        catch (DuckDBException)
        {
            // the query below meets the same and says it in its own context
        }

        try
        {
            reader = command.ExecuteReader();
        }
        catch (DuckDBException e) when (where is not null)
        {
            throw new InputException($"The filter \"{where}\" cannot be applied to {file.Name}: {FirstLine(e.Message)} Its columns: {string.Join(", ", all.Take(50))}.", e);
        }
        catch (DuckDBException e)
        {
            throw new RecordException(FirstLine(e.Message), e);
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
                    throw where is not null && e.Message.Contains("Conversion Error", StringComparison.Ordinal)
                        ? new InputException($"The filter \"{where}\" cannot be applied to {file.Name}: {FirstLine(e.Message)}", e)
                        : new RecordException(FirstLine(e.Message), e);
                }

                string?[] values = new string?[columns.Count];
                bool tooLong = false;
                for (int c = 0; c < values.Length; c++)
                {
                    values[c] = reader.IsDBNull(1 + (2 * c)) ? null : reader.GetString(1 + (2 * c));
                    tooLong |= reader.GetBoolean(2 + (2 * c));
                }

                yield return (reader.GetInt64(0) + 1, values, tooLong);
            }
        }
    }

    // A text that is a condition between round brackets and an item between square ones closes neither: it is one expression, with nothing behind it.
    internal static void CheckCondition(DuckDBConnection connection, string where, string rows) => Run(connection, $"SELECT [\n{where}\n] FROM {rows} LIMIT 0");

    internal static InputException NotOneCondition(string where, string file, DuckDBException cause) =>
        new($"The filter \"{where}\" cannot be applied to {file}: it is not one SQL condition ({FirstLine(cause.Message)}). Expected, for example, domain = 'mathematics' AND length(text) > 500.", cause);

    internal static DuckDBConnection Connect()
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Run(connection, "SET memory_limit = '512MB'");
        Run(connection, "SET threads = 1");
        Run(connection, "SET autoinstall_known_extensions = false");
        return connection;
    }

    internal static void Run(DuckDBConnection connection, string sql)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    internal static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    internal static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();

    private static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    // The engine takes names for patterns; this is the pattern that only the name itself fits.
    private static string Verbatim(string path) => path.AsSpan().ContainsAny('*', '?', '[') ? string.Concat(path.Select(c => c is '*' or '?' or '[' ? $"[{c}]" : c.ToString())) : path;

    // From here on the engine may read this one file and nothing else.
    private static ImmutableArray<string> Columns(DuckDBConnection connection, SourceFile file)
    {
        try
        {
            Run(connection, $"SET allowed_paths = [{Literal(file.Path)}, {Literal(Verbatim(file.Path))}]");
            Run(connection, "SET enable_external_access = false");
            Run(connection, "SET lock_configuration = true");
            using DuckDBCommand command = connection.CreateCommand();
            command.CommandText = $"DESCRIBE SELECT * FROM read_parquet({Literal(Verbatim(file.Path))})";
            using DuckDBDataReader reader = command.ExecuteReader();
            var names = ImmutableArray.CreateBuilder<string>();
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
            }

            return names.DrainToImmutable();
        }
        catch (DuckDBException e)
        {
            throw new RecordException(FirstLine(e.Message), e);
        }
    }
}
