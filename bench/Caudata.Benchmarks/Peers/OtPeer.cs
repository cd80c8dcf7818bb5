using Caudata.Transport;

namespace Caudata.Benchmarks.Peers;

/// <summary>Optimal transport beside POT and SciPy: squared Euclidean costs divided by their maximum, equal weights.</summary>
internal sealed class OtPeer : IPeer
{
    public IEnumerable<PeerWork> Works(PeerContext context)
    {
        foreach (string family in (string[])["ot", "otnear"])
        {
            foreach (int n in (int[])[512, 1024, 2048])
            {
                NpyArray<float> x = context.Load<float>($"{family}_x_{n}.npy"), y = context.Load<float>($"{family}_y_{n}.npy");
                CostMatrix cost = CostMatrix.Between(x.Items, y.Items, x.Shape[1], GroundCost.SquaredEuclidean, context.Threads);
                cost = cost.Scaled(1 / cost.Maximum);
                TransportProblem problem = new(cost);
                yield return new PeerWork($"{family} cost n={n}", $"{family} cost matrix .* n={n} ", () =>
                    CostMatrix.Between(x.Items, y.Items, x.Shape[1], GroundCost.SquaredEuclidean, context.Threads).Maximum);
                yield return new PeerWork($"{family} exact, network simplex n={n}", $"POT {family} exact .* n={n}$", () => ExactTransport.Solve(problem, ExactTransportMethod.NetworkSimplex).Value);
                yield return new PeerWork($"{family} exact, assignment n={n}", $"scipy {family} linear_sum_assignment n={n}$", () => ExactTransport.Solve(problem).Value);
                if (family == "otnear" && n > 512)
                {
                    continue;
                }

                foreach (string regularisation in (string[])["0.1", "0.05", "0.01"])
                {
                    SinkhornOptions options = new()
                    {
                        Regularisation = double.Parse(regularisation, System.Globalization.CultureInfo.InvariantCulture),
                        MaximumIterations = 100,
                        Tolerance = 0,
                        EpsilonScaling = false,
                        Threads = context.Threads,
                    };
                    yield return new PeerWork($"{family} Sinkhorn ε={regularisation} 100 steps n={n}", $"{family} sinkhorn(_log)? f(64|32) reg={regularisation.Replace(".", "\\.", StringComparison.Ordinal)} .*n={n}$", () => Sinkhorn.Solve(problem, options).Value);
                }
            }
        }
    }
}
