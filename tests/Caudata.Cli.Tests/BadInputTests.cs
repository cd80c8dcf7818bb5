using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Caudata.Cli.Tests;

/// <summary>Show 6: a folder of bad input through the real executable, with a heap that could not hold what it must not load.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Problem = "<html><body><h1>Sums</h1><div data-type=\"exercise\"><div data-type=\"problem\"><p>A baker sells 12 loaves in the morning and 7 in the afternoon. How many loaves does she sell in all?</p></div><div data-type=\"solution\"><p>She sells 12 + 7 = 19 loaves in all.</p></div></div></body></html>";

    // 1 GiB: the bad inputs below expand to more than that, so reading them whole fails.
    private static readonly Dictionary<string, string> SmallHeap = new() { ["DOTNET_GCHeapHardLimit"] = "0x40000000" };
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("caudata-bad-");

    public void Dispose() => _root.Delete(recursive: true);

    private string At(string name) => Path.Combine(_root.FullName, name);

    private void WriteTarget() => File.WriteAllText(At("target.jsonl"),
        """
        {"question":"Anna has 3 apples and buys 5 more. How many apples has she now?","answer":"She has 3 + 5 = 8 apples."}
        {"question":"A box holds 12 eggs. How many eggs are in 4 boxes?","answer":"There are 4 * 12 = 48 eggs."}

        """);

    private void WriteBadFolder()
    {
        DirectoryInfo folder = _root.CreateSubdirectory("bad");
        string In(string name) => Path.Combine(folder.FullName, name);

        // Text that compresses badly, so that half of the compressed bytes hold whole rows.
        var rows = new StringBuilder();
        for (int i = 0; i < 400; i++)
        {
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"id\":\"row-{i}\",\"text\":\"Row {i} is about the number {(i * 7919L * 7919) % 1000003} and what follows from it, {(i * 104729L) % 99991} times.\"}}\n");
        }

        using (var whole = new MemoryStream())
        {
            using (var gzip = new GZipStream(whole, CompressionLevel.Optimal, leaveOpen: true))
            {
                gzip.Write(Encoding.UTF8.GetBytes(rows.ToString()));
            }

            File.WriteAllBytes(In("truncated.jsonl.gz"), whole.ToArray()[..(int)(whole.Length / 2)]);
        }

        File.WriteAllBytes(In("picture.html"), [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0xFF, 0xFE, 0x80, 0x81]);
        File.WriteAllBytes(In("latin.txt"), Encoding.Latin1.GetBytes("Übung: Das Café öffnet um 8 Uhr. Wie viele Stunden später schließt es, wenn es um 17 Uhr schließt? Lösung: 17 - 8 = 9 Stunden später.\n"));
        File.WriteAllBytes(In("empty.md"), []);
        using (FileStream line = File.Create(In("long.txt")))
        {
            byte[] words = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("one line without an end ", 1000)));
            for (long written = 0; written < 50_000_000; written += words.Length)
            {
                line.Write(words);
            }
        }

        var nested = new StringBuilder();
        nested.Insert(0, "<div>", 100_000).Append("How deep is this text? It is 100,000 elements deep.").Insert(nested.Length, "</div>", 100_000);
        File.WriteAllText(In("nested.html"), nested.ToString());
        using (var zeros = new GZipStream(File.Create(In("zeros.jsonl.gz")), CompressionLevel.Fastest))
        {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 1024; i++)
            {
                zeros.Write(block);
            }
        }

        File.WriteAllText(In("good.html"), Problem);
    }

    [Fact]
    public async Task A_folder_of_bad_input_is_read_to_its_end_in_bounded_memory_and_every_loss_has_its_reason()
    {
        WriteTarget();
        WriteBadFolder();
        string[] arguments = ["extract", "--corpus", "bad", "--target", "target.jsonl", "--budget", "100%", "--threads", "2"];
        CaudataProcess.End end = await CaudataProcess.RunAsync(_root.FullName, null, SmallHeap, [.. arguments, "--out", "strict"]);
        Assert.True(end.Code == 4, end.ToString());
        Assert.Contains("rows and files were lost", end.Error, StringComparison.Ordinal);
        NoTrace(end);
        Dictionary<string, string> reasons = [];
        foreach (string line in await File.ReadAllLinesAsync(At("strict/rejected.jsonl")))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement row = json.RootElement;
            Assert.NotEqual("", row.GetProperty("detail").GetString());
            reasons[Path.GetFileName(row.GetProperty("where").GetString()!).Split(' ')[0]] = row.GetProperty("step").GetString() + ":" + row.GetProperty("reason").GetString();
        }

        Assert.Equal("read:truncated-gzip", reasons["truncated.jsonl.gz"]);
        Assert.Equal("read:not-text", reasons["picture.html"]);
        Assert.StartsWith("remark:", reasons["latin.txt"], StringComparison.Ordinal);
        Assert.Equal("read:empty", reasons["empty.md"]);
        Assert.Equal("read:too-long", reasons["long.txt"]);
        Assert.Contains("zeros.jsonl.gz", reasons.Keys.Select(name => name.Split(':')[0]));
        Assert.DoesNotContain("good.html", reasons.Keys);
        Assert.Contains("19 loaves", await File.ReadAllTextAsync(At("strict/pairs.jsonl")), StringComparison.Ordinal);

        end = await CaudataProcess.RunAsync(_root.FullName, null, SmallHeap, [.. arguments, "--out", "lenient", "--max-loss", "1"]);
        Assert.True(end.Code == 0, end.ToString());
        Assert.Equal(await File.ReadAllBytesAsync(At("strict/rejected.jsonl")), await File.ReadAllBytesAsync(At("lenient/rejected.jsonl")));
        Assert.Equal(await File.ReadAllBytesAsync(At("strict/pairs.jsonl")), await File.ReadAllBytesAsync(At("lenient/pairs.jsonl")));
    }

    [Fact]
    public async Task Corpora_and_targets_of_nearly_nothing_end_with_a_result_or_with_a_plain_word()
    {
        WriteTarget();
        await File.WriteAllTextAsync(At("one.html"), Problem);
        await File.WriteAllTextAsync(At("prose.jsonl"), string.Concat(Enumerable.Range(0, 30).Select(i => $"{{\"id\":\"p{i}\",\"text\":\"The river number {i} flows from the hills to the sea and past {i * i} villages on its way.\"}}\n")));
        await File.WriteAllTextAsync(At("twice.jsonl"), "{\"id\":\"a\",\"text\":\"The first text of this name is kept.\"}\n{\"id\":\"a\",\"text\":\"Quite another text has the same name.\"}\n{\"id\":\"b\",\"text\":\"The last of the three is about ships.\"}\n");
        await File.WriteAllTextAsync(At("empty.jsonl"), "");
        await File.WriteAllTextAsync(At("blank.jsonl"), "\n\n{\"text\":\"\"}\n");
        await File.WriteAllTextAsync(At("single.jsonl"), "{\"question\":\"How many legs have 3 hens?\",\"answer\":\"6 legs.\"}\n");
        int run = 0;

        await Expect(0, "one document only", null, "one.html", "target.jsonl", "100%");
        Assert.Contains("19 loaves", await File.ReadAllTextAsync(At("run0/pairs.jsonl")), StringComparison.Ordinal);
        await Expect(0, "no pairs", null, "prose.jsonl", "target.jsonl", "100%");
        Assert.Equal("", await File.ReadAllTextAsync(At("run1/train.jsonl")));
        await Expect(0, "one row", null, "one.html", "single.jsonl", "100%");
        await Expect(0, "nothing fits", null, "prose.jsonl", "target.jsonl", "1tokens");
        await Expect(0, "one document", null, "prose.jsonl", "target.jsonl", "1documents");
        Assert.Single(await File.ReadAllLinesAsync(At("run4/selections.jsonl")));
        await Expect(4, "one name twice", "1 of 3 rows and files were lost", "twice.jsonl", "target.jsonl", "100%");
        Assert.Contains("duplicate-id", await File.ReadAllTextAsync(At("run5/rejected.jsonl")), StringComparison.Ordinal);
        await Expect(2, "empty target", "holds no question-answer pair", "prose.jsonl", "empty.jsonl", "100%");
        await Expect(2, "empty corpus", "holds no document that can be read", "empty.jsonl", "target.jsonl", "100%");
        Assert.Contains("\"empty\"", await File.ReadAllTextAsync(At("run7/rejected.jsonl")), StringComparison.Ordinal);
        await Expect(2, "blank corpus", "holds no document that can be read", "blank.jsonl", "target.jsonl", "100%");
        await File.WriteAllTextAsync(At("file"), "");
        await Expect(2, "a file in the way", "cannot be", "prose.jsonl", "target.jsonl", "100%", "file/run");

        async Task Expect(int code, string what, string? error, string corpus, string target, string budget, string? folder = null)
        {
            CaudataProcess.End end = await CaudataProcess.RunAsync(_root.FullName, "extract", "--corpus", corpus, "--target", target, "--budget", budget, "--threads", "2", "--out", folder ?? $"run{run++}");
            Assert.True(end.Code == code, $"{what}: {end}");
            NoTrace(end);
            if (error is not null)
            {
                Assert.Contains(error, end.Error, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Every_policy_runs_and_is_compared_and_every_format_is_written()
    {
        string[] formats = ["messages", "alpaca", "sharegpt", "pairs"];
        string[] policies = [.. Caudata.Extraction.ReadingPolicies.Names];
        for (int i = 0; i < policies.Length; i++)
        {
            string format = formats[i % formats.Length];
            CaudataProcess.End end = await CaudataProcess.RunAsync(_root.FullName, "extract", "--corpus", "world:7,documents=150", "--target", "world:7/word-problems", "--budget", "20%", "--policy", policies[i], "--format", format, "--threads", "2", "--out", policies[i]);
            Assert.True(end.Code == 0, $"{policies[i]}: {end}");
            string[] train = await File.ReadAllLinesAsync(At(policies[i] + "/train.jsonl"));
            Assert.NotEmpty(train);
            Assert.StartsWith(format switch { "messages" => "{\"messages\":", "alpaca" => "{\"instruction\":", "sharegpt" => "{\"conversations\":", _ => "{\"prompt\":" }, train[0], StringComparison.Ordinal);
        }

        CaudataProcess.End compared = await CaudataProcess.RunAsync(_root.FullName, "extract", "--corpus", "world:7,documents=150", "--target", "world:7/word-problems", "--heldout", "world:7/word-problems/test", "--budget", "20%", "--compare", string.Join(',', policies), "--seeds", "2", "--threads", "2", "--out", "compared", "--json");
        Assert.True(compared.Code == 0, compared.ToString());
        using JsonDocument json = JsonDocument.Parse(compared.Output);
        string[] rows = [.. json.RootElement.GetProperty("summary").GetProperty("tables").GetProperty("comparison").GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("policy").GetString()!)];
        Assert.All(policies, policy => Assert.Contains(policy, rows));
    }

    private static void NoTrace(CaudataProcess.End end)
    {
        Assert.DoesNotContain("   at ", end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("an error of the program itself", end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", end.Error, StringComparison.Ordinal);
    }
}
