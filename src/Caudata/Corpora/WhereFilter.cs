using System.Collections.Immutable;
using System.Globalization;
using Caudata.Records;

namespace Caudata.Corpora;

/// <summary>Applies a SQL filter to rows that were read here (JSON lines, CSV): looks at the types first, then filters batch by batch.</summary>
/// <remarks>
/// The file is read twice: the types of the columns that the filter names must be known for the whole file, or the same condition would mean different things in different batches. A column is boolean, whole number,
/// number or text when all its values are; JSON when some are objects or arrays. Text in CSV counts as a number or boolean when all of the column is.
/// </remarks>
internal static class WhereFilter
{
    private const int BatchRows = 2048, BatchBytes = 8 << 20;

    /// <summary>Adds a column to those that the filter may mean, if its name occurs in the condition. SQL names are the same in either case, so of such columns the first counts.</summary>
    public static bool Discover(string where, string column, List<string> mentioned)
    {
        if (column.Length == 0 || mentioned.Count >= 256 || !where.Contains(column, StringComparison.OrdinalIgnoreCase) || mentioned.Contains(column, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        mentioned.Add(column);
        return true;
    }

    /// <summary>The kinds of the values in their places, over all rows; columns may be found while the rows are read.</summary>
    public static ImmutableArray<FilterKind> Kinds(IEnumerable<Row> rows, List<string> columns)
    {
        const int boolean = 1, integer = 2, real = 4, text = 8, json = 16;
        int[] seen = new int[256];
        foreach (Row row in rows)
        {
            for (int c = 0; row.Fault is null && c < row.Values.Length; c++)
            {
                seen[c] |= row.Values[c] switch
                {
                    null => 0,
                    bool => boolean,
                    JsonText => json,
                    JsonNumber n => IsWhole(n.Text) ? integer : real,
                    string s when s.Length > 40 => text,
                    string s when row.Untyped && s is "true" or "false" => boolean,
                    string s when row.Untyped && IsWhole(s) => integer,
                    string s when row.Untyped && double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => real,
                    _ => text,
                };
            }
        }

        return [.. seen.Take(columns.Count).Select(s => s switch
        {
            boolean => FilterKind.Boolean,
            integer => FilterKind.Integer,
            real or (real | integer) => FilterKind.Real,
            _ when (s & json) != 0 => FilterKind.Json,
            _ => FilterKind.Text,
        })];
    }

    /// <summary>The rows for which the filter holds, and all faulty ones, in their order.</summary>
    public static IEnumerable<Row> Apply(IEnumerable<Row> rows, RowFilter filter, ImmutableArray<FilterKind> kinds)
    {
        var batch = new List<Row>();
        long bytes = 0;
        foreach (Row row in rows)
        {
            batch.Add(row);
            bytes += 200 + (row.Text?.Length ?? 0) + row.Values.Sum(v => v is string s ? s.Length : 0);
            if (batch.Count >= BatchRows || bytes >= BatchBytes)
            {
                foreach (Row kept in Kept(batch, filter, kinds))
                {
                    yield return kept;
                }

                batch.Clear();
                bytes = 0;
            }
        }

        foreach (Row kept in Kept(batch, filter, kinds))
        {
            yield return kept;
        }
    }

    private static List<Row> Kept(List<Row> batch, RowFilter filter, ImmutableArray<FilterKind> kinds)
    {
        List<Row> good = [.. batch.Where(r => r.Fault is null)];
        if (good.Count == 0)
        {
            return batch;
        }

        bool[] kept = filter.Evaluate([.. good.Select(r => Typed(r.Values, kinds))]);
        int next = 0;
        return [.. batch.Where(r => r.Fault is not null || kept[next++])];
    }

    private static object?[] Typed(object?[] values, ImmutableArray<FilterKind> kinds)
    {
        object?[] typed = new object?[values.Length];
        for (int c = 0; c < values.Length; c++)
        {
            string? text = values[c] switch { null => null, bool b => b ? "true" : "false", JsonText t => t.Text, JsonNumber n => n.Text, string s => s, _ => null };
            typed[c] = text is null ? null : kinds[c] switch
            {
                FilterKind.Boolean => text == "true",
                FilterKind.Integer => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                FilterKind.Real => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
                FilterKind.Json when values[c] is string s => System.Text.Json.JsonSerializer.Serialize(s, JsonTextContext.Default.String),
                _ => text,
            };
        }

        return typed;
    }

    private static bool IsWhole(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}

/// <summary>Writes strings as JSON.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class JsonTextContext : System.Text.Json.Serialization.JsonSerializerContext;
