using Caudata.Embedding;

namespace Caudata.Tests.Embedding;

public sealed class HashingEmbedderTests
{
    internal static readonly string[] Texts =
    [
        "Anna has 12 apples and gives 5 of them to Ben. How many apples does Anna have left?",
        "A farmer sells 31 eggs for $2 each. How much money does the farmer earn?",
        "def add_numbers(first, second):\n    return first + second",
        "for (int i = 0; i < maxCount; i++) { total += readValue(i); }",
        "The treaty ended the war between the two kingdoms and moved the border to the river.",
        "Boil the water, add salt and pasta, and stir the sauce until it is thick.",
        "Let $f(x) = \\frac{1}{x}$. Show that $f$ is continuous on $(0, \\infty)$.",
        "Die Straße führt über die Brücke; 東京は大きい都市です。 naïve café",
        "",
        " \t\r\n ",
        "\ud800 lone surrogate and \0 control",
    ];

    internal static readonly HashingEmbedderOptions Small = new()
    {
        Features = new FeatureOptions { BucketBits = 12 },
        Dimension = 16,
        Width = 64,
    };

    [Fact]
    public void Vectors_have_length_one_or_are_all_zero_for_texts_without_features()
    {
        HashingEmbedder embedder = HashingEmbedder.Fit(Texts, Small);
        var vectors = new float[Texts.Length * 16];
        embedder.Embed(Texts, vectors.AsSpan());
        for (int i = 0; i < Texts.Length; i++)
        {
            float norm = MathF.Sqrt(vectors.Skip(16 * i).Take(16).Sum(static x => x * x));
            Assert.Equal(i is 8 or 9 ? 0 : 1, norm, 1e-4);
        }
    }

    [Fact]
    public void One_and_eight_threads_and_any_batch_give_the_same_bytes()
    {
        string[] texts = [.. Enumerable.Range(0, 600).Select(i => Texts[i % 8] + " item " + (i * 37) + " " + Texts[(i * 5) % 7])];
        HashingEmbedder one = HashingEmbedder.Fit(texts, Small, threads: 1), eight = HashingEmbedder.Fit([.. texts.Reverse()], Small, threads: 8);
        Assert.Equal(one.Name, eight.Name);
        Assert.Equal(one.ToBytes(), eight.ToBytes());
        var a = new float[600 * 16];
        var b = new float[600 * 16];
        one.Embed(texts, a, 1);
        eight.Embed(texts, b, 8);
        Assert.Equal(a, b);
        var single = new float[16];
        one.Embed([texts[77]], single.AsSpan());
        Assert.Equal(a[(77 * 16)..(78 * 16)], single);
    }

    [Fact]
    public void Saved_and_loaded_it_gives_the_same_vectors()
    {
        HashingEmbedder fitted = HashingEmbedder.Fit(Texts, Small);
        HashingEmbedder loaded = HashingEmbedder.FromBytes(fitted.ToBytes());
        var a = new float[Texts.Length * 16];
        var b = new float[Texts.Length * 16];
        fitted.Embed(Texts, a.AsSpan());
        loaded.Embed(Texts, b.AsSpan());
        Assert.Equal(a, b);
        Assert.Equal(fitted.Name, loaded.Name);
        Assert.Equal(11, loaded.Documents);
    }

    [Fact]
    public void Damaged_bytes_are_refused_with_the_reason()
    {
        byte[] bytes = HashingEmbedder.Fit(Texts, Small).ToBytes();
        Assert.Contains("no saved hashing embedder", Assert.Throws<InvalidDataException>(() => HashingEmbedder.FromBytes([1, 2, 3])).Message);
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => HashingEmbedder.FromBytes(bytes.AsSpan(0, bytes.Length - 1))).Message);
        bytes[25] ^= 0x7F;
        Assert.Contains("Fit again", Assert.Throws<InvalidDataException>(() => HashingEmbedder.FromBytes(bytes)).Message);
    }

    [Fact]
    public void All_mistakes_in_the_options_are_named_at_once()
    {
        var options = new HashingEmbedderOptions { Dimension = 3, Coordinates = 9, Features = new FeatureOptions { BucketBits = 40 } };
        string message = Assert.Throws<ArgumentException>(() => HashingEmbedder.Fit(Texts, options)).Message;
        Assert.Contains("Dimension is 3", message);
        Assert.Contains("Coordinates is 9", message);
        Assert.Contains("BucketBits is 40", message);
    }

    [Fact]
    public async Task Cancelling_stops_as_cancelling()
    {
        HashingEmbedder embedder = HashingEmbedder.Fit(Texts, Small);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await embedder.EmbedAsync(Texts, new float[Texts.Length * 16], source.Token));
    }

    [Fact]
    public void No_texts_or_one_text_can_be_fitted()
    {
        HashingEmbedder none = HashingEmbedder.Fit([], Small), one = HashingEmbedder.Fit(["only words here"], Small);
        var vector = new float[16];
        none.Embed(["some words"], vector.AsSpan());
        Assert.All(vector, static x => Assert.Equal(0, x));
        one.Embed(["only words here"], vector.AsSpan());
        Assert.All(vector, static x => Assert.True(float.IsFinite(x)));
    }

    [Fact]
    public void Texts_of_a_kind_are_nearer_than_texts_of_other_kinds()
    {
        HashingEmbedder embedder = HashingEmbedder.Fit(Texts, new HashingEmbedderOptions { Dimension = 256, Width = 256 });
        var v = new float[7 * 256];
        embedder.Embed(Texts[..7], v.AsSpan());
        Assert.True(Cosine(0, 1) > Cosine(0, 4) && Cosine(0, 1) > Cosine(0, 2), $"{Cosine(0, 1)} {Cosine(0, 4)} {Cosine(0, 2)}");
        float Cosine(int a, int b) => Enumerable.Range(0, 256).Sum(k => v[(a * 256) + k] * v[(b * 256) + k]);
    }
}
