using Caudata.Corpora;
using Caudata.Numerics;

namespace Caudata.Tests.Corpora;

public sealed class MinHashTests
{
    private static string Words(ref RandomStream random, int count, int vocabulary = 5000) => string.Join(' ', Enumerable.Range(0, count).Select(i => "w" + i % 7).Select((w, i) => w + "abcdefgh"[i % 8]).Zip(Draw(ref random, count, vocabulary), (a, b) => a + b));

    private static int[] Draw(ref RandomStream random, int count, int vocabulary)
    {
        int[] drawn = new int[count];
        for (int i = 0; i < count; i++)
        {
            drawn[i] = random.NextInt32(vocabulary);
        }

        return drawn;
    }

    private static HashSet<string> Shingles(string text)
    {
        string[] words = text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. Enumerable.Range(0, words.Length - 4).Select(i => string.Join(' ', words[i..(i + 5)]))];
    }

    [Fact]
    public void The_estimate_is_the_jaccard_similarity_without_bias()
    {
        var random = new RandomStream(2, "minhash test");
        double bias = 0, square = 0;
        const int pairs = 400;
        uint[] a = new uint[128], b = new uint[128];
        for (int i = 0; i < pairs; i++)
        {
            string first = Words(ref random, 120);
            string[] words = first.Split(' ');
            for (int k = random.NextInt32(20); k > 0; k--)
            {
                words[random.NextInt32(words.Length)] = "changed" + random.NextInt32(1000);
            }

            string second = string.Join(' ', words);
            HashSet<string> x = Shingles(first), y = Shingles(second);
            double jaccard = (double)x.Intersect(y).Count() / x.Union(y).Count();
            MinHash.Signature(first, a);
            MinHash.Signature(second, b);
            double error = MinHash.Similarity(a, b) - jaccard;
            bias += error / pairs;
            square += error * error / pairs;
        }

        Assert.InRange(bias, -0.008, 0.008); // standard error 0.002
        Assert.InRange(Math.Sqrt(square), 0.02, 0.05); // at most sqrt(1/4/128) = 0.044
    }

    [Fact]
    public void Case_punctuation_and_line_breaks_do_not_count_but_words_and_their_order_do()
    {
        uint[] a = new uint[100], b = new uint[100];
        MinHash.Signature("One two, three four FIVE six.", a);
        MinHash.Signature("one\ntwo three — four five; six", b);
        Assert.Equal(a, b);
        MinHash.Signature("six five four three two one", b);
        Assert.True(MinHash.Similarity(a, b) < 0.1);
        MinHash.Signature("<p class='x'>One two</p> three <b>four</b> five<br/>six", b, skipTags: true);
        Assert.Equal(a, b);
        MinHash.Signature("École ÉTÉ naïve coöp über", a);
        MinHash.Signature("école été NAÏVE COÖP Über", b);
        Assert.Equal(a, b);
    }

    [Fact]
    public void The_length_of_the_signature_does_not_change_its_beginning()
    {
        var random = new RandomStream(4, "minhash test");
        string text = Words(ref random, 3000);
        uint[] longest = new uint[1024];
        MinHash.Signature(text, longest);
        foreach (int length in new[] { 1, 5, 16, 63, 64, 112, 128, 200 })
        {
            uint[] shorter = new uint[length];
            MinHash.Signature(text, shorter);
            Assert.Equal(longest[..length], shorter);
        }
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(" .,;! ", 0)]
    [InlineData("two words", 1)]
    [InlineData("one two three four five", 1)]
    [InlineData("one two three four five six", 2)]
    [InlineData("漢字漢字漢字", 2)]
    public void Shingles_are_counted(string text, int expected)
    {
        uint[] signature = new uint[16];
        Assert.Equal(expected, MinHash.Signature(text, signature));
        Assert.Equal(expected == 0, signature.All(s => s == uint.MaxValue));
    }

    [Fact]
    public void The_index_agrees_with_comparing_every_pair()
    {
        var random = new RandomStream(6, "index test");
        var options = new DeduplicationOptions { Threshold = 0.7 };
        var index = new NearDuplicateIndex(options);
        var kept = new List<uint[]>();
        int found = 0, byHand = 0, agree = 0;
        var texts = new List<string>();
        for (int i = 0; i < 6000; i++)
        {
            string text;
            if (i > 0 && i % 3 == 0)
            {
                string[] words = texts[random.NextInt32(texts.Count)].Split(' ');
                words[random.NextInt32(words.Length)] = "new" + i;
                text = string.Join(' ', words);
            }
            else
            {
                text = Words(ref random, 80);
            }

            texts.Add(text);
            uint[] signature = new uint[128];
            MinHash.Signature(text, signature);
            int near = index.FindOrAdd(signature, out double similarity);
            int first = kept.FindIndex(k => MinHash.Similarity(k, signature) >= 0.7);
            byHand += first >= 0 ? 1 : 0;
            found += near >= 0 ? 1 : 0;
            agree += near >= 0 == first >= 0 ? 1 : 0;
            if (near < 0)
            {
                kept.Add(signature);
            }
            else
            {
                Assert.True(similarity >= 0.7);
            }
        }

        Assert.Equal(kept.Count, index.Count);
        Assert.InRange(found, 0.97 * byHand, 1.03 * byHand);
        Assert.True(agree > 5950, $"{agree} of 6000 decisions agree.");
    }

    [Fact]
    public async Task The_first_of_duplicates_stays_whatever_the_number_of_threads()
    {
        var random = new RandomStream(8, "deduplicator test");
        var items = new List<CorpusItem>();
        for (int i = 0; i < 900; i++)
        {
            string text = i % 5 == 4 && items[i - 3] is CorpusItem.Kept k ? k.Document.Text + (i % 10 == 9 ? " coda" : "") : Words(ref random, 100 + i % 50);
            items.Add(i % 97 == 5 ? new CorpusItem.Rejected(new("read", "empty", "r" + i, "")) : new CorpusItem.Kept(new Document { Id = "d" + i, Source = "s", Format = DocumentFormat.Text, Text = text }));
        }

        List<CorpusItem> one = await Run(1), eight = await Run(8);
        Assert.Equal(one.Select(i => i.ToString()), eight.Select(i => i.ToString()));
        Assert.Equal(items.Count, one.Count);
        Assert.All(one.Zip(items), p => Assert.True(p.First is CorpusItem.Rejected || ReferenceEquals(p.First, p.Second)));
        var reasons = CorpusFolder.Rejections(one).CountBy(r => r.Reason).ToDictionary();
        Assert.InRange(reasons[Deduplicator.ExactDuplicate], 80, 90);
        Assert.InRange(reasons[Deduplicator.NearDuplicate], 80, 90);
        Assert.Contains(CorpusFolder.Rejections(one), r => r is { Where: "d9", Detail: var detail } && detail.Contains(" d6,", StringComparison.Ordinal));

        async Task<List<CorpusItem>> Run(int threads)
        {
            var kept = new List<CorpusItem>();
            await foreach (CorpusItem item in Deduplicator.RunAsync(items.ToAsyncEnumerable(), new DeduplicationOptions { Threads = threads }, TestContext.Current.CancellationToken))
            {
                kept.Add(item);
            }

            return kept;
        }
    }

    [Fact]
    public void Wrong_options_are_told_all_at_once()
    {
        var e = Assert.Throws<Caudata.Records.InputException>(() => new DeduplicationOptions { Threshold = 2, Bands = 64, Rows = 3, Threads = 0 }.Validate());
        Assert.Contains("Threshold", e.Message, StringComparison.Ordinal);
        Assert.Contains("Bands x Rows is 192", e.Message, StringComparison.Ordinal);
        Assert.Contains("Threads", e.Message, StringComparison.Ordinal);
    }
}
