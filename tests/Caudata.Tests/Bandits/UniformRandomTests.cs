using Caudata.Bandits;

namespace Caudata.Tests.Bandits;

public sealed class UniformRandomTests : PolicyLaws
{
    protected override IBanditPolicy Policy { get; } = new UniformRandom();
    protected override bool Learns => false;

    [Fact]
    public void Every_document_has_the_same_chance()
    {
        BanditState state = Policy.Start([new Arm(10), new Arm(30), new Arm(60)]);
        double[] p = new double[3];
        Policy.Probabilities(state, 1, p);
        Assert.Equal([0.1, 0.3, 0.6], p.Select(x => Math.Round(x, 12)));
        Policy.Probabilities(state, 2, p);
        Assert.Equal([0.25, 0.75, 1], p.Select(x => Math.Round(x, 12)));
    }
}
