using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Caudata.Simulation;

namespace Caudata.Tests.Simulation;

public sealed class SimulatedWorldTests
{
    private const string Yaml = """
        entities: { user: 61, item: 37, tag: 11 }
        variables:
          z[user]: { normal: { mean: 0, sd: 1 }, latent: true }
          kind[item, tag]: bernoulli(0.4)
          taste[user, tag]: normal(z, 1)
          likes[user, tag]: sample(3, exp(taste))
          match[user, item]: dot(likes, kind)
          quality[item]: { gamma: { shape: 2, scale: 1 }, latent: true }
          rating[user, item]: clip(round(1 + quality + match + normal(0, 0.5)), 1, 5)
          mood[user]: mean(rating over item) + normal(0, 1)
          fame[item]: mean(rating over user)
          again[user, item]: poisson(rating) + fame * mood
        missing:
          rating: { logistic: rating + z, mean: 0.1, per: user }
          again: { logistic: rating - fame, mean: 0.3 }
        """;

    private static readonly string[] All = ["z", "quality", "mood", "fame", "match", "rating", "again", "R_rating", "P(R_rating)", "R_again", "P(R_again)"];

    private static string Hash(SimulationOptions options)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (double[] column in new SimulatedWorld(World.Parse(Yaml), options).Read(All))
        {
            hash.AppendData(MemoryMarshal.AsBytes(column.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    [Fact]
    public void Threads_blocks_and_tiles_change_no_bit()
    {
        string one = Hash(new SimulationOptions { Seed = 5 });
        foreach (int threads in (int[])[1, 2, 8])
        {
            Assert.Equal(one, Hash(new SimulationOptions { Seed = 5, Threads = threads, BlockPairs = 100 }));
            Assert.Equal(one, Hash(new SimulationOptions { Seed = 5, Threads = threads, BlockPairs = 1, Tile = 8 }));
            Assert.Equal(one, Hash(new SimulationOptions { Seed = 5, Threads = threads, BlockPairs = 1 << 20, Tile = 16 }));
        }

        Assert.NotEqual(one, Hash(new SimulationOptions { Seed = 6 }));
    }

    [Fact]
    public void The_numbers_are_part_of_the_format() => Assert.Equal("f7b488d4626ec8f5", Hash(new SimulationOptions { Seed = 5 }));

    [Fact]
    public void A_pair_keeps_its_values_when_the_world_grows()
    {
        const string Small = "entities: { user: 4, item: 5 }\nvariables:\n  a[user]: normal(0, 1)\n  y[user, item]: a + normal(0, 1)";
        double[] small = new SimulatedWorld(World.Parse(Small), new SimulationOptions { Seed = 1 }).Read("y")[0];
        double[] large = new SimulatedWorld(World.Parse(Small, null, new Dictionary<string, double> { ["user"] = 9, ["item"] = 13 }), new SimulationOptions { Seed = 1 }).Read("y")[0];
        for (int u = 0; u < 4; u++)
        {
            Assert.Equal(small[(u * 5)..((u * 5) + 5)], large[(u * 13)..((u * 13) + 5)]);
        }
    }

    [Fact]
    public void Columns_over_different_entities_are_not_read_row_by_row()
    {
        SimulatedWorld simulated = new(World.Parse(Yaml), new SimulationOptions { Seed = 5 });
        Assert.Contains("expected columns over the same entities", Assert.Throws<ArgumentException>(() => simulated.Run(["z", "rating"], _ => { })).Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'rating'?", Assert.Throws<ArgumentException>(() => simulated.Read("ratings")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_stops()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        SimulatedWorld simulated = new(World.Parse(Yaml), new SimulationOptions { Seed = 5 }, stop.Token);
        Assert.Throws<OperationCanceledException>(() => simulated.Read("rating"));
    }

    [Fact]
    public void Rates_are_found_in_the_factual_world_and_stay_under_an_intervention()
    {
        World world = World.Parse("entities: { user: 2000 }\nvariables:\n  x[user]: normal(0, 1)\nmissing:\n  x: { logistic: x, mean: 0.2 }");
        SimulatedWorld simulated = new(world, new SimulationOptions { Seed = 1, Interventions = [("up", world.ParseIntervention("x=3")), ("all", world.ParseIntervention("R_x=1"))] });
        Assert.Equal(0.2, simulated.Read("P(R_x)")[0].Average(), 1e-8);
        Assert.True(simulated.Read("P(R_x)@up")[0][0] > 0.5);
        Assert.All(simulated.Read("R_x@all")[0], r => Assert.Equal(1, r));
        Assert.Equal(simulated.Read("x")[0], simulated.Read("x@all")[0]);
    }
}
