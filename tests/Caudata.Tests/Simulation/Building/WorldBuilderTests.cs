using System.Reflection;
using Caudata.Simulation;
using Caudata.Simulation.Building;
using Caudata.Simulation.Ctar;
using Caudata.Simulation.Expressions;
using Caudata.Tests.Simulation.Files;
using static Caudata.Simulation.Building.Functions;

namespace Caudata.Tests.Simulation.Building;

public sealed class WorldBuilderTests
{
    [Fact]
    public void What_a_file_refuses_over_three_entities_csharp_refuses_too()
    {
        WorldException wrong = Assert.Throws<WorldException>(() => World.Build("triples", w =>
        {
            Entity user = w.Entity("user", 5), item = w.Entity("item", 4), day = w.Entity("day", 3);
            Quantity y = w.Variable("y", [user, item, day], Normal(0, 1)), z = w.Variable("z", [user, item, day], Normal(0, 1));
            w.Missing(y, Seen.Logistic(y) with { Mean = 0.3, Per = user });
            w.Missing(z, Seen.Sample(2, 2, 1));
        }));
        Assert.Contains("Per is user", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("draws from 3 entities", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_world_of_the_guide_is_the_same_from_its_file_and_from_csharp()
    {
        World file = World.Parse("""
            world: fans
            entities: { user: 50, item: 20 }
            parameters: { spread: 0.5 }
            variables:
              taste[user]: { normal: { mean: 0, sd: 1 }, latent: true }
              appeal[item]: normal(0, 1)
              rating[user, item]: clip(round(3 + taste * appeal + normal(0, spread)), 1, 5)
              fame[item]: mean(rating over user)
            missing:
              rating: { logistic: rating - 3, mean: 0.05, per: user }
            do: { appeal: 1 }
            """);
        World built = World.Build("fans", w =>
        {
            Entity user = w.Entity("user", 50), item = w.Entity("item", 20);
            Quantity spread = w.Parameter("spread", 0.5);
            Quantity taste = w.Variable("taste", [user], Normal(0, 1), latent: true);
            Quantity appeal = w.Variable("appeal", [item], Normal(0, 1));
            Quantity rating = w.Variable("rating", [user, item], Clip(Round(3 + taste * appeal + Normal(0, spread)), 1, 5));
            w.Variable("fame", [item], Mean(rating, user));
            w.Missing(rating, Seen.Logistic(rating - 3) with { Mean = 0.05, Per = user });
            w.Do(appeal, 1);
        });
        WorldTextTests.AssertSame(file, built);
    }

    [Fact]
    public void Ctar_can_be_said_in_csharp()
    {
        CtarTables tables = new(SeedTables.BuiltIn(first: 100), 40);
        World file = World.Parse(WorldPresets.Text("ctar"), tables, new Dictionary<string, double> { ["user"] = 150 });
        World built = World.Build("ctar", w =>
        {
            w.About(file.About);
            w.Source(file.Sources[0]);
            Entity user = w.Entity("user", 150), item = w.Entity("item", "movies", ("tags", "tag")), tag = w.Entity("tag", "tags");
            Dictionary<string, Quantity> p = file.Parameters.ToDictionary(parameter => parameter.Name, parameter => w.Parameter(parameter.Name, parameter.Value, parameter.About));
            Quantity popularity = w.Variable("popularity", [item], item.Size - item["rank"]);
            Quantity quality = w.Variable("quality", [item], Normal(item["mean_rating"], p["quality_sd"]), latent: true);
            Quantity count = w.Variable("liked_count", [user], Integer(p["liked_low"], p["liked_high"]), latent: true);
            Quantity likes = w.Variable("likes", [user, tag], Sample(count, tag["share"]), latent: true);
            Quantity matched = w.Variable("matched", [user, item], Count(likes, item.Relation("tags")), latent: true);
            Quantity rating = w.Variable("rating", [user, item], Clip(Round(quality + p["base"] + Normal(p["tag_weight"] * matched, p["tag_sd"])), 1, 5));
            Quantity obstag = w.Variable("obstag", [user, item], matched, about: "the liked tags that a user recorded for a movie");
            Quantity rcttag = w.Variable("rcttag", [user, item], matched, about: "the liked tags recorded in the randomised experiment");
            w.Missing(rating, Seen.Logistic(p["rating_slope"] * popularity - 0.5 * p["rating_slope"] * item.Size) with { Mean = p["rating_rate"], By = RateMethod.Scale });
            w.Missing(obstag, Seen.Logistic(p["obstag_slope"] * (popularity + rating / 5 * item.Size) - p["obstag_slope"] * item.Size) with { Mean = p["obstag_rate"], By = RateMethod.Scale, Per = user });
            w.Missing(rcttag, Seen.Sample(p["rct_users"], p["rct_items"]));
        }, tables);
        WorldTextTests.AssertSame(file, built);
    }

    public static TheoryData<string> All => WorldTextTests.All;

    /// <summary>Whatever a file can say, the builder can: every mechanism is built again by its public functions and operators.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Every_world_can_be_built(string yaml)
    {
        IWorldTables tables = yaml.Contains("table: movies", StringComparison.Ordinal) ? new CtarTables(SeedTables.BuiltIn(first: 100), 30) : new NamedTables();
        World world = World.Parse(yaml, tables, yaml.Contains("user: 1000", StringComparison.Ordinal) ? new Dictionary<string, double> { ["user"] = 120 } : null);
        World built = World.Build(world.Name, w =>
        {
            w.About(world.About);
            foreach (string source in world.Sources)
            {
                w.Source(source);
            }

            Dictionary<string, Entity> entities = world.Entities.ToDictionary(e => e.Name, e => e.Table is { } table ? w.Entity(e.Name, table.Name, [.. table.Relations.Select(r => (r.Key, r.Value.To))]) : w.Entity(e.Name, e.Size));
            Dictionary<string, Quantity> names = world.Parameters.ToDictionary(p => p.Name, p => w.Parameter(p.Name, p.Value, p.About));
            foreach (string name in world.Variables.Select(v => v.Name).Concat(world.Indicators.Select(r => r.Name)))
            {
                names[name] = new Quantity(new Expression.Name(name, default));
            }

            if (world.Rounds is not null)
            {
                foreach ((string name, Quantity given) in ((string, Quantity)[])[("position", Exposed.Position), ("shown", Exposed.Shown), ("time", Exposed.Time), ("exposures", Exposed.Exposures), ("crowd", Exposed.Crowd)])
                {
                    names[name] = given;
                }
            }

            foreach (WorldVariable v in world.Variables)
            {
                w.Variable(v.Name, [.. v.Indices.Select(i => entities[i])], Again(v.Mechanism, names, entities), v.IsLatent, v.About);
            }

            foreach (WorldIndicator r in world.Indicators)
            {
                w.Missing(names[r.Of], r.Sample is { } sizes ? Seen.Sample([.. sizes.Select(s => (Quantity)s)])
                    : (r.IsLogit ? Seen.Logistic(Again(r.Mechanism!, names, entities)) : Seen.Probability(Again(r.Mechanism!, names, entities))) with
                    {
                        Mean = r.Method == RateMethod.None ? null : r.Rate,
                        By = r.Method == RateMethod.None ? null : r.Method,
                        Per = r.PerRow ? entities[r.Indices[0]] : null,
                    });
            }

            if (world.Rounds is { } rounds)
            {
                w.Rounds(names[rounds.Outcome], rounds.Count, rounds.Policy, rounds.Slate, rounds.Positive, rounds.IsRepeatAllowed, rounds.ActiveMechanism is { } active ? Again(active, names, entities) : null, [.. rounds.Context.Select(name => names[name])]);
            }

            foreach (Intervention i in world.Interventions)
            {
                w.Do(names[i.Target], Again(i.Mechanism!, names, entities));
            }
        }, tables);
        WorldTextTests.AssertSame(world, built);
    }

    [Fact]
    public void Every_function_of_the_language_has_its_method()
    {
        string[] methods = [.. typeof(Functions).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(m => m.Name.ToLowerInvariant()).Distinct()];
        Assert.Empty(FunctionTable.Functions.Keys.Concat(FunctionTable.Aggregates).Except(methods).Except(["size", "index"]));
    }

    private static Quantity Again(Expression expression, Dictionary<string, Quantity> names, Dictionary<string, Entity> entities)
    {
        switch (expression)
        {
            case Expression.Number number:
                return number.Value;
            case Expression.Name name:
                return names[name.Text];
            case Expression.Member member:
                return entities[member.Entity][member.Column];
            case Expression.Call { Function: "size", Arguments: [Expression.Name of] }:
                return entities[of.Text].Size;
            case Expression.Call { Function: "index", Arguments: [Expression.Name of] }:
                return entities[of.Text].Index;
            case Expression.Aggregate aggregate:
                object over = aggregate.Relation is null ? entities[aggregate.Entity] : entities[aggregate.Entity].Relation(aggregate.Relation);
                return (Quantity)typeof(Functions).GetMethods().Single(m => m.Name.Equals(aggregate.Function, StringComparison.OrdinalIgnoreCase) && m.GetParameters() is [_, { } second] && second.ParameterType == over.GetType())
                    .Invoke(null, [Again(aggregate.Body, names, entities), over])!;
        }

        Expression.Call call = (Expression.Call)expression;
        Quantity[] a = [.. call.Arguments.Select(argument => Again(argument, names, entities))];
        return call.Function switch
        {
            "+" => a[0] + a[1],
            "-" => a[0] - a[1],
            "*" => a[0] * a[1],
            "/" => a[0] / a[1],
            "^" => Power(a[0], a[1]),
            "negate" => -a[0],
            "<" => a[0] < a[1],
            "<=" => a[0] <= a[1],
            ">" => a[0] > a[1],
            ">=" => a[0] >= a[1],
            "==" => Equal(a[0], a[1]),
            "!=" => NotEqual(a[0], a[1]),
            "and" => a[0] & a[1],
            "or" => a[0] | a[1],
            "not" => !a[0],
            "min" => Min(a),
            "max" => Max(a),
            "categorical" => Categorical(a),
            "softmax" => Softmax(a),
            "ordinal" => Ordinal(a[0], a.AsSpan(1)),
            _ => (Quantity)typeof(Functions).GetMethods().Single(m => m.Name.Equals(call.Function, StringComparison.OrdinalIgnoreCase) && m.GetParameters().Length == a.Length && m.GetParameters().All(p => p.ParameterType == typeof(Quantity))).Invoke(null, a)!,
        };
    }

    [Fact]
    public void All_mistakes_are_told_at_once_with_the_names_of_what_they_are_in()
    {
        WorldException e = Assert.Throws<WorldException>(() => World.Build("bad", w =>
        {
            Entity user = w.Entity("user", 0), item = w.Entity("item", "items.csv");
            w.Parameter("k", double.NaN);
            Quantity a = w.Variable("a", [user], Normal(0, -1));
            w.Variable("b", [], a);
            w.Variable("my rating", [user, item], 1);
            w.Variable("c", [user], item["price"]);
            Quantity x = w.Variable("x", [user], Normal(0, 1)), many = x;
            for (int i = 0; i < 60; i++)
            {
                many += many;
            }

            w.Variable("d", [user], many);
            w.Missing(x, Seen.Probability(0.5) with { Mean = 2, By = RateMethod.Intercept, Per = item });
            w.Missing(x + 1, Seen.Logistic(0));
            w.Do(x, double.PositiveInfinity);
        }));
        string[] expected =
        [
            "entity user: user has 0 units", "entity item: 'items.csv' names a table, but none may be read here", "parameter k: The value is NaN", "variable a: sd of normal is -1; expected 0 or more.", "variable b: a[user] has a value for each user",
            "variable my rating: 'my rating' is no name", "variable c: 'item.price' asks for a column, but item has no table", "variable d: The expression has more than 1000", "missing x: The mean rate is 2", "missing x: A probability cannot be brought",
            "missing x: Per is item; expected the first of two entities of x", "missing: Missing(...) is given x + 1", "do x: The number",
        ];
        Assert.All(expected, words => Assert.Contains(words, e.Message, StringComparison.Ordinal));
        Assert.Equal(expected.Length, e.Mistakes.Length);
    }

    [Fact]
    public void Functions_of_csharp_work_number_by_number_and_have_no_file()
    {
        World plain = World.Parse("entities: { user: 70, item: 33 }\nvariables:\n  a[user]: normal(0, 1)\n  b[item]: normal(0, 1)\n  c: 3\n  d: c * 2\n  e[user]: a * 2\n  y[user, item]: a * b + c + normal(0, 1)\n  m[user]: mean(y over item)\nmissing:\n  y: { logistic: y, mean: 0.3 }");
        World built = World.Build("world", w =>
        {
            Entity user = w.Entity("user", 70), item = w.Entity("item", 33);
            Quantity a = w.Variable("a", [user], Normal(0, 1)), b = w.Variable("b", [item], Normal(0, 1)), c = w.Variable("c", [], 3);
            w.Variable("d", [], Apply(x => x * 2, c));
            w.Variable("e", [user], Apply(x => x * 2, a, "twice"));
            Quantity y = w.Variable("y", [user, item], Apply((x, z, k) => (x * z) + k, a, b, c) + Normal(0, 1));
            w.Variable("m", [user], Mean(y, item));
            w.Missing(y, Seen.Logistic(Apply((x, z) => x + (0 * z), y, a)) with { Mean = 0.3 });
        });
        Assert.Equal("twice(a)", built.Variables.First(v => v.Name == "e").Formula);
        Assert.Equal("a -> R_y, a -> e, a -> y, b -> y, c -> d, c -> y, y -> R_y, y -> m", string.Join(", ", built.Graph.Edges.Select(e => $"{built.Graph.Variables[e.From].Name} -> {built.Graph.Variables[e.To].Name}").Order(StringComparer.Ordinal)));
        SimulatedWorld expected = new(plain, new SimulationOptions { Seed = 1 });
        foreach (int threads in (int[])[1, 8])
        {
            SimulatedWorld simulated = new(built, new SimulationOptions { Seed = 1, Threads = threads, Tile = 8, Interventions = [("a", built.ParseIntervention("a=1"))] });
            foreach (string name in (string[])["d", "e", "R_y"])
            {
                Assert.Equal(expected.Read(name)[0], simulated.Read(name)[0]);
            }

            Assert.All(expected.Read("y")[0].Zip(simulated.Read("y")[0]), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
            Assert.All(simulated.Read("e@a")[0], x => Assert.Equal(2, x));
        }

        Assert.Contains("holds the function twice of C#, which no file can say", Assert.Throws<WorldException>(() => built.ToYaml()).Message, StringComparison.Ordinal);
    }
}
