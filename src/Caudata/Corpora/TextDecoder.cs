using System.Buffers;
using System.Text;

namespace Caudata.Corpora;

/// <summary>Turns the bytes of a document into text, or finds that they are none.</summary>
/// <remarks>
/// In this order: a byte order mark; the encoding that the transport names; the one that the document names (HTML <c>meta charset</c>, XML declaration); UTF-8 when the bytes are valid; UTF-8 with replacements when damaged
/// bytes are fewer than good sequences; else Windows-1252, which holds Latin-1. As browsers do, a document that names Latin-1 or ASCII is read as Windows-1252.
/// </remarks>
internal static class TextDecoder
{
    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Where(b => b is not ('\t' or '\n' or '\r' or '\f' or 0x1B)).Select(b => (byte)b), 0x7F]);

    private static readonly SearchValues<char> ValueEnd = SearchValues.Create("\"' ;>/?");

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The text; null when the bytes are no text.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="transport">Encoding that a header names, or null.</param>
    /// <param name="remark">A remark of <see cref="ReadReasons"/> with its detail, or null.</param>
    public static string? Decode(ReadOnlySpan<byte> bytes, string? transport, out (string Reason, string Detail)? remark)
    {
        remark = null;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return Utf8(bytes[3..], ref remark);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]))
        {
            return Encoding.UTF32.GetString(bytes[4..]);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            string wide = (bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes[2..]);
            return LooksBinary(wide) ? null : wide;
        }

        if (IsBinary(bytes))
        {
            return null;
        }

        Encoding? named = Find(transport) ?? Find(Declared(bytes));
        if (named is null || named.CodePage == 65001)
        {
            return Utf8(bytes, ref remark);
        }

        string text = named.GetString(bytes);
        if (text.Contains('\uFFFD'))
        {
            remark = (ReadReasons.ReplacedBytes, $"Bytes that {named.WebName} does not know were replaced.");
        }

        return text;
    }

    /// <summary>Do the first bytes show that this is no text: a known file signature, or more than 1 in 100 control bytes?</summary>
    public static bool IsBinary(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> head = bytes[..Math.Min(bytes.Length, 1 << 16)];
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || head.StartsWith("GIF8"u8) || head.StartsWith("%PDF-"u8)
            || head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith((ReadOnlySpan<byte>)[0x7F, 0x45, 0x4C, 0x46]) || head.StartsWith("PAR1"u8) || head.StartsWith("BZh"u8) || head.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A])
            || head.StartsWith("SQLite format 3"u8) || (head.StartsWith("RIFF"u8) && head.Length > 12 && head[8..12].IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0))
        {
            return true;
        }

        int controls = 0;
        for (int at = head.IndexOfAny(Controls); at >= 0;)
        {
            controls++;
            head = head[(at + 1)..];
            at = head.IndexOfAny(Controls);
        }

        return controls * 100L > Math.Min(bytes.Length, 1 << 16);
    }

    private static bool LooksBinary(string text)
    {
        ReadOnlySpan<char> head = text.AsSpan(0, Math.Min(text.Length, 1 << 15));
        int bad = 0;
        foreach (char c in head)
        {
            bad += c is < ' ' and not ('\t' or '\n' or '\r' or '\f') or '\uFFFD' ? 1 : 0;
        }

        return bad * 20 > head.Length;
    }

    private static string Utf8(ReadOnlySpan<byte> bytes, ref (string, string)? remark)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        long damaged = 0, good = 0;
        for (ReadOnlySpan<byte> rest = bytes; !rest.IsEmpty;)
        {
            int plain = rest.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (plain < 0)
            {
                break;
            }

            rest = rest[plain..];
            OperationStatus status = Rune.DecodeFromUtf8(rest, out _, out int used);
            (good, damaged) = status == OperationStatus.Done ? (good + 1, damaged) : (good, damaged + 1);
            rest = rest[Math.Max(1, used)..];
        }

        if (good > damaged)
        {
            remark = (ReadReasons.ReplacedBytes, $"{damaged:N0} damaged UTF-8 sequences were replaced.");
            return Encoding.UTF8.GetString(bytes);
        }

        remark = (ReadReasons.DecodedWindows1252, $"{damaged:N0} bytes are not UTF-8 and no other encoding is named.");
        return Windows1252.GetString(bytes);
    }

    private static Encoding? Find(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        name = name.Trim(' ', '"', '\'', ';').ToLowerInvariant();
        if (name is "iso-8859-1" or "latin1" or "latin-1" or "us-ascii" or "ascii" or "windows-1252" or "cp1252")
        {
            return Windows1252;
        }

        // A document that could tell us its encoding in ASCII is not in UTF-16, whatever it says.
        if (name.StartsWith("utf-16", StringComparison.Ordinal) || name.StartsWith("utf-32", StringComparison.Ordinal) || name is "utf-7" or "unicode")
        {
            return null;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? Declared(ReadOnlySpan<byte> bytes)
    {
        string head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 2048)]);
        int from = 0;
        if (head.StartsWith("<?xml", StringComparison.Ordinal))
        {
            int encoding = head.IndexOf("encoding=", StringComparison.Ordinal), close = head.IndexOf("?>", StringComparison.Ordinal);
            if (encoding > 0 && close > encoding)
            {
                return Value(head.AsSpan(encoding + 9));
            }
        }

        while ((from = head.IndexOf("<meta", from, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            int close = head.IndexOf('>', from);
            int charset = close < 0 ? -1 : head.IndexOf("charset=", from, close - from, StringComparison.OrdinalIgnoreCase);
            if (charset >= 0)
            {
                return Value(head.AsSpan(charset + 8));
            }

            from += 5;
        }

        return null;
    }

    private static string Value(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart("\"' ");
        int end = rest.IndexOfAny(ValueEnd);
        return (end < 0 ? rest[..Math.Min(rest.Length, 40)] : rest[..end]).ToString();
    }
}
