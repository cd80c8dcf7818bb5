using System.Collections.Immutable;
using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Feedback;

/// <summary>The rounds of a world: in each a policy decides what every user is shown, the outcome is seen for that alone, and the policy of the next round learns from it.</summary>
public sealed record WorldRounds
{
    /// <summary>Most exposures of a run, 2²⁸: 2 GiB of past, and twice that while a round is added.</summary>
    public const long MostExposures = 1L << 28;

    /// <summary>Most rounds.</summary>
    public const int MostRounds = 100_000;

    /// <summary>Most positions of a slate.</summary>
    public const int MostPositions = 1_000;

    /// <summary>Number of rounds, 1 to <see cref="MostRounds"/>.</summary>
    public required int Count { get; init; }

    /// <summary>Items that a user is shown in a round, 1 to <see cref="MostPositions"/>. Default 1.</summary>
    public int Slate { get; init; } = 1;

    /// <summary>The variable that is seen where an item is shown, over users and items.</summary>
    public required string Outcome { get; init; }

    /// <summary>The entity that is shown something: the first of the outcome.</summary>
    public required string User { get; init; }

    /// <summary>The entity that is shown: the second of the outcome.</summary>
    public required string Item { get; init; }

    /// <summary>Outcomes from here on are positive. Default 1.</summary>
    public double Positive { get; init; } = 1;

    /// <summary>True when a user may be shown an item again in a later round. Default true. Else the slate gets shorter when a user has seen all.</summary>
    public bool IsRepeatAllowed { get; init; } = true;

    /// <summary>What decides.</summary>
    public required ExposurePolicy Policy { get; init; }

    /// <summary>The probability that a user comes in a round, for people. Default 1.</summary>
    public string Active { get; init; } = "1";

    /// <summary>Names of observed variables that the log repeats for each exposure. Default none.</summary>
    public ImmutableArray<string> Context { get; init; } = [];

    internal Expression? ActiveMechanism { get; init; }

    internal WorldPlace Place { get; init; }

    internal WorldPlace SlatePlace { get; init; }

    internal WorldPlace OutcomePlace { get; init; }

    internal WorldPlace PolicyPlace { get; init; }

    internal ImmutableArray<WorldPlace> ContextPlaces { get; init; } = [];
}
