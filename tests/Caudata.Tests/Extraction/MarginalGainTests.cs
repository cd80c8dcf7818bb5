using Caudata.Extraction;

namespace Caudata.Tests.Extraction;

public sealed class MarginalGainTests
{
    private static readonly uint[][] Target = [NgramFeatures.Of("She has 3 apples and 4 pears, so 7 in all."), NgramFeatures.Of("He has 5 pens, so 5 - 2 = 3 are left.")];
    private static readonly uint[][] Background = [NgramFeatures.Of("The museum opens at nine and closes at five on most days of the year."), NgramFeatures.Of("Rain is likely in the north.")];

    [Fact]
    public void TheGainIsTheFallOfTheCrossEntropy()
    {
        MarginalGain pool = MarginalGain.Start(Target, Background, 200);
        foreach (string text in (string[])["She has 9 apples, so 2 are left.", "The museum closes.", "zzz qqq", "She has 9 apples, so 2 are left.", "5 - 2 = 3"])
        {
            uint[] piece = NgramFeatures.Of(text);
            double before = pool.CrossEntropy(), gain = pool.Of(piece);
            pool.Add(piece);
            Assert.Equal(before - pool.CrossEntropy(), gain, 5);
        }
    }

    [Fact]
    public void TheCrossEntropyIsThatOfSharesCountedByHand()
    {
        // The target's features all lie in the background's; one percent of the prior is spread evenly.
        uint[] text = NgramFeatures.Of("a b a");
        MarginalGain pool = MarginalGain.Start([text], [text], 1000);
        double total = text.Sum(NgramFeatures.Count), expected = 0;
        foreach (uint feature in text)
        {
            double share = NgramFeatures.Count(feature) / total;
            expected -= share * Math.Log((0.99 * share) + (0.01 / NgramFeatures.Buckets));
        }

        Assert.Equal(expected, pool.CrossEntropy(), 5);
    }

    [Fact]
    public void NothingGainsNothingAndAForkGoesItsOwnWay()
    {
        MarginalGain pool = MarginalGain.Start(Target, Background, 200);
        Assert.Equal(0, pool.Of([]));
        double before = pool.CrossEntropy();
        MarginalGain fork = pool.Fork();
        fork.Add(Target[0]);
        Assert.Equal(before, pool.CrossEntropy());
        Assert.True(fork.CrossEntropy() < before);
        Assert.True(fork.Of(Target[0]) < pool.Of(Target[0]));
    }

    [Fact]
    public void ThePriorWeighsWhatItShouldWithoutABackgroundToo()
    {
        // An even prior: the cross-entropy of any target is ln of the number of buckets.
        Assert.Equal(Math.Log(NgramFeatures.Buckets), MarginalGain.Start(Target, [], 200).CrossEntropy(), 5);
        double with = MarginalGain.Start(Target, Background, 200).Of(NgramFeatures.Of("zzz qqq")), without = MarginalGain.Start(Target, [], 200).Of(NgramFeatures.Of("zzz qqq"));
        Assert.Equal(with, without, 6); // only the length counts: the same weight of prior
        Assert.Throws<ArgumentOutOfRangeException>(() => MarginalGain.Start(Target, [], 0));
    }
}
