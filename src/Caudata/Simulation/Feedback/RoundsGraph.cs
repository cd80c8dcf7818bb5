using Caudata.Graphs;
using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Feedback;

/// <summary>What rounds add to the causal graph of a world, as it is in one round.</summary>
/// <remarks>
/// <c>past</c>, the log of all rounds before, is a cause of the position when the policy learns from it, and of the two counts that mechanisms may read; what the policy's expressions read causes the position; the position
/// decides where the outcome is seen.
/// </remarks>
internal static class RoundsGraph
{
    /// <summary>The variables and edges; none for a world without rounds.</summary>
    public static (VariableDeclaration[] Variables, EdgeDeclaration[] Edges) Of(World world)
    {
        if (world.Rounds is not { } rounds || rounds.Item.Length == 0)
        {
            return ([], []);
        }

        HashSet<string> read = [.. world.Variables.Where(v => v.Mechanism is not null).SelectMany(v => v.Mechanism.Names).Select(n => n.Text)];
        ExposurePolicy[] rules = [.. rounds.Policy.Rules(1).Select(rule => rule.Rule)];
        MistakeList mistakes = new();
        string[] causes = [.. rules.Select(rule => rule.Score(mistakes)).OfType<Expression>().SelectMany(score => score.Names).Select(n => n.Text).Distinct(StringComparer.Ordinal)];
        read.UnionWith(causes);
        bool learns = rules.Any(rule => rule is PopularityExposure or FactorisationExposure), counts = read.Contains(RoundScope.Exposures) || read.Contains(RoundScope.Crowd);
        List<VariableDeclaration> variables = [];
        List<EdgeDeclaration> edges = [];
        if (learns || counts)
        {
            variables.Add(Given(RoundScope.Past, []));
        }

        foreach ((string name, var indices) in RoundScope.Names(rounds).Where(n => n.Name == RoundScope.Position || read.Contains(n.Name)))
        {
            variables.Add(Given(name, indices));
            if (name is RoundScope.Exposures or RoundScope.Crowd)
            {
                edges.Add(new EdgeDeclaration(RoundScope.Past, name));
            }
            else if (name == RoundScope.Shown)
            {
                edges.Add(new EdgeDeclaration(RoundScope.Position, name));
            }
        }

        if (learns)
        {
            edges.Add(new EdgeDeclaration(RoundScope.Past, RoundScope.Position));
        }

        HashSet<string> known = [.. world.Variables.Select(v => v.Name), .. world.Indicators.Select(r => r.Name), .. variables.Select(v => v.Name)];
        edges.AddRange(causes.Where(known.Contains).Select(cause => new EdgeDeclaration(cause, RoundScope.Position)));
        string indicator = "R_" + rounds.Outcome;
        variables.Add(new VariableDeclaration(indicator) { Kind = VariableKind.Indicator, Of = rounds.Outcome });
        edges.Add(new EdgeDeclaration(RoundScope.Position, indicator));
        return ([.. variables], [.. edges]);
    }

    private static VariableDeclaration Given(string name, IEnumerable<string> indices) => new(name) { Kind = VariableKind.Observed, Indices = [.. indices] };
}
