using System.Collections.Immutable;

namespace Caudata.Simulation.Building;

/// <summary>When a variable is seen: the mechanism of its indicator.</summary>
public sealed record Seen
{
    private Seen(Quantity? mechanism, bool isLogit, ImmutableArray<Quantity> sizes) => (Mechanism, IsLogit, Sizes) = (mechanism, isLogit, sizes);

    /// <summary>The mean of the probability that is asked for, between 0 and 1: a number or a parameter. Default: none.</summary>
    public Quantity? Mean { get; init; }

    /// <summary>How that mean is reached. Default: <see cref="RateMethod.Intercept"/> for a logistic score, <see cref="RateMethod.Scale"/> for a probability.</summary>
    public RateMethod? By { get; init; }

    /// <summary>The first of two entities when each of its units has that mean by itself; null for the mean over all.</summary>
    public Entity? Per { get; init; }

    internal Quantity? Mechanism { get; }

    internal bool IsLogit { get; }

    internal ImmutableArray<Quantity> Sizes { get; }

    /// <summary>Seen with a probability whose logit is a score.</summary>
    /// <param name="score">The score.</param>
    public static Seen Logistic(Quantity score) => new(score, true, []);

    /// <summary>Seen with a probability, cut to 0 to 1.</summary>
    /// <param name="probability">The probability.</param>
    public static Seen Probability(Quantity probability) => new(probability, false, []);

    /// <summary>Seen where it is drawn, as in a randomised experiment: so many units of the first entity, then for each so many of the second.</summary>
    /// <param name="sizes">A size for each entity: a number or a parameter.</param>
    public static Seen Sample(params ReadOnlySpan<Quantity> sizes) => new(null, false, [.. sizes]);
}
