using System.Text;
using Caudata.Corpora;
using Caudata.Records;
using static Caudata.Tests.Corpora.CorpusFolder;

namespace Caudata.Tests.Corpora;

public sealed class CorpusReaderTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_lines_become_documents_and_bad_rows_rejections_in_order()
    {
        _folder.Write("a.jsonl.gz", Gzip("""
            {"id":"one","text":"First text.","title":"One","format":"markdown","source":"book"}
            not json

            {"id":"two","text":"Second\r\ntext","format":"text","extra":[1,{"a":2}]}
            {"id":"three"}
            {"id":"one","text":"Again."}
            [1,2]
            {"id":"","text":"No name."}
            {"id":"high","text":"broken \ud83d pair"}
            {"id":5,"text":["no"]}
            {"id":6,"text":"number for a name"}
            """));
        List<CorpusItem> items = await _folder.ReadAll();
        Assert.Equal(
            ["one", "malformed-row a.jsonl.gz:2", "two", "empty a.jsonl.gz:5", "duplicate-id one", "malformed-row a.jsonl.gz:7", "a.jsonl.gz:8", "high", "malformed-row a.jsonl.gz:10", "6"],
            items.Select(Show));
        List<Document> documents = Documents(items);
        Assert.Equal(("First text.", "One", DocumentFormat.Markdown, "book"), (documents[0].Text, documents[0].Title, documents[0].Format, documents[0].Source));
        Assert.Equal(("Second\ntext", "a.jsonl.gz"), (documents[1].Text, documents[1].Source));
        Assert.Equal("broken \uFFFD pair", documents[3].Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_row_without_an_identifier_is_file_and_row_wherever_the_first_identifier_stands(int named)
    {
        _folder.Write("a.jsonl", string.Concat(Enumerable.Range(0, 6).Select(i => i == named ? $$"""{"id":"x","text":"Row {{i}}"}""" + "\n" : $$"""{"text":"Row {{i}}"}""" + "\n")));
        Assert.Equal(Enumerable.Range(0, 6).Select(i => i == named ? "x" : $"a.jsonl:{i + 1}"), (await _folder.ReadAll()).Select(Show));
        Assert.Equal(Enumerable.Range(0, 6).Select(i => i == named ? "x" : $"missing-id a.jsonl:{i + 1}"), (await _folder.ReadAll(o => o with { IdColumn = "id" })).Select(Show));
    }

    [Fact]
    public async Task Files_behind_links_are_read_with_the_format_that_the_link_names()
    {
        _folder.Write("blobs/0f3a", "number,text\n1,Alpha\n2,Beta\n");
        Directory.CreateDirectory(_folder.Path + "/snapshots");
        File.CreateSymbolicLink(_folder.Path + "/snapshots/rows.csv", "../blobs/0f3a");
        Assert.Equal(["snapshots/rows.csv:2", "snapshots/rows.csv:3"], (await _folder.ReadAll()).Select(Show));
    }

    [Fact]
    public async Task A_parquet_file_whose_name_is_a_pattern_is_read_itself()
    {
        foreach (string name in new[] { "a[1]", "a1", "b", "what?*" })
        {
            _folder.WriteParquet(name + ".parquet", $"SELECT 'text of {name}' AS text, 1 AS n");
        }

        Assert.Equal(["text of a1", "text of a[1]", "text of b", "text of what?*"], Documents(await _folder.ReadAll(o => o with { Where = "n = 1" })).Select(d => d.Text));
    }

    [Theory]
    [InlineData("1=1); SELECT 0 WHERE (1=1")]
    [InlineData("n=5) OR (1=1")]
    [InlineData("1=1; SELECT 1")]
    [InlineData("1=1) --")]
    [InlineData("1=1], [2=2")]
    [InlineData("1=1) /*")]
    public async Task A_filter_is_one_condition_with_nothing_behind_it(string where)
    {
        _folder.WriteParquet("a.parquet", "SELECT 'Alpha' AS text, 1 AS n");
        _folder.Write("b/rows.jsonl", """{"text":"Beta","n":1}""" + "\n");
        foreach (string source in new[] { "/a.parquet", "/b" })
        {
            InputException e = await Assert.ThrowsAsync<InputException>(() => ReadAll(new CorpusOptions { Sources = [_folder.Path + source], Where = where }));
            Assert.Contains($"The filter \"{where}\" cannot be applied to", e.Message, StringComparison.Ordinal);
            Assert.Equal(["1 = 1 -- so", "n IN (1, 2) AND (text > 'A' OR (n = 3))"], await Fitting(source, "1 = 1 -- so", "n IN (1, 2) AND (text > 'A' OR (n = 3))", "n = 2"));
        }

        async Task<IEnumerable<string>> Fitting(string source, params string[] conditions)
        {
            var fit = new List<string>();
            foreach (string condition in conditions)
            {
                fit.AddRange(Documents(await ReadAll(new CorpusOptions { Sources = [_folder.Path + source], Where = condition })).Select(_ => condition));
            }

            return fit;
        }
    }

    [Fact]
    public async Task A_message_names_a_column_as_the_command_line_and_the_library_do()
    {
        _folder.Write("a.jsonl", "{\"id\":\"x\",\"text\":\"One\"}\n{\"id\":\"x\",\"text\":\"Two\"}\n");
        Assert.Equal("An earlier document has this identifier. Name a column that is unique as the identifier column (--id-column, CorpusOptions.IdColumn), or an empty one for file and row.", Rejections(await _folder.ReadAll())[0].Detail);
        InputException e = await Assert.ThrowsAsync<InputException>(() => _folder.ReadAll(o => o with { TextColumn = "body" }));
        Assert.Equal("a.jsonl has no column 'body'; its columns: id, text. Name the right one as the text column (--text-column, CorpusOptions.TextColumn).", e.Message);
        e = Assert.Throws<InputException>(() => new CorpusOptions { Sources = ["x"], Where = " ", LabelColumn = "" }.Validate());
        Assert.Equal("The label column (--label-column, CorpusOptions.LabelColumn) is empty; name a column, or leave the option out. The filter (--where, CorpusOptions.Where) is empty; give a SQL condition such as domain = 'mathematics', or leave the option out.", e.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(2000)]
    public async Task Truncated_gzip_keeps_the_complete_rows_and_says_so(int cut)
    {
        byte[] gzip = Gzip(string.Concat(Enumerable.Range(0, 3000).Select(i => $$"""{"id":"d{{i}}","text":"{{i * 7919 % 10007}} words and {{i * 31 % 997}} more"}""" + "\n")));
        _folder.Write("t.jsonl.gz", gzip[..^cut]);
        List<CorpusItem> items = await _folder.ReadAll();
        Assert.Equal("truncated-gzip t.jsonl.gz", Show(items[^1]));
        Assert.True(items.Count > 1000);
        Assert.All(items.SkipLast(1), (item, i) => Assert.Equal("d" + i, Show(item)));
    }

    // The same four rows in every format that has rows.
    private void WriteRows(string format)
    {
        const string jsonLines = """
            {"name":"a","body":"Alpha, \"quoted\"\nand more.","n":1,"kind":"x"}
            {"name":"b","body":"Beta","n":20,"kind":"y"}
            {"name":"c","body":"Gamma é","n":3,"kind":"x"}
            {"name":"d","body":"","n":4,"kind":"x"}
            """;
        const string csv = "name,body,n,kind\r\na,\"Alpha, \"\"quoted\"\"\nand more.\",1,x\r\nb,Beta,20,y\r\nc,Gamma é,3,x\r\nd,\"\",4,x\r\n";
        switch (format)
        {
            case "jsonl": _folder.Write("rows.jsonl", jsonLines); break;
            case "jsonl.gz": _folder.Write("rows.jsonl.gz", Gzip(jsonLines)); break;
            case "jsonl.zst": _folder.Write("rows.jsonl.zst", Zstandard(jsonLines)); break;
            case "csv": _folder.Write("rows.csv", csv); break;
            case "csv.gz": _folder.Write("rows.csv.gz", Gzip(csv)); break;
            case "tsv": _folder.Write("rows.tsv", "\uFEFFname\tbody\tn\tkind\na\t\"Alpha, \"\"quoted\"\"\nand more.\"\t1\tx\nb\tBeta\t20\ty\nc\tGamma é\t3\tx\nd\t\t4\tx\n"); break;
            default:
                _folder.WriteParquet("rows.parquet", """
                    SELECT * FROM (VALUES ('a', 'Alpha, "quoted"
                    and more.', 1, 'x'), ('b', 'Beta', 20, 'y'), ('c', 'Gamma é', 3, 'x'), ('d', '', 4, 'x')) t(name, body, n, kind)
                    """.Replace("\r", "", StringComparison.Ordinal));
                break;
        }
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("jsonl.gz")]
    [InlineData("jsonl.zst")]
    [InlineData("csv")]
    [InlineData("csv.gz")]
    [InlineData("tsv")]
    [InlineData("parquet")]
    public async Task Every_table_gives_the_same_documents_and_understands_columns_and_filters(string format)
    {
        WriteRows(format);
        CorpusOptions Columns(CorpusOptions o) => o with { TextColumn = "body", IdColumn = "name", LabelColumn = "kind" };
        List<CorpusItem> items = await _folder.ReadAll(Columns);
        Assert.Equal(["a", "b", "c"], Documents(items).Select(d => d.Id));
        Assert.Equal(["Alpha, \"quoted\"\nand more.", "Beta", "Gamma é"], Documents(items).Select(d => d.Text));
        Assert.Equal(["x", "y", "x"], Documents(items).Select(d => d.Label));
        Assert.Equal("empty", Assert.Single(Rejections(items)).Reason);

        items = await _folder.ReadAll(o => Columns(o) with { Where = "n > 2 and kind = 'x' and length(body) > 1" });
        Assert.Equal(["c"], items.Select(Show));

        InputException wrongText = await Assert.ThrowsAsync<InputException>(() => _folder.ReadAll());
        Assert.Contains("has no column 'text'", wrongText.Message, StringComparison.Ordinal);
        Assert.Contains("body, kind, n, name", wrongText.Message, StringComparison.Ordinal);
        InputException wrongFilter = await Assert.ThrowsAsync<InputException>(() => _folder.ReadAll(o => Columns(o) with { Where = "nosuch = 1" }));
        Assert.Contains("nosuch", wrongFilter.Message, StringComparison.Ordinal);
        Assert.Contains("name", wrongFilter.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InputException>(() => _folder.ReadAll(o => Columns(o) with { Where = "n >" }));
    }

    [Fact]
    public async Task Filters_reach_into_nested_values_and_cannot_read_files()
    {
        _folder.Write("m.jsonl", """
            {"text":"one","meta":{"level":3}}
            {"text":"two","meta":{"level":5},"ok":true}
            {"text":"three","meta":"plain"}
            """);
        List<CorpusItem> items = await _folder.ReadAll(o => o with { Where = "meta->>'level' = '5' and ok" });
        Assert.Equal(["m.jsonl:2"], items.Select(Show));
        await Assert.ThrowsAsync<InputException>(() => _folder.ReadAll(o => o with { Where = "exists (select * from read_csv('/etc/passwd'))" }));
    }

    [Fact]
    public async Task A_folder_of_files_is_read_by_extension_and_content()
    {
        _folder.Write("b/page.html", "<html><head><title>A &amp; B</title></head><body><p>Hello</p></body></html>");
        _folder.Write("b/notes.md", "# Notes\n\nText with *stars*.");
        _folder.Write("a.tex", "\\documentclass{article}\\title{On {x}}\\begin{document}Hi\\end{document}");
        _folder.Write("c.txt", "plain");
        _folder.Write("d.cnxml", "<document xmlns=\"http://cnx.rice.edu/cnxml\"><title>T</title></document>");
        _folder.Write("e.unknown", "## Heading\n\n- item\n- item\n");
        _folder.Write(".hidden/f.txt", "not seen");
        List<Document> documents = Documents(await _folder.ReadAll());
        Assert.Equal(["a.tex", "b/notes.md", "b/page.html", "c.txt", "d.cnxml", "e.unknown"], documents.Select(d => d.Id));
        Assert.Equal([DocumentFormat.Latex, DocumentFormat.Markdown, DocumentFormat.Html, DocumentFormat.Text, DocumentFormat.Cnxml, DocumentFormat.Markdown], documents.Select(d => d.Format));
        Assert.Equal(["On {x}", "Notes", "A & B", "", "T", ""], documents.Select(d => d.Title));
        InputException noTable = await Assert.ThrowsAsync<InputException>(() => _folder.ReadAll(o => o with { Where = "n = 1" }));
        Assert.Contains("is no table", noTable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encodings_are_recognised_and_doubtful_ones_are_remarked_on()
    {
        _folder.Write("1-utf16.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("wide é")]);
        _folder.Write("2-meta.html", Encoding.Latin1.GetBytes("<html><meta charset=\"iso-8859-1\"><p>café</p></html>"));
        _folder.Write("3-latin.txt", Encoding.Latin1.GetBytes("un café très fort"));
        _folder.Write("4-damaged.txt", [.. Encoding.UTF8.GetBytes("äöü äöü"), 0xFF]);
        _folder.Write("5-nul.txt", Encoding.UTF8.GetBytes("a\0b" + new string('c', 500)));
        _folder.Write("6-bom.txt", "\uFEFFmarked");
        List<CorpusItem> items = await _folder.ReadAll();
        Assert.Equal(["1-utf16.txt", "2-meta.html", "noted decoded-windows-1252 3-latin.txt", "3-latin.txt", "noted replaced-bytes 4-damaged.txt", "4-damaged.txt", "5-nul.txt", "6-bom.txt"], items.Select(Show));
        List<Document> documents = Documents(items);
        Assert.Equal("wide é", documents[0].Text);
        Assert.Contains("café", documents[1].Text, StringComparison.Ordinal);
        Assert.Equal("un café très fort", documents[2].Text);
        Assert.Equal("äöü äöü\uFFFD", documents[3].Text);
        Assert.StartsWith("abc", documents[4].Text, StringComparison.Ordinal);
        Assert.Equal("marked", documents[5].Text);
    }

    [Fact]
    public async Task Web_archives_give_pages_and_reasons()
    {
        static byte[] Record(string type, string id, string uri, byte[] block) =>
            [.. Encoding.ASCII.GetBytes($"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Target-URI: {uri}\r\nContent-Length: {block.Length}\r\n\r\n"), .. block, .. "\r\n\r\n"u8];
        static byte[] Http(string headers, byte[] body) => [.. Encoding.ASCII.GetBytes("HTTP/1.1 " + headers + "\r\n\r\n"), .. body];
        byte[][] records =
        [
            Record("warcinfo", "0", "", "software: test"u8.ToArray()),
            Record("response", "plain", "https://example.org/a", Http("200 OK\r\nContent-Type: text/html; charset=ISO-8859-1", Encoding.Latin1.GetBytes("<p>café</p>"))),
            Record("response", "chunked", "https://example.org/b", Http("200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked", "5\r\n<p>ab\r\n6;x=y\r\nc</p>\n\r\n0\r\n\r\n"u8.ToArray())),
            Record("response", "packed", "https://example.net/c", Http("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", Gzip("<p>packed</p>"))),
            Record("response", "gone", "https://example.org/d", Http("404 Not Found\r\nContent-Type: text/html", "<p>no</p>"u8.ToArray())),
            Record("response", "image", "https://example.org/e", Http("200 OK\r\nContent-Type: image/png", [0x89, 0x50, 0x4E, 0x47])),
            Record("response", "bomb", "https://example.org/f", Http("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", Gzip(new byte[1 << 21]))),
            Record("conversion", "wet", "https://example.org/g", "Just text."u8.ToArray()),
            "rubbish\r\nmore rubbish\r\n"u8.ToArray(),
            Record("resource", "last", "https://example.org/h", "Last words."u8.ToArray())[..^6],
        ];
        _folder.Write("w.warc.gz", [.. records.SelectMany(Gzip)]);
        List<CorpusItem> items = await _folder.ReadAll(o => o with { MaxDocumentBytes = 1 << 20 });
        Assert.Equal(["plain", "chunked", "packed", "http-status w.warc.gz:5", "not-text w.warc.gz:6", "too-long w.warc.gz:7", "wet", "malformed-row w.warc.gz:9", "malformed-row w.warc.gz:9"], items.Select(Show));
        Assert.Equal(["<p>café</p>", "<p>abc</p>\n", "<p>packed</p>", "Just text."], Documents(items).Select(d => d.Text));
        Assert.Equal(["example.org", "example.org", "example.net", "example.org"], Documents(items).Select(d => d.Source));
    }

    [Fact]
    public async Task Any_number_of_threads_gives_the_same_items()
    {
        for (int f = 0; f < 12; f++)
        {
            _folder.Write($"{f}.jsonl.gz", Gzip(string.Concat(Enumerable.Range(0, 700).Select(i => i % 50 == 7 ? "bad\n" : $$"""{"id":"{{(f * 701 + i) % 8000}}","text":"{{string.Join(' ', Enumerable.Range(0, i % 90).Select(w => w * f * i))}} end"}""" + "\n"))));
        }

        List<CorpusItem> one = await _folder.ReadAll(), eight = await _folder.ReadAll(o => o with { Threads = 8 });
        Assert.Equal(one.Select(i => i.ToString()), eight.Select(i => i.ToString()));
        Assert.Equal(Documents(one).Count, Documents(one).Select(d => d.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Cancelling_stops_the_reading_as_a_cancellation()
    {
        _folder.Write("long.jsonl", string.Concat(Enumerable.Range(0, 20_000).Select(i => $$"""{"text":"row {{i}}"}""" + "\n")));
        using var stop = new CancellationTokenSource();
        int seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (CorpusItem _ in CorpusReader.ReadAsync(new CorpusOptions { Sources = [_folder.Path] }, stop.Token))
            {
                if (++seen == 10)
                {
                    await stop.CancelAsync();
                }
            }
        });
        Assert.InRange(seen, 10, 19_999);
    }

    [Fact]
    public async Task A_reader_that_stops_early_leaves_nothing_running()
    {
        _folder.Write("long.jsonl", string.Concat(Enumerable.Range(0, 20_000).Select(i => $$"""{"text":"row {{i}}"}""" + "\n")));
        await foreach (CorpusItem _ in CorpusReader.ReadAsync(new CorpusOptions { Sources = [_folder.Path] }, TestContext.Current.CancellationToken))
        {
            break;
        }
    }

    [Fact]
    public async Task Long_documents_come_as_passages_with_their_offsets_and_duplicates_lose_all_of_them()
    {
        string text = string.Concat(Enumerable.Range(0, 60).Select(i => $"## Part {i}\n\nSentence {i}.\n\n"));
        string row = System.Text.Json.JsonSerializer.Serialize(new { id = "x", text });
        _folder.Write("p.jsonl", row + "\n" + row + "\n");
        List<CorpusItem> items = await _folder.ReadAll(o => o with { MaxPassageLength = 300 });
        List<Document> passages = Documents(items);
        Assert.Equal(text, string.Concat(passages.Select(p => p.Text)));
        Assert.All(passages, (p, i) => Assert.Equal((i, text[p.Offset..(p.Offset + p.Text.Length)]), (p.Passage, p.Text)));
        Assert.Equal("duplicate-id x", Show(Assert.Single(items.Skip(passages.Count))));
    }

    [Fact]
    public async Task Random_bytes_under_every_extension_never_crash()
    {
        var random = new Caudata.Numerics.RandomStream(3, "reader fuzz");
        string[] seeds = ["{\"id\":\"a\",\"text\":\"b\\u00e9 \\ud800\"}\n", "id,text\n1,\"a \"\"b\"\"\"\n2,c\n", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 42\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n\r\n", "<html><body><!-- <p a='>'>x</p><script></body>", "# h\n```\n$$\n| a |\n<details>"];
        string[] names = ["a.jsonl", "b.csv", "c.warc", "d.html", "e.md", "f.parquet", "g.bin", "h.tex", "i.xml"];
        for (int round = 0; round < 40; round++)
        {
            foreach (string name in names)
            {
                byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(seeds[random.NextInt32(seeds.Length)], 1 + random.NextInt32(4))));
                for (int k = random.NextInt32(12); k > 0; k--)
                {
                    bytes[random.NextInt32(bytes.Length)] = (byte)random.NextInt32(256);
                }

                _folder.Write(name, round % 3 == 2 ? Flip(Gzip(bytes), ref random) : bytes);
            }

            foreach (string name in names)
            {
                try
                {
                    List<CorpusItem> items = await ReadAll(new CorpusOptions { Sources = [System.IO.Path.Combine(_folder.Path, name)], MaxPassageLength = 200 });
                    Assert.All(Rejections(items), r => Assert.Contains(r.Reason, ReadReasons.All));
                }
                catch (InputException e)
                {
                    Assert.Contains("column", e.Message, StringComparison.Ordinal);
                }
            }
        }

        static byte[] Flip(byte[] bytes, ref Caudata.Numerics.RandomStream random)
        {
            bytes[random.NextInt32(bytes.Length)] ^= (byte)(1 << random.NextInt32(8));
            return bytes;
        }
    }

    [Fact]
    public void Wrong_options_are_told_all_at_once()
    {
        InputException e = Assert.Throws<InputException>(() => new CorpusOptions { Sources = [], Threads = 0, MaxExpansion = 1, TextColumn = "", Where = " " }.Validate());
        foreach (string name in new[] { "Sources", "Threads", "MaxExpansion", "TextColumn", "Where" })
        {
            Assert.Contains(name, e.Message, StringComparison.Ordinal);
        }
    }
}
