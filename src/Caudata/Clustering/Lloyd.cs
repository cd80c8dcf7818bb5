using System.Buffers;
using Caudata.Numerics;

namespace Caudata.Clustering;

/// <summary>Lloyd's iterations with Hamerly's bounds, on points weighted or not.</summary>
internal static class Lloyd
{
    /// <summary>Points in a block of work: does not depend on the number of threads, so neither does any sum.</summary>
    private const int Block = 16 * NearestCentroid.Block;

    /// <summary>Runs from given centroids.</summary>
    /// <param name="set">The points.</param>
    /// <param name="weights">Weight of each point above 0, or null for 1 each.</param>
    /// <param name="centroids">The first centroids less the set's shift, shape [k, d]; changed.</param>
    /// <param name="options">Limits, tolerance, threads.</param>
    /// <param name="bounds">Whether to pass over points by their bounds; the result is the same without.</param>
    /// <param name="cancel">Stops between blocks.</param>
    internal static KMeansResult Run(PointSet set, float[]? weights, float[] centroids, KMeansOptions options, bool bounds, CancellationToken cancel)
    {
        using State state = new(set, weights, centroids, options.Threads, bounds, cancel);
        double scale = 0;
        for (int i = 0; i < set.Count; i++)
        {
            scale += set.SquaredNorms[i];
        }

        double stop = options.Tolerance * scale / ((double)set.Count * set.Dimension);
        int iterations = 0;
        bool converged = false, settled = false;
        while (iterations < options.MaxIterations && !converged)
        {
            iterations++;
            settled = !state.Assign();
            if (settled)
            {
                converged = true;
            }
            else
            {
                converged = state.Update() <= stop && options.Tolerance > 0;
            }
        }

        if (!settled)
        {
            // The centroids moved last: the points follow once more.
            state.Assign();
        }

        return state.Result(iterations, converged);
    }

    /// <summary>The nearest of given centroids for each point.</summary>
    internal static int[] Assign(PointSet set, float[] centroids, int threads, CancellationToken cancel)
    {
        using State state = new(set, null, centroids, threads, false, cancel);
        state.Assign();
        return state.Assignment;
    }

    private sealed class State : IDisposable
    {
        private readonly PointSet _set;
        private readonly float[]? _weights;
        private readonly int _n, _d, _k, _threads;
        private readonly bool _bounds;
        private readonly CancellationToken _cancel;
        private readonly float[] _centroids, _upper, _lower, _drift;
        private readonly double[] _sums, _mass;
        private readonly int[] _sizes;
        private readonly NearestCentroid _nearest;
        private readonly List<(int Point, int From)>[] _changes;
        private readonly float[][] _scratch;
        private readonly float[] _previous;
        private float _most, _mostButOne, _longest;
        private int _fastest = -1;
        private bool _started;

        internal State(PointSet set, float[]? weights, float[] centroids, int threads, bool bounds, CancellationToken cancel)
        {
            (_set, _weights, _centroids, _threads, _bounds, _cancel) = (set, weights, centroids, threads, bounds, cancel);
            (_n, _d) = (set.Count, set.Dimension);
            _k = centroids.Length / _d;
            Assignment = new int[_n];
            Array.Fill(Assignment, -1);
            _upper = bounds ? new float[_n] : [];
            _lower = bounds ? new float[_n] : [];
            _drift = new float[_k];
            _sums = new double[_k * _d];
            _mass = new double[_k];
            _sizes = new int[_k];
            _previous = new float[centroids.Length];
            _nearest = new NearestCentroid(_k, _d);
            int blocks = (_n + Block - 1) / Block;
            _changes = new List<(int, int)>[blocks];
            for (int b = 0; b < blocks; b++)
            {
                _changes[b] = [];
            }

            _scratch = new float[Math.Min(threads, blocks)][];
            for (int w = 0; w < _scratch.Length; w++)
            {
                _scratch[w] = ArrayPool<float>.Shared.Rent(NearestCentroid.ScratchFloats(_d));
            }

            Repack();
        }

        internal int[] Assignment { get; }

        public void Dispose()
        {
            _nearest.Dispose();
            foreach (float[] scratch in _scratch)
            {
                ArrayPool<float>.Shared.Return(scratch);
            }
        }

        /// <summary>Gives every point its nearest centroid; true when a point changed its cluster.</summary>
        internal bool Assign()
        {
            BlockLoop.Run(_changes.Length, _threads, AssignBlock, _cancel);
            _started = true;
            return Array.Exists(_changes, c => c.Count > 0);
        }

        /// <summary>Moves the centroids to their means; returns the sum of their squared movements.</summary>
        internal double Update()
        {
            // Every change takes its point from one cluster's sum and adds it to another's, cluster by cluster in order of point.
            int[] start = new int[_k + 1];
            foreach (List<(int Point, int From)> changes in _changes)
            {
                foreach ((int point, int from) in changes)
                {
                    start[Assignment[point] + 1]++;
                    if (from >= 0)
                    {
                        start[from + 1]++;
                    }
                }
            }

            for (int j = 0; j < _k; j++)
            {
                start[j + 1] += start[j];
            }

            int[] entries = new int[start[_k]], end = start[.._k];
            foreach (List<(int Point, int From)> changes in _changes)
            {
                foreach ((int point, int from) in changes)
                {
                    entries[end[Assignment[point]]++] = point;
                    if (from >= 0)
                    {
                        entries[end[from]++] = ~point;
                    }
                }
            }

            const int Group = 8;
            BlockLoop.Run((_k + Group - 1) / Group, _threads, (group, _) =>
            {
                for (int j = group * Group; j < Math.Min(_k, (group + 1) * Group); j++)
                {
                    Span<double> sum = _sums.AsSpan(j * _d, _d);
                    for (int e = start[j]; e < start[j + 1]; e++)
                    {
                        int point = entries[e] >= 0 ? entries[e] : ~entries[e], sign = entries[e] >= 0 ? 1 : -1;
                        Move(point, sign, j, sum);
                    }
                }
            }, _cancel);
            FillEmpty();
            _centroids.CopyTo(_previous, 0);
            double[] moved = new double[_k];
            BlockLoop.Run((_k + Group - 1) / Group, _threads, (group, _) =>
            {
                for (int j = group * Group; j < Math.Min(_k, (group + 1) * Group); j++)
                {
                    if (_sizes[j] > 0)
                    {
                        for (int c = 0; c < _d; c++)
                        {
                            _centroids[(j * _d) + c] = (float)((_sums[(j * _d) + c] / _mass[j]) - _set.Shift[c]);
                        }
                    }

                    moved[j] = Distance.Squared(_centroids.AsSpan(j * _d, _d), _previous.AsSpan(j * _d, _d));
                    _drift[j] = MathF.BitIncrement((float)Math.Sqrt(moved[j]) * 1.000001f);
                }
            }, _cancel);
            (_most, _mostButOne, _fastest) = (0, 0, -1);
            double total = 0;
            for (int j = 0; j < _k; j++)
            {
                total += moved[j];
                if (_drift[j] > _most)
                {
                    (_mostButOne, _most, _fastest) = (_most, _drift[j], j);
                }
                else
                {
                    _mostButOne = Math.Max(_mostButOne, _drift[j]);
                }
            }

            Repack();
            return total;
        }

        internal KMeansResult Result(int iterations, bool converged)
        {
            double[] parts = new double[_changes.Length];
            BlockLoop.Run(parts.Length, _threads, (block, worker) =>
            {
                Span<float> row = _scratch[worker].AsSpan(0, _d);
                for (int i = block * Block; i < Math.Min(_n, (block + 1) * Block); i++)
                {
                    _set.Copy(i, row);
                    parts[block] += (_weights?[i] ?? 1) * Distance.Squared(row, _centroids.AsSpan(Assignment[i] * _d, _d));
                }
            }, _cancel);
            int[] sizes = new int[_k], number = new int[_k];
            foreach (int j in Assignment)
            {
                sizes[j]++;
            }

            int kept = 0;
            for (int j = 0; j < _k; j++)
            {
                number[j] = kept;
                kept += sizes[j] > 0 ? 1 : 0;
            }

            float[] centroids = new float[kept * _d];
            for (int j = 0; j < _k; j++)
            {
                for (int c = 0; sizes[j] > 0 && c < _d; c++)
                {
                    centroids[(number[j] * _d) + c] = _centroids[(j * _d) + c] + _set.Shift[c];
                }
            }

            for (int i = 0; i < _n; i++)
            {
                Assignment[i] = number[Assignment[i]];
            }

            return new KMeansResult(centroids, Assignment, Array.FindAll(sizes, s => s > 0), CompensatedSum.Of(parts), iterations, converged);
        }

        private void Repack()
        {
            _nearest.Pack(_centroids, _threads);
            _longest = 0;
            for (int j = 0; j < _k; j++)
            {
                _longest = Math.Max(_longest, _nearest.HalfNorms[j]);
            }

            _longest = MathF.Sqrt(2 * _longest) * 1.0001f;
        }

        /// <summary>Most that the squared distances of this point can be wrong by rounding: (d + 16)·2⁻²³·(‖x‖ + max‖c‖)².</summary>
        private float Error(int point)
        {
            float length = MathF.Sqrt(_set.SquaredNorms[point]) + _longest;
            return (_d + 16) * 1.1920929e-7f * length * length;
        }

        private void AssignBlock(int block, int worker)
        {
            List<(int Point, int From)> changes = _changes[block];
            changes.Clear();
            float[] scratch = _scratch[worker];
            int room = NearestCentroid.Block, rows = NearestCentroid.ScratchFloats(_d) - (room * _d), waiting = 0;
            Span<int> points = stackalloc int[NearestCentroid.Block], nearest = stackalloc int[NearestCentroid.Block];
            Span<float> best = stackalloc float[NearestCentroid.Block], second = stackalloc float[NearestCentroid.Block];
            for (int i = block * Block, last = Math.Min(_n, i + Block); i < last; i++)
            {
                Span<float> row = scratch.AsSpan(rows + (waiting * _d), _d);
                if (_bounds && _started && Settled(i, row))
                {
                    continue;
                }

                if (!_bounds || !_started)
                {
                    _set.Copy(i, row);
                }

                points[waiting++] = i;
                if (waiting == room)
                {
                    Flush(points, nearest, best, second);
                    waiting = 0;
                }
            }

            if (waiting > 0)
            {
                Flush(points[..waiting], nearest, best, second);
            }

            void Flush(ReadOnlySpan<int> who, Span<int> at, Span<float> top, Span<float> next)
            {
                _nearest.Find(scratch.AsSpan(rows, who.Length * _d), who.Length, scratch, at, top, next);
                for (int r = 0; r < who.Length; r++)
                {
                    int i = who[r];
                    if (_bounds)
                    {
                        float error = Error(i);
                        _upper[i] = MathF.Sqrt(Math.Max(0, _set.SquaredNorms[i] - (2 * top[r]) + error)) * 1.000001f;
                        _lower[i] = MathF.Sqrt(Math.Max(0, _set.SquaredNorms[i] - (2 * next[r]) - error)) * 0.999999f;
                    }

                    if (Assignment[i] != at[r])
                    {
                        changes.Add((i, Assignment[i]));
                        Assignment[i] = at[r];
                    }
                }
            }
        }

        /// <summary>Whether the point's nearest centroid cannot have changed. If it may have, the row holds the point.</summary>
        private bool Settled(int point, Span<float> row)
        {
            int own = Assignment[point];
            float upper = (_upper[point] + _drift[own]) * 1.000001f, lower = (_lower[point] - (own == _fastest ? _mostButOne : _most)) * 0.999999f, error = 2 * Error(point);
            (_upper[point], _lower[point]) = (upper, lower);
            if (lower > 0 && (upper * upper) + error < lower * lower * 0.999999f)
            {
                return true;
            }

            _set.Copy(point, row);
            if (lower > 0)
            {
                upper = (float)Math.Sqrt(Distance.Squared(row, _centroids.AsSpan(own * _d, _d))) * 1.000001f;
                _upper[point] = upper;
                return (upper * upper) + error < lower * lower * 0.999999f;
            }

            return false;
        }

        private void Move(int point, int sign, int cluster, Span<double> sum)
        {
            float weight = _weights?[point] ?? 1;
            Distance.Add(_set.Points.Span.Slice(point * _d, _d), sum, sign * weight);
            _sizes[cluster] += sign;
            _mass[cluster] = _sizes[cluster] == 0 ? 0 : _mass[cluster] + (sign * weight);
            if (_sizes[cluster] == 0)
            {
                sum.Clear();
            }
        }

        /// <summary>Gives each empty cluster the point farthest from its centroid, from clusters that have more than one, as long as there is one at a distance above 0.</summary>
        private void FillEmpty()
        {
            int empty = _sizes.Count(s => s == 0);
            if (empty == 0)
            {
                return;
            }

            TopK farthest = new(Math.Min(_n, (4 * empty) + 64));
            Span<float> row = _scratch[0].AsSpan(0, _d);
            for (int i = 0; i < _n; i++)
            {
                _set.Copy(i, row);
                farthest.Offer((float)Distance.Squared(row, _centroids.AsSpan(Assignment[i] * _d, _d)), i);
            }

            using IEnumerator<(long Index, float Value)> candidates = ((IEnumerable<(long, float)>)farthest.Sorted()).GetEnumerator();
            for (int j = 0; j < _k; j++)
            {
                while (_sizes[j] == 0 && candidates.MoveNext())
                {
                    (int point, int from) = ((int)candidates.Current.Index, Assignment[(int)candidates.Current.Index]);
                    if (candidates.Current.Value > 0 && _sizes[from] > 1)
                    {
                        Move(point, -1, from, _sums.AsSpan(from * _d, _d));
                        Move(point, 1, j, _sums.AsSpan(j * _d, _d));
                        Assignment[point] = j;
                        if (_bounds)
                        {
                            (_upper[point], _lower[point]) = (float.MaxValue, 0);
                        }
                    }
                }
            }
        }
    }
}
