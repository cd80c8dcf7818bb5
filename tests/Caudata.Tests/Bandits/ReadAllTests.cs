using Caudata.Bandits;

namespace Caudata.Tests.Bandits;

public sealed class ReadAllTests : DeterministicPolicyLaws
{
    protected override IBanditPolicy Policy { get; } = new ReadAll();
    protected override bool Learns => false;
}
