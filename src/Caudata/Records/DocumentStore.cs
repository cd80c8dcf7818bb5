using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using ZstdSharp;

namespace Caudata.Records;

/// <summary>A document as the store keeps it: plain fields, no behaviour.</summary>
public sealed record StoredDocument
{
    /// <summary>Identifier; passages of one document may share it.</summary>
    public required string Id { get; init; }

    /// <summary>Where it came from.</summary>
    public required string Source { get; init; }

    /// <summary>Title, or empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>Number of its format, in [0, 255]; the caller says what it means.</summary>
    public required byte Format { get; init; }

    /// <summary>A label for evaluation only, or null.</summary>
    public string? Label { get; init; }

    /// <summary>Where the text starts in its document, in UTF-16 code units.</summary>
    public int Offset { get; init; }

    /// <summary>Number of the passage within its document, from 0.</summary>
    public int Passage { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }
}

/// <summary>Documents in one file: compressed, appended in order, read in order or at random by index.</summary>
/// <remarks>
/// <para>The file is a header and blocks. A block holds consecutive documents of about 16 KiB together, compressed with zstd, behind its lengths and a CRC-32C. In memory there are
/// 12 bytes a block, so below 16 bytes a document even if every document has a block to itself.</para>
/// <para>Crash-safe: at opening, a block that was half written when the process died is cut off; <see cref="Count"/> says how many documents are there, and adding goes on after them.
/// Documents are sure to be there after <see cref="Flush"/>.</para>
/// <para>Adding is for one thread; reading is thread-safe, also while another thread adds.</para>
/// </remarks>
public sealed class DocumentStore : IDisposable
{
    private const ulong Magic = 0x31434F4444554143; // "CAUDDOC1" read as a little-endian number
    private const uint BlockMagic = 0x4B4C4243; // "CBLK"
    private const int HeaderLength = 16, BlockHeaderLength = 20, BlockTarget = 16 * 1024, WriteBuffer = 1 << 20;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Lock _lock = new();
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly bool _readOnly;
    private readonly List<int> _firsts = []; // first document of block b
    private readonly List<long> _places = []; // where block b starts
    private readonly Compressor _compressor = new(1);
    private readonly ConcurrentBag<BlockReader> _readers = [];
    private readonly ArrayBufferWriter<byte> _block = new(4 * BlockTarget);
    private readonly ArrayBufferWriter<byte> _unwritten = new(WriteBuffer + 4 * BlockTarget);
    private long _written, _end;
    private int _flushedCount, _pending;
    private (ulong Hash, int Index)[]? _ids;

    private DocumentStore(string path, SafeFileHandle file, bool readOnly)
    {
        _path = path;
        _file = file;
        _readOnly = readOnly;
    }

    /// <summary>Number of documents.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the file when all is written.</summary>
    public long CompressedBytes => _end;

    /// <summary>Opens a store, or makes it; cuts off what was half written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="readOnly">True to look at a store that is there.</param>
    /// <exception cref="RecordException">The file is something else, or damaged before its end.</exception>
    public static DocumentStore Open(string path, bool readOnly = false)
    {
        SafeFileHandle file = File.OpenHandle(path, readOnly ? FileMode.Open : FileMode.OpenOrCreate, readOnly ? FileAccess.Read : FileAccess.ReadWrite, FileShare.ReadWrite);
        DocumentStore store = new(path, file, readOnly);
        try
        {
            store.ReadIndex();
            return store;
        }
        catch
        {
            store.DisposeHandles();
            throw;
        }
    }

    /// <summary>Adds a document; its index is the <see cref="Count"/> before.</summary>
    /// <param name="document">The document.</param>
    public void Add(StoredDocument document)
    {
        if (_readOnly)
        {
            throw new InvalidOperationException($"'{_path}' was opened to look at.");
        }

        lock (_lock)
        {
            Encode(document, _block);
            _pending++;
            Count++;
            _ids = null;
            if (_block.WrittenCount >= BlockTarget)
            {
                CloseBlock();
            }

            if (_unwritten.WrittenCount >= WriteBuffer)
            {
                WriteOut();
            }
        }
    }

    /// <summary>Writes everything and waits until it is on the disk.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            CloseBlock();
            WriteOut();
            RandomAccess.FlushToDisk(_file);
        }
    }

    /// <summary>Reads one document. Neighbours are cheap: the last block of each reader stays unpacked.</summary>
    /// <param name="index">Its index, 0-based.</param>
    public StoredDocument this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            BlockReader reader = Rent();
            try
            {
                return reader.Read(this, index);
            }
            finally
            {
                _readers.Add(reader);
            }
        }
    }

    /// <summary>Reads a batch; each block is unpacked once however the indices are ordered.</summary>
    /// <param name="indices">Indices, 0-based, in any order, also repeated.</param>
    /// <returns>The documents in the order of <paramref name="indices"/>.</returns>
    public StoredDocument[] Read(ReadOnlySpan<int> indices)
    {
        int[] sorted = indices.ToArray(), order = new int[indices.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            ArgumentOutOfRangeException.ThrowIfNegative(sorted[i], nameof(indices));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sorted[i], Count, nameof(indices));
        }

        Array.Sort(sorted, order);
        StoredDocument[] documents = new StoredDocument[indices.Length];
        BlockReader reader = Rent();
        try
        {
            for (int i = 0; i < order.Length; i++)
            {
                documents[order[i]] = i > 0 && sorted[i] == sorted[i - 1] ? documents[order[i - 1]] : reader.Read(this, sorted[i]);
            }
        }
        finally
        {
            _readers.Add(reader);
        }

        return documents;
    }

    /// <summary>Reads all documents in order, one block in memory at a time.</summary>
    /// <param name="start">Index of the first. Default 0.</param>
    public IEnumerable<StoredDocument> ReadAll(int start = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        BlockReader reader = Rent();
        try
        {
            for (int i = start; i < Count; i++)
            {
                yield return reader.Read(this, i);
            }
        }
        finally
        {
            _readers.Add(reader);
        }
    }

    /// <summary>Index of the first document with that identifier, or -1. The first call reads the whole store once and keeps 16 bytes a document.</summary>
    /// <param name="id">The identifier.</param>
    public int IndexOf(string id)
    {
        lock (_lock)
        {
            _ids ??= BuildIds();
            ulong hash = HashId(id);
            int at = _ids.AsSpan().BinarySearch(new IdKey(hash));
            for (int i = ~at; i < _ids.Length && _ids[i].Hash == hash; i++)
            {
                if (this[_ids[i].Index].Id == id)
                {
                    return _ids[i].Index;
                }
            }

            return -1;
        }
    }

    /// <summary>Keeps the first documents and cuts off the others.</summary>
    /// <param name="count">Number of documents to keep, at most <see cref="Count"/>.</param>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        lock (_lock)
        {
            CloseBlock();
            WriteOut();
            if (count == _flushedCount)
            {
                return;
            }

            int block = BlockOf(count);
            StoredDocument[] kept = [.. Enumerable.Range(_firsts[block], count - _firsts[block]).Select(index => this[index])];
            _end = _written = _places[block];
            Count = _flushedCount = _firsts[block];
            _firsts.RemoveRange(block, _firsts.Count - block);
            _places.RemoveRange(block, _places.Count - block);
            _ids = null;
            DropReaders();
            RandomAccess.SetLength(_file, _end);
            foreach (StoredDocument document in kept)
            {
                Add(document);
            }
        }

        Flush();
    }

    /// <summary>Writes what is pending and closes the file.</summary>
    public void Dispose()
    {
        if (!_readOnly && !_file.IsClosed)
        {
            lock (_lock)
            {
                CloseBlock();
                WriteOut();
            }
        }

        DisposeHandles();
    }

    private void DisposeHandles()
    {
        _file.Dispose();
        _compressor.Dispose();
        DropReaders();
    }

    private void DropReaders()
    {
        while (_readers.TryTake(out BlockReader? reader))
        {
            reader.Dispose();
        }
    }

    private BlockReader Rent() => _readers.TryTake(out BlockReader? reader) ? reader : new BlockReader();

    private void ReadIndex()
    {
        long length = RandomAccess.GetLength(_file);
        Span<byte> header = stackalloc byte[BlockHeaderLength];
        if (length < HeaderLength)
        {
            if (_readOnly)
            {
                throw new RecordException($"'{_path}' is {length} bytes long; expected a store of documents. Run the step that writes it again.");
            }

            header.Clear();
            BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
            RandomAccess.SetLength(_file, 0);
            RandomAccess.Write(_file, header[..HeaderLength], 0);
            _end = _written = HeaderLength;
            return;
        }

        RandomAccess.Read(_file, header[..HeaderLength], 0);
        if (BinaryPrimitives.ReadUInt64LittleEndian(header) != Magic)
        {
            throw new RecordException($"'{_path}' is not a store of documents. Remove it and run again.");
        }

        long place = HeaderLength;
        int last = -1;
        while (place + BlockHeaderLength <= length && RandomAccess.Read(_file, header, place) == BlockHeaderLength)
        {
            (uint magic, int packed, _, int count, _) = ReadBlockHeader(header);
            long next = place + BlockHeaderLength + packed;
            if (magic != BlockMagic || packed < 1 || count < 1 || next > length)
            {
                break;
            }

            _firsts.Add(_flushedCount);
            _places.Add(place);
            _flushedCount += count;
            last = _firsts.Count - 1;
            place = next;
        }

        _end = _written = place;
        CheckTail(last, length);
    }

    // A process that dies leaves at most a torn tail; the last whole-looking block is unpacked to be sure of it, earlier ones are checked when they are read.
    private void CheckTail(int last, long length)
    {
        using BlockReader reader = new();
        while (last >= 0 && !reader.TryLoad(this, last, out _))
        {
            _flushedCount = _firsts[last];
            _end = _written = _places[last];
            _firsts.RemoveAt(last);
            _places.RemoveAt(last);
            last--;
        }

        Count = _flushedCount;
        if (!_readOnly && _end < length)
        {
            RandomAccess.SetLength(_file, _end);
        }
    }

    private static (uint Magic, int Packed, int Raw, int Count, uint Crc) ReadBlockHeader(ReadOnlySpan<byte> header) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(header), BinaryPrimitives.ReadInt32LittleEndian(header[4..]), BinaryPrimitives.ReadInt32LittleEndian(header[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(header[12..]), BinaryPrimitives.ReadUInt32LittleEndian(header[16..]));

    private void CloseBlock()
    {
        if (_pending == 0)
        {
            return;
        }

        int bound = Compressor.GetCompressBound(_block.WrittenCount);
        Span<byte> target = _unwritten.GetSpan(BlockHeaderLength + bound);
        int packed = _compressor.Wrap(_block.WrittenSpan, target[BlockHeaderLength..]);
        BinaryPrimitives.WriteUInt32LittleEndian(target, BlockMagic);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], packed);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], _block.WrittenCount);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], _pending);
        BinaryPrimitives.WriteUInt32LittleEndian(target[16..], Crc32C(target.Slice(BlockHeaderLength, packed)));
        _unwritten.Advance(BlockHeaderLength + packed);
        _firsts.Add(_flushedCount);
        _places.Add(_end);
        _end += BlockHeaderLength + packed;
        _flushedCount += _pending;
        _pending = 0;
        _block.ResetWrittenCount();
    }

    private void WriteOut()
    {
        if (_unwritten.WrittenCount > 0)
        {
            RandomAccess.Write(_file, _unwritten.WrittenSpan, _written);
            _written += _unwritten.WrittenCount;
            _unwritten.ResetWrittenCount();
        }
    }

    private int BlockOf(int index)
    {
        int at = CollectionsMarshal.AsSpan(_firsts).BinarySearch(index);
        return at >= 0 ? at : ~at - 1;
    }

    private (int Block, int First, long Place) Locate(int index)
    {
        lock (_lock)
        {
            if (index >= _flushedCount)
            {
                CloseBlock();
            }

            int block = BlockOf(index);
            if (_places[block] >= _written)
            {
                WriteOut();
            }

            return (block, _firsts[block], _places[block]);
        }
    }

    private (ulong Hash, int Index)[] BuildIds()
    {
        (ulong Hash, int Index)[] ids = new (ulong, int)[Count];
        int i = 0;
        foreach (StoredDocument document in ReadAll())
        {
            ids[i] = (HashId(document.Id), i);
            i++;
        }

        Array.Sort(ids);
        return ids;
    }

    private static ulong HashId(string id)
    {
        ulong hash = 0xCBF29CE484222325UL; // FNV-1a over UTF-16 code units
        foreach (char c in id)
        {
            hash = (hash ^ c) * 0x100000001B3UL;
        }

        return hash;
    }

    // Sorts just before the first entry of its hash, so that a search gives the complement of that entry's place.
    private readonly struct IdKey(ulong hash) : IComparable<(ulong Hash, int Index)>
    {
        public int CompareTo((ulong Hash, int Index) other) => hash <= other.Hash ? -1 : 1;
    }

    private static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (byte b in bytes[(words.Length * 8)..])
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }

    private static void Encode(StoredDocument document, ArrayBufferWriter<byte> writer)
    {
        // Fields in order; a text's length says by its lowest bit whether it is UTF-16 (unpaired surrogates) instead of UTF-8.
        Span<byte> start = writer.GetSpan(1);
        start[0] = document.Format;
        writer.Advance(1);
        WriteNumber(writer, (uint)document.Offset);
        WriteNumber(writer, (uint)document.Passage);
        WriteText(writer, document.Id);
        WriteText(writer, document.Source);
        WriteText(writer, document.Title);
        WriteNumber(writer, document.Label is null ? 0u : 1u);
        if (document.Label is not null)
        {
            WriteText(writer, document.Label);
        }

        WriteText(writer, document.Text);
    }

    private static void WriteText(ArrayBufferWriter<byte> writer, string text)
    {
        int length = 0;
        bool utf8 = true;
        try
        {
            length = Utf8.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            utf8 = false;
            length = text.Length * 2;
        }

        WriteNumber(writer, ((ulong)(uint)length << 1) | (utf8 ? 0u : 1u));
        Span<byte> target = writer.GetSpan(length);
        if (utf8)
        {
            Utf8.GetBytes(text, target);
        }
        else
        {
            MemoryMarshal.AsBytes(text.AsSpan()).CopyTo(target);
        }

        writer.Advance(length);
    }

    private static void WriteNumber(ArrayBufferWriter<byte> writer, ulong number)
    {
        Span<byte> target = writer.GetSpan(10);
        int length = 0;
        while (number >= 0x80)
        {
            target[length++] = (byte)(number | 0x80);
            number >>= 7;
        }

        target[length++] = (byte)number;
        writer.Advance(length);
    }

    /// <summary>One reader: the block it unpacked last, and where the documents of that block stand.</summary>
    private sealed class BlockReader : IDisposable
    {
        private readonly Decompressor _decompressor = new();
        private byte[] _packed = [], _raw = [];
        private int _rawLength, _block = -1, _first, _count, _nextIndex, _nextPlace;

        public StoredDocument Read(DocumentStore store, int index)
        {
            if (_block < 0 || index < _first || index >= _first + _count)
            {
                int block = store.Locate(index).Block;
                if (!TryLoad(store, block, out string fault))
                {
                    throw new RecordException($"'{store._path}' is damaged at block {block} (documents from {_first}): {fault}. Remove the run folder and run again, or restore the file from a copy.");
                }
            }

            if (index < _nextIndex)
            {
                _nextIndex = _first;
                _nextPlace = 0;
            }

            while (_nextIndex < index)
            {
                Skip();
            }

            return Decode();
        }

        public bool TryLoad(DocumentStore store, int block, out string fault)
        {
            _block = -1;
            Span<byte> header = stackalloc byte[BlockHeaderLength];
            long place;
            lock (store._lock)
            {
                place = store._places[block];
                _first = store._firsts[block];
            }

            fault = "its header is cut off";
            if (RandomAccess.Read(store._file, header, place) != BlockHeaderLength)
            {
                return false;
            }

            (_, int packed, int raw, int count, uint crc) = ReadBlockHeader(header);
            if (_packed.Length < packed)
            {
                _packed = new byte[Math.Max(packed, 2 * BlockTarget)];
            }

            Span<byte> bytes = _packed.AsSpan(0, packed);
            for (int at = 0; at < packed;)
            {
                int read = RandomAccess.Read(store._file, bytes[at..], place + BlockHeaderLength + at);
                if (read == 0)
                {
                    fault = "it is cut off";
                    return false;
                }

                at += read;
            }

            fault = "its checksum does not fit";
            if (Crc32C(bytes) != crc)
            {
                return false;
            }

            if (_raw.Length < raw)
            {
                _raw = new byte[Math.Max(raw, 2 * BlockTarget)];
            }

            _rawLength = _decompressor.Unwrap(bytes, _raw);
            _block = block;
            _count = count;
            _nextIndex = _first;
            _nextPlace = 0;
            return _rawLength == raw;
        }

        public void Dispose() => _decompressor.Dispose();

        private void Skip()
        {
            _nextPlace++;
            Number();
            Number();
            SkipText();
            SkipText();
            SkipText();
            if (Number() == 1)
            {
                SkipText();
            }

            SkipText();
            _nextIndex++;
        }

        private StoredDocument Decode()
        {
            byte format = _raw[_nextPlace++];
            int offset = (int)Number(), passage = (int)Number();
            string id = Text(), source = Text(), title = Text();
            string? label = Number() == 1 ? Text() : null;
            StoredDocument document = new() { Id = id, Source = source, Title = title, Format = format, Label = label, Offset = offset, Passage = passage, Text = Text() };
            _nextIndex++;
            return document;
        }

        private ulong Number()
        {
            ulong number = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte b = _raw[_nextPlace++];
                number |= (ulong)(b & 0x7F) << shift;
                if (b < 0x80)
                {
                    return number;
                }
            }
        }

        private void SkipText()
        {
            int length = (int)(Number() >> 1); // moves _nextPlace first
            _nextPlace += length;
        }

        private string Text()
        {
            ulong head = Number();
            ReadOnlySpan<byte> bytes = _raw.AsSpan(_nextPlace, (int)(head >> 1));
            _nextPlace += bytes.Length;
            return (head & 1) == 0 ? Encoding.UTF8.GetString(bytes) : new string(MemoryMarshal.Cast<byte, char>(bytes));
        }
    }
}
