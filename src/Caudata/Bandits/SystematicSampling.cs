using System.Collections.Immutable;

namespace Caudata.Bandits;

/// <summary>Draws a fixed number of arms with given inclusion probabilities, from one random number.</summary>
/// <remarks>
/// <para>The probabilities are laid end to end on a line of length m; the arms at u, u + 1, …, u + m − 1 are taken, with u uniform in [0, 1).
/// An arm of probability π is hit with probability exactly π, and never twice. Which arms come together depends on their order: arms next to each other
/// seldom do.</para>
/// <para>Source: [madow1949]. O(k).</para>
/// </remarks>
internal static class SystematicSampling
{
    private const double Sure = 1 - 1e-12;

    /// <summary>Draws the arms.</summary>
    /// <param name="probabilities">π, shape [k], each in [0, 1], with a whole sum (up to rounding).</param>
    /// <param name="start">u, uniform in [0, 1).</param>
    public static ImmutableArray<ArmChoice> Draw(ReadOnlySpan<double> probabilities, double start)
    {
        int sure = 0;
        double rest = 0;
        foreach (double p in probabilities)
        {
            if (p >= Sure)
            {
                sure++;
            }
            else
            {
                rest += p;
            }
        }

        int m = (int)Math.Round(rest), hit = 0, last = -1;
        double scale = m == 0 ? 0 : m / rest, line = 0;
        ImmutableArray<ArmChoice>.Builder choices = ImmutableArray.CreateBuilder<ArmChoice>(sure + m);
        for (int j = 0; j < probabilities.Length; j++)
        {
            double p = probabilities[j];
            if (p >= Sure)
            {
                choices.Add(new ArmChoice(j, 1));
            }
            else if (p > 0 && m > 0)
            {
                line += p * scale;
                last = j;
                if (hit < m && line > start + hit)
                {
                    choices.Add(new ArmChoice(j, p));
                    hit++;
                    last = -1;
                }
            }
        }

        if (hit < m && last >= 0)
        {
            // Rounding ate the end of the line: the last arm that was not taken stands there.
            choices.Add(new ArmChoice(last, probabilities[last]));
            choices.Sort(static (a, b) => a.Arm.CompareTo(b.Arm));
        }

        return choices.DrainToImmutable();
    }
}
