using Caudata.Simulation;

namespace Caudata.Benchmarks.Peers;

/// <summary>The peers' workload as a world file: 10,000 users x 1,000 items, ratings missing not at random, into arrays of bytes and floats.</summary>
internal sealed class GenPeer : IPeer
{
    /// <summary>The same model as gen_bench.py; its fixed matrix A is drawn too.</summary>
    internal const string Yaml = """
        world: gen-bench
        entities: { user: 10000, item: 1000, topic: 16, factor: 8 }
        variables:
          mixing[topic, factor]: 0.4 * normal(0, 1)
          taste[user, factor]: normal(0, 1)
          leaning[user]: mean(if(index(factor) == 0, taste, 0) over factor) * size(factor)
          preference[user, topic]: normal(dot(taste, mixing), 0.1)
          has[item, topic]: bernoulli(0.3)
          popularity[item]: normal(0, 1)
          rating[user, item]: clip(round(3 + dot(preference, has) / 2 + 0.3 * popularity + 0.5 * normal(0, 1)), 1, 5)
        missing:
          rating: { logistic: -2.5 + 0.8 * popularity + 0.6 * (rating - 3) + 0.5 * leaning }
        """;

    public IEnumerable<PeerWork> Works(PeerContext context)
    {
        World world = World.Parse(Yaml);
        int users = world.Entities[0].Size, items = world.Entities[1].Size;
        byte[] rating = new byte[users * items], observed = new byte[users * items];
        float[] propensity = new float[users * items];
        yield return new PeerWork("10M pairs MNAR ratings, world file", "10M pairs MNAR ratings", () =>
        {
            SimulatedWorld simulated = new(world, new SimulationOptions { Seed = 1, Threads = context.Threads });
            simulated.Run(["rating", "R_rating", "P(R_rating)"], row =>
            {
                int at = row.Index * items;
                row.CopyTo(0, rating.AsSpan(at));
                row.CopyTo(1, observed.AsSpan(at));
                row.CopyTo(2, propensity.AsSpan(at));
            });
            return rating[^1];
        })
        { Value = () => rating.Average(r => (double)r) };
        yield return new PeerWork("10M pairs MNAR ratings, by hand in C# with our kernels", "10M pairs MNAR ratings", () => HandWritten.Run(1, context.Threads, rating, observed, propensity))
        {
            Value = () => rating.Average(r => (double)r),
        };
    }
}
