using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Caudata.Graphs;

/// <summary>Checks a description as a whole and makes the graph of it.</summary>
internal static class GraphValidation
{
    /// <summary>The graph, or all mistakes.</summary>
    /// <param name="description">The description.</param>
    /// <param name="before">Mistakes that were found while reading it.</param>
    public static CausalGraph Check(GraphDescription description, IReadOnlyCollection<GraphMistake> before)
    {
        MistakeList mistakes = new(before);
        if (description.Variables.Length > GraphLimits.Variables || description.Edges.Length > GraphLimits.Edges)
        {
            mistakes.Add($"the graph has {description.Variables.Length} variables and {description.Edges.Length} edges; expected at most {GraphLimits.Variables} and {GraphLimits.Edges}. Leave out what the question does not need.", default);
            mistakes.Throw();
        }

        Dictionary<string, VariableDeclaration> declared = Names(description, mistakes);
        VariableDeclaration[] substantive = [.. declared.Values.Where(d => d.Kind is VariableKind.Observed or VariableKind.Latent)];
        Indices(description, declared.Values, mistakes);
        Dictionary<string, VariableDeclaration> indicators = Indicators(declared, mistakes);
        VariableDeclaration[] order = [.. substantive, .. substantive.Where(d => indicators.ContainsKey(d.Name)).Select(d => indicators[d.Name]), .. declared.Values.Where(d => d.Kind == VariableKind.Selection)];
        Dictionary<string, int> ids = order.Select((d, id) => (d.Name, id)).ToDictionary(p => p.Name, p => p.id, StringComparer.Ordinal);
        List<int> from = [], to = [], left = [], right = [];
        HashSet<(int, int, EdgeKind)> seen = new(description.Edges.Length);
        foreach (EdgeDeclaration edge in description.Edges)
        {
            if (!Known(edge.From) | !Known(edge.To))
            {
                continue;
            }

            // An indicator that was refused has no number; its mistake is told already.
            if (!ids.TryGetValue(edge.From, out int a) || !ids.TryGetValue(edge.To, out int b))
            {
                continue;
            }

            if (a == b)
            {
                mistakes.Add($"{Quote(edge.From)} is joined to itself; expected an edge between two variables. Remove it; feedback over time needs a variable for each time.", edge.Place);
                continue;
            }

            bool both = edge.Kind == EdgeKind.Bidirected;
            if (!seen.Add(both && a > b ? (b, a, edge.Kind) : (a, b, edge.Kind)))
            {
                mistakes.Add($"the edge {Quote(edge.From)} {(both ? "<->" : "->")} {Quote(edge.To)} stands there twice; expected it once. Remove one.", edge.Place);
                continue;
            }

            Rules(edge, order[a], order[b], mistakes);
            (both ? left : from).Add(both ? Math.Min(a, b) : a);
            (both ? right : to).Add(both ? Math.Max(a, b) : b);

            bool Known(string name)
            {
                if (declared.ContainsKey(name))
                {
                    return true;
                }

                mistakes.Add(Unknown(name, declared.Keys), edge.Place);
                return false;
            }
        }

        foreach (int[] cycle in Cycles.Find(order.Length, [.. from], [.. to]))
        {
            string remedy = cycle.Length == 2 ? $"Write {Quote(order[cycle[0]].Name)} <-> {Quote(order[cycle[1]].Name)} if they share an unobserved cause, or keep one direction." : "Remove one of its edges, or give a variable to each time.";
            int shown = Math.Min(cycle.Length, 20);
            mistakes.Add($"a cycle: {string.Join(" -> ", cycle.Take(shown).Select(v => Quote(order[v].Name)))}{(shown < cycle.Length ? $" -> ... ({cycle.Length} in all)" : "")} -> {Quote(order[cycle[0]].Name)}; expected causes before effects. {remedy}", order[cycle[0]].Place);
        }

        mistakes.Throw();
        ImmutableArray<Variable>.Builder variables = ImmutableArray.CreateBuilder<Variable>(order.Length);
        for (int id = 0; id < order.Length; id++)
        {
            VariableDeclaration d = order[id];
            variables.Add(new Variable(id, d.Name, d.Kind, d.Of is null ? d.Indices : declared[d.Of].Indices, d.Role, d.Of is null ? null : ids[d.Of]));
        }

        return new CausalGraph(variables.MoveToImmutable(), [.. from], [.. to], [.. left], [.. right]);
    }

    /// <summary>The message on a name that is not there.</summary>
    /// <param name="name">The name.</param>
    /// <param name="known">The names that are there.</param>
    public static string Unknown(string name, IReadOnlyCollection<string> known)
    {
        string? near = known.FirstOrDefault(k => string.Equals(k, name, StringComparison.OrdinalIgnoreCase)) ?? known.Take(1000).FirstOrDefault(k => k.Length > 2 && IsNear(k, name));
        string list = string.Join(", ", known.Take(8).Select(Quote)) + (known.Count > 8 ? $" and {known.Count - 8} more" : "");
        return $"there is no variable {Quote(name)}; expected one of {(known.Count == 0 ? "none: the graph has no variables" : list)}.{(near is null ? " Declare it, or correct the name." : $" Did you mean {Quote(near)}?")}";
    }

    /// <summary>A name in quotes, shortened when it is long.</summary>
    /// <param name="name">The name.</param>
    public static string Quote(string name) => name.Length > 60 ? $"'{name[..57]}...'" : $"'{name}'";

    /// <summary>What is wrong with a name by itself; null when nothing is.</summary>
    /// <param name="name">The name.</param>
    public static string? NameMistake(string name)
    {
        if (name.Length == 0)
        {
            return "a name is empty; expected at least one character.";
        }

        if (name.Length > GraphLimits.Name)
        {
            return $"the name {Quote(name)} has {name.Length} characters; expected at most {GraphLimits.Name}. Shorten it.";
        }

        if (char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1]))
        {
            return $"the name {Quote(name)} begins or ends with a blank; expected none there. Remove it.";
        }

        foreach (Rune rune in name.EnumerateRunes())
        {
            // A lone surrogate enumerates as U+FFFD.
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || rune.Value is 0xFFFD or 0xFEFF or 0xFFFE or 0xFFFF)
            {
                return $"a name holds the character U+{rune.Value:X4}; expected characters that can be seen. Remove it.";
            }
        }

        return name.AsSpan().ContainsAny('[', ']') ? $"the name {Quote(name)} holds a bracket; expected brackets only around indices at its end, as in rating[user,item]. Rename it." : null;
    }

    private static Dictionary<string, VariableDeclaration> Names(GraphDescription description, MistakeList mistakes)
    {
        Dictionary<string, VariableDeclaration> declared = new(description.Variables.Length, StringComparer.Ordinal);
        foreach (VariableDeclaration variable in description.Variables)
        {
            if (NameMistake(variable.Name) is string mistake)
            {
                mistakes.Add(mistake, variable.Place);
            }

            if (!declared.TryAdd(variable.Name, variable))
            {
                TextPlace first = declared[variable.Name].Place;
                mistakes.Add($"{Quote(variable.Name)} is declared twice{(first.Line > 0 ? $" (first in line {first.Line})" : "")}; expected every name once. Rename one or remove it.", variable.Place);
            }
        }

        return declared;
    }

    private static void Indices(GraphDescription description, IEnumerable<VariableDeclaration> variables, MistakeList mistakes)
    {
        HashSet<string>? entities = description.Entities is { } known ? new(known, StringComparer.Ordinal) : null;
        foreach (VariableDeclaration variable in variables.Where(v => !v.Indices.IsEmpty))
        {
            if (variable.Indices.Length > GraphLimits.Indices)
            {
                mistakes.Add($"{Quote(variable.Name)} has {variable.Indices.Length} indices; expected at most {GraphLimits.Indices}.", variable.Place);
                continue;
            }

            foreach (string index in variable.Indices.Distinct(StringComparer.Ordinal))
            {
                if (NameMistake(index) is not null || index.Contains(',', StringComparison.Ordinal) || index.Length > 60)
                {
                    mistakes.Add($"{Quote(variable.Name)} has the index {Quote(index)}; expected the name of an entity, such as user: up to 60 characters without commas and brackets.", variable.Place);
                }
                else if (entities?.Contains(index) == false)
                {
                    mistakes.Add($"{Quote(variable.Name)} has the index {Quote(index)}, which is no entity; expected {(entities.Count == 0 ? "none" : "one of " + string.Join(", ", description.Entities!.Value.Take(8).Select(Quote)))}. Declare it under 'entities', or correct it.", variable.Place);
                }

                if (variable.Indices.Count(i => i == index) > 1)
                {
                    mistakes.Add($"{Quote(variable.Name)} has the index {Quote(index)} twice; expected each entity once. Give the second one a name of its own, such as {index}2.", variable.Place);
                }
            }
        }
    }

    private static Dictionary<string, VariableDeclaration> Indicators(Dictionary<string, VariableDeclaration> declared, MistakeList mistakes)
    {
        Dictionary<string, VariableDeclaration> indicators = new(StringComparer.Ordinal);
        foreach (VariableDeclaration variable in declared.Values)
        {
            if (variable.Role != VariableRole.None && variable.Kind is VariableKind.Indicator or VariableKind.Selection)
            {
                mistakes.Add($"{Quote(variable.Name)} is {(variable.Kind == VariableKind.Indicator ? "an indicator" : "a selection node")} and {variable.Role.ToString().ToLowerInvariant()}; expected that of a substantive variable. Remove the role.", variable.Place);
            }

            if (variable.Kind != VariableKind.Indicator)
            {
                if (variable.Of is not null)
                {
                    mistakes.Add($"{Quote(variable.Name)} is {variable.Kind.ToString().ToLowerInvariant()} and names {Quote(variable.Of)} as its variable; expected that of an indicator only.", variable.Place);
                }

                continue;
            }

            if (variable.Of is null || !declared.TryGetValue(variable.Of, out VariableDeclaration? of))
            {
                mistakes.Add(variable.Of is null ? $"the indicator {Quote(variable.Name)} names no variable; expected the one whose missingness it marks." : $"the indicator {Quote(variable.Name)} is of {Quote(variable.Of)}: {Unknown(variable.Of, declared.Keys)}", variable.Place);
            }
            else if (of.Kind != VariableKind.Observed)
            {
                string what = of.Kind switch { VariableKind.Latent => "latent: it is never seen, so nothing marks where it is", VariableKind.Indicator => "an indicator itself, which is always seen", _ => "a selection node, which is always seen" };
                mistakes.Add($"{Quote(variable.Name)} is an indicator of {Quote(of.Name)}, which is {what}; expected an observed variable. {(of.Kind == VariableKind.Latent ? "Remove the indicator, or make the variable observed." : "Remove it.")}", variable.Place);
            }
            else if (!indicators.TryAdd(of.Name, variable))
            {
                mistakes.Add($"{Quote(of.Name)} has two indicators, {Quote(indicators[of.Name].Name)} and {Quote(variable.Name)}; expected one. Remove one, or make it a variable that causes the other.", variable.Place);
            }
            else if (!variable.Indices.IsEmpty && !variable.Indices.AsSpan().SequenceEqual(of.Indices.AsSpan()))
            {
                mistakes.Add($"the indicator {Quote(variable.Name)} has the indices [{string.Join(',', variable.Indices)}] and its variable [{string.Join(',', of.Indices)}]; expected the same. Leave the indicator's out.", variable.Place);
            }
        }

        return indicators;
    }

    private static void Rules(EdgeDeclaration edge, VariableDeclaration from, VariableDeclaration to, MistakeList mistakes)
    {
        if (edge.Kind == EdgeKind.Bidirected)
        {
            return;
        }

        if (from.Kind == VariableKind.Selection)
        {
            mistakes.Add($"the selection node {Quote(from.Name)} causes {Quote(to.Name)}; expected a selection node without effects. Reverse the edge, or make it a variable.", edge.Place);
        }
        else if (from.Kind == VariableKind.Indicator && to.Kind is VariableKind.Observed or VariableKind.Latent)
        {
            mistakes.Add($"the indicator {Quote(from.Name)} causes {Quote(to.Name)}; expected it to cause indicators and selection nodes only, because being missing changes nothing about what is. Reverse the edge, or make {Quote(from.Name)} a variable.", edge.Place);
        }
    }

    // Same length up to one, and at most one place differs: a slip of the pen.
    private static bool IsNear(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 1)
        {
            return false;
        }

        int start = a.AsSpan().CommonPrefixLength(b), endA = a.Length, endB = b.Length;
        while (endA > start && endB > start && a[endA - 1] == b[endB - 1])
        {
            endA--;
            endB--;
        }

        return endA - start <= 1 && endB - start <= 1;
    }
}

/// <summary>Collects mistakes, up to <see cref="GraphLimits.Mistakes"/>.</summary>
internal sealed class MistakeList(IReadOnlyCollection<GraphMistake> before)
{
    private readonly List<GraphMistake> _mistakes = [.. before];
    private int _more;

    public MistakeList() : this([]) { }

    public int Count => _mistakes.Count + _more;

    public IReadOnlyCollection<GraphMistake> All => _mistakes;

    public bool IsFull => _mistakes.Count >= GraphLimits.Mistakes;

    public void Add(string message, TextPlace place)
    {
        if (IsFull)
        {
            _more++;
            return;
        }

        _mistakes.Add(new GraphMistake(message, place));
    }

    public void Throw()
    {
        if (_mistakes.Count == 0)
        {
            return;
        }

        IEnumerable<GraphMistake> sorted = _mistakes.OrderBy(m => m.Place.Line == 0 ? int.MaxValue : m.Place.Line).ThenBy(m => m.Place.Column);
        throw new GraphException([.. sorted, .. _more > 0 ? [new GraphMistake($"and {_more} more mistakes.", default)] : Array.Empty<GraphMistake>()]);
    }
}
