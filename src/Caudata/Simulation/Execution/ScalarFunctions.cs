using Caudata.Numerics;

namespace Caudata.Simulation.Execution;

/// <summary>Functions of single numbers that have no form on lanes: powers and quantile functions.</summary>
/// <remarks>Quantile functions turn one uniform number into a draw, and rise with it: the factual and an intervened world, which share that number, are coupled monotonically.</remarks>
internal static class ScalarFunctions
{
    // Above these the exact quantiles would take thousands of steps a draw, and more without end; the forms for large parameters are off by less than 0.01 of a count, or 0.02 of a deviation.
    private const double LargeRate = 1e6, LargeShape = 1e6, LargeBoth = 1e3;

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

    /// <summary>The standard normal distribution function; NaN of NaN.</summary>
    public static double NormalProbability(double x) => double.IsNaN(x) ? double.NaN : Distributions.NormalProbability(x);

    /// <summary>The smallest k with P(X ≤ k) ≥ p for a Poisson variable; for a rate above 10⁶ the normal quantile with a term for the skew.</summary>
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
        if (rate > LargeRate)
        {
            return guess;
        }

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

    /// <summary>Quantile of the gamma distribution with scale 1; NaN for a shape that is not positive. Above a shape of 10⁶ by the cube root, which is nearly normal [wilson1931].</summary>
    public static double GammaQuantile(double p, double shape)
    {
        if (!(shape > 0) || !double.IsFinite(shape))
        {
            return double.NaN;
        }

        if (shape <= LargeShape)
        {
            return Distributions.GammaQuantile(p, shape);
        }

        double root = 1 - (1 / (9 * shape)) + (Distributions.NormalQuantile(p) / (3 * Math.Sqrt(shape)));
        return shape * root * root * root;
    }

    /// <summary>Quantile of the beta distribution; NaN for parameters that are not positive. Where one is above 10⁶: by the logit, which is nearly normal, with a term for the skew, when the other is above 10³; else by −log(1 − X), which is nearly gamma.</summary>
    public static double BetaQuantile(double p, double a, double b)
    {
        if (!(a > 0 && b > 0) || !double.IsFinite(a) || !double.IsFinite(b))
        {
            return double.NaN;
        }

        if (Math.Max(a, b) <= LargeShape)
        {
            return Distributions.BetaQuantile(p, a, b);
        }

        if (Math.Min(a, b) > LargeBoth)
        {
            double mean = Math.Log(a) - Math.Log(b) - (0.5 / a) + (0.5 / b), variance = (1 / a) + (1 / b) + (0.5 / a / a) + (0.5 / b / b), z = Distributions.NormalQuantile(p);
            double skew = ((1 / b / b) - (1 / a / a)) / (variance * Math.Sqrt(variance)), logit = mean + (Math.Sqrt(variance) * (z + (((z * z) - 1) * skew / 6)));
            return 1 / (1 + Math.Exp(-logit));
        }

        return a < b ? 1 - Math.Exp(-GammaQuantile(p, a) / (b + ((a - 1) / 2))) : Math.Exp(-GammaQuantile(1 - p, b) / (a + ((b - 1) / 2)));
    }
}
