using Caudata.Corpora;

namespace Caudata.Tests.Corpora;

/// <summary>The real corpus, where it is present: found by CAUDATA_DATA or beside the repository.</summary>
public sealed class SharedCorpusTests
{
    [Fact]
    public async Task A_filter_selects_rows_of_the_target_tasks()
    {
        string folder = SharedData("tasks");
        int train = 0;
        await foreach (CorpusItem item in CorpusReader.ReadAsync(new CorpusOptions { Sources = [folder + "/gsm8k*.jsonl.gz"], TextColumn = "question", Where = "split = 'train'" }, TestContext.Current.CancellationToken))
        {
            train += item is CorpusItem.Kept ? 1 : 0;
        }

        Assert.Equal(7473, train);
    }

    [Fact]
    public async Task Every_document_of_the_shared_corpus_is_read()
    {
        string folder = SharedData("docs");
        var options = new CorpusOptions { Sources = [folder + "/*.jsonl.gz"], LabelColumn = "domain" };
        long documents = 0, rejected = 0, chars = 0;
        await foreach (CorpusItem item in CorpusReader.ReadAsync(options, TestContext.Current.CancellationToken))
        {
            if (item is CorpusItem.Kept { Document: var d })
            {
                documents += d.Passage == 0 ? 1 : 0;
                chars += d.Text.Length;
                Assert.NotNull(d.Label);
            }
            else if (item is CorpusItem.Rejected)
            {
                rejected++;
            }
        }

        Assert.Equal(24_493, documents);
        Assert.Equal(0, rejected);
        Assert.InRange(chars, 115_000_000, 121_000_000);
    }

    internal static string SharedData(string below)
    {
        string? given = Environment.GetEnvironmentVariable("CAUDATA_DATA");
        if (given is not null && Directory.Exists(Path.Combine(given, below)))
        {
            return Path.Combine(given, below);
        }

        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            string candidate = Path.Combine(d.FullName, "shared", "data", below);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        Assert.Skip("The shared data are not on this machine; name their folder in CAUDATA_DATA.");
        return "";
    }
}
