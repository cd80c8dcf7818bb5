using Caudata.Bandits;

namespace Caudata.Tests.Bandits;

public sealed class Exp3Tests : PolicyLaws
{
    protected override IBanditPolicy Policy { get; } = new Exp3 { Rounds = 2000 };

    [Fact]
    public void A_pull_multiplies_the_weight_as_printed()
    {
        Exp3 policy = new Exp3 { Gamma = 0.3 };
        BanditState state = policy.Start([new Arm(9), new Arm(9), new Arm(9)]);
        state = policy.Update(state, new ArmChoice(1, 1.0 / 3), 0.5);
        double w = Math.Exp(0.3 * 0.5 * 3 / 3);
        double[] p = new double[3];
        policy.Probabilities(state, 1, p);
        Assert.Equal((0.7 / (2 + w)) + 0.1, p[0], 12);
        Assert.Equal((0.7 * w / (2 + w)) + 0.1, p[1], 12);
    }

    [Fact]
    public void Rewards_outside_the_range_are_clipped_and_counted()
    {
        BanditState state = Policy.Start([new Arm(9), new Arm(9)]);
        state = Policy.Update(state, [new ArmOutcome(0, 7, 1, 1, 0.5), new ArmOutcome(1, 0.5, 1, 1, 0.5), new ArmOutcome(0, -1, 1, 1, 0.5)]);
        Assert.Equal(2, state.Clipped);
    }

    [Fact]
    public void Weights_do_not_overflow()
    {
        Exp3 policy = new Exp3 { Gamma = 1 };
        BanditState state = policy.Start([new Arm(9_999), new Arm(9)]);
        for (int i = 0; i < 3000; i++)
        {
            state = policy.Update(state, new ArmChoice(0, 0.5), 1);
        }

        double[] p = new double[2];
        policy.Probabilities(state, 1, p);
        Assert.Equal(1, p.Sum(), 12);
    }
}
