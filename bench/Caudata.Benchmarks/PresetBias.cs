using System.Globalization;
using Caudata.Simulation;

namespace Caudata.Benchmarks;

/// <summary>What a naive estimate says in every preset with a bias, and what is true: <c>-- preset-bias [--seed 1]</c>, at the default strength and at 0. The distance is in standard errors of the naive estimate.</summary>
public static class PresetBias
{
    private static readonly (string Preset, string What, Func<SimulatedWorld, (double[] Naive, double Less, double Truth)> Estimate)[] Presets =
    [
        ("exposure-mnar", "mean rating", w => Seen(w, "rating", "rating")),
        ("conformity", "mean of own ratings", w => Seen(w, "rating", "own")),
        ("clickbait", "share satisfied", w => Seen(w, "satisfied", "satisfied")),
        ("confounded-popularity", "effect of exposure on ratings", Effect),
        ("semi-synthetic", "mean rating", w => Seen(w, "rating", "rating")),
        ("semi-synthetic-conversion", "conversion rate", w => Seen(w, "conversion", "conversion")),
        ("saito-implicit", "share relevant", w => (w.Read("R_relevance")[0], 0, w.Read("relevance")[0].Average())),
    ];

    public static int Run(string[] args)
    {
        ulong seed = Array.IndexOf(args, "--seed") is >= 0 and int at && at + 1 < args.Length ? ulong.Parse(args[at + 1], CultureInfo.InvariantCulture) : 1;
        Console.WriteLine("| preset | what is estimated | strength | naive | truth | standard errors apart |\n|---|---|---|---|---|---|");
        foreach ((string preset, string what, var estimate) in Presets)
        {
            foreach (double? strength in (double?[])[null, 0])
            {
                World world = WorldPresets.Open(preset, null, strength is null ? null : new Dictionary<string, double> { ["strength"] = strength.Value });
                SimulationOptions options = new() { Seed = seed, Threads = Environment.ProcessorCount };
                SimulatedWorld simulated = new(world, preset == "confounded-popularity" ? options with { Interventions = [("1", world.ParseIntervention("exposed=1")), ("0", world.ParseIntervention("exposed=0"))] } : options);
                (double[] values, double less, double truth) = estimate(simulated);
                double mean = values.Average(), deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
                double error = preset == "confounded-popularity" ? ErrorOfDifference(simulated) : deviation / Math.Sqrt(values.Length);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {preset} | {what} | {world.Parameters.First(p => p.Name == "strength").Value} | {mean - less:0.000} | {truth:0.000} | {Math.Abs(mean - less - truth) / error:0.0} |"));
            }
        }

        return 0;
    }

    private static (double[] Naive, double Less, double Truth) Seen(SimulatedWorld world, string variable, string truth)
    {
        var read = world.Read(variable, "R_" + variable, truth);
        return ([.. read[0].Where((_, i) => read[1][i] != 0)], 0, read[2].Average());
    }

    // Those who were shown an item less those who were not.
    private static (double[] Naive, double Less, double Truth) Effect(SimulatedWorld world)
    {
        var read = world.Read("rating@1", "rating@0");
        return (Group(world, 1), Group(world, 0).Average(), read[0].Average() - read[1].Average());
    }

    private static double[] Group(SimulatedWorld world, double exposed)
    {
        var read = world.Read("rating", "R_rating", "exposed");
        return [.. read[0].Where((_, i) => read[1][i] != 0 && read[2][i] == exposed)];
    }

    private static double ErrorOfDifference(SimulatedWorld world) => Math.Sqrt(((double[])[1, 0]).Sum(exposed =>
    {
        double[] group = Group(world, exposed);
        double mean = group.Average();
        return group.Average(v => (v - mean) * (v - mean)) / group.Length;
    }));
}
