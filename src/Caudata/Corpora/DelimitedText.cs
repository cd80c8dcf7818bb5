using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Caudata.Corpora;

/// <summary>Reads rows from CSV or TSV with a header [rfc4180]: quoted fields may hold delimiters, doubled quotes and line breaks.</summary>
/// <remarks>The delimiter is the one of comma, semicolon, tab and bar that the header has most of. Rows with another number of fields than the header are malformed. A quote that never closes costs the rows up to the largest row size.</remarks>
internal static class DelimitedText
{
    public static IEnumerable<Row> Read(Stream stream, string file, ColumnMap columns, List<string> filterColumns, string? discover, int maxBytes, CancellationToken cancellationToken)
    {
        using var rows = new Splitter(stream, maxBytes);
        if (!rows.TryReadHeader(out string[] header, cancellationToken))
        {
            throw new InputFailure(ReadReasons.MalformedRow, "The file does not begin with a header line in UTF-8.");
        }

        columns.NoteAll(header);
        columns.Require(file);
        foreach (string name in header)
        {
            if (discover is not null)
            {
                WhereFilter.Discover(discover, name, filterColumns);
            }
        }

        int[] parts = [.. Enum.GetValues<DocumentColumn>().Select(c => columns[c] is { } name ? Array.IndexOf(header, name) : -1)];
        int[] filter = [.. filterColumns.Select(name => Array.IndexOf(header, name))];
        while (rows.TryRead(out string[] fields, out (string, string)? fault, cancellationToken))
        {
            var row = new Row { Number = rows.Number, Fault = fault, Untyped = true };
            if (fault is null && fields.Length != header.Length)
            {
                row.Fault = (ReadReasons.MalformedRow, $"{fields.Length} fields, the header has {header.Length}.");
            }

            if (row.Fault is null)
            {
                string? Field(DocumentColumn c) => parts[(int)c] >= 0 ? fields[parts[(int)c]] : null;
                (row.Text, row.Id, row.Source, row.Title, row.Format, row.Label) =
                    (Field(DocumentColumn.Text), Field(DocumentColumn.Id), Field(DocumentColumn.Source), Field(DocumentColumn.Title), Field(DocumentColumn.Format), Field(DocumentColumn.Label));
                if (filter.Length > 0)
                {
                    row.Values = [.. filter.Select(f => f >= 0 && fields[f].Length > 0 ? fields[f] : null)];
                }
            }

            yield return row;
        }
    }

    private sealed class Splitter(Stream stream, int maxBytes) : IDisposable
    {
        private readonly LineReader _lines = new(stream, maxBytes);
        private readonly ArrayBufferWriter<byte> _row = new();
        private readonly List<int> _ends = [];
        private byte _delimiter = (byte)',';

        /// <summary>Number of the line on which the row read last begins, from 1.</summary>
        public long Number { get; private set; }

        public bool TryReadHeader(out string[] header, CancellationToken cancellationToken)
        {
            header = [];
            if (!_lines.TryRead(out ReadOnlyMemory<byte> line, out bool tooLong, cancellationToken) || tooLong || !Utf8.IsValid(line.Span))
            {
                return false;
            }

            int most = 0;
            foreach (byte candidate in ",;\t|"u8)
            {
                int count = Unquoted(line.Span, candidate);
                if (count > most)
                {
                    (most, _delimiter) = (count, candidate);
                }
            }

            bool complete = Take(line.Span, inside: false);
            header = Fields();
            return complete;
        }

        public bool TryRead(out string[] fields, out (string, string)? fault, CancellationToken cancellationToken)
        {
            fields = [];
            fault = null;
            bool inside = false;
            _row.Clear();
            _ends.Clear();
            long bytes = 0;
            while (_lines.TryRead(out ReadOnlyMemory<byte> line, out bool tooLong, cancellationToken))
            {
                if (!inside)
                {
                    if (line.IsEmpty && !tooLong)
                    {
                        continue;
                    }

                    Number = _lines.Number;
                }

                bytes += _lines.Length + 1;
                if (tooLong || bytes > maxBytes)
                {
                    fault = (ReadReasons.TooLong, $"{bytes:N0} bytes or more, over {maxBytes:N0}{(inside ? "; a quote does not close" : "")}.");
                    return true;
                }

                if (inside)
                {
                    _row.Write("\n"u8);
                }

                if (Take(line.Span, inside))
                {
                    if (!Utf8.IsValid(_row.WrittenSpan))
                    {
                        fault = (ReadReasons.InvalidUtf8, "The row is not UTF-8.");
                        return true;
                    }

                    fields = Fields();
                    return true;
                }

                inside = true;
            }

            if (inside)
            {
                fault = (ReadReasons.MalformedRow, "A quoted field does not end before the file does.");
            }

            return inside;
        }

        public void Dispose() => _lines.Dispose();

        // Adds a line to the row; false when it ends inside a quoted field.
        private bool Take(ReadOnlySpan<byte> line, bool inside)
        {
            if (!inside && line.IsEmpty)
            {
                _ends.Add(0);
                return true;
            }

            while (true)
            {
                if (inside)
                {
                    int quote = line.IndexOf((byte)'"');
                    if (quote < 0)
                    {
                        _row.Write(line);
                        return false;
                    }

                    _row.Write(line[..quote]);
                    line = line[(quote + 1)..];
                    if (line.Length > 0 && line[0] == (byte)'"')
                    {
                        _row.Write("\""u8);
                        line = line[1..];
                        continue;
                    }

                    inside = false;
                }
                else if (line.Length > 0 && line[0] == (byte)'"')
                {
                    line = line[1..];
                    inside = true;
                    continue;
                }

                int end = line.IndexOf(_delimiter);
                _row.Write(end < 0 ? line : line[..end]);
                _ends.Add(_row.WrittenCount);
                if (end < 0)
                {
                    return true;
                }

                line = line[(end + 1)..];
            }
        }

        private string[] Fields()
        {
            string[] fields = new string[_ends.Count];
            int start = 0;
            for (int i = 0; i < fields.Length; i++)
            {
                fields[i] = Encoding.UTF8.GetString(_row.WrittenSpan[start.._ends[i]]);
                start = _ends[i];
            }

            return fields;
        }

        private static int Unquoted(ReadOnlySpan<byte> line, byte delimiter)
        {
            int count = 0;
            bool inside = false;
            foreach (byte b in line)
            {
                inside ^= b == (byte)'"';
                count += b == delimiter && !inside ? 1 : 0;
            }

            return count;
        }
    }
}
