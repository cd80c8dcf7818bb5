using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Caudata.Records;

/// <summary>The first 128 bits of a SHA-256: the name under which readings and replies are kept.</summary>
/// <param name="Value">The bits, first byte highest.</param>
/// <remarks>Among 10⁹ texts two share a hash with probability below 10⁻²⁰.</remarks>
public readonly record struct ContentHash(UInt128 Value)
{
    /// <summary>The hash of a text.</summary>
    /// <param name="text">Any text; hashed as UTF-16 code units, so that unpaired surrogates count too.</param>
    public static ContentHash Of(ReadOnlySpan<char> text) => Of(MemoryMarshal.AsBytes(text));

    /// <summary>The hash of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public static ContentHash Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        return FromBytes(hash);
    }

    /// <summary>The hash of several texts in order; ("ab", "c") and ("a", "bc") differ.</summary>
    /// <param name="parts">The texts.</param>
    public static ContentHash OfParts(params ReadOnlySpan<string> parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[4];
        foreach (string part in parts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, part.Length);
            hash.AppendData(number);
            hash.AppendData(MemoryMarshal.AsBytes(part.AsSpan()));
        }

        Span<byte> result = stackalloc byte[32];
        hash.GetHashAndReset(result);
        return FromBytes(result);
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    internal static ContentHash FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    internal byte[] ToBytes()
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }
}
