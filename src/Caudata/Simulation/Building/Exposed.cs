using Caudata.Simulation.Expressions;
using Caudata.Simulation.Feedback;

namespace Caudata.Simulation.Building;

/// <summary>What mechanisms of a world with rounds may read of an exposure and of the past, for <c>using static</c>.</summary>
public static class Exposed
{
    /// <summary>The position of the item in the user's slate, from 1.</summary>
    public static Quantity Position { get; } = Named(RoundScope.Position);

    /// <summary>1 where the item is shown.</summary>
    public static Quantity Shown { get; } = Named(RoundScope.Shown);

    /// <summary>The number of the round, from 0.</summary>
    public static Quantity Time { get; } = Named(RoundScope.Time);

    /// <summary>How often the item was shown before, to anybody.</summary>
    public static Quantity Exposures { get; } = Named(RoundScope.Exposures);

    /// <summary>The mean outcome of the item before.</summary>
    public static Quantity Crowd { get; } = Named(RoundScope.Crowd);

    private static Quantity Named(string name) => new(new Expression.Name(name, default));
}
