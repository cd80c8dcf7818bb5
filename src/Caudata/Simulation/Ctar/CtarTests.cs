using System.Collections.Immutable;
using Caudata.Numerics;

namespace Caudata.Simulation.Ctar;

/// <summary>Draws the questions of tests 2 and 3, as [lyu2022] does.</summary>
/// <remarks>
/// <para>For test 2 a rating that is seen is drawn, for test 3 a pair of user and movie that is not rated. The movie's tags are gone through in their order, and the first that may be asked and whose answer is still
/// wanted becomes a question. So it goes on until all tries have given one; the same question may come again, and is written once.</para>
/// <para>May not be asked, because the training data say it: a recorded or left-out tag, a tag of a movie of which the user recorded that none is liked, a tag of a movie shown in the experiment; for test 3 also a tag
/// of any movie that the user rated.</para>
/// </remarks>
internal sealed class CtarTests(int[][] likes, WorldRelation tags, ImmutableArray<Rated> ratings, ImmutableArray<TagRecord> observational, ImmutableArray<TagRecord> randomised, ImmutableArray<TagQuestion> leftOut, ulong seed)
{
    // Where the wanted questions are not there (a small world, users who like everything), it ends after so many pairs a try, and some more.
    private const int PairsOfTry = 200, MorePairs = 100_000;

    private readonly Dictionary<int, HashSet<int>> _known = [], _rated = [];

    /// <summary>Draws one test.</summary>
    /// <param name="name">Name of its noise.</param>
    /// <param name="tries">Questions, before the same ones are joined.</param>
    /// <param name="positive">Those of them whose answer is yes.</param>
    /// <param name="ofRated">True for tags of rated movies, false for tags of no rated movie.</param>
    public ImmutableArray<TagQuestion> Draw(string name, int tries, int positive, bool ofRated)
    {
        HashSet<TagQuestion> asked = [];
        int liked = positive, others = tries - positive;
        RandomStream random = new(seed, name);
        long pairs = ofRated && ratings.IsEmpty ? 0 : ((long)PairsOfTry * tries) + MorePairs;
        for (long pair = 0; pair < pairs && liked + others > 0; pair++)
        {
            (int user, int movie) = ofRated ? RatedPair(ref random) : (random.NextInt32(likes.Length), random.NextInt32(tags.Starts.Length - 1));
            if (Question(user, movie, liked > 0, others > 0, ofRated) is { } question)
            {
                asked.Add(question);
                liked -= question.IsLiked ? 1 : 0;
                others -= question.IsLiked ? 0 : 1;
            }
        }

        return [.. asked.OrderBy(q => (q.User, q.Tag))];
    }

    private (int User, int Movie) RatedPair(ref RandomStream random)
    {
        Rated rating = ratings[random.NextInt32(ratings.Length)];
        return (rating.User, rating.Movie);
    }

    // All tags of a rated movie are tags of a rated movie: a rated pair gives test 3 no question.
    private TagQuestion? Question(int user, int movie, bool wantsLiked, bool wantsOthers, bool ofRated)
    {
        HashSet<int> known = Known(user), rated = ofRated ? [] : TagsOfRated(user);
        foreach (int tag in tags[movie])
        {
            bool isLiked = Array.BinarySearch(likes[user], tag) >= 0;
            if ((isLiked ? wantsLiked : wantsOthers) && !known.Contains(tag) && !rated.Contains(tag))
            {
                return new TagQuestion(user, tag, isLiked);
            }
        }

        return null;
    }

    private HashSet<int> Known(int user)
    {
        if (!_known.TryGetValue(user, out HashSet<int>? known))
        {
            _known.Add(user, known = [.. Of(leftOut, user, q => q.User).ToArray().Select(q => q.Tag)]);
            foreach (TagRecord record in Of(observational, user, r => r.User))
            {
                known.UnionWith(record.Tag >= 0 ? [record.Tag] : tags[record.Movie].ToArray());
            }

            foreach (TagRecord record in Of(randomised, user, r => r.User))
            {
                known.UnionWith(tags[record.Movie].ToArray());
            }
        }

        return known;
    }

    private HashSet<int> TagsOfRated(int user)
    {
        if (!_rated.TryGetValue(user, out HashSet<int>? rated))
        {
            _rated.Add(user, rated = [.. Of(ratings, user, r => r.User).ToArray().SelectMany(r => tags[r.Movie].ToArray())]);
        }

        return rated;
    }

    // Rows stand in the order of users.
    private static ReadOnlySpan<T> Of<T>(ImmutableArray<T> rows, int user, Func<T, int> userOf)
    {
        int from = First(rows, user, userOf);
        return rows.AsSpan()[from..First(rows, user + 1, userOf)];
    }

    private static int First<T>(ImmutableArray<T> rows, int user, Func<T, int> userOf)
    {
        int low = 0, high = rows.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = userOf(rows[middle]) < user ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
