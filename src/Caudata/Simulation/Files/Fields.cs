using Caudata.Simulation.Expressions;
using YamlDotNet.RepresentationModel;

namespace Caudata.Simulation.Files;

/// <summary>The fields of a mapping; unknown ones are mistakes.</summary>
internal sealed class Fields
{
    private readonly Dictionary<string, YamlNode> _fields = new(StringComparer.Ordinal);
    private readonly YamlMappingNode _mapping;
    private readonly MistakeList _mistakes;
    private readonly string _what;

    /// <summary>Reads the fields.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="mistakes">Receives mistakes.</param>
    /// <param name="what">What has these fields, for messages.</param>
    /// <param name="known">Names of the fields; null when somebody else checks them.</param>
    public Fields(YamlMappingNode mapping, MistakeList mistakes, string what, string[]? known)
    {
        (_mapping, _mistakes, _what) = (mapping, mistakes, what);
        foreach ((YamlNode key, YamlNode value) in mapping)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            if (known?.Contains(name) == false)
            {
                mistakes.Add($"'{name}' is no field of {what}; {Nearest.Suggest(name, known)}", YamlText.Place(key));
            }

            _fields[name] = value;
        }
    }

    /// <summary>A field, or null.</summary>
    public YamlNode? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>A field; a mistake and null when it is not there.</summary>
    public YamlNode? Required(string name, string what)
    {
        if (!_fields.TryGetValue(name, out YamlNode? value))
        {
            _mistakes.Add($"{char.ToUpperInvariant(_what[0])}{_what[1..]} has no '{name}'; expected {what}.", YamlText.Place(_mapping));
        }

        return value;
    }

    /// <summary>A field that must be a scalar, or null.</summary>
    public YamlScalarNode? Scalar(string name)
    {
        if (_fields.GetValueOrDefault(name) is not { } value || value is YamlScalarNode)
        {
            return _fields.GetValueOrDefault(name) as YamlScalarNode;
        }

        _mistakes.Add($"'{name}' is {WorldFile.Shown(value)}; expected a single value.", YamlText.Place(value));
        return null;
    }

    /// <summary>A field that must be a mapping, or null.</summary>
    public YamlMappingNode? Mapping(string name)
    {
        if (_fields.GetValueOrDefault(name) is not { } value || value is YamlMappingNode)
        {
            return _fields.GetValueOrDefault(name) as YamlMappingNode;
        }

        _mistakes.Add($"'{name}' is '{WorldFile.Shown(value)}'; expected 'key: value' lines.", YamlText.Place(value));
        return null;
    }

    /// <summary>A field that must be true or false; false when it is not there.</summary>
    public bool Truth(string name)
    {
        if (Scalar(name) is not { } scalar)
        {
            return false;
        }

        if (scalar.Value is not ("true" or "false"))
        {
            _mistakes.Add($"'{name}' is '{scalar.Value}'; expected true or false.", YamlText.Place(scalar));
        }

        return scalar.Value == "true";
    }
}
