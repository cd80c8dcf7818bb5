using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Caudata.Tests.Simulation;

/// <summary>As much of JSON Schema (draft 2020-12) as the schema of worlds uses; a keyword that is not known here is an error, so that none goes unchecked.</summary>
internal static class JsonSchemaSubset
{
    /// <summary>What does not fit, each with its path; empty when all fits.</summary>
    public static IEnumerable<string> Mistakes(JsonObject schema, JsonNode? value, string path = "$")
    {
        foreach ((string keyword, JsonNode? rule) in schema)
        {
            foreach (string mistake in keyword switch
            {
                "$schema" or "title" or "description" => [],
                "type" => Check((rule is JsonArray many ? many.Select(t => t!.GetValue<string>()) : [rule!.GetValue<string>()]).Any(type => Is(type, value)), "has another type"),
                "enum" => Check(rule!.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)), "is none of the words"),
                "minimum" => Check(value is not JsonValue || Number(value) is not { } n || n >= rule!.GetValue<double>(), "is too small"),
                "maximum" => Check(value is not JsonValue || Number(value) is not { } n || n <= rule!.GetValue<double>(), "is too large"),
                "exclusiveMinimum" => Check(Number(value) is not { } n || n > rule!.GetValue<double>(), "is too small"),
                "exclusiveMaximum" => Check(Number(value) is not { } n || n < rule!.GetValue<double>(), "is too large"),
                "pattern" => Check(!Is("string", value) || Regex.IsMatch(value!.GetValue<string>(), rule!.GetValue<string>()), "has another form"),
                "minItems" => Check(value is not JsonArray list || list.Count >= rule!.GetValue<int>(), "has too few entries"),
                "maxItems" => Check(value is not JsonArray list || list.Count <= rule!.GetValue<int>(), "has too many entries"),
                "items" => value is JsonArray list ? list.SelectMany((item, i) => Mistakes(rule!.AsObject(), item, $"{path}[{i}]")) : [],
                "properties" => value is JsonObject map ? map.Where(p => rule!.AsObject().ContainsKey(p.Key)).SelectMany(p => Mistakes(rule![p.Key]!.AsObject(), p.Value, $"{path}.{p.Key}")) : [],
                "patternProperties" => value is JsonObject map ? map.SelectMany(p => rule!.AsObject().Where(r => Regex.IsMatch(p.Key, r.Key)).SelectMany(r => Mistakes(r.Value!.AsObject(), p.Value, $"{path}.{p.Key}"))) : [],
                "additionalProperties" => value is JsonObject map ? map.Where(p => !IsNamed(schema, p.Key)).Select(p => $"{path}: '{p.Key}' is not known") : [],
                "required" => value is JsonObject map ? rule!.AsArray().Where(r => !map.ContainsKey(r!.GetValue<string>())).Select(r => $"{path} lacks '{r}'") : [],
                "dependentRequired" => value is JsonObject map ? rule!.AsObject().Where(r => map.ContainsKey(r.Key)).SelectMany(r => r.Value!.AsArray().Where(other => !map.ContainsKey(other!.GetValue<string>())).Select(other => $"{path}: '{r.Key}' stands without '{other}'")) : [],
                "anyOf" => Check(rule!.AsArray().Any(one => !Mistakes(one!.AsObject(), value, path).Any()), "fits none of the forms"),
                "oneOf" => Check(rule!.AsArray().Count(one => !Mistakes(one!.AsObject(), value, path).Any()) == 1, "fits not exactly one of the forms"),
                _ => throw new InvalidOperationException($"The keyword {keyword} is not known to this test."),
            })
            {
                yield return mistake;
            }
        }

        IEnumerable<string> Check(bool holds, string message) => holds ? [] : [$"{path} {message}: {value?.ToJsonString() ?? "null"}"];
    }

    /// <summary>YAML as an editor sees it: plain scalars are numbers, truths and null where they look so.</summary>
    public static JsonNode? OfYaml(string yaml)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(yaml));
        return Of(stream.Documents[0].RootNode);
    }

    private static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(p => KeyValuePair.Create(((YamlScalarNode)p.Key).Value!, Of(p.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Of)]),
        YamlScalarNode { Style: not ScalarStyle.Plain } text => JsonValue.Create(text.Value),
        YamlScalarNode { Value: null or "" or "null" or "~" } => null,
        YamlScalarNode { Value: "true" or "false" } truth => JsonValue.Create(truth.Value == "true"),
        YamlScalarNode scalar when Regex.IsMatch(scalar.Value!, @"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$") => JsonValue.Create(double.Parse(scalar.Value!, CultureInfo.InvariantCulture)),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidOperationException(node.ToString()),
    };

    private static bool IsNamed(JsonObject schema, string key) =>
        schema["properties"]?.AsObject().ContainsKey(key) == true || schema["patternProperties"]?.AsObject().Any(p => Regex.IsMatch(key, p.Key)) == true;

    private static double? Number(JsonNode? value) => value is JsonValue v && v.GetValueKind() == JsonValueKind.Number ? v.GetValue<double>() : null;

    private static bool Is(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "null" => value is null,
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } n && n == Math.Floor(n),
        "string" => value is JsonValue v && v.GetValueKind() == JsonValueKind.String,
        "boolean" => value is JsonValue v && v.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        _ => throw new InvalidOperationException(type),
    };
}
