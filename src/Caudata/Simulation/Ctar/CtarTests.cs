using System.Collections.Immutable;
using Caudata.Numerics;

namespace Caudata.Simulation.Ctar;

/// <summary>Draws the questions of tests 2 and 3.</summary>
/// <remarks>
/// A try takes a user, and one of the user's liked (or not liked) tags: for test 2 of those that a rated movie has, for test 3 of those that none has. It gives no question where there is no such tag, where the
/// answer stands in the training data (a recorded or left-out tag, a tag of a movie of which none is liked, all tags of movies shown in the experiment), or where it was asked before.
/// </remarks>
internal sealed class CtarTests
{
    private readonly int[][] _likes;
    private readonly int[][] _rated;
    private readonly HashSet<(int, int)> _known = [];
    private readonly int _tags;
    private readonly ulong _seed;

    public CtarTests(int[][] likes, WorldRelation tags, List<CtarData.Block> blocks, ulong seed)
    {
        (_likes, _seed, _tags) = (likes, seed, tags.Size);
        HashSet<int>[] rated = [.. likes.Select(_ => new HashSet<int>())];
        foreach (CtarData.Block block in blocks)
        {
            foreach (Rated rating in block.Ratings)
            {
                rated[rating.User].UnionWith(tags[rating.Movie].ToArray());
            }

            foreach (TagRecord record in block.Observational.Concat(block.Randomised))
            {
                if (record.Tag >= 0)
                {
                    _known.Add((record.User, record.Tag));
                }
            }

            foreach (TagRecord record in block.Observational.Where(r => r.Tag < 0).Concat(block.Randomised))
            {
                foreach (int tag in tags[record.Movie])
                {
                    _known.Add((record.User, tag));
                }
            }

            _known.UnionWith(block.Dropped.Select(d => (d.User, d.Tag)));
        }

        _rated = [.. rated.Select(set => set.Order().ToArray())];
    }

    /// <summary>Draws one test.</summary>
    public ImmutableArray<TagQuestion> Draw(string name, int tries, int positive, bool ofRated)
    {
        HashSet<TagQuestion> asked = [];
        for (int t = 0; t < tries; t++)
        {
            RandomStream random = new(_seed, name, (ulong)t);
            int user = random.NextInt32(_likes.Length);
            bool isLiked = t < positive;
            int tag = Tag(user, isLiked, ofRated, ref random);
            if (tag >= 0 && !_known.Contains((user, tag)))
            {
                asked.Add(new TagQuestion(user, tag, isLiked));
            }
        }

        return [.. asked.OrderBy(q => (q.User, q.Tag))];
    }

    // A liked tag with or without a rated movie, or a tag that is not liked; -1 where there is none.
    private int Tag(int user, bool isLiked, bool ofRated, ref RandomStream random)
    {
        if (isLiked || ofRated)
        {
            int[] tags = isLiked ? [.. _likes[user].Where(tag => IsRated(user, tag) == ofRated)] : [.. _rated[user].Where(tag => !Likes(user, tag))];
            return tags.Length == 0 ? -1 : tags[random.NextInt32(tags.Length)];
        }

        for (int guess = 0; guess < 1000; guess++)
        {
            int tag = random.NextInt32(_tags);
            if (!IsRated(user, tag) && !Likes(user, tag))
            {
                return tag;
            }
        }

        return -1;
    }

    private bool IsRated(int user, int tag) => Array.BinarySearch(_rated[user], tag) >= 0;

    private bool Likes(int user, int tag) => Array.BinarySearch(_likes[user], tag) >= 0;
}
