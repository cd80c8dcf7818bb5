using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Caudata.Records;

/// <summary>A table of a summary or a report.</summary>
/// <param name="Name">Its name, in kebab case; the key in <c>summary.json</c>.</param>
/// <param name="Title">Its title for people.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows: one value a column, of the column's kind or null.</param>
public sealed record SummaryTable(string Name, string Title, ImmutableArray<Column> Columns, ImmutableArray<object?[]> Rows);

/// <summary>A value of a summary.</summary>
/// <param name="Name">Its name, in kebab case; the key in <c>summary.json</c>.</param>
/// <param name="Value">A <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or null.</param>
public sealed record SummaryValue(string Name, object? Value);

/// <summary>What a run found, in a few values and tables: <c>summary.json</c>, the object that <c>--json</c> prints, and what <c>caudata runs</c> shows and compares.</summary>
/// <param name="Values">The values, in the order of showing.</param>
/// <param name="Tables">The tables, in the order of showing.</param>
public sealed record RunSummary(ImmutableArray<SummaryValue> Values, ImmutableArray<SummaryTable> Tables)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "summary.json";

    /// <summary>Writes it into a run folder.</summary>
    /// <param name="folder">The run folder.</param>
    public void Write(RunFolder folder) => Write(folder, FileName);

    /// <summary>Writes it into a run folder under another name.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="name">File name without folders.</param>
    public void Write(RunFolder folder, string name) => folder.Write(name, stream =>
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        WriteTo(json);
        json.Flush();
        stream.WriteByte((byte)'\n');
    });

    /// <summary>Writes it as one JSON object: the values, then each table under its name as a list of objects.</summary>
    /// <param name="json">Receives the object.</param>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (SummaryValue value in Values)
        {
            json.WritePropertyName(value.Name);
            TableWriter.WriteValue(json, value.Value);
        }

        json.WriteStartObject("tables");
        foreach (SummaryTable table in Tables)
        {
            json.WriteStartObject(table.Name);
            json.WriteString("title", table.Title);
            json.WriteStartArray("columns");
            foreach (Column column in table.Columns)
            {
                json.WriteStartObject();
                json.WriteString("name", column.Name);
                json.WriteString("kind", column.Kind.ToString().ToLowerInvariant());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("rows");
            foreach (object?[] row in table.Rows)
            {
                json.WriteStartObject();
                for (int c = 0; c < table.Columns.Length; c++)
                {
                    json.WritePropertyName(table.Columns[c].Name);
                    TableWriter.WriteValue(json, row[c]);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Reads the summary of a run; null when it has none yet.</summary>
    /// <param name="folder">The run folder.</param>
    /// <exception cref="RecordException">The file is not such a summary.</exception>
    public static RunSummary? Read(RunFolder folder)
    {
        if (!folder.Has(FileName))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(folder.ReadText(FileName));
            JsonElement root = document.RootElement;
            return new RunSummary(
                [.. root.EnumerateObject().Where(p => p.Name != "tables").Select(p => new SummaryValue(p.Name, Value(p.Value, null)))],
                [.. root.GetProperty("tables").EnumerateObject().Select(p => ReadTable(p.Name, p.Value))]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new RecordException($"'{folder.PathOf(FileName)}' is not the summary of a run: {e.Message} Remove it and resume the run; its last step writes it again.", e);
        }
    }

    private static SummaryTable ReadTable(string name, JsonElement table)
    {
        ImmutableArray<Column> columns = [.. table.GetProperty("columns").EnumerateArray()
            .Select(column => new Column(column.GetProperty("name").GetString()!, Enum.Parse<ColumnKind>(column.GetProperty("kind").GetString()!, ignoreCase: true)))];
        return new SummaryTable(name, table.GetProperty("title").GetString()!, columns,
            [.. table.GetProperty("rows").EnumerateArray().Select(row => columns.Select(column => Value(row.GetProperty(column.Name), column.Kind)).ToArray())]);
    }

    private static object? Value(JsonElement element, ColumnKind? kind) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when kind != ColumnKind.Number && element.TryGetInt64(out long integer) => integer,
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.Null => null,
        _ => throw new JsonException($"a value is of kind {element.ValueKind}"),
    };
}
