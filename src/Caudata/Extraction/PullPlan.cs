using Caudata.Bandits;

namespace Caudata.Extraction;

/// <summary>How a bandit over clusters spends its budget: EQUAL's proportions, kept at other sizes of corpus.</summary>
/// <remarks>
/// <para>The paper has about 1,000 clusters and, at 5 % of 1.4 million documents and 10 documents a pull, 7 pulls for each. A corpus of 24,000 documents at 5 % pays for 1,200: with 10 documents a
/// pull most clusters would never be opened, and no bandit could learn. So a pull reads as many documents as leave 7 pulls for each cluster, at least 1 and at most the 10 of the released scripts. A round of
/// <c>equal-code</c> has 50 arms of 1,000 in the scripts, and a twentieth of the clusters here.</para>
/// <para>Source: [zhang2025equal], section 4, and the scripts released with it.</para>
/// </remarks>
/// <param name="DocumentsPerPull">Documents that one pull reads, 1 to 10.</param>
/// <param name="ArmsPerRound">Arms of a round, at least 1.</param>
/// <param name="Pulls">Pulls that the budget pays for after the warm-up, at least 1.</param>
internal readonly record struct PullPlan(int DocumentsPerPull, int ArmsPerRound, int Pulls)
{
    private const int PullsPerCluster = 7, MostDocuments = 10;

    /// <summary>The plan for a corpus, a budget and a number of clusters.</summary>
    /// <param name="name">Name of the policy.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="options">The run's options; the budget is read.</param>
    /// <param name="warmUp">Share of the budget that the warm-up takes.</param>
    /// <param name="clusters">Number of clusters.</param>
    public static PullPlan For(string name, PreparedCorpus corpus, ExtractionOptions options, double warmUp, int clusters)
    {
        long tokens = Math.Min(options.Budget.TokenLimit(corpus.TotalTokens, options.PricePerMillionTokens), corpus.TotalTokens);
        double documents = (1 - warmUp) * Math.Min(options.Budget.DocumentLimit, corpus.Count * (tokens / (double)Math.Max(1, corpus.TotalTokens)));
        int perPull = (int)Math.Clamp(Math.Round(documents / (PullsPerCluster * (double)clusters)), 1, MostDocuments);
        return new PullPlan(perPull, name == "equal-code" ? Math.Max(1, clusters / 20) : 1, (int)Math.Max(1, documents / perPull));
    }

    /// <summary>The same policy with this plan's rounds and pulls.</summary>
    public BanditPolicy Of(IBanditPolicy policy) => (BanditPolicy)policy with { DocumentsPerPull = DocumentsPerPull, ArmsPerRound = ArmsPerRound };
}
