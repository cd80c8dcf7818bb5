using System.Collections.Immutable;
using Caudata.Graphs;
using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Output;

/// <summary>Where a world says why a rating is as it is: a count of an item's tags that a user likes, which causes the rating.</summary>
/// <param name="Rating">The variable that is explained.</param>
/// <param name="Count">The variable that counts: its mechanism is <c>count(likes over item.tags)</c>.</param>
/// <param name="Likes">The variable that is counted, over the rating's first entity and the tags.</param>
/// <param name="Tags">The tags of each item.</param>
internal sealed record RatingReasons(WorldVariable Rating, WorldVariable Count, WorldVariable Likes, WorldRelation Tags)
{
    /// <summary>Finds it.</summary>
    /// <param name="world">The world.</param>
    /// <exception cref="WorldException">The world has none.</exception>
    public static RatingReasons Of(World world)
    {
        WorldVariable rating = RecBoleFiles.Rating(world) ?? throw new WorldException(world.Rounds is { } rounds
            ? $"'{rounds.Outcome}' is decided in rounds, and seen where it is shown alone; expected a rating that no round decides, for reasons. Leave out --instructions."
            : $"The world '{world.Name}' observes no variable over a pair of entities; expected one, such as rating[user, item], for reasons. Leave out --instructions.");
        CausalGraph graph = world.Graph;
        VariableSet causes = Ancestors.Of(graph, graph.Set(rating.Name));
        foreach (WorldVariable count in world.Variables.Where(v => v.Name != rating.Name && v.Indices.SequenceEqual(rating.Indices) && graph.TryFind(v.Name, out int id) && causes.Contains(id)))
        {
            if (count.Mechanism is Expression.Aggregate { Function: "count", Body: Expression.Name body, Relation: { } relation } over && over.Entity == rating.Indices[1]
                && world.Variables.FirstOrDefault(v => v.Name == body.Text) is { Indices: [var user, _] } likes && user == rating.Indices[0]
                && world.Entities[world.EntityIndex(over.Entity)].Table?.Relations.GetValueOrDefault(relation) is { } tags)
            {
                return new RatingReasons(rating, count, likes, tags);
            }
        }

        throw new WorldException($"Nothing in the world '{world.Name}' says why {rating.Label} is as it is; expected a variable of its own, 'matched[{string.Join(", ", rating.Indices)}]: count(likes over {rating.Indices[1]}.tags)', among its causes. Add one, or leave out --instructions.");
    }

    /// <summary>What each user likes, as rising numbers of tags.</summary>
    /// <param name="simulated">The world with its seed.</param>
    public int[][] LikedTags(SimulatedWorld simulated)
    {
        int[][] liked = new int[simulated.World.Entities[simulated.World.EntityIndex(Rating.Indices[0])].Size][];
        simulated.Run([Likes.Name], row =>
        {
            List<int> tags = [];
            ReadOnlySpan<double> values = row[0];
            for (int tag = 0; tag < values.Length; tag++)
            {
                if (values[tag] != 0)
                {
                    tags.Add(tag);
                }
            }

            liked[row.Index] = [.. tags];
        });
        return liked;
    }

    /// <summary>The tags of an item that are liked, in the item's order.</summary>
    public ImmutableArray<int> Matched(int[] liked, int item) => [.. Tags[item].ToArray().Where(tag => Array.BinarySearch(liked, tag) >= 0)];
}
