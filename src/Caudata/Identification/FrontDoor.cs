using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>Front-door sets: what carries the whole effect, so that P(y | do(x)) = Σ_z P(z | x) Σ_x' P(y | x', z) P(x').</summary>
/// <remarks>
/// <para>Z is a front-door set when (1) it meets every directed path from X to Y, (2) no back-door path from X to Z is open, (3) X blocks every back-door path from Z to Y [pearl2009], sets instead of single variables as in [jeong2022].</para>
/// <para>Every front-door set is a part of one largest candidate set, found in O(n + m) by a single search backwards from Y [wienobst2024]: a candidate that the search enters by an arrowhead has an open back-door path to Y and is
/// dropped; from then on the search may leave through it. A front-door set exists exactly when this set meets every directed path.</para>
/// <para>Minimal sets are listed by leaving out members of those already found; the number of searches is bounded, because no way with a bounded delay is known.</para>
/// <para>Checked against: search over all subsets on thousands of random graphs.</para>
/// </remarks>
public sealed class FrontDoor
{
    private readonly CausalQuestion _question;
    private readonly VariableSet _unconfounded;
    private long _work;

    /// <summary>Front-door sets for a question. With given variables there are none: the criterion is about P(y | do(x)).</summary>
    /// <param name="question">The question.</param>
    public FrontDoor(CausalQuestion question)
    {
        _question = question;
        CausalGraph graph = question.Graph;
        VariableSet x = question.Treatment, empty = VariableSet.Of(graph.Count);
        VariableSet confounded = MSeparation.Reachable(Surgery.WithoutEdgesOutOf(graph, x), x, empty);
        _unconfounded = graph.OfKind(VariableKind.Observed).Except(confounded).Except(x).Except(question.Outcome);
    }

    /// <summary>The largest front-door set, or null when there is none.</summary>
    public VariableSet? Largest() => Within(_unconfounded);

    /// <summary>True when a set is a front-door set.</summary>
    /// <param name="set">The set.</param>
    public bool IsValid(VariableSet set) => set.IsSubsetOf(_unconfounded) && Within(set) is { } found && found.Equals(set);

    /// <summary>A front-door set from which no member can be left out; null when there is none.</summary>
    public VariableSet? Minimal() => Minimal(_unconfounded);

    /// <summary>The front-door sets from which no member can be left out.</summary>
    /// <param name="most">Most sets to give, at least 1. Default 1,000.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public VariableSetList AllMinimal(int most = 1000, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        _work = 0;
        return VariableSetList.Take(Minimals(cancellationToken), most, () => _work > Adjustment.MostWork);
    }

    private IEnumerable<VariableSet> Minimals(CancellationToken cancellationToken)
    {
        if (Minimal(_unconfounded) is not { } first)
        {
            yield break;
        }

        yield return first;
        HashSet<VariableSet> found = [first], tried = [_unconfounded];

        // Breadth first: in depth most of what is left out leaves no set at all.
        Queue<(VariableSet Allowed, VariableSet Minimal)> open = new([(_unconfounded, first)]);
        while (open.TryDequeue(out (VariableSet Allowed, VariableSet Minimal) at))
        {
            // Any other minimal set lacks a member of this one.
            foreach (int v in at.Minimal.ToArray())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_work > Adjustment.MostWork)
                {
                    yield break;
                }

                VariableSet less = at.Allowed.Except(VariableSet.Of(at.Allowed.Capacity, v));
                if (!tried.Add(less) || Minimal(less) is not { } minimal)
                {
                    continue;
                }

                open.Enqueue((less, minimal));
                if (found.Add(minimal))
                {
                    yield return minimal;
                }
            }
        }
    }

    private VariableSet? Minimal(VariableSet allowed)
    {
        if (Within(allowed) is not { } largest)
        {
            return null;
        }

        // What is first met from X on the way to Y; where a back door of it is open, also all from which Y is reached around it: among those whose edges out are not cut, nobody is left who opens a back door.
        CausalGraph graph = _question.Graph;
        VariableSet towards = Ancestors.Of(graph, _question.Outcome), relevant = largest.Intersect(towards);
        VariableSet first = FirstMet(relevant);
        VariableSet set = Within(first) ?? first.Union(ReachesOutcomeAround(first).Intersect(relevant));

        // Nobody can be left out who meets a directed path alone.
        VariableSet met = FirstMet(set), around = ReachesOutcomeAround(set).Union(_question.Outcome);
        foreach (int v in set.ToArray().Where(v => !met.Contains(v) || !HasChildIn(v, around)))
        {
            VariableSet less = set.Except(VariableSet.Of(graph.Count, v));
            set = Within(less) is { } rest ? rest : set;
        }

        return set;
    }

    // The largest front-door set within some candidates for which (2) holds.
    private VariableSet? Within(VariableSet candidates)
    {
        VariableSet kept = WithoutBackDoor(candidates);
        return Intercepts(kept) && _question.Given.IsEmpty ? kept : null;
    }

    // The largest part of the candidates with (3). A state is 2 v, or 2 v + 1 when v was entered by an arrowhead.
    private VariableSet WithoutBackDoor(VariableSet candidates)
    {
        CausalGraph graph = _question.Graph;
        VariableSet x = _question.Treatment;
        VariableSet opens = Ancestors.Of(graph, x);
        bool[] seen = new bool[2 * graph.Count], kept = new bool[graph.Count];
        foreach (int v in candidates.ToArray())
        {
            kept[v] = true;
        }

        Stack<int> open = new();
        foreach (int y in _question.Outcome.ToArray())
        {
            Enter(2 * y);
        }

        while (open.TryPop(out int state))
        {
            int v = state >> 1;
            bool arrowhead = (state & 1) != 0;
            _work += graph.Parents(v).Length + graph.Children(v).Length + graph.Siblings(v).Length + 1;
            if (kept[v])
            {
                if (!arrowhead)
                {
                    // Its edges out are cut: the way waits until it is dropped.
                    continue;
                }

                kept[v] = false;
                if (seen[2 * v])
                {
                    open.Push(2 * v);
                }
            }

            bool passes = !x.Contains(v);
            if (passes)
            {
                foreach (int child in graph.Children(v))
                {
                    Enter(2 * child + 1);
                }
            }

            if (arrowhead ? opens.Contains(v) : passes)
            {
                foreach (int parent in graph.Parents(v))
                {
                    Enter(2 * parent);
                }

                foreach (int sibling in graph.Siblings(v))
                {
                    Enter(2 * sibling + 1);
                }
            }
        }

        return VariableSet.Of(kept);

        void Enter(int state)
        {
            if (!seen[state])
            {
                seen[state] = true;
                open.Push(state);
            }
        }
    }

    private bool Intercepts(VariableSet set)
    {
        CausalGraph graph = _question.Graph;
        bool[] seen = new bool[graph.Count];
        Stack<int> open = new(_question.Treatment.ToArray());
        while (open.TryPop(out int v))
        {
            _work += graph.Children(v).Length + 1;
            foreach (int child in graph.Children(v))
            {
                if (_question.Outcome.Contains(child))
                {
                    return false;
                }

                if (!seen[child] && !set.Contains(child))
                {
                    seen[child] = true;
                    open.Push(child);
                }
            }
        }

        return true;
    }

    private bool HasChildIn(int v, VariableSet set)
    {
        foreach (int child in _question.Graph.Children(v))
        {
            if (set.Contains(child))
            {
                return true;
            }
        }

        return false;
    }

    // Members of a set that directed paths from X meet first.
    private VariableSet FirstMet(VariableSet set)
    {
        CausalGraph graph = _question.Graph;
        bool[] seen = new bool[graph.Count];
        Stack<int> open = new(_question.Treatment.ToArray());
        while (open.TryPop(out int v))
        {
            foreach (int next in graph.Children(v))
            {
                if (!seen[next])
                {
                    seen[next] = true;
                    if (!set.Contains(next))
                    {
                        open.Push(next);
                    }
                }
            }
        }

        return VariableSet.Where(graph.Count, v => seen[v] && set.Contains(v));
    }

    // Variables from which a directed path leads to Y around a set.
    private VariableSet ReachesOutcomeAround(VariableSet around)
    {
        CausalGraph graph = _question.Graph;
        bool[] seen = new bool[graph.Count];
        Stack<int> open = new(_question.Outcome.ToArray());
        while (open.TryPop(out int v))
        {
            foreach (int parent in graph.Parents(v))
            {
                if (!seen[parent] && !around.Contains(parent))
                {
                    seen[parent] = true;
                    open.Push(parent);
                }
            }
        }

        return VariableSet.Of(seen);
    }
}
