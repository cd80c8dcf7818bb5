using System.Numerics.Tensors;
using Caudata.Numerics;
using Caudata.Simulation.Compilation;
using Caudata.Simulation.Execution;

namespace Caudata.Simulation.Feedback;

/// <summary>One rule of a mixture: scores with a temperature.</summary>
/// <param name="Share">Its share of the mixture, in (0, 1].</param>
/// <param name="Temperature">0 for the largest score, infinite for any item; else items are drawn in proportion to exp(score / temperature).</param>
/// <param name="Scores">The scores, shape [items]; not read, and may be empty, when the temperature is infinite. What is no number counts as −∞.</param>
public readonly record struct SlateRule(double Share, double Temperature, double[] Scores);

/// <summary>The distribution of one user's slate: at each position first a rule is drawn by its share, then an item by that rule from what is left.</summary>
/// <remarks>
/// With one rule of a finite temperature this is the model of Plackett and Luce [plackett1975] without replacement. All probabilities are exact up to rounding: where what is left has less than a thousandth of a rule's
/// weight, its weights are computed anew. Not thread-safe: it computes in buffers of its own.
/// </remarks>
public sealed class SlateDistribution
{
    /// <summary>Most orders of items above a position over which <see cref="PositionProbability"/> sums.</summary>
    public const int MostOrders = 256;

    private const int MostDepth = 16;
    private const double Faint = 1e-3;

    private readonly int _items;
    private readonly bool[] _isOut;
    private readonly List<int> _prefix = [];
    private readonly List<State> _states = [];
    private readonly List<double[]> _depths = [];
    private int[] _out = [];
    private int _left, _rules;

    /// <summary>Buffers for slates of so many items.</summary>
    /// <param name="items">Number of items.</param>
    internal SlateDistribution(int items)
    {
        _items = items;
        _isOut = new bool[items];
    }

    /// <summary>The distribution of a slate.</summary>
    /// <param name="items">Number of items, at least 1.</param>
    /// <param name="rules">The rules; their shares sum to 1.</param>
    /// <param name="excluded">Items that are not shown.</param>
    /// <exception cref="ArgumentException">A share, a temperature, the number of scores or an excluded item is wrong.</exception>
    public SlateDistribution(int items, ReadOnlySpan<SlateRule> rules, ReadOnlySpan<int> excluded = default) : this(items)
    {
        double sum = 0;
        foreach (SlateRule rule in rules)
        {
            sum += rule.Share;
            if (!(rule.Share > 0) || !(rule.Temperature >= 0) || (!double.IsInfinity(rule.Temperature) && rule.Scores?.Length != items))
            {
                throw new ArgumentException($"A rule has share {rule.Share}, temperature {rule.Temperature} and {rule.Scores?.Length ?? 0} scores; expected a share above 0, a temperature of 0 or more, and {items} scores.", nameof(rules));
            }
        }

        if (!(Math.Abs(sum - 1) < 1e-9))
        {
            throw new ArgumentException($"The shares sum to {sum}; expected 1.", nameof(rules));
        }

        foreach (int item in excluded)
        {
            if (item < 0 || item >= items)
            {
                throw new ArgumentException($"Item {item} is excluded; expected 0 to {items - 1}.", nameof(excluded));
            }
        }

        Begin(rules, excluded);
    }

    /// <summary>Number of items that may be shown.</summary>
    public int Left => _left;

    /// <summary>Begins with other rules.</summary>
    /// <param name="rules">The rules; their shares sum to 1.</param>
    /// <param name="excluded">Items that are not shown; the same one may stand there twice.</param>
    internal void Begin(ReadOnlySpan<SlateRule> rules, ReadOnlySpan<int> excluded)
    {
        _prefix.Clear();
        foreach (int item in _out)
        {
            _isOut[item] = false;
        }

        _out = [];
        if (!excluded.IsEmpty)
        {
            foreach (int item in excluded)
            {
                _isOut[item] = true;
            }

            _out = excluded.ToArray();
            Array.Sort(_out);
            int kept = 0;
            for (int i = 0; i < _out.Length; i++)
            {
                if (i == 0 || _out[i] != _out[i - 1])
                {
                    _out[kept++] = _out[i];
                }
            }

            _out = _out[..kept];
        }

        _left = _items - _out.Length;
        _rules = rules.Length;
        for (int r = 0; r < rules.Length; r++)
        {
            if (_states.Count == r)
            {
                _states.Add(new State(this));
            }

            _states[r].Begin(rules[r]);
        }
    }

    /// <summary>Draws a slate.</summary>
    /// <param name="uniforms">Two uniform numbers in (0, 1) for each position: for the rule and for the item.</param>
    /// <param name="slate">Receives the items from position 1 on.</param>
    /// <param name="propensities">Receives the probability of each item, given those above it.</param>
    /// <returns>Number of positions that were filled: less than asked for when fewer items are left.</returns>
    public int Draw(ReadOnlySpan<double> uniforms, Span<int> slate, Span<double> propensities)
    {
        int filled = Math.Min(slate.Length, _left);
        _prefix.Clear();
        for (int position = 0; position < filled; position++)
        {
            Enter();
            int item = Pick(uniforms[2 * position], uniforms[(2 * position) + 1]);
            slate[position] = item;
            propensities[position] = Here(item);
            _prefix.Add(item);
        }

        return filled;
    }

    /// <summary>Probability of a slate: the product over its positions.</summary>
    /// <param name="slate">Items from position 1 on, each once.</param>
    public double Probability(ReadOnlySpan<int> slate)
    {
        double probability = 1;
        for (int position = 0; position < slate.Length && probability > 0; position++)
        {
            probability *= Probability(slate[position], slate[..position]);
        }

        return probability;
    }

    /// <summary>Probability of an item at the position behind others.</summary>
    /// <param name="item">The item.</param>
    /// <param name="above">The items above it, from position 1 on.</param>
    public double Probability(int item, ReadOnlySpan<int> above)
    {
        if (_isOut[item] || above.Contains(item))
        {
            return 0;
        }

        _prefix.Clear();
        _prefix.AddRange(above);
        Enter();
        return Here(item);
    }

    /// <summary>Probability of an item at a position, whatever stands above it: the sum over all orders of items above.</summary>
    /// <remarks>
    /// Exact, or NaN where it is not given. It is given at position 1, for a policy that shows any item, and where at most <see cref="MostOrders"/> orders have a probability above 0: position 2 of 256 items, any
    /// position up to 16 of a policy that leaves no choice.
    /// </remarks>
    /// <param name="item">The item.</param>
    /// <param name="position">The position, from 1.</param>
    public double PositionProbability(int item, int position)
    {
        if (_isOut[item] || position > _left)
        {
            return 0;
        }

        bool any = true, some = false;
        for (int r = 0; r < _rules; r++)
        {
            any &= double.IsInfinity(_states[r].Rule.Temperature);
            some |= _states[r].Rule.Temperature > 0;
        }

        if (any)
        {
            return 1.0 / _left;
        }

        double orders = 1;
        for (int p = 1; p < position && some; p++)
        {
            orders *= _left - p;
        }

        if (orders > MostOrders || position > MostDepth)
        {
            return double.NaN;
        }

        int left = MostOrders;
        _prefix.Clear();
        return Sum(item, position - 1, ref left);
    }

    private double Sum(int item, int above, ref int left)
    {
        if (left < 0)
        {
            return double.NaN;
        }

        Enter();
        if (above == 0)
        {
            left--;
            return Here(item);
        }

        while (_depths.Count <= above)
        {
            _depths.Add(new double[_items]);
        }

        double[] here = _depths[above];
        for (int other = 0; other < _items; other++)
        {
            here[other] = other == item || _isOut[other] || _prefix.Contains(other) ? 0 : Here(other);
        }

        double sum = 0;
        for (int other = 0; other < _items; other++)
        {
            if (here[other] > 0)
            {
                _prefix.Add(other);
                sum += here[other] * Sum(item, above - 1, ref left);
                _prefix.RemoveAt(_prefix.Count - 1);
            }
        }

        return left < 0 ? double.NaN : sum;
    }

    // Makes every rule ready for the position behind the prefix.
    private void Enter()
    {
        for (int r = 0; r < _rules; r++)
        {
            _states[r].Enter();
        }
    }

    private double Here(int item)
    {
        double probability = 0;
        for (int r = 0; r < _rules; r++)
        {
            probability += _states[r].Rule.Share * _states[r].Here(item);
        }

        return Math.Min(probability, 1);
    }

    private int Pick(double coin, double uniform)
    {
        int rule = 0;
        for (double sum = _states[0].Rule.Share; rule < _rules - 1 && coin >= sum; rule++)
        {
            sum += _states[rule + 1].Rule.Share;
        }

        return _states[rule].Pick(uniform);
    }

    private bool IsLeft(int item) => !_isOut[item] && !_prefix.Contains(item);

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
