using Caudata.Numerics;

namespace Caudata.Tests.Numerics;

public sealed class RankAucTests
{
    [Fact]
    public void It_is_the_share_of_pairs_in_order()
    {
        for (int i = 0; i < 200; i++)
        {
            RandomStream random = new(4, "auc", (ulong)i);
            int n = 2 + random.NextInt32(40);
            double[] scores = new double[n];
            bool[] positive = new bool[n];
            for (int k = 0; k < n; k++)
            {
                scores[k] = random.NextInt32(8);
                positive[k] = random.NextInt32(2) == 0;
            }

            double wins = 0, pairs = 0;
            for (int a = 0; a < n; a++)
            {
                for (int b = 0; b < n; b++)
                {
                    if (positive[a] && !positive[b])
                    {
                        pairs++;
                        wins += scores[a] > scores[b] ? 1 : scores[a] == scores[b] ? 0.5 : 0;
                    }
                }
            }

            Assert.Equal(pairs == 0 ? double.NaN : wins / pairs, RankAuc.Of(scores, positive), 1e-12);
        }
    }

    [Fact]
    public void Wrong_input_is_refused()
    {
        Assert.True(double.IsNaN(RankAuc.Of([], [])));
        Assert.True(double.IsNaN(RankAuc.Of([1, 2], [true, true])));
        Assert.Contains("2 scores and 1 labels", Assert.Throws<ArgumentException>(() => RankAuc.Of([1, 2], [true])).Message, StringComparison.Ordinal);
        Assert.Contains("Score 1 is NaN", Assert.Throws<ArgumentException>(() => RankAuc.Of([1, double.NaN], [true, false])).Message, StringComparison.Ordinal);
    }
}
