using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Caudata.Graphs;
using Caudata.Graphs.Formats;
using Caudata.Numerics;
using Caudata.Simulation;
using Caudata.Simulation.Ctar;
using Caudata.Simulation.Expressions;

namespace Caudata.Benchmarks;

/// <summary>Changes worlds, expressions, interventions and graphs at random, and reads them: nothing but a list of mistakes may come back, soon, and in little memory. What is accepted and small is drawn.</summary>
internal static class WorldFuzz
{
    private const int MostUnits = 20_000, MostText = 4 << 20;
    private const long MostBytes = 1L << 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Hang = TimeSpan.FromSeconds(30);

    private static readonly string[] Words =
    [
        .. FunctionTable.Functions.Keys.Order(StringComparer.Ordinal), .. FunctionTable.Aggregates.Order(StringComparer.Ordinal), "over", "and", "or", "not", "true", "false", "user", "item", "tag", "item.tags", "item.price", "rating", "likes", "R_rating", "z",
        "latent: true", "about: x", "is:", "logistic:", "probability:", "sample:", "mean:", "by: scale", "by: intercept", "per: user", "table: t", "lists:", "world:", "do:", "missing:", "parameters:", "entities:", "variables:", "normal:", "thresholds:", "{ ", " }", "[", "]", "(", ")",
        "+", "-", "*", "/", "^", "<", "<=", "==", "!=", ",", ".", ":", "#", "&a ", "*a ", "!!map ", "|", ">", "---", "...", "\t", "\0", "\ud800", "\u2028", "\u00e9", "\ufeff", "'", "\"", "\\", "? ", "<<: ", "->", "<->", "<-", "digraph {", "graph [", "dag {", "latent ", "node [", "subgraph {", "parents: [",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "0.5", "2", "1e308", "-1e308", "1e-320", "1e18", "1e9", "1000000000000000000", "99999999999999999999999", "2147483647", "2147483648", "100000000", "-0", "0.0000001", "1e999", ".inf", ".nan", "0x10", "1_000", "50", "1e6", "3e4",
    ];

    private static readonly string[] Worlds =
    [
        """
        world: all
        about: everything
        sources: [a, b]
        entities: { user: 13, item: { table: items, lists: { tags: tag } }, tag: 7 }
        parameters: { k: 2, s: { value: 0.5, about: spread } }
        variables:
          z[user]: { normal: { mean: 0, sd: s }, latent: true, about: "a: b" }
          n[user]: { poisson: { rate: exp(z) } }
          g[user]: { gamma: { shape: 2, scale: k } }
          b[user]: { beta: { a: 2, b: 3 } }
          c[item]: { categorical: [1, 2, item.price] }
          o[user]: { ordinal: { score: z, thresholds: [-1, 1], noise: normal } }
          likes[user, tag]: { sample: { size: 3, weight: 1 + index(tag) } }
          matched[user, item]: { count: likes over item.tags }
          rating[user, item]: clip(round(3 + z + matched * s + normal(0, 0.5)), 1, 5)
          fame[item]: mean(rating over user)
          mood[user]: max(rating over item) - min(rating over item)
          total: sum(fame over item)
          pick[item]: sample(3, fame)
          r[item]: rank(fame)
          p[user]: resample(item.price)
          q[user]: if(z > 0 and not (n == 2), softmax(0, 1, z), bernoulli(sigmoid(z)))
        missing:
          rating: { logistic: rating - fame, mean: 0.2, by: intercept, per: user }
          n: { probability: 0.5, mean: 0.3 }
          matched: { sample: { user: 5, item: 3 } }
        do: { z: 1, R_rating: 1 }
        """,
        """
        entities: { user: 30, item: 20, k: 4 }
        variables:
          a[user, k]: normal(0, 1)
          b[item, k]: normal(0, 1)
          rating[user, item]: dot(a, b) + normal(0, 1)
          click[user, item]: bernoulli(sigmoid(rating - 1))
        missing: { click: { logistic: rating, mean: 0.1 } }
        """,
    ];

    private static readonly string[] Expressions = ["clip(round(3 + z + k * s + normal(0, 0.5)), 1, 5)", "mean(rating over user) ^ 2 ^ -z", "if(z > 0 and not (n == 2) or z != 1, softmax(0, 1, z), -2 * (3 - -1))", "count(likes over item.tags) / size(user)"];

    private static readonly string[] Interventions = ["z=4", "z=4, R_rating=1", "rating=clip(z, 1, 5), n=poisson(3)", "likes=bernoulli(0.5)"];

    private static readonly string[] Graphs = ["X -> Y; X <-> Z; latent U; U -> X; Y -> R_Y", "rating[user,item] <- taste[user]; quality[item] -> rating[user,item]; rating -> R_rating; selection S; rating -> S", "A -> B -> C; exposure A; outcome C; \"a b\" -> C"];

    private sealed class Tables : IWorldTables
    {
        private static readonly CtarTables Ctar = new(new SeedTables([.. Enumerable.Range(0, 30).Select(_ => 4.0)], [.. Enumerable.Range(0, 30).SelectMany(m => Enumerable.Range(0, 8).Select(t => (m, ((m * 3) + (t * 5)) % 40, 10.0 + t)))], "fuzz"), 20);

        public int CountRows(string name) => name == "items" ? 9 : Ctar.CountRows(name);

        public WorldTable Open(string name, IReadOnlyDictionary<string, (string Entity, int Size)> lists) => name != "items" ? Ctar.Open(name, lists)
            : new WorldTable(name, 9, ImmutableSortedDictionary<string, double[]>.Empty.Add("price", [1, 2, 3, 4, 5, 6, 7, 8, double.NaN]),
                lists.ToImmutableSortedDictionary(l => l.Key, l => new WorldRelation(l.Value.Entity, l.Value.Size, [.. Enumerable.Range(0, 9).Select(i => Enumerable.Range(0, Math.Min(i % 4, l.Value.Size)).ToArray())])));
    }

    /// <summary>Runs it.</summary>
    /// <param name="arguments"><c>--minutes 10 --seed 1 --out FOLDER</c>.</param>
    /// <returns>0 when nothing was found.</returns>
    public static int Run(string[] arguments)
    {
        string Argument(string name, string otherwise) => Array.IndexOf(arguments, name) is >= 0 and int at && at + 1 < arguments.Length ? arguments[at + 1] : otherwise;
        TimeSpan length = TimeSpan.FromMinutes(double.Parse(Argument("--minutes", "10"), CultureInfo.InvariantCulture));
        ulong seed = ulong.Parse(Argument("--seed", "1"), CultureInfo.InvariantCulture);
        DirectoryInfo folder = Directory.CreateDirectory(Argument("--out", "artifacts/fuzz"));
        string[] worlds = [.. Worlds, .. WorldPresets.Names.Select(name => WorldPresets.Text(name).Replace("user: 1000", "user: 20", StringComparison.Ordinal))];
        string[] graphs = [.. Graphs.SelectMany(text => Enum.GetValues<GraphFormat>().Select(format => GraphFormats.Write(CausalGraph.Parse(text, GraphFormat.Edges), format)))];
        World world = World.Parse(worlds[0], new Tables());
        Dictionary<string, int> findings = new(StringComparer.Ordinal);
        SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
        Stopwatch clock = Stopwatch.StartNew();
        long started = Stopwatch.GetTimestamp();
        string current = "";
        using Timer watch = new(_ =>
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref started)) > Hang)
            {
                File.WriteAllText(Path.Combine(folder.FullName, "hang.txt"), Volatile.Read(ref current));
                Console.WriteLine($"a case hangs: {folder.FullName}/hang.txt");
                Environment.Exit(1);
            }
        }, null, 1000, 1000);
        ulong cases = 0;
        TimeSpan slowest = TimeSpan.Zero;
        for (; clock.Elapsed < length; cases++)
        {
            RandomStream random = new(seed, "fuzz", cases);
            (string kind, string text, Func<string> read) = Case(ref random, worlds, graphs, world);
            Volatile.Write(ref current, text);
            Volatile.Write(ref started, Stopwatch.GetTimestamp());
            // Time of this process alone: others may use the same processor.
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan began = Environment.CpuUsage.TotalTime;
            string outcome;
            try
            {
                outcome = read();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                outcome = e is WorldException or GraphException ? "refused" : Found($"{kind}: {e.GetType().Name} {e.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}", text + "\n\n" + e);
            }

            TimeSpan elapsed = Environment.CpuUsage.TotalTime - began;
            slowest = elapsed > slowest ? elapsed : slowest;
            bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
            if (elapsed > Patience)
            {
                Found($"{kind}: slow", $"{elapsed}\n{text}");
            }

            if (bytes > MostBytes)
            {
                Found($"{kind}: memory", $"{bytes}\n{text}");
            }

            string counted = $"{kind} {outcome}";
            counts[counted] = counts.GetValueOrDefault(counted) + 1;
        }

        foreach ((string what, long count) in counts)
        {
            Console.WriteLine($"{count,9:N0}  {what}");
        }

        Console.WriteLine($"{cases:N0} cases in {clock.Elapsed.TotalMinutes:0.0} minutes, seed {seed}; slowest {slowest.TotalSeconds:0.00} s of processor time; {findings.Count} findings{(findings.Count == 0 ? "" : " in " + folder.FullName)}");
        return findings.Count == 0 ? 0 : 1;

        string Found(string key, string text)
        {
            if (!findings.TryGetValue(key, out int times))
            {
                File.WriteAllText(Path.Combine(folder.FullName, $"{findings.Count:000}.txt"), $"{key}\n{text}");
                Console.WriteLine($"found: {key}");
            }

            findings[key] = times + 1;
            return "FOUND";
        }
    }

    private static (string Kind, string Text, Func<string> Read) Case(ref RandomStream random, string[] worlds, string[] graphs, World world)
    {
        switch (random.NextInt32(10))
        {
            case 0:
                string expression = Changed(ref random, Expressions);
                return ("expression", expression, () => Expression(expression));
            case 1:
                string intervention = Changed(ref random, Interventions);
                return ("intervention", intervention, () => Draw(world, world.ParseIntervention(intervention)));
            case 2 or 3:
                string graph = Changed(ref random, graphs);
                int format = random.NextInt32(6);
                return ("graph", graph, () => Graph(graph, format == 5 ? null : (GraphFormat)format));
            default:
                string text = Changed(ref random, worlds);
                return ("world", text, () => Read(text));
        }
    }

    private static string Read(string text)
    {
        bool isWorld = World.IsWorld(text);
        World world = World.Parse(text, new Tables());
        string written = world.ToYaml();
        World again = World.Parse(written, new Tables());
        if (again.ToYaml() != written || !again.Graph.Equals(world.Graph))
        {
            throw new InvalidOperationException("The world changed when it was written and read: " + written);
        }

        return Draw(world, []) + (isWorld ? "" : ", without mechanisms");
    }

    private static string Draw(World world, ImmutableArray<Intervention> interventions)
    {
        long units = 0;
        foreach (WorldVariable variable in world.Variables)
        {
            units += (long)Math.Min(1e12, variable.Indices.Aggregate(1.0, (n, entity) => n * world.Entities.First(e => e.Name == entity).Size));
        }

        if (units > MostUnits || world.Entities.Any(e => e.Size > MostUnits))
        {
            return "accepted, large";
        }

        SimulatedWorld simulated = new(world, new SimulationOptions { Seed = 1, Interventions = interventions.IsEmpty && world.Interventions.IsEmpty ? [] : [("do", interventions.IsEmpty ? world.Interventions : interventions)] });
        foreach (SimulatedColumn column in simulated.Columns.ToArray())
        {
            simulated.Read(column.Name);
        }

        WorldStatistics.Collect(simulated);
        return "accepted, drawn";
    }

    private static string Expression(string text)
    {
        Simulation.MistakeList mistakes = new();
        if (ExpressionParser.Parse(text, default, false, mistakes) is not { } expression)
        {
            return mistakes.Count > 0 ? "refused" : throw new InvalidOperationException("neither an expression nor a mistake");
        }

        string written = ExpressionText.Of(expression);
        return ExpressionParser.Parse(written, default, false, mistakes) is { } again && ExpressionText.Of(again) == written ? "accepted" : throw new InvalidOperationException("The expression changed: " + written);
    }

    private static string Graph(string text, GraphFormat? format)
    {
        CausalGraph graph = CausalGraph.Parse(text, format);
        return GraphFormats.Read(GraphFormats.Write(graph, GraphFormat.Yaml), GraphFormat.Yaml).Equals(graph) ? "accepted" : throw new InvalidOperationException("The graph changed when it was written and read.");
    }

    private static string Changed(ref RandomStream random, string[] texts)
    {
        string text = texts[random.NextInt32(texts.Length)];
        int changes = random.NextInt32(5);
        for (int k = 0; k < changes; k++)
        {
            text = Change(ref random, text, texts);
        }

        return text.Length <= MostText ? text : text[..MostText];
    }

    private static string Change(ref RandomStream random, string text, string[] texts)
    {
        int at = random.NextInt32(text.Length + 1), length = Math.Min(text.Length - at, random.NextInt32(20));
        switch (random.NextInt32(11))
        {
            case 0:
                return text.Remove(at, length);
            case 1:
                return text.Insert(at, Words[random.NextInt32(Words.Length)]);
            case 2:
                return text[..at] + (char)(random.NextInt32(4) == 0 ? random.NextInt32(0x10000) : 32 + random.NextInt32(96)) + text[Math.Min(text.Length, at + 1)..];
            case 3:
                return text.Insert(at, text.Substring(random.NextInt32(text.Length - length + 1), length));
            case 4:
                // A line twice, or in another place.
                string[] lines = text.Split('\n');
                (int from, int to) = (random.NextInt32(lines.Length), random.NextInt32(lines.Length));
                (lines[from], lines[to]) = random.NextInt32(2) == 0 ? (lines[to], lines[from]) : (lines[from] + "\n" + lines[to], lines[to]);
                return string.Join('\n', lines);
            case 5 or 6:
                return Replace(ref random, text, char.IsAsciiDigit, Numbers);
            case 7:
                return Replace(ref random, text, char.IsAsciiLetter, Words);
            case 8:
                string other = texts[random.NextInt32(texts.Length)];
                int cut = random.NextInt32(other.Length + 1);
                return text[..at] + other[cut..];
            case 9:
                // Many times the same: depth, length, number.
                string piece = random.NextInt32(3) == 0 && length > 0 ? text.Substring(at, length) : Words[random.NextInt32(Words.Length)];
                int times = random.NextInt32(random.NextInt32(40) == 0 ? 200_000 : 300);
                return text.Insert(at, string.Concat(Enumerable.Repeat(piece, Math.Min(times, MostText / Math.Max(1, piece.Length)))));
            default:
                string nested = random.NextInt32(2) == 0 ? "(" : "abs(";
                int depth = random.NextInt32(100);
                return text[..at] + string.Concat(Enumerable.Repeat(nested, depth)) + "z" + new string(')', depth) + text[at..];
        }
    }

    // A run of such characters, by another word.
    private static string Replace(ref RandomStream random, string text, Func<char, bool> isPart, string[] by)
    {
        int start = random.NextInt32(text.Length + 1);
        while (start < text.Length && !isPart(text[start]))
        {
            start++;
        }

        int end = start;
        while (end < text.Length && isPart(text[end]))
        {
            end++;
        }

        return text[..start] + by[random.NextInt32(by.Length)] + text[end..];
    }
}
