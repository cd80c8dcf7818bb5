using Caudata.Numerics;

namespace Caudata.Simulation.Execution;

/// <summary>Finds the constant that brings the mean of a probability to a rate.</summary>
/// <remarks>
/// For an intercept c the mean of σ(score + c) rises with c: Newton's method, kept inside a bracket. For a scale c the mean of min(1, c·p) rises with c: the step c·rate/mean, which is exact as long as nothing is cut.
/// </remarks>
internal static class Calibration
{
    /// <summary>Most steps.</summary>
    public const int MostSteps = 60;

    /// <summary>Relative distance from the rate at which it stops.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>Where the search is.</summary>
    /// <param name="Constant">The constant to try next, and at the end the answer.</param>
    /// <param name="Low">The constant is not below this.</param>
    /// <param name="High">The constant is not above this.</param>
    /// <param name="IsDone">True when the rate is met, or cannot be met better.</param>
    public readonly record struct State(double Constant, double Low, double High, bool IsDone);

    /// <summary>The first constant to try.</summary>
    public static State Start(RateMethod method) => method == RateMethod.Intercept ? new State(0, -800, 800, false) : new State(1, 0, double.PositiveInfinity, false);

    /// <summary>The next constant, from what the last one gave.</summary>
    /// <param name="method">Intercept or scale.</param>
    /// <param name="state">The last state.</param>
    /// <param name="mean">Mean of the probability with the last constant.</param>
    /// <param name="slope">Mean of p(1 − p) with it; used for the intercept alone.</param>
    /// <param name="rate">The mean that is asked for.</param>
    public static State Step(RateMethod method, State state, double mean, double slope, double rate)
    {
        double c = state.Constant, error = mean - rate;
        if (double.IsNaN(mean) || Math.Abs(error) <= Tolerance * rate)
        {
            return state with { IsDone = true };
        }

        double low = error < 0 ? c : state.Low, high = error > 0 ? c : state.High;
        double next = method == RateMethod.Intercept ? c - (error / slope) : c * rate / mean;
        if (!(next > low && next < high))
        {
            next = double.IsFinite(high) ? low + ((high - low) / 2) : c * 2;
        }

        return new State(next, low, high, next == c || !double.IsFinite(next) || high - low <= 1e-15 * Math.Abs(c));
    }

    /// <summary>Sums of the probability and of p(1 − p) over scores with a constant.</summary>
    /// <param name="method">Intercept or scale.</param>
    /// <param name="scores">Logits for an intercept, probabilities for a scale.</param>
    /// <param name="constant">The constant.</param>
    public static (double Sum, double Slope) Sums(RateMethod method, ReadOnlySpan<double> scores, double constant)
    {
        Span<double> p = stackalloc double[256], q = stackalloc double[256], cell = stackalloc double[ColumnOperand.Padding];
        double sum = 0, slope = 0;
        cell.Fill(constant);
        for (int from = 0; from < scores.Length; from += p.Length)
        {
            ReadOnlySpan<double> part = scores.Slice(from, Math.Min(p.Length, scores.Length - from));
            part.CopyTo(p);
            if (method == RateMethod.Intercept)
            {
                ColumnKernels.Map(Compilation.Op.Add, ColumnOperand.Column(ref p[0]), ColumnOperand.Single(ref cell[0]), default, ref p[0], part.Length);
                ColumnKernels.Map(Compilation.Op.Sigmoid, ColumnOperand.Column(ref p[0]), default, default, ref p[0], part.Length);
                ColumnKernels.Map(Compilation.Op.Multiply, ColumnOperand.Column(ref p[0]), ColumnOperand.Column(ref p[0]), default, ref q[0], part.Length);
                double probabilities = RowKernels.Sum(p[..part.Length]);
                sum += probabilities;
                slope += probabilities - RowKernels.Sum(q[..part.Length]);
            }
            else
            {
                for (int i = 0; i < part.Length; i++)
                {
                    p[i] = Math.Min(1, part[i] * constant);
                }

                sum += RowKernels.Sum(p[..part.Length]);
            }
        }

        return (sum, slope);
    }

    /// <summary>The constant for scores that are all at hand.</summary>
    public static double Solve(RateMethod method, ReadOnlySpan<double> scores, double rate)
    {
        State state = Start(method);
        for (int step = 0; step < MostSteps && !state.IsDone; step++)
        {
            (double sum, double slope) = Sums(method, scores, state.Constant);
            state = Step(method, state, sum / scores.Length, slope / scores.Length, rate);
        }

        return state.Constant;
    }
}
