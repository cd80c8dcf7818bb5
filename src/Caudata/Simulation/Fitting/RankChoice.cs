using System.Collections.Immutable;

namespace Caudata.Simulation.Fitting;

/// <summary>A rank that was tried.</summary>
/// <param name="Rank">Number of factors.</param>
/// <param name="LogLikelihood">Mean log-likelihood of held-out pairs; of interest: above that of popularity alone.</param>
/// <param name="StandardError">Its standard error over pairs.</param>
public sealed record RankTrial(int Rank, double LogLikelihood, double StandardError);

/// <summary>Chooses the number of factors on held-out pairs.</summary>
internal static class RankChoice
{
    /// <summary>Tries ranks in turn, from 0, until held-out pairs get no more likely; the best one.</summary>
    /// <param name="ranks">Ranks to try after 0, rising.</param>
    /// <param name="measure">Fits a rank and measures it.</param>
    public static (int Rank, ImmutableArray<RankTrial> Trials) Choose(ImmutableArray<int> ranks, Func<int, (double Mean, double Error)> measure)
    {
        var trials = ImmutableArray.CreateBuilder<RankTrial>();
        RankTrial? best = null;
        foreach (int rank in (int[])[0, .. ranks])
        {
            (double mean, double error) = measure(rank);
            RankTrial trial = new(rank, mean, error);
            trials.Add(trial);
            if (best is not null && !(mean > best.LogLikelihood))
            {
                break;
            }

            best = trial;
        }

        return (best!.Rank, trials.ToImmutable());
    }
}
