using Caudata.Bandits;

namespace Caudata.Tests.Bandits;

public sealed class BanditPoliciesTests
{
    [Fact]
    public void Names_are_sorted_and_all_can_be_made()
    {
        Assert.Equal(BanditPolicies.Names.Order(StringComparer.Ordinal), BanditPolicies.Names);
        foreach (string name in BanditPolicies.Names)
        {
            Assert.Equal(name, BanditPolicies.Create(name, new BanditOptions { Seed = 1, LogPropensities = true }).Name);
        }
    }

    [Fact]
    public void Logged_propensities_make_deterministic_policies_explore()
    {
        foreach (string name in BanditPolicies.Names)
        {
            IBanditPolicy policy = BanditPolicies.Create(name, new BanditOptions { Seed = 1, LogPropensities = true });
            double[] p = new double[4];
            policy.Probabilities(policy.Start([new Arm(5), new Arm(5), new Arm(5), new Arm(5)]), 1, p);
            Assert.All(p, x => Assert.True(x >= 0.05 / 4 - 1e-12, name));
        }
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        string message = Assert.Throws<ArgumentException>(() => BanditPolicies.Create("ucb", new BanditOptions { Seed = 1, Exploration = 0, Pulls = 0, HighestReward = -1 })).Message;
        Assert.Contains("no policy 'ucb'. Known: all, equal-code", message, StringComparison.Ordinal);
        Assert.Contains("Exploration is 0", message, StringComparison.Ordinal);
        Assert.Contains("Pulls is 0", message, StringComparison.Ordinal);
        Assert.Contains("from 0 to -1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_a_policy_are_checked_at_the_start()
    {
        Arm[] arms = [new Arm(1)];
        Assert.Contains("Exploration is 2", Assert.Throws<ArgumentException>(() => new RoundRobin { Exploration = 2 }.Start(arms)).Message, StringComparison.Ordinal);
        Assert.Contains("RewardWidth is 0", Assert.Throws<ArgumentException>(() => new Ucb1 { RewardWidth = 0 }.Start(arms)).Message, StringComparison.Ordinal);
        Assert.Contains("Zeta is -1", Assert.Throws<ArgumentException>(() => new UcbV { Zeta = -1 }.Start(arms)).Message, StringComparison.Ordinal);
        Assert.Contains("Draws is 0", Assert.Throws<ArgumentException>(() => new ThompsonSampling { Seed = 1, Draws = 0 }.Start(arms)).Message, StringComparison.Ordinal);
        Assert.Contains("Gamma is 0", Assert.Throws<ArgumentException>(() => new Exp3 { Gamma = 0 }.Start(arms)).Message, StringComparison.Ordinal);
        Assert.Contains("Alpha is NaN", Assert.Throws<ArgumentException>(() => new EqualCode { Alpha = double.NaN }.Start(arms)).Message, StringComparison.Ordinal);
        Assert.Contains("Baseline is NaN", Assert.Throws<ArgumentException>(() => new EqualPaper { Baseline = double.NaN }.Start(arms)).Message, StringComparison.Ordinal);
    }
}
