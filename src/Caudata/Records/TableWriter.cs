using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Caudata.Records;

/// <summary>What a column holds; every kind may also hold null.</summary>
public enum ColumnKind
{
    /// <summary><see cref="string"/>.</summary>
    Text,

    /// <summary><see cref="long"/>.</summary>
    Integer,

    /// <summary><see cref="double"/>.</summary>
    Number,

    /// <summary><see cref="bool"/>.</summary>
    Truth,
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
public sealed record Column(string Name, ColumnKind Kind);

/// <summary>Writes rows as a Parquet file; the same rows give the same bytes.</summary>
/// <remarks>Rows are kept until a row group of <see cref="GroupRows"/> is full, so memory does not grow with the table. Snappy compression. Dispose to finish the file.</remarks>
public sealed class TableWriter : IAsyncDisposable
{
    /// <summary>Rows of a row group.</summary>
    public const int GroupRows = 16_384;

    private readonly ParquetWriter _writer;
    private readonly ParquetSchema _schema;
    private readonly ImmutableArray<Column> _columns;
    private readonly List<object?[]> _rows = [];

    private TableWriter(ParquetWriter writer, ParquetSchema schema, ImmutableArray<Column> columns)
    {
        _writer = writer;
        _schema = schema;
        _columns = columns;
    }

    /// <summary>Starts a table.</summary>
    /// <param name="stream">Receives the file; left open.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static async Task<TableWriter> CreateAsync(Stream stream, ImmutableArray<Column> columns, CancellationToken cancellationToken = default)
    {
        ParquetSchema schema = new([.. columns.Select(column => (Field)(column.Kind switch
        {
            ColumnKind.Text => new DataField(column.Name, typeof(string), isNullable: true),
            ColumnKind.Integer => new DataField(column.Name, typeof(long), isNullable: true),
            ColumnKind.Number => new DataField(column.Name, typeof(double), isNullable: true),
            _ => new DataField(column.Name, typeof(bool), isNullable: true),
        }))]);
        ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }, cancellationToken: cancellationToken);
        return new TableWriter(writer, schema, columns);
    }

    /// <summary>Writes a whole table.</summary>
    /// <param name="stream">Receives the file; left open.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The rows: one value a column, of the column's kind or null.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static async Task WriteAsync(Stream stream, ImmutableArray<Column> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken = default)
    {
        TableWriter writer = await CreateAsync(stream, columns, cancellationToken);
        await using (writer)
        {
            foreach (object?[] row in rows)
            {
                await writer.AddAsync(row, cancellationToken);
            }
        }
    }

    /// <summary>Writes rows as JSON lines, one object a row; numbers that JSON cannot hold (NaN, infinities) become null.</summary>
    /// <param name="stream">Receives UTF-8.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The rows.</param>
    public static void WriteJsonLines(Stream stream, ImmutableArray<Column> columns, IEnumerable<object?[]> rows)
    {
        using Utf8JsonWriter json = new(stream, JsonLines);
        foreach (object?[] row in rows)
        {
            json.WriteStartObject();
            for (int c = 0; c < columns.Length; c++)
            {
                json.WritePropertyName(columns[c].Name);
                WriteValue(json, row[c]);
            }

            json.WriteEndObject();
            EndLine(json, stream);
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="row">One value a column, of the column's kind or null; not changed afterwards.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="ArgumentException">The number of values is not that of the columns.</exception>
    public async ValueTask AddAsync(object?[] row, CancellationToken cancellationToken = default)
    {
        if (row.Length != _columns.Length)
        {
            throw new ArgumentException($"{row.Length} values for {_columns.Length} columns.", nameof(row));
        }

        _rows.Add(row);
        if (_rows.Count == GroupRows)
        {
            await WriteGroupAsync(cancellationToken);
        }
    }

    /// <summary>Writes what is left and ends the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_rows.Count > 0)
        {
            await WriteGroupAsync(CancellationToken.None);
        }

        await _writer.DisposeAsync();
    }

    internal static JsonWriterOptions JsonLines => new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    internal static void EndLine(Utf8JsonWriter json, Stream stream)
    {
        json.Flush();
        json.Reset();
        stream.WriteByte((byte)'\n');
    }

    internal static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case long integer:
                json.WriteNumberValue(integer);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        using ParquetRowGroupWriter group = _writer.CreateRowGroup();
        for (int c = 0; c < _columns.Length; c++)
        {
            DataField field = _schema.DataFields[c];
            switch (_columns[c].Kind)
            {
                case ColumnKind.Text:
                    await group.WriteAsync(field, (IReadOnlyCollection<string?>)Values<string?>(c)!);
                    break;
                case ColumnKind.Integer:
                    await group.WriteAsync<long>(field, Values<long?>(c), cancellationToken: cancellationToken);
                    break;
                case ColumnKind.Number:
                    await group.WriteAsync<double>(field, Values<double?>(c), cancellationToken: cancellationToken);
                    break;
                default:
                    await group.WriteAsync<bool>(field, Values<bool?>(c), cancellationToken: cancellationToken);
                    break;
            }
        }

        group.CompleteValidate();
        _rows.Clear();
    }

    private T[] Values<T>(int column)
    {
        T[] values = new T[_rows.Count];
        for (int r = 0; r < values.Length; r++)
        {
            values[r] = (T)_rows[r][column]!;
        }

        return values;
    }
}
