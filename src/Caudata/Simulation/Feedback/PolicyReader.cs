using System.Globalization;
using Caudata.Simulation.Expressions;
using Caudata.Simulation.Files;
using YamlDotNet.RepresentationModel;

namespace Caudata.Simulation.Feedback;

/// <summary>Reads a policy: its name, or a mapping of its name to options.</summary>
/// <param name="parameters">Parameters whose names may stand for numbers.</param>
/// <param name="mistakes">Receives mistakes.</param>
internal sealed class PolicyReader(IReadOnlyList<WorldParameter> parameters, MistakeList mistakes)
{
    private const string Epsilon = "epsilon", Random = "random", Popularity = "popularity", Factorisation = "matrix-factorisation", Choice = "choice";

    private static readonly string[] Names = [Random, Popularity, Factorisation, Choice, Epsilon];

    private readonly MechanismReader _mechanisms = new(mistakes);

    /// <summary>Reads a policy from text, as it stands behind <c>policy=</c>; mistakes get no place.</summary>
    public static ExposurePolicy? Parse(string text, IReadOnlyList<WorldParameter> parameters, MistakeList mistakes)
    {
        MistakeList found = new();
        ExposurePolicy? policy = YamlText.Root("policy: " + text, found) is { } root && root.Children.Count == 1 ? new PolicyReader(parameters, found).Read(root.Children[0].Value) : null;
        if (policy is null && found.Count == 0)
        {
            found.Add($"'{text}' is no policy; expected for example random, or {{ epsilon: 0.1, of: popularity }}.", default);
        }

        foreach (string message in found.Messages)
        {
            mistakes.Add(message, default);
        }

        return policy;
    }

    /// <summary>Reads a policy; null after a mistake.</summary>
    public ExposurePolicy? Read(YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } word })
        {
            return word == Choice ? Missing(Choice, "an expression, as in choice: { utility: taste }", node) : Named(word, null, node);
        }

        if (node is not YamlMappingNode mapping || mapping.Children.Count == 0)
        {
            mistakes.Add($"{(node is YamlSequenceNode ? "A list" : "Nothing")} stands where a policy should be; expected one of {string.Join(", ", Names)}.", YamlText.Place(node));
            return null;
        }

        if (mapping.Children.Any(pair => pair.Key is YamlScalarNode { Value: Epsilon }))
        {
            return Mixture(mapping);
        }

        if (mapping.Children.Count > 1)
        {
            mistakes.Add($"The policy has {mapping.Children.Count} entries ({string.Join(", ", mapping.Children.Select(p => WorldFile.Shown(p.Key)))}); expected one policy with its options, or epsilon with of.", YamlText.Place(mapping));
            return null;
        }

        return Named(WorldFile.Shown(mapping.Children[0].Key), mapping.Children[0].Value, mapping.Children[0].Key);
    }

    private EpsilonExposure? Mixture(YamlMappingNode mapping)
    {
        Fields fields = new(mapping, mistakes, "an epsilon mixture", [.. WorldGrammar.Mixture]);
        double epsilon = Number(fields, Epsilon, 0, "a probability from 0 to 1", value => value is >= 0 and <= 1);
        ExposurePolicy? of = fields.Required("of", "a policy") is { } first ? Read(first) : null, with = fields["with"] is { } second ? Read(second) : null;
        return of is null ? null : new EpsilonExposure(epsilon, of, with);
    }

    private ExposurePolicy? Named(string word, YamlNode? options, YamlNode at)
    {
        switch (word)
        {
            case Random:
                _ = Options(Random, options, []);
                return new RandomExposure();
            case Popularity:
                return new PopularityExposure(Temperature(Options(Popularity, options, WorldGrammar.Popularity.Names), 0));
            case Factorisation:
                FactorisationExposure otherwise = new();
                Fields? fields = Options(Factorisation, options, WorldGrammar.Factorisation.Names);
                return new FactorisationExposure(
                    (int)Number(fields, "rank", otherwise.Rank, "a whole number from 1 to 128", value => value is >= 1 and <= 128 && value == Math.Floor(value)),
                    Number(fields, "regularisation", otherwise.Regularisation, "a number above 0", value => value > 0),
                    (int)Number(fields, "sweeps", otherwise.Sweeps, "a whole number from 1 to 100", value => value is >= 1 and <= 100 && value == Math.Floor(value)),
                    Temperature(fields, otherwise.Temperature));
            case Choice:
                return ReadChoice(options, at);
            default:
                mistakes.Add($"'{word}' is no policy; {Nearest.Suggest(word, Names)}", YamlText.Place(at));
                return null;
        }
    }

    private ChoiceExposure? ReadChoice(YamlNode? options, YamlNode at)
    {
        Fields? fields = options is YamlMappingNode mapping ? new Fields(mapping, mistakes, Choice, WorldGrammar.Chosen.Names) : null;
        YamlNode? utility = fields is null ? options : fields.Required("utility", "an expression over the user and the item");
        if (utility is null)
        {
            return fields is null ? Missing(Choice, "an expression", at) : null;
        }

        Mechanism score = _mechanisms.Expression(utility, "the utility");
        double temperature = Temperature(fields, 1);
        return score.Expression is null ? null : new ChoiceExposure(score.Formula, temperature) { Parsed = score.Expression };
    }

    private Fields? Options(string policy, YamlNode? options, string[] known)
    {
        if (options is null or YamlScalarNode { Value: null or "" })
        {
            return null;
        }

        if (options is YamlMappingNode mapping)
        {
            return new Fields(mapping, mistakes, policy, known);
        }

        mistakes.Add($"'{WorldFile.Shown(options)}' stands behind {policy}; expected its options{(known.Length == 0 ? ", of which there are none" : $", as in {policy}: {{ {known[0]}: 1 }}")}.", YamlText.Place(options));
        return null;
    }

    private double Temperature(Fields? fields, double otherwise) => Number(fields, "temperature", otherwise, "0 or more", value => value >= 0);

    private double Number(Fields? fields, string name, double otherwise, string expected, Func<double, bool> fits) =>
        fields?[name] is { } node ? NumberOf(node, name, expected, fits) ?? otherwise : otherwise;

    /// <summary>A number, or the value of a parameter; a mistake and null when it is neither, or does not fit.</summary>
    public double? NumberOf(YamlNode node, string what, string expected, Func<double, bool> fits)
    {
        string text = (node as YamlScalarNode)?.Value ?? "";
        double? number = parameters.FirstOrDefault(p => p.Name == text)?.Value
            ?? (double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) && double.IsFinite(parsed) ? parsed : null);
        if (number is { } value && (double.IsNaN(value) || fits(value)))
        {
            return value;
        }

        string shown = number is { } bad && text != bad.ToString(CultureInfo.InvariantCulture) ? $"{text} = {bad.ToString("R", CultureInfo.InvariantCulture)}" : WorldFile.Shown(node);
        mistakes.Add($"{what} is '{shown}'; expected {expected}, or the name of a parameter.", YamlText.Place(node));
        return null;
    }

    private ChoiceExposure? Missing(string policy, string what, YamlNode at)
    {
        mistakes.Add($"The policy {policy} has nothing behind it; expected {what}.", YamlText.Place(at));
        return null;
    }
}
