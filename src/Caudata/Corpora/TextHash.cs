using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Caudata.Corpora;

/// <summary>128 bits that stand for a text: the first half of its SHA-256, so that no hostile corpus can make two texts look alike.</summary>
internal static class TextHash
{
    public static UInt128 Of(ReadOnlySpan<char> text)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(MemoryMarshal.AsBytes(text), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }
}
