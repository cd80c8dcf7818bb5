namespace Caudata.Simulation.Fitting;

/// <summary>Probabilities of the levels of a rating given its location and spread: P(level ≤ k) = F((t_k − μ) / σ), F logistic: the cumulative logit model [mccullagh1980].</summary>
/// <remarks>With a strength s the observed levels are those of the population, weighted by exp(s·z) with z the standardised rating, and brought to sum 1: what is seen of a population whose better ratings are seen more often.</remarks>
/// <param name="thresholds">t₁ &lt; … &lt; t_{L−1}, shape [L − 1]; empty for a rating that is always the same.</param>
/// <param name="weights">exp(s·z) of each level, shape [L]; empty for strength 0.</param>
internal sealed class RatingLikelihood(double[] thresholds, double[] weights)
{
    private const double Least = 1e-12;

    /// <summary>The thresholds.</summary>
    public double[] Thresholds { get; } = thresholds;

    /// <summary>Number of levels.</summary>
    public int Levels => Thresholds.Length + 1;

    /// <summary>exp(s·z) of each level; empty for strength 0.</summary>
    public double[] Weights { get; } = weights;

    /// <summary>The same with other thresholds.</summary>
    public RatingLikelihood With(double[] thresholds) => new(thresholds, Weights);

    /// <summary>Gradient of the log-likelihood in the location, and its curvature (without the weights, as a metric), at a level.</summary>
    public (float Gradient, float Weight) InLocation(int level, double location, double spread)
    {
        double scale = 1 / spread, low = Probability(level - 1, location, scale), high = Probability(level, location, scale);
        double gradient = (low + high - 1) * scale, weight = ((low * (1 - low)) + (high * (1 - high))) * scale * scale;
        if (Weights.Length > 0)
        {
            (double z, double dz, _) = Normalizer(location, scale);
            gradient -= dz / z;
        }

        return ((float)gradient, (float)Math.Max(weight, 1e-6));
    }

    /// <summary>Gradient of the log-likelihood in the logarithm of the spread.</summary>
    public double InLogSpread(int level, double location, double spread)
    {
        double scale = 1 / spread, low = Probability(level - 1, location, scale), high = Probability(level, location, scale);
        double gradient = -(Moment(level, location, scale) - Moment(level - 1, location, scale)) / Math.Max(high - low, Least);
        if (Weights.Length > 0)
        {
            (double z, _, double ds) = Normalizer(location, scale);
            gradient -= ds / z;
        }

        return gradient;
    }

    /// <summary>Log of the probability of an observed level.</summary>
    public double Log(int level, double location, double spread)
    {
        double scale = 1 / spread, p = Probability(level, location, scale) - Probability(level - 1, location, scale);
        double log = Math.Log(Math.Max(p, Least));
        return Weights.Length == 0 ? log : log + Math.Log(Weights[level]) - Math.Log(Normalizer(location, scale).Z);
    }

    /// <summary>Σ over levels of P(level)·exp(s·z): how much more often such a pair is seen than one whose rating does not matter; 1 for strength 0.</summary>
    public double Visibility(double location, double spread) => Weights.Length == 0 ? 1 : Normalizer(location, 1 / spread).Z;

    /// <summary>Probabilities that an observed level is at most k, and their slopes in t_k, added to sums; shape [L − 1] each.</summary>
    public void AddCumulative(double location, double spread, Span<double> sums, Span<double> slopes)
    {
        double scale = 1 / spread, z = 1, below = 0, before = 0;
        if (Weights.Length > 0)
        {
            z = Normalizer(location, scale).Z;
        }

        for (int k = 0; k < Thresholds.Length; k++)
        {
            double p = Probability(k, location, scale), slope = p * (1 - p) * scale;
            if (Weights.Length == 0)
            {
                sums[k] += p;
                slopes[k] += slope;
                continue;
            }

            below += (p - before) * Weights[k];
            before = p;
            double cumulative = below / z;
            sums[k] += cumulative;
            // Moving t_k moves mass between two levels whose weights differ.
            slopes[k] += slope * ((Weights[k] * (1 - cumulative)) + (Weights[k + 1] * cumulative)) / z;
        }
    }

    // F((t − μ) / σ) of the threshold above a level; −1 is below all, the last level above all.
    private double Probability(int level, double location, double scale) =>
        level < 0 ? 0 : level >= Thresholds.Length ? 1 : 1 / (1 + Math.Exp((location - Thresholds[level]) * scale));

    // x·f(x) at the threshold above a level
    private double Moment(int level, double location, double scale)
    {
        if (level < 0 || level >= Thresholds.Length)
        {
            return 0;
        }

        double x = (Thresholds[level] - location) * scale, p = 1 / (1 + Math.Exp(-x));
        return x * p * (1 - p);
    }

    // Z = w_L − Σ_k F_k (w_{k+1} − w_k), and its derivatives in location and log spread.
    private (double Z, double InLocation, double InLogSpread) Normalizer(double location, double scale)
    {
        double z = Weights[^1], dz = 0, ds = 0;
        for (int k = 0; k < Thresholds.Length; k++)
        {
            double x = (Thresholds[k] - location) * scale, p = 1 / (1 + Math.Exp(-x)), density = p * (1 - p), jump = Weights[k + 1] - Weights[k];
            z -= p * jump;
            dz += density * scale * jump;
            ds += x * density * jump;
        }

        return (z, dz, ds);
    }
}
