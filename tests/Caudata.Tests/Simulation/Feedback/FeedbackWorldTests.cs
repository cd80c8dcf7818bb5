using System.Collections.Immutable;
using Caudata.Simulation;
using Caudata.Simulation.Feedback;

namespace Caudata.Tests.Simulation.Feedback;

public sealed class FeedbackWorldTests
{
    private const string Yaml = """
        entities: { user: 130, item: 24, factor: 3, tag: 5 }
        parameters: { slope: 0.5 }
        variables:
          taste[user, factor]: { normal: { mean: 0, sd: 1 }, latent: true }
          trait[item, factor]: { normal: { mean: 0, sd: 1 }, latent: true }
          quality[item]: { normal: { mean: 0, sd: 1 }, latent: true }
          picky[user]: { uniform: { low: 0, high: 1 } }
          utility[user, item]: { is: "quality + dot(taste, trait)", latent: true }
          sampled[user, item]: { is: sample(5), latent: true }
          place[user, item]: { is: rank(utility), latent: true }
          fame[item]: log(1 + exposures)
          swing[user]: { is: "normal(time, 0.1)", latent: true }
          look[user, item]: { bernoulli: shown * position ^ (-slope), latent: true }
          click[user, item]: look * bernoulli(sigmoid(utility - picky + 0.1 * fame + 0.1 * crowd + 0.2 * sampled - 0.01 * place + 0.01 * swing))
        rounds:
          count: 5
          slate: 3
          outcome: click
          active: 0.5 + 0.5 * picky
          context: [fame, picky]
          policy: { epsilon: 0.2, of: { epsilon: 0.5, of: { matrix-factorisation: { rank: 2, temperature: 0.5 } }, with: { choice: { utility: utility, temperature: 2 } } }, with: { popularity: { temperature: 1 } } }
        """;

    private static readonly World Whole = World.Parse(Yaml);

    private static ExposureRound[] Run(World world, ulong seed = 3, int threads = 1, string? change = null) =>
        [.. new FeedbackWorld(world, new SimulationOptions { Seed = seed, Threads = threads }, change is null ? [] : world.ParseIntervention(change)).Run()];

    private static World Simple(string rounds, string outcome = "bernoulli(sigmoid(a))", int users = 50, int items = 6) =>
        World.Parse($"entities: {{ user: {users}, item: {items} }}\nvariables:\n  a[user, item]: {{ is: \"normal(0, 1)\", latent: true }}\n  y[user, item]: {outcome}\n  b[item]: index(item)\nrounds: {{ outcome: y, {rounds} }}");

    private static void Same(ExposureRound[] a, ExposureRound[] b)
    {
        Assert.Equal(a.Length, b.Length);
        foreach ((ExposureRound x, ExposureRound y) in a.Zip(b))
        {
            Assert.Equal(x.Users, y.Users);
            Assert.Equal(x.Items, y.Items);
            Assert.Equal(x.Positions, y.Positions);
            Assert.Equal(x.Propensities, y.Propensities);
            Assert.Equal(x.SlatePropensities, y.SlatePropensities);
            Assert.Equal(x.PositionPropensities, y.PositionPropensities);
            Assert.Equal(x.Outcomes, y.Outcomes);
            Assert.Equal(x.Context.Length, y.Context.Length);
            Assert.All(x.Context.Zip(y.Context), c => Assert.Equal(c.First, c.Second));
        }
    }

    [Fact]
    public void Threads_change_no_bit_and_seeds_do()
    {
        ExposureRound[] one = Run(Whole);
        Same(one, Run(Whole, threads: 2));
        Same(one, Run(Whole, threads: 8));
        Assert.NotEqual(one[0].Items, Run(Whole, seed: 4)[0].Items);
        Assert.All(one, round => Assert.InRange(round.Count, 130, 330));
    }

    [Fact]
    public void The_same_policy_is_the_factual_world_bit_for_bit()
    {
        Same(Run(Whole), Run(Whole, change: "policy={ epsilon: 0.2, of: { epsilon: 0.5, of: { matrix-factorisation: { rank: 2, temperature: 0.5 } }, with: { choice: { utility: utility, temperature: 2 } } }, with: { popularity: { temperature: 1 } } }"));
        Same(Run(Whole), Run(Whole, change: "quality=normal(0, 1)"));
    }

    [Fact]
    public void Another_policy_changes_what_depends_on_it_and_nothing_else()
    {
        World world = Simple("count: 4, slate: 2, policy: random", "bernoulli(sigmoid(a) / position)");
        ExposureRound[] before = Run(world), after = Run(world, change: "policy={ choice: { utility: a, temperature: 1 } }");
        Assert.NotEqual(before[0].Items, after[0].Items);
        int shared = 0;
        foreach ((ExposureRound x, ExposureRound y) in before.Zip(after))
        {
            Dictionary<(int, int, int), double> known = Enumerable.Range(0, x.Count).ToDictionary(e => (x.Users[e], x.Items[e], x.Positions[e]), e => x.Outcomes[e]);
            for (int e = 0; e < y.Count; e++)
            {
                if (known.TryGetValue((y.Users[e], y.Items[e], y.Positions[e]), out double outcome))
                {
                    shared++;
                    Assert.Equal(outcome, y.Outcomes[e]);
                }
            }
        }

        Assert.InRange(shared, 20, 400);
    }

    [Fact]
    public void The_first_outcome_at_the_top_is_that_of_the_world_before_its_rounds()
    {
        SimulatedWorld simulated = new(Whole, new SimulationOptions { Seed = 3 });
        double[] click = simulated.Read("click")[0], picky = simulated.Read("picky")[0];
        ExposureRound[] rounds = Run(Whole);
        Assert.All(Enumerable.Range(0, rounds[0].Count).Where(e => rounds[0].Positions[e] == 1), e => Assert.Equal(click[(rounds[0].Users[e] * 24) + rounds[0].Items[e]], rounds[0].Outcomes[e]));
        Assert.All(rounds, round => Assert.All(Enumerable.Range(0, round.Count), e => Assert.Equal(picky[round.Users[e]], round.Context[1][e])));
        // In later rounds the same pair at the top is drawn anew.
        int differs = rounds[1..].Sum(round => Enumerable.Range(0, round.Count).Count(e => round.Positions[e] == 1 && click[(round.Users[e] * 24) + round.Items[e]] != round.Outcomes[e]));
        Assert.InRange(differs, 5, 400);
    }

    [Fact]
    public void The_past_that_mechanisms_read_is_that_of_the_log()
    {
        long[] counts = new long[24];
        foreach (ExposureRound round in Run(Whole))
        {
            Assert.All(Enumerable.Range(0, round.Count), e => Assert.Equal(Math.Log(1 + counts[round.Items[e]]), round.Context[0][e], 1e-12));
            foreach (int item in round.Items)
            {
                counts[item]++;
            }
        }
    }

    [Fact]
    public void The_crowd_is_the_mean_so_far()
    {
        World world = World.Parse("entities: { user: 20, item: 3 }\nvariables:\n  y[user, item]: normal(index(item), 1)\n  c[item]: crowd\nrounds: { count: 3, outcome: y, policy: random, context: [c] }");
        List<(int Item, double Y)> past = [];
        foreach (ExposureRound round in Run(world))
        {
            for (int e = 0; e < round.Count; e++)
            {
                double expected = past.Count == 0 ? 0 : past.Any(p => p.Item == round.Items[e]) ? past.Where(p => p.Item == round.Items[e]).Average(p => p.Y) : past.Average(p => p.Y);
                Assert.Equal(expected, round.Context[0][e], 1e-9);
            }

            past.AddRange(Enumerable.Range(0, round.Count).Select(e => (round.Items[e], round.Outcomes[e])));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Logged_propensities_are_those_of_the_policy(int positions)
    {
        // Two ways: the log, and the distribution made anew from the truth and from the log so far.
        World world = Simple($"count: 4, slate: {positions}, policy: {{ epsilon: 0.3, of: {{ choice: {{ utility: a, temperature: 0.5 }} }}, with: {{ popularity: {{ temperature: 1 }} }} }}");
        double[] a = new SimulatedWorld(world, new SimulationOptions { Seed = 3 }).Read("a")[0];
        double[] positives = new double[6];
        foreach (ExposureRound round in Run(world))
        {
            double[] popular = [.. positives.Select(p => Math.Log(1 + p))];
            for (int e = 0; e < round.Count; e += positions)
            {
                SlateDistribution truth = new(6, [new(0.7, 0.5, a[(round.Users[e] * 6)..((round.Users[e] * 6) + 6)]), new(0.3, 1, popular)]);
                int[] slate = [.. round.Items.AsSpan(e, positions)];
                for (int p = 0; p < positions; p++)
                {
                    Assert.Equal(p + 1, round.Positions[e + p]);
                    Assert.Equal(truth.Probability(slate[p], slate.AsSpan(0, p)), round.Propensities[e + p], 1e-13);
                    Assert.Equal(truth.Probability(slate), round.SlatePropensities[e + p], 1e-13);
                    Assert.Equal(truth.PositionProbability(slate[p], p + 1), round.PositionPropensities[e + p], 1e-13);
                }
            }

            for (int e = 0; e < round.Count; e++)
            {
                positives[round.Items[e]] += round.Outcomes[e] >= 1 ? 1 : 0;
            }
        }
    }

    [Fact]
    public void Weighting_by_propensities_gives_the_value_of_another_policy()
    {
        // Three ways: weights on the log, the counterfactual world, and the sum over items of probability and expected outcome.
        World world = Simple("count: 20, policy: { choice: { utility: a, temperature: 2 } }", users: 400);
        double[] a = new SimulatedWorld(world, new SimulationOptions { Seed = 3 }).Read("a")[0];
        SlateDistribution Other(int user) => new(6, [new(1, 2, [.. a[(user * 6)..((user * 6) + 6)].Select(x => -x)])]);
        double exact = Enumerable.Range(0, 400).Average(user => Enumerable.Range(0, 6).Sum(item => Other(user).Probability([item]) / (1 + Math.Exp(-a[(user * 6) + item]))));
        List<double> weighted = [];
        foreach (ExposureRound round in Run(world))
        {
            for (int e = 0; e < round.Count; e++)
            {
                weighted.Add(Other(round.Users[e]).Probability([round.Items[e]]) / round.Propensities[e] * round.Outcomes[e]);
            }
        }

        double estimate = weighted.Average(), error = Math.Sqrt(weighted.Sum(w => (w - estimate) * (w - estimate))) / weighted.Count;
        Assert.InRange(Math.Abs(estimate - exact), 0, 4 * error);
        double[] run = [.. Run(world, change: "policy={ choice: { utility: 0 - a, temperature: 2 } }").SelectMany(round => round.Outcomes)];
        Assert.InRange(Math.Abs(run.Average() - exact), 0, 4 * Math.Sqrt(exact * (1 - exact) / run.Length));
        Assert.True(Run(world).SelectMany(round => round.Outcomes).Average() - exact > 0.15);
    }

    [Fact]
    public void Without_repeats_nobody_sees_an_item_twice()
    {
        World world = Simple("count: 5, slate: 4, repeat: false, policy: { epsilon: 0.5, of: popularity }");
        ExposureRound[] rounds = Run(world);
        Assert.Equal([200, 100, 0, 0, 0], rounds.Select(round => round.Count));
        Assert.Equal(300, rounds.SelectMany(round => round.Users.Zip(round.Items)).Distinct().Count());
    }

    [Fact]
    public void Popularity_without_temperature_shows_the_most_popular()
    {
        World world = Simple("count: 6, slate: 2, policy: popularity", "bernoulli(0.2 + 0.1 * index(item))");
        double[] positives = new double[6];
        foreach (ExposureRound round in Run(world))
        {
            double second = positives.OrderDescending().ElementAt(1);
            Assert.All(round.Items, item => Assert.True(positives[item] >= second));
            for (int e = 0; e < round.Count; e++)
            {
                positives[round.Items[e]] += round.Outcomes[e];
            }
        }

        ExposureStatistics statistics = new(6, 1);
        Run(world).ToList().ForEach(statistics.Add);
        Assert.Equal(2 / 6.0, statistics.Rounds[^1].Coverage);
        Assert.True(statistics.Rounds[0].Gini < 0.3 && statistics.Rounds[^1].Gini > 0.6);
        Assert.Equal(600, statistics.Count);
    }

    [Fact]
    public void The_position_preset_has_its_bias_and_at_strength_0_none()
    {
        double[] With(double strength)
        {
            World world = WorldPresets.Open("position", new Caudata.Simulation.Files.TableFolder("."), new Dictionary<string, double> { ["strength"] = strength, ["user"] = 2000, ["epsilon"] = 1 });
            double[] clicks = new double[10], shown = new double[10];
            foreach (ExposureRound round in Run(world))
            {
                for (int e = 0; e < round.Count; e++)
                {
                    clicks[round.Positions[e] - 1] += round.Outcomes[e];
                    shown[round.Positions[e] - 1]++;
                }
            }

            return [.. clicks.Zip(shown, (c, n) => c / n)];
        }

        double[] biased = With(1), unbiased = With(0);
        for (int p = 0; p < 10; p++)
        {
            Assert.Equal(biased[0] / (p + 1), biased[p], 0.015);
            Assert.Equal(unbiased[0], unbiased[p], 0.02);
        }

        Assert.Equal(unbiased[0], biased[0], 1e-12);
    }

    [Fact]
    public void The_feedback_loop_preset_narrows_and_randomness_widens_it()
    {
        RoundStatistics[] With(double epsilon)
        {
            World world = WorldPresets.Open("feedback-loop", new Caudata.Simulation.Files.TableFolder("."), new Dictionary<string, double> { ["epsilon"] = epsilon, ["user"] = 150, ["item"] = 100 });
            ExposureStatistics statistics = new(100, 4);
            Run(world).ToList().ForEach(statistics.Add);
            return [.. statistics.Rounds];
        }

        RoundStatistics[] narrow = With(0), wide = With(0.5);
        Assert.True(narrow[^1].Gini > narrow[0].Gini + 0.3);
        Assert.True(narrow[^1].Coverage < 0.6 && wide[^1].Coverage > 0.9);
        Assert.True(narrow[^1].Gini > wide[^1].Gini + 0.1);
        Assert.True(narrow[^1].Outcome > narrow[0].Outcome);
    }

    [Fact]
    public void The_gini_index_is_that_of_its_formula()
    {
        Assert.Equal(0, ExposureStatistics.Gini([3, 3, 3]), 1e-15);
        Assert.Equal(0.75, ExposureStatistics.Gini([0, 0, 0, 8]), 1e-15);
        Assert.Equal(0.25, ExposureStatistics.Gini([4, 1, 3, 2]), 1e-15);
        Assert.True(double.IsNaN(ExposureStatistics.Gini([0, 0])));
    }

    [Fact]
    public void Worlds_without_rounds_and_stops_are_told()
    {
        World plain = World.Parse("entities: { user: 1 }\nvariables:\n  a[user]: 1");
        Assert.Contains("has no rounds", Assert.Throws<ArgumentException>(() => new FeedbackWorld(plain, new SimulationOptions { Seed = 1 })).Message, StringComparison.Ordinal);
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => new FeedbackWorld(Whole, new SimulationOptions { Seed = 1 }, [], stop.Token).Run().Count());
    }

    [Fact]
    public void A_world_of_one_user_and_one_item_runs()
    {
        ExposureRound[] rounds = Run(Simple("count: 2, policy: { matrix-factorisation: { rank: 1 } }", users: 1, items: 1));
        Assert.All(rounds, round => Assert.Equal([1.0], round.Propensities.ToArray()));
        Assert.Empty(Run(Simple("count: 1, active: 0, policy: random"))[0].Users);
        ImmutableArray<int> positions = Run(Simple("count: 1, slate: 6, policy: random", users: 3))[0].Positions;
        Assert.Equal(18, positions.Length);
    }
}
