using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Caudata.Simulation.Files;

/// <summary>Reads YAML into nodes with places; what a world file does not need (anchors, tags, deep nesting, several documents) is refused before the tree is built.</summary>
internal static class YamlText
{
    /// <summary>The mapping at the root, or null after a mistake.</summary>
    public static YamlMappingNode? Root(string yaml, MistakeList mistakes)
    {
        if (yaml.Length > WorldLimits.Text)
        {
            mistakes.Add($"The file has {yaml.Length} characters; expected at most {WorldLimits.Text}.", new WorldPlace(1, 1));
            return null;
        }

        try
        {
            if (!IsPlain(yaml, mistakes))
            {
                return null;
            }

            YamlStream stream = [];
            using StringReader reader = new(yaml);
            stream.Load(reader);
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return root;
            }

            mistakes.Add($"The file holds {(stream.Documents.Count == 0 ? "nothing" : stream.Documents.Count > 1 ? $"{stream.Documents.Count} documents" : "no mapping")}; expected one mapping with entities, variables and so on.", new WorldPlace(1, 1));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The library ends so on some broken flow mappings and on empty keys, without saying where.
            mistakes.Add("The file is no YAML: a key is empty, or brackets, braces or quotes are not closed. Expected indented 'key: value' lines.", new WorldPlace(1, 1));
        }
        catch (YamlException e)
        {
            mistakes.Add($"The file is no YAML: {e.InnerException?.Message ?? Tail(e.Message)} Expected indented 'key: value' lines; quote texts that hold ': ' or '#'.", Place(e.Start));
        }

        return null;
    }

    /// <summary>Where a node begins.</summary>
    public static WorldPlace Place(YamlNode node) => Place(node.Start);

    /// <summary>Where the text of a scalar begins, and whether each of its characters is one column of that line.</summary>
    public static (WorldPlace Place, bool Exact) TextPlace(YamlScalarNode scalar)
    {
        bool quoted = scalar.Style is ScalarStyle.DoubleQuoted or ScalarStyle.SingleQuoted;
        string text = scalar.Value ?? "";
        bool exact = scalar.Start.Line == scalar.End.Line && scalar.End.Column - scalar.Start.Column == text.Length + (quoted ? 2 : 0);
        return (quoted && exact ? Place(scalar).After(1) : Place(scalar), exact);
    }

    private static WorldPlace Place(Mark mark) => new((int)Math.Min(mark.Line, int.MaxValue), (int)Math.Min(mark.Column, int.MaxValue));

    private static bool IsPlain(string yaml, MistakeList mistakes)
    {
        using StringReader reader = new(yaml);
        Parser parser = new(reader);
        int depth = 0, nodes = 0, before = mistakes.Count;
        while (parser.MoveNext())
        {
            ParsingEvent now = parser.Current!;
            depth += now.NestingIncrease;
            if (depth > WorldLimits.YamlDepth)
            {
                mistakes.Add($"The file is nested more than {WorldLimits.YamlDepth} deep; expected less.", Place(now.Start));
                return false;
            }

            if (now is NodeEvent && ++nodes > WorldLimits.YamlNodes)
            {
                mistakes.Add($"The file has more than {WorldLimits.YamlNodes} keys and values; expected fewer. Leave out what the question does not need.", Place(now.Start));
                return false;
            }

            if (now is AnchorAlias || now is NodeEvent { Anchor.IsEmpty: false })
            {
                mistakes.Add("An anchor or alias stands here; expected none in a world file. Write the value out.", Place(now.Start));
            }
            else if (now is NodeEvent { Tag.IsEmpty: false })
            {
                mistakes.Add("A tag ('!...') stands here; expected none in a world file. Leave it out, or quote the text.", Place(now.Start));
            }
        }

        return mistakes.Count == before;
    }

    // The library's messages begin with the place, which is told apart.
    private static string Tail(string message) => message[(message.LastIndexOf("): ", StringComparison.Ordinal) is >= 0 and int at ? at + 3 : 0)..];
}
