using System.IO.Compression;

namespace Caudata.Corpora;

/// <summary>Opens a stream that may be gzip or Zstandard (recognised by its first bytes, not its name), and fails on truncated, damaged and exploding input.</summary>
internal static class Decompression
{
    // Output below this is never called a bomb: small files of one repeated line are legitimate.
    private const long BombFloor = 64L << 20;

    /// <summary>The decompressed stream; it owns <paramref name="raw"/>. Reading throws <see cref="InputFailure"/> where the data end too early, are damaged or explode.</summary>
    public static Stream Open(Stream raw, double maxExpansion)
    {
        var counted = new PrefixedStream(raw);
        ReadOnlySpan<byte> head = counted.Peek();
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return new GuardedStream(new GZipStream(counted, CompressionMode.Decompress), counted, maxExpansion, gzip: true);
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]))
        {
            return new GuardedStream(new ZstdSharp.DecompressionStream(counted, leaveOpen: false), counted, maxExpansion, gzip: false);
        }

        return counted;
    }

    /// <summary>A stream whose first bytes were looked at; for gzip it adds a small marker member at the end.</summary>
    /// <remarks>
    /// The framework's gzip reader takes a stream that stops in the middle for one that has ended. So one more member with known content is put behind the last byte:
    /// it comes out again exactly when the data before it were complete; after a cut it decodes to something else, or not at all.
    /// </remarks>
    private sealed class PrefixedStream(Stream inner) : ReadOnlyStream
    {
        private readonly byte[] _head = new byte[4];
        private int _headLength = -1, _headRead, _markerRead;

        public long BytesRead { get; private set; }

        public bool MarkerRead => _markerRead > 0;

        public bool AddsMarker { get; set; }

        public ReadOnlySpan<byte> Peek()
        {
            _headLength = inner.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
            return _head.AsSpan(0, _headLength);
        }

        public override int Read(Span<byte> buffer)
        {
            int n;
            if (_headRead < _headLength)
            {
                n = Math.Min(buffer.Length, _headLength - _headRead);
                _head.AsSpan(_headRead, n).CopyTo(buffer);
                _headRead += n;
            }
            else
            {
                n = _markerRead > 0 ? 0 : inner.Read(buffer);
            }

            BytesRead += n;
            if (n == 0 && AddsMarker && buffer.Length > 0)
            {
                n = Math.Min(buffer.Length, GuardedStream.MarkerMember.Length - _markerRead);
                GuardedStream.MarkerMember.AsSpan(_markerRead, n).CopyTo(buffer);
                _markerRead += n;
            }

            return n;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class GuardedStream : ReadOnlyStream
    {
        private static readonly byte[] Marker = [0, 1, .. "caudata-end-of-gzip"u8, 1, 0];

        internal static readonly byte[] MarkerMember = MakeMember();

        private readonly Stream _decoder;
        private readonly PrefixedStream _source;
        private readonly double _maxExpansion;
        private readonly bool _gzip;
        private readonly byte[] _tail = new byte[64];
        private long _written;
        private int _tailLength;
        private bool _ended;

        public GuardedStream(Stream decoder, PrefixedStream source, double maxExpansion, bool gzip)
        {
            (_decoder, _source, _maxExpansion, _gzip) = (decoder, source, maxExpansion, gzip);
            source.AddsMarker = gzip;
        }

        public override int Read(Span<byte> buffer)
        {
            if (_ended || buffer.IsEmpty)
            {
                return 0;
            }

            while (true)
            {
                int n;
                try
                {
                    n = _decoder.Read(buffer);
                }
                catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ZstdSharp.ZstdException or IOException)
                {
                    throw new InputFailure(_source.MarkerRead ? ReadReasons.TruncatedGzip : ReadReasons.CorruptCompression, _source.MarkerRead ? "The gzip stream ends before its end." : $"The compressed data are damaged: {e.Message}");
                }

                if (!_source.MarkerRead)
                {
                    if (n == 0)
                    {
                        _ended = true;
                        if (_gzip)
                        {
                            // The decoder stopped before the end of the file: bytes behind the last member that are no gzip.
                            throw new InputFailure(ReadReasons.CorruptCompression, "Bytes that are no gzip follow the last member.");
                        }

                        return 0;
                    }

                    _written += n;
                    if (_written > BombFloor && _written > _maxExpansion * _source.BytesRead)
                    {
                        throw new InputFailure(ReadReasons.DecompressionBomb, $"{_source.BytesRead:N0} bytes expand to more than {_written:N0}, over {_maxExpansion:N0} times as many.");
                    }

                    return n;
                }

                // The decoder asks for more input only when it has given all output of what it had: everything from the call on that took the marker is the marker's.
                int taken = Math.Min(n, _tail.Length - _tailLength);
                buffer[..taken].CopyTo(_tail.AsSpan(_tailLength));
                _tailLength += taken;
                if (n == 0 || _tailLength == _tail.Length)
                {
                    _ended = true;
                    if (!_tail.AsSpan(0, _tailLength).SequenceEqual(Marker))
                    {
                        throw new InputFailure(ReadReasons.TruncatedGzip, "The gzip stream ends before its end.");
                    }

                    return 0;
                }
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _decoder.Dispose();
                _source.Dispose();
            }

            base.Dispose(disposing);
        }

        private static byte[] MakeMember()
        {
            using var bytes = new MemoryStream();
            using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            {
                gzip.Write(Marker);
            }

            return bytes.ToArray();
        }
    }
}

/// <summary>The members that every forward-only stream leaves unsupported.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public abstract override int Read(Span<byte> buffer);

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
