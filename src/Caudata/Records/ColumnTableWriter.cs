using System.Collections.Immutable;
using Parquet;
using Parquet.Schema;

namespace Caudata.Records;

/// <summary>A column of numbers of one group of rows.</summary>
/// <param name="Values">The numbers, shape [rows]; NaN is written as null where the column may be null.</param>
public readonly record struct NumberColumn(ReadOnlyMemory<double> Values)
{
    /// <summary>Of a column of texts: the texts that its numbers stand for, counted from 0. Default none.</summary>
    public ImmutableArray<string> Texts { get; init; } = [];
}

/// <summary>Writes columns of numbers as a Parquet file, a group of rows at a time, without making an object of every number.</summary>
/// <remarks>The same groups give the same bytes. Snappy compression. Dispose to finish the file.</remarks>
public sealed class ColumnTableWriter : IAsyncDisposable
{
    private readonly ParquetWriter _writer;
    private readonly ParquetSchema _schema;
    private readonly ImmutableArray<Column> _columns;

    private ColumnTableWriter(ParquetWriter writer, ParquetSchema schema, ImmutableArray<Column> columns) => (_writer, _schema, _columns) = (writer, schema, columns);

    /// <summary>Starts a table.</summary>
    /// <param name="stream">Receives the file; left open.</param>
    /// <param name="columns">Columns of kind <see cref="ColumnKind.Integer"/> (never null, whole numbers below 2³¹), <see cref="ColumnKind.Number"/> (null for NaN) or <see cref="ColumnKind.Text"/> (numbers of <see cref="NumberColumn.Texts"/>).</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="ArgumentException">A column is of another kind.</exception>
    public static async Task<ColumnTableWriter> CreateAsync(Stream stream, ImmutableArray<Column> columns, CancellationToken cancellationToken = default)
    {
        if (columns.FirstOrDefault(c => c.Kind is not (ColumnKind.Integer or ColumnKind.Number or ColumnKind.Text)) is { } other)
        {
            throw new ArgumentException($"Column '{other.Name}' is of kind {other.Kind}; expected Integer, Number or Text. Write other kinds with {nameof(TableWriter)}.", nameof(columns));
        }

        ParquetSchema schema = new([.. columns.Select(c => (Field)(c.Kind switch
        {
            ColumnKind.Integer => new DataField(c.Name, typeof(int), isNullable: false),
            ColumnKind.Text => new DataField(c.Name, typeof(string), isNullable: true),
            _ => new DataField(c.Name, typeof(double), isNullable: true),
        }))]);
        return new ColumnTableWriter(await ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }, cancellationToken: cancellationToken), schema, columns);
    }

    /// <summary>Writes a group of rows.</summary>
    /// <param name="columns">One array a column, all of one length; an empty group writes nothing.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="ArgumentException">Their number or lengths do not fit.</exception>
    public async Task AddGroupAsync(IReadOnlyList<NumberColumn> columns, CancellationToken cancellationToken = default)
    {
        if (columns.Count != _columns.Length || columns.Any(c => c.Values.Length != columns[0].Values.Length))
        {
            throw new ArgumentException($"{columns.Count} columns with {string.Join(", ", columns.Select(c => c.Values.Length).Distinct())} rows for {_columns.Length} columns; expected one array a column, all of one length.", nameof(columns));
        }

        if (columns[0].Values.Length == 0)
        {
            return;
        }

        using ParquetRowGroupWriter group = _writer.CreateRowGroup();
        for (int c = 0; c < _columns.Length; c++)
        {
            ReadOnlyMemory<double> values = columns[c].Values;
            if (_columns[c].Kind == ColumnKind.Integer)
            {
                await group.WriteAsync<int>(_schema.DataFields[c], Integers(values.Span), cancellationToken: cancellationToken);
            }
            else if (_columns[c].Kind == ColumnKind.Text)
            {
                await group.WriteAsync(_schema.DataFields[c], Strings(values.Span, columns[c].Texts));
            }
            else
            {
                await group.WriteAsync<double>(_schema.DataFields[c], Nullable(values.Span), cancellationToken: cancellationToken);
            }
        }

        group.CompleteValidate();
    }

    /// <summary>Ends the file.</summary>
    public async ValueTask DisposeAsync() => await _writer.DisposeAsync();

    private static int[] Integers(ReadOnlySpan<double> values)
    {
        int[] integers = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            integers[i] = (int)values[i];
        }

        return integers;
    }

    private static string?[] Strings(ReadOnlySpan<double> values, ImmutableArray<string> texts)
    {
        string?[] strings = new string?[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            strings[i] = texts[(int)values[i]];
        }

        return strings;
    }

    private static double?[] Nullable(ReadOnlySpan<double> values)
    {
        double?[] numbers = new double?[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            numbers[i] = double.IsNaN(values[i]) ? null : values[i];
        }

        return numbers;
    }
}
