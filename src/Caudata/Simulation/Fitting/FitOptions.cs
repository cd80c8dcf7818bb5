using System.Collections.Immutable;

namespace Caudata.Simulation.Fitting;

/// <summary>How a world is fitted to ratings.</summary>
public sealed record FitOptions
{
    /// <summary>Seed of what is drawn while fitting: held-out ratings, starting points, one draw of every user's and item's parameters. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Most threads, 1 to 256. Default 1. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How much a rating's own value changes the log-odds of being observed, for each standard deviation of the ratings; −3 to 3. Default 0: what is observed does not depend on the rating itself.</summary>
    /// <remarks>Ratings alone cannot tell this number from the population's taste: every value fits the same data. It is an assumption, and a world says so.</remarks>
    public double MnarStrength { get; init; }

    /// <summary>Ranks of the taste in ratings that are tried; the one under which held-out ratings are most likely is taken, and 0 is always tried. Default 2, 6, 14: with two effects they fill vectors of eight.</summary>
    public ImmutableArray<int> TasteRanks { get; init; } = [2, 6, 14];

    /// <summary>Ranks of the interest, which says who meets what, tried likewise. Default 2, 6, 14.</summary>
    public ImmutableArray<int> InterestRanks { get; init; } = [2, 6, 14];

    /// <summary>Share of the ratings that is held out to choose ranks, in [0.01, 0.5]. Default 0.1.</summary>
    public double HeldOut { get; init; } = 0.1;

    /// <summary>Rounds of alternating steps for users and items, 2 to 200. For ratings the first third finds where to go, without doubt and with variances as they are. Default 15.</summary>
    public int Sweeps { get; init; } = 15;

    /// <summary>Rounds before variances are estimated and doubt is kept.</summary>
    internal int WarmSweeps => Sweeps / 3;

    /// <summary>All mistakes; empty when there is none.</summary>
    public IEnumerable<string> Validate()
    {
        if (Threads is < 1 or > 256)
        {
            yield return $"Threads is {Threads}; expected 1 to 256.";
        }

        if (MnarStrength is not (>= -3 and <= 3))
        {
            yield return $"MnarStrength is {MnarStrength}; expected a number from -3 to 3.";
        }

        foreach ((string name, ImmutableArray<int> ranks) in ((string, ImmutableArray<int>)[])[(nameof(TasteRanks), TasteRanks), (nameof(InterestRanks), InterestRanks)])
        {
            if (ranks.Any(r => r is < 1 or > 62) || !ranks.SequenceEqual(ranks.Distinct().Order()))
            {
                yield return $"{name} are {string.Join(", ", ranks)}; expected rising numbers from 1 to 62, or none.";
            }
        }

        if (HeldOut is not (>= 0.01 and <= 0.5))
        {
            yield return $"HeldOut is {HeldOut}; expected 0.01 to 0.5.";
        }

        if (Sweeps is < 2 or > 200)
        {
            yield return $"Sweeps is {Sweeps}; expected 2 to 200.";
        }
    }
}
