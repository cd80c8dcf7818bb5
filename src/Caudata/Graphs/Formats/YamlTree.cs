using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Caudata.Graphs.Formats;

/// <summary>A YAML document as scalars, lists and maps with their places; keys stay in their order.</summary>
/// <remarks>Built from events without recursion: nesting is limited to <see cref="GraphLimits.Depth"/>, and aliases are refused, so that no text grows beyond its own size.</remarks>
internal abstract class YamlTree(TextPlace place)
{
    public TextPlace Place => place;

    public sealed class Scalar(string value, bool isPlain, TextPlace place) : YamlTree(place)
    {
        public string Value => value;

        /// <summary>True for nothing, ~ or null without quotes.</summary>
        public bool IsNull => isPlain && value is "" or "~" or "null";

        public bool IsPlain => isPlain;
    }

    public sealed class List(TextPlace place) : YamlTree(place)
    {
        public List<YamlTree> Items { get; } = [];
    }

    public sealed class Map(TextPlace place) : YamlTree(place)
    {
        public List<(Scalar Key, YamlTree Value)> Pairs { get; } = [];
    }

    /// <summary>What the node is, for messages.</summary>
    public string Kind => this switch { Scalar { IsNull: true } => "nothing", Scalar scalar => GraphValidation.Quote(scalar.Value), List => "a list", _ => "a map" };

    /// <summary>The first document of a text, or null when it is empty or broken.</summary>
    public static YamlTree? Read(string text, MistakeList mistakes)
    {
        using StringReader reader = new(text.StartsWith('\uFEFF') ? text[1..] : text);
        Parser parser = new(reader);
        try
        {
            return Read(parser, mistakes);
        }
        catch (YamlException e)
        {
            mistakes.Add($"the text is no YAML: {e.Message.TrimEnd('.')}. Correct it there; names with marks belong in double quotes.", new TextPlace((int)e.Start.Line, (int)e.Start.Column));
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The scanner of the library ends so on a few broken texts.
            mistakes.Add("the text is no YAML after this place. Correct what follows; names with marks belong in double quotes.", parser.Current is { } last ? new TextPlace((int)last.End.Line, (int)last.End.Column) : new TextPlace(1, 1));
            return null;
        }
    }

    private static YamlTree? Read(Parser parser, MistakeList mistakes)
    {
        Stack<(YamlTree Node, Scalar? Key, HashSet<string> Keys)> open = new();
        YamlTree? root = null;
        int documents = 0;
        while (parser.MoveNext())
        {
            ParsingEvent now = parser.Current!;
            TextPlace place = new((int)now.Start.Line, (int)now.Start.Column);
            switch (now)
            {
                case DocumentStart when ++documents > 1:
                    mistakes.Add("a second document starts; expected one graph. Remove it, with its '---'.", place);
                    return root;
                case AnchorAlias alias:
                    mistakes.Add($"the alias '*{alias.Value}' refers to another place; expected the value itself. Write it out.", place);
                    Add(new Scalar("", true, place));
                    break;
                case YamlDotNet.Core.Events.Scalar scalar:
                    Add(new Scalar(scalar.Value, scalar.Style == ScalarStyle.Plain, place));
                    break;
                case SequenceStart or MappingStart:
                    if (open.Count >= GraphLimits.Depth)
                    {
                        mistakes.Add($"blocks are nested more than {GraphLimits.Depth} deep; expected fewer.", place);
                        return null;
                    }

                    YamlTree node = now is SequenceStart ? new List(place) : new Map(place);
                    if (open.TryPeek(out var above) && above.Node is Map && above.Key is null)
                    {
                        mistakes.Add($"{node.Kind} stands where a key is expected; expected a name. Put a name with marks in double quotes.", place);
                        return null;
                    }

                    open.Push((node, null, new HashSet<string>(StringComparer.Ordinal)));
                    break;
                case SequenceEnd or MappingEnd:
                    Add(open.Pop().Node);
                    break;
            }
        }

        return root;

        void Add(YamlTree node)
        {
            if (!open.TryPop(out var above))
            {
                root = node;
                return;
            }

            switch (above.Node)
            {
                case List list:
                    list.Items.Add(node);
                    break;
                case Map map when above.Key is { } key:
                    map.Pairs.Add((key, node));
                    above.Key = null;
                    break;
                default:
                    above.Key = (Scalar)node;
                    if (!above.Keys.Add(above.Key.Value))
                    {
                        mistakes.Add($"the key {GraphValidation.Quote(above.Key.Value)} stands there twice; expected it once. Remove one.", node.Place);
                    }

                    break;
            }

            open.Push(above);
        }
    }
}
