using System.Collections.Immutable;

namespace Caudata.Identification;

/// <summary>A formula over a law: probabilities, products, quotients and sums; a closed family.</summary>
/// <remarks>Variables are numbers of a graph. A sum binds its variables inside of its body and nowhere else. An indicator of missingness and a selection node stand for their value 1. The static functions simplify while they build.</remarks>
public abstract record Formula
{
    // Longer products are left as they are: looking for factors to join takes time that grows with the cube of their number.
    private const int MostChained = 100;

    private ImmutableArray<int> _free;

    private Formula() { }

    /// <summary>Variables whose values the formula needs, ascending.</summary>
    public ImmutableArray<int> Free => _free.IsDefault ? _free = [.. FreeOf().Distinct().Order()] : _free;

    /// <summary>Number of parts: a measure of length.</summary>
    public abstract long Size { get; }

    /// <summary>The number 1.</summary>
    public sealed record One : Formula
    {
        /// <summary>The only one.</summary>
        public static One Instance { get; } = new();

        /// <inheritdoc/>
        public override long Size => 1;

        private protected override IEnumerable<int> FreeOf() => [];
    }

    /// <summary>A conditional probability P(of | given).</summary>
    /// <param name="Of">Variables left of the bar, ascending, at least one.</param>
    /// <param name="Given">Variables right of it, ascending.</param>
    public sealed record Probability(ImmutableArray<int> Of, ImmutableArray<int> Given) : Formula
    {
        /// <inheritdoc/>
        public override long Size => Of.Length + Given.Length;

        /// <summary>Equal when both sides are.</summary>
        /// <param name="other">The other one.</param>
        public bool Equals(Probability? other) => other is not null && Of.AsSpan().SequenceEqual(other.Of.AsSpan()) && Given.AsSpan().SequenceEqual(other.Given.AsSpan());

        /// <summary>A hash of both sides.</summary>
        public override int GetHashCode() => Of.Aggregate(Given.Aggregate(17, HashCode.Combine), HashCode.Combine);

        private protected override IEnumerable<int> FreeOf() => Of.Concat(Given);
    }

    /// <summary>A product.</summary>
    /// <param name="Factors">At least two.</param>
    public sealed record Product(ImmutableArray<Formula> Factors) : Formula
    {
        /// <inheritdoc/>
        public override long Size => Factors.Sum(factor => factor.Size);

        /// <summary>Equal when the factors are, in their order.</summary>
        /// <param name="other">The other one.</param>
        public bool Equals(Product? other) => other is not null && Factors.AsSpan().SequenceEqual(other.Factors.AsSpan());

        /// <summary>A hash of the factors.</summary>
        public override int GetHashCode() => Factors.Aggregate(19, (hash, factor) => HashCode.Combine(hash, factor.GetHashCode()));

        private protected override IEnumerable<int> FreeOf() => Factors.SelectMany(factor => factor.Free);
    }

    /// <summary>A quotient.</summary>
    /// <param name="Numerator">Above.</param>
    /// <param name="Denominator">Below.</param>
    public sealed record Quotient(Formula Numerator, Formula Denominator) : Formula
    {
        /// <inheritdoc/>
        public override long Size => Numerator.Size + Denominator.Size;

        private protected override IEnumerable<int> FreeOf() => Numerator.Free.Concat(Denominator.Free);
    }

    /// <summary>A sum over all values of some variables.</summary>
    /// <param name="Over">The variables, ascending, at least one.</param>
    /// <param name="Body">What is summed.</param>
    public sealed record Sum(ImmutableArray<int> Over, Formula Body) : Formula
    {
        /// <inheritdoc/>
        public override long Size => Over.Length + Body.Size;

        /// <summary>Equal when variables and body are.</summary>
        /// <param name="other">The other one.</param>
        public bool Equals(Sum? other) => other is not null && Over.AsSpan().SequenceEqual(other.Over.AsSpan()) && Body.Equals(other.Body);

        /// <summary>A hash of both.</summary>
        public override int GetHashCode() => Over.Aggregate(Body.GetHashCode(), HashCode.Combine);

        private protected override IEnumerable<int> FreeOf() => Body.Free.Where(v => !Over.Contains(v));
    }

    /// <summary>P(of | given); 1 when nothing is left of the bar.</summary>
    /// <param name="of">Variables left of the bar.</param>
    /// <param name="given">Variables right of it; what stands on both sides counts as given.</param>
    public static Formula P(IEnumerable<int> of, IEnumerable<int> given)
    {
        ImmutableArray<int> right = [.. given.Distinct().Order()];
        ImmutableArray<int> left = [.. of.Distinct().Where(v => right.BinarySearch(v) < 0).Order()];
        return left.IsEmpty ? One.Instance : new Probability(left, right);
    }

    /// <summary>A product; P(a | b, c) P(b | c) becomes P(a, b | c).</summary>
    /// <param name="factors">The factors.</param>
    public static Formula Times(params IEnumerable<Formula> factors)
    {
        List<Formula> flat = [];
        foreach (Formula factor in factors)
        {
            switch (factor)
            {
                case One: break;
                case Product product: flat.AddRange(product.Factors); break;
                default: flat.Add(factor); break;
            }
        }

        while (flat.Count <= MostChained && Chain(flat))
        {
        }

        // Effects before their causes where numbers tell; probabilities before sums and quotients.
        ImmutableArray<Formula> sorted = [.. flat.OrderBy(f => f is Probability ? 0 : 1).ThenByDescending(f => f is Probability p ? p.Given.Length : 0)];
        return sorted.Length switch { 0 => One.Instance, 1 => sorted[0], _ => new Product(sorted) };
    }

    /// <summary>A quotient without common factors; P(a, b | c) / P(b | c) becomes P(a | b, c).</summary>
    /// <param name="numerator">Above.</param>
    /// <param name="denominator">Below.</param>
    public static Formula Divide(Formula numerator, Formula denominator)
    {
        if (denominator is Quotient below)
        {
            return Divide(Times(numerator, below.Denominator), below.Numerator);
        }

        if (numerator is Quotient above)
        {
            return Divide(above.Numerator, Times(above.Denominator, denominator));
        }

        List<Formula> up = FactorsOf(numerator), down = FactorsOf(denominator);
        foreach (Formula factor in up.ToArray())
        {
            if (down.Remove(factor))
            {
                up.Remove(factor);
            }
        }

        foreach (Probability bottom in down.OfType<Probability>().ToArray())
        {
            if (up.OfType<Probability>().FirstOrDefault(top => top.Given.AsSpan().SequenceEqual(bottom.Given.AsSpan()) && bottom.Of.All(top.Of.Contains)) is { } top)
            {
                up[up.IndexOf(top)] = P(top.Of.Except(bottom.Of), bottom.Of.Concat(bottom.Given));
                down.Remove(bottom);
            }
        }

        return down.Count == 0 ? Times(up) : new Quotient(Times(up), Times(down));
    }

    /// <summary>A sum, written with as few variables as the rules of probability allow without knowing the graph.</summary>
    /// <param name="over">The variables.</param>
    /// <param name="body">What is summed; it must need each of them.</param>
    public static Formula SumOver(IEnumerable<int> over, Formula body)
    {
        HashSet<int> left = [.. over];
        List<Formula> factors = FactorsOf(body);
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (int v in left.Order().ToArray())
            {
                int[] where = [.. Enumerable.Range(0, factors.Count).Where(k => factors[k].Free.BinarySearch(v) >= 0)];
                if (where.Length == 1 && SummedAlone(v, factors[where[0]]) is { } rest)
                {
                    factors.RemoveAt(where[0]);
                    factors.AddRange(FactorsOf(rest));
                    left.Remove(v);
                    changed = true;
                }
            }
        }

        List<Formula> done = [.. factors.Where(f => !f.Free.Any(left.Contains))];
        factors.RemoveAll(done.Contains);
        while (factors.Count > 0)
        {
            // The factors that share summed variables stay together.
            List<Formula> part = [factors[0]];
            HashSet<int> bound = [.. factors[0].Free.Where(left.Contains)];
            factors.RemoveAt(0);
            while (factors.FirstOrDefault(f => f.Free.Any(bound.Contains)) is { } more)
            {
                factors.Remove(more);
                part.Add(more);
                bound.UnionWith(more.Free.Where(left.Contains));
            }

            left.ExceptWith(bound);
            done.Add(new Sum([.. bound.Order()], Times(part)));
        }

        return Times(done);
    }

    private protected abstract IEnumerable<int> FreeOf();

    // The sum over a variable that only this factor needs, where that is simpler.
    private static Formula? SummedAlone(int v, Formula factor) => factor switch
    {
        Probability p when p.Of.Contains(v) => P(p.Of.Remove(v), p.Given),
        Quotient q when q.Denominator.Free.BinarySearch(v) < 0 => Divide(SumOver([v], q.Numerator), q.Denominator),
        Sum s => SumOver([.. s.Over, v], s.Body),
        _ => null,
    };

    private static List<Formula> FactorsOf(Formula formula) => formula switch { One => [], Product product => [.. product.Factors], _ => [formula] };

    private static bool Chain(List<Formula> factors)
    {
        for (int i = 0; i < factors.Count; i++)
        {
            for (int j = 0; j < factors.Count; j++)
            {
                if (i != j && factors[i] is Probability a && factors[j] is Probability b && a.Given.Length == b.Of.Length + b.Given.Length && b.Of.All(a.Given.Contains) && b.Given.All(a.Given.Contains))
                {
                    factors[Math.Min(i, j)] = P(a.Of.Concat(b.Of), b.Given);
                    factors.RemoveAt(Math.Max(i, j));
                    return true;
                }
            }
        }

        return false;
    }
}
