using System.Globalization;
using Caudata.Numerics;
using Caudata.Simulation;
using Caudata.Simulation.Ctar;

namespace Caudata.Benchmarks;

/// <summary>Whether knowing the user pays in <c>ctar-hetero</c>: <c>-- hetero-auc [--seeds 10] [--first 1] [--strength 3] [--kinds 4] [--set name=value] [--preset ctar-hetero]</c>. Area under the curve of tag frequency and of a personalised model on tests 2 and 3, over seeds.</summary>
public static class HeteroAuc
{
    private const int Kinds = 4;

    public static int Run(string[] args)
    {
        string preset = Option("--preset", "ctar-hetero");
        int seeds = int.Parse(Option("--seeds", "10"), CultureInfo.InvariantCulture);
        int first = int.Parse(Option("--first", "1"), CultureInfo.InvariantCulture);
        string strength = Option("--strength", "");
        int kinds = int.Parse(Option("--kinds", Kinds.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        Dictionary<string, double> settings = preset == "ctar-hetero" ? new() { ["kind"] = kinds } : [];
        if (strength.Length > 0)
        {
            settings["strength"] = double.Parse(strength, CultureInfo.InvariantCulture);
        }

        foreach (string[] set in args.Where((_, i) => i > 0 && args[i - 1] == "--set").Select(set => set.Split('=')))
        {
            settings[set[0]] = double.Parse(set[1], CultureInfo.InvariantCulture);
        }

        World world = WorldPresets.Open(preset, new CtarTables(SeedTables.BuiltIn()), settings);
        Console.WriteLine($"{preset}, {string.Join(", ", world.Parameters.Where(p => p.Name == "strength").Select(p => string.Create(CultureInfo.InvariantCulture, $"strength {p.Value}, ")))}seeds {first} to {first + seeds - 1}: area under the curve, mean and 95 % interval over seeds\n");
        double[][] found = [.. Enumerable.Range(first, seeds).Select(seed => Measure(world, kinds, (ulong)seed))];
        Console.WriteLine("| test | tag frequency | personalised | difference |\n|---|---|---|---|");
        for (int test = 0; test < 2; test++)
        {
            double[] frequency = [.. found.Select(f => f[2 * test])], model = [.. found.Select(f => f[(2 * test) + 1])];
            Console.WriteLine($"| test_{test + 2} | {Interval(frequency)} | {Interval(model)} | {Interval([.. model.Zip(frequency, (m, f) => m - f)])} |");
        }

        return 0;

        string Option(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : otherwise;
    }

    private static double[] Measure(World world, int kinds, ulong seed)
    {
        CtarData data = CtarData.Draw(new SimulatedWorld(world, new SimulationOptions { Seed = seed, Threads = Environment.ProcessorCount }), new CtarOptions());
        CtarBaselines frequency = CtarBaselines.TagFrequency(data);
        List<int>[] records = [.. Enumerable.Range(0, world.Entities.First(e => e.Name == "user").Size).Select(_ => new List<int>())];
        foreach (TagRecord record in data.Observational.Concat(data.Randomised).Where(record => record.Tag >= 0))
        {
            records[record.User].Add(record.Tag);
        }

        TagMixture model = TagMixture.Fit([.. records.Select(list => list.ToArray())], data.TagsOfMovie.Size, kinds, seed);
        double test2 = CtarBaselines.Auc(data.Test2, model.Score), test3 = CtarBaselines.Auc(data.Test3, model.Score);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: test_2 {frequency.Test2:0.000} -> {test2:0.000}, test_3 {frequency.Test3:0.000} -> {test3:0.000}, pseudo-counts {model.Prior:G3}"));
        return [frequency.Test2, test2, frequency.Test3, test3];
    }

    private static string Interval(double[] values)
    {
        Interval interval = MeanInterval.Student(values);
        return string.Create(CultureInfo.InvariantCulture, $"{interval.Estimate:0.000} [{interval.Low:0.000}, {interval.High:0.000}]");
    }
}
