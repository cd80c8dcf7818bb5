using Caudata.Bandits;
using Caudata.Numerics;

namespace Caudata.Tests.Bandits;

public sealed class Ucb1Tests : DeterministicPolicyLaws
{
    protected override IBanditPolicy Policy { get; } = new Ucb1();

    [Fact]
    public void The_score_is_the_printed_formula()
    {
        BanditState state = Policy.Start([new Arm(9), new Arm(9)]);
        state = Policy.Update(state, [new ArmOutcome(0, 0.2, 1), new ArmOutcome(0, 0.4, 1), new ArmOutcome(1, 0.5, 1)]);
        double[] s = new double[2];
        Policy.Scores(state, s);
        Assert.Equal(0.3 + Math.Sqrt(2 * Math.Log(3) / 2), s[0], 12);
        Assert.Equal(0.5 + Math.Sqrt(2 * Math.Log(3)), s[1], 12);
    }

    [Fact]
    public void A_prior_replaces_the_first_try()
    {
        BanditState state = Policy.Start([new Arm(9) { PriorReward = 0.1, PriorPulls = 4 }, new Arm(9) { PriorReward = 0.8, PriorPulls = 4 }]);
        double[] s = new double[2];
        Policy.Scores(state, s);
        Assert.True(s[1] > s[0] && double.IsFinite(s[1]));
    }
}

public sealed class Ucb1PerCostTests : DeterministicPolicyLaws
{
    protected override IBanditPolicy Policy { get; } = new Ucb1 { PerCost = true };
    protected override bool NeedsCost => true;

    [Fact]
    public void The_cheaper_of_two_equal_arms_wins()
    {
        BanditState state = Policy.Start([new Arm(9, 4), new Arm(9, 1)]);
        state = Policy.Update(state, [new ArmOutcome(0, 0.5, 4), new ArmOutcome(1, 0.5, 1)]);
        RandomStream stream = new RandomStream(1, "cost");
        Assert.Equal(1, Policy.Choose(state, 1, ref stream)[0].Arm);
    }
}
