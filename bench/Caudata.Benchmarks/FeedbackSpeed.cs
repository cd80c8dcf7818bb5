using System.Diagnostics;
using System.Globalization;
using Caudata.Simulation;
using Caudata.Simulation.Feedback;

namespace Caudata.Benchmarks;

/// <summary>Interactions per second of worlds with rounds: what RecSim, reco-gym and T-RECS call steps. An interaction is one item shown to one user, with its probability and its outcome; learning between rounds counts.</summary>
internal static class FeedbackSpeed
{
    private static readonly (string Name, string Policy, int Users, int Items, int Rounds, int Slate)[] Worlds =
    [
        ("random, slate 1", "random", 1_000, 1_000, 100, 1),
        ("popularity, temperature 1, slate 5", "{ popularity: { temperature: 1 } }", 1_000, 1_000, 20, 5),
        ("own choice, slate 1", "{ choice: utility }", 1_000, 1_000, 50, 1),
        ("own choice, slate 5", "{ choice: utility }", 1_000, 1_000, 20, 5),
        ("matrix factorisation, epsilon 0.1, slate 5", "{ epsilon: 0.1, of: { matrix-factorisation: { rank: 8 } } }", 1_000, 1_000, 20, 5),
        ("matrix factorisation, temperature 0.2, slate 5", "{ matrix-factorisation: { rank: 8, temperature: 0.2 } }", 1_000, 1_000, 20, 5),
        ("matrix factorisation, 10,000 x 10,000, slate 10", "{ epsilon: 0.1, of: { matrix-factorisation: { rank: 8 } } }", 10_000, 10_000, 5, 10),
    ];

    /// <summary>Runs every world on 1 and 2 threads, and prints a table.</summary>
    public static int Run()
    {
        Console.WriteLine("| world | threads | interactions | s | interactions/s | interactions/s of processor time |\n|---|---:|---:|---:|---:|---:|");
        foreach ((string name, string policy, int users, int items, int rounds, int slate) in Worlds)
        {
            World world = World.Parse($$"""
                entities: { user: {{users}}, item: {{items}}, factor: 8 }
                variables:
                  taste[user, factor]: normal(0, 1)
                  trait[item, factor]: normal(0, 0.4)
                  utility[user, item]: { is: "dot(taste, trait)", latent: true }
                  click[user, item]: bernoulli(sigmoid(utility - 1) / position ^ 0.5)
                rounds: { count: {{rounds}}, slate: {{slate}}, outcome: click, policy: {{policy}} }
                """);
            foreach (int threads in (int[])[1, 2])
            {
                long shown = 0;
                _ = new FeedbackWorld(world, new SimulationOptions { Seed = 1, Threads = threads }).Run().First();
                using Process process = Process.GetCurrentProcess();
                TimeSpan before = process.TotalProcessorTime;
                Stopwatch watch = Stopwatch.StartNew();
                foreach (ExposureRound round in new FeedbackWorld(world, new SimulationOptions { Seed = 1, Threads = threads }).Run())
                {
                    shown += round.Count;
                }

                double seconds = watch.Elapsed.TotalSeconds;
                process.Refresh();
                double processor = (process.TotalProcessorTime - before).TotalSeconds;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {threads} | {shown:#,0} | {seconds:0.00} | {shown / seconds:#,0} | {shown / processor:#,0} |"));
            }
        }

        return 0;
    }
}
