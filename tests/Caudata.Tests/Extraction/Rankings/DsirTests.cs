using System.Buffers.Binary;
using System.Globalization;
using Caudata.Extraction.Rankings;

namespace Caudata.Tests.Extraction.Rankings;

public sealed class DsirTests
{
    private static readonly DsirOptions Reference = new() { Hash = DsirHash.Sha256 };

    private static long[] Count(IEnumerable<string> texts, DsirOptions options)
    {
        long[] counts = new long[options.Buckets];
        foreach (string text in texts)
        {
            Dsir.Count(text, options, counts);
        }

        return counts;
    }

    [Theory]
    [InlineData(DsirHash.Mixed)]
    [InlineData(DsirHash.Sha256)]
    public void A_small_example_by_hand(DsirHash hash)
    {
        // Target: a, b, "a b" once each. Corpus: a, a, "a a" and c: a 2/4, "a a" 1/4, c 1/4 (many buckets, so that nothing collides).
        DsirOptions options = new() { Hash = hash, Buckets = 1 << 20 };
        Dsir dsir = Dsir.Fit(Count(["a b"], options), Count(["a a", "c"], options), options);
        const double E = 1e-8;
        double a = Math.Log((1 / 3.0) + E) - Math.Log(0.5 + E), b = Math.Log((1 / 3.0) + E) - Math.Log(E), aa = Math.Log(E) - Math.Log(0.25 + E);
        Assert.Equal(a, dsir.Score("A"), 12);
        Assert.Equal(a + b + b, dsir.Score("a  b\n"), 10);
        Assert.Equal(a + a + aa, dsir.Score("a a"), 10);
        Assert.Equal(aa, dsir.Score("c"), 10);
        Assert.Equal(a + b, dsir.Score("b a"), 10); // "b a" is unknown to both: ratio 0
        Assert.Equal(0, dsir.Score(""));
        Assert.Equal(0, dsir.Score(" \n\t"));
    }

    [Fact]
    public void Words_are_runs_of_letters_and_runs_of_other_signs()
    {
        DsirOptions options = new() { Buckets = 1 << 20, Words = 1 };
        long[] counts = Count(["don't x_1+=2 ... Ünï 𝒜b 数学"], options);
        Assert.Equal(10, counts.Sum()); // don | ' | t | x_1 | += | 2 | ... | ünï | 𝒜b | 数学
    }

    [Fact]
    public void Long_words_and_broken_surrogates_are_fine()
    {
        string text = new string('ß', 100_000) + " \ud800 x " + new string('!', 5000);
        foreach (DsirHash hash in new[] { DsirHash.Mixed, DsirHash.Sha256 })
        {
            Assert.Equal(7, Count([text], new DsirOptions { Hash = hash }).Sum()); // four words and three pairs
        }
    }

    [Fact]
    public void The_best_come_first_and_ties_by_index()
    {
        Assert.Equal([2, 0, 3, 1], Dsir.Top([1, 0, 5, 1], 10));
        Assert.Equal([2], Dsir.Top([1, 0, 5, 1], 1));
        Assert.Empty(Dsir.Top([], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dsir.Top([1], -1));
    }

    [Fact]
    public void Documents_are_drawn_in_proportion_to_their_weights_without_replacement()
    {
        double[] w = [0.5, 0.3, 0.2], hits = new double[3], pairs = new double[3];
        double[] scores = [.. w.Select(x => Math.Log(x) + 700)];
        const int Seeds = 4000;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var drawn = Dsir.Resample(scores, 2, seed);
            Assert.NotEqual(drawn[0], drawn[1]);
            hits[drawn[0]] += 1.0 / Seeds;
            pairs[3 - drawn[0] - drawn[1]] += 1.0 / Seeds;
        }

        for (int i = 0; i < 3; i++)
        {
            Assert.InRange(hits[i], w[i] - 0.04, w[i] + 0.04);
            // The one left out: the sum over both orders of the other two.
            int[] o = [.. Enumerable.Range(0, 3).Where(j => j != i)];
            double p = (w[o[0]] * w[o[1]] / (1 - w[o[0]])) + (w[o[1]] * w[o[0]] / (1 - w[o[1]]));
            Assert.InRange(pairs[i], p - 0.04, p + 0.04);
        }

        Assert.Equal(Dsir.Resample(scores, 3, 1), Dsir.Resample(scores, 3, 1));
    }

    [Fact]
    public void Mistakes_are_named_at_once()
    {
        string message = Assert.Throws<ArgumentException>(() => Dsir.Fit(new long[3], new long[2], new DsirOptions { Words = 3, Smoothing = 0 })).Message;
        Assert.Contains("Words is 3", message, StringComparison.Ordinal);
        Assert.Contains("Smoothing is 0", message, StringComparison.Ordinal);
        Assert.Contains("3 target counts and 2 corpus counts; expected 10000", message, StringComparison.Ordinal);
        Assert.Contains("0 n-grams", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Dsir.Count("x", Reference, new long[3]));
    }

    [Fact]
    public void Probabilities_and_weights_are_those_of_the_authors_program()
    {
        if (Folder() is not { } folder)
        {
            Assert.Skip("The reference numbers of DSIR are not on this machine (looked for ../shared/reference/dsir above the repository, and CAUDATA_DATA/../reference/dsir).");
            return;
        }

        string[] raw = File.ReadAllLines(Path.Combine(folder, "raw.txt")), target = File.ReadAllLines(Path.Combine(folder, "target.txt"));
        long[] rawCounts = Count(raw, Reference), targetCounts = Count(target, Reference);
        Compare(rawCounts, Path.Combine(folder, "raw_probs.npy"));
        Compare(targetCounts, Path.Combine(folder, "target_probs.npy"));
        Dsir dsir = Dsir.Fit(targetCounts, rawCounts, Reference);
        string[] rows = File.ReadAllLines(Path.Combine(folder, "log_weights.csv"));
        Assert.Equal(raw.Length + 1, rows.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            Assert.Equal(double.Parse(rows[i + 1].Split(',')[1], CultureInfo.InvariantCulture), dsir.Score(raw[i]), 7);
        }
    }

    private static void Compare(long[] counts, string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        double sum = counts.Sum();
        for (int b = 0; b < counts.Length; b++)
        {
            Assert.Equal(BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(bytes.Length - (8 * (counts.Length - b)))), counts[b] / sum, 14);
        }
    }

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("CAUDATA_DATA") is { } data && Directory.Exists(Path.Combine(data, "../reference/dsir")))
        {
            return Path.Combine(data, "../reference/dsir");
        }

        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "shared/reference/dsir");
            if (Directory.Exists(folder))
            {
                return folder;
            }
        }

        return null;
    }
}
