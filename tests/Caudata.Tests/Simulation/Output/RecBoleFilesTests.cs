using System.Globalization;
using Caudata.Simulation;
using Caudata.Simulation.Feedback;
using Caudata.Simulation.Output;

namespace Caudata.Tests.Simulation.Output;

public sealed class RecBoleFilesTests
{
    private const string Yaml = """
        entities: { user: 30, item: { table: items, lists: { tags: tag } }, tag: 7 }
        variables:
          z[user]: { normal: { mean: 0, sd: 1 }, latent: true }
          age[user]: integer(20, 60)
          likes[user, tag]: { sample: { size: 3 }, latent: true }
          click[user, item]: bernoulli(0.5)
          timestamp[user, item]: index(user) * 100 + index(item)
          rating[user, item]: clip(round(3 + z), 1, 5)
          note[user, tag]: normal(0, 1)
        missing:
          age: { probability: 0.5 }
          rating: { logistic: rating, mean: 0.3 }
          click: { probability: 0.2 }
        """;

    [Fact]
    public void Files_have_typed_headers_and_only_what_is_seen()
    {
        using OutputFolder folder = new();
        World world = World.Parse(Yaml, new NamedTables());
        Dictionary<string, string> files = folder.Run(world, SimulationFormat.RecBole);
        Assert.Equal(["data.click.inter", "data.inter", "data.item", "data.note.inter", "data.user"], files.Keys.Where(f => f.StartsWith("data.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        string[] interactions = files["data.inter"].TrimEnd('\n').Split('\n');
        Assert.Equal("user_id:token\titem_id:token\trating:float\ttimestamp:float", interactions[0]);
        SimulatedWorld simulated = new(world, new SimulationOptions { Seed = 1 });
        double[] rating = simulated.Read("rating")[0], seen = simulated.Read("R_rating")[0];
        Assert.Equal(Enumerable.Range(0, rating.Length).Where(i => seen[i] == 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i / 9}\t{i % 9}\t{rating[i]}\t{(i / 9 * 100) + (i % 9)}")), interactions[1..]);
        Assert.StartsWith("user_id:token\ttag_id:token\tnote:float\n", files["data.note.inter"], StringComparison.Ordinal);
        Assert.Equal(1 + (30 * 7), files["data.note.inter"].TrimEnd('\n').Split('\n').Length);
        Assert.StartsWith("user_id:token\titem_id:token\tclick:float\n", files["data.click.inter"], StringComparison.Ordinal);
        Assert.Equal(["item_id:token\tprice:float\ttags:token_seq", "0\t1\t", "1\t2\t0", "2\t3\t0 1", "3\t4\t0 1 2"], files["data.item"].Split('\n')[..5]);
        string[] users = files["data.user"].TrimEnd('\n').Split('\n');
        Assert.Equal("user_id:token\tage:float", users[0]);
        double[] age = simulated.Read("age")[0], known = simulated.Read("R_age")[0];
        Assert.Equal(Enumerable.Range(0, 30).Select(u => string.Create(CultureInfo.InvariantCulture, $"{u}\t{(known[u] == 1 ? age[u] : ""):0}")), users[1..]);
        Dictionary<string, string> again = folder.Run(world, SimulationFormat.RecBole, threads: 8);
        Assert.All(files.Keys.Where(f => f.StartsWith("data.", StringComparison.Ordinal)), f => Assert.Equal(files[f], again[f]));
    }

    [Fact]
    public void A_world_without_pairs_is_refused() =>
        Assert.Contains("observes no variable over a pair", Assert.Throws<WorldException>(() => SimulationRun.CheckRecBole(World.Parse("entities: { user: 3 }\nvariables: { a: 1 }"))).Message, StringComparison.Ordinal);

    [Fact]
    public void In_rounds_only_what_was_shown_is_an_interaction()
    {
        using OutputFolder folder = new();
        World world = World.Parse("""
            entities: { user: 30, item: 9 }
            variables:
              fee[user, item]: index(item) / 4
              distance[user, item]: index(user) + position
              click[user, item]: bernoulli(1 / position)
            rounds: { count: 3, slate: 2, outcome: click, active: 0.5, context: [fee], policy: random }
            """);
        Dictionary<string, string> files = folder.Run(world, SimulationFormat.RecBole);
        IEnumerable<string> expected = new FeedbackWorld(world, new SimulationOptions { Seed = 1 }).Run()
            .SelectMany(r => Enumerable.Range(0, r.Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{r.Users[i]}\t{r.Items[i]}\t{r.Outcomes[i]}\t{r.Round}\t{r.Positions[i]}\t{r.Context[0][i]}")));
        Assert.Equal([.. expected.Prepend("user_id:token\titem_id:token\tclick:float\tround:float\tposition:float\tfee:float")], files["data.inter"].TrimEnd('\n').Split('\n'));
        Assert.Equal(["data.fee.inter", "data.inter", "data.item", "data.user"], files.Keys.Where(f => f.StartsWith("data.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(files["data.inter"], folder.Run(world, SimulationFormat.RecBole, threads: 8)["data.inter"]);
    }

    [Theory]
    [InlineData("entities: { user: 3 }\nvariables:\n  a[user]: 1", "neither rounds nor anything under 'missing'")]
    [InlineData("entities: { user: 3, item: 2, day: 2 }\nvariables:\n  a[user, item, day]: 1\nmissing: { a: { probability: 0.5 } }", "R_a has a value for each user, item, day")]
    public void A_selection_log_without_a_place_for_what_is_chosen_is_refused(string yaml, string message)
    {
        using OutputFolder folder = new();
        Assert.Contains(message, Assert.Throws<WorldException>(() => folder.Run(World.Parse(yaml), SimulationFormat.SelectionLog)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reasons_of_what_rounds_decide_are_refused() =>
        Assert.Contains("'click' is decided in rounds", Assert.Throws<WorldException>(() => SimulationRun.CheckInstructions(World.Parse("entities: { user: 3, item: 2 }\nvariables:\n  click[user, item]: bernoulli(0.5)\nrounds: { count: 1, outcome: click, policy: random }"))).Message, StringComparison.Ordinal);
}
