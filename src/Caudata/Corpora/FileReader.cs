using Caudata.Records;

namespace Caudata.Corpora;

/// <summary>Reads one file by its kind. Failures of the file end it with a rejection; what was read before stays.</summary>
internal static class FileReader
{
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

            yield return item;
            if (last)
            {
                break;
            }
        }
    }

    private static IEnumerable<CorpusItem> Items(SourceFile file, CorpusOptions options, CancellationToken cancellationToken)
    {
        var columns = new ColumnMap(options);
        var documents = new RowDocuments(file, columns);
        IEnumerable<Row> rows = JsonLines.Read(Decompression.Open(file.Open(), options.MaxExpansion), file.Name, columns, [], options.MaxDocumentBytes, cancellationToken);
        return rows.SelectMany(documents.Make);
    }
}
