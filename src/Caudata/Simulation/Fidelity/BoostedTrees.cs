using Caudata.Numerics;

namespace Caudata.Simulation.Fidelity;

/// <summary>Gradient-boosted trees for a yes-or-no question, by histograms: logistic loss, second-order steps, regularised leaves [chen2016].</summary>
/// <remarks>Features come in bins; bin 0 is a missing value. Trees grow level by level. Cost: rounds × depth × rows × features. Features run side by side, so the result does not depend on threads.</remarks>
internal sealed class BoostedTrees
{
    /// <summary>Bins of a feature, with bin 0 for missing values.</summary>
    public const int Bins = 64;

    private const int Depth = 4, Rounds = 120;
    private const double Rate = 0.1, Penalty = 1, LeastCurvature = 10;

    private readonly List<Split[]> _trees = [];

    private BoostedTrees(double start) => Start = start;

    private double Start { get; }

    /// <summary>Learns.</summary>
    /// <param name="bins">Bins by feature and row, shape [features][rows].</param>
    /// <param name="labels">Which rows are yes.</param>
    /// <param name="threads">Most threads.</param>
    /// <param name="cancel">Looked at between blocks.</param>
    public static BoostedTrees Train(byte[][] bins, ReadOnlySpan<bool> labels, int threads, CancellationToken cancel)
    {
        int rows = labels.Length;
        double[] target = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            target[i] = labels[i] ? 1 : 0;
        }

        double share = Math.Clamp(target.Sum() / Math.Max(1, rows), 1e-6, 1 - 1e-6);
        BoostedTrees model = new(Math.Log(share / (1 - share)));
        double[] score = new double[rows], gradient = new double[rows], curvature = new double[rows];
        int[] leaf = new int[rows];
        Array.Fill(score, model.Start);
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < rows; i++)
            {
                double p = 1 / (1 + Math.Exp(-score[i]));
                gradient[i] = target[i] - p;
                curvature[i] = p * (1 - p);
                leaf[i] = 0;
            }

            Split[] tree = Grow(bins, gradient, curvature, leaf, threads, cancel);
            model._trees.Add(tree);
            for (int i = 0; i < rows; i++)
            {
                score[i] += tree[leaf[i]].Value;
            }
        }

        return model;
    }

    /// <summary>Log-odds of yes, by row.</summary>
    /// <param name="bins">Bins by feature and row.</param>
    /// <param name="rows">Number of rows.</param>
    public double[] Predict(byte[][] bins, int rows)
    {
        double[] scores = new double[rows];
        Array.Fill(scores, Start);
        foreach (Split[] tree in _trees)
        {
            for (int i = 0; i < rows; i++)
            {
                int at = 0;
                while (tree[at].Feature >= 0)
                {
                    at = (2 * at) + (bins[tree[at].Feature][i] <= tree[at].Bin ? 1 : 2);
                }

                scores[i] += tree[at].Value;
            }
        }

        return scores;
    }

    private static Split[] Grow(byte[][] bins, double[] gradient, double[] curvature, int[] leaf, int threads, CancellationToken cancel)
    {
        Split[] tree = new Split[(2 << Depth) - 1];
        Array.Fill(tree, new Split(-1, 0, 0));
        for (int level = 0; level <= Depth; level++)
        {
            int first = (1 << level) - 1, nodes = 1 << level;
            Best[][] found = new Best[bins.Length][];
            BlockLoop.Run(bins.Length, threads, (feature, _) => found[feature] = BestOf(bins[feature], gradient, curvature, leaf, first, nodes), cancel);
            bool any = false;
            for (int node = 0; node < nodes; node++)
            {
                Best total = found[0][node];
                tree[first + node] = new Split(-1, 0, Rate * total.Gradient / (total.Curvature + Penalty));
                int best = -1;
                for (int feature = 0; feature < bins.Length && level < Depth; feature++)
                {
                    best = found[feature][node].Gain > (best < 0 ? 1e-6 : found[best][node].Gain) ? feature : best;
                }

                if (best >= 0)
                {
                    tree[first + node] = tree[first + node] with { Feature = best, Bin = found[best][node].Bin };
                    any = true;
                }
            }

            if (!any)
            {
                break;
            }

            for (int i = 0; i < leaf.Length; i++)
            {
                Split split = leaf[i] >= first ? tree[leaf[i]] : new Split(-1, 0, 0);
                if (split.Feature >= 0)
                {
                    leaf[i] = (2 * leaf[i]) + (bins[split.Feature][i] <= split.Bin ? 1 : 2);
                }
            }
        }

        return tree;
    }

    private static Best[] BestOf(byte[] bins, double[] gradient, double[] curvature, int[] leaf, int first, int nodes)
    {
        double[] g = new double[nodes * Bins], h = new double[nodes * Bins];
        for (int i = 0; i < leaf.Length; i++)
        {
            int node = leaf[i] - first;
            if (node >= 0)
            {
                int at = (node * Bins) + bins[i];
                g[at] += gradient[i];
                h[at] += curvature[i];
            }
        }

        Best[] best = new Best[nodes];
        for (int node = 0; node < nodes; node++)
        {
            double total = 0, all = 0, left = 0, under = 0;
            for (int b = 0; b < Bins; b++)
            {
                total += g[(node * Bins) + b];
                all += h[(node * Bins) + b];
            }

            Best found = new(0, 0, total, all);
            for (int b = 0; b < Bins - 1; b++)
            {
                left += g[(node * Bins) + b];
                under += h[(node * Bins) + b];
                double right = total - left, over = all - under;
                double gain = (left * left / (under + Penalty)) + (right * right / (over + Penalty)) - (total * total / (all + Penalty));
                if (under >= LeastCurvature && over >= LeastCurvature && gain > found.Gain)
                {
                    found = found with { Bin = (byte)b, Gain = gain };
                }
            }

            best[node] = found;
        }

        return best;
    }

    // A node: left where the bin is at most Bin; a leaf has feature −1.
    private readonly record struct Split(int Feature, byte Bin, double Value);

    private readonly record struct Best(byte Bin, double Gain, double Gradient, double Curvature);
}
