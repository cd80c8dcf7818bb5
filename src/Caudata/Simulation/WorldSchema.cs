using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Caudata.Simulation.Expressions;
using Caudata.Simulation.Files;

namespace Caudata.Simulation;

/// <summary>The JSON Schema (draft 2020-12) of world files, for editors: completions, descriptions, ranges. Made of the table that the reader itself uses.</summary>
/// <remarks>Every file that <see cref="World.Parse"/> takes fits it, written in the usual way. It cannot see inside expressions, nor whether names are declared: that is told by the reader alone.</remarks>
public static class WorldSchema
{
    private const string Name = "[A-Za-z_][A-Za-z0-9_]*";
    private const string Digits = @"^\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\s*$";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as text.</summary>
    public static string Text { get; } = Document().ToJsonString(Format) + "\n";

    private static JsonObject Document()
    {
        JsonObject schema = new() { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "Caudata world", ["description"] = "A causal world from which 'caudata simulate --world FILE' draws data." };
        foreach ((string key, JsonNode? value) in Of(WorldGrammar.File).ToArray())
        {
            schema[key] = value?.DeepClone();
        }

        return schema;
    }

    private static JsonObject Of(Shape shape) => shape switch
    {
        Shape.Text => new JsonObject { ["type"] = Types("string", "number", "boolean") },
        Shape.Texts => new JsonObject { ["anyOf"] = new JsonArray(Of(new Shape.Text()), new JsonObject { ["type"] = "array", ["items"] = Of(new Shape.Text()) }) },
        Shape.Number => Number(NumberRange.Any, Digits),
        Shape.Units => new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = WorldLimits.Units }, new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9][0-9_]*$" }) },
        Shape.Setting setting => Number(setting.Range, $"({Digits})|(^{Name}$)"),
        Shape.Truth => new JsonObject { ["enum"] = new JsonArray(true, false, "true", "false") },
        Shape.Choice choice => new JsonObject { ["enum"] = new JsonArray([.. choice.Words.Select(word => (JsonNode)word)]) },
        Shape.Formula formula => formula.Range == NumberRange.Any ? new JsonObject { ["type"] = Types("string", "number", "boolean") } : Number(formula.Range, null),
        Shape.Formulas list => new JsonObject { ["type"] = "array", ["items"] = Of(new Shape.Formula(NumberRange.Any)), ["minItems"] = list.Least, ["maxItems"] = list.Most },
        Shape.Over => new JsonObject { ["type"] = "string", ["pattern"] = @"\bover\b" },
        Shape.Entries entries => Entries(entries),
        Shape.Fields fields => Fields(fields),
        Shape.Either either => new JsonObject { ["anyOf"] = new JsonArray([.. either.Shapes.Select(Of)]) },
        _ => throw new InvalidOperationException(shape.ToString()),
    };

    // A number in a range; other expressions are texts (with a pattern, where only some are meant), and true and false are 1 and 0.
    private static JsonObject Number(NumberRange range, string? pattern)
    {
        JsonObject number = new() { ["type"] = "number" };
        if (double.IsFinite(range.Least))
        {
            number[range.IsOpen ? "exclusiveMinimum" : "minimum"] = range.Least;
        }

        if (double.IsFinite(range.Most))
        {
            number[range.IsOpen ? "exclusiveMaximum" : "maximum"] = range.Most;
        }

        JsonObject text = new() { ["type"] = pattern is null ? Types("string", "boolean") : "string" };
        if (pattern is not null)
        {
            text["pattern"] = pattern;
        }

        return new JsonObject { ["anyOf"] = new JsonArray(number, text) };
    }

    private static JsonObject Entries(Shape.Entries entries)
    {
        string pattern = entries.IsColumn ? "" : entries.IsLabel ? $@"^\s*{Name}\s*(\[\s*{Name}(\s*,\s*{Name})*\s*\])?$" : $"^{Name}$";
        return new JsonObject { ["type"] = Types("object", "null"), ["patternProperties"] = new JsonObject { [pattern] = Of(entries.Value) }, ["additionalProperties"] = false };
    }

    private static JsonObject Fields(Shape.Fields fields)
    {
        JsonObject properties = [];
        foreach (WorldKey key in fields.Keys)
        {
            JsonObject described = new() { ["description"] = key.About };
            foreach ((string name, JsonNode? value) in Of(key.Shape).ToArray())
            {
                described[name] = value?.DeepClone();
            }

            properties[key.Name] = described;
        }

        JsonObject schema = new() { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (fields.Keys.Any(key => key.IsRequired))
        {
            schema["required"] = new JsonArray([.. fields.Keys.Where(key => key.IsRequired).Select(key => (JsonNode)key.Name)]);
        }

        if (!fields.One.IsEmpty)
        {
            schema["oneOf"] = new JsonArray([.. fields.One.Select(name => new JsonObject { ["required"] = new JsonArray(name) })]);
        }

        if (!fields.Beside.IsEmpty)
        {
            JsonObject dependent = [];
            foreach ((string key, string beside) in fields.Beside)
            {
                dependent[key] = new JsonArray(beside);
            }

            schema["dependentRequired"] = dependent;
        }

        return schema;
    }

    private static JsonArray Types(params string[] names) => [.. names.Select(name => (JsonNode)name)];
}
