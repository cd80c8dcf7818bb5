using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Caudata.Benchmarks.Peers;

/// <summary>An array from a NumPy file: format 1.0 or 2.0, little endian, C order.</summary>
internal sealed record NpyArray<T>(int[] Shape, T[] Items) where T : unmanaged
{
    public static NpyArray<T> Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] start = new byte[12];
        file.ReadExactly(start.AsSpan(0, 10));
        if (start[0] != 0x93 || !start.AsSpan(1, 5).SequenceEqual("NUMPY"u8))
        {
            throw new InvalidDataException($"{path} does not begin like a .npy file.");
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8));
        if (start[6] >= 2)
        {
            file.ReadExactly(start.AsSpan(10, 2));
            length = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(8));
        }

        byte[] header = new byte[length];
        file.ReadExactly(header);
        string text = Encoding.Latin1.GetString(header), expected = default(T) switch
        {
            float => "<f4",
            double => "<f8",
            int => "<i4",
            long => "<i8",
            byte => "|u1",
            _ => throw new NotSupportedException($"No .npy type for {typeof(T)}."),
        };
        string found = Regex.Match(text, "'descr':\\s*'([^']*)'").Groups[1].Value;
        if (found != expected || text.Contains("'fortran_order': True", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path} holds {found} ({text.Trim()}), but {expected} in C order was asked for.");
        }

        int[] shape = [.. Regex.Match(text, "'shape':\\s*\\(([^)]*)\\)").Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(s => int.Parse(s, CultureInfo.InvariantCulture))];
        T[] items = new T[shape.Aggregate(1L, (a, b) => a * b)];
        file.ReadExactly(MemoryMarshal.AsBytes(items.AsSpan()));
        return new NpyArray<T>(shape, items);
    }
}
