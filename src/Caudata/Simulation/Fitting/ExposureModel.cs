using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Caudata.Numerics;

namespace Caudata.Simulation.Fitting;

/// <summary>Which pairs are observed: logit P = activity_user + popularity_item + x_user·y_item, with the activities and popularities for which every user and item has its expected number of observed pairs.</summary>
/// <remarks>
/// <para>Without interest these are the maximum-likelihood values of the bipartite β-model [chatterjee2011]. They are found in turn: each user's activity by Newton's method within its row, then all popularities by the ratio of wanted
/// and expected totals, until the totals are met to <see cref="Tolerance"/>. Where a rating makes itself seen, each pair's odds carry the mean of exp(s·z) over its rating.</para>
/// <para>Cost of a round: users × items × (rank + about 8 operations), in single precision; memory: 64 rows of items.</para>
/// </remarks>
internal sealed class ExposureModel
{
    /// <summary>Summed distance of the items' totals from what is wanted, as a share of all pairs, at which it stops.</summary>
    public const double Tolerance = 5e-4;

    private const int Parts = 64, MostRounds = 40, Locations = 97, Spreads = 25;
    private const double MostLocation = 24, MostLogSpread = 3;

    private readonly InterestModel _interest;
    private readonly RatingModel? _visible;
    private readonly int _threads, _users, _items, _padded, _rank;
    private readonly float[] _factors, _popularity;
    private readonly double[] _activity;
    private readonly double[] _visibility = [];
    private readonly CancellationToken _cancel;

    private ExposureModel(InterestModel interest, RatingModel? visible, int threads, CancellationToken cancel)
    {
        (_interest, _visible, _threads, _cancel) = (interest, visible, threads, cancel);
        (_users, _items, _rank) = (interest.Users.Units, interest.Items.Units, interest.Items.Rank);
        _padded = (_items + 7) / 8 * 8;
        _factors = new float[_rank * _padded];
        _popularity = new float[_padded];
        _activity = new double[_users];
        _popularity.AsSpan(_items).Fill(-80);
        if (visible is not null)
        {
            _visibility = [.. Enumerable.Range(0, Spreads).SelectMany(s => Enumerable.Range(0, Locations).Select(l =>
                visible.Likelihood.Visibility((2 * MostLocation * l / (Locations - 1)) - MostLocation, Math.Exp((2 * MostLogSpread * s / (Spreads - 1)) - MostLogSpread))))];
        }

        for (int item = 0; item < _items; item++)
        {
            ReadOnlySpan<float> row = interest.Items.Row(item);
            for (int k = 0; k < _rank; k++)
            {
                _factors[(k * _padded) + item] = row[k];
            }
        }
    }

    /// <summary>Activity of each user, in log-odds.</summary>
    public ReadOnlySpan<double> Activity => _activity;

    /// <summary>Popularity of each item, in log-odds.</summary>
    public ReadOnlySpan<float> Popularity => _popularity.AsSpan(0, _items);

    /// <summary>Rounds that were needed.</summary>
    public int Rounds { get; private set; }

    /// <summary>Finds activities and popularities.</summary>
    /// <param name="interest">The interests, as drawn.</param>
    /// <param name="userTotals">Expected number of pairs of each user, shape [users].</param>
    /// <param name="itemTotals">Expected number of pairs of each item, with the same sum, shape [items].</param>
    /// <param name="visible">The ratings whose values make themselves seen; null for strength 0.</param>
    /// <param name="threads">Most threads.</param>
    /// <param name="cancel">Looked at between parts.</param>
    public static ExposureModel Fit(InterestModel interest, double[] userTotals, double[] itemTotals, RatingModel? visible, int threads, CancellationToken cancel)
    {
        ExposureModel model = new(interest, visible, threads, cancel);
        double pairs = userTotals.Sum();
        for (int item = 0; item < model._items; item++)
        {
            model._popularity[item] = (float)Math.Log(itemTotals[item] / pairs);
        }

        for (int user = 0; user < model._users; user++)
        {
            model._activity[user] = Math.Log(userTotals[user]);
        }

        for (int round = 0; round < MostRounds; round++)
        {
            double[] totals = model.Round(userTotals);
            model.Rounds = round + 1;
            double miss = 0;
            for (int item = 0; item < model._items; item++)
            {
                miss += Math.Abs(totals[item] - itemTotals[item]);
                model._popularity[item] += (float)Math.Clamp(Math.Log(itemTotals[item] / Math.Max(totals[item], 1e-9)), -2, 2);
            }

            if (miss <= Tolerance * pairs)
            {
                break;
            }
        }

        return model;
    }

    /// <summary>One draw of the observed pairs.</summary>
    /// <param name="seed">Seed of the draw.</param>
    public List<(int User, int Item)> Draw(ulong seed)
    {
        NoiseKey key = NoiseKey.Of(seed, "fit/exposure");
        List<(int, int)>[] drawn = new List<(int, int)>[Parts];
        BlockLoop.Run(Parts, _threads, (part, _) =>
        {
            float[] odds = new float[_padded];
            double[] noise = new double[_items];
            drawn[part] = [];
            (int first, int end) = Of(part);
            for (int user = first; user < end; user++)
            {
                Odds(user, odds);
                double factor = Math.Exp(_activity[user]);
                KeyedNoise.Uniform(key.Row((ulong)user), 0, noise);
                for (int item = 0; item < _items; item++)
                {
                    double o = factor * odds[item];
                    if (noise[item] * (1 + o) < o)
                    {
                        drawn[part].Add((user, item));
                    }
                }
            }
        }, _cancel);
        return [.. drawn.SelectMany(d => d)];
    }

    /// <summary>Probability that a pair is observed.</summary>
    public double Probability(int user, int item)
    {
        double o = Math.Exp(_activity[user] + _popularity[item] + _interest.Interest(user, item)) * (_visible?.Likelihood.Visibility(_visible.Location(user, item), _visible.Spread(user, item)) ?? 1);
        return o / (1 + o);
    }

    // Solves every user's activity, and gives the totals of the items.
    private double[] Round(double[] userTotals)
    {
        float[][] partial = new float[Parts][];
        BlockLoop.Run(Parts, _threads, (part, _) =>
        {
            float[] odds = new float[_padded], columns = new float[_padded];
            (int first, int end) = Of(part);
            for (int user = first; user < end; user++)
            {
                Odds(user, odds);
                for (int step = 0; step < 12; step++)
                {
                    (double sum, double slope) = Sums(odds, (float)Math.Exp(_activity[user]));
                    double miss = userTotals[user] - sum;
                    // In logs far away, where the sum is nearly exponential; Newton's step near it.
                    double move = sum < 0.5 * userTotals[user] || sum > 2 * userTotals[user] ? Math.Log(userTotals[user] / Math.Max(sum, 1e-9)) : miss / Math.Max(slope, 1e-9);
                    _activity[user] += Math.Clamp(move, -3, 3);
                    if (Math.Abs(miss) < 1e-4 * userTotals[user])
                    {
                        break;
                    }
                }

                Add(odds, (float)Math.Exp(_activity[user]), columns);
            }

            partial[part] = columns;
        }, _cancel);
        double[] totals = new double[_items];
        foreach (float[] columns in partial)
        {
            for (int item = 0; item < _items; item++)
            {
                totals[item] += columns[item];
            }
        }

        return totals;
    }

    private (int First, int End) Of(int part) => ((int)((long)_users * part / Parts), (int)((long)_users * (part + 1) / Parts));

    // exp(popularity + interest) of all items for a user, with what the rating adds.
    private void Odds(int user, Span<float> odds)
    {
        ReadOnlySpan<float> x = _interest.Users.Row(user);
        ref float factors = ref MemoryMarshal.GetArrayDataReference(_factors), popularity = ref MemoryMarshal.GetArrayDataReference(_popularity), target = ref MemoryMarshal.GetReference(odds);
        for (int i = 0; i < _padded; i += 8)
        {
            Vector256<float> sum = Vector256.LoadUnsafe(ref popularity, (nuint)i);
            for (int k = 0; k < _rank; k++)
            {
                sum = Vector256.FusedMultiplyAdd(Vector256.Create(x[k]), Vector256.LoadUnsafe(ref factors, (nuint)((k * _padded) + i)), sum);
            }

            Vector256.Min(sum, Vector256.Create(60f)).StoreUnsafe(ref target, (nuint)i);
        }

        TensorPrimitives.Exp(odds, odds);
        if (_visible is not null)
        {
            AddVisibility(_visible, user, odds);
        }
    }

    // By interpolation between tabled locations and log spreads.
    private void AddVisibility(RatingModel ratings, int user, Span<float> odds)
    {
        ReadOnlySpan<float> row = ratings.Users.Row(user);
        for (int item = 0; item < _items; item++)
        {
            (int l, double x) = Place(FactorStep.Dot(row, ratings.Items.Row(item)), MostLocation, Locations);
            (int s, double y) = Place(ratings.UserLogSpread[user] + ratings.ItemLogSpread[item], MostLogSpread, Spreads);
            int at = (s * Locations) + l;
            double low = _visibility[at] + (x * (_visibility[at + 1] - _visibility[at])), high = _visibility[at + Locations] + (x * (_visibility[at + Locations + 1] - _visibility[at + Locations]));
            odds[item] *= (float)(low + (y * (high - low)));
        }
    }

    // The point below a value on an even grid from −most to most, and how far behind it the value lies.
    private static (int Below, double Behind) Place(double value, double most, int points)
    {
        double place = (Math.Clamp(value, -most, most) + most) / (2 * most) * (points - 1);
        int below = Math.Min((int)place, points - 2);
        return (below, place - below);
    }

    private static (double Sum, double Slope) Sums(ReadOnlySpan<float> odds, float factor)
    {
        ref float start = ref MemoryMarshal.GetReference(odds);
        Vector256<float> a = Vector256.Create(factor), sum = Vector256<float>.Zero, squares = sum;
        for (int i = 0; i < odds.Length; i += 8)
        {
            Vector256<float> o = a * Vector256.LoadUnsafe(ref start, (nuint)i), p = o / (Vector256<float>.One + o);
            sum += p;
            squares = Vector256.FusedMultiplyAdd(p, p, squares);
        }

        double total = Vector256.Sum(sum);
        return (total, total - Vector256.Sum(squares));
    }

    private static void Add(ReadOnlySpan<float> odds, float factor, Span<float> columns)
    {
        ref float start = ref MemoryMarshal.GetReference(odds), target = ref MemoryMarshal.GetReference(columns);
        Vector256<float> a = Vector256.Create(factor);
        for (int i = 0; i < odds.Length; i += 8)
        {
            Vector256<float> o = a * Vector256.LoadUnsafe(ref start, (nuint)i);
            ((o / (Vector256<float>.One + o)) + Vector256.LoadUnsafe(ref target, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        }
    }
}
