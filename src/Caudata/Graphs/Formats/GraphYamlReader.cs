using System.Collections.Immutable;

namespace Caudata.Graphs.Formats;

/// <summary>Turns the tree of a YAML text into a graph, collecting every mistake.</summary>
internal sealed class GraphYamlReader(MistakeList mistakes)
{
    private readonly List<VariableDeclaration> _variables = [];
    private readonly List<EdgeDeclaration> _edges = [];
    private ImmutableArray<string>? _entities;

    public CausalGraph Read(YamlTree.Map top, string[] known)
    {
        foreach ((YamlTree.Scalar key, YamlTree value) in top.Pairs)
        {
            switch (key.Value)
            {
                case "entities":
                    Entities(value);
                    break;
                case "variables":
                    Section(value, "variables", VariableKind.Observed);
                    break;
                case "confounded":
                    Confounded(value);
                    break;
                case "missing":
                    Section(value, "missing", VariableKind.Indicator);
                    break;
                case "selection":
                    Section(value, "selection", VariableKind.Selection);
                    break;
                default:
                    mistakes.Add($"the key {GraphValidation.Quote(key.Value)} is not known; expected one of {string.Join(", ", known)}. Correct or remove it.", key.Place);
                    break;
            }
        }

        if (!top.Pairs.Any(pair => pair.Key.Value == "variables"))
        {
            mistakes.Add("the key 'variables' is missing; expected it with the variables of the graph, for example variables: { X: {}, Y: { parents: [X] } }.", top.Place);
        }

        return GraphValidation.Check(new GraphDescription { Entities = _entities, Variables = [.. _variables], Edges = [.. _edges] }, mistakes.All);
    }

    private void Entities(YamlTree value)
    {
        IEnumerable<YamlTree> names = value switch
        {
            YamlTree.List list => list.Items,
            YamlTree.Map map => map.Pairs.Select(pair => pair.Key),
            YamlTree.Scalar { IsNull: true } => [],
            _ => [Wrong(value, "a list of entities such as [user, item], or a map")],
        };
        _entities = [.. names.OfType<YamlTree.Scalar>().Select(name => name.Value)];
    }

    private YamlTree.List Wrong(YamlTree found, string expected)
    {
        mistakes.Add($"found {found.Kind}; expected {expected}.", found.Place);
        return new YamlTree.List(found.Place);
    }

    private void Section(YamlTree value, string section, VariableKind kind)
    {
        switch (value)
        {
            case YamlTree.Map map:
                foreach ((YamlTree.Scalar key, YamlTree entry) in map.Pairs)
                {
                    Entry(key, entry, kind);
                }

                break;
            case YamlTree.List list:
                foreach (YamlTree item in list.Items)
                {
                    if (item is YamlTree.Scalar name)
                    {
                        Entry(name, new YamlTree.Map(name.Place), kind);
                    }
                    else
                    {
                        Wrong(item, $"a name in the list of '{section}'; write a map to say more");
                    }
                }

                break;
            case YamlTree.Scalar { IsNull: true }:
                break;
            default:
                Wrong(value, $"a map of names under '{section}'");
                break;
        }
    }

    private void Entry(YamlTree.Scalar key, YamlTree value, VariableKind kind)
    {
        (string name, ImmutableArray<string>? indices) = GraphDraft.Split(key.Value);
        VariableDeclaration declaration = new(kind == VariableKind.Indicator ? "R_" + name : name) { Kind = kind, Indices = indices ?? [], Of = kind == VariableKind.Indicator ? name : null, Place = key.Place };
        YamlTree.Map map = value switch
        {
            YamlTree.Map found => found,
            YamlTree.Scalar { IsNull: true } => new YamlTree.Map(value.Place),
            _ => Nothing(value, key.Value),
        };
        YamlTree? parents = null;
        foreach ((YamlTree.Scalar field, YamlTree content) in map.Pairs)
        {
            switch (field.Value)
            {
                case "parents":
                    parents = content;
                    break;
                case "latent" when kind == VariableKind.Observed:
                    declaration = Truth(content) switch { true => declaration with { Kind = VariableKind.Latent }, false => declaration, null => Not(declaration, content, "true or false") };
                    break;
                case "role" when kind == VariableKind.Observed:
                    declaration = Role(content) is { } role ? declaration with { Role = role } : Not(declaration, content, "exposure, outcome or adjusted");
                    break;
                case "name" when kind == VariableKind.Indicator:
                    declaration = content is YamlTree.Scalar { IsNull: false } given ? declaration with { Name = given.Value } : Not(declaration, content, "the name of the indicator");
                    break;
                default:
                    string known = kind switch { VariableKind.Observed => "parents, latent, role", VariableKind.Indicator => "parents, name", _ => "parents" };
                    mistakes.Add($"{GraphValidation.Quote(key.Value)} has the key {GraphValidation.Quote(field.Value)}; expected one of {known}. Correct or remove it.", field.Place);
                    break;
            }
        }

        _variables.Add(declaration);
        foreach (YamlTree.Scalar parent in Names(parents, "the parents of " + GraphValidation.Quote(key.Value)))
        {
            Edge(GraphDraft.Split(parent.Value).Name, declaration.Name, EdgeKind.Directed, parent.Place);
        }
    }

    private void Confounded(YamlTree value)
    {
        IEnumerable<YamlTree> pairs = value switch { YamlTree.List list => list.Items, YamlTree.Scalar { IsNull: true } => [], _ => Wrong(value, "a list of pairs under 'confounded', such as - [X, Y]").Items };
        foreach (YamlTree pair in pairs)
        {
            string[] names = pair switch
            {
                YamlTree.List list => [.. list.Items.OfType<YamlTree.Scalar>().Select(s => s.Value)],
                YamlTree.Scalar text => [.. text.Value.Split("<->").Select(name => name.Trim())],
                _ => [],
            };
            if (names.Length != 2 || pair is YamlTree.List { Items.Count: not 2 })
            {
                Wrong(pair, "a pair of names under 'confounded', such as [X, Y]");
                continue;
            }

            Edge(GraphDraft.Split(names[0]).Name, GraphDraft.Split(names[1]).Name, EdgeKind.Bidirected, pair.Place);
        }
    }

    private IEnumerable<YamlTree.Scalar> Names(YamlTree? value, string what)
    {
        switch (value)
        {
            case null or YamlTree.Scalar { IsNull: true }:
                yield break;
            case YamlTree.Scalar one:
                yield return one;
                yield break;
            case YamlTree.List list:
                foreach (YamlTree item in list.Items)
                {
                    if (item is YamlTree.Scalar name)
                    {
                        yield return name;
                    }
                    else
                    {
                        Wrong(item, $"a name among {what}; names with indices are written without them here");
                    }
                }

                yield break;
            default:
                Wrong(value, $"a list of names as {what}");
                yield break;
        }
    }

    private void Edge(string from, string to, EdgeKind kind, TextPlace place)
    {
        if (_edges.Count >= GraphLimits.Edges)
        {
            mistakes.Add($"more than {GraphLimits.Edges} edges; expected at most that many. Leave out what the question does not need.", place);
            mistakes.Throw();
        }

        _edges.Add(new EdgeDeclaration(from, to, kind) { Place = place });
    }

    private VariableDeclaration Not(VariableDeclaration declaration, YamlTree found, string expected)
    {
        Wrong(found, $"{expected} for {GraphValidation.Quote(declaration.Name)}");
        return declaration;
    }

    private YamlTree.Map Nothing(YamlTree found, string name)
    {
        Wrong(found, $"a map for {GraphValidation.Quote(name)}, such as {{ parents: [X] }}, or nothing");
        return new YamlTree.Map(found.Place);
    }

    private static bool? Truth(YamlTree value) => value is YamlTree.Scalar { IsPlain: true } scalar ? scalar.Value.ToLowerInvariant() switch { "true" or "yes" => true, "false" or "no" => false, _ => null } : null;

    private static VariableRole? Role(YamlTree value) => value is YamlTree.Scalar scalar ? scalar.Value switch { "exposure" => VariableRole.Exposure, "outcome" => VariableRole.Outcome, "adjusted" => VariableRole.Adjusted, _ => null } : null;
}
