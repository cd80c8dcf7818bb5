using System.Collections.Immutable;
using Caudata.Records;

namespace Caudata.Corpora;

/// <summary>Reads one file by its kind. Failures of the file end it with a rejection; what was read before stays.</summary>
internal static class FileReader
{
    private enum Kind
    {
        Unknown,
        JsonLines,
        Delimited,
        Parquet,
        WebArchive,
        Document,
    }

    public static IEnumerable<CorpusItem> Read(SourceFile file, CorpusOptions options, CancellationToken cancellationToken)
    {
        using IEnumerator<CorpusItem> items = Items(file, options, cancellationToken).GetEnumerator();
        while (true)
        {
            CorpusItem item;
            bool last = false;
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!items.MoveNext())
                {
                    break;
                }

                item = items.Current;
            }
            catch (InputFailure e)
            {
                (item, last) = (RowDocuments.Reject(e.Reason, file.Name, e.Message), true);
            }
            catch (RecordException e)
            {
                (item, last) = (RowDocuments.Reject(ReadReasons.UnreadableTable, file.Name, e.Message), true);
            }

            yield return item;
            if (last)
            {
                break;
            }
        }
    }

    private static IEnumerable<CorpusItem> Items(SourceFile file, CorpusOptions options, CancellationToken cancellationToken)
    {
        if (file.Length == 0)
        {
            return [RowDocuments.Reject(ReadReasons.Empty, file.Name, "The file has no bytes.")];
        }

        (Kind kind, DocumentFormat? format) = KindOf(file.Name);
        if (kind == Kind.Unknown)
        {
            kind = Look(file, options);
        }

        var columns = new ColumnMap(options);
        var documents = new RowDocuments(file, options, columns);
        if (options.Where is not null && kind is Kind.WebArchive or Kind.Document)
        {
            throw new InputException($"{file.Name} is no table, so the filter \"{options.Where}\" ({(options.IsReference ? "--target-where or --heldout-where" : "--where")}) has no columns to look at. Leave the filter out, or give JSON lines, CSV or Parquet.");
        }

        return kind switch
        {
            Kind.Parquet => ParquetRows(file, options, columns, cancellationToken).SelectMany(documents.Make),
            Kind.WebArchive => Pages(file, options, documents, cancellationToken),
            Kind.JsonLines or Kind.Delimited => Rows(kind, file, options, columns, cancellationToken).SelectMany(documents.Make),
            _ => Single(file, options, documents, format),
        };
    }

    // By the extension below the one of the compression; a Parquet file is never compressed as a whole.
    private static (Kind, DocumentFormat?) KindOf(string name)
    {
        string bare = name.ToLowerInvariant();
        foreach (string compression in (ReadOnlySpan<string>)[".gz", ".gzip", ".zst", ".zstd"])
        {
            if (bare.EndsWith(compression, StringComparison.Ordinal))
            {
                bare = bare[..^compression.Length];
                break;
            }
        }

        int dot = bare.LastIndexOf('.');
        string extension = dot > bare.LastIndexOf('/') ? bare[(dot + 1)..] : "";
        return extension switch
        {
            "jsonl" or "ndjson" or "json" => (Kind.JsonLines, null),
            "csv" or "tsv" => (Kind.Delimited, null),
            "parquet" or "pq" => (Kind.Parquet, null),
            "warc" or "wet" => (Kind.WebArchive, null),
            "xml" => (Kind.Document, null),
            _ => DocumentFormats.FromName(extension) is { } format ? (Kind.Document, format) : (Kind.Unknown, null),
        };
    }

    private static Kind Look(SourceFile file, CorpusOptions options)
    {
        using Stream stream = Decompression.Open(file.Open(), options.MaxExpansion);
        byte[] head = new byte[4096];
        int length;
        try
        {
            length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }
        catch (InputFailure)
        {
            return Kind.Document; // reading it will tell why it cannot be read
        }

        ReadOnlySpan<byte> read = head.AsSpan(0, length);
        if (read.StartsWith("PAR1"u8))
        {
            return Kind.Parquet;
        }

        if (read.StartsWith("WARC/1."u8))
        {
            return Kind.WebArchive;
        }

        int line = read.IndexOf((byte)'\n');
        ReadOnlySpan<byte> first = (line < 0 ? read : read[..line]).Trim(" \t\r"u8);
        return first.StartsWith("{\""u8) && (line < 0 || first.EndsWith("}"u8)) ? Kind.JsonLines : Kind.Document;
    }

    private static IEnumerable<Row> Rows(Kind kind, SourceFile file, CorpusOptions options, ColumnMap columns, CancellationToken cancellationToken)
    {
        if (options.Where is not { } where)
        {
            return Open(columns, [], null);
        }

        return Filtered();

        IEnumerable<Row> Open(ColumnMap map, List<string> filter, string? discover)
        {
            Stream stream = Decompression.Open(file.Open(), options.MaxExpansion);
            return kind == Kind.JsonLines
                ? JsonLines.Read(stream, file.Name, map, filter, discover, options.MaxDocumentBytes, cancellationToken)
                : DelimitedText.Read(stream, file.Name, map, filter, discover, options.MaxDocumentBytes, cancellationToken);
        }

        IEnumerable<Row> Filtered()
        {
            // Which columns are there, which of them the filter means, and their types. What is wrong with the file is told when it is read for good.
            var names = new ColumnMap(options);
            var mentioned = new List<string>();
            ImmutableArray<FilterKind> kinds = WhereFilter.Kinds(UntilFailure(Open(names, mentioned, where)), mentioned);
            using var filter = new RowFilter(where, [.. mentioned.Zip(kinds)], file.Name, names.All);
            foreach (Row row in WhereFilter.Apply(Open(columns, mentioned, null), filter, kinds))
            {
                yield return row;
            }
        }
    }

    private static IEnumerable<Row> UntilFailure(IEnumerable<Row> rows)
    {
        using IEnumerator<Row> each = rows.GetEnumerator();
        while (true)
        {
            try
            {
                if (!each.MoveNext())
                {
                    yield break;
                }
            }
            catch (InputFailure)
            {
                yield break;
            }

            yield return each.Current;
        }
    }

    private static IEnumerable<Row> ParquetRows(SourceFile file, CorpusOptions options, ColumnMap columns, CancellationToken cancellationToken)
    {
        ImmutableArray<string> all = Tables.ParquetColumns(file);
        columns.NoteAll(all);
        columns.Require(file.Name);
        string?[] wanted = [.. Enum.GetValues<DocumentColumn>().Select(c => columns[c] is { } name && all.Contains(name) ? name : null)];
        foreach ((long number, string?[] values, bool tooLong) in Tables.ReadParquet(file, wanted, options.Where, options.MaxDocumentBytes))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return tooLong
                ? new Row { Number = number, Fault = (ReadReasons.TooLong, $"A value of more than {options.MaxDocumentBytes:N0} bytes.") }
                : new Row
                {
                    Number = number,
                    Text = values[(int)DocumentColumn.Text],
                    Id = values[(int)DocumentColumn.Id],
                    Source = values[(int)DocumentColumn.Source],
                    Title = values[(int)DocumentColumn.Title],
                    Format = values[(int)DocumentColumn.Format],
                    Label = values[(int)DocumentColumn.Label],
                };
        }
    }

    private static IEnumerable<CorpusItem> Pages(SourceFile file, CorpusOptions options, RowDocuments documents, CancellationToken cancellationToken)
    {
        Stream stream = Decompression.Open(file.Open(), options.MaxExpansion);
        foreach ((WebArchive.Page? page, string where, string reason, string detail) in WebArchive.Read(stream, file.Name, options.MaxDocumentBytes, cancellationToken))
        {
            if (page is null)
            {
                yield return RowDocuments.Reject(reason, where, detail);
                continue;
            }

            if (page.Remark is { } remark)
            {
                yield return Note(remark, where);
            }

            string? site = Uri.TryCreate(page.Uri, UriKind.Absolute, out Uri? uri) ? uri.Host : null;
            foreach (CorpusItem item in documents.Finish(Normalizer.Normalize(page.Id), site, null, page.Format, page.Text, null, where))
            {
                yield return item;
            }
        }
    }

    private static IEnumerable<CorpusItem> Single(SourceFile file, CorpusOptions options, RowDocuments documents, DocumentFormat? format)
    {
        byte[]? bytes;
        using (Stream stream = Decompression.Open(file.Open(), options.MaxExpansion))
        {
            bytes = BoundedRead.All(stream, options.MaxDocumentBytes);
        }

        if (bytes is null)
        {
            yield return RowDocuments.Reject(ReadReasons.TooLong, file.Name, $"More than {options.MaxDocumentBytes:N0} bytes. Split the file, give it as rows, or in a program raise CorpusOptions.MaxDocumentBytes.");
            yield break;
        }

        string? text = TextDecoder.Decode(bytes, null, out (string, string)? remark);
        if (text is null)
        {
            yield return RowDocuments.Reject(ReadReasons.NotText, file.Name, $"The first bytes are {Convert.ToHexString(bytes.AsSpan(0, Math.Min(8, bytes.Length)))}: no text in a known encoding.");
            yield break;
        }

        if (remark is { } said)
        {
            yield return Note(said, file.Name);
        }

        foreach (CorpusItem item in documents.Finish(Normalizer.Normalize(file.Name), null, null, format, text, null, file.Name))
        {
            yield return item;
        }
    }

    private static CorpusItem.Noted Note((string Reason, string Detail) remark, string where) => new CorpusItem.Noted(new Rejection("read", remark.Reason, where, remark.Detail));
}
