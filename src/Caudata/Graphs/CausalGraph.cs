using System.Collections.Immutable;
using Caudata.Graphs.Formats;

namespace Caudata.Graphs;

/// <summary>A causal graph with missingness (an m-graph): variables with directed and bidirected edges, indicators of missingness and selection nodes; immutable and checked as a whole.</summary>
/// <remarks>
/// <para>Without bidirected edges it is a directed acyclic graph, with them an acyclic directed mixed graph [richardson2003]; with indicators R_V it is an m-graph [mohan2021]. The proxies V* of that paper are left
/// out, because V and R_V decide them.</para>
/// <para>Numbers: substantive variables in the order of their declaration, then indicators in the order of their variables, then selection nodes in the order of their declaration. Two graphs are equal when
/// variables and edges are, in whatever order the edges were declared.</para>
/// <para>Neighbours are kept in compressed sparse rows: O(n + m) memory, and every row ascending.</para>
/// </remarks>
public sealed class CausalGraph : IEquatable<CausalGraph>
{
    private readonly Adjacency _parents, _children, _siblings;
    private readonly Dictionary<string, int> _ids;
    private readonly int[] _indicators;

    internal CausalGraph(ImmutableArray<Variable> variables, ReadOnlySpan<int> from, ReadOnlySpan<int> to, ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        int n = variables.Length;
        Variables = variables;
        SubstantiveCount = variables.Count(variable => variable.IsSubstantive);
        _ids = new Dictionary<string, int>(n, StringComparer.Ordinal);
        _indicators = new int[n];
        Array.Fill(_indicators, -1);
        foreach (Variable variable in variables)
        {
            _ids.Add(variable.Name, variable.Id);
            if (variable.Of is int of)
            {
                _indicators[of] = variable.Id;
            }
        }

        Entities = [.. variables.SelectMany(variable => variable.Indices).Distinct(StringComparer.Ordinal)];
        _children = Adjacency.Of(n, from, to);
        _parents = Adjacency.Of(n, to, from);
        _siblings = Adjacency.Of(n, [.. left, .. right], [.. right, .. left]);
    }

    /// <summary>The variables by number, shape [n].</summary>
    public ImmutableArray<Variable> Variables { get; }

    /// <summary>Number of all variables, n.</summary>
    public int Count => Variables.Length;

    /// <summary>Number of variables that are neither indicator nor selection node; they have the numbers below it.</summary>
    public int SubstantiveCount { get; }

    /// <summary>Entities that index variables, in the order of their first use.</summary>
    public ImmutableArray<string> Entities { get; }

    /// <summary>Number of directed edges.</summary>
    public int DirectedCount => _children.Length;

    /// <summary>Number of bidirected edges.</summary>
    public int BidirectedCount => _siblings.Length / 2;

    /// <summary>All edges: the directed ones by cause and effect, then the bidirected ones.</summary>
    public IEnumerable<GraphEdge> Edges
    {
        get
        {
            for (int v = 0; v < Count; v++)
            {
                for (int k = 0; k < _children[v].Length; k++)
                {
                    yield return new GraphEdge(v, _children[v][k], EdgeKind.Directed);
                }
            }

            for (int v = 0; v < Count; v++)
            {
                for (int k = 0; k < _siblings[v].Length; k++)
                {
                    if (v < _siblings[v][k])
                    {
                        yield return new GraphEdge(v, _siblings[v][k], EdgeKind.Bidirected);
                    }
                }
            }
        }
    }

    /// <summary>A graph from its description.</summary>
    /// <param name="description">Variables and edges.</param>
    /// <exception cref="GraphException">It is no such graph; every mistake is told: names that are unknown, empty or doubled, edges that are doubled or loop, cycles (each named), indices, indicators and selection nodes that cannot be.</exception>
    public static CausalGraph Create(GraphDescription description) => GraphValidation.Check(description, []);

    /// <summary>A graph from text in one of the formats of <see cref="GraphFormat"/>, for example <c>X -> Y; X &lt;-> Z</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="format">Its format; null to find it by the text's beginning.</param>
    /// <exception cref="GraphException">The text or the graph is wrong; every mistake is told with line and column.</exception>
    public static CausalGraph Parse(string text, GraphFormat? format = null) => GraphFormats.Read(text, format);

    /// <summary>Direct causes of a variable, ascending.</summary>
    /// <param name="variable">Its number.</param>
    public ReadOnlySpan<int> Parents(int variable) => _parents[variable];

    /// <summary>Direct effects of a variable, ascending.</summary>
    /// <param name="variable">Its number.</param>
    public ReadOnlySpan<int> Children(int variable) => _children[variable];

    /// <summary>Variables that share a bidirected edge with it (its spouses), ascending.</summary>
    /// <param name="variable">Its number.</param>
    public ReadOnlySpan<int> Siblings(int variable) => _siblings[variable];

    /// <summary>The indicator of a variable, or null when it has none.</summary>
    /// <param name="variable">Its number.</param>
    public int? IndicatorOf(int variable) => _indicators[variable] is >= 0 and int indicator ? indicator : null;

    /// <summary>Finds a variable by name.</summary>
    /// <param name="name">Its name without indices.</param>
    /// <param name="variable">Its number, or -1 when there is none.</param>
    /// <returns>True when there is one.</returns>
    public bool TryFind(string name, out int variable)
    {
        bool found = _ids.TryGetValue(name, out variable);
        variable = found ? variable : -1;
        return found;
    }

    /// <summary>Variables by name.</summary>
    /// <param name="names">Their names.</param>
    /// <exception cref="GraphException">Names are unknown; all of them are told, with the known ones.</exception>
    public VariableSet Set(params ReadOnlySpan<string> names)
    {
        List<int> ids = [];
        ImmutableArray<GraphMistake>.Builder mistakes = ImmutableArray.CreateBuilder<GraphMistake>();
        foreach (string name in names)
        {
            if (TryFind(name, out int id))
            {
                ids.Add(id);
            }
            else
            {
                mistakes.Add(new GraphMistake(GraphValidation.Unknown(name, _ids.Keys), default));
            }
        }

        return mistakes.Count == 0 ? VariableSet.Of(Count, [.. ids]) : throw new GraphException(mistakes.ToImmutable());
    }

    /// <summary>Variables of one kind.</summary>
    /// <param name="kind">The kind.</param>
    public VariableSet OfKind(VariableKind kind) => VariableSet.Where(Count, v => Variables[v].Kind == kind);

    /// <summary>True when an edge of any kind joins them.</summary>
    /// <param name="one">A number.</param>
    /// <param name="other">A number.</param>
    public bool AreAdjacent(int one, int other) => _children[one].BinarySearch(other) >= 0 || _parents[one].BinarySearch(other) >= 0 || _siblings[one].BinarySearch(other) >= 0;

    /// <summary>The description of this graph; <see cref="Create"/> gives an equal graph back.</summary>
    public GraphDescription ToDescription() => new()
    {
        Variables = [.. Variables.Select(v => new VariableDeclaration(v.Name) { Kind = v.Kind, Indices = v.Kind == VariableKind.Indicator ? [] : v.Indices, Role = v.Role, Of = v.Of is int of ? Variables[of].Name : null })],
        Edges = [.. Edges.Select(e => new EdgeDeclaration(Variables[e.From].Name, Variables[e.To].Name, e.Kind))],
    };

    /// <summary>The same variables with the edges that a rule keeps. O(n + m).</summary>
    internal CausalGraph Filter(Func<GraphEdge, bool> keep) => WithEdges(Edges.Where(keep));

    /// <summary>The same variables with other edges, which must be free of cycles.</summary>
    internal CausalGraph WithEdges(IEnumerable<GraphEdge> edges)
    {
        List<int> from = [], to = [], left = [], right = [];
        foreach (GraphEdge edge in edges)
        {
            (edge.Kind == EdgeKind.Directed ? from : left).Add(edge.From);
            (edge.Kind == EdgeKind.Directed ? to : right).Add(edge.To);
        }

        return new CausalGraph(Variables, [.. from], [.. to], [.. left], [.. right]);
    }

    /// <summary>Equal when variables and edges are.</summary>
    /// <param name="other">The other graph.</param>
    public bool Equals(CausalGraph? other) => other is not null && Variables.AsSpan().SequenceEqual(other.Variables.AsSpan()) && Edges.SequenceEqual(other.Edges);

    /// <summary>Equal when it is such a graph.</summary>
    /// <param name="obj">Anything.</param>
    public override bool Equals(object? obj) => Equals(obj as CausalGraph);

    /// <summary>A hash of the sizes and the first names.</summary>
    public override int GetHashCode() => HashCode.Combine(Count, DirectedCount, BidirectedCount, Count > 0 ? Variables[0].Name : "");

    /// <summary>The graph as an edge list.</summary>
    public override string ToString() => GraphFormats.Write(this, GraphFormat.Edges);
}
