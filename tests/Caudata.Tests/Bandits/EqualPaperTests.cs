using Caudata.Bandits;

namespace Caudata.Tests.Bandits;

public sealed class EqualPaperTests : DeterministicPolicyLaws
{
    private readonly EqualPaper _policy = new();
    protected override IBanditPolicy Policy => _policy;
    protected override double RewardOf(double value) => _policy.RewardOf(1 - value);

    [Fact]
    public void The_score_is_the_printed_formula_with_the_sign_turned()
    {
        BanditState state = Policy.Start([new Arm(9), new Arm(9)]);
        state = Policy.Update(state, [new ArmOutcome(0, _policy.RewardOf(0.8), 1), new ArmOutcome(0, _policy.RewardOf(0.6), 1), new ArmOutcome(1, _policy.RewardOf(0.7), 1)]);
        double[] s = new double[2];
        Policy.Scores(state, s);
        Assert.Equal(1 - 0.6 + (Math.Sqrt(2 * Math.Log(3) / 2) / 4), s[0], 12); // the last transport of the whole arm, not a mean
        Assert.Equal(1 - 0.7 + (Math.Sqrt(2 * Math.Log(3)) / 4), s[1], 12);
        Assert.Equal(RewardScope.Arm, Policy.Scope);
    }

    [Fact]
    public void The_bonus_vanishes_as_stated()
    {
        BanditState state = Policy.Start([.. Enumerable.Range(0, 1000).Select(_ => new Arm(9))]);
        state = Policy.Update(state, [.. Enumerable.Range(0, 1000).Select(j => new ArmOutcome(j, 0, 1))]);
        double[] s = new double[1000];
        Policy.Scores(state, s);
        Assert.Equal(0.0037, s[0], 4);
    }
}
