using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Caudata.Corpora;

/// <summary>Reads rows from JSON lines: one object a line, blank lines ignored, the last of equal names wins.</summary>
/// <remarks>Every line is checked by itself, so one bad line costs one row. Memory is bounded by the longest line allowed.</remarks>
internal static class JsonLines
{
    // After so many rows without the text column, it is not one careless row but the wrong column.
    private const int RowsUntilRequired = 1000;

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>The rows of a decompressed stream, in order.</summary>
    public static IEnumerable<Row> Read(Stream stream, string file, ColumnMap columns, List<string> filterColumns, string? discover, int maxBytes, CancellationToken cancellationToken)
    {
        using var lines = new LineReader(stream, maxBytes);
        var parser = new Parser(columns, filterColumns, discover);
        long good = 0;
        while (lines.TryRead(out ReadOnlyMemory<byte> line, out bool tooLong, cancellationToken))
        {
            if (tooLong)
            {
                yield return new Row { Number = lines.Number, Fault = (ReadReasons.TooLong, $"{lines.Length:N0} bytes, more than {maxBytes:N0}.") };
            }
            else if (!IsBlank(line.Span))
            {
                Row row = parser.Parse(line.Span, lines.Number);
                yield return row;
                if (row.Fault is null && ++good == RowsUntilRequired)
                {
                    columns.Require(file);
                }
            }
        }

        if (good > 0)
        {
            columns.Require(file);
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r') < 0;

    private sealed class Parser(ColumnMap columns, List<string> filterColumns, string? discover)
    {
        private readonly byte[]?[] _names = [.. Enum.GetValues<DocumentColumn>().Select(c => columns[c] is { } name ? Encoding.UTF8.GetBytes(name) : null)];
        private readonly List<byte[]> _filterNames = [.. filterColumns.Select(Encoding.UTF8.GetBytes)];
        private readonly HashSet<int> _noted = [];

        public Row Parse(ReadOnlySpan<byte> line, long number)
        {
            if (!Utf8.IsValid(line))
            {
                return new Row { Number = number, Fault = (ReadReasons.InvalidUtf8, "The line is not UTF-8.") };
            }

            var row = new Row { Number = number };
            if (_filterNames.Count > 0)
            {
                row.Values = new object?[_filterNames.Count];
            }

            var json = new Utf8JsonReader(line, Strict);
            try
            {
                if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                {
                    row.Fault = (ReadReasons.MalformedRow, $"Expected a JSON object on one line, found {Describe(json.TokenType)}.");
                    return row;
                }

                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    Property(ref json, line, row);
                    if (row.Fault is not null)
                    {
                        return row;
                    }
                }

                if (json.Read())
                {
                    row.Fault = (ReadReasons.MalformedRow, "More follows the object on its line.");
                }
            }
            catch (JsonException e)
            {
                row.Fault = (ReadReasons.MalformedRow, $"No valid JSON at byte {e.BytePositionInLine}.");
            }

            return row;
        }

        private void Property(ref Utf8JsonReader json, ReadOnlySpan<byte> line, Row row)
        {
            int hash = json.ValueSpan.Length == 0 ? 0 : HashOf(json.ValueSpan);
            if (_noted.Count < 4096 && _noted.Add(hash))
            {
                string name = Unescape(ref json);
                columns.Note(name);
                if (discover is not null && WhereFilter.Discover(discover, name, filterColumns))
                {
                    _filterNames.Add(Encoding.UTF8.GetBytes(name));
                    row.Values = [.. row.Values, null];
                }
            }

            int column = -1;
            for (int c = 0; c < _names.Length; c++)
            {
                if (_names[c] is { } name && json.ValueTextEquals(name))
                {
                    column = c;
                    break;
                }
            }

            int filter = -1;
            for (int f = 0; f < _filterNames.Count; f++)
            {
                if (json.ValueTextEquals(_filterNames[f]))
                {
                    filter = f;
                    break;
                }
            }

            // A label may be the same column as the source, title or format.
            bool isLabel = _names[(int)DocumentColumn.Label] is { } label && column != (int)DocumentColumn.Label && json.ValueTextEquals(label);
            json.Read();
            int start = (int)json.TokenStartIndex;
            object? value = null;
            if (column >= 0 || filter >= 0 || isLabel)
            {
                value = Value(ref json, line, start);
            }
            else
            {
                json.Skip();
            }

            if (filter >= 0)
            {
                row.Values[filter] = value;
            }

            if (column >= 0)
            {
                columns.MarkSeen((DocumentColumn)column);
                Store(row, (DocumentColumn)column, value);
            }

            if (isLabel)
            {
                columns.MarkSeen(DocumentColumn.Label);
                Store(row, DocumentColumn.Label, value);
            }
        }

        private static void Store(Row row, DocumentColumn column, object? value)
        {
            if (value is JsonText nested && column == DocumentColumn.Text)
            {
                row.Fault = (ReadReasons.MalformedRow, $"The text is a JSON {(nested.Text[0] == '[' ? "array" : "object")}, expected a string.");
                return;
            }

            string? text = value switch { null => null, string s => s, bool b => b ? "true" : "false", JsonText t => t.Text, JsonNumber n => n.Text, _ => null };
            switch (column)
            {
                case DocumentColumn.Text: row.Text = text; break;
                case DocumentColumn.Id: row.Id = text; break;
                case DocumentColumn.Source: row.Source = text; break;
                case DocumentColumn.Title: row.Title = text; break;
                case DocumentColumn.Format: row.Format = text; break;
                default: row.Label = text; break;
            }
        }

        private static object? Value(ref Utf8JsonReader json, ReadOnlySpan<byte> line, int start)
        {
            switch (json.TokenType)
            {
                case JsonTokenType.Null:
                    return null;
                case JsonTokenType.True:
                    return true;
                case JsonTokenType.False:
                    return false;
                case JsonTokenType.String:
                    return Unescape(ref json);
                case JsonTokenType.Number:
                    return new JsonNumber(Encoding.ASCII.GetString(json.ValueSpan));
                default:
                    json.Skip();
                    return new JsonText(Encoding.UTF8.GetString(line[start..(int)json.BytesConsumed]));
            }
        }

        private static int HashOf(ReadOnlySpan<byte> name)
        {
            uint hash = 2166136261;
            foreach (byte b in name)
            {
                hash = (hash ^ b) * 16777619;
            }

            return (int)hash;
        }

        private static string Describe(JsonTokenType token) => token switch
        {
            JsonTokenType.StartArray => "an array (JSON arrays are no JSON lines: write one object a line)",
            JsonTokenType.String => "a string",
            JsonTokenType.Number => "a number",
            JsonTokenType.None => "nothing",
            _ => "a bare value",
        };
    }

    // GetString refuses escapes of unpaired surrogates (\ud800); they are legal JSON, and the normaliser replaces them.
    private static string Unescape(ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
        {
            return Encoding.UTF8.GetString(json.ValueSpan);
        }

        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return UnescapeLoosely(json.ValueSpan);
        }
    }

    private static string UnescapeLoosely(ReadOnlySpan<byte> escaped)
    {
        char[] chars = ArrayPool<char>.Shared.Rent(escaped.Length);
        int n = 0;
        while (!escaped.IsEmpty)
        {
            int plain = escaped.IndexOf((byte)'\\');
            if (plain < 0)
            {
                plain = escaped.Length;
            }

            n += Encoding.UTF8.GetChars(escaped[..plain], chars.AsSpan(n));
            escaped = escaped[plain..];
            if (escaped.Length < 2)
            {
                break;
            }

            char next = (char)escaped[1];
            if (next == 'u')
            {
                chars[n++] = (char)Convert.ToUInt16(Encoding.ASCII.GetString(escaped.Slice(2, 4)), 16);
                escaped = escaped[6..];
            }
            else
            {
                chars[n++] = next switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => next };
                escaped = escaped[2..];
            }
        }

        string text = new(chars, 0, n);
        ArrayPool<char>.Shared.Return(chars);
        return text;
    }
}

/// <summary>A nested JSON value, as its text.</summary>
internal sealed record JsonText(string Text);

/// <summary>A JSON number, as it was written.</summary>
internal sealed record JsonNumber(string Text);
