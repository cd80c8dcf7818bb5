using System.Collections.Immutable;

namespace Caudata.Simulation.Feedback;

/// <summary>What was shown in a round, exposure by exposure: user by user, and from position 1 on.</summary>
public sealed class ExposureRound
{
    /// <summary>Number of the round, from 0.</summary>
    public required int Round { get; init; }

    /// <summary>The users, shape [n].</summary>
    public required ImmutableArray<int> Users { get; init; }

    /// <summary>The items, shape [n].</summary>
    public required ImmutableArray<int> Items { get; init; }

    /// <summary>The positions, from 1, shape [n].</summary>
    public required ImmutableArray<int> Positions { get; init; }

    /// <summary>Probability of the item at its position, given the past and the items above it, in (0, 1], shape [n].</summary>
    public required ImmutableArray<double> Propensities { get; init; }

    /// <summary>Probability of the whole slate, given the past: the product of the propensities of its positions; the same for all of a slate, shape [n].</summary>
    public required ImmutableArray<double> SlatePropensities { get; init; }

    /// <summary>Probability of the item at its position, given the past, whatever stands above it, shape [n]; NaN where it is not given, see <see cref="SlateDistribution.PositionProbability"/>.</summary>
    public required ImmutableArray<double> PositionPropensities { get; init; }

    /// <summary>The outcomes, shape [n].</summary>
    public required ImmutableArray<double> Outcomes { get; init; }

    /// <summary>The values of the variables of <see cref="WorldRounds.Context"/>, each shape [n].</summary>
    public required ImmutableArray<ImmutableArray<double>> Context { get; init; }

    /// <summary>Number of exposures.</summary>
    public int Count => Users.Length;
}
