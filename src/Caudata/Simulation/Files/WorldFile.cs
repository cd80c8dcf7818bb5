using System.Collections.Immutable;
using System.Globalization;
using Caudata.Simulation.Expressions;
using Caudata.Simulation.Feedback;
using YamlDotNet.RepresentationModel;

namespace Caudata.Simulation.Files;

/// <summary>Reads the YAML of a world into its declaration. Every mistake is listed with its place, and reading goes on behind it.</summary>
internal sealed class WorldFile
{
    private static readonly string[] Sections = WorldGrammar.File.Names;

    private static readonly string[] RateFields = ["mean", "by", "per"];

    private readonly WorldDeclaration _world = new();
    private readonly MistakeList _mistakes;
    private readonly IWorldTables? _tables;
    private readonly Dictionary<string, double> _settings;
    private readonly MechanismReader _mechanisms;

    private WorldFile(IWorldTables? tables, IReadOnlyDictionary<string, double>? settings, MistakeList mistakes)
    {
        _tables = tables;
        _mistakes = mistakes;
        _settings = settings is null ? new(StringComparer.Ordinal) : new(settings, StringComparer.Ordinal);
        _mechanisms = new MechanismReader(mistakes);
    }

    /// <summary>Reads a world.</summary>
    public static WorldDeclaration Read(string yaml, IWorldTables? tables, IReadOnlyDictionary<string, double>? settings, MistakeList mistakes)
    {
        WorldFile file = new(tables, settings, mistakes);
        if (YamlText.Root(yaml, mistakes) is { } root)
        {
            file.Read(root);
        }

        return file._world;
    }

    /// <summary>True when a text says mechanisms: it is a world and no graph.</summary>
    public static bool IsWorld(string yaml)
    {
        YamlMappingNode? root;
        try
        {
            root = YamlText.Root(yaml, new MistakeList());
        }
        catch (WorldException)
        {
            root = null;
        }

        // What is broken is told by whoever reads it.
        if (root is null)
        {
            return false;
        }

        string[] alone = [.. Sections.Except(["entities", "variables", "missing"], StringComparer.Ordinal)], kinds = [.. WorldGrammar.Mechanism.Names, .. WorldGrammar.Missing.Names];
        return Keys(root).Any(alone.Contains) || ((string[])["variables", "missing"]).Select(section => root.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode key && key.Value == section).Value).OfType<YamlMappingNode>()
            .SelectMany(section => section.Children.Values).Any(value => value is YamlScalarNode { Value: { Length: > 0 } text } && text is not ("null" or "~") || value is YamlMappingNode form && Keys(form).Any(kinds.Contains));

        static IEnumerable<string?> Keys(YamlMappingNode mapping) => mapping.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value);
    }

    private void Read(YamlMappingNode root)
    {
        Dictionary<string, YamlNode> sections = new(StringComparer.Ordinal);
        foreach ((YamlScalarNode key, YamlNode value) in Entries(root))
        {
            if (Sections.Contains(key.Value))
            {
                sections[key.Value!] = value;
            }
            else
            {
                _mistakes.Add($"'{key.Value}' is no part of a world; {Nearest.Suggest(key.Value ?? "", Sections)}", YamlText.Place(key));
            }
        }

        _world.Name = sections.TryGetValue("world", out YamlNode? name) ? Text(name, "a name") : "world";
        _world.About = sections.TryGetValue("about", out YamlNode? about) ? Text(about, "a sentence") : "";
        if (sections.TryGetValue("sources", out YamlNode? sources))
        {
            _world.Sources.AddRange(sources is YamlSequenceNode list ? list.Select(source => Text(source, "a source")) : [Text(sources, "a source")]);
        }

        foreach ((string section, string what) in ((string, string)[])[("entities", "entities, for example 'user: 1000'"), ("variables", "variables, for example 'rating[user, item]: normal(0, 1)'")])
        {
            if (!sections.ContainsKey(section))
            {
                _mistakes.Add($"The world has no '{section}'; expected {what}.", YamlText.Place(root));
            }
        }

        ForEach("parameters", ReadParameter);
        ReadEntities(sections.GetValueOrDefault("entities"));
        ForEach("variables", ReadVariable);
        ForEach("missing", ReadMissing);
        if (sections.TryGetValue("rounds", out YamlNode? rounds))
        {
            _world.Rounds = RoundsReader.Read(rounds, _world, _mistakes);
        }

        ForEach("do", ReadIntervention);
        foreach (string unknown in _settings.Keys.Order(StringComparer.Ordinal))
        {
            _mistakes.Add($"'{unknown}' is set, but is no parameter and no entity with a size; {Nearest.Suggest(unknown, [.. _world.Parameters.Select(p => p.Name), .. _world.Entities.Where(e => e.Table is null).Select(e => e.Name)])}", default);
        }

        void ForEach(string section, Action<YamlScalarNode, YamlNode> read)
        {
            if (sections.TryGetValue(section, out YamlNode? node) && Mapping(node, $"'{section}'") is { } mapping && AreFew(mapping, section))
            {
                foreach ((YamlScalarNode key, YamlNode value) in Entries(mapping))
                {
                    read(key, value);
                }
            }
        }
    }

    private bool AreFew(YamlMappingNode mapping, string section)
    {
        if (mapping.Children.Count <= WorldLimits.Names)
        {
            return true;
        }

        _mistakes.Add($"'{section}' has {mapping.Children.Count} entries; expected at most {WorldLimits.Names}. Leave out what the question does not need.", YamlText.Place(mapping));
        return false;
    }

    private void ReadParameter(YamlScalarNode key, YamlNode value)
    {
        _world.Places[("parameter", key.Value ?? "")] = YamlText.Place(key);
        string about = "";
        YamlNode number = value;
        if (value is YamlMappingNode mapping)
        {
            Fields fields = new(mapping, _mistakes, $"parameter {key.Value}", WorldGrammar.Parameter.Names);
            about = fields.Scalar("about")?.Value ?? "";
            if (fields.Required("value", "a number") is not { } given)
            {
                return;
            }

            number = given;
        }

        double? parsed = Number(number, "a number");
        if (_settings.Remove(key.Value ?? "", out double set))
        {
            parsed = set;
        }

        _world.Parameters.Add(new WorldParameter(key.Value ?? "", parsed ?? double.NaN, about));
    }

    private void ReadEntities(YamlNode? section)
    {
        if (section is null || Mapping(section, "'entities'") is not { } mapping || !AreFew(mapping, "entities"))
        {
            return;
        }

        List<EntityDeclaration> found = [];
        foreach ((YamlScalarNode key, YamlNode value) in Entries(mapping))
        {
            string name = key.Value ?? "";
            _world.Places[("entity", name)] = YamlText.Place(key);
            if (value is YamlMappingNode form)
            {
                Fields fields = new(form, _mistakes, $"entity {name}", WorldGrammar.Entity.Names);
                if (fields.Required("table", "the name of a table") is not YamlScalarNode { Value: { } table } scalar)
                {
                    continue;
                }

                (string, string, WorldPlace)[] lists = [.. (fields.Mapping("lists") is { } listed ? Entries(listed) : []).Select(list => (list.Key.Value ?? "", Text(list.Value, "an entity"), YamlText.Place(list.Value)))];
                if (EntityDeclaration.CountRows(table, _tables, YamlText.Place(scalar), _mistakes) is { } rows)
                {
                    // A table whose entity has a size may be drawn at any other.
                    int size = fields["size"] is { } given ? Whole(given, 1, WorldLimits.Units, $"the number of units of {name}") ?? rows : rows;
                    size = fields["size"] is not null && _settings.Remove(name, out double set) ? Sized(name, set) : size;
                    found.Add(new EntityDeclaration(name, size, table, lists, YamlText.Place(scalar)) { IsSized = fields["size"] is not null });
                }
            }
            else if (Whole(value, 1, WorldLimits.Units, $"the number of units of {name}, or {{ table: ... }}") is { } size)
            {
                found.Add(new EntityDeclaration(name, _settings.Remove(name, out double set) ? Sized(name, set) : size, null, [], YamlText.Place(value)));
            }
        }

        _world.Entities.AddRange(EntityDeclaration.Resolve(found, _tables, _mistakes));
    }

    private int Sized(string name, double set)
    {
        if (set >= 1 && set <= WorldLimits.Units && set == Math.Floor(set))
        {
            return (int)set;
        }

        _mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is set to {set}; expected a whole number from 1 to {WorldLimits.Units}."), default);
        return 1;
    }

    private void ReadVariable(YamlScalarNode key, YamlNode value)
    {
        WorldPlace place = YamlText.Place(key);
        (string name, ImmutableArray<string> indices) = Label(key.Value ?? "", place);
        Mechanism mechanism = _mechanisms.Read(name, value, WorldGrammar.Options.Names, out YamlMappingNode? options);
        Fields? fields = options is null ? null : new Fields(options, _mistakes, "", null);
        bool latent = fields?.Truth("latent") ?? false;
        _world.Variables.Add(new WorldVariable { Name = name, Indices = indices, IsLatent = latent, About = fields?.Scalar("about")?.Value ?? "", Formula = mechanism.Formula ?? "", Mechanism = mechanism.Expression!, Place = place });
    }

    private (string Name, ImmutableArray<string> Indices) Label(string label, WorldPlace place)
    {
        int open = label.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            return (label.Trim(), []);
        }

        if (!label.EndsWith(']'))
        {
            _mistakes.Add($"'{label}' opens a bracket and does not end with one; expected NAME[ENTITY], or up to three entities with commas.", place);
        }

        return (label[..open].Trim(), [.. label[(open + 1)..].TrimEnd(']').Split(',').Select(index => index.Trim())]);
    }

    private void ReadMissing(YamlScalarNode key, YamlNode value)
    {
        WorldPlace place = YamlText.Place(key);
        string of = key.Value ?? "";
        WorldVariable? variable = _world.Variables.FirstOrDefault(v => v.Name == of);
        if (variable is null)
        {
            _mistakes.Add($"'{of}' is no variable; {Nearest.Suggest(of, _world.Variables.Select(v => v.Name))}", place);
        }
        else if (variable.IsLatent)
        {
            _mistakes.Add($"'{of}' is latent and never seen; expected an observed variable. Leave out 'latent', or its missingness.", place);
        }

        if (Mapping(value, $"the missingness of {of}") is not { } form)
        {
            return;
        }

        Fields fields = new(form, _mistakes, $"the missingness of {of}", WorldGrammar.Missing.Names);
        ImmutableArray<string> indices = variable?.Indices ?? [];
        YamlNode[] kinds = [.. WorldGrammar.Missing.One.Select(kind => fields[kind]).OfType<YamlNode>()];
        if (kinds.Length != 1)
        {
            _mistakes.Add($"The missingness of {of} has {kinds.Length} mechanisms; expected exactly one of logistic, probability and sample.", place);
            return;
        }

        WorldIndicator indicator = new() { Name = "R_" + of, Of = of, Indices = indices, Formula = "", Place = place };
        if (fields["sample"] is { } sample)
        {
            _world.Indicators.Add(ReadSample(indicator, sample, fields));
            return;
        }

        bool logit = fields["logistic"] is not null;
        Mechanism mechanism = _mechanisms.Expression(kinds[0], logit ? "a score" : "a probability");
        double rate = fields["mean"] is { } mean ? Setting(mean, "the mean rate") ?? double.NaN : double.NaN;
        if (!double.IsNaN(rate) && rate is not (> 0 and < 1))
        {
            _mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"The mean rate is {rate}; expected a number between 0 and 1."), YamlText.Place(fields["mean"]!));
        }

        string by = fields.Scalar("by")?.Value ?? (logit ? "intercept" : "scale");
        if (!WorldGrammar.RateMethods.Contains(by) || (by == "intercept" && !logit))
        {
            _mistakes.Add(by == "intercept" ? "A probability cannot be brought to its mean by an intercept; expected 'by: scale', or a logistic score." : $"'{by}' is no way to reach a mean; expected intercept or scale.", YamlText.Place(fields["by"]!));
        }

        if (fields["mean"] is null)
        {
            foreach (string idle in RateFields[1..].Where(field => fields[field] is not null))
            {
                _mistakes.Add($"'{idle}' stands without 'mean'; expected both, or neither.", YamlText.Place(fields[idle]!));
            }
        }

        if (fields.Scalar("per") is { } per && (indices.Length != 2 || per.Value != indices[0]))
        {
            _mistakes.Add($"'per: {per.Value}' asks for a mean for each {per.Value}; expected the first of two entities of {of}{(indices.Length == 2 ? $", {indices[0]}" : "")}.", YamlText.Place(per));
        }

        _world.Indicators.Add(WithRate(indicator, mechanism, logit, rate, fields["mean"] is null ? RateMethod.None : by == "scale" ? RateMethod.Scale : RateMethod.Intercept, fields["per"] is not null));
    }

    /// <summary>An indicator that is drawn unit by unit.</summary>
    internal static WorldIndicator WithRate(WorldIndicator indicator, Mechanism mechanism, bool isLogit, double rate, RateMethod method, bool isPerRow) => indicator with
    {
        Mechanism = mechanism.Expression,
        IsLogit = isLogit,
        Rate = rate,
        Method = method,
        PerRow = isPerRow,
        Formula = $"{(isLogit ? "sigmoid" : "")}({mechanism.Formula})"
            + (method == RateMethod.None ? "" : string.Create(CultureInfo.InvariantCulture, $", mean {rate} by {(method == RateMethod.Scale ? "scale" : "intercept")}{(isPerRow ? $" for each {indicator.Indices.FirstOrDefault()}" : "")}")),
    };

    /// <summary>An indicator whose units are drawn in two stages.</summary>
    internal static WorldIndicator WithSample(WorldIndicator indicator, IReadOnlyList<int> sizes) => indicator with
    {
        Sample = ImmutableArray.CreateRange(sizes.Count == indicator.Indices.Length ? sizes : indicator.Indices.Select(_ => 1)),
        Formula = "sample of " + string.Join(" x ", sizes.Zip(indicator.Indices, (n, e) => $"{n} {e}")),
    };

    private WorldIndicator ReadSample(WorldIndicator indicator, YamlNode sample, Fields fields)
    {
        foreach (string idle in RateFields.Where(field => fields[field] is not null))
        {
            _mistakes.Add($"'{idle}' stands beside 'sample', whose rate follows from its sizes; expected it only beside logistic or probability.", YamlText.Place(fields[idle]!));
        }

        if (indicator.Indices.Length > 2)
        {
            _mistakes.Add($"The sample draws from {indicator.Indices.Length} entities; expected one or two. Give a probability instead.", YamlText.Place(sample));
        }

        List<int> sizes = [];
        if (Mapping(sample, "the sample") is { } mapping)
        {
            (YamlScalarNode Key, YamlNode Value)[] entries = [.. Entries(mapping)];
            if (entries.Length == 0 || !entries.Select(e => e.Key.Value).SequenceEqual(indicator.Indices))
            {
                _mistakes.Add($"The sample draws from {string.Join(", ", entries.Select(e => e.Key.Value))}; expected {string.Join(", ", indicator.Indices.Select(i => i + ": N"))}: first units of the first entity, then for each so many of the second.", YamlText.Place(sample));
            }

            foreach ((YamlScalarNode _, YamlNode value) in entries)
            {
                double? size = Setting(value, "how many are drawn");
                if (size is { } number && (number < 1 || number > WorldLimits.Units || number != Math.Floor(number)))
                {
                    _mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{number} are drawn; expected a whole number from 1."), YamlText.Place(value));
                    size = 1;
                }

                sizes.Add((int)(size ?? 1));
            }
        }

        return WithSample(indicator, sizes);
    }

    private void ReadIntervention(YamlScalarNode key, YamlNode value)
    {
        if (key.Value == RoundScope.Policy && _world.Rounds is not null)
        {
            if (new PolicyReader(_world.Parameters, _mistakes).Read(value) is { } policy)
            {
                _world.Interventions.Add(Intervention.On(policy) with { Place = YamlText.Place(value) });
            }

            return;
        }

        Mechanism mechanism = _mechanisms.Read(key.Value ?? "", value, [], out _);
        if (mechanism.Expression is not null)
        {
            _world.Interventions.Add(new Intervention(key.Value ?? "", mechanism.Formula) { Mechanism = mechanism.Expression, Place = YamlText.Place(key) });
        }
    }

    /// <summary>A number, or the name of a parameter.</summary>
    private double? Setting(YamlNode node, string what) =>
        node is YamlScalarNode { Value: { } text } && _world.Parameters.FirstOrDefault(p => p.Name == text) is { } parameter ? parameter.Value : Number(node, what + ", a number or a parameter");

    private double? Number(YamlNode node, string what)
    {
        if (node is YamlScalarNode { Value: { } text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            return number;
        }

        _mistakes.Add($"'{Shown(node)}' stands where {what} should be; expected a number such as 0.5.", YamlText.Place(node));
        return null;
    }

    private int? Whole(YamlNode node, int least, int most, string what)
    {
        if (node is YamlScalarNode { Value: { } text } && int.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        _mistakes.Add($"'{Shown(node)}' stands where {what} should be; expected a whole number from {least} to {most}.", YamlText.Place(node));
        return null;
    }

    private string Text(YamlNode node, string what)
    {
        if (node is YamlScalarNode { Value: { } text })
        {
            return text;
        }

        _mistakes.Add($"A {(node is YamlSequenceNode ? "list" : "mapping")} stands where {what} should be; expected a text.", YamlText.Place(node));
        return "";
    }

    private YamlMappingNode? Mapping(YamlNode node, string what)
    {
        if (node is YamlMappingNode mapping)
        {
            return mapping;
        }

        if (node is not YamlScalarNode { Value: null or "" })
        {
            _mistakes.Add($"'{Shown(node)}' stands for {what}; expected 'key: value' lines.", YamlText.Place(node));
        }

        return null;
    }

    private IEnumerable<(YamlScalarNode Key, YamlNode Value)> Entries(YamlMappingNode mapping)
    {
        foreach ((YamlNode key, YamlNode value) in mapping)
        {
            if (key is YamlScalarNode scalar)
            {
                yield return (scalar, value);
            }
            else
            {
                _mistakes.Add("A list or mapping stands as a key; expected a name. Quote names that hold brackets.", YamlText.Place(key));
            }
        }
    }

    internal static string Shown(YamlNode node) => node is YamlScalarNode { Value: { } text } ? (text.Length <= 60 ? text : text[..57] + "...") : node is YamlSequenceNode ? "a list" : "a mapping";
}
