using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Caudata.Records;

/// <summary>One setting of a run with its resolved value: a text, a number, a truth value, a list of texts, or nothing.</summary>
/// <param name="Name">Name in kebab case, as the command line spells it without dashes.</param>
/// <param name="Values">The value, or the values of a list, in canonical text.</param>
/// <param name="Kind">How the values are written in YAML.</param>
public sealed record Setting(string Name, ImmutableArray<string> Values, SettingKind Kind)
{
    /// <summary>A text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; null is written as <c>null</c>.</param>
    public static Setting Of(string name, string? value) => value is null ? new(name, ["null"], SettingKind.Plain) : new(name, [value], SettingKind.Text);

    /// <summary>A whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; null is written as <c>null</c>.</param>
    public static Setting Of(string name, long? value) => new(name, [value?.ToString(CultureInfo.InvariantCulture) ?? "null"], SettingKind.Plain);

    /// <summary>A real number, in the shortest form that reads back the same.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; null is written as <c>null</c>.</param>
    public static Setting Of(string name, double? value) => new(name, [value is double number ? Canonical(number) : "null"], SettingKind.Plain);

    /// <summary>A truth value.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static Setting Of(string name, bool value) => new(name, [value ? "true" : "false"], SettingKind.Plain);

    /// <summary>A list of texts.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its values in order.</param>
    public static Setting Of(string name, IEnumerable<string> values) => new(name, [.. values], SettingKind.List);

    /// <summary>The value as people read it.</summary>
    public string Text => Kind == SettingKind.List ? "[" + string.Join(", ", Values) + "]" : Values[0];

    /// <summary>Equal when name, kind and all values are.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(Setting? other) => other is not null && Name == other.Name && Kind == other.Kind && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    /// <summary>A hash of name and number of values.</summary>
    public override int GetHashCode() => HashCode.Combine(Name, Values.Length, Kind);

    private static string Canonical(double number) => double.IsFinite(number)
        ? number.ToString("R", CultureInfo.InvariantCulture)
        : double.IsNaN(number) ? ".nan" : number > 0 ? ".inf" : "-.inf";
}

/// <summary>How the value of a <see cref="Setting"/> is written.</summary>
public enum SettingKind
{
    /// <summary>Without quotes: numbers, truth values and null.</summary>
    Plain,

    /// <summary>In quotes.</summary>
    Text,

    /// <summary>A list of texts in quotes.</summary>
    List,
}

/// <summary>A file that a run read.</summary>
/// <param name="Path">Its path as it was given.</param>
/// <param name="Bytes">Its length in bytes.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hexadecimal digits.</param>
public sealed record RunInput(string Path, long Bytes, string Sha256)
{
    /// <summary>Hashes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the hashing.</param>
    /// <exception cref="RecordException">It cannot be read.</exception>
    public static async Task<RunInput> HashAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);
            await using (stream)
            {
                byte[] hash = await SHA256.HashDataAsync(stream, cancellationToken);
                return new RunInput(path, stream.Length, Convert.ToHexStringLower(hash));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordException($"The input '{path}' cannot be read: {DiskFault.InWords(e)} Expected a readable file. Check the path and its permissions.", e);
        }
    }
}

/// <summary>The resolved configuration of a run: every default spelled out, the seed, and every input with its hash.</summary>
public sealed record RunConfiguration
{
    /// <summary>The command that computes, for example <c>extract</c>.</summary>
    public required string Command { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Seed of all randomness.</summary>
    public required ulong Seed { get; init; }

    /// <summary>All settings that the result depends on, in the order in which they are written.</summary>
    public required ImmutableArray<Setting> Settings { get; init; }

    /// <summary>All inputs, sorted by path.</summary>
    public ImmutableArray<RunInput> Inputs { get; init; } = [];

    /// <summary>What is written down but may differ when a run is resumed: command line, number of threads, runtime, machine.</summary>
    public ImmutableArray<Setting> Environment { get; init; } = [];

    /// <summary>SHA-256 of everything that the result depends on, 64 hexadecimal digits.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((this with { Environment = [] }).ToYaml())));

    /// <summary>The configuration as YAML; the same configuration gives the same bytes.</summary>
    public string ToYaml()
    {
        StringBuilder yaml = new();
        yaml.Append("# The resolved configuration of a Caudata run. Resuming with another one is refused; 'environment' may differ.\n");
        Scalar(yaml, "command", Command);
        Scalar(yaml, "version", Version);
        yaml.Append(CultureInfo.InvariantCulture, $"seed: {Seed}\n");
        Section(yaml, "settings", Settings);
        yaml.Append(Inputs.IsEmpty ? "inputs: []\n" : "inputs:\n");
        foreach (RunInput input in Inputs)
        {
            yaml.Append("  - path: ").Append(Quote(input.Path)).Append('\n');
            yaml.Append(CultureInfo.InvariantCulture, $"    bytes: {input.Bytes}\n");
            yaml.Append("    sha256: ").Append(Quote(input.Sha256)).Append('\n');
        }

        Section(yaml, "environment", Environment);
        return yaml.ToString();
    }

    /// <summary>Reads what <see cref="ToYaml"/> wrote.</summary>
    /// <param name="yaml">The YAML.</param>
    /// <param name="where">The file, for the message.</param>
    /// <exception cref="RecordException">It is not such a file.</exception>
    public static RunConfiguration FromYaml(string yaml, string where)
    {
        try
        {
            YamlStream stream = [];
            using StringReader reader = new(yaml);
            stream.Load(reader);
            YamlMappingNode root = (YamlMappingNode)stream.Documents[0].RootNode;
            return new RunConfiguration
            {
                Command = Text(root, "command"),
                Version = Text(root, "version"),
                Seed = ulong.Parse(Text(root, "seed"), CultureInfo.InvariantCulture),
                Settings = ReadSection(root, "settings"),
                Inputs = [.. ((YamlSequenceNode)root["inputs"]).Cast<YamlMappingNode>()
                    .Select(input => new RunInput(Text(input, "path"), long.Parse(Text(input, "bytes"), CultureInfo.InvariantCulture), Text(input, "sha256")))],
                Environment = ReadSection(root, "environment"),
            };
        }
        catch (Exception e) when (e is YamlException or KeyNotFoundException or InvalidCastException or FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            throw new RecordException(
                $"'{where}' is not a run configuration: {e.Message} Expected command, version, seed, settings, inputs and environment as this program writes them. Restore the file, or start a new run folder.", e);
        }
    }

    /// <summary>What differs from another configuration in a way that changes the result, one line each; empty when nothing does.</summary>
    /// <param name="other">The configuration that is asked for now.</param>
    public ImmutableArray<string> Differences(RunConfiguration other)
    {
        ImmutableArray<string>.Builder lines = ImmutableArray.CreateBuilder<string>();
        Compare("command", Command, other.Command);
        Compare("version", Version, other.Version);
        Compare("seed", Seed.ToString(CultureInfo.InvariantCulture), other.Seed.ToString(CultureInfo.InvariantCulture));
        CompareSets(Settings.Select(s => (s.Name, s.Text)), other.Settings.Select(s => (s.Name, s.Text)), "");
        CompareSets(Inputs.Select(i => (i.Path, i.Sha256)), other.Inputs.Select(i => (i.Path, i.Sha256)), "input ");
        return lines.ToImmutable();

        void Compare(string name, string mine, string theirs)
        {
            if (mine != theirs)
            {
                lines.Add($"{name}: the folder has {mine}, now {theirs}");
            }
        }

        void CompareSets(IEnumerable<(string Name, string Text)> mine, IEnumerable<(string Name, string Text)> theirs, string prefix)
        {
            ILookup<string, string> before = mine.ToLookup(s => s.Name, s => s.Text, StringComparer.Ordinal), now = theirs.ToLookup(s => s.Name, s => s.Text, StringComparer.Ordinal);
            foreach (string name in before.Select(g => g.Key).Union(now.Select(g => g.Key), StringComparer.Ordinal))
            {
                Compare(prefix + name, before.Contains(name) ? string.Join(" ", before[name]) : "nothing", now.Contains(name) ? string.Join(" ", now[name]) : "nothing");
            }
        }
    }

    private static ImmutableArray<Setting> ReadSection(YamlMappingNode root, string name) =>
        [.. ((YamlMappingNode)root[name]).Select(pair => pair.Value switch
        {
            YamlSequenceNode list => new Setting(((YamlScalarNode)pair.Key).Value!, [.. list.Select(item => ((YamlScalarNode)item).Value!)], SettingKind.List),
            YamlScalarNode scalar => new Setting(((YamlScalarNode)pair.Key).Value!, [scalar.Value!], scalar.Style == ScalarStyle.DoubleQuoted ? SettingKind.Text : SettingKind.Plain),
            _ => throw new InvalidCastException($"'{pair.Key}' is neither a value nor a list."),
        })];

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value ?? "";

    private static void Section(StringBuilder yaml, string name, ImmutableArray<Setting> settings)
    {
        yaml.Append(name).Append(settings.IsEmpty ? ": {}\n" : ":\n");
        foreach (Setting setting in settings)
        {
            yaml.Append("  ").Append(Quote(setting.Name).Trim('"')).Append(':');
            if (setting.Kind != SettingKind.List)
            {
                yaml.Append(' ').Append(setting.Kind == SettingKind.Plain ? setting.Values[0] : Quote(setting.Values[0])).Append('\n');
            }
            else if (setting.Values.IsEmpty)
            {
                yaml.Append(" []\n");
            }
            else
            {
                yaml.Append('\n');
                foreach (string value in setting.Values)
                {
                    yaml.Append("    - ").Append(Quote(value)).Append('\n');
                }
            }
        }
    }

    private static void Scalar(StringBuilder yaml, string name, string value) => yaml.Append(name).Append(": ").Append(Quote(value)).Append('\n');

    internal static string Quote(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                '\r' => quoted.Append("\\r"),
                < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' or '\ufeff' or (>= '\ud800' and <= '\udfff') => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
