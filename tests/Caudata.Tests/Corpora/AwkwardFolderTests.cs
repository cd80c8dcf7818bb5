using System.Text;
using Caudata.Corpora;
using static Caudata.Tests.Corpora.CorpusFolder;

namespace Caudata.Tests.Corpora;

/// <summary>Tests that count what the whole process allocates: nothing else may run beside them.</summary>
[CollectionDefinition(nameof(AwkwardFolderTests), DisableParallelization = true)]
[Collection(nameof(AwkwardFolderTests))]
public sealed class AwkwardFolderTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_of_awkward_files_costs_reasons_and_bounded_memory()
    {
        _folder.Write("1-cut.jsonl.gz", Gzip(string.Concat(Enumerable.Range(0, 500).Select(i => $$"""{"text":"row {{i * 7919 % 4001}}"}""" + "\n")))[..^40]);
        _folder.Write("2-image.html", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]);
        _folder.Write("3-latin.html", Encoding.Latin1.GetBytes("<p>garçon</p>"));
        _folder.Write("4-empty.md", "");
        byte[] line = new byte[50 << 20];
        Array.Fill(line, (byte)'x');
        _folder.Write("5-long.txt", line);
        _folder.Write("6-long.jsonl", [.. """{"text":" """u8, .. line, .. "\"}\n{\"text\":\"short\"}\n"u8]);
        _folder.Write("7-deep.html", string.Concat(Enumerable.Repeat("<div>", 100_000)) + "deep");
        WriteZeros("8-bomb.txt.gz", 1L << 30);
        File.Copy(System.IO.Path.Combine(_folder.Path, "8-bomb.txt.gz"), System.IO.Path.Combine(_folder.Path, "9-bomb.jsonl.gz"));
        _folder.Write("a.jsonl", Encoding.Latin1.GetBytes("{\"text\":\"ok\"}\n{\"text\":\"caf\u00e9\"}\n"));
        _folder.Write("b.parquet", "PAR1 but no more");
        _folder.Write("c-blank.txt", new string(' ', 200) + "\n\t\u0001\u200B");
        _folder.Write("d.jsonl", string.Concat(Enumerable.Repeat("[", 200_000)));
        _folder.Write("e.csv", "text,n\n\"never closed,1\nmore,2\n");
        long before = GC.GetTotalAllocatedBytes();
        List<CorpusItem> items = await _folder.ReadAll();
        Assert.Equal(
            [
                "truncated-gzip 1-cut.jsonl.gz", "not-text 2-image.html", "empty 4-empty.md", "too-long 5-long.txt", "too-long 6-long.jsonl:1", "too-long 8-bomb.txt.gz",
                "decompression-bomb 9-bomb.jsonl.gz", "invalid-utf8 a.jsonl:2", "unreadable-table b.parquet", "empty c-blank.txt", "malformed-row d.jsonl:1", "malformed-row e.csv:2",
            ],
            items.OfType<CorpusItem.Rejected>().Select(Show));
        Assert.Contains("noted decoded-windows-1252 3-latin.html", items.Select(Show));
        Assert.All(Rejections(items), r => Assert.Contains(r.Reason, ReadReasons.All));
        Document deep = Documents(items).First(d => d.Id == "7-deep.html");
        Assert.Equal(0, deep.Offset);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 700L << 20, "Reading allocated more than it should.");
    }

    private void WriteZeros(string name, long length)
    {
        using FileStream file = File.Create(System.IO.Path.Combine(_folder.Path, name));
        using var gzip = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionLevel.Fastest);
        byte[] zeros = new byte[1 << 20];
        for (long written = 0; written < length; written += zeros.Length)
        {
            gzip.Write(zeros);
        }
    }
}
