using System.Collections.Immutable;
using Caudata.Records;

namespace Caudata.Simulation.Output;

/// <summary>Writes simulated tables as CSV or Parquet: rows are made on all threads, and written in order.</summary>
internal static class TableFiles
{
    // Rows of a group of a Parquet file, about: large enough for its columns to be packed well, small enough to be held.
    private const int GroupRows = 1 << 18;

    /// <summary>Writes a table; the number of rows comes back.</summary>
    /// <param name="simulated">The world with its seed.</param>
    /// <param name="table">What to write.</param>
    /// <param name="isParquet">True for Parquet, false for CSV.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static async Task<long> WriteAsync(SimulatedWorld simulated, SimulatedTable table, bool isParquet, RunFolder folder, CancellationToken cancellationToken)
    {
        long rows = 0;
        if (!isParquet)
        {
            folder.Write(table.Name + ".csv", stream => rows = WriteText(simulated, table, stream, string.Join(',', table.Indices.Concat(table.Columns.Select(c => Quote(c.Name)))), ','));
            return rows;
        }

        await folder.WriteAsync(table.Name + ".parquet", async stream => rows = await WriteParquetAsync(simulated, table, stream, cancellationToken));
        return rows;
    }

    /// <summary>Writes a table as text; the number of rows comes back.</summary>
    /// <param name="simulated">The world with its seed.</param>
    /// <param name="table">What to write.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="header">The first line.</param>
    /// <param name="separator">What stands between fields.</param>
    public static long WriteText(SimulatedWorld simulated, SimulatedTable table, Stream stream, string header, char separator)
    {
        stream.Write(new NumberText().Text(header).Symbol('\n').Written.Span);
        long all = 0;
        simulated.Run(table.Names, (_, rows) =>
        {
            NumberText text = new();
            long count = 0;
            rows.ForEach(row =>
            {
                for (int i = 0; i < row.Width; i++)
                {
                    if (table.OnlySeen && !IsAnySeen(table, row, i))
                    {
                        continue;
                    }

                    count++;
                    bool first = true;
                    if (table.Indices.Length >= 2)
                    {
                        text.Number(row.Index).Symbol(separator);
                    }

                    if (table.Indices.Length == 3)
                    {
                        text.Number(row.Second).Symbol(',');
                    }

                    if (table.Indices.Length > 0)
                    {
                        text.Number(i);
                        first = false;
                    }

                    for (int c = 0; c < table.Columns.Length; c++)
                    {
                        if (!first)
                        {
                            text.Symbol(separator);
                        }

                        first = false;
                        if (table.Seen[c] < 0 || row[table.Seen[c]][i] != 0)
                        {
                            text.Number(row[c][i]);
                        }
                    }

                    text.Symbol('\n');
                }
            });
            return (text, count);
        }, (_, block) =>
        {
            stream.Write(block.text.Written.Span);
            all += block.count;
        });
        return all;
    }

    private static async Task<long> WriteParquetAsync(SimulatedWorld simulated, SimulatedTable table, Stream stream, CancellationToken cancellationToken)
    {
        ImmutableArray<Column> columns = [.. table.Indices.Select(i => new Column(i, ColumnKind.Integer)), .. table.Columns.Select(c => new Column(c.Name, ColumnKind.Number))];
        ColumnTableWriter writer = await ColumnTableWriter.CreateAsync(stream, columns, cancellationToken);
        long all = 0;
        await using (writer)
        {
            List<double>[] group = [.. columns.Select(_ => new List<double>())];
            simulated.Run(table.Names, (_, rows) => Collect(table, rows), (_, block) =>
            {
                for (int c = 0; c < group.Length; c++)
                {
                    group[c].AddRange(block[c]);
                }

                if (group[0].Count >= GroupRows)
                {
                    Flush();
                }
            });
            Flush();

            // The writer works in memory until its stream is written, so there is nothing to wait for.
            void Flush()
            {
                all += group[0].Count;
                writer.AddGroupAsync([.. group.Select(column => new NumberColumn(column.ToArray()))], cancellationToken).GetAwaiter().GetResult();
                foreach (List<double> column in group)
                {
                    column.Clear();
                }
            }
        }

        return all;
    }

    private static List<double>[] Collect(SimulatedTable table, SimulatedRows rows)
    {
        int indices = table.Indices.Length;
        List<double>[] block = [.. Enumerable.Range(0, indices + table.Columns.Length).Select(_ => new List<double>())];
        rows.ForEach(row =>
        {
            for (int i = 0; i < row.Width; i++)
            {
                if (table.OnlySeen && !IsAnySeen(table, row, i))
                {
                    continue;
                }

                if (indices >= 2)
                {
                    block[0].Add(row.Index);
                }

                if (indices == 3)
                {
                    block[1].Add(row.Second);
                }

                if (indices > 0)
                {
                    block[indices - 1].Add(i);
                }

                for (int c = 0; c < table.Columns.Length; c++)
                {
                    block[indices + c].Add(table.Seen[c] < 0 || row[table.Seen[c]][i] != 0 ? row[c][i] : double.NaN);
                }
            }
        });
        return block;
    }

    private static bool IsAnySeen(SimulatedTable table, SimulatedRow row, int i)
    {
        for (int r = 0; r < table.Indicators.Length; r++)
        {
            if (row[table.Columns.Length + r][i] != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static string Quote(string name) => name.AsSpan().IndexOfAny(",\"\n") < 0 ? name : "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
