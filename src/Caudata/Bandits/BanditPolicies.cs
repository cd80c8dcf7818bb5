using System.Collections.Immutable;

namespace Caudata.Bandits;

/// <summary>What a policy needs to know to be made from its name.</summary>
public sealed record BanditOptions
{
    /// <summary>Seed of the policies that draw samples.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Whether every choice must have a known positive probability: then deterministic policies explore in <see cref="Exploration"/> of their rounds. Default false.</summary>
    public bool LogPropensities { get; init; }

    /// <summary>ε, read where <see cref="LogPropensities"/> is on; in (0, 1]. Default 0.05: a twentieth of the budget for knowing what the rest misses.</summary>
    public double Exploration { get; init; } = 0.05;

    /// <summary>Whether arms are ranked by reward per cost (<c>ucb1</c>, <c>ucb-v</c>, <c>thompson</c>, <c>exp3</c>). Default true: the budget is what runs out. Turn it off for rewards that are per cost
    /// already. The range of rewards holds per cost, too: give costs in units of a usual pull, so that they are about 1.</summary>
    public bool PerCost { get; init; } = true;

    /// <summary>Smallest reward to be expected. Default 0.</summary>
    public double LowestReward { get; init; }

    /// <summary>Largest reward to be expected; above <see cref="LowestReward"/>. Default 1.</summary>
    public double HighestReward { get; init; } = 1;

    /// <summary>Expected number of pulls, at least 1 (<c>exp3</c>). Default 1,000.</summary>
    public int Pulls { get; init; } = 1000;

    /// <summary>All mistakes, empty when there is none.</summary>
    public IEnumerable<string> Validate()
    {
        if (!(Exploration > 0 && Exploration <= 1))
        {
            yield return $"Exploration is {Exploration}; expected a share in (0, 1].";
        }

        if (!(double.IsFinite(LowestReward) && double.IsFinite(HighestReward) && LowestReward < HighestReward))
        {
            yield return $"Rewards are expected from {LowestReward} to {HighestReward}; expected two finite numbers, the first smaller.";
        }

        if (Pulls < 1)
        {
            yield return $"Pulls is {Pulls}; expected at least 1.";
        }
    }
}

/// <summary>The policies by name.</summary>
public static class BanditPolicies
{
    /// <summary>All names, in alphabetical order.</summary>
    public static ImmutableArray<string> Names { get; } =
        ["all", "equal-code", "equal-paper", "exp3", "random", "round-robin", "thompson", "ucb-v", "ucb1"];

    /// <summary>Makes a policy.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">What it needs to know.</param>
    /// <exception cref="ArgumentException">There is no policy of that name, or options are out of range; all mistakes are named.</exception>
    public static IBanditPolicy Create(string name, BanditOptions options)
    {
        List<string> mistakes = [.. options.Validate()];
        if (!Names.Contains(name))
        {
            mistakes.Insert(0, $"There is no policy '{name}'. Known: {string.Join(", ", Names)}.");
        }

        if (mistakes.Count > 0)
        {
            BanditErrors.Throw(mistakes, nameof(options));
        }

        double width = options.HighestReward - options.LowestReward;
        double epsilon = options.LogPropensities ? options.Exploration : 0;
        return name switch
        {
            "all" => new ReadAll { Exploration = epsilon },
            "equal-code" => new EqualCode { Exploration = epsilon },
            "equal-paper" => new EqualPaper { Exploration = epsilon },
            "exp3" => new Exp3 { Lowest = options.LowestReward, Highest = options.HighestReward, Rounds = options.Pulls, PerCost = options.PerCost },
            "random" => new UniformRandom(),
            "round-robin" => new RoundRobin { Exploration = epsilon },
            "thompson" => new ThompsonSampling
            {
                Seed = options.Seed,
                PerCost = options.PerCost,
                PriorReward = options.LowestReward + (width / 2),
                PriorVariance = width * width / 4,
                Exploration = epsilon,
            },
            "ucb-v" => new UcbV { RewardWidth = width, PerCost = options.PerCost, Exploration = epsilon },
            _ => new Ucb1 { RewardWidth = width, PerCost = options.PerCost, Exploration = epsilon },
        };
    }
}
