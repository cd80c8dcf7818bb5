using System.Collections.Immutable;
using Caudata.Corpora;
using Caudata.Embedding;
using Caudata.Extraction;

namespace Caudata.Tests.Extraction;

public sealed class PairSelectionTests
{
    private static readonly string[] Plain = ["The museum opens at nine.", "Rain falls in the north.", "A prime has two divisors.", "The river is long and slow."];
    private static readonly HashingEmbedder Embedder = HashingEmbedder.Fit(Plain);
    private static readonly Target Aim = Target.Create(
        [.. Enumerable.Range(2, 20).Select(i => new ReferencePair($"r{i}", $"She has {i} apples and eats 2. How many are left?", $"She has {i} - 2 = {i - 2} apples left. The answer is {i - 2}."))],
        Plain, Embedder, new ExtractionOptions { Corpus = ["none"], Target = "none", Threads = 1 });

    [Fact]
    public void NothingGivesNothing() => Assert.Empty(Decide([], 1));

    [Fact]
    public void EveryDecisionIsTheMarginalGainWhenItWasMade()
    {
        ExtractedPair[] pairs = Pairs();
        PairDecision[] decisions = Decide(pairs, 0);
        MarginalGain pool = Aim.Start.Fork();
        int[] chosen = [.. Enumerable.Range(0, pairs.Length).Where(i => decisions[i].Selected).OrderBy(i => decisions[i].Place)];
        Assert.Equal(Enumerable.Range(0, chosen.Length), chosen.Select(i => decisions[i].Place));
        Assert.InRange(chosen.Length, 1, pairs.Length - 1);
        foreach (int i in chosen)
        {
            Assert.Equal(pool.Of(pairs[i].Features), decisions[i].Gain, 12);
            Assert.True(decisions[i].Gain > 0);
            pool.Add(pairs[i].Features);
        }

        Assert.All(decisions.Where(decision => !decision.Selected), decision => Assert.True(decision.Place == -1 && decision.Gain <= 0));
    }

    [Fact]
    public void WithoutTransportItIsAsGoodAsTheGreedyThatLooksAtEverythingEachTime()
    {
        ExtractedPair[] pairs = Pairs();
        MarginalGain slow = Aim.Start.Fork(), lazy = Aim.Start.Fork();
        var left = Enumerable.Range(0, pairs.Length).ToList();
        while (left.Count > 0)
        {
            int best = left.MaxBy(i => slow.Of(pairs[i].Features));
            if (slow.Of(pairs[best].Features) <= 0)
            {
                break;
            }

            slow.Add(pairs[best].Features);
            left.Remove(best);
        }

        PairDecision[] decisions = Decide(pairs, 0);
        foreach (int i in Enumerable.Range(0, pairs.Length).Where(i => decisions[i].Selected))
        {
            lazy.Add(pairs[i].Features);
        }

        double start = Aim.Start.CrossEntropy();
        Assert.True(start - lazy.CrossEntropy() >= 0.99 * (start - slow.CrossEntropy()), $"{start}, {lazy.CrossEntropy()}, {slow.CrossEntropy()}");
    }

    [Fact]
    public void TheSecondCopyGainsLessAndTiesGoToTheEarlier()
    {
        const string answer = "He has 9 - 2 = 7 apples left. The answer is 7.";
        PairDecision[] decisions = Decide([Pair(0, "How many?", "Rain falls in the north of the country."), Pair(1, "How many?", answer), Pair(2, "How many?", answer)], 0);
        Assert.True(decisions[1].Selected);
        Assert.Equal(0, decisions[1].Place);
        Assert.True(decisions[2].Gain < decisions[1].Gain);
        Assert.False(decisions[0].Selected);
    }

    [Fact]
    public void ThePairWithoutAnAnswerIsLeftOut()
    {
        PairDecision[] decisions = Decide([Pair(0, "How many apples?", ""), Pair(1, "How many?", "9 - 2 = 7 apples left")], 1);
        Assert.False(decisions[0].Selected);
        Assert.True(decisions[1].Selected);
    }

    [Fact]
    public void OneAndTwoThreadsDecideAlike()
    {
        ExtractedPair[] pairs = Pairs();
        Assert.Equal(PairSelection.Decide(pairs, Aim, new SelectionOptions(), 1, TestContext.Current.CancellationToken), PairSelection.Decide(pairs, Aim, new SelectionOptions(), 2, TestContext.Current.CancellationToken));
    }

    private static PairDecision[] Decide(ExtractedPair[] pairs, double transportWeight) =>
        PairSelection.Decide(pairs, Aim, new SelectionOptions { TransportWeight = transportWeight }, 1, TestContext.Current.CancellationToken);

    private static ExtractedPair[] Pairs() =>
    [
        .. Enumerable.Range(0, 60).Select(i => Pair(i, "Question " + i, (i % 4) switch
        {
            0 => $"He has {i} - 3 = {i - 3} pears left.",
            1 => $"The museum has {i} rooms, and rain falls on the roof of the oldest of them in every season of the year.",
            2 => $"The answer is {i}. She has {i} apples.",
            _ => $"Rain. {new string('.', i)}",
        })),
    ];

    private static ExtractedPair Pair(int document, string question, string answer)
    {
        float[] vector = new float[Embedder.Dimension];
        Embedder.Embed([ExtractedPair.TextOf(question, answer)], vector, 1);
        return new ExtractedPair
        {
            Document = document,
            Ordinal = 0,
            Question = question,
            Answer = answer,
            Span = new TextSpan(0, 1),
            Pattern = "test",
            Vector = vector,
            Features = NgramFeatures.Of(answer),
            Checks = ImmutableArray<Caudata.Extraction.Checks.Verdict>.Empty,
            Similarity = System.Numerics.Tensors.TensorPrimitives.Dot<float>(vector, Aim.Mean),
        };
    }
}
