using Caudata.Numerics;
using Caudata.Simulation.Feedback;

namespace Caudata.Tests.Simulation.Feedback;

public sealed class FactorModelTests
{
    private const int Users = 40, Items = 33, Rank = 3;

    private static readonly SimulationWork Work = new(7, 1, CancellationToken.None);

    private static ExposurePast Past()
    {
        List<int> users = [], items = [];
        List<double> outcomes = [];
        for (int user = 0; user < Users; user++)
        {
            for (int item = 0; item < Items - 1; item++)
            {
                // The last item is never shown; a user in ten has no number.
                if (new RandomStream(1, "shown", 0).Split("pair", (ulong)((user * Items) + item)).NextInt32(3) == 0)
                {
                    users.Add(user);
                    items.Add(item);
                    outcomes.Add(user % 10 == 9 ? double.NaN : Truth(user, item));
                }
            }
        }

        return ExposurePast.Empty(Users, Items).Next(Round([.. users], [.. items], [.. outcomes]), 1);
    }

    internal static ExposureRound Round(int[] users, int[] items, double[] outcomes) => new()
    {
        Round = 0,
        Users = [.. users],
        Items = [.. items],
        Positions = [.. users.Select(_ => 1)],
        Propensities = [.. outcomes],
        SlatePropensities = [.. outcomes],
        PositionPropensities = [.. outcomes],
        Outcomes = [.. outcomes],
        Context = [],
    };

    private static double Truth(int user, int item) => 2 + Math.Sin(user) + (Math.Cos(user) * Math.Sin(3 * item)) + (0.5 * Math.Cos(item));

    /// <summary>The same least squares, written plainly in double precision, solved by elimination.</summary>
    private static double[,] Reference(ExposurePast past, double penalty, int sweeps)
    {
        double[,] p = new double[Users, Rank + 1], q = new double[Items, Rank + 1];
        for (int item = 0; item < Items; item++)
        {
            double[] noise = new double[Rank];
            KeyedNoise.Normal(NoiseKey.Of(7, "matrix-factorisation").Row((ulong)item), 0, noise);
            for (int k = 0; k < Rank; k++)
            {
                q[item, k] = 0.1 * noise[k];
            }
        }

        List<(int User, int Item, double Y)> seen = [];
        for (int user = 0; user < Users; user++)
        {
            for (int e = 0; e < past.ItemsOf(user).Length; e++)
            {
                if (!float.IsNaN(past.OutcomesOf(user)[e]))
                {
                    seen.Add((user, past.ItemsOf(user)[e], past.OutcomesOf(user)[e]));
                }
            }
        }

        double mean = seen.Average(s => s.Y);
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            Half(p, q, seen.Select(s => (s.User, s.Item, s.Y)));
            Half(q, p, seen.Select(s => (s.Item, s.User, s.Y)));
        }

        double[,] scores = new double[Users, Items];
        for (int user = 0; user < Users; user++)
        {
            for (int item = 0; item < Items; item++)
            {
                scores[user, item] = q[item, Rank] + Enumerable.Range(0, Rank).Sum(k => p[user, k] * q[item, k]);
            }
        }

        return scores;

        void Half(double[,] solved, double[,] others, IEnumerable<(int Unit, int Other, double Y)> observations)
        {
            Array.Clear(solved);
            foreach (var unit in observations.GroupBy(o => o.Unit))
            {
                double[,] a = new double[Rank + 1, Rank + 2];
                for (int r = 0; r <= Rank; r++)
                {
                    a[r, r] = penalty;
                }

                foreach ((int _, int other, double y) in unit)
                {
                    double[] f = [.. Enumerable.Range(0, Rank).Select(k => others[other, k]), 1];
                    for (int r = 0; r <= Rank; r++)
                    {
                        for (int c = 0; c <= Rank; c++)
                        {
                            a[r, c] += f[r] * f[c];
                        }

                        a[r, Rank + 1] += f[r] * (y - mean - others[other, Rank]);
                    }
                }

                for (int pivot = 0; pivot <= Rank; pivot++)
                {
                    for (int r = 0; r <= Rank; r++)
                    {
                        double factor = r == pivot ? 0 : a[r, pivot] / a[pivot, pivot];
                        for (int c = 0; c <= Rank + 1; c++)
                        {
                            a[r, c] -= factor * a[pivot, c];
                        }
                    }
                }

                for (int r = 0; r <= Rank; r++)
                {
                    solved[unit.Key, r] = a[r, Rank + 1] / a[r, r];
                }
            }
        }
    }

    [Fact]
    public void It_is_the_least_squares_written_plainly()
    {
        ExposurePast past = Past();
        FactorModel model = FactorModel.Fit(past, new FactorisationExposure(Rank, 0.3, 4), null, Work);
        double[,] reference = Reference(past, 0.3, 4);
        double[] scores = new double[Items];
        for (int user = 0; user < Users; user++)
        {
            model.Score(user, scores);
            for (int item = 0; item < Items; item++)
            {
                Assert.Equal(reference[user, item], scores[item], 2e-3);
            }
        }
    }

    [Fact]
    public void It_orders_items_as_they_are_liked()
    {
        FactorModel model = FactorModel.Fit(Past(), new FactorisationExposure(Rank, 0.1, 10), null, Work);
        double[] scores = new double[Items];
        int right = 0, all = 0;
        for (int user = 0; user < Users; user += 3)
        {
            model.Score(user, scores);
            for (int i = 0; i < Items - 1; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    all += user % 10 == 9 ? 0 : 1;
                    right += user % 10 != 9 && (scores[i] > scores[j]) == (Truth(user, i) > Truth(user, j)) ? 1 : 0;
                }
            }
        }

        Assert.InRange(right / (double)all, 0.85, 1);
        Assert.Equal(0, scores[Items - 1]);
    }

    [Fact]
    public void Threads_change_no_bit_and_a_start_is_kept()
    {
        ExposurePast past = Past();
        FactorisationExposure options = new(Rank, 0.3, 2);
        FactorModel one = FactorModel.Fit(past, options, null, Work), eight = FactorModel.Fit(past, options, null, Work with { Threads = 8 }), on = FactorModel.Fit(past, options, one, Work), four = FactorModel.Fit(past, options with { Sweeps = 4 }, null, Work);
        double[] a = new double[Items], b = new double[Items];
        for (int user = 0; user < Users; user++)
        {
            one.Score(user, a);
            eight.Score(user, b);
            Assert.Equal(a, b);
            on.Score(user, a);
            four.Score(user, b);
            Assert.Equal(a, b);
        }
    }

    [Fact]
    public void Of_nothing_it_learns_nothing()
    {
        double[] scores = [1, 1, 1];
        FactorModel.Fit(ExposurePast.Empty(2, 3), new FactorisationExposure(), null, Work).Score(1, scores);
        Assert.Equal([0, 0, 0], scores);
    }
}
