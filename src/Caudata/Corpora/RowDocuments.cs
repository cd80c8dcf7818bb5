using Caudata.Records;

namespace Caudata.Corpora;

/// <summary>Makes documents of rows: identifier, format, normalising, splitting.</summary>
internal sealed class RowDocuments(SourceFile file, CorpusOptions options, ColumnMap columns)
{
    public IEnumerable<CorpusItem> Make(Row row)
    {
        string where = $"{file.Name}:{row.Number}";
        if (row.Fault is { } fault)
        {
            return [Reject(fault.Reason, where, fault.Detail)];
        }

        if (string.IsNullOrWhiteSpace(row.Text))
        {
            return [Reject(ReadReasons.Empty, where, row.Text is null ? $"No value in column '{columns[DocumentColumn.Text]}'." : "Nothing but white space.")];
        }

        string id = row.Id ?? "";
        if (id.Length == 0)
        {
            if (columns.IsNamed(DocumentColumn.Id))
            {
                return [Reject(ReadReasons.MissingId, where, $"No value in column '{columns[DocumentColumn.Id]}'.")];
            }

            id = where;
        }

        return Finish(Normalizer.Normalize(id), row.Source, row.Title, DocumentFormats.FromName(row.Format), row.Text, row.Label, where);
    }

    /// <summary>Normalises and splits one document.</summary>
    public IEnumerable<CorpusItem> Finish(string id, string? source, string? title, DocumentFormat? format, string text, string? label, string where)
    {
        string normal = Normalizer.Normalize(text);
        if (string.IsNullOrWhiteSpace(normal))
        {
            return [Reject(ReadReasons.Empty, where, "Nothing but white space and control characters.")];
        }

        DocumentFormat markup = format ?? DocumentFormats.Sniff(normal);
        var document = new Document
        {
            Id = id,
            Source = string.IsNullOrWhiteSpace(source) ? file.Name : Normalizer.Normalize(source),
            Title = string.IsNullOrWhiteSpace(title) ? Titles.Find(normal, markup) : Normalizer.Normalize(title),
            Format = markup,
            Text = normal,
            Label = label,
        };
        return PassageSplitter.Split(document, options.MaxPassageLength).Select(passage => new CorpusItem.Kept(passage));
    }

    public static CorpusItem Reject(string reason, string where, string detail) => new CorpusItem.Rejected(new Rejection("read", reason, where, detail));
}
