namespace Caudata.Numerics;

/// <summary>Distribution functions and their inverses for intervals: normal, Student's t, beta, gamma, chi-squared.</summary>
/// <remarks>
/// The normal quantile is the rational approximation of [wichura1988] (AS 241, PPND16); the other quantiles invert their distribution functions by bisection on the order of
/// the floating-point numbers, at most 64 steps each: safe everywhere, exact as far as the distribution function is.
/// </remarks>
public static class Distributions
{
    /// <summary>Φ(x): the probability that a standard normal number is at most x.</summary>
    /// <param name="x">Any number.</param>
    public static double NormalProbability(double x)
    {
        double tail = x == 0 ? 0.5 : 0.5 * SpecialFunctions.RegularizedGammaComplement(0.5, 0.5 * x * x);
        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>Φ⁻¹(p): the number that a standard normal is below with probability p.</summary>
    /// <param name="p">Between 0 (−∞) and 1 (+∞).</param>
    /// <exception cref="ArgumentOutOfRangeException">p is outside [0, 1].</exception>
    public static double NormalQuantile(double p)
    {
        CheckProbability(p);
        if (p is 0 or 1)
        {
            return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        double q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double r = 0.180625 - (q * q);
            return q * ((((((((((((((2509.0809287301226727 * r) + 33430.575583588128105) * r) + 67265.770927008700853) * r) + 45921.953931549871457) * r) + 13731.693765509461125) * r)
                + 1971.5909503065514427) * r) + 133.14166789178437745) * r) + 3.387132872796366608)
                / ((((((((((((((5226.495278852545925 * r) + 28729.085735721942674) * r) + 39307.89580009271061) * r) + 21213.794301586595867) * r) + 5394.1960214247511077) * r)
                + 687.1870074920579083) * r) + 42.313330701600911252) * r) + 1);
        }

        double t = Math.Sqrt(-Math.Log(Math.Min(p, 1 - p))), x;
        if (t <= 5)
        {
            t -= 1.6;
            x = ((((((((((((((7.7454501427834140764e-4 * t) + 0.0227238449892691845833) * t) + 0.24178072517745061177) * t) + 1.27045825245236838258) * t) + 3.64784832476320460504) * t)
                + 5.7694972214606914055) * t) + 4.6303378461565452959) * t) + 1.42343711074968357734)
                / ((((((((((((((1.05075007164441684324e-9 * t) + 5.475938084995344946e-4) * t) + 0.0151986665636164571966) * t) + 0.14810397642748007459) * t) + 0.68976733498510000455) * t)
                + 1.6763848301838038494) * t) + 2.05319162663775882187) * t) + 1);
        }
        else
        {
            t -= 5;
            x = ((((((((((((((2.01033439929228813265e-7 * t) + 2.71155556874348757815e-5) * t) + 0.0012426609473880784386) * t) + 0.026532189526576123093) * t) + 0.29656057182850489123) * t)
                + 1.7848265399172913358) * t) + 5.4637849111641143699) * t) + 6.6579046435011037772)
                / ((((((((((((((2.04426310338993978564e-15 * t) + 1.4215117583164458887e-7) * t) + 1.8463183175100546818e-5) * t) + 7.868691311456132591e-4) * t) + 0.0148753612908506148525) * t)
                + 0.13692988092273580531) * t) + 0.59983220655588793769) * t) + 1);
        }

        return q < 0 ? -x : x;
    }

    /// <summary>The probability that Student's t is at most x.</summary>
    /// <param name="x">Any number.</param>
    /// <param name="freedom">Degrees of freedom, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are not above 0.</exception>
    public static double StudentProbability(double x, double freedom)
    {
        CheckPositive(freedom, nameof(freedom));
        double square = x * x;
        // The side of the beta function whose argument is not close to 1.
        double tail = square < freedom
            ? 0.5 - (0.5 * SpecialFunctions.RegularizedBeta(0.5, 0.5 * freedom, square / (freedom + square)))
            : double.IsInfinity(square) ? 0 : 0.5 * SpecialFunctions.RegularizedBeta(0.5 * freedom, 0.5, freedom / (freedom + square));
        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>The number that Student's t is below with probability p.</summary>
    /// <param name="p">Between 0 (−∞) and 1 (+∞).</param>
    /// <param name="freedom">Degrees of freedom, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double StudentQuantile(double p, double freedom)
    {
        CheckProbability(p);
        CheckPositive(freedom, nameof(freedom));
        if (p is 0 or 1)
        {
            return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (p == 0.5)
        {
            return 0;
        }

        double tail = Math.Min(p, 1 - p), x = Invert(double.MaxValue, y => StudentProbability(-y, freedom) <= tail);
        return p < 0.5 ? -x : x;
    }

    /// <summary>The number that a beta variable is below with probability p.</summary>
    /// <param name="p">Between 0 and 1.</param>
    /// <param name="a">First shape, above 0.</param>
    /// <param name="b">Second shape, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double BetaQuantile(double p, double a, double b)
    {
        CheckProbability(p);
        CheckPositive(a, nameof(a));
        CheckPositive(b, nameof(b));
        return p is 0 or 1 ? p : Invert(1, x => SpecialFunctions.RegularizedBeta(a, b, x) >= p);
    }

    /// <summary>The number that a gamma variable is below with probability p.</summary>
    /// <param name="p">Between 0 and 1 (+∞).</param>
    /// <param name="shape">Shape, above 0.</param>
    /// <param name="scale">Scale, above 0. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double GammaQuantile(double p, double shape, double scale = 1)
    {
        CheckProbability(p);
        CheckPositive(shape, nameof(shape));
        CheckPositive(scale, nameof(scale));
        return p switch
        {
            0 => 0,
            1 => double.PositiveInfinity,
            > 0.5 => scale * Invert(double.MaxValue, x => SpecialFunctions.RegularizedGammaComplement(shape, x) <= 1 - p),
            _ => scale * Invert(double.MaxValue, x => SpecialFunctions.RegularizedGamma(shape, x) >= p),
        };
    }

    /// <summary>The number that a chi-squared variable is below with probability p.</summary>
    /// <param name="p">Between 0 and 1 (+∞).</param>
    /// <param name="freedom">Degrees of freedom, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double ChiSquaredQuantile(double p, double freedom) => GammaQuantile(p, freedom / 2, 2);

    /// <summary>The least non-negative number, up to <paramref name="most"/>, that has passed the crossing, by halving the range of bit patterns.</summary>
    private static double Invert(double most, Func<double, bool> passed)
    {
        long low = 0, high = BitConverter.DoubleToInt64Bits(most);
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            if (passed(BitConverter.Int64BitsToDouble(middle)))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return BitConverter.Int64BitsToDouble(low);
    }

    private static void CheckProbability(double p)
    {
        if (!(p >= 0 && p <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies between 0 and 1.");
        }
    }

    private static void CheckPositive(double value, string name)
    {
        if (!(value > 0) || double.IsInfinity(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "A parameter of a distribution is finite and above 0.");
        }
    }
}
