using Caudata.Estimation;

namespace Caudata.Tests.Estimation;

public sealed class DifferenceTotalTests
{
    [Fact]
    public void Right_predictions_give_the_exact_total_from_any_sample() =>
        Assert.Equal(14, DifferenceTotal.Total(14, [3, 8], [3, 8], [0.1, 0.7]));

    [Fact]
    public void Predictions_of_zero_give_the_horvitz_thompson_total() =>
        Assert.Equal(HorvitzThompson.Total([3, 8], [0.1, 0.7]), DifferenceTotal.Total(0, [3, 8], [0, 0], [0.1, 0.7]));

    [Fact]
    public void Over_all_samples_it_is_unbiased_whatever_the_predictions()
    {
        double[] y = [0, 3, 1, 8], pi = [0.3, 0.5, 0.9, 0.6], guess = [2, 0, 5, 1];
        double mean = 0;
        for (int s = 0; s < 16; s++)
        {
            int[] drawn = [.. Enumerable.Range(0, 4).Where(i => (s >> i & 1) == 1)];
            double p = Enumerable.Range(0, 4).Aggregate(1.0, (q, i) => q * (drawn.Contains(i) ? pi[i] : 1 - pi[i]));
            mean += p * DifferenceTotal.Total(guess.Sum(), [.. drawn.Select(i => y[i])], [.. drawn.Select(i => guess[i])], [.. drawn.Select(i => pi[i])]);
        }

        Assert.Equal(12, mean, 10);
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Assert.Throws<ArgumentException>(() => DifferenceTotal.Total(0, [1], [1, 2], [0.5]));
        Assert.Throws<ArgumentException>(() => DifferenceTotal.Total(0, [1], [1], [2]));
    }
}
