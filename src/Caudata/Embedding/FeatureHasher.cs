using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Caudata.Embedding;

/// <summary>Counts the hashed features of one text at a time: words, word pairs, character n-grams.</summary>
/// <remarks>
/// <para>Words are lower-cased runs of letters; identifiers are split at underscores and where camel case turns. <c>\frac</c> and <c>frac</c> are different words.
/// Numbers become shapes, runs of symbols are words of their own. Character n-grams are those of scikit-learn's <c>char_wb</c>: inside a word padded by one blank on each side.</para>
/// <para>Feature hashing: [weinberger2009]. Signs come later, from the random projection. Time O(characters · n-gram lengths); no allocation once the buffers have grown.</para>
/// <para>Holds its scratch memory (about 4 · 2^bits bytes and 6 bytes a character): keep one a thread; not thread-safe.</para>
/// </remarks>
public sealed class FeatureHasher
{
    private const ulong K1 = 0x9E3779B97F4A7C15UL, K2 = 0xD6E8FEB86659FD93UL, K3 = 0xA0761D6478BD642FUL;
    private const ulong WordSeed = 0x8EBC6AF09C88C6E3UL, CommandSeed = 0x589965CC75374CC3UL, SymbolSeed = 0x1D8E4E27C47D124FUL, NumberSeed = 0xEB44ACCAB455D165UL;

    private readonly FeatureOptions _options;
    private readonly int _shift;
    private readonly int[] _dense;          // [2^bits] counts of the family being counted; all 0 between families
    private ushort[] _lower = new ushort[4096 + 64];
    private ulong[] _letters = new ulong[66], _digits = new ulong[66], _symbols = new ulong[66], _turns = new ulong[66];
    private Token[] _tokens = new Token[1024]; // distinct words in order of first sight
    private int[] _slots = new int[4096];      // open addressing: index of the token + 1, or 0
    private ulong[] _sequence = new ulong[1024];
    private readonly ushort[] _tail = new ushort[64];
    private int _tokenCount, _sequenceCount;
    private uint[] _buckets = new uint[4096];
    private int[] _counts = new int[4096];

    /// <summary>A hasher with its own scratch memory.</summary>
    /// <param name="options">Which features are counted.</param>
    /// <exception cref="ArgumentException">The options have mistakes; all are named.</exception>
    public FeatureHasher(FeatureOptions options)
    {
        IReadOnlyList<string> mistakes = options.Validate();
        if (mistakes.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', mistakes), nameof(options));
        }

        _options = options;
        _shift = 64 - options.BucketBits;
        _dense = new int[1 << options.BucketBits];
    }

    /// <summary>Number of buckets of all three families, 3 · 2^bits: the range of <see cref="Buckets"/>.</summary>
    public int BucketCount => 3 << _options.BucketBits;

    /// <summary>Buckets of the last text, each once: words first, then pairs, then character n-grams; inside a family in order of first sight.</summary>
    public ReadOnlySpan<uint> Buckets => _buckets.AsSpan(0, CharacterEnd);

    /// <summary>How often each of <see cref="Buckets"/> occurs, at least 1.</summary>
    public ReadOnlySpan<int> Counts => _counts.AsSpan(0, CharacterEnd);

    /// <summary>Index after the last word in <see cref="Buckets"/>.</summary>
    public int WordEnd { get; private set; }

    /// <summary>Index after the last word pair in <see cref="Buckets"/>.</summary>
    public int PairEnd { get; private set; }

    /// <summary>Index after the last character n-gram in <see cref="Buckets"/>: their number.</summary>
    public int CharacterEnd { get; private set; }

    /// <summary>Reads one text and replaces what <see cref="Buckets"/> and <see cref="Counts"/> show.</summary>
    /// <param name="text">Plain text of any length; lone surrogates and control characters are harmless.</param>
    public void Read(ReadOnlySpan<char> text)
    {
        _tokenCount = _sequenceCount = 0;
        WordEnd = PairEnd = CharacterEnd = 0;
        if (text.Length == 0)
        {
            return;
        }

        Classify(text);
        Tokenise(text);
        CountWords();
        if (_options.WordPairs)
        {
            CountPairs();
        }

        PairEnd = _options.WordPairs ? CharacterEnd : WordEnd;
        if (_options.CharacterMaximum > 0)
        {
            CountCharacters();
        }
    }

    /// <summary>Lower-cases into a buffer and marks letters, digits, symbols and camel-case turns, 64 characters to a word of bits.</summary>
    private void Classify(ReadOnlySpan<char> text)
    {
        int words = (text.Length + 63) >> 6;
        if (_letters.Length < words + 2)
        {
            int size = (int)BitOperations.RoundUpToPowerOf2((uint)words + 2);
            _letters = new ulong[size];
            _digits = new ulong[size];
            _symbols = new ulong[size];
            _turns = new ulong[size];
        }

        if (_lower.Length < (words << 6) + 64)
        {
            _lower = new ushort[(int)BitOperations.RoundUpToPowerOf2((uint)(words << 6) + 64)];
        }

        ref ushort source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref ushort lower = ref _lower[0];
        ushort[] tail = _tail;
        ulong previousLower = 0; // 1 if the character before this block is a lower-case letter
        for (int w = 0; w < words; w++)
        {
            int at = w << 6;
            ref ushort block = ref Unsafe.Add(ref source, at);
            if (text.Length - at < 64)
            {
                Array.Clear(tail);
                MemoryMarshal.Cast<char, ushort>(text[at..]).CopyTo(tail);
                block = ref tail[0];
            }

            Half(ref block, ref Unsafe.Add(ref lower, at), out uint l0, out uint u0, out uint d0, out uint s0, out uint x0);
            Half(ref Unsafe.Add(ref block, 32), ref Unsafe.Add(ref lower, at + 32), out uint l1, out uint u1, out uint d1, out uint s1, out uint x1);
            ulong letters = l0 | ((ulong)l1 << 32), upper = u0 | ((ulong)u1 << 32), digits = d0 | ((ulong)d1 << 32), symbols = s0 | ((ulong)s1 << 32), other = x0 | ((ulong)x1 << 32);
            while (other != 0)
            {
                int i = BitOperations.TrailingZeroCount(other);
                ulong bit = other & (0 - other);
                other ^= bit;
                char c = (char)Unsafe.Add(ref block, i);
                if (char.IsLetter(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark)
                {
                    letters |= bit;
                    char low = char.ToLowerInvariant(c);
                    upper |= low == c ? 0 : bit;
                    Unsafe.Add(ref lower, at + i) = low;
                }
                else if (char.IsDigit(c))
                {
                    digits |= bit;
                }
                else if (char.IsSymbol(c) || char.IsPunctuation(c))
                {
                    symbols |= bit;
                }
            }

            ulong small = letters & ~upper;
            _letters[w] = letters;
            _digits[w] = digits;
            _symbols[w] = symbols;
            _turns[w] = _options.SplitCamelCase ? upper & ((small << 1) | previousLower) : 0;
            previousLower = small >> 63;
        }

        _letters[words] = _digits[words] = _symbols[words] = _turns[words] = 0;
        Unsafe.InitBlockUnaligned(ref Unsafe.As<ushort, byte>(ref _lower[words << 6]), 0, 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(ref ushort source, ref ushort lower, out uint letters, out uint upper, out uint digits, out uint symbols, out uint other)
    {
        Vector512<ushort> v = Vector512.LoadUnsafe(ref source);
        Vector512<ushort> isUpper = Vector512.LessThan(v - Vector512.Create((ushort)'A'), Vector512.Create((ushort)26));
        Vector512<ushort> low = v | (isUpper & Vector512.Create((ushort)0x20));
        Vector512<ushort> isSmall = Vector512.LessThan(low - Vector512.Create((ushort)'a'), Vector512.Create((ushort)26));
        Vector512<ushort> isDigit = Vector512.LessThan(v - Vector512.Create((ushort)'0'), Vector512.Create((ushort)10));
        // Symbols are '!' to '~' that are neither letter, digit nor underscore.
        Vector512<ushort> isSymbol = Vector512.LessThan(v - Vector512.Create((ushort)'!'), Vector512.Create((ushort)94)) & ~(isSmall | isDigit | Vector512.Equals(v, Vector512.Create((ushort)'_')));
        low.StoreUnsafe(ref lower);
        letters = (uint)isSmall.ExtractMostSignificantBits();
        upper = (uint)isUpper.ExtractMostSignificantBits();
        digits = (uint)isDigit.ExtractMostSignificantBits();
        symbols = (uint)isSymbol.ExtractMostSignificantBits();
        other = (uint)Vector512.GreaterThan(v, Vector512.Create((ushort)127)).ExtractMostSignificantBits();
    }

    private void Tokenise(ReadOnlySpan<char> text)
    {
        int length = text.Length, words = (length + 63) >> 6;
        bool symbols = _options.Symbols;
        ref ulong letters = ref _letters[0];
        ref ulong digits = ref _digits[0];
        ref ulong marks = ref _symbols[0];
        int at = 0;
        while (true)
        {
            // The next character that starts a token.
            int w = at >> 6;
            ulong some = (Unsafe.Add(ref letters, w) | Unsafe.Add(ref digits, w) | (symbols ? Unsafe.Add(ref marks, w) : 0)) & (ulong.MaxValue << (at & 63));
            while (some == 0)
            {
                if (++w >= words)
                {
                    return;
                }

                some = Unsafe.Add(ref letters, w) | Unsafe.Add(ref digits, w) | (symbols ? Unsafe.Add(ref marks, w) : 0);
            }

            ulong bit = some & (0 - some);
            at = (w << 6) + BitOperations.TrailingZeroCount(some);
            int end;
            if ((Unsafe.Add(ref letters, w) & bit) != 0)
            {
                end = EndOfWord(at);
                if (end - at >= _options.ShortestWord)
                {
                    Add(HashOf(at, end - at, at > 0 && text[at - 1] == '\\' ? CommandSeed : WordSeed), at, end - at, inPairs: true);
                }
            }
            else if ((Unsafe.Add(ref digits, w) & bit) != 0)
            {
                end = EndOf(_digits, at);
                int whole = end - at, decimals = 0;
                while (end + 1 < length && (text[end] is '.' or ',') && IsSet(_digits, end + 1))
                {
                    int next = EndOf(_digits, end + 1);
                    if (text[end] == ',' && next - end == 4)
                    {
                        whole += 3; // a thousands separator
                    }
                    else
                    {
                        decimals = next - end - 1;
                    }

                    end = next;
                }

                ulong hash;
                if (_options.Numbers == NumberFeature.Value)
                {
                    hash = HashOf(at, end - at, NumberSeed);
                }
                else
                {
                    ulong shape = (uint)Math.Min(whole, 6) | (decimals > 0 ? 8UL : 0);
                    shape |= at > 0 && (text[at - 1] is '$' or '€' or '£') ? 16UL : 0;
                    shape |= end < length && text[end] == '%' ? 32UL : 0;
                    hash = Finish((NumberSeed ^ shape) * K1);
                }

                Add(hash, at, 0, inPairs: true);
            }
            else
            {
                end = Math.Min(EndOf(_symbols, at), at + 4);
                // A backslash that opens a LaTeX command belongs to the command.
                int stop = end < length && text[end - 1] == '\\' && IsSet(_letters, end) ? end - 1 : end;
                if (stop > at)
                {
                    Add(HashOf(at, stop - at, SymbolSeed), at, 0, inPairs: false);
                }
            }

            at = end;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSet(ulong[] bits, int at) => ((bits[at >> 6] >> (at & 63)) & 1) != 0;

    /// <summary>The first position from <paramref name="at"/> on whose bit is clear.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EndOf(ulong[] bits, int at)
    {
        int w = at >> 6;
        ulong clear = ~bits[w] & (ulong.MaxValue << (at & 63));
        while (clear == 0)
        {
            clear = ~bits[++w]; // the word after the last is 0, so this ends
        }

        return (w << 6) + BitOperations.TrailingZeroCount(clear);
    }

    /// <summary>End of the word that starts at <paramref name="at"/>: a character that is no letter, or a camel-case turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int EndOfWord(int at)
    {
        int w = at >> 6;
        ulong stop = (~_letters[w] | (_turns[w] & ~(1UL << (at & 63)))) & (ulong.MaxValue << (at & 63));
        while (stop == 0)
        {
            w++;
            stop = ~_letters[w] | _turns[w];
        }

        return (w << 6) + BitOperations.TrailingZeroCount(stop);
    }

    /// <summary>Hash of lower-cased characters, four at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong HashOf(int at, int count, ulong seed)
    {
        ref ushort p = ref Unsafe.Add(ref _lower[0], at);
        ulong hash = seed + (ulong)count;
        while (count > 4)
        {
            hash = (hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref p))) * K1;
            hash ^= hash >> 32;
            p = ref Unsafe.Add(ref p, 4);
            count -= 4;
        }

        ulong last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref p)) & (ulong.MaxValue >> (64 - (16 * count)));
        return Finish((hash ^ last) * K1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Finish(ulong hash)
    {
        hash ^= hash >> 32;
        hash *= K2;
        return hash ^ (hash >> 29);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ulong hash, int start, int length, bool inPairs)
    {
        if (inPairs && _options.WordPairs)
        {
            if (_sequenceCount == _sequence.Length)
            {
                Array.Resize(ref _sequence, 2 * _sequenceCount);
            }

            _sequence[_sequenceCount++] = hash;
        }

        int mask = _slots.Length - 1, slot = (int)hash & mask;
        while (true)
        {
            int index = _slots[slot] - 1;
            if (index < 0)
            {
                Insert(hash, start, length, slot);
                return;
            }

            ref Token token = ref _tokens[index];
            if (token.Hash == hash)
            {
                token.Count++;
                return;
            }

            slot = (slot + 1) & mask;
        }
    }

    private void Insert(ulong hash, int start, int length, int slot)
    {
        if (_tokenCount == _tokens.Length)
        {
            Array.Resize(ref _tokens, 2 * _tokenCount);
        }

        _tokens[_tokenCount++] = new Token { Hash = hash, Start = start, Length = length, Count = 1 };
        _slots[slot] = _tokenCount;
        if (_tokenCount * 2 > _slots.Length)
        {
            _slots = new int[2 * _slots.Length];
            for (int i = 0; i < _tokenCount; i++)
            {
                int free = (int)_tokens[i].Hash & (_slots.Length - 1);
                while (_slots[free] != 0)
                {
                    free = (free + 1) & (_slots.Length - 1);
                }

                _slots[free] = i + 1;
            }
        }
    }

    private void CountWords()
    {
        Room(_tokenCount);
        int n = 0;
        ref int dense = ref _dense[0];
        ref int slots = ref _slots[0];
        uint mask = (uint)_slots.Length - 1;
        bool clearAll = _tokenCount * 8 > _slots.Length;
        for (int i = 0; i < _tokenCount; i++)
        {
            ref Token token = ref _tokens[i];
            uint bucket = (uint)((token.Hash * K3) >> _shift);
            ref int count = ref Unsafe.Add(ref dense, (nint)bucket);
            _buckets[n] = bucket;
            n += count == 0 ? 1 : 0;
            count += token.Count;
        }

        if (clearAll)
        {
            Array.Clear(_slots);
        }
        else
        {
            for (int i = 0; i < _tokenCount; i++)
            {
                // Everything between a token's home and its place is occupied by tokens, so clearing runs is exact.
                uint slot = (uint)_tokens[i].Hash & mask;
                while (Unsafe.Add(ref slots, (nint)slot) != 0)
                {
                    Unsafe.Add(ref slots, (nint)slot) = 0;
                    slot = (slot + 1) & mask;
                }
            }
        }

        WordEnd = Drain(0, n, 0);
        CharacterEnd = WordEnd;
    }

    private void CountPairs()
    {
        Room(WordEnd + _sequenceCount + 1);
        int n = WordEnd;
        ref int dense = ref _dense[0];
        ref uint buckets = ref _buckets[0];
        for (int i = 1; i < _sequenceCount; i++)
        {
            ulong hash = (BitOperations.RotateLeft(_sequence[i - 1], 27) ^ _sequence[i]) * K3;
            uint bucket = (uint)(((hash ^ (hash >> 32)) * K1) >> _shift);
            ref int count = ref Unsafe.Add(ref dense, (nint)bucket);
            Unsafe.Add(ref buckets, n) = bucket;
            n += count == 0 ? 1 : 0;
            count++;
        }

        CharacterEnd = Drain(WordEnd, n, 1);
    }

    private void CountCharacters()
    {
        int n = CharacterEnd, lowest = _options.CharacterMinimum, highest = _options.CharacterMaximum;
        ref int dense = ref _dense[0];
        Span<ushort> scratch = stackalloc ushort[64 + 8];
        for (int i = 0; i < _tokenCount; i++)
        {
            ref Token token = ref _tokens[i];
            if (token.Length == 0)
            {
                continue;
            }

            // Words of more than 62 characters are cut into pieces of 62: they are data, not language.
            for (int from = 0; from < token.Length; from += 62)
            {
                int length = Math.Min(62, token.Length - from);
                scratch[0] = ' ';
                _lower.AsSpan(token.Start + from, length).CopyTo(scratch[1..]);
                scratch[length + 1] = ' ';
                int padded = length + 2;
                Room(n + (3 * padded));
                ref uint buckets = ref _buckets[0];
                ref ushort p = ref scratch[0];
                for (int k = 0; k + lowest <= padded; k++)
                {
                    ulong four = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref p, k)));
                    if (lowest == 3)
                    {
                        Put((four & 0xFFFF_FFFF_FFFFUL) * K1, ref dense, ref buckets, ref n, token.Count);
                    }

                    if (k + 4 <= padded && lowest <= 4 && highest >= 4)
                    {
                        Put((four ^ K3) * K1, ref dense, ref buckets, ref n, token.Count);
                    }

                    if (k + 5 <= padded && highest == 5)
                    {
                        Put(((four ^ K2) * K1) + (Unsafe.Add(ref p, k + 4) * K3), ref dense, ref buckets, ref n, token.Count);
                    }
                }
            }
        }

        CharacterEnd = Drain(PairEnd, n, 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(ulong hash, ref int dense, ref uint buckets, ref int n, int times)
    {
        uint bucket = (uint)(((hash ^ (hash >> 32)) * K2) >> _shift);
        ref int count = ref Unsafe.Add(ref dense, (nint)bucket);
        Unsafe.Add(ref buckets, n) = bucket;
        n += count == 0 ? 1 : 0;
        count += times;
    }

    /// <summary>Moves the counts of one family out of the dense table, which is all 0 again afterwards.</summary>
    private int Drain(int from, int to, uint family)
    {
        ref int dense = ref _dense[0];
        uint first = family << _options.BucketBits;
        for (int i = from; i < to; i++)
        {
            ref int count = ref Unsafe.Add(ref dense, (nint)_buckets[i]);
            _counts[i] = count;
            count = 0;
            _buckets[i] += first;
        }

        return to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Room(int count)
    {
        if (count + 4 > _buckets.Length)
        {
            Grow(count);
        }
    }

    private void Grow(int count)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)count + 4);
        Array.Resize(ref _buckets, size);
        Array.Resize(ref _counts, size);
    }

    private struct Token
    {
        public ulong Hash;
        public int Start, Length, Count;
    }
}
