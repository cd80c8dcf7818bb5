using Caudata.Bandits;
using Caudata.Numerics;

namespace Caudata.Tests.Bandits;

public sealed class EqualCodeTests : DeterministicPolicyLaws
{
    private readonly EqualCode _policy = new();
    protected override IBanditPolicy Policy => _policy;

    // A bad arm must fall below 0, or the released rule never opens another one: 0.2 -> -0.57, 0.9 -> 0.48.
    protected override double RewardOf(double value) => _policy.RewardOf(1 - (1.5 * (value - 0.5)));

    [Fact]
    public void The_released_settings_hold()
    {
        Assert.Equal((50, 10), (Policy.ArmsPerRound, Policy.DocumentsPerPull));
        Assert.Equal(0.28, _policy.RewardOf(0.6), 12);
    }

    [Fact]
    public void An_unvisited_arm_is_worth_zero_and_opens_when_the_known_ones_fall_below()
    {
        BanditState state = Policy.Start([new Arm(9), new Arm(9)]);
        RandomStream stream = new RandomStream(1, "code");
        state = Policy.Update(state, new ArmChoice(0, 1), 0.01);
        Assert.Equal(0, Policy.Choose(state, 1, ref stream)[0].Arm);
        state = Policy.Update(state, new ArmChoice(0, 1), -0.1);
        Assert.Equal(1, Policy.Choose(state, 1, ref stream)[0].Arm);
    }

    [Fact]
    public void Neighbours_are_credited_and_the_mean_is_of_pulls()
    {
        BanditState state = Policy.Start([new Arm(9) { Neighbours = [1] }, new Arm(9) { Neighbours = [0] }, new Arm(9)]);
        state = Policy.Update(state, [new ArmOutcome(0, 0.3, 1), new ArmOutcome(0, 0.5, 1)]);
        double[] s = new double[3];
        Policy.Scores(state, s);
        double expected = 0.4 + (0.001 * Math.Sqrt(2 * Math.Log(4) / 2));
        Assert.Equal(expected, s[0], 12);
        Assert.Equal(expected, s[1], 12);
        Assert.Equal(0, s[2]);
        Assert.Equal(2, state.Records[1].Credits);
        Assert.Equal(9, state.Records[1].Remaining);
    }
}
