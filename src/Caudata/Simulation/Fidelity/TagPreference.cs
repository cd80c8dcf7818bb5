using System.Collections.Immutable;
using Caudata.Simulation.Fitting;

namespace Caudata.Simulation.Fidelity;

/// <summary>Tags of both data sets' items.</summary>
/// <param name="Names">Names of the tags.</param>
/// <param name="Real">Tags of each real item.</param>
/// <param name="Synthetic">Tags of each synthetic item.</param>
public sealed record FidelityTags(ImmutableArray<string> Names, ImmutableArray<ImmutableArray<int>> Real, ImmutableArray<ImmutableArray<int>> Synthetic);

/// <summary>How often items with a tag are rated, and how.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="RealShare">Share of the real ratings whose item has the tag.</param>
/// <param name="SyntheticShare">The same of the synthetic ratings.</param>
/// <param name="RealMean">Mean of the real ratings of such items; NaN of none.</param>
/// <param name="SyntheticMean">The same of the synthetic ratings.</param>
internal sealed record TagPreference(string Tag, double RealShare, double SyntheticShare, double RealMean, double SyntheticMean)
{
    /// <summary>Preferences for all tags that are rated at all, the most rated first.</summary>
    public static ImmutableArray<TagPreference> Of(RatingTable real, RatingTable synthetic, FidelityTags tags)
    {
        (double Share, double Mean)[] a = Sums(real, tags.Real, tags.Names.Length), b = Sums(synthetic, tags.Synthetic, tags.Names.Length);
        return [.. tags.Names.Select((name, t) => new TagPreference(name, a[t].Share, b[t].Share, a[t].Mean, b[t].Mean)).Where(p => p.RealShare + p.SyntheticShare > 0).OrderByDescending(p => p.RealShare)];
    }

    private static (double, double)[] Sums(RatingTable table, ImmutableArray<ImmutableArray<int>> tags, int count)
    {
        double[] ratings = new double[count], sums = new double[count];
        for (int n = 0; n < table.Count; n++)
        {
            foreach (int tag in tags[table.ItemOf[n]])
            {
                ratings[tag]++;
                sums[tag] += table.Values[n];
            }
        }

        return [.. ratings.Select((r, t) => (r / table.Count, r > 0 ? sums[t] / r : double.NaN))];
    }
}
