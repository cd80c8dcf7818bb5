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
    /// <summary>Tries all ranks, from 0; a larger one is taken when it makes held-out pairs more likely than the best so far, by more than the standard error of the difference over pairs.</summary>
    /// <param name="ranks">Ranks to try after 0, rising.</param>
    /// <param name="measure">Fits a rank, and gives the log-likelihood of each held-out pair.</param>
    public static (int Rank, ImmutableArray<RankTrial> Trials) Choose(ImmutableArray<int> ranks, Func<int, double[]> measure)
    {
        double[] best = measure(0);
        int rank = 0;
        var trials = ImmutableArray.CreateBuilder<RankTrial>();
        trials.Add(Trial(0, best));
        foreach (int next in ranks)
        {
            double[] logs = measure(next);
            trials.Add(Trial(next, logs));
            RankTrial gain = Trial(next, [.. logs.Zip(best, (a, b) => a - b)]);
            if (gain.LogLikelihood > gain.StandardError)
            {
                (best, rank) = (logs, next);
            }
        }

        return (rank, trials.ToImmutable());
    }

    private static RankTrial Trial(int rank, double[] logs)
    {
        double mean = logs.Length == 0 ? 0 : logs.Average();
        return new RankTrial(rank, mean, logs.Length < 2 ? double.PositiveInfinity : Math.Sqrt(logs.Average(l => (l - mean) * (l - mean)) / (logs.Length - 1)));
    }
}
