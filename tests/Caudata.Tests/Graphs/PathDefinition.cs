using Caudata.Graphs;

namespace Caudata.Tests.Graphs;

/// <summary>m-separation by its definition: all paths are walked, one by one. Exponential, and independent of the library's search.</summary>
internal static class PathDefinition
{
    /// <summary>True when no path between the sets is open.</summary>
    public static bool Separated(CausalGraph graph, VariableSet x, VariableSet y, VariableSet given)
    {
        List<(int To, bool TailHere, bool HeadThere)>[] steps = [.. Enumerable.Range(0, graph.Count).Select(_ => new List<(int, bool, bool)>())];
        foreach (GraphEdge edge in graph.Edges)
        {
            bool directed = edge.Kind == EdgeKind.Directed;
            steps[edge.From].Add((edge.To, directed, true));
            steps[edge.To].Add((edge.From, false, !directed));
        }

        bool[] opens = [.. Enumerable.Range(0, graph.Count).Select(v => HasDescendant(graph, v, given))];
        bool[] used = new bool[graph.Count];
        return !x.ToArray().Any(start => Walk(start, false, true));

        bool Walk(int v, bool byHead, bool isStart)
        {
            if (y.Contains(v) && !isStart)
            {
                return true;
            }

            used[v] = true;
            foreach ((int to, bool tailHere, bool headThere) in steps[v])
            {
                bool collider = byHead && !tailHere;
                if (!used[to] && (isStart || (collider ? opens[v] : !given.Contains(v))) && Walk(to, headThere, false))
                {
                    used[v] = false;
                    return true;
                }
            }

            used[v] = false;
            return false;
        }
    }

    /// <summary>True when the set holds the variable or a descendant of it.</summary>
    public static bool HasDescendant(CausalGraph graph, int v, VariableSet set) => set.Contains(v) || graph.Children(v).ToArray().Any(child => HasDescendant(graph, child, set));

    /// <summary>True when a path of the library is a path of the graph, from x to y, and open.</summary>
    public static bool IsOpenPath(CausalGraph graph, ActivePath path, VariableSet x, VariableSet y, VariableSet given)
    {
        int[] ids = [.. path.Variables.Select(name => graph.TryFind(name, out int id) ? id : -1)];
        bool ok = ids.Distinct().Count() == ids.Length && x.Contains(ids[0]) && y.Contains(ids[^1]) && path.Edges.Length == ids.Length - 1;
        for (int k = 0; ok && k < path.Edges.Length; k++)
        {
            (int a, int b) = (ids[k], ids[k + 1]);
            ok = path.Edges[k] switch { PathEdge.Forward => graph.Children(a).Contains(b), PathEdge.Backward => graph.Children(b).Contains(a), _ => graph.Siblings(a).Contains(b) };
            if (ok && k > 0)
            {
                bool collider = path.Edges[k - 1] != PathEdge.Backward && path.Edges[k] != PathEdge.Forward;
                ok = collider ? HasDescendant(graph, a, given) : !given.Contains(a);
            }
        }

        return ok;
    }
}
