namespace Caudata.Simulation.Ctar;

/// <summary>What CTAR's files hold beyond the world: forgetting and the tests. Defaults are those of [lyu2022].</summary>
public sealed record CtarOptions
{
    /// <summary>Probability that a liked tag beyond the first is recorded, in [0, 1]. Default 0.6.</summary>
    public double Remembered { get; init; } = 0.6;

    /// <summary>Tries for test 2, of identifiable tags, at least 0. Default 5,000.</summary>
    public int IdentifiableTries { get; init; } = 5_000;

    /// <summary>Those of them that look for a liked tag. Default 1,500.</summary>
    public int IdentifiablePositive { get; init; } = 1_500;

    /// <summary>Tries for test 3, of unidentifiable tags, at least 0. Default 4,000.</summary>
    public int UnidentifiableTries { get; init; } = 4_000;

    /// <summary>Those of them that look for a liked tag. Default 1,200.</summary>
    public int UnidentifiablePositive { get; init; } = 1_200;

    /// <summary>All mistakes; empty when there is none.</summary>
    public IEnumerable<string> Validate()
    {
        if (Remembered is not (>= 0 and <= 1))
        {
            yield return $"Remembered is {Remembered}; expected a probability from 0 to 1.";
        }

        foreach ((string name, int tries, int positive) in ((string, int, int)[])[("Identifiable", IdentifiableTries, IdentifiablePositive), ("Unidentifiable", UnidentifiableTries, UnidentifiablePositive)])
        {
            if (tries is < 0 or > 10_000_000 || positive < 0 || positive > tries)
            {
                yield return $"{name} tries are {tries}, of which {positive} look for a liked tag; expected 0 to 10,000,000, and not more positive ones than tries.";
            }
        }
    }
}
