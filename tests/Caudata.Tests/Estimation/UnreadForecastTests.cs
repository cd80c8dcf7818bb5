using Caudata.Estimation;
using Caudata.Numerics;

namespace Caudata.Tests.Estimation;

public sealed class UnreadForecastTests
{
    private static UnreadQuestion World(ulong seed, double share, out double truth, int n = 4000, int size = 120, bool predictions = true)
    {
        // The score predicts; the policy read the best 5 %; half of the pairs-holding documents hold one pair, the others up to 12.
        RandomStream stream = new RandomStream(seed, "world");
        double[] scores = new double[n], y = new double[n];
        bool[] chosen = new bool[n], audited = new bool[n];
        for (int i = 0; i < n; i++)
        {
            scores[i] = i / (double)n;
            y[i] = stream.NextDouble() < share * 2 * scores[i] ? (stream.NextInt32(2) == 0 ? 1 : 1 + stream.NextInt32(12)) : 0;
            chosen[i] = i >= 0.95 * n;
        }

        AuditDesign design = AuditDesign.Stratified(scores, size);
        int[] sample = [.. design.Draw(seed)];
        foreach (int i in sample)
        {
            audited[i] = true;
        }

        truth = Enumerable.Range(0, n).Sum(i => audited[i] || chosen[i] ? 0 : y[i]);
        double[] pi = [.. Enumerable.Range(0, n).Select(design.Inclusion)], all = new double[n], own = new double[size], places = new double[n];
        IsotonicRegression.CrossFit(scores, sample, [.. sample.Select(i => y[i])], [.. sample.Select(i => pi[i])], 5, seed, all, own);
        for (int s = 0; s < size; s++)
        {
            places[sample[s]] = own[s];
        }

        // Unread counts are hidden from the estimator: NaN there must not matter.
        double[] seen = [.. Enumerable.Range(0, n).Select(i => audited[i] || chosen[i] ? y[i] : double.NaN)];
        return new UnreadQuestion
        {
            Inclusion = pi,
            Audited = audited,
            Chosen = chosen,
            Counts = seen,
            Costs = Enumerable.Repeat(2.0, n).ToArray(),
            Predictions = predictions ? all : default,
            OutOfFold = predictions ? places : default,
        };
    }

    [Theory]
    [InlineData(0.002)]
    [InlineData(0.02)]
    [InlineData(0.3)]
    public void The_intervals_hold_for_at_least_ninety_of_a_hundred_seeds(double share)
    {
        int ht = 0, dr = 0;
        for (ulong seed = 0; seed < 100; seed++)
        {
            UnreadEstimate e = UnreadForecast.Estimate(World(seed, share, out double truth));
            ht += e.HorvitzThompson.Low95 <= truth && truth <= e.HorvitzThompson.High95 ? 1 : 0;
            dr += e.DoublyRobust!.Low95 <= truth && truth <= e.DoublyRobust.High95 ? 1 : 0;
        }

        Assert.True(ht >= 90 && dr >= 90, $"Horvitz-Thompson {ht}, doubly robust {dr} of 100");
    }

    [Fact]
    public void Both_estimates_are_unbiased()
    {
        double error1 = 0, error2 = 0, square1 = 0, square2 = 0;
        const int Seeds = 200;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            UnreadEstimate e = UnreadForecast.Estimate(World(seed, 0.3, out double truth));
            double d1 = e.HorvitzThompson.Value - truth, d2 = e.DoublyRobust!.Value - truth;
            (error1, error2, square1, square2) = (error1 + d1, error2 + d2, square1 + (d1 * d1), square2 + (d2 * d2));
        }

        Assert.InRange(error1, -3.5 * Math.Sqrt(square1), 3.5 * Math.Sqrt(square1));
        Assert.InRange(error2, -3.5 * Math.Sqrt(square2), 3.5 * Math.Sqrt(square2));
    }

    [Fact]
    public void Found_pairs_costs_and_documents_are_accounted_for()
    {
        UnreadEstimate e = UnreadForecast.Estimate(new UnreadQuestion
        {
            Inclusion = new double[] { 0.5, 0.5, 0.5, 0.5, 0.5, 0.5 },
            Audited = new[] { true, true, true, false, false, false },
            Chosen = new[] { false, false, true, true, false, false },
            Counts = new double[] { 3, 0, 7, 4, 0, 0 },
            Costs = new double[] { 1, 1, 1, 1, 5, 8 },
        });
        Assert.Equal(3, e.HorvitzThompson.Value); // 3 / 0.5 outside the choice, of which 3 are no longer unread
        Assert.Equal((2, 13.0, 2, 1, 3.0), (e.UnreadDocuments, e.UnreadCost!.Value, e.SampledDocuments, e.SampledWithPairs, e.FoundByAudit));
        Assert.Equal(13.0 / 3, e.CostPerPair!.Value, 12);
        Assert.Null(e.DoublyRobust);
        Assert.True(e.HorvitzThompson.Low95 <= e.HorvitzThompson.Low90 && e.HorvitzThompson.High90 <= e.HorvitzThompson.High95);
    }

    [Fact]
    public void When_the_policy_saw_the_audit_the_total_of_all_less_the_known_is_taken()
    {
        UnreadQuestion question = new UnreadQuestion
        {
            Inclusion = new double[] { 0.5, 0.5, 0.5, 0.5 },
            Audited = new[] { true, true, false, false },
            Chosen = new[] { true, false, true, false },
            Counts = new double[] { 6, 2, 1, 0 },
        };
        Assert.Equal(2, UnreadForecast.Estimate(question).HorvitzThompson.Value);
        Assert.Equal(16 - 9, UnreadForecast.Estimate(question, new UnreadForecastOptions { AuditWasHidden = false }).HorvitzThompson.Value);
    }

    [Fact]
    public void Nothing_seen_still_has_an_upper_limit_and_a_known_largest_count_lowers_it()
    {
        UnreadQuestion question = new UnreadQuestion
        {
            Inclusion = Enumerable.Repeat(0.1, 100).ToArray(),
            Audited = Enumerable.Range(0, 100).Select(i => i < 10).ToArray(),
            Chosen = new bool[100],
            Counts = new double[100],
        };
        Forecast free = UnreadForecast.Estimate(question).HorvitzThompson, bound = UnreadForecast.Estimate(question, new UnreadForecastOptions { LargestCount = 1 }).HorvitzThompson;
        Assert.Equal(0, free.Value);
        Assert.Equal(368.8879, free.High95, 3); // -ln(0.025) documents of 10 pairs at weight 10
        Assert.Equal(36.88879, bound.High95, 4);
        Assert.Equal(0, free.Low95);
    }

    [Fact]
    public void A_choice_believed_no_poorer_bounds_the_upper_limit_and_nothing_else()
    {
        // 1,000 documents; 100 chosen with one pair in each second; one audited elsewhere, without any.
        UnreadQuestion question = new UnreadQuestion
        {
            Inclusion = Enumerable.Repeat(1 / 900.0, 1000).ToArray(),
            Audited = Enumerable.Range(0, 1000).Select(i => i == 100).ToArray(),
            Chosen = Enumerable.Range(0, 1000).Select(i => i < 100).ToArray(),
            Counts = Enumerable.Range(0, 1000).Select(i => i < 100 ? i % 2.0 : 0).ToArray(),
        };
        Forecast free = UnreadForecast.Estimate(question).HorvitzThompson, bound = UnreadForecast.Estimate(question, new UnreadForecastOptions { ChoiceIsNoPoorer = true }).HorvitzThompson;
        Assert.Equal((free.Value, free.Low95), (bound.Value, bound.Low95));
        Assert.Equal(WeightedPoisson.Interval(50, 50, 1 * (1 + (2 / 50.0)), 0.95).High * 899 / 100, bound.High95, 6);
        Assert.InRange(bound.High95, 0.5 * 899, free.High95 / 2);
    }

    [Fact]
    public void Everything_read_leaves_nothing()
    {
        UnreadEstimate e = UnreadForecast.Estimate(new UnreadQuestion { Inclusion = new double[] { 0.5 }, Audited = new[] { false }, Chosen = new[] { true }, Counts = new double[] { 3 } });
        Assert.Equal(new Forecast(0, 0, 0, 0, 0), e.HorvitzThompson);
        Assert.Null(e.CostPerPair);
    }

    [Fact]
    public void Mistakes_are_named()
    {
        string lengths = Assert.Throws<ArgumentException>(() => UnreadForecast.Estimate(new UnreadQuestion { Inclusion = new double[1], Audited = new bool[2], Chosen = new bool[2], Counts = new double[2], Costs = new double[3], OutOfFold = new double[2] })).Message;
        Assert.Contains("Inclusion has 1 entries; expected 2", lengths, StringComparison.Ordinal);
        Assert.Contains("Costs has 3", lengths, StringComparison.Ordinal);
        Assert.Contains("OutOfFold is given without Predictions", lengths, StringComparison.Ordinal);
        Assert.Contains("Inclusion[0] is 0", Assert.Throws<ArgumentException>(() => UnreadForecast.Estimate(new UnreadQuestion { Inclusion = new double[1], Audited = new bool[1], Chosen = new bool[1], Counts = new double[1] })).Message, StringComparison.Ordinal);
        Assert.Contains("No audited document", Assert.Throws<ArgumentException>(() => UnreadForecast.Estimate(new UnreadQuestion { Inclusion = new double[] { 1 }, Audited = new bool[1], Chosen = new bool[1], Counts = new double[1] })).Message, StringComparison.Ordinal);
        Assert.Contains("PlausibleCount is 0", Assert.Throws<ArgumentException>(() => UnreadForecast.Estimate(World(1, 0.1, out _), new UnreadForecastOptions { PlausibleCount = 0 })).Message, StringComparison.Ordinal);
    }
}
