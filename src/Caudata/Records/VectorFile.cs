using System.Buffers;
using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Caudata.Records;

/// <summary>A matrix of single-precision numbers on disk, shape [n, d], that grows by whole rows.</summary>
/// <remarks>
/// <para>A header of 64 bytes (<c>CAUDVEC1</c>, d), then the rows, little-endian. A row that was half written when the process died is cut off at the next opening.</para>
/// <para>Appending is for one thread; reading is thread-safe.</para>
/// </remarks>
public sealed class VectorFile : IDisposable
{
    private const int HeaderLength = 64;
    private const ulong Magic = 0x3143455644554143; // "CAUDVEC1" read as a little-endian number

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private MappedFloats? _map;

    private VectorFile(string path, SafeFileHandle file, int dimension, int count)
    {
        _path = path;
        _file = file;
        Dimension = dimension;
        Count = count;
    }

    /// <summary>Length d of a row.</summary>
    public int Dimension { get; }

    /// <summary>Number n of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Opens a file, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimension">Length d of a row, at least 1.</param>
    /// <param name="readOnly">True to look at a file that is there.</param>
    /// <exception cref="RecordException">The file is something else, or has rows of another length.</exception>
    public static VectorFile Open(string path, int dimension, bool readOnly = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        SafeFileHandle file = File.OpenHandle(path, readOnly ? FileMode.Open : FileMode.OpenOrCreate, readOnly ? FileAccess.Read : FileAccess.ReadWrite, FileShare.ReadWrite);
        try
        {
            Span<byte> header = stackalloc byte[HeaderLength];
            long length = RandomAccess.GetLength(file);
            if (length < HeaderLength)
            {
                if (readOnly)
                {
                    throw new RecordException($"'{path}' is {length} bytes long; expected a file of vectors. Run the step that writes it again.");
                }

                // Also after a crash within the header: there were no rows yet.
                header.Clear();
                BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
                BinaryPrimitives.WriteInt32LittleEndian(header[8..], dimension);
                RandomAccess.SetLength(file, 0);
                RandomAccess.Write(file, header, 0);
                length = HeaderLength;
            }

            RandomAccess.Read(file, header, 0);
            int found = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
            if (BinaryPrimitives.ReadUInt64LittleEndian(header) != Magic || found != dimension)
            {
                throw new RecordException($"'{path}' does not hold vectors of {dimension} numbers" + (BinaryPrimitives.ReadUInt64LittleEndian(header) == Magic ? $" but of {found}" : "")
                    + ". Remove it and run again, or give the embedder it was written with.");
            }

            long rowBytes = dimension * 4L, rows = (length - HeaderLength) / rowBytes;
            if (!readOnly)
            {
                RandomAccess.SetLength(file, HeaderLength + rows * rowBytes);
            }

            return new VectorFile(path, file, dimension, checked((int)rows));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds rows at the end.</summary>
    /// <param name="rows">Shape [m, d], row-major.</param>
    /// <exception cref="ArgumentException">Not a whole number of rows.</exception>
    public void Append(ReadOnlySpan<float> rows)
    {
        if (rows.Length % Dimension != 0)
        {
            throw new ArgumentException($"{rows.Length} numbers are not whole rows of {Dimension}.", nameof(rows));
        }

        RandomAccess.Write(_file, MemoryMarshal.AsBytes(rows), Place(Count));
        Count += rows.Length / Dimension;
    }

    /// <summary>Waits until all rows are on the disk.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_file);

    /// <summary>Keeps the first rows and cuts off the others. Maps taken before must no longer be used.</summary>
    /// <param name="count">Number of rows to keep, at most <see cref="Count"/>.</param>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        Unmap();
        RandomAccess.SetLength(_file, Place(count));
        Count = count;
    }

    /// <summary>Reads rows into memory.</summary>
    /// <param name="start">First row, 0-based.</param>
    /// <param name="rows">Receives [m, d].</param>
    public void Read(int start, Span<float> rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + (long)rows.Length / Dimension, Count, nameof(rows));
        Span<byte> bytes = MemoryMarshal.AsBytes(rows);
        long place = Place(start);
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(_file, bytes, place);
            if (read == 0)
            {
                throw new RecordException($"'{_path}' ends early at byte {place}; expected {Count} rows. Was it cut while it was open? Run again.");
            }

            bytes = bytes[read..];
            place += read;
        }
    }

    /// <summary>Reads all rows into a new array, shape [n, d].</summary>
    public float[] Load()
    {
        float[] all = new float[checked((long)Count * Dimension)];
        const int Slice = 1 << 28;
        for (long at = 0; at < all.LongLength; at += Slice - Slice % Dimension)
        {
            int take = (int)Math.Min(Slice - Slice % Dimension, all.LongLength - at);
            Read((int)(at / Dimension), all.AsSpan((int)at, take));
        }

        return all;
    }

    /// <summary>All rows without loading them, shape [n, d]: the system pages them in as they are read, and out when memory is short.</summary>
    /// <remarks>Valid until more rows are added and mapped again, or until <see cref="Dispose"/>. At most 2³¹ - 1 numbers.</remarks>
    public ReadOnlyMemory<float> Map()
    {
        if (_map?.Length != (long)Count * Dimension)
        {
            Unmap();
            _map = Count == 0 ? null : new MappedFloats(_path, HeaderLength, checked(Count * Dimension));
        }

        return _map?.Memory ?? ReadOnlyMemory<float>.Empty;
    }

    /// <summary>Closes the file and its map.</summary>
    public void Dispose()
    {
        Unmap();
        _file.Dispose();
    }

    private long Place(int row) => HeaderLength + (long)row * Dimension * 4;

    private void Unmap()
    {
        ((IDisposable?)_map)?.Dispose();
        _map = null;
    }

    private sealed unsafe class MappedFloats : MemoryManager<float>
    {
        private readonly MemoryMappedFile _file;
        private readonly MemoryMappedViewAccessor _view;
        private byte* _start;

        public MappedFloats(string path, int offset, int length)
        {
            Length = length;
            FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            byte* pointer = null;
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
            _start = pointer + offset;
        }

        public int Length { get; }

        public override Span<float> GetSpan() => _start == null ? throw new ObjectDisposedException(nameof(VectorFile)) : new Span<float>(_start, Length);

        public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex * 4L);

        public override void Unpin() { }

        protected override void Dispose(bool disposing)
        {
            if (_start != null)
            {
                _start = null;
                _view.SafeMemoryMappedViewHandle.ReleasePointer();
                _view.Dispose();
                _file.Dispose();
            }
        }
    }
}
