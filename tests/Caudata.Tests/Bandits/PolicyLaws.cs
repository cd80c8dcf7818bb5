using System.Collections.Immutable;
using Caudata.Bandits;
using Caudata.Numerics;

namespace Caudata.Tests.Bandits;

/// <summary>What is true of every policy.</summary>
public abstract class PolicyLaws
{
    protected abstract IBanditPolicy Policy { get; }

    /// <summary>The policy with a share of exploration; null when it has none to set.</summary>
    protected virtual IBanditPolicy? Exploring => Policy is BanditPolicy p ? p with { Exploration = 0.2 } : null;

    /// <summary>Whether it finds the good arm.</summary>
    protected virtual bool Learns => true;

    /// <summary>The reward that the policy expects for a mean in [0, 1].</summary>
    protected virtual double RewardOf(double value) => value;

    /// <summary>Whether a pull of cost 0 is a mistake.</summary>
    protected virtual bool NeedsCost => false;

    private static Arm[] Arms(int k, int capacity = 100_000) => [.. Enumerable.Range(0, k).Select(_ => new Arm(capacity))];

    private BanditState After(IBanditPolicy policy, int rounds, int count, out List<ArmChoice> log, ulong seed = 5, int capacity = 100_000, int k = 6)
    {
        BanditState state = policy.Start(Arms(k, capacity));
        RandomStream stream = new RandomStream(seed, "choose"), world = new RandomStream(seed, "world");
        log = [];
        for (int round = 0; round < rounds; round++)
        {
            ImmutableArray<ArmChoice> choices = policy.Choose(state, count, ref stream);
            log.AddRange(choices);
            ArmOutcome[] outcomes = [.. choices.Select(c => new ArmOutcome(c.Arm, RewardOf(Math.Clamp(0.1 * c.Arm + 0.05 * world.NextNormal(), 0, 1)), 1, 1, c.Propensity))];
            state = policy.Update(state, outcomes);
        }

        return state;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(50)]
    public void Probabilities_sum_to_the_number_of_arms_of_the_round(int count)
    {
        foreach (IBanditPolicy policy in new[] { Policy, Exploring }.OfType<IBanditPolicy>())
        {
            foreach (int rounds in new[] { 0, 1, 7, 40 })
            {
                BanditState state = After(policy, rounds, 2, out _).Close(1);
                double[] p = new double[6];
                policy.Probabilities(state, count, p);
                Assert.Equal(Math.Min(count, 5), p.Sum(), 9);
                Assert.All(p, x => Assert.InRange(x, 0, 1));
                Assert.Equal(0, p[1]);
            }
        }
    }

    [Fact]
    public void Choices_carry_their_probabilities_and_come_up_that_often()
    {
        IBanditPolicy policy = Exploring ?? Policy;
        BanditState state = After(policy, 30, 2, out _);
        double[] p = new double[6], hits = new double[6];
        policy.Probabilities(state, 2, p);
        RandomStream stream = new RandomStream(11, "often");
        const int Draws = 4000;
        for (int i = 0; i < Draws; i++)
        {
            ImmutableArray<ArmChoice> choices = policy.Choose(state, 2, ref stream);
            Assert.Equal(2, choices.Length);
            Assert.True(choices[0].Arm < choices[1].Arm);
            foreach (ArmChoice choice in choices)
            {
                Assert.Equal(p[choice.Arm], choice.Propensity, 9);
                hits[choice.Arm]++;
            }
        }

        for (int j = 0; j < 6; j++)
        {
            Assert.InRange(hits[j] / Draws, p[j] - 0.04, p[j] + 0.04); // five standard errors of a share at 4,000 draws
        }
    }

    [Fact]
    public void With_exploration_every_arm_has_a_chance()
    {
        if (Exploring is not { } policy)
        {
            return;
        }

        double[] p = new double[6];
        policy.Probabilities(After(policy, 20, 1, out _), 1, p);
        Assert.All(p, x => Assert.True(x >= (0.2 / 6) - 1e-12));
    }

    [Fact]
    public void The_same_seed_gives_the_same_choices()
    {
        After(Policy, 60, 2, out List<ArmChoice> a);
        After(Policy, 60, 2, out List<ArmChoice> b);
        Assert.Equal(a, b);
    }

    [Fact]
    public void Exhausted_and_closed_arms_are_never_chosen_and_the_end_is_an_empty_round()
    {
        BanditState state = Policy.Start([new Arm(2), new Arm(0), new Arm(3), new Arm(5)]).Close(3);
        RandomStream stream = new RandomStream(3, "exhaust");
        int[] read = new int[4];
        for (ImmutableArray<ArmChoice> round = Policy.Choose(state, 2, ref stream); round.Length > 0; round = Policy.Choose(state, 2, ref stream))
        {
            foreach (ArmChoice choice in round)
            {
                read[choice.Arm]++;
            }

            state = Policy.Update(state, [.. round.Select(c => new ArmOutcome(c.Arm, RewardOf(0.5), 1, 1, c.Propensity))]);
        }

        Assert.Equal([2, 0, 3, 0], read);
        Assert.Equal(0, state.Available);
        double[] scores = new double[4];
        Policy.Scores(state, scores);
        Assert.All(scores, s => Assert.Equal(double.NegativeInfinity, s));
    }

    [Fact]
    public void One_arm_is_always_chosen()
    {
        BanditState state = Policy.Start([new Arm(3)]);
        RandomStream stream = new RandomStream(1, "one");
        for (int i = 0; i < 3; i++)
        {
            ArmChoice choice = Assert.Single(Policy.Choose(state, 5, ref stream));
            Assert.Equal(new ArmChoice(0, 1), choice);
            state = Policy.Update(state, choice, RewardOf(0));
        }

        Assert.Empty(Policy.Choose(state, 5, ref stream));
    }

    [Fact]
    public void Regret_of_the_second_half_is_smaller_on_an_easy_world_unless_the_policy_does_not_learn()
    {
        double[] means = [0.2, 0.25, 0.9, 0.1, 0.3];
        const int Rounds = 2000;
        double[] half = new double[2];
        for (ulong seed = 0; seed < 5; seed++)
        {
            BanditState state = Policy.Start(Arms(5));
            RandomStream stream = new RandomStream(seed, "choose"), world = new RandomStream(seed, "world");
            for (int t = 0; t < Rounds; t++)
            {
                ArmChoice choice = Policy.Choose(state, 1, ref stream)[0];
                half[t * 2 / Rounds] += 0.9 - means[choice.Arm];
                state = Policy.Update(state, choice, RewardOf(Math.Clamp(means[choice.Arm] + 0.05 * world.NextNormal(), 0, 1)));
            }
        }

        if (Learns)
        {
            Assert.True(half[1] < 0.75 * half[0] + 1e-9, $"regret {half[0]:F1} then {half[1]:F1}");
            Assert.True(half[0] + half[1] < 0.5 * 5 * Rounds * 0.55, "no better than drawing at random");
        }
        else
        {
            Assert.True(half[1] > 0.75 * half[0], $"regret {half[0]:F1} then {half[1]:F1}");
        }
    }

    [Fact]
    public void A_state_never_changes()
    {
        BanditState before = After(Policy, 10, 2, out _);
        ArmRecord[] copy = [.. before.Records];
        (int round, long pulls) = (before.Round, before.Pulls);
        RandomStream stream = new RandomStream(1, "state");
        BanditState after = Policy.Update(before, Policy.Choose(before, 1, ref stream)[0], RewardOf(1));
        _ = before.Close(0);
        _ = before.Withdraw(0, 1);
        Assert.Equal(copy, before.Records);
        Assert.Equal((round, pulls), (before.Round, before.Pulls));
        Assert.Equal(round + 1, after.Round);
        Assert.Equal(pulls + 1, after.Pulls);
    }

    [Fact]
    public void Rewards_of_zero_everywhere_are_fine()
    {
        BanditState state = Policy.Start(Arms(3));
        RandomStream stream = new RandomStream(1, "zero");
        for (int i = 0; i < 50; i++)
        {
            ArmChoice choice = Policy.Choose(state, 1, ref stream)[0];
            state = Policy.Update(state, choice, 0);
            double[] scores = new double[3];
            Policy.Scores(state, scores);
            Assert.DoesNotContain(double.NaN, scores);
        }
    }

    [Theory]
    [InlineData(double.NaN, 1, "reward is NaN")]
    [InlineData(double.PositiveInfinity, 1, "reward is ")]
    [InlineData(0.5, double.NaN, "cost is NaN")]
    [InlineData(0.5, -1, "cost is -1")]
    public void Numbers_that_are_none_are_refused(double reward, double cost, string message)
    {
        BanditState state = Policy.Start(Arms(2));
        ArgumentException e = Assert.Throws<ArgumentException>(() => Policy.Update(state, new ArmChoice(0, 1), reward, cost));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Contains("Outcome 0 (arm 0)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cost_of_zero_is_refused_only_where_rewards_are_divided_by_it()
    {
        BanditState state = Policy.Start(Arms(2));
        if (NeedsCost)
        {
            Assert.Contains("PerCost", Assert.Throws<ArgumentException>(() => Policy.Update(state, new ArmChoice(0, 1), 0.5, 0)).Message, StringComparison.Ordinal);
            Assert.Contains("Arm 0 has cost 0", Assert.Throws<ArgumentException>(() => Policy.Start([new Arm(1, 0)])).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(1, Policy.Update(state, new ArmChoice(0, 1), 0.5, 0).Pulls);
        }
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        Assert.Contains("no arms", Assert.Throws<ArgumentException>(() => Policy.Start([])).Message, StringComparison.Ordinal);
        string start = Assert.Throws<ArgumentException>(() => Policy.Start([new Arm(-1), new Arm(1, double.NaN), new Arm(1) { Neighbours = [7] }])).Message;
        Assert.Contains("Arm 0 has capacity -1", start, StringComparison.Ordinal);
        Assert.Contains("Arm 1 has cost NaN", start, StringComparison.Ordinal);
        Assert.Contains("Arm 2 has neighbour 7", start, StringComparison.Ordinal);
        BanditState state = Policy.Start(Arms(2, 1));
        string update = Assert.Throws<ArgumentException>(() => Policy.Update(state, [new ArmOutcome(5, 0, 1), new ArmOutcome(0, 0, 1, 2), new ArmOutcome(1, 0, 1, 1, 0)])).Message;
        Assert.Contains("no such arm", update, StringComparison.Ordinal);
        Assert.Contains("2 documents were read; expected 0 to 1", update, StringComparison.Ordinal);
        Assert.Contains("propensity is 0", update, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_arms_and_lengths_are_checked()
    {
        BanditState state = Policy.Start(Arms(2));
        RandomStream stream = default;
        Assert.Throws<ArgumentOutOfRangeException>(() => Policy.Probabilities(state, 0, new double[2]));
        Assert.Throws<ArgumentException>(() => Policy.Probabilities(state, 1, new double[3]));
        Assert.Throws<ArgumentException>(() => Policy.Scores(state, new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => state.Close(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => state.Withdraw(0, 100_001));
        Assert.True(Policy.ArmsPerRound >= 1 && Policy.DocumentsPerPull >= 1);
        _ = stream.NextDouble();
    }

    [Fact]
    public void It_can_be_made_by_its_name() =>
        Assert.Equal(Policy.Name, BanditPolicies.Create(Policy.Name, new BanditOptions { Seed = 1 }).Name);
}
