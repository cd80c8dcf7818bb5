using System.Collections.Immutable;

namespace Caudata.Corpora;

/// <summary>The closed set of reasons for which reading rejects a row, a document or the rest of a file, and the remarks it makes on what it keeps.</summary>
public static class ReadReasons
{
    /// <summary>A row that is no JSON object, a CSV row with too few or too many fields, a web-archive record that cannot be parsed.</summary>
    public const string MalformedRow = "malformed-row";

    /// <summary>A row whose bytes are not UTF-8.</summary>
    public const string InvalidUtf8 = "invalid-utf8";

    /// <summary>Gzip that ends before its end; complete rows before it are kept.</summary>
    public const string TruncatedGzip = "truncated-gzip";

    /// <summary>Compressed bytes that do not decode (damaged, wrong checksum, Zstandard cut short); complete rows before it are kept.</summary>
    public const string CorruptCompression = "corrupt-compression";

    /// <summary>A file that expands beyond <see cref="CorpusOptions.MaxExpansion"/>; rows before that are kept.</summary>
    public const string DecompressionBomb = "decompression-bomb";

    /// <summary>No text: missing, null, or nothing but white space.</summary>
    public const string Empty = "empty";

    /// <summary>A row or file beyond <see cref="CorpusOptions.MaxDocumentBytes"/>.</summary>
    public const string TooLong = "too-long";

    /// <summary>The identifier column that was asked for has no value in this row.</summary>
    public const string MissingId = "missing-id";

    /// <summary>An identifier that an earlier document has; the first is kept.</summary>
    public const string DuplicateId = "duplicate-id";

    /// <summary>Bytes that are no text: an image, a program, an archive.</summary>
    public const string NotText = "not-text";

    /// <summary>A Parquet file or other table that cannot be opened or read on; rows before that are kept.</summary>
    public const string UnreadableTable = "unreadable-table";

    /// <summary>A web-archive response whose status is not 200.</summary>
    public const string HttpStatus = "http-status";

    /// <summary>Remark: decoded as Windows-1252, because the bytes are not UTF-8 and the document names no other encoding. Kept.</summary>
    public const string DecodedWindows1252 = "decoded-windows-1252";

    /// <summary>Remark: bytes that the named encoding does not know were replaced by U+FFFD. Kept.</summary>
    public const string ReplacedBytes = "replaced-bytes";

    /// <summary>Every reason for a rejection.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        MalformedRow, InvalidUtf8, TruncatedGzip, CorruptCompression, DecompressionBomb, Empty, TooLong, MissingId, DuplicateId, NotText, UnreadableTable, HttpStatus,
    ];

    /// <summary>Every remark on something that is kept.</summary>
    public static ImmutableArray<string> Remarks { get; } = [DecodedWindows1252, ReplacedBytes];
}
