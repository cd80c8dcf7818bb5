using Caudata.Numerics;
using Caudata.Simulation;
using Caudata.Simulation.Feedback;
using Caudata.Simulation.Output;

namespace Caudata.Tests.Simulation.Feedback;

public sealed class RoundsFileTests
{
    [Fact]
    public void All_mistakes_of_the_rounds_are_told_at_once_with_their_places()
    {
        const string Yaml = """
            entities: { user: 5, item: 4 }
            variables:
              z[user, item]: { is: "normal(0, 1)", latent: true }
              time[user]: 1
              y[user, item]: z / position + nothing
              w[user, item]: y
            missing:
              y: { probability: 0.5 }
            rounds:
              cuont: 3
              count: 0
              slate: 5
              outcome: y
              repeat: perhaps
              active: 1 +
              context: [z, w, w, [a]]
              policy:
                epsilon: 1.5
                of: { matrix-factorisation: { rank: 0, sweep: 3 } }
                with: { choice: { utility: "w + normal(0, 1)", temperature: -1 } }
            """;
        WorldException e = Assert.Throws<WorldException>(() => World.Parse(Yaml));
        (int Line, int Column, string Words)[] expected =
        [
            (4, 3, "'time' is a name that rounds give"), (5, 33, "'nothing' is no variable"), (8, 3, "goes missing by itself and is the outcome"), (10, 3, "'cuont' is no field of the rounds"), (12, 10, "The slate has 5 positions, but there are 4 items"),
            (11, 10, "count is '0'; expected a whole number from 1"), (14, 11, "expected true or false"), (15, 14, "ends where a value should follow"), (16, 13, "'z' is latent and never seen"), (16, 19, "'w' is a column of the log already"), (16, 22, "'a list' stands in 'context'"),
            (18, 14, "epsilon is '1.5'; expected a probability"), (19, 41, "rank is '0'"), (19, 44, "Did you mean 'sweeps'?"), (20, 37, "normal(...) draws in an expression of the rounds"), (20, 65, "temperature is '-1'; expected 0 or more"),
        ];
        string told = string.Join('\n', e.Mistakes);
        Assert.True(expected.All(x => e.Mistakes.Any(m => m.Place.Line == x.Line && m.Message.Contains(x.Words, StringComparison.Ordinal))), told);
        Assert.True(expected.Length == e.Mistakes.Length, told);
        Assert.True(expected.All(x => e.Mistakes.Any(m => (m.Place.Line, m.Place.Column) == (x.Line, x.Column))), told);
    }

    [Theory]
    [InlineData("rounds: 3", "'3' stands for 'rounds'")]
    [InlineData("rounds: { count: 3 }", "The rounds has no 'outcome'")]
    [InlineData("rounds: { count: 3, outcome: q, policy: random }", "'q' is no variable")]
    [InlineData("rounds: { count: 3, outcome: b, policy: random }", "expected a variable over two entities")]
    [InlineData("rounds: { count: 3, outcome: z, policy: random }", "'z' is latent")]
    [InlineData("rounds: { count: 3, outcome: y, policy: randm }", "Did you mean 'random'?")]
    [InlineData("rounds: { count: 3, outcome: y, policy: choice }", "The policy choice has nothing behind it")]
    [InlineData("rounds: { count: 3, outcome: y, policy: { random: 1, popularity: 2 } }", "The policy has 2 entries")]
    [InlineData("rounds: { count: 3, outcome: y, policy: [random] }", "A list stands where a policy should be")]
    [InlineData("rounds: { count: 3, outcome: y, policy: { epsilon: 0.1 } }", "has no 'of'")]
    [InlineData("rounds: { count: 3, outcome: y, policy: { popularity: 3 } }", "expected its options")]
    [InlineData("rounds: { count: 3, outcome: y, policy: { choice: y } }", "reads position or shown")]
    [InlineData("rounds: { count: 3, outcome: y, active: mean(y over item), policy: random }", "reads position or shown")]
    [InlineData("rounds: { count: 3, outcome: v, policy: random }", "v depends on position or shown through an aggregate")]
    [InlineData("rounds: { count: 3, outcome: y, context: [m], policy: random }", "m depends on position or shown through an aggregate")]
    [InlineData("rounds: { count: 100000, slate: 4, outcome: y, policy: random }\nparameters: { user: 3 }", "declared twice")]
    [InlineData("rounds: { count: 3, outcome: y, policy: random }\ndo: { policy: { popularity: { temperature: -1 } } }", "temperature is '-1'")]
    [InlineData("rounds: { count: 3, outcome: y, policy: random }\ndo: { position: 1 }", "'position' is no variable of this world")]
    public void Bad_rounds_are_refused(string rounds, string message)
    {
        string yaml = $"entities: {{ user: 5, item: 4 }}\nvariables:\n  z[user, item]: {{ is: \"normal(0, 1)\", latent: true }}\n  b[item]: 1\n  y[user, item]: z / position\n  v[user, item]: z + m\n  m[user]: mean(y over item)\n{rounds}";
        Assert.Contains(message, Assert.Throws<WorldException>(() => World.Parse(yaml)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_rounds_are_unknown_without_rounds() =>
        Assert.Contains("'position' is no variable", Assert.Throws<WorldException>(() => World.Parse("entities: { user: 1, item: 1 }\nvariables:\n  y[user, item]: position")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_world_tells_its_rounds()
    {
        World world = World.Parse("""
            entities: { user: 5, item: 4 }
            parameters: { e: 0.25, n: 7 }
            variables:
              z[user, item]: { is: "normal(0, 1)", latent: true }
              y[user, item]: z / position + crowd
            rounds: { count: n, slate: 2, outcome: y, positive: 3, policy: { epsilon: e, of: { matrix-factorisation: { rank: 3 } }, with: { choice: z } } }
            do: { policy: random }
            """, null, new Dictionary<string, double> { ["e"] = 0.5 });
        Assert.Equal((7, 2, "y", "user", "item", 3.0, true), (world.Rounds!.Count, world.Rounds.Slate, world.Rounds.Outcome, world.Rounds.User, world.Rounds.Item, world.Rounds.Positive, world.Rounds.IsRepeatAllowed));
        Assert.Equal("epsilon 0.5 of matrix-factorisation(rank 3, regularisation 1, sweeps 3, temperature 0) with choice(z, temperature 1)", world.Rounds.Policy.Formula);
        Assert.Equal(new RandomExposure(), Assert.Single(world.Interventions).Policy);
        Assert.Equal("crowd -> y, past -> crowd, past -> position, position -> R_y, position -> y, z -> position, z -> y", string.Join(", ", world.Graph.Edges.Select(e => $"{world.Graph.Variables[e.From].Name} -> {world.Graph.Variables[e.To].Name}").Order(StringComparer.Ordinal)));
        Assert.Contains("y[user,item]", WorldDescription.Missing(world).Rows.Select(r => r[0]));
        Assert.Contains(WorldDescription.Rounds(world)!.Rows, r => (string)r[1]! == world.Rounds.Policy.Formula);
        Assert.Null(WorldDescription.Rounds(WorldPresets.Open("ctar")));
    }

    [Fact]
    public void Interventions_on_the_policy_are_read_beside_others()
    {
        World world = World.Parse("entities: { user: 5, item: 4 }\nvariables:\n  z[user, item]: normal(0, 1)\n  y[user, item]: z\nrounds: { count: 1, outcome: y, policy: random }");
        var interventions = world.ParseIntervention("z=4, policy={ epsilon: 0.1, of: { popularity: { temperature: 2 } } }");
        Assert.Equal(2, interventions.Length);
        Assert.Equal(new EpsilonExposure(0.1, new PopularityExposure(2)), interventions[1].Policy);
        Assert.Equal("epsilon 0.1 of popularity(temperature 2)", interventions[1].Formula);
        foreach ((string text, string words) in ((string, string)[])[("policy=randm", "Did you mean 'random'?"), ("policy={", "The file is no YAML"), ("policy=random, policy=popularity", "set twice"), ("policy={ choice: q }", "'q' is no variable")])
        {
            Assert.Contains(words, Assert.Throws<WorldException>(() => world.ParseIntervention(text)).Message, StringComparison.Ordinal);
        }

        World plain = World.Parse("entities: { user: 5 }\nvariables:\n  a[user]: 1");
        Assert.Contains("'policy' is no variable of this world", Assert.Throws<WorldException>(() => plain.ParseIntervention("policy=1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_change_of_a_file_makes_it_fall()
    {
        string text = WorldPresets.Text("feedback-loop");
        int start = text.IndexOf("rounds:", StringComparison.Ordinal);
        for (int i = 0; i < 200; i++)
        {
            RandomStream random = new(6, "changed rounds", (ulong)i);
            char[] changed = text.ToCharArray();
            for (int k = random.NextInt32(4); k >= 0; k--)
            {
                changed[start + random.NextInt32(changed.Length - start)] = "[]{}:,#&*!'\"\n -ax9"[random.NextInt32(18)];
            }

            try
            {
                _ = World.Parse(new string(changed));
            }
            catch (WorldException e)
            {
                Assert.NotEmpty(e.Mistakes);
            }
        }
    }
}
