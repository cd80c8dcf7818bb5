using System.Numerics.Tensors;
using Caudata.Numerics;
using Caudata.Simulation.Compilation;
using Caudata.Simulation.Execution;

namespace Caudata.Simulation.Feedback;

public sealed partial class SlateDistribution
{
    /// <summary>A rule with its weights at the present position.</summary>
    private sealed class State(SlateDistribution slate)
    {
        // The largest scores are kept in order, so that not every position looks at all items.
        private const int MostKept = 64;

        private readonly double[] _scores = new double[slate._items];
        private readonly int[] _top = new int[Math.Min(MostKept, slate._items)];
        private double[] _weights = [], _faint = [], _here = [];
        private double _all, _total, _best;
        private int _ties, _kept;

        public SlateRule Rule { get; private set; }

        private bool IsUniform => double.IsInfinity(Rule.Temperature);

        private bool IsGreedy => Rule.Temperature == 0;

        public void Begin(SlateRule rule)
        {
            Rule = rule;
            if (IsUniform)
            {
                return;
            }

            for (int i = 0; i < _scores.Length; i++)
            {
                _scores[i] = double.IsNaN(rule.Scores[i]) ? double.NegativeInfinity : rule.Scores[i];
            }

            if (IsGreedy)
            {
                Keep();
                return;
            }

            if (_weights.Length == 0)
            {
                // Kernels may read to the end of a vector.
                (_weights, _faint) = (new double[_scores.Length + ColumnOperand.Padding], new double[_scores.Length + ColumnOperand.Padding]);
            }

            _all = Weigh(_weights);
        }

        public void Enter()
        {
            if (IsUniform)
            {
                return;
            }

            if (IsGreedy)
            {
                (_best, _ties) = BestKept() ?? Best();
                return;
            }

            (_here, _total) = (_weights, _all);
            foreach (int item in slate._prefix)
            {
                _total -= _weights[item];
            }

            if (!(_total > Faint * _all))
            {
                _here = _faint;
                _total = Weigh(_faint);
            }
        }

        // The probability of an item that is left.
        public double Here(int item) =>
            IsUniform ? 1.0 / (slate._left - slate._prefix.Count)
            : IsGreedy ? (_scores[item] == _best ? 1.0 / _ties : 0)
            : _here[item] / _total;

        public int Pick(double uniform) => IsUniform ? PickAny(uniform) : IsGreedy ? PickBest(uniform) : PickWeighted(uniform);

        // The first items by score that are not excluded, of equal ones the first.
        private void Keep()
        {
            _kept = 0;
            double least = double.NegativeInfinity;
            for (int i = 0; i < _scores.Length; i++)
            {
                double score = _scores[i];
                if ((score > least || _kept < _top.Length) && !slate._isOut[i])
                {
                    _kept = Math.Min(_kept + 1, _top.Length);
                    int at = _kept - 1;
                    for (; at > 0 && _scores[_top[at - 1]] < score; at--)
                    {
                        _top[at] = _top[at - 1];
                    }

                    _top[at] = i;
                    least = _scores[_top[_kept - 1]];
                }
            }
        }

        // The best of what is left and how many are equal to it; null when others than those kept may be equal.
        private (double Best, int Ties)? BestKept()
        {
            double best = double.NaN;
            int ties = 0;
            for (int k = 0; k < _kept && !(_scores[_top[k]] < best); k++)
            {
                if (slate.IsLeft(_top[k]))
                {
                    best = _scores[_top[k]];
                    ties++;
                }
            }

            return ties > 0 && (_kept == slate._left || best > _scores[_top[_kept - 1]]) ? (best, ties) : null;
        }

        private (double Best, int Ties) Best()
        {
            double best = double.NegativeInfinity;
            int ties = 0;
            for (int i = 0; i < _scores.Length; i++)
            {
                if (_scores[i] >= best && slate.IsLeft(i))
                {
                    ties = _scores[i] > best ? 1 : ties + 1;
                    best = _scores[i];
                }
            }

            return (best, ties);
        }

        // exp((score − largest) / temperature) of what is left, else 0; and their sum. Where scores are infinite, those equal to the largest share alike.
        private double Weigh(double[] weights)
        {
            (double largest, int _) = Best();
            Span<double> target = weights.AsSpan(0, _scores.Length);
            if (double.IsInfinity(largest))
            {
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = _scores[i] == largest ? 1 : 0;
                }
            }
            else
            {
                TensorPrimitives.Subtract(_scores, largest, target);
                TensorPrimitives.Divide(target, Rule.Temperature, target);
                ColumnKernels.Map(Op.Exp, ColumnOperand.Column(ref weights[0]), default, default, ref weights[0], target.Length);
            }

            foreach (int item in slate._out)
            {
                target[item] = 0;
            }

            foreach (int item in slate._prefix)
            {
                target[item] = 0;
            }

            return RowKernels.Sum(target);
        }

        private int PickAny(double uniform)
        {
            // The n-th of those left: every item out below it moves it up by one.
            int[] gone = [.. slate._out, .. slate._prefix];
            Array.Sort(gone);
            int item = (int)(uniform * (slate._left - slate._prefix.Count));
            foreach (int other in gone)
            {
                item += item >= other ? 1 : 0;
            }

            return item;
        }

        private int PickBest(double uniform)
        {
            int wanted = (int)(uniform * _ties);
            foreach (int item in BestKept() is null ? [] : _top.AsSpan(0, _kept))
            {
                if (_scores[item] == _best && slate.IsLeft(item) && wanted-- == 0)
                {
                    return item;
                }
            }

            for (int i = 0; ; i++)
            {
                if (_scores[i] == _best && slate.IsLeft(i) && wanted-- == 0)
                {
                    return i;
                }
            }
        }

        private int PickWeighted(double uniform)
        {
            // What is above is passed over; its weights come back afterwards.
            Span<double> kept = stackalloc double[Math.Min(slate._prefix.Count, 64)];
            double[] weights = _here;
            double[] many = kept.Length < slate._prefix.Count ? new double[slate._prefix.Count] : [];
            Span<double> held = many.Length > 0 ? many : kept;
            for (int p = 0; p < held.Length; p++)
            {
                held[p] = weights[slate._prefix[p]];
                weights[slate._prefix[p]] = 0;
            }

            double wanted = uniform * _total, sum = 0;
            int found = -1;
            for (int i = 0; i < _scores.Length; i++)
            {
                if (weights[i] > 0)
                {
                    found = i;
                    sum += weights[i];
                    if (sum > wanted)
                    {
                        break;
                    }
                }
            }

            for (int p = 0; p < held.Length; p++)
            {
                weights[slate._prefix[p]] = held[p];
            }

            return found;
        }
    }
}
