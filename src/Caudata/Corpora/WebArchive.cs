using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Caudata.Corpora;

/// <summary>Reads web archives (WARC 1.0 and 1.1): responses and resources with HTML or plain text, and the plain text of conversion records (WET).</summary>
/// <remarks>Gzip by record or as a whole; request, metadata, revisit and information records hold no document and are passed over. Memory: one record of the largest size allowed.</remarks>
internal static class WebArchive
{
    private const int LongestLine = 1 << 16, MostHeaders = 1000;

    /// <summary>One document of the archive, or why there is none.</summary>
    internal sealed record Page(string Id, string Uri, DocumentFormat Format, string Text, (string Reason, string Detail)? Remark);

    public static IEnumerable<(Page? Page, string Where, string Reason, string Detail)> Read(Stream stream, string file, int maxBytes, CancellationToken cancellationToken)
    {
        using var blocks = new BlockReader(stream);
        long record = 0;
        bool lost = false;
        while (blocks.TryReadLine(LongestLine, out string line))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!line.StartsWith("WARC/", StringComparison.Ordinal))
            {
                if (line.Length > 0 && !lost)
                {
                    lost = true; // one rejection for each stretch; the next record header ends it
                    yield return (null, $"{file}:{record + 1}", ReadReasons.MalformedRow, "Expected a line that begins with WARC/; skipped to the next record.");
                }

                continue;
            }

            lost = false;
            record++;
            string where = $"{file}:{record}";
            Dictionary<string, string> headers = Headers(blocks);
            if (!long.TryParse(headers.GetValueOrDefault("content-length"), NumberStyles.None, CultureInfo.InvariantCulture, out long length))
            {
                yield return (null, where, ReadReasons.MalformedRow, "The record has no valid Content-Length.");
                continue;
            }

            string type = headers.GetValueOrDefault("warc-type", "").ToLowerInvariant();
            if (type is not ("response" or "resource" or "conversion"))
            {
                blocks.Skip(length, cancellationToken);
                continue;
            }

            if (length > maxBytes)
            {
                blocks.Skip(length, cancellationToken);
                yield return (null, where, ReadReasons.TooLong, $"{length:N0} bytes, more than {maxBytes:N0}.");
                continue;
            }

            byte[]? block = blocks.TryRead((int)length);
            if (block is null)
            {
                yield return (null, where, ReadReasons.MalformedRow, "The archive ends inside this record.");
                yield break;
            }

            string uri = headers.GetValueOrDefault("warc-target-uri", "").Trim('<', '>', ' ');
            string id = headers.GetValueOrDefault("warc-record-id", "").Trim('<', '>', ' ');
            id = id.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase) ? id[9..] : id;
            (Page? page, string reason, string detail) = Open(type, headers.GetValueOrDefault("content-type", ""), block, id.Length == 0 ? where : id, uri, maxBytes);
            yield return (page, where, reason, detail);
        }
    }

    private static (Page? Page, string Reason, string Detail) Open(string type, string contentType, ReadOnlySpan<byte> block, string id, string uri, int maxBytes)
    {
        ReadOnlySpan<byte> body = block;
        if (type == "response" && block.StartsWith("HTTP/"u8))
        {
            int end = block.IndexOf("\r\n\r\n"u8), skip = 4;
            if (end < 0)
            {
                (end, skip) = (block.IndexOf("\n\n"u8), 2);
            }

            if (end < 0 || end > LongestLine)
            {
                return (null, ReadReasons.MalformedRow, "The HTTP header does not end.");
            }

            string[] lines = Encoding.Latin1.GetString(block[..end]).Split('\n', MostHeaders);
            string[] status = lines[0].Trim().Split(' ', 3);
            if (status.Length < 2 || status[1] != "200")
            {
                return (null, ReadReasons.HttpStatus, $"Status {(status.Length < 2 ? "is missing" : status[1])}; only 200 holds the document.");
            }

            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (string line in lines.Skip(1))
            {
                int colon = line.IndexOf(':');
                if (colon > 0)
                {
                    headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
                }
            }

            contentType = headers.GetValueOrDefault("content-type", "");
            byte[] content = block[(end + skip)..].ToArray();
            if (headers.GetValueOrDefault("transfer-encoding", "").Contains("chunked", StringComparison.OrdinalIgnoreCase))
            {
                // Crawlers often store the payload already joined, with the header left as it was.
                content = Dechunk(content) ?? content;
            }

            try
            {
                content = Decode(content, headers.GetValueOrDefault("content-encoding", ""), maxBytes);
            }
            catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
            {
                return (null, ReadReasons.CorruptCompression, "The payload does not decode.");
            }
            catch (InputFailure e)
            {
                return (null, e.Reason, e.Message);
            }

            body = content;
        }
        else if (type == "response")
        {
            return (null, ReadReasons.MalformedRow, "The response does not begin with an HTTP status line.");
        }

        string media = contentType.Split(';')[0].Trim().ToLowerInvariant();
        DocumentFormat? format = media.Length == 0 ? null : DocumentFormats.FromName(media);
        if (format is null && media.Length > 0)
        {
            return (null, ReadReasons.NotText, $"Content type {media}.");
        }

        int charset = contentType.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        string? text = TextDecoder.Decode(body, charset < 0 ? null : contentType[(charset + 8)..].Split(';')[0], out (string, string)? remark);
        return text is null
            ? (null, ReadReasons.NotText, "The payload is not text.")
            : (new Page(id, uri, format ?? DocumentFormats.Sniff(text), text, remark), "", "");
    }

    private static Dictionary<string, string> Headers(BlockReader blocks)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (int n = 0; n < MostHeaders && blocks.TryReadLine(LongestLine, out string line) && line.Length > 0; n++)
        {
            int colon = line.IndexOf(':');
            if (colon > 0)
            {
                headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
            }
        }

        return headers;
    }

    private static byte[]? Dechunk(ReadOnlySpan<byte> chunked)
    {
        using var whole = new MemoryStream(chunked.Length);
        while (true)
        {
            int end = chunked.IndexOf((byte)'\n');
            if (end is < 0 or > 64)
            {
                return null;
            }

            string size = Encoding.Latin1.GetString(chunked[..end]).Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int n) || n < 0 || n > chunked.Length - end - 1)
            {
                return null;
            }

            if (n == 0)
            {
                return whole.ToArray();
            }

            whole.Write(chunked.Slice(end + 1, n));
            chunked = chunked[(end + 1 + n)..].TrimStart("\r\n"u8);
        }
    }

    private static byte[] Decode(byte[] content, string encoding, int maxBytes)
    {
        Stream? decoder = encoding.Trim().ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" when content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) => new GZipStream(new MemoryStream(content), CompressionMode.Decompress),
            "deflate" when content.Length > 1 && (content[0] & 15) == 8 && ((content[0] << 8) | content[1]) % 31 == 0 => new ZLibStream(new MemoryStream(content), CompressionMode.Decompress),
            "br" => new BrotliStream(new MemoryStream(content), CompressionMode.Decompress),
            _ => null,
        };
        if (decoder is null)
        {
            return content;
        }

        using (decoder)
        {
            return BoundedRead.All(decoder, maxBytes) ?? throw new InputFailure(ReadReasons.TooLong, $"The payload expands to more than {maxBytes:N0} bytes.");
        }
    }
}

/// <summary>Lines and blocks of known length out of one stream, with a bounded buffer.</summary>
internal sealed class BlockReader(Stream stream) : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start, _end;

    /// <summary>The next line as Latin-1 without its line break; what goes beyond the longest is left out.</summary>
    public bool TryReadLine(int longest, out string line)
    {
        var text = new StringBuilder();
        bool any = false;
        while (true)
        {
            if (_start == _end && !Fill())
            {
                line = text.ToString();
                return any;
            }

            any = true;
            ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, _end - _start);
            int at = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> part = at < 0 ? rest : rest[..at];
            if (text.Length < longest)
            {
                text.Append(Encoding.Latin1.GetString(part[..Math.Min(part.Length, longest - text.Length)]));
            }

            _start += at < 0 ? rest.Length : at + 1;
            if (at >= 0)
            {
                line = text.ToString().TrimEnd('\r');
                return true;
            }
        }
    }

    /// <summary>The next bytes; null when the stream has fewer. Grows with what is there, not with what is claimed.</summary>
    public byte[]? TryRead(int length)
    {
        byte[] block = new byte[Math.Min(length, 1 << 20)];
        int n = 0;
        while (n < length)
        {
            if (n == block.Length)
            {
                Array.Resize(ref block, (int)Math.Min(length, 2L * block.Length));
            }

            if (_start == _end && !Fill())
            {
                return null;
            }

            int take = Math.Min(block.Length - n, _end - _start);
            _buffer.AsSpan(_start, take).CopyTo(block.AsSpan(n));
            _start += take;
            n += take;
        }

        return block;
    }

    public void Skip(long length, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            if (_start == _end)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!Fill())
                {
                    return;
                }
            }

            int take = (int)Math.Min(length, _end - _start);
            _start += take;
            length -= take;
        }
    }

    public void Dispose() => stream.Dispose();

    private bool Fill()
    {
        _start = 0;
        _end = stream.Read(_buffer);
        return _end > 0;
    }
}

/// <summary>Reads a whole stream of bounded length.</summary>
internal static class BoundedRead
{
    /// <summary>All bytes; null when there are more than <paramref name="maxBytes"/>.</summary>
    public static byte[]? All(Stream stream, int maxBytes)
    {
        byte[] bytes = new byte[Math.Min(1 << 16, maxBytes + 1)];
        int n = 0;
        while (true)
        {
            int got = stream.Read(bytes.AsSpan(n));
            if (got == 0)
            {
                return bytes.Length == n ? bytes : bytes[..n];
            }

            n += got;
            if (n > maxBytes)
            {
                return null;
            }

            if (n == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(2L * n, (long)maxBytes + 1));
            }
        }
    }
}
