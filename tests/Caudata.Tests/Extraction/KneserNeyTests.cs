using Caudata.Extraction;
using Caudata.Numerics;

namespace Caudata.Tests.Extraction;

public sealed class KneserNeyTests
{
    private const int Symbols = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void AgreesWithTheFormulasWrittenPlainly(int order)
    {
        for (uint seed = 0; seed < 8; seed++)
        {
            int[][] corpus = Corpus(seed, sequences: 1 + (int)(seed * 3), longest: 12);
            KneserNey model = KneserNey.Train(corpus, order, TestContext.Current.CancellationToken);
            var plain = new Plain(corpus, order);
            foreach (int[] context in Contexts(seed))
            {
                for (int symbol = 0; symbol < Symbols + 1; symbol++)
                {
                    Assert.Equal(plain.Probability(context, symbol, 1.0 / (Symbols + 1)), model.Probability(context, symbol, 1.0 / (Symbols + 1)), 12);
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void ProbabilitiesSumToOneAfterSeenAndUnseenContexts(int order)
    {
        for (uint seed = 0; seed < 10; seed++)
        {
            KneserNey model = KneserNey.Train(Corpus(seed, sequences: (int)seed, longest: 20), order, TestContext.Current.CancellationToken);
            foreach (int[] context in Contexts(seed))
            {
                double sum = 0;
                for (int symbol = 0; symbol < Symbols + 1; symbol++)
                {
                    double p = model.Probability(context, symbol, 1.0 / (Symbols + 1));
                    Assert.InRange(p, double.Epsilon, 1);
                    sum += p;
                }

                Assert.Equal(1, sum, 12);
            }
        }
    }

    [Fact]
    public void TheOrderOfTheSequencesDoesNotMatter()
    {
        int[][] corpus = Corpus(5, sequences: 20, longest: 15);
        KneserNey one = KneserNey.Train(corpus, 3, TestContext.Current.CancellationToken), other = KneserNey.Train(corpus.Reverse(), 3, TestContext.Current.CancellationToken);
        foreach (int[] context in Contexts(5))
        {
            Assert.Equal(one.Probability(context, 2, 0.1), other.Probability(context, 2, 0.1), 12);
        }
    }

    [Fact]
    public void AModelOfNothingGivesTheBase() =>
        Assert.Equal(0.25, KneserNey.Train([], 4, TestContext.Current.CancellationToken).Probability([1, 2, 3], 9, 0.25));

    [Fact]
    public void AnOrderOutsideItsRangeIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => KneserNey.Train([], 0, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>(() => KneserNey.Train([], 9, TestContext.Current.CancellationToken));
    }

    private static int[][] Corpus(uint seed, int sequences, int longest)
    {
        var random = new RandomStream(seed, "kneser-ney-test");
        var corpus = new int[sequences][];
        for (int i = 0; i < sequences; i++)
        {
            corpus[i] = new int[random.NextInt32(longest + 1)];
            for (int j = 0; j < corpus[i].Length; j++)
            {
                corpus[i][j] = Math.Min(random.NextInt32(Symbols), random.NextInt32(Symbols)); // skewed, so that counts reach 4 and more
            }
        }

        return corpus;
    }

    private static IEnumerable<int[]> Contexts(uint seed)
    {
        yield return [];
        yield return [77]; // never seen
        yield return [0, 77, 1];
        var random = new RandomStream(seed, "kneser-ney-contexts");
        for (int i = 0; i < 30; i++)
        {
            int[] context = new int[random.NextInt32(9)];
            for (int j = 0; j < context.Length; j++)
            {
                context[j] = random.NextInt32(Symbols);
            }

            yield return context;
        }
    }

    /// <summary>[chen1999] equations 20 to 28 with sets of lists, nothing hashed.</summary>
    private sealed class Plain
    {
        private readonly int _order;
        private readonly Dictionary<string, int>[] _counts;

        public Plain(int[][] corpus, int order)
        {
            _order = order;
            var grams = new List<int[]>[order + 1];
            for (int n = 1; n <= order; n++)
            {
                grams[n] = [.. corpus.SelectMany(sequence => Enumerable.Range(0, sequence.Length).Select(end => Padded(sequence[..(end + 1)], n)))];
            }

            _counts = [.. Enumerable.Range(0, order + 1).Select(n => n == 0 ? [] : n == order
                ? grams[n].GroupBy(Key).ToDictionary(g => g.Key, g => g.Count())
                : grams[n].GroupBy(Key).ToDictionary(g => g.Key, g => grams[n + 1].Where(longer => Key(longer[1..]) == g.Key).Select(longer => longer[0]).Distinct().Count()))];
        }

        public double Probability(int[] context, int symbol, double below) => At(_order, context, symbol, below);

        private double At(int n, int[] context, int symbol, double below)
        {
            if (n == 0)
            {
                return below;
            }

            double shorter = At(n - 1, context, symbol, below);
            int[] history = Padded(context, n - 1);
            KeyValuePair<string, int>[] followers = [.. _counts[n].Where(pair => pair.Key[..pair.Key.LastIndexOf(',')] == Key(history))];
            if (followers.Length == 0)
            {
                return shorter;
            }

            double total = followers.Sum(pair => pair.Value);
            double held = followers.Sum(pair => Discount(n, pair.Value));
            int count = _counts[n].GetValueOrDefault(Key([.. history, symbol]));
            return (Math.Max(count - Discount(n, count), 0) / total) + (held / total * shorter);
        }

        private double Discount(int n, int count)
        {
            if (count == 0)
            {
                return 0;
            }

            double Of(int c) => _counts[n].Values.Count(value => value == c);
            double y = Of(1) + (2 * Of(2)) > 0 ? Of(1) / (Of(1) + (2 * Of(2))) : 0.5;
            int c = Math.Min(count, 3);
            double d = Of(c) > 0 ? c - ((c + 1) * y * Of(c + 1) / Of(c)) : c * y;
            return Math.Clamp(d, 0.05, c - 0.05);
        }

        private static int[] Padded(int[] symbols, int n) => symbols.Length >= n ? symbols[^n..] : [.. Enumerable.Repeat(-1, n - symbols.Length), .. symbols];

        private static string Key(int[] gram) => string.Concat(gram.Select(symbol => "," + symbol));
    }
}
