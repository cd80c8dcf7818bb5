using System.Collections.Immutable;

namespace Caudata.Records;

/// <summary>Whole tables outside a run folder: written beside their place and renamed into it.</summary>
public static class TableFile
{
    /// <summary>Writes a Parquet file; a file of that name is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The rows: one value a column, of the column's kind or null.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static async Task WriteParquetAsync(string path, ImmutableArray<Column> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken = default)
    {
        try
        {
            await AtomicFile.WriteAsync(path, stream => TableWriter.WriteAsync(stream, columns, rows, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(path, e);
        }
    }

    /// <summary>Writes JSON lines; a file of that name is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static void WriteJsonLines(string path, ImmutableArray<Column> columns, IEnumerable<object?[]> rows)
    {
        try
        {
            AtomicFile.Write(path, stream => TableWriter.WriteJsonLines(stream, columns, rows));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(path, e);
        }
    }

    private static InputException Failure(string path, Exception e) => new($"'{path}' cannot be written: {e.Message} Check the folder and its permissions.", e);
}
