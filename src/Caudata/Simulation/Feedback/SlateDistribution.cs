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
public sealed partial class SlateDistribution
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
}
