using System.IO.Compression;
using System.Text;
using Caudata.Corpora;
using Caudata.Records;
using DuckDB.NET.Data;

namespace Caudata.Tests.Corpora;

/// <summary>A temporary folder of corpus files, written in any of the formats.</summary>
internal sealed class CorpusFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("caudata-corpora-");

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    public string Write(string name, byte[] bytes)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return bytes.ToArray();
    }

    public static byte[] Zstandard(string text)
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(Encoding.UTF8.GetBytes(text)).ToArray();
    }

    public void WriteParquet(string name, string select)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"COPY ({select}) TO '{System.IO.Path.Combine(Path, name)}' (FORMAT parquet, ROW_GROUP_SIZE 2048)";
        command.ExecuteNonQuery();
    }

    public Task<List<CorpusItem>> ReadAll(Func<CorpusOptions, CorpusOptions>? change = null) => ReadAll((change ?? (o => o))(new CorpusOptions { Sources = [Path] }));

    public static async Task<List<CorpusItem>> ReadAll(CorpusOptions options)
    {
        var items = new List<CorpusItem>();
        await foreach (CorpusItem item in CorpusReader.ReadAsync(options, TestContext.Current.CancellationToken))
        {
            items.Add(item);
        }

        return items;
    }

    public static List<Document> Documents(IEnumerable<CorpusItem> items) => [.. items.OfType<CorpusItem.Kept>().Select(k => k.Document)];

    public static List<Rejection> Rejections(IEnumerable<CorpusItem> items) => [.. items.OfType<CorpusItem.Rejected>().Select(k => k.Rejection)];

    public static string Show(CorpusItem item) => item switch
    {
        CorpusItem.Kept kept => kept.Document.Id,
        CorpusItem.Rejected { Rejection: var r } => r.Reason + " " + r.Where,
        _ => "noted " + ((CorpusItem.Noted)item).Remark.Reason + " " + ((CorpusItem.Noted)item).Remark.Where,
    };
}
