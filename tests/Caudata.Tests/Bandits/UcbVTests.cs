using Caudata.Bandits;

namespace Caudata.Tests.Bandits;

public sealed class UcbVTests : DeterministicPolicyLaws
{
    protected override IBanditPolicy Policy { get; } = new UcbV();

    [Fact]
    public void The_score_is_the_printed_formula()
    {
        BanditState state = Policy.Start([new Arm(9), new Arm(9)]);
        state = Policy.Update(state, [new ArmOutcome(0, 0.2, 1), new ArmOutcome(0, 0.4, 1), new ArmOutcome(1, 0.5, 1)]);
        double[] s = new double[2];
        Policy.Scores(state, s);
        double e = 1.2 * Math.Log(3);
        Assert.Equal(0.3 + Math.Sqrt(2 * 0.01 * e / 2) + (3 * e / 2), s[0], 12);
        Assert.Equal(0.5 + (3 * e), s[1], 12);
    }

    [Fact]
    public void A_prior_counts_as_pulls_of_that_reward()
    {
        BanditState with = Policy.Start([new Arm(9) { PriorReward = 0.5, PriorPulls = 2 }]), without = Policy.Start([new Arm(9)]);
        with = Policy.Update(with, [new ArmOutcome(0, 0.1, 1), new ArmOutcome(0, 0.2, 1)]);
        without = Policy.Update(without, [new ArmOutcome(0, 0.1, 1), new ArmOutcome(0, 0.2, 1), new ArmOutcome(0, 0.5, 1), new ArmOutcome(0, 0.5, 1)]);
        double[] a = new double[1], b = new double[1];
        Policy.Scores(with, a);
        Policy.Scores(without, b);
        Assert.Equal(b[0], a[0], 12);
    }
}

public sealed class UcbVPerCostTests : DeterministicPolicyLaws
{
    protected override IBanditPolicy Policy { get; } = new UcbV { PerCost = true };
    protected override bool NeedsCost => true;
}
