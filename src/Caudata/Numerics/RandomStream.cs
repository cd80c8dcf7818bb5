using System.Runtime.CompilerServices;
using System.Text;

namespace Caudata.Numerics;

/// <summary>Random numbers keyed by seed, stream name and unit, never by order of execution.</summary>
/// <remarks>
/// <para>The Philox key is the seed; the counter's upper 64 bits are a hash of name and unit; its lower 64 bits count blocks.
/// So <c>new RandomStream(7, "user", 17)</c> gives the same numbers whatever was drawn before it, on any thread.</para>
/// <para>A mutable struct so that hot loops allocate nothing: keep it in a local, and pass it by <see langword="ref"/>. Not thread-safe; make one a unit.</para>
/// </remarks>
public struct RandomStream
{
    private readonly ulong _seed, _stream;
    private ulong _block;
    private uint _w0, _w1, _w2, _w3;
    private int _left;
    private double _spareNormal;
    private bool _hasSpare;

    /// <summary>The stream <paramref name="name"/> of <paramref name="seed"/> for one unit.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="name">What the numbers are for, for example <c>"warm-up"</c>; part of the format of a run.</param>
    /// <param name="unit">Index of the unit (user, document, round) that draws. Default 0.</param>
    public RandomStream(ulong seed, string name, ulong unit = 0) : this(seed, Mix(HashName(name) ^ Mix(unit + 0x9E3779B97F4A7C15UL))) { }

    private RandomStream(ulong seed, ulong stream)
    {
        _seed = seed;
        _stream = stream;
    }

    /// <summary>An independent stream below this one; drawing from this one does not change it.</summary>
    /// <param name="name">What the numbers are for.</param>
    /// <param name="unit">Index of the unit that draws.</param>
    public readonly RandomStream Split(string name, ulong unit = 0) =>
        new(_seed, Mix(_stream ^ Mix(HashName(name) + 0xD1B54A32D192ED03UL) ^ Mix(unit + 0x9E3779B97F4A7C15UL)));

    /// <summary>32 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint NextUInt32()
    {
        if (_left == 0)
        {
            Refill();
        }

        return _left-- switch { 4 => _w0, 3 => _w1, 2 => _w2, _ => _w3 };
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64() => NextUInt32() | ((ulong)NextUInt32() << 32);

    /// <summary>A uniform number in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A uniform integer in [0, <paramref name="toExclusive"/>), without modulo bias.</summary>
    /// <param name="toExclusive">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is below 1.</exception>
    public int NextInt32(int toExclusive)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(toExclusive, 1);
        // Lemire's multiply-shift with rejection [lemire2019], algorithm 5.
        uint n = (uint)toExclusive;
        ulong m = (ulong)NextUInt32() * n;
        if ((uint)m < n)
        {
            uint threshold = (uint)-(int)n % n;
            while ((uint)m < threshold)
            {
                m = (ulong)NextUInt32() * n;
            }
        }

        return (int)(m >> 32);
    }

    /// <summary>A standard normal number (Box–Muller, both halves used).</summary>
    public double NextNormal()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spareNormal;
        }

        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble())), angle = 2 * Math.PI * NextDouble();
        (double sin, double cos) = Math.SinCos(angle);
        _spareNormal = radius * sin;
        _hasSpare = true;
        return radius * cos;
    }

    /// <summary>Puts the items in a uniformly random order (Fisher–Yates), in place.</summary>
    /// <param name="items">The items.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private void Refill()
    {
        _w0 = (uint)_block;
        _w1 = (uint)(_block >> 32);
        _w2 = (uint)_stream;
        _w3 = (uint)(_stream >> 32);
        Philox.Block(ref _w0, ref _w1, ref _w2, ref _w3, (uint)_seed, (uint)(_seed >> 32));
        _block++;
        _left = 4;
    }

    internal static ulong HashName(string name)
    {
        ulong hash = 0xCBF29CE484222325UL; // FNV-1a over UTF-8
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ b) * 0x100000001B3UL;
        }

        return hash;
    }

    internal static ulong Mix(ulong x)
    {
        // The finaliser of SplitMix64 [steele2014].
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
