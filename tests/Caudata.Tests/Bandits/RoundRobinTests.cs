using Caudata.Bandits;
using Caudata.Numerics;

namespace Caudata.Tests.Bandits;

public sealed class RoundRobinTests : DeterministicPolicyLaws
{
    protected override IBanditPolicy Policy { get; } = new RoundRobin();
    protected override bool Learns => false;

    [Fact]
    public void Arms_are_taken_in_turn()
    {
        BanditState state = Policy.Start([new Arm(2), new Arm(1), new Arm(2)]);
        RandomStream stream = new RandomStream(1, "turn");
        List<int> order = [];
        for (int i = 0; i < 5; i++)
        {
            ArmChoice choice = Policy.Choose(state, 1, ref stream)[0];
            order.Add(choice.Arm);
            state = Policy.Update(state, choice, i);
        }

        Assert.Equal([0, 1, 2, 0, 2], order);
    }
}
