using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Files;

/// <summary>Checks the names and shapes of a world; mechanisms are checked where they are bound.</summary>
internal static class WorldChecks
{
    /// <summary>Lists what is wrong.</summary>
    /// <param name="world">The world.</param>
    /// <param name="places">Where entities and parameters stand.</param>
    /// <param name="mistakes">Receives mistakes.</param>
    public static void Check(World world, IReadOnlyDictionary<(string Kind, string Name), WorldPlace> places, MistakeList mistakes)
    {
        foreach ((string what, int count) in ((string, int)[])[("entities", world.Entities.Length), ("variables", world.Variables.Length), ("parameters", world.Parameters.Length)])
        {
            if (count > WorldLimits.Names)
            {
                mistakes.Add($"The world has {count} {what}; expected at most {WorldLimits.Names}.", default);
            }
        }

        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (WorldEntity entity in world.Entities)
        {
            Name(entity.Name, "entity", places.GetValueOrDefault(("entity", entity.Name)));
            if (entity.Size is < 1 or > WorldLimits.Units)
            {
                mistakes.Add($"{entity.Name} has {entity.Size} units; expected 1 to {WorldLimits.Units}.", places.GetValueOrDefault(("entity", entity.Name)));
            }
        }

        foreach (WorldParameter parameter in world.Parameters)
        {
            Name(parameter.Name, "parameter", places.GetValueOrDefault(("parameter", parameter.Name)));
        }

        foreach (WorldVariable variable in world.Variables)
        {
            Name(variable.Name, "variable", variable.Place);
            Indices(variable);
        }

        foreach (WorldIndicator indicator in world.Indicators)
        {
            Name(indicator.Name, "indicator", indicator.Place);
        }

        void Name(string name, string kind, WorldPlace place)
        {
            if (!IsName(name))
            {
                mistakes.Add($"'{name}' is no name for a{(kind is "entity" or "indicator" ? "n" : "")} {kind}; expected a letter, then letters, digits and _, at most {WorldLimits.Name}.", place);
            }
            else if (FunctionTable.Reserved.Contains(name))
            {
                mistakes.Add($"'{name}' is a word of the expression language; expected another name for this {kind}.", place);
            }
            else if (!names.TryAdd(name, kind))
            {
                mistakes.Add($"'{name}' is declared twice, as {names[name]} and as {kind}; expected every name once.", place);
            }
        }

        void Indices(WorldVariable variable)
        {
            foreach (string index in variable.Indices.Where(index => world.EntityIndex(index) < 0))
            {
                mistakes.Add($"{variable.Label} is indexed by '{index}', which is no entity; {Nearest.Suggest(index, world.Entities.Select(e => e.Name))}", variable.Place);
            }

            if (variable.Indices.Length > 3 || variable.Indices.Distinct(StringComparer.Ordinal).Count() < variable.Indices.Length)
            {
                mistakes.Add($"{variable.Label} is indexed by {variable.Indices.Length} entities; expected none, one, or two or three different ones.", variable.Place);
            }
            else if (Reversed(world, variable) is { } first)
            {
                mistakes.Add($"{variable.Label} has the entities of {first.Label} in another order; expected [{string.Join(", ", first.Indices.Where(variable.Indices.Contains))}] everywhere.", variable.Place);
            }
        }
    }

    // The first variable, where it has two of the entities the other way round.
    private static WorldVariable? Reversed(World world, WorldVariable variable)
    {
        for (int a = 0; a < variable.Indices.Length; a++)
        {
            for (int b = a + 1; b < variable.Indices.Length; b++)
            {
                WorldVariable first = world.Variables.First(v => v.Indices.Contains(variable.Indices[a]) && v.Indices.Contains(variable.Indices[b]));
                if (first.Indices.IndexOf(variable.Indices[a]) > first.Indices.IndexOf(variable.Indices[b]))
                {
                    return first;
                }
            }
        }

        return null;
    }

    /// <summary>True for a letter or _ followed by letters, digits and _.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= WorldLimits.Name && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
