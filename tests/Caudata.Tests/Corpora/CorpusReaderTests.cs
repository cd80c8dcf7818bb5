using System.IO.Compression;
using System.Text;
using Caudata.Corpora;

namespace Caudata.Tests.Corpora;

public sealed class CorpusReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("caudata-corpora-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Json_lines_become_documents_and_bad_rows_rejections_in_order()
    {
        Write("a.jsonl.gz", Gzip("""
            {"id":"one","text":"First text.","title":"One","format":"markdown","source":"book"}
            not json

            {"id":"two","text":"Second\r\ntext","format":"text","extra":[1,{"a":2}]}
            {"id":"three"}
            {"id":"one","text":"Again."}
            [1,2]
            {"id":"","text":"No name."}
            {"id":"high","text":"broken \ud83d pair"}
            """));
        List<CorpusItem> items = await ReadAll(new CorpusOptions { Sources = [_folder.FullName] });
        Assert.Equal(
            ["one", "malformed-row a.jsonl.gz:2", "two", "empty a.jsonl.gz:5", "duplicate-id one", "malformed-row a.jsonl.gz:7", "missing-id a.jsonl.gz:8", "high"],
            items.Select(Show));
        Document first = ((CorpusItem.Kept)items[0]).Document, second = ((CorpusItem.Kept)items[2]).Document, last = ((CorpusItem.Kept)items[^1]).Document;
        Assert.Equal(("First text.", "One", DocumentFormat.Markdown, "book"), (first.Text, first.Title, first.Format, first.Source));
        Assert.Equal(("Second\ntext", "a.jsonl.gz"), (second.Text, second.Source));
        Assert.Equal("broken \uFFFD pair", last.Text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(2000)]
    public async Task Truncated_gzip_keeps_the_complete_rows_and_says_so(int cut)
    {
        byte[] gzip = Gzip(string.Concat(Enumerable.Range(0, 3000).Select(i => $$"""{"id":"d{{i}}","text":"{{i * 7919 % 10007}} words and {{i * 31 % 997}} more"}""" + "\n")));
        Write("t.jsonl.gz", gzip[..^cut]);
        List<CorpusItem> items = await ReadAll(new CorpusOptions { Sources = [_folder.FullName] });
        Assert.Equal("truncated-gzip t.jsonl.gz", Show(items[^1]));
        Assert.True(items.Count > 1000);
        Assert.All(items.SkipLast(1), (item, i) => Assert.Equal("d" + i, Show(item)));
    }

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder.FullName, name), bytes);

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private static async Task<List<CorpusItem>> ReadAll(CorpusOptions options)
    {
        var items = new List<CorpusItem>();
        await foreach (CorpusItem item in CorpusReader.ReadAsync(options, TestContext.Current.CancellationToken))
        {
            items.Add(item);
        }

        return items;
    }

    private static string Show(CorpusItem item) => item switch
    {
        CorpusItem.Kept kept => kept.Document.Id,
        CorpusItem.Rejected { Rejection: var r } => r.Reason + " " + r.Where,
        _ => "noted " + ((CorpusItem.Noted)item).Remark.Reason,
    };
}
