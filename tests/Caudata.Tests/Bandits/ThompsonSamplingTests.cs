using Caudata.Bandits;

namespace Caudata.Tests.Bandits;

public sealed class ThompsonSamplingTests : PolicyLaws
{
    protected override IBanditPolicy Policy { get; } = new ThompsonSampling { Seed = 3, Draws = 64 };

    [Fact]
    public void The_probabilities_agree_with_numerical_integration()
    {
        ThompsonSampling policy = new ThompsonSampling { Seed = 9, Draws = 40_000 };
        BanditState state = policy.Start([new Arm(99), new Arm(99), new Arm(99)]);
        state = policy.Update(state, [new ArmOutcome(0, 0.4, 1), new ArmOutcome(0, 0.7, 1), new ArmOutcome(1, 0.5, 1), new ArmOutcome(2, 0.3, 1), new ArmOutcome(2, 0.35, 1), new ArmOutcome(2, 0.2, 1)]);
        double[] p = new double[3];
        policy.Probabilities(state, 1, p);
        for (int j = 0; j < 3; j++)
        {
            double expected = BestByIntegration(policy, state, j);
            Assert.InRange(p[j], expected - 0.012, expected + 0.012); // five standard errors
        }
    }

    [Fact]
    public void The_belief_is_the_conjugate_posterior()
    {
        ThompsonSampling policy = new ThompsonSampling { Seed = 1, PriorReward = 0.5, PriorPulls = 1, PriorVariance = 0.25, PriorDegrees = 2 };
        BanditState state = policy.Start([new Arm(9)]);
        state = policy.Update(state, [new ArmOutcome(0, 1, 1), new ArmOutcome(0, 0, 1), new ArmOutcome(0, 0.8, 1)]);
        (double location, double scale, double degrees) = policy.Belief(state.Arms[0], state.Records[0]);
        Assert.Equal((0.5 + 1.8) / 4, location, 12);
        Assert.Equal(5, degrees);
        double squares = 0.5 + 0.56 + (3.0 / 4 * 0.01); // nu0 sigma0^2 + sum (r - 0.6)^2 + k0 n / (k0 + n) (0.6 - 0.5)^2
        Assert.Equal(Math.Sqrt(squares / 5 / 4), scale, 12);
    }

    [Fact]
    public void Samples_belong_to_the_round_not_to_the_order_of_calls()
    {
        IBanditPolicy policy = Policy;
        BanditState state = policy.Start([new Arm(9), new Arm(9)]);
        double[] a = new double[2], b = new double[2];
        policy.Probabilities(state, 1, a);
        policy.Probabilities(policy.Update(state, new ArmChoice(0, 1), 1), 1, b);
        policy.Probabilities(state, 1, b);
        Assert.Equal(a, b);
    }

    private static double BestByIntegration(ThompsonSampling policy, BanditState state, int arm)
    {
        // P(arm is best) = ∫ f_arm(x) Π_{i≠arm} F_i(x) dx on a fine grid; F by summing f.
        const int Steps = 40_000;
        const double Low = -40, High = 40, Dx = (High - Low) / Steps;
        double[] cumulative = new double[3];
        double total = 0;
        for (int s = 0; s < Steps; s++)
        {
            double x = Low + ((s + 0.5) * Dx), product = 1, own = 0;
            for (int j = 0; j < 3; j++)
            {
                (double m, double c, double v) = policy.Belief(state.Arms[j], state.Records[j]);
                double z = (x - m) / c, f = Math.Pow(1 + (z * z / v), -(v + 1) / 2) * Dx;
                cumulative[j] += f / 2;
                if (j == arm)
                {
                    own = f;
                }
                else
                {
                    product *= cumulative[j];
                }

                cumulative[j] += f / 2;
            }

            total += own * product;
        }

        return total / cumulative.Aggregate((a, b) => a * b);
    }
}

public sealed class ThompsonSamplingPerCostTests : PolicyLaws
{
    protected override IBanditPolicy Policy { get; } = new ThompsonSampling { Seed = 3, Draws = 16, PerCost = true };
    protected override bool NeedsCost => true;
}
