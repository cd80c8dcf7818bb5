using System.Diagnostics;
using Caudata.Simulation;
using Caudata.Simulation.Files;

namespace Caudata.Tests.Simulation;

/// <summary>Worlds that want to take for ever, the stack, or the memory.</summary>
public sealed class HostileWorldTests
{
    private const string Head = "entities: { user: 3, item: 4 }\nvariables:\n";

    public static TheoryData<string> Names => [.. Texts().Keys];

    private static string Lines(int count, Func<int, string> line) => string.Join('\n', Enumerable.Range(0, count).Select(line)) + "\n";

    private static Dictionary<string, Func<string>> Texts() => new()
    {
        ["an expression of a megabyte"] = () => Head + "  a: " + string.Join(" + ", Enumerable.Repeat("1", 250_000)),
        ["deep parentheses"] = () => Head + "  a: " + new string('(', 5_000) + "1" + new string(')', 5_000),
        ["powers of powers"] = () => Head + "  a: " + string.Join('^', Enumerable.Repeat("9", 900)),
        ["long chains"] = () => Head + Lines(700, k => $"  a{k}: {string.Join('+', Enumerable.Repeat("k", 990))}"),
        ["nested aggregates"] = () => Head + "  y[user, item]: 1\n" + Lines(200, k => $"  a{k}: {string.Concat(Enumerable.Repeat("mean(mean(", 25))}y over user) over item){string.Concat(Enumerable.Repeat(" over user) over item)", 24))}"),
        ["nested products"] = () => Head + "  y[user, item]: 1\n" + Lines(50, k => $"  a{k}: {string.Concat(Enumerable.Repeat("dot(y, ", 50))}y{new string(')', 50)}"),
        ["huge numbers of units"] = () => "entities: { user: 1000000000000000000, item: 99999999999 }\nvariables: { a: 1 }",
        ["a sample larger than its entity"] = () => Head + "  a[user]: sample(1e300)\nmissing: { a: { sample: { user: 1e18 } } }",
        ["aliases"] = () => "a: &a [x,x]\n" + Lines(60, k => $"b{k + 1}: &b{k + 1} [*b{k},*b{k}]"),
        ["many anchors"] = () => "a: [" + string.Concat(Enumerable.Repeat("&a x,", 500_000)) + "]",
        ["many sections"] = () => Lines(300_000, k => $"a{k}: 1"),
        ["many variables"] = () => Head + Lines(200_000, k => $"  a{k}: b{k}"),
        ["many unknown names"] = () => Head + Lines(1_900, k => $"  {new string('x', 80)}{k}: {string.Join('+', Enumerable.Range(0, 12).Select(i => new string('x', 80) + "y" + i))}"),
        ["one long name"] = () => Head + "  " + new string('x', 1_000) + ": 1\n  b: " + new string('y', 9_000),
        ["a long unknown key"] = () => "\"" + new string('x', 1_000_000) + "\": 1",
        ["many parameters"] = () => "parameters:\n" + Lines(1_999, k => $"  p{k}: {k}") + Head + Lines(700, k => $"  a{k}: {string.Join('+', Enumerable.Repeat("p1998", 900))}"),
        ["a circle of two thousand"] = () => Head + Lines(2_000, k => $"  a{k}: a{(k + 1) % 2_000}"),
        ["a chain of two thousand"] = () => Head + "  a0[user]: normal(0, 1)\n" + Lines(1_999, k => $"  a{k + 1}[user]: a{k} + 1"),
        ["flow mappings"] = () => "entities: " + string.Concat(Enumerable.Repeat("{a: ", 100_000)),
        ["brackets as keys"] = () => Head + "  ? [" + string.Concat(Enumerable.Repeat("[", 20)) + new string(']', 21) + ": 1",
        ["nothing but zeros"] = () => new string('\0', 1_000_000),
        ["four megabytes and more"] = () => new string('a', (4 << 20) + 1),
        ["an empty key"] = () => Head + "  : normal(0, 1)\n",
        ["a table called nothing"] = () => "entities: { user: { table: \"\" }, item: { table: \"a\\0b\" }, tag: { table: \"../../../etc/passwd\" } }\nvariables: {}",
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_world_is_read_or_refused_soon(string name)
    {
        string text = Texts()[name]();
        Stopwatch watch = Stopwatch.StartNew();
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            World world = World.Parse(text, new TableFolder("."));
            new SimulatedWorld(world, new SimulationOptions { Seed = 1 }).Read(world.Variables[^1].Name);
        }
        catch (WorldException e)
        {
            Assert.InRange(e.Mistakes.Length, 1, WorldLimits.Mistakes + 1);
            Assert.All(e.Mistakes, m => Assert.True(m.Message.Length < 2_000));
        }

        // Each takes under a second of processor time; the margin is for a machine that does other things.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - bytes < 1L << 30);
    }

    [Fact]
    public void A_column_that_no_array_holds_is_not_read_whole()
    {
        World world = World.Parse("entities: { user: 100000000, item: 1000 }\nvariables: { \"a[user, item]\": \"normal(0, 1)\" }");
        Assert.Contains("'a' has 100000000000 numbers", Assert.Throws<ArgumentException>(() => new SimulatedWorld(world, new SimulationOptions { Seed = 1 }).Read("a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Short_lists_into_a_huge_entity_take_little_memory()
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        WorldRelation relation = new("tag", 100_000_000, [[0, 5], [99_999_999]]);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - bytes < 10_000);
        Assert.Equal([99_999_999], relation[1].ToArray());
    }

    [Fact]
    public void Many_mistakes_are_counted()
    {
        WorldException e = Assert.Throws<WorldException>(() => World.Parse(Head + Lines(150, k => $"  a{k}: b")));
        Assert.Equal(101, e.Mistakes.Length);
        Assert.Equal("and 50 mistakes more.", e.Mistakes[^1].Message);
        Assert.Equal("and at least 200 mistakes more.", Assert.Throws<WorldException>(() => World.Parse(Head + Lines(1_500, k => $"  a{k}: b"))).Mistakes[^1].Message);
        Assert.Contains("line 1, column 24: 'variables' has 3000 entries; expected at most 2000.", Assert.Throws<WorldException>(() => World.Parse("entities: { user: 3 }\nvariables:\n" + Lines(3_000, k => $"  a{k}: b"))).Message.Replace("line 3, column 3", "line 1, column 24", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
