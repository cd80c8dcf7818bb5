namespace Caudata.Transport;

/// <summary>Step and number of iterations of the inexact proximal point method.</summary>
public sealed record IpotOptions
{
    /// <summary>β, the proximal weight, in units of the cost, above 0: small approaches exact transport in fewer outer iterations. Default 1, the preset of the EQUAL release.</summary>
    public double Beta { get; init; } = 1;

    /// <summary>Outer (proximal) iterations, at least 1. Default 500, the preset of the EQUAL release.</summary>
    public int OuterIterations { get; init; } = 500;

    /// <summary>Inner (scaling) iterations in each outer one, at least 1. Default 10, the preset of the EQUAL release; [xie2020] finds 1 to be enough.</summary>
    public int InnerIterations { get; init; } = 10;

    /// <summary>Stop once an outer iteration changes the value by at most this share of the spread of the costs and the rows are off by at most this share of the mass. At least 0; default 0: every iteration is run, as in the paper's preset.</summary>
    public double Tolerance { get; init; }

    /// <summary>Threads, at least 1. Default 1. The bytes do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Every mistake in these options, empty where there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> mistakes = [];
        if (!(Beta > 0 && double.IsFinite(Beta)))
        {
            mistakes.Add($"Beta is {Beta}; expected a finite number above 0, in units of the cost.");
        }

        if (OuterIterations < 1)
        {
            mistakes.Add($"OuterIterations is {OuterIterations}; expected at least 1.");
        }

        if (InnerIterations < 1)
        {
            mistakes.Add($"InnerIterations is {InnerIterations}; expected at least 1.");
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
