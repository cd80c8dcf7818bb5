namespace Caudata.Simulation.Fidelity;

/// <summary>How real and synthetic ratings are compared.</summary>
public sealed record FidelityOptions
{
    /// <summary>Seed of what is drawn for comparing: rows, halves, shuffles. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Most threads, 1 to 256. Default 1. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Most rows of each kind that the discriminator sees, 100 to 1,000,000. Default 40,000: a quarter of them is trained on at a time.</summary>
    public int Rows { get; init; } = 40_000;

    /// <summary>All mistakes; empty when there is none.</summary>
    public IEnumerable<string> Validate()
    {
        if (Threads is < 1 or > 256)
        {
            yield return $"Threads is {Threads}; expected 1 to 256.";
        }

        if (Rows is < 100 or > 1_000_000)
        {
            yield return $"Rows is {Rows}; expected 100 to 1,000,000.";
        }
    }
}
