using Caudata.Numerics;

namespace Caudata.Simulation.Fitting;

/// <summary>Who meets what beyond activity and popularity: log rate of a pair = a_user + b_item + x_user·y_item.</summary>
/// <remarks>
/// <para>Observed pairs are taken as a Poisson process over all pairs, which at the densities of rating tables is the logistic model. A user's observed pairs pull its interest towards their items; all items push it away, each as
/// strongly as the model expects to see it. That sum over all items is estimated on a systematic sample of them, drawn by popularity, so that it is exact where interest is 0; likewise for items and users. Factors have normal priors:
/// variance 1 for users, estimated for items [mackay1992].</para>
/// <para>Cost of a round: (pairs + units × sample) × width².</para>
/// </remarks>
internal sealed class InterestModel
{
    private const int SampleSize = 256, LargeSample = 2048;

    private readonly FactorSide _userSide, _itemSide;
    private readonly int _rank;
    private readonly FitOptions _options;
    private readonly double[] _userShare, _itemShare;
    private readonly CancellationToken _cancel;
    private int _round;

    private InterestModel(FactorSide users, FactorSide items, int rank, FitOptions options, CancellationToken cancel)
    {
        (_userSide, _itemSide, _rank, _options, _cancel) = (users, items, rank, options, cancel);
        Users = new FactorRows(users.Units, rank, isUsers: true);
        Items = new FactorRows(items.Units, rank, isUsers: false);
        Items.Scatter(options.Seed, "fit/interest", 0.3f);
        for (int k = 0; k < rank; k++)
        {
            Items.Variance[k] = 0.2;
        }

        // Unlike a rating, a pair is evidence against all others at once: without doubt a user with few pairs is thought to meet nothing else.
        Users.KeepsDoubt = Items.KeepsDoubt = true;
        // Effects are free: what they come to is replaced when totals are met.
        Users.Variance[rank] = Items.Variance[rank] = 1e4;
        (_userShare, double pairs) = Shares(users);
        (_itemShare, _) = Shares(items);
        float log = (float)Math.Log(Math.Max(1, pairs));
        for (int user = 0; user < users.Units; user++)
        {
            Users.Effect(user) = (float)Math.Log(_userShare[user]) + log;
        }

        for (int item = 0; item < items.Units; item++)
        {
            Items.Effect(item) = (float)Math.Log(_itemShare[item]);
        }
    }

    /// <summary>Rows of the users: (x, a, 1).</summary>
    public FactorRows Users { get; }

    /// <summary>Rows of the items: (y, 1, b).</summary>
    public FactorRows Items { get; }

    /// <summary>Fits the model.</summary>
    public static InterestModel Fit(FactorSide users, FactorSide items, int rank, FitOptions options, CancellationToken cancel)
    {
        InterestModel model = new(users, items, rank, options, cancel);
        for (int sweep = 0; sweep < options.Sweeps && rank > 0; sweep++)
        {
            model.Pass(isUsers: true, null);
            (double[], double[]) ofItems = model.Pass(isUsers: false, null);
            if (sweep >= 3)
            {
                (double user, double item) = (model.Users.Variance[rank], model.Items.Variance[rank]);
                FactorPass.SetVariances(model.Items, 0, ofItems);
                (model.Users.Variance[rank], model.Items.Variance[rank]) = (user, item);
            }
        }

        return model;
    }

    /// <summary>For each held-out pair log (rate of the pair / rate without interest), for each user brought to the same total; 0 is no better than popularity.</summary>
    public double[] HeldOut()
    {
        int[] sample = Sample(_itemShare, LargeSample, 0.5);
        List<double> logs = [];
        for (int user = 0; user < _userSide.Starts.Length - 1; user++)
        {
            (int first, int end) = _userSide.Pairs(user);
            double normalizer = double.NaN;
            for (int n = first; n < end; n++)
            {
                if (_userSide.HeldOut[n])
                {
                    normalizer = double.IsNaN(normalizer) ? Math.Log(sample.Average(item => Math.Exp(Interest(user, item)))) : normalizer;
                    logs.Add(Interest(user, _userSide.Others[n]) - normalizer);
                }
            }
        }

        return [.. logs];
    }

    /// <summary>Replaces the interests by a draw from what the data say about each, items given the draws of the users.</summary>
    public void Draw()
    {
        if (_rank == 0)
        {
            return;
        }

        Pass(isUsers: true, NoiseKey.Of(_options.Seed, "fit/interest/users"));
        Pass(isUsers: false, null);
        Pass(isUsers: false, null);
        Pass(isUsers: false, NoiseKey.Of(_options.Seed, "fit/interest/items"));
    }

    /// <summary>x_user·y_item.</summary>
    public double Interest(int user, int item)
    {
        ReadOnlySpan<float> x = Users.Row(user), y = Items.Row(item);
        float sum = 0;
        for (int k = 0; k < _rank; k++)
        {
            sum += x[k] * y[k];
        }

        return sum;
    }

    private (double[], double[]) Pass(bool isUsers, NoiseKey? draw)
    {
        (FactorSide side, FactorRows own, FactorRows other, double[] share) = isUsers ? (_userSide, Users, Items, _itemShare) : (_itemSide, Items, Users, _userShare);
        double[] start = new double[1];
        KeyedNoise.Uniform(NoiseKey.Of(_options.Seed, "fit/interest/sample"), (ulong)_round++, start);
        int[] sample = Sample(share, SampleSize, start[0]);
        // Each stands for 1 / (sample size × its share) units of the other side.
        float[] weights = [.. sample.Select(s => (float)(1 / (SampleSize * share[s])))];
        int d = own.Width;
        float[] rows = new float[sample.Length * d];
        for (int s = 0; s < sample.Length; s++)
        {
            other.Row(sample[s]).CopyTo(rows.AsSpan(s * d));
        }

        return FactorPass.Run(side, own, (unit, row, curvature, gradient, doubt) =>
        {
            (int first, int end) = side.Pairs(unit);
            bool any = false;
            for (int n = first; n < end; n++)
            {
                if (!side.HeldOut[n])
                {
                    any = true;
                    FactorStep.Accumulate(other.Row(side.Others[n]), 0, 1, curvature, gradient);
                }
            }

            for (int s = 0; s < sample.Length && any; s++)
            {
                ReadOnlySpan<float> that = rows.AsSpan(s * d, d);
                float expected = weights[s] * MathF.Exp(Math.Min(FactorStep.Dot(row, that), 20));
                FactorStep.Accumulate(that, expected, -expected, curvature, gradient);
                Span<float> uncertain = other.DoubtOf(sample[s]);
                for (int k = 0; k < doubt.Length; k++)
                {
                    doubt[k] += expected * uncertain[k];
                }
            }

            return any;
        }, draw, _options.Threads, _cancel);
    }

    private static (double[] Share, double Pairs) Shares(FactorSide side)
    {
        double[] counts = new double[side.Units];
        double pairs = 0;
        for (int unit = 0; unit < side.Units; unit++)
        {
            (int first, int end) = side.Pairs(unit);
            int seen = 0;
            for (int n = first; n < end; n++)
            {
                seen += side.HeldOut[n] ? 0 : 1;
            }

            pairs += seen;
            // Units that were not seen keep a small share, so that every log is finite.
            counts[unit] = seen == 0 ? 0.25 : seen;
        }

        double total = counts.Sum();
        return ([.. counts.Select(c => c / total)], pairs);
    }

    // Systematic: every unit is drawn about size × share times.
    private static int[] Sample(double[] share, int size, double start)
    {
        int[] sample = new int[size];
        double sum = 0;
        int s = 0;
        for (int unit = 0; unit < share.Length && s < size; unit++)
        {
            sum += share[unit] * size;
            while (s < size && s + start < sum)
            {
                sample[s++] = unit;
            }
        }

        sample.AsSpan(s).Fill(share.Length - 1);
        return sample;
    }
}
