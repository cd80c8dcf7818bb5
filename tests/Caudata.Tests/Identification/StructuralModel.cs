using Caudata.Graphs;
using Caudata.Identification;
using Caudata.Numerics;

namespace Caudata.Tests.Identification;

/// <summary>A random model of a graph: every latent variable and every bidirected edge a cause of its own, every variable a random table given its causes. Laws come from summing over everything.</summary>
internal sealed class StructuralModel
{
    private readonly CausalGraph _graph;
    private readonly int[] _order, _levels;
    private readonly (int A, int B)[] _hidden;
    private readonly Func<int, int[], int[], double[]> _table;

    private readonly bool _fair;

    private StructuralModel(CausalGraph graph, int[] levels, bool fair, Func<int, int[], int[], double[]> table)
    {
        (_graph, _levels, _fair, _table) = (graph, levels, fair, table);
        _order = TopologicalOrder.Of(graph);
        _hidden = [.. graph.Edges.Where(e => e.Kind == EdgeKind.Bidirected).Select(e => (e.From, e.To))];
    }

    public int[] Levels => _levels;

    /// <summary>Random tables without zeros; two or three levels a variable.</summary>
    public static StructuralModel Random(CausalGraph graph, ulong number, bool binary = false)
    {
        RandomStream stream = new(20261125, "structural model", number);
        int[] levels = [.. graph.Variables.Select(v => !binary && v.IsSubstantive && stream.NextDouble() < 0.2 ? 3 : 2)];
        Dictionary<string, double[]> tables = [];
        return new StructuralModel(graph, levels, false, (v, parents, hidden) =>
        {
            string key = $"{v}:{string.Join(',', parents)}:{string.Join(',', hidden)}";
            if (!tables.TryGetValue(key, out double[]? table))
            {
                RandomStream own = new(20261125, "table " + key, number);
                double[] weights = [.. Enumerable.Range(0, levels[v]).Select(_ => 0.1 + own.NextDouble() * own.NextDouble() * 3)];
                double sum = weights.Sum();
                table = [.. weights.Select(x => x / sum)];
                tables.Add(key, table);
            }

            return table;
        });
    }

    /// <summary>Given tables: of a variable, for values of its parents (ascending) and of its hidden causes (in the order of the bidirected edges).</summary>
    public static StructuralModel Of(CausalGraph graph, Func<int, int[], int[], double[]> table) => new(graph, [.. graph.Variables.Select(_ => 2)], true, table);

    /// <summary>The law of all variables when some are set: a table in row order of all variables.</summary>
    public double[] Joint(IReadOnlyDictionary<int, int>? set = null)
    {
        int[] stride = new int[_graph.Count];
        int size = 1;
        for (int v = _graph.Count - 1; v >= 0; v--)
        {
            stride[v] = size;
            size *= _levels[v];
        }

        double[] law = new double[size];
        int[] values = new int[_graph.Count];
        for (int u = 0; u < 1 << _hidden.Length; u++)
        {
            double weight = 1;
            for (int k = 0; k < _hidden.Length; k++)
            {
                weight *= _fair ? 0.5 : (u >> k & 1) == 1 ? 0.4 + 0.02 * k : 0.6 - 0.02 * k;
            }

            Fill(0, weight, 0, u);
        }

        return law;

        void Fill(int at, double weight, int cell, int u)
        {
            if (at == _order.Length)
            {
                law[cell] += weight;
                return;
            }

            int v = _order[at];
            if (set is not null && set.TryGetValue(v, out int fixedTo))
            {
                values[v] = fixedTo;
                Fill(at + 1, weight, cell + fixedTo * stride[v], u);
                return;
            }

            int[] parents = [.. _graph.Parents(v).ToArray().Select(p => values[p])];
            int[] hidden = [.. Enumerable.Range(0, _hidden.Length).Where(k => _hidden[k].A == v || _hidden[k].B == v).Select(k => u >> k & 1)];
            double[] table = _table(v, parents, hidden);
            for (int value = 0; value < _levels[v]; value++)
            {
                if (table[value] > 0)
                {
                    values[v] = value;
                    Fill(at + 1, weight * table[value], cell + value * stride[v], u);
                }
            }
        }
    }

    /// <summary>A law over some of the variables.</summary>
    public DiscreteLaw Law(VariableSet variables, IReadOnlyDictionary<int, int>? set = null)
    {
        int[] kept = variables.ToArray();
        double[] joint = Joint(set), table = new double[kept.Aggregate(1, (size, v) => size * _levels[v])];
        int[] values = new int[_graph.Count];
        for (int cell = 0; cell < joint.Length; cell++)
        {
            for (int v = _graph.Count - 1, rest = cell; v >= 0; v--)
            {
                values[v] = rest % _levels[v];
                rest /= _levels[v];
            }

            table[kept.Aggregate(0, (at, v) => at * _levels[v] + values[v])] += joint[cell];
        }

        return new DiscreteLaw(_graph, kept, [.. kept.Select(v => _levels[v])], table);
    }

    /// <summary>All assignments of some variables.</summary>
    public IEnumerable<Dictionary<int, int>> Assignments(VariableSet variables)
    {
        int[] members = variables.ToArray();
        int count = members.Aggregate(1, (size, v) => size * _levels[v]);
        for (int k = 0; k < count; k++)
        {
            Dictionary<int, int> values = [];
            int rest = k;
            foreach (int v in members)
            {
                values[v] = rest % _levels[v];
                rest /= _levels[v];
            }

            yield return values;
        }
    }

    /// <summary>P(y | do(x), w) for one assignment of all three.</summary>
    public double Effect(CausalQuestion question, Dictionary<int, int> at)
    {
        Dictionary<int, int> x = at.Where(p => question.Treatment.Contains(p.Key)).ToDictionary();
        DiscreteLaw law = Law(question.Outcome.Union(question.Given), x);
        int[] values = new int[_graph.Count];
        foreach ((int v, int value) in at)
        {
            values[v] = value;
        }

        return law.Of(question.Outcome.Union(question.Given), values) / (question.Given.IsEmpty ? 1 : law.Of(question.Given, values));
    }
}
