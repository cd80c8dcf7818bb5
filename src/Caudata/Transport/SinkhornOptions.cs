namespace Caudata.Transport;

/// <summary>How strongly transport is smoothed, and when the iterations stop.</summary>
public sealed record SinkhornOptions
{
    /// <summary>ε, in units of the cost, above 0: small is close to exact transport and converges slowly. Default 0.05, the middle of the values at which the peer benchmark measures costs with maximum 1.</summary>
    public double Regularisation { get; init; } = 0.05;

    /// <summary>Largest number of alternating steps at the final ε, at least 1. Default 1,000 (as POT).</summary>
    public int MaximumIterations { get; init; } = 1_000;

    /// <summary>Stop once Σⱼ |column sum − weight| is at most this share of the total mass. At least 0; 0 never stops early. Default 10⁻⁶; below about 10⁻⁷ single precision no longer sees progress.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Reach a small ε in stages, from a tenth of the spread of the costs down by a factor of 4 (the idea of [schmitzer2019] section 3.2). Default true. Used only where the spread of the costs is above 50 ε and there is no warm start; false gives the plain iteration from equal scalings at any ε.</summary>
    public bool EpsilonScaling { get; init; } = true;

    /// <summary>Threads, at least 1. Default 1. The bytes do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Every mistake in these options, empty where there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> mistakes = [];
        if (!(Regularisation > 0 && double.IsFinite(Regularisation)))
        {
            mistakes.Add($"Regularisation is {Regularisation}; expected a finite number above 0, in units of the cost (for exact transport use ExactTransport).");
        }

        if (MaximumIterations < 1)
        {
            mistakes.Add($"MaximumIterations is {MaximumIterations}; expected at least 1.");
        }

        if (!(Tolerance >= 0 && double.IsFinite(Tolerance)))
        {
            mistakes.Add($"Tolerance is {Tolerance}; expected a finite number of at least 0 (0 runs every iteration).");
        }

        if (Threads < 1)
        {
            mistakes.Add($"Threads is {Threads}; expected at least 1.");
        }

        return mistakes;
    }
}
