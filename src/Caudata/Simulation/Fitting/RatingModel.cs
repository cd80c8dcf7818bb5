using Caudata.Numerics;

namespace Caudata.Simulation.Fitting;

/// <summary>How ratings come about: location μ = a_user + b_item + p_user·q_item, spread σ = σ_user·σ_item, and thresholds that turn a score into a level.</summary>
/// <remarks>
/// <para>Fitted by alternating Newton steps for users and items (the loss is convex in each), a step for each one's spread, and thresholds for which the model's marginal is the data's. Effects, factors and log spreads have normal
/// priors around 0 whose variances are estimated. At the end every user and item gets one draw from what the data say about it, not the most likely value: values drawn towards 0 would make users more alike than they are.</para>
/// <para>Cost of a round: pairs × (width² + levels).</para>
/// </remarks>
internal sealed class RatingModel
{
    private const float MostLogSpread = 1.5f;
    private const int FewPairs = 5;
    private const double MostSpreadVariance = 0.36;

    private readonly FactorSide _userSide, _itemSide;
    private readonly FitOptions _options;
    private readonly double[] _cumulative;
    private readonly CancellationToken _cancel;
    private readonly double[] _spreadVariance = [0.1, 0.1];

    private RatingModel(FactorSide users, FactorSide items, int levels, double[] weights, int rank, FitOptions options, CancellationToken cancel)
    {
        (_userSide, _itemSide, _options, _cancel) = (users, items, options, cancel);
        Users = new FactorRows(users.Units, rank, isUsers: true);
        Items = new FactorRows(items.Units, rank, isUsers: false);
        (UserLogSpread, ItemLogSpread) = (new float[users.Units], new float[items.Units]);
        double[] counts = new double[levels];
        for (int n = 0; n < users.Levels.Length; n++)
        {
            counts[users.Levels[n]] += users.HeldOut[n] ? 0 : 1;
        }

        _cumulative = Cumulative(counts);
        // Half a rating more at each level keeps thresholds finite where the pairs that are looked at lack a level.
        double[] population = Cumulative([.. counts.Select((c, l) => (c + 0.5) / (weights.Length == 0 ? 1 : weights[l]))]);
        Likelihood = new RatingLikelihood([.. population[..^1].Select(c => Math.Log(c / (population[^1] - c)))], weights);
        Items.Scatter(options.Seed, "fit/taste", 0.3f);
        for (int k = 0; k <= rank; k++)
        {
            Items.Variance[k] = k < rank ? 0.1 : 0.5;
        }

        Users.Variance[rank] = 0.5;
    }

    /// <summary>Rows of the users: (p, a, 1).</summary>
    public FactorRows Users { get; }

    /// <summary>Rows of the items: (q, 1, b).</summary>
    public FactorRows Items { get; }

    /// <summary>Logarithm of each user's spread.</summary>
    public float[] UserLogSpread { get; }

    /// <summary>Logarithm of each item's spread: how much users differ about it.</summary>
    public float[] ItemLogSpread { get; }

    /// <summary>Thresholds and weights of the levels.</summary>
    public RatingLikelihood Likelihood { get; private set; }

    /// <summary>Fits the model.</summary>
    /// <param name="users">The users' side; held-out pairs are not looked at.</param>
    /// <param name="items">The items' side.</param>
    /// <param name="levels">Number of levels.</param>
    /// <param name="weights">exp(s·z) of each level; empty for strength 0.</param>
    /// <param name="rank">Number of factors.</param>
    /// <param name="options">Seed, threads, rounds.</param>
    /// <param name="cancel">Looked at between blocks.</param>
    public static RatingModel Fit(FactorSide users, FactorSide items, int levels, double[] weights, int rank, FitOptions options, CancellationToken cancel)
    {
        RatingModel model = new(users, items, levels, weights, rank, options, cancel);
        for (int sweep = 0; sweep < options.Sweeps && levels > 1; sweep++)
        {
            model.Users.KeepsDoubt = model.Items.KeepsDoubt = sweep >= options.WarmSweeps;
            (double[], double[]) ofUsers = model.Pass(isUsers: true, null), ofItems = model.Pass(isUsers: false, null);
            if (sweep > 0)
            {
                FactorPass.SetVariances(model.Users, rank, ofUsers);
                FactorPass.SetVariances(model.Items, sweep <= options.WarmSweeps ? rank : 0, ofItems);
            }

            if (levels > 2 && sweep >= 1)
            {
                model.PassSpreads(isUsers: true, null);
                model.PassSpreads(isUsers: false, null);
                model.Center();
            }

            model.MoveThresholds();
        }

        return model;
    }

    /// <summary>Log-likelihood of each held-out pair.</summary>
    public double[] HeldOut()
    {
        List<double> logs = [];
        for (int user = 0; user < _userSide.Starts.Length - 1; user++)
        {
            (int first, int end) = _userSide.Pairs(user);
            for (int n = first; n < end; n++)
            {
                if (_userSide.HeldOut[n])
                {
                    logs.Add(Likelihood.Log(_userSide.Levels[n], Location(user, _userSide.Others[n]), Spread(user, _userSide.Others[n])));
                }
            }
        }

        return [.. logs];
    }

    /// <summary>Replaces what users and items are by a draw from what the data say about each, items given the draws of the users.</summary>
    public void Draw()
    {
        if (Likelihood.Levels == 1)
        {
            return;
        }

        Pass(isUsers: true, NoiseKey.Of(_options.Seed, "fit/taste/users"));
        if (Likelihood.Levels > 2)
        {
            PassSpreads(isUsers: true, NoiseKey.Of(_options.Seed, "fit/spread/users"));
            PassSpreads(isUsers: false, NoiseKey.Of(_options.Seed, "fit/spread/items"));
        }

        Pass(isUsers: false, null);
        Pass(isUsers: false, null);
        Pass(isUsers: false, NoiseKey.Of(_options.Seed, "fit/taste/items"));
    }

    /// <summary>Sets the thresholds so that the marginal over these pairs is the data's.</summary>
    /// <param name="pairs">User and item of each pair.</param>
    public void SetThresholds(IReadOnlyList<(int User, int Item)> pairs)
    {
        if (Likelihood.Levels == 1 || pairs.Count == 0)
        {
            return;
        }

        (double Location, double Spread)[] at = [.. pairs.Select(p => (Location(p.User, p.Item), Spread(p.User, p.Item)))];
        for (int step = 0; step < 40; step++)
        {
            double[] sums = new double[_cumulative.Length - 1], slopes = new double[_cumulative.Length - 1];
            foreach ((double location, double spread) in at)
            {
                Likelihood.AddCumulative(location, spread, sums, slopes);
            }

            if (Move(sums, slopes, at.Length) < 1e-6)
            {
                break;
            }
        }
    }

    /// <summary>Location of a pair's score.</summary>
    public double Location(int user, int item) => FactorStep.Dot(Users.Row(user), Items.Row(item));

    /// <summary>Spread of a pair's score.</summary>
    public double Spread(int user, int item) => MathF.Exp(UserLogSpread[user] + ItemLogSpread[item]);

    private (double[], double[]) Pass(bool isUsers, NoiseKey? draw)
    {
        (FactorSide side, FactorRows own, FactorRows other) = isUsers ? (_userSide, Users, Items) : (_itemSide, Items, Users);
        RatingLikelihood likelihood = Likelihood;
        return FactorPass.Run(side, own, (unit, row, curvature, gradient, doubt) =>
        {
            (int first, int end) = side.Pairs(unit);
            for (int n = first; n < end; n++)
            {
                if (!side.HeldOut[n])
                {
                    Span<float> that = other.Row(side.Others[n]);
                    (float g, float w) = likelihood.InLocation(side.Levels[n], FactorStep.Dot(row, that), isUsers ? Spread(unit, side.Others[n]) : Spread(side.Others[n], unit));
                    FactorStep.Accumulate(that, w, g, curvature, gradient);
                    Span<float> uncertain = other.DoubtOf(side.Others[n]);
                    for (int k = 0; k < doubt.Length; k++)
                    {
                        doubt[k] += w * uncertain[k];
                    }
                }
            }

            return true;
        }, draw, _options.Threads, _cancel);
    }

    // A step in each unit's log spread, with the expected curvature; or a draw around where it stands.
    private void PassSpreads(bool isUsers, NoiseKey? draw)
    {
        (FactorSide side, float[] spreads) = isUsers ? (_userSide, UserLogSpread) : (_itemSide, ItemLogSpread);
        double[] noise = new double[side.Units];
        if (draw is { } key)
        {
            KeyedNoise.Normal(key, 0, noise);
        }

        (double Squares, double Known)[] partial = new (double, double)[side.Blocks];
        ref double variance = ref _spreadVariance[isUsers ? 0 : 1];
        double precision = 1 / variance;
        BlockLoop.Run(side.Blocks, _options.Threads, (block, _) =>
        {
            (int from, int to) = side.Of(block);
            for (int unit = from; unit < to; unit++)
            {
                (int first, int end) = side.Pairs(unit);
                double gradient = -spreads[unit] * precision, curvature = precision;
                for (int n = first; n < end; n++)
                {
                    if (!side.HeldOut[n])
                    {
                        (int user, int item) = isUsers ? (unit, side.Others[n]) : (side.Others[n], unit);
                        double location = Location(user, item), spread = Spread(user, item), doubt = Users.DoubtOf(user)[Users.Rank] + Items.DoubtOf(item)[Users.Rank];
                        // Ratings lie as far from a fitted location as they do, and that location from the true one besides.
                        gradient += Likelihood.InLogSpread(side.Levels[n], location, spread) + (Likelihood.InLocation(side.Levels[n], location, spread).Weight * doubt);
                        // The expected curvature of a logistic scale is 1.43; levels tell a little less.
                        curvature += 1;
                    }
                }

                double step = draw is null ? Math.Clamp(gradient / curvature, -0.5, 0.5) : noise[unit] / Math.Sqrt(curvature);
                spreads[unit] = Math.Clamp(spreads[unit] + (float)step, -MostLogSpread, MostLogSpread);
                // From one or two pairs a spread looks like 0; such units do not say how spreads vary.
                if (end - first >= FewPairs)
                {
                    partial[block].Squares += spreads[unit] * spreads[unit];
                    partial[block].Known += 1 - (precision / curvature);
                }
            }
        }, _cancel);
        double known = partial.Sum(p => p.Known);
        if (draw is null && known > 1e-9)
        {
            variance = Math.Clamp(partial.Sum(p => p.Squares) / known, 1e-4, MostSpreadVariance);
        }
    }

    /// <summary>Brings the mean of the log spreads to 0, where their prior has it, and everything else to the new unit: no probability changes. Alternating steps alone would get there very slowly.</summary>
    private void Center()
    {
        double shift = Center(_userSide, UserLogSpread, _spreadVariance[0]) + Center(_itemSide, ItemLogSpread, _spreadVariance[1]);
        float factor = (float)Math.Exp(-shift);
        Likelihood = Likelihood.With([.. Likelihood.Thresholds.Select(t => t * factor)]);
        Users.Scale(Users.Rank, factor);
        for (int k = 0; k <= Items.Rank; k++)
        {
            Items.Scale(k, factor);
        }
    }

    // Units count as much as their pairs say; those without a pair stay at 0.
    private static double Center(FactorSide side, float[] spreads, double variance)
    {
        double sum = 0, weights = 0;
        for (int unit = 0; unit < side.Starts.Length - 1; unit++)
        {
            double pairs = side.Starts[unit + 1] - side.Starts[unit], weight = pairs / (pairs + (1 / variance));
            sum += weight * spreads[unit];
            weights += weight;
        }

        double mean = sum / weights;
        for (int unit = 0; unit < side.Starts.Length - 1; unit++)
        {
            spreads[unit] -= (float)mean;
        }

        return mean;
    }

    private void MoveThresholds()
    {
        double[][] partial = new double[_userSide.Blocks][];
        int steps = _cumulative.Length - 1;
        BlockLoop.Run(_userSide.Blocks, _options.Threads, (block, _) =>
        {
            double[] sums = new double[2 * steps];
            (int from, int to) = _userSide.Of(block);
            for (int user = from; user < to; user++)
            {
                (int first, int end) = _userSide.Pairs(user);
                for (int n = first; n < end; n++)
                {
                    if (!_userSide.HeldOut[n])
                    {
                        Likelihood.AddCumulative(Location(user, _userSide.Others[n]), Spread(user, _userSide.Others[n]), sums.AsSpan(0, steps), sums.AsSpan(steps));
                    }
                }
            }

            partial[block] = sums;
        }, _cancel);
        double[] total = new double[2 * steps];
        foreach (double[] sums in partial)
        {
            for (int k = 0; k < total.Length; k++)
            {
                total[k] += sums[k];
            }
        }

        Move(total[..steps], total[steps..], _cumulative[^1]);
    }

    // One Newton step towards the data's share at or below each threshold; the largest relative miss comes back.
    private double Move(double[] sums, double[] slopes, double pairs)
    {
        double[] thresholds = [.. Likelihood.Thresholds];
        double worst = 0;
        for (int k = 0; k < thresholds.Length; k++)
        {
            double wanted = _cumulative[k] / _cumulative[^1] * pairs, miss = wanted - sums[k];
            worst = Math.Max(worst, Math.Abs(miss) / pairs);
            thresholds[k] = Math.Clamp(thresholds[k] + Math.Clamp(miss / Math.Max(slopes[k], 1e-9), -0.5, 0.5), -40, 40);
            thresholds[k] = k > 0 ? Math.Max(thresholds[k], thresholds[k - 1] + 1e-6) : thresholds[k];
        }

        Likelihood = Likelihood.With(thresholds);
        return worst;
    }

    private static double[] Cumulative(IReadOnlyList<double> counts)
    {
        double sum = 0;
        return [.. counts.Select(c => sum += c)];
    }
}
