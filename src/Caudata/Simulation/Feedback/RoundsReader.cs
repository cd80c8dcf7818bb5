using System.Collections.Immutable;
using Caudata.Simulation.Files;
using YamlDotNet.RepresentationModel;

namespace Caudata.Simulation.Feedback;

/// <summary>Reads the section <c>rounds</c> of a world file.</summary>
internal static class RoundsReader
{
    private static readonly string[] Names = WorldGrammar.Rounds.Names;

    /// <summary>Reads it; null when nothing can be made of it. Every mistake is listed with its place.</summary>
    /// <param name="node">The section.</param>
    /// <param name="world">The world as far as it is read: parameters and variables.</param>
    /// <param name="mistakes">Receives mistakes.</param>
    public static WorldRounds? Read(YamlNode node, WorldDeclaration world, MistakeList mistakes)
    {
        if (node is not YamlMappingNode mapping)
        {
            mistakes.Add($"'{WorldFile.Shown(node)}' stands for 'rounds'; expected 'key: value' lines: {string.Join(", ", Names)}.", YamlText.Place(node));
            return null;
        }

        Fields fields = new(mapping, mistakes, "the rounds", Names);
        PolicyReader policies = new(world.Parameters, mistakes);
        int? count = fields.Required("count", "the number of rounds") is { } rounds ? Whole(rounds, "count", WorldRounds.MostRounds) : null;
        int slate = fields["slate"] is { } positions ? Whole(positions, "slate", WorldRounds.MostPositions) ?? 1 : 1;
        double positive = fields["positive"] is { } from ? policies.NumberOf(from, "positive", "a number", double.IsFinite) ?? 1 : 1;
        bool repeat = fields["repeat"] is null || fields.Truth("repeat");
        Mechanism active = fields["active"] is { } probability ? new MechanismReader(mistakes).Expression(probability, "the probability that a user comes") : default;
        YamlNode? outcome = fields.Required("outcome", "the variable that is seen where an item is shown");
        ExposurePolicy? policy = fields.Required("policy", "what decides, for example random") is { } deciding ? policies.Read(deciding) : null;
        List<(string Name, WorldPlace Place)> context = Context(fields["context"], mistakes);
        string name = (outcome as YamlScalarNode)?.Value ?? "";
        if (outcome is not null && name.Length == 0)
        {
            mistakes.Add($"'outcome' is {WorldFile.Shown(outcome)}; expected the name of a variable.", YamlText.Place(outcome));
        }

        // With a stand-in for what is wrong the rest can be checked in the same pass.
        ImmutableArray<string> indices = world.Variables.FirstOrDefault(v => v.Name == name)?.Indices ?? [];
        return new WorldRounds
        {
            Count = count ?? 1,
            Slate = slate,
            Outcome = name,
            User = indices.Length > 0 ? indices[0] : "",
            Item = indices.Length > 1 ? indices[1] : "",
            Positive = positive,
            IsRepeatAllowed = repeat,
            Policy = policy ?? new RandomExposure(),
            Active = active.Formula ?? "1",
            ActiveMechanism = active.Expression,
            Context = [.. context.Select(c => c.Name)],
            ContextPlaces = [.. context.Select(c => c.Place)],
            Place = YamlText.Place(mapping),
            SlatePlace = fields["slate"] is { } size ? YamlText.Place(size) : YamlText.Place(mapping),
            OutcomePlace = YamlText.Place(outcome ?? mapping),
            PolicyPlace = fields["policy"] is { } place ? YamlText.Place(place) : YamlText.Place(mapping),
        };

        int? Whole(YamlNode value, string what, int most) =>
            (int?)policies.NumberOf(value, what, $"a whole number from 1 to {most}", number => number >= 1 && number <= most && number == Math.Floor(number));
    }

    private static List<(string Name, WorldPlace Place)> Context(YamlNode? node, MistakeList mistakes)
    {
        List<(string, WorldPlace)> found = [];
        foreach (YamlNode entry in node is YamlSequenceNode list ? list : node is null ? [] : Enumerable.Repeat(node, 1))
        {
            if (entry is YamlScalarNode { Value: { Length: > 0 } name })
            {
                found.Add((name, YamlText.Place(entry)));
            }
            else
            {
                mistakes.Add($"'{WorldFile.Shown(entry)}' stands in 'context'; expected names of variables, as in context: [age].", YamlText.Place(entry));
            }
        }

        return found;
    }
}
