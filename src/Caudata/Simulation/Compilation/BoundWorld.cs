using System.Collections.Immutable;

namespace Caudata.Simulation.Compilation;

/// <summary>A world with a value for each variable and indicator.</summary>
/// <param name="Variables">Values of the variables by name.</param>
/// <param name="Propensities">Probabilities that variables are seen, by name of the indicator.</param>
/// <param name="Indicators">Values of the indicators by name: 1 or 0.</param>
/// <param name="Scores">What probabilities are made of before they are brought to a rate, by name of the indicator; a sample has none.</param>
/// <param name="Constants">What brings an indicator to its rate, by name of the indicator; under an intervention, that of the factual world.</param>
internal sealed record BoundWorld(
    ImmutableSortedDictionary<string, Node> Variables, ImmutableSortedDictionary<string, Node> Propensities, ImmutableSortedDictionary<string, Node> Indicators,
    ImmutableSortedDictionary<string, Node> Scores, ImmutableSortedDictionary<string, Node> Constants)
{
    public static BoundWorld Empty { get; } = new(ImmutableSortedDictionary<string, Node>.Empty, ImmutableSortedDictionary<string, Node>.Empty, ImmutableSortedDictionary<string, Node>.Empty, ImmutableSortedDictionary<string, Node>.Empty, ImmutableSortedDictionary<string, Node>.Empty);
}
