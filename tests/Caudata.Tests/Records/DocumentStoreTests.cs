using System.Globalization;
using System.Text;
using Caudata.Numerics;
using Caudata.Records;

namespace Caudata.Tests.Records;

public sealed class DocumentStoreTests : IDisposable
{
    private readonly RunPlace _place = new();

    public void Dispose() => _place.Dispose();

    private static StoredDocument Sample(int i)
    {
        RandomStream random = new(7, "store", (ulong)i);
        StringBuilder text = new();
        int words = i % 11 == 0 ? 0 : random.NextInt32(400);
        for (int w = 0; w < words; w++)
        {
            text.Append(CultureInfo.InvariantCulture, $"word{random.NextInt32(500)} ");
        }

        if (i % 7 == 0)
        {
            text.Append("日本語 🙂 \ud800 unpaired");
        }

        return new StoredDocument
        {
            Id = $"id-{i}",
            Source = i % 2 == 0 ? "even" : "odd",
            Title = i % 3 == 0 ? "" : $"Title {i}",
            Format = (byte)(i % 5),
            Label = i % 4 == 0 ? null : i % 4 == 1 ? "" : "maths",
            Offset = i % 6 == 0 ? int.MaxValue : i,
            Passage = i % 3,
            Text = text.ToString(),
        };
    }

    [Fact]
    public void What_is_added_is_read_back_at_random_in_batches_and_in_order()
    {
        using DocumentStore store = DocumentStore.Open(_place["d"]);
        StoredDocument[] samples = [.. Enumerable.Range(0, 300).Select(Sample)];
        foreach (StoredDocument sample in samples)
        {
            store.Add(sample);
        }

        Assert.Equal(300, store.Count);
        Assert.Equal(samples[299], store[299]);
        Assert.Equal(samples[17], store[17]);
        Assert.Equal(samples[3], store[3]);
        int[] indices = [250, 3, 3, 0, 299, 17];
        Assert.Equal(indices.Select(i => samples[i]), store.Read(indices));
        Assert.Equal(samples, store.ReadAll());
        Assert.Equal(samples.Skip(123), store.ReadAll(123));
        Assert.Equal(42, store.IndexOf("id-42"));
        Assert.Equal(-1, store.IndexOf("id-300"));
        store.Add(Sample(300));
        Assert.Equal(300, store.IndexOf("id-300"));
    }

    [Fact]
    public void A_tail_torn_at_any_byte_is_cut_off_and_adding_goes_on()
    {
        StoredDocument[] samples = [.. Enumerable.Range(0, 24).Select(i => Sample(i) with { Text = $"short text {i} \ud800" })];
        using (DocumentStore store = DocumentStore.Open(_place["whole"]))
        {
            for (int i = 0; i < 24; i++)
            {
                store.Add(samples[i]);
                if (i is 7 or 15)
                {
                    store.Flush();
                }
            }
        }

        byte[] bytes = File.ReadAllBytes(_place["whole"]);
        HashSet<int> counts = [];
        for (int length = bytes.Length; length >= 0; length--)
        {
            string torn = _place["torn"];
            File.WriteAllBytes(torn, bytes[..length]);
            using DocumentStore store = DocumentStore.Open(torn);
            int count = store.Count;
            counts.Add(count);
            Assert.Equal(samples[..count], store.ReadAll());
            store.Add(samples[0]);
            store.Dispose();
            using DocumentStore again = DocumentStore.Open(torn, readOnly: true);
            Assert.Equal(count + 1, again.Count);
            Assert.Equal(samples[0], again[count]);
        }

        Assert.Superset(new HashSet<int> { 0, 8, 16, 24 }, counts);
    }

    [Fact]
    public void A_changed_byte_in_the_middle_is_an_error_and_at_the_end_is_cut_off()
    {
        using (DocumentStore store = DocumentStore.Open(_place["d"]))
        {
            for (int i = 1; i < 200; i++)
            {
                store.Add(Sample(i));
            }
        }

        byte[] bytes = File.ReadAllBytes(_place["d"]);
        bytes[60] ^= 1;
        File.WriteAllBytes(_place["middle"], bytes);
        using (DocumentStore store = DocumentStore.Open(_place["middle"]))
        {
            Assert.Contains("damaged at block 0", Assert.Throws<RecordException>(() => store[0]).Message, StringComparison.Ordinal);
            Assert.Equal(Sample(199), store[198]);
        }

        bytes[60] ^= 1;
        bytes[^3] ^= 1;
        File.WriteAllBytes(_place["end"], bytes);
        using (DocumentStore store = DocumentStore.Open(_place["end"]))
        {
            Assert.InRange(store.Count, 1, 198);
            Assert.Equal(Sample(store.Count), store[store.Count - 1]);
        }
    }

    [Fact]
    public void Another_file_is_refused()
    {
        File.WriteAllText(_place["d"], "this is not a store of documents");
        Assert.Contains("not a store of documents", Assert.Throws<RecordException>(() => DocumentStore.Open(_place["d"])).Message, StringComparison.Ordinal);
        Assert.Equal("this is not a store of documents", File.ReadAllText(_place["d"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(57)]
    [InlineData(99)]
    [InlineData(100)]
    public void Truncating_keeps_the_first_documents(int count)
    {
        using DocumentStore store = DocumentStore.Open(_place["d"]);
        for (int i = 0; i < 100; i++)
        {
            store.Add(Sample(i));
        }

        store.Truncate(count);
        Assert.Equal(Enumerable.Range(0, count).Select(Sample), store.ReadAll());
        store.Add(Sample(5));
        Assert.Equal(Sample(5), store[count]);
    }

    [Fact]
    public async Task Two_threads_read_what_a_third_adds()
    {
        using DocumentStore store = DocumentStore.Open(_place["d"]);
        store.Add(Sample(0));
        Task[] readers = [.. Enumerable.Range(0, 2).Select(t => Task.Run(() =>
        {
            RandomStream random = new(1, "reader", (ulong)t);
            while (store.Count < 2000)
            {
                int i = random.NextInt32(store.Count);
                Assert.Equal(Sample(i), store[i]);
            }
        }))];
        for (int i = 1; i < 2000; i++)
        {
            store.Add(Sample(i));
        }

        await Task.WhenAll(readers);
        Assert.Equal(Sample(1999), store[1999]);
    }
}
