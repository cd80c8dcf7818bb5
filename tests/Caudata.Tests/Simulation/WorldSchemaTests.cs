using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Caudata.Simulation;
using Caudata.Tests.Laws;

namespace Caudata.Tests.Simulation;

public sealed partial class WorldSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(WorldSchema.Text)!.AsObject();

    private static string[] Wrong(string yaml) => [.. JsonSchemaSubset.Mistakes(Schema, JsonSchemaSubset.OfYaml(yaml))];

    [Fact]
    public void Every_preset_fits() => Assert.All(WorldPresets.Names, name => Assert.Empty(Wrong(WorldPresets.Text(name))));

    [Fact]
    public void Every_world_of_the_documentation_and_of_the_tests_that_can_be_read_fits()
    {
        string docs = File.ReadAllText(Path.Combine(Sources.Root, "docs", "simulate.md"));
        string[] worlds = [.. Fence().Matches(docs).Select(m => m.Groups[1].Value), .. Worlds];
        int read = 0;
        foreach (string yaml in worlds)
        {
            try
            {
                World.Parse(yaml, new NamedTables());
            }
            catch (WorldException)
            {
                continue;
            }

            read++;
            Assert.Empty(Wrong(yaml));
        }

        Assert.True(read > Worlds.Length, $"{read} worlds could be read");
    }

    [Theory]
    [InlineData("entites: { user: 5 }\nentities: { user: 5 }\nvariables: {}", "'entites' is not known")]
    [InlineData("entities: { user: 5 }", "lacks 'variables'")]
    [InlineData("entities: { user: 0 }\nvariables: {}", "$.entities.user fits none")]
    [InlineData("entities: { user: { tabel: x.csv } }\nvariables: {}", "$.entities.user fits none")]
    [InlineData("entities: { user: 5 }\nparameters: { k: high }\nvariables: {}", "$.parameters.k fits none")]
    [InlineData("entities: { user: 5 }\nvariables:\n  a[user: 1", "'a[user' is not known")]
    [InlineData("entities: { user: 5 }\nvariables:\n  a[user]: { normal: { mean: 0 } }", "$.variables.a[user] fits none")]
    [InlineData("entities: { user: 5 }\nvariables:\n  a[user]: { normal: { mean: 0, sd: -1 } }", "$.variables.a[user] fits none")]
    [InlineData("entities: { user: 5 }\nvariables:\n  a[user]: { nromal: { mean: 0, sd: 1 } }", "$.variables.a[user] fits none")]
    [InlineData("entities: { user: 5 }\nvariables:\n  a[user]: { is: 1, poisson: { rate: 1 } }", "$.variables.a[user] fits none")]
    [InlineData("entities: { user: 5 }\nvariables:\n  a[user]: { is: 1, latent: perhaps }", "$.variables.a[user] fits none")]
    [InlineData("entities: { user: 5 }\nvariables: { a: 1 }\nmissing: { a: { probability: 0.5, logistic: 1 } }", "$.missing.a fits not exactly one")]
    [InlineData("entities: { user: 5 }\nvariables: { a: 1 }\nmissing: { a: { probability: 0.5, per: user } }", "'per' stands without 'mean'")]
    [InlineData("entities: { user: 5 }\nvariables: { a: 1 }\nmissing: { a: { logistic: 0, mean: 1 } }", "$.missing.a.mean fits none")]
    [InlineData("entities: { user: 5 }\nvariables: { a: 1 }\nmissing: { a: { logistic: 0, mean: 0.1, by: magic } }", "$.missing.a.by is none of the words")]
    [InlineData("entities: { user: 5 }\nvariables: { a: 1 }\ndo: { a: { is: 1, latent: true } }", "$.do.a fits none")]
    public void A_wrong_file_does_not_fit_and_is_not_read(string yaml, string message)
    {
        Assert.Contains(Wrong(yaml), mistake => mistake.Contains(message, StringComparison.Ordinal));
        Assert.Throws<WorldException>(() => World.Parse(yaml));
    }

    /// <summary>The reader lists the keys that it knows when it meets another one; the schema must have the same ones there.</summary>
    [Theory]
    [InlineData("qq: 1", "")]
    [InlineData("entities: { user: { table: t, qq: 1 } }", "entities/user")]
    [InlineData("parameters: { k: { value: 1, qq: 1 } }", "parameters/k")]
    [InlineData("variables: { a: { is: 1, qq: 1 } }", "variables/a")]
    [InlineData("do: { a: { is: 1, qq: 1 } }", "do/a")]
    [InlineData("missing: { a: { logistic: 1, qq: 1 } }", "missing/a")]
    [InlineData("variables: { a: { bernoulli: { p: 1, qq: 1 } } }", "variables/a/bernoulli")]
    [InlineData("variables: { a: { ordinal: { score: 1, thresholds: [1], qq: 1 } } }", "variables/a/ordinal")]
    [InlineData("variables: { a: { normal: { mean: 1, sd: 1, qq: 1 } } }", "variables/a/normal")]
    [InlineData("variables: { a: { gamma: { shape: 1, scale: 1, qq: 1 } } }", "variables/a/gamma")]
    [InlineData("variables: { a: { sample: { size: 1, weight: 1, qq: 1 } } }", "variables/a/sample")]
    public void The_schema_has_every_key_that_the_reader_knows(string yaml, string path)
    {
        string message = Assert.Throws<WorldException>(() => World.Parse(yaml, new NamedTables())).Mistakes.Select(m => m.Message).First(m => m.StartsWith("'qq' is no ", StringComparison.Ordinal));
        string[] known = Known().Match(message).Groups[1].Value.Split(", ");
        JsonObject at = Schema;
        foreach (string step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = at["properties"]?[step]?.AsObject() ?? at["patternProperties"]!.AsObject().First(p => Regex.IsMatch(step, p.Key)).Value!.AsObject();
            at = at["anyOf"]?.AsArray().Select(one => one!.AsObject()).First(one => one.ContainsKey("properties")) ?? at;
        }

        Assert.Equal(known.Order(StringComparer.Ordinal), at["properties"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.All(at["properties"]!.AsObject(), p => Assert.True(p.Value!["description"]!.GetValue<string>().Length >= 5, p.Key));
    }

    [Fact]
    public void Numbers_out_of_range_are_told_in_files_and_in_calls()
    {
        foreach (string mechanism in (string[])["normal(0, -1)", "{ normal: { mean: 0, sd: -1 } }"])
        {
            WorldMistake mistake = Assert.Single(Assert.Throws<WorldException>(() => World.Parse($"entities: {{ user: 5 }}\nvariables:\n  a[user]: {mechanism}")).Mistakes);
            Assert.Equal("sd of normal is -1; expected 0 or more.", mistake.Message);
            Assert.Equal(3, mistake.Place.Line);
        }

        Assert.Contains("p of bernoulli is 2; expected from 0 to 1.", Assert.Throws<WorldException>(() => World.Parse("entities: { user: 5 }\nvariables:\n  a[user]: bernoulli(2)")).Message, StringComparison.Ordinal);
        Assert.Contains("a of beta is 0; expected above 0.", Assert.Throws<WorldException>(() => World.Parse("entities: { user: 5 }\nvariables:\n  a[user]: beta(0, 1)")).Message, StringComparison.Ordinal);
    }

    /// <summary>Worlds with every section and mechanism.</summary>
    public static readonly string[] Worlds =
    [
        """
        world: all
        about: everything
        sources: [a, b]
        entities: { user: 1_3, item: { table: items, lists: { tags: tag } }, tag: 7 }
        parameters: { k: 2, s: { value: 0.5, about: spread } }
        variables:
          z[user]: { normal: { mean: 0, sd: s }, latent: true, about: "a: b" }
          n[user]: { poisson: { rate: exp(z) } }
          g[user]: { gamma: { shape: 2, scale: k } }
          b[user]: { beta: { a: 2, b: 3 } }
          l[user]: { logistic: { mean: 0, scale: 1 } }
          m[user]: { lognormal: { mean: 0, sd: 1 } }
          u[user]: { uniform: { low: -1, high: 1 } }
          i[user]: { integer: { low: 1, high: 3 } }
          c[item]: { categorical: [1, 2, item.price] }
          f[item]: { softmax: [1, 2, item.price] }
          o[user]: { ordinal: { score: z, thresholds: [-1, 1], noise: normal } }
          likes[user, tag]: { sample: { size: 3, weight: 1 + index(tag) } }
          matched[user, item]: { count: likes over item.tags }
          rating[user, item]: clip(round(3 + z + matched * s + normal(0, 0.5)), 1, 5)
          fame[item]: { mean: rating over user }
          mood[user]: max(rating over item) - min(rating over item)
          total: { sum: fame over item }
          pick[item]: { sample: { size: 3 } }
          r[item]: rank(fame)
          p[user]: { resample: item.price }
          t[user]: { bernoulli: { logit: z } }
          q[user]: if(z > 0 and not (n == 2), softmax(0, 1, z), bernoulli(sigmoid(z)))
          one: true
          two: { bernoulli: 0.5, about: a coin }
        missing:
          rating: { logistic: rating - fame, mean: 0.2, by: intercept, per: user }
          n: { probability: 0.5, mean: 0.3 }
          matched: { sample: { user: 5, item: k } }
        do: { z: 1, R_rating: { is: 1 } }
        """,
        """
        entities: { user: 30, item: 20, k: 4 }
        variables:
          a[user, k]: normal(0, 1)
          b[item, k]: { is: "normal(0, 1)" }
          rating[user, item]: dot(a, b) + normal(0, 1)
        missing: { rating: { probability: 0.4 } }
        """,
    ];

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"expected one of (.*?)\.( Did|$)")]
    private static partial Regex Known();
}
