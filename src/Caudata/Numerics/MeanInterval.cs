namespace Caudata.Numerics;

/// <summary>An estimate with its confidence interval.</summary>
/// <param name="Estimate">The estimate.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="StandardError">Standard error of the estimate.</param>
/// <param name="Level">Confidence level, between 0 and 1.</param>
public sealed record Interval(double Estimate, double Low, double High, double StandardError, double Level)
{
    /// <summary>Whether the interval holds the number, ends included.</summary>
    /// <param name="value">The number.</param>
    public bool Contains(double value) => value >= Low && value <= High;
}

/// <summary>Student's confidence interval for a mean: x̄ ± t(n − 1)·s/√n.</summary>
/// <remarks>Exact for normal data, and in the limit of many rows for any with finite variance. [student1908] Student, "The probable error of a mean" (Biometrika 6(1), 1908).</remarks>
public static class MeanInterval
{
    /// <summary>The interval from the numbers themselves; mean and variance in two compensated passes.</summary>
    /// <param name="values">The sample. With one number the interval is the whole line, with none the estimate is NaN too.</param>
    /// <param name="level">Confidence level, above 0 and below 1. Default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside its range.</exception>
    public static Interval Student(ReadOnlySpan<double> values, double level = 0.95)
    {
        if (values.IsEmpty)
        {
            return FromMoments(double.NaN, double.NaN, 0, level);
        }

        CompensatedSum sum = default, squares = default, residual = default;
        foreach (double x in values)
        {
            sum.Add(x);
        }

        double mean = sum.Value / values.Length;
        foreach (double x in values)
        {
            double r = x - mean;
            squares.Add(r * r);
            residual.Add(r);
        }

        double correction = residual.Value * residual.Value / values.Length;
        return FromMoments(mean, values.Length > 1 ? (squares.Value - correction) / (values.Length - 1) : double.NaN, values.Length, level);
    }

    /// <summary>The interval from moments.</summary>
    /// <param name="mean">Sample mean.</param>
    /// <param name="variance">Sample variance with divisor n − 1.</param>
    /// <param name="count">Sample size n.</param>
    /// <param name="level">Confidence level, above 0 and below 1. Default 0.95.</param>
    /// <returns>With n below 2 the ends are infinite.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside its range, or the count is negative.</exception>
    public static Interval FromMoments(double mean, double variance, long count, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        CheckLevel(level);
        if (count < 2)
        {
            return new Interval(mean, double.NegativeInfinity, double.PositiveInfinity, double.PositiveInfinity, level);
        }

        double error = Math.Sqrt(variance / count), half = Distributions.StudentQuantile((1 + level) / 2, count - 1) * error;
        return new Interval(mean, mean - half, mean + half, error, level);
    }

    internal static void CheckLevel(double level)
    {
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level lies above 0 and below 1, for example 0.95.");
        }
    }
}
