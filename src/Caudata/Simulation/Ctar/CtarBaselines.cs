using System.Collections.Immutable;
using Caudata.Numerics;

namespace Caudata.Simulation.Ctar;

/// <summary>What a model of liked tags must beat: scores that know nothing of the user.</summary>
/// <param name="Test2">Area under the curve on test 2, of tags of rated movies; NaN where the test has no positive or no negative.</param>
/// <param name="Test3">Area under the curve on test 3, of tags of no rated movie; NaN likewise.</param>
public sealed record CtarBaselines(double Test2, double Test3)
{
    /// <summary>The baseline that ranks tags by how often they were recorded, in the observational data and in the experiment.</summary>
    /// <param name="data">The data.</param>
    public static CtarBaselines TagFrequency(CtarData data)
    {
        double[] counts = TagCounts(data);
        return new(Auc(data.Test2, (_, tag) => counts[tag]), Auc(data.Test3, (_, tag) => counts[tag]));
    }

    /// <summary>How often each tag was recorded, shape [tags].</summary>
    /// <param name="data">The data.</param>
    public static double[] TagCounts(CtarData data)
    {
        double[] counts = new double[data.TagsOfMovie.Size];
        foreach (TagRecord record in data.Observational.Concat(data.Randomised))
        {
            if (record.Tag >= 0)
            {
                counts[record.Tag]++;
            }
        }

        return counts;
    }

    /// <summary>Area under the curve of a score on a test.</summary>
    /// <param name="test">The test.</param>
    /// <param name="score">The score of a user and a tag.</param>
    public static double Auc(ImmutableArray<TagQuestion> test, Func<int, int, double> score) =>
        RankAuc.Of([.. test.Select(question => score(question.User, question.Tag))], [.. test.Select(question => question.IsLiked)]);
}
