using Caudata.Numerics;

namespace Caudata.Benchmarks;

/// <summary>A personalised model of liked tags: every user is of one of several hidden kinds, and every kind draws its tags from a distribution of its own, which leans on that of all users. Fitted by expectation and maximisation.</summary>
/// <remarks>A mixture of multinomials. How much a kind leans on all users (pseudo-counts) is chosen by the likelihood of held-out records, so that it falls back on tag frequency where kinds do not differ.</remarks>
internal sealed class TagMixture
{
    private static readonly double[] Priors = [3, 10, 30, 100, 300, 1_000, 1e12];

    private readonly double[][] _tags;
    private readonly double[][] _kinds;

    private TagMixture(double[][] tags, double[][] kinds) => (_tags, _kinds) = (tags, kinds);

    /// <summary>Pseudo-counts that were chosen.</summary>
    public double Prior { get; private init; }

    /// <summary>Probability that the user's next liked tag is this one.</summary>
    public double Score(int user, int tag)
    {
        double sum = 0;
        for (int g = 0; g < _tags.Length; g++)
        {
            sum += _kinds[user][g] * _tags[g][tag];
        }

        return sum;
    }

    /// <summary>Fits the model.</summary>
    /// <param name="records">The tags that each user recorded, with repetitions.</param>
    /// <param name="tags">Number of tags.</param>
    /// <param name="kinds">Number of kinds.</param>
    /// <param name="seed">Seed of the starting points.</param>
    public static TagMixture Fit(int[][] records, int tags, int kinds, ulong seed)
    {
        int[][] train = [.. records.Select((list, user) => list.Where((_, i) => !IsHeldOut(user, i)).ToArray())], held = [.. records.Select((list, user) => list.Where((_, i) => IsHeldOut(user, i)).ToArray())];
        double best = Priors.MaxBy(prior =>
        {
            TagMixture fitted = Fit(train, tags, kinds, prior, seed);
            return held.Select((list, user) => list.Sum(tag => Math.Log(fitted.Score(user, tag)))).Sum();
        });
        return Fit(records, tags, kinds, best, seed);

        bool IsHeldOut(int user, int i) => new RandomStream(seed, "held out", (ulong)user).Split("record", (ulong)i).NextDouble() < 0.2;
    }

    // Of several starting points the one with the largest likelihood.
    private static TagMixture Fit(int[][] records, int tags, int kinds, double prior, ulong seed) =>
        Enumerable.Range(0, 5).Select(start => Climb(records, tags, kinds, prior, seed, start)).MaxBy(fit => fit.Likelihood).Model;

    private static (TagMixture Model, double Likelihood) Climb(int[][] records, int tags, int kinds, double prior, ulong seed, int start)
    {
        double[] all = new double[tags];
        Array.Fill(all, 0.01);
        foreach (int tag in records.SelectMany(list => list))
        {
            all[tag]++;
        }

        double total = all.Sum();
        double[][] belongs = [.. records.Select((_, user) => Start(new RandomStream(seed, "start " + start, (ulong)user), kinds))], shares = [];
        double likelihood = double.NegativeInfinity;
        for (int step = 0; step < 60; step++)
        {
            shares = [.. Enumerable.Range(0, kinds).Select(_ => all.Select(count => prior * count / total).ToArray())];
            double[] sizes = new double[kinds];
            for (int user = 0; user < records.Length; user++)
            {
                for (int g = 0; g < kinds; g++)
                {
                    sizes[g] += belongs[user][g];
                    foreach (int tag in records[user])
                    {
                        shares[g][tag] += belongs[user][g];
                    }
                }
            }

            double[][] logs = [.. shares.Select(share => Normalise(share).Select(p => Math.Log(p)).ToArray())];
            likelihood = 0;
            for (int user = 0; user < records.Length; user++)
            {
                double[] posterior = [.. Enumerable.Range(0, kinds).Select(g => Math.Log((sizes[g] + 1) / (records.Length + kinds)) + records[user].Sum(tag => logs[g][tag]))];
                double largest = posterior.Max(), sum = posterior.Sum(p => Math.Exp(p - largest));
                likelihood += largest + Math.Log(sum);
                belongs[user] = [.. posterior.Select(p => Math.Exp(p - largest) / sum)];
            }
        }

        return (new TagMixture(shares, belongs) { Prior = prior }, likelihood);
    }

    private static double[] Start(RandomStream random, int kinds)
    {
        double[] weights = new double[kinds];
        for (int g = 0; g < kinds; g++)
        {
            weights[g] = random.NextDouble();
        }

        return Normalise(weights);
    }

    private static double[] Normalise(double[] weights)
    {
        double sum = weights.Sum();
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
        }

        return weights;
    }
}
