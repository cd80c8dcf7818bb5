using System.Text.Json;
using Caudata.Simulation;
using Caudata.Simulation.Ctar;
using Caudata.Simulation.Output;

namespace Caudata.Tests.Simulation.Output;

public sealed class InstructionFileTests
{
    private static JsonElement[] Records(string text) => [.. text.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];

    private static (World World, CtarTables Tables) Ctar(bool named)
    {
        SeedTables seeds = SeedTables.BuiltIn(first: 100);
        if (named)
        {
            seeds = seeds with { TagNames = seeds.Counts.Select(c => c.Tag).Distinct().ToImmutableSortedDictionaryOf(tag => $"quality no. {tag}"), MovieNames = Enumerable.Range(0, 100).ToImmutableSortedDictionaryOf(m => $"The {m}th {{tags}}") };
        }

        CtarTables tables = new(seeds, 60);
        return (World.Parse(WorldPresets.Text("ctar"), tables, new Dictionary<string, double> { ["user"] = 200, ["rating_rate"] = 0.1 }), tables);
    }

    [Fact]
    public void A_reason_is_given_only_where_it_is_one()
    {
        using OutputFolder folder = new();
        World world = Ctar(named: true).World;
        string file = folder.Run(world, SimulationFormat.RecBole, InstructionSource.Truth)["instructions.jsonl"];
        SimulatedWorld simulated = new(world, new SimulationOptions { Seed = 1, Interventions = [("none", world.ParseIntervention("matched=0"))] });
        double[] rating = simulated.Read("rating")[0], seen = simulated.Read("R_rating")[0], likes = simulated.Read("likes")[0], without = simulated.Read("rating@none")[0];
        WorldRelation tags = world.Entities[1].Table!.Relations["tags"];
        JsonElement[] records = Records(file);
        Assert.Equal(seen.Sum(), records.Length);
        int decided = 0, undecided = 0, none = 0;
        foreach (JsonElement record in records)
        {
            int user = record.GetProperty("user").GetInt32(), item = record.GetProperty("item").GetInt32(), pair = (user * 60) + item;
            int[] named = [.. record.GetProperty("tags").EnumerateArray().Select(t => t.GetInt32())], liked = [.. tags[item].ToArray().Where(tag => likes[(user * tags.Size) + tag] == 1)];
            string output = record.GetProperty("output").GetString()!, input = record.GetProperty("input").GetString()!;
            Assert.Equal(liked, named);
            Assert.Equal((rating[pair], without[pair], 1), (record.GetProperty("rating").GetDouble(), record.GetProperty("without").GetDouble(), (int)seen[pair]));
            string[] names = [.. tags[item].ToArray().Select(tag => world.Entities[2].Table!.Names[tag])];
            Assert.All(names, name => Assert.Contains(name, input, StringComparison.Ordinal));
            Assert.Contains(world.Entities[1].Table!.Names[item], input, StringComparison.Ordinal);
            // The answer names the liked tags and no other one; its first letter is a capital.
            Assert.Equal(liked.Select(tag => world.Entities[2].Table!.Names[tag]).Order(StringComparer.Ordinal), names.Where(name => System.Text.RegularExpressions.Regex.IsMatch(output, $@"(?i){name}(?![0-9])")).Order(StringComparer.Ordinal));
            bool isDecided = rating[pair] != without[pair];
            (decided, undecided, none) = liked.Length == 0 ? (decided, undecided, none + 1) : isDecided ? (decided + 1, undecided, none) : (decided, undecided + 1, none);
            if (liked.Length > 0)
            {
                Assert.Equal(!isDecided, output.Contains("all the same", StringComparison.Ordinal) || output.Contains("not the reason", StringComparison.Ordinal));
            }
        }

        Assert.True(decided > 50 && undecided > 20 && none > 50, $"{decided} {undecided} {none}");
        Assert.True(records.Select(r => r.GetProperty("instruction").GetString()).Distinct().Count() >= 5);
        Assert.Equal(file, folder.Run(world, SimulationFormat.RecBole, InstructionSource.Truth, threads: 8)["instructions.jsonl"]);
        Assert.NotEqual(file, folder.Run(world, SimulationFormat.RecBole, InstructionSource.Truth, seed: 2)["instructions.jsonl"]);
    }

    [Fact]
    public void Records_of_users_are_given_as_their_word()
    {
        using OutputFolder folder = new();
        World world = Ctar(named: false).World;
        Dictionary<string, string> files = folder.Run(world, SimulationFormat.Ctar, InstructionSource.Observed);
        JsonElement[] records = Records(files["instructions.jsonl"]);
        string[] rows = [.. files["obstag.csv"].TrimEnd('\n').Split('\n').Skip(1), .. files["rcttag.csv"].TrimEnd('\n').Split('\n').Skip(1)];
        Assert.Equal(rows.Order(StringComparer.Ordinal), records.SelectMany(r => r.GetProperty("tags").EnumerateArray().Select(t => t.GetInt32()).DefaultIfEmpty(-1).Select(tag => $"{r.GetProperty("user")},{r.GetProperty("item")},{tag}")).Order(StringComparer.Ordinal));
        Dictionary<(int, int), int> ratings = files["rating.csv"].TrimEnd('\n').Split('\n').Skip(1).Select(l => l.Split(',').Select(int.Parse).ToArray()).ToDictionary(l => (l[0], l[1]), l => l[2]);
        foreach (JsonElement record in records)
        {
            Assert.Equal(JsonValueKind.Null, record.GetProperty("without").ValueKind);
            bool known = ratings.TryGetValue((record.GetProperty("user").GetInt32(), record.GetProperty("item").GetInt32()), out int rating);
            Assert.Equal(known ? rating.ToString() : "", record.GetProperty("rating").ToString());
            Assert.Equal(record.GetProperty("tags").GetArrayLength() == 0, record.GetProperty("output").GetString()!.Contains("none", StringComparison.Ordinal));
            Assert.All(record.GetProperty("tags").EnumerateArray(), tag => Assert.Contains($"tag {tag}", record.GetProperty("output").GetString(), StringComparison.Ordinal));
        }

        Assert.Contains(records, r => r.GetProperty("source").GetString() == "rcttag");
    }

    [Theory]
    [InlineData("entities: { user: 3, item: 2 }\nvariables: { \"rating[user, item]\": \"normal(0, 1)\" }")]
    [InlineData("entities: { user: 3, item: { table: t, lists: { tags: tag } }, tag: 7 }\nvariables: { \"likes[user, tag]\": bernoulli(0.5), \"m[user, item]\": count(likes over item.tags), \"rating[user, item]\": \"normal(0, 1)\" }")]
    public void A_world_without_reasons_is_refused(string yaml) =>
        Assert.Contains("Nothing in the world 'world' says why rating[user,item] is as it is", Assert.Throws<WorldException>(() => SimulationRun.CheckInstructions(World.Parse(yaml, new NamedTables()))).Message, StringComparison.Ordinal);
}

file static class Dictionaries
{
    public static System.Collections.Immutable.ImmutableSortedDictionary<int, string> ToImmutableSortedDictionaryOf(this IEnumerable<int> keys, Func<int, string> name) =>
        System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(keys.Select(key => KeyValuePair.Create(key, name(key))));
}
