using Caudata.Graphs;
using Caudata.Simulation.Expressions;
using Caudata.Simulation.Feedback;

namespace Caudata.Simulation;

/// <summary>Reads the causal graph off a world's mechanisms.</summary>
internal static class WorldGraph
{
    /// <summary>The graph of a checked world.</summary>
    public static CausalGraph Of(World world) => CausalGraph.Create(Describe(world));

    /// <summary>Lists what cannot be a causal graph with missingness: an indicator that causes a variable.</summary>
    public static void Check(World world, MistakeList mistakes)
    {
        try
        {
            CausalGraph.Create(Describe(world));
        }
        catch (GraphException e)
        {
            foreach (GraphMistake mistake in e.Mistakes)
            {
                mistakes.Add(char.ToUpperInvariant(mistake.Message[0]) + mistake.Message[1..], new WorldPlace(mistake.Place.Line, mistake.Place.Column));
            }
        }
    }

    private static GraphDescription Describe(World world)
    {
        HashSet<string> names = [.. world.Variables.Select(v => v.Name), .. world.Indicators.Select(r => r.Name)];
        (VariableDeclaration[] given, EdgeDeclaration[] causes) = RoundsGraph.Of(world);
        names.UnionWith(given.Where(v => v.Kind == VariableKind.Observed).Select(v => v.Name));
        return new GraphDescription
        {
            Entities = [.. world.Entities.Select(e => e.Name)],
            Variables =
            [
                .. world.Variables.Select(v => new VariableDeclaration(v.Name) { Kind = v.IsLatent ? VariableKind.Latent : VariableKind.Observed, Indices = v.Indices, Place = Place(v.Place) }),
                .. world.Indicators.Select(r => new VariableDeclaration(r.Name) { Kind = VariableKind.Indicator, Of = r.Of, Place = Place(r.Place) }),
                .. given,
            ],
            Edges = [.. world.Variables.SelectMany(v => Edges(v.Name, v.Mechanism, names)), .. world.Indicators.Where(r => r.Mechanism is not null).SelectMany(r => Edges(r.Name, r.Mechanism!, names)), .. causes],
        };
    }

    private static IEnumerable<EdgeDeclaration> Edges(string name, Expression mechanism, HashSet<string> names) =>
        mechanism.Names.Where(n => names.Contains(n.Text)).DistinctBy(n => n.Text).Select(n => new EdgeDeclaration(n.Text, name) { Place = Place(n.Place) });

    private static TextPlace Place(WorldPlace place) => new(place.Line, place.Column);
}
