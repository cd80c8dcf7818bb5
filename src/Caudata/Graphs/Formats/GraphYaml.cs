using System.Text;

namespace Caudata.Graphs.Formats;

/// <summary>Graphs in our own YAML. A world file has mechanisms instead of parents: its graph is read off them by the engine that draws from it.</summary>
/// <remarks>
/// <para>Keys: <c>entities</c> (a list, or a map whose values are passed over), <c>variables</c> (name with indices: <c>parents</c>, <c>latent</c>, <c>role</c>), <c>confounded</c> (pairs that share an unobserved cause),
/// <c>missing</c> (variable: <c>parents</c> of its indicator, and <c>name</c> when that is not <c>R_</c> and the variable), <c>selection</c> (name: <c>parents</c>). Indicators may be parents under <c>missing</c> and <c>selection</c>.</para>
/// <para>Names are always texts: <c>no</c> is a variable called no. Aliases are refused.</para>
/// </remarks>
public static class GraphYaml
{
    private static readonly string[] TopKeys = ["entities", "variables", "confounded", "missing", "selection"];

    /// <summary>A graph from YAML.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="GraphException">Text or graph is wrong; every mistake is told.</exception>
    public static CausalGraph Read(string text)
    {
        MistakeList mistakes = new();
        YamlTree? root = YamlTree.Read(text, mistakes);
        if (root is not YamlTree.Map top)
        {
            if (mistakes.Count == 0)
            {
                mistakes.Add($"found {root?.Kind ?? "nothing"}; expected the key 'variables' with the variables of the graph.", root?.Place ?? new TextPlace(1, 1));
            }

            mistakes.Throw();
            return null!;
        }

        return new GraphYamlReader(mistakes).Read(top, TopKeys);
    }

    /// <summary>A graph as YAML.</summary>
    /// <param name="graph">The graph.</param>
    public static string Write(CausalGraph graph)
    {
        StringBuilder text = new();
        if (!graph.Entities.IsEmpty)
        {
            text.Append("entities: [").AppendJoin(", ", graph.Entities.Select(Item)).Append("]\n");
        }

        text.Append(graph.SubstantiveCount == 0 ? "variables: {}\n" : "variables:\n");
        for (int v = 0; v < graph.SubstantiveCount; v++)
        {
            Variable variable = graph.Variables[v];
            List<string> values = [];
            if (variable.Kind == VariableKind.Latent)
            {
                values.Add("latent: true");
            }

            if (variable.Role != VariableRole.None)
            {
                values.Add("role: " + variable.Role.ToString().ToLowerInvariant());
            }

            values.AddRange(Parents(graph, v));
            string key = NodeNames.IsPlain(variable.Name) && !IsWordOfYaml(variable.Name) && variable.Indices.All(NodeNames.IsPlain) ? variable.Name + (variable.Indices.IsEmpty ? "" : $"[{string.Join(", ", variable.Indices)}]") : NodeNames.Quote(variable.Label);
            text.Append("  ").Append(key).Append(Map(values)).Append('\n');
        }

        IEnumerable<GraphEdge> confounded = graph.Edges.Where(edge => edge.Kind == EdgeKind.Bidirected);
        text.Append(graph.BidirectedCount > 0 ? "confounded:\n" : "");
        foreach (GraphEdge edge in confounded)
        {
            text.Append("  - [").Append(Item(graph.Variables[edge.From].Name)).Append(", ").Append(Item(graph.Variables[edge.To].Name)).Append("]\n");
        }

        Section(VariableKind.Indicator, "missing", v => graph.Variables[v.Of!.Value].Name);
        Section(VariableKind.Selection, "selection", v => v.Label);
        return text.ToString();

        void Section(VariableKind kind, string key, Func<Variable, string> name)
        {
            bool first = true;
            foreach (Variable variable in graph.Variables.Where(v => v.Kind == kind))
            {
                text.Append(first ? key + ":\n" : "");
                first = false;
                string[] named = kind == VariableKind.Indicator && !NodeNames.IsConventional(graph, variable) ? ["name: " + Item(variable.Name)] : [];
                text.Append("  ").Append(Item(name(variable))).Append(Map([.. named, .. Parents(graph, variable.Id)])).Append('\n');
            }
        }
    }

    private static IEnumerable<string> Parents(CausalGraph graph, int v) => graph.Parents(v).Length == 0 ? [] : [$"parents: [{string.Join(", ", graph.Parents(v).ToArray().Select(p => Item(graph.Variables[p].Name)))}]"];

    private static string Map(List<string> values) => values.Count == 0 ? ": {}" : $": {{ {string.Join(", ", values)} }}";

    private static string Item(string name) => NodeNames.IsPlain(name) && !IsWordOfYaml(name) ? name : NodeNames.Quote(name);

    private static bool IsWordOfYaml(string name) => name.ToLowerInvariant() is "y" or "n" or "yes" or "no" or "on" or "off" or "true" or "false" or "null";
}
