namespace Caudata.Graphs;

/// <summary>m-separation: whether a set of variables blocks every path between two others.</summary>
/// <remarks>
/// <para>A path is open given Z when each of its colliders (→ v ←, with ↔ counting as an arrowhead at both ends) is an ancestor of Z and no other inner variable is in Z. X and Y are m-separated given Z when no path
/// between them is open; on graphs without bidirected edges that is d-separation. Then X and Y are independent given Z in every distribution of the graph [richardson2003].</para>
/// <para>Breadth-first search over pairs (variable, with or without an arrowhead on arrival), in the spirit of [shachter1998]: O(n + m). The first walk that reaches Y is a shortest one, and a shortest open walk visits
/// no variable twice: leaving out the round trip keeps it open, because a variable that is left by a tail and returned to has a collider below it that is an ancestor of Z. So the witness is a path.</para>
/// <para>Latent variables block only when Z names them.</para>
/// <para>Checked against: enumeration of all paths by the definition, and separation in the augmented ancestral graph, on 10,000 random graphs.</para>
/// </remarks>
public static class MSeparation
{
    /// <summary>True when every path is blocked.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">One side.</param>
    /// <param name="y">The other side.</param>
    /// <param name="given">What is conditioned on, Z.</param>
    /// <exception cref="ArgumentException">Two of the sets have a variable in common, or x or y is empty.</exception>
    public static bool Holds(CausalGraph graph, VariableSet x, VariableSet y, VariableSet given) => Witness(graph, x, y, given) is null;

    /// <summary>A shortest open path from x to y, or null when they are m-separated.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">One side.</param>
    /// <param name="y">The other side.</param>
    /// <param name="given">What is conditioned on, Z.</param>
    /// <exception cref="ArgumentException">Two of the sets have a variable in common, or x or y is empty.</exception>
    public static ActivePath? Witness(CausalGraph graph, VariableSet x, VariableSet y, VariableSet given)
    {
        Check(graph, x, y, given);
        Search search = new(graph, x, given);
        return search.Reach(y) is int state ? search.Path(state, reversed: false) : null;
    }

    /// <summary>All variables outside of Z to which an open path leads from x, x itself included.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">Where the paths start.</param>
    /// <param name="given">What is conditioned on, Z.</param>
    /// <exception cref="ArgumentException">x and Z have a variable in common.</exception>
    public static VariableSet Reachable(CausalGraph graph, VariableSet x, VariableSet given)
    {
        if (!x.Intersect(given).IsEmpty)
        {
            throw new ArgumentException($"{graph.Variables[x.Intersect(given).ToArray()[0]].Name} is both a start and conditioned on; expected sets without a common variable.", nameof(given));
        }

        Search search = new(graph, x, given);
        search.Reach(null);
        return search.Reached();
    }

    /// <summary>For each target a shortest open path to it from the nearest variable of x, told from the target; null where none is open. One search for all: O(n + m + size of the paths).</summary>
    internal static ActivePath?[] Witnesses(CausalGraph graph, VariableSet x, ReadOnlySpan<int> targets, VariableSet given)
    {
        Search search = new(graph, x, given);
        search.Reach(null);
        ActivePath?[] paths = new ActivePath?[targets.Length];
        for (int k = 0; k < targets.Length; k++)
        {
            paths[k] = search.First(targets[k]) is int state ? search.Path(state, reversed: true) : null;
        }

        return paths;
    }

    private static void Check(CausalGraph graph, VariableSet x, VariableSet y, VariableSet given)
    {
        if (x.IsEmpty || y.IsEmpty)
        {
            throw new ArgumentException("One side is empty; expected a variable on each side.", x.IsEmpty ? nameof(x) : nameof(y));
        }

        VariableSet twice = x.Intersect(y).Union(x.Intersect(given)).Union(y.Intersect(given));
        if (!twice.IsEmpty)
        {
            throw new ArgumentException($"{string.Join(", ", twice.ToArray().Take(8).Select(v => graph.Variables[v].Name))} stands in two of the three sets; expected sets without a common variable.", nameof(given));
        }
    }

    /// <summary>The search; a state is 2 v, or 2 v + 1 when v was entered by an arrowhead.</summary>
    private sealed class Search
    {
        private readonly CausalGraph _graph;
        private readonly VariableSet _x, _given;
        private readonly bool[] _opens;
        private readonly int[] _towards; // of an ancestor of Z: the next variable on a shortest path to Z, itself when it is in Z
        private readonly int[] _previous; // the state before; -1 not visited, -2 a start
        private readonly int[] _queue;
        private int _end;

        public Search(CausalGraph graph, VariableSet x, VariableSet given)
        {
            (_graph, _x, _given) = (graph, x, given);
            _opens = new bool[graph.Count];
            _towards = new int[graph.Count];
            Open();
            _previous = new int[2 * graph.Count];
            Array.Fill(_previous, -1);
            _queue = new int[2 * graph.Count];
        }

        public int? Reach(VariableSet? target)
        {
            foreach (int start in _x.ToArray())
            {
                _previous[2 * start] = -2;
                _queue[_end++] = 2 * start;
            }

            for (int next = 0; next < _end; next++)
            {
                int state = _queue[next], v = state >> 1;
                if (target?.Contains(v) == true)
                {
                    return state;
                }

                bool arrowhead = (state & 1) != 0, passes = !_given.Contains(v);
                if (passes)
                {
                    foreach (int child in _graph.Children(v))
                    {
                        Visit(2 * child + 1, state);
                    }
                }

                // Leaving by an arrowhead: after a tail v is no collider, after an arrowhead it is one.
                if (arrowhead ? _opens[v] : passes)
                {
                    foreach (int parent in _graph.Parents(v))
                    {
                        Visit(2 * parent, state);
                    }

                    foreach (int sibling in _graph.Siblings(v))
                    {
                        Visit(2 * sibling + 1, state);
                    }
                }
            }

            return null;
        }

        public VariableSet Reached() => VariableSet.Where(_graph.Count, v => (_previous[2 * v] != -1 || _previous[2 * v + 1] != -1) && !_given.Contains(v));

        /// <summary>The state in which a variable was reached first, or null.</summary>
        public int? First(int v)
        {
            (int tail, int head) = (Distance(2 * v), Distance(2 * v + 1));
            return Math.Min(tail, head) == int.MaxValue ? null : tail <= head ? 2 * v : 2 * v + 1;
        }

        public ActivePath Path(int state, bool reversed)
        {
            List<int> states = [];
            for (int at = state; at != -2; at = _previous[at])
            {
                states.Add(at);
            }

            states.Reverse();
            int[] path = [.. states.Select(s => s >> 1)];
            PathEdge[] edges = [.. states.Skip(1).Zip(states, Edge)];
            if (reversed)
            {
                Array.Reverse(path);
                Array.Reverse(edges);
                edges = [.. edges.Select(e => e switch { PathEdge.Forward => PathEdge.Backward, PathEdge.Backward => PathEdge.Forward, _ => e })];
            }

            return ActivePath.Of(_graph, path, edges, _towards);
        }

        // x -> y and x <-> y both arrive by an arrowhead; the search took the directed edge where it could leave by a tail.
        private PathEdge Edge(int to, int from) => (to & 1) == 0 ? PathEdge.Backward
            : !_given.Contains(from >> 1) && _graph.Children(from >> 1).BinarySearch(to >> 1) >= 0 ? PathEdge.Forward : PathEdge.Both;

        private int Distance(int state)
        {
            if (_previous[state] == -1)
            {
                return int.MaxValue;
            }

            int steps = 0;
            for (int at = state; _previous[at] >= 0; at = _previous[at])
            {
                steps++;
            }

            return steps;
        }

        // Backwards from Z along directed edges, nearest first.
        private void Open()
        {
            Queue<int> queue = new(_given.ToArray());
            foreach (int v in queue)
            {
                _opens[v] = true;
                _towards[v] = v;
            }

            while (queue.TryDequeue(out int v))
            {
                foreach (int parent in _graph.Parents(v))
                {
                    if (!_opens[parent])
                    {
                        _opens[parent] = true;
                        _towards[parent] = v;
                        queue.Enqueue(parent);
                    }
                }
            }
        }

        private void Visit(int state, int from)
        {
            if (_previous[state] == -1)
            {
                _previous[state] = from;
                _queue[_end++] = state;
            }
        }
    }
}
