using System.Numerics;
using System.Runtime.InteropServices;
using Caudata.Numerics;

namespace Caudata.Simulation.Feedback;

/// <summary>A matrix factorisation of the outcomes so far: outcome ≈ μ + b_u + b_i + p_u·q_i.</summary>
/// <remarks>
/// <para>Least squares with a ridge penalty λ(|p|² + |q|² + b²) over the exposed pairs, alternating between users and items [koren2009]; each step is solved exactly, so nothing depends on an order of visits.
/// A round goes on from the factors of the one before. An item that was never shown has factors 0: it counts as average.</para>
/// <para>Cost of a sweep: exposures × rank² for the normal equations, in single precision on vectors, and (users + items) × rank³ / 3. Sums run in the order of the exposures, so the bits depend neither on threads nor on
/// the width of vectors.</para>
/// </remarks>
internal sealed class FactorModel : IExposureModel
{
    // A multiple of every vector's width: rows of factors are padded to it with zeros.
    private const int Lane = 16, Block = 64;

    private readonly int _rank, _stride, _itemStride;
    private readonly float[] _users, _items, _userBias, _itemBias, _byRank;

    private FactorModel(int rank, int users, int items)
    {
        (_rank, _stride, _itemStride) = (rank, Padded(rank + 1), Padded(items));
        _users = new float[(long)users * _stride];
        _items = new float[(long)items * _stride];
        _userBias = new float[users];
        _itemBias = new float[items];
        _byRank = new float[(long)(rank + 1) * _itemStride];
    }

    /// <summary>Fits the model to the past.</summary>
    /// <param name="past">The past.</param>
    /// <param name="options">Rank, penalty, sweeps.</param>
    /// <param name="before">The model of the round before, where the search begins; null in the first round.</param>
    /// <param name="work">Seed of the first factors, threads, cancellation.</param>
    public static FactorModel Fit(ExposurePast past, FactorisationExposure options, FactorModel? before, SimulationWork work)
    {
        FactorModel model = new(options.Rank, past.Users, past.Items);
        (int[] starts, int[] users, float[] outcomes, double mean) = ByItem(past);
        if (users.Length == 0)
        {
            return model;
        }

        model.Begin(before, work.Seed);
        for (int sweep = 0; sweep < options.Sweeps; sweep++)
        {
            model.Solve(past.Users, work, options.Regularisation, model._users, model._userBias, model._items, model._itemBias, (float)mean, user => (past.ItemsOf(user).ToArray(), past.OutcomesOf(user).ToArray()));
            model.Solve(past.Items, work, options.Regularisation, model._items, model._itemBias, model._users, model._userBias, (float)mean, item => (users[starts[item]..starts[item + 1]], outcomes[starts[item]..starts[item + 1]]));
        }

        model.Transpose();
        return model;
    }

    /// <summary>b_i + p_u·q_i: the expected outcome, less what is the same for all items of the user.</summary>
    public void Score(int user, Span<double> scores)
    {
        ReadOnlySpan<float> factors = _users.AsSpan(user * _stride, _rank);
        Span<float> sums = stackalloc float[Lane];
        Span<Vector<float>> lanes = MemoryMarshal.Cast<float, Vector<float>>(sums);
        for (int from = 0; from < scores.Length; from += Lane)
        {
            ReadOnlySpan<float> bias = _byRank.AsSpan((_rank * _itemStride) + from, Lane);
            bias.CopyTo(sums);
            for (int k = 0; k < factors.Length; k++)
            {
                ReadOnlySpan<Vector<float>> row = MemoryMarshal.Cast<float, Vector<float>>(_byRank.AsSpan((k * _itemStride) + from, Lane));
                Vector<float> factor = new(factors[k]);
                for (int l = 0; l < lanes.Length; l++)
                {
                    lanes[l] = Vector.FusedMultiplyAdd(factor, row[l], lanes[l]);
                }
            }

            int count = Math.Min(Lane, scores.Length - from);
            for (int i = 0; i < count; i++)
            {
                scores[from + i] = sums[i];
            }
        }
    }

    private static int Padded(int length) => (length + Lane - 1) / Lane * Lane;

    // The exposures item by item, those of an item in the order of users; outcomes that are no numbers are left out. And the mean of the rest.
    private static (int[] Starts, int[] Users, float[] Outcomes, double Mean) ByItem(ExposurePast past)
    {
        int[] starts = new int[past.Items + 1];
        CompensatedSum sum = default;
        for (int user = 0; user < past.Users; user++)
        {
            ReadOnlySpan<int> items = past.ItemsOf(user);
            ReadOnlySpan<float> outcomes = past.OutcomesOf(user);
            for (int e = 0; e < items.Length; e++)
            {
                if (!float.IsNaN(outcomes[e]))
                {
                    starts[items[e] + 1]++;
                    sum.Add(outcomes[e]);
                }
            }
        }

        for (int i = 0; i < past.Items; i++)
        {
            starts[i + 1] += starts[i];
        }

        int[] next = starts[..^1], users = new int[starts[^1]];
        float[] values = new float[users.Length];
        for (int user = 0; user < past.Users; user++)
        {
            ReadOnlySpan<int> items = past.ItemsOf(user);
            ReadOnlySpan<float> outcomes = past.OutcomesOf(user);
            for (int e = 0; e < items.Length; e++)
            {
                if (!float.IsNaN(outcomes[e]))
                {
                    int at = next[items[e]]++;
                    (users[at], values[at]) = (user, outcomes[e]);
                }
            }
        }

        return (starts, users, values, users.Length == 0 ? 0 : sum.Value / users.Length);
    }

    // The place behind the factors is 1: what stands there is multiplied by the other side's bias.
    private void Begin(FactorModel? before, ulong seed)
    {
        bool known = before is { } model && Array.Exists(model._items, q => q != 0);
        Span<double> noise = stackalloc double[_rank];
        for (int item = 0; item < _itemBias.Length; item++)
        {
            Span<float> row = _items.AsSpan(item * _stride, _stride);
            if (known)
            {
                before!._items.AsSpan(item * _stride, _stride).CopyTo(row);
                _itemBias[item] = before._itemBias[item];
            }
            else
            {
                KeyedNoise.Normal(NoiseKey.Of(seed, "matrix-factorisation").Row((ulong)item), 0, noise);
                for (int k = 0; k < _rank; k++)
                {
                    row[k] = (float)(0.1 * noise[k]);
                }
            }

            row[_rank] = 1;
        }
    }

    private void Solve(int count, SimulationWork work, double penalty, float[] target, float[] bias, float[] others, float[] otherBias, float mean, Func<int, (int[] Others, float[] Outcomes)> observed)
    {
        int size = _rank + 1;
        BlockLoop.Run((count + Block - 1) / Block, work.Threads, (block, _) =>
        {
            float[] normal = new float[size * _stride], right = new float[_stride];
            double[] matrix = new double[size * size], solution = new double[size];
            for (int unit = block * Block; unit < Math.Min(count, (block + 1) * Block); unit++)
            {
                (int[] with, float[] outcomes) = observed(unit);
                Span<float> row = target.AsSpan(unit * _stride, _stride);
                row.Clear();
                row[_rank] = 1;
                bias[unit] = 0;
                if (!Accumulate(with, outcomes, others, otherBias, mean, normal, right))
                {
                    continue;
                }

                for (int r = 0; r < size; r++)
                {
                    solution[r] = right[r];
                    for (int c = 0; c <= r; c++)
                    {
                        matrix[(r * size) + c] = normal[(r * _stride) + c] + (r == c ? penalty : 0);
                    }
                }

                if (Cholesky.TryFactor(matrix, size))
                {
                    Cholesky.Solve(matrix, size, solution);
                    for (int k = 0; k < _rank; k++)
                    {
                        row[k] = (float)solution[k];
                    }

                    bias[unit] = (float)solution[_rank];
                }
            }
        }, work.Cancellation);
    }

    /// <summary>The normal equations of one unit: Σ f·fᵀ and Σ f·(y − μ − b) over what it was seen with; false when that is nothing.</summary>
    private bool Accumulate(int[] with, float[] outcomes, float[] others, float[] otherBias, float mean, float[] normal, float[] right)
    {
        normal.AsSpan().Clear();
        right.AsSpan().Clear();
        bool any = false;
        Span<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(right.AsSpan());
        for (int e = 0; e < with.Length; e++)
        {
            if (float.IsNaN(outcomes[e]))
            {
                continue;
            }

            any = true;
            ReadOnlySpan<float> factors = others.AsSpan(with[e] * _stride, _stride);
            ReadOnlySpan<Vector<float>> lanes = MemoryMarshal.Cast<float, Vector<float>>(factors);
            Vector<float> rest = new(outcomes[e] - mean - otherBias[with[e]]);
            for (int l = 0; l < lanes.Length; l++)
            {
                sums[l] = Vector.FusedMultiplyAdd(rest, lanes[l], sums[l]);
            }

            for (int r = 0; r <= _rank; r++)
            {
                Span<Vector<float>> line = MemoryMarshal.Cast<float, Vector<float>>(normal.AsSpan(r * _stride, _stride));
                Vector<float> factor = new(factors[r]);
                for (int l = 0; l < lanes.Length; l++)
                {
                    line[l] = Vector.FusedMultiplyAdd(factor, lanes[l], line[l]);
                }
            }
        }

        return any;
    }

    // Factor by factor, for scoring all items of a user side by side; the bias is the last one.
    private void Transpose()
    {
        for (int item = 0; item < _itemBias.Length; item++)
        {
            for (int k = 0; k < _rank; k++)
            {
                _byRank[(k * _itemStride) + item] = _items[(item * _stride) + k];
            }

            _byRank[(_rank * _itemStride) + item] = _itemBias[item];
        }
    }
}
