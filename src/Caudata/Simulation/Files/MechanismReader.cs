using System.Collections.Immutable;
using Caudata.Simulation.Expressions;
using YamlDotNet.RepresentationModel;

namespace Caudata.Simulation.Files;

/// <summary>A mechanism as an expression, null after a mistake, and as text.</summary>
internal readonly record struct Mechanism(Expression? Expression, string Formula);

/// <summary>Reads mechanisms: an expression, or a mapping with the name of a mechanism and its arguments. Mappings are only another way to write calls.</summary>
/// <param name="mistakes">Receives mistakes.</param>
internal sealed class MechanismReader(MistakeList mistakes)
{
    private static readonly string[] Names = WorldGrammar.Mechanism.Names;

    /// <summary>Reads a mechanism.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="node">Its value in the file.</param>
    /// <param name="options">Fields beside the mechanism that may stand there.</param>
    /// <param name="fields">The mapping, for these options; null for a plain expression.</param>
    public Mechanism Read(string name, YamlNode node, string[] options, out YamlMappingNode? fields)
    {
        fields = node as YamlMappingNode;
        if (fields is null)
        {
            return Expression(node, $"the mechanism of {name}");
        }

        List<(YamlScalarNode Key, YamlNode Value)> found = [];
        foreach ((YamlNode key, YamlNode value) in fields)
        {
            if (key is YamlScalarNode { Value: { } word } scalar && Names.Contains(word))
            {
                found.Add((scalar, value));
            }
            else if (key is not YamlScalarNode { Value: { } option } || !options.Contains(option))
            {
                mistakes.Add($"'{WorldFile.Shown(key)}' is no mechanism and no field of {name}; {Nearest.Suggest(WorldFile.Shown(key), [.. Names, .. options])}", YamlText.Place(key));
            }
        }

        if (found.Count == 1)
        {
            return Named(found[0].Key, found[0].Value);
        }

        mistakes.Add($"{name} has {found.Count} mechanisms; expected exactly one, for example 'normal: {{ mean: 0, sd: 1 }}' or 'is: an expression'.", YamlText.Place(node));
        return default;
    }

    /// <summary>Reads an expression.</summary>
    public Mechanism Expression(YamlNode node, string what)
    {
        if (node is not YamlScalarNode { Value: { } text } scalar)
        {
            mistakes.Add($"{char.ToUpperInvariant(what[0])}{what[1..]} is {WorldFile.Shown(node)}; expected an expression.", YamlText.Place(node));
            return default;
        }

        (WorldPlace place, bool exact) = YamlText.TextPlace(scalar);
        return new Mechanism(ExpressionParser.Parse(text, place, exact, mistakes), text);
    }

    private Mechanism Named(YamlScalarNode key, YamlNode value)
    {
        string word = key.Value!;
        WorldPlace place = YamlText.Place(key);
        switch (word)
        {
            case "is":
                return Expression(value, "'is'");
            case "bernoulli":
                return Bernoulli(place, value);
            case "categorical" or "softmax":
                return Call(word, place, List(word, value));
            case "ordinal":
                return Ordinal(place, value);
            case "sample":
                return Call(word, place, Each(word, value, value is YamlMappingNode form && form.Any(pair => pair.Key is YamlScalarNode { Value: "weight" }) ? ["size", "weight"] : ["size"]));
            case "dot":
                return Call(word, place, List(word, value));
            case "resample":
                return Call(word, place, [Expression(value, "the column")]);
            case var _ when FunctionTable.Aggregates.Contains(word):
                return Aggregate(word, value);
            default:
                return Call(word, place, Each(word, value, [.. FunctionArguments.ByFunction[word].Select(argument => argument.Name)]));
        }
    }

    private Mechanism Aggregate(string word, YamlNode value)
    {
        if (value is not YamlScalarNode { Value: { } text } scalar)
        {
            mistakes.Add($"'{word}' is {WorldFile.Shown(value)}; expected for example '{word}: likes over item.tags'.", YamlText.Place(value));
            return default;
        }

        (WorldPlace place, bool exact) = YamlText.TextPlace(scalar);
        return new Mechanism(ExpressionParser.Parse($"{word}({text})", place.After(-word.Length - 1), exact, mistakes), $"{word}({text})");
    }

    private Mechanism Bernoulli(WorldPlace place, YamlNode value)
    {
        if (value is not YamlMappingNode form)
        {
            return Call("bernoulli", place, [Expression(value, "the probability")]);
        }

        Fields fields = new(form, mistakes, "bernoulli", WorldGrammar.Bernoulli.Names);
        string[] given = [.. WorldGrammar.Bernoulli.One.Where(name => fields[name] is not null)];
        if (given is not [var only])
        {
            mistakes.Add($"bernoulli has {given.Length} of p, logit and probit; expected exactly one.", YamlText.Place(value));
            return default;
        }

        Mechanism inner = Expression(fields[only]!, only);
        return Call("bernoulli", place, [only == "p" ? inner : Call(only == "logit" ? "sigmoid" : "phi", place, [inner])]);
    }

    private Mechanism Ordinal(WorldPlace place, YamlNode value)
    {
        if (value is not YamlMappingNode form)
        {
            mistakes.Add("'ordinal' is no mapping; expected score, thresholds, and perhaps noise: normal or logistic.", YamlText.Place(value));
            return default;
        }

        Fields fields = new(form, mistakes, "ordinal", WorldGrammar.Ordinal.Names);
        if (fields.Required("score", "an expression") is not { } score || fields.Required("thresholds", "a rising list") is not { } thresholds)
        {
            return default;
        }

        Mechanism level = Expression(score, "the score");
        string noise = fields.Scalar("noise")?.Value ?? "none";
        if (noise is "normal" or "logistic")
        {
            Expressions.Expression.Number one = new(1, place);
            level = Call(noise, place, [level, new Mechanism(one, "1")]);
        }
        else if (noise != "none")
        {
            mistakes.Add($"'{noise}' is no noise of an ordinal variable; expected normal, logistic or none.", YamlText.Place(fields["noise"]!));
        }

        return Call("ordinal", place, [level, .. List("thresholds", thresholds)]);
    }

    private Mechanism[] Each(string word, YamlNode value, string[] names)
    {
        if (value is not YamlMappingNode form)
        {
            mistakes.Add($"'{word}' is {WorldFile.Shown(value)}; expected {string.Join(" and ", names)}, as in {word}: {{ {string.Join(", ", names.Select(n => n + ": 1"))} }}.", YamlText.Place(value));
            return [];
        }

        Fields fields = new(form, mistakes, word, names);
        return [.. names.Select(name => fields.Required(name, "an expression") is { } argument ? Expression(argument, name) : default)];
    }

    private Mechanism[] List(string word, YamlNode value)
    {
        if (value is YamlSequenceNode list)
        {
            return [.. list.Select(item => Expression(item, $"an entry of {word}"))];
        }

        mistakes.Add($"'{word}' is {WorldFile.Shown(value)}; expected a list, as in {word}: [1, 2].", YamlText.Place(value));
        return [];
    }

    private Mechanism Call(string function, WorldPlace place, Mechanism[] arguments)
    {
        if (arguments.Length == 0 || arguments.Any(a => a.Expression is null))
        {
            return default;
        }

        FunctionForm form = FunctionTable.Functions[function];
        if (arguments.Length < form.Least || arguments.Length > form.Most)
        {
            mistakes.Add($"{function} has {arguments.Length} arguments; expected {form.Form}.", place);
            return default;
        }

        if (FunctionArguments.Mistake(function, [.. arguments.Select(a => a.Expression!)]) is { } mistake)
        {
            mistakes.Add(mistake.Message, mistake.Place);
            return default;
        }

        return new Mechanism(new Expressions.Expression.Call(function, [.. arguments.Select(a => a.Expression!)], place), $"{function}({string.Join(", ", arguments.Select(a => a.Formula))})");
    }
}
