namespace Caudata.Corpora;

/// <summary>Reads lines of bytes from a stream with a bounded buffer; lines beyond the bound are skipped and reported.</summary>
/// <remarks>Memory: at most twice <c>maxLength</c>, and only when a line is that long. Not thread-safe.</remarks>
internal sealed class LineReader(Stream stream, int maxLength) : IDisposable
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start, _end;
    private bool _ended, _first = true;

    /// <summary>Number of the line read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Length of the line read last, also of one that was skipped.</summary>
    public long Length { get; private set; }

    /// <summary>Reads the next line without its line break (LF or CRLF) and, on line 1, without a byte order mark.</summary>
    /// <param name="line">The line, valid until the next call; empty when it was skipped because it is too long.</param>
    /// <param name="tooLong">The line has more than the largest number of bytes and was skipped.</param>
    /// <param name="cancellationToken">Stops the reading, also within a line.</param>
    /// <returns>False at the end.</returns>
    public bool TryRead(out ReadOnlyMemory<byte> line, out bool tooLong, CancellationToken cancellationToken)
    {
        int scanned = 0;
        long skipped = 0;
        tooLong = false;
        while (true)
        {
            int at = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (at >= 0)
            {
                int length = scanned + at;
                ReadOnlyMemory<byte> whole = _buffer.AsMemory(_start, length);
                _start += length + 1;
                return Give(whole, skipped, out line, ref tooLong);
            }

            scanned = _end - _start;
            if (_ended)
            {
                ReadOnlyMemory<byte> rest = _buffer.AsMemory(_start, scanned);
                _start = _end;
                if (scanned == 0 && skipped == 0)
                {
                    line = default;
                    return false;
                }

                return Give(rest, skipped, out line, ref tooLong);
            }

            if (scanned > maxLength)
            {
                skipped += scanned;
                _start = _end;
                scanned = 0;
            }

            cancellationToken.ThrowIfCancellationRequested();
            Fill();
        }
    }

    public void Dispose() => stream.Dispose();

    private bool Give(ReadOnlyMemory<byte> whole, long skipped, out ReadOnlyMemory<byte> line, ref bool tooLong)
    {
        if (_first && skipped == 0 && whole.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            whole = whole[3..];
        }

        _first = false;
        Number++;
        Length = skipped + whole.Length;
        tooLong = Length > maxLength;
        line = tooLong ? default : whole.Length > 0 && whole.Span[^1] == (byte)'\r' ? whole[..^1] : whole;
        return true;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int n = stream.Read(_buffer.AsSpan(_end));
        _ended = n == 0;
        _end += n;
    }
}
