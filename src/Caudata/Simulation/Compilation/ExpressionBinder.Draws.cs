using System.Globalization;
using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Compilation;

/// <content>Draws: keyed noise turned into a distribution, with a look at its parameters.</content>
internal sealed partial class ExpressionBinder
{
    private Node? BindDraw(Expression.Call call, Plate context, string stream, Node[] a)
    {
        Node Uniform() => nodes.Noise(Op.Uniform, context, stream);
        Node Bound(int index, double low, double high, string what) => Bounded(call, index, a[index], low, high, what);
        Node Normal() => nodes.Sum(context, a[0], nodes.Map(Op.Multiply, context, Bound(1, 0, double.PositiveInfinity, "sd"), nodes.Noise(Op.Normal, context, stream)));
        switch (call.Function)
        {
            case "normal": return Normal();
            case "lognormal": return nodes.Map(Op.Exp, context, Normal());
            case "uniform": return nodes.Sum(context, a[0], nodes.Map(Op.Multiply, context, Uniform(), Range(call, context, a)));
            case "integer":
                Node width = nodes.Sum(context, Range(call, context, a), nodes.Constant(1));
                return nodes.Map(Op.Min, context, nodes.Map(Op.Floor, context, nodes.Sum(context, a[0], nodes.Map(Op.Multiply, context, Uniform(), width))), a[1]);
            case "logistic":
                Node odds = nodes.Map(Op.Subtract, context, nodes.Map(Op.Log, context, Uniform()), nodes.Map(Op.Log, context, nodes.Map(Op.Subtract, context, nodes.Constant(1), Uniform())));
                return nodes.Sum(context, a[0], nodes.Map(Op.Multiply, context, Bound(1, 0, double.PositiveInfinity, "scale"), odds));
            case "bernoulli": return Required(nodes.Map(Op.Bernoulli, context, Uniform(), Constant(call, a[0])), call, "its probability must be from 0 to 1");
            case "categorical": return Categorical(call, context, Uniform(), [.. a.Select((_, k) => Bound(k, 0, double.PositiveInfinity, $"weight of {k}"))]);
            case "softmax":
                Node largest = a.Aggregate((x, y) => nodes.Map(Op.Max, context, x, y));
                return Categorical(call, context, Uniform(), [.. a.Select(score => nodes.Map(Op.Exp, context, nodes.Map(Op.Subtract, context, score, largest)))]);
            case "poisson": return nodes.Map(Op.PoissonQuantile, context, Uniform(), Bound(0, 0, double.PositiveInfinity, "rate"));
            case "beta": return nodes.Map(Op.BetaQuantile, context, Uniform(), Bound(0, double.Epsilon, double.PositiveInfinity, "first parameter"), Bound(1, double.Epsilon, double.PositiveInfinity, "second parameter"));
            case "gamma": return nodes.Map(Op.Multiply, context, nodes.Map(Op.GammaQuantile, context, Uniform(), Bound(0, double.Epsilon, double.PositiveInfinity, "shape")), Bound(1, double.Epsilon, double.PositiveInfinity, "scale"));
            case "sample": return BindSample(call, context, stream, a);
            default: throw new InvalidOperationException(call.Function);
        }
    }

    // A constant probability is looked at here, any other where it is computed.
    private Node Constant(Expression.Call call, Node probability) => probability.Op == Op.Constant ? Bounded(call, 0, probability, 0, 1, "probability") : probability;

    // What lies between the ends, which must not be the wrong way round.
    private Node Range(Expression.Call call, Plate context, Node[] a)
    {
        Node width = nodes.Map(Op.Subtract, context, a[1], a[0]);
        if (width.Op == Op.Constant)
        {
            if (!(width.Number >= 0))
            {
                mistakes.Add($"{ExpressionText.Of(call)} has its ends the wrong way round; expected low and then high.", call.Place);
            }

            return width;
        }

        Node within = nodes.Map(Op.Within, width.Plate, width, nodes.Constant(0), nodes.Constant(double.PositiveInfinity));
        within.Origin ??= new Origin(new Expression.Call("-", [call.Arguments[1], call.Arguments[0]], call.Place), $"the ends of {call.Function}(low, high) must be in this order");
        return within;
    }

    // The number of thresholds that are not above the value, and a base.
    private Node Steps(Plate context, Node x, ReadOnlySpan<Node> thresholds, Node start)
    {
        Node sum = start;
        foreach (Node threshold in thresholds)
        {
            sum = nodes.Map(Op.Add, context, sum, nodes.Map(Op.LessOrEqual, context, threshold, x));
        }

        return sum;
    }

    private Node Categorical(Expression.Call call, Plate context, Node uniform, Node[] weights)
    {
        Node[] cumulative = new Node[weights.Length];
        for (int k = 0; k < weights.Length; k++)
        {
            cumulative[k] = k == 0 ? weights[0] : nodes.Map(Op.Add, context, cumulative[k - 1], weights[k]);
        }

        Node total = cumulative[^1];
        if (total.Op == Op.Constant && total.Number == 0)
        {
            mistakes.Add($"The weights of {ExpressionText.Of(call)} are all 0; expected one above it.", call.Place);
        }
        else if (total.Op != Op.Constant && call.Function == "categorical")
        {
            total = nodes.Map(Op.Within, total.Plate, total, nodes.Constant(double.Epsilon), nodes.Constant(double.PositiveInfinity));
            total.Origin ??= new Origin(call, "one of its weights must be above 0");
        }

        return Steps(context, nodes.Map(Op.Multiply, context, uniform, total), cumulative.AsSpan(0, cumulative.Length - 1), nodes.Constant(0));
    }

    /// <summary>Without replacement, with probabilities in the ratio of the weights, as if drawn one after the other: the smallest of exponential times with these rates [efraimidis2006].</summary>
    private Node? BindSample(Expression.Call call, Plate context, string stream, Node[] a)
    {
        int drawn = context.Count >= 2 ? context.Column : context.Row;
        if (drawn < 0 || a[0].Plate.Has(drawn))
        {
            mistakes.Add(drawn < 0 ? "sample(...) stands in a variable without entities; expected one, from whose units is drawn, as in likes[user, tag]."
                : $"The size of the sample has a value for each {world.Entities[drawn].Name}, from which it is drawn; expected a size for the whole sample.", call.Place);
            return null;
        }

        Node time = nodes.Noise(Op.Uniform, context, stream);
        if (a.Length == 2)
        {
            time = nodes.Map(Op.Divide, context, nodes.Map(Op.Negate, context, nodes.Map(Op.Log, context, time)), Bounded(call, 1, a[1], 0, double.PositiveInfinity, "weight"));
        }

        return Required(nodes.Smallest(time, Bounded(call, 0, a[0], 0, double.PositiveInfinity, "size")), call, "its size and all its weights must be at least 0");
    }

    private Node? BindResample(Expression.Call call, Plate context)
    {
        string stream = NextStream();
        if (call.Arguments[0] is not Expression.Member member)
        {
            mistakes.Add("resample(...) does not name a column; expected resample(entity.column).", call.Place);
            return null;
        }

        int entity = Entity(member.Entity, member.Place);
        if (entity < 0 || Column(member, entity) is not { } column)
        {
            return null;
        }

        Node index = nodes.Map(Op.Floor, context, nodes.Map(Op.Multiply, context, nodes.Noise(Op.Uniform, context, stream), nodes.Constant(column.Length)));
        return nodes.Gather(nodes.Map(Op.Min, context, index, nodes.Constant(column.Length - 1)), column);
    }

    /// <summary>An argument of a draw that must lie within bounds. A constant outside them is a mistake; any other gives NaN there, which a check of the variable finds.</summary>
    private Node Bounded(Expression.Call call, int index, Node argument, double low, double high, string what)
    {
        string requirement = $"the {what} of {call.Function}(...) must be {(low > 0 && low < 1e-300 ? "above 0" : double.IsPositiveInfinity(high) ? $"at least {low}" : $"from {low} to {high}")}";
        if (argument.Op == Op.Constant)
        {
            if (!(argument.Number >= low && argument.Number <= high))
            {
                mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{ExpressionText.Of(call.Arguments[index])} is {argument.Number}; {requirement}."), call.Arguments[index].Place);
            }

            return argument;
        }

        // What cannot be negative needs no look; NaN goes through by itself.
        if (low == 0 && double.IsPositiveInfinity(high) && argument.Op is Op.Exp or Op.Sqrt or Op.Abs or Op.Sigmoid or Op.NormalProbability)
        {
            return argument;
        }

        Node within = nodes.Map(Op.Within, argument.Plate, argument, nodes.Constant(low), nodes.Constant(high));
        within.Origin ??= new Origin(call.Arguments[index], requirement);
        return within;
    }

    private static Node Required(Node node, Expression.Call call, string requirement)
    {
        node.Origin ??= new Origin(call, requirement);
        return node;
    }

    private string NextStream() => _draws++ is 0 ? owner : $"{owner}/{_draws - 1}";
}
