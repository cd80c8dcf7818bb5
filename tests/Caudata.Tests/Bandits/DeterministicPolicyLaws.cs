using System.Collections.Immutable;
using Caudata.Bandits;
using Caudata.Numerics;

namespace Caudata.Tests.Bandits;

/// <summary>What is true of the policies that are not random: choices of probability 1, ties to the lowest index.</summary>
public abstract class DeterministicPolicyLaws : PolicyLaws
{
    [Fact]
    public void Without_exploration_every_propensity_is_one()
    {
        BanditState state = Policy.Start([new Arm(9), new Arm(9), new Arm(9)]);
        RandomStream stream = new RandomStream(1, "one");
        for (int i = 0; i < 9; i++)
        {
            ImmutableArray<ArmChoice> round = Policy.Choose(state, 2, ref stream);
            Assert.All(round, c => Assert.Equal(1, c.Propensity));
            state = Policy.Update(state, [.. round.Select(c => new ArmOutcome(c.Arm, RewardOf(0.5), 1))]);
        }
    }

    [Fact]
    public void Ties_go_to_the_lowest_index()
    {
        RandomStream stream = new RandomStream(1, "ties");
        BanditState state = Policy.Start([new Arm(9), new Arm(9), new Arm(9), new Arm(9)]);
        Assert.Equal([0, 1], Policy.Choose(state, 2, ref stream).Select(c => c.Arm));
        Assert.Equal([1, 2], Policy.Choose(state.Close(0), 2, ref stream).Select(c => c.Arm));
    }
}
