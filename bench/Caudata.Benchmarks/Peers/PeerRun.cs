using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Caudata.Benchmarks.Peers;

/// <summary>Measures our side of the areas named on the command line and prints one JSON object for each work and number of threads.</summary>
internal static class PeerRun
{
    /// <summary>A sample lasts at least this long: shorter works are repeated within it, as the peer scripts do.</summary>
    private const double LeastSeconds = 0.25;

    public static int Run(string[] args)
    {
        SortedDictionary<string, Type> areas = new(StringComparer.Ordinal);
        foreach (Type type in Assembly.GetExecutingAssembly().GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IPeer).IsAssignableFrom(t)))
        {
            areas[type.Name.Replace("Peer", "", StringComparison.Ordinal).ToUpperInvariant()] = type;
        }

        string work = Environment.GetEnvironmentVariable("PEERS_WORK") ?? Path.Combine(Path.GetTempPath(), "caudata-peers");
        int threads = int.Parse(Environment.GetEnvironmentVariable("BENCH_THREADS") ?? "1", CultureInfo.InvariantCulture), repeats = 5;
        List<string> names = [];
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--threads" when i + 1 < args.Length: threads = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--repeats" when i + 1 < args.Length: repeats = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--work" when i + 1 < args.Length: work = args[++i]; break;
                default: names.Add(args[i]); break;
            }
        }

        if (names.Count == 0 || names.Exists(n => !areas.ContainsKey(n.ToUpperInvariant())))
        {
            Console.Error.WriteLine($"Usage: peers AREA... [--threads N] [--repeats N] [--work FOLDER]. Areas: {string.Join(' ', areas.Keys.Select(a => a.ToLowerInvariant()))}. Found: {string.Join(' ', names)}.");
            return 2;
        }

        foreach (string name in names)
        {
            IPeer peer = (IPeer)Activator.CreateInstance(areas[name.ToUpperInvariant()])!;
            Measure(name, [.. peer.Works(new PeerContext(Path.Combine(work, "data"), threads))], threads, repeats);
        }

        return 0;
    }

    private static void Measure(string area, PeerWork[] works, int threads, int repeats)
    {
        List<double>[] cpu = [.. works.Select(_ => new List<double>())], wall = [.. works.Select(_ => new List<double>())];
        double[] values = new double[works.Length];
        int[] inner = new int[works.Length];
        for (int i = 0; i < works.Length; i++)
        {
            // Warm up until the runtime has compiled the work for good, at least twice.
            long start = Stopwatch.GetTimestamp();
            double last = 0;
            for (int r = 0; r < 200 && (r < 2 || Stopwatch.GetElapsedTime(start).TotalSeconds < 1); r++)
            {
                long one = Stopwatch.GetTimestamp();
                values[i] = works[i].Run();
                last = Stopwatch.GetElapsedTime(one).TotalSeconds;
            }

            inner[i] = Math.Max(1, (int)Math.Ceiling(LeastSeconds / Math.Max(last, 1e-7)));
        }

        // In turns, so that a slow minute of the machine hits every work.
        for (int r = 0; r < repeats; r++)
        {
            for (int i = 0; i < works.Length; i++)
            {
                TimeSpan before = Environment.CpuUsage.TotalTime;
                long start = Stopwatch.GetTimestamp();
                for (int n = 0; n < inner[i]; n++)
                {
                    values[i] = works[i].Run();
                }

                wall[i].Add(Stopwatch.GetElapsedTime(start).TotalSeconds / inner[i]);
                cpu[i].Add((Environment.CpuUsage.TotalTime - before).TotalSeconds / inner[i]);
                if (works[i].Value is { } value)
                {
                    values[i] = value();
                }
            }
        }

        for (int i = 0; i < works.Length; i++)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                area,
                work = works[i].Name,
                tool = "caudata",
                threads,
                repeats,
                cpu_s = Math.Round(Median(cpu[i]), 7),
                wall_s = Math.Round(Median(wall[i]), 7),
                value = values[i],
                against = works[i].Against,
            }));
        }
    }

    private static double Median(List<double> x) => x.Order().ElementAt(x.Count / 2);
}
