using Caudata.Numerics;

namespace Caudata.Simulation.Execution;

/// <summary>Functions of single numbers that have no form on lanes: powers and quantile functions.</summary>
/// <remarks>Quantile functions turn one uniform number into a draw, and rise with it: the factual and an intervened world, which share that number, are coupled monotonically.</remarks>
internal static class ScalarFunctions
{
    /// <summary>xʸ: whole exponents up to 64 by repeated multiplication, others as exp(y ln x); NaN for a negative base with a broken exponent.</summary>
    public static double Power(double x, double y)
    {
        if (y == Math.Floor(y) && Math.Abs(y) <= 64)
        {
            double result = 1, factor = x;
            for (int n = (int)Math.Abs(y); n > 0; n >>= 1)
            {
                result *= (n & 1) == 1 ? factor : 1;
                factor *= factor;
            }

            return y < 0 ? 1 / result : result;
        }

        if (x < 0 && y == Math.Floor(y) && double.IsFinite(y))
        {
            double magnitude = Power(-x, y);
            return Math.Abs(y) < 9007199254740992 && (long)y % 2 != 0 ? -magnitude : magnitude;
        }

        return x == 0 ? (y > 0 ? 0 : y < 0 ? double.PositiveInfinity : double.NaN) : ElementaryFunctions.Exp(new Lanes1(y * ElementaryFunctions.Log(new Lanes1(x)).Value)).Value;
    }

    /// <summary>The smallest k with P(X ≤ k) ≥ p for a Poisson variable.</summary>
    /// <param name="p">In (0, 1).</param>
    /// <param name="rate">Mean, at least 0; NaN otherwise.</param>
    public static double PoissonQuantile(double p, double rate)
    {
        if (!(rate >= 0) || double.IsInfinity(rate))
        {
            return double.NaN;
        }

        if (rate < 30)
        {
            double term = ElementaryFunctions.Exp(new Lanes1(-rate)).Value, sum = term, k = 0;
            while (sum < p && k < 1000 && term > 0)
            {
                k++;
                term *= rate / k;
                sum += term;
            }

            return k;
        }

        // Near the normal quantile with a term for the skew, then step by step; P(X ≤ k) is Q(k + 1, rate).
        double z = Distributions.NormalQuantile(p), guess = Math.Max(0, Math.Floor(rate + (Math.Sqrt(rate) * z) + (((z * z) - 1) / 6)));
        while (guess > 0 && SpecialFunctions.RegularizedGammaComplement(guess, rate) >= p)
        {
            guess--;
        }

        while (SpecialFunctions.RegularizedGammaComplement(guess + 1, rate) < p)
        {
            guess++;
        }

        return guess;
    }

    /// <summary>Quantile of the gamma distribution with scale 1; NaN for a shape that is not positive.</summary>
    public static double GammaQuantile(double p, double shape) => shape > 0 && double.IsFinite(shape) ? Distributions.GammaQuantile(p, shape) : double.NaN;

    /// <summary>Quantile of the beta distribution; NaN for parameters that are not positive.</summary>
    public static double BetaQuantile(double p, double a, double b) => a > 0 && b > 0 && double.IsFinite(a) && double.IsFinite(b) ? Distributions.BetaQuantile(p, a, b) : double.NaN;
}
