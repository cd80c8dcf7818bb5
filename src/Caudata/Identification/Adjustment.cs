using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>Adjustment sets: what to condition on so that P(y | do(x)) = Σ_z P(y | x, z) P(z).</summary>
/// <remarks>
/// <para>A set is valid exactly when it holds nothing forbidden (descendants of a variable on a proper causal path from X to Y, X excluded) and m-separates X from Y in the proper back-door graph, where the first edges of
/// those paths are cut [shpitser2010], [vanderzander2014]. Only observed variables are ever adjusted for. With any valid set, the allowed ancestors of X and Y are one too.</para>
/// <para>For a question with given variables W the sets are those that are valid together with W, where neither has a descendant of X, so that P(y | do(x), w) = Σ_z P(y | x, z, w) P(z | w).</para>
/// <para>One set costs O(n + m), each further minimal one O(n (n + m)) at most, a cheapest one O(n² m), the largest one O(n (n + m)).</para>
/// <para>Checked against: search over all subsets on thousands of random graphs with latents and bidirected edges, and the published sets of 65 graphs.</para>
/// </remarks>
public sealed class Adjustment
{
    /// <summary>Most variables and edges to walk over while listing sets: seconds, so that no graph takes hours.</summary>
    public const long MostWork = 200_000_000;

    private readonly CausalQuestion _question;
    private readonly VariableSet _candidates;
    private readonly bool _isPossible;

    /// <summary>Adjustment for a question.</summary>
    /// <param name="question">The question.</param>
    public Adjustment(CausalQuestion question)
    {
        _question = question;
        CausalGraph graph = question.Graph;
        ProperCausalPaths = OnCausalPaths(question);
        Forbidden = Descendants.Of(graph, ProperCausalPaths);
        BackDoorGraph = graph.Filter(edge => edge.Kind == EdgeKind.Bidirected || !question.Treatment.Contains(edge.From) || !ProperCausalPaths.Contains(edge.To));
        VariableSet given = question.Given, barred = given.IsEmpty ? Forbidden : Descendants.Of(graph, question.Treatment).Union(Forbidden);
        _isPossible = given.Intersect(barred).IsEmpty;
        _candidates = graph.OfKind(VariableKind.Observed).Except(barred).Except(question.Treatment).Except(question.Outcome).Except(given);
    }

    /// <summary>Variables on proper causal paths: directed ones from X to Y that meet X only at their start; X itself not included.</summary>
    public VariableSet ProperCausalPaths { get; }

    /// <summary>What must not be adjusted for: descendants of the variables on proper causal paths, these included.</summary>
    public VariableSet Forbidden { get; }

    /// <summary>The proper back-door graph: without the edges from X to variables on proper causal paths.</summary>
    public CausalGraph BackDoorGraph { get; }

    /// <summary>The canonical set: all observed ancestors of X, Y and W that are allowed; null when no set is valid.</summary>
    public VariableSet? Canonical()
    {
        VariableSet canonical = Ancestors.Of(_question.Graph, _question.Treatment.Union(_question.Outcome).Union(_question.Given)).Intersect(_candidates);
        return IsValid(canonical) ? canonical : null;
    }

    /// <summary>True when a set is valid.</summary>
    /// <param name="set">The set, without X, Y and W.</param>
    public bool IsValid(VariableSet set) => _isPossible && set.IsSubsetOf(_candidates) && MSeparation.Holds(BackDoorGraph, _question.Treatment, _question.Outcome, set.Union(_question.Given));

    /// <summary>A path that a set leaves open in the proper back-door graph; null when it leaves none open.</summary>
    /// <param name="set">The set, without X, Y and W.</param>
    public ActivePath? OpenPath(VariableSet set) => MSeparation.Witness(BackDoorGraph, _question.Treatment, _question.Outcome, set.Union(_question.Given));

    /// <summary>A valid set from which no member can be left out, as near to X as can be; null when no set is valid.</summary>
    public VariableSet? Minimal() => _isPossible ? Separators().Nearest() : null;

    /// <summary>The valid sets from which no member can be left out.</summary>
    /// <param name="most">Most sets to give, at least 1. Default 1,000.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public VariableSetList AllMinimal(int most = 1000, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (!_isPossible)
        {
            return VariableSetList.None;
        }

        Separators separators = Separators();
        return VariableSetList.Take(separators.All(MostWork, cancellationToken), most, () => separators.Work > MostWork);
    }

    /// <summary>A valid set whose costs have the smallest sum; null when no set is valid.</summary>
    /// <param name="cost">Cost of measuring a variable, positive and finite; null for 1 each, which gives a smallest set.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ArgumentOutOfRangeException">A cost is not positive and finite.</exception>
    public VariableSet? Cheapest(Func<Variable, double>? cost = null, CancellationToken cancellationToken = default) =>
        _isPossible ? Separators().Cheapest(v => Checked(cost?.Invoke(_question.Graph.Variables[v]) ?? 1, v), cancellationToken) : null;

    /// <summary>A valid set to which nothing can be added; null when no set is valid. There may be several; this one takes variables in the order of their numbers.</summary>
    /// <param name="cancellationToken">Stops the search.</param>
    public VariableSet? Largest(CancellationToken cancellationToken = default)
    {
        VariableSet? largest = Canonical();
        if (largest is null)
        {
            return null;
        }

        VariableSet ends = _question.Treatment.Union(_question.Outcome).Union(_question.Given);
        foreach (int v in _candidates.ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (largest.Contains(v))
            {
                continue;
            }

            // Some valid set holds these variables exactly when all their allowed ancestors do as one.
            VariableSet wider = Ancestors.Of(BackDoorGraph, ends.Union(largest).Union(VariableSet.Of(_question.Graph.Count, v))).Intersect(_candidates);
            largest = IsValid(wider) ? wider : largest;
        }

        return largest;
    }

    private Separators Separators() => new(BackDoorGraph, _question.Treatment, _question.Outcome, _candidates, _question.Given);

    private double Checked(double cost, int v) => cost > 0 && double.IsFinite(cost) ? cost
        : throw new ArgumentOutOfRangeException(nameof(cost), cost, $"The cost of '{_question.Graph.Variables[v].Name}' is {cost}; expected a positive, finite number.");

    // Reached from X without entering X again, and reaching Y without passing X.
    private static VariableSet OnCausalPaths(CausalQuestion question)
    {
        CausalGraph graph = question.Graph;
        bool[] below = new bool[graph.Count], above = new bool[graph.Count];
        Stack<int> open = new(question.Treatment.ToArray());
        while (open.TryPop(out int v))
        {
            foreach (int child in graph.Children(v))
            {
                if (!below[child] && !question.Treatment.Contains(child))
                {
                    below[child] = true;
                    open.Push(child);
                }
            }
        }

        foreach (int v in question.Outcome.ToArray())
        {
            above[v] = true;
            open.Push(v);
        }

        while (open.TryPop(out int v))
        {
            foreach (int parent in graph.Parents(v))
            {
                if (!above[parent] && !question.Treatment.Contains(parent))
                {
                    above[parent] = true;
                    open.Push(parent);
                }
            }
        }

        return VariableSet.Where(graph.Count, v => below[v] && above[v]);
    }
}
