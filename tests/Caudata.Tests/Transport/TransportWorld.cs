using Caudata.Numerics;
using Caudata.Transport;

namespace Caudata.Tests.Transport;

/// <summary>Seeded problems for the tests of this folder.</summary>
internal static class TransportWorld
{
    public static CostMatrix RandomCost(int n, int m, ulong seed)
    {
        RandomStream stream = new(seed, "cost");
        double[] values = new double[n * m];
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = stream.NextDouble();
        }

        return new CostMatrix(values, n, m);
    }

    public static double[] RandomWeights(int n, ulong seed, double zeroShare = 0)
    {
        RandomStream stream = new(seed, "weights");
        double[] weights = new double[n];
        do
        {
            for (int i = 0; i < n; i++)
            {
                weights[i] = stream.NextDouble() < zeroShare ? 0 : stream.NextDouble();
            }
        }
        while (weights.Sum() == 0);
        double total = weights.Sum();
        return [.. weights.Select(w => w / total)];
    }

    public static float[] RandomVectors(int n, int dimension, ulong seed)
    {
        RandomStream stream = new(seed, "vectors");
        float[] vectors = new float[n * dimension];
        for (int k = 0; k < vectors.Length; k++)
        {
            vectors[k] = (float)stream.NextNormal();
        }

        return vectors;
    }

    /// <summary>The cheapest assignment by trying all n! of them.</summary>
    public static double CheapestPermutation(CostMatrix cost)
    {
        int n = cost.Rows;
        double best = double.PositiveInfinity;
        void Try(int row, int used, double sum)
        {
            if (row == n)
            {
                best = Math.Min(best, sum);
                return;
            }

            for (int j = 0; j < n; j++)
            {
                if ((used & (1 << j)) == 0)
                {
                    Try(row + 1, used | (1 << j), sum + cost[row, j]);
                }
            }
        }

        Try(0, 0, 0);
        return best / n;
    }
}
