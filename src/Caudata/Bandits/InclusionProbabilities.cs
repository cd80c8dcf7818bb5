using System.Buffers;

namespace Caudata.Bandits;

/// <summary>Turns weights into inclusion probabilities of a round of m arms: π = min(1, c·w), with c such that they sum to m.</summary>
/// <remarks>Water filling: O(k) a pass, and a pass more for every group of arms that reaches 1; at most m passes.</remarks>
internal static class InclusionProbabilities
{
    /// <summary>Replaces the weights by probabilities, in place.</summary>
    /// <param name="weights">Weights, shape [k], at least 0, at least <paramref name="m"/> of them positive.</param>
    /// <param name="m">Number of arms of the round.</param>
    public static void Fill(Span<double> weights, int m)
    {
        int left = m;
        bool[] rented = ArrayPool<bool>.Shared.Rent(weights.Length);
        Span<bool> full = rented.AsSpan(0, weights.Length);
        full.Clear();
        for (bool again = true; again && left > 0;)
        {
            again = false;
            double sum = 0;
            for (int j = 0; j < weights.Length; j++)
            {
                sum += full[j] ? 0 : weights[j];
            }

            double limit = sum / left;
            int filled = 0;
            for (int j = 0; j < weights.Length; j++)
            {
                if (!full[j] && weights[j] > 0 && weights[j] >= limit * (1 - 1e-12))
                {
                    full[j] = true;
                    filled++;
                }
            }

            left -= filled;
            again = filled > 0;
            if (!again)
            {
                for (int j = 0; j < weights.Length; j++)
                {
                    weights[j] = full[j] ? 1 : Math.Min(1, weights[j] / limit);
                }

                ArrayPool<bool>.Shared.Return(rented);
                return;
            }
        }

        for (int j = 0; j < weights.Length; j++)
        {
            weights[j] = full[j] ? 1 : 0;
        }

        ArrayPool<bool>.Shared.Return(rented);
    }
}
